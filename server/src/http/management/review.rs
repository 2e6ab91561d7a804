//! `/api/v1/reviews`: reviews of signs, step by step from the signal to the effect of measures.

use std::cmp::Reverse;
use std::collections::HashMap;

use api::access::session::Role;
use api::id::{OrganisationId, ReviewId};
use api::live::LiveChange;
use api::management::review::{
    CellFacts, EntryFacts, Grounds, MAX_MARKS, MAX_MEMBERS, NewAnswer, NewMarks, NewReview,
    NewReviewStep, RecheckPlan, RecheckWay, Review, ReviewAct, ReviewEntry, ReviewQuery,
    ReviewStage, ReviewWhole, SecondMarks, Side, StepState,
};
use api::management::support::Support;
use api::paths;
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use super::support::Shower;
use crate::auth::{Access, Denied, Permission, Place, Reach, permissions};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::observation::staffing::{LONGEST_REASON, too_long};
use crate::http::problem::Problem;
use crate::http::schools::school_change::school;
use crate::http::state::AppState;
use crate::import::code::{Form, Tally};
use crate::import::subject;
use crate::rules::day::{date_at, iso};
use crate::rules::management::review as rules;
use crate::rules::management::support::is_penalty_open;
use crate::store::{CellColumn, NewReviewEntry, Opened, Settled, StoredReview, Write};

/// Reviews in the caller's scope: overdue ones first, then by term, then by the name of the school; closed ones last.
/// A school sees its own once it is asked.
#[utoipa::path(get, path = paths::REVIEWS, tag = "reviews",
    params(("organisation" = Option<OrganisationId>, Query), ("year" = Option<i32>, Query),
        ("subject" = Option<String>, Query), ("grade" = Option<u8>, Query)),
    responses((status = 200, body = Vec<Review>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ReviewQuery>,
) -> Result<Json<Vec<Review>>, Problem> {
    let reach = access.require(Permission::ReviewRead)?;
    let stored = state
        .store
        .reviews(access.municipality, query.organisation)
        .await?;
    let day = Day::new(&state, &access).await?;
    let names: HashMap<OrganisationId, String> = state
        .store
        .organisations(access.municipality, &reach)
        .await?
        .into_iter()
        .map(|school| (school.id, school.short_name))
        .collect();
    let mut shown: Vec<(Reverse<Option<i64>>, Review)> = stored
        .into_iter()
        .filter(|review| visible(&reach, review) && asked_for(&query, review))
        .map(|review| {
            let name = names.get(&review.organisation).cloned();
            (
                Reverse(review.closed_ms),
                labelled(&access, &review, &day, name.unwrap_or_default()),
            )
        })
        .collect();
    shown.sort_by(|(closed, one), (other_closed, other)| {
        let key = |review: &Review| {
            (
                review.stage == ReviewStage::Closed,
                !review.overdue,
                review.due.clone().unwrap_or_else(|| "9999".into()),
            )
        };
        key(one)
            .cmp(&key(other))
            .then_with(|| closed.cmp(other_closed))
            .then_with(|| one.organisation_name.cmp(&other.organisation_name))
            .then_with(|| one.number.cmp(&other.number))
    });
    Ok(Json(shown.into_iter().map(|(_, review)| review).collect()))
}

/// One review with its grounds, timeline, measures and later results.
#[utoipa::path(get, path = paths::REVIEW, tag = "reviews", params(("review" = ReviewId, Path)),
    responses((status = 200, body = Review)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(review): Path<ReviewId>,
) -> Result<Json<Review>, Problem> {
    let reach = access.require(Permission::ReviewRead)?;
    whole(&state, &access, &reach, review).await
}

/// Opens a review of a cell that asks for attention or shows signs. What the cell rests on is kept with it. While a
/// review of the cell is open, that one is the answer.
#[utoipa::path(post, path = paths::REVIEWS, tag = "reviews", request_body = NewReview,
    responses((status = 200, body = Review), (status = 409, body = api::problem::Problem)))]
