//! `/api/v1/form-drafts`: forms being written, from a workbook to a published version.

use api::forms::form::FormLabel;
use api::forms::form_draft::{
    DRAFT_ID_HEADER, FormDraft, FormDraftLabel, FormEdits, FormEffect, MAX_FILE_BYTES, PublishForm,
};
use api::id::FormDraftId;
use api::paths;
use api::text::Text;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use forms::Form;
use forms::file::OpenError;
use forms::form::Severity;
use serde_json::json;

use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::file_name::file_name;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::forms::form_draft::{
    Checked, check, differences, is_within_bounds, mend, next_version, read as read_file, sheets,
    workbook,
};
use crate::rules::forms::instrument::new_form;
use crate::store::StoredDraft;

/// Most changes of cells in one request.
const MOST_EDITS: usize = 20_000;
/// Longest version, bytes.
const LONGEST_VERSION: usize = 40;

/// Forms being written, the last changed first.
#[utoipa::path(get, path = paths::FORM_DRAFTS, tag = "forms",
    responses((status = 200, body = Vec<FormDraftLabel>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<FormDraftLabel>>, Problem> {
    access.require_municipality(Permission::FormDraftRead)?;
    Ok(Json(state.store.form_drafts(access.municipality).await?))
}

/// Begins a form from a workbook (`.xlsx`, `.xls`, `.ods`, `.csv`) or a form in JSON: the body is the file, its name
/// and the draft's id stand in headers. Repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::FORM_DRAFTS, tag = "forms",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(
        ("x-form-draft-id" = FormDraftId, Header, description = "Id made by the client"),
        ("x-file-name" = String, Header, description = "Name of the file, percent-encoded UTF-8")),
    responses((status = 200, body = FormDraft)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<FormDraft>, Problem> {
    access.require_municipality(Permission::FormDraftUpdate)?;
    let draft = draft_id(&headers)?;
    let name = file_name(&headers);
    let read_name = name.clone();
    let checked = apart(move || read_file(&body, &read_name)).await??;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_new = write
        .begin_form_draft(draft, &name, &sheets(&checked.workbook))
        .await?;
    if is_new {
        write
            .audit(
                Permission::FormDraftUpdate.as_str(),
                format!("form_draft {draft}"),
                json!({ "file": name, "problems": checked.opened.problems.len() }),
            )
            .await?;
        write.commit().await?;
    }
    answer(&state, &access, draft).await
}

/// One form being written, with its cells, problems and the form as far as it is understood.
#[utoipa::path(get, path = paths::FORM_DRAFT, tag = "forms",
    params(("draft" = FormDraftId, Path)),
    responses((status = 200, body = FormDraft)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(draft): Path<FormDraftId>,
) -> Result<Json<FormDraft>, Problem> {
    access.require_municipality(Permission::FormDraftRead)?;
    answer(&state, &access, draft).await
}

/// Changes cells and checks anew. Repeating a change with the same id changes nothing.
#[utoipa::path(put, path = paths::FORM_DRAFT, tag = "forms", request_body = FormEdits,
    params(("draft" = FormDraftId, Path)),
    responses((status = 200, body = FormDraft)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(draft): Path<FormDraftId>,
    Json(edits): Json<FormEdits>,
) -> Result<Json<FormDraft>, Problem> {
    access.require_municipality(Permission::FormDraftUpdate)?;
    let stored = stored(&state, &access, draft).await?;
    if stored.change == Some(edits.id) {
        return answer(&state, &access, draft).await;
    }
    if stored.revision != edits.revision {
        return Err(changed_meanwhile());
    }
    if edits.edits.len() > MOST_EDITS || !edits.edits.iter().all(is_within_bounds) {
        return Err(Problem::invalid(
            "edits",
            "form_draft.out_of_bounds",
            Text::new(
                "Изменение выходит за пределы листа: не больше 250 000 строк, 1 000 столбцов и 20 000 изменений за раз.",
                "The change is beyond the sheet: at most 250,000 rows, 1,000 columns and 20,000 changes at once.",
            ),
        ));
    }
    let count = edits.edits.len();
    let FormEdits {
        id,
        revision,
        edits,
        repair_all,
    } = edits;
    let name = stored.label.file_name.clone();
    let cells = workbook(stored.sheets);
    let checked = apart(move || mend(cells, &edits, repair_all, &name)).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write
        .change_form_draft(draft, revision, id, &sheets(&checked.workbook))
        .await?
    {
        return Err(changed_meanwhile());
    }
    write
        .audit(
            Permission::FormDraftUpdate.as_str(),
            format!("form_draft {draft}"),
            json!({ "edits": count, "repair_all": repair_all }),
        )
        .await?;
    write.commit().await?;
    let stored = self::stored(&state, &access, draft).await?;
    Ok(Json(described(stored, checked)))
}

/// Gives a form up; published versions stay. Repeated, it is not found any more.
#[utoipa::path(delete, path = paths::FORM_DRAFT, tag = "forms",
    params(("draft" = FormDraftId, Path)),
    responses((status = 200, body = Object)))]
