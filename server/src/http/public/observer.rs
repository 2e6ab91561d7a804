//! The public pages of observers: the application form without script, and the check of a certificate.

use std::net::SocketAddr;

use api::id::ApplicationId;
use api::observation::observer::{Application, ApplicationState};
use app::public::{ApplicationForm, ApplicationStep, CertificateCheck, certificate, observers};
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::page::{Asked, Public};
use crate::http::access::session::client;
use crate::http::problem::Problem;
use crate::store::{AttemptKey, Author, StoreError, date_text, day_of};

/// Largest form, bytes: two long texts in Cyrillic, encoded.
pub const BODY_BYTES: usize = 64 * 1024;

/// The form as browsers send it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::http) struct Sent {
    id: String,
    name: String,
    phone: String,
    settlement: String,
    languages: String,
    about: String,
    interests: String,
    adult: String,
    consent: String,
    /// Filled by programs only.
    website: String,
}

#[derive(Deserialize)]
pub(in crate::http) struct AskedNumber {
    number: Option<String>,
}

pub(in crate::http) async fn show(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let form = ApplicationForm {
        id: Uuid::now_v7().to_string(),
        ..ApplicationForm::default()
    };
    let step = ApplicationStep::Form {
        form,
        errors: Vec::new(),
    };
    answer(
        StatusCode::OK,
        observers(&public.frame(&asked, &headers), &step),
    )
}

/// Takes an application. Requests from other sites are refused by the layer around the whole server.
pub(in crate::http) async fn apply(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    address: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let frame = public.frame(&asked, &headers);
    let address = client(address, &headers, &public.state);
    match take(&public, &address, sent).await {
        Ok((status, step)) => answer(status, observers(&frame, &step)),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn take(
    public: &Public,
    address: &str,
    sent: Sent,
) -> Result<(StatusCode, ApplicationStep), StoreError> {
    // A program is told what it wants to hear, and nothing is kept.
    if !sent.website.is_empty() {
        return Ok((StatusCode::OK, ApplicationStep::Sent));
    }
    let (store, now_ms) = (&public.state.store, public.state.now_ms());
    let keys = [AttemptKey::Application(address)];
    if store.sign_in_wait_ms(&keys, now_ms).await? > 0 {
        return Ok((StatusCode::TOO_MANY_REQUESTS, ApplicationStep::TooMany));
    }
    let id = sent.id.parse().unwrap_or_else(|_| Uuid::now_v7());
    let form = ApplicationForm {
        id: id.to_string(),
        name: sent.name,
        phone: sent.phone,
        settlement: sent.settlement,
        languages: sent.languages,
        about: sent.about,
        interests: sent.interests,
        adult: sent.adult == "yes",
        consent: sent.consent == "yes",
    };
    let errors = form.errors();
    if !errors.is_empty() {
        let step = ApplicationStep::Form { form, errors };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, step));
    }
    if store.begin_attempt(&keys, now_ms).await? > 0 {
        return Ok((StatusCode::TOO_MANY_REQUESTS, ApplicationStep::TooMany));
    }
    let Some(municipality) = store.municipalities().await?.into_iter().next() else {
        return Ok((StatusCode::SERVICE_UNAVAILABLE, ApplicationStep::Nowhere));
    };
    let trimmed = |text: &str| text.trim().to_owned();
    let mut write = store.write(Author::system(municipality.id), now_ms).await?;
    write
        .apply(&Application {
            id: ApplicationId(id),
            name: trimmed(&form.name),
            phone: trimmed(&form.phone),
            settlement: trimmed(&form.settlement),
            languages: trimmed(&form.languages),
            about: trimmed(&form.about),
            interests: trimmed(&form.interests),
            consent_ms: now_ms,
            state: ApplicationState::New,
            reason: None,
        })
        .await?;
    write
        .audit(
            "application.create",
            format!("application {id}"),
            serde_json::json!({ "consent": true }),
        )
        .await?;
    write.commit().await?;
    Ok((StatusCode::OK, ApplicationStep::Sent))
}

pub(in crate::http) async fn check(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    Query(number): Query<AskedNumber>,
    headers: HeaderMap,
) -> Response {
    let number = number.number.unwrap_or_default().trim().to_uppercase();
    match known(&public, number).await {
        Ok(check) => answer(
            StatusCode::OK,
            certificate(&public.frame(&asked, &headers), &check),
        ),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn known(public: &Public, number: String) -> Result<CertificateCheck, StoreError> {
    /// Longest number looked for, characters.
    const LONGEST: usize = 40;
    if number.is_empty() {
        return Ok(CertificateCheck::Blank);
    }
    let store = &public.state.store;
    if number.chars().count() <= LONGEST {
        for municipality in store.municipalities().await? {
            let found = store
                .certificate_by_number(municipality.id, &number)
                .await?;
            let Some((certificate, name)) = found else {
                continue;
            };
            let zone_minutes = store.zone_minutes(municipality.id).await?;
            let today = date_text(day_of(public.state.now_ms(), zone_minutes));
            return Ok(if certificate.valid_until >= today {
                CertificateCheck::Valid {
                    number: certificate.number,
                    name: initials(&name),
                    until: certificate.valid_until,
                }
            } else {
                CertificateCheck::Expired {
                    number: certificate.number,
                    until: certificate.valid_until,
                }
            });
        }
    }
    Ok(CertificateCheck::Unknown {
        number: number.chars().take(LONGEST).collect(),
    })
}

/// «Пётр Савельев» as «Пётр С.».
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next_back().and_then(|word| word.chars().next()) {
        Some(letter) => format!("{first} {letter}."),
        None => first.to_owned(),
    }
}

/// Never kept by caches: each form carries its own id.
fn answer(status: StatusCode, html: String) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}
