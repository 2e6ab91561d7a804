//! Photos of a sheet: announced, sent in chunks, cut, repeated, and not what was announced.

use api::attachment::Attachment;
use api::id::SubmissionId;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use sync::content_hash;
use tower::ServiceExt;
use uuid::Uuid;

use crate::world::{World, fact};

/// A photo of three chunks, in small.
const PHOTO: &[u8] = b"\xff\xd8\xff this stands for a photo";

async fn sheet(world: &World, cookie: &str) -> SubmissionId {
    let subject = json!({ "kind": "assignment", "assignment": world.home.own_assignment });
    let body = json!({ "id": Uuid::now_v7(), "subject": subject });
    let answer = world.post("/api/v1/submissions", cookie, body).await;
    answer.parse::<api::submission::Submission>().id
}

fn announced(bytes: usize) -> Value {
    json!({ "question": "a/b", "content_type": "image/jpeg", "bytes": bytes, "at_ms": 5 })
}

/// Sends bytes from an offset on: status and answer.
async fn send(
    world: &World,
    cookie: &str,
    (submission, hash, offset): (SubmissionId, &str, u64),
    bytes: &[u8],
) -> (StatusCode, Value) {
    let request = Request::builder()
        .method("PUT")
        .uri(api::paths::attachment_chunk(submission, hash, offset))
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .body(Body::from(bytes.to_vec()))
        .expect("a request");
    let answer = world.router.clone().oneshot(request).await;
    let answer = answer.expect("the router answers");
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    let json = serde_json::from_slice(&body.expect("a body"));
    (status, json.unwrap_or_default())
}

async fn content(
    world: &World,
    cookie: &str,
    submission: SubmissionId,
    hash: &str,
) -> (StatusCode, Vec<u8>) {
    let request = Request::builder()
        .uri(api::paths::attachment(submission, hash))
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .expect("a request");
    let answer = world.router.clone().oneshot(request).await;
    let answer = answer.expect("the router answers");
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    (status, body.expect("a body").to_vec())
}

fact!(
    async fn a_photo_arrives_in_chunks_that_are_cut_and_repeated(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        let hash = content_hash(PHOTO);
        let path = api::paths::attachment(id, &hash);
        for _ in 0..2 {
            let held: Attachment = world
                .put(&path, &observer, announced(PHOTO.len()))
                .await
                .parse();
            assert_eq!((held.received, held.is_complete), (0, false));
        }
        let (first, rest) = PHOTO.split_at(10);
        send(&world, &observer, (id, &hash, 0), first).await;
        // The answer was lost: the same again, and then something that overtook.
        let (_, again) = send(&world, &observer, (id, &hash, 0), first).await;
        assert_eq!(again["received"], 10);
        let (_, ahead) = send(&world, &observer, (id, &hash, 20), &PHOTO[20..]).await;
        assert_eq!(ahead["received"], 10);
        assert_eq!(
            content(&world, &observer, id, &hash).await.0,
            StatusCode::NOT_FOUND
        );
        let (_, done) = send(&world, &observer, (id, &hash, 10), rest).await;
        assert_eq!(done["is_complete"], true);
        let found = content(&world, &observer, id, &hash).await;
        assert_eq!(found, (StatusCode::OK, PHOTO.to_vec()));
        let known: Attachment = world
            .put(&path, &observer, announced(PHOTO.len()))
            .await
            .parse();
        assert!(known.is_complete, "nothing is sent twice");
    }
);

fact!(
    async fn a_photo_that_is_not_what_was_announced_begins_anew(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        let hash = content_hash(PHOTO);
        let path = api::paths::attachment(id, &hash);
        world.put(&path, &observer, announced(PHOTO.len())).await;
        let broken = vec![0; PHOTO.len()];
        let (status, _) = send(&world, &observer, (id, &hash, 0), &broken).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let (_, done) = send(&world, &observer, (id, &hash, 0), PHOTO).await;
        assert_eq!(done["is_complete"], true);
    }
);

fact!(
    async fn only_known_kinds_within_limits_are_taken(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        let path = api::paths::attachment(id, &content_hash(PHOTO));
        let mut program = announced(10);
        program["content_type"] = json!("text/html");
        let mut film = announced(33 * 1_024 * 1_024);
        film["content_type"] = json!("video/mp4");
        for body in [program, film, announced(0), announced(9 * 1_024 * 1_024)] {
            let answer = world.put(&path, &observer, body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let nameless = api::paths::attachment(id, "../etc");
        let answer = world.put(&nameless, &observer, announced(10)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn a_document_is_saved_and_a_sound_is_played(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        for (kind, disposition) in [("application/pdf", "attachment"), ("audio/mpeg", "inline")] {
            let bytes = format!("this stands for {kind}").into_bytes();
            let hash = content_hash(&bytes);
            let path = api::paths::attachment(id, &hash);
            let mut new = announced(bytes.len());
            new["content_type"] = json!(kind);
            world.put(&path, &observer, new).await;
            send(&world, &observer, (id, &hash, 0), &bytes).await;
            let request = Request::builder()
                .uri(&path)
                .header(header::HOST, "orientir.example")
                .header(header::COOKIE, &observer)
                .body(Body::empty())
                .expect("a request");
            let answer = world.router.clone().oneshot(request).await;
            let answer = answer.expect("the router answers");
            assert_eq!(answer.headers()[header::CONTENT_TYPE], kind);
            assert_eq!(answer.headers()[header::CONTENT_DISPOSITION], disposition);
        }
    }
);

fact!(
    async fn a_prepared_sheet_is_no_running_event(world: World) {
        let observer = world.observer().await;
        sheet(&world, &observer).await;
        let own = world.get(api::paths::ASSIGNMENTS, &observer).await;
        let own: Vec<api::event::OwnAssignment> = own.parse();
        let states: Vec<_> = own.iter().map(|own| own.event.state).collect();
        assert_eq!(states, [api::event::EventState::Planned]);
    }
);
