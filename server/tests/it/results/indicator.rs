//! Indicators of the programme: reckoned where the data tell, entered with evidence where not.

use api::access::session::Role;
use api::results::indicator::{IndicatorCard, Indicators};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::results::import::add_school;
use crate::results::run::{import_and_compute, table};
use crate::world::{World, fact};

async fn card(world: &World, cookie: &str, id: &str) -> IndicatorCard {
    let all: Indicators = world.get(api::paths::INDICATORS, cookie).await.parse();
    let cards = all.groups.into_iter().flat_map(|group| group.indicators);
    cards
        .into_iter()
        .find(|card| card.id == id)
        .expect("an indicator of the catalogue")
}

fn value(indicator: &str, year: i32, value: f64) -> Value {
    json!({
        "id": Uuid::now_v7(), "indicator": indicator, "year": year, "value": value,
        "evidence": "Реестр документов, № 14",
    })
}

fact!(
    async fn shares_follow_from_the_results(world: World) {
        add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        assert_eq!(card(&world, &manager, "base_level").await.values, []);
        import_and_compute(&world, &manager, table(0..60)).await;
        let base = card(&world, &manager, "base_level").await;
        let high = card(&world, &manager, "high_level").await;
        assert!(base.is_computed);
        let [base, high] = [&base.values[0], &high.values[0]];
        assert_eq!((base.year, base.n, high.n), (2026, Some(60), Some(60)));
        // Raw scores 2 and more have mark 3 and more: 40 of 60; 3 and more have mark 4: 30 of 60.
        let marks = |least: u32| {
            let raw = (0..60).map(|pupil: u32| pupil % 2 + pupil % 3 + (pupil / 3) % 3);
            let share = raw.filter(|raw| *raw >= least).count() as f64 / 60.0;
            100.0 * share
        };
        assert!((base.value - marks(2)).abs() < 1e-9, "{}", base.value);
        assert!((high.value - marks(3)).abs() < 1e-9, "{}", high.value);
    }
);

fact!(
    async fn a_value_is_entered_with_evidence_and_the_last_one_counts(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let first = value("partners", 2026, 40.0);
        for _ in 0..2 {
            let answer = world
                .post(api::paths::INDICATORS, &methodist, first.clone())
                .await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        world.wait(1_000);
        let later = world
            .post(
                api::paths::INDICATORS,
                &methodist,
                value("partners", 2026, 55.0),
            )
            .await;
        assert_eq!(later.status, StatusCode::OK, "{}", later.text);
        world
            .post(
                api::paths::INDICATORS,
                &methodist,
                value("partners", 2025, 30.0),
            )
            .await;
        let manager = world.home_person(Role::Manager).await;
        let shown = card(&world, &manager, "partners").await;
        assert_eq!(shown.target, Some(100.0));
        let values: Vec<_> = shown
            .values
            .iter()
            .map(|one| (one.year, one.value))
            .collect();
        assert_eq!(values, [(2025, 30.0), (2026, 55.0)]);
        assert!(shown.values[1].author.is_some());
        assert_eq!(
            shown.values[1].evidence.as_deref(),
            Some("Реестр документов, № 14")
        );

        for (wrong, field) in [
            (value("nonsense", 2026, 1.0), "indicator"),
            (value("base_level", 2026, 1.0), "indicator"),
            (value("partners", 1990, 1.0), "year"),
            (value("partners", 2026, 101.0), "value"),
            (
                json!({ "id": Uuid::now_v7(), "indicator": "partners", "year": 2026, "value": 5.0, "evidence": " " }),
                "evidence",
            ),
        ] {
            let answer = world.post(api::paths::INDICATORS, &methodist, wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert_eq!(
                answer.json()["fields"][0]["field"],
                field,
                "{}",
                answer.text
            );
        }
        let coordinator = world.home_person(Role::Coordinator).await;
        let refused = world
            .post(
                api::paths::INDICATORS,
                &coordinator,
                value("partners", 2026, 1.0),
            )
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);
