//! Live changes: who hears them, and resuming after a break.

use api::access::session::Role;
use api::live::{LiveChange, LiveMessage};
use api::procedures::event::EventState;
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use futures::StreamExt;
use serde_json::json;
use tower::ServiceExt;
use uuid::Uuid;

use crate::forms::submission::{critical, operation, put};
use crate::world::{World, fact};

/// An open stream.
struct Stream {
    body: BodyDataStream,
    held: String,
}

impl Stream {
    async fn open(world: &World, cookie: &str, last: Option<u64>) -> Stream {
        let mut request = Request::get("/api/v1/live").header(header::COOKIE, cookie);
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = world
            .router
            .clone()
            .oneshot(request.body(Body::empty()).expect("request"))
            .await
            .expect("answer");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "text/event-stream"
        );
        Stream {
            body: response.into_body().into_data_stream(),
            held: String::new(),
        }
    }

    /// The next message. A stream that says nothing fails the test by the harness's own limit.
    async fn next(&mut self) -> LiveMessage {
        loop {
            if let Some((message, rest)) = self.held.split_once("\n\n") {
                if message.starts_with("event: ") {
                    self.held = rest.to_owned();
                    continue;
                }
                let data = message
                    .lines()
                    .find_map(|line| line.strip_prefix("data: "))
                    .map(|data| serde_json::from_str::<LiveMessage>(data).expect("a message"));
                let id = message
                    .lines()
                    .find_map(|line| line.strip_prefix("id: "))
                    .map(str::to_owned);
                self.held = rest.to_owned();
                if let Some(data) = data {
                    assert_eq!(id, Some(data.sequence.to_string()));
                    return data;
                }
                continue;
            }
            let chunk = self
                .body
                .next()
                .await
                .expect("the stream goes on")
                .expect("bytes");
            self.held.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}

async fn answer_critical(world: &World) -> u64 {
    let observer = world.observer().await;
    let opened = world
        .post(
            "/api/v1/submissions",
            &observer,
            json!({
                "id": Uuid::now_v7(),
                "subject": { "kind": "assignment", "assignment": world.home.own_assignment },
            }),
        )
        .await;
    let id = opened.parse::<api::forms::submission::Submission>().id;
    let (path, _) = critical();
    let answer = put(
        world,
        &observer,
        id,
        &[operation(id, Uuid::now_v7(), 1, &path, "no")],
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    world
        .store
        .live_sequence(world.home.municipality)
        .await
        .expect("sequence")
}

fact!(
    async fn a_manager_hears_of_an_alert(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let mut stream = Stream::open(&world, &manager, None).await;
        answer_critical(&world).await;
        let mut alert = None;
        while alert.is_none() {
            if let LiveChange::Site {
                live,
                critical,
                event,
                ..
            } = stream.next().await.change
            {
                assert_eq!(event, world.home.own_event);
                match live.state {
                    // Opened, and then answered.
                    EventState::Planned | EventState::Running => {}
                    EventState::Alert => alert = critical,
                    other => panic!("{other:?}"),
                }
            }
        }
        assert_eq!(alert, Some(critical().1));
    }
);

fact!(
    async fn a_returning_listener_misses_nothing(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let last = answer_critical(&world).await;
        assert!(last >= 3, "{last}");
        let mut stream = Stream::open(&world, &manager, Some(1)).await;
        for expected in 2..=last {
            assert_eq!(stream.next().await.sequence, expected);
        }
    }
);

fact!(
    async fn a_stream_says_at_once_where_it_begins(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let last = answer_critical(&world).await;
        let mut stream = Stream::open(&world, &manager, None).await;
        let first = stream.body.next().await.expect("a piece").expect("bytes");
        assert_eq!(
            String::from_utf8_lossy(&first),
            format!("event: begin\nid: {last}\ndata: {last}\n\n")
        );
    }
);

fact!(
    async fn a_stream_ends_with_its_session(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let mut stream = Stream::open(&world, &manager, None).await;
        assert!(stream.body.next().await.is_some());
        let answer = world
            .call(
                axum::http::Method::DELETE,
                api::paths::SESSION,
                &manager,
                None,
            )
            .await;
        assert!(answer.status.is_success(), "{}", answer.text);
        assert!(stream.body.next().await.is_none(), "nothing more is told");
    }
);

fact!(
    async fn a_listener_from_nowhere_is_told_to_fetch_everything(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let last = answer_critical(&world).await;
        let mut stream = Stream::open(&world, &manager, Some(last + 1000)).await;
        let message = stream.next().await;
        assert_eq!(message.change, LiveChange::Reset);
        assert_eq!(message.sequence, last);
        world
            .store
            .prune_live_changes(world.now_ms() + 1)
            .await
            .expect("pruned");
        let mut stream = Stream::open(&world, &manager, Some(1)).await;
        assert_eq!(stream.next().await.change, LiveChange::Reset);
    }
);

fact!(
    async fn a_school_hears_its_own_site_and_no_other(world: World) {
        let scope = |organisation| api::access::session::Scope::Organisation { organisation };
        let place = world.home.clone();
        let (_, own) = world
            .person(&place, Role::SchoolHead, scope(place.own_school))
            .await;
        let (_, other) = world
            .person(&place, Role::SchoolHead, scope(place.other_school))
            .await;
        let last = answer_critical(&world).await;
        let mut stream = Stream::open(&world, &own, Some(0)).await;
        assert_eq!(stream.next().await.sequence, 1);
        let mut stream = Stream::open(&world, &other, Some(0)).await;
        // The first thing the other school hears is its own.
        let mut write = world
            .store
            .write(
                server::store::Author::system(place.municipality),
                world.now_ms(),
            )
            .await
            .expect("write");
        write
            .announce(
                Some(place.other_school),
                None,
                &LiveChange::Campaign {
                    campaign: place.campaign,
                    organisation: place.other_school,
                },
            )
            .await
            .expect("announced");
        write.commit().await.expect("commit");
        assert_eq!(stream.next().await.sequence, last + 1);
    }
);

fact!(
    async fn a_listener_that_fell_behind_resumes_from_the_log(world: World) {
        let place = world.home.clone();
        let manager = world.home_person(Role::Manager).await;
        let mut stream = Stream::open(&world, &manager, Some(0)).await;
        // More than is kept for a slow listener, and it reads nothing meanwhile.
        const CHANGES: u64 = 600;
        let mut write = world
            .store
            .write(
                server::store::Author::system(place.municipality),
                world.now_ms(),
            )
            .await
            .expect("write");
        for _ in 0..CHANGES {
            let change = LiveChange::Campaign {
                campaign: place.campaign,
                organisation: place.own_school,
            };
            write
                .announce(Some(place.own_school), None, &change)
                .await
                .expect("announced");
        }
        write.commit().await.expect("commit");
        for expected in 1..=CHANGES {
            assert_eq!(stream.next().await.sequence, expected);
        }
    }
);

#[tokio::test]
async fn another_process_on_the_same_postgres_hears_too() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let store = server::store::Store::open(world.store.address_for_tests())
        .await
        .expect("a second process");
    let hub = server::live::Hub::start(store);
    let mut other = hub
        .subscribe(world.home.municipality, None)
        .await
        .expect("listening");
    let last = answer_critical(&world).await;
    let mut heard = 0;
    while heard < last {
        heard = other
            .coming
            .recv()
            .await
            .expect("heard")
            .entry
            .message
            .sequence;
    }
}
