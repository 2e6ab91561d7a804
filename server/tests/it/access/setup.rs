//! Founding an office: once, by a code that holds, in one change.

use axum::http::StatusCode;
use serde_json::{Value, json};
use server::store::{Author, Store};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

const DAY_MS: i64 = 24 * 3_600_000;

fn founding(code: &str) -> Value {
    json!({
        "code": code, "municipality": Uuid::now_v7(),
        "office": { "name": { "ru": "Заречный район", "en": "Zarechny district" }, "zone_minutes": 420 },
        "person": Uuid::now_v7(), "name": "Анна Ёлкина", "login": format!("anna-{}", Uuid::now_v7()),
        "password": "длинная фраза", "is_coordinator": true,
    })
}

async fn issue(world: &World) -> String {
    let address =
        server::founding::issue_address(&world.store, "https://orientir.example", world.now_ms())
            .await
            .expect("the database answers")
            .expect("nobody runs this installation");
    let (page, code) = address.split_once('#').expect("a code after #");
    assert_eq!(page, "https://orientir.example/app/setup");
    code.to_owned()
}

async fn found(world: &World, code: &str) -> Answer {
    world.post("/api/v1/setup", "", founding(code)).await
}

async fn is_open(world: &World) -> Value {
    world.get("/api/v1/setup", "").await.json()["open"].clone()
}

fact!(
    async fn a_code_founds_an_office_whose_administrator_is_signed_in(world: World) {
        let code = issue(&world).await;
        assert_eq!(is_open(&world).await, true);
        let answer = found(&world, &code).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["person"]["name"], "Анна Ёлкина");
        let cookie = answer.cookies();
        let forms = world.get("/api/v1/forms", &cookie).await.json();
        let shipped = server::rules::forms::instrument::shipped().expect("instruments");
        assert_eq!(forms.as_array().map(Vec::len), Some(shipped.len()));
        let audit = world.get("/api/v1/audit", &cookie).await.json();
        let actions: Vec<&str> = audit
            .as_array()
            .expect("entries")
            .iter()
            .rev()
            .filter_map(|entry| entry["action"].as_str())
            .collect();
        assert_eq!(
            actions,
            ["setup.create", "municipality.create", "session.create"]
        );
        assert_eq!(is_open(&world).await, false);
        let again = found(&world, &code).await;
        assert_eq!(again.code(), "setup.founded");
    }
);

fact!(
    async fn wrong_replaced_and_expired_codes_found_nothing_and_say_why(world: World) {
        let first = issue(&world).await;
        let second = issue(&world).await;
        let before = world
            .store
            .municipalities()
            .await
            .expect("municipalities")
            .len();
        assert_eq!(found(&world, "nothing").await.code(), "setup.unknown");
        assert_eq!(found(&world, &first).await.code(), "setup.replaced");
        world.wait(DAY_MS);
        let late = world
            .post("/api/v1/setup/code", "", json!({ "code": second }))
            .await;
        assert_eq!(late.code(), "setup.expired");
        assert_eq!(found(&world, &second).await.code(), "setup.expired");
        let after = world
            .store
            .municipalities()
            .await
            .expect("municipalities")
            .len();
        assert_eq!(before, after);
    }
);

fact!(
    async fn of_twenty_at_once_exactly_one_founds(world: World) {
        let code = issue(&world).await;
        let before = world
            .store
            .municipalities()
            .await
            .expect("municipalities")
            .len();
        let founder = |number: u128| server::founding::Founder {
            person: api::id::PersonId(Uuid::from_u128(number + 1)),
            name: "Анна".into(),
            login: format!("anna-{number}"),
            password_hash: "no password".into(),
            is_coordinator: false,
        };
        let office = api::access::setup::Office {
            name: api::text::Text::new("Заречный район", "Zarechny district"),
            zone_minutes: 180,
        };
        let (founders, office, code) = ((0..20).map(founder).collect::<Vec<_>>(), &office, &code);
        let all = founders.iter().map(|founder| async {
            let id = api::id::MunicipalityId(Uuid::now_v7());
            server::founding::found_office(
                &world.store,
                (id, office),
                founder,
                Some(code),
                world.now_ms(),
            )
            .await
            .is_ok()
        });
        let done = futures::future::join_all(all).await;
        assert_eq!(done.into_iter().filter(|founded| *founded).count(), 1);
        let after = world
            .store
            .municipalities()
            .await
            .expect("municipalities")
            .len();
        assert_eq!(after, before + 1);
    }
);

fact!(
    async fn an_installation_with_an_administrator_is_not_founded_again(world: World) {
        let code = issue(&world).await;
        let store: &Store = &world.store;
        let person = api::id::PersonId(Uuid::now_v7());
        let mut write = store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .expect("write");
        write
            .put_person(&crate::world::person(person, "Администратор"))
            .await
            .expect("person");
        let grant = api::access::session::Grant {
            role: api::access::session::Role::Administrator,
            scope: api::access::session::Scope::Municipality,
        };
        write.grant_role(person, &grant).await.expect("role");
        write
            .set_login(person, "admin", "hash".into())
            .await
            .expect("login");
        write.commit().await.expect("commit");
        assert_eq!(found(&world, &code).await.code(), "setup.founded");
        let address = server::founding::issue_address(store, "https://o", world.now_ms()).await;
        assert_eq!(address.expect("an answer"), None);
    }
);

fact!(
    async fn further_municipality_needs_a_first_one_and_has_people_of_its_own(world: World) {
        let office = api::access::setup::Office {
            name: api::text::Text::new("Соседний район", "Next district"),
            zone_minutes: 300,
        };
        let founder = |login: &str| server::founding::Founder {
            person: api::id::PersonId(Uuid::now_v7()),
            name: "Белла".into(),
            login: login.into(),
            password_hash: "no password".into(),
            is_coordinator: true,
        };
        let add = async |login: &str| {
            let id = api::id::MunicipalityId(Uuid::now_v7());
            let founder = founder(login);
            let added =
                server::founding::add_office(&world.store, (id, &office), &founder, world.now_ms());
            added.await.map(|()| (id, founder.person))
        };
        assert!(matches!(
            add("bella").await,
            Err(server::founding::Refusal::NotFounded)
        ));
        let code = issue(&world).await;
        found(&world, &code).await;
        let (id, person) = add("bella").await.expect("a further office");
        let before = world
            .store
            .municipalities()
            .await
            .expect("municipalities")
            .len();
        assert!(add("Bella").await.is_err(), "the login is taken");
        let after = world.store.municipalities().await.expect("municipalities");
        assert_eq!(after.len(), before, "nothing half founded stays");
        let place = crate::world::Place {
            municipality: id,
            ..world.home.clone()
        };
        let cookie = world.session(&place, person).await;
        let register: api::access::person::PeopleRegister =
            world.get("/api/v1/people", &cookie).await.parse();
        let names: Vec<&str> = register
            .people
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(names, ["Белла"]);
    }
);
