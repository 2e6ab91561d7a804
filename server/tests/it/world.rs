//! A small world for each test: two municipalities with schools, people of all roles, events and a
//! campaign, behind the real router.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use api::access::session::{Grant, Role, Scope};
use api::id::{
    AssignmentId, CampaignId, EventId, MunicipalityId, OrganisationId, PersonId, ProcedureId,
};
use api::procedures::event::{AssignmentRole, NewEvent};
use api::procedures::procedure::{NewProcedure, ProcedureKind, ProcedureLevel};
use api::registry::organisation::{Cluster, Organisation, OrganisationKind};
use api::text::{Language, Text};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use server::auth::{Passwords, Token};
use server::live::Hub;
use server::store::{Author, Lifetime, Municipality, NewCampaign, NewPerson, Store};
use server::{AppState, Clock, Config};
use tower::ServiceExt;
use uuid::Uuid;

/// Noon of a school day, UTC.
pub const NOON_MS: i64 = 1_776_254_400_000;

/// Defines one fact as two tests: on SQLite, and on PostgreSQL when `TEST_DATABASE_URL` is set.
macro_rules! fact {
    ($(#[$attribute:meta])* async fn $name:ident($world:ident: World) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$attribute])*
            async fn check($world: $crate::world::World) $body

            #[tokio::test]
            async fn on_sqlite() {
                check($crate::world::World::sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                if let Some(world) = $crate::world::World::postgres().await {
                    check(world).await;
                }
            }
        }
    };
}
pub(crate) use fact;

/// One municipality of the world.
#[derive(Clone, Debug)]
pub struct Place {
    pub municipality: MunicipalityId,
    pub own_school: OrganisationId,
    pub other_school: OrganisationId,
    pub procedure: ProcedureId,
    pub own_event: EventId,
    pub other_event: EventId,
    pub own_assignment: AssignmentId,
    pub other_assignment: AssignmentId,
    pub campaign: CampaignId,
    pub observer: PersonId,
}

/// The world.
pub struct World {
    pub state: AppState,
    pub store: Store,
    pub router: Router,
    pub clock: Arc<AtomicI64>,
    pub home: Place,
    pub abroad: Place,
    directory: Option<PathBuf>,
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(directory) = &self.directory {
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

/// An answer of the server.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text))
    }

    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text))
    }

    /// Code of the problem, or nothing.
    pub fn code(&self) -> String {
        serde_json::from_str::<Value>(&self.text)
            .ok()
            .and_then(|json| json["code"].as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Session cookie set by the answer, as the browser would send it back.
    pub fn cookies(&self) -> String {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .filter_map(|value| value.split(';').next())
            .collect::<Vec<_>>()
            .join("; ")
    }
}

impl World {
    pub async fn sqlite() -> World {
        let directory = std::env::temp_dir().join(format!("orientir-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&directory).expect("a directory for the database");
        let address = format!("sqlite:{}", directory.join("test.db").display());
        World::with(&address, Some(directory)).await
    }

    /// A world in a schema of its own; none, loudly, when no PostgreSQL is given.
    pub async fn postgres() -> Option<World> {
        let Ok(address) = std::env::var("TEST_DATABASE_URL") else {
            use std::io::Write;
            // Written past the capture of test output, because a skipped database must be seen.
            let _ = std::io::stderr()
                .write_all(b"SKIPPED: PostgreSQL (TEST_DATABASE_URL is not set)\n");
            return None;
        };
        let schema = format!("t{}", Uuid::now_v7().simple());
        let connection = sea_orm::Database::connect(&address)
            .await
            .expect("TEST_DATABASE_URL names a PostgreSQL");
        connection
            .execute_unprepared(&format!("CREATE SCHEMA {schema}"))
            .await
            .expect("a schema for the test");
        connection.close().await.expect("closing");
        let joint = if address.contains('?') { '&' } else { '?' };
        let address = format!("{address}{joint}options=-csearch_path%3D{schema}");
        Some(World::with(&address, None).await)
    }

    async fn with(address: &str, directory: Option<PathBuf>) -> World {
        let store = Store::open(address).await.expect("the database opens");
        let clock = Arc::new(AtomicI64::new(NOON_MS));
        let files = match &directory {
            Some(directory) => directory.join("files"),
            None => std::env::temp_dir().join(format!("orientir-files-{}", Uuid::now_v7())),
        };
        let told = clock.clone();
        let state = AppState::new(
            store.clone(),
            Hub::start(store.clone()),
            Clock::new(move || told.load(Ordering::Relaxed)),
            Passwords::new().expect("randomness"),
            Config {
                public_origin: "https://orientir.example".into(),
                demo: true,
                behind_proxy: true,
                files: server::files::FileSettings {
                    directory: files.clone(),
                    scanner: Vec::new(),
                },
            },
        );
        let router = server::router(state.clone(), Router::new()).expect("the origin is one");
        let home = settle(&store, "Родной район", "Home district").await;
        let abroad = settle(&store, "Чужой район", "Other district").await;
        World {
            state,
            store,
            router,
            clock,
            home,
            abroad,
            directory: directory.or(Some(files)),
        }
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.load(Ordering::Relaxed)
    }

    pub fn wait(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    /// A person with one role, signed in: id and cookie.
    pub async fn person(&self, place: &Place, role: Role, scope: Scope) -> (PersonId, String) {
        let id = PersonId(Uuid::now_v7());
        let mut write = self
            .store
            .write(Author::system(place.municipality), self.now_ms())
            .await
            .expect("write");
        write
            .put_person(&person(id, &format!("{role:?}")))
            .await
            .expect("person");
        write
            .grant_role(id, &Grant { role, scope })
            .await
            .expect("grant");
        write.commit().await.expect("commit");
        (id, self.session(place, id).await)
    }

    /// A session of a person: the cookie.
    pub async fn session(&self, place: &Place, person: PersonId) -> String {
        let token = Token::generate(place.municipality).expect("randomness");
        let mut write = self
            .store
            .write(Author::system(place.municipality), self.now_ms())
            .await
            .expect("write");
        write
            .open_session(&token, person, Lifetime::PASSWORD, "")
            .await
            .expect("session");
        write.commit().await.expect("commit");
        format!("__Host-orientir={}", token.to_text())
    }

    /// Somebody with a role over the own school or the whole home municipality.
    pub async fn home_person(&self, role: Role) -> String {
        let scope = scope_of(role, &self.home);
        self.person(&self.home.clone(), role, scope).await.1
    }

    /// The observer of the own event at home.
    pub async fn observer(&self) -> String {
        self.session(&self.home, self.home.observer).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 64 * 1024 * 1024)
            .await
            .expect("the body ends");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// The body of an answer as it came.
    pub async fn bytes(&self, request: Request<Body>) -> Vec<u8> {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        assert_eq!(response.status(), StatusCode::OK);
        axum::body::to_bytes(response.into_body(), 64 * 1024 * 1024)
            .await
            .expect("the body ends")
            .to_vec()
    }

    pub async fn call(
        &self,
        method: Method,
        path: &str,
        cookie: &str,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "orientir.example");
        if !cookie.is_empty() {
            request = request.header(header::COOKIE, cookie);
        }
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.send(request.expect("a request")).await
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.call(Method::GET, path, cookie, None).await
    }

    pub async fn post(&self, path: &str, cookie: &str, body: Value) -> Answer {
        self.call(Method::POST, path, cookie, Some(body)).await
    }

    pub async fn put(&self, path: &str, cookie: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, cookie, Some(body)).await
    }
}

/// Where a role usually holds.
pub fn scope_of(role: Role, place: &Place) -> Scope {
    match role {
        Role::SchoolHead | Role::SchoolCoordinator | Role::SchoolTeam => Scope::Organisation {
            organisation: place.own_school,
        },
        Role::Observer => Scope::Event {
            event: place.own_event,
        },
        _ => Scope::Municipality,
    }
}

pub fn person(id: PersonId, name: &str) -> NewPerson {
    NewPerson {
        id,
        name: name.to_owned(),
        phone: None,
        language: Language::Ru,
        about: Some(Text::new("выдуман", "invented")),
    }
}

pub fn school(id: OrganisationId, name: &str) -> Organisation {
    Organisation {
        id,
        code: format!("edu{}", id.0.simple()),
        name: format!("Школа «{name}»"),
        short_name: name.to_owned(),
        kind: OrganisationKind::SecondarySchool,
        cluster: Cluster::Urban,
        grades: (1..=11).collect(),
        small_school: false,
        rural: false,
        pupils: 500,
        capacity: Some(600),
        settlement: "Город".into(),
        place: Some([45.0, 40.0]),
        parent: None,
        history: Vec::new(),
    }
}

async fn settle(store: &Store, ru: &str, en: &str) -> Place {
    let id = Uuid::now_v7;
    let place = Place {
        municipality: MunicipalityId(id()),
        own_school: OrganisationId(id()),
        other_school: OrganisationId(id()),
        procedure: ProcedureId(id()),
        own_event: EventId(id()),
        other_event: EventId(id()),
        own_assignment: AssignmentId(id()),
        other_assignment: AssignmentId(id()),
        campaign: CampaignId(id()),
        observer: PersonId(id()),
    };
    store
        .found(
            &Municipality {
                id: place.municipality,
                name: Text::new(ru, en),
                demo: true,
                zone_minutes: 180,
            },
            NOON_MS,
        )
        .await
        .expect("founded");
    let mut write = store
        .write(Author::system(place.municipality), NOON_MS)
        .await
        .expect("write");
    for form in server::rules::forms::instrument::shipped().expect("instruments") {
        write.publish_form(&form).await.expect("form");
    }
    for (school_id, name) in [(place.own_school, "Своя"), (place.other_school, "Другая")]
    {
        write
            .put_organisation(&school(school_id, name))
            .await
            .expect("school");
    }
    write
        .put_procedure(&NewProcedure {
            id: place.procedure,
            kind: ProcedureKind::Vpr,
            level: ProcedureLevel::Federal,
            title: Text::new("ВПР 2026", "VPR 2026"),
            year: 2026,
            window: ["2026-04-10".into(), "2026-05-20".into()],
            plan: api::procedures::procedure::ProcedurePlan::default(),
        })
        .await
        .expect("procedure");
    let other_observer = PersonId(id());
    for (event, school, assignment, observer) in [
        (
            place.own_event,
            place.own_school,
            place.own_assignment,
            place.observer,
        ),
        (
            place.other_event,
            place.other_school,
            place.other_assignment,
            other_observer,
        ),
    ] {
        write
            .put_event(&NewEvent {
                id: event,
                procedure: place.procedure,
                organisation: school,
                date: "2026-04-15".into(),
                start: "10:00".into(),
                duration_minutes: 45,
                subject: "math".into(),
                grade: 5,
                class: "А".into(),
                room: "12".into(),
            })
            .await
            .expect("event");
        write
            .put_person(&person(observer, "Наблюдатель"))
            .await
            .expect("observer");
        write
            .assign(assignment, event, observer, AssignmentRole::Observer)
            .await
            .expect("assignment");
        write
            .grant_role(
                observer,
                &Grant {
                    role: Role::Observer,
                    scope: Scope::Event { event },
                },
            )
            .await
            .expect("grant");
    }
    let form = forms::instrument::compile(
        forms::instrument::shipped()
            .iter()
            .find(|(id, _)| *id == "school_objectivity_self")
            .expect("shipped")
            .1,
    )
    .expect("the instrument compiles");
    write
        .put_campaign(&NewCampaign {
            id: place.campaign,
            title: Text::new("Самооценка 2026", "Self-assessment 2026"),
            form: [form.id, form.version],
            opens: "2026-04-01".into(),
            closes: "2026-05-31".into(),
            schools: vec![place.own_school, place.other_school],
        })
        .await
        .expect("campaign");
    write.commit().await.expect("commit");
    place
}
