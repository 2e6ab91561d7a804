//! Layers of the heat map, by scope.

use api::access::session::{Role, Scope};
use api::results::layer::{Layer, LayerKind};
use axum::http::StatusCode;

use crate::results::import::add_school;
use crate::results::run::{import_and_compute, table};
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
        assert_eq!(
            offered,
            [
                LayerKind::LowResults,
                LayerKind::SelfAssessment,
                LayerKind::Indicators
            ]
        );
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

        let unknown = format!(
            "{}?layer=ranking&year=2026&procedure=vpr",
            api::paths::HEAT_MAP_LAYER
        );
        assert_eq!(
            world.get(&unknown, &manager).await.status,
            StatusCode::BAD_REQUEST
        );
    }
);

fact!(
    async fn indicators_are_shares_of_the_schools_own_works(world: World) {
        let own = add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        import_and_compute(&world, &manager, table(0..60)).await;
        let path = |layer: &str| {
            format!(
                "{}?layer={layer}&year=2026&procedure=vpr",
                api::paths::HEAT_MAP_LAYER
            )
        };
        let layer: Layer = world.get(&path("indicators"), &manager).await.parse();
        let keys: Vec<&str> = layer
            .columns
            .iter()
            .map(|column| column.key.as_str())
            .collect();
        assert_eq!(
            keys,
            ["success", "quality", "confirmed", "observed", "finished"]
        );
        let row = |layer: &Layer| {
            layer
                .rows
                .iter()
                .find(|row| row.organisation == own)
                .expect("the row")
                .cells
                .clone()
        };
        let cells = row(&layer);
        let success = cells[0].as_ref().expect("results");
        let low: Layer = world.get(&path("low_results"), &manager).await.parse();
        let low = row(&low)[0]
            .as_ref()
            .expect("results")
            .share
            .expect("enough works");
        assert_eq!(success.n, 30);
        assert!((success.share.expect("enough works") + low - 1.0).abs() < 1e-12);
        let quality = cells[1]
            .as_ref()
            .expect("results")
            .share
            .expect("enough works");
        assert!(quality <= success.share.expect("enough works"));
        assert_eq!(cells[4], None, "no measure was agreed");
    }
);
