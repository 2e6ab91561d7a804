//! A review goes from the signs of a cell to the effect of measures; every step is kept, and two people at one step
//! lose nothing.

use api::access::session::{Role, Scope};
use api::id::{ImportId, OrganisationId, RunId};
use api::management::review::{Outcome, Review, ReviewAct, ReviewStage, Side};
use api::management::support::{Effect, Support};
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use axum::http::{Method, StatusCode};
use objectivity::cell::State;
use serde_json::{Value, json};
use server::store::{Author, CellColumn, RunResult, StoredCell};
use uuid::Uuid;

use crate::results::import::add_school;
use crate::results::run::{compute_newest, import_and_compute, table};
use crate::world::{Answer, World, fact};

const DAY_MS: i64 = 24 * 3_600_000;

/// A school whose cell shows signs, the manager, and the head of the school.
struct Scene {
    school: OrganisationId,
    manager: String,
    head: String,
    import: ImportId,
}

/// Stores a run in which the school's cell of 2026 has one state and, if asked for, that of 2027 another. The engine is
/// not the subject here, and a table of sixty works makes it say nothing.
async fn judge(world: &World, school: OrganisationId, now: State, next: Option<(State, f64)>) {
    world.wait(1_000);
    let municipality = world.home.municipality;
    let current = world.store.current_run(municipality).await.expect("runs");
    let column = CellColumn {
        kind: ProcedureKind::Vpr,
        year: 2026,
        subject: "math",
        grade: 5,
    };
    let run = current.expect("a run in force").id;
    let cells = world.store.cell_details(municipality, run, column).await;
    let own = cells
        .expect("cells")
        .into_iter()
        .find(|(id, _)| *id == school);
    let (_, mut cell) = own.expect("the school's cell");
    let mut stored = Vec::new();
    for (year, state, posterior) in [
        Some((2026, now, 0.8)),
        next.map(|(state, p)| (2027, state, p)),
    ]
    .into_iter()
    .flatten()
    {
        (cell.year, cell.state, cell.posterior) = (year, state, Some(posterior));
        let label = StoredCell {
            organisation: school,
            kind: ProcedureKind::Vpr,
            year,
            subject: "math".into(),
            grade: 5,
            state: server::jobs::run::state_of(state),
            n: cell.n,
            first_reason: None,
        };
        stored.push((label, cell.clone()));
    }
    let run = RunId(Uuid::now_v7());
    let author = Author::system(municipality);
    let mut write = world
        .store
        .write(author, world.now_ms())
        .await
        .expect("write");
    write.request_run(run, "test").await.expect("asked");
    let found = RunResult {
        engine_version: "test".into(),
        parameters: "{}".into(),
        data_version: "-".into(),
        works: 60,
        result_hash: "-".into(),
        cells: stored,
    };
    write.finish_run(run, &found).await.expect("stored");
    write.commit().await.expect("commit");
}

async fn scene(world: &World) -> Scene {
    let school = add_school(world, "edu990001", "Боровская ООШ").await;
    add_school(world, "edu990002", "Озёрская ООШ").await;
    let manager = world.home_person(Role::Manager).await;
    let (import, _) = import_and_compute(world, &manager, table(0..60)).await;
    judge(world, school, State::Signs, None).await;
    let scope = Scope::Organisation {
        organisation: school,
    };
    let (_, head) = world
        .person(&world.home.clone(), Role::SchoolHead, scope)
        .await;
    Scene {
        school,
        manager,
        head,
        import,
    }
}

fn wish(school: OrganisationId) -> Value {
    json!({
        "id": Uuid::now_v7(), "organisation": school,
        "cell": { "year": 2026, "subject": "math", "grade": 5 },
    })
}

