//! Evidence and documents: what may be brought, who sees it, what it changes.

use api::access::session::{Role, Scope};
use api::assessment::evidence::EvidenceList;
use api::papers::document::{Document, DocumentRegister, StoredFile};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::forms::submission::{operation, path_of};
use crate::world::{Answer, World, fact};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n%%EOF\n";
/// An item of the self-assessment that needs evidence from level 2.
const ITEM: &str = "SO-1.1";

async fn bring(world: &World, cookie: &str, name: &str, bytes: &[u8], id: Uuid) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(api::paths::FILES)
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .header("x-file-id", id.to_string())
        .header("x-file-name", name)
        .body(Body::from(bytes.to_vec()))
        .expect("a request");
    world.send(request).await
}

async fn open(world: &World, cookie: &str) -> Uuid {
    let answer = world
        .post(
            "/api/v1/submissions",
            cookie,
            json!({
                "id": Uuid::now_v7(),
                "subject": {
                    "kind": "campaign",
                    "campaign": world.home.campaign,
                    "organisation": world.home.own_school,
                },
            }),
        )
        .await;
    answer.parse::<api::forms::submission::Submission>().id.0
}

fn link(title: &str) -> Value {
    json!({
        "id": Uuid::now_v7(), "item": ITEM, "title": title, "reused_from": null,
        "source": { "kind": "link", "url": "https://school.example/order" },
    })
}

fn path(submission: Uuid) -> String {
    format!("/api/v1/submissions/{submission}/evidence")
}

