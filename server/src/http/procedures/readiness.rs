//! `/api/v1/events/{event}/readiness`: what an event needs before the day, and who said it is ready.

use api::id::{EventId, ProcedureId};
use api::observation::staffing::Staffing;
use api::paths;
use api::procedures::readiness::{
    MarkReady, MarkingAgreement, Order, Passport, PassportPart, Readiness, ReadinessStep, Video,
};
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use super::event::one;
use crate::auth::{Access, Permission, Place};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::observation::staffing::{LONGEST_REASON, too_long};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Longest section of a passport or record of an agreement, characters.
const LONGEST_SECTION: usize = 20_000;

/// What an event still needs.
#[utoipa::path(get, path = paths::READINESS, tag = "readiness",
    params(("event" = EventId, Path)), responses((status = 200, body = Readiness)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
) -> Result<Json<Readiness>, Problem> {
    let reach = access.require(Permission::ReadinessRead)?;
    let event = one(&state, &access, &reach, event).await?;
    Ok(Json(
        state.store.readiness(access.municipality, event).await?,
    ))
}

/// Marks an event as ready; with open steps only for a written reason.
#[utoipa::path(post, path = paths::READINESS, tag = "readiness",
    params(("event" = EventId, Path)), request_body = MarkReady,
    responses((status = 200, body = Readiness), (status = 409, body = api::problem::Problem)))]
pub async fn mark(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(mark): Json<MarkReady>,
) -> Result<Json<Readiness>, Problem> {
    let reach = access.require(Permission::ReadinessUpdate)?;
    let found = one(&state, &access, &reach, event).await?;
    let reason = mark.reason.as_deref().unwrap_or_default().trim();
    if reason.chars().count() > LONGEST_REASON {
        return Err(too_long("reason"));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let readiness = write.readiness(found.clone()).await?;
    let gaps: Vec<ReadinessStep> = readiness
        .lines
        .iter()
        .filter(|line| !line.done)
        .map(|line| line.step)
        .collect();
    if !gaps.is_empty() && reason.is_empty() {
        return Err(not_ready(&readiness));
    }
    let reason = (!gaps.is_empty()).then_some(reason);
    write.mark_ready(event, &gaps, reason).await?;
    write
        .audit(
            Permission::ReadinessUpdate.as_str(),
            format!("event {event}"),
            serde_json::json!({ "ready": true, "gaps": gaps, "reason": reason }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(
        state.store.readiness(access.municipality, found).await?,
    ))
}

/// Fills sections of a procedure's passport.
#[utoipa::path(put, path = paths::PASSPORT, tag = "readiness",
    params(("procedure" = ProcedureId, Path)), request_body = Passport,
    responses((status = 200, body = Passport)))]
pub async fn put_passport(
    State(state): State<AppState>,
    access: Access,
    Path(procedure): Path<ProcedureId>,
    Json(passport): Json<Passport>,
) -> Result<Json<Passport>, Problem> {
    access.require(Permission::ReadinessUpdate)?;
    known(&state, &access, procedure).await?;
    municipal(&access)?;
    for part in &passport.parts {
        bounded("parts", &part.content)?;
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    for part in &passport.parts {
        write.put_passport(procedure, part).await?;
    }
    let sections: Vec<_> = passport
        .parts
        .iter()
        .map(|part: &PassportPart| part.section)
        .collect();
    write
        .audit(
            Permission::ReadinessUpdate.as_str(),
            format!("procedure {procedure}"),
            serde_json::json!({ "passport": sections }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(passport))
}

/// Records an order: the municipality's, or a school's own.
#[utoipa::path(post, path = paths::ORDERS, tag = "readiness",
    params(("procedure" = ProcedureId, Path)), request_body = Order,
    responses((status = 200, body = Order)))]
pub async fn put_order(
    State(state): State<AppState>,
    access: Access,
    Path(procedure): Path<ProcedureId>,
    Json(order): Json<Order>,
) -> Result<Json<Order>, Problem> {
    let reach = access.require(Permission::ReadinessUpdate)?;
    known(&state, &access, procedure).await?;
    match order.organisation {
        Some(school) => reach.check(Place::organisation(school))?,
        None => municipal(&access)?,
    }
    check::date("date", &order.date)?;
    filled("number", &order.number)?;
    filled("title", &order.title)?;
    let order = Order { procedure, ..order };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_order(&order).await?;
    write
        .audit(
            Permission::ReadinessUpdate.as_str(),
            format!("procedure {procedure}"),
            serde_json::json!({ "order": order.number, "organisation": order.organisation }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(order))
}

/// Records the agreed approach to marking, before the checking starts.
#[utoipa::path(put, path = paths::AGREEMENT, tag = "readiness",
    params(("event" = EventId, Path)), request_body = MarkingAgreement,
    responses((status = 200, body = Readiness)))]
