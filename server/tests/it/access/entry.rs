//! Links by which people begin an account: they hold once, for their time, and for nobody else.

use api::access::entry::{EntryLink, EntryOffer, EntryState};
use api::access::person::{PeopleRegister, PersonCard, Standing};
use api::access::session::{Role, Scope};
use api::id::PersonId;
use axum::http::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;

use super::person::{enter, new_person, role};
use crate::world::{Answer, World, fact};

const FORTNIGHT_MS: i64 = 14 * 24 * 3_600_000;
const PASSWORD: &str = "длинная фраза";

async fn expert(world: &World, coordinator: &str, name: &str) -> PersonId {
    let body = new_person(name, role(Role::Expert, Scope::Municipality));
    enter(world, coordinator, &body).await.id
}

async fn issue(world: &World, coordinator: &str, person: PersonId) -> (EntryLink, String) {
    let path = api::paths::of_person(person, "entries");
    let answer = world
        .post(&path, coordinator, json!({ "id": Uuid::now_v7() }))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let issued: EntryLink = answer.parse();
    let link = issued.link.clone().expect("the link is shown once");
    let (page, token) = link.split_once('#').expect("a secret after #");
    assert_eq!(page, "https://orientir.example/app/entry");
    (issued, token.to_owned())
}

async fn look(world: &World, token: &str) -> Answer {
    let body = json!({ "token": token });
    world.post("/api/v1/session/entry", "", body).await
}

async fn accept(world: &World, token: &str, login: &str) -> Answer {
    let body = json!({ "token": token, "login": login, "password": PASSWORD });
    world
        .post("/api/v1/session/entry/acceptance", "", body)
        .await
}

async fn sign_in(world: &World, login: &str, password: &str) -> StatusCode {
    let body = json!({ "login": login, "password": password });
    world.post("/api/v1/session", "", body).await.status
}

fact!(
    async fn link_gives_a_login_once_and_signs_in(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let person = expert(&world, &coordinator, "Ёлкина Анна").await;
        let (issued, token) = issue(&world, &coordinator, person).await;
        assert!(issued.qr_svg.is_some_and(|svg| svg.contains("<svg")));
        let offer: EntryOffer = look(&world, &token).await.parse();
        assert_eq!(
            (offer.name.as_str(), offer.suggestion.as_str(), offer.login),
            ("Ёлкина Анна", "elkina.a", None)
        );
        assert_eq!(offer.municipality_name.ru, "Родной район");
        let answer = accept(&world, &token, "elkina.a").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["person"]["name"], "Ёлкина Анна");
        assert_eq!(sign_in(&world, "Elkina.A", PASSWORD).await, StatusCode::OK);
        assert_eq!(look(&world, &token).await.code(), "entry.used");
        assert_eq!(accept(&world, &token, "other").await.code(), "entry.used");
        let card: PersonCard = world
            .get(&api::paths::person(person), &coordinator)
            .await
            .parse();
        assert_eq!(card.login.as_deref(), Some("elkina.a"));
        assert_eq!(card.entries[0].state, EntryState::Used);
        assert_eq!(card.entries[0].link, None);
    }
);

fact!(
    async fn expired_replaced_foreign_and_invented_links_say_why(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let person = expert(&world, &coordinator, "Анна").await;
        let (_, first) = issue(&world, &coordinator, person).await;
        let (second, token) = issue(&world, &coordinator, person).await;
        assert_eq!(look(&world, &first).await.code(), "entry.replaced");
        assert_eq!(
            accept(&world, &first, "anna").await.code(),
            "entry.replaced"
        );
        let abroad = server::auth::Token::generate(world.abroad.municipality).expect("randomness");
        for invented in ["", "ссылка", abroad.to_text().as_str()] {
            assert_eq!(
                accept(&world, invented, "anna").await.code(),
                "entry.unknown"
            );
        }
        let short = json!({ "token": token, "login": "anna", "password": "коротко" });
        let refused = world
            .post("/api/v1/session/entry/acceptance", "", short)
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let taken_back = api::paths::of_person(person, &format!("entries/{}", second.id));
        let card: PersonCard = world
            .call(Method::DELETE, &taken_back, &coordinator, None)
            .await
            .parse();
        assert_eq!(card.entries[0].state, EntryState::Replaced);
        assert_eq!(look(&world, &token).await.code(), "entry.replaced");
        let (_, third) = issue(&world, &coordinator, person).await;
        world.wait(FORTNIGHT_MS);
        assert_eq!(look(&world, &third).await.code(), "entry.expired");
        assert_eq!(accept(&world, &third, "anna").await.code(), "entry.expired");
        assert_eq!(
            sign_in(&world, "anna", PASSWORD).await,
            StatusCode::UNAUTHORIZED
        );
    }
);