fact!(
    async fn a_file_is_told_by_its_content_kept_once_and_sent_as_an_attachment(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let submission = open(&world, &team).await;
        let id = Uuid::now_v7();
        let answer = bring(&world, &team, "order.exe", PDF, id).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let stored: StoredFile = answer.parse();
        assert_eq!(stored.name, "order.exe.pdf");
        assert_eq!(stored.media_type, "application/pdf");
        assert!(!stored.scanned);
        let again: StoredFile = bring(&world, &team, "order.exe", PDF, id).await.parse();
        assert_eq!(again, stored);

        let piece = Uuid::now_v7();
        let new = json!({
            "id": piece, "item": ITEM, "title": "Приказ", "reused_from": null,
            "source": { "kind": "file", "file": id },
        });
        let list: EvidenceList = world
            .post(&path(submission), &team, new.clone())
            .await
            .parse();
        assert_eq!(list.evidence.len(), 1);
        let twice: EvidenceList = world.post(&path(submission), &team, new).await.parse();
        assert_eq!(twice.evidence, list.evidence);

        let download = world
            .get(&format!("/api/v1/evidence/{piece}/file"), &team)
            .await;
        assert_eq!(download.text.as_bytes(), PDF);
        let head =
            |name: header::HeaderName| download.headers[name].to_str().expect("text").to_owned();
        assert_eq!(head(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(head(header::CONTENT_DISPOSITION).starts_with("attachment;"));
        assert_eq!(
            head(header::CONTENT_SECURITY_POLICY),
            "default-src 'none'; sandbox"
        );
    }
);

fact!(
    async fn what_is_no_document_is_refused_in_words(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        for (name, bytes, code) in [
            ("order.pdf", b"<html><script>".as_slice(), "file.kind"),
            ("order.pdf", b"".as_slice(), "file.empty"),
            ("order.pdf", b"%PDF-1.7 half".as_slice(), "file.cut"),
            (
                "order.doc",
                b"\xd0\xcf\x11\xe0 old".as_slice(),
                "file.old_office",
            ),
        ] {
            let answer = bring(&world, &team, name, bytes, Uuid::now_v7()).await;
            assert_eq!(answer.code(), code, "{}", answer.text);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
);

fact!(
    async fn evidence_is_counted_for_the_levels_that_need_it(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let submission = open(&world, &team).await;
        let device = Uuid::now_v7();
        for (sequence, (item, level)) in [(ITEM, "2"), ("SO-1.2", "3"), ("SO-1.3", "1")]
            .into_iter()
            .enumerate()
        {
            let answer = world
                .put(
                    &format!("/api/v1/submissions/{submission}/operations"),
                    &team,
                    json!({ "operations": [operation(
                        api::id::SubmissionId(submission),
                        device,
                        sequence as u64 + 1,
                        &path_of("school_objectivity_self", item),
                        level,
                    )] }),
                )
                .await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        let before: EvidenceList = world.get(&path(submission), &team).await.parse();
        assert_eq!((before.coverage.confirmed, before.coverage.needed), (0, 2));
        let after: EvidenceList = world
            .post(&path(submission), &team, link("Страница сайта"))
            .await
            .parse();
        assert_eq!((after.coverage.confirmed, after.coverage.needed), (1, 2));

        let piece = after.evidence[0].id;
        let removed = world
            .call(
                Method::DELETE,
                &format!("{}/{piece}", path(submission)),
                &team,
                Some(json!({ "reason": "" })),
            )
            .await;
        let list: EvidenceList = removed.parse();
        assert_eq!((list.coverage.confirmed, list.evidence.len()), (0, 0));
    }
);

fact!(
    async fn a_draft_is_seen_by_its_school_alone(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let submission = open(&world, &team).await;
        world.post(&path(submission), &team, link("Приказ")).await;
        for role in [Role::Manager, Role::Expert, Role::Analyst] {
            let cookie = world.home_person(role).await;
            let answer = world.get(&path(submission), &cookie).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?}");
        }
        let scope = Scope::Organisation {
            organisation: world.home.other_school,
        };
        let (_, other) = world
            .person(&world.home.clone(), Role::SchoolTeam, scope)
            .await;
        let answer = world.get(&path(submission), &other).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn nobody_points_to_a_file_of_somebody_else(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let submission = open(&world, &team).await;
        let stranger = world.home_person(Role::Manager).await;
        let id = Uuid::now_v7();
        bring(&world, &stranger, "order.pdf", PDF, id).await;
        let answer = world
            .post(
                &path(submission),
                &team,
                json!({
                    "id": Uuid::now_v7(), "item": ITEM, "title": "Чужое", "reused_from": null,
                    "source": { "kind": "file", "file": id },
                }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            bring(&world, &team, "order.pdf", PDF, id).await.code(),
            "request.id_taken"
        );
    }
);

fact!(
    async fn a_link_that_runs_a_script_is_refused(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let submission = open(&world, &team).await;
        for url in ["javascript:alert(1)", "https://", "/app", "https://a b"] {
            let mut new = link("Ссылка");
            new["source"]["url"] = json!(url);
            let answer = world.post(&path(submission), &team, new).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        }
    }
);

fact!(
    async fn a_document_is_registered_once_cited_and_leaves_with_a_reason(world: World) {
        let head = world.home_person(Role::SchoolHead).await;
        let submission = open(&world, &head).await;
        let id = Uuid::now_v7();
        let new = json!({
            "id": id, "organisation": world.home.own_school, "kind": "order",
            "title": "Об объективности", "number": "14", "date": "2026-01-12",
            "link": "https://school.example/14", "file": null, "owner": "заместитель",
        });
        let made = world.post(api::paths::DOCUMENTS, &head, new.clone()).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
        let made: Document = made.parse();
        assert_eq!(made.kind_name.ru, "Приказ");
        let cited = world
            .post(
                &path(submission),
                &head,
                json!({
                    "id": Uuid::now_v7(), "item": ITEM, "title": "Приказ № 14", "reused_from": null,
                    "source": { "kind": "document", "document": id },
                }),
            )
            .await;
        assert_eq!(cited.status, StatusCode::OK, "{}", cited.text);
        let register: DocumentRegister = world.get(api::paths::DOCUMENTS, &head).await.parse();
        assert_eq!(register.documents[0].used, 1);

        let blank = world
            .call(
                Method::DELETE,
                &format!("/api/v1/documents/{id}"),
                &head,
                Some(json!({ "reason": " " })),
            )
            .await;
        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = world
            .call(
                Method::DELETE,
                &format!("/api/v1/documents/{id}"),
                &head,
                Some(json!({ "reason": "заменён приказом № 20" })),
            )
            .await;
        assert!(gone.parse::<Document>().archived_ms.is_some());
        let list: EvidenceList = world.get(&path(submission), &head).await.parse();
        assert_eq!(list.evidence.len(), 1);

        let mut foreign = new;
        foreign["id"] = json!(Uuid::now_v7());
        foreign["organisation"] = json!(world.home.other_school);
        let refused = world.post(api::paths::DOCUMENTS, &head, foreign).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn the_public_page_lists_what_the_district_has_published_and_nothing_else(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let head = world.home_person(Role::SchoolHead).await;
        let register = async |cookie: &str, more: Value| {
            let mut new = json!({
                "id": Uuid::now_v7(), "organisation": null, "kind": "order", "number": "14", "date": "2026-01-12",
                "link": "https://district.example/14", "file": null, "owner": "Иванова",
            });
            for (field, value) in more.as_object().expect("fields") {
                new[field] = value.clone();
            }
            let made = world.post(api::paths::DOCUMENTS, cookie, new).await;
            assert_eq!(made.status, StatusCode::OK, "{}", made.text);
            made.parse::<Document>().id
        };
        register(&manager, json!({ "title": "О порядке <проверки>" })).await;
        register(
            &manager,
            json!({ "title": "Ещё не опубликован", "link": null }),
        )
        .await;
        let own = json!(world.home.own_school);
        register(&head, json!({ "title": "Школьный", "organisation": own })).await;
        let former = register(&manager, json!({ "title": "Отменён" })).await;
        let path = format!("/api/v1/documents/{former}");
        let reason = json!({ "reason": "заменён" });
        let gone = world
            .call(Method::DELETE, &path, &manager, Some(reason))
            .await;
        assert_eq!(gone.status, StatusCode::OK, "{}", gone.text);

        let (status, page) = public_page(&world, api::paths::PUBLIC_DOCUMENTS).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("О порядке &lt;проверки&gt;"), "{page}");
        assert!(page.contains("href=\"https://district.example/14\""));
        for absent in ["Ещё не опубликован", "Школьный", "Отменён", "Иванова"]
        {
            assert!(!page.contains(absent), "{absent}");
        }
    }
);

async fn public_page(world: &World, path: &str) -> (StatusCode, String) {
    let public = server::http::public::page::router(world.state.clone(), "/style.css");
    let site = server::router(world.state.clone(), public).expect("the origin is one");
    let request = Request::get(path)
        .header(header::HOST, "orientir.example")
        .body(Body::empty())
        .expect("a request");
    let response = site.oneshot(request).await.expect("an answer");
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20)
        .await
        .expect("a body");
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[cfg(unix)]
#[tokio::test]
async fn a_scanner_decides_and_an_unclear_answer_refuses() {
    use server::files::{FileError, FileSettings, keep};
    let directory = std::env::temp_dir().join(format!("orientir-scan-{}", Uuid::now_v7()));
    let with = |command: &str| FileSettings {
        directory: directory.clone(),
        scanner: ["sh", "-c", command].map(str::to_owned).to_vec(),
    };
    let place = api::id::MunicipalityId(Uuid::now_v7());
    let clean = keep(&with("exit 0"), place, PDF.to_vec())
        .await
        .expect("clean");
    assert!(clean.scanned);
    let infected = keep(&with("exit 1"), place, PDF.to_vec()).await;
    assert!(matches!(infected, Err(FileError::Infected)));
    let unclear = keep(&with("exit 2"), place, PDF.to_vec()).await;
    assert!(matches!(unclear, Err(FileError::Unscanned(_))));
    let none = FileSettings {
        directory: directory.clone(),
        scanner: vec!["/no/such/scanner".to_owned()],
    };
    let missing = keep(&none, place, PDF.to_vec()).await;
    assert!(matches!(missing, Err(FileError::Unscanned(_))));
    let waiting = std::fs::read_dir(directory.join("waiting")).expect("a directory");
    assert_eq!(waiting.count(), 0);
    std::fs::remove_dir_all(directory).expect("removed");
}
