//! `/api/v1/programmes/{programme}/lines`: lines of a roadmap, their days, and what was reported for them.

use api::id::{LineDateId, LineId, ProgrammeId};
use api::management::programme::{
    LineDraft, LineHistory, NewLineDate, NewLineReport, Outcome, Programme, ProgrammeState,
    RemoveLine,
};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;
use roadmap::Day;

use super::programme::{
    Shower, announce, changed_meanwhile, found, seen, shown, spanned, whole, years,
};
use crate::auth::{Access, Denied, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::management::programme as rules;
use crate::store::{LineEdit, NewLine, StoredLine, StoredProgramme};

/// Most characters of a text of a line.
const LONGEST: usize = 4_000;

/// What happened to a line, newest first. A school sees its own reports and those of the office.
#[utoipa::path(get, path = paths::PROGRAMME_LINE, tag = "programmes",
    params(("programme" = ProgrammeId, Path), ("line" = LineId, Path)),
    responses((status = 200, body = LineHistory)))]
pub async fn history(
    State(state): State<AppState>,
    access: Access,
    Path((programme, line)): Path<(ProgrammeId, LineId)>,
) -> Result<Json<LineHistory>, Problem> {
    let reach = access.require(Permission::ProgrammeRead)?;
    let stored = seen(&state, &access, programme).await?;
    of(&stored, line)?;
    let sees = |school| reach.covers(Place::organisation(school));
    Ok(Json(
        state
            .store
            .line_history(access.municipality, line, sees)
            .await?,
    ))
}

/// Enters a line, or changes it. Once the programme is approved, a ground is needed and the former words are kept.
#[utoipa::path(put, path = paths::PROGRAMME_LINE, tag = "programmes",
    params(("programme" = ProgrammeId, Path), ("line" = LineId, Path)), request_body = LineDraft,
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem)))]
pub async fn put(
    State(state): State<AppState>,
    access: Access,
    Path((programme, line)): Path<(ProgrammeId, LineId)>,
    Json(draft): Json<LineDraft>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeUpdate)?;
    let stored = found(&state, &access, programme).await?;
    let draft = checked(&stored, draft)?;
    let shower = Shower::new(&state, &access).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_active = stored.state == ProgrammeState::Active;
    match write.programme_line(line).await? {
        Some((of, known)) => {
            if of != programme {
                return Err(Problem::id_taken());
            }
            let (fields, earlier) =
                rules::changed(&known, &draft, is_active.then_some(shower.today));
            if fields.is_empty() && known.heading == draft.heading {
                drop(write);
                return shown(&state, &access, shower, programme).await;
            }
            if known.revision != draft.revision {
                return Err(changed_meanwhile());
            }
            reasoned(is_active, &draft.reason)?;
            let edit = LineEdit {
                heading: draft.heading,
                number: draft.number,
                measure: draft.measure,
                term: draft.term,
                earlier,
                executors: draft.executors,
                results: draft.results,
                // Whoever rewrote the line has looked at its cells.
                notes: Vec::new(),
            };
            write
                .edit_line(programme, line, edit, (&draft.reason, &fields))
                .await?;
        }
        None => {
            if draft.revision != 0 || write.is_line_taken(line).await? {
                return Err(taken_out());
            }
            reasoned(is_active, &draft.reason)?;
            let new = NewLine {
                id: line,
                heading: draft.heading,
                number: draft.number,
                measure: draft.measure,
                written_term: draft.term.clone(),
                written_executors: draft.executors.clone(),
                term: draft.term,
                executors: draft.executors,
                results: draft.results,
                others: Vec::new(),
                notes: Vec::new(),
            };
            write.add_line(programme, new).await?;
        }
    }
    write
        .audit(
            Permission::ProgrammeUpdate.as_str(),
            format!("programme_line {line}"),
            serde_json::json!({ "programme": programme, "reason": draft.reason.trim() }),
        )
        .await?;
    announce(&mut write, None, programme).await?;
    write.commit().await?;
    shown(&state, &access, shower, programme).await
}

