//! `/api/v1/events`: procedures at schools.

use api::id::{EventId, PersonId};
use api::paths;
use api::procedures::event::{
    CancelEvent, ChooseDay, Event, EventQuery, MAX_REASON, MoveEvent, NewEvent,
};
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Permission, Place, Reach};
use crate::clock::dotted;
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::observation::staffing::is_school_part;
use crate::rules::procedures::planning;
use crate::store::{Clash, EventFilter};

/// Events in the caller's scope, by date and start.
#[utoipa::path(get, path = paths::EVENTS, tag = "events", params(
        ("date" = Option<String>, Query, description = "On this date"),
        ("procedure" = Option<api::id::ProcedureId>, Query, description = "Of this procedure"),
        ("organisation" = Option<api::id::OrganisationId>, Query, description = "At this school")),
    responses((status = 200, body = Vec<Event>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<EventQuery>,
) -> Result<Json<Vec<Event>>, Problem> {
    let reach = access.require(Permission::EventRead)?;
    let filter = EventFilter {
        date: query.date,
        procedure: query.procedure,
        organisation: query.organisation,
        with_cancelled: true,
        ..EventFilter::default()
    };
    let mut events = state
        .store
        .events(access.municipality, &reach, access.person, &filter)
        .await?;
    for event in &mut events {
        withhold(event, &reach, access.person);
    }
    Ok(Json(events))
}

/// One event.
#[utoipa::path(get, path = paths::EVENT, tag = "events",
    params(("event" = EventId, Path)),
    responses((status = 200, body = Event)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
) -> Result<Json<Event>, Problem> {
    let reach = access.require(Permission::EventRead)?;
    let mut event = one(&state, &access, &reach, event).await?;
    withhold(&mut event, &reach, access.person);
    Ok(Json(event))
}

/// Takes away from a school who comes to watch it: that is the municipality's choice, and nobody is asked, named or
/// persuaded before the day. Whoever takes part in the event sees it whole.
pub(in crate::http) fn withhold(event: &mut Event, reach: &Reach, caller: PersonId) {
    if is_told_all(reach, event.id) {
        return;
    }
    event
        .assignments
        .retain(|part| is_school_part(part.role) || part.person == caller);
}

/// May the caller know everybody who takes part in an event?
pub(in crate::http) fn is_told_all(reach: &Reach, event: EventId) -> bool {
    match reach {
        Reach::Municipality => true,
        Reach::Parts { events, .. } => events.contains(&event),
    }
}

/// Plans an event, or changes one when the id is known.
#[utoipa::path(post, path = paths::EVENTS, tag = "events", request_body = NewEvent,
    responses((status = 200, body = Event)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewEvent>,
) -> Result<Json<Event>, Problem> {
    access.require_municipality(Permission::EventCreate)?;
    check::date("date", &new.date)?;
    check::time("start", &new.start)?;
    check::grade("grade", new.grade)?;
    check::short("subject", &new.subject)?;
    check::short("class", &new.class)?;
    check::short("room", &new.room)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.moves_sheets(&new).await? {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "event.has_sheets",
            "По этому мероприятию уже есть листы наблюдения: школу, день и процедуру изменить нельзя. Создайте новое мероприятие.",
            "There are observation sheets of this event already: its school, day and procedure cannot be changed. Plan a new event.",
        ));
    }
    write.put_event(&new).await?;
    write
        .audit(
            Permission::EventCreate.as_str(),
            format!("event {}", new.id),
            serde_json::json!({ "organisation": new.organisation, "date": new.date }),
        )
        .await?;
    write.commit().await?;
    one(&state, &access, &Reach::Municipality, new.id)
        .await
        .map(Json)
}

/// Moves an event: date, time and room, with a reason that everybody who takes part reads. Whoever is busy then is
/// named, and the event is moved only in the knowledge of it.
#[utoipa::path(put, path = paths::EVENT, tag = "events",
    params(("event" = EventId, Path)), request_body = MoveEvent,
    responses((status = 200, body = Event), (status = 409, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(mut new): Json<MoveEvent>,
) -> Result<Json<Event>, Problem> {
    access.require_municipality(Permission::EventUpdate)?;
    let found = one(&state, &access, &Reach::Municipality, event).await?;
    check::date("date", &new.date)?;
    check::time("start", &new.start)?;
    check::short("room", &new.room)?;
    minutes(new.duration_minutes)?;
    new.reason = check::words("reason", &new.reason, MAX_REASON)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if new.date != found.date && write.has_begun(event).await? {
        return Err(held(
            "перенести его на другой день",
            "be moved to another day",
        ));
    }
    if !new.despite_clashes {
        stop_clashes(&write.clashes(&found, &new).await?)?;
    }
    if write.move_event(event, &new).await? {
        write
            .audit(
                Permission::EventUpdate.as_str(),
                format!("event {event}"),
                serde_json::json!({
                    "moved": [new.date, new.start, new.room],
                    "before": [found.date, found.start, found.room],
                    "reason": new.reason, "despite_clashes": new.despite_clashes,
                }),
            )
            .await?;
    }
    write.commit().await?;
    one(&state, &access, &Reach::Municipality, event)
        .await
        .map(Json)
}

/// Calls an event off, with a reason that everybody who takes part reads. Moving it later holds it again.
#[utoipa::path(post, path = paths::EVENT_CANCELLATION, tag = "events",
    params(("event" = EventId, Path)), request_body = CancelEvent,
    responses((status = 200, body = Event), (status = 409, body = api::problem::Problem)))]
