//! A real office plans: procedures, events at many schools at once, and the day that a school chooses.

use api::access::invitation::Invitation;
use api::access::session::{Role, Scope};
use api::forms::submission::Submission;
use api::id::{AttemptId, BatchId, MunicipalityId, OrganisationId, PersonId, ProcedureId};
use api::observation::day::DayBoard;
use api::observation::observer::Accreditation;
use api::procedures::batch::{Batch, BatchPreview};
use api::procedures::event::{Event, EventState};
use api::procedures::procedure::{Procedure, ProcedureCatalogue, ProcedureKind};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::store::{Author, ObserverProfile};
use uuid::Uuid;

use crate::access::person::{enter, new_person, role};
use crate::world::{Answer, Place, World, fact, school};

/// The day of the world's clock.
const TODAY: &str = "2026-04-15";

/// The cookie and the id of an office that was founded a moment ago and has nothing in it.
async fn founded(world: &World) -> (String, MunicipalityId) {
    let municipality = MunicipalityId(Uuid::now_v7());
    let address =
        server::founding::issue_address(&world.store, "https://orientir.example", world.now_ms())
            .await
            .expect("the database answers")
            .expect("nobody runs this installation");
    let (_, code) = address.split_once('#').expect("a code after #");
    let body = json!({
        "code": code, "municipality": municipality,
        "office": { "name": { "ru": "Заречный район", "en": "Zarechny district" }, "zone_minutes": 180 },
        "person": Uuid::now_v7(), "name": "Анна Ёлкина", "login": format!("anna-{}", Uuid::now_v7()),
        "password": "длинная фраза", "is_coordinator": true,
    });
    let answer = world.post("/api/v1/setup", "", body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    (answer.cookies(), municipality)
}

/// A school of the register that teaches these grades.
async fn add_school(
    world: &World,
    cookie: &str,
    name: &str,
    grades: std::ops::RangeInclusive<u8>,
) -> OrganisationId {
    let mut new = school(OrganisationId(Uuid::now_v7()), name);
    new.grades = grades.collect();
    let body = serde_json::to_value(&new).expect("a school");
    let answer = world
        .put(&api::paths::organisation(new.id), cookie, body)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    new.id
}

/// Accredits and trains an observer of the office until the end of the year; their cookie.
async fn registered(world: &World, municipality: MunicipalityId, observer: PersonId) -> String {
    let author = Author::system(municipality);
    let mut write = world
        .store
        .write(author, world.now_ms())
        .await
        .expect("write");
    write
        .put_observer(
            observer,
            &ObserverProfile {
                settlement: "Город".into(),
                languages: String::new(),
                accreditation: Some(Accreditation {
                    number: "1".into(),
                    from: "2026-01-01".into(),
                    until: "2026-12-31".into(),
                }),
            },
        )
        .await
        .expect("profile");
    let attempt = AttemptId(Uuid::now_v7());
    write
        .certify(attempt, observer, "2026-01-10", "2026-12-31", [12, 12])
        .await
        .expect("certificate");
    write.commit().await.expect("commit");
    let place = Place {
        municipality,
        ..world.home.clone()
    };
    world.session(&place, observer).await
}

fn procedure(id: ProcedureId) -> Value {
    json!({
        "id": id, "kind": "municipal_diagnostic", "level": "municipal",
        "title": { "ru": "Муниципальная работа", "en": "Municipal work" }, "year": 2026,
        "window": ["2026-04-01", "2026-05-20"],
        "plan": {
            "entry": "municipal_diagnostic", "subjects": ["math", "russian"], "grades": [5, 4],
        },
    })
}

async fn put_procedure(world: &World, cookie: &str, body: Value) -> Answer {
    world.post(api::paths::PROCEDURES, cookie, body).await
}

fn batch(id: BatchId, schools: &[OrganisationId], days: [&str; 2]) -> Value {
    json!({
        "id": id, "schools": schools, "subject": "math", "grades": [4, 5], "letters": ["а", "Б"],
        "days": days, "start": "10:00", "duration_minutes": 45,
    })
}

async fn plan(world: &World, cookie: &str, procedure: ProcedureId, body: Value) -> Answer {
    let path = api::paths::of_procedure(procedure, "batches");
    world.post(&path, cookie, body).await
}

async fn preview(world: &World, cookie: &str, procedure: ProcedureId, body: Value) -> BatchPreview {
    let path = api::paths::of_procedure(procedure, "batches/preview");
    let answer = world.post(&path, cookie, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

async fn events(world: &World, cookie: &str) -> Vec<Event> {
    world.get(api::paths::EVENTS, cookie).await.parse()
}

async fn undo(world: &World, cookie: &str, batch: BatchId) -> Answer {
    let path = api::paths::batch(batch);
    world.call(Method::DELETE, &path, cookie, None).await
}

/// An office that was founded empty.
struct Office {
    cookie: String,
    municipality: MunicipalityId,
}

/// A founded office with two schools and a procedure.
async fn office(world: &World) -> (Office, [OrganisationId; 2], ProcedureId) {
    let (cookie, municipality) = founded(world).await;
    let schools = [
        add_school(world, &cookie, "Верхняя", 1..=4).await,
        add_school(world, &cookie, "Нижняя", 1..=11).await,
    ];
    let id = ProcedureId(Uuid::now_v7());
    let answer = put_procedure(world, &cookie, procedure(id)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let office = Office {
        cookie,
        municipality,
    };
    (office, schools, id)
}

fact!(
    async fn a_founded_office_plans_and_its_observer_hands_the_sheet_in(world: World) {
        let (office, schools, id) = office(&world).await;
        let cookie = office.cookie.clone();
        assert!(events(&world, &cookie).await.is_empty());
        let batch_id = BatchId(Uuid::now_v7());
        let body = batch(batch_id, &schools, [TODAY, TODAY]);
        let found = preview(&world, &cookie, id, body.clone()).await;
        assert_eq!((found.new, found.existing), (6, 0));
        assert!(
            events(&world, &cookie).await.is_empty(),
            "a preview stores nothing"
        );
        let planned: Batch = plan(&world, &cookie, id, body).await.parse();
        assert_eq!((planned.planned, planned.touched), (6, 0));
        let all = events(&world, &cookie).await;
        assert_eq!(all.len(), 6);
        let event = all
            .iter()
            .find(|event| {
                event.organisation == schools[1] && event.class == "А" && event.grade == 5
            })
            .expect("the event of a class");

        let of = Scope::Municipality;
        let observer = new_person("Пётр Наблюдатель", role(Role::RegisteredObserver, of));
        let observer = enter(&world, &cookie, &observer).await.id;
        let theirs = registered(&world, office.municipality, observer).await;
        let offer = json!({ "id": Uuid::now_v7(), "person": observer, "role": "observer" });
        let offered = world
            .post(&api::paths::of_event(event.id, "requests"), &cookie, offer)
            .await;
        assert_eq!(offered.status, StatusCode::OK, "{}", offered.text);
        let declared = json!({ "event": event.id, "answer": "sign" });
        let signed = world
            .post(api::paths::DECLARATIONS, &theirs, declared)
            .await;
        assert_eq!(signed.status, StatusCode::OK, "{}", signed.text);
        let invited = world
            .post(
                api::paths::INVITATIONS,
                &cookie,
                json!({ "id": Uuid::now_v7(), "person": observer, "event": event.id }),
            )
            .await;
        assert_eq!(invited.status, StatusCode::OK, "{}", invited.text);
        let link = invited.parse::<Invitation>().link.expect("the link");
        let token = link.split_once('#').expect("a token").1;
        let entered = world
            .post("/api/v1/session/invitation", "", json!({ "token": token }))
            .await;
        let tablet = entered.cookies();
        let own = world.get(api::paths::ASSIGNMENTS, &tablet).await.json();
        let subject = json!({ "kind": "assignment", "assignment": own[0]["assignment"]["id"] });
        let opened = world
            .post(
                api::paths::SUBMISSIONS,
                &tablet,
                json!({ "id": Uuid::now_v7(), "subject": subject }),
            )
            .await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
        let sheet = opened.parse::<Submission>();
        let handed = world
            .post(
                &api::paths::submit(sheet.id),
                &tablet,
                json!({ "revision": 0, "incomplete_reason": "Смотрел только начало" }),
            )
            .await;
        assert_eq!(handed.status, StatusCode::OK, "{}", handed.text);

        let board: DayBoard = world.get(api::paths::DAY, &cookie).await.parse();
        assert_eq!((board.date.as_str(), board.sites.len()), (TODAY, 6));
        let site = board
            .sites
            .iter()
            .find(|site| site.event == event.id)
            .expect("the site");
        assert_eq!((site.submitted, site.state), (1, EventState::Done));
        let refused = undo(&world, &cookie, batch_id).await;
        assert_eq!(refused.code(), "batch.touched");
        assert_eq!(events(&world, &cookie).await.len(), 6);
    }
);

fact!(
    async fn planning_twice_adds_nothing_and_undoing_takes_all_back(world: World) {
        let (Office { cookie, .. }, schools, id) = office(&world).await;
        let first = BatchId(Uuid::now_v7());
        let body = batch(first, &schools, ["2026-04-16", "2026-04-16"]);
        let once: Batch = plan(&world, &cookie, id, body.clone()).await.parse();
        let again: Batch = plan(&world, &cookie, id, body.clone()).await.parse();
        assert_eq!(once, again);
        let other = BatchId(Uuid::now_v7());
        let same = batch(other, &schools, ["2026-04-16", "2026-04-16"]);
        assert_eq!(preview(&world, &cookie, id, same.clone()).await.existing, 6);
        let refused = plan(&world, &cookie, id, same.clone()).await;
        assert_eq!(refused.code(), "batch.nothing_new");
        assert_eq!(events(&world, &cookie).await.len(), 6);
        let undone: Batch = undo(&world, &cookie, first).await.parse();
        assert!(undone.undone_ms.is_some());
        assert!(events(&world, &cookie).await.is_empty());
        let repeated = undo(&world, &cookie, first).await;
        assert_eq!(repeated.status, StatusCode::OK, "{}", repeated.text);
        let anew = plan(&world, &cookie, id, same).await;
        assert_eq!(anew.status, StatusCode::OK, "{}", anew.text);
        assert_eq!(events(&world, &cookie).await.len(), 6);
    }
);

fact!(
    async fn a_school_chooses_its_day_within_the_window_once(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let id = ProcedureId(Uuid::now_v7());
        put_procedure(&world, &coordinator, procedure(id)).await;
        let schools = [world.home.own_school, world.home.other_school];
        let body = batch(
            BatchId(Uuid::now_v7()),
            &schools,
            ["2026-05-04", "2026-05-10"],
        );
        let planned = plan(&world, &coordinator, id, body).await;
        assert_eq!(planned.status, StatusCode::OK, "{}", planned.text);
        let all = events(&world, &coordinator).await;
        let of = |organisation: OrganisationId| {
            all.iter()
                .find(|event| event.procedure == id && event.organisation == organisation)
                .expect("an event")
        };
        let own = of(world.home.own_school);
        // The 9th and 10th are a holiday and a Sunday.
        assert_eq!(own.date, "2026-05-08");
        assert_eq!(
            own.open_days,
            Some(["2026-05-04".to_owned(), "2026-05-10".to_owned()])
        );
        let school = world.home_person(Role::SchoolCoordinator).await;
        let choose = async |event: &Event, date: &str| {
            let body = json!({ "date": date, "start": "09:00", "room": "7" });
            world
                .put(&api::paths::of_event(event.id, "day"), &school, body)
                .await
        };
        let foreign = choose(of(world.home.other_school), "2026-05-06").await;
        assert!(
            matches!(
                foreign.status,
                StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
            ),
            "{}",
            foreign.text
        );
        for outside in ["2026-05-03", "2026-05-09", "2026-05-11"] {
            let refused = choose(own, outside).await;
            assert_eq!(
                refused.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{outside}"
            );
        }
        let chosen: Event = choose(own, "2026-05-06").await.parse();
        assert_eq!(
            (chosen.date.as_str(), chosen.open_days),
            ("2026-05-06", None)
        );
        assert_eq!(choose(own, "2026-05-06").await.status, StatusCode::OK);
        assert_eq!(choose(own, "2026-05-07").await.code(), "event.day_is_set");
    }
);

fact!(
    async fn a_procedure_with_events_changes_only_in_what_leaves_them_whole(world: World) {
        let (Office { cookie, .. }, schools, id) = office(&world).await;
        let body = batch(
            BatchId(Uuid::now_v7()),
            &schools,
            ["2026-04-16", "2026-04-16"],
        );
        plan(&world, &cookie, id, body).await;
        let changes = [
            (
                "plan",
                json!({ "entry": "vpr", "subjects": ["math", "russian"], "grades": [4, 5] }),
            ),
            ("window", json!(["2026-05-01", "2026-05-20"])),
            (
                "plan",
                json!({ "entry": "", "subjects": ["russian"], "grades": [] }),
            ),
            (
                "plan",
                json!({ "entry": "", "subjects": [], "grades": [4] }),
            ),
        ];
        for (field, value) in changes {
            let mut new = procedure(id);
            new[field] = value;
            let refused = put_procedure(&world, &cookie, new).await;
            assert_eq!(
                refused.code(),
                "procedure.in_use",
                "{field}: {}",
                refused.text
            );
        }
        let mut new = procedure(id);
        new["title"] = json!({ "ru": "Весенняя работа", "en": "Spring work" });
        new["window"] = json!(["2026-04-10", "2026-04-30"]);
        let saved: Procedure = put_procedure(&world, &cookie, new).await.parse();
        assert_eq!(
            (saved.title.ru.as_str(), saved.events),
            ("Весенняя работа", 6)
        );
        assert_eq!(saved.plan.grades, [4, 5]);
        assert_eq!(saved.school_year, 2025);
    }
);

fact!(
    async fn what_cannot_be_planned_is_named(world: World) {
        let (Office { cookie, .. }, schools, id) = office(&world).await;
        let whole = batch(
            BatchId(Uuid::now_v7()),
            &schools,
            ["2026-04-16", "2026-04-16"],
        );
        let cases = [
            ("days", json!(["2026-06-16", "2026-06-16"])),
            ("days", json!(["2026-04-17", "2026-04-16"])),
            ("subject", json!("physics")),
            ("grades", json!([9])),
            ("grades", json!([])),
            ("schools", json!([])),
            ("schools", json!([Uuid::now_v7()])),
            ("start", json!("25:00")),
            ("duration_minutes", json!(0)),
            ("letters", json!(["очень длинная буква"])),
        ];
        for (field, value) in cases {
            let mut body = whole.clone();
            body[field] = value;
            let refused = plan(&world, &cookie, id, body).await;
            assert_eq!(
                refused.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{field}: {}",
                refused.text
            );
            assert_eq!(
                refused.json()["fields"][0]["field"],
                field,
                "{}",
                refused.text
            );
        }
        assert!(events(&world, &cookie).await.is_empty());
        let catalogue: ProcedureCatalogue = world
            .get(api::paths::PROCEDURE_CATALOGUE, &cookie)
            .await
            .parse();
        assert_eq!(catalogue.entries.len(), 20);
        assert!(!catalogue.checklists.is_empty());
        let figures = ProcedureId(Uuid::now_v7());
        let mut health = procedure(figures);
        health["plan"] = json!({ "entry": "health", "subjects": [], "grades": [] });
        let saved: Procedure = put_procedure(&world, &cookie, health).await.parse();
        assert_eq!(saved.kind, ProcedureKind::Study);
        let refused = plan(&world, &cookie, figures, whole).await;
        assert_eq!(refused.code(), "batch.figures");
    }
);
