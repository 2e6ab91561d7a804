//! Staffing: the rules of interest block on the server, and ties stay with their owner.

use api::access::session::{Grant, Role, Scope};
use api::id::{AssignmentId, AttemptId, EventId, OrganisationId, PersonId};
use api::observation::observer::Accreditation;
use api::procedures::event::{AssignmentRole, NewEvent, OwnAssignment};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::rules::observation::staffing::Load;
use server::store::{Author, ObserverProfile};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

/// Somebody on the register, accredited and trained until the end of the year.
pub(super) async fn registered(world: &World, name: &str) -> (PersonId, String) {
    let (person, cookie) = world
        .person(
            &world.home.clone(),
            Role::RegisteredObserver,
            Scope::Municipality,
        )
        .await;
    let mut write = world
        .store
        .write(Author::system(world.home.municipality), world.now_ms())
        .await
        .expect("write");
    write
        .put_person(&crate::world::person(person, name))
        .await
        .expect("person");
    write
        .put_observer(
            person,
            &ObserverProfile {
                settlement: "Город".into(),
                languages: String::new(),
                accreditation: Some(Accreditation {
                    number: person.to_string(),
                    from: "2026-01-01".into(),
                    until: "2026-12-31".into(),
                }),
            },
        )
        .await
        .expect("profile");
    write
        .certify(
            AttemptId(Uuid::now_v7()),
            person,
            "2026-01-10",
            "2026-12-31",
            [12, 12],
        )
        .await
        .expect("certificate");
    write.commit().await.expect("commit");
    (person, cookie)
}

async fn give(world: &World, cookie: &str, person: PersonId, role: &str, more: Value) -> Answer {
    post(world, cookie, "assignments", person, role, more).await
}

pub(super) async fn post(
    world: &World,
    cookie: &str,
    what: &str,
    person: PersonId,
    role: &str,
    more: Value,
) -> Answer {
    let mut body = json!({ "id": Uuid::now_v7(), "person": person, "role": role });
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let path = api::paths::of_event(world.home.own_event, what);
    world.post(&path, cookie, body).await
}

pub(super) async fn sign(world: &World, cookie: &str) -> Answer {
    world
        .post(
            api::paths::DECLARATIONS,
            cookie,
            json!({ "event": world.home.own_event, "answer": "sign" }),
        )
        .await
}

async fn tie(world: &World, cookie: &str, class: Value) -> Answer {
    world
        .post(
            api::paths::TIES,
            cookie,
            json!({
                "id": Uuid::now_v7(), "tie": "child", "organisation": world.home.own_school,
                "class": class,
            }),
        )
        .await
}

fn rules(answer: &Answer) -> Vec<String> {
    answer.json()["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|field| field["code"].as_str().map(str::to_owned))
        .collect()
}

pub(super) fn people(answer: &Answer, key: &str) -> Vec<String> {
    answer.json()[key]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|part| part["person_name"].as_str().map(str::to_owned))
        .collect()
}

