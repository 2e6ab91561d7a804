//! `/api/v1/imports`: files of results in four steps.

use api::id::ImportId;
use api::paths;
use api::results::import::{
    CLASSES_HEADER, ConfirmImport, IMPORT_ID_HEADER, Import, MAX_FILE_BYTES,
};
use api::text::Text;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use futures::StreamExt;

use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::file_name::file_name;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::flow::{self, Brought, Consent, FlowError, UnknownSchools};

/// Imports, newest first, without previews and problems.
#[utoipa::path(get, path = paths::IMPORTS, tag = "imports",
    responses((status = 200, body = Vec<Import>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Import>>, Problem> {
    access.require_municipality(Permission::ImportRead)?;
    Ok(Json(state.store.imports(access.municipality).await?))
}

/// One import with its preview and problems.
#[utoipa::path(get, path = paths::IMPORT, tag = "imports",
    params(("import" = ImportId, Path)),
    responses((status = 200, body = Import)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<ImportId>,
) -> Result<Json<Import>, Problem> {
    access.require_municipality(Permission::ImportRead)?;
    let import = state.store.import(access.municipality, import).await?;
    import.map(Json).ok_or_else(Problem::not_found)
}

/// Brings a file: the body is the file itself, its name and the import's id stand in headers. Nothing is stored
/// as results yet. Repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::IMPORTS, tag = "imports",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(
        ("x-import-id" = ImportId, Header, description = "Id made by the client"),
        ("x-file-name" = String, Header, description = "Name of the file, percent-encoded UTF-8"),
        ("x-import-classes" = Option<String>, Header,
            description = "`yes`: the column of classes holds classes although they look like names; needs the right to confirm")),
    responses((status = 200, body = Import)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Import>, Problem> {
    access.require_municipality(Permission::ImportCreate)?;
    let classes = headers
        .get(CLASSES_HEADER)
        .is_some_and(|value| value.as_bytes() == b"yes");
    if classes {
        access.require_municipality(Permission::ImportConfirm)?;
    }
    let brought = Brought {
        id: import_id(&headers)?,
        classes,
        file_name: file_name(&headers),
        bytes: gather(&headers, body).await?,
    };
    let import = flow::bring(&state.store, access.author(), brought, state.now_ms()).await?;
    Ok(Json(import))
}

/// Confirms an import: everything is stored in one change, or nothing. Repeating it changes nothing.
#[utoipa::path(post, path = paths::IMPORT_CONFIRM, tag = "imports", request_body = ConfirmImport,
    params(("import" = ImportId, Path)),
    responses((status = 200, body = Import)))]
pub async fn confirm(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<ImportId>,
    Json(confirm): Json<ConfirmImport>,
) -> Result<Json<Import>, Problem> {
    access.require_municipality(Permission::ImportConfirm)?;
    let unknown_schools = if confirm.add_schools {
        access.require_municipality(Permission::OrganisationUpdate)?;
        UnknownSchools::Add
    } else {
        UnknownSchools::Stop
    };
    let import = flow::confirm(
        &state.store,
        access.author(),
        import,
        Consent {
            unknown_schools,
            earlier: confirm.earlier,
        },
        state.now_ms(),
    )
    .await?;
    Ok(Json(import))
}

/// Undoes an import whole: its results go, its record stays. Repeating it changes nothing.
#[utoipa::path(delete, path = paths::IMPORT, tag = "imports",
    params(("import" = ImportId, Path)),
    responses((status = 200, body = Import)))]
pub async fn undo(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<ImportId>,
) -> Result<Json<Import>, Problem> {
    access.require_municipality(Permission::ImportUndo)?;
    let import = flow::undo(&state.store, access.author(), import, state.now_ms()).await?;
    Ok(Json(import))
}

