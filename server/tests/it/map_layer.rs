//! Layers of the heat map, by scope.

use api::layer::{Layer, LayerKind};
use api::session::{Role, Scope};
use axum::http::StatusCode;

use crate::import::add_school;
use crate::run::{import_and_compute, table};
use crate::world::fact;

fact!(
    async fn low_results_are_shares_of_works_within_reach(world: World) {
        let own = add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        import_and_compute(&world, &manager, table(0..60)).await;

        let offered: Vec<LayerKind> = world
            .get(api::paths::HEAT_MAP_LAYERS, &manager)
            .await
            .parse();
        assert_eq!(offered, [LayerKind::LowResults, LayerKind::SelfAssessment]);
        let path = format!(
            "{}?layer=low_results&year=2026&procedure=vpr",
            api::paths::HEAT_MAP_LAYER
        );
        let layer: Layer = world.get(&path, &manager).await.parse();
        assert_eq!(layer.columns.len(), 1);
        assert_eq!(layer.columns[0].key, "math-5");
        let row = layer
            .rows
            .iter()
            .find(|row| row.organisation == own)
            .expect("the row");
        let cell = row.cells[0].as_ref().expect("results");
        assert_eq!(cell.n, 30);
        assert!(cell.share.is_some_and(|share| (0.0..=1.0).contains(&share)));

        let scope = Scope::Organisation { organisation: own };
        let (_, head) = world
            .person(&world.home.clone(), Role::SchoolHead, scope)
            .await;
        let layer: Layer = world.get(&path, &head).await.parse();
        assert_eq!(layer.rows.len(), 1);

        let none = format!(
            "{}?layer=indicators&year=2026&procedure=vpr",
            api::paths::HEAT_MAP_LAYER
        );
        assert_eq!(
            world.get(&none, &manager).await.status,
            StatusCode::NOT_FOUND
        );
    }
);
