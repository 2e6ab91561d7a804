//! `/api/v1/programmes`: programmes with their roadmaps, from the office's own table to an approved plan.

use api::id::{OrganisationId, ProgrammeId};
use api::live::LiveChange;
use api::management::programme::{
    FIRST_DAY_HEADER, LAST_DAY_HEADER, LineState, MAX_ROADMAP_BYTES, NewProgrammeReview, OwnSchool,
    PROGRAMME_ID_HEADER, PeriodState, Programme, ProgrammeOrder, ProgrammePassport,
    ProgrammeRights, ProgrammeState, ProgrammeSummary, ProgrammeTask,
};
use api::paths;
use api::registry::organisation::Organisation;
use api::text::Text;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use forms::workbook::write_xlsx;
use forms::xlsform::{Sheet, Workbook};
use roadmap::{Day, Period};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::auth::{Access, Denied, Permission, Place, Reach};
use crate::hex::hex;
use crate::http::check;
use crate::http::download::{XLSX, attachment};
use crate::http::extract::{Json, Path};
use crate::http::file_name::file_name;
use crate::http::problem::Problem;
use crate::http::schools::school_change::today;
use crate::http::state::AppState;
use crate::rules::day::{date_at, iso as iso_date};
use crate::rules::management::programme as rules;
use crate::rules::management::programme::{Reckoning, School};
use crate::rules::management::programme_file::rows_of;
use crate::store::{NewProgramme, StoredProgramme, Write};

/// Most characters of a longer text of a programme.
const LONGEST: usize = 4_000;

/// Programmes: those that begin last first. Drafts are shown to whoever may change them.
#[utoipa::path(get, path = paths::PROGRAMMES, tag = "programmes",
    responses((status = 200, body = Vec<ProgrammeSummary>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<ProgrammeSummary>>, Problem> {
    access.require(Permission::ProgrammeRead)?;
    let may_update = access
        .require_municipality(Permission::ProgrammeUpdate)
        .is_ok();
    let shower = Shower::new(&state, &access).await?;
    let stored = state.store.programmes(access.municipality).await?;
    Ok(Json(
        stored
            .iter()
            .filter(|one| may_update || one.state == ProgrammeState::Active)
            .map(|one| {
                let lines = shower.reckoning(one).lines(one);
                ProgrammeSummary {
                    id: one.id,
                    title: one.title.clone(),
                    first_day: one.first_day.clone(),
                    last_day: one.last_day.clone(),
                    state: one.state,
                    order: one.order.clone(),
                    count: rules::counted(&lines),
                }
            })
            .collect(),
    ))
}

/// One programme with its roadmap.
#[utoipa::path(get, path = paths::PROGRAMME, tag = "programmes", params(("programme" = ProgrammeId, Path)),
    responses((status = 200, body = Programme), (status = 404, body = api::problem::Problem)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(programme): Path<ProgrammeId>,
) -> Result<Json<Programme>, Problem> {
    access.require(Permission::ProgrammeRead)?;
    whole(&state, &access, programme).await
}

/// Brings a roadmap as a file: the body is the file itself; its name, the programme's id and years stand in headers. It
/// becomes a draft. Repeating it with the same id changes nothing; the same file is not taken twice.
#[utoipa::path(post, path = paths::PROGRAMMES, tag = "programmes",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(
        ("x-programme-id" = ProgrammeId, Header, description = "Id made by the client"),
        ("x-file-name" = String, Header, description = "Name of the file, percent-encoded UTF-8"),
        ("x-programme-first" = Option<String>, Header, description = "First day of the programme; else the file's own years"),
        ("x-programme-last" = Option<String>, Header, description = "Last day of the programme")),
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem),
        (status = 422, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeCreate)?;
    let id: ProgrammeId = header(&headers, PROGRAMME_ID_HEADER)
        .and_then(|value| value.parse().ok())
        .ok_or_else(no_id)?;
    let hash = hex(&Sha256::digest(&body));
    if let Some(kept) = state.store.programme_file(access.municipality, id).await? {
        if kept.as_ref() != Some(&hash) {
            return Err(Problem::id_taken());
        }
        return whole(&state, &access, id).await;
    }
    if let Some(title) = state
        .store
        .programme_of_file(access.municipality, &hash)
        .await?
    {
        return Err(brought_before(&title));
    }
    if body.len() > MAX_ROADMAP_BYTES {
        return Err(Problem::too_large());
    }
    let asked = years_asked(&headers)?;
    let now = today(&state, &access).await?.year();
    let file_name = file_name(&headers);
    let reading = tokio::task::spawn_blocking(move || roadmap::read(&body, asked))
        .await
        .map_err(anyhow::Error::from)?
        .map_err(|refusal| {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "programme.unreadable",
                refusal.words_ru(),
                refusal.words_en(),
            )
        })?;
    let years = reading
        .programme
        .unwrap_or_else(|| Period::years(now, now + 2));
    let (rows, notes) = rows_of(&reading, Uuid::now_v7);
    let title = reading
        .parts
        .iter()
        .find_map(|part| part.title.clone())
        .unwrap_or_else(|| stem(&file_name).to_owned());
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_new = write
        .add_programme(NewProgramme {
            id,
            title: title.chars().take(300).collect(),
            first_day: years.from.to_string(),
            last_day: years.to.to_string(),
            source: Some(file_name),
            source_hash: Some(hash),
            notes,
            rows,
        })
        .await?;
    if is_new {
        write
            .audit(
                Permission::ProgrammeCreate.as_str(),
                format!("programme {id}"),
                serde_json::json!({ "lines": reading.lines.len() }),
            )
            .await?;
        announce(&mut write, None, id).await?;
        write.commit().await?;
    }
    whole(&state, &access, id).await
}