/// Takes a line out; what was reported for it stays.
#[utoipa::path(post, path = paths::PROGRAMME_LINE_REMOVAL, tag = "programmes",
    params(("programme" = ProgrammeId, Path), ("line" = LineId, Path)), request_body = RemoveLine,
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem)))]
pub async fn remove(
    State(state): State<AppState>,
    access: Access,
    Path((programme, line)): Path<(ProgrammeId, LineId)>,
    Json(asked): Json<RemoveLine>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeUpdate)?;
    let stored = found(&state, &access, programme).await?;
    check::long("reason", &asked.reason)?;
    reasoned(stored.state == ProgrammeState::Active, &asked.reason)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    match write.programme_line(line).await? {
        Some((of, known)) if of == programme => {
            if known.revision != asked.revision {
                return Err(changed_meanwhile());
            }
        }
        Some(_) => return Err(Problem::not_found()),
        // Taken out before: a repetition changes nothing.
        None if write.is_line_taken(line).await? => {
            drop(write);
            return whole(&state, &access, programme).await;
        }
        None => return Err(Problem::not_found()),
    }
    write.remove_line(programme, line, &asked.reason).await?;
    write
        .audit(
            Permission::ProgrammeUpdate.as_str(),
            format!("programme_line {line}"),
            serde_json::json!({ "programme": programme, "removed": true, "reason": asked.reason.trim() }),
        )
        .await?;
    announce(&mut write, None, programme).await?;
    write.commit().await?;
    whole(&state, &access, programme).await
}

/// Gives a line a day, where its term does not say when.
#[utoipa::path(post, path = paths::PROGRAMME_LINE_DATES, tag = "programmes",
    params(("programme" = ProgrammeId, Path), ("line" = LineId, Path)), request_body = NewLineDate,
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem)))]
pub async fn give_date(
    State(state): State<AppState>,
    access: Access,
    Path((programme, line)): Path<(ProgrammeId, LineId)>,
    Json(new): Json<NewLineDate>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeUpdate)?;
    let stored = found(&state, &access, programme).await?;
    let known = of(&stored, line)?;
    spanned(["from", "to"], &new.from, &new.to)?;
    if roadmap::schedule::read(&known.term).is_determined() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "programme.has_days",
            "Срок этой строки сам называет дни. Чтобы перенести её, исправьте срок.",
            "The term of this line says when by itself. Change the term to move it.",
        ));
    }
    if new.from < stored.first_day || new.to > stored.last_day {
        return Err(Problem::invalid(
            "from",
            "programme.outside",
            Text::new(
                "Этот день лежит вне лет программы. Выберите день внутри них.",
                "This day lies outside the years of the programme. Choose one inside.",
            ),
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.give_line_date(line, &new).await? {
        write
            .audit(
                Permission::ProgrammeUpdate.as_str(),
                format!("programme_line {line}"),
                serde_json::json!({ "programme": programme, "from": new.from, "to": new.to }),
            )
            .await?;
        announce(&mut write, None, programme).await?;
        write.commit().await?;
    }
    whole(&state, &access, programme).await
}

/// Takes a given day back; what was reported for it stays.
#[utoipa::path(delete, path = paths::PROGRAMME_LINE_DATE, tag = "programmes",
    params(("programme" = ProgrammeId, Path), ("line" = LineId, Path), ("date" = LineDateId, Path)),
    responses((status = 200, body = Programme), (status = 404, body = api::problem::Problem)))]
pub async fn cancel_date(
    State(state): State<AppState>,
    access: Access,
    Path((programme, line, date)): Path<(ProgrammeId, LineId, LineDateId)>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeUpdate)?;
    let stored = found(&state, &access, programme).await?;
    of(&stored, line)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write.cancel_line_date(line, date).await? {
        return Err(Problem::not_found());
    }
    write
        .audit(
            Permission::ProgrammeUpdate.as_str(),
            format!("programme_line {line}"),
            serde_json::json!({ "programme": programme, "cancelled": date }),
        )
        .await?;
    announce(&mut write, None, programme).await?;
    write.commit().await?;
    whole(&state, &access, programme).await
}

/// Reports for a period: done, not held with a reason, or an earlier report taken back. The last report counts; all stay.
#[utoipa::path(post, path = paths::PROGRAMME_LINE_REPORTS, tag = "programmes",
    params(("programme" = ProgrammeId, Path), ("line" = LineId, Path)), request_body = NewLineReport,
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem)))]
pub async fn report(
    State(state): State<AppState>,
    access: Access,
    Path((programme, line)): Path<(ProgrammeId, LineId)>,
    Json(new): Json<NewLineReport>,
) -> Result<Json<Programme>, Problem> {
    let reach = access.require(Permission::ProgrammeReport)?;
    match new.organisation {
        Some(school) => reach.check(Place::organisation(school))?,
        None if reach != Reach::Municipality => return Err(Denied::Forbidden.into()),
        None => {}
    }
    let stored = seen(&state, &access, programme).await?;
    if stored.state == ProgrammeState::Draft {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "programme.draft",
            "Программа ещё не утверждена: отчитываться пока не о чем.",
            "The programme is not approved yet: there is nothing to report.",
        ));
    }
    let known = of(&stored, line)?;
    worded(&new)?;
    spanned(["from", "to"], &new.from, &new.to)?;
    let shower = Shower::new(&state, &access).await?;
    is_due(&stored, known, &shower, &new)?;
    if let Some(paper) = new.document {
        let reach = access.require(Permission::DocumentRead)?;
        let papers = state.store.documents(access.municipality, &reach).await?;
        if !papers.iter().any(|known| known.id == paper) {
            return Err(Problem::dangling());
        }
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.report_line(line, &new).await? {
        write
            .audit(
                Permission::ProgrammeReport.as_str(),
                format!("programme_line {line}"),
                serde_json::json!({
                    "programme": programme, "organisation": new.organisation, "from": new.from,
                    "to": new.to, "outcome": new.outcome, "document": new.document,
                }),
            )
            .await?;
        announce(&mut write, new.organisation, programme).await?;
        write.commit().await?;
    }
    shown(&state, &access, shower, programme).await
}

