//! The change log of a school: kept together, frozen four times a year, brought and taken as a workbook.

use api::id::OrganisationId;
use api::paths;
use api::registry::organisation::Organisation;
use api::schools::school_change::{
    ChangeEntry, ChangeImport, ChangeLog, ChangeOverview, ChangeReport, FreezeReport,
    PutSchoolChange, SchoolChange, WindowState,
};
use api::text::{Language, Text};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use crate::auth::{Access, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::papers::file;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::day::date_at;
use crate::rules::schools::change;
use crate::rules::schools::change::MOST_CHANGES;
use crate::rules::schools::change_workbook;
use crate::store::{NewRecord, RecordKind, SchoolRecord};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The logs of all schools in scope, in numbers, by name.
#[utoipa::path(get, path = paths::CHANGES, tag = "changes",
    responses((status = 200, body = ChangeOverview)))]
pub async fn overview(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<ChangeOverview>, Problem> {
    let reach = access.require(Permission::ChangeRead)?;
    let schools = state
        .store
        .organisations(access.municipality, &reach)
        .await?;
    let records = state
        .store
        .records(access.municipality, RecordKind::Change, None)
        .await?;
    let reports = state
        .store
        .change_reports(access.municipality, None)
        .await?;
    let today = today(&state, &access).await?;
    let summaries = schools
        .into_iter()
        .map(|school| {
            let own = records
                .iter()
                .filter(|record| record.organisation == school.id);
            let frozen: Vec<ChangeReport> = reports
                .iter()
                .filter(|(organisation, _)| *organisation == school.id)
                .map(|(_, report)| report.clone())
                .collect();
            let log = log(&school, own, &frozen, today)?;
            Ok(change::summary(&log))
        })
        .collect::<Result<_, Problem>>()?;
    Ok(Json(ChangeOverview {
        windows: change::windows(today)
            .into_iter()
            .map(change::Window::name)
            .collect(),
        schools: summaries,
    }))
}

/// The change log of a school with its reports.
#[utoipa::path(get, path = paths::SCHOOL_CHANGES, tag = "changes",
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = ChangeLog)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
) -> Result<Json<ChangeLog>, Problem> {
    let reach = access.require(Permission::ChangeRead)?;
    let school = school(&state, &access, &reach, organisation).await?;
    Ok(Json(whole(&state, &access, &school).await?))
}

