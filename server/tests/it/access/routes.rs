//! Who may do what where: the table of routes against every role, at home and abroad.

use std::collections::BTreeSet;

use api::access::session::Role;
use api::id::{EventId, OrganisationId, SubmissionId};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use server::auth::permissions;
use server::http::table;
use server::http::table::{Guard, Route};
use tower::ServiceExt;
use uuid::Uuid;

use crate::world::{Place, World, fact, scope_of};

/// Routes that anybody may call. A route is added here only with a reason.
const PUBLIC: &[(&str, &str)] = &[
    // Says whether the server lives, and nothing else.
    ("GET", "/api/v1/health"),
    // Says who is signed in, which may be nobody.
    ("GET", "/api/v1/session"),
    // Signing in and out cannot need a session.
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("POST", "/api/v1/session/demo"),
    ("POST", "/api/v1/session/invitation"),
    // Founding needs a one-time code, and an installation that nobody runs.
    ("GET", "/api/v1/setup"),
    ("POST", "/api/v1/setup/code"),
    ("POST", "/api/v1/setup"),
    // Whoever begins an account has none yet; the link is the secret.
    ("POST", "/api/v1/session/entry"),
    ("POST", "/api/v1/session/entry/acceptance"),
    // 404 outside of a demo.
    ("GET", "/api/v1/demo/people"),
];

const ROLES: &[Role] = &[
    Role::Manager,
    Role::Coordinator,
    Role::Methodist,
    Role::Analyst,
    Role::SchoolHead,
    Role::SchoolCoordinator,
    Role::SchoolTeam,
    Role::Observer,
    Role::RegisteredObserver,
    Role::Expert,
    Role::RegionalReader,
    Role::Administrator,
];

/// Things that a request of the walk names.
#[derive(Clone)]
struct Things {
    organisation: OrganisationId,
    event: EventId,
    /// A submission the role could write if it may write any.
    submission: SubmissionId,
    /// Subject of a submission to open.
    subject: Value,
    procedure: Uuid,
    campaign: Uuid,
    observer: Uuid,
    form: String,
    import: Uuid,
    run: Uuid,
    draft: Uuid,
}

