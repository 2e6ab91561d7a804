//! SWOT sheet, risk profile and the page that joins everything known of a school.

use std::collections::BTreeMap;

use api::id::OrganisationId;
use api::paths;
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use api::schools::school_change::{ChangeState, WindowState};
use api::schools::school_profile::{
    ObservationSummary, ProfileChange, PutProfile, Quadrant, RiskMark, SchoolOverview,
    SchoolProfile, SelfAssessmentSummary, StateCount, SwotItem,
};
use axum::extract::State;

use super::school_change::{school, whole as change_log};
use super::school_context::{Known as Contexts, YearQuery};
use crate::auth::{Access, Permission, Place};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::day::year_of;
use crate::rules::reference;
use crate::rules::results::next;
use crate::rules::results::next::Known;
use crate::rules::schools::profile;
use crate::store::{NewRecord, RecordKind};

/// The SWOT sheet and the risk profile of a year.
#[utoipa::path(get, path = paths::SCHOOL_PROFILE, tag = "profile",
    params(("organisation" = OrganisationId, Path), ("year" = Option<i32>, Query)),
    responses((status = 200, body = SchoolProfile)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Query(query): Query<YearQuery>,
) -> Result<Json<SchoolProfile>, Problem> {
    let reach = access.require(Permission::ProfileRead)?;
    school(&state, &access, &reach, organisation).await?;
    let year = query.year.unwrap_or_else(|| year_of(state.now_ms()));
    whole(&state, &access, organisation, year).await.map(Json)
}