fn of(programme: &StoredProgramme, line: LineId) -> Result<&StoredLine, Problem> {
    programme
        .lines
        .iter()
        .find(|known| known.id == line)
        .ok_or_else(Problem::not_found)
}

/// The draft of a line without space around; its heading is one of the programme.
fn checked(programme: &StoredProgramme, draft: LineDraft) -> Result<LineDraft, Problem> {
    check::short("number", &draft.number)?;
    for (field, text) in [
        ("term", &draft.term),
        ("executors", &draft.executors),
        ("results", &draft.results),
        ("reason", &draft.reason),
    ] {
        if text.chars().count() > LONGEST {
            return Err(check::words(field, text, LONGEST)
                .err()
                .unwrap_or_else(Problem::too_large));
        }
    }
    let measure = check::words("measure", &draft.measure, LONGEST)?;
    let is_known = draft
        .heading
        .is_none_or(|heading| programme.headings.iter().any(|known| known.id == heading));
    if !is_known {
        return Err(Problem::dangling());
    }
    let trimmed = |text: &str| text.trim().to_owned();
    Ok(LineDraft {
        revision: draft.revision,
        heading: draft.heading,
        number: trimmed(&draft.number),
        measure,
        term: trimmed(&draft.term),
        executors: trimmed(&draft.executors),
        results: trimmed(&draft.results),
        reason: trimmed(&draft.reason),
    })
}

/// An approved programme is changed on a ground only (F-16: corrections with their basis).
fn reasoned(is_active: bool, reason: &str) -> Result<(), Problem> {
    if !is_active || !reason.trim().is_empty() {
        return Ok(());
    }
    Err(Problem::invalid(
        "reason",
        "programme.reason",
        Text::new(
            "Программа утверждена. Напишите основание изменения: приказ, протокол или данные, из-за которых строка меняется.",
            "The programme is approved. Write the ground of the change: an order, minutes, or the data because of which the line changes.",
        ),
    ))
}

fn worded(new: &NewLineReport) -> Result<(), Problem> {
    check::long("content", &new.content)?;
    if new.outcome != Outcome::Done && new.content.trim().is_empty() {
        return Err(Problem::invalid(
            "content",
            "field.empty",
            Text::new(
                "Напишите причину: она останется в ходе исполнения.",
                "Write the reason: it stays in the course of the line.",
            ),
        ));
    }
    Ok(())
}

/// A report is for a period that the line has and that has begun; on request, for a day that has come. A school reports
/// where it was asked.
fn is_due(
    programme: &StoredProgramme,
    line: &StoredLine,
    shower: &Shower,
    new: &NewLineReport,
) -> Result<(), Problem> {
    let shown = shower.reckoning(programme).one(line);
    if let Some(school) = new.organisation
        && !shower.is_asked(&shown, school)
    {
        return Err(Problem::not_found());
    }
    if new.from > shower.today.to_string() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "programme.ahead",
            "Этот срок ещё не начался. Отчитаться можно с его первого дня.",
            "This period has not begun. It can be reported from its first day on.",
        ));
    }
    let has = |period: &api::management::programme::LinePeriod| {
        (&period.from, &period.to) == (&new.from, &new.to)
    };
    let is_event = shown.kind == "on_request"
        && new.from == new.to
        && Day::parse(&new.from).is_some_and(|day| {
            let years = years(programme);
            years.from <= day && day <= years.to
        });
    if shown.periods.iter().any(has) || is_event {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        "programme.no_period",
        "У этой строки больше нет такого срока: её изменили. Обновите страницу и выберите срок из списка; ваш текст остался в форме.",
        "This line has no such period any more: it was changed. Reload the page and choose a period of the list; your text is still in the form.",
    ))
}

fn taken_out() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "programme.line_gone",
        "Этой строки больше нет: её исключили из дорожной карты. Ваш текст остался в форме: добавьте его новой строкой.",
        "This line is gone: it was taken out of the roadmap. Your text is still in the form: add it as a new line.",
    )
}