pub async fn open(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewReview>,
) -> Result<Json<Review>, Problem> {
    let reach = access.require(Permission::ReviewCreate)?;
    school(&state, &access, &reach, new.organisation).await?;
    check::year("cell.year", new.cell.year)?;
    check::grade("cell.grade", new.cell.grade)?;
    check::filled("cell.subject", &new.cell.subject)?;
    // Whatever the cell shows now, a review that is open is the answer.
    if let Some(id) = known_review(&state, &access, &new).await? {
        return whole(&state, &access, &reach, id).await;
    }
    let Some(grounds) = grounds(&state, &access, &new).await? else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "review.no_cell",
            "Результатов этой работы сейчас нет, и открывать разбор не на чем. Обновите карту: загрузку могли отменить.",
            "The results of this work are not there now, so a review has nothing to rest on. Reload the map: the import may have been undone.",
        ));
    };
    if !matches!(grounds.cell.state, CellState::Attention | CellState::Signs) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "review.calm",
            "Разбор открывается для ячейки с состоянием «внимание» или «признаки». В этой ячейке сейчас нет ни того, ни другого.",
            "A review is opened for a cell with the state \"attention\" or \"signs\". This cell shows neither now.",
        ));
    }
    let day = Day::new(&state, &access).await?;
    let due = rules::usual_due(ReviewStage::Analysis, day.today).map(iso);
    let role = office(&access, Permission::ReviewCreate);
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let id = match write
        .open_review(&new, &grounds, due.as_deref(), role)
        .await?
    {
        Opened::Known(id) => {
            drop(write);
            id
        }
        Opened::Stale => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "review.stale",
                "Пока открывался разбор, закончился новый расчёт. Обновите ячейку и посмотрите, что в ней теперь.",
                "A new run ended while the review was being opened. Reload the cell and see what it shows now.",
            ));
        }
        Opened::New => {
            write
                .audit(
                    Permission::ReviewCreate.as_str(),
                    format!("review {}", new.id),
                    serde_json::json!({
                        "organisation": new.organisation, "cell": new.cell, "run": grounds.cell.run,
                    }),
                )
                .await?;
            // The school learns of it when it is asked.
            announce(&mut write, None, new.id).await?;
            write.commit().await?;
            new.id
        }
    };
    let reach = access.require(Permission::ReviewRead)?;
    whole(&state, &access, &reach, id).await
}

/// Ends a step, moves a term or writes beside. Whoever ends a step that somebody else has ended is told what was
/// written and loses nothing.
#[utoipa::path(post, path = paths::REVIEW_STEPS, tag = "reviews", params(("review" = ReviewId, Path)),
    request_body = NewReviewStep,
    responses((status = 200, body = Review), (status = 409, body = api::problem::Problem)))]
pub async fn step(
    State(state): State<AppState>,
    access: Access,
    Path(review): Path<ReviewId>,
    Json(new): Json<NewReviewStep>,
) -> Result<Json<Review>, Problem> {
    let reach = access.require(Permission::ReviewUpdate)?;
    let (known, _) = found(&state, &access, &reach, review).await?;
    let day = Day::new(&state, &access).await?;
    worded(&new, &day)?;
    let later = later(&known, cells(&state, &access, &known).await?);
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.has_review_entry(new.id).await? {
        drop(write);
        return whole(&state, &access, &reach, review).await;
    }
    let (now, settled) = write.review_now(review).await?.ok_or(Denied::NotFound)?;
    if rules::needs_revision(new.act) && new.revision != now.revision {
        return Err(taken(&settled));
    }
    let known = machine(&now, &settled, &day, !later.is_empty());
    let given = rules::Given {
        act: new.act,
        recheck: new.recheck.as_ref(),
        finding: new.finding,
        effect: new.effect,
    };
    if matches!(
        new.act,
        ReviewAct::Open | ReviewAct::Explain | ReviewAct::Marks
    ) {
        return Err(refusal(rules::Refusal::OutOfOrder));
    }
    let stage = rules::after(&known, &given).map_err(refusal)?;
    let due = if stage == ReviewStage::Closed {
        None
    } else if new.act == ReviewAct::Note {
        now.due.clone()
    } else if stage == now.stage {
        new.due.clone().or_else(|| now.due.clone())
    } else {
        let usual = rules::usual_due(stage, day.today).map(iso);
        new.due.clone().or(usual)
    };
    let is_changed = due != now.due;
    let facts = EntryFacts {
        due_before: now.due.clone().filter(|_| is_changed),
        due: due.clone().filter(|_| is_changed),
        is_late: false,
        recheck: new
            .recheck
            .clone()
            .filter(|_| new.act == ReviewAct::PlanRecheck),
        finding: new.finding.filter(|_| new.act == ReviewAct::Conclude),
        effect: new.effect.filter(|_| new.act == ReviewAct::JudgeEffect),
        cells: if new.act == ReviewAct::JudgeEffect {
            later
        } else {
            Vec::new()
        },
        marks: None,
    };
    let entry = NewReviewEntry {
        id: new.id,
        act: new.act,
        side: Side::Office,
        role: office(&access, Permission::ReviewUpdate),
        content: &new.content,
        facts: &facts,
    };
    let outcome = rules::outcome(&known, &given);
    write
        .step_review(review, &entry, stage, due.as_deref(), outcome)
        .await?;
    write
        .audit(
            Permission::ReviewUpdate.as_str(),
            format!("review {review}"),
            serde_json::json!({ "act": new.act, "stage": stage, "due": due, "outcome": outcome }),
        )
        .await?;
    let told = (now.is_asked || new.act == ReviewAct::Analyse).then_some(now.organisation);
    announce(&mut write, told, review).await?;
    write.commit().await?;
    whole(&state, &access, &reach, review).await
}

