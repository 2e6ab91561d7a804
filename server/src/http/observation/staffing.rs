//! `/api/v1/events/{event}/staffing` and its neighbours: parts are given here, and rules of interest block.

use api::access::session::{Grant, Role, Scope};
use api::id::{AssignmentId, EventId, PersonId};
use api::observation::staffing::{Candidate, CandidateQuery, FindingEffect, NewPart, Staffing};
use api::paths;
use api::procedures::event::{AssignmentRole, Event};
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Path, Query};
use crate::http::problem::Problem;
use crate::http::procedures::event::{is_told_all, one, withhold};
use crate::http::state::AppState;
use crate::rules::observation::staffing::{Judged, is_school_part, undisclosed};
use crate::store::Write;

/// Longest reason, characters.
pub(in crate::http) const LONGEST_REASON: usize = 2_000;

/// Who takes part in an event, what stands against everybody, and what is still wanted.
#[utoipa::path(get, path = paths::STAFFING, tag = "staffing",
    params(("event" = EventId, Path)), responses((status = 200, body = Staffing)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
) -> Result<Json<Staffing>, Problem> {
    let reach = access.require(Permission::StaffingRead)?;
    let event = one(&state, &access, &reach, event).await?;
    answer(&state, &access, &reach, event).await
}

/// Who might take a part: the free and unconflicted first, then by distance and load. Of a tie only this is
/// told, that there is a circumstance.
#[utoipa::path(get, path = paths::CANDIDATES, tag = "staffing",
    params(("event" = EventId, Path),
        ("role" = AssignmentRole, Query, description = "The part")),
    responses((status = 200, body = Vec<Candidate>)))]
pub async fn candidates(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    query: Result<Query<CandidateQuery>, Problem>,
) -> Result<Json<Vec<Candidate>>, Problem> {
    let reach = access.require(Permission::StaffingRead)?;
    let event = one(&state, &access, &reach, event).await?;
    let Query(query) = query?;
    allowed(&reach, query.role)?;
    let candidates = state
        .store
        .candidates(access.municipality, &event, query.role)
        .await?;
    Ok(Json(candidates))
}

/// Gives a person a part. A block cannot be overridden; a warning only by the coordinator, with a reason.
#[utoipa::path(post, path = paths::EVENT_ASSIGNMENTS, tag = "staffing",
    params(("event" = EventId, Path)), request_body = NewPart,
    responses((status = 200, body = Staffing), (status = 409, body = api::problem::Problem)))]
pub async fn assign(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(new): Json<NewPart>,
) -> Result<Json<Staffing>, Problem> {
    let reach = access.require(Permission::StaffingUpdate)?;
    let found = one(&state, &access, &reach, event).await?;
    allowed(&reach, new.role)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let judged = write
        .judge(event, new.person, new.role)
        .await?
        .ok_or_else(Problem::dangling)?;
    stop_blocked(&judged)?;
    let warned = rules(&judged);
    if !warned.is_empty() {
        let reason = override_reason(&reach, &new, &judged)?;
        write.note_override(event, &new, &warned, &reason).await?;
        write
            .audit(
                "staffing.override",
                format!("event {event}"),
                serde_json::json!({
                    "person": new.person, "role": new.role, "rules": warned, "reason": reason,
                }),
            )
            .await?;
    }
    give(&mut write, event, new.person, new.role, new.id).await?;
    write.commit().await?;
    let event = one(&state, &access, &reach, found.id).await?;
    answer(&state, &access, &reach, event).await
}

/// Takes back a part that was not begun.
#[utoipa::path(delete, path = paths::EVENT_ASSIGNMENT, tag = "staffing",
    params(("event" = EventId, Path), ("assignment" = AssignmentId, Path)),
    responses((status = 200, body = Staffing), (status = 409, body = api::problem::Problem)))]