/// Gives a draft another title and other years.
#[utoipa::path(put, path = paths::PROGRAMME, tag = "programmes", params(("programme" = ProgrammeId, Path)),
    request_body = ProgrammePassport,
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(programme): Path<ProgrammeId>,
    Json(passport): Json<ProgrammePassport>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeUpdate)?;
    let title = check::words("title", &passport.title, 300)?;
    spanned(
        ["first_day", "last_day"],
        &passport.first_day,
        &passport.last_day,
    )?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let (kept, revision) = write
        .programme_state(programme)
        .await?
        .ok_or(Denied::NotFound)?;
    if kept == ProgrammeState::Active {
        return Err(approved());
    }
    let stored = state
        .store
        .programme(access.municipality, programme)
        .await?
        .ok_or(Denied::NotFound)?;
    let is_same = (&stored.title, &stored.first_day, &stored.last_day)
        == (&title, &passport.first_day, &passport.last_day);
    if is_same {
        drop(write);
        return whole(&state, &access, programme).await;
    }
    if revision != passport.revision {
        return Err(changed_meanwhile());
    }
    write
        .rename_programme(programme, &title, [&passport.first_day, &passport.last_day])
        .await?;
    write
        .audit(
            Permission::ProgrammeUpdate.as_str(),
            format!("programme {programme}"),
            serde_json::json!({ "first_day": passport.first_day, "last_day": passport.last_day }),
        )
        .await?;
    announce(&mut write, None, programme).await?;
    write.commit().await?;
    whole(&state, &access, programme).await
}

/// Throws a draft away. An approved programme stays.
#[utoipa::path(delete, path = paths::PROGRAMME, tag = "programmes", params(("programme" = ProgrammeId, Path)),
    responses((status = 204), (status = 404, body = api::problem::Problem),
        (status = 409, body = api::problem::Problem)))]
pub async fn remove(
    State(state): State<AppState>,
    access: Access,
    Path(programme): Path<ProgrammeId>,
) -> Result<StatusCode, Problem> {
    access.require_municipality(Permission::ProgrammeUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    match write.programme_state(programme).await? {
        None => return Err(Problem::not_found()),
        Some((ProgrammeState::Active, _)) => return Err(approved()),
        Some((ProgrammeState::Draft, _)) => {}
    }
    write.drop_programme(programme).await?;
    write
        .audit(
            Permission::ProgrammeUpdate.as_str(),
            format!("programme {programme}"),
            serde_json::json!({ "dropped": true }),
        )
        .await?;
    announce(&mut write, None, programme).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Approves a draft by an order; from now on its lines are owed.
#[utoipa::path(post, path = paths::PROGRAMME_APPROVAL, tag = "programmes",
    params(("programme" = ProgrammeId, Path)), request_body = ProgrammeOrder,
    responses((status = 200, body = Programme), (status = 409, body = api::problem::Problem)))]
