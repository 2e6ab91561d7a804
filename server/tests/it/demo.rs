//! The demo municipality: filled once, reproducible, with the promised things in it.

use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use server::auth::{Passwords, Reach};
use server::store::Store;
use server::{Clock, demo};

/// Noon of a spring day.
const NOON_MS: i64 = 1_776_254_400_000;

#[tokio::test]
async fn the_demo_fills_an_empty_database_once() {
    let directory = std::env::temp_dir().join(format!("orientir-demo-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&directory).expect("directory");
    let address = format!("sqlite:{}", directory.join("demo.db").display());
    let store = Store::open(&address).await.expect("store");
    let clock = Clock::new(|| NOON_MS);
    let passwords = Passwords::new().expect("randomness");
    let made = demo::fill::fill(&store, &clock, &passwords, 7)
        .await
        .expect("filled")
        .expect("made");
    assert!(made.works > 15_000);
    let again = demo::fill::fill(&store, &clock, &passwords, 7)
        .await
        .expect("looked");
    assert!(again.is_none());

    let municipality = store.municipalities().await.expect("municipalities")[0].id;
    let schools = store
        .organisations(municipality, &Reach::Municipality)
        .await
        .expect("schools");
    assert_eq!(schools.len(), 30);
    assert_eq!(
        schools
            .iter()
            .filter(|school| school.parent.is_some())
            .count(),
        1
    );
    let run = store
        .current_run(municipality)
        .await
        .expect("run")
        .expect("a run in force");
    let cells = store
        .cells(municipality, run.id, ProcedureKind::Vpr, 2026)
        .await
        .expect("cells");
    let signs: Vec<_> = cells
        .iter()
        .filter(|cell| cell.state == CellState::Signs)
        .collect();
    assert!(!signs.is_empty(), "the inflated works show signs");
    assert!(
        signs.len() * 20 < cells.len(),
        "{} signs of {}",
        signs.len(),
        cells.len()
    );
    let people = store.demo_people().await.expect("people");
    assert!(people.len() >= 10);
    let _ = std::fs::remove_dir_all(&directory);
}
