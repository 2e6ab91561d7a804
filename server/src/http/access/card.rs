//! One person as the caller may see and change them.

use api::access::person::{PersonCard, Standing};
use api::access::session::{Grant, Scope};
use api::id::{OrganisationId, PersonId};
use api::text::Text;
use axum::http::StatusCode;

use super::role;
use crate::auth::{Access, Permission, Place, Reach};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{StoredPerson, Write};

/// Whom a change is about.
pub(super) struct Target {
    /// The card before the change.
    pub stored: StoredPerson,
    /// Roles that last.
    pub grants: Vec<Grant>,
    /// The local date.
    pub today: String,
}

/// The person within the caller's reach.
pub(super) async fn target(
    state: &AppState,
    write: &mut Write,
    (access, reach): (&Access, &Reach),
    person: PersonId,
) -> Result<Target, Problem> {
    let today = state
        .store
        .today(access.municipality, state.now_ms())
        .await?;
    let stored = write.card(person).await?.ok_or_else(Problem::not_found)?;
    if *reach != Reach::Municipality && !reaches(reach, &write.places_of(person).await?) {
        return Err(Problem::not_found());
    }
    let grants = write.lasting_grants(person, &today).await?;
    Ok(Target {
        stored,
        grants,
        today,
    })
}

/// The person within the caller's reach whose account the caller may change.
pub(super) async fn managed(
    state: &AppState,
    write: &mut Write,
    caller: (&Access, &Reach),
    person: PersonId,
) -> Result<Target, Problem> {
    let found = target(state, write, caller, person).await?;
    match refusal(caller.0, person, &found.grants) {
        None => Ok(found),
        Some((code, text)) => Err(Problem::new(StatusCode::FORBIDDEN, code, text.ru, text.en)),
    }
}

/// Why the caller may not change the account of somebody with these roles.
fn refusal(access: &Access, person: PersonId, grants: &[Grant]) -> Option<(&'static str, Text)> {
    if access.may_manage(person, grants) {
        return None;
    }
    Some(if person == access.person {
        (
            "person.self",
            Text::new(
                "Это вы сами. Пароль, контакты и сеансы меняются на странице «Мой профиль», роли даёт другой человек.",
                "This is you. Password, contacts and sessions are changed on the page “My profile”, roles are given by somebody else.",
            ),
        )
    } else {
        (
            "person.stronger",
            Text::new(
                "У этого человека есть роль, которую вы дать не можете, поэтому менять его учётную запись может только тот, кто даёт эту роль: координатор района или администратор.",
                "This person holds a role that you cannot give, so the account can be changed only by whoever gives that role: the coordinator of the district or an administrator.",
            ),
        )
    })
}

/// Refuses a change that leaves nobody who can let others in.
pub(super) async fn keep_administrator(
    write: &mut Write,
    had_one: bool,
    today: &str,
) -> Result<(), Problem> {
    if !had_one || write.has_lasting_administrator(today).await? {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        "person.last_administrator",
        "Это последний администратор, который может войти без срока: без него в систему некого будет впускать. Сначала дайте роль администратора без последнего дня другому человеку, у которого есть логин.",
        "This is the last administrator who can enter without a last day: nobody could be let in without them. Give an administrator's role without a last day to somebody else who has a login first.",
    ))
}

/// The card as the caller sees it now.
pub(super) async fn card(
    state: &AppState,
    access: &Access,
    person: PersonId,
) -> Result<PersonCard, Problem> {
    let reach = access.require(Permission::PersonRead)?;
    let (store, municipality, now_ms) = (&state.store, access.municipality, state.now_ms());
    let found = store
        .card(municipality, person)
        .await?
        .ok_or_else(Problem::not_found)?;
    let today = store.today(municipality, now_ms).await?;
    let mut roles = store.held_roles(municipality, person, &today).await?;
    let places: Vec<OrganisationId> = roles
        .iter()
        .filter_map(|role| match role.scope {
            Scope::Organisation { organisation } => Some(organisation),
            _ => None,
        })
        .collect();
    if reach != Reach::Municipality && !reaches(&reach, &places) {
        return Err(Problem::not_found());
    }
    let lasting: Vec<Grant> = roles
        .iter()
        .filter(|role| role::lasts(role, &today))
        .map(role::grant)
        .collect();
    let refusal = refusal(access, person, &lasting).map(|(_, text)| text);
    let may_give = access.require(Permission::RoleUpdate).is_ok();
    roles.retain(|role| reach == Reach::Municipality || lies_in(&reach, role.scope));
    for role in &mut roles {
        let is_own = person == access.person;
        role.may_take =
            may_give && !is_own && role::lasts(role, &today) && access.may_give(&role::grant(role));
    }
    let manages = refusal.is_none() && access.require(Permission::PersonUpdate).is_ok();
    let (mut sessions, mut entries) = (Vec::new(), Vec::new());
    if manages {
        sessions = store
            .open_sessions(municipality, person, &access.session, now_ms)
            .await?;
        entries = store.entry_links(municipality, person, now_ms).await?;
    }
    Ok(PersonCard {
        id: person,
        details: found.details,
        login: found.login,
        standing: found.standing,
        roles,
        sessions,
        entries,
        refusal,
        gives: if may_give && person != access.person && found.standing == Standing::Active {
            access.roles_to_give()
        } else {
            Vec::new()
        },
    })
}

fn reaches(reach: &Reach, places: &[OrganisationId]) -> bool {
    let mut places = places.iter().copied().map(Place::organisation);
    places.any(|place| reach.covers(place))
}

fn lies_in(reach: &Reach, scope: Scope) -> bool {
    matches!(scope, Scope::Organisation { organisation } if reach.covers(Place::organisation(organisation)))
}
