//! The act: of a submitted sheet, signed by the observer, explained by the school, nothing overwritten.

use api::access::session::{Role, Scope};
use api::id::SubmissionId;
use api::observation::act::Act;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::forms::submission::{critical, operation};
use crate::world::{World, fact};

/// A sheet with a critical violation, submitted; the observer's cookie.
async fn submitted(world: &World) -> (SubmissionId, String) {
    let observer = world.observer().await;
    let opened = world
        .post(
            api::paths::SUBMISSIONS,
            &observer,
            json!({ "id": Uuid::now_v7(), "subject": {
                "kind": "assignment", "assignment": world.home.own_assignment,
            } }),
        )
        .await;
    let id = opened.parse::<api::forms::submission::Submission>().id;
    let draft = world
        .get(&api::paths::of_submission(id, "act"), &observer)
        .await;
    assert_eq!(draft.status, StatusCode::NOT_FOUND, "a draft has no act");
    let (path, _) = critical();
    let change = operation(id, Uuid::now_v7(), 1, &path, "no");
    crate::forms::submission::put(world, &observer, id, &[change]).await;
    let sent = world
        .post(
            &api::paths::submit(id),
            &observer,
            json!({ "revision": 1, "incomplete_reason": "проверка" }),
        )
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    (id, observer)
}

async fn act(world: &World, id: SubmissionId, cookie: &str) -> Act {
    let answer = world
        .get(&api::paths::of_submission(id, "act"), cookie)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

fact!(
    async fn the_observer_signs_and_a_correction_outdates_the_signature(world: World) {
        let (id, observer) = submitted(&world).await;
        let before = act(&world, id, &observer).await;
        assert!(before.may_sign && before.signature.is_none());
        assert_eq!(before.remarks.len(), 1);
        assert!(before.remarks[0].critical);
        let sign = async |drawing: serde_json::Value| {
            world
                .post(
                    &api::paths::of_submission(id, "signature"),
                    &observer,
                    json!({ "name": "Наблюдатель", "drawing": drawing }),
                )
                .await
        };
        let blank = sign(json!([])).await;
        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        let signed = sign(json!([[[10, 20], [300, 90]], [[5, 5]]])).await;
        assert_eq!(signed.status, StatusCode::OK, "{}", signed.text);
        let signature = signed.parse::<Act>().signature.expect("signed");
        assert_eq!(
            (signature.name.as_str(), signature.outdated),
            ("Наблюдатель", false)
        );
        let again = sign(json!([[[10, 20], [300, 90]], [[5, 5]]])).await;
        assert_eq!(again.status, StatusCode::OK, "a repetition is harmless");
        let other = sign(json!([[[1, 2], [3, 4]]])).await;
        assert_eq!(other.code(), "act.signed", "a signature is not replaced");
        let (path, _) = critical();
        let change = operation(id, Uuid::now_v7(), 1, &path, "yes");
        crate::forms::submission::put(&world, &observer, id, &[change]).await;
        let after = act(&world, id, &observer).await;
        assert!(after.signature.is_some_and(|signature| signature.outdated));
        assert!(after.remarks.is_empty(), "the correction is in the act");
    }
);

fact!(
    async fn the_school_explains_without_learning_who_observed(world: World) {
        let (id, observer) = submitted(&world).await;
        let head = world.home_person(Role::SchoolHead).await;
        let explain = async |content: &str| {
            world
                .post(
                    &api::paths::of_submission(id, "explanations"),
                    &head,
                    json!({ "id": Uuid::now_v7(), "content": content }),
                )
                .await
        };
        for content in ["Дверь была закрыта по недосмотру", "Памятка вахте выдана"]
        {
            let answer = explain(content).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        let of_school = act(&world, id, &head).await;
        assert_eq!((of_school.observer, of_school.may_sign), (None, false));
        assert_eq!(of_school.explain_until, "2026-04-18");
        let kept: Vec<String> = act(&world, id, &observer)
            .await
            .explanations
            .into_iter()
            .map(|one| one.content)
            .collect();
        assert_eq!(
            kept,
            ["Дверь была закрыта по недосмотру", "Памятка вахте выдана"]
        );
        let other = Scope::Organisation {
            organisation: world.home.other_school,
        };
        let (_, stranger) = world
            .person(&world.home.clone(), Role::SchoolHead, other)
            .await;
        let refused = world
            .get(&api::paths::of_submission(id, "act"), &stranger)
            .await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn the_word_document_is_one(world: World) {
        let (id, observer) = submitted(&world).await;
        let answer = world
            .get(
                &format!("{}?lang=en", api::paths::of_submission(id, "act.docx")),
                &observer,
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        let name = answer.headers["content-disposition"]
            .to_str()
            .expect("ASCII");
        assert!(name.ends_with(".docx\""), "{name}");
        assert!(answer.text.starts_with("PK"), "a zip archive");
    }
);

fact!(
    async fn the_pdf_is_one_and_names_the_act(world: World) {
        let (id, observer) = submitted(&world).await;
        let path = api::paths::of_submission(id, "act.pdf");
        let answer = world.get(&path, &observer).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.headers["content-type"], "application/pdf");
        let name = answer.headers["content-disposition"]
            .to_str()
            .expect("ASCII");
        assert!(name.ends_with(".pdf\""), "{name}");
        assert!(answer.text.starts_with("%PDF-1.7"), "{:.20}", answer.text);
    }
);
