//! `/api/v1/submissions/{submission}/attachments`: photos and files, known by their hash, sent in chunks.

use api::attachment::{
    Attachment, CHUNK_BYTES, CONTENT_TYPES, MAX_ATTACHMENTS, MAX_BYTES, NewAttachment,
};
use api::id::SubmissionId;
use api::paths;
use api::text::Text;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;

use super::extract::{Json, Path};
use super::problem::Problem;
use super::state::AppState;
use super::submission::{readable_place, writable_place};
use crate::auth::{Access, Permission};
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
    let content_type = HeaderValue::from_str(&content_type).map_err(|_| Problem::internal())?;
    let headers = [
        (header::CONTENT_TYPE, content_type),
        // What people sent runs nothing, whatever it is.
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, max-age=31536000, immutable"),
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
    if !CONTENT_TYPES.contains(&new.content_type.as_str()) {
        return Err(Problem::invalid(
            "content_type",
            "attachment.kind",
            Text::new(
                "Прикладываются только снимки: JPEG, PNG или WebP.",
                "Only photos can be attached: JPEG, PNG or WebP.",
            ),
        ));
    }
    if new.bytes == 0 || new.bytes > MAX_BYTES {
        return Err(Problem::invalid(
            "bytes",
            "attachment.size",
            Text::new(
                "Снимок должен быть не больше 8 МБ. Уменьшите его.",
                "A photo has at most 8 MB. Make it smaller.",
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
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "attachment.too_many",
        format!("К одному листу прикладывается не больше {MAX_ATTACHMENTS} снимков."),
        format!("A sheet takes at most {MAX_ATTACHMENTS} photos."),
    )
}
