//! `/api/v1/cells/…`: one cell of the heat map in full.

use api::id::OrganisationId;
use api::paths;
use api::procedures::event::Event;
use api::procedures::procedure::ProcedureKind;
use api::results::cell::{
    CellDetail, Channel, Cohort, Funnel, FunnelPoint, RegisterGap, SheetLabel, SimilarPair,
};
use api::results::run::Run;
use api::text::Text;
use axum::extract::State;
use objectivity::cell::{Cell, ChannelResult};

use super::dynamics;
use crate::auth::{Access, Permission, Place};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::subject;
use crate::jobs::run::{state_of, word};
use crate::rules::results::cell_chart::{histogram, items};
use crate::rules::results::cell_text;
use crate::store::{CellColumn, EventFilter, StoredPaper};

/// One cell: why it has its state, and every number with its source.
#[utoipa::path(get, path = paths::CELL, tag = "heat map",
    params(("organisation" = OrganisationId, Path), ("year" = i32, Path), ("subject" = String, Path), ("grade" = u8, Path)),
    responses((status = 200, body = CellDetail)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path((organisation, year, subject, grade)): Path<(OrganisationId, i32, String, u8)>,
) -> Result<Json<CellDetail>, Problem> {
    access
        .require(Permission::CellRead)?
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
    let (paper, column) =
        column(&state, &access, &run, organisation, (year, &subject, grade)).await?;
    let cell = column
        .iter()
        .find(|(other, _)| *other == organisation)
        .map(|(_, cell)| cell)
        .ok_or_else(Problem::not_found)?;
    let region = state.store.score_counts(municipality, paper.id).await?;
    let marks = state.store.mark_counts(municipality, paper.id).await?;
    let events = events(&state, &access, organisation, &paper).await?;
    let sheets = sheets(&state, &access, organisation, &paper).await?;
    let dynamics = dynamics::of_paper(&state, &access, &school, &paper).await?;

    let mut channels: Vec<&ChannelResult> = cell.channels.iter().collect();
    channels.sort_by(|one, other| other.log_lr.total_cmp(&one.log_lr));
    let text = |text: &objectivity::cell::Text| Text::new(text.ru.clone(), text.en.clone());
    Ok(Json(CellDetail {
        organisation,
        organisation_name: school.short_name,
        year,
        subject_name: subject::name(&subject),
        subject,
        grade,
        run: run.id,
        computed_ms: run.finished_ms.unwrap_or(run.requested_ms),
        engine_version: run.engine_version,
        state: state_of(cell.state),
        n: cell.n,
        level: word(&cell.level),
        posterior: cell.posterior,
        local_fdr: cell.local_fdr,
        mean: cell.mean,
        shrunk_mean: cell.shrunk_mean,
        max_score: (paper.max_score > 0).then_some(paper.max_score),
        summary: text(&cell.explanation.summary),
        first_reason: cell.first_reason.as_ref().map(word),
        channels: channels.into_iter().map(channel).collect(),
        markers: cell.markers.iter().map(cell_text::marker).collect(),
        other_explanations: cell.explanation.alternatives.iter().map(text).collect(),
        next_steps: cell.explanation.next_checks.iter().map(text).collect(),
        histogram: histogram(cell, &region, paper.max_score),
        items: items(cell, &paper),
        funnel: funnel(&column, organisation),
        register: register(cell, &marks),
        cohort: cohort(&column, organisation),
        pairs: cell.charts.pairs.iter().map(pair).collect(),
        dynamics,
        events,
        sheets,
    }))
}

/// The paper and all cells of its column. Test works come first when several procedures had such a work.
pub(super) async fn column(
    state: &AppState,
    access: &Access,
    run: &Run,
    organisation: OrganisationId,
    (year, subject, grade): (i32, &str, u8),
) -> Result<(StoredPaper, Vec<(OrganisationId, Cell)>), Problem> {
    let mut papers = state.store.papers(access.municipality).await?;
    papers.retain(|paper| paper.year == year && paper.subject == subject && paper.grade == grade);
    papers.sort_by_key(|paper| (paper.kind != ProcedureKind::Vpr, paper.kind));
    for paper in papers {
        let key = CellColumn {
            kind: paper.kind,
            year,
            subject,
            grade,
        };
        let cells = state
            .store
            .cell_details(access.municipality, run.id, key)
            .await?;
        if cells.iter().any(|(other, _)| *other == organisation) {
            return Ok((paper, cells));
        }
    }
    Err(Problem::not_found())
}

/// Events of the work at the school, as far as the caller may see them.
async fn events(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
    paper: &StoredPaper,
) -> Result<Vec<Event>, Problem> {
    let Ok(reach) = access.require(Permission::EventRead) else {
        return Ok(Vec::new());
    };
    let filter = EventFilter {
        organisation: Some(organisation),
        work: Some((paper.year, paper.subject.clone(), paper.grade)),
        ..EventFilter::default()
    };
    let mut events = state
        .store
        .events(access.municipality, &reach, access.person, &filter)
        .await?;
    events.retain(|event| event.kind == paper.kind);
    Ok(events)
}