/// The school explains. After the term it is accepted too and marked as late; a later one is added beside.
#[utoipa::path(post, path = paths::REVIEW_ANSWERS, tag = "reviews", params(("review" = ReviewId, Path)),
    request_body = NewAnswer,
    responses((status = 200, body = Review), (status = 409, body = api::problem::Problem)))]
pub async fn answer(
    State(state): State<AppState>,
    access: Access,
    Path(review): Path<ReviewId>,
    Json(new): Json<NewAnswer>,
) -> Result<Json<Review>, Problem> {
    let reach = access.require(Permission::ReviewAnswer)?;
    found(&state, &access, &reach, review).await?;
    words_of("content", &new.content)?;
    let day = Day::new(&state, &access).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write.has_review_entry(new.id).await? {
        let (now, settled) = write.review_now(review).await?.ok_or(Denied::NotFound)?;
        let known = machine(&now, &settled, &day, false);
        let given = rules::Given {
            act: ReviewAct::Explain,
            recheck: None,
            finding: None,
            effect: None,
        };
        let stage = rules::after(&known, &given).map_err(refusal)?;
        let ends = stage != now.stage;
        let due = if ends {
            rules::usual_due(stage, day.today).map(iso)
        } else {
            now.due.clone()
        };
        let facts = EntryFacts {
            due_before: now.due.clone().filter(|_| ends),
            due: due.clone().filter(|_| ends),
            // Late by the term that the school was given, whatever the step is now.
            is_late: settled
                .answer_due
                .as_ref()
                .is_some_and(|due| *due < day.text),
            ..EntryFacts::default()
        };
        let entry = NewReviewEntry {
            id: new.id,
            act: ReviewAct::Explain,
            side: Side::School,
            role: office(&access, Permission::ReviewAnswer),
            content: &new.content,
            facts: &facts,
        };
        write
            .step_review(review, &entry, stage, due.as_deref(), None)
            .await?;
        write
            .audit(
                Permission::ReviewAnswer.as_str(),
                format!("review {review}"),
                serde_json::json!({ "stage": stage, "late": facts.is_late }),
            )
            .await?;
        announce(&mut write, Some(now.organisation), review).await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    let reach = access.require(Permission::ReviewRead)?;
    whole(&state, &access, &reach, review).await
}

/// Second marks of a recheck, by the school's own codes. Those that come later count; the earlier ones are kept.
#[utoipa::path(post, path = paths::REVIEW_MARKS, tag = "reviews", params(("review" = ReviewId, Path)),
    request_body = NewMarks,
    responses((status = 200, body = Review), (status = 409, body = api::problem::Problem)))]