pub async fn remove(
    State(state): State<AppState>,
    access: Access,
    Path((event, assignment)): Path<(EventId, AssignmentId)>,
) -> Result<Json<Staffing>, Problem> {
    let reach = access.require(Permission::StaffingUpdate)?;
    let found = one(&state, &access, &reach, event).await?;
    let part = found
        .assignments
        .iter()
        .find(|part| part.id == assignment)
        .ok_or_else(Problem::not_found)?;
    allowed(&reach, part.role)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let Some(person) = write.remove_part(event, assignment).await? else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "staffing.begun",
            "Лист этого человека уже начат, снять назначение нельзя: написанное не теряется.",
            "This person has begun the sheet, so the part stays: nothing written is lost.",
        ));
    };
    write
        .audit(
            Permission::StaffingUpdate.as_str(),
            format!("event {event}"),
            serde_json::json!({ "removed": person, "role": part.role }),
        )
        .await?;
    write.commit().await?;
    let event = one(&state, &access, &reach, event).await?;
    answer(&state, &access, &reach, event).await
}

/// Offers a part to a person, who answers with a declaration. What would block the part blocks the offer,
/// apart from the declaration itself.
#[utoipa::path(post, path = paths::EVENT_REQUESTS, tag = "staffing",
    params(("event" = EventId, Path)), request_body = NewPart,
    responses((status = 200, body = Staffing), (status = 409, body = api::problem::Problem)))]
pub async fn ask(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(new): Json<NewPart>,
) -> Result<Json<Staffing>, Problem> {
    let reach = access.require(Permission::StaffingUpdate)?;
    one(&state, &access, &reach, event).await?;
    allowed(&reach, new.role)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    offer(&mut write, event, &new).await?;
    write
        .audit(
            Permission::StaffingUpdate.as_str(),
            format!("event {event}"),
            serde_json::json!({ "asked": new.person, "role": new.role }),
        )
        .await?;
    write.commit().await?;
    let event = one(&state, &access, &reach, event).await?;
    answer(&state, &access, &reach, event).await
}

pub(super) async fn answer(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    event: Event,
) -> Result<Json<Staffing>, Problem> {
    let mut staffing = state
        .store
        .staffing(access.municipality, event)
        .await?
        .ok_or_else(Problem::not_found)?;
    if !is_told_all(reach, staffing.event.id) {
        withhold(&mut staffing.event, reach, access.person);
        staffing.slots.retain(|slot| is_school_part(slot.role));
        let is_told = |role, person| is_school_part(role) || person == access.person;
        staffing
            .parts
            .retain(|part| is_told(part.role, part.person));
        staffing
            .requests
            .retain(|one| is_told(one.role, one.person));
    }
    Ok(Json(staffing))
}

/// Offers a part unless something other than the missing declaration blocks it.
pub(in crate::http) async fn offer(
    write: &mut Write,
    event: EventId,
    new: &NewPart,
) -> Result<(), Problem> {
    let mut judged = write
        .judge(event, new.person, new.role)
        .await?
        .ok_or_else(Problem::dangling)?;
    judged.retain(|one| one.finding.rule != UNSIGNED);
    stop_blocked(&judged)?;
    write.ask(event, new).await?;
    Ok(())
}

/// Rule that asks for the declaration.
const UNSIGNED: &str = "CR-8";

/// Gives a part with the role that opens the event, and closes the offer. The caller has judged.
pub(in crate::http) async fn give(
    write: &mut Write,
    event: EventId,
    person: PersonId,
    role: AssignmentRole,
    id: AssignmentId,
) -> Result<(), Problem> {
    write.assign(id, event, person, role).await?;
    // Whoever fills a sheet of observation enters as an observer of this event.
    if matches!(
        role,
        AssignmentRole::Observer | AssignmentRole::VideoObserver | AssignmentRole::Visitor
    ) {
        write
            .grant_role(
                person,
                &Grant {
                    role: Role::Observer,
                    scope: Scope::Event { event },
                },
            )
            .await?;
    }
    write.settle_requests(event, person, role).await?;
    write
        .audit(
            Permission::StaffingUpdate.as_str(),
            format!("event {event}"),
            serde_json::json!({ "assigned": person, "role": role }),
        )
        .await?;
    Ok(())
}

