//! One school out of the register, or none.

use api::id::OrganisationId;
use api::registry::organisation::Organisation;
use leptos::prelude::*;

use crate::language::say;
use crate::text::Wording;

/// A list of schools to choose one of, in the order in which they are given.
#[component]
pub fn SchoolChoice(
    /// Id of the field.
    id: &'static str,
    /// What is chosen.
    name: Wording,
    /// What stands for no school.
    none: Wording,
    /// To choose from.
    schools: Vec<Organisation>,
    /// The choice.
    chosen: RwSignal<Option<OrganisationId>>,
) -> impl IntoView {
    let options = schools
        .into_iter()
        .map(|school| {
            let id = school.id;
            view! {
                <option value=id.to_string() selected=move || chosen.get() == Some(id)>
                    {school.short_name}
                </option>
            }
        })
        .collect_view();
    view! {
        <label for=id>{say(name)}</label>
        <select
            class="input"
            id=id
            on:change:target=move |event| chosen.set(event.target().value().parse().ok())
        >
            <option value="" selected=move || chosen.get().is_none()>
                {say(none)}
            </option>
            {options}
        </select>
    }
}