pub async fn marks(
    State(state): State<AppState>,
    access: Access,
    Path(review): Path<ReviewId>,
    Json(new): Json<NewMarks>,
) -> Result<Json<Review>, Problem> {
    let reach = access.require(Permission::ReviewUpdate)?;
    let (_, grounds) = found(&state, &access, &reach, review).await?;
    coded(&new, grounds.max_score)?;
    let day = Day::new(&state, &access).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.has_review_entry(new.id).await? {
        drop(write);
        return whole(&state, &access, &reach, review).await;
    }
    let (now, settled) = write.review_now(review).await?.ok_or(Denied::NotFound)?;
    let given = rules::Given {
        act: ReviewAct::Marks,
        recheck: None,
        finding: None,
        effect: None,
    };
    let known = machine(&now, &settled, &day, false);
    let stage = rules::after(&known, &given).map_err(refusal)?;
    let facts = EntryFacts {
        marks: Some(u32::try_from(new.marks.len()).unwrap_or(u32::MAX)),
        ..EntryFacts::default()
    };
    let entry = NewReviewEntry {
        id: new.id,
        act: ReviewAct::Marks,
        side: Side::Office,
        role: office(&access, Permission::ReviewUpdate),
        content: "",
        facts: &facts,
    };
    write
        .step_review(review, &entry, stage, now.due.as_deref(), None)
        .await?;
    write.add_second_marks(new.id, &new.marks).await?;
    write
        .audit(
            Permission::ReviewUpdate.as_str(),
            format!("review {review}"),
            serde_json::json!({ "act": ReviewAct::Marks, "works": new.marks.len() }),
        )
        .await?;
    announce(&mut write, Some(now.organisation), review).await?;
    write.commit().await?;
    whole(&state, &access, &reach, review).await
}

/// Today at the municipality, as a day and as it is written.
struct Day {
    today: time::Date,
    text: String,
    zone_minutes: i32,
}

impl Day {
    async fn new(state: &AppState, access: &Access) -> Result<Self, Problem> {
        let zone_minutes = state.store.zone_minutes(access.municipality).await?;
        let today = date_at(state.now_ms(), zone_minutes);
        Ok(Day {
            today,
            text: iso(today),
            zone_minutes,
        })
    }
}

async fn announce(
    write: &mut Write,
    organisation: Option<OrganisationId>,
    review: ReviewId,
) -> Result<(), Problem> {
    write
        .announce(organisation, None, &LiveChange::Review { review })
        .await?;
    Ok(())
}

/// The caller's office by which they hold a permission.
fn office(access: &Access, permission: Permission) -> Role {
    access
        .grants
        .iter()
        .map(|grant| grant.role)
        .find(|role| permissions(*role).contains(&permission))
        // The handler has asked for the permission before.
        .unwrap_or(Role::Manager)
}

/// The office sees every review of its scope, a school its own once it is asked.
fn visible(reach: &Reach, review: &StoredReview) -> bool {
    reach.covers(Place::organisation(review.organisation))
        && (*reach == Reach::Municipality || review.is_asked)
}

fn asked_for(query: &ReviewQuery, review: &StoredReview) -> bool {
    let cell = review.cell.as_ref();
    query
        .year
        .is_none_or(|year| cell.is_some_and(|cell| cell.year == year))
        && query
            .subject
            .as_ref()
            .is_none_or(|subject| cell.is_some_and(|cell| cell.subject == *subject))
        && query
            .grade
            .is_none_or(|grade| cell.is_some_and(|cell| cell.grade == grade))
}

async fn found(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    review: ReviewId,
) -> Result<(StoredReview, Grounds), Problem> {
    Ok(state
        .store
        .review(access.municipality, review)
        .await?
        .filter(|(stored, _)| visible(reach, stored))
        .ok_or(Denied::NotFound)?)
}

/// The review that an earlier request opened for the same cell or under the same id.
async fn known_review(
    state: &AppState,
    access: &Access,
    new: &NewReview,
) -> Result<Option<ReviewId>, Problem> {
    let all = state
        .store
        .reviews(access.municipality, Some(new.organisation))
        .await?;
    Ok(all
        .into_iter()
        .find(|review| {
            review.id == new.id
                || (review.closed_ms.is_none() && review.cell.as_ref() == Some(&new.cell))
        })
        .map(|review| review.id))
}

/// What the cell rests on in the run in force; none when it has no such cell.
async fn grounds(
    state: &AppState,
    access: &Access,
    new: &NewReview,
) -> Result<Option<Grounds>, Problem> {
    let Some(run) = state.store.current_run(access.municipality).await? else {
        return Ok(None);
    };
    let mut papers = state.store.papers(access.municipality).await?;
    let cell = &new.cell;
    papers.retain(|paper| {
        (paper.year, paper.subject.as_str(), paper.grade)
            == (cell.year, cell.subject.as_str(), cell.grade)
    });
    // As on the map: test works come first when several procedures had such a work.
    papers.sort_by_key(|paper| (paper.kind != ProcedureKind::Vpr, paper.kind));
    for paper in papers {
        let column = CellColumn {
            kind: paper.kind,
            year: paper.year,
            subject: paper.subject.as_str(),
            grade: paper.grade,
        };
        let cells = state
            .store
            .cell_details(access.municipality, run.id, column)
            .await?;
        if let Some((_, own)) = cells.iter().find(|(other, _)| *other == new.organisation) {
            let region = state
                .store
                .score_counts(access.municipality, paper.id)
                .await?;
            return Ok(Some(rules::grounds(&run, &paper, own, &region)));
        }
    }
    Ok(None)
}