/// A school staffs its own parts; who watches the school is not the school's choice.
pub(super) fn allowed(reach: &Reach, role: AssignmentRole) -> Result<(), Problem> {
    if *reach == Reach::Municipality || is_school_part(role) {
        return Ok(());
    }
    Err(Problem::invalid(
        "role",
        "staffing.role",
        Text::new(
            "Наблюдателей, специалистов и экспертов назначает муниципальный координатор. Школа назначает организаторов, проверяющих и технических специалистов.",
            "Observers, visitors and experts are assigned by the municipal coordinator. A school assigns organisers, checkers and technicians.",
        ),
    ))
}

/// Refuses when anything blocks, with every reason as far as it may be told.
fn stop_blocked(judged: &[Judged]) -> Result<(), Problem> {
    let blocked: Vec<Judged> = judged
        .iter()
        .filter(|one| one.effect() == FindingEffect::Block)
        .cloned()
        .collect();
    if blocked.is_empty() {
        return Ok(());
    }
    Err(refusal("staffing.blocked", &blocked, |reasons| {
        Text::new(
            format!(
                "Назначить нельзя. {} Выберите другого человека.",
                reasons.ru
            ),
            format!(
                "This person cannot be assigned. {} Choose somebody else.",
                reasons.en
            ),
        )
    }))
}

/// Codes of the rules, for the record; of a confidential one only that it was one.
fn rules(judged: &[Judged]) -> Vec<String> {
    let mut rules: Vec<String> = undisclosed(judged)
        .into_iter()
        .map(|finding| finding.rule.unwrap_or_else(|| "undisclosed".to_owned()))
        .collect();
    rules.dedup();
    rules
}

/// The written reason to go on in spite of warnings.
fn override_reason(reach: &Reach, new: &NewPart, warned: &[Judged]) -> Result<String, Problem> {
    let reason = new.override_reason.as_deref().unwrap_or_default().trim();
    if reason.is_empty() {
        return Err(refusal("staffing.warned", warned, |reasons| {
            Text::new(
                format!(
                    "{} Координатор может назначить человека, если запишет причину.",
                    reasons.ru
                ),
                format!(
                    "{} The coordinator may assign this person with a written reason.",
                    reasons.en
                ),
            )
        }));
    }
    if *reach != Reach::Municipality {
        return Err(refusal("staffing.coordinator_only", warned, |reasons| {
            Text::new(
                format!(
                    "{} Решение принимает муниципальный координатор.",
                    reasons.ru
                ),
                format!("{} The municipal coordinator decides.", reasons.en),
            )
        }));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(too_long("override_reason"));
    }
    Ok(reason.to_owned())
}

pub(in crate::http) fn too_long(field: &str) -> Problem {
    Problem::invalid(
        field,
        "field.length",
        Text::new(
            format!("Текст длиннее {LONGEST_REASON} знаков. Сократите его."),
            format!("The text is longer than {LONGEST_REASON} characters. Shorten it."),
        ),
    )
}

fn refusal(code: &str, judged: &[Judged], words: impl Fn(Text) -> Text) -> Problem {
    let shown = undisclosed(judged);
    let joined = |pick: fn(&Text) -> &str| {
        shown
            .iter()
            .map(|finding| pick(&finding.message))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let text = words(Text::new(joined(|text| &text.ru), joined(|text| &text.en)));
    let mut problem = Problem::new(StatusCode::CONFLICT, code, text.ru, text.en);
    for finding in shown {
        let rule = finding.rule.unwrap_or_else(|| "undisclosed".to_owned());
        problem = problem.with_field("person", &rule, finding.message);
    }
    problem
}
