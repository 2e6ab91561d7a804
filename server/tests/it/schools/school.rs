//! What a school records about itself: change log and reports, context, SWOT, risks, and the joined page.

use api::access::session::{Role, Scope};
use api::procedures::calendar::Calendar;
use api::schools::school_change::{ChangeImport, ChangeLog, ChangeOverview, WindowState};
use api::schools::school_context::{ContextOverview, SchoolContext, ShownShare};
use api::schools::school_profile::{SchoolOverview, SchoolProfile};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

/// A change of a school's log.
pub fn change(object: &str) -> Value {
    json!({
        "id": Uuid::now_v7(), "object": object, "indicator": "доля подтвердивших отметку",
        "unit": "%", "baseline": 61.5, "target": 75.0, "actual": null,
        "actions": [
            { "kind": "administrative", "text": "Приказ о критериях", "done": true },
            { "kind": "supporting", "text": "Занятие о проверке", "done": false },
        ],
        "starts": "2025-09-01", "ends": "2026-05-31", "effect": "", "state": "running",
    })
}

/// A context passport with a small count and a gap.
pub fn passport() -> Value {
    json!({
        "year": 2026, "pupils": 200, "date": "2026-01-15", "source": "social_passport",
        "small_school": false, "rural": true,
        "counts": { "CF-01": 50, "CF-02": 3, "CF-03": 60, "CF-04": 30, "CF-05": 10,
            "CF-06": 6, "CF-07": 8, "CF-08": 7, "CF-11": 40 },
    })
}

fn changes(world: &World) -> String {
    api::paths::school_changes(world.home.own_school)
}

async fn put_change(world: &World, cookie: &str, change: Value, operation: Uuid) -> Answer {
    let body = json!({ "operation": operation, "change": change, "remove": false });
    world.put(&changes(world), cookie, body).await
}

async fn freeze(world: &World, cookie: &str, window: &str, reason: Option<&str>) -> Answer {
    let path = api::paths::school_change_reports(world.home.own_school);
    let body = json!({ "id": Uuid::now_v7(), "window": window, "reason": reason });
    world.post(&path, cookie, body).await
}

