//! The heat map and its cells, by scope.

use api::cell::CellDetail;
use api::heat_map::{CellState, HeatMap};
use api::session::{Role, Scope};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::import::add_school;
use crate::run::{import_and_compute, table};
use crate::world::fact;

fact!(
    async fn a_school_sees_its_own_row_and_cell_only(world: World) {
        let own = add_school(&world, "edu990001", "Боровская ООШ").await;
        let other = add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        let (_, run) = import_and_compute(&world, &manager, table(0..60)).await;

        let map: HeatMap = world.get(api::paths::HEAT_MAP, &manager).await.parse();
        assert_eq!(map.run, Some(run.id));
        assert_eq!((map.year, map.works), (2026, 60));
        assert_eq!(map.columns.len(), 1);
        assert_eq!(map.columns[0].subject_short.ru, "Мат");
        let names: Vec<_> = map.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Боровская ООШ", "Другая", "Озёрская ООШ", "Своя"]);
        assert_eq!(map.rows[0].cells[0].n, 30);
        assert_eq!(map.rows[1].cells[0].state, CellState::NoData);

        let scope = Scope::Organisation { organisation: own };
        let (_, head) = world
            .person(&world.home.clone(), Role::SchoolHead, scope)
            .await;
        let map: HeatMap = world.get(api::paths::HEAT_MAP, &head).await.parse();
        assert_eq!(map.rows.len(), 1);
        assert_eq!(map.rows[0].organisation, own);
        assert_eq!(map.works, 30);

        let answer = world
            .get(&api::paths::cell(own, 2026, "math", 5), &head)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let cell: CellDetail = answer.parse();
        assert_eq!((cell.n, cell.max_score), (30, Some(5)));
        let histogram = cell.histogram.expect("histogram");
        assert_eq!(histogram.school.len(), 6);
        assert_eq!(histogram.school.iter().sum::<u32>(), 30);
        assert!((histogram.region.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(histogram.cuts, Some([2, 3, 5]));
        assert!(!cell.summary.ru.is_empty() && !cell.summary.en.is_empty());
        assert!(
            cell.channels
                .iter()
                .all(|channel| !channel.method.en.is_empty() && !channel.thresholds.is_empty())
        );

        let foreign = world
            .get(&api::paths::cell(other, 2026, "math", 5), &head)
            .await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let nowhere = world
            .get(&api::paths::cell(own, 2026, "math", 6), &manager)
            .await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    }
);

fact!(
    async fn an_unchanged_map_is_not_sent_again(world: World) {
        add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        import_and_compute(&world, &manager, table(0..60)).await;
        let first = world.get(api::paths::HEAT_MAP, &manager).await;
        let tag = first.headers[header::ETAG].clone();
        let again = || {
            let request = Request::builder()
                .uri(api::paths::HEAT_MAP)
                .header(header::HOST, "orientir.example")
                .header(header::COOKIE, &manager)
                .header(header::IF_NONE_MATCH, &tag);
            request.body(Body::empty()).expect("a request")
        };
        assert_eq!(world.send(again()).await.status, StatusCode::NOT_MODIFIED);
        add_school(&world, "edu990003", "Каменская ООШ").await;
        let changed = world.send(again()).await;
        assert_eq!(changed.status, StatusCode::OK);
        assert_eq!(changed.parse::<HeatMap>().rows.len(), 5);
    }
);
