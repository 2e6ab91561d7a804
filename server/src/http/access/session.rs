//! `/api/v1/session`: signing in and out, and who is signed in.

use std::net::SocketAddr;

use api::access::session::{DemoPerson, DemoSignIn, InvitationSignIn, Session, SignIn};
use api::id::{MunicipalityId, PersonId};
use api::paths;
use api::text::Text;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};

use crate::auth::{Access, MAX_PASSWORD_CHARACTERS, Token};
use crate::http::cookie;
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{AttemptKey, Author, Entry, Lifetime};

/// Tells the browser what to forget.
const CLEAR_SITE_DATA: header::HeaderName = header::HeaderName::from_static("clear-site-data");
/// Longest login, characters.
pub(super) const MAX_LOGIN_CHARACTERS: usize = 128;

/// Who is signed in; a visitor is told so, not refused.
#[utoipa::path(get, path = paths::SESSION, tag = "session",
    responses((status = 200, body = Session)))]
pub async fn read(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Session>, Problem> {
    let access = match cookie::session(&headers, &state.config) {
        Some(token) => state.store.access(&token, state.now_ms()).await?,
        None => None,
    };
    Ok(Json(session(&state, access.as_ref()).await?))
}

/// Signs in by login and password.
#[utoipa::path(post, path = paths::SESSION, tag = "session", request_body = SignIn,
    responses((status = 200, body = Session), (status = 401, body = api::problem::Problem),
        (status = 429, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    address: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Json(sign_in): Json<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    let address = client(address, &headers, &state);
    let keys = [
        AttemptKey::LoginAt(&sign_in.login, &address),
        AttemptKey::Login(&sign_in.login),
        AttemptKey::Address(&address),
    ];
    let wait_ms = state.store.begin_attempt(&keys, state.now_ms()).await?;
    if wait_ms > 0 {
        return Err(too_many(wait_ms));
    }
    if sign_in.login.chars().count() > MAX_LOGIN_CHARACTERS
        || sign_in.password.chars().count() > MAX_PASSWORD_CHARACTERS
    {
        return Err(wrong());
    }
    let login = state.store.login(&sign_in.login).await?;
    let stored = login
        .as_ref()
        .filter(|login| login.active)
        .map(|login| login.password_hash.clone());
    let fits = state
        .passwords
        .check(sign_in.password.clone(), stored)
        .await?;
    let Some(login) = login.filter(|_| fits) else {
        return Err(wrong());
    };
    state
        .store
        .sign_in_succeeded(&sign_in.login, &address, state.now_ms())
        .await?;
    open(
        &state,
        &headers,
        (login.municipality, login.person),
        Lifetime::PASSWORD,
        "password",
    )
    .await
}

/// Signs in as a person of the demo; only in a demo installation.
#[utoipa::path(post, path = paths::SESSION_DEMO, tag = "session", request_body = DemoSignIn,
    responses((status = 200, body = Session), (status = 404, body = api::problem::Problem)))]
pub async fn create_demo(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(sign_in): Json<DemoSignIn>,
) -> Result<impl IntoResponse, Problem> {
    if !state.config.demo {
        return Err(Problem::not_found());
    }
    let municipality = state
        .store
        .demo_person(sign_in.person)
        .await?
        .ok_or_else(Problem::not_found)?;
    open(
        &state,
        &headers,
        (municipality, sign_in.person),
        Lifetime::PASSWORD,
        "demo",
    )
    .await
}

/// Enters by a personal invitation; the first tablet that uses it is the only one it lets in.
#[utoipa::path(post, path = paths::SESSION_INVITATION, tag = "session",
    request_body = InvitationSignIn,
    responses((status = 200, body = Session), (status = 401, body = api::problem::Problem),
        (status = 429, body = api::problem::Problem)))]
pub async fn create_invitation(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(sign_in): Json<InvitationSignIn>,
) -> Result<impl IntoResponse, Problem> {
    // A secret of 256 bits cannot be guessed: nobody behind the same address waits for others' failures.
    let now_ms = state.now_ms();
    let unknown = || {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "invitation.unknown",
            "Такого приглашения нет. Откройте ссылку ещё раз целиком или попросите у координатора новую.",
            "There is no such invitation. Open the whole link again or ask the coordinator for a new one.",
        )
    };
    let Some(token) = Token::parse(&sign_in.token) else {
        return Err(unknown());
    };
    let municipality = token.municipality();
    if !state.store.municipality_exists(municipality).await? {
        return Err(unknown());
    }
    let device = match cookie::device(&headers, &state.config) {
        Some(device) => device,
        None => Token::generate(municipality)?,
    };
    let mut write = state
        .store
        .write(Author::system(municipality), now_ms)
        .await?;
    let entry = write.enter(&token, &device).await?;
    let (person, expires_ms) = match entry {
        Entry::Person { person, expires_ms } => (person, expires_ms),
        Entry::Unknown => {
            drop(write);
            return Err(unknown());
        }
        Entry::Expired => {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "invitation.expired",
                "Срок приглашения истёк. Попросите у координатора новую ссылку; введённое на этом планшете сохранено.",
                "The invitation has expired. Ask the coordinator for a new link; what was entered on this tablet is kept.",
            ));
        }
        Entry::OtherDevice => {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "invitation.other_device",
                "По этому приглашению уже вошли с другого устройства. Работайте на нём или попросите у координатора новую ссылку.",
                "This invitation was already used on another device. Go on there or ask the coordinator for a new link.",
            ));
        }
    };
    write.commit().await?;
    let (mut cookies, answer) = opened(
        &state,
        &headers,
        (municipality, person),
        Lifetime::invitation(expires_ms - now_ms),
        "invitation",
    )
    .await?;
    cookies.push((
        header::SET_COOKIE,
        cookie::keep_device(&device, &state.config),
    ));
    Ok((AppendHeaders(cookies), answer))
}

