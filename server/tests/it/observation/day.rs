//! The board of a day and the observation index.

use api::access::session::Role;
use api::observation::day::{DayBoard, ObservationIndex};
use api::procedures::event::EventState;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::forms::submission::operation;
use crate::world::fact;

fact!(
    async fn the_board_shows_the_day_within_reach(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let board: DayBoard = world.get(api::paths::DAY, &coordinator).await.parse();
        assert_eq!((board.date.as_str(), board.is_today), ("2026-04-15", true));
        assert_eq!(board.sites.len(), 2);
        assert!(board.sites.iter().all(|site| site.observers == 1));
        // 10:00 in a municipality three hours east of UTC, 45 minutes.
        assert_eq!(board.sites[0].start_ms, 1_776_236_400_000);
        assert_eq!(board.sites[0].end_ms - board.sites[0].start_ms, 45 * 60_000);
        let school = world.home_person(Role::SchoolCoordinator).await;
        let own: DayBoard = world.get(api::paths::DAY, &school).await.parse();
        assert_eq!(own.sites.len(), 1);
        assert_eq!(own.sites[0].organisation, world.home.own_school);
        let empty: DayBoard = world
            .get(
                &format!("{}?date=2026-04-20", api::paths::DAY),
                &coordinator,
            )
            .await
            .parse();
        assert!(empty.sites.is_empty() && !empty.is_today);
        assert_eq!(empty.neighbours, [Some("2026-04-15".to_owned()), None]);
    }
);

fact!(
    async fn a_sheet_moves_its_site_and_the_index(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let observer = world.observer().await;
        let opened = world
            .post(
                api::paths::SUBMISSIONS,
                &observer,
                json!({ "id": Uuid::now_v7(), "subject": {
                    "kind": "assignment", "assignment": world.home.own_assignment,
                } }),
            )
            .await;
        let submission = opened.parse::<api::forms::submission::Submission>().id;
        let room = crate::forms::submission::path_of("obs_vpr_day", "ctx_room");
        let change = operation(submission, Uuid::now_v7(), 1, &room, "12");
        crate::forms::submission::put(&world, &observer, submission, &[change]).await;
        let board: DayBoard = world.get(api::paths::DAY, &coordinator).await.parse();
        let site = board
            .sites
            .iter()
            .find(|site| site.event == world.home.own_event)
            .expect("the site");
        assert_eq!((site.sheets, site.submitted), (1, 0));
        assert_eq!(site.last_ms, Some(world.now_ms()));
        assert_ne!(site.state, EventState::Planned);
        let index: ObservationIndex = world
            .get(api::paths::OBSERVATION_INDEX, &coordinator)
            .await
            .parse();
        // Nothing is submitted: there is an event to observe and no index yet.
        assert_eq!((index.events, index.observed), (2, 0));
        assert_eq!((index.municipality, index.schools.len()), (None, 0));
    }
);

fact!(
    async fn terms_are_set_inside_their_bounds(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let put = async |silent: u32| {
            let body = json!({
                "silent_minutes": silent, "explanation_days": 5, "report_hours": 24,
            });
            world.put(api::paths::POLICY, &coordinator, body).await
        };
        assert_eq!(put(0).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(put(30).await.status, StatusCode::OK);
        let board: DayBoard = world.get(api::paths::DAY, &coordinator).await.parse();
        assert_eq!(board.policy.silent_minutes, 30);
    }
);
