//! The heat map and its cells, by scope.

use api::access::session::{Role, Scope};
use api::procedures::event::EventState;
use api::results::cell::CellDetail;
use api::results::heat_map::{CellState, HeatMap};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;
use uuid::Uuid;

use crate::results::import::add_school;
use crate::results::run::{import_and_compute, table};
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

fact!(
    async fn a_kept_map_follows_what_happens_and_shows_each_caller_their_own(world: World) {
        let place = world.home.clone();
        add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        import_and_compute(&world, &manager, table(0..60)).await;
        let of_school = |organisation| Scope::Organisation { organisation };
        let mut heads = Vec::new();
        for school in [place.own_school, place.other_school] {
            let (_, head) = world
                .person(&place, Role::SchoolHead, of_school(school))
                .await;
            heads.push((school, head));
        }
        // Everybody's map is kept before anything happens.
        let before = world.get(api::paths::HEAT_MAP, &manager).await;
        for (_, head) in &heads {
            world.get(api::paths::HEAT_MAP, head).await;
        }

        let (path, critical) = crate::forms::submission::critical();
        let observer = world.observer().await;
        let submission = crate::forms::submission::sheet(&world, &observer).await;
        let live = |map: &HeatMap, school| {
            let row = map.rows.iter().find(|row| row.organisation == school);
            row.and_then(|row| row.cells[0].live.clone())
        };
        let begun: HeatMap = world.get(api::paths::HEAT_MAP, &manager).await.parse();
        let state = live(&begun, place.own_school).map(|live| live.state);
        // A sheet that is only prepared does not begin its event.
        assert_eq!(state, Some(EventState::Planned));
        let answer =
            crate::forms::submission::operation(submission.id, Uuid::now_v7(), 1, &path, "no");
        let put = crate::forms::submission::put(&world, &observer, submission.id, &[answer]).await;
        assert_eq!(put.status, StatusCode::OK, "{} {critical}", put.text);

        let after = world.get(api::paths::HEAT_MAP, &manager).await;
        assert_ne!(before.headers[header::ETAG], after.headers[header::ETAG]);
        let after: HeatMap = after.parse();
        let state = live(&after, place.own_school).map(|live| live.state);
        assert_eq!(state, Some(EventState::Alert));
        for (school, head) in &heads {
            let map: HeatMap = world.get(api::paths::HEAT_MAP, head).await.parse();
            let shown: Vec<_> = map.rows.iter().map(|row| row.organisation).collect();
            assert_eq!(shown, [*school]);
            let is_own = *school == place.own_school;
            assert_eq!(live(&map, *school).is_some(), is_own);
        }

        // Compressed once, the same for everybody who may see it.
        for _ in 0..2 {
            let request = Request::builder()
                .uri(api::paths::HEAT_MAP)
                .header(header::HOST, "orientir.example")
                .header(header::COOKIE, &manager)
                .header(header::ACCEPT_ENCODING, "gzip, br")
                .body(Body::empty())
                .expect("a request");
            let answer = world.router.clone().oneshot(request).await.expect("answer");
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
            let small = axum::body::to_bytes(answer.into_body(), usize::MAX)
                .await
                .expect("the body ends");
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &small[..], &mut plain).expect("brotli");
            let map: HeatMap = serde_json::from_slice(&plain).expect("a map");
            assert_eq!(map.rows, after.rows);
        }
    }
);

fact!(
    async fn a_regional_reader_sees_a_cell_in_short_and_nothing_behind_it(world: World) {
        let own = add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        import_and_compute(&world, &manager, table(0..60)).await;
        let region = world.home_person(Role::RegionalReader).await;
        let whole = world
            .get(&api::paths::cell(own, 2026, "math", 5), &region)
            .await;
        assert_eq!(whole.status, StatusCode::FORBIDDEN);
        let short = world
            .get(&api::paths::cell_summary(own, 2026, "math", 5), &region)
            .await;
        assert_eq!(short.status, StatusCode::OK, "{}", short.text);
        let given = short.json();
        let mut names: Vec<&str> = given
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "computed_ms",
                "grade",
                "n",
                "organisation",
                "organisation_name",
                "other_explanations",
                "reasons",
                "state",
                "subject",
                "subject_name",
                "year",
            ]
        );
        let summary: api::results::cell::CellSummary = short.parse();
        assert_eq!(
            (summary.n, summary.organisation_name.as_str()),
            (30, "Боровская ООШ")
        );

        // An observer sees no map, and a school only its own cell.
        let observer = world.observer().await;
        let path = api::paths::cell_summary(own, 2026, "math", 5);
        let refused = world.get(&path, &observer).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let head = world.home_person(Role::SchoolHead).await;
        let foreign = world.get(&path, &head).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    }
);