/// Reads the body up to the limit; a body that is declared larger is refused before it is read.
async fn gather(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Problem> {
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<u64>().ok());
    if declared.is_some_and(|declared| declared > MAX_FILE_BYTES as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(declared.unwrap_or_default() as usize);
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| interrupted())?;
        if bytes.len() + chunk.len() > MAX_FILE_BYTES {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn import_id(headers: &HeaderMap) -> Result<ImportId, Problem> {
    headers
        .get(IMPORT_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| {
            Problem::invalid(
                IMPORT_ID_HEADER,
                "import.no_id",
                Text::new(
                    "В запросе нет номера загрузки. Обновите страницу и выберите файл ещё раз.",
                    "The request has no id of the import. Reload the page and choose the file again.",
                ),
            )
        })
}

fn too_large() -> Problem {
    let megabytes = MAX_FILE_BYTES >> 20;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "import.too_large",
        format!(
            "Файл больше {megabytes} МБ. Разделите выгрузку на части, например по предметам, и загрузите их по очереди."
        ),
        format!(
            "The file is larger than {megabytes} MB. Split the export into parts, for example by subject, and upload them one by one."
        ),
    )
}

fn interrupted() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "import.interrupted",
        "Файл дошёл не целиком: связь прервалась. Ничего не сохранено, загрузите его ещё раз.",
        "The file did not arrive whole: the connection broke. Nothing was saved, upload it again.",
    )
}

impl From<FlowError> for Problem {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NotFound => Problem::not_found(),
            FlowError::IdTaken => Problem::id_taken(),
            FlowError::HasErrors(errors) => Problem::new(
                StatusCode::CONFLICT,
                "import.has_errors",
                format!(
                    "В файле есть ошибки, которые мешают загрузке: {errors}. Исправьте их по подсказкам и загрузите файл заново. Ничего не сохранено."
                ),
                format!(
                    "The file has errors that stop the import: {errors}. Mend them by the hints and upload the file again. Nothing was saved."
                ),
            ),
            FlowError::SameFile(other) => Problem::new(
                StatusCode::CONFLICT,
                "import.same_file",
                format!(
                    "Этот файл уже загружен (загрузка {other}). Чтобы загрузить его заново, сначала отмените прежнюю загрузку."
                ),
                format!(
                    "This file is already imported (import {other}). To import it again, undo the earlier import first."
                ),
            ),
            FlowError::EarlierResults(rows) => Problem::new(
                StatusCode::CONFLICT,
                "import.choose_earlier",
                format!(
                    "Результаты этих школ по этим работам уже загружены, строк: {rows}. Выберите, заменить их или оставить рядом с новыми. Ничего не сохранено."
                ),
                format!(
                    "Results of these schools in these works are stored already, rows: {rows}. Choose whether to replace them or to keep both. Nothing was saved."
                ),
            ),
            FlowError::CountedTwice(pupils) => Problem::new(
                StatusCode::CONFLICT,
                "import.counted_twice",
                format!(
                    "Учеников, чьи работы уже загружены: {pupils}. Рядом с прежними они посчитались бы дважды: выберите «Засчитать последнюю попытку» или «Заменить прежние». Ничего не сохранено."
                ),
                format!(
                    "Pupils whose works are stored already: {pupils}. Beside the earlier ones they would count twice: let the latest attempt count, or replace the earlier ones. Nothing was saved."
                ),
            ),
            FlowError::Undone => Problem::new(
                StatusCode::CONFLICT,
                "import.undone",
                "Эта загрузка отменена. Выберите файл ещё раз, чтобы загрузить его заново.",
                "This import was undone. Choose the file again to import it anew.",
            ),
            FlowError::ItemContradicts {
                code,
                stored,
                found,
            } => Problem::new(
                StatusCode::CONFLICT,
                "import.item_contradicts",
                format!(
                    "Задание {code}: в загруженных раньше результатах наибольший балл {stored}, в этом файле {found}. Исправьте заголовок или отмените прежнюю загрузку. Ничего не сохранено."
                ),
                format!(
                    "Item {code}: earlier results have the maximum {stored}, this file has {found}. Mend the header or undo the earlier import. Nothing was saved."
                ),
            ),
            FlowError::Store(error) => Problem::from(error),
            FlowError::Stopping(error) => Problem::from(anyhow::Error::from(error)),
        }
    }
}