pub async fn approve(
    State(state): State<AppState>,
    access: Access,
    Path(programme): Path<ProgrammeId>,
    Json(order): Json<ProgrammeOrder>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeApprove)?;
    let number = check::words("number", &order.number, 60)?;
    check::date("day", &order.day)?;
    if order.day > iso_date(today(&state, &access).await?) {
        return Err(Problem::invalid(
            "day",
            "programme.order_ahead",
            Text::new(
                "Дата приказа ещё не наступила. Укажите день, которым приказ подписан.",
                "The day of the order is ahead. Give the day on which it was signed.",
            ),
        ));
    }
    let order = ProgrammeOrder {
        number,
        day: order.day,
    };
    let stored = found(&state, &access, programme).await?;
    if stored.lines.is_empty() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "programme.empty",
            "В дорожной карте нет ни одного мероприятия. Добавьте строки и утвердите её снова.",
            "The roadmap has no line. Add lines and approve it again.",
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let (kept, _) = write
        .programme_state(programme)
        .await?
        .ok_or(Denied::NotFound)?;
    if kept == ProgrammeState::Active {
        if stored.order.as_ref() == Some(&order) {
            drop(write);
            return whole(&state, &access, programme).await;
        }
        return Err(approved());
    }
    write.approve_programme(programme, &order).await?;
    write
        .audit(
            Permission::ProgrammeApprove.as_str(),
            format!("programme {programme}"),
            serde_json::json!({ "number": order.number, "day": order.day }),
        )
        .await?;
    announce(&mut write, None, programme).await?;
    write.commit().await?;
    whole(&state, &access, programme).await
}

/// Concludes on the effect of a block: what it was before, what it is after, and what follows.
#[utoipa::path(post, path = paths::PROGRAMME_REVIEWS, tag = "programmes",
    params(("programme" = ProgrammeId, Path)), request_body = NewProgrammeReview,
    responses((status = 200, body = Programme)))]
pub async fn review(
    State(state): State<AppState>,
    access: Access,
    Path(programme): Path<ProgrammeId>,
    Json(new): Json<NewProgrammeReview>,
) -> Result<Json<Programme>, Problem> {
    access.require_municipality(Permission::ProgrammeReview)?;
    check::words("before", &new.before, LONGEST)?;
    check::words("after", &new.after, LONGEST)?;
    check::words("content", &new.content, LONGEST)?;
    let stored = found(&state, &access, programme).await?;
    if !stored
        .headings
        .iter()
        .any(|heading| heading.id == new.heading)
    {
        return Err(Problem::dangling());
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.review_programme(programme, &new).await? {
        write
            .audit(
                Permission::ProgrammeReview.as_str(),
                format!("programme {programme}"),
                serde_json::json!({ "heading": new.heading, "conclusion": new.conclusion }),
            )
            .await?;
        announce(&mut write, None, programme).await?;
        write.commit().await?;
    }
    whole(&state, &access, programme).await
}

/// The roadmap as a workbook; brought back, it is read as the same lines.
#[utoipa::path(get, path = paths::PROGRAMME_FILE, tag = "programmes",
    params(("programme" = ProgrammeId, Path)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn file(
    State(state): State<AppState>,
    access: Access,
    Path(programme): Path<ProgrammeId>,
) -> Result<Response, Problem> {
    access.require(Permission::ProgrammeRead)?;
    let stored = seen(&state, &access, programme).await?;
    let bytes = write_xlsx(&Workbook {
        sheets: vec![Sheet {
            name: "Дорожная карта".to_owned(),
            rows: sheet(&stored),
        }],
    })
    .map_err(anyhow::Error::from)?;
    Ok(attachment(XLSX, "roadmap.xlsx", bytes).into_response())
}

/// Periods that wait for the caller's report and end by the last day of this month: overdue ones first.
#[utoipa::path(get, path = paths::PROGRAMME_TASKS, tag = "programmes",
    responses((status = 200, body = Vec<ProgrammeTask>)))]
