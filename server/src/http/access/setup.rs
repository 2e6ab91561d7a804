//! `/api/v1/setup`: founding an office by a one-time address.

use std::net::SocketAddr;

use api::access::session::Session;
use api::access::setup::{Founding, SetupCode, SetupState};
use api::paths;
use api::text::Text;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use super::account::check_password;
use super::session::{MAX_LOGIN_CHARACTERS, client, open, too_many};
use crate::founding::{Founder, Refusal, found_office};
use crate::http::check;
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{AttemptKey, CodeState, Lifetime, StoreError};

/// Is nobody here yet?
#[utoipa::path(get, path = paths::SETUP, tag = "setup",
    responses((status = 200, body = SetupState)))]
pub async fn read(State(state): State<AppState>) -> Result<Json<SetupState>, Problem> {
    let open = !state.store.has_administrator().await?;
    Ok(Json(SetupState { open }))
}

/// Says whether a one-time code holds, before somebody fills in a page for nothing; spends nothing.
#[utoipa::path(post, path = paths::SETUP_CODE, tag = "setup", request_body = SetupCode,
    responses((status = 200, body = SetupState), (status = 403, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn check_code(
    State(state): State<AppState>,
    address: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Json(asked): Json<SetupCode>,
) -> Result<Json<SetupState>, Problem> {
    holds(&state, &client(address, &headers, &state), &asked.code).await?;
    Ok(Json(SetupState { open: true }))
}

/// Founds an office with its first administrator, who is signed in.
#[utoipa::path(post, path = paths::SETUP, tag = "setup", request_body = Founding,
    responses((status = 200, body = Session), (status = 403, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    address: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Json(new): Json<Founding>,
) -> Result<impl IntoResponse, Problem> {
    holds(&state, &client(address, &headers, &state), &new.code).await?;
    check_founding(&new)?;
    let password_hash = state.passwords.hash(new.password.clone()).await?;
    let founder = Founder {
        person: new.person,
        name: new.name.trim().to_owned(),
        login: new.login.trim().to_owned(),
        password_hash,
        is_coordinator: new.is_coordinator,
    };
    let office = (new.municipality, &new.office);
    found_office(
        &state.store,
        office,
        &founder,
        Some(&new.code),
        state.now_ms(),
    )
    .await
    .map_err(|refusal| match refusal {
        Refusal::Founded => founded(),
        // Only a further office needs a first one.
        Refusal::NotFounded => Problem::internal(),
        Refusal::Code(found) => refused(found),
        Refusal::Store(StoreError::Duplicate(_)) => login_taken(),
        Refusal::Store(error) => error.into(),
        Refusal::Instrument(error) => error.into(),
    })?;
    let who = (new.municipality, new.person);
    open(&state, &headers, who, Lifetime::PASSWORD, "setup").await
}

/// Refuses whoever has no code that holds; each try is counted, before it is looked at, with those of sign-in.
async fn holds(state: &AppState, address: &str, code: &str) -> Result<(), Problem> {
    if state.store.has_administrator().await? {
        return Err(founded());
    }
    let keys = [AttemptKey::Address(address)];
    let now_ms = state.now_ms();
    let wait_ms = state.store.begin_attempt(&keys, now_ms).await?;
    if wait_ms > 0 {
        return Err(too_many(wait_ms));
    }
    match state.store.setup_code_state(code, now_ms).await? {
        CodeState::Open => Ok(()),
        found => Err(refused(found)),
    }
}

fn check_founding(new: &Founding) -> Result<(), Problem> {
    check::text("office.name", &new.office.name)?;
    if !(-12 * 60..=14 * 60).contains(&new.office.zone_minutes) {
        return Err(Problem::invalid(
            "office.zone_minutes",
            "field.zone",
            Text::new(
                "Такого часового пояса нет. Выберите пояс из списка.",
                "There is no such time zone. Choose one of the list.",
            ),
        ));
    }
    check::filled("name", &new.name)?;
    check::words("login", &new.login, MAX_LOGIN_CHARACTERS)?;
    check_password("password", &new.password)
}

fn founded() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "setup.founded",
        "Управление здесь уже создано, и у него есть администратор. Войдите со своим логином или попросите администратора впустить вас.",
        "An office was founded here already, and it has an administrator. Sign in with your login or ask the administrator to let you in.",
    )
}

fn login_taken() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "setup.login_taken",
        "Такой логин уже занят. Придумайте другой.",
        "This login is taken. Choose another one.",
    )
}

fn refused(found: CodeState) -> Problem {
    let (code, ru, en) = match found {
        CodeState::Expired => (
            "setup.expired",
            "Срок одноразового адреса истёк. Новый печатает команда orientir setup-code и каждый запуск сервера.",
            "The one-time address has expired. The command orientir setup-code prints a new one, and so does each start of the server.",
        ),
        CodeState::Replaced => (
            "setup.replaced",
            "Выдан более новый одноразовый адрес, этот больше не действует. Возьмите последний из журнала сервера.",
            "A newer one-time address was issued, this one no longer holds. Take the last one from the log of the server.",
        ),
        CodeState::Used => (
            "setup.used",
            "По этому адресу управление уже создано. Войдите со своим логином.",
            "An office was founded by this address already. Sign in with your login.",
        ),
        CodeState::Unknown | CodeState::Open => (
            "setup.unknown",
            "Такого одноразового адреса нет. Откройте адрес из журнала сервера целиком; новый печатает команда orientir setup-code.",
            "There is no such one-time address. Open the whole address from the log of the server; the command orientir setup-code prints a new one.",
        ),
    };
    Problem::new(StatusCode::FORBIDDEN, code, ru, en)
}
