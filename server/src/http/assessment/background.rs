//! `/api/v1/submissions/…/background`: last time's answers, and what the data of the school say.

use std::collections::BTreeMap;

use api::assessment::background::{
    Background, ChannelSummary, CrossHint, ObservationSummary, PreviousAnswers, PreviousItem,
    ResultSummary,
};
use api::id::{OrganisationId, SubmissionId};
use api::paths;
use api::results::heat_map::CellState;
use axum::extract::State;
use forms::Form;
use objectivity::cell::ChannelName;

use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::forms::submission::readable_place;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::jobs::run::{state_of, word};
use crate::rules::forms::answers::items;
use crate::rules::forms::fold::both;
use crate::rules::results::cell_text;

/// Observation index below which high levels are looked at together.
///
/// # Source
/// instruments/school_self_assessment.yaml, rule X1.
const LOW_INDEX: f64 = 0.8;

/// What is known beside a self-assessment. What there is no data for is absent.
#[utoipa::path(get, path = paths::BACKGROUND, tag = "submissions",
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = Background)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<Background>, Problem> {
    access.require(Permission::SubmissionRead)?;
    let place = readable_place(&state, &access, submission).await?;
    let organisation = place.place.organisation;
    let observation = observation(&state, &access, organisation).await?;
    let results = results(&state, &access, organisation).await?;
    let input = state
        .store
        .fold_input(access.municipality, submission)
        .await?;
    let (entry, _) = state.folder.replay(&input)?;
    let hints = hints(entry.form(), observation.as_ref(), results.as_ref());
    Ok(Json(Background {
        previous: previous(&state, &access, submission).await?,
        observation,
        results,
        hints,
    }))
}

async fn previous(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<Option<PreviousAnswers>, Problem> {
    let municipality = access.municipality;
    let Some((earlier, campaign)) = state
        .store
        .earlier_submission(municipality, submission)
        .await?
    else {
        return Ok(None);
    };
    let input = state.store.fold_input(municipality, earlier).await?;
    let (entry, _) = state.folder.replay(&input)?;
    let campaign = state
        .store
        .campaigns(
            municipality,
            &crate::auth::Reach::Municipality,
            Some(campaign),
        )
        .await?
        .pop()
        .ok_or_else(Problem::not_found)?;
    Ok(Some(PreviousAnswers {
        title: campaign.title,
        date: campaign.closes,
        items: items(&entry)
            .into_iter()
            .filter_map(|item| {
                Some(PreviousItem {
                    item: item.item,
                    sentence: item.sentence?,
                    score: item.score,
                    evidence: item.evidence,
                    note: item.note,
                })
            })
            .collect(),
    }))
}

async fn observation(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
) -> Result<Option<ObservationSummary>, Problem> {
    let sheets: Vec<_> = state
        .store
        .observations(access.municipality)
        .await?
        .into_iter()
        .filter(|(school, ..)| *school == organisation)
        .map(|(.., sheet)| sheet)
        .collect();
    if sheets.is_empty() {
        return Ok(None);
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Some(ObservationSummary {
        sheets: count(sheets.len()),
        index: sheets.iter().map(|sheet| sheet.index).sum::<f64>() / sheets.len() as f64,
        without_critical: count(sheets.iter().filter(|sheet| sheet.critical == 0).count()),
    }))
}

async fn results(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
) -> Result<Option<ResultSummary>, Problem> {
    let Some(run) = state.store.current_run(access.municipality).await? else {
        return Ok(None);
    };
    let Some((year, cells)) = state
        .store
        .school_cells(access.municipality, run.id, organisation)
        .await?
    else {
        return Ok(None);
    };
    let mut states: BTreeMap<String, (CellState, u32)> = BTreeMap::new();
    let mut channels: BTreeMap<String, ChannelSummary> = BTreeMap::new();
    for cell in &cells {
        let own = state_of(cell.state);
        states.entry(format!("{own:?}")).or_insert((own, 0)).1 += 1;
        for found in &cell.channels {
            let name = word(&found.channel);
            let summary = channels
                .entry(name.clone())
                .or_insert_with(|| ChannelSummary {
                    channel: name,
                    name: cell_text::channel_name(found.channel),
                    fired: 0,
                    computed: 0,
                });
            summary.computed += 1;
            summary.fired += u32::from(found.speaks);
        }
    }
    Ok(Some(ResultSummary {
        year,
        computed_ms: run.finished_ms.unwrap_or(run.requested_ms),
        states: states.into_values().collect(),
        channels: channels.into_values().collect(),
    }))
}

/// Rules of the instrument that the data meet.
fn hints(
    form: &Form,
    observation: Option<&ObservationSummary>,
    results: Option<&ResultSummary>,
) -> Vec<CrossHint> {
    let speaks = |channel: ChannelName| {
        let name = word(&channel);
        results.is_some_and(|results| {
            results
                .channels
                .iter()
                .any(|own| own.channel == name && own.fired > 0)
        })
    };
    let checks = form
        .scoring
        .as_ref()
        .map_or(&[][..], |scoring| scoring.cross_checks.as_slice());
    checks
        .iter()
        .filter_map(|check| {
            // The instrument names the signals of the methodology; each is a channel of the engine.
            let (meets, from) = match check.compare_with.as_str() {
                "observation.index" => {
                    (observation.is_some_and(|seen| seen.index < LOW_INDEX), 2.0)
                }
                "signal.S5a" => (speaks(ChannelName::RegisterGap), 2.0),
                "signal.S6" => (speaks(ChannelName::Bunching), 3.0),
                _ => return None,
            };
            meets.then(|| CrossHint {
                id: check.id.clone(),
                items: check.items.clone(),
                from,
                rule: both(form, &check.rule),
            })
        })
        .collect()
}
