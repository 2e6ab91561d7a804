//! A measure agreed with a school: help first, each step kept, the effect looked at by the district.

use api::access::session::Role;
use api::management::support::{Effect, Step, Support, SupportOffer, SupportState};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

fn new(world: &World, measure: &str) -> Value {
    json!({
        "id": Uuid::now_v7(), "organisation": world.home.own_school, "measure": measure,
        "cell": { "year": 2026, "subject": "math", "grade": 6 },
        "reason": "Разобрать вместе данные шестых классов", "executor": "school", "due": "2026-05-20",
    })
}

async fn agree(world: &World, cookie: &str, new: &Value) -> Answer {
    world.post(api::paths::SUPPORTS, cookie, new.clone()).await
}

async fn step(
    world: &World,
    cookie: &str,
    support: &Support,
    step: &str,
    effect: Option<&str>,
) -> Answer {
    let body = json!({
        "id": Uuid::now_v7(), "step": step, "effect": effect, "content": "Провели занятие",
    });
    world
        .post(&api::paths::support_steps(support.id), cookie, body)
        .await
}

/// Code of the first field that is wrong.
fn wrong(answer: &Answer) -> String {
    answer.json()["fields"][0]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

async fn list(world: &World, cookie: &str) -> Vec<Support> {
    world.get(api::paths::SUPPORTS, cookie).await.parse()
}

fact!(
    async fn a_measure_goes_from_the_first_word_to_its_effect(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let head = world.home_person(Role::SchoolHead).await;
        let wanted = new(&world, "SM-01");
        let answer = agree(&world, &manager, &wanted).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let support: Support = answer.parse();
        assert_eq!(support.state, SupportState::Planned);
        assert_eq!(
            support.work.as_ref().expect("a work").ru,
            "Математика, 6 класс, 2026"
        );
        // Sent twice, agreed once.
        agree(&world, &manager, &wanted).await;
        let seen = list(&world, &head).await;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].may, [Step::Begin, Step::Finish, Step::Note]);

        assert_eq!(
            step(&world, &head, &support, "begin", None).await.status,
            StatusCode::OK
        );
        let early = step(&world, &manager, &support, "check", Some("shift")).await;
        assert_eq!(early.code(), "support.state", "nothing is done yet");
        assert_eq!(
            step(&world, &head, &support, "finish", None).await.status,
            StatusCode::OK
        );
        let own = step(&world, &head, &support, "check", Some("shift")).await;
        assert_eq!(
            own.status,
            StatusCode::FORBIDDEN,
            "a school does not judge its own measure"
        );
        let blind = step(&world, &manager, &support, "check", None).await;
        assert_eq!(wrong(&blind), "support.effect");
        let checked = step(&world, &manager, &support, "check", Some("partly")).await;
        assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);

        let whole: Support = world
            .get(&api::paths::support(support.id), &head)
            .await
            .parse();
        assert_eq!(
            (whole.state, whole.effect),
            (SupportState::Checked, Some(Effect::Partly))
        );
        let steps: Vec<Step> = whole.entries.iter().map(|entry| entry.step).collect();
        assert_eq!(steps, [Step::Plan, Step::Begin, Step::Finish, Step::Check]);
        assert_eq!(whole.may, [Step::Note]);
    }
);

fact!(
    async fn a_step_sent_twice_is_taken_once(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let support: Support = agree(&world, &manager, &new(&world, "SM-02")).await.parse();
        let body = json!({ "id": Uuid::now_v7(), "step": "finish", "content": "Готово" });
        let path = api::paths::support_steps(support.id);
        world.post(&path, &manager, body.clone()).await;
        let again = world.post(&path, &manager, body).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text);
        assert_eq!(again.parse::<Support>().entries.len(), 2);
    }
);

fact!(
    async fn a_penalty_waits_until_help_has_brought_nothing(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let refused = agree(&world, &coordinator, &new(&world, "SM-23")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let early = agree(&world, &manager, &new(&world, "SM-23")).await;
        assert_eq!(early.code(), "support.help_first");
        let help: Support = agree(&world, &manager, &new(&world, "SM-01")).await.parse();
        step(&world, &manager, &help, "finish", None).await;
        let still = agree(&world, &manager, &new(&world, "SM-23")).await;
        assert_eq!(
            still.code(),
            "support.help_first",
            "its effect is not looked at"
        );
        step(&world, &manager, &help, "check", Some("no_shift")).await;
        let path = api::paths::support_offer(world.home.own_school);
        let offer: SupportOffer = world.get(&path, &manager).await.parse();
        assert!(offer.is_penalty_open);
        let open = agree(&world, &manager, &new(&world, "SM-23")).await;
        assert_eq!(open.status, StatusCode::OK, "{}", open.text);
    }
);

fact!(
    async fn an_exception_from_help_first_is_written_down(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let mut wanted = new(&world, "SM-23");
        wanted["exception"] = json!("Решение суда");
        let made: Support = agree(&world, &manager, &wanted).await.parse();
        let whole: Support = world
            .get(&api::paths::support(made.id), &manager)
            .await
            .parse();
        assert_eq!(whole.entries[0].content, "Решение суда");
    }
);

fact!(
    async fn another_school_sees_and_moves_nothing(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let support: Support = agree(&world, &manager, &new(&world, "SM-01")).await.parse();
        let other = api::access::session::Scope::Organisation {
            organisation: world.home.other_school,
        };
        let (_, stranger) = world.person(&world.home, Role::SchoolHead, other).await;
        assert_eq!(list(&world, &stranger).await, []);
        for answer in [
            world.get(&api::paths::support(support.id), &stranger).await,
            step(&world, &stranger, &support, "begin", None).await,
            world
                .get(&api::paths::support_offer(world.home.own_school), &stranger)
                .await,
        ] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
        }
        let abroad = world
            .person(
                &world.abroad,
                Role::Manager,
                api::access::session::Scope::Municipality,
            )
            .await
            .1;
        let moved = step(&world, &abroad, &support, "begin", None).await;
        assert_eq!(moved.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn an_unknown_measure_and_blank_words_are_refused_with_the_place(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let unknown = agree(&world, &manager, &new(&world, "SM-99")).await;
        assert_eq!(wrong(&unknown), "support.measure");
        let mut blank = new(&world, "SM-01");
        blank["reason"] = json!("  ");
        assert_eq!(wrong(&agree(&world, &manager, &blank).await), "field.blank");
        let mut date = new(&world, "SM-01");
        date["due"] = json!("20.05.2026");
        assert_eq!(wrong(&agree(&world, &manager, &date).await), "field.date");
        assert_eq!(list(&world, &manager).await, []);
    }
);
