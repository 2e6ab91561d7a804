//! `/api/v1/procedures/{procedure}/batches`: events planned at once, and taken back.

use std::collections::BTreeSet;

use api::id::{BatchId, ProcedureId};
use api::paths;
use api::procedures::batch::{Batch, BatchPreview, MOST_EVENTS, NewBatch};
use api::procedures::procedure::{Brings, Procedure};
use api::registry::organisation::Organisation;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use super::event::minutes;
use super::procedure::{check_subject, one};
use crate::auth::{Access, Permission, Reach};
use crate::clock::dotted;
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::procedures::catalogue::entries;
use crate::rules::procedures::planning;
use crate::store::Undoing;

/// Most letters of classes in one grade.
const MOST_LETTERS: usize = 20;
/// Longest letter of a class, characters.
const LONGEST_LETTER: usize = 10;

/// Events planned at once, the newest first.
#[utoipa::path(get, path = paths::BATCHES, tag = "events",
    params(("procedure" = ProcedureId, Path)), responses((status = 200, body = Vec<Batch>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(procedure): Path<ProcedureId>,
) -> Result<Json<Vec<Batch>>, Problem> {
    access.require(Permission::ProcedureRead)?;
    one(&state, &access, procedure).await?;
    let batches = state.store.batches(access.municipality, procedure).await?;
    Ok(Json(batches))
}

/// What planning these events would do; nothing is stored.
#[utoipa::path(post, path = paths::BATCH_PREVIEW, tag = "events",
    params(("procedure" = ProcedureId, Path)), request_body = NewBatch,
    responses((status = 200, body = BatchPreview)))]
pub async fn preview(
    State(state): State<AppState>,
    access: Access,
    Path(procedure): Path<ProcedureId>,
    Json(new): Json<NewBatch>,
) -> Result<Json<BatchPreview>, Problem> {
    access.require_municipality(Permission::EventCreate)?;
    let procedure = one(&state, &access, procedure).await?;
    let schools = checked(&state, &access, &procedure, &new).await?;
    let known = state.store.known_events(access.municipality, None).await?;
    Ok(Json(planning::preview(
        &schools,
        &new,
        procedure.id,
        &known,
    )))
}

/// Plans events: those that exist are left as they are, and repeating the request changes nothing.
#[utoipa::path(post, path = paths::BATCHES, tag = "events",
    params(("procedure" = ProcedureId, Path)), request_body = NewBatch,
    responses((status = 200, body = Batch), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(procedure): Path<ProcedureId>,
    Json(new): Json<NewBatch>,
) -> Result<Json<Batch>, Problem> {
    access.require_municipality(Permission::EventCreate)?;
    let procedure = one(&state, &access, procedure).await?;
    let schools = checked(&state, &access, &procedure, &new).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.has_batch(new.id).await? {
        write.commit_unchanged().await?;
        return told(&state, &access, Some(procedure.id), new.id).await;
    }
    let known = write.known_events(None).await?;
    let preview = planning::preview(&schools, &new, procedure.id, &known);
    if preview.new == 0 {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "batch.nothing_new",
            "Все эти события уже стоят в плане. Выберите другие школы, классы или день.",
            "All these events are planned already. Choose other schools, classes or another day.",
        ));
    }
    write.put_batch(procedure.id, &new, &preview).await?;
    write
        .audit(
            Permission::EventCreate.as_str(),
            format!("event_batch {}", new.id),
            serde_json::json!({
                "procedure": procedure.id, "planned": preview.new, "existing": preview.existing,
                "subject": new.subject, "grades": new.grades, "days": new.days,
            }),
        )
        .await?;
    write.commit().await?;
    told(&state, &access, Some(procedure.id), new.id).await
}

/// Takes events planned at once back, as long as nothing was done at any of them.
#[utoipa::path(delete, path = paths::BATCH, tag = "events",
    params(("batch" = BatchId, Path)),
    responses((status = 200, body = Batch), (status = 409, body = api::problem::Problem)))]
pub async fn undo(
    State(state): State<AppState>,
    access: Access,
    Path(batch): Path<BatchId>,
) -> Result<Json<Batch>, Problem> {
    access.require_municipality(Permission::EventCreate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    match write.undo_batch(batch).await? {
        Undoing::Unknown => return Err(Problem::not_found()),
        Undoing::WasDone => write.commit_unchanged().await?,
        Undoing::Touched(count) => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "batch.touched",
                format!(
                    "С событиями уже работали, таких: {count}. Все сразу убрать нельзя; лишние отмените по одному на их страницах."
                ),
                format!(
                    "Something was done at {count} of these events. They cannot be taken back at once; call off those that are too many on their own pages."
                ),
            ));
        }
        Undoing::Done => {
            write
                .audit(
                    Permission::EventCreate.as_str(),
                    format!("event_batch {batch}"),
                    serde_json::json!({ "undone": true }),
                )
                .await?;
            write.commit().await?;
        }
    }
    told(&state, &access, None, batch).await
}

