//! `/api/v1/account`: one's own contacts, password and sessions.

use std::net::SocketAddr;

use api::access::account::{Account, Contacts, PasswordChange};
use api::access::person::PersonDetails;
use api::paths;
use api::text::Text;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};

use super::person::{check_email, check_phone};
use super::session::{client, too_many};
use crate::auth::{Access, MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{AttemptKey, StoredPerson};

/// One's own account.
#[utoipa::path(get, path = paths::ACCOUNT, tag = "session",
    responses((status = 200, body = Account)))]
pub async fn read(State(state): State<AppState>, access: Access) -> Result<Json<Account>, Problem> {
    Ok(Json(account(&state, &access).await?))
}

/// Changes one's own contacts and language.
#[utoipa::path(put, path = paths::ACCOUNT, tag = "session", request_body = Contacts,
    responses((status = 200, body = Account), (status = 422, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Json(contacts): Json<Contacts>,
) -> Result<Json<Account>, Problem> {
    let own = own(&state, &access).await?;
    let details = PersonDetails {
        email: check_email(contacts.email)?,
        phone: check_phone(contacts.phone)?,
        language: contacts.language,
        ..own.details.clone()
    };
    if details != own.details {
        let mut write = state.store.write(access.author(), state.now_ms()).await?;
        write.put_details(access.person, &details).await?;
        write
            .audit(
                "account.update",
                format!("person {}", access.person),
                serde_json::json!({ "what": "contacts" }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(account(&state, &access).await?))
}

/// Changes one's own password, given the one of now; sessions on other devices end.
#[utoipa::path(put, path = paths::ACCOUNT_PASSWORD, tag = "session", request_body = PasswordChange,
    responses((status = 200, body = Account), (status = 403, body = api::problem::Problem),
        (status = 429, body = api::problem::Problem)))]
pub async fn set_password(
    State(state): State<AppState>,
    access: Access,
    address: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Json(change): Json<PasswordChange>,
) -> Result<Json<Account>, Problem> {
    let login = own(&state, &access).await?.login.ok_or_else(no_password)?;
    check_password("new", &change.new)?;
    // Whoever finds an open browser guesses here as slowly as at the door.
    let address = client(address, &headers, &state);
    let keys = [
        AttemptKey::LoginAt(&login, &address),
        AttemptKey::Login(&login),
        AttemptKey::Address(&address),
    ];
    let wait_ms = state.store.begin_attempt(&keys, state.now_ms()).await?;
    if wait_ms > 0 {
        return Err(too_many(wait_ms));
    }
    let is_long = change.current.chars().count() > MAX_PASSWORD_CHARACTERS;
    let stored = state
        .store
        .password_hash(access.municipality, access.person)
        .await?;
    if is_long || !state.passwords.check(change.current, stored).await? {
        return Err(wrong_password());
    }
    let password_hash = state.passwords.hash(change.new).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write.put_password(access.person, password_hash).await? {
        return Err(no_password());
    }
    write
        .end_sessions(access.person, Some(&access.session))
        .await?;
    write
        .audit(
            "account.update",
            format!("person {}", access.person),
            serde_json::json!({ "what": "password" }),
        )
        .await?;
    write.commit().await?;
    state
        .store
        .sign_in_succeeded(&login, &address, state.now_ms())
        .await?;
    Ok(Json(account(&state, &access).await?))
}

/// Ends one's sessions on other devices.
#[utoipa::path(delete, path = paths::ACCOUNT_SESSIONS, tag = "session",
    responses((status = 200, body = Account)))]
pub async fn end_sessions(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Account>, Problem> {
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let count = write
        .end_sessions(access.person, Some(&access.session))
        .await?;
    write
        .audit(
            "session.delete",
            format!("person {}", access.person),
            serde_json::json!({ "count": count }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(account(&state, &access).await?))
}

/// Ends one of one's sessions on another device; one that has ended is no fault.
#[utoipa::path(delete, path = paths::ACCOUNT_SESSION, tag = "session",
    params(("session" = String, Path)),
    responses((status = 200, body = Account)))]
pub async fn end_session(
    State(state): State<AppState>,
    access: Access,
    Path(session): Path<String>,
) -> Result<Json<Account>, Problem> {
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.end_session_named(access.person, &session).await? {
        write
            .audit(
                "session.delete",
                format!("person {}", access.person),
                serde_json::json!({ "count": 1 }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(account(&state, &access).await?))
}

async fn own(state: &AppState, access: &Access) -> Result<StoredPerson, Problem> {
    state
        .store
        .card(access.municipality, access.person)
        .await?
        .ok_or_else(Problem::not_found)
}

async fn account(state: &AppState, access: &Access) -> Result<Account, Problem> {
    let (store, municipality, now_ms) = (&state.store, access.municipality, state.now_ms());
    let own = own(state, access).await?;
    let today = store.today(municipality, now_ms).await?;
    Ok(Account {
        name: own.details.name,
        position: own.details.position,
        login: own.login,
        contacts: Contacts {
            email: own.details.email,
            phone: own.details.phone,
            language: own.details.language,
        },
        roles: store
            .held_roles(municipality, access.person, &today)
            .await?,
        sessions: store
            .open_sessions(municipality, access.person, &access.session, now_ms)
            .await?,
    })
}

/// A password that somebody may choose.
pub(super) fn check_password(field: &str, typed: &str) -> Result<(), Problem> {
    let length = typed.chars().count();
    if (MIN_PASSWORD_CHARACTERS..=MAX_PASSWORD_CHARACTERS).contains(&length) {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.password",
        Text::new(
            format!(
                "Придумайте пароль не короче {MIN_PASSWORD_CHARACTERS} и не длиннее {MAX_PASSWORD_CHARACTERS} знаков."
            ),
            format!(
                "Choose a password of {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters."
            ),
        ),
    ))
}

fn wrong_password() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "account.wrong_password",
        "Нынешний пароль не подходит. Проверьте раскладку клавиатуры; если он забыт, попросите новую ссылку для входа у координатора или администратора.",
        "The present password is wrong. Check the keyboard layout; if it is forgotten, ask the coordinator or an administrator for a new link.",
    )
}

fn no_password() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "account.no_password",
        "У вас нет логина с паролем: вы входите по приглашению. Логин появится по ссылке для входа, её выдаёт координатор.",
        "You have no login with a password: you enter by an invitation. A login comes by a link, which the coordinator issues.",
    )
}
