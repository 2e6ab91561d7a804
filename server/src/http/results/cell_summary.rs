//! `/api/v1/cells/…/summary`: one cell in short, for those who see the map and not the marks behind it.

use api::id::OrganisationId;
use api::paths;
use api::results::cell::{CellReason, CellSummary};
use api::text::Text;
use axum::extract::State;
use objectivity::cell::ChannelResult;

use super::cell::column;
use crate::auth::{Access, Permission, Place};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::subject;
use crate::jobs::run::{state_of, word};
use crate::rules::results::cell_text;

/// A cell in short: its state, the number of pupils and the kinds of evidence that speak. Nothing of scores, marks,
/// sheets or schools beside it is given.
#[utoipa::path(get, path = paths::CELL_SUMMARY, tag = "heat map",
    params(("organisation" = OrganisationId, Path), ("year" = i32, Path), ("subject" = String, Path), ("grade" = u8, Path)),
    responses((status = 200, body = CellSummary)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path((organisation, year, subject, grade)): Path<(OrganisationId, i32, String, u8)>,
) -> Result<Json<CellSummary>, Problem> {
    access
        .require(Permission::HeatMapRead)?
        .check(Place::organisation(organisation))?;
    let municipality = access.municipality;
    let school = state
        .store
        .organisation(municipality, organisation)
        .await?
        .ok_or_else(Problem::not_found)?;
    let run = state
        .store
        .current_run(municipality)
        .await?
        .ok_or_else(Problem::not_found)?;
    let (_, column) = column(&state, &access, &run, organisation, (year, &subject, grade)).await?;
    let cell = column
        .iter()
        .find(|(other, _)| *other == organisation)
        .map(|(_, cell)| cell)
        .ok_or_else(Problem::not_found)?;
    let mut speaking: Vec<&ChannelResult> = cell
        .channels
        .iter()
        .filter(|channel| channel.speaks)
        .collect();
    speaking.sort_by(|one, other| other.log_lr.total_cmp(&one.log_lr));
    let reasons = speaking.into_iter().map(|result| CellReason {
        channel: word(&result.channel),
        name: cell_text::channel_name(result.channel),
        method: cell_text::channel_method(result.channel),
    });
    let text = |text: &objectivity::cell::Text| Text::new(text.ru.clone(), text.en.clone());
    Ok(Json(CellSummary {
        organisation,
        organisation_name: school.short_name,
        year,
        subject_name: subject::name(&subject),
        subject,
        grade,
        computed_ms: run.finished_ms.unwrap_or(run.requested_ms),
        state: state_of(cell.state),
        n: cell.n,
        reasons: reasons.collect(),
        other_explanations: cell.explanation.alternatives.iter().map(text).collect(),
    }))
}
