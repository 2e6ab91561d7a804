//! `/api/v1/submissions/{submission}/act`: the act, its signature, the school's explanation.

use api::id::SubmissionId;
use api::observation::act::{Act, Explanation, Remark, Sign};
use api::paths;
use api::text::{Language, Text};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::staffing::{LONGEST_REASON, too_long};
use crate::auth::{Access, Denied, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::reports::{Paper, act_paper, docx as docx_of, pdf as pdf_of};
use crate::store::Signing;

/// Most strokes and points of a drawing.
const MOST_STROKES: usize = 200;
const MOST_POINTS: usize = 5_000;

/// The act of a submitted sheet. The school reads it without the observer's name.
#[utoipa::path(get, path = paths::ACT, tag = "acts", params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = Act)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<Act>, Problem> {
    let reach = access.require(Permission::ActRead)?;
    act(&state, &access, &reach, submission).await.map(Json)
}

/// In which language.
#[derive(Deserialize)]
pub struct InLanguage {
    lang: Option<Language>,
}

/// The act as a Word document.
#[utoipa::path(get, path = paths::ACT_DOCX, tag = "acts", params(("submission" = SubmissionId, Path),
        ("lang" = Option<Language>, Query, description = "Language; Russian when absent")),
    responses((status = 200, body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))]
pub async fn docx(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Query(language): Query<InLanguage>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::ActRead)?;
    let act = act(&state, &access, &reach, submission).await?;
    let file = File {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extension: "docx",
        write: docx_of,
    };
    file.answer(&state, &access, act, language).await
}

/// The act as a PDF with its fonts inside, tagged for screen readers.
#[utoipa::path(get, path = paths::ACT_PDF, tag = "acts", params(("submission" = SubmissionId, Path),
        ("lang" = Option<Language>, Query, description = "Language; Russian when absent")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf")))]
pub async fn pdf(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Query(language): Query<InLanguage>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::ActRead)?;
    let act = act(&state, &access, &reach, submission).await?;
    let file = File {
        media_type: "application/pdf",
        extension: "pdf",
        write: pdf_of,
    };
    file.answer(&state, &access, act, language).await
}

/// A sort of file an act becomes.
struct File {
    media_type: &'static str,
    extension: &'static str,
    write: fn(&Paper) -> anyhow::Result<Vec<u8>>,
}

impl File {
    async fn answer(
        self,
        state: &AppState,
        access: &Access,
        act: Act,
        language: InLanguage,
    ) -> Result<Response, Problem> {
        let zone_minutes = state.store.zone_minutes(access.municipality).await?;
        let name = format!(
            "attachment; filename=\"akt-{}.{}\"",
            act.number, self.extension
        );
        let name = HeaderValue::from_str(&name).map_err(anyhow::Error::from)?;
        // Setting lines is work of milliseconds that other requests must not wait for.
        let written = tokio::task::spawn_blocking(move || {
            (self.write)(&act_paper(
                &act,
                language.lang.unwrap_or_default(),
                zone_minutes,
            ))
        });
        let bytes = written.await.map_err(anyhow::Error::from)??;
        Ok((
            [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static(self.media_type),
                ),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ],
            bytes,
        )
            .into_response())
    }
}

/// Signs the act on the screen: name and drawing. Only the observer whose sheet it is.
#[utoipa::path(post, path = paths::ACT_SIGNATURE, tag = "acts",
    params(("submission" = SubmissionId, Path)), request_body = Sign,
    responses((status = 200, body = Act)))]
