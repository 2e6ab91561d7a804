//! Links by which people begin an account: issued by the office, used by the person alone.

use api::access::entry::{
    EntryAcceptance, EntryLink, EntryOffer, EntryState, EntryToken, NewEntryLink,
};
use api::access::person::{PersonCard, Standing};
use api::access::session::Session;
use api::id::{EntryLinkId, PersonId};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::account::check_password;
use super::card::{card, managed};
use super::invitation::qr;
use super::person::check_active;
use super::session::{MAX_LOGIN_CHARACTERS, open};
use crate::auth::{Access, Permission, Token};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::access::login::suggested;
use crate::store::{Author, FoundEntry, Lifetime, StoreError, StoredPerson};

/// How long a link holds, ms: a fortnight, so that a printed slip survives a holiday.
const VALID_MS: i64 = 14 * 24 * 3_600_000;
/// Logins that are tried before a suggestion is given up.
const SUGGESTIONS: u32 = 50;

/// Issues a link; what was issued to the person before stops holding.
#[utoipa::path(post, path = paths::PERSON_ENTRIES, tag = "people", request_body = NewEntryLink,
    params(("person" = PersonId, Path)),
    responses((status = 200, body = EntryLink), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
    Json(new): Json<NewEntryLink>,
) -> Result<Json<EntryLink>, Problem> {
    let reach = access.require(Permission::EntryCreate)?;
    let token = Token::generate(access.municipality)?;
    let now_ms = state.now_ms();
    let mut write = state.store.write(access.author(), now_ms).await?;
    let found = managed(&state, &mut write, (&access, &reach), person).await?;
    check_active(found.stored.standing)?;
    let mut issued = write
        .issue_entry_link((new.id, person), &token, now_ms + VALID_MS)
        .await?;
    write
        .audit(
            Permission::EntryCreate.as_str(),
            format!("person {person}"),
            serde_json::json!({ "link": new.id, "expires_ms": issued.expires_ms }),
        )
        .await?;
    write.commit().await?;
    let link = format!(
        "{}{}#{}",
        state.config.public_origin,
        paths::WORK_ENTRY,
        token.to_text()
    );
    issued.qr_svg = Some(qr(&link)?);
    issued.link = Some(link);
    Ok(Json(issued))
}

/// Takes a link back; one that holds no more is no fault.
#[utoipa::path(delete, path = paths::PERSON_ENTRY, tag = "people",
    params(("person" = PersonId, Path), ("entry" = EntryLinkId, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem)))]
pub async fn delete(
    State(state): State<AppState>,
    access: Access,
    Path((person, entry)): Path<(PersonId, EntryLinkId)>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::EntryCreate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    managed(&state, &mut write, (&access, &reach), person).await?;
    if write.entry_person(entry).await? != Some(person) {
        return Err(Problem::not_found());
    }
    if write.replace_entry_links(person).await? > 0 {
        write
            .audit(
                Permission::EntryCreate.as_str(),
                format!("person {person}"),
                serde_json::json!({ "taken_back": entry }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(card(&state, &access, person).await?))
}

/// Says whom a link is for, before somebody fills in a page for nothing; spends nothing.
#[utoipa::path(post, path = paths::SESSION_ENTRY, tag = "session", request_body = EntryToken,
    responses((status = 200, body = EntryOffer), (status = 401, body = api::problem::Problem)))]
pub async fn read(
    State(state): State<AppState>,
    Json(asked): Json<EntryToken>,
) -> Result<Json<EntryOffer>, Problem> {
    let (_, found, person) = holder(&state, &asked.token).await?;
    let municipality = Token::parse(&asked.token)
        .ok_or_else(unknown)?
        .municipality();
    let owner = state
        .store
        .municipalities()
        .await?
        .into_iter()
        .find(|owner| owner.id == municipality)
        .ok_or_else(unknown)?;
    let suggestion = match &person.login {
        Some(_) => String::new(),
        None => suggestion(&state, &person.details.name).await?,
    };
    Ok(Json(EntryOffer {
        name: person.details.name,
        municipality_name: owner.name,
        login: person.login,
        suggestion,
        expires_ms: found.expires_ms,
    }))
}

