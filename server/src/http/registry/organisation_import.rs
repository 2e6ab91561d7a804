//! `/api/v1/organisation-imports`: schools from the office's own spreadsheet.

use api::id::TableImportId;
use api::paths;
use api::registry::organisation::Organisation;
use api::registry::table_import::{
    ColumnChoice, MAX_TABLE_BYTES, RowEffect, TABLE_IMPORT_ID_HEADER, TableColumn, TableContent,
    TableImport, TableImportState, TableRow,
};
use api::text::Text;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::auth::{Access, Permission, Reach};
use crate::hex::hex;
use crate::http::download::{InLanguage, XLSX, attachment};
use crate::http::extract::{Json, Path, Query};
use crate::http::file_name::file_name;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::register::columns;
use crate::import::register::organisation::{FIELDS, Plan, plan};
use crate::import::register::sheet;
use crate::import::register::table::{Table, read as read_table};
use crate::store::{NewTable, RowCounts, SchoolEffect, StoreError, StoredTable};

/// Which list these imports are of.
const REGISTER: &str = "organisations";
/// Rows of a file that are shown.
const SHOWN_ROWS: usize = 200;
/// Problems that are shown.
const SHOWN_PROBLEMS: usize = 200;

/// Imports of schools, newest first; for whoever keeps the whole register.
#[utoipa::path(get, path = paths::ORGANISATION_IMPORTS, tag = "organisations",
    responses((status = 200, body = Vec<TableImport>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<TableImport>>, Problem> {
    let reach = access.require(Permission::OrganisationRead)?;
    if reach != Reach::Municipality {
        return Ok(Json(Vec::new()));
    }
    let store = &state.store;
    Ok(Json(
        store.table_imports(access.municipality, REGISTER).await?,
    ))
}

/// One import with its columns, rows and problems.
#[utoipa::path(get, path = paths::ORGANISATION_IMPORT, tag = "organisations",
    params(("import" = TableImportId, Path)),
    responses((status = 200, body = TableImport), (status = 404, body = api::problem::Problem)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<TableImportId>,
) -> Result<Json<TableImport>, Problem> {
    let reach = access.require(Permission::OrganisationRead)?;
    if reach != Reach::Municipality {
        return Err(Problem::not_found());
    }
    let stored = state
        .store
        .table_import(access.municipality, import)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(Json(shown(&state, &access, stored).await?))
}

/// Brings a file: the body is the file itself, its name and the import's id stand in headers. No school is stored
/// yet. Repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::ORGANISATION_IMPORTS, tag = "organisations",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(
        ("x-import-id" = TableImportId, Header, description = "Id made by the client"),
        ("x-file-name" = String, Header, description = "Name of the file, percent-encoded UTF-8")),
    responses((status = 200, body = TableImport), (status = 422, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<TableImport>, Problem> {
    access.require_municipality(Permission::OrganisationUpdate)?;
    let id = import_id(&headers)?;
    let content_hash = hex(&Sha256::digest(&body));
    if let Some(known) = state.store.table_import(access.municipality, id).await? {
        if known.content_hash != content_hash {
            return Err(Problem::id_taken());
        }
        return Ok(Json(shown(&state, &access, known).await?));
    }
    if body.len() > MAX_TABLE_BYTES {
        return Err(Problem::too_large());
    }
    let content = body.to_vec();
    let table = table(content.clone()).await?;
    let before = state
        .store
        .table_columns(access.municipality, REGISTER)
        .await?;
    let chosen = columns::guessed(&table.headers, &FIELDS, &before);
    let known = register(&state, &access).await?;
    let counts = counts(&plan(&table, &chosen, &known));
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .add_table_import(NewTable {
            id,
            register: REGISTER,
            file_name: file_name(&headers),
            content_hash,
            content,
            columns: labelled(&table, &chosen),
            counts,
        })
        .await?;
    write.commit().await?;
    answer(&state, &access, id).await
}

/// Takes the columns for something else.
#[utoipa::path(put, path = paths::ORGANISATION_IMPORT_COLUMNS, tag = "organisations",
    request_body = ColumnChoice, params(("import" = TableImportId, Path)),
    responses((status = 200, body = TableImport), (status = 404, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn choose(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<TableImportId>,
    Json(choice): Json<ColumnChoice>,
) -> Result<Json<TableImport>, Problem> {
    access.require_municipality(Permission::OrganisationUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let stored = write
        .table_import(import)
        .await?
        .ok_or_else(Problem::not_found)?;
    let table = table(stored.content.ok_or_else(over)?).await?;
    if choice.fields.len() != table.headers.len() {
        return Err(Problem::malformed("fields"));
    }
    let chosen: Vec<Option<&'static str>> = choice
        .fields
        .iter()
        .map(|key| columns::key_of(key.as_deref()?, &FIELDS))
        .collect();
    let known = register(&state, &access).await?;
    let counts = counts(&plan(&table, &chosen, &known));
    write
        .put_table_columns(import, &labelled(&table, &chosen), counts)
        .await?;
    write.commit().await?;
    answer(&state, &access, import).await
}

/// Stores the schools in one change, or nothing. Repeating it changes nothing.
#[utoipa::path(post, path = paths::ORGANISATION_IMPORT_CONFIRM, tag = "organisations",
    params(("import" = TableImportId, Path)),
    responses((status = 200, body = TableImport), (status = 404, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn confirm(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<TableImportId>,
) -> Result<Json<TableImport>, Problem> {
    access.require_municipality(Permission::OrganisationUpdate)?;
    // The turn of this change is held while the register is read: nobody changes it in between.
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let stored = write
        .table_import(import)
        .await?
        .ok_or_else(Problem::not_found)?;
    match stored.import.state {
        TableImportState::Confirmed => {
            drop(write);
            return answer(&state, &access, import).await;
        }
        TableImportState::Undone => return Err(over()),
        TableImportState::Checked => {}
    }
    let table = table(stored.content.ok_or_else(over)?).await?;
    let chosen = chosen_of(&stored.columns);
    if !columns::problems(&table.headers, &chosen, &FIELDS).is_empty() {
        return Err(blocked());
    }
    let known = register(&state, &access).await?;
    let planned = plan(&table, &chosen, &known);
    let mut effect = Vec::with_capacity(planned.schools.len());
    for school in &planned.schools {
        write.put_organisation(school).await?;
        effect.push(SchoolEffect {
            before: known.iter().find(|one| one.id == school.id).cloned(),
            after: school.clone(),
        });
    }
    let counts = counts(&planned);
    write
        .table_import_confirmed(import, counts, &effect)
        .await?;
    write
        .audit(
            Permission::OrganisationUpdate.as_str(),
            format!("table_import {import}"),
            serde_json::json!({
                "sha256": stored.content_hash, "new": counts[0], "changed": counts[1],
                "left_out": counts[3],
            }),
        )
        .await?;
    write.commit().await?;
    answer(&state, &access, import).await
}

/// Undoes an import whole: schools it brought go, those it changed stand as before. Repeating it changes nothing.
#[utoipa::path(delete, path = paths::ORGANISATION_IMPORT, tag = "organisations",
    params(("import" = TableImportId, Path)),
    responses((status = 200, body = TableImport), (status = 404, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn undo(
    State(state): State<AppState>,
    access: Access,
    Path(import): Path<TableImportId>,
) -> Result<Json<TableImport>, Problem> {
    access.require_municipality(Permission::OrganisationUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let stored = write
        .table_import(import)
        .await?
        .ok_or_else(Problem::not_found)?;
    if stored.import.state != TableImportState::Undone {
        let known = register(&state, &access).await?;
        for one in &stored.effect {
            if known.iter().all(|school| *school != one.after) {
                return Err(changed_since(&one.after.short_name));
            }
        }
        for before in stored.effect.iter().filter_map(|one| one.before.as_ref()) {
            write.put_organisation(before).await?;
        }
        // Branches were brought after the schools they belong to, so they go before them.
        for one in stored
            .effect
            .iter()
            .rev()
            .filter(|one| one.before.is_none())
        {
            write
                .remove_organisation(one.after.id)
                .await
                .map_err(|error| match error {
                    StoreError::Dangling(_) => in_use(&one.after.short_name),
                    other => other.into(),
                })?;
        }
        write.table_import_undone(import).await?;
        write
            .audit(
                Permission::OrganisationUpdate.as_str(),
                format!("table_import {import}"),
                serde_json::json!({ "undone": stored.effect.len() }),
            )
            .await?;
        write.commit().await?;
    }
    answer(&state, &access, import).await
}

/// A workbook with the headings and an example, to be filled in.
#[utoipa::path(get, path = paths::ORGANISATION_TEMPLATE, tag = "organisations",
    params(("language" = Option<String>, Query, description = "`ru` (default) or `en`")),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn template(
    access: Access,
    Query(query): Query<InLanguage>,
) -> Result<Response, Problem> {
    access.require(Permission::OrganisationRead)?;
    let bytes = sheet::template(query.language).map_err(anyhow::Error::from)?;
    Ok(attachment(XLSX, "schools-template.xlsx", bytes).into_response())
}

/// The register as a workbook; brought back, it changes nothing.
#[utoipa::path(get, path = paths::ORGANISATIONS_FILE, tag = "organisations",
    params(("language" = Option<String>, Query, description = "`ru` (default) or `en`")),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn export(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<InLanguage>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::OrganisationRead)?;
    let schools = state
        .store
        .organisations(access.municipality, &reach)
        .await?;
    let bytes = sheet::written(&schools, query.language).map_err(anyhow::Error::from)?;
    Ok(attachment(XLSX, "schools.xlsx", bytes).into_response())
}

async fn answer(
    state: &AppState,
    access: &Access,
    import: TableImportId,
) -> Result<Json<TableImport>, Problem> {
    let stored = state
        .store
        .table_import(access.municipality, import)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(Json(shown(state, access, stored).await?))
}

/// The import with what stands in its file, as long as the file is kept.
async fn shown(
    state: &AppState,
    access: &Access,
    stored: StoredTable,
) -> Result<TableImport, Problem> {
    let mut import = stored.import;
    let Some(content) = stored.content else {
        return Ok(import);
    };
    let table = table(content).await?;
    let chosen = chosen_of(&stored.columns);
    let known = register(state, access).await?;
    let planned = plan(&table, &chosen, &known);
    [import.new, import.changed, import.same, import.left_out] = counts(&planned);
    let mut problems = columns::problems(&table.headers, &chosen, &FIELDS);
    let is_blocked = !problems.is_empty();
    problems.extend(planned.problems);
    let problem_count = u32::try_from(problems.len()).unwrap_or(u32::MAX);
    problems.truncate(SHOWN_PROBLEMS);
    import.content = Some(TableContent {
        sheet: table.sheet.clone(),
        header_row: table.header_row,
        columns: stored.columns,
        fields: FIELDS.iter().map(columns::Field::described).collect(),
        rows: table
            .rows
            .into_iter()
            .zip(planned.effects)
            .take(SHOWN_ROWS)
            .map(|((row, cells), (_, effect))| TableRow { row, effect, cells })
            .collect(),
        problems,
        problem_count,
        is_blocked,
    });
    Ok(import)
}

/// Reading a workbook takes its time: not on the threads that answer others.
async fn table(content: Vec<u8>) -> Result<Table, Problem> {
    tokio::task::spawn_blocking(move || read_table(&content, &FIELDS))
        .await
        .map_err(anyhow::Error::from)?
        .map_err(|text| {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "table_import.unreadable",
                text.ru,
                text.en,
            )
        })
}

async fn register(state: &AppState, access: &Access) -> Result<Vec<Organisation>, Problem> {
    let all = Reach::Municipality;
    Ok(state.store.organisations(access.municipality, &all).await?)
}

fn labelled(table: &Table, chosen: &[Option<&'static str>]) -> Vec<TableColumn> {
    let column = |(header, field): (&String, &Option<&'static str>)| TableColumn {
        header: header.clone(),
        field: field.map(str::to_owned),
    };
    table.headers.iter().zip(chosen).map(column).collect()
}

fn chosen_of(columns: &[TableColumn]) -> Vec<Option<&'static str>> {
    columns
        .iter()
        .map(|column| columns::key_of(column.field.as_deref()?, &FIELDS))
        .collect()
}

fn counts(planned: &Plan) -> RowCounts {
    let of = |wanted: RowEffect| {
        let found = planned
            .effects
            .iter()
            .filter(|(_, effect)| *effect == wanted);
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    [
        of(RowEffect::New),
        of(RowEffect::Changed),
        of(RowEffect::Same),
        of(RowEffect::LeftOut),
    ]
}

fn import_id(headers: &HeaderMap) -> Result<TableImportId, Problem> {
    headers
        .get(TABLE_IMPORT_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| {
            Problem::invalid(
                TABLE_IMPORT_ID_HEADER,
                "import.no_id",
                Text::new(
                    "В запросе нет номера загрузки. Обновите страницу и выберите файл ещё раз.",
                    "The request has no id of the import. Reload the page and choose the file again.",
                ),
            )
        })
}

fn over() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "table_import.over",
        "Эта загрузка уже подтверждена или отменена. Выберите файл ещё раз.",
        "This import was confirmed or undone already. Choose the file again.",
    )
}

fn blocked() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "table_import.columns",
        "Сначала разберитесь с колонками: что мешает, сказано над таблицей.",
        "Settle the columns first: what stands in the way is said above the table.",
    )
}

fn changed_since(school: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "table_import.changed_since",
        format!(
            "После загрузки кто-то изменил школу «{school}», отмена стёрла бы и это. Верните её карточку, как была, или исправьте школы по одной."
        ),
        format!(
            "Somebody changed the school “{school}” after the import, and undoing would wipe that out as well. Put its card back, or mend the schools one by one."
        ),
    )
}

fn in_use(school: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "table_import.in_use",
        format!(
            "Школа «{school}» из этой загрузки уже участвует в работе: у неё есть люди, события или результаты. Отменить загрузку целиком нельзя."
        ),
        format!(
            "The school “{school}” of this import is at work already: it has people, events or results. The import cannot be undone whole."
        ),
    )
}