/// A request of one route about these things: path and body.
fn sample(route: &Route, things: &Things) -> (String, Option<Value>) {
    let path = route
        .path
        .replace("{organisation}", &things.organisation.to_string())
        .replace("{event}", &things.event.to_string())
        .replace("{submission}", &things.submission.to_string())
        .replace("{procedure}", &things.procedure.to_string())
        .replace("{assignment}", &Uuid::now_v7().to_string())
        .replace("{request}", &Uuid::now_v7().to_string())
        .replace("{batch}", &Uuid::now_v7().to_string())
        .replace("{tie}", &Uuid::now_v7().to_string())
        .replace("{case}", &Uuid::now_v7().to_string())
        .replace("{support}", &Uuid::now_v7().to_string())
        .replace("{programme}", &Uuid::now_v7().to_string())
        .replace("{line}", &Uuid::now_v7().to_string())
        .replace("{date}", &Uuid::now_v7().to_string())
        .replace("{review}", &Uuid::now_v7().to_string())
        .replace("{application}", &Uuid::now_v7().to_string())
        .replace("{person}", &Uuid::now_v7().to_string())
        .replace("{grant}", &Uuid::now_v7().to_string())
        .replace("{session}", "ab")
        .replace("{entry}", &Uuid::now_v7().to_string())
        .replace("{campaign}", &things.campaign.to_string())
        .replace("{form}", &things.form)
        .replace("{version}", "1.0.0")
        .replace("{format}", "json")
        .replace("{draft}", &things.draft.to_string())
        .replace("{import}", &things.import.to_string())
        .replace("{run}", &things.run.to_string())
        .replace("{before}", &things.run.to_string())
        .replace("{identification}", &things.run.to_string())
        .replace("{document}", &things.run.to_string())
        .replace("{evidence}", &things.run.to_string())
        .replace("{assessment}", &things.run.to_string())
        .replace("{cell}", "MM-1.1-goals")
        .replace("{year}", "2026")
        .replace("{subject}", "math")
        .replace("{hash}", &"ab".repeat(32))
        .replace("{offset}", "0")
        .replace("{grade}", "5");
    assert!(
        !path.contains('{'),
        "the walk has no value for a parameter of {path}"
    );
    let path = match route.path.as_str() {
        api::paths::HEAT_MAP_LAYER => format!("{path}?layer=low_results&year=2026&procedure=vpr"),
        _ => path,
    };
    let body = match (route.method, route.path.as_str()) {
        ("PUT", "/api/v1/organisations/{organisation}") => Some(
            serde_json::to_value(crate::world::school(things.organisation, "Своя"))
                .expect("a school"),
        ),
        ("PUT", "/api/v1/organisation-imports/{import}/columns") => Some(json!({ "fields": [] })),
        ("POST", "/api/v1/people") => Some({
            let scope = api::access::session::Scope::Organisation {
                organisation: things.organisation,
            };
            let mut body =
                super::person::new_person("Имя", super::person::role(Role::SchoolTeam, scope));
            body["is_namesake"] = json!(true);
            body
        }),
        ("PUT", "/api/v1/people/{person}") => Some(super::person::details("Имя")),
        ("PUT", "/api/v1/people/{person}/standing") => Some(json!({ "standing": "blocked" })),
        ("POST", "/api/v1/people/{person}/roles") => Some(super::person::role(
            Role::Expert,
            api::access::session::Scope::Municipality,
        )),
        ("POST", "/api/v1/people/{person}/entries") => Some(json!({ "id": Uuid::now_v7() })),
        ("PUT", "/api/v1/account") => {
            Some(json!({ "email": null, "phone": null, "language": "ru" }))
        }
        ("PUT", "/api/v1/account/password") => Some(json!({ "current": "-", "new": "-" })),
        ("POST", "/api/v1/session/entry") => Some(json!({ "token": "-" })),
        ("POST", "/api/v1/session/entry/acceptance") => {
            Some(json!({ "token": "-", "login": "-", "password": "-" }))
        }
        ("POST", "/api/v1/invitations") => Some(json!({
            "id": Uuid::now_v7(), "person": things.observer, "event": things.event,
        })),
        ("POST", "/api/v1/procedures") => Some(json!({
            "id": Uuid::now_v7(), "kind": "oge", "level": "federal",
            "title": {"ru": "ОГЭ", "en": "OGE"}, "year": 2026,
            "window": ["2026-05-20", "2026-06-20"],
        })),
        ("POST", "/api/v1/events") => Some(json!({
            "id": Uuid::now_v7(), "procedure": things.procedure,
            "organisation": things.organisation, "date": "2026-04-16", "start": "09:00",
            "duration_minutes": 45, "subject": "math", "grade": 6, "class": "Б", "room": "3",
        })),
        ("PUT", "/api/v1/events/{event}") => Some(json!({
            "id": Uuid::now_v7(), "date": "2026-04-16", "start": "09:00", "duration_minutes": 45,
            "room": "3", "reason": "проверка",
        })),
        (
            "POST",
            "/api/v1/procedures/{procedure}/batches"
            | "/api/v1/procedures/{procedure}/batches/preview",
        ) => Some(json!({
            "id": Uuid::now_v7(), "schools": [things.organisation], "subject": "math", "grades": [5],
            "letters": [], "days": ["2026-04-16", "2026-04-16"], "start": "09:00",
            "duration_minutes": 45,
        })),
        ("PUT", "/api/v1/events/{event}/day") => Some(json!({
            "date": "2026-04-15", "start": "10:00", "room": "12",
        })),
        ("POST", "/api/v1/events/{event}/cancellation") => {
            Some(json!({ "id": Uuid::now_v7(), "reason": "проверка" }))
        }
        ("POST", "/api/v1/staffing-requests/reminders") => Some(json!({ "requests": [] })),
        ("POST", "/api/v1/submissions") => Some(json!({
            "id": Uuid::now_v7(), "subject": things.subject,
        })),
        ("PUT", "/api/v1/submissions/{submission}/attachments/{hash}") => Some(json!({
            "question": "a/b", "content_type": "image/jpeg", "bytes": 3, "at_ms": 0,
        })),
        ("PUT", "/api/v1/submissions/{submission}/operations") => Some(json!({
            "operations": [crate::forms::submission::operation(
                things.submission, Uuid::now_v7(), 1, "ctx_room", "12",
            )],
        })),
        ("POST", "/api/v1/submissions/{submission}/submit") => {
            Some(json!({ "revision": 1_000_000, "incomplete_reason": "проверка" }))
        }
        ("POST", "/api/v1/events/{event}/assignments" | "/api/v1/events/{event}/requests") => {
            Some(json!({
                "id": Uuid::now_v7(), "person": things.observer, "role": "technician",
            }))
        }
        ("POST", "/api/v1/declarations") => Some(json!({
            "event": things.event, "answer": "sign",
        })),
        ("POST", "/api/v1/declarations/ties") => Some(json!({
            "id": Uuid::now_v7(), "tie": "child", "organisation": things.organisation,
            "class": { "grade": 11, "letter": "Я" },
        })),
        ("POST", "/api/v1/cases/{case}/answers" | "/api/v1/cases/{case}/reactions") => {
            Some(json!({ "id": Uuid::now_v7(), "content": "Пояснение" }))
        }
        ("POST", "/api/v1/indicators") => Some(json!({
            "id": Uuid::now_v7(), "indicator": "partners", "year": 2026, "value": 50.0,
            "evidence": "Реестр",
        })),
        // Its year has no results here: whoever may make a list is told so.
        ("POST", "/api/v1/low-results") => Some(json!({
            "id": Uuid::now_v7(), "year": 2026, "rule": {
                "share": 0.3, "procedures": 2, "years": 2, "min_pupils": 4, "unreliable": "is_unknown",
            },
        })),
        ("POST", "/api/v1/supports") => Some(json!({
            "id": Uuid::now_v7(), "organisation": things.organisation, "measure": "SM-01",
            "cell": null, "reason": "-", "executor": "school", "due": "2026-06-01",
        })),
        ("PUT", "/api/v1/programmes/{programme}") => Some(json!({
            "revision": 1, "title": "-", "first_day": "2026-01-01", "last_day": "2027-12-31",
        })),
        ("POST", "/api/v1/programmes/{programme}/approval") => Some(json!({
            "number": "1", "day": "2026-01-01",
        })),
        ("POST", "/api/v1/programmes/{programme}/reviews") => Some(json!({
            "id": Uuid::now_v7(), "heading": Uuid::now_v7(), "before": "-", "after": "-",
            "conclusion": "partly", "content": "-",
        })),
        ("PUT", "/api/v1/programmes/{programme}/lines/{line}") => Some(json!({
            "revision": 0, "heading": null, "number": "1", "measure": "-", "term": "", "executors": "",
            "results": "", "reason": "-",
        })),
        ("POST", "/api/v1/programmes/{programme}/lines/{line}/removal") => Some(json!({
            "revision": 1, "reason": "-",
        })),
        ("POST", "/api/v1/programmes/{programme}/lines/{line}/dates") => Some(json!({
            "id": Uuid::now_v7(), "from": "2026-06-01", "to": "2026-06-01",
        })),
        ("POST", "/api/v1/programmes/{programme}/lines/{line}/reports") => Some(json!({
            "id": Uuid::now_v7(), "organisation": things.organisation, "from": "2026-04-01",
            "to": "2026-04-30", "outcome": "done", "content": "", "document": null,
        })),
        ("POST", "/api/v1/supports/{support}/steps") => Some(json!({
            "id": Uuid::now_v7(), "step": "begin", "content": "",
        })),
        // Its cell has no results here: whoever may open a review is told so.
        ("POST", "/api/v1/reviews") => Some(json!({
            "id": Uuid::now_v7(), "organisation": things.organisation,
            "cell": { "year": 2026, "subject": "math", "grade": 5 },
        })),
        ("POST", "/api/v1/reviews/{review}/steps") => Some(json!({
            "id": Uuid::now_v7(), "act": "note", "revision": 1, "content": "Заметка",
        })),
        ("POST", "/api/v1/reviews/{review}/answers") => Some(json!({
            "id": Uuid::now_v7(), "content": "Пояснение",
        })),
        ("POST", "/api/v1/reviews/{review}/marks") => Some(json!({
            "id": Uuid::now_v7(), "marks": [{ "code": "1", "first": 1, "second": 1 }],
        })),
        ("POST", "/api/v1/cases/{case}/resolution") => Some(json!({
            "id": Uuid::now_v7(), "resolution": "help", "content": "Помогли",
        })),
        ("PUT", "/api/v1/policy") => Some(json!({
            "silent_minutes": 20, "explanation_days": 3, "report_hours": 24,
        })),
        ("PUT", "/api/v1/observers/{person}/accreditation") => Some(json!({
            "number": "7", "from": "2026-01-01", "until": "2026-12-31",
        })),
        ("POST", "/api/v1/applications/{application}/decision") => Some(json!({
            "accept": false, "person": Uuid::now_v7(), "reason": "Нет мест",
        })),
        ("POST", "/api/v1/training/attempts") => Some(json!({
            "id": Uuid::now_v7(), "answers": {}, "ethics": true,
        })),
        ("POST", "/api/v1/submissions/{submission}/signature") => Some(json!({
            "name": "Имя", "drawing": [[[1, 2], [3, 4]]],
        })),
        ("POST", "/api/v1/submissions/{submission}/explanations") => Some(json!({
            "id": Uuid::now_v7(), "content": "Пояснение",
        })),
        ("POST", "/api/v1/events/{event}/readiness") => Some(json!({ "reason": "проверка" })),
        ("PUT", "/api/v1/events/{event}/agreement") => Some(json!({
            "date": "2026-04-10", "participants": "двое", "decisions": "по критериям",
        })),
        ("PUT", "/api/v1/events/{event}/video") => Some(json!({ "reference": "шкаф 3" })),
        ("PUT", "/api/v1/procedures/{procedure}/passport") => Some(json!({ "parts": [] })),
        ("POST", "/api/v1/procedures/{procedure}/orders") => Some(json!({
            "id": Uuid::now_v7(), "procedure": things.procedure,
            "organisation": things.organisation, "number": "7", "date": "2026-04-01",
            "title": "О проведении",
        })),
        ("POST", "/api/v1/campaigns") => Some(json!({
            "id": Uuid::now_v7(), "campaign": crate::assessment::campaign::put_campaign(&[things.organisation]),
        })),
        ("PUT", "/api/v1/campaigns/{campaign}") => {
            Some(crate::assessment::campaign::put_campaign(&[
                things.organisation
            ]))
        }
        ("POST", "/api/v1/campaigns/{campaign}/schools/{organisation}/return") => {
            Some(json!({ "id": Uuid::now_v7(), "reason": "проверка" }))
        }
        ("POST", "/api/v1/campaigns/{campaign}/schools/{organisation}/extension") => Some(json!({
            "id": Uuid::now_v7(), "until": "2026-06-30", "reason": "проверка",
        })),
        ("POST", "/api/v1/campaigns/{campaign}/reminders") => Some(json!({
            "steps": [{ "id": Uuid::now_v7(), "organisation": things.organisation }],
        })),
        ("PUT", "/api/v1/campaigns/{campaign}/experts/{organisation}") => {
            Some(json!({ "person": null }))
        }
        ("POST", "/api/v1/campaigns/{campaign}/agreements/{organisation}") => Some(json!({
            "id": Uuid::now_v7(), "item": "SO-1.1", "kind": "remark", "body": "проверка",
        })),
        ("POST", "/api/v1/submissions/{submission}/approval") => Some(json!({
            "id": Uuid::now_v7(), "revision": 0, "state_hash": "", "reading": "opened", "name": "Проверка",
        })),
        ("POST", "/api/v1/submissions/{submission}/unlock") => {
            Some(json!({ "id": Uuid::now_v7(), "reason": "проверка" }))
        }
        ("POST", "/api/v1/submissions/{submission}/comments") => Some(json!({
            "id": Uuid::now_v7(), "question": "D1/SO-1.1", "kind": "comment", "body": "проверка",
            "mentions": [], "at_ms": 0,
        })),
        ("POST", "/api/v1/submissions/{submission}/presence") => {
            Some(json!({ "question": "D1/SO-1.1" }))
        }
        ("POST", "/api/v1/interests") => Some(json!({
            "id": Uuid::now_v7(), "organisation": things.organisation, "kind": "employment",
        })),
        ("POST", "/api/v1/runs") => Some(json!({ "id": Uuid::now_v7() })),
        ("POST", "/api/v1/imports/{import}/confirm") => Some(json!({ "add_schools": false })),
        ("PUT", "/api/v1/form-drafts/{draft}") => Some(json!({
            "id": Uuid::now_v7(), "revision": 1, "edits": [],
        })),
        ("POST", "/api/v1/form-drafts/{draft}/publish") => {
            Some(json!({ "revision": 1, "version": "1.0.0" }))
        }
        ("POST", "/api/v1/documents") => Some(json!({
            "id": Uuid::now_v7(), "organisation": things.organisation, "kind": "order",
            "title": "Приказ", "number": null, "date": null, "link": null, "file": null,
            "owner": null,
        })),
        ("POST", "/api/v1/submissions/{submission}/evidence")
        | ("POST", "/api/v1/mechanisms/{assessment}/evidence") => Some(json!({
            "id": Uuid::now_v7(), "item": "SO-1.1", "title": "Страница", "reused_from": null,
            "source": { "kind": "link", "url": "https://school.example" },
        })),
        ("DELETE", path) if path.contains("{evidence}") || path.contains("{document}") => {
            Some(json!({ "reason": "проверка" }))
        }
        ("POST", "/api/v1/mechanisms") => Some(json!({ "id": Uuid::now_v7(), "year": 2026 })),
        ("PUT", path) if path.contains("{cell}") => Some(json!({
            "id": Uuid::now_v7(), "level": 1, "comment": null,
        })),
        ("PUT", "/api/v1/organisations/{organisation}/changes") => Some(json!({
            "operation": Uuid::now_v7(), "remove": false,
            "change": crate::schools::school::change("Отметки"),
        })),
        ("POST", "/api/v1/organisations/{organisation}/change-reports") => Some(json!({
            "id": Uuid::now_v7(), "window": "2025-11", "reason": "проверка",
        })),
        ("PUT", "/api/v1/organisations/{organisation}/context") => Some(json!({
            "operation": Uuid::now_v7(), "passport": crate::schools::school::passport(),
        })),
        ("PUT", "/api/v1/context/finding") => Some(json!({
            "id": Uuid::now_v7(), "directions": {}, "reason": "проверка",
        })),
        ("PUT", "/api/v1/organisations/{organisation}/profile") => Some(json!({
            "operation": Uuid::now_v7(), "year": 2026,
            "change": { "kind": "risk", "mark": {
                "factor": "RP-01", "significance": 1, "manageability": 1, "note": "",
                "measures": [],
            } },
        })),
        ("POST" | "PUT", _) => Some(json!({})),
        _ => None,
    };
    (path, body)
}

