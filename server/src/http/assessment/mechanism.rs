//! `/api/v1/mechanisms`: the municipality assesses its mechanisms, experts judge, differences are settled.

use std::sync::Arc;

use api::assessment::evidence::{Coverage, EvidenceList, NewEvidence};
use api::assessment::mechanism::{
    AnswerCell, AssessmentLabel, AssessmentList, AssessmentState, CellFile, Matrix, OpenAssessment,
    Side,
};
use api::id::{AssessmentId, EvidenceId};
use api::papers::document::Reason;
use api::paths;
use api::text::{Language, Text};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::evidence;
use crate::auth::{Access, Permission};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::papers::file;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::assessment::mechanisms::{Criteria, Judged, matrix, workbook};
use crate::rules::day::year_of;
use crate::store::{CellAnswer, EvidenceOwner};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Assessments, newest first.
#[utoipa::path(get, path = paths::MECHANISMS, tag = "mechanisms",
    responses((status = 200, body = AssessmentList)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<AssessmentList>, Problem> {
    access.require_municipality(Permission::MechanismRead)?;
    Ok(Json(AssessmentList {
        assessments: state.store.assessments(access.municipality).await?,
        may_open: access.require(Permission::MechanismSubmit).is_ok(),
        this_year: year_of(state.now_ms()),
    }))
}

/// Opens the assessment of a year by the newest criteria; a year that has one keeps it.
#[utoipa::path(post, path = paths::MECHANISMS, tag = "mechanisms", request_body = OpenAssessment,
    responses((status = 200, body = Matrix)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<OpenAssessment>,
) -> Result<Json<Matrix>, Problem> {
    access.require_municipality(Permission::MechanismSubmit)?;
    check::year("year", new.year)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let Some((id, is_new)) = write.open_assessment(&new).await? else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "mechanism.no_criteria",
            "Критерии механизмов не опубликованы. Опубликуйте инструмент «Самооценка муниципальных механизмов».",
            "No criteria of mechanisms are published. Publish the instrument of the municipal mechanisms.",
        ));
    };
    if is_new {
        write
            .audit(
                Permission::MechanismSubmit.as_str(),
                format!("assessment {id}"),
                serde_json::json!({ "year": new.year }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    let found = find(&state, &access, id).await?;
    Ok(Json(found.matrix(&state, &access).await?))
}

/// The matrix of one assessment.
#[utoipa::path(get, path = paths::MECHANISM_MATRIX, tag = "mechanisms",
    params(("assessment" = AssessmentId, Path)),
    responses((status = 200, body = Matrix)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(assessment): Path<AssessmentId>,
) -> Result<Json<Matrix>, Problem> {
    access.require_municipality(Permission::MechanismRead)?;
    let found = find(&state, &access, assessment).await?;
    Ok(Json(found.matrix(&state, &access).await?))
}

/// One cell with its history and evidence.
#[utoipa::path(get, path = paths::MECHANISM_CELL, tag = "mechanisms",
    params(("assessment" = AssessmentId, Path), ("cell" = String, Path)),
    responses((status = 200, body = CellFile)))]
pub async fn read_cell(
    State(state): State<AppState>,
    access: Access,
    Path((assessment, cell)): Path<(AssessmentId, String)>,
) -> Result<Json<CellFile>, Problem> {
    access.require_municipality(Permission::MechanismRead)?;
    let found = find(&state, &access, assessment).await?;
    Ok(Json(cell_file(&state, &access, found, &cell).await?))
}

/// The municipality's own level or comment, while the assessment is a draft.
#[utoipa::path(put, path = paths::MECHANISM_OWN, tag = "mechanisms", request_body = AnswerCell,
    params(("assessment" = AssessmentId, Path), ("cell" = String, Path)),
    responses((status = 200, body = CellFile)))]
