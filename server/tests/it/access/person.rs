//! People, their roles and their standing: who may change whom, and what no change may leave behind.

use api::access::person::{PeopleRegister, PersonCard, Standing};
use api::access::session::{Role, Scope};
use api::id::PersonId;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::store::Author;
use uuid::Uuid;

use crate::world::{Answer, Place, World, fact, scope_of};

const DAY_MS: i64 = 24 * 3_600_000;

pub fn details(name: &str) -> Value {
    json!({ "name": name, "position": "", "email": null, "phone": null, "language": "ru" })
}

pub fn role(role: Role, scope: Scope) -> Value {
    json!({
        "id": Uuid::now_v7(), "role": role, "scope": scope, "order_reference": "№ 7 от 01.09.2026",
        "from": null, "until": null,
    })
}

pub fn new_person(name: &str, given: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "details": details(name), "role": given })
}

pub async fn enter(world: &World, cookie: &str, body: &Value) -> PersonCard {
    let answer = world.post("/api/v1/people", cookie, body.clone()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

async fn expert(world: &World, cookie: &str) -> PersonCard {
    let body = new_person("Анна Ёлкина", role(Role::Expert, Scope::Municipality));
    enter(world, cookie, &body).await
}

fn of(person: PersonId, what: &str) -> String {
    api::paths::of_person(person, what)
}

async fn stand(world: &World, cookie: &str, person: PersonId, standing: Standing) -> Answer {
    let body = json!({ "standing": standing });
    world.put(&of(person, "standing"), cookie, body).await
}

async fn delete(world: &World, cookie: &str, path: &str) -> Answer {
    world.call(Method::DELETE, path, cookie, None).await
}

/// An administrator who can enter: person and cookie.
async fn administrator(world: &World, place: &Place, login: &str) -> (PersonId, String) {
    let scope = Scope::Municipality;
    let (id, cookie) = world.person(place, Role::Administrator, scope).await;
    let author = Author::system(place.municipality);
    let mut write = world
        .store
        .write(author, world.now_ms())
        .await
        .expect("write");
    write
        .set_login(id, login, "hash".into())
        .await
        .expect("login");
    write.commit().await.expect("commit");
    (id, cookie)
}

fact!(
    async fn person_is_entered_once_and_shown_with_role_and_order(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let body = new_person("  Анна   Ёлкина ", role(Role::Expert, Scope::Municipality));
        let first = enter(&world, &coordinator, &body).await;
        let again = enter(&world, &coordinator, &body).await;
        assert_eq!(first, again);
        assert_eq!(first.details.name, "Анна Ёлкина");
        assert_eq!(
            first.roles[0].order_reference.as_deref(),
            Some("№ 7 от 01.09.2026")
        );
        assert!(first.roles[0].is_in_force && first.roles[0].may_take);
        let register: PeopleRegister = world.get("/api/v1/people", &coordinator).await.parse();
        let found = register
            .people
            .iter()
            .filter(|one| one.name == "Анна Ёлкина");
        assert_eq!(found.count(), 1);
    }
);

fact!(
    async fn second_person_of_one_name_is_asked_about(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        expert(&world, &coordinator).await;
        let mut twice = new_person("анна елкина", role(Role::Expert, Scope::Municipality));
        let refused = world
            .post("/api/v1/people", &coordinator, twice.clone())
            .await;
        assert_eq!(refused.code(), "person.namesake");
        twice["is_namesake"] = json!(true);
        enter(&world, &coordinator, &twice).await;
    }
);

fact!(
    async fn cards_of_another_district_do_not_exist(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let abroad = world.abroad.clone();
        let (stranger, _) = world
            .person(&abroad, Role::Expert, Scope::Municipality)
            .await;
        let card = api::paths::person(stranger);
        assert_eq!(
            world.get(&card, &coordinator).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            world.put(&card, &coordinator, details("Имя")).await.status,
            StatusCode::NOT_FOUND
        );
        let blocked = stand(&world, &coordinator, stranger, Standing::Blocked).await;
        assert_eq!(blocked.status, StatusCode::NOT_FOUND);
        let given = role(Role::Expert, Scope::Municipality);
        let roles = world
            .post(&of(stranger, "roles"), &coordinator, given)
            .await;
        assert_eq!(roles.status, StatusCode::NOT_FOUND);
        let scope = Scope::Organisation {
            organisation: abroad.own_school,
        };
        let foreign = new_person("Имя", role(Role::SchoolHead, scope));
        let entered = world.post("/api/v1/people", &coordinator, foreign).await;
        assert_eq!(entered.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn school_sees_and_changes_its_own_people_only(world: World) {
        let home = world.home.clone();
        let head = world.home_person(Role::SchoolHead).await;
        let team = |organisation| role(Role::SchoolTeam, Scope::Organisation { organisation });
        let own = enter(&world, &head, &new_person("Своя", team(home.own_school))).await;
        let other = new_person("Чужая", team(home.other_school));
        let refused = world.post("/api/v1/people", &head, other.clone()).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        let coordinator = world.home_person(Role::Coordinator).await;
        let other = enter(&world, &coordinator, &other).await;
        let register: PeopleRegister = world.get("/api/v1/people", &head).await.parse();
        let ids: Vec<PersonId> = register.people.iter().map(|one| one.id).collect();
        assert!(ids.contains(&own.id) && !ids.contains(&other.id));
        let card = world.get(&api::paths::person(other.id), &head).await;
        assert_eq!(card.status, StatusCode::NOT_FOUND);
        let gone = stand(&world, &head, own.id, Standing::Left).await;
        assert_eq!(gone.parse::<PersonCard>().standing, Standing::Left);
    }
);

fact!(
    async fn nobody_gives_a_role_beyond_the_own_ones_nor_changes_who_holds_one(world: World) {
        let home = world.home.clone();
        let coordinator = world.home_person(Role::Coordinator).await;
        for wanted in [Role::Administrator, Role::Manager, Role::Coordinator] {
            let body = new_person("Имя", role(wanted, Scope::Municipality));
            let refused = world.post("/api/v1/people", &coordinator, body).await;
            assert_eq!(refused.code(), "role.not_to_give", "{wanted:?}");
        }
        let (manager, _) = world
            .person(&home, Role::Manager, Scope::Municipality)
            .await;
        for answer in [
            stand(&world, &coordinator, manager, Standing::Blocked).await,
            world
                .put(
                    &api::paths::person(manager),
                    &coordinator,
                    details("Другое"),
                )
                .await,
            delete(&world, &coordinator, &of(manager, "sessions")).await,
            world
                .post(
                    &of(manager, "entries"),
                    &coordinator,
                    json!({ "id": Uuid::now_v7() }),
                )
                .await,
        ] {
            assert_eq!(answer.code(), "person.stronger", "{}", answer.text);
        }
        let card: PersonCard = world
            .get(&api::paths::person(manager), &coordinator)
            .await
            .parse();
        assert!(card.refusal.is_some() && card.sessions.is_empty());
        let observer = world.observer().await;
        let refused = world.get("/api/v1/people", &observer).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);

fact!(
    async fn nobody_changes_the_own_roles_or_standing(world: World) {
        let home = world.home.clone();
        let (id, cookie) = administrator(&world, &home, "one").await;
        let given = role(Role::Coordinator, Scope::Municipality);
        let refused = world.post(&of(id, "roles"), &cookie, given).await;
        assert_eq!(refused.code(), "role.self");
        let blocked = stand(&world, &cookie, id, Standing::Blocked).await;
        assert_eq!(blocked.code(), "person.self");
    }
);

fact!(
    async fn blocked_person_is_out_at_once_and_back_with_the_same_roles(world: World) {
        let home = world.home.clone();
        let coordinator = world.home_person(Role::Coordinator).await;
        let card = expert(&world, &coordinator).await;
        let session = world.session(&home, card.id).await;
        assert_eq!(
            world.get("/api/v1/forms", &session).await.status,
            StatusCode::OK
        );
        stand(&world, &coordinator, card.id, Standing::Blocked).await;
        let out = world.get("/api/v1/forms", &session).await;
        assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        let again = stand(&world, &coordinator, card.id, Standing::Blocked).await;
        assert_eq!(again.status, StatusCode::OK);
        let back: PersonCard = stand(&world, &coordinator, card.id, Standing::Active)
            .await
            .parse();
        assert!(back.roles[0].is_in_force);
        let session = world.session(&home, card.id).await;
        assert_eq!(
            world.get("/api/v1/forms", &session).await.status,
            StatusCode::OK
        );
    }
);

fact!(
    async fn who_is_let_go_loses_roles_and_login_and_can_be_entered_again(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let card = expert(&world, &coordinator).await;
        let gone: PersonCard = stand(&world, &coordinator, card.id, Standing::Left)
            .await
            .parse();
        assert_eq!((gone.login, gone.roles[0].is_in_force), (None, false));
        let given = role(Role::Expert, Scope::Municipality);
        let refused = world
            .post(&of(card.id, "roles"), &coordinator, given.clone())
            .await;
        assert_eq!(refused.code(), "person.not_active");
        stand(&world, &coordinator, card.id, Standing::Active).await;
        let back: PersonCard = world
            .post(&of(card.id, "roles"), &coordinator, given)
            .await
            .parse();
        assert!(back.roles[0].is_in_force && !back.roles[1].is_in_force);
    }
);

fact!(
    async fn role_holds_from_its_first_day_through_its_last(world: World) {
        let home = world.home.clone();
        let coordinator = world.home_person(Role::Coordinator).await;
        // Noon of 15 April 2026 in UTC is the same day at home.
        let mut given = role(Role::Expert, Scope::Municipality);
        given["from"] = json!("2026-04-16");
        given["until"] = json!("2026-04-17");
        let card = enter(&world, &coordinator, &new_person("Имя", given)).await;
        let mut seen = Vec::new();
        for _ in 0..4 {
            let session = world.session(&home, card.id).await;
            let answer = world.get("/api/v1/forms", &session).await;
            seen.push(answer.status == StatusCode::OK);
            world.wait(DAY_MS);
        }
        assert_eq!(seen, [false, true, true, false]);
        let mut late = role(Role::Expert, Scope::Municipality);
        late["until"] = json!("2026-04-17");
        let coordinator = world.home_person(Role::Coordinator).await;
        let refused = world.post(&of(card.id, "roles"), &coordinator, late).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
);

fact!(
    async fn role_is_given_and_taken_once_however_often_it_is_asked(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let card = expert(&world, &coordinator).await;
        let given = role(Role::Methodist, Scope::Municipality);
        let path = of(card.id, "roles");
        let first: PersonCard = world.post(&path, &coordinator, given.clone()).await.parse();
        let again: PersonCard = world.post(&path, &coordinator, given.clone()).await.parse();
        assert_eq!(first, again);
        let twin = role(Role::Methodist, Scope::Municipality);
        let refused = world.post(&path, &coordinator, twin).await;
        assert_eq!(refused.code(), "role.held");
        let one = of(
            card.id,
            &format!("roles/{}", given["id"].as_str().expect("an id")),
        );
        let taken: PersonCard = delete(&world, &coordinator, &one).await.parse();
        world.wait(1_000);
        let again: PersonCard = delete(&world, &coordinator, &one).await.parse();
        assert_eq!(taken, again);
        assert!(taken.roles.iter().any(|role| role.revoked_ms.is_some()));
        let unknown = of(card.id, &format!("roles/{}", Uuid::now_v7()));
        let missing = delete(&world, &coordinator, &unknown).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn last_administrator_stays_by_every_path(world: World) {
        let home = world.home.clone();
        let (one, first) = administrator(&world, &home, "one").await;
        let (two, second) = administrator(&world, &home, "two").await;
        // Whose role ends cannot stand in for whoever stays.
        let mut short = role(Role::Administrator, Scope::Municipality);
        short["until"] = json!("2026-12-31");
        let passing = enter(&world, &first, &new_person("На время", short)).await;
        let blocked = stand(&world, &first, two, Standing::Blocked).await;
        assert_eq!(blocked.status, StatusCode::OK, "{}", blocked.text);
        let visitor = world.session(&home, passing.id).await;
        for standing in [Standing::Blocked, Standing::Left] {
            let refused = stand(&world, &visitor, one, standing).await;
            assert_eq!(refused.code(), "person.last_administrator");
        }
        let card: PersonCard = world.get(&api::paths::person(one), &visitor).await.parse();
        let role = of(one, &format!("roles/{}", card.roles[0].id));
        let refused = delete(&world, &visitor, &role).await;
        assert_eq!(refused.code(), "person.last_administrator");
        let out = world.get("/api/v1/people", &second).await;
        assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        let stays = world.get("/api/v1/people", &first).await;
        assert_eq!(stays.status, StatusCode::OK);
    }
);

fact!(
    async fn of_two_administrators_who_block_each_other_at_once_one_stays(world: World) {
        let home = world.home.clone();
        let (one, first) = administrator(&world, &home, "one").await;
        let (two, second) = administrator(&world, &home, "two").await;
        let (left, right) = futures::future::join(
            stand(&world, &first, two, Standing::Blocked),
            stand(&world, &second, one, Standing::Blocked),
        )
        .await;
        let done = [left, right]
            .iter()
            .filter(|answer| answer.status == StatusCode::OK)
            .count();
        assert_eq!(done, 1);
    }
);

fact!(
    async fn each_change_is_written_down_without_names(world: World) {
        let home = world.home.clone();
        let (_, cookie) = administrator(&world, &home, "one").await;
        let card = expert(&world, &cookie).await;
        world
            .put(&api::paths::person(card.id), &cookie, details("Анна Лис"))
            .await;
        stand(&world, &cookie, card.id, Standing::Blocked).await;
        let audit = world.get("/api/v1/audit", &cookie).await;
        let entries = audit.json();
        let actions: Vec<&str> = entries
            .as_array()
            .expect("entries")
            .iter()
            .filter_map(|entry| entry["action"].as_str())
            .take(3)
            .collect();
        assert_eq!(actions, ["person.update", "person.update", "person.create"]);
        for entry in entries.as_array().expect("entries").iter().take(3) {
            assert!(!entry["details"].to_string().contains("Анна"), "{entry}");
        }
    }
);

fact!(
    async fn sessions_of_a_person_are_seen_and_ended_one_and_all(world: World) {
        let home = world.home.clone();
        let coordinator = world.home_person(Role::Coordinator).await;
        let card = expert(&world, &coordinator).await;
        let sessions = [
            world.session(&home, card.id).await,
            world.session(&home, card.id).await,
        ];
        let path = api::paths::person(card.id);
        let seen: PersonCard = world.get(&path, &coordinator).await.parse();
        assert_eq!(seen.sessions.len(), 2);
        let one = of(card.id, &format!("sessions/{}", seen.sessions[0].id));
        let left: PersonCard = delete(&world, &coordinator, &one).await.parse();
        assert_eq!(left.sessions.len(), 1);
        let all: PersonCard = delete(&world, &coordinator, &of(card.id, "sessions"))
            .await
            .parse();
        assert_eq!(all.sessions, []);
        for session in sessions {
            let out = world.get("/api/v1/forms", &session).await;
            assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        }
    }
);

fact!(
    async fn every_pair_of_giver_and_given_follows_the_one_table(world: World) {
        let home = world.home.clone();
        for (_, giver) in server::auth::COLUMNS {
            let cookie = match giver {
                Role::Observer => world.observer().await,
                _ => world.home_person(giver).await,
            };
            for (_, given) in server::auth::COLUMNS {
                let scope = scope_of(given, &home);
                let mut body = new_person("Имя", role(given, scope));
                body["is_namesake"] = json!(true);
                let answer = world.post("/api/v1/people", &cookie, body).await;
                let may = server::auth::gives(giver).contains(&given);
                assert_eq!(
                    answer.status == StatusCode::OK,
                    may,
                    "{giver:?} gives {given:?}: {}",
                    answer.text
                );
            }
        }
    }
);