fact!(
    async fn a_change_keeps_its_versions_and_a_repetition_adds_none(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let operation = Uuid::now_v7();
        let mut first = change("Отметки по математике");
        let answer = put_change(&world, &team, first.clone(), operation).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let log: ChangeLog = put_change(&world, &team, first.clone(), operation)
            .await
            .parse();
        assert_eq!((log.entries.len(), log.entries[0].versions), (1, 1));
        first["actual"] = json!(68.0);
        let log: ChangeLog = put_change(&world, &team, first.clone(), Uuid::now_v7())
            .await
            .parse();
        assert_eq!((log.entries.len(), log.entries[0].versions), (1, 2));
        assert_eq!(log.entries[0].change.actual, Some(68.0));
        first["state"] = json!("done");
        let refused = put_change(&world, &team, first.clone(), Uuid::now_v7()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = json!({ "operation": Uuid::now_v7(), "change": first, "remove": true });
        let log: ChangeLog = world.put(&changes(&world), &team, gone).await.parse();
        assert!(log.entries.is_empty());
    }
);

fact!(
    async fn a_report_freezes_the_log_and_a_correction_needs_a_reason(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let empty = freeze(&world, &team, "2026-03", None).await;
        assert_eq!(empty.code(), "change.nothing");
        let mut entry = change("Отметки");
        put_change(&world, &team, entry.clone(), Uuid::now_v7()).await;
        let log: ChangeLog = freeze(&world, &team, "2026-03", None).await.parse();
        let march = log
            .windows
            .iter()
            .find(|window| window.window == "2026-03")
            .expect("a window");
        assert_eq!(march.state, WindowState::Reported);
        let hash = march.reports[0].hash.clone();
        entry["target"] = json!(90.0);
        put_change(&world, &team, entry, Uuid::now_v7()).await;
        let log: ChangeLog = world.get(&changes(&world), &team).await.parse();
        assert_eq!(log.windows[2].reports[0].changes[0].target, Some(75.0));
        let silent = freeze(&world, &team, "2026-03", Some("  ")).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let log: ChangeLog = freeze(&world, &team, "2026-03", Some("цель уточнена"))
            .await
            .parse();
        let reports = &log.windows[2].reports;
        assert_eq!((reports.len(), reports[0].version), (2, 2));
        assert_eq!(reports[1].hash, hash);
        assert_ne!(reports[0].hash, hash);
        // The day is in April: June lies ahead.
        assert_eq!(
            freeze(&world, &team, "2026-06", None).await.code(),
            "change.ahead"
        );
        assert_eq!(
            freeze(&world, &team, "2026-04", None).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
);

fact!(
    async fn the_overview_shows_states_by_name_and_a_school_its_own_row(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        put_change(&world, &team, change("Отметки"), Uuid::now_v7()).await;
        freeze(&world, &team, "2026-01", None).await;
        let manager = world.home_person(Role::Manager).await;
        let all: ChangeOverview = world.get(api::paths::CHANGES, &manager).await.parse();
        let names: Vec<_> = all
            .schools
            .iter()
            .map(|school| school.name.as_str())
            .collect();
        assert_eq!(names, ["Другая", "Своя"]);
        use WindowState::{Ahead, Missed, Reported};
        assert_eq!(all.schools[1].windows, [Missed, Reported, Missed, Ahead]);
        assert_eq!((all.schools[1].changes, all.schools[1].supported), (1, 1));
        let own: ChangeOverview = world.get(api::paths::CHANGES, &team).await.parse();
        assert_eq!(own.schools.len(), 1);
    }
);

fact!(
    async fn a_workbook_goes_out_and_comes_back_without_a_change(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        put_change(&world, &team, change("Отметки"), Uuid::now_v7()).await;
        let log: ChangeLog = world.get(&changes(&world), &team).await.parse();
        let own: Vec<_> = log
            .entries
            .iter()
            .map(|entry| entry.change.clone())
            .collect();
        let bytes = server::rules::schools::change_workbook::write(&own, api::text::Language::Ru)
            .expect("a workbook");
        let import = |bytes: Vec<u8>| {
            let request = Request::builder()
                .method(Method::POST)
                .uri(format!("{}/import", changes(&world)))
                .header(header::HOST, "orientir.example")
                .header(header::COOKIE, &team)
                .body(Body::from(bytes))
                .expect("a request");
            world.send(request)
        };
        let same: ChangeImport = import(bytes).await.parse();
        assert_eq!((same.stored, same.unchanged), (0, 1));
        let csv = "Объект изменений;Показатель;Целевое значение\nКритерии;доля работ;80\n";
        let added: ChangeImport = import(csv.into()).await.parse();
        assert_eq!((added.stored, added.problems.len()), (1, 0));
        let again: ChangeImport = import(csv.into()).await.parse();
        assert_eq!((again.stored, again.unchanged), (0, 1));
        let wrong = "Объект изменений;Показатель;Целевое значение\nЕщё;доля;много\nВерно;доля;1\n";
        let nothing: ChangeImport = import(wrong.into()).await.parse();
        assert_eq!((nothing.stored, nothing.problems[0].row), (0, Some(2)));
        let log: ChangeLog = world.get(&changes(&world), &team).await.parse();
        assert_eq!(log.entries.len(), 2);
    }
);

fact!(
    async fn small_counts_of_context_are_for_the_school_alone(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let path = api::paths::school_context(world.home.own_school);
        let body = json!({ "operation": Uuid::now_v7(), "passport": passport() });
        let own: SchoolContext = world.put(&path, &team, body).await.parse();
        let year = &own.years[0];
        assert_eq!(year.known, 8);
        assert_eq!(year.shares[1], ShownShare::Share { percent: 1.5 });
        assert_eq!(year.shares[8], ShownShare::Gap);
        assert!(year.passport.is_some());
        let manager = world.home_person(Role::Manager).await;
        let seen: SchoolContext = world.get(&path, &manager).await.parse();
        assert_eq!(seen.years[0].shares[1], ShownShare::Few);
        assert_eq!(seen.years[0].shares[0], ShownShare::Share { percent: 25.0 });
        assert!(seen.years[0].passport.is_none());
        let contexts = world
            .store
            .contexts(world.home.municipality)
            .await
            .expect("contexts");
        assert_eq!(contexts[0].factors[0], Some(25.0));
        assert_eq!(contexts[0].factors[8], None);
    }
);

fact!(
    async fn impossible_counts_are_refused_with_their_factor(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let path = api::paths::school_context(world.home.own_school);
        for (key, value, code) in [
            ("CF-01", 201, "context.count"),
            ("CF-99", 1, "context.factor"),
        ] {
            let mut wrong = passport();
            wrong["counts"][key] = json!(value);
            let body = json!({ "operation": Uuid::now_v7(), "passport": wrong });
            let answer = world.put(&path, &team, body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(answer.json()["fields"][0]["code"], code);
        }
    }
);

fact!(
    async fn a_finding_of_the_territory_turns_the_index_and_keeps_its_reason(world: World) {
        let manager = world.home_person(Role::Manager).await;
        for index in 0..4_u32 {
            let school = crate::results::import::add_school(
                &world,
                &format!("edu99{index}"),
                &format!("Школа {index}"),
            )
            .await;
            let scope = Scope::Organisation {
                organisation: school,
            };
            let (_, team) = world
                .person(&world.home.clone(), Role::SchoolTeam, scope)
                .await;
            let mut own = passport();
            own["counts"]["CF-01"] = json!(20 + 30 * index);
            let path = api::paths::school_context(school);
            let body = json!({ "operation": Uuid::now_v7(), "passport": own });
            let answer = world.put(&path, &team, body).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        let index = |overview: &ContextOverview| -> Vec<Option<f64>> {
            let schools = overview.schools.iter();
            schools
                .filter(|school| school.name.starts_with("Школа"))
                .map(|school| school.index)
                .collect()
        };
        let before: ContextOverview = world.get(api::paths::CONTEXT, &manager).await.parse();
        assert!(before.finding.is_none());
        assert!(index(&before).windows(2).all(|pair| pair[0] > pair[1]));
        let body = json!({
            "id": Uuid::now_v7(), "directions": { "CF-01": "positive" },
            "reason": "связь с результатами района за три года",
        });
        let after: ContextOverview = world
            .put(api::paths::CONTEXT_FINDING, &manager, body)
            .await
            .parse();
        assert!(index(&after).windows(2).all(|pair| pair[0] < pair[1]));
        let finding = after.finding.expect("a finding");
        assert_eq!((finding.version, finding.reason.is_empty()), (1, false));
        let silent = json!({ "id": Uuid::now_v7(), "directions": {}, "reason": " " });
        let refused = world
            .put(api::paths::CONTEXT_FINDING, &manager, silent)
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
);

fact!(
    async fn swot_and_risks_lead_to_measures_and_never_to_a_penalty(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let path = api::paths::school_profile(world.home.own_school);
        let put = async |change: Value| {
            let body = json!({ "operation": Uuid::now_v7(), "year": 2026, "change": change });
            world.put(&path, &team, body).await
        };
        let item = json!({
            "id": Uuid::now_v7(), "quadrant": "weakness", "text": "Отметки расходятся",
            "evidence": "ВПР 2026", "importance": 3, "measures": ["SM-02"],
        });
        let sheet: SchoolProfile = put(json!({ "kind": "swot", "item": item })).await.parse();
        assert_eq!(sheet.items.len(), 1);
        let risk = |measures: Value| {
            json!({ "kind": "risk", "mark": {
            "factor": "RP-05", "significance": 3, "manageability": 2, "note": "", "measures": measures,
        } })
        };
        let penalty = put(risk(json!(["SM-23"]))).await;
        assert_eq!(penalty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sheet: SchoolProfile = put(risk(json!(["SM-03", "SM-19"]))).await.parse();
        let marked = sheet
            .risks
            .iter()
            .find(|risk| risk.id == "RP-05")
            .expect("a risk");
        assert!(marked.is_topic);
        assert_eq!(marked.priority, Some(3.0 * 1.2));

        let manager = world.home_person(Role::Manager).await;
        let overview: SchoolOverview = world
            .get(
                &api::paths::school_overview(world.home.own_school),
                &manager,
            )
            .await
            .parse();
        assert_eq!(overview.swot, [0, 1, 0, 0]);
        let measures: Vec<&str> = overview
            .next
            .iter()
            .filter_map(|step| step.measure.as_deref())
            .collect();
        assert_eq!(measures, ["SM-03", "SM-02", "SM-19"]);
        assert!(
            overview
                .next
                .windows(2)
                .all(|pair| pair[0].level <= pair[1].level)
        );
        let removed = put(json!({ "kind": "remove_swot", "item": item["id"] })).await;
        assert!(removed.parse::<SchoolProfile>().items.is_empty());
    }
);

fact!(
    async fn the_calendar_marks_what_is_the_callers_own(world: World) {
        let expert = world.home_person(Role::Expert).await;
        let calendar: Calendar = world.get(api::paths::CALENDAR, &expert).await.parse();
        assert_eq!((calendar.year, calendar.months.len()), (2025, 12));
        assert_eq!(calendar.today, "2026-04");
        let own: Vec<_> = calendar
            .months
            .iter()
            .flat_map(|month| month.items.iter().map(move |item| (&month.month, item)))
            .filter(|(_, item)| item.is_own)
            .map(|(month, item)| (month.as_str(), item.id.as_str()))
            .collect();
        assert_eq!(own, [("2026-03", "MC-18")]);
    }
);