fact!(
    async fn of_two_who_use_one_link_at_once_one_enters(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let person = expert(&world, &coordinator, "Анна").await;
        let (_, token) = issue(&world, &coordinator, person).await;
        let (one, other) = futures::future::join(
            accept(&world, &token, "anna-1"),
            accept(&world, &token, "anna-2"),
        )
        .await;
        let entered = [&one, &other]
            .iter()
            .filter(|answer| answer.status == StatusCode::OK)
            .count();
        assert_eq!(entered, 1, "{} {}", one.text, other.text);
        let logins = [
            sign_in(&world, "anna-1", PASSWORD).await,
            sign_in(&world, "anna-2", PASSWORD).await,
        ];
        assert!(logins.contains(&StatusCode::OK) && logins.contains(&StatusCode::UNAUTHORIZED));
    }
);

fact!(
    async fn taken_login_keeps_the_link_open(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let first = expert(&world, &coordinator, "Анна").await;
        let second = expert(&world, &coordinator, "Белла").await;
        let (_, one) = issue(&world, &coordinator, first).await;
        let (_, two) = issue(&world, &coordinator, second).await;
        accept(&world, &one, "anna").await;
        assert_eq!(
            accept(&world, &two, " ANNA ").await.code(),
            "entry.login_taken"
        );
        assert_eq!(
            accept(&world, &two, "с пробелом").await.code(),
            "request.invalid"
        );
        assert_eq!(accept(&world, &two, "bella").await.status, StatusCode::OK);
    }
);

fact!(
    async fn new_link_mends_a_forgotten_password_and_ends_what_was_open(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let person = expert(&world, &coordinator, "Анна").await;
        let (_, first) = issue(&world, &coordinator, person).await;
        let session = accept(&world, &first, "anna").await.cookies();
        let (_, second) = issue(&world, &coordinator, person).await;
        let offer: EntryOffer = look(&world, &second).await.parse();
        assert_eq!(offer.login.as_deref(), Some("anna"));
        let body = json!({ "token": second, "login": "другой", "password": "иная длинная фраза" });
        let answer = world
            .post("/api/v1/session/entry/acceptance", "", body)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let old = world.get("/api/v1/account", &session).await;
        assert_eq!(old.status, StatusCode::UNAUTHORIZED);
        assert_eq!(
            sign_in(&world, "anna", PASSWORD).await,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(
            sign_in(&world, "anna", "иная длинная фраза").await,
            StatusCode::OK
        );
    }
);

fact!(
    async fn link_of_a_blocked_person_opens_nothing(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let person = expert(&world, &coordinator, "Анна").await;
        let (_, token) = issue(&world, &coordinator, person).await;
        let standing = api::paths::of_person(person, "standing");
        let body = json!({ "standing": Standing::Blocked });
        world.put(&standing, &coordinator, body).await;
        assert_eq!(
            accept(&world, &token, "anna").await.code(),
            "entry.replaced"
        );
        let path = api::paths::of_person(person, "entries");
        let refused = world
            .post(&path, &coordinator, json!({ "id": Uuid::now_v7() }))
            .await;
        assert_eq!(refused.code(), "person.not_active");
    }
);

fact!(
    async fn list_tells_who_was_invited_and_has_not_come(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let person = expert(&world, &coordinator, "Анна").await;
        let state = async || {
            let register: PeopleRegister = world.get("/api/v1/people", &coordinator).await.parse();
            let found = register.people.into_iter().find(|one| one.id == person);
            found.expect("the person").entry
        };
        assert_eq!(state().await, None);
        let (_, token) = issue(&world, &coordinator, person).await;
        assert_eq!(state().await, Some(EntryState::Open));
        accept(&world, &token, "anna").await;
        assert_eq!(state().await, Some(EntryState::Used));
    }
);
