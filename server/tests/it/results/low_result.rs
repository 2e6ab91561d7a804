//! Schools with low results: found by the rule, kept as found, reasons beside each.

use api::access::session::Role;
use api::results::low_result::{
    Identification, Identifications, LowReading, LowResultRule, LowStanding, Unreliable,
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::results::import::add_school;
use crate::results::run::import_and_compute;
use crate::world::{World, fact};

/// Two schools in two works of two years. In the first school half of the marks are 2, in mathematics in both years and
/// in Russian in the second; in the other one mark in ten is.
fn marks() -> Vec<u8> {
    let mut text = String::from(
        "year,subject,grade,school,class,pupil,raw_score,mark,item:1:1,item:2:2,item:3:2\n",
    );
    for (year, subject, low) in [
        (2025, "math", true),
        (2025, "russian", false),
        (2026, "math", true),
        (2026, "russian", true),
    ] {
        for school in 1..=2 {
            for pupil in 0..20 {
                let every = if school == 1 && low { 2 } else { 10 };
                let is_low = pupil % every == 0;
                let items = if is_low { [0, 1, 0] } else { [pupil % 2, 1, 1] };
                let raw: i32 = items.iter().sum();
                let mark = if is_low { 2 } else { 2 + raw - 1 };
                let [one, two, three] = items;
                text.push_str(&format!(
                    "{year},{subject},5,edu99000{school},5А,{pupil},{raw},{mark},{one},{two},{three}\n"
                ));
            }
        }
    }
    text.into_bytes()
}

fn new(year: i32, rule: &LowResultRule) -> Value {
    json!({ "id": Uuid::now_v7(), "year": year, "rule": rule })
}

async fn offered(world: &World, cookie: &str) -> Identifications {
    world.get(api::paths::LOW_RESULTS, cookie).await.parse()
}

fact!(
    async fn a_list_names_schools_with_what_it_rests_on(world: World) {
        let low = add_school(&world, "edu990001", "Боровская ООШ").await;
        add_school(&world, "edu990002", "Озёрская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        import_and_compute(&world, &manager, marks()).await;
        let before = offered(&world, &manager).await;
        assert_eq!(
            (before.years.as_slice(), before.made.len()),
            ([2026, 2025].as_slice(), 0)
        );
        assert!(before.may_create);

        let body = new(2026, &before.usual);
        let answer = world
            .post(api::paths::LOW_RESULTS, &manager, body.clone())
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let found: Identification = answer.parse();
        assert_eq!(found.label.judged, 2);
        assert_eq!(found.label.found, [1, 0, 0]);
        assert!(found.label.run.is_some());
        let [school] = found.schools.as_slice() else {
            panic!("one school: {:?}", found.schools);
        };
        assert_eq!(
            (school.organisation, school.standing),
            (low, LowStanding::RiskGroup)
        );
        let works: Vec<_> = school
            .procedures
            .iter()
            .map(|procedure| {
                (
                    procedure.work.ru.as_str(),
                    procedure.year,
                    procedure.below,
                    procedure.pupils,
                    procedure.reading,
                )
            })
            .collect();
        assert_eq!(
            works,
            [
                ("Математика, 5 класс", 2025, 10, 20, LowReading::Low),
                ("Математика, 5 класс", 2026, 10, 20, LowReading::Low),
                ("Русский язык, 5 класс", 2026, 10, 20, LowReading::Low),
            ]
        );

        // Ten of twenty, where elsewhere one in ten has mark 2, is more than chance.
        assert!(
            school
                .procedures
                .iter()
                .all(|procedure| { procedure.elsewhere == Some(0.1) && !procedure.may_be_chance })
        );

        // Sent twice, made once; a methodist reads it, the list of the year before finds nobody.
        world.post(api::paths::LOW_RESULTS, &manager, body).await;
        let methodist = world.home_person(Role::Methodist).await;
        let path = api::paths::low_result(found.label.id);
        assert_eq!(
            world.get(&path, &methodist).await.parse::<Identification>(),
            found
        );
        let earlier = world
            .post(
                api::paths::LOW_RESULTS,
                &methodist,
                new(2025, &before.usual),
            )
            .await;
        assert_eq!(earlier.parse::<Identification>().schools, []);
        assert_eq!(offered(&world, &manager).await.made.len(), 2);
    }
);

fact!(
    async fn a_rule_out_of_bounds_and_a_year_without_results_are_named(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let usual = offered(&world, &manager).await.usual;
        for (rule, year, field) in [
            (
                LowResultRule {
                    share: 0.0,
                    ..usual
                },
                2026,
                "share",
            ),
            (
                LowResultRule {
                    procedures: 0,
                    ..usual
                },
                2026,
                "procedures",
            ),
            (LowResultRule { years: 9, ..usual }, 2026, "years"),
            (
                LowResultRule {
                    min_pupils: 0,
                    ..usual
                },
                2026,
                "min_pupils",
            ),
            (
                LowResultRule {
                    unreliable: Unreliable::CountsAsLow,
                    ..usual
                },
                2026,
                "year",
            ),
        ] {
            let answer = world
                .post(api::paths::LOW_RESULTS, &manager, new(year, &rule))
                .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert_eq!(
                answer.json()["fields"][0]["field"],
                field,
                "{}",
                answer.text
            );
        }
    }
);
