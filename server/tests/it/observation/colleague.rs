//! Two observers at one event: each sees the other's answers to what both have answered, without a name.

use api::access::session::{Grant, Role, Scope};
use api::id::{AssignmentId, PersonId, SubmissionId};
use api::observation::colleague::Colleague;
use api::procedures::event::AssignmentRole;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::forms::submission::{operation, path_of, put};
use crate::world::{World, fact};

/// A second observer at the event of the first: cookie and assignment.
async fn second_observer(world: &World) -> (String, AssignmentId) {
    let person = PersonId(Uuid::now_v7());
    let author = server::store::Author::system(world.home.municipality);
    let mut write = world
        .store
        .write(author, world.now_ms())
        .await
        .expect("write");
    write
        .put_person(&crate::world::person(person, "Второй наблюдатель"))
        .await
        .expect("person");
    let event = world.home.own_event;
    let id = AssignmentId(Uuid::now_v7());
    let assignment = write
        .assign(id, event, person, AssignmentRole::Observer)
        .await
        .expect("assignment");
    let grant = Grant {
        role: Role::Observer,
        scope: Scope::Event { event },
    };
    write.grant_role(person, &grant).await.expect("grant");
    write.commit().await.expect("commit");
    (world.session(&world.home, person).await, assignment)
}

async fn sheet(world: &World, cookie: &str, assignment: AssignmentId) -> SubmissionId {
    let subject = json!({ "kind": "assignment", "assignment": assignment });
    let body = json!({ "id": Uuid::now_v7(), "subject": subject });
    let answer = world.post("/api/v1/submissions", cookie, body).await;
    answer.parse::<api::forms::submission::Submission>().id
}

/// Answers questions of a sheet: path and value.
async fn answer(world: &World, cookie: &str, id: SubmissionId, answers: &[(&str, &str)]) {
    let device = Uuid::now_v7();
    let operations: Vec<_> = (1..)
        .zip(answers)
        .map(|(sequence, (path, value))| operation(id, device, sequence, path, value))
        .collect();
    let answer = put(world, cookie, id, &operations).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

fact!(
    async fn each_sees_what_the_other_answered_after_answering(world: World) {
        let first = world.observer().await;
        let own = world.home.own_assignment;
        let (second, theirs) = second_observer(&world).await;
        let first_sheet = sheet(&world, &first, own).await;
        let second_sheet = sheet(&world, &second, theirs).await;
        let room = path_of("obs_vpr_day", "ctx_room");
        let class = path_of("obs_vpr_day", "ctx_class");
        let both = [(room.as_str(), "12"), (class.as_str(), "5А")];
        answer(&world, &second, second_sheet, &both).await;
        let path = api::paths::colleagues(own);
        let before: Vec<Colleague> = world.get(&path, &first).await.parse();
        assert!(
            before.iter().all(|one| one.answers.is_empty()),
            "nobody sees an answer before giving their own"
        );

        answer(&world, &first, first_sheet, &[(&room, "14")]).await;
        let answer = world.get(&path, &first).await;
        assert!(!answer.text.contains("Второй"), "{}", answer.text);
        let after: Vec<Colleague> = answer.parse();
        let seen: Vec<(&str, &str)> = after
            .iter()
            .flat_map(|one| &one.answers)
            .map(|answer| (answer.question.as_str(), answer.value.as_str()))
            .collect();
        assert_eq!(seen, [(room.as_str(), "12")]);
    }
);

fact!(
    async fn an_assignment_of_somebody_else_is_unknown(world: World) {
        let first = world.observer().await;
        let (_, theirs) = second_observer(&world).await;
        let answer = world.get(&api::paths::colleagues(theirs), &first).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
);
