//! Runs: reproducible, kept, stoppable.

use api::access::session::Role;
use api::id::{ImportId, RunId};
use api::results::run::{Run, RunComparison, RunState};
use axum::http::{Method, StatusCode};
use serde_json::json;
use server::jobs::run::compute;
use uuid::Uuid;

use crate::results::import::{add_school, bring, confirm};
use crate::world::{World, fact};

/// A table of two schools in one work, in the order of `order`.
pub fn table(order: impl Iterator<Item = u32>) -> Vec<u8> {
    let mut text = String::from(
        "year,subject,grade,school,class,pupil,raw_score,mark,register_mark,item:1:1,item:2:2,item:3:2\n",
    );
    for pupil in order {
        let (one, two, three) = (pupil % 2, pupil % 3, (pupil / 3) % 3);
        let raw = one + two + three;
        let mark = 2 + u32::from(raw >= 2) + u32::from(raw >= 3) + u32::from(raw >= 5);
        let school = 1 + pupil % 2;
        text.push_str(&format!(
            "2026,math,5,edu99000{school},5А,{pupil},{raw},{mark},{},{one},{two},{three}\n",
            3 + pupil % 3
        ));
    }
    text.into_bytes()
}

/// Imports a table and computes the run it asks for.
pub async fn import_and_compute(world: &World, manager: &str, bytes: Vec<u8>) -> (ImportId, Run) {
    let id = ImportId(Uuid::now_v7());
    bring(world, manager, id, "table.csv", bytes).await;
    let answer = confirm(world, manager, id, false).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    (id, compute_newest(world, manager).await)
}

pub async fn compute_newest(world: &World, manager: &str) -> Run {
    let runs: Vec<Run> = world.get(api::paths::RUNS, manager).await.parse();
    let run = runs[0].id;
    compute(
        &world.store,
        &world.state.clock,
        world.home.municipality,
        run,
    )
    .await
    .expect("the run");
    world.get(&api::paths::run(run), manager).await.parse()
}

fact!(
    async fn the_order_of_rows_changes_nothing(world: World) {
        add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        let (first, one) = import_and_compute(&world, &manager, table(0..60)).await;
        assert_eq!(one.state, RunState::Done);
        assert_eq!((one.works, one.cells), (60, 2));
        world.wait(1_000);
        let undone = world
            .call(Method::DELETE, &api::paths::import(first), &manager, None)
            .await;
        assert_eq!(undone.status, StatusCode::OK);
        world.wait(1_000);
        let (_, other) = import_and_compute(&world, &manager, table((0..60).rev())).await;
        assert_ne!(one.id, other.id);
        assert_eq!(one.data_version, other.data_version);
        assert!(one.result_hash.is_some());
        assert_eq!(one.result_hash, other.result_hash);
        // The run of the undone import was overtaken; the old one is kept.
        let runs: Vec<Run> = world.get(api::paths::RUNS, &manager).await.parse();
        assert_eq!(runs.len(), 3);
    }
);

fact!(
    async fn two_runs_are_compared_cell_by_cell(world: World) {
        add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        let (import, one) = import_and_compute(&world, &manager, table(0..60)).await;
        world.wait(1_000);
        let path = api::paths::import(import);
        world.call(Method::DELETE, &path, &manager, None).await;
        let other = compute_newest(&world, &manager).await;
        let path = api::paths::run_comparison(other.id, one.id);
        let found: RunComparison = world.get(&path, &manager).await.parse();
        assert_eq!((found.before.id, found.after.id), (one.id, other.id));
        assert_ne!(found.before.data_version, found.after.data_version);
        assert_eq!((found.same_parameters, found.same), (true, 0));
        assert_eq!(found.moves.iter().map(|one| one.cells).sum::<u32>(), 2);
        assert!(
            found
                .moved
                .iter()
                .all(|cell| cell.before.is_some() && cell.after.is_none())
        );
        let names: Vec<_> = found
            .moved
            .iter()
            .map(|cell| cell.organisation_name.as_str())
            .collect();
        assert_eq!(names, ["Боровская ООШ", "Озёрская ООШ"]);
        let path = api::paths::run_comparison(one.id, one.id);
        let same: RunComparison = world.get(&path, &manager).await.parse();
        assert_eq!((same.same, same.moves.len()), (2, 0));
    }
);

fact!(
    async fn a_stopped_run_is_not_computed(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let id = RunId(Uuid::now_v7());
        for _ in 0..2 {
            let answer = world
                .post(api::paths::RUNS, &manager, json!({ "id": id }))
                .await;
            assert_eq!(answer.parse::<Run>().state, RunState::Queued);
        }
        let answer = world
            .call(Method::DELETE, &api::paths::run(id), &manager, None)
            .await;
        assert_eq!(answer.parse::<Run>().state, RunState::Cancelled);
        compute(
            &world.store,
            &world.state.clock,
            world.home.municipality,
            id,
        )
        .await
        .expect("nothing to do");
        let run: Run = world.get(&api::paths::run(id), &manager).await.parse();
        assert_eq!(run.state, RunState::Cancelled);
    }
);

fact!(
    async fn a_run_of_no_results_is_done_and_empty(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let id = RunId(Uuid::now_v7());
        world
            .post(api::paths::RUNS, &manager, json!({ "id": id }))
            .await;
        let run = compute_newest(&world, &manager).await;
        assert_eq!((run.state, run.works, run.cells), (RunState::Done, 0, 0));
    }
);