pub async fn tasks(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<ProgrammeTask>>, Problem> {
    access.require(Permission::ProgrammeRead)?;
    let Ok(reach) = access.require(Permission::ProgrammeReport) else {
        return Ok(Json(Vec::new()));
    };
    let shower = Shower::new(&state, &access).await?;
    let soon = rules::month_end(shower.today);
    let mut found = Vec::new();
    for one in state.store.programmes(access.municipality).await? {
        if one.state != ProgrammeState::Active {
            continue;
        }
        for line in shower.reckoning(&one).lines(&one) {
            let task =
                |school: Option<&OwnSchool>, due: Option<&str>, overdue: bool| ProgrammeTask {
                    programme: one.id,
                    programme_title: one.title.clone(),
                    line: line.id,
                    number: line.number.clone(),
                    measure: line.measure.clone(),
                    school: school.cloned(),
                    due: due.map(str::to_owned),
                    overdue,
                };
            if reach == Reach::Municipality && line.state == LineState::NeedsDate {
                found.push(task(None, None, false));
            }
            for period in &line.periods {
                let overdue = period.state == PeriodState::Overdue;
                let is_open = overdue || period.state == PeriodState::Running;
                if !is_open || period.to > soon {
                    continue;
                }
                let due = Some(period.to.as_str());
                if reach == Reach::Municipality {
                    found.push(task(None, due, overdue));
                } else if period.schools[1] > 0 {
                    let open = shower
                        .own
                        .iter()
                        .filter(|school| !period.own.contains(&school.id))
                        .filter(|school| shower.is_asked(&line, school.id));
                    found.extend(open.map(|school| task(Some(school), due, overdue)));
                }
            }
        }
    }
    found.sort_by(|a, b| (a.due.is_none(), &a.due).cmp(&(b.due.is_none(), &b.due)));
    Ok(Json(found))
}

/// What programmes are shown with.
pub(super) struct Shower {
    /// Today.
    pub(super) today: Day,
    zone_minutes: i32,
    schools: Vec<School>,
    own: Vec<OwnSchool>,
    own_ids: Vec<OrganisationId>,
}

impl Shower {
    pub(super) async fn new(state: &AppState, access: &Access) -> Result<Self, Problem> {
        let all = state
            .store
            .organisations(access.municipality, &Reach::Municipality)
            .await?;
        let zone_minutes = state.store.zone_minutes(access.municipality).await?;
        let today = iso_date(date_at(state.now_ms(), zone_minutes));
        let own = match access.require(Permission::ProgrammeReport) {
            Ok(reach @ Reach::Parts { .. }) => all
                .iter()
                .filter(|school| reach.covers(Place::organisation(school.id)))
                .map(own_school)
                .collect(),
            _ => Vec::new(),
        };
        Ok(Shower {
            today: day(&today)?,
            zone_minutes,
            schools: all
                .iter()
                .map(|school| School {
                    id: school.id,
                    kind: school.kind,
                })
                .collect(),
            own_ids: own.iter().map(|school: &OwnSchool| school.id).collect(),
            own,
        })
    }

    pub(super) fn reckoning(&self, programme: &StoredProgramme) -> Reckoning<'_> {
        let since = programme
            .approved_ms
            .and_then(|at_ms| Day::parse(&iso_date(date_at(at_ms, self.zone_minutes))));
        Reckoning {
            years: years(programme),
            today: self.today,
            since,
            schools: &self.schools,
            own: &self.own_ids,
        }
    }

    pub(super) fn is_asked(
        &self,
        line: &api::management::programme::Line,
        school: OrganisationId,
    ) -> bool {
        rules::is_asked(line, &self.schools, school)
    }
}

fn own_school(school: &Organisation) -> OwnSchool {
    OwnSchool {
        id: school.id,
        name: school.short_name.clone(),
    }
}

/// The days of a programme; what is stored was checked, so nothing else can stand there.
pub(super) fn years(programme: &StoredProgramme) -> Period {
    let from = Day::parse(&programme.first_day);
    let to = Day::parse(&programme.last_day);
    match (from, to) {
        (Some(from), Some(to)) => Period { from, to },
        _ => Period::years(2000, 2000),
    }
}

fn day(text: &str) -> Result<Day, Problem> {
    Day::parse(text).ok_or_else(|| Problem::malformed(text))
}

/// A programme of the municipality.
pub(super) async fn found(
    state: &AppState,
    access: &Access,
    programme: ProgrammeId,
) -> Result<StoredProgramme, Problem> {
    state
        .store
        .programme(access.municipality, programme)
        .await?
        .ok_or_else(Problem::not_found)
}

/// A programme that the caller may see: drafts are of whoever may change them.
pub(super) async fn seen(
    state: &AppState,
    access: &Access,
    programme: ProgrammeId,
) -> Result<StoredProgramme, Problem> {
    let stored = found(state, access, programme).await?;
    if stored.state == ProgrammeState::Draft {
        access
            .require_municipality(Permission::ProgrammeUpdate)
            .map_err(|_| Denied::NotFound)?;
    }
    Ok(stored)
}

/// A programme as the caller sees it.
pub(super) async fn whole(
    state: &AppState,
    access: &Access,
    programme: ProgrammeId,
) -> Result<Json<Programme>, Problem> {
    shown(state, access, Shower::new(state, access).await?, programme).await
}

