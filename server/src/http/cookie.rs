//! The two cookies: the session, and the tablet an invitation is bound to.

use axum::http::{HeaderMap, HeaderValue, header};

use super::state::Config;
use crate::auth::Token;

/// How long a tablet stays known to its invitation, seconds.
const DEVICE_SECONDS: i64 = 30 * 24 * 3600;

enum Kind {
    Session,
    Device,
}

/// `__Host-` forbids a domain and a path, so no neighbour can set the cookie; it needs https. On plain
/// http the name carries no promise.
fn name(kind: &Kind, config: &Config) -> &'static str {
    match (kind, config.secure()) {
        (Kind::Session, true) => "__Host-orientir",
        (Kind::Session, false) => "orientir",
        (Kind::Device, true) => "__Host-orientir-device",
        (Kind::Device, false) => "orientir-device",
    }
}

fn read(headers: &HeaderMap, kind: &Kind, config: &Config) -> Option<Token> {
    let name = name(kind, config);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| Token::parse(value))
}

fn write(kind: &Kind, config: &Config, value: &str, max_age_s: i64) -> HeaderValue {
    let secure = if config.secure() { "; Secure" } else { "" };
    let text = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}",
        name(kind, config)
    );
    // The value is base64url or empty, so the text is a valid header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The session named by the request.
pub fn session(headers: &HeaderMap, config: &Config) -> Option<Token> {
    read(headers, &Kind::Session, config)
}

/// The secret of the tablet, if it ever entered by invitation.
pub fn device(headers: &HeaderMap, config: &Config) -> Option<Token> {
    read(headers, &Kind::Device, config)
}

/// Keeps a session in the browser until its absolute end.
pub fn keep_session(token: &Token, seconds: i64, config: &Config) -> HeaderValue {
    write(&Kind::Session, config, &token.to_text(), seconds)
}

/// Removes the session from the browser.
pub fn forget_session(config: &Config) -> HeaderValue {
    write(&Kind::Session, config, "", 0)
}

/// Keeps the secret of the tablet.
pub fn keep_device(token: &Token, config: &Config) -> HeaderValue {
    write(&Kind::Device, config, &token.to_text(), DEVICE_SECONDS)
}
