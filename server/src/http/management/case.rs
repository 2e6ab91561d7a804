//! `/api/v1/cases`: what became of the critical items that observers signed.

use api::id::CaseId;
use api::management::case::{Case, CaseEntry, EntryKind, NewEntry, Resolve};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Denied, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::observation::staffing::{LONGEST_REASON, too_long};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::PlacedCase;

/// Cases in the caller's scope: open ones first, then by date. A school sees its own, an observer those the
/// own sheets opened.
#[utoipa::path(get, path = paths::CASES, tag = "cases", responses((status = 200, body = Vec<Case>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Case>>, Problem> {
    let reach = access.require(Permission::CaseRead)?;
    let cases = state
        .store
        .cases(access.municipality, state.now_ms())
        .await?;
    Ok(Json(
        cases
            .into_iter()
            .filter(|case| visible(&access, &reach, case))
            .map(|case| shown(&access, &reach, case))
            .collect(),
    ))
}

/// One case with its timeline.
#[utoipa::path(get, path = paths::CASE, tag = "cases", params(("case" = CaseId, Path)),
    responses((status = 200, body = Case)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(case): Path<CaseId>,
) -> Result<Json<Case>, Problem> {
    let reach = access.require(Permission::CaseRead)?;
    one(&state, &access, &reach, case).await
}

/// The school explains. A later explanation is added beside the first; nothing is overwritten.
#[utoipa::path(post, path = paths::CASE_ANSWER, tag = "cases", params(("case" = CaseId, Path)),
    request_body = NewEntry, responses((status = 200, body = Case)))]
pub async fn answer(
    State(state): State<AppState>,
    access: Access,
    Path(case): Path<CaseId>,
    Json(new): Json<NewEntry>,
) -> Result<Json<Case>, Problem> {
    let reach = access.require(Permission::CaseAnswer)?;
    let found = found(&state, &access, &reach, case).await?;
    let content = words(&new.content)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.answer_case(case, new.id, &content).await?;
    write
        .audit(
            Permission::CaseAnswer.as_str(),
            format!("case {case}"),
            serde_json::json!({}),
        )
        .await?;
    announce(&mut write, &found).await?;
    write.commit().await?;
    let reach = access.require(Permission::CaseRead)?;
    one(&state, &access, &reach, case).await
}

/// The coordinator writes to the school and the observer.
#[utoipa::path(post, path = paths::CASE_REACTION, tag = "cases", params(("case" = CaseId, Path)),
    request_body = NewEntry, responses((status = 200, body = Case)))]
pub async fn react(
    State(state): State<AppState>,
    access: Access,
    Path(case): Path<CaseId>,
    Json(new): Json<NewEntry>,
) -> Result<Json<Case>, Problem> {
    let reach = access.require(Permission::CaseResolve)?;
    let found = found(&state, &access, &reach, case).await?;
    let content = words(&new.content)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.react_to_case(case, new.id, &content, None).await?;
    write
        .audit(
            Permission::CaseResolve.as_str(),
            format!("case {case}"),
            serde_json::json!({ "resolved": false }),
        )
        .await?;
    announce(&mut write, &found).await?;
    write.commit().await?;
    one(&state, &access, &reach, case).await
}

/// The coordinator closes a case with what was done. Before the school's term has passed, or before it has
/// explained, a case cannot be closed against it: only as not confirmed.
#[utoipa::path(post, path = paths::CASE_RESOLUTION, tag = "cases", params(("case" = CaseId, Path)),
    request_body = Resolve,
    responses((status = 200, body = Case), (status = 409, body = api::problem::Problem)))]
pub async fn resolve(
    State(state): State<AppState>,
    access: Access,
    Path(case): Path<CaseId>,
    Json(new): Json<Resolve>,
) -> Result<Json<Case>, Problem> {
    let reach = access.require(Permission::CaseResolve)?;
    let found = found(&state, &access, &reach, case).await?;
    let content = words(&new.content)?;
    let is_heard =
        found.case.state != api::management::case::CaseState::Reported || found.case.overdue;
    if !is_heard && new.resolution != api::management::case::Resolution::NotConfirmed {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "case.unheard",
            "Школа ещё не дала пояснение, и срок не прошёл. Дождитесь пояснения или отметьте, что замечание не подтвердилось.",
            "The school has not explained yet and its term has not passed. Wait for the explanation, or say that the item was not confirmed.",
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .react_to_case(case, new.id, &content, Some(new.resolution))
        .await?;
    write
        .audit(
            Permission::CaseResolve.as_str(),
            format!("case {case}"),
            serde_json::json!({ "resolved": true, "resolution": new.resolution }),
        )
        .await?;
    announce(&mut write, &found).await?;
    write.commit().await?;
    one(&state, &access, &reach, case).await
}

async fn announce(write: &mut crate::store::Write, found: &PlacedCase) -> Result<(), Problem> {
    write
        .announce(
            Some(found.case.organisation),
            Some(found.case.event),
            &api::live::LiveChange::Case {
                case: found.case.id,
            },
        )
        .await?;
    Ok(())
}

async fn found(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    case: CaseId,
) -> Result<PlacedCase, Problem> {
    Ok(state
        .store
        .case(access.municipality, case, state.now_ms())
        .await?
        .filter(|case| visible(access, reach, case))
        .ok_or(Denied::NotFound)?)
}

async fn one(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    case: CaseId,
) -> Result<Json<Case>, Problem> {
    let found = found(state, access, reach, case).await?;
    Ok(Json(shown(access, reach, found)))
}

/// Whoever is there only for one event sees what the own sheet opened, and nobody else's.
fn visible(access: &Access, reach: &Reach, case: &PlacedCase) -> bool {
    match reach {
        Reach::Municipality => true,
        Reach::Parts { organisations, .. } => {
            organisations.contains(&case.case.organisation)
                || (case.reporter == access.person && reach.covers(case.place))
        }
    }
}

/// A school is not told who observed, and reads no sheet of an observer.
fn shown(access: &Access, reach: &Reach, found: PlacedCase) -> Case {
    let is_reporter = found.reporter == access.person;
    let mut case = found.case;
    if *reach == Reach::Municipality || is_reporter {
        return case;
    }
    case.submission = None;
    for entry in &mut case.entries {
        hide_reporter(entry);
    }
    case
}

fn hide_reporter(entry: &mut CaseEntry) {
    if entry.kind == EntryKind::Reported {
        entry.author = None;
    }
}

fn words(content: &str) -> Result<String, Problem> {
    let content = content.trim();
    if content.is_empty() {
        return Err(Problem::invalid(
            "content",
            "field.blank",
            Text::new(
                "Напишите несколько слов: их прочитают другие участники разбора.",
                "Write a few words: the others in this case will read them.",
            ),
        ));
    }
    if content.chars().count() > LONGEST_REASON {
        return Err(too_long("content"));
    }
    Ok(content.to_owned())
}