async fn open(world: &World, scene: &Scene) -> Review {
    let answer = world
        .post(api::paths::REVIEWS, &scene.manager, wish(scene.school))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

async fn seen(world: &World, cookie: &str, review: &Review) -> Review {
    world
        .get(&api::paths::review(review.id), cookie)
        .await
        .parse()
}

/// Takes a step at the revision that stands there now.
async fn step(world: &World, cookie: &str, review: &Review, act: &str, more: Value) -> Answer {
    let now = seen(world, cookie, review).await;
    let mut body = json!({
        "id": Uuid::now_v7(), "act": act, "revision": now.revision, "content": format!("Слова: {act}"),
    });
    for (key, value) in more.as_object().expect("fields") {
        body[key] = value.clone();
    }
    world
        .post(&api::paths::review_steps(review.id), cookie, body)
        .await
}

async fn taken(world: &World, cookie: &str, review: &Review, act: &str, more: Value) -> Review {
    let answer = step(world, cookie, review, act, more).await;
    assert_eq!(answer.status, StatusCode::OK, "{act}: {}", answer.text);
    answer.parse()
}

async fn explain(world: &World, cookie: &str, review: &Review, content: &str) -> Answer {
    let body = json!({ "id": Uuid::now_v7(), "content": content });
    world
        .post(&api::paths::review_answers(review.id), cookie, body)
        .await
}

fn commission(declared: bool) -> Value {
    json!({ "recheck": {
        "way": "commission", "order_number": "118", "order_date": "2026-04-16", "what": "7–9 баллов",
        "members": [
            { "position": "учитель математики гимназии № 2", "has_no_interest": true },
            { "position": "методист", "has_no_interest": declared },
        ],
    } })
}

async fn measure(world: &World, scene: &Scene) -> Support {
    let answer = world
        .post(
            api::paths::SUPPORTS,
            &scene.manager,
            json!({
                "id": Uuid::now_v7(), "organisation": scene.school, "measure": "SM-01",
                "cell": { "year": 2026, "subject": "math", "grade": 5 },
                "reason": "Разобрать вместе данные", "executor": "school", "due": "2026-05-20",
            }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

/// Code of the first field that is wrong.
fn wrong(answer: &Answer) -> String {
    answer.json()["fields"][0]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fact!(
    async fn a_sign_goes_to_its_effect(world: World) {
        let scene = scene(&world).await;
        let early = measure(&world, &scene).await;
        let review = open(&world, &scene).await;
        assert_eq!((review.number, review.stage), (1, ReviewStage::Analysis));
        assert_eq!(review.state, Some(CellState::Signs));
        let whole = review.whole.as_ref().expect("whole");
        assert_eq!(whole.grounds.cell.posterior, Some(0.8));
        assert_eq!(
            whole.measures.iter().map(|one| one.id).collect::<Vec<_>>(),
            [early.id],
            "help that was under way goes on inside the review"
        );

        let (manager, head) = (&scene.manager, &scene.head);
        let asked = taken(
            &world,
            manager,
            &review,
            "analyse",
            json!({ "due": "2026-04-25" }),
        )
        .await;
        assert_eq!(
            (asked.stage, asked.awaits),
            (ReviewStage::Explanation, Some(Side::School))
        );
        assert_eq!(asked.due.as_deref(), Some("2026-04-25"));
        let own = seen(&world, head, &review).await;
        assert_eq!(own.may, [ReviewAct::Explain]);
        let heard: Review = explain(&world, head, &review, "Проверяли вдвоём")
            .await
            .parse();
        assert_eq!(heard.stage, ReviewStage::Recheck);
        assert_eq!(heard.may, [ReviewAct::Explain], "a word may be added");
        let more: Review = explain(&world, head, &review, "И повторяли темы")
            .await
            .parse();
        let late: Vec<bool> = more
            .whole
            .expect("whole")
            .entries
            .iter()
            .map(|one| one.facts.is_late)
            .collect();
        assert_eq!(late, [false; 4], "both came within the term");

        let partial = step(&world, manager, &review, "plan_recheck", commission(false)).await;
        assert_eq!(partial.code(), "review.interest");
        taken(&world, manager, &review, "plan_recheck", commission(true)).await;
        let marks = json!({ "id": Uuid::now_v7(), "marks": [
            { "code": "50001", "first": 4, "second": 3 }, { "code": "50002", "first": 5, "second": 5 },
        ] });
        let path = api::paths::review_marks(review.id);
        let answer = world.post(&path, manager, marks.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let again: Review = world.post(&path, manager, marks).await.parse();
        let whole = again.whole.expect("whole");
        let agreement = whole.marks.expect("marks").agreement;
        assert_eq!(
            (agreement.works, agreement.equal, agreement.lower),
            (2, 1, 1)
        );
        taken(&world, manager, &review, "finish_recheck", json!({})).await;
        taken(
            &world,
            manager,
            &review,
            "conclude",
            json!({ "finding": "confirmed" }),
        )
        .await;
        taken(
            &world,
            manager,
            &review,
            "settle_measures",
            json!({ "due": "2027-05-20" }),
        )
        .await;

        let blind = step(
            &world,
            manager,
            &review,
            "judge_effect",
            json!({ "effect": "shift" }),
        )
        .await;
        assert_eq!(blind.code(), "review.no_later");
        judge(&world, scene.school, State::Signs, Some((State::Calm, 0.1))).await;
        let later = seen(&world, manager, &review).await;
        assert_eq!(later.whole.expect("whole").later[0].state, CellState::Calm);
        taken(
            &world,
            manager,
            &review,
            "judge_effect",
            json!({ "effect": "shift" }),
        )
        .await;
        // A later run changes nothing of what was judged.
        judge(
            &world,
            scene.school,
            State::Signs,
            Some((State::Signs, 0.9)),
        )
        .await;
        let closed = taken(&world, manager, &review, "close", json!({})).await;
        assert_eq!(
            (closed.stage, closed.outcome),
            (ReviewStage::Closed, Some(Outcome::PositiveDynamics))
        );
        assert_eq!(closed.may, []);
        let entries = seen(&world, head, &review)
            .await
            .whole
            .expect("whole")
            .entries;
        let acts: Vec<ReviewAct> = entries.iter().map(|one| one.act).collect();
        assert_eq!(
            acts,
            [
                ReviewAct::Open,
                ReviewAct::Analyse,
                ReviewAct::Explain,
                ReviewAct::Explain,
                ReviewAct::PlanRecheck,
                ReviewAct::Marks,
                ReviewAct::FinishRecheck,
                ReviewAct::Conclude,
                ReviewAct::SettleMeasures,
                ReviewAct::JudgeEffect,
                ReviewAct::Close,
            ]
        );
        let judged = &entries[9].facts;
        assert_eq!(judged.effect, Some(Effect::Shift));
        assert_eq!(
            (judged.cells[0].state, judged.cells[0].posterior),
            (CellState::Calm, Some(0.1))
        );
        assert_eq!(entries[2].side, Side::School);
        assert_eq!(entries[2].role, Role::SchoolHead);
    }
);

fact!(
    async fn a_cell_has_one_open_review_and_a_request_sent_twice_opens_one(world: World) {
        let scene = scene(&world).await;
        let wanted = wish(scene.school);
        let first: Review = world
            .post(api::paths::REVIEWS, &scene.manager, wanted.clone())
            .await
            .parse();
        let again: Review = world
            .post(api::paths::REVIEWS, &scene.manager, wanted)
            .await
            .parse();
        let other = open(&world, &scene).await;
        assert_eq!((again.id, other.id), (first.id, first.id));
        taken(&world, &scene.manager, &first, "waive", json!({})).await;
        let second = open(&world, &scene).await;
        assert_ne!(second.id, first.id);
        assert_eq!(second.number, 2);
        judge(&world, scene.school, State::Calm, None).await;
        // Whatever the cell shows now, the open review is the answer; once it is closed, a calm cell asks for none.
        assert_eq!(open(&world, &scene).await.id, second.id);
        taken(&world, &scene.manager, &second, "waive", json!({})).await;
        let calm = world
            .post(api::paths::REVIEWS, &scene.manager, wish(scene.school))
            .await;
        assert_eq!(calm.code(), "review.calm");
    }
);

fact!(
    async fn steps_follow_in_order_and_terms_lie_ahead(world: World) {
        let scene = scene(&world).await;
        let review = open(&world, &scene).await;
        let manager = &scene.manager;
        for act in [
            "finish_recheck",
            "conclude",
            "settle_measures",
            "close",
            "go_on",
        ] {
            let more = json!({ "finding": "confirmed" });
            let answer = step(&world, manager, &review, act, more).await;
            assert_eq!(answer.code(), "review.order", "{act}");
        }
        for (due, code) in [
            ("2026-04-14", "review.due_past"),
            ("25.04.2026", "field.date"),
        ] {
            let answer = step(&world, manager, &review, "analyse", json!({ "due": due })).await;
            assert_eq!(wrong(&answer), code);
        }
        let blank = step(
            &world,
            manager,
            &review,
            "analyse",
            json!({ "content": " " }),
        )
        .await;
        assert_eq!(wrong(&blank), "field.blank");
        assert_eq!(
            seen(&world, manager, &review).await.revision,
            review.revision,
            "a refused step leaves nothing"
        );
        // Today itself is no day of the past, and the last day counts in full.
        let today = json!({ "due": "2026-04-15" });
        let asked = taken(&world, manager, &review, "analyse", today).await;
        assert!(!asked.overdue);
        let early = step(&world, manager, &review, "go_on", json!({})).await;
        assert_eq!(early.code(), "review.term_runs");
        world.wait(DAY_MS);
        // Sessions do not outlast a night.
        let manager = &world.home_person(Role::Manager).await;
        let scope = Scope::Organisation {
            organisation: scene.school,
        };
        let head = world
            .person(&world.home.clone(), Role::SchoolHead, scope)
            .await
            .1;
        assert!(seen(&world, manager, &review).await.overdue);
        taken(&world, manager, &review, "go_on", json!({})).await;
        let late: Review = explain(&world, &head, &review, "Болел директор")
            .await
            .parse();
        assert_eq!(late.stage, ReviewStage::Recheck);
        let entry = late.whole.expect("whole").entries.pop().expect("an entry");
        assert_eq!((entry.act, entry.facts.is_late), (ReviewAct::Explain, true));
        let moved = taken(
            &world,
            manager,
            &review,
            "move_term",
            json!({ "due": "2026-06-01" }),
        )
        .await;
        let facts = moved.whole.expect("whole").entries.pop().expect("it").facts;
        assert_eq!(facts.due.as_deref(), Some("2026-06-01"));
        assert!(facts.due_before.is_some(), "both terms are kept");
    }
);

fact!(
    async fn the_second_of_two_people_is_told_what_the_first_wrote(world: World) {
        let scene = scene(&world).await;
        let review = open(&world, &scene).await;
        let analyst = world.home_person(Role::Analyst).await;
        taken(
            &world,
            &analyst,
            &review,
            "analyse",
            json!({ "content": "Скачок у границы" }),
        )
        .await;
        let body = json!({
            "id": Uuid::now_v7(), "act": "waive", "revision": review.revision,
            "content": "Мало работ",
        });
        let path = api::paths::review_steps(review.id);
        let refused = world.post(&path, &scene.manager, body).await;
        assert_eq!(refused.code(), "review.revision");
        assert!(refused.text.contains("Скачок у границы") && refused.text.contains("аналитик"));
        // The own words are not lost: they go in beside.
        let note = json!({ "content": "Мало работ", "revision": 0 });
        let noted = taken(&world, &scene.manager, &review, "note", note).await;
        assert_eq!(noted.stage, ReviewStage::Explanation);
        let body = json!({
            "id": Uuid::now_v7(), "act": "move_term", "revision": noted.revision,
            "content": "Каникулы", "due": "2026-05-10",
        });
        let first: Review = world
            .post(&path, &scene.manager, body.clone())
            .await
            .parse();
        let again: Review = world.post(&path, &scene.manager, body).await.parse();
        assert_eq!(first.revision, again.revision, "sent twice, taken once");
    }
);

fact!(
    async fn a_school_sees_its_own_review_once_it_is_asked(world: World) {
        let scene = scene(&world).await;
        let review = open(&world, &scene).await;
        let path = api::paths::review(review.id);
        let listed = async |cookie: &str| -> Vec<Review> {
            world.get(api::paths::REVIEWS, cookie).await.parse()
        };
        assert_eq!(listed(&scene.head).await, []);
        let unasked = world.get(&path, &scene.head).await;
        assert_eq!(unasked.status, StatusCode::NOT_FOUND);
        let early = explain(&world, &scene.head, &review, "Пояснение").await;
        assert_eq!(early.status, StatusCode::NOT_FOUND);
        taken(&world, &scene.manager, &review, "analyse", json!({})).await;
        assert_eq!(listed(&scene.head).await.len(), 1);
        let stranger = world.home_person(Role::SchoolHead).await;
        assert_eq!(listed(&stranger).await, []);
        for answer in [
            world.get(&path, &stranger).await,
            explain(&world, &stranger, &review, "Чужое").await,
        ] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
        }
        let own = world
            .post(
                &api::paths::review_steps(review.id),
                &scene.head,
                json!({ "id": Uuid::now_v7(), "act": "note", "revision": 1, "content": "-" }),
            )
            .await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        let methodist = world.home_person(Role::Methodist).await;
        assert_eq!(seen(&world, &methodist, &review).await.may, []);
    }
);

fact!(
    async fn second_marks_are_codes_and_scores_of_the_work(world: World) {
        let scene = scene(&world).await;
        let review = open(&world, &scene).await;
        let manager = &scene.manager;
        taken(&world, manager, &review, "analyse", json!({})).await;
        explain(&world, &scene.head, &review, "Пояснение").await;
        let send = async |marks: Value| {
            let body = json!({ "id": Uuid::now_v7(), "marks": marks });
            world
                .post(&api::paths::review_marks(review.id), manager, body)
                .await
        };
        let one = |code: &str, second: u16| json!([{ "code": code, "first": 3, "second": second }]);
        assert_eq!(send(one("50001", 3)).await.code(), "review.no_recheck");
        taken(&world, manager, &review, "plan_recheck", commission(true)).await;
        let named = send(one("Иванов Иван", 3)).await;
        assert_eq!(wrong(&named), "review.code");
        assert!(!named.text.contains("Иван"), "a name is not quoted");
        assert_eq!(wrong(&send(one("50001", 6)).await), "review.score");
        assert_eq!(wrong(&send(json!([])).await), "field.empty");
        let twice = json!([
            { "code": "50001", "first": 3, "second": 3 }, { "code": "50001", "first": 3, "second": 2 },
        ]);
        assert_eq!(wrong(&send(twice).await), "review.repeated");
        send(one("50001", 2)).await;
        let last: Review = send(one("50002", 3)).await.parse();
        let whole = last.whole.expect("whole");
        assert_eq!(whole.marks.expect("marks").marks[0].code, "50002");
        let batches = whole
            .entries
            .iter()
            .filter(|one| one.act == ReviewAct::Marks);
        assert_eq!(batches.count(), 2, "the earlier ones are kept");
    }
);

fact!(
    async fn an_undone_import_takes_nothing_from_a_review(world: World) {
        let scene = scene(&world).await;
        let review = open(&world, &scene).await;
        let before = review.whole.clone().expect("whole");
        assert!(before.now.is_some());
        let undone = world
            .call(
                Method::DELETE,
                &api::paths::import(scene.import),
                &scene.manager,
                None,
            )
            .await;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text);
        world.wait(1_000);
        compute_newest(&world, &scene.manager).await;
        let after = seen(&world, &scene.manager, &review).await;
        let whole = after.whole.expect("whole");
        assert_eq!(whole.now, None);
        assert_eq!(whole.grounds, before.grounds);
        // Its steps go on, and it can be ended.
        let ended = taken(&world, &scene.manager, &review, "waive", json!({})).await;
        assert_eq!(ended.outcome, Some(Outcome::NotNeeded));
    }
);

fact!(
    async fn confirmed_signs_need_a_measure_and_others_end_the_review(world: World) {
        let scene = scene(&world).await;
        let manager = &scene.manager;
        for (finding, stage) in [
            ("not_confirmed", ReviewStage::Closed),
            ("confirmed", ReviewStage::Measures),
        ] {
            let review = open(&world, &scene).await;
            taken(&world, manager, &review, "analyse", json!({})).await;
            explain(&world, &scene.head, &review, "Пояснение").await;
            taken(&world, manager, &review, "skip_recheck", json!({})).await;
            let missing = step(&world, manager, &review, "conclude", json!({})).await;
            assert_eq!(missing.code(), "review.missing");
            let found = json!({ "finding": finding });
            let concluded = taken(&world, manager, &review, "conclude", found).await;
            assert_eq!(concluded.stage, stage);
        }
        let reviews: Vec<Review> = world.get(api::paths::REVIEWS, manager).await.parse();
        let stages: Vec<ReviewStage> = reviews.iter().map(|one| one.stage).collect();
        assert_eq!(
            stages,
            [ReviewStage::Measures, ReviewStage::Closed],
            "what waits stands first"
        );
        let review = &reviews[0];
        let early = step(&world, manager, review, "settle_measures", json!({})).await;
        assert_eq!(early.code(), "review.no_measure");
        let agreed = measure(&world, &scene).await;
        assert_eq!(agreed.review, Some(review.id));
        let settled = taken(&world, manager, review, "settle_measures", json!({})).await;
        assert_eq!(settled.stage, ReviewStage::Effect);
    }
);