pub async fn delete(
    State(state): State<AppState>,
    access: Access,
    Path(draft): Path<FormDraftId>,
) -> Result<Json<serde_json::Value>, Problem> {
    access.require_municipality(Permission::FormDraftUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write.drop_form_draft(draft).await? {
        return Err(Problem::not_found());
    }
    write
        .audit(
            Permission::FormDraftUpdate.as_str(),
            format!("form_draft {draft}"),
            json!({ "dropped": true }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(json!({})))
}

/// What publishing would change, and for whom.
#[utoipa::path(get, path = paths::FORM_DRAFT_EFFECT, tag = "forms",
    params(("draft" = FormDraftId, Path)),
    responses((status = 200, body = FormEffect)))]
pub async fn effect(
    State(state): State<AppState>,
    access: Access,
    Path(draft): Path<FormDraftId>,
) -> Result<Json<FormEffect>, Problem> {
    access.require_municipality(Permission::FormDraftRead)?;
    let stored = stored(&state, &access, draft).await?;
    let checked = understood(&stored).await?;
    let form = checked.opened.form;
    let published: Vec<FormLabel> = state
        .store
        .forms(access.municipality)
        .await?
        .into_iter()
        .filter(|label| label.id == form.id)
        .collect();
    let taken: Vec<String> = published
        .iter()
        .map(|label| label.version.clone())
        .collect();
    // Newest first.
    let before = published.into_iter().next();
    let wished = Some(form.version.clone()).filter(|version| !version.is_empty());
    let next_version = match wished {
        Some(version) if !taken.contains(&version) => version,
        _ => next_version(&taken, before.as_ref().map(|label| label.version.as_str())),
    };
    let (added, removed, changed) = match &before {
        Some(label) => {
            let (document, _) = state
                .store
                .form_document(access.municipality, &label.id, &label.version)
                .await?
                .ok_or_else(Problem::not_found)?;
            let old: Form = serde_json::from_str(&document).map_err(anyhow::Error::from)?;
            differences(&old, &form)
        }
        None => differences(&Form::new(""), &form),
    };
    let used = state.store.form_use(access.municipality, &form.id).await?;
    Ok(Json(FormEffect {
        before,
        next_version,
        added,
        removed,
        changed,
        open_drafts: used.open_drafts,
        campaigns: used.campaigns,
        waiting_assignments: used.waiting_assignments,
    }))
}

/// Publishes a version. A published version never changes: whoever began with an older one goes on with it.
#[utoipa::path(post, path = paths::FORM_DRAFT_PUBLISH, tag = "forms", request_body = PublishForm,
    params(("draft" = FormDraftId, Path)),
    responses((status = 200, body = FormLabel)))]