/// Changes one item or mark; repeating it with the same operation changes nothing.
#[utoipa::path(put, path = paths::SCHOOL_PROFILE, tag = "profile", request_body = PutProfile,
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = SchoolProfile)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Json(put): Json<PutProfile>,
) -> Result<Json<SchoolProfile>, Problem> {
    let reach = access.require(Permission::ProfileUpdate)?;
    school(&state, &access, &reach, organisation).await?;
    check::year("year", put.year)?;
    checked(&put.change)?;
    let before = whole(&state, &access, organisation, put.year).await?;
    if let ProfileChange::Swot { item } = &put.change {
        let guide = before
            .quadrants
            .iter()
            .find(|guide| guide.quadrant == item.quadrant);
        let held = before
            .items
            .iter()
            .filter(|other| other.quadrant == item.quadrant && other.id != item.id)
            .count();
        if guide.is_some_and(|guide| held >= guide.max_items as usize) {
            return Err(Problem::invalid(
                "item",
                "profile.too_many",
                api::text::Text::new(
                    format!("Здесь уже {held} пунктов. Оставьте главные: так виднее, что делать."),
                    format!(
                        "There are {held} items here already. Keep the main ones: it shows better what to do."
                    ),
                ),
            ));
        }
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_new = match &put.change {
        ProfileChange::Swot { item } => {
            write
                .add_record(&NewRecord {
                    operation: put.operation,
                    organisation,
                    kind: RecordKind::Swot,
                    year: put.year,
                    key: item.id.to_string(),
                    document: Some(item),
                })
                .await?
        }
        ProfileChange::RemoveSwot { item } => {
            write
                .add_record(&NewRecord::<SwotItem> {
                    operation: put.operation,
                    organisation,
                    kind: RecordKind::Swot,
                    year: put.year,
                    key: item.to_string(),
                    document: None,
                })
                .await?
        }
        ProfileChange::Risk { mark } => {
            write
                .add_record(&NewRecord {
                    operation: put.operation,
                    organisation,
                    kind: RecordKind::Risk,
                    year: put.year,
                    key: mark.factor.clone(),
                    document: Some(mark),
                })
                .await?
        }
    };
    if is_new {
        let what = match &put.change {
            ProfileChange::Swot { item } => format!("swot {}", item.id),
            ProfileChange::RemoveSwot { item } => format!("swot {item} removed"),
            ProfileChange::Risk { mark } => format!("risk {}", mark.factor),
        };
        write
            .audit(
                Permission::ProfileUpdate.as_str(),
                format!("organisation {organisation}"),
                serde_json::json!({ "year": put.year, "what": what }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    whole(&state, &access, organisation, put.year)
        .await
        .map(Json)
}

/// Everything known of a school, and what to do next: help first.
#[utoipa::path(get, path = paths::SCHOOL_OVERVIEW, tag = "profile",
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = SchoolOverview)))]
pub async fn overview(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
) -> Result<Json<SchoolOverview>, Problem> {
    let reach = access.require(Permission::ProfileRead)?;
    let school = school(&state, &access, &reach, organisation).await?;
    let municipality = access.municipality;
    let (map_year, cells) = match state.store.current_run(municipality).await? {
        Some(run) => cells(&state, &access, run.id, organisation).await?,
        None => (None, Vec::new()),
    };
    let observation = observation(&state, &access, organisation).await?;
    let self_assessment = self_assessment(&state, &access, organisation).await?;
    let contexts = Contexts::load(&state, &access).await?;
    let context = contexts.newest(&school);
    let year = newest_year(&state, &access, organisation).await?;
    let sheet = whole(&state, &access, organisation, year).await?;
    let log = change_log(&state, &access, &school).await?;
    let due = log
        .windows
        .iter()
        .rev()
        .find(|window| matches!(window.state, WindowState::Open | WindowState::Missed));
    let page = api::work::school(organisation);
    let supports = state
        .store
        .supports(municipality, Some(organisation))
        .await?;
    let under_way = supports
        .into_iter()
        .filter(|support| support.state.is_open())
        .map(|support| support.measure)
        .collect();
    let next = next::steps(&Known {
        page: &page,
        cells: &cells,
        observation: observation.as_ref(),
        self_assessment: self_assessment.as_ref(),
        context: context.as_ref(),
        risks: &sheet.risks,
        swot: &sheet.items,
        report_due: due.map(|window| &window.name),
        measures: &sheet.measures,
        under_way: &under_way,
    });
    let quadrant = |quadrant: Quadrant| {
        let found = sheet.items.iter().filter(|item| item.quadrant == quadrant);
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let in_state = |state: ChangeState| {
        let found = log
            .entries
            .iter()
            .filter(|entry| entry.change.state == state);
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    Ok(Json(SchoolOverview {
        organisation,
        cells,
        map_year,
        observation,
        self_assessment,
        context,
        swot: [
            quadrant(Quadrant::Strength),
            quadrant(Quadrant::Weakness),
            quadrant(Quadrant::Opportunity),
            quadrant(Quadrant::Threat),
        ],
        changes: [in_state(ChangeState::Running), in_state(ChangeState::Done)],
        risks: sheet
            .risks
            .into_iter()
            .filter(|risk| risk.is_topic)
            .collect(),
        next,
    }))
}

/// The newest year with entries, else this year.
async fn newest_year(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
) -> Result<i32, Problem> {
    let mut newest = None;
    for kind in [RecordKind::Swot, RecordKind::Risk] {
        let records = state
            .store
            .records(access.municipality, kind, Some(organisation))
            .await?;
        newest = newest.max(records.iter().map(|record| record.year).max());
    }
    Ok(newest.unwrap_or_else(|| year_of(state.now_ms())))
}

async fn whole(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
    year: i32,
) -> Result<SchoolProfile, Problem> {
    let municipality = access.municipality;
    let store = &state.store;
    let swot = store
        .records(municipality, RecordKind::Swot, Some(organisation))
        .await?;
    let risks = store
        .records(municipality, RecordKind::Risk, Some(organisation))
        .await?;
    let mut years: Vec<i32> = swot
        .iter()
        .chain(&risks)
        .map(|record| record.year)
        .chain([year_of(state.now_ms())])
        .collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let read = |error: serde_json::Error| Problem::from(anyhow::Error::from(error));
    let items: Vec<SwotItem> = swot
        .iter()
        .filter(|record| record.year == year)
        .map(|record| serde_json::from_str(&record.document).map_err(read))
        .collect::<Result<_, _>>()?;
    let marks: Vec<RiskMark> = risks
        .iter()
        .filter(|record| record.year == year)
        .map(|record| serde_json::from_str(&record.document).map_err(read))
        .collect::<Result<_, _>>()?;
    let name = store
        .organisation(municipality, organisation)
        .await?
        .ok_or_else(Problem::not_found)?
        .short_name;
    Ok(SchoolProfile {
        organisation,
        organisation_name: name,
        year,
        years,
        quadrants: profile::quadrants()?,
        items,
        risks: profile::risks(&marks)?,
        measures: reference::measures()?,
        priority_note: profile::priority_note(),
        may_change: access
            .require(Permission::ProfileUpdate)
            .is_ok_and(|reach| reach.covers(Place::organisation(organisation))),
    })
}

async fn cells(
    state: &AppState,
    access: &Access,
    run: api::id::RunId,
    organisation: OrganisationId,
) -> Result<(Option<i32>, Vec<StateCount>), Problem> {
    let columns = state.store.cell_columns(access.municipality, run).await?;
    let newest = columns
        .iter()
        .filter(|(kind, _)| *kind == ProcedureKind::Vpr)
        .map(|(_, year)| *year)
        .max();
    let Some(year) = newest else {
        return Ok((None, Vec::new()));
    };
    let all = state
        .store
        .cells(access.municipality, run, ProcedureKind::Vpr, year)
        .await?;
    let own = all.iter().filter(|cell| cell.organisation == organisation);
    let mut counts: BTreeMap<u8, StateCount> = BTreeMap::new();
    for cell in own {
        let place = match cell.state {
            CellState::Calm => 0,
            CellState::Attention => 1,
            CellState::Signs => 2,
            CellState::Insufficient => 3,
            CellState::NoData => 4,
        };
        counts
            .entry(place)
            .or_insert(StateCount {
                state: cell.state,
                count: 0,
            })
            .count += 1;
    }
    Ok((newest, counts.into_values().collect()))
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
        .collect();
    let Some(year) = sheets.iter().map(|(_, column, _)| column.year).max() else {
        return Ok(None);
    };
    let newest: Vec<_> = sheets
        .iter()
        .filter(|(_, column, _)| column.year == year)
        .map(|(.., sheet)| sheet)
        .collect();
    let sum: f64 = newest.iter().map(|sheet| sheet.index).sum();
    Ok(Some(ObservationSummary {
        year,
        index: sum / newest.len() as f64,
        sheets: u32::try_from(newest.len()).unwrap_or(u32::MAX),
        critical: newest.iter().map(|sheet| sheet.critical).sum(),
    }))
}

/// The school's own self-assessment of the newest campaign in which its head approved one.
async fn self_assessment(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
) -> Result<Option<SelfAssessmentSummary>, Problem> {
    let approved = state
        .store
        .approved_scores(access.municipality, None, Some(organisation))
        .await?;
    Ok(approved
        .into_iter()
        .next()
        .map(|newest| SelfAssessmentSummary {
            campaign: newest.campaign,
            title: newest.title,
            submitted_ms: newest.submitted_ms,
            score: newest.score,
        }))
}

fn checked(change: &ProfileChange) -> Result<(), Problem> {
    let measures = reference::measures()?;
    let is_measure = |id: &str| measures.iter().any(|measure| measure.id == id);
    let fault = match change {
        ProfileChange::Swot { item } => {
            check::filled("text", &item.text)?;
            check::long("evidence", &item.evidence)?;
            profile::item_fault(item, is_measure)
        }
        ProfileChange::RemoveSwot { .. } => None,
        ProfileChange::Risk { mark } => {
            check::long("note", &mark.note)?;
            if !profile::risks(&[])?
                .iter()
                .any(|risk| risk.id == mark.factor)
            {
                return Err(Problem::not_found());
            }
            profile::mark_fault(mark, is_measure)
        }
    };
    match fault {
        Some((field, text)) => Err(Problem::invalid(field, "profile.field", text)),
        None => Ok(()),
    }
}