/// Submitted sheets of the work at the school, as far as the caller may read them.
async fn sheets(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
    paper: &StoredPaper,
) -> Result<Vec<SheetLabel>, Problem> {
    let Ok(reach) = access.require(Permission::SubmissionRead) else {
        return Ok(Vec::new());
    };
    let observed = state.store.observations(access.municipality).await?;
    Ok(observed
        .into_iter()
        .filter(|(other, column, sheet)| {
            *other == organisation
                && column.kind == paper.kind
                && column.year == paper.year
                && column.subject == paper.subject
                && column.grade == paper.grade
                && reach.covers(Place::event(organisation, sheet.event))
        })
        .map(|(_, _, sheet)| SheetLabel {
            submission: sheet.submission,
            index: Some(sheet.index),
            critical: sheet.critical,
            submitted_ms: sheet.submitted_ms,
        })
        .collect())
}

fn channel(result: &ChannelResult) -> Channel {
    Channel {
        channel: word(&result.channel),
        name: cell_text::channel_name(result.channel),
        value: Some(result.value),
        interval: Some(result.interval),
        expected: Some(result.expected),
        p_value: Some(result.p_value),
        log_lr: result.log_lr,
        n: result.n,
        fired: result.speaks,
        sentence: Text::new(result.sentence.ru.clone(), result.sentence.en.clone()),
        other_explanation: Text::new(result.alternative.ru.clone(), result.alternative.en.clone()),
        next_check: Text::new(result.next_check.ru.clone(), result.next_check.en.clone()),
        method: cell_text::channel_method(result.channel),
        thresholds: result.thresholds.iter().map(cell_text::threshold).collect(),
    }
}

/// Every school of the column, its mean moved by the difference of the expected means, so that all stand as if
/// under the conditions of this school.
fn funnel(column: &[(OrganisationId, Cell)], own: OrganisationId) -> Option<Funnel> {
    let cell = column
        .iter()
        .find(|(other, _)| *other == own)
        .map(|(_, cell)| cell)?;
    let centre = cell.charts.funnel.as_ref()?;
    let points = column
        .iter()
        .filter_map(|(organisation, other)| {
            let place = other.charts.funnel.as_ref()?;
            Some(FunnelPoint {
                n: other.n,
                mean: other.mean? - place.expected + centre.expected,
                own: *organisation == own,
            })
        })
        .collect();
    Some(Funnel {
        centre: centre.expected,
        within_sd: centre.standard_error * f64::from(cell.n).sqrt(),
        between_sd: centre.between_schools,
        points,
    })
}

/// The cohort of the school among those of the column.
fn cohort(column: &[(OrganisationId, Cell)], own: OrganisationId) -> Option<Cohort> {
    let of = |cell: &Cell| cell.charts.cohort.clone();
    let point = column
        .iter()
        .find(|(other, _)| *other == own)
        .and_then(|(_, cell)| of(cell))?;
    Some(Cohort {
        before: point.prior_mean,
        now: point.mean,
        expected: point.expected,
        limits_95: point.limits_95,
        n: point.n,
        others: column
            .iter()
            .filter(|(other, _)| *other != own)
            .filter_map(|(_, cell)| of(cell).map(|point| [point.prior_mean, point.mean]))
            .collect(),
    })
}

fn pair(pair: &objectivity::cell::SimilarPair) -> SimilarPair {
    SimilarPair {
        class: pair.class.clone(),
        first: pair.first.clone(),
        second: pair.second.clone(),
        same: pair.same,
        same_wrong: pair.same_wrong,
        items: pair.items,
        expected: pair.expected,
        p_value: pair.p_value,
    }
}

/// Shares by the difference of the two marks.
fn register(cell: &Cell, region: &[(u8, u8, u64)]) -> Option<RegisterGap> {
    let matrix = cell.charts.register.as_ref()?;
    let mut own: Vec<(u8, u8, u64)> = Vec::new();
    for (work, row) in (2_u8..).zip(matrix) {
        for (register, count) in (2_u8..).zip(row) {
            own.push((work, register, u64::from(*count)));
        }
    }
    let (n, [lowered, confirmed, raised], gap_two) = shares(&own)?;
    let (_, region, _) = shares(region)?;
    Some(RegisterGap {
        n: u32::try_from(n).unwrap_or(u32::MAX),
        lowered,
        confirmed,
        raised,
        gap_two,
        region,
        matrix: *matrix,
    })
}

/// Pupils with both marks; shares lowered, confirmed, raised; share apart by two or more.
fn shares(counts: &[(u8, u8, u64)]) -> Option<(u64, [f64; 3], f64)> {
    let mut all = 0_u64;
    let mut three = [0_u64; 3];
    let mut apart = 0_u64;
    for &(work, register, count) in counts {
        all += count;
        three[match work.cmp(&register) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        }] += count;
        if work.abs_diff(register) >= 2 {
            apart += count;
        }
    }
    let share = |count: u64| count as f64 / all as f64;
    (all > 0).then(|| (all, three.map(share), share(apart)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_one() {
        let (n, [lowered, confirmed, raised], apart) =
            shares(&[(3, 4, 2), (4, 4, 5), (5, 3, 1)]).expect("pupils");
        assert_eq!(n, 8);
        assert_eq!((lowered, confirmed, raised), (0.25, 0.625, 0.125));
        assert_eq!(apart, 0.125);
        assert_eq!(shares(&[]), None);
    }
}