/// Adds or changes one change, or takes it out; repeating it with the same operation changes nothing.
#[utoipa::path(put, path = paths::SCHOOL_CHANGES, tag = "changes", request_body = PutSchoolChange,
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = ChangeLog)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Json(put): Json<PutSchoolChange>,
) -> Result<Json<ChangeLog>, Problem> {
    let reach = access.require(Permission::ChangeUpdate)?;
    let school = school(&state, &access, &reach, organisation).await?;
    if !put.remove {
        checked(&put.change)?;
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let held = write.changes_in_force(organisation).await?;
    let is_known = held.iter().any(|change| change.id == put.change.id);
    if put.remove && !is_known {
        return Err(Problem::not_found());
    }
    if !is_known && held.len() >= MOST_CHANGES {
        return Err(full());
    }
    let is_new = write
        .add_record(&NewRecord {
            operation: put.operation,
            organisation,
            kind: RecordKind::Change,
            year: 0,
            key: put.change.id.to_string(),
            document: (!put.remove).then_some(&put.change),
        })
        .await?;
    if is_new {
        write
            .audit(
                Permission::ChangeUpdate.as_str(),
                format!("organisation {organisation}"),
                serde_json::json!({ "change": put.change.id, "removed": put.remove }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    Ok(Json(whole(&state, &access, &school).await?))
}

/// Freezes the log as the report of a window. A second report of a window is a correction and needs a reason.
#[utoipa::path(post, path = paths::SCHOOL_CHANGE_REPORTS, tag = "changes", request_body = FreezeReport,
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = ChangeLog)))]
pub async fn freeze(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Json(freeze): Json<FreezeReport>,
) -> Result<Json<ChangeLog>, Problem> {
    let reach = access.require(Permission::ChangeReport)?;
    let school = school(&state, &access, &reach, organisation).await?;
    let today = today(&state, &access).await?;
    let window = change::windows(today)
        .into_iter()
        .find(|window| window.key() == freeze.window)
        .ok_or_else(|| {
            Problem::invalid(
                "window",
                "change.window",
                Text::new(
                    "Такого окна отчётов в этом учебном году нет. Окна: ноябрь, январь, март, июнь.",
                    "This school year has no such report window. The windows: November, January, March, June.",
                ),
            )
        })?;
    if window.state(today, false) == WindowState::Ahead {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "change.ahead",
            format!("Окно отчётов ещё не открылось: {}.", window.name().ru),
            format!("The report window is not open yet: {}.", window.name().en),
        ));
    }
    let reason = freeze
        .reason
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    check::short("reason", reason.unwrap_or_default())?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write.has_report(freeze.id).await? {
        let changes = write.changes_in_force(organisation).await?;
        if changes.is_empty() {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "change.nothing",
                "В журнале нет ни одного изменения. Добавьте хотя бы одно и сдайте отчёт.",
                "The log holds no change. Add at least one and hand in the report.",
            ));
        }
        let version = write.report_version(organisation, &freeze.window).await? + 1;
        if version > 1 && reason.is_none() {
            return Err(Problem::invalid(
                "reason",
                "change.reason",
                Text::new(
                    "Отчёт этого окна уже сдан. Напишите, почему он исправляется; прежний сохранится.",
                    "The report of this window is in already. Write why it is corrected; the earlier one is kept.",
                ),
            ));
        }
        let hash = write
            .freeze_report(
                freeze.id,
                organisation,
                &freeze.window,
                version,
                reason.map(str::to_owned),
                &changes,
            )
            .await?;
        write
            .audit(
                Permission::ChangeReport.as_str(),
                format!("organisation {organisation}"),
                serde_json::json!({ "window": freeze.window, "version": version, "hash": hash }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    Ok(Json(whole(&state, &access, &school).await?))
}

/// Language of a workbook.
#[derive(Debug, Default, Deserialize)]
pub struct ExportQuery {
    /// `ru` or `en`.
    #[serde(default)]
    language: Language,
}

/// The log as a workbook.
#[utoipa::path(get, path = paths::SCHOOL_CHANGES_EXPORT, tag = "changes",
    params(("organisation" = OrganisationId, Path), ("language" = Option<String>, Query)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn export(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::ChangeRead)?;
    let school = school(&state, &access, &reach, organisation).await?;
    let log = whole(&state, &access, &school).await?;
    let bytes = change_workbook::write(&change::frozen(&log.entries), query.language)
        .map_err(anyhow::Error::from)?;
    let name = match query.language {
        Language::Ru => format!("Журнал изменений {}.xlsx", school.short_name),
        Language::En => format!("Change log {}.xlsx", school.short_name),
    };
    file::attachment(&name, XLSX, bytes)
}

/// Brings a workbook: everything is stored, or nothing with what is wrong by row and column. Rows are known again by
/// their record id; the same file brought twice changes nothing.
#[utoipa::path(post, path = paths::SCHOOL_CHANGES_IMPORT, tag = "changes",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = ChangeImport)))]
pub async fn import(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    body: Bytes,
) -> Result<Json<ChangeImport>, Problem> {
    let reach = access.require(Permission::ChangeUpdate)?;
    school(&state, &access, &reach, organisation).await?;
    if body.len() > api::papers::document::MAX_FILE_BYTES {
        return Err(file::too_large());
    }
    let (changes, problems) =
        tokio::task::spawn_blocking(move || change_workbook::read(&body, organisation))
            .await
            .map_err(anyhow::Error::from)?;
    let mut answer = ChangeImport {
        stored: 0,
        unchanged: 0,
        problems,
    };
    if !answer.problems.is_empty() {
        return Ok(Json(answer));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let held = write.changes_in_force(organisation).await?;
    let added = changes
        .iter()
        .filter(|change| held.iter().all(|known| known.id != change.id))
        .count();
    if held.len() + added > MOST_CHANGES {
        return Err(full());
    }
    for change in &changes {
        if held.contains(change) {
            answer.unchanged += 1;
            continue;
        }
        answer.stored += 1;
        write
            .add_record(&NewRecord {
                operation: Uuid::now_v7(),
                organisation,
                kind: RecordKind::Change,
                year: 0,
                key: change.id.to_string(),
                document: Some(change),
            })
            .await?;
    }
    if answer.stored > 0 {
        write
            .audit(
                Permission::ChangeUpdate.as_str(),
                format!("organisation {organisation}"),
                serde_json::json!({ "imported": answer.stored }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    Ok(Json(answer))
}

/// A school in reach.
pub(in crate::http) async fn school(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    organisation: OrganisationId,
) -> Result<Organisation, Problem> {
    reach.check(Place::organisation(organisation))?;
    state
        .store
        .organisation(access.municipality, organisation)
        .await?
        .ok_or_else(Problem::not_found)
}

/// Today at the municipality.
pub(in crate::http) async fn today(state: &AppState, access: &Access) -> Result<Date, Problem> {
    let zone = state.store.zone_minutes(access.municipality).await?;
    Ok(date_at(state.now_ms(), zone))
}

/// The log of a school as the caller sees it.
pub(in crate::http) async fn whole(
    state: &AppState,
    access: &Access,
    school: &Organisation,
) -> Result<ChangeLog, Problem> {
    let municipality = access.municipality;
    let records = state
        .store
        .records(municipality, RecordKind::Change, Some(school.id))
        .await?;
    let reports: Vec<ChangeReport> = state
        .store
        .change_reports(municipality, Some(school.id))
        .await?
        .into_iter()
        .map(|(_, report)| report)
        .collect();
    let mut log = log(
        school,
        records.iter(),
        &reports,
        today(state, access).await?,
    )?;
    log.may_change = access
        .require(Permission::ChangeUpdate)
        .is_ok_and(|reach| reach.covers(Place::organisation(school.id)));
    Ok(log)
}

fn log<'a>(
    school: &Organisation,
    records: impl Iterator<Item = &'a SchoolRecord>,
    reports: &[ChangeReport],
    today: Date,
) -> Result<ChangeLog, Problem> {
    Ok(ChangeLog {
        organisation: school.id,
        organisation_name: school.short_name.clone(),
        entries: records
            .map(|record| {
                Ok(ChangeEntry {
                    change: serde_json::from_str(&record.document)?,
                    person_name: record.person_name.clone(),
                    at_ms: record.at_ms,
                    versions: record.versions,
                })
            })
            .collect::<Result<_, serde_json::Error>>()
            .map_err(anyhow::Error::from)?,
        windows: change::report_windows(today, reports),
        may_change: false,
    })
}

fn checked(change: &SchoolChange) -> Result<(), Problem> {
    for (field, value) in [("starts", &change.starts), ("ends", &change.ends)] {
        if let Some(value) = value {
            check::date(field, value)?;
        }
    }
    match change::faults(change).into_iter().next() {
        Some((field, text)) => Err(Problem::invalid(field, "change.field", text)),
        None => Ok(()),
    }
}

fn full() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "change.full",
        format!(
            "В журнале уже {MOST_CHANGES} изменений. Уберите те, над которыми школа не работает."
        ),
        format!(
            "The log holds {MOST_CHANGES} changes already. Take out those the school does not work on."
        ),
    )
}