/// Signs out; harmless when nobody is signed in.
#[utoipa::path(delete, path = paths::SESSION, tag = "session",
    responses((status = 200, body = Session)))]
pub async fn delete(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    if let Some(token) = cookie::session(&headers, &state.config) {
        if let Some(access) = state.store.access(&token, state.now_ms()).await? {
            let mut write = state.store.write(access.author(), state.now_ms()).await?;
            write
                .audit(
                    "session.delete",
                    format!("person {}", access.person),
                    serde_json::json!({}),
                )
                .await?;
            write.end_session(&token).await?;
            write.commit().await?;
        } else {
            state.store.end_session(&token).await?;
        }
    }
    Ok((
        AppendHeaders([
            (header::SET_COOKIE, cookie::forget_session(&state.config)),
            // Nothing that was shown stays on a shared computer. Storage stays: unsent answers lie there.
            (CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\"")),
        ]),
        Json(session(&state, None).await?),
    ))
}

/// The invented people who can be entered by a tap; only in a demo installation.
#[utoipa::path(get, path = paths::DEMO_PEOPLE, tag = "session",
    responses((status = 200, body = Vec<DemoPerson>),
        (status = 404, body = api::problem::Problem)))]
pub async fn demo_people(State(state): State<AppState>) -> Result<Json<Vec<DemoPerson>>, Problem> {
    if !state.config.demo {
        return Err(Problem::not_found());
    }
    Ok(Json(state.store.demo_people().await?))
}

pub(super) type Cookies = Vec<(header::HeaderName, HeaderValue)>;

pub(super) async fn open(
    state: &AppState,
    headers: &HeaderMap,
    who: (MunicipalityId, PersonId),
    lifetime: Lifetime,
    by: &str,
) -> Result<(AppendHeaders<Cookies>, Json<Session>), Problem> {
    let (cookies, answer) = opened(state, headers, who, lifetime, by).await?;
    Ok((AppendHeaders(cookies), answer))
}

/// Opens a session with a new secret; the one the browser had before ends, so a secret planted in it
/// is worth nothing.
async fn opened(
    state: &AppState,
    headers: &HeaderMap,
    (municipality, person): (MunicipalityId, PersonId),
    lifetime: Lifetime,
    by: &str,
) -> Result<(Cookies, Json<Session>), Problem> {
    if let Some(before) = cookie::session(headers, &state.config) {
        state.store.end_session(&before).await?;
    }
    let token = Token::generate(municipality)?;
    let author = Author {
        municipality,
        person: Some(person),
    };
    let mut write = state.store.write(author, state.now_ms()).await?;
    write
        .open_session(&token, person, lifetime, device(headers))
        .await?;
    write
        .audit(
            "session.create",
            format!("person {person}"),
            serde_json::json!({ "by": by }),
        )
        .await?;
    write.commit().await?;
    let access = state
        .store
        .access(&token, state.now_ms())
        .await?
        .ok_or_else(Problem::session_expired)?;
    Ok((
        vec![(
            header::SET_COOKIE,
            cookie::keep_session(&token, lifetime.total_ms / 1000, &state.config),
        )],
        Json(session(state, Some(&access)).await?),
    ))
}

/// The session as it travels.
async fn session(state: &AppState, access: Option<&Access>) -> Result<Session, Problem> {
    let person = match access {
        Some(access) => Some(state.store.session_person(access).await?),
        None => None,
    };
    Ok(Session {
        person,
        demo: state.config.demo,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now_ms: state.now_ms(),
        expires_ms: access.map(|access| access.expires_ms),
    })
}

/// What the browser says of itself.
fn device(headers: &HeaderMap) -> &str {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The address failures are counted by. `X-Forwarded-For` is believed only behind a proxy of ours:
/// anybody else could invent one for every attempt.
pub(in crate::http) fn client(
    address: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: &HeaderMap,
    state: &AppState,
) -> String {
    if state.config.behind_proxy
        && let Some(last) = headers
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
    {
        return last.trim().to_owned();
    }
    address.map_or_else(
        || "unknown".to_owned(),
        |axum::Extension(ConnectInfo(address))| address.ip().to_string(),
    )
}

/// The same for a wrong login and a wrong password.
fn wrong() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "session.wrong_credentials",
        "Логин или пароль не подходят. Проверьте раскладку клавиатуры и регистр букв пароля и попробуйте снова.",
        "The login or the password is wrong. Check the keyboard layout and the case of the password and try again.",
    )
}

pub(super) fn too_many(wait_ms: i64) -> Problem {
    let seconds = u32::try_from((wait_ms + 999) / 1000).unwrap_or(u32::MAX);
    let text = Text::new(
        format!(
            "Слишком много неудачных попыток входа. Подождите {seconds} с и попробуйте снова. Если пароль забыт, обратитесь к администратору."
        ),
        format!(
            "Too many failed attempts to sign in. Wait {seconds} s and try again. If the password is forgotten, ask the administrator."
        ),
    );
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "session.too_many_attempts",
        text.ru,
        text.en,
    )
    .retry_after(seconds)
}