fact!(
    async fn an_offered_part_is_given_when_the_declaration_is_signed(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let (person, cookie) = registered(&world, "Анна Чистова").await;
        let early = give(&world, &coordinator, person, "observer", json!({})).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        assert_eq!(early.code(), "staffing.blocked");
        assert_eq!(rules(&early), ["CR-8"]);
        let asked = post(
            &world,
            &coordinator,
            "requests",
            person,
            "observer",
            json!({}),
        )
        .await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
        assert_eq!(people(&asked, "requests"), ["Анна Чистова"]);
        let own = world.get(api::paths::DECLARATIONS, &cookie).await;
        assert_eq!(own.json()["requests"].as_array().map(Vec::len), Some(1));
        let signed = sign(&world, &cookie).await;
        assert_eq!(signed.status, StatusCode::OK, "{}", signed.text);
        assert_eq!(signed.json()["requests"], json!([]));
        let staffing = world
            .get(
                &api::paths::of_event(world.home.own_event, "staffing"),
                &coordinator,
            )
            .await;
        assert!(people(&staffing, "parts").contains(&"Анна Чистова".to_owned()));
        assert_eq!(people(&staffing, "requests"), Vec::<String>::new());
        // The part opens the event to the person, and no other one.
        let assignments = world.get(api::paths::ASSIGNMENTS, &cookie).await;
        assert_eq!(assignments.json().as_array().map(Vec::len), Some(1));
        let other = world
            .get(&api::paths::event(world.home.other_event), &cookie)
            .await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn a_child_in_the_class_blocks_and_is_not_told(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let (person, cookie) = registered(&world, "Мать Ученика").await;
        let declared = tie(&world, &cookie, json!({ "grade": 5, "letter": "А" })).await;
        assert_eq!(declared.status, StatusCode::OK, "{}", declared.text);
        sign(&world, &cookie).await;
        let refused = give(
            &world,
            &coordinator,
            person,
            "observer",
            json!({ "override_reason": "очень нужно" }),
        )
        .await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        assert_eq!(rules(&refused), ["undisclosed"]);
        let asked = post(
            &world,
            &coordinator,
            "requests",
            person,
            "observer",
            json!({}),
        )
        .await;
        assert_eq!(asked.code(), "staffing.blocked");
        let candidates = world
            .get(
                &format!(
                    "{}?role=observer",
                    api::paths::of_event(world.home.own_event, "candidates")
                ),
                &coordinator,
            )
            .await;
        let found = candidates.json();
        let mother = found
            .as_array()
            .into_iter()
            .flatten()
            .find(|one| one["name"] == "Мать Ученика")
            .expect("she is on the register");
        assert_eq!(mother["findings"][0]["rule"], Value::Null);
        assert_eq!(
            mother["findings"][0]["message"]["ru"],
            "Есть причина не назначать; человек её не раскрывает."
        );
        // Nothing of the tie leaves the server but to its owner: neither in the lists nor in the log.
        let log = world
            .get(
                api::paths::AUDIT,
                &world.home_person(Role::Administrator).await,
            )
            .await;
        for text in [&refused.text, &asked.text, &candidates.text, &log.text] {
            for word in ["ребёнок", "child\"", "CR-1\"", "letter"] {
                assert!(!text.contains(word), "{word} in {text}");
            }
        }
        let own = world.get(api::paths::DECLARATIONS, &cookie).await;
        assert!(own.text.contains("\"letter\":\"А\""), "{}", own.text);
    }
);

fact!(
    async fn a_warning_is_overridden_by_the_coordinator_with_a_reason_in_the_log(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let (person, cookie) = registered(&world, "Отец Старшего").await;
        tie(&world, &cookie, json!({ "grade": 9, "letter": "Б" })).await;
        sign(&world, &cookie).await;
        let warned = give(&world, &coordinator, person, "observer", json!({})).await;
        assert_eq!(warned.code(), "staffing.warned");
        let blank = json!({ "override_reason": "   " });
        let blank = give(&world, &coordinator, person, "observer", blank).await;
        assert_eq!(blank.code(), "staffing.warned");
        let reason = json!({ "override_reason": "Других нет, ребёнок в другом корпусе" });
        let given = give(&world, &coordinator, person, "observer", reason).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.text);
        let part = given.json()["parts"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|part| part["person_name"] == "Отец Старшего")
            .cloned()
            .expect("assigned");
        assert_eq!(part["findings"][0]["effect"], "warn");
        assert_eq!(
            part["override_reason"],
            "Других нет, ребёнок в другом корпусе"
        );
        let administrator = world.home_person(Role::Administrator).await;
        let log = world.get(api::paths::AUDIT, &administrator).await;
        assert!(log.text.contains("staffing.override"), "{}", log.text);
    }
);

