//! «Люди и доступ»: the register of people with search and filters.

mod card;
mod contacts;
mod link;
mod new;
mod role;
mod roles;
mod sessions;
mod standing;

use std::collections::HashMap;

use api::access::entry::EntryState;
use api::access::permission::Permission;
use api::access::person::{PeopleRegister, Person, Standing};
use api::access::session::{Grant, Role, Scope};
use api::id::OrganisationId;
use api::registry::organisation::Organisation;
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::{EmptyState, Loaded, PageHead, TableFrame};
use crate::language::{label, say, use_language};
use crate::model::collate;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::access::people as words;
use crate::text::{Language, Wording, common};

pub use card::PersonPage;
pub use contacts::LanguageField;
pub use new::NewPersonPage;
pub use sessions::Sessions;

/// Short names of schools by id.
type Places = HashMap<OrganisationId, String>;

/// The register.
#[component]
pub fn PeoplePage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let session = use_session();
    let register = LocalResource::new(move || {
        client.epoch.track();
        async move {
            let register = client.get::<PeopleRegister>(api::paths::PEOPLE).await?;
            let schools = client
                .get::<Vec<Organisation>>(api::paths::ORGANISATIONS)
                .await?;
            let places: Places = schools
                .into_iter()
                .map(|school| (school.id, school.short_name))
                .collect();
            Ok::<_, Failure>((register, places))
        }
    });
    let may_add = move || session.may(Permission::PersonCreate);
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <div class="actions">
                    <Show when=may_add>
                        <a class="button primary" href=api::work::NEW_PERSON>
                            {say(words::add)}
                        </a>
                    </Show>
                </div>
            </PageHead>
            <Loaded
                resource=register
                view=|(register, places)| view! { <Register register=register places=places /> }
            />
        </main>
    }
}

/// Which people are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Here,
    Waiting,
    Blocked,
    Left,
}

impl Kept {
    const ALL: [(Kept, &'static str, Wording); 4] = [
        (Kept::Here, "here", words::filter_here),
        (Kept::Waiting, "waiting", words::filter_waiting),
        (Kept::Blocked, "blocked", words::filter_blocked),
        (Kept::Left, "left", words::filter_left),
    ];

    fn keeps(self, person: &Person) -> bool {
        match self {
            Kept::Here => person.standing == Standing::Active,
            Kept::Waiting => {
                person.standing == Standing::Active
                    && person.login.is_none()
                    && person.entry != Some(EntryState::Used)
            }
            Kept::Blocked => person.standing == Standing::Blocked,
            Kept::Left => person.standing == Standing::Left,
        }
    }
}

/// What of the roles is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    None,
    One(Role),
}

impl Wanted {
    fn keeps(self, person: &Person) -> bool {
        match self {
            Wanted::Any => true,
            Wanted::None => person.grants.is_empty(),
            Wanted::One(role) => person.grants.iter().any(|grant| grant.role == role),
        }
    }
}

