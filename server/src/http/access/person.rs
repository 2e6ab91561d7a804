//! `/api/v1/people`: people, their cards and whether they may sign in.

use api::access::person::{
    NewPerson, PeopleRegister, PersonCard, PersonDetails, Standing, StandingChange,
};
use api::id::PersonId;
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use super::card::{card, keep_administrator, managed};
use super::role;
use crate::auth::{Access, Permission};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::Write;

/// Longest address for e-mail, characters.
///
/// # Source
/// RFC 5321, section 4.5.3.1.3: a path of 256 octets with its brackets.
const MAX_EMAIL_CHARACTERS: usize = 254;
/// Longest telephone, characters: a number with an extension.
const MAX_PHONE_CHARACTERS: usize = 64;

/// People within the caller's reach with their roles, by name.
#[utoipa::path(get, path = paths::PEOPLE, tag = "people",
    responses((status = 200, body = PeopleRegister)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<PeopleRegister>, Problem> {
    let reach = access.require(Permission::PersonRead)?;
    let people = state
        .store
        .people(access.municipality, &reach, state.now_ms())
        .await?;
    Ok(Json(PeopleRegister {
        people,
        gives: access.roles_to_give(),
    }))
}

/// Enters a person with a first role; repeated, changes nothing.
#[utoipa::path(post, path = paths::PEOPLE, tag = "people", request_body = NewPerson,
    responses((status = 200, body = PersonCard), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewPerson>,
) -> Result<Json<PersonCard>, Problem> {
    access.require(Permission::PersonCreate)?;
    role::check_new(&state, &access, &new.role).await?;
    let details = check_details(new.details)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if let Some(known) = write.card(new.id).await? {
        let is_same_role = write
            .given_role(new.role.id)
            .await?
            .is_some_and(|(person, ..)| person == new.id);
        if known.details != details || !is_same_role {
            return Err(Problem::id_taken());
        }
        drop(write);
        return Ok(Json(card(&state, &access, new.id).await?));
    }
    if !new.is_namesake && write.namesake(&details.name, new.id).await?.is_some() {
        return Err(namesake(&details.name));
    }
    write.enter_person(new.id, &details).await?;
    write.give_role(new.id, &new.role).await?;
    write
        .audit(
            Permission::PersonCreate.as_str(),
            format!("person {}", new.id),
            serde_json::json!({ "role": new.role.role, "scope": new.role.scope }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(card(&state, &access, new.id).await?))
}

/// Everything about one person that the caller may see.
#[utoipa::path(get, path = paths::PERSON, tag = "people",
    params(("person" = PersonId, Path)),
    responses((status = 200, body = PersonCard), (status = 404, body = api::problem::Problem)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
) -> Result<Json<PersonCard>, Problem> {
    access.require(Permission::PersonRead)?;
    Ok(Json(card(&state, &access, person).await?))
}

/// Changes a card.
#[utoipa::path(put, path = paths::PERSON, tag = "people", request_body = PersonDetails,
    params(("person" = PersonId, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
    Json(details): Json<PersonDetails>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::PersonUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let found = managed(&state, &mut write, (&access, &reach), person).await?;
    let details = check_details(details)?;
    if found.stored.details != details {
        write.put_details(person, &details).await?;
        note(&mut write, person, serde_json::json!({ "what": "card" })).await?;
        write.commit().await?;
    }
    Ok(Json(card(&state, &access, person).await?))
}

/// Blocks a person, lets them work again, or lets them go. The last administrator stays.
#[utoipa::path(put, path = paths::PERSON_STANDING, tag = "people", request_body = StandingChange,
    params(("person" = PersonId, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem), (status = 409, body = api::problem::Problem)))]
pub async fn set_standing(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
    Json(change): Json<StandingChange>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::PersonUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let found = managed(&state, &mut write, (&access, &reach), person).await?;
    if found.stored.standing != change.standing {
        let had_one = write.has_lasting_administrator(&found.today).await?;
        write.put_standing(person, change.standing).await?;
        keep_administrator(&mut write, had_one, &found.today).await?;
        let details = serde_json::json!({ "standing": change.standing });
        note(&mut write, person, details).await?;
        write.commit().await?;
    }
    Ok(Json(card(&state, &access, person).await?))
}

/// Ends all sessions of a person.
#[utoipa::path(delete, path = paths::PERSON_SESSIONS, tag = "people",
    params(("person" = PersonId, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem)))]