pub async fn answer_own(
    State(state): State<AppState>,
    access: Access,
    Path((assessment, cell)): Path<(AssessmentId, String)>,
    Json(answer): Json<AnswerCell>,
) -> Result<Json<CellFile>, Problem> {
    access.require_municipality(Permission::MechanismUpdate)?;
    answer_side(&state, &access, assessment, &cell, Side::Own, &answer).await
}

/// The expert's level or comment, after the assessment was handed over.
#[utoipa::path(put, path = paths::MECHANISM_EXPERT, tag = "mechanisms", request_body = AnswerCell,
    params(("assessment" = AssessmentId, Path), ("cell" = String, Path)),
    responses((status = 200, body = CellFile)))]
pub async fn answer_expert(
    State(state): State<AppState>,
    access: Access,
    Path((assessment, cell)): Path<(AssessmentId, String)>,
    Json(answer): Json<AnswerCell>,
) -> Result<Json<CellFile>, Problem> {
    access.require_municipality(Permission::MechanismAssess)?;
    answer_side(&state, &access, assessment, &cell, Side::Expert, &answer).await
}

/// The agreed level; a comment without a level is an objection that is kept beside the expert's level.
#[utoipa::path(put, path = paths::MECHANISM_AGREED, tag = "mechanisms", request_body = AnswerCell,
    params(("assessment" = AssessmentId, Path), ("cell" = String, Path)),
    responses((status = 200, body = CellFile)))]
pub async fn answer_agreed(
    State(state): State<AppState>,
    access: Access,
    Path((assessment, cell)): Path<(AssessmentId, String)>,
    Json(answer): Json<AnswerCell>,
) -> Result<Json<CellFile>, Problem> {
    access.require_municipality(Permission::MechanismSubmit)?;
    answer_side(&state, &access, assessment, &cell, Side::Agreed, &answer).await
}

/// Binds evidence to a cell; repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::MECHANISM_EVIDENCE, tag = "mechanisms", request_body = NewEvidence,
    params(("assessment" = AssessmentId, Path)),
    responses((status = 200, body = EvidenceList)))]
pub async fn add_evidence(
    State(state): State<AppState>,
    access: Access,
    Path(assessment): Path<AssessmentId>,
    Json(new): Json<NewEvidence>,
) -> Result<Json<EvidenceList>, Problem> {
    access.require_municipality(Permission::MechanismUpdate)?;
    let found = find(&state, &access, assessment).await?;
    found.check_cell(&new.item)?;
    if found.label.state == AssessmentState::Concluded {
        return Err(concluded());
    }
    let owner = EvidenceOwner::Assessment(assessment);
    let known = state.store.evidence(access.municipality, owner).await?;
    evidence::checked(&state, &access, &new, &known).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.add_evidence(owner, &new).await? {
        write
            .audit(
                Permission::MechanismUpdate.as_str(),
                format!("assessment {assessment}"),
                serde_json::json!({ "evidence": new.id, "cell": new.item }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    Ok(Json(
        cell_file(&state, &access, found, &new.item).await?.evidence,
    ))
}

/// Takes a piece out with a reason; its record stays.
#[utoipa::path(delete, path = paths::MECHANISM_EVIDENCE_ONE, tag = "mechanisms", request_body = Reason,
    params(("assessment" = AssessmentId, Path), ("evidence" = EvidenceId, Path)),
    responses((status = 200, body = EvidenceList)))]
pub async fn remove_evidence(
    State(state): State<AppState>,
    access: Access,
    Path((assessment, piece)): Path<(AssessmentId, EvidenceId)>,
    Json(reason): Json<Reason>,
) -> Result<Json<EvidenceList>, Problem> {
    access.require_municipality(Permission::MechanismUpdate)?;
    let found = find(&state, &access, assessment).await?;
    if found.label.state != AssessmentState::Draft {
        return Err(evidence::closed());
    }
    check::short("reason", &reason.reason)?;
    let owner = EvidenceOwner::Assessment(assessment);
    let cell = match state
        .store
        .evidence_piece(access.municipality, piece)
        .await?
    {
        Some((of, known)) if of == owner => known.item,
        _ => return Err(Problem::not_found()),
    };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let removed = write
        .remove_evidence(owner, piece, reason.reason.trim())
        .await?;
    if removed == Some(true) {
        write
            .audit(
                Permission::MechanismUpdate.as_str(),
                format!("assessment {assessment}"),
                serde_json::json!({ "evidence": piece, "removed": true }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    Ok(Json(
        cell_file(&state, &access, found, &cell).await?.evidence,
    ))
}

/// Hands the self-assessment over to the expert; then it does not change any more.
#[utoipa::path(post, path = paths::MECHANISM_SUBMIT, tag = "mechanisms",
    params(("assessment" = AssessmentId, Path)),
    responses((status = 200, body = Matrix)))]
pub async fn submit(
    State(state): State<AppState>,
    access: Access,
    Path(assessment): Path<AssessmentId>,
) -> Result<Json<Matrix>, Problem> {
    access.require_municipality(Permission::MechanismSubmit)?;
    let found = find(&state, &access, assessment).await?;
    let matrix = found.matrix(&state, &access).await?;
    let [answered, cells] = matrix.answered;
    if matrix.state == AssessmentState::Draft && answered < cells {
        let open = cells - answered;
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "mechanism.incomplete",
            format!(
                "Не оценены клетки: {open} из {cells}. Заполните их, прежде чем передать оценку эксперту."
            ),
            format!(
                "Cells without a level: {open} of {cells}. Fill them in before you hand the assessment over to the expert."
            ),
        ));
    }
    advance(&state, &access, found, AssessmentState::Submitted).await
}