#[component]
fn Register(register: PeopleRegister, places: Places) -> impl IntoView {
    let language = use_language();
    if register.people.is_empty() {
        return view! {
            <EmptyState
                title=label(words::none_title)
                text=label(words::none_text)
            />
        }
        .into_any();
    }
    let search = RwSignal::new(String::new());
    let kept = RwSignal::new(Kept::Here);
    let wanted = RwSignal::new(Wanted::Any);
    let mut people = register.people;
    people.sort_by(|one, other| collate::compare(&one.name, &other.name));
    let mut roles: Vec<Role> = people
        .iter()
        .flat_map(|person| person.grants.iter().map(|grant| grant.role))
        .collect();
    roles.sort_unstable();
    roles.dedup();
    let people = StoredValue::new(people);
    let places = StoredValue::new(places);
    let found = Memo::new(move |_| {
        let search = search.get().trim().to_lowercase();
        let (kept, wanted) = (kept.get(), wanted.get());
        people.with_value(|people| {
            people
                .iter()
                .filter(|person| kept.keeps(person) && wanted.keeps(person))
                .filter(|person| {
                    places
                        .with_value(|places| told(person, places))
                        .contains(&search)
                })
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let label = label(words::title);
    view! {
        <div class="people-filters">
            <div class="field search-field">
                <label for="people-search">{say(words::search)}</label>
                <input
                    class="input"
                    id="people-search"
                    type="search"
                    placeholder=say(words::search_hint)
                    on:input:target=move |event| search.set(event.target().value())
                />
            </div>
            <RoleFilter roles=roles wanted=wanted />
            <div class="field">
                <label for="people-standing">{say(words::filter_standing)}</label>
                <select
                    class="input"
                    id="people-standing"
                    on:change:target=move |event| {
                        let chosen = event.target().value();
                        if let Some((choice, ..)) = Kept::ALL.iter().find(|(_, key, _)| *key == chosen) {
                            kept.set(*choice);
                        }
                    }
                >
                    {Kept::ALL
                        .map(|(choice, key, name)| {
                            view! {
                                <option value=key selected=move || kept.get() == choice>
                                    {say(name)}
                                </option>
                            }
                        })}
                </select>
            </div>
        </div>
        <p class="small muted num" role="status">
            {move || {
                let (language, count) = (language.get(), found.with(Vec::len));
                if count == 0 {
                    words::none_found(language).to_owned()
                } else {
                    words::people(language, count as u64)
                }
            }}
        </p>
        <Show when=move || found.with(|found| !found.is_empty())>
            <TableFrame label=label>
                <table class="table rows-link">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::col_name)}</th>
                            <th scope="col">{say(words::col_roles)}</th>
                            <th scope="col">{say(words::col_entry)}</th>
                            <th scope="col">{say(words::col_contacts)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            found
                                .get()
                                .into_iter()
                                .map(|person| view! { <Row person=person places=places /> })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </TableFrame>
        </Show>
    }
    .into_any()
}

#[component]
fn RoleFilter(roles: Vec<Role>, wanted: RwSignal<Wanted>) -> impl IntoView {
    let choices: Vec<Wanted> = [Wanted::Any, Wanted::None]
        .into_iter()
        .chain(roles.into_iter().map(Wanted::One))
        .collect();
    let options = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| {
            let choice = *choice;
            view! {
                <option value=place.to_string() selected=move || wanted.get() == choice>
                    {say(move |language| match choice {
                        Wanted::Any => words::any_role(language),
                        Wanted::None => words::no_role(language),
                        Wanted::One(role) => common::role(language, role),
                    })}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="people-role">{say(words::filter_role)}</label>
            <select
                class="input"
                id="people-role"
                on:change:target=move |event| {
                    let place = event.target().value().parse::<usize>();
                    if let Some(choice) = place.ok().and_then(|place| choices.get(place)) {
                        wanted.set(*choice);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
}

#[component]
fn Row(person: Person, places: StoredValue<Places>) -> impl IntoView {
    let grants = person.grants.clone();
    let (login, entry) = (person.login.clone(), person.entry);
    let standing = person.standing;
    let contacts = [person.email.clone(), person.phone.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <tr>
            <th scope="row">
                <a href=api::work::person(person.id)>{person.name}</a>
                {(!person.position.is_empty())
                    .then(|| view! { <span class="small muted people-under">{person.position}</span> })}
            </th>
            <td>
                {grants
                    .into_iter()
                    .map(|grant| {
                        let place = place_of(&grant, places);
                        view! {
                            <span class="people-under">
                                {say(move |language| role_words(language, &grant, place.as_deref()))}
                            </span>
                        }
                    })
                    .collect_view()}
            </td>
            <td>
                {say(move |language| match standing {
                    Standing::Active => words::entry_of(language, login.as_deref(), entry),
                    other => words::standing(other)(language).to_owned(),
                })}
            </td>
            <td class="num">{contacts}</td>
        </tr>
    }
}

fn place_of(grant: &Grant, places: StoredValue<Places>) -> Option<String> {
    match grant.scope {
        Scope::Organisation { organisation } => {
            places.with_value(|places| places.get(&organisation).cloned())
        }
        Scope::Municipality | Scope::Event { .. } => None,
    }
}

/// A role with its place: «директор, Школа № 5».
fn role_words(language: Language, grant: &Grant, place: Option<&str>) -> String {
    let role = common::role(language, grant.role);
    match (grant.scope, place) {
        (Scope::Organisation { .. }, Some(place)) => words::role_at(language, role, place),
        (Scope::Event { .. }, _) => words::role_event(language, role),
        _ => role.to_owned(),
    }
}

/// What a search looks through.
fn told(person: &Person, places: &Places) -> String {
    let schools = person.grants.iter().filter_map(|grant| match grant.scope {
        Scope::Organisation { organisation } => places.get(&organisation).map(String::as_str),
        _ => None,
    });
    let own = [
        Some(person.name.as_str()),
        Some(person.position.as_str()),
        person.login.as_deref(),
        person.email.as_deref(),
        person.phone.as_deref(),
    ];
    let all: Vec<&str> = own.into_iter().flatten().chain(schools).collect();
    all.join(" ").to_lowercase()
}
