//! `/api/v1/procedures`: procedures of assessment.

use api::id::ProcedureId;
use api::paths;
use api::procedures::procedure::{NewProcedure, Procedure, ProcedureCatalogue, SubjectName};
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Permission};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::subject::{self, GENERAL, SUBJECTS};
use crate::rules::procedures::catalogue::entries;
use crate::rules::procedures::planning::breaks;

/// Procedures, newest first, with their works.
#[utoipa::path(get, path = paths::PROCEDURES, tag = "procedures",
    responses((status = 200, body = Vec<Procedure>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Procedure>>, Problem> {
    access.require(Permission::ProcedureRead)?;
    Ok(Json(state.store.procedures(access.municipality).await?))
}

/// One procedure.
#[utoipa::path(get, path = paths::PROCEDURE, tag = "procedures",
    params(("procedure" = ProcedureId, Path)),
    responses((status = 200, body = Procedure)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(procedure): Path<ProcedureId>,
) -> Result<Json<Procedure>, Problem> {
    access.require(Permission::ProcedureRead)?;
    one(&state, &access, procedure).await.map(Json)
}

/// What can be planned: kinds of procedures, subjects, forms of observers.
#[utoipa::path(get, path = paths::PROCEDURE_CATALOGUE, tag = "procedures",
    responses((status = 200, body = ProcedureCatalogue)))]
pub async fn catalogue(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<ProcedureCatalogue>, Problem> {
    access.require(Permission::ProcedureRead)?;
    let named = |code: &str| SubjectName {
        name: subject::name(code),
        code: code.to_owned(),
    };
    Ok(Json(ProcedureCatalogue {
        entries: entries()?,
        subjects: SUBJECTS
            .iter()
            .map(|subject| named(subject.code))
            .chain([named(GENERAL)])
            .collect(),
        checklists: state.store.checklists(access.municipality).await?,
    }))
}

/// Plans a procedure, or changes one when the id is known. One with events or results changes only in what leaves
/// them whole.
#[utoipa::path(post, path = paths::PROCEDURES, tag = "procedures", request_body = NewProcedure,
    responses((status = 200, body = Procedure), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(mut new): Json<NewProcedure>,
) -> Result<Json<Procedure>, Problem> {
    access.require_municipality(Permission::ProcedureCreate)?;
    check::year("year", new.year)?;
    check::text("title", &new.title)?;
    check::date("window", &new.window[0])?;
    check::date("window", &new.window[1])?;
    check::ordered("window", &new.window)?;
    check_plan(&state, &access, &mut new).await?;
    let before = state.store.procedure(access.municipality, new.id).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if let Some(before) = &before {
        let events = write.known_events(Some(new.id)).await?;
        if let Some((field, text)) = breaks(before, &new, &events) {
            let problem = Problem::new(
                StatusCode::CONFLICT,
                "procedure.in_use",
                text.ru.clone(),
                text.en.clone(),
            );
            return Err(problem.with_field(field, "procedure.in_use", text));
        }
    }
    write.put_procedure(&new).await?;
    write
        .audit(
            Permission::ProcedureCreate.as_str(),
            format!("procedure {}", new.id),
            noted(&new, before.as_ref()),
        )
        .await?;
    write.commit().await?;
    one(&state, &access, new.id).await.map(Json)
}

/// What the audit log keeps: of a change, what stood before as well.
fn noted(new: &NewProcedure, before: Option<&Procedure>) -> serde_json::Value {
    let mut details = serde_json::json!({ "kind": new.kind, "year": new.year });
    if let Some(before) = before {
        details["window"] = serde_json::json!(new.window);
        details["plan"] = serde_json::json!(new.plan);
        details["before"] = serde_json::json!({
            "title": before.title, "window": before.window, "plan": before.plan,
        });
    }
    details
}

/// Kind, subjects, grades and form are known; they are put in order, and the entry of the catalogue decides what the
/// procedure counts as.
async fn check_plan(
    state: &AppState,
    access: &Access,
    new: &mut NewProcedure,
) -> Result<(), Problem> {
    let plan = &mut new.plan;
    if !plan.entry.is_empty() {
        let known = entries()?;
        let entry = known.iter().find(|entry| entry.id == plan.entry);
        let entry = entry.ok_or_else(|| {
            Problem::invalid(
                "entry",
                "procedure.entry",
                Text::new(
                    "Такого вида процедуры нет. Выберите его из списка.",
                    "There is no such kind of procedure. Choose one of the list.",
                ),
            )
        })?;
        (new.kind, new.level) = (entry.kind, entry.level);
    }
    for grade in &plan.grades {
        check::grade("grades", *grade)?;
    }
    plan.grades.sort_unstable();
    plan.grades.dedup();
    for code in &plan.subjects {
        check_subject("subjects", code)?;
    }
    plan.subjects.sort_by_key(|code| subject::order(code));
    plan.subjects.dedup();
    if let Some(checklist) = &plan.checklist {
        let known = state.store.checklists(access.municipality).await?;
        if !known.iter().any(|one| one.id == *checklist) {
            return Err(Problem::invalid(
                "checklist",
                "procedure.checklist",
                Text::new(
                    "Такого листа наблюдения нет. Выберите опубликованный.",
                    "There is no such form of observers. Choose a published one.",
                ),
            ));
        }
    }
    Ok(())
}

/// A subject of the catalogue.
pub(super) fn check_subject(field: &str, code: &str) -> Result<(), Problem> {
    if code == GENERAL || SUBJECTS.iter().any(|subject| subject.code == code) {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "procedure.subject",
        Text::new(
            "Такого предмета нет. Выберите его из списка.",
            "There is no such subject. Choose one of the list.",
        ),
    ))
}

/// One procedure of the municipality.
pub(super) async fn one(
    state: &AppState,
    access: &Access,
    procedure: ProcedureId,
) -> Result<Procedure, Problem> {
    state
        .store
        .procedure(access.municipality, procedure)
        .await?
        .ok_or_else(Problem::not_found)
}
