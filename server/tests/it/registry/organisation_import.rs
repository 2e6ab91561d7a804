//! Schools from the office's own spreadsheet: nothing before the confirmation, all or nothing after it, undone whole.

use api::access::session::{Role, Scope};
use api::registry::organisation::Organisation;
use api::registry::table_import::{TableImport, TableImportState};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;
use uuid::Uuid;

use crate::world::{Answer, World, fact};

const LIST: &str = "Список школ района;;;;;\n\
    Логин ОО;Наименование кратко;Тип;Нас. пункт;Контингент;Филиал\n\
    sch201;Александровская СОШ;СОШ;с. Александровка;214;\n\
    sch203;Боровская НОШ;филиал;д. Боровая;46;sch201\n\
    sch207;Ключевская НОШ;НОШ;д. Ключи;около 20;\n";

async fn bring(world: &World, cookie: &str, id: Uuid, content: &[u8]) -> Answer {
    let request = Request::post("/api/v1/organisation-imports")
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .header("x-import-id", id.to_string())
        .header("x-file-name", "schools.csv")
        .body(Body::from(content.to_vec()))
        .expect("a request");
    world.send(request).await
}

fn of(id: Uuid, what: &str) -> String {
    format!("/api/v1/organisation-imports/{id}{what}")
}

async fn confirm(world: &World, cookie: &str, id: Uuid) -> Answer {
    world.post(&of(id, "/confirm"), cookie, json!({})).await
}

async fn undo(world: &World, cookie: &str, id: Uuid) -> Answer {
    world.call(Method::DELETE, &of(id, ""), cookie, None).await
}

async fn register(world: &World, cookie: &str) -> Vec<Organisation> {
    world.get("/api/v1/organisations", cookie).await.parse()
}

fact!(
    async fn list_is_stored_when_it_is_confirmed_and_again_changes_nothing(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let before = register(&world, &coordinator).await;
        let id = Uuid::now_v7();
        let brought: TableImport = bring(&world, &coordinator, id, LIST.as_bytes())
            .await
            .parse();
        assert_eq!((brought.new, brought.left_out), (2, 1));
        let content = brought.content.expect("what stands in the file");
        assert_eq!((content.header_row, content.is_blocked), (2, false));
        assert_eq!(content.problems[0].row, Some(5));
        assert_eq!(register(&world, &coordinator).await, before);
        let done: TableImport = confirm(&world, &coordinator, id).await.parse();
        assert_eq!(done.state, TableImportState::Confirmed);
        let after = register(&world, &coordinator).await;
        assert_eq!(after.len(), before.len() + 2);
        let named = |name: &str| {
            let found = after.iter().find(|school| school.short_name == name);
            found.expect("the school").clone()
        };
        let (whole, branch) = (named("Александровская СОШ"), named("Боровская НОШ"));
        assert_eq!((whole.pupils, branch.parent), (214, Some(whole.id)));
        let again: TableImport = confirm(&world, &coordinator, id).await.parse();
        assert_eq!(again, done);
        let twice: TableImport = bring(&world, &coordinator, Uuid::now_v7(), LIST.as_bytes())
            .await
            .parse();
        assert_eq!((twice.new, twice.changed, twice.same), (0, 0, 2));
    }
);

fact!(
    async fn undone_import_leaves_no_trace_in_the_register(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let before = register(&world, &coordinator).await;
        let known = before
            .iter()
            .find(|school| school.id == world.home.own_school)
            .expect("the own school");
        let list = format!("{LIST}{};Иное имя;СОШ;г. Город;700;\n", known.code);
        let id = Uuid::now_v7();
        bring(&world, &coordinator, id, list.as_bytes()).await;
        let done: TableImport = confirm(&world, &coordinator, id).await.parse();
        assert_eq!((done.new, done.changed), (2, 1));
        assert_ne!(register(&world, &coordinator).await, before);
        for _ in 0..2 {
            let gone: TableImport = undo(&world, &coordinator, id).await.parse();
            assert_eq!(gone.state, TableImportState::Undone);
        }
        assert_eq!(register(&world, &coordinator).await, before);
        assert_eq!(
            confirm(&world, &coordinator, id).await.code(),
            "table_import.over"
        );
    }
);

fact!(
    async fn what_is_at_work_or_was_changed_since_stands_in_the_way_of_undoing(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let id = Uuid::now_v7();
        bring(&world, &coordinator, id, LIST.as_bytes()).await;
        confirm(&world, &coordinator, id).await;
        let after = register(&world, &coordinator).await;
        let school = after
            .iter()
            .find(|school| school.code == "sch201")
            .expect("the school");
        let mut changed = school.clone();
        changed.pupils = 215;
        let path = api::paths::organisation(school.id);
        let card = |school: &Organisation| serde_json::to_value(school).expect("a school");
        world.put(&path, &coordinator, card(&changed)).await;
        let refused = undo(&world, &coordinator, id).await;
        assert_eq!(refused.code(), "table_import.changed_since");
        world.put(&path, &coordinator, card(school)).await;
        let scope = Scope::Organisation {
            organisation: school.id,
        };
        world
            .person(&world.home.clone(), Role::SchoolHead, scope)
            .await;
        let refused = undo(&world, &coordinator, id).await;
        assert_eq!(refused.code(), "table_import.in_use", "{}", refused.text);
        assert_eq!(register(&world, &coordinator).await, after);
    }
);