pub async fn put_agreement(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(agreement): Json<MarkingAgreement>,
) -> Result<Json<Readiness>, Problem> {
    let reach = access.require(Permission::ReadinessUpdate)?;
    let found = one(&state, &access, &reach, event).await?;
    check::date("date", &agreement.date)?;
    filled("participants", &agreement.participants)?;
    if agreement.decisions.trim().is_empty() {
        return Err(blank("decisions"));
    }
    bounded("decisions", &agreement.decisions)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_agreement(event, &agreement).await?;
    write
        .audit(
            Permission::ReadinessUpdate.as_str(),
            format!("event {event}"),
            serde_json::json!({ "agreement": agreement.date }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(
        state.store.readiness(access.municipality, found).await?,
    ))
}

/// Notes where the recording of an event lies.
#[utoipa::path(put, path = paths::VIDEO, tag = "readiness",
    params(("event" = EventId, Path)), request_body = Video,
    responses((status = 200, body = Staffing)))]
pub async fn put_video(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(video): Json<Video>,
) -> Result<Json<Staffing>, Problem> {
    let reach = access.require(Permission::ReadinessUpdate)?;
    let found = one(&state, &access, &reach, event).await?;
    check::short("reference", &video.reference)?;
    let lower = video.reference.trim().to_lowercase();
    // A link is followed by people: only one that a browser opens safely.
    if lower.contains("://") && !lower.starts_with("https://") {
        return Err(Problem::invalid(
            "reference",
            "video.link",
            Text::new(
                "Ссылка должна начинаться с https://. Или опишите словами, где хранится запись.",
                "A link must begin with https://. Or say in words where the recording is kept.",
            ),
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_video(event, &video.reference).await?;
    write
        .audit(
            Permission::ReadinessUpdate.as_str(),
            format!("event {event}"),
            serde_json::json!({ "video": !video.reference.trim().is_empty() }),
        )
        .await?;
    write.commit().await?;
    state
        .store
        .staffing(access.municipality, found)
        .await?
        .map(Json)
        .ok_or_else(Problem::not_found)
}

async fn known(state: &AppState, access: &Access, procedure: ProcedureId) -> Result<(), Problem> {
    let exists = state
        .store
        .procedure_exists(access.municipality, procedure)
        .await?;
    exists.then_some(()).ok_or_else(Problem::not_found)
}

/// The municipality's papers are the coordinator's.
fn municipal(access: &Access) -> Result<(), Problem> {
    access
        .require_municipality(Permission::ReadinessUpdate)
        .map_err(|_| {
            Problem::invalid(
                "organisation",
                "readiness.municipal",
                Text::new(
                    "Паспорт процедуры и приказ муниципалитета вносит муниципальный координатор.",
                    "The passport and the municipality's order are kept by the municipal coordinator.",
                ),
            )
        })
}

fn blank(field: &str) -> Problem {
    Problem::invalid(
        field,
        "field.blank",
        Text::new("Заполните это поле.", "Fill in this field."),
    )
}

fn filled(field: &str, value: &str) -> Result<(), Problem> {
    check::short(field, value)?;
    if value.trim().is_empty() {
        return Err(blank(field));
    }
    Ok(())
}

fn bounded(field: &str, value: &str) -> Result<(), Problem> {
    if value.chars().count() <= LONGEST_SECTION {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.length",
        Text::new(
            format!("Текст длиннее {LONGEST_SECTION} знаков. Сократите его."),
            format!("The text is longer than {LONGEST_SECTION} characters. Shorten it."),
        ),
    ))
}

fn not_ready(readiness: &Readiness) -> Problem {
    let mut problem = Problem::new(
        StatusCode::CONFLICT,
        "readiness.gaps",
        "Не всё готово. Закройте оставшиеся пункты или запишите причину, почему событие пройдёт без них.",
        "Not everything is ready. Close the open steps or write why the event goes on without them.",
    );
    for line in readiness.lines.iter().filter(|line| !line.done) {
        let step = serde_json::to_value(line.step)
            .ok()
            .and_then(|step| step.as_str().map(str::to_owned))
            .unwrap_or_default();
        problem = problem.with_field(&step, "readiness.open", line.detail.clone());
    }
    problem
}