/// Concludes: every difference is settled by an agreed level or a recorded objection.
#[utoipa::path(post, path = paths::MECHANISM_CONCLUDE, tag = "mechanisms",
    params(("assessment" = AssessmentId, Path)),
    responses((status = 200, body = Matrix)))]
pub async fn conclude(
    State(state): State<AppState>,
    access: Access,
    Path(assessment): Path<AssessmentId>,
) -> Result<Json<Matrix>, Problem> {
    access.require_municipality(Permission::MechanismSubmit)?;
    let found = find(&state, &access, assessment).await?;
    let matrix = found.matrix(&state, &access).await?;
    if matrix.state == AssessmentState::Draft {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "mechanism.draft",
            "Оценка ещё не передана эксперту. Сначала передайте её.",
            "The assessment is not handed over to the expert yet. Hand it over first.",
        ));
    }
    let open = matrix.open_disagreements;
    if open > 0 {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "mechanism.disagreements",
            format!(
                "Остались расхождения без согласования: {open}. Согласуйте уровень или запишите возражение."
            ),
            format!(
                "Differences that are not settled: {open}. Agree on a level or record an objection."
            ),
        ));
    }
    advance(&state, &access, found, AssessmentState::Concluded).await
}

/// Language of a workbook.
#[derive(Debug, Default, Deserialize)]
pub struct ExportQuery {
    /// `ru` or `en`.
    #[serde(default)]
    language: Language,
}