fn machine(now: &StoredReview, settled: &Settled, day: &Day, has_later: bool) -> rules::Known {
    rules::Known {
        stage: now.stage,
        is_term_over: now.due.as_ref().is_some_and(|due| *due < day.text),
        is_asked: now.is_asked,
        has_recheck: settled.has_recheck,
        finding: settled.finding,
        measures: settled.measures,
        has_later,
        effect: settled.effect,
    }
}

fn labelled(access: &Access, stored: &StoredReview, day: &Day, name: String) -> Review {
    let is_open = stored.stage != ReviewStage::Closed;
    Review {
        id: stored.id,
        number: stored.number,
        kind: stored.kind,
        organisation: stored.organisation,
        organisation_name: name,
        cell: stored.cell.clone(),
        work: stored
            .cell
            .as_ref()
            .map(|cell| subject::work(&cell.subject, cell.grade, cell.year)),
        state: stored.state,
        stage: stored.stage,
        awaits: rules::awaits(stored.stage),
        overdue: is_open && stored.due.as_ref().is_some_and(|due| *due < day.text),
        due: stored.due.clone(),
        outcome: stored.outcome,
        revision: stored.revision,
        opened: iso(date_at(stored.opened_ms, day.zone_minutes)),
        may: turn(access, stored),
        whole: None,
    }
}

/// May the caller do this at a school?
fn covers(access: &Access, permission: Permission, school: OrganisationId) -> bool {
    access
        .require(permission)
        .is_ok_and(|reach| reach.covers(Place::organisation(school)))
}

/// For a list: may the caller end the step that is awaited?
fn turn(access: &Access, stored: &StoredReview) -> Vec<ReviewAct> {
    let covers = |permission| covers(access, permission, stored.organisation);
    match stored.stage {
        ReviewStage::Closed => Vec::new(),
        ReviewStage::Explanation if covers(Permission::ReviewAnswer) => vec![ReviewAct::Explain],
        ReviewStage::Explanation if covers(Permission::ReviewUpdate) => vec![ReviewAct::GoOn],
        _ if covers(Permission::ReviewUpdate) => vec![ReviewAct::MoveTerm],
        _ => Vec::new(),
    }
}

async fn whole(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    id: ReviewId,
) -> Result<Json<Review>, Problem> {
    let (stored, grounds) = found(state, access, reach, id).await?;
    let day = Day::new(state, access).await?;
    let covers = |permission| covers(access, permission, stored.organisation);
    let school = state
        .store
        .organisation(access.municipality, stored.organisation)
        .await?
        .ok_or_else(Problem::not_found)?;
    let entries = state
        .store
        .review_entries(access.municipality, id, day.zone_minutes)
        .await?;
    let cells = cells(state, access, &stored).await?;
    let now = cell_now(&stored, &cells);
    let later = later(&stored, cells);
    let shower = Shower::new(state, access).await?;
    let of_school: Vec<Support> = state
        .store
        .supports(access.municipality, Some(stored.organisation))
        .await?
        .into_iter()
        .map(|support| {
            let is_own = support.review == Some(id);
            let mut support = shower.show(support);
            support.review = is_own.then_some(id);
            support
        })
        .collect();
    let is_penalty_open = is_penalty_open(&of_school);
    let mut measures: Vec<Support> = of_school
        .into_iter()
        .filter(|support| support.review == Some(id))
        .collect();
    measures.sort_by_key(|support| support.measure.level);
    let settled = Settled {
        has_recheck: entries.iter().any(|one| one.act == ReviewAct::PlanRecheck),
        finding: entries.iter().rev().find_map(|one| one.facts.finding),
        effect: entries.iter().rev().find_map(|one| one.facts.effect),
        measures: measures
            .iter()
            .filter(|one| one.state != api::management::support::SupportState::Dropped)
            .count(),
        answer_due: None,
        last: None,
    };
    let known = machine(&stored, &settled, &day, !later.is_empty());
    let marks = match entries.iter().rev().find(|one| one.act == ReviewAct::Marks) {
        None => None,
        Some(entry) => {
            let marks = state
                .store
                .second_marks(access.municipality, entry.id)
                .await?;
            let cuts = grounds.histogram.as_ref().and_then(|chart| chart.cuts);
            Some(SecondMarks {
                entry: entry.id,
                agreement: rules::agreement(&marks, cuts),
                marks,
            })
        }
    };
    let acts = rules::acts(
        &known,
        covers(Permission::ReviewUpdate),
        covers(Permission::ReviewAnswer),
    );
    let next = next_stage(stored.stage);
    let mut shown = labelled(access, &stored, &day, school.short_name);
    shown.may = acts;
    shown.whole = Some(ReviewWhole {
        steps: steps(&stored, &entries),
        recheck: entries
            .iter()
            .rev()
            .find_map(|one| one.facts.recheck.clone()),
        marks,
        may_agree: stored.stage != ReviewStage::Closed && covers(Permission::SupportCreate),
        is_penalty_open,
        measures,
        now,
        later,
        usual_due: rules::usual_due(next, day.today)
            .map(iso)
            .unwrap_or_default(),
        grounds,
        entries,
    });
    Ok(Json(shown))
}

