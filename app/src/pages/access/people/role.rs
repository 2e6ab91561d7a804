//! The fields of a role to be given: role, place, order and term.

use api::access::person::NewRole;
use api::access::session::{Role, Scope};
use api::id::{GrantId, OrganisationId};
use api::registry::organisation::Organisation;
use leptos::prelude::*;
use uuid::Uuid;

use crate::components::{Field, SchoolChoice};
use crate::language::{label, say};
use crate::model::collate;
use crate::text::access::people as words;
use crate::text::common;

/// A role as it is being entered.
#[derive(Clone, Copy)]
pub struct RoleDraft {
    id: GrantId,
    role: RwSignal<Option<Role>>,
    school: RwSignal<Option<OrganisationId>>,
    order: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
}

impl RoleDraft {
    /// Nothing is chosen but what there is no choice of.
    pub fn new(gives: &[Role], schools: &[Organisation]) -> Self {
        let empty = || RwSignal::new(String::new());
        let only = |school: &Organisation| school.id;
        RoleDraft {
            id: GrantId(Uuid::now_v7()),
            role: RwSignal::new((gives.len() == 1).then(|| gives[0])),
            school: RwSignal::new((schools.len() == 1).then(|| only(&schools[0]))),
            order: empty(),
            from: empty(),
            until: empty(),
        }
    }

    /// The role, once what it needs was chosen.
    pub fn taken(self) -> Option<NewRole> {
        let role = self.role.get_untracked()?;
        let scope = if is_of_school(role) {
            Scope::Organisation {
                organisation: self.school.get_untracked()?,
            }
        } else {
            Scope::Municipality
        };
        let filled = |text: RwSignal<String>| {
            Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        Some(NewRole {
            id: self.id,
            role,
            scope,
            order_reference: filled(self.order),
            from: filled(self.from),
            until: filled(self.until),
        })
    }
}

/// Does a role hold in one school, and nowhere else?
fn is_of_school(role: Role) -> bool {
    matches!(
        role,
        Role::SchoolHead | Role::SchoolCoordinator | Role::SchoolTeam
    )
}

/// The fields.
#[component]
pub fn RoleFields(
    /// Roles to choose from.
    gives: Vec<Role>,
    /// Schools to choose from.
    schools: Vec<Organisation>,
    /// What is chosen.
    draft: RoleDraft,
) -> impl IntoView {
    let mut schools = schools;
    schools.sort_by(|one, other| collate::compare(&one.short_name, &other.short_name));
    let needs_school = move || draft.role.get().is_some_and(is_of_school);
    let roles = gives.clone();
    view! {
        <div class="field">
            <label for="role">{say(words::role_new)}</label>
            <select
                class="input"
                id="role"
                on:change:target=move |event| {
                    let place = event.target().value().parse::<usize>();
                    draft.role.set(place.ok().and_then(|place| roles.get(place)).copied());
                }
            >
                <option value="" selected=move || draft.role.get().is_none()>
                    {say(words::role_choose)}
                </option>
                {gives
                    .into_iter()
                    .enumerate()
                    .map(|(place, role)| {
                        view! {
                            <option
                                value=place.to_string()
                                selected=move || draft.role.get() == Some(role)
                            >
                                {say(move |language| common::role(language, role))}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
        <div class="field" hidden=move || !needs_school()>
            <SchoolChoice
                id="role-school"
                name=words::role_school
                none=words::role_school_choose
                schools=schools
                chosen=draft.school
            />
        </div>
        <Field
            id="role-order"
            label=label(words::role_order)
            hint=label(words::role_order_hint)
            value=draft.order
        />
        <Field
            id="role-from"
            label=label(words::role_from)
            hint=label(words::role_from_hint)
            value=draft.from
            kind="date"
        />
        <Field
            id="role-until"
            label=label(words::role_until)
            hint=label(words::role_until_hint)
            value=draft.until
            kind="date"
        />
    }
}
