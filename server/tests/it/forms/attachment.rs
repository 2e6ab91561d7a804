//! Photos of a sheet: announced, sent in chunks, cut, repeated, and not what was announced.

use api::forms::attachment::Attachment;
use api::id::SubmissionId;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use sync::content_hash;
use tower::ServiceExt;
use uuid::Uuid;

use crate::world::{World, fact};

/// A photo of three chunks, in small.
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xda\0\x02pixels of a photo\xff\xd9";
/// The same with what a telephone writes beside it.
const TELEPHONE: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xfe\0\x0855.75N\xff\xda\0\x02pixels of a photo\xff\xd9";

async fn sheet(world: &World, cookie: &str) -> SubmissionId {
    let subject = json!({ "kind": "assignment", "assignment": world.home.own_assignment });
    let body = json!({ "id": Uuid::now_v7(), "subject": subject });
    let answer = world.post("/api/v1/submissions", cookie, body).await;
    answer.parse::<api::forms::submission::Submission>().id
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
        let pdf = ("application/pdf", "attachment", &b"%PDF-1.7\n%%EOF\n"[..]);
        let sound = ("audio/mpeg", "inline", &b"ID3 a sound"[..]);
        for (kind, disposition, bytes) in [pdf, sound] {
            let hash = content_hash(bytes);
            let path = api::paths::attachment(id, &hash);
            let mut new = announced(bytes.len());
            new["content_type"] = json!(kind);
            world.put(&path, &observer, new).await;
            send(&world, &observer, (id, &hash, 0), bytes).await;
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
    async fn a_photo_is_kept_without_place_and_under_its_first_name(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        let hash = content_hash(TELEPHONE);
        let path = api::paths::attachment(id, &hash);
        world
            .put(&path, &observer, announced(TELEPHONE.len()))
            .await;
        let (_, done) = send(&world, &observer, (id, &hash, 0), TELEPHONE).await;
        assert_eq!(done["is_complete"], true);
        let found = content(&world, &observer, id, &hash).await;
        assert_eq!(found, (StatusCode::OK, PHOTO.to_vec()));
        // A device whose answer was lost asks again and has nothing more to send.
        let again = world
            .put(&path, &observer, announced(TELEPHONE.len()))
            .await;
        let again: Attachment = again.parse();
        let all = TELEPHONE.len() as u64;
        assert_eq!((again.received, again.is_complete), (all, true));
    }
);

fact!(
    async fn what_is_no_photo_by_its_content_is_refused_and_leaves_nothing(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        for bytes in [&b"<html>a page</html>"[..], &PHOTO[..PHOTO.len() - 2]] {
            let hash = content_hash(bytes);
            let path = api::paths::attachment(id, &hash);
            world.put(&path, &observer, announced(bytes.len())).await;
            let (status, problem) = send(&world, &observer, (id, &hash, 0), bytes).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
            let code = problem["code"].as_str().unwrap_or_default();
            assert!(code.starts_with("file."), "{problem}");
        }
        let all = world.get(&api::paths::attachments(id), &observer).await;
        assert_eq!(all.parse::<Vec<Attachment>>(), []);
    }
);

fact!(
    async fn what_never_came_whole_is_forgotten_and_can_come_again(world: World) {
        let observer = world.observer().await;
        let id = sheet(&world, &observer).await;
        let (first, second) = (content_hash(PHOTO), content_hash(TELEPHONE));
        for (hash, bytes, sent) in [(&first, PHOTO, 10), (&second, TELEPHONE, TELEPHONE.len())] {
            let path = api::paths::attachment(id, hash);
            world.put(&path, &observer, announced(bytes.len())).await;
            send(&world, &observer, (id, hash, 0), &bytes[..sent]).await;
        }
        let now_ms = world.now_ms();
        let early = world.store.prune_attachments(0, now_ms).await;
        assert_eq!(early.expect("a database"), 0);
        let late = world.store.prune_attachments(now_ms + 1, now_ms).await;
        assert_eq!(late.expect("a database"), 1);
        let all = world.get(&api::paths::attachments(id), &observer).await;
        let all = all.parse::<Vec<Attachment>>();
        let hashes: Vec<_> = all.iter().map(|one| one.hash.as_str()).collect();
        assert_eq!(hashes, [second.as_str()]);
        let path = api::paths::attachment(id, &first);
        world.put(&path, &observer, announced(PHOTO.len())).await;
        let (_, done) = send(&world, &observer, (id, &first, 0), PHOTO).await;
        assert_eq!(done["is_complete"], true);
    }
);

fact!(
    async fn a_prepared_sheet_is_no_running_event(world: World) {
        let observer = world.observer().await;
        sheet(&world, &observer).await;
        let own = world.get(api::paths::ASSIGNMENTS, &observer).await;
        let own: Vec<api::procedures::event::OwnAssignment> = own.parse();
        let states: Vec<_> = own.iter().map(|own| own.event.state).collect();
        assert_eq!(states, [api::procedures::event::EventState::Planned]);
    }
);