fn next_stage(stage: ReviewStage) -> ReviewStage {
    let steps = ReviewStage::STEPS;
    steps
        .iter()
        .position(|step| *step == stage)
        .and_then(|at| steps.get(at + 1))
        .copied()
        .unwrap_or(ReviewStage::Measures)
}

/// Steps with the day on which each ended last.
fn steps(stored: &StoredReview, entries: &[ReviewEntry]) -> Vec<StepState> {
    let ended = |step: ReviewStage| {
        entries.iter().rev().find(|one| {
            matches!(
                (step, one.act),
                (ReviewStage::Analysis, ReviewAct::Analyse | ReviewAct::Waive)
                    | (
                        ReviewStage::Recheck,
                        ReviewAct::FinishRecheck | ReviewAct::SkipRecheck
                    )
                    | (ReviewStage::Conclusion, ReviewAct::Conclude)
                    | (ReviewStage::Measures, ReviewAct::SettleMeasures)
                    | (ReviewStage::Effect, ReviewAct::JudgeEffect)
                    | (ReviewStage::Exit, ReviewAct::Close)
            )
        })
    };
    // Of explanations the first one ended the step, unless the office went on without it.
    let heard = entries
        .iter()
        .find(|one| matches!(one.act, ReviewAct::Explain | ReviewAct::GoOn));
    ReviewStage::STEPS
        .into_iter()
        .map(|step| {
            let end = match step {
                ReviewStage::Explanation => heard,
                _ => ended(step),
            }
            // After a return to measures the later steps are ahead again.
            .filter(|_| step < stored.stage);
            StepState {
                step,
                ended: end.map(|one| one.day.clone()),
                is_skipped: end
                    .is_some_and(|one| matches!(one.act, ReviewAct::SkipRecheck | ReviewAct::GoOn)),
            }
        })
        .collect()
}

/// The cell in the run in force.
fn cell_now(stored: &StoredReview, cells: &[CellFacts]) -> Option<CellFacts> {
    let cell = stored.cell.as_ref()?;
    let found = cells
        .iter()
        .find(|one| one.year == cell.year && one.grade == cell.grade);
    found.cloned()
}

/// Cells of the next procedures: the nearest later year that has the same grade, or the same pupils in the next one.
fn later(stored: &StoredReview, mut cells: Vec<CellFacts>) -> Vec<CellFacts> {
    let Some(cell) = &stored.cell else {
        return Vec::new();
    };
    cells.retain(|one| {
        let years = one.year - cell.year;
        let is_same_grade = years > 0 && one.grade == cell.grade;
        let are_same_pupils = years > 0 && i32::from(one.grade) == i32::from(cell.grade) + years;
        (is_same_grade || are_same_pupils)
            && !matches!(one.state, CellState::NoData | CellState::Insufficient)
    });
    let nearest = cells.iter().map(|one| one.year).min();
    cells.retain(|one| Some(one.year) == nearest);
    cells
}