/// The events planned at once; of another procedure than the one that was meant, the id was taken.
async fn told(
    state: &AppState,
    access: &Access,
    meant: Option<ProcedureId>,
    id: BatchId,
) -> Result<Json<Batch>, Problem> {
    let found = state.store.batch(access.municipality, id).await?;
    found
        .filter(|batch| meant.is_none_or(|meant| meant == batch.procedure))
        .map(Json)
        .ok_or_else(Problem::id_taken)
}

/// The schools asked for, once everything about the request holds.
async fn checked(
    state: &AppState,
    access: &Access,
    procedure: &Procedure,
    new: &NewBatch,
) -> Result<Vec<Organisation>, Problem> {
    check::date("days", &new.days[0])?;
    check::date("days", &new.days[1])?;
    check::ordered("days", &new.days)?;
    check::time("start", &new.start)?;
    check::short("room", &new.room)?;
    check_subject("subject", &new.subject)?;
    minutes(new.duration_minutes)?;
    if entries()?
        .iter()
        .any(|entry| entry.id == procedure.plan.entry && entry.brings == Brings::Figures)
    {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "batch.figures",
            "Эта процедура собирает сведения о школах: событий в школах у неё нет.",
            "This procedure gathers figures of schools: nothing is held at schools.",
        ));
    }
    let [opens, closes] = &procedure.window;
    if new.days[0] < *opens || new.days[1] > *closes {
        return Err(Problem::invalid(
            "days",
            "batch.outside",
            Text::new(
                format!(
                    "Дни вне срока процедуры: {} — {}. Выберите дни в этом сроке или измените срок процедуры.",
                    dotted(opens),
                    dotted(closes)
                ),
                format!(
                    "These days are outside of the procedure: {opens} to {closes}. Choose days within, or change the days of the procedure."
                ),
            ),
        ));
    }
    let plan = &procedure.plan;
    if !plan.subjects.is_empty() && !plan.subjects.contains(&new.subject) {
        return Err(Problem::invalid(
            "subject",
            "batch.subject",
            Text::new(
                "Этого предмета нет в процедуре. Добавьте его в процедуру или выберите другой.",
                "The procedure does not have this subject. Add it to the procedure or choose another.",
            ),
        ));
    }
    for grade in &new.grades {
        check::grade("grades", *grade)?;
    }
    let is_outside = |grade: &u8| !plan.grades.is_empty() && !plan.grades.contains(grade);
    if new.grades.is_empty() || new.grades.iter().any(is_outside) {
        return Err(Problem::invalid(
            "grades",
            "batch.grades",
            Text::new(
                "Отметьте классы, для которых проводится процедура.",
                "Tick grades for which the procedure is held.",
            ),
        ));
    }
    let is_long = |letter: &String| letter.chars().count() > LONGEST_LETTER;
    if new.letters.len() > MOST_LETTERS || new.letters.iter().any(is_long) {
        return Err(Problem::invalid(
            "letters",
            "batch.letters",
            Text::new(
                format!(
                    "Букв классов не больше {MOST_LETTERS}, каждая не длиннее {LONGEST_LETTER} знаков: «А, Б, В»."
                ),
                format!(
                    "At most {MOST_LETTERS} letters of classes, each of at most {LONGEST_LETTER} characters: “А, Б, В”."
                ),
            ),
        ));
    }
    schools(state, access, new).await
}

async fn schools(
    state: &AppState,
    access: &Access,
    new: &NewBatch,
) -> Result<Vec<Organisation>, Problem> {
    let asked: BTreeSet<_> = new.schools.iter().copied().collect();
    let mut schools = state
        .store
        .organisations(access.municipality, &Reach::Municipality)
        .await?;
    schools.retain(|school| asked.contains(&school.id));
    if schools.is_empty() || schools.len() != asked.len() {
        return Err(Problem::invalid(
            "schools",
            "batch.schools",
            Text::new(
                "Отметьте школы из реестра: хотя бы одну.",
                "Tick schools of the register: one at least.",
            ),
        ));
    }
    let mut grades = new.grades.clone();
    grades.sort_unstable();
    grades.dedup();
    if grades.len() != new.grades.len() {
        return Err(Problem::invalid(
            "grades",
            "batch.grades",
            Text::new("Класс отмечен дважды.", "A grade is ticked twice."),
        ));
    }
    let most = schools.len() * new.grades.len() * new.letters.len().max(1);
    if most > MOST_EVENTS {
        return Err(Problem::invalid(
            "schools",
            "batch.many",
            Text::new(
                format!(
                    "Получится до {most} событий, за один раз можно {MOST_EVENTS}. Выберите меньше школ или классов."
                ),
                format!(
                    "That would be up to {most} events, {MOST_EVENTS} are possible at once. Choose fewer schools or classes."
                ),
            ),
        ));
    }
    Ok(schools)
}
