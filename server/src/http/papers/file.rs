//! `/api/v1/files`: files for documents and evidence, and how they leave again.

use api::id::FileId;
use api::papers::document::{FILE_ID_HEADER, MAX_FILE_BYTES, StoredFile};
use api::paths;
use api::text::Text;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::{Access, Permission};
use crate::files::{self, FileError};
use crate::http::extract::Json;
use crate::http::file_name::file_name;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Brings a file: the body is the file itself, its id and name stand in headers. What it is follows from its content.
/// Repeating it with the same id and content changes nothing.
#[utoipa::path(post, path = paths::FILES, tag = "files",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(
        ("x-file-id" = FileId, Header, description = "Id made by the client"),
        ("x-file-name" = String, Header, description = "Name of the file, percent-encoded UTF-8")),
    responses((status = 200, body = StoredFile)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<StoredFile>, Problem> {
    access.require(Permission::FileCreate)?;
    let id = file_id(&headers)?;
    if body.len() > MAX_FILE_BYTES {
        return Err(too_large());
    }
    let bytes = body.len() as u64;
    let kept = files::keep(&state.config.files, access.municipality, body.to_vec())
        .await
        .map_err(refused)?;
    let stored = StoredFile {
        id,
        name: kept.kind.named(&file_name(&headers)),
        media_type: kept.kind.media_type().to_owned(),
        bytes,
        hash: kept.hash,
        scanned: kept.scanned,
    };
    if let Some((known, person)) = state.store.file(access.municipality, id).await? {
        return if known.hash == stored.hash && person == Some(access.person) {
            Ok(Json(known))
        } else {
            Err(Problem::id_taken())
        };
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.add_file(&stored).await?;
    write
        .audit(
            Permission::FileCreate.as_str(),
            format!("file {id}"),
            serde_json::json!({ "hash": stored.hash, "bytes": bytes, "type": stored.media_type }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(stored))
}

/// A file somebody names must be one that they brought.
pub(in crate::http) async fn own_file(
    state: &AppState,
    access: &Access,
    id: FileId,
) -> Result<StoredFile, Problem> {
    match state.store.file(access.municipality, id).await? {
        Some((file, Some(person))) if person == access.person => Ok(file),
        _ => Err(Problem::invalid(
            "file",
            "file.unknown",
            Text::new(
                "Этот файл не загружен вами. Выберите файл ещё раз.",
                "This file was not brought by you. Choose the file again.",
            ),
        )),
    }
}

/// A kept file as an answer that no browser shows as a page.
pub(in crate::http) async fn send(
    state: &AppState,
    access: &Access,
    file: &StoredFile,
) -> Result<Response, Problem> {
    let bytes = files::read(&state.config.files, access.municipality, &file.hash).await?;
    attachment(&file.name, &file.media_type, bytes)
}

/// Bytes as a download: an attachment of a fixed type, sandboxed even when a browser opens it.
pub(in crate::http) fn attachment(
    name: &str,
    media_type: &str,
    bytes: Vec<u8>,
) -> Result<Response, Problem> {
    let header_value = |text: &str| HeaderValue::from_str(text).map_err(anyhow::Error::from);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header_value(media_type)?);
    headers.insert(
        header::CONTENT_DISPOSITION,
        header_value(&format!("attachment; filename*=UTF-8''{}", encoded(name)))?,
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    Ok(response)
}

/// Per cent encoding of everything but letters and digits of ASCII.
///
/// # Source
/// RFC 8187 §3.2.1.
fn encoded(name: &str) -> String {
    use std::fmt::Write as _;
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-' || byte == b'_' {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

fn file_id(headers: &HeaderMap) -> Result<FileId, Problem> {
    headers
        .get(FILE_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| {
            Problem::invalid(
                FILE_ID_HEADER,
                "file.no_id",
                Text::new(
                    "В запросе нет номера файла. Обновите страницу и выберите файл ещё раз.",
                    "The request has no id of the file. Reload the page and choose the file again.",
                ),
            )
        })
}

pub(in crate::http) fn too_large() -> Problem {
    let megabytes = MAX_FILE_BYTES >> 20;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "file.too_large",
        format!("Файл больше {megabytes} МБ. Уменьшите снимок или сохраните документ в PDF."),
        format!(
            "The file is larger than {megabytes} MB. Make the picture smaller or save the document as PDF."
        ),
    )
}

fn refused(error: FileError) -> Problem {
    let unprocessable = |code: &str, ru: &str, en: &str| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, ru, en)
    };
    match error {
        FileError::Fault(fault) => fault.into(),
        FileError::Infected => unprocessable(
            "file.infected",
            "Антивирус нашёл в файле угрозу, файл не сохранён. Проверьте компьютер, с которого он взят.",
            "The virus scanner found a threat, the file was not kept. Check the computer it comes from.",
        ),
        FileError::Unscanned(why) => {
            tracing::error!(why, "scanner");
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "file.unscanned",
                "Антивирус сейчас не отвечает, а без проверки файлы не принимаются. Повторите через минуту; ссылку или запись реестра можно приложить уже сейчас.",
                "The virus scanner does not answer, and files are not taken unscanned. Repeat in a minute; a link or a document of the register can be bound now.",
            )
            .retry_after(60)
        }
        FileError::Full(error) => {
            tracing::error!(error = format!("{error:#}"), "files");
            Problem::store_full()
        }
        FileError::Store(error) => Problem::from(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(encoded("a\"\r\nb.pdf"), "a%22%0D%0Ab.pdf");
        assert_eq!(encoded("Ё"), "%D0%81");
    }
}