/// Cells of the school and subject of a review in the run in force.
async fn cells(
    state: &AppState,
    access: &Access,
    stored: &StoredReview,
) -> Result<Vec<CellFacts>, Problem> {
    let run = state.store.current_run(access.municipality).await?;
    let (Some(run), Some(cell)) = (run, &stored.cell) else {
        return Ok(Vec::new());
    };
    Ok(state
        .store
        .subject_cells(
            access.municipality,
            run.id,
            stored.organisation,
            &cell.subject,
        )
        .await?)
}

fn taken(settled: &Settled) -> Problem {
    let (_, role, content) =
        settled
            .last
            .clone()
            .unwrap_or((ReviewAct::Open, Role::Manager, String::new()));
    let (ru, en) = office_words(role);
    let quoted = |empty: &str| match content.is_empty() {
        true => empty.to_owned(),
        false => format!("«{content}»"),
    };
    Problem::new(
        StatusCode::CONFLICT,
        "review.revision",
        format!(
            "Пока вы писали, этот шаг уже сделан ({ru}): {}. Ваш текст остался в поле: посмотрите, что изменилось, и добавьте его заметкой, если он нужен.",
            quoted("без слов")
        ),
        format!(
            "While you were writing, this step was taken ({en}): {}. Your text is still in the field: see what has changed, and add it as a note if it is needed.",
            quoted("without words")
        ),
    )
}

fn office_words(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Manager => ("руководитель", "the manager"),
        Role::Coordinator => ("координатор", "the coordinator"),
        Role::Analyst => ("аналитик", "the analyst"),
        Role::SchoolHead => ("директор школы", "the head of the school"),
        Role::SchoolCoordinator => ("школьный координатор", "the school's coordinator"),
        _ => ("управление", "the office"),
    }
}

fn refusal(refusal: rules::Refusal) -> Problem {
    use rules::Refusal as R;
    let (code, ru, en) = match refusal {
        R::Closed => (
            "review.closed",
            "Разбор завершён, шагов больше нет. Если появилось новое, откройте новый разбор из ячейки карты.",
            "The review has ended, no step follows. If there is something new, open another one from the cell of the map.",
        ),
        R::OutOfOrder => (
            "review.order",
            "Этот шаг сейчас не по порядку: разбор стоит на другом шаге. Обновите страницу и посмотрите, что ожидается.",
            "This step is out of order: the review stands at another one. Reload the page and see what is awaited.",
        ),
        R::TermRuns => (
            "review.term_runs",
            "Срок пояснения школы ещё не прошёл. Дождитесь пояснения или конца срока.",
            "The school's term is not over. Wait for its explanation or for the end of the term.",
        ),
        R::Missing => (
            "review.missing",
            "Не хватает выбора, без которого этот шаг не завершить. Отметьте его и отправьте снова.",
            "A choice is missing without which this step cannot end. Make it and send again.",
        ),
        R::NoMembers => (
            "review.members",
            "В комиссии нет ни одного человека. Впишите должности тех, кто перепроверит работы.",
            "The commission has no members. Enter the positions of those who will check the works again.",
        ),
        R::Interest => (
            "review.interest",
            "Не все члены комиссии заявили, что не связаны со школой. Дождитесь их заявлений или замените этих людей.",
            "Not all members of the commission have declared to have no interest in the school. Wait for their words or replace them.",
        ),
        R::NoRecheck => (
            "review.no_recheck",
            "Перепроверка ещё не назначена. Назначьте комиссию или контрольное мероприятие, потом внесите итог.",
            "No recheck is ordered yet. Order a commission or an event of control first, then enter what came of it.",
        ),
        R::NoMeasure => (
            "review.no_measure",
            "Признаки подтверждены, а меры по разбору ещё не назначены. Назначьте хотя бы одну, начиная с помощи.",
            "The signs are confirmed and no measure is agreed in this review yet. Agree on at least one, beginning with help.",
        ),
        R::NoLater => (
            "review.no_later",
            "Результатов следующей процедуры по этому предмету ещё нет, сравнить не с чем. Дождитесь их или отметьте, что по данным не понять.",
            "There are no results of the next procedure in this subject yet, nothing to compare with. Wait for them, or say that the data do not tell.",
        ),
    };
    Problem::new(StatusCode::CONFLICT, code, ru, en)
}