/// Sets login and password by a link, once, and signs the person in. Whoever was signed in as this person is out:
/// the link is what a forgotten or stolen password is mended with.
#[utoipa::path(post, path = paths::SESSION_ENTRY_ACCEPT, tag = "session", request_body = EntryAcceptance,
    responses((status = 200, body = Session), (status = 401, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn accept(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(typed): Json<EntryAcceptance>,
) -> Result<impl IntoResponse, Problem> {
    let (token, _, person) = holder(&state, &typed.token).await?;
    let login = match person.login {
        Some(login) => login,
        None => check_login(&typed.login)?,
    };
    check_password("password", &typed.password)?;
    let password_hash = state.passwords.hash(typed.password).await?;
    let municipality = token.municipality();
    let now_ms = state.now_ms();
    let author = Author::system(municipality);
    let mut write = state.store.write(author, now_ms).await?;
    // Asked again inside the change: of two at once the second finds the link used.
    let found = open_link(write.entry_link(&token).await?)?;
    write
        .set_login(found.person, &login, password_hash)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => login_taken(),
            other => other.into(),
        })?;
    write.use_entry_link(found.id).await?;
    write.end_sessions(found.person, None).await?;
    write
        .audit(
            "entry.accept",
            format!("person {}", found.person),
            serde_json::json!({ "link": found.id }),
        )
        .await?;
    write.commit().await?;
    let who = (municipality, found.person);
    open(&state, &headers, who, Lifetime::PASSWORD, "entry").await
}

/// The person of a link that holds.
async fn holder(
    state: &AppState,
    token: &str,
) -> Result<(Token, FoundEntry, StoredPerson), Problem> {
    // A secret of 256 bits cannot be guessed: nobody behind the same address waits for others' failures.
    let token = Token::parse(token).ok_or_else(unknown)?;
    let found = open_link(state.store.entry_link(&token, state.now_ms()).await?)?;
    let person = state
        .store
        .card(token.municipality(), found.person)
        .await?
        .filter(|person| person.standing == Standing::Active)
        .ok_or_else(unknown)?;
    Ok((token, found, person))
}

fn open_link(found: Option<FoundEntry>) -> Result<FoundEntry, Problem> {
    let found = found.ok_or_else(unknown)?;
    match found.state {
        EntryState::Open => Ok(found),
        state => Err(refused(state)),
    }
}

/// A login that is free now.
async fn suggestion(state: &AppState, name: &str) -> Result<String, Problem> {
    let Some(base) = suggested(name) else {
        return Ok(String::new());
    };
    for number in 1..=SUGGESTIONS {
        let login = match number {
            1 => base.clone(),
            _ => format!("{base}{number}"),
        };
        if state.store.is_login_free(&login).await? {
            return Ok(login);
        }
    }
    Ok(String::new())
}

fn check_login(typed: &str) -> Result<String, Problem> {
    let login = check::words("login", typed, MAX_LOGIN_CHARACTERS)?;
    if !login
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control())
    {
        return Ok(login);
    }
    Err(Problem::invalid(
        "login",
        "field.login",
        Text::new(
            "Логин пишется в одно слово, без пробелов.",
            "A login is one word without spaces.",
        ),
    ))
}

fn login_taken() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "entry.login_taken",
        "Такой логин уже занят. Придумайте другой.",
        "This login is taken. Choose another one.",
    )
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "entry.unknown",
        "Такой ссылки нет. Откройте её ещё раз целиком или попросите новую у того, кто её выдал.",
        "There is no such link. Open the whole link again, or ask whoever issued it for a new one.",
    )
}

fn refused(state: EntryState) -> Problem {
    let (code, ru, en) = match state {
        EntryState::Used => (
            "entry.used",
            "По этой ссылке пароль уже задан. Войдите со своим логином; если пароль забыт, попросите новую ссылку.",
            "A password was set by this link already. Sign in with your login; if the password is forgotten, ask for a new link.",
        ),
        EntryState::Replaced => (
            "entry.replaced",
            "Выдана более новая ссылка, или эту отозвали. Откройте последнюю или попросите новую.",
            "A newer link was issued, or this one was taken back. Open the last one or ask for a new one.",
        ),
        EntryState::Expired | EntryState::Open => (
            "entry.expired",
            "Срок ссылки истёк. Попросите новую у того, кто её выдал.",
            "The link has expired. Ask whoever issued it for a new one.",
        ),
    };
    Problem::new(StatusCode::UNAUTHORIZED, code, ru, en)
}