fact!(
    async fn columns_are_chosen_remembered_and_stand_in_the_way_until_they_are_clear(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let list = "Шифр;Краткое название;Вид;Логин;Код\nx1;Первая;СОШ;sch1;1\n";
        let id = Uuid::now_v7();
        let brought: TableImport = bring(&world, &coordinator, id, list.as_bytes())
            .await
            .parse();
        let content = brought.content.expect("content");
        assert_eq!(content.columns[3].field.as_deref(), Some("code"));
        assert_eq!(content.columns[4].field, None);
        let choose = |fields: [Option<&str>; 5]| {
            let body = json!({ "fields": fields });
            let path = of(id, "/columns");
            let (world, coordinator) = (&world, &coordinator);
            async move { world.put(&path, coordinator, body).await }
        };
        let twice: TableImport = choose([
            None,
            Some("short_name"),
            Some("kind"),
            Some("code"),
            Some("code"),
        ])
        .await
        .parse();
        let content = twice.content.expect("content");
        assert!(content.is_blocked);
        assert_eq!(content.problems[0].code, "table.column_twice");
        assert_eq!(
            confirm(&world, &coordinator, id).await.code(),
            "table_import.columns"
        );
        let missing: TableImport = choose([None, None, Some("kind"), Some("code"), None])
            .await
            .parse();
        let content = missing.content.expect("content");
        assert_eq!(content.problems[0].code, "table.column_missing");
        choose([Some("code"), Some("short_name"), Some("kind"), None, None]).await;
        let done: TableImport = confirm(&world, &coordinator, id).await.parse();
        assert_eq!(done.new, 1);
        let next: TableImport = bring(&world, &coordinator, Uuid::now_v7(), list.as_bytes())
            .await
            .parse();
        let content = next.content.expect("content");
        assert_eq!(content.columns[0].field.as_deref(), Some("code"));
        assert_eq!(next.same, 1);
    }
);

fact!(
    async fn exported_register_brought_back_changes_nothing(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let before = register(&world, &coordinator).await;
        for language in ["ru", "en"] {
            let path = format!("/api/v1/organisations.xlsx?language={language}");
            let request = Request::get(&path)
                .header(header::HOST, "orientir.example")
                .header(header::COOKIE, &coordinator)
                .body(Body::empty())
                .expect("a request");
            let bytes = world.bytes(request).await;
            let id = Uuid::now_v7();
            let brought: TableImport = bring(&world, &coordinator, id, &bytes).await.parse();
            assert_eq!(
                (brought.new, brought.changed, brought.left_out),
                (0, 0, 0),
                "{language}: {:?}",
                brought.content.map(|content| content.problems)
            );
            confirm(&world, &coordinator, id).await;
        }
        assert_eq!(register(&world, &coordinator).await, before);
    }
);

fact!(
    async fn two_confirmations_at_once_store_the_list_once(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let before = register(&world, &coordinator).await.len();
        let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
        for id in [first, second] {
            bring(&world, &coordinator, id, LIST.as_bytes()).await;
        }
        let (one, other) = futures::future::join(
            confirm(&world, &coordinator, first),
            confirm(&world, &coordinator, second),
        )
        .await;
        assert_eq!((one.status, other.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(register(&world, &coordinator).await.len(), before + 2);
    }
);

fact!(
    async fn foreign_and_unreadable_files_are_told_apart_from_ours(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let head = world.home_person(Role::SchoolHead).await;
        let abroad = world.abroad.clone();
        let (_, stranger) = world
            .person(&abroad, Role::Coordinator, Scope::Municipality)
            .await;
        let id = Uuid::now_v7();
        let refused = bring(&world, &head, id, LIST.as_bytes()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        bring(&world, &coordinator, id, LIST.as_bytes()).await;
        let other = bring(&world, &coordinator, id, b"A;B\n1;2\n").await;
        assert_eq!(other.code(), "request.id_taken");
        for cookie in [&stranger, &head] {
            let hidden = world.get(&of(id, ""), cookie).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(
            confirm(&world, &stranger, id).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            undo(&world, &stranger, id).await.status,
            StatusCode::NOT_FOUND
        );
        for content in [&b""[..], b"%PDF-1.7 no table", b"PK\x03\x04broken"] {
            let refused = bring(&world, &coordinator, Uuid::now_v7(), content).await;
            assert_eq!(refused.code(), "table_import.unreadable");
        }
    }
);