/// The matrix as a workbook.
#[utoipa::path(get, path = paths::MECHANISM_EXPORT, tag = "mechanisms",
    params(("assessment" = AssessmentId, Path), ("language" = Option<String>, Query)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn export(
    State(state): State<AppState>,
    access: Access,
    Path(assessment): Path<AssessmentId>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    access.require_municipality(Permission::MechanismRead)?;
    let found = find(&state, &access, assessment).await?;
    let matrix = found.matrix(&state, &access).await?;
    let bytes = workbook::write(&matrix, query.language).map_err(anyhow::Error::from)?;
    let name = match query.language {
        Language::Ru => format!("Механизмы {}.xlsx", matrix.year),
        Language::En => format!("Mechanisms {}.xlsx", matrix.year),
    };
    file::attachment(&name, XLSX, bytes)
}

/// An assessment with its criteria.
struct Found {
    label: AssessmentLabel,
    criteria: Arc<Criteria>,
    previous: Option<AssessmentLabel>,
}

async fn find(state: &AppState, access: &Access, id: AssessmentId) -> Result<Found, Problem> {
    let all = state.store.assessments(access.municipality).await?;
    let label = all
        .iter()
        .find(|label| label.id == id)
        .cloned()
        .ok_or_else(Problem::not_found)?;
    let (document, _) = state
        .store
        .form_document(
            access.municipality,
            &label.framework[0],
            &label.framework[1],
        )
        .await?
        .ok_or_else(Problem::not_found)?;
    let criteria = tokio::task::spawn_blocking(move || Criteria::read(&document))
        .await
        .map_err(anyhow::Error::from)??;
    // Years are compared only by the same version of the criteria.
    let previous = all
        .into_iter()
        .find(|other| other.year < label.year && other.framework == label.framework);
    Ok(Found {
        label,
        criteria: Arc::new(criteria),
        previous,
    })
}

impl Found {
    /// May the caller see what the municipality answers? A draft is its own.
    fn shows(&self, access: &Access) -> bool {
        self.label.state != AssessmentState::Draft
            || access.require(Permission::MechanismUpdate).is_ok()
    }

    fn check_cell(&self, cell: &str) -> Result<(), Problem> {
        if self.criteria.cell(cell).is_some() {
            Ok(())
        } else {
            Err(Problem::not_found())
        }
    }

    async fn answers(&self, state: &AppState, access: &Access) -> Result<Vec<CellAnswer>, Problem> {
        if !self.shows(access) {
            return Ok(Vec::new());
        }
        Ok(state
            .store
            .cell_answers(access.municipality, self.label.id)
            .await?)
    }

    async fn matrix(&self, state: &AppState, access: &Access) -> Result<Matrix, Problem> {
        let answers = self.answers(state, access).await?;
        let owner = EvidenceOwner::Assessment(self.label.id);
        let evidence = if self.shows(access) {
            state
                .store
                .evidence_counts(access.municipality, owner)
                .await?
        } else {
            Default::default()
        };
        let before = match &self.previous {
            Some(previous) => {
                let answers = state
                    .store
                    .cell_answers(access.municipality, previous.id)
                    .await?;
                Some((previous.year, answers))
            }
            None => None,
        };
        let judged = Judged {
            answers: &answers,
            evidence: &evidence,
            previous: before
                .as_ref()
                .map(|(year, answers)| (*year, answers.as_slice())),
        };
        let mut matrix = matrix(&self.criteria, &self.label, &judged)?;
        matrix.may_answer = access.require(Permission::MechanismUpdate).is_ok();
        matrix.may_judge = access.require(Permission::MechanismAssess).is_ok();
        Ok(matrix)
    }
}

async fn cell_file(
    state: &AppState,
    access: &Access,
    found: Found,
    cell: &str,
) -> Result<CellFile, Problem> {
    found.check_cell(cell)?;
    let id = found.label.id;
    let matrix = found.matrix(state, access).await?;
    let entries = found
        .answers(state, access)
        .await?
        .into_iter()
        .filter(|answer| answer.cell == cell)
        .map(|answer| answer.entry)
        .collect();
    let shown = matrix
        .rows
        .into_iter()
        .flat_map(|row| row.cells)
        .find(|one| one.id == cell)
        .ok_or_else(Problem::not_found)?;
    let owner = EvidenceOwner::Assessment(id);
    let may_change = matrix.may_answer && found.label.state != AssessmentState::Concluded;
    let own = |mut pieces: Vec<api::assessment::evidence::Evidence>| {
        pieces.retain(|piece| piece.item == cell);
        pieces
    };
    let evidence = if found.shows(access) {
        let pieces = state.store.evidence(access.municipality, owner).await?;
        let earlier = if may_change {
            state
                .store
                .earlier_evidence(access.municipality, owner)
                .await?
        } else {
            Vec::new()
        };
        let needed = shown.unconfirmed || shown.evidence > 0;
        EvidenceList {
            evidence: own(pieces),
            earlier: own(earlier),
            coverage: Coverage {
                confirmed: u32::from(shown.evidence > 0),
                needed: u32::from(needed),
            },
            may_change,
        }
    } else {
        EvidenceList::default()
    };
    Ok(CellFile {
        cell: shown,
        entries,
        evidence,
    })
}

async fn answer_side(
    state: &AppState,
    access: &Access,
    assessment: AssessmentId,
    cell: &str,
    side: Side,
    answer: &AnswerCell,
) -> Result<Json<CellFile>, Problem> {
    let found = find(state, access, assessment).await?;
    found.check_cell(cell)?;
    if let Some(level) = answer.level
        && !found.criteria.has_level(cell, level)
    {
        return Err(Problem::invalid(
            "level",
            "mechanism.level",
            Text::new(
                format!("У этой клетки нет уровня {level}. Выберите одно из предложений."),
                format!("This cell has no level {level}. Choose one of the sentences."),
            ),
        ));
    }
    let comment = answer
        .comment
        .as_deref()
        .map(str::trim)
        .filter(|comment| !comment.is_empty());
    check::long("comment", comment.unwrap_or_default())?;
    if answer.level.is_none() && comment.is_none() {
        return Err(Problem::invalid(
            "level",
            "mechanism.blank",
            Text::new(
                "Выберите уровень или напишите комментарий.",
                "Choose a level or write a comment.",
            ),
        ));
    }
    let permission = match side {
        Side::Own => Permission::MechanismUpdate,
        Side::Expert => Permission::MechanismAssess,
        Side::Agreed => Permission::MechanismSubmit,
    };
    let answer = AnswerCell {
        id: answer.id,
        level: answer.level,
        comment: comment.map(str::to_owned),
    };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    // Looked at inside the change: somebody may have handed it over a moment ago.
    let now = write
        .assessment(assessment)
        .await?
        .ok_or_else(Problem::not_found)?
        .state;
    match (side, now) {
        (_, AssessmentState::Concluded) => return Err(concluded()),
        (Side::Own, AssessmentState::Submitted) if answer.level.is_some() => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "mechanism.submitted",
                "Самооценка передана эксперту, уровни больше не меняются. Можно написать комментарий или согласовать уровень.",
                "The self-assessment was handed over, its levels do not change. You can comment or agree on a level.",
            ));
        }
        (Side::Expert | Side::Agreed, AssessmentState::Draft) => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "mechanism.draft",
                "Самооценка ещё не передана эксперту.",
                "The self-assessment is not handed over to the expert yet.",
            ));
        }
        _ => {}
    }
    if write.answer_cell(assessment, cell, side, &answer).await? {
        write
            .audit(
                permission.as_str(),
                format!("assessment {assessment}"),
                serde_json::json!({ "cell": cell, "side": side, "level": answer.level }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    Ok(Json(cell_file(state, access, found, cell).await?))
}

async fn advance(
    state: &AppState,
    access: &Access,
    found: Found,
    to: AssessmentState,
) -> Result<Json<Matrix>, Problem> {
    let id = found.label.id;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let now = write
        .assessment(id)
        .await?
        .ok_or_else(Problem::not_found)?
        .state;
    let forward = matches!(
        (now, to),
        (AssessmentState::Draft, AssessmentState::Submitted)
            | (AssessmentState::Submitted, AssessmentState::Concluded)
    );
    if forward {
        write.set_assessment_state(id, to).await?;
        write
            .audit(
                Permission::MechanismSubmit.as_str(),
                format!("assessment {id}"),
                serde_json::json!({ "state": to }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    let found = find(state, access, id).await?;
    Ok(Json(found.matrix(state, access).await?))
}

fn concluded() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "mechanism.concluded",
        "Оценка этого года завершена и больше не меняется.",
        "The assessment of this year is concluded and does not change any more.",
    )
}
