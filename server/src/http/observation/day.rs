//! `/api/v1/day`, the observation index, and the terms a municipality sets.

use api::observation::day::{DayBoard, DayQuery, IndexQuery, ObservationIndex, Policy};
use api::paths;
use api::text::Text;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::check;
use crate::http::extract::{Json, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{EventFilter, date_text, day_of};

/// The sites of a day within reach.
#[utoipa::path(get, path = paths::DAY, tag = "day",
    params(("date" = Option<String>, Query, description = "Date; today when absent")),
    responses((status = 200, body = DayBoard)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<DayQuery>,
) -> Result<Json<DayBoard>, Problem> {
    let reach = access.require(Permission::DayRead)?;
    let now_ms = state.now_ms();
    let zone_minutes = state.store.zone_minutes(access.municipality).await?;
    let today = date_text(day_of(now_ms, zone_minutes));
    let date = query.date.unwrap_or_else(|| today.clone());
    check::date("date", &date)?;
    let filter = EventFilter {
        date: Some(date.clone()),
        ..EventFilter::default()
    };
    let events = state
        .store
        .events(access.municipality, &reach, access.person, &filter)
        .await?;
    Ok(Json(DayBoard {
        is_today: date == today,
        neighbours: state
            .store
            .days_around(access.municipality, &reach, &date)
            .await?,
        now_ms,
        policy: state.store.policy(access.municipality).await?,
        sites: state.store.day_sites(access.municipality, events).await?,
        date,
    }))
}

/// The observation index by the instruments' rules: event, school, municipality.
#[utoipa::path(get, path = paths::OBSERVATION_INDEX, tag = "day",
    params(("year" = Option<i32>, Query, description = "Calendar year of the procedures")),
    responses((status = 200, body = ObservationIndex)))]
pub async fn index(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<IndexQuery>,
) -> Result<Json<ObservationIndex>, Problem> {
    let reach = access.require(Permission::DayRead)?;
    if let Some(year) = query.year {
        check::year("year", year)?;
    }
    Ok(Json(
        state
            .store
            .observation_index(access.municipality, &reach, query.year)
            .await?,
    ))
}

/// Terms in force.
#[utoipa::path(get, path = paths::POLICY, tag = "day", responses((status = 200, body = Policy)))]
pub async fn policy(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Policy>, Problem> {
    access.require(Permission::DayRead)?;
    Ok(Json(state.store.policy(access.municipality).await?))
}

/// Sets the terms.
#[utoipa::path(put, path = paths::POLICY, tag = "day", request_body = Policy,
    responses((status = 200, body = Policy)))]
pub async fn put_policy(
    State(state): State<AppState>,
    access: Access,
    Json(policy): Json<Policy>,
) -> Result<Json<Policy>, Problem> {
    access.require_municipality(Permission::PolicyUpdate)?;
    bounded("silent_minutes", policy.silent_minutes, 5, 240)?;
    bounded("explanation_days", policy.explanation_days, 1, 60)?;
    bounded("report_hours", policy.report_hours, 1, 240)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_policy(&policy).await?;
    write
        .audit(
            Permission::PolicyUpdate.as_str(),
            format!("municipality {}", access.municipality),
            serde_json::json!({ "policy": policy }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(policy))
}

fn bounded(field: &str, value: u32, least: u32, most: u32) -> Result<(), Problem> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.range",
        Text::new(
            format!("Укажите число от {least} до {most}."),
            format!("Give a number from {least} to {most}."),
        ),
    ))
}
