//! Results of a school by year beside those of similar schools.

use api::access::session::Role;
use api::id::OrganisationId;
use api::results::cell::CellDetail;
use api::results::dynamics::{Beside, SchoolDynamics, WorkDynamics};
use axum::http::StatusCode;

use crate::results::import::add_school;
use crate::results::run::import_and_compute;
use crate::world::{World, fact};

/// Five schools with four pupils each. Mathematics was written in 2024 and 2026, Russian in 2025 only; in 2026 the
/// fifth school did not write.
fn results() -> Vec<u8> {
    let mut text = String::from(
        "year,subject,grade,school,class,pupil,raw_score,mark,item:1:1,item:2:2,item:3:2\n",
    );
    for (year, subject, schools) in [(2024, "math", 5), (2025, "russian", 5), (2026, "math", 4)] {
        for school in 1..=schools {
            // The first school has 1, 2, 4, 5 points of five, the others 0, 2, 4, 4.
            let pupils = if school == 1 {
                [[1, 0, 0], [0, 2, 0], [0, 2, 2], [1, 2, 2]]
            } else {
                [[0, 0, 0], [0, 2, 0], [0, 2, 2], [0, 2, 2]]
            };
            for (pupil, [one, two, three]) in pupils.into_iter().enumerate() {
                let raw: i32 = one + two + three;
                let mark = [2, 2, 3, 3, 4, 5][raw as usize];
                text.push_str(&format!(
                    "{year},{subject},5,edu99000{school},5А,{pupil},{raw},{mark},{one},{two},{three}\n"
                ));
            }
        }
    }
    text.into_bytes()
}

async fn filled(world: &World) -> (OrganisationId, String) {
    let first = add_school(world, "edu990001", "Боровская ООШ").await;
    for number in 2..=5 {
        add_school(world, &format!("edu99000{number}"), "Другая ООШ").await;
    }
    let manager = world.home_person(Role::Manager).await;
    import_and_compute(world, &manager, results()).await;
    (first, manager)
}

fn work<'a>(dynamics: &'a SchoolDynamics, subject: &str) -> &'a WorkDynamics {
    let mut works = dynamics.works.iter();
    works.find(|work| work.subject == subject).expect("a work")
}

fact!(
    async fn a_year_without_the_work_is_a_gap_and_the_others_stand_together(world: World) {
        let (school, manager) = filled(&world).await;
        let path = api::paths::school_dynamics(school);
        let answer = world.get(&path, &manager).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let dynamics: SchoolDynamics = answer.parse();
        assert_eq!(dynamics.works.len(), 2);
        let math = work(&dynamics, "math");
        assert_eq!(math.beside, Beside::Cluster);
        let years: Vec<_> = math.years.iter().map(|year| year.year).collect();
        assert_eq!(years, [2024, 2025, 2026]);
        assert_eq!(math.years[1].own, None, "no work, no zero");

        let own = math.years[2].own.as_ref().expect("a result");
        assert_eq!((own.n, own.share), (4, 0.6));
        // Mean 0.6, standard deviation 0.365148, 97.5 % quantile of t with 3 degrees of freedom 3.182446:
        // 0.6 − 3.182446 · 0.365148 / 2.
        let [low, high] = own.interval.expect("an interval");
        assert!((low - 0.018_967).abs() < 1e-5, "{low}");
        assert_eq!(high, 1.0, "held inside the scale");
        assert_eq!(own.marks, Some([1, 1, 1, 1]));
        let others = math.years[2].others.as_ref().expect("others");
        assert_eq!((others.schools, others.share), (3, 0.5));
        assert_eq!(others.marks, Some([3, 3, 6, 0]));
        assert_eq!(
            math.years[0].others.as_ref().map(|others| others.schools),
            Some(4)
        );
        assert_eq!(work(&dynamics, "russian").years[2].own, None);
    }
);

fact!(
    async fn a_cell_brings_its_own_years(world: World) {
        let (school, manager) = filled(&world).await;
        let path = api::paths::cell(school, 2026, "math", 5);
        let cell: CellDetail = world.get(&path, &manager).await.parse();
        let path = api::paths::school_dynamics(school);
        let dynamics: SchoolDynamics = world.get(&path, &manager).await.parse();
        assert_eq!(cell.dynamics.as_ref(), Some(work(&dynamics, "math")));
    }
);

fact!(
    async fn a_school_reads_its_own_and_no_other(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        for (school, status) in [
            (world.home.own_school, StatusCode::OK),
            (world.home.other_school, StatusCode::NOT_FOUND),
        ] {
            let path = api::paths::school_dynamics(school);
            let answer = world.get(&path, &team).await;
            assert_eq!(answer.status, status, "{}", answer.text);
        }
    }
);