pub async fn publish(
    State(state): State<AppState>,
    access: Access,
    Path(draft): Path<FormDraftId>,
    Json(publish): Json<PublishForm>,
) -> Result<Json<FormLabel>, Problem> {
    access.require_municipality(Permission::FormPublish)?;
    check_version(&publish.version)?;
    let stored = stored(&state, &access, draft).await?;
    if stored.revision != publish.revision {
        return Err(changed_meanwhile());
    }
    let checked = understood(&stored).await?;
    let errors = checked
        .opened
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    if errors > 0 {
        return Err(has_errors(errors));
    }
    let mut form = checked.opened.form;
    if form.id.is_empty() || form.id.contains(['/', '?', '#', '%']) {
        return Err(unusable_id(&form.id));
    }
    form.version.clone_from(&publish.version);
    let new = new_form(&form)?;
    if new.questions == 0 {
        return Err(no_questions());
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .publish_form(&new)
        .await
        .map_err(|error| match error {
            crate::store::StoreError::Duplicate(_) => version_taken(&publish.version),
            other => other.into(),
        })?;
    write.note_published(draft, &new.id, &new.version).await?;
    write
        .audit(
            Permission::FormPublish.as_str(),
            format!("form {}", new.id),
            json!({ "version": new.version, "questions": new.questions }),
        )
        .await?;
    write.commit().await?;
    state
        .store
        .forms(access.municipality)
        .await?
        .into_iter()
        .find(|label| label.id == new.id && label.version == new.version)
        .map(Json)
        .ok_or_else(Problem::not_found)
}

/// A form being written as a file: `xlsx`, `xform` or `json`.
#[utoipa::path(get, path = paths::FORM_DRAFT_FILE, tag = "forms",
    params(("draft" = FormDraftId, Path), ("format" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
pub async fn file(
    State(state): State<AppState>,
    access: Access,
    Path((draft, format)): Path<(FormDraftId, String)>,
) -> Result<Response, Problem> {
    access.require_municipality(Permission::FormDraftRead)?;
    let stored = stored(&state, &access, draft).await?;
    let format = Format::of(&format)?;
    let bytes = apart(move || match format {
        // The cells as they stand, mistakes included: the person goes on in a spreadsheet.
        Format::Xlsx => {
            forms::workbook::write_xlsx(&workbook(stored.sheets)).map_err(anyhow::Error::from)
        }
        format => {
            let name = stored.label.file_name;
            format.write(&check(workbook(stored.sheets), &name).opened.form)
        }
    })
    .await??;
    Ok(format.respond(&format!("form-{draft}"), bytes))
}

/// A published version as a file: `xlsx`, `xform` or `json`.
#[utoipa::path(get, path = paths::FORM_FILE, tag = "forms",
    params(("form" = String, Path), ("version" = String, Path), ("format" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
pub async fn published_file(
    State(state): State<AppState>,
    access: Access,
    Path((form, version, format)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    access.require(Permission::FormRead)?;
    let format = Format::of(&format)?;
    let (document, _) = state
        .store
        .form_document(access.municipality, &form, &version)
        .await?
        .ok_or_else(Problem::not_found)?;
    let bytes = apart(move || -> anyhow::Result<Vec<u8>> {
        format.write(&serde_json::from_str(&document)?)
    })
    .await??;
    Ok(format.respond(&format!("{form}-{version}"), bytes))
}

/// Formats of files.
#[derive(Clone, Copy)]
enum Format {
    Xlsx,
    XForm,
    Json,
}

impl Format {
    fn of(name: &str) -> Result<Self, Problem> {
        match name {
            "xlsx" => Ok(Format::Xlsx),
            "xform" => Ok(Format::XForm),
            "json" => Ok(Format::Json),
            _ => Err(Problem::not_found()),
        }
    }

    fn write(self, form: &Form) -> anyhow::Result<Vec<u8>> {
        Ok(match self {
            Format::Xlsx => forms::workbook::write_xlsx(&forms::xlsform::export(form))?,
            Format::XForm => forms::xform::write(form).into_bytes(),
            Format::Json => serde_json::to_vec_pretty(form)?,
        })
    }

    fn respond(self, name: &str, bytes: Vec<u8>) -> Response {
        let (kind, extension) = match self {
            Format::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
            ),
            Format::XForm => ("application/xml", "xml"),
            Format::Json => ("application/json", "json"),
        };
        let name: String = name
            .chars()
            .map(|letter| match letter {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => letter,
                _ => '_',
            })
            .collect();
        let disposition = format!("attachment; filename=\"{name}.{extension}\"");
        (
            [
                (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
                (
                    header::CONTENT_DISPOSITION,
                    HeaderValue::from_str(&disposition)
                        .unwrap_or_else(|_| HeaderValue::from_static("attachment")),
                ),
            ],
            bytes,
        )
            .into_response()
    }
}

/// Runs what takes the processor for long outside the threads that answer.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Problem::from(anyhow::Error::from(error)))
}

async fn stored(
    state: &AppState,
    access: &Access,
    draft: FormDraftId,
) -> Result<StoredDraft, Problem> {
    state
        .store
        .form_draft(access.municipality, draft)
        .await?
        .ok_or_else(Problem::not_found)
}

async fn understood(stored: &StoredDraft) -> Result<Checked, Problem> {
    let (cells, name) = (stored.sheets.clone(), stored.label.file_name.clone());
    apart(move || check(workbook(cells), &name)).await
}

async fn answer(
    state: &AppState,
    access: &Access,
    draft: FormDraftId,
) -> Result<Json<FormDraft>, Problem> {
    let stored = stored(state, access, draft).await?;
    let checked = understood(&stored).await?;
    Ok(Json(described(stored, checked)))
}

fn described(stored: StoredDraft, checked: Checked) -> FormDraft {
    FormDraft {
        label: stored.label,
        revision: stored.revision,
        sheets: sheets(&checked.workbook),
        problems: checked.opened.problems,
        form: checked.opened.form,
    }
}

fn draft_id(headers: &HeaderMap) -> Result<FormDraftId, Problem> {
    headers
        .get(DRAFT_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| {
            Problem::invalid(
                DRAFT_ID_HEADER,
                "form_draft.no_id",
                Text::new(
                    "В запросе нет номера черновика. Обновите страницу и выберите файл ещё раз.",
                    "The request has no id of the draft. Reload the page and choose the file again.",
                ),
            )
        })
}

fn check_version(version: &str) -> Result<(), Problem> {
    let is_usable = !version.is_empty()
        && version.len() <= LONGEST_VERSION
        && version
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'));
    if is_usable {
        return Ok(());
    }
    Err(Problem::invalid(
        "version",
        "form_draft.version",
        Text::new(
            "Запишите версию латинскими буквами, цифрами, точкой или дефисом, не длиннее 40 знаков, например 1.1.0.",
            "Write the version in Latin letters, digits, dots or hyphens, at most 40 characters, for example 1.1.0.",
        ),
    ))
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        let megabytes = MAX_FILE_BYTES >> 20;
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "form_draft.unreadable",
            format!(
                "Файл не удалось прочитать как анкету. Нужна книга .xlsx, .xls, .ods или .csv с листом «survey» либо анкета в .json, не больше {megabytes} МБ."
            ),
            format!(
                "The file could not be read as a form ({error}). A workbook (.xlsx, .xls, .ods, .csv) with a sheet “survey” or a form in .json is needed, at most {megabytes} MB."
            ),
        )
    }
}

fn changed_meanwhile() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "form_draft.changed",
        "Черновик тем временем изменили. Обновите страницу: вы увидите нынешние ячейки, затем повторите изменение.",
        "The draft was changed meanwhile. Reload the page to see its cells, then repeat the change.",
    )
}

fn has_errors(count: usize) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "form_draft.has_errors",
        format!("В анкете есть ошибки: {count}. Исправьте их по подсказкам, затем публикуйте."),
        format!("The form has errors: {count}. Mend them by the hints, then publish."),
    )
}

fn unusable_id(id: &str) -> Problem {
    Problem::invalid(
        "form_id",
        "form_draft.form_id",
        Text::new(
            format!(
                "Код анкеты «{id}» нельзя использовать в адресе. На листе settings в столбце form_id оставьте буквы, цифры, дефис и подчёркивание."
            ),
            format!(
                "The form id “{id}” cannot stand in an address. Leave letters, digits, hyphen and underscore in the column form_id of the sheet settings."
            ),
        ),
    )
}

fn no_questions() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "form_draft.empty",
        "В анкете нет ни одного вопроса. Добавьте строки на лист survey.",
        "The form has no question. Add rows to the sheet survey.",
    )
}

fn version_taken(version: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "form_draft.version_taken",
        format!(
            "Версия {version} уже опубликована с другим содержанием и не меняется. Выберите следующий номер."
        ),
        format!(
            "Version {version} is published with other content and never changes. Choose the next number."
        ),
    )
}
