//! Filled forms: operations, receipts, submission and corrections.

use api::access::session::Role;
use api::forms::submission::{OperationsReceipt, ScoreSheet, Submission, SubmissionState};
use api::id::SubmissionId;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::store::{AuditChain, Author, Store};
use uuid::Uuid;

use crate::world::{Answer, NOON_MS, World, fact};

/// An answer to a question, as a device records it.
pub fn operation(
    submission: SubmissionId,
    device: Uuid,
    sequence: u64,
    path: &str,
    value: &str,
) -> Value {
    json!({
        "id": Uuid::now_v7(),
        "device": device,
        "sequence": sequence,
        "submission": submission,
        "base_revision": 0,
        "at_ms": NOON_MS + i64::try_from(sequence).unwrap_or(0) * 1000,
        "zone_minutes": 180,
        "form_version": "1.0.0",
        "change": { "path": path, "edit": { "set": value } },
    })
}

async fn open(world: &World, cookie: &str, subject: Value) -> Submission {
    let answer = world
        .post(
            "/api/v1/submissions",
            cookie,
            json!({ "id": Uuid::now_v7(), "subject": subject }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

/// The sheet of the own event, open.
pub async fn sheet(world: &World, cookie: &str) -> Submission {
    let subject = json!({ "kind": "assignment", "assignment": world.home.own_assignment });
    open(world, cookie, subject).await
}

pub async fn put(world: &World, cookie: &str, id: SubmissionId, operations: &[Value]) -> Answer {
    world
        .put(
            &api::paths::operations(id),
            cookie,
            json!({ "operations": operations }),
        )
        .await
}

async fn receipt(
    world: &World,
    cookie: &str,
    id: SubmissionId,
    operations: &[Value],
) -> OperationsReceipt {
    let answer = put(world, cookie, id, operations).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

async fn submit(world: &World, cookie: &str, id: SubmissionId, body: Value) -> Answer {
    world.post(&api::paths::submit(id), cookie, body).await
}

/// Path of a question in the form of a submission.
pub fn path_of(form: &str, question: &str) -> String {
    let yaml = forms::instrument::shipped()
        .iter()
        .find(|(id, _)| *id == form)
        .expect("shipped")
        .1;
    let form = forms::instrument::compile(yaml).expect("compiles");
    form.walk()
        .find(|walked| match walked.node {
            forms::form::Node::Question(own) => own.name == question,
            _ => false,
        })
        .map(|walked| walked.path.to_string())
        .expect("the form has the question")
}

/// Name of a critical question that is always asked, and an answer that is a violation.
pub fn critical() -> (String, String) {
    let yaml = forms::instrument::shipped()
        .iter()
        .find(|(id, _)| *id == "obs_vpr_day")
        .expect("shipped")
        .1;
    let form = forms::instrument::compile(yaml).expect("compiles");
    form.walk()
        .find_map(|walked| match walked.node {
            forms::form::Node::Question(own) if own.name == "VPR-A1" => {
                Some((walked.path.to_string(), own.name.clone()))
            }
            _ => None,
        })
        .expect("the checklist asks for access")
}

fact!(
    async fn a_sheet_opens_once_with_what_is_known_of_the_event(world: World) {
        let cookie = world.observer().await;
        let first = sheet(&world, &cookie).await;
        let second = sheet(&world, &cookie).await;
        assert_eq!(first.id, second.id);
        assert_eq!(first.prefill["event.room"], "12");
        assert_eq!(first.prefill["event.class"], "5А");
        assert_eq!(first.form, ["obs_vpr_day".to_owned(), "1.0.0".to_owned()]);
        assert_eq!(first.state, SubmissionState::Draft);
        assert_eq!(first.heading.title.ru, "Математика, 5 «А», кабинет 12");
    }
);

fact!(
    async fn sending_twice_is_the_same_as_once(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let device = Uuid::now_v7();
        let (critical, _) = critical();
        let operations = [
            operation(id, device, 1, &path_of("obs_vpr_day", "ctx_room"), "14"),
            operation(id, device, 2, &critical, "yes"),
        ];
        let once = receipt(&world, &cookie, id, &operations).await;
        let twice = receipt(&world, &cookie, id, &operations).await;
        assert_eq!(once, twice);
        assert_eq!(once.receipt.through, 2);
        assert_eq!(once.receipt.revision, 2);
        assert_eq!(once.receipt.set_aside, []);
        let held = world.get(&api::paths::submission(id), &cookie).await;
        assert_eq!(held.parse::<Submission>().operations.len(), 2);
    }
);

fact!(
    async fn a_gap_is_named_by_the_receipt_and_closed_later(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let device = Uuid::now_v7();
        let room = path_of("obs_vpr_day", "ctx_room");
        let operations: Vec<Value> = (1..=4)
            .map(|sequence| operation(id, device, sequence, &room, &sequence.to_string()))
            .collect();
        let gap = receipt(
            &world,
            &cookie,
            id,
            &[
                operations[0].clone(),
                operations[3].clone(),
                operations[2].clone(),
            ],
        )
        .await;
        assert_eq!(gap.receipt.through, 1);
        assert_eq!(gap.receipt.revision, 3);
        let closed = receipt(&world, &cookie, id, &operations[1..2]).await;
        assert_eq!(closed.receipt.through, 4);
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for operation in &operations {
            let id: Uuid = operation["id"]
                .as_str()
                .and_then(|id| id.parse().ok())
                .expect("id");
            hash.update(id.as_bytes());
        }
        let expected: String = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(closed.receipt.hash, expected);
    }
);

fact!(
    async fn content_is_never_refused_but_set_aside_by_name(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let device = Uuid::now_v7();
        let mut unknown_version = operation(id, device, 2, "ctx_room", "1");
        unknown_version["form_version"] = json!("9.9");
        let mut malformed = operation(id, device, 3, "ctx_room", "1");
        malformed["change"] = json!({ "anything": [1, 2, 3] });
        let answer = receipt(
            &world,
            &cookie,
            id,
            &[
                operation(id, device, 1, "no/such/question", "1"),
                unknown_version,
                malformed,
            ],
        )
        .await;
        assert_eq!(answer.receipt.through, 3);
        let codes: Vec<&str> = answer
            .receipt
            .set_aside
            .iter()
            .map(|refusal| refusal.code.as_str())
            .collect();
        assert_eq!(codes, ["unknown_field", "unknown_version", "malformed"]);
        let held = world.get(&api::paths::submission(id), &cookie).await;
        assert_eq!(
            held.parse::<Submission>().operations[2].change,
            json!({ "anything": [1, 2, 3] })
        );
    }
);

fact!(
    async fn two_devices_hear_of_each_other(world: World) {
        let scope = crate::world::scope_of(Role::SchoolTeam, &world.home);
        let (_, first) = world
            .person(&world.home.clone(), Role::SchoolTeam, scope)
            .await;
        let (_, second) = world
            .person(&world.home.clone(), Role::SchoolTeam, scope)
            .await;
        let subject = json!({
            "kind": "campaign", "campaign": world.home.campaign,
            "organisation": world.home.own_school,
        });
        let id = open(&world, &first, subject.clone()).await.id;
        assert_eq!(open(&world, &second, subject).await.id, id);
        let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
        let a = receipt(&world, &first, id, &[operation(id, one, 1, "x", "1")]).await;
        assert_eq!(a.others, []);
        let b = receipt(&world, &second, id, &[operation(id, two, 1, "x", "2")]).await;
        assert_eq!(b.others.len(), 1);
        assert_eq!(b.others[0].device.0, one);
        let mut later = operation(id, two, 2, "x", "3");
        later["base_revision"] = json!(2);
        let c = receipt(&world, &second, id, &[later]).await;
        assert_eq!(c.others, [], "what is known already is not sent again");
        let whole: Submission = world.get(&api::paths::submission(id), &first).await.parse();
        assert_eq!(whole.authors.len(), 2);
        assert_eq!(whole.revision, 3);
    }
);

fact!(
    async fn the_order_of_arrival_does_not_change_the_result(world: World) {
        let scope = |school| api::access::session::Scope::Organisation {
            organisation: school,
        };
        let place = world.home.clone();
        let mut sheets: Vec<ScoreSheet> = Vec::new();
        for (school, forward) in [(place.own_school, true), (place.other_school, false)] {
            let (_, cookie) = world.person(&place, Role::SchoolTeam, scope(school)).await;
            let subject = json!({
                "kind": "campaign", "campaign": place.campaign, "organisation": school,
            });
            let submission = open(&world, &cookie, subject).await;
            let device = Uuid::now_v7();
            let answers = self_assessment(&[3, 1, 2]);
            let mut operations: Vec<Value> = answers
                .iter()
                .enumerate()
                .map(|(index, (path, value))| {
                    operation(submission.id, device, index as u64 + 1, path, value)
                })
                .collect();
            if !forward {
                operations.reverse();
            }
            for batch in operations.chunks(7) {
                receipt(&world, &cookie, submission.id, batch).await;
            }
            let answer = submit(
                &world,
                &cookie,
                submission.id,
                json!({ "revision": operations.len(), "incomplete_reason": "проверка" }),
            )
            .await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            sheets.push(answer.parse());
        }
        assert_eq!(sheets[0], sheets[1]);
        assert!(sheets[0].overall.is_some(), "{:?}", sheets[0]);
        assert_eq!(sheets[0].sections.len(), 6, "{:?}", sheets[0]);
    }
);

/// Answers to all scale questions of the self-assessment, the choices taken in turn.
fn self_assessment(turn: &[usize]) -> Vec<(String, String)> {
    let yaml = forms::instrument::shipped()
        .iter()
        .find(|(id, _)| *id == "school_objectivity_self")
        .expect("shipped")
        .1;
    let form = forms::instrument::compile(yaml).expect("compiles");
    let mut answers = Vec::new();
    for walked in form.walk() {
        let forms::form::Node::Question(question) = walked.node else {
            continue;
        };
        if question.weight.is_none() {
            continue;
        }
        let Some(forms::form::ChoiceSource::List(list)) = question.choices.as_ref() else {
            continue;
        };
        let choices = &form.list(list).expect("its list").choices;
        let choice = &choices[turn[answers.len() % turn.len()] % choices.len()];
        answers.push((walked.path.to_string(), choice.name.clone()));
    }
    assert!(answers.len() >= 20, "{answers:?}");
    answers
}

fact!(
    async fn submitting_asks_for_open_questions_or_a_reason(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let refused = submit(&world, &cookie, id, json!({ "revision": 0 })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.code(), "submission.incomplete");
        assert!(
            refused.json()["fields"]
                .as_array()
                .is_some_and(|fields| fields.len() > 1),
            "{}",
            refused.text
        );
        let taken = submit(
            &world,
            &cookie,
            id,
            json!({ "revision": 0, "incomplete_reason": "Не пустили в кабинет" }),
        )
        .await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
        let again = submit(&world, &cookie, id, json!({ "revision": 0 })).await;
        assert_eq!(again.status, StatusCode::OK, "submitting again is harmless");
        assert_eq!(again.json(), taken.json());
    }
);

fact!(
    async fn submitting_what_was_not_seen_is_refused(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        receipt(
            &world,
            &cookie,
            id,
            &[operation(id, Uuid::now_v7(), 1, "ctx_room", "1")],
        )
        .await;
        let answer = submit(
            &world,
            &cookie,
            id,
            json!({ "revision": 0, "incomplete_reason": "спешу" }),
        )
        .await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert_eq!(answer.code(), "submission.changed");
    }
);

fact!(
    async fn answers_after_submission_are_corrections_and_the_first_score_stays(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let (critical, name) = critical();
        let device = Uuid::now_v7();
        receipt(
            &world,
            &cookie,
            id,
            &[operation(id, device, 1, &critical, "yes")],
        )
        .await;
        let body = json!({ "revision": 1, "incomplete_reason": "только вход" });
        let first: ScoreSheet = submit(&world, &cookie, id, body).await.parse();
        assert_eq!(first.critical, Vec::<String>::new());
        receipt(
            &world,
            &cookie,
            id,
            &[operation(id, device, 2, &critical, "no")],
        )
        .await;
        let now: Submission = world
            .get(&api::paths::submission(id), &cookie)
            .await
            .parse();
        assert_eq!(now.state, SubmissionState::Submitted);
        assert_eq!(now.operations.len(), 2);
        assert_eq!(now.score.expect("a score").critical, [name]);
        let manager = world.home_person(Role::Manager).await;
        let log = world.get("/api/v1/audit", &manager).await;
        assert!(log.text.contains("submission.update"), "{}", log.text);
    }
);

fact!(
    async fn a_batch_of_two_devices_or_too_many_is_refused_whole(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let mixed = put(
            &world,
            &cookie,
            id,
            &[
                operation(id, Uuid::now_v7(), 1, "x", "1"),
                operation(id, Uuid::now_v7(), 1, "x", "1"),
            ],
        )
        .await;
        assert_eq!(mixed.json()["fields"][0]["code"], "operations.mixed");
        let device = Uuid::now_v7();
        let many: Vec<Value> = (1..=1001)
            .map(|sequence| operation(id, device, sequence, "x", "1"))
            .collect();
        let many = put(&world, &cookie, id, &many).await;
        assert_eq!(many.json()["fields"][0]["code"], "operations.too_many");
        assert_eq!(
            put(&world, &cookie, id, &[]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
);

fact!(
    async fn many_writers_at_once_lose_nothing(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let device = || async {
            let device = Uuid::now_v7();
            for sequence in 1..=10 {
                let answer = put(
                    &world,
                    &cookie,
                    id,
                    &[operation(id, device, sequence, "x", "1")],
                )
                .await;
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            }
        };
        futures::future::join_all((0..6).map(|_| device())).await;
        let whole: Submission = world
            .get(&api::paths::submission(id), &cookie)
            .await
            .parse();
        assert_eq!(whole.revision, 60);
        assert_eq!(whole.operations.len(), 60);
        // Their entries in the two logs, too, are whole.
        let municipality = world.home.municipality;
        let chain = world.store.verify_audit(municipality).await;
        assert!(matches!(chain, Ok(AuditChain::Whole { .. })), "{chain:?}");
        let told = world.store.live_changes(municipality, 0, 1_000).await;
        let told: Vec<u64> = told
            .expect("read")
            .iter()
            .map(|entry| entry.message.sequence)
            .collect();
        assert!(told.len() >= 60, "{told:?}");
        assert!(
            told.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            "{told:?}"
        );
    }
);

fact!(
    async fn what_another_process_has_taken_is_part_of_the_log(world: World) {
        let cookie = world.observer().await;
        let id = sheet(&world, &cookie).await.id;
        let (path, _) = critical();
        let (own, others) = (Uuid::now_v7(), Uuid::now_v7());
        let first = operation(id, own, 1, &path, "yes");
        assert_eq!(
            receipt(&world, &cookie, id, &[first])
                .await
                .receipt
                .revision,
            1
        );

        let foreign: api::forms::submission::Operation =
            serde_json::from_value(operation(id, others, 1, &path, "no")).expect("an operation");
        let other = Store::open(world.store.address_for_tests())
            .await
            .expect("opened");
        let author = Author {
            municipality: world.home.municipality,
            person: Some(world.home.observer),
        };
        let mut write = other.write(author, world.now_ms()).await.expect("a turn");
        let taken = std::slice::from_ref(&foreign);
        let added = write.append(id, taken, |_| None).await.expect("appended");
        assert_eq!(added.len(), 1);
        write.commit().await.expect("committed");

        let second = operation(id, own, 2, &path, "yes");
        let answer = receipt(&world, &cookie, id, &[second]).await;
        assert_eq!(answer.receipt.revision, 3);
        assert_eq!(answer.others, [foreign]);
    }
);

fact!(
    async fn the_same_answers_sent_many_times_at_once_are_held_once(world: World) {
        let world = std::sync::Arc::new(world);
        let cookie = world.observer().await;
        let submission = sheet(&world, &cookie).await;
        let (path, _) = critical();
        let device = Uuid::now_v7();
        let answers: Vec<Value> = (1..=5)
            .map(|sequence| operation(submission.id, device, sequence, &path, "yes"))
            .collect();
        let sendings: Vec<_> = (0..12)
            .map(|number| {
                let (world, cookie, answers) = (world.clone(), cookie.clone(), answers.clone());
                let id = submission.id;
                // Some send only the beginning: requests that overtake each other.
                let part = if number % 3 == 0 { 2 } else { 5 };
                tokio::spawn(async move { put(&world, &cookie, id, &answers[..part]).await })
            })
            .collect();
        for sending in sendings {
            let answer = sending.await.expect("no panic");
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        let held: Submission = world
            .get(&api::paths::submission(submission.id), &cookie)
            .await
            .parse();
        let sequences: Vec<u64> = held.operations.iter().map(|one| one.sequence).collect();
        assert_eq!((held.revision, sequences), (5, vec![1, 2, 3, 4, 5]));
    }
);

fact!(
    async fn the_clock_of_a_form_is_the_schools(world: World) {
        let observer = world.observer().await;
        let subject = json!({ "kind": "assignment", "assignment": world.home.own_assignment });
        let opened = open(&world, &observer, subject).await;
        assert_eq!(opened.zone_minutes, Some(180), "wherever the tablet is");
        let again: Submission = world
            .get(&api::paths::submission(opened.id), &observer)
            .await
            .parse();
        assert_eq!(again.zone_minutes, Some(180));
    }
);