fact!(
    async fn a_teacher_neither_organises_nor_checks_the_own_class(world: World) {
        let school = world.home_person(Role::SchoolCoordinator).await;
        let teacher = PersonId(Uuid::now_v7());
        let colleague = PersonId(Uuid::now_v7());
        let mut write = world
            .store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .expect("write");
        for (person, name, letter) in [(teacher, "Учитель", "А"), (colleague, "Коллега", "Б")]
        {
            write
                .put_person(&crate::world::person(person, name))
                .await
                .expect("person");
            let load = Load {
                organisation: world.home.own_school,
                subject: "math".into(),
                class: (5, letter.into()),
            };
            for _ in 0..2 {
                write
                    .put_load(Uuid::now_v7(), person, &load)
                    .await
                    .expect("load");
            }
        }
        write.commit().await.expect("commit");
        for person in [teacher, colleague] {
            let paper = world
                .post(
                    api::paths::DECLARATIONS,
                    &school,
                    json!({
                        "event": world.home.own_event, "answer": "sign", "person": person,
                        "paper_reference": "№ 4 от 10.04.2026",
                    }),
                )
                .await;
            assert_eq!(paper.status, StatusCode::OK, "{}", paper.text);
        }
        let organises = give(&world, &school, teacher, "organiser", json!({})).await;
        assert_eq!(rules(&organises), ["CR-4"]);
        let checks = give(&world, &school, teacher, "checker", json!({})).await;
        assert_eq!(rules(&checks), ["CR-5", "CR-10"]);
        let agreement = world
            .put(
                &api::paths::of_event(world.home.own_event, "agreement"),
                &school,
                json!({ "date": "2026-04-10", "participants": "оба", "decisions": "по критериям" }),
            )
            .await;
        assert_eq!(agreement.status, StatusCode::OK, "{}", agreement.text);
        let checks = give(&world, &school, colleague, "checker", json!({})).await;
        assert_eq!(checks.status, StatusCode::OK, "{}", checks.text);
        // Who watches the school is not the school's choice.
        let observes = give(&world, &school, colleague, "observer", json!({})).await;
        assert_eq!(observes.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
);

fact!(
    async fn an_invitation_is_judged_like_an_assignment(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let untrained = PersonId(Uuid::now_v7());
        let mut write = world
            .store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .expect("write");
        write
            .put_person(&crate::world::person(untrained, "Новичок"))
            .await
            .expect("person");
        write.commit().await.expect("commit");
        let invite = async |person: PersonId| {
            world
                .post(
                    api::paths::INVITATIONS,
                    &coordinator,
                    json!({
                        "id": Uuid::now_v7(), "person": person, "event": world.home.own_event,
                    }),
                )
                .await
        };
        let refused = invite(untrained).await;
        assert_eq!(refused.code(), "staffing.blocked", "{}", refused.text);
        assert_eq!(rules(&refused), ["CR-9", "C-07"]);
        let (person, _) = registered(&world, "Готовый").await;
        let invited = invite(person).await;
        assert_eq!(invited.status, StatusCode::OK, "{}", invited.text);
        let link = invited.json()["link"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let token = link.split_once('#').expect("a token").1.to_owned();
        let entered = world
            .post(
                api::paths::SESSION_INVITATION,
                "",
                json!({ "token": token }),
            )
            .await;
        let cookies = entered.cookies();
        let before = world.get(api::paths::ASSIGNMENTS, &cookies).await;
        assert_eq!(before.json(), json!([]), "no part before the declaration");
        sign(&world, &cookies).await;
        let after = world.get(api::paths::ASSIGNMENTS, &cookies).await;
        assert_eq!(after.json().as_array().map(Vec::len), Some(1));
    }
);

fact!(
    async fn a_part_is_taken_back_until_the_sheet_is_begun(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let path = |assignment: AssignmentId| {
            api::paths::event_assignment(world.home.own_event, assignment)
        };
        let observer = world.observer().await;
        world
            .post(
                "/api/v1/submissions",
                &observer,
                json!({ "id": Uuid::now_v7(), "subject": {
                    "kind": "assignment", "assignment": world.home.own_assignment,
                } }),
            )
            .await;
        let begun = world
            .call(
                Method::DELETE,
                &path(world.home.own_assignment),
                &coordinator,
                None,
            )
            .await;
        assert_eq!(begun.code(), "staffing.begun", "{}", begun.text);
        let (person, cookie) = registered(&world, "Запасной").await;
        let id = AssignmentId(Uuid::now_v7());
        let mut write = world
            .store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .expect("write");
        write
            .assign(id, world.home.own_event, person, AssignmentRole::Observer)
            .await
            .expect("assigned");
        let grant = Grant {
            role: Role::Observer,
            scope: Scope::Event {
                event: world.home.own_event,
            },
        };
        write.grant_role(person, &grant).await.expect("grant");
        write.commit().await.expect("commit");
        let event = api::paths::event(world.home.own_event);
        assert_eq!(world.get(&event, &cookie).await.status, StatusCode::OK);
        let removed = world
            .call(Method::DELETE, &path(id), &coordinator, None)
            .await;
        assert_eq!(removed.status, StatusCode::OK, "{}", removed.text);
        let shut = world.get(&event, &cookie).await;
        assert_ne!(shut.status, StatusCode::OK, "the role went with the part");
    }
);

fact!(
    async fn an_event_with_gaps_is_ready_only_for_a_reason(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let path = api::paths::of_event(world.home.own_event, "readiness");
        let open = world.post(&path, &coordinator, json!({})).await;
        assert_eq!(open.status, StatusCode::CONFLICT);
        let gaps: Vec<String> = open.json()["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|field| field["field"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(
            gaps,
            [
                "passport",
                "municipal_order",
                "school_order",
                "marking",
                "staffing"
            ]
        );
        let sections = ["concept", "uniformity", "specialists", "impartiality"];
        let parts: Vec<Value> = sections
            .iter()
            .map(|section| json!({ "section": section, "content": "Описано" }))
            .collect();
        let passport = world
            .put(
                &api::paths::of_procedure(world.home.procedure, "passport"),
                &coordinator,
                json!({ "parts": parts }),
            )
            .await;
        assert_eq!(passport.status, StatusCode::OK, "{}", passport.text);
        for organisation in [Value::Null, json!(world.home.own_school)] {
            let order = world
                .post(
                    &api::paths::of_procedure(world.home.procedure, "orders"),
                    &coordinator,
                    json!({
                        "id": Uuid::now_v7(), "procedure": world.home.procedure,
                        "organisation": organisation, "number": "17", "date": "2026-03-20",
                        "title": "О проведении работ",
                    }),
                )
                .await;
            assert_eq!(order.status, StatusCode::OK, "{}", order.text);
        }
        let now = world.get(&path, &coordinator).await;
        let done: Vec<bool> = now.json()["lines"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| line["done"] == json!(true))
            .collect();
        assert_eq!(done, [true, true, true, false, false]);
        let reason = json!({ "reason": "Проверяет муниципальная комиссия" });
        let ready = world.post(&path, &coordinator, reason).await;
        assert_eq!(ready.status, StatusCode::OK, "{}", ready.text);
        assert_eq!(
            ready.json()["ready"]["gaps"],
            json!(["marking", "staffing"])
        );
    }
);

fact!(
    async fn a_school_learns_from_no_place_who_watches_it(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let school = world.home_person(Role::SchoolCoordinator).await;
        let (person, _) = registered(&world, "Анна Чистова").await;
        let asked = post(
            &world,
            &coordinator,
            "requests",
            person,
            "observer",
            json!({}),
        )
        .await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
        let event = world.home.own_event;
        let observer = world.home.observer.to_string();
        for path in [
            api::paths::EVENTS.to_owned(),
            api::paths::event(event),
            api::paths::of_event(event, "staffing"),
        ] {
            let told = world.get(&path, &school).await;
            assert_eq!(told.status, StatusCode::OK, "{}", told.text);
            assert!(!told.text.contains(&observer), "{path} tells the observer");
            assert!(
                !told.text.contains("Анна Чистова"),
                "{path} tells who was asked"
            );
            let office = world.get(&path, &coordinator).await;
            assert!(
                office.text.contains(&observer),
                "the office is told at {path}"
            );
        }
        let pool = format!(
            "{}?role=observer",
            api::paths::of_event(event, "candidates")
        );
        let refused = world.get(&pool, &school).await;
        assert_eq!(refused.json()["fields"][0]["code"], "staffing.role");
    }
);

fact!(
    async fn a_school_answers_no_offer_for_its_observer(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let school = world.home_person(Role::SchoolCoordinator).await;
        let (person, _) = registered(&world, "Анна Чистова").await;
        post(
            &world,
            &coordinator,
            "requests",
            person,
            "observer",
            json!({}),
        )
        .await;
        for answer in ["decline", "sign"] {
            let paper = json!({
                "event": world.home.own_event, "answer": answer, "person": person,
                "paper_reference": "папка 3",
            });
            let refused = world.post(api::paths::DECLARATIONS, &school, paper).await;
            assert_eq!(
                refused.json()["fields"][0]["code"],
                "staffing.role",
                "{answer}: {}",
                refused.text
            );
        }
        let staffing = world
            .get(
                &api::paths::of_event(world.home.own_event, "staffing"),
                &coordinator,
            )
            .await;
        assert_eq!(people(&staffing, "requests"), ["Анна Чистова"]);
    }
);

fact!(
    async fn an_event_with_sheets_stays_where_they_were_filled(world: World) {
        let observer = world.observer().await;
        crate::forms::submission::sheet(&world, &observer).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let found: api::procedures::event::Event = world
            .get(&api::paths::event(world.home.own_event), &coordinator)
            .await
            .parse();
        let moved = |date: &str, room: &str| {
            json!({
                "id": found.id, "procedure": found.procedure, "organisation": found.organisation,
                "date": date, "start": found.start, "duration_minutes": found.duration_minutes,
                "subject": found.subject, "grade": found.grade, "class": found.class, "room": room,
            })
        };
        let refused = world
            .post(
                api::paths::EVENTS,
                &coordinator,
                moved("2026-05-30", &found.room),
            )
            .await;
        assert_eq!(refused.code(), "event.has_sheets", "{}", refused.text);
        let another_room = world
            .post(api::paths::EVENTS, &coordinator, moved(&found.date, "7"))
            .await;
        assert_eq!(another_room.status, StatusCode::OK, "{}", another_room.text);
    }
);

/// A lesson of 45 minutes at a school on the day of the world's event.
async fn lesson(world: &World, school: OrganisationId, start: &str) -> EventId {
    let id = EventId(Uuid::now_v7());
    let mut write = world
        .store
        .write(Author::system(world.home.municipality), world.now_ms())
        .await
        .expect("write");
    write
        .put_event(&NewEvent {
            id,
            procedure: world.home.procedure,
            organisation: school,
            date: "2026-04-15".into(),
            start: start.into(),
            duration_minutes: 45,
            subject: "math".into(),
            grade: 6,
            class: "Б".into(),
            room: String::new(),
        })
        .await
        .expect("event");
    write.commit().await.expect("commit");
    id
}

async fn offer_and_sign(
    world: &World,
    coordinator: &str,
    who: &(PersonId, String),
    event: EventId,
) -> Answer {
    let body = json!({ "id": Uuid::now_v7(), "person": who.0, "role": "observer" });
    let asked = world
        .post(&api::paths::of_event(event, "requests"), coordinator, body)
        .await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let body = json!({ "event": event, "answer": "sign" });
    let signed = world.post(api::paths::DECLARATIONS, &who.1, body).await;
    assert_eq!(signed.status, StatusCode::OK, "{}", signed.text);
    asked
}

/// What is said of a person's place in time in a list of parts or offers.
fn told(list: &Value, person: PersonId) -> Vec<String> {
    let own = list
        .as_array()
        .into_iter()
        .flatten()
        .filter(|one| one["person"].is_null() || one["person"] == json!(person));
    own.flat_map(|one| one["findings"].as_array().cloned().unwrap_or_default())
        .filter(|finding| finding["rule"] == "TIME")
        .filter_map(|finding| finding["message"]["ru"].as_str().map(str::to_owned))
        .collect()
}

fact!(
    async fn one_person_in_two_places_is_said_wherever_it_is_decided(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let who = registered(&world, "Анна Чистова").await;
        let (own, other) = (world.home.own_school, world.home.other_school);
        let first = lesson(&world, own, "09:00").await;
        let second = lesson(&world, own, "09:20").await;
        let third = lesson(&world, other, "09:00").await;
        let later = lesson(&world, own, "10:45").await;
        let asked = offer_and_sign(&world, &coordinator, &who, first).await;
        assert_eq!(told(&asked.json()["requests"], who.0), Vec::<String>::new());
        for event in [second, third] {
            // At the offer.
            let asked = offer_and_sign(&world, &coordinator, &who, event).await;
            let expected = ["В это время человек назначен в другое место: Своя, 09:00."];
            assert_eq!(told(&asked.json()["requests"], who.0), expected);
            // At the signature: it waits for the coordinator's word.
            let declarations = world.get(api::paths::DECLARATIONS, &who.1).await.json();
            let own = declarations["requests"].as_array().into_iter().flatten();
            let own: Vec<Value> = own
                .filter(|one| one["event"] == json!(event))
                .cloned()
                .collect();
            assert!(told(&json!(own), who.0).contains(&expected[0].to_owned()));
            let body = json!({ "id": Uuid::now_v7(), "person": who.0, "role": "observer" });
            let path = api::paths::of_event(event, "assignments");
            let warned = world.post(&path, &coordinator, body.clone()).await;
            assert_eq!(warned.code(), "staffing.warned", "{}", warned.text);
            let mut body = body;
            body["override_reason"] = json!("Напарник подменит на первые двадцать минут");
            let given = world.post(&path, &coordinator, body).await;
            assert_eq!(given.status, StatusCode::OK, "{}", given.text);
        }
        // At the event, also at the one that was given first.
        for event in [first, second, third] {
            let path = api::paths::of_event(event, "staffing");
            let staffing = world.get(&path, &coordinator).await.json();
            assert_eq!(told(&staffing["parts"], who.0).len(), 1, "{staffing}");
        }
        // A reason closes a warning; nobody gave one for the first event, so it is not ready.
        let path = api::paths::of_event(first, "staffing");
        let staffing = world.get(&path, &coordinator).await.json();
        let observer = &staffing["slots"][0];
        assert_eq!(
            (&observer["role"], &observer["filled"]),
            (&json!("observer"), &json!(0))
        );
        // A lesson later at the same school is in nobody's way.
        let asked = offer_and_sign(&world, &coordinator, &who, later).await;
        assert_eq!(told(&asked.json()["requests"], who.0), Vec::<String>::new());
        let assignments: Vec<OwnAssignment> =
            world.get(api::paths::ASSIGNMENTS, &who.1).await.parse();
        let clash = |event: EventId| {
            let own = assignments.iter().find(|own| own.event.id == event);
            own.expect("assigned").clash.is_some()
        };
        let clashes = [first, second, third, later].map(clash);
        assert_eq!(clashes, [true, true, true, false]);
    }
);

fact!(
    async fn two_offers_for_one_time_are_told_and_either_can_be_taken(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let who = registered(&world, "Анна Чистова").await;
        let first = lesson(&world, world.home.own_school, "09:00").await;
        let second = lesson(&world, world.home.other_school, "09:00").await;
        for event in [first, second] {
            let body = json!({ "id": Uuid::now_v7(), "person": who.0, "role": "observer" });
            let path = api::paths::of_event(event, "requests");
            world.post(&path, &coordinator, body).await;
        }
        let declarations = world.get(api::paths::DECLARATIONS, &who.1).await.json();
        assert_eq!(
            told(&declarations["requests"], who.0).len(),
            2,
            "{declarations}"
        );
        let body = json!({ "event": second, "answer": "sign" });
        world.post(api::paths::DECLARATIONS, &who.1, body).await;
        let assignments: Vec<OwnAssignment> =
            world.get(api::paths::ASSIGNMENTS, &who.1).await.parse();
        let events: Vec<EventId> = assignments.iter().map(|own| own.event.id).collect();
        assert_eq!(events, [second]);
    }
);