pub async fn cancel(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(mut new): Json<CancelEvent>,
) -> Result<Json<Event>, Problem> {
    access.require_municipality(Permission::EventUpdate)?;
    one(&state, &access, &Reach::Municipality, event).await?;
    new.reason = check::words("reason", &new.reason, MAX_REASON)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.has_begun(event).await? {
        return Err(held("отменить его", "be called off"));
    }
    if write.cancel_event(event, &new).await? {
        write
            .audit(
                Permission::EventUpdate.as_str(),
                format!("event {event}"),
                serde_json::json!({ "cancelled": true, "reason": new.reason }),
            )
            .await?;
    }
    write.commit().await?;
    one(&state, &access, &Reach::Municipality, event)
        .await
        .map(Json)
}

/// Sets the day that the school chose of those that are open. Later only the municipality moves the event.
#[utoipa::path(put, path = paths::EVENT_DAY, tag = "events",
    params(("event" = EventId, Path)), request_body = ChooseDay,
    responses((status = 200, body = Event), (status = 409, body = api::problem::Problem)))]
pub async fn choose(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
    Json(new): Json<ChooseDay>,
) -> Result<Json<Event>, Problem> {
    let reach = access.require(Permission::EventChoose)?;
    let found = one(&state, &access, &Reach::Municipality, event).await?;
    reach.check(Place::organisation(found.organisation))?;
    check::date("date", &new.date)?;
    check::time("start", &new.start)?;
    check::short("room", &new.room)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_repeated = found.date == new.date && found.start == new.start && found.room == new.room;
    match &found.open_days {
        Some(days) => within(days, &new)?,
        None if is_repeated => {
            write.commit_unchanged().await?;
            return seen(&state, &access, &reach, event).await;
        }
        None => return Err(day_is_set()),
    }
    let moved = MoveEvent {
        id: uuid::Uuid::now_v7(),
        date: new.date.clone(),
        start: new.start.clone(),
        duration_minutes: found.duration_minutes,
        room: new.room.clone(),
        reason: String::new(),
        despite_clashes: false,
    };
    if !write.clashes(&found, &moved).await?.is_empty() {
        return Err(busy());
    }
    write.choose_day(event, &new).await?;
    write
        .audit(
            Permission::EventChoose.as_str(),
            format!("event {event}"),
            serde_json::json!({ "chosen": [new.date, new.start, new.room] }),
        )
        .await?;
    write.commit().await?;
    seen(&state, &access, &reach, event).await
}

async fn seen(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    event: EventId,
) -> Result<Json<Event>, Problem> {
    let mut found = one(state, access, reach, event).await?;
    withhold(&mut found, reach, access.person);
    Ok(Json(found))
}

fn within(days: &[String; 2], new: &ChooseDay) -> Result<(), Problem> {
    let [opens, closes] = days;
    if new.date < *opens || new.date > *closes {
        return Err(Problem::invalid(
            "date",
            "event.outside",
            Text::new(
                format!("Выберите день с {} по {}.", dotted(opens), dotted(closes)),
                format!("Choose a day from {opens} to {closes}."),
            ),
        ));
    }
    if planning::is_off(&new.date) {
        return Err(Problem::invalid(
            "date",
            "event.day_off",
            Text::new(
                "Это выходной или праздник. Выберите учебный день.",
                "This is a weekend or a holiday. Choose a school day.",
            ),
        ));
    }
    Ok(())
}

fn day_is_set() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "event.day_is_set",
        "День этого события уже назначен. Изменить его может координатор муниципалитета.",
        "The day of this event is set already. The coordinator of the municipality can change it.",
    )
}

/// Who is busy is not told: a school does not learn who comes to watch it.
fn busy() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "event.day_busy",
        "В это время занят тот, кто уже назначен на событие. Выберите другой день или час.",
        "Somebody who takes part is busy then. Choose another day or hour.",
    )
}

/// Longest event, minutes: a day.
const LONGEST_MINUTES: u16 = 24 * 60;

pub(super) fn minutes(minutes: u16) -> Result<(), Problem> {
    if (1..=LONGEST_MINUTES).contains(&minutes) {
        return Ok(());
    }
    Err(Problem::invalid(
        "duration_minutes",
        "event.duration",
        Text::new(
            "Укажите длительность в минутах: от 1 до 1440.",
            "Give the duration in minutes: 1 to 1440.",
        ),
    ))
}

/// What was seen was seen there and then.
fn held(ru: &str, en: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "event.has_sheets",
        format!("По этому мероприятию уже есть начатые листы наблюдения: {ru} нельзя."),
        format!("There are observation sheets of this event already: it cannot {en}."),
    )
}

fn stop_clashes(clashes: &[Clash]) -> Result<(), Problem> {
    if clashes.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(
        StatusCode::CONFLICT,
        "event.clashes",
        "В это время заняты те, кто участвует. Выберите другое время или перенесите всё равно и назначьте других.",
        "People who take part are busy then. Choose another time, or move it anyway and assign others.",
    );
    for clash in clashes {
        let Clash {
            name,
            school,
            start,
        } = clash;
        problem = problem.with_field(
            "start",
            "event.clash",
            Text::new(
                format!("{name}: {school}, {start}"),
                format!("{name}: {school}, {start}"),
            ),
        );
    }
    Err(problem)
}

/// One event within reach.
pub(in crate::http) async fn one(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    event: EventId,
) -> Result<Event, Problem> {
    let filter = EventFilter {
        event: Some(event),
        with_cancelled: true,
        ..EventFilter::default()
    };
    state
        .store
        .events(access.municipality, reach, access.person, &filter)
        .await?
        .pop()
        .ok_or_else(Problem::not_found)
}