/// As [`whole`], where what programmes are shown with is at hand.
pub(super) async fn shown(
    state: &AppState,
    access: &Access,
    shower: Shower,
    programme: ProgrammeId,
) -> Result<Json<Programme>, Problem> {
    let stored = seen(state, access, programme).await?;
    let lines = shower.reckoning(&stored).lines(&stored);
    let may = |permission| access.require_municipality(permission).is_ok();
    Ok(Json(Programme {
        id: stored.id,
        revision: stored.revision,
        title: stored.title,
        first_day: stored.first_day,
        last_day: stored.last_day,
        state: stored.state,
        order: stored.order,
        source: stored.source,
        notes: stored.notes,
        today: shower.today.to_string(),
        headings: stored.headings,
        lines,
        reviews: stored.reviews,
        may: ProgrammeRights {
            update: may(Permission::ProgrammeUpdate),
            approve: may(Permission::ProgrammeApprove),
            report: may(Permission::ProgrammeReport),
            schools: shower.own,
            review: may(Permission::ProgrammeReview),
        },
    }))
}

pub(super) async fn announce(
    write: &mut Write,
    school: Option<OrganisationId>,
    programme: ProgrammeId,
) -> Result<(), Problem> {
    write
        .announce(school, None, &LiveChange::Programme { programme })
        .await?;
    Ok(())
}

/// Days in their order, both there.
pub(super) fn spanned(fields: [&str; 2], from: &str, to: &str) -> Result<(), Problem> {
    check::date(fields[0], from)?;
    check::date(fields[1], to)?;
    if from > to {
        return Err(Problem::invalid(
            fields[1],
            "programme.days",
            Text::new(
                "Последний день раньше первого. Поменяйте их местами.",
                "The last day is before the first. Swap them.",
            ),
        ));
    }
    if Day::parse(from).is_none() || Day::parse(to).is_none() {
        return Err(Problem::invalid(
            fields[0],
            "programme.years",
            Text::new(
                "Годы должны лежать между 1900 и 2199.",
                "Years must lie between 1900 and 2199.",
            ),
        ));
    }
    Ok(())
}

/// Somebody else changed it meanwhile: what was written stays in the form.
pub(super) fn changed_meanwhile() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "programme.changed",
        "Пока вы писали, это изменил кто-то другой. Ваш текст остался в форме: сравните его с новым и сохраните ещё раз.",
        "Somebody else changed this while you were writing. Your text is still in the form: compare it with the new one and save again.",
    )
}

fn approved() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "programme.approved",
        "Программа уже утверждена: её нельзя переименовать или удалить. Строки можно исправлять с указанием основания.",
        "The programme is approved: it cannot be renamed or deleted. Lines can be changed with a ground.",
    )
}

fn brought_before(title: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "programme.same_file",
        format!(
            "Этот файл уже загружен: программа «{title}». Откройте её в списке программ; чтобы загрузить заново, сначала удалите черновик."
        ),
        format!(
            "This file was brought before: the programme “{title}”. Open it in the list of programmes; to bring it again, delete the draft first."
        ),
    )
}

fn no_id() -> Problem {
    Problem::invalid(
        PROGRAMME_ID_HEADER,
        "import.no_id",
        Text::new(
            "В запросе нет номера загрузки. Обновите страницу и выберите файл ещё раз.",
            "The request has no id of the import. Reload the page and choose the file again.",
        ),
    )
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|value| !value.is_empty())
}

/// The years that somebody said, where somebody did.
fn years_asked(headers: &HeaderMap) -> Result<Option<Period>, Problem> {
    match (
        header(headers, FIRST_DAY_HEADER),
        header(headers, LAST_DAY_HEADER),
    ) {
        (Some(from), Some(to)) => {
            spanned([FIRST_DAY_HEADER, LAST_DAY_HEADER], from, to)?;
            Ok(Some(Period {
                from: day(from)?,
                to: day(to)?,
            }))
        }
        _ => Ok(None),
    }
}

/// Rows of the workbook: the title, the names of the columns, headings and lines in their order.
fn sheet(programme: &StoredProgramme) -> Vec<Vec<String>> {
    let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![
        row([&programme.title, "", "", "", ""]),
        row([
            "№ п/п",
            "Мероприятие",
            "Срок исполнения",
            "Исполнители",
            "Ожидаемый результат",
        ]),
    ];
    let mut shown = 0;
    for line in &programme.lines {
        let own = line.heading.and_then(|heading| {
            programme
                .headings
                .iter()
                .position(|known| known.id == heading)
        });
        for heading in programme
            .headings
            .iter()
            .take(own.map_or(0, |own| own + 1))
            .skip(shown)
        {
            let title = [heading.code.as_str(), heading.title.as_str()].join(" ");
            rows.push(row([title.trim(), "", "", "", ""]));
        }
        shown = shown.max(own.map_or(0, |own| own + 1));
        rows.push(row([
            &line.number,
            &line.measure,
            &line.term,
            &line.executors,
            &line.results,
        ]));
    }
    rows
}

fn stem(file_name: &str) -> &str {
    file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem)
}