pub async fn end_sessions(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::PersonUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    managed(&state, &mut write, (&access, &reach), person).await?;
    let count = write.end_sessions(person, None).await?;
    let details = serde_json::json!({ "what": "sessions", "count": count });
    note(&mut write, person, details).await?;
    write.commit().await?;
    Ok(Json(card(&state, &access, person).await?))
}

/// Ends one session of a person; one that has ended is no fault.
#[utoipa::path(delete, path = paths::PERSON_SESSION, tag = "people",
    params(("person" = PersonId, Path), ("session" = String, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem)))]
pub async fn end_session(
    State(state): State<AppState>,
    access: Access,
    Path((person, session)): Path<(PersonId, String)>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::PersonUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    managed(&state, &mut write, (&access, &reach), person).await?;
    if write.end_session_named(person, &session).await? {
        let details = serde_json::json!({ "what": "sessions", "count": 1 });
        note(&mut write, person, details).await?;
        write.commit().await?;
    }
    Ok(Json(card(&state, &access, person).await?))
}

async fn note(
    write: &mut Write,
    person: PersonId,
    details: serde_json::Value,
) -> Result<(), Problem> {
    write
        .audit(
            Permission::PersonUpdate.as_str(),
            format!("person {person}"),
            details,
        )
        .await?;
    Ok(())
}

/// What a card may say, without space around.
pub(super) fn check_details(details: PersonDetails) -> Result<PersonDetails, Problem> {
    check::filled("name", &details.name)?;
    check::short("position", &details.position)?;
    Ok(PersonDetails {
        name: details
            .name
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        position: details.position.trim().to_owned(),
        email: check_email(details.email)?,
        phone: check_phone(details.phone)?,
        language: details.language,
    })
}

pub(super) fn check_email(typed: Option<String>) -> Result<Option<String>, Problem> {
    let Some(email) = filled(typed) else {
        return Ok(None);
    };
    let is_address = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.')
    });
    let has_space = email.chars().any(char::is_whitespace);
    if is_address && !has_space && email.chars().count() <= MAX_EMAIL_CHARACTERS {
        return Ok(Some(email));
    }
    Err(Problem::invalid(
        "email",
        "field.email",
        Text::new(
            format!(
                "«{email}» — не адрес почты. Он пишется в одно слово, например anna@school.example."
            ),
            format!(
                "“{email}” is no e-mail address. It is one word, for example anna@school.example."
            ),
        ),
    ))
}

pub(super) fn check_phone(typed: Option<String>) -> Result<Option<String>, Problem> {
    match filled(typed) {
        None => Ok(None),
        Some(phone) => check::words("phone", &phone, MAX_PHONE_CHARACTERS).map(Some),
    }
}

fn filled(typed: Option<String>) -> Option<String> {
    typed
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn namesake(name: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "person.namesake",
        format!(
            "«{name}» уже есть в списке людей. Если это тот же человек, откройте его карточку и добавьте роль; если другой, отметьте это и сохраните снова."
        ),
        format!(
            "“{name}” is in the list of people already. If it is the same person, open the card and add a role; if it is somebody else, say so and save again."
        ),
    )
}

/// The standing in which a person can be let in.
pub(super) fn check_active(standing: Standing) -> Result<(), Problem> {
    if standing == Standing::Active {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        "person.not_active",
        "Этот человек заблокирован или отпущен. Сначала снова разрешите ему вход.",
        "This person is blocked or was let go. Let them sign in again first.",
    ))
}
