//! `/api/v1/submissions/{submission}/attachments`: photos and files, known by their hash, sent in chunks.

use api::forms::attachment::{
    Attachment, CHUNK_BYTES, KINDS, MAX_ATTACHMENTS, MAX_FILE_BYTES, MAX_PHOTO_BYTES,
    MAX_SHEET_BYTES, NewAttachment,
};
use api::id::SubmissionId;
use api::paths;
use api::text::Text;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;

use super::submission::{readable_place, writable_place};
use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::Chunk;

/// Longest path of a question that is kept, characters.
const MAX_QUESTION: usize = 500;

/// Photos and files of a submission.
#[utoipa::path(get, path = paths::ATTACHMENTS, tag = "submissions",
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = Vec<Attachment>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<Vec<Attachment>>, Problem> {
    may_read(&state, &access, submission).await?;
    let all = state
        .store
        .attachments(access.municipality, submission)
        .await?;
    Ok(Json(all))
}

/// The content of a photo or file, once all of it has come.
#[utoipa::path(get, path = paths::ATTACHMENT, tag = "submissions",
    params(("submission" = SubmissionId, Path), ("hash" = String, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path((submission, hash)): Path<(SubmissionId, String)>,
) -> Result<impl IntoResponse, Problem> {
    may_read(&state, &access, submission).await?;
    let (content_type, content) = state
        .store
        .attachment(access.municipality, submission, &hash)
        .await?
        .ok_or_else(Problem::not_found)?;
    // What a browser cannot play or draw by itself is saved, not opened in the place of the product.
    let is_shown = ["image/", "audio/", "video/"]
        .iter()
        .any(|kind| content_type.starts_with(kind));
    let disposition = if is_shown { "inline" } else { "attachment" };
    let content_type = HeaderValue::from_str(&content_type).map_err(|_| Problem::internal())?;
    let headers = [
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static(disposition),
        ),
        (header::CONTENT_TYPE, content_type),
        // What people sent runs nothing, whatever it is.
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
    ];
    Ok((headers, content))
}

/// Announces a photo or file. Repeating it says how much is held.
#[utoipa::path(put, path = paths::ATTACHMENT, tag = "submissions", request_body = NewAttachment,
    params(("submission" = SubmissionId, Path), ("hash" = String, Path)),
    responses((status = 200, body = Attachment), (status = 422, body = api::problem::Problem)))]
pub async fn announce(
    State(state): State<AppState>,
    access: Access,
    Path((submission, hash)): Path<(SubmissionId, String)>,
    Json(new): Json<NewAttachment>,
) -> Result<Json<Attachment>, Problem> {
    may_write(&state, &access, submission).await?;
    check(&hash, &new)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let (held, is_new) = write
        .announce_attachment(submission, &hash, &new)
        .await?
        .ok_or_else(too_many)?;
    if is_new {
        write
            .audit(
                Permission::SubmissionUpdate.as_str(),
                format!("submission {submission}"),
                serde_json::json!({ "attachment": hash, "bytes": new.bytes }),
            )
            .await?;
    }
    write.commit().await?;
    Ok(Json(held))
}

/// Takes bytes from an offset on. A chunk that does not continue what is held changes nothing; the answer
/// says from where to go on.
#[utoipa::path(put, path = paths::ATTACHMENT_CHUNK, tag = "submissions",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("submission" = SubmissionId, Path), ("hash" = String, Path), ("offset" = u64, Path)),
    responses((status = 200, body = Attachment), (status = 422, body = api::problem::Problem)))]
pub async fn put_chunk(
    State(state): State<AppState>,
    access: Access,
    Path((submission, hash, offset)): Path<(SubmissionId, String, u64)>,
    bytes: Bytes,
) -> Result<Json<Attachment>, Problem> {
    may_write(&state, &access, submission).await?;
    if bytes.len() as u64 > CHUNK_BYTES {
        return Err(Problem::too_large());
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let chunk = write
        .append_chunk(submission, (&hash, offset), &bytes)
        .await?;
    // Also what was found to be different is stored: that it begins anew.
    write.commit().await?;
    match chunk {
        Chunk::Held(held) => Ok(Json(held)),
        Chunk::Different(_) => Err(Problem::invalid(
            "hash",
            "attachment.different",
            Text::new(
                "Файл пришёл не таким, каким был объявлен. Отправьте его ещё раз с начала.",
                "The file is not the one that was announced. Send it again from the beginning.",
            ),
        )),
        Chunk::Refused(fault) => Err(fault.into()),
        Chunk::Unknown => Err(Problem::not_found()),
    }
}

async fn may_read(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<(), Problem> {
    access.require(Permission::SubmissionRead)?;
    readable_place(state, access, submission).await.map(drop)
}

async fn may_write(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<(), Problem> {
    access.require(Permission::SubmissionUpdate)?;
    writable_place(state, access, submission).await.map(drop)
}

fn check(hash: &str, new: &NewAttachment) -> Result<(), Problem> {
    let is_hash = hash.len() == 64
        && hash
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash {
        return Err(Problem::not_found());
    }
    if !KINDS.iter().any(|(kind, _)| *kind == new.content_type) {
        return Err(Problem::invalid(
            "content_type",
            "attachment.kind",
            Text::new(
                "Прикладываются снимки, звук, видео, PDF и документы Office или OpenDocument.",
                "Photos, sound, video, PDF and documents of Office or OpenDocument can be attached.",
            ),
        ));
    }
    let most = if new.content_type.starts_with("image/") {
        MAX_PHOTO_BYTES
    } else {
        MAX_FILE_BYTES
    };
    if new.bytes == 0 || new.bytes > most {
        return Err(Problem::invalid(
            "bytes",
            "attachment.size",
            Text::new(
                "Снимок должен быть не больше 8 МБ, другой файл — не больше 32 МБ. Уменьшите его.",
                "A photo has at most 8 MB, another file 32 MB. Make it smaller.",
            ),
        ));
    }
    if new.question.chars().count() > MAX_QUESTION {
        return Err(Problem::invalid(
            "question",
            "attachment.question",
            Text::new("Такого вопроса нет.", "There is no such question."),
        ));
    }
    Ok(())
}

fn too_many() -> Problem {
    let megabytes = MAX_SHEET_BYTES / 1_024 / 1_024;
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "attachment.too_many",
        format!(
            "К одному листу прикладывается не больше {MAX_ATTACHMENTS} снимков и файлов и не больше {megabytes} МБ. Уберите лишнее или уменьшите видео."
        ),
        format!(
            "A sheet takes at most {MAX_ATTACHMENTS} photos and files and at most {megabytes} MB. Take away what is not needed or make videos smaller."
        ),
    )
}
