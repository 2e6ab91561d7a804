//! Forms being written: from a workbook to a version that never changes.

use api::access::session::Role;
use api::forms::form::FormLabel;
use api::forms::form_draft::{DRAFT_ID_HEADER, FormDraft, FormEffect};
use api::id::FormDraftId;
use api::paths;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

/// A form as comma-separated sheets, with a title.
fn csv(id: &str, survey: &str) -> Vec<u8> {
    format!(
        "survey,,,\n,type,name,label\n{survey}settings,,,\n,form_id,form_title,\n,{id},Проба,\n"
    )
    .into_bytes()
}

async fn bring(world: &World, cookie: &str, id: FormDraftId, bytes: Vec<u8>) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(paths::FORM_DRAFTS)
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .header(DRAFT_ID_HEADER, id.to_string())
        .header(api::results::import::FILE_NAME_HEADER, "proba.csv")
        .body(Body::from(bytes))
        .expect("a request");
    world.send(request).await
}

async fn edit(world: &World, cookie: &str, draft: &FormDraft, edits: Value) -> Answer {
    let body = json!({ "id": Uuid::now_v7(), "revision": draft.revision, "edits": edits });
    world
        .put(&paths::form_draft(draft.label.id), cookie, body)
        .await
}

async fn publish(world: &World, cookie: &str, draft: &FormDraft, version: &str) -> Answer {
    let body = json!({ "revision": draft.revision, "version": version });
    world
        .post(&paths::form_draft_publish(draft.label.id), cookie, body)
        .await
}

fn id() -> FormDraftId {
    FormDraftId(Uuid::now_v7())
}

fact!(
    async fn a_workbook_is_mended_and_published(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let survey = ",text,name,Имя\n,integr,age,Возраст\n";
        let draft: FormDraft = bring(&world, &methodist, id(), csv("proba", survey))
            .await
            .parse();
        assert!(
            draft
                .problems
                .iter()
                .any(|problem| problem.place.row == Some(3)),
            "the unknown type is named with its row: {:?}",
            draft.problems
        );
        let refused = publish(&world, &methodist, &draft, "1").await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);

        let sheet = &draft.sheets[0];
        let row = sheet
            .rows
            .iter()
            .position(|row| row.iter().any(|cell| cell == "integr"));
        let row = row.expect("the row");
        let column = sheet.rows[row].iter().position(|cell| cell == "integr");
        let edits = json!([{ "set_cell": {
            "sheet": sheet.name, "row": row, "column": column.expect("the cell"), "value": "integer",
        }}]);
        let mended: FormDraft = edit(&world, &methodist, &draft, edits).await.parse();
        assert_eq!(mended.revision, draft.revision + 1);
        assert_eq!(mended.problems, [], "nothing is wrong any more");

        let label: FormLabel = publish(&world, &methodist, &mended, "1").await.parse();
        assert_eq!((label.id.as_str(), label.questions), ("proba", 2));
        let document = world.get(&paths::form("proba", "1"), &methodist).await;
        assert_eq!(document.status, StatusCode::OK);
    }
);

fact!(
    async fn a_published_version_never_changes(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let first: FormDraft = bring(
            &world,
            &methodist,
            id(),
            csv("proba", ",text,a,А\n,text,b,Б\n"),
        )
        .await
        .parse();
        publish(&world, &methodist, &first, "1.0")
            .await
            .parse::<FormLabel>();
        let before = world
            .get(&paths::form("proba", "1.0"), &methodist)
            .await
            .text;

        let second: FormDraft = bring(
            &world,
            &methodist,
            id(),
            csv("proba", ",text,b,Другое\n,text,c,В\n"),
        )
        .await
        .parse();
        let effect: FormEffect = world
            .get(&paths::form_draft_effect(second.label.id), &methodist)
            .await
            .parse();
        assert_eq!(effect.next_version, "1.1");
        assert_eq!(
            (effect.added, effect.removed),
            (vec!["c".to_owned()], vec!["a".to_owned()])
        );
        assert_eq!(effect.changed[0].path, "b");

        let taken = publish(&world, &methodist, &second, "1.0").await;
        assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.text);
        publish(&world, &methodist, &second, "1.1")
            .await
            .parse::<FormLabel>();
        let after = world
            .get(&paths::form("proba", "1.0"), &methodist)
            .await
            .text;
        assert_eq!(before, after);
    }
);

fact!(
    async fn repeating_changes_nothing_and_an_old_revision_is_refused(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let draft_id = id();
        let bytes = csv("proba", ",text,a,А\n");
        let draft: FormDraft = bring(&world, &methodist, draft_id, bytes.clone())
            .await
            .parse();
        let again: FormDraft = bring(&world, &methodist, draft_id, bytes).await.parse();
        assert_eq!(draft, again);

        let change = json!({ "id": Uuid::now_v7(), "revision": 1, "edits": [
            { "set_cell": { "sheet": draft.sheets[0].name, "row": 1, "column": 2, "value": "Б" } },
        ]});
        let path = paths::form_draft(draft_id);
        let one: FormDraft = world.put(&path, &methodist, change.clone()).await.parse();
        let two: FormDraft = world.put(&path, &methodist, change).await.parse();
        assert_eq!(one, two);
        let stale = edit(&world, &methodist, &draft, json!([])).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    }
);

fact!(
    async fn what_is_no_workbook_is_refused_with_a_reason(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let answer = bring(
            &world,
            &methodist,
            id(),
            b"PK\x03\x04 not a workbook".to_vec(),
        )
        .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.text.contains("form_draft.unreadable"),
            "{}",
            answer.text
        );
    }
);

fact!(
    async fn a_form_leaves_as_workbook_xform_and_json(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let draft: FormDraft = bring(&world, &methodist, id(), csv("proba", ",text,a,=1+1\n"))
            .await
            .parse();
        for (format, part) in [("xform", "<h:html"), ("json", "\"schema\"")] {
            let path = paths::form_draft_file(draft.label.id, format);
            let answer = world.get(&path, &methodist).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.text.contains(part), "{format}: {}", answer.text);
        }
        let path = paths::form_draft_file(draft.label.id, "xlsx");
        assert_eq!(world.get(&path, &methodist).await.status, StatusCode::OK);
        let path = paths::form_draft_file(draft.label.id, "exe");
        assert_eq!(
            world.get(&path, &methodist).await.status,
            StatusCode::NOT_FOUND
        );
    }
);

fact!(
    async fn a_form_of_another_municipality_does_not_exist(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let draft: FormDraft = bring(&world, &methodist, id(), csv("proba", ",text,a,А\n"))
            .await
            .parse();
        let (_, stranger) = world
            .person(
                &world.abroad,
                Role::Methodist,
                api::access::session::Scope::Municipality,
            )
            .await;
        let answer = world
            .get(&paths::form_draft(draft.label.id), &stranger)
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
);