fn words_of(field: &str, content: &str) -> Result<(), Problem> {
    if content.chars().count() > LONGEST_REASON {
        return Err(too_long(field));
    }
    if content.trim().is_empty() {
        return Err(Problem::invalid(
            field,
            "field.blank",
            Text::new(
                "Напишите несколько слов: их прочитают и школа, и управление.",
                "Write a few words: both the school and the office will read them.",
            ),
        ));
    }
    Ok(())
}

fn worded(new: &NewReviewStep, day: &Day) -> Result<(), Problem> {
    // An order of a recheck speaks by its fields; everything else needs a reason.
    if new.act == ReviewAct::PlanRecheck {
        if new.content.chars().count() > LONGEST_REASON {
            return Err(too_long("content"));
        }
    } else {
        words_of("content", &new.content)?;
    }
    if let Some(due) = &new.due {
        check::date("due", due)?;
        if *due < day.text {
            return Err(Problem::invalid(
                "due",
                "review.due_past",
                Text::new(
                    "Этот день уже прошёл. Укажите сегодняшний день или более поздний.",
                    "This day is over. Give today or a later day.",
                ),
            ));
        }
    } else if new.act == ReviewAct::MoveTerm {
        return Err(Problem::invalid(
            "due",
            "field.empty",
            Text::new("Укажите новый срок.", "Give the new term."),
        ));
    }
    match &new.recheck {
        Some(plan) => planned(plan),
        None => Ok(()),
    }
}

fn planned(plan: &RecheckPlan) -> Result<(), Problem> {
    check::filled("recheck.what", &plan.what)?;
    check::short("recheck.order_number", &plan.order_number)?;
    if plan.way == RecheckWay::Commission {
        check::filled("recheck.order_number", &plan.order_number)?;
        check::date("recheck.order_date", &plan.order_date)?;
    } else if !plan.order_date.is_empty() {
        check::date("recheck.order_date", &plan.order_date)?;
    }
    if plan.members.len() > MAX_MEMBERS {
        return Err(Problem::invalid(
            "recheck.members",
            "review.too_many",
            Text::new(
                format!("В комиссии больше {MAX_MEMBERS} человек. Сократите список."),
                format!("The commission has more than {MAX_MEMBERS} members. Shorten the list."),
            ),
        ));
    }
    for member in &plan.members {
        check::filled("recheck.members", &member.position)?;
    }
    Ok(())
}

/// Codes that are codes, once each, with scores that the work has.
fn coded(new: &NewMarks, max_score: Option<u16>) -> Result<(), Problem> {
    let invalid = |code: &str, ru: String, en: String| {
        Err(Problem::invalid("marks", code, Text::new(ru, en)))
    };
    if new.marks.is_empty() {
        return invalid(
            "field.empty",
            "Впишите хотя бы одну работу: код, первый и второй балл.".into(),
            "Enter at least one work: code, first and second score.".into(),
        );
    }
    if new.marks.len() > MAX_MARKS {
        return invalid(
            "review.too_many",
            format!("За один раз помещается не больше {MAX_MARKS} работ."),
            format!("No more than {MAX_MARKS} works fit at once."),
        );
    }
    let mut tally = Tally::default();
    for (row, mark) in (1..).zip(&new.marks) {
        check::filled("marks", &mark.code)?;
        tally.note(Form::Pupil, mark.code.trim(), row, 0);
        let highest = mark.first.max(mark.second);
        if let Some(max) = max_score
            && highest > max
        {
            return invalid(
                "review.score",
                format!("Строка {row}: балл {highest} больше наибольшего за эту работу ({max})."),
                format!(
                    "Row {row}: the score {highest} is above the highest of this work ({max})."
                ),
            );
        }
    }
    // The cell is not quoted: it may hold a name.
    if let Some(misfit) = tally.misfits(Form::Pupil) {
        let row = misfit.first_row;
        return invalid(
            "review.code",
            format!(
                "Строка {row}: это не похоже на код работы. Имён детей здесь не пишут, только коды из списка школы."
            ),
            format!(
                "Row {row}: this does not look like the code of a work. No names of children here, only codes of the school's own list."
            ),
        );
    }
    if let Some(code) = rules::repeated(&new.marks) {
        return invalid(
            "review.repeated",
            format!("Код {code} стоит дважды. Оставьте одну строку на работу."),
            format!("The code {code} stands twice. Leave one row for each work."),
        );
    }
    Ok(())
}
