//! The road of an observer: application on the public page, account, training, accreditation.

use api::access::session::{Role, Scope};
use api::id::PersonId;
use api::observation::observer::{Application, AttemptResult, Decided, Observer, Training};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use tower::ServiceExt;
use uuid::Uuid;

use crate::world::{World, fact};

const DAY_MS: i64 = 24 * 3_600_000;

/// Right answers of the shipped quiz, in the order of its questions.
const RIGHT: &str = "b b b a b b c b b b b a";

fn site(world: &World) -> Router {
    let public = server::http::public::page::router(world.state.clone(), "/style.css");
    server::router(world.state.clone(), public).expect("the origin is one")
}

async fn send(world: &World, request: Request<Body>) -> (StatusCode, String) {
    let response = site(world).oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
    (parts.status, String::from_utf8_lossy(&body).into_owned())
}

/// Sends the form as a browser without script would.
async fn apply(world: &World, id: Uuid, more: &str, site: &str) -> (StatusCode, String) {
    let body = format!(
        "id={id}&name=%D0%90%D0%BD%D0%BD%D0%B0&phone=%2B79000000000&settlement=Town&about=me&interests=none&adult=yes{more}"
    );
    let request = Request::post(api::paths::PUBLIC_OBSERVERS)
        .header(header::HOST, "orientir.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site)
        .body(Body::from(body))
        .expect("a request");
    send(world, request).await
}

async fn applications(world: &World, cookie: &str) -> Vec<Application> {
    world.get(api::paths::APPLICATIONS, cookie).await.parse()
}

fn answers(right: usize) -> serde_json::Value {
    RIGHT
        .split(' ')
        .enumerate()
        .map(|(index, answer)| {
            let given = if index < right { answer } else { "none" };
            (format!("Q{}", index + 1), json!(given))
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn attempt(world: &World, cookie: &str, right: usize) -> crate::world::Answer {
    world
        .post(
            api::paths::TRAINING_ATTEMPTS,
            cookie,
            json!({ "id": Uuid::now_v7(), "answers": answers(right), "ethics": true }),
        )
        .await
}

fact!(
    async fn a_citizen_applies_without_script_and_becomes_an_observer(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let id = Uuid::now_v7();
        let (status, page) = apply(&world, id, "", "same-origin").await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "no consent: {page}"
        );
        let (status, _) = apply(&world, id, "&consent=yes", "cross-site").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "another site cannot apply");
        let (status, page) = apply(&world, id, "&consent=yes&website=spam", "same-origin").await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert_eq!(
            applications(&world, &coordinator).await,
            [],
            "programs leave nothing"
        );
        for _ in 0..2 {
            let (status, page) = apply(&world, id, "&consent=yes", "same-origin").await;
            assert_eq!(status, StatusCode::OK, "{page}");
        }
        let found = applications(&world, &coordinator).await;
        assert_eq!(found.len(), 1, "sent twice, it is one application");
        // An id that is known already is somebody: nobody's account is taken over by accepting an application.
        let taken = world
            .post(
                &api::paths::decision(found[0].id),
                &coordinator,
                json!({ "accept": true, "person": world.home.observer, "login": "anna" }),
            )
            .await;
        assert_eq!(taken.code(), "person.known", "{}", taken.text);
        let person = PersonId(Uuid::now_v7());
        let decided = world
            .post(
                &api::paths::decision(found[0].id),
                &coordinator,
                json!({ "accept": true, "person": person, "login": "anna" }),
            )
            .await;
        assert_eq!(decided.status, StatusCode::OK, "{}", decided.text);
        let decided: Decided = decided.parse();
        assert_eq!(
            decided.application.interests, "",
            "what was said of relatives is forgotten"
        );
        let password = decided.password.expect("shown once");
        let entered = world
            .post(
                api::paths::SESSION,
                "",
                json!({ "login": "anna", "password": password }),
            )
            .await;
        assert_eq!(entered.status, StatusCode::OK, "{}", entered.text);
        let cookie = entered.cookies();
        let training: Training = world.get(api::paths::TRAINING, &cookie).await.parse();
        assert_eq!((training.questions.len(), training.certificate), (12, None));
        let again = world
            .post(
                &api::paths::decision(found[0].id),
                &coordinator,
                json!({ "accept": false, "person": person, "reason": "передумали" }),
            )
            .await;
        assert_eq!(again.code(), "application.decided");
        let observers: Vec<Observer> = world.get(api::paths::OBSERVERS, &coordinator).await.parse();
        let anna = observers
            .iter()
            .find(|one| one.person == person)
            .expect("on the register");
        assert_eq!(anna.settlement, "Town");
        assert_eq!(anna.accreditation, None);
    }
);

fact!(
    async fn many_applications_from_one_address_are_stopped(world: World) {
        let mut stopped = 0;
        for _ in 0..12 {
            let (status, _) = apply(&world, Uuid::now_v7(), "&consent=yes", "same-origin").await;
            stopped += usize::from(status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(stopped, 2, "ten are taken");
    }
);

fact!(
    async fn the_quiz_is_marked_on_the_server_and_certifies_for_a_year(world: World) {
        let (_, cookie) = world
            .person(
                &world.home.clone(),
                Role::RegisteredObserver,
                Scope::Municipality,
            )
            .await;
        let course = world.get(api::paths::TRAINING, &cookie).await;
        for told in ["\"correct\"", "\"explanation\""] {
            assert!(
                !course.text.contains(told),
                "{told} is told before the attempt"
            );
        }
        let failed: AttemptResult = attempt(&world, &cookie, 9).await.parse();
        assert_eq!((failed.passed, failed.score), (false, [9, 12]));
        assert_eq!((failed.certificate, failed.attempts_left), (None, 2));
        let passed: AttemptResult = attempt(&world, &cookie, 10).await.parse();
        let certificate = passed.certificate.expect("ten of twelve pass");
        assert_eq!(certificate.number, "Н-2026-00001");
        assert_eq!(certificate.valid_until, "2027-04-15");
        let check = |number: &str| {
            Request::get(format!(
                "{}?number={}",
                api::paths::PUBLIC_CERTIFICATES,
                number.replace('Н', "%D0%9D")
            ))
            .header(header::HOST, "orientir.example")
            .body(Body::empty())
            .expect("a request")
        };
        let (_, page) = send(&world, check("Н-2026-00001")).await;
        assert!(page.contains("действует до 15.04.2027"), "{page}");
        let (_, page) = send(&world, check("Н-2026-99999")).await;
        assert!(page.contains("нет. Проверьте номер"), "{page}");
    }
);

fact!(
    async fn three_attempts_a_day_are_enough(world: World) {
        let (person, cookie) = world
            .person(
                &world.home.clone(),
                Role::RegisteredObserver,
                Scope::Municipality,
            )
            .await;
        for _ in 0..3 {
            assert_eq!(attempt(&world, &cookie, 0).await.status, StatusCode::OK);
        }
        let fourth = attempt(&world, &cookie, 12).await;
        assert_eq!(fourth.code(), "training.attempts");
        let without = world
            .post(
                api::paths::TRAINING_ATTEMPTS,
                &cookie,
                json!({ "id": Uuid::now_v7(), "answers": answers(12), "ethics": false }),
            )
            .await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        world.wait(DAY_MS);
        let cookie = world.session(&world.home, person).await;
        let tomorrow: AttemptResult = attempt(&world, &cookie, 12).await.parse();
        assert!(tomorrow.passed);
    }
);

fact!(
    async fn a_number_of_accreditation_belongs_to_one_observer(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let (second, _) = world
            .person(
                &world.home.clone(),
                Role::RegisteredObserver,
                Scope::Municipality,
            )
            .await;
        let put = async |person: PersonId| {
            let body = json!({ "number": "17", "from": "2026-01-01", "until": "2026-12-31" });
            world
                .put(&api::paths::accreditation(person), &coordinator, body)
                .await
        };
        assert_eq!(put(world.home.observer).await.status, StatusCode::OK);
        assert_eq!(put(world.home.observer).await.status, StatusCode::OK);
        let taken = put(second).await;
        assert_eq!(
            taken.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            taken.text
        );
        let (nobody, _) = world
            .person(&world.home.clone(), Role::Methodist, Scope::Municipality)
            .await;
        assert_eq!(put(nobody).await.status, StatusCode::NOT_FOUND);
    }
);