pub async fn sign(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(sign): Json<Sign>,
) -> Result<Json<Act>, Problem> {
    let reach = access.require(Permission::ActSign)?;
    let found = act(&state, &access, &reach, submission).await?;
    if !found.may_sign {
        return Err(Problem::not_found());
    }
    check::short("name", &sign.name)?;
    if sign.name.trim().is_empty() {
        return Err(blank("name"));
    }
    let points: usize = sign.drawing.iter().map(Vec::len).sum();
    if points == 0 {
        return Err(blank("drawing"));
    }
    if sign.drawing.len() > MOST_STROKES || points > MOST_POINTS {
        return Err(too_long("drawing"));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let signing = write
        .sign_act(submission, sign.name.trim(), &sign.drawing)
        .await?;
    match signing {
        Signing::Repeated => {}
        Signing::Refused => return Err(signed_already()),
        Signing::Signed { revision, earlier } => {
            // What was signed, so that nobody can change it behind the signature unnoticed.
            let content = serde_json::to_string(&found.remarks).map_err(anyhow::Error::from)?;
            let digest = Sha256::digest(content.as_bytes());
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            write
                .audit(
                    Permission::ActSign.as_str(),
                    format!("submission {submission}"),
                    serde_json::json!({
                        "name": sign.name.trim(), "revision": revision, "sha256": digest, "earlier": earlier,
                    }),
                )
                .await?;
            write.commit().await?;
        }
    }
    act(&state, &access, &reach, submission).await.map(Json)
}

fn signed_already() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "act.signed",
        "Вы уже подписали этот акт. Подпись не заменяется; если лист исправлен, подпишите исправленный.",
        "You have signed this act already. A signature is not replaced; where the sheet was corrected, sign the corrected one.",
    )
}

/// The school explains; a later explanation is added and none is changed. It may be late: the term says when
/// the act is final without it.
#[utoipa::path(post, path = paths::ACT_EXPLANATIONS, tag = "acts",
    params(("submission" = SubmissionId, Path)), request_body = Explanation,
    responses((status = 200, body = Act)))]
pub async fn explain(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(new): Json<Explanation>,
) -> Result<Json<Act>, Problem> {
    let reach = access.require(Permission::ActExplain)?;
    act(&state, &access, &reach, submission).await?;
    let content = new.content.trim();
    if content.is_empty() {
        return Err(blank("content"));
    }
    if content.chars().count() > LONGEST_REASON {
        return Err(too_long("content"));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.explain_act(submission, new.id, content).await?;
    write
        .audit(
            Permission::ActExplain.as_str(),
            format!("submission {submission}"),
            serde_json::json!({}),
        )
        .await?;
    write.commit().await?;
    act(&state, &access, &reach, submission).await.map(Json)
}

/// The act within reach: the municipality, the school where it was observed, the observer's own.
async fn act(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    id: SubmissionId,
) -> Result<Act, Problem> {
    let place = state
        .store
        .submission_place(access.municipality, id)
        .await?
        .ok_or(Denied::NotFound)?;
    let is_own = place.observer == Some(access.person) && reach.covers(place.place);
    let of_school = reach.covers(Place::organisation(place.place.organisation));
    if !is_own && !of_school {
        return Err(Problem::not_found());
    }
    let papers = state
        .store
        .act_papers(access.municipality, id)
        .await?
        .ok_or(Denied::NotFound)?;
    let input = state
        .store
        .kept_input(access.municipality, id)
        .await?
        .ok_or(Denied::NotFound)?;
    let folded = state.folder.fold(&input)?;
    let knows_observer = is_own || *reach == Reach::Municipality;
    let signature = papers.signature.map(|mut signature| {
        if !knows_observer {
            signature.name = String::new();
            signature.drawing = Vec::new();
        }
        signature
    });
    Ok(Act {
        submission: id,
        number: id.0.simple().to_string().chars().rev().take(8).collect(),
        organisation_name: papers.organisation_name,
        date: papers.date,
        start: papers.start,
        work: papers.work,
        form: papers.form,
        observer: knows_observer.then_some(papers.observer),
        accreditation: papers.accreditation.filter(|_| knows_observer),
        submitted_ms: papers.submitted_ms,
        answered: folded.sheet.answered,
        index: folded.sheet.overall,
        level: folded.sheet.level,
        remarks: folded
            .remarks
            .into_iter()
            .map(|remark| Remark {
                critical: folded.sheet.critical.contains(&remark.name),
                item: remark.text,
                note: remark.note,
            })
            .collect(),
        signature,
        explain_until: papers.explain_until,
        explanations: papers.explanations,
        may_sign: is_own && access.require(Permission::ActSign).is_ok(),
        may_explain: access
            .require(Permission::ActExplain)
            .is_ok_and(|reach| reach.covers(Place::organisation(place.place.organisation))),
    })
}

fn blank(field: &str) -> Problem {
    Problem::invalid(
        field,
        "field.blank",
        Text::new("Заполните это поле.", "Fill in this field."),
    )
}