async fn status(world: &World, route: &Route, things: &Things, cookie: &str) -> StatusCode {
    let (path, body) = sample(route, things);
    let mut request = Request::builder()
        .method(route.method)
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
    // Only the status: a stream of live changes has no end to wait for.
    world
        .router
        .clone()
        .oneshot(request.expect("a request"))
        .await
        .expect("the router answers")
        .status()
}

async fn open(world: &World, cookie: &str, subject: &Value) -> SubmissionId {
    let answer = world
        .post(
            "/api/v1/submissions",
            cookie,
            json!({ "id": Uuid::now_v7(), "subject": subject }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse::<api::forms::submission::Submission>().id
}

/// Things of a municipality, at the own or the other school, as seen by an observer or by everybody else.
async fn things(world: &World, place: &Place, own: bool, observes: bool) -> Things {
    let (organisation, event, assignment) = if own {
        (place.own_school, place.own_event, place.own_assignment)
    } else {
        (
            place.other_school,
            place.other_event,
            place.other_assignment,
        )
    };
    let (subject, writer) = if observes {
        let events = world
            .store
            .events(
                place.municipality,
                &server::auth::Reach::Municipality,
                place.observer,
                &server::store::EventFilter {
                    event: Some(event),
                    ..Default::default()
                },
            )
            .await
            .expect("events");
        let observer = events[0].assignments[0].person;
        (
            json!({ "kind": "assignment", "assignment": assignment }),
            world.session(place, observer).await,
        )
    } else {
        let scope = api::access::session::Scope::Organisation { organisation };
        (
            json!({ "kind": "campaign", "campaign": place.campaign, "organisation": organisation }),
            world.person(place, Role::SchoolTeam, scope).await.1,
        )
    };
    let submission = open(world, &writer, &subject).await;
    if !observes {
        // A draft is the school's own; what is handed over, the municipality reads too.
        let body = json!({ "revision": 1_000_000, "incomplete_reason": "проверка" });
        let answer = world
            .post(&api::paths::submit(submission), &writer, body)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    Things {
        organisation,
        event,
        submission,
        subject,
        procedure: place.procedure.0,
        campaign: place.campaign.0,
        observer: world
            .person(
                place,
                Role::Expert,
                api::access::session::Scope::Organisation { organisation },
            )
            .await
            .0
            .0,
        form: "obs_vpr_day".into(),
        import: Uuid::now_v7(),
        run: Uuid::now_v7(),
        draft: Uuid::now_v7(),
    }
}

#[test]
fn every_route_is_public_by_name_or_needs_a_permission() {
    let public: BTreeSet<(&str, &str)> = PUBLIC.iter().copied().collect();
    let found = table();
    let open: BTreeSet<(&str, &str)> = found
        .iter()
        .filter(|route| route.guard == Guard::Public)
        .map(|route| (route.method, route.path.as_str()))
        .collect();
    assert_eq!(
        open, public,
        "a route without permission must stand in the list of public routes, with its reason"
    );
}

#[test]
fn routes_that_change_something_are_no_get() {
    for route in table() {
        let Guard::Needs(permission) = route.guard else {
            continue;
        };
        let reads = permission.as_str().ends_with(".read");
        assert_eq!(
            reads,
            route.method == "GET",
            "{} {} needs {}",
            route.method,
            route.path,
            permission.as_str()
        );
    }
}

fact!(
    async fn nobody_passes_without_a_session(world: World) {
        let things = things(&world, &world.home, true, false).await;
        for route in table() {
            let status = status(&world, &route, &things, "").await;
            match route.guard {
                Guard::SignedIn | Guard::Needs(_) => assert_eq!(
                    status,
                    StatusCode::UNAUTHORIZED,
                    "{} {}",
                    route.method,
                    route.path
                ),
                Guard::Public => assert_ne!(
                    status,
                    StatusCode::FORBIDDEN,
                    "{} {}",
                    route.method,
                    route.path
                ),
            }
        }
    }
);

fact!(
    async fn every_role_gets_what_the_table_says_and_no_more(world: World) {
        let mut faults = Vec::new();
        for &role in ROLES {
            let observes = role == Role::Observer;
            let scope = scope_of(role, &world.home);
            // An expert of the municipality reaches the schools given to them.
            let everywhere =
                scope == api::access::session::Scope::Municipality && role != Role::Expert;
            let home = world.home.clone();
            let (person, cookie) = if observes {
                (home.observer, world.observer().await)
            } else {
                world.person(&home, role, scope).await
            };
            let mut own = things(&world, &world.home, true, observes).await;
            if role == Role::Expert {
                let experts = crate::assessment::campaign::assign_expert(&world, person).await;
                own.subject = json!({
                    "kind": "campaign", "campaign": experts, "organisation": home.own_school,
                });
                own.submission = open(&world, &cookie, &own.subject).await;
            }
            let other = things(&world, &world.home, false, observes).await;
            let abroad = things(&world, &world.abroad, true, observes).await;
            for route in table() {
                let Guard::Needs(permission) = route.guard else {
                    continue;
                };
                let allowed = permissions(role).contains(&permission);
                // Imports, runs and cells are made by other tests; here only refusals are walked.
                let made_elsewhere = [
                    "{import}",
                    "{run}",
                    "{identification}",
                    "{year}",
                    "{assignment}",
                    "{batch}",
                    "{tie}",
                    "{case}",
                    "{support}",
                    "{programme}",
                    "{review}",
                    "{application}",
                    "{person}",
                    "{draft}",
                    "{document}",
                    "{evidence}",
                    "{assessment}",
                ]
                .iter()
                .any(|name| route.path.contains(name))
                    || (route.method == "GET" && route.path.contains("{hash}"))
                    // An act is of a submitted sheet; its own tests submit one.
                    || ["/act", "/act.docx", "/act.pdf", "/signature", "/explanations"]
                        .iter()
                        .any(|end| route.path.ends_with(end));
                let names_school = ["{organisation}", "{event}", "{submission}"]
                    .iter()
                    .any(|name| route.path.contains(name))
                    || [
                        ("POST", "/api/v1/people"),
                        ("POST", "/api/v1/submissions"),
                        ("POST", "/api/v1/documents"),
                        ("POST", "/api/v1/supports"),
                        ("POST", "/api/v1/reviews"),
                        ("POST", "/api/v1/procedures/{procedure}/orders"),
                    ]
                    .contains(&(route.method, route.path.as_str()));
                let names_something = names_school
                    || route.path.contains("{campaign}")
                    || route.path.contains("{procedure}");
                // Whoever may write would add a school at home under the id of one abroad; the one abroad
                // stays as it is, but later steps of this walk would find its namesake.
                let adds = (route.method, route.path.as_str())
                    == ("PUT", "/api/v1/organisations/{organisation}");
                let gives_back = route.path.ends_with("/schools/{organisation}/return");
                for (where_, things) in [("own", &own), ("other", &other), ("abroad", &abroad)] {
                    if where_ == "abroad" && adds && allowed {
                        continue;
                    }
                    // What is given back is a draft again, which later steps of this walk must not find.
                    if gives_back && allowed {
                        continue;
                    }
                    let got = status(&world, &route, things, &cookie).await;
                    let right = if !allowed {
                        got == StatusCode::FORBIDDEN
                    } else if made_elsewhere
                        || (where_ == "abroad" && names_something)
                        || (where_ == "other" && names_school && !everywhere)
                    {
                        got == StatusCode::NOT_FOUND
                            // Nothing is taken out of what is handed over, known or not.
                            || (got == StatusCode::CONFLICT && route.path.ends_with("{evidence}"))
                            // Experts know all schools; whose assessments they are not given is no secret.
                            || (got == StatusCode::FORBIDDEN
                                && role == Role::Expert
                                && route.path.contains("/agreements/"))
                    } else {
                        ![
                            StatusCode::UNAUTHORIZED,
                            StatusCode::FORBIDDEN,
                            StatusCode::NOT_FOUND,
                        ]
                        .contains(&got)
                            && !got.is_server_error()
                            || (where_ != "own" && got == StatusCode::UNPROCESSABLE_ENTITY)
                    };
                    if !right {
                        faults.push(format!(
                            "{role:?} {} {} ({where_}): {got}, {} {}",
                            route.method,
                            route.path,
                            if allowed { "has" } else { "lacks" },
                            permission.as_str()
                        ));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
);

fact!(
    async fn a_foreign_thing_is_answered_like_an_unknown_one(world: World) {
        let head = world.home_person(Role::SchoolHead).await;
        let foreign = world
            .get(&api::paths::organisation(world.home.other_school), &head)
            .await;
        let unknown = world
            .get(
                &api::paths::organisation(OrganisationId(Uuid::now_v7())),
                &head,
            )
            .await;
        let plain = |answer: &crate::world::Answer| {
            let mut json = answer.json();
            json["request"] = Value::Null;
            json
        };
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert_eq!(plain(&foreign), plain(&unknown));
    }
);

fact!(
    async fn an_observer_sees_neither_the_sheet_nor_the_name_of_another(world: World) {
        let second = api::id::PersonId(Uuid::now_v7());
        let mut write = world
            .store
            .write(
                server::store::Author::system(world.home.municipality),
                world.now_ms(),
            )
            .await
            .expect("write");
        write
            .put_person(&crate::world::person(second, "Второй наблюдатель"))
            .await
            .expect("person");
        let assignment = write
            .assign(
                api::id::AssignmentId(Uuid::now_v7()),
                world.home.own_event,
                second,
                api::procedures::event::AssignmentRole::Observer,
            )
            .await
            .expect("assignment");
        write
            .grant_role(
                second,
                &api::access::session::Grant {
                    role: Role::Observer,
                    scope: api::access::session::Scope::Event {
                        event: world.home.own_event,
                    },
                },
            )
            .await
            .expect("grant");
        write.commit().await.expect("commit");
        let second_cookie = world.session(&world.home, second).await;
        let subject = json!({ "kind": "assignment", "assignment": assignment });
        let sheet = open(&world, &second_cookie, &subject).await;
        let first = world.observer().await;
        let refused = world.get(&api::paths::submission(sheet), &first).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        let event = world
            .get(&api::paths::event(world.home.own_event), &first)
            .await;
        assert!(!event.text.contains("Второй наблюдатель"), "{}", event.text);
        let list = world.get("/api/v1/submissions", &first).await;
        assert_eq!(list.json(), json!([]));
    }
);
