//! Multilevel models against lme4 (`lmer(y ~ x + (1 | school), REML = FALSE)`) on data of the R package mlmRev.

use std::collections::BTreeMap;

use objectivity::statistics::random_intercept::{GroupSums, RandomIntercept};

use crate::reference::{Row, number, table};

const TOLERANCE: f64 = 1e-4;

fn fit(rows: &[Row], x: &str, y: &str) -> (Vec<String>, RandomIntercept) {
    let mut groups: BTreeMap<String, GroupSums> = BTreeMap::new();
    for row in rows {
        if let (Some(x), Some(y)) = (number(row, x), number(row, y)) {
            groups
                .entry(row["school"].clone())
                .or_insert_with(|| GroupSums::new(2))
                .push(&[1.0, x], y);
        }
    }
    let sums: Vec<GroupSums> = groups.values().cloned().collect();
    (
        groups.into_keys().collect(),
        RandomIntercept::fit(&sums).unwrap(),
    )
}

fn assert_effects(schools: &[String], fit: &RandomIntercept, expected: &[Row], tolerance: f64) {
    assert_eq!(schools.len(), expected.len());
    let mut worst = (0.0_f64, 0.0_f64);
    for row in expected {
        let effect = fit.effects[schools
            .iter()
            .position(|school| *school == row["school"])
            .unwrap()];
        worst.0 = worst
            .0
            .max((effect.effect - number(row, "u").unwrap()).abs());
        worst.1 = worst
            .1
            .max((effect.standard_error - number(row, "se").unwrap()).abs());
    }
    println!(
        "{} schools, largest differences effect {:.2e}, standard error {:.2e}",
        schools.len(),
        worst.0,
        worst.1
    );
    assert!(worst.0 < tolerance && worst.1 < tolerance, "{worst:?}");
}

#[test]
fn london_exam_matches_lme4() {
    let (Some(rows), Some(effects)) = (table("exam_va.csv"), table("exam_va_ranef_lme4.csv"))
    else {
        return;
    };
    let (schools, fit) = fit(&rows, "standLRT", "normexam");
    println!(
        "{:?} {} {}",
        fit.coefficients, fit.group_variance, fit.residual_variance
    );
    for (found, expected) in [
        (fit.coefficients[0], 0.002_391),
        (fit.coefficients[1], 0.563_371),
        (fit.group_variance, 0.092_129),
        (fit.residual_variance, 0.565_731),
    ] {
        assert!((found - expected).abs() < 2e-6, "{found} {expected}");
    }
    assert_effects(&schools, &fit, &effects, TOLERANCE);
}

#[test]
fn coursework_against_written_paper_matches_lme4() {
    let (Some(rows), Some(effects)) = (
        table("gcsemv.csv"),
        table("gcsemv_coursework_vs_written_ranef_lme4.csv"),
    ) else {
        return;
    };
    let (schools, fit) = fit(&rows, "written", "course");
    println!(
        "{:?} {} {}",
        fit.coefficients, fit.group_variance, fit.residual_variance
    );
    assert!(
        (fit.coefficients[0] - 47.3768).abs() < 1e-4
            && (fit.coefficients[1] - 0.553_66).abs() < 1e-5
    );
    assert!(
        (fit.group_variance - 60.376).abs() < 2e-3
            && (fit.residual_variance - 156.274).abs() < 2e-3
    );
    assert_effects(&schools, &fit, &effects, TOLERANCE);
}

/// The shrunk means that the engine shows are the predictions of this model.
#[test]
fn the_engine_shows_the_predictions_of_this_model() {
    use objectivity::data::{Paper, Procedure, Work};
    use objectivity::parameters::Parameters;
    use objectivity::region::Region;
    use objectivity::run::analyze;

    let Some(rows) = table("exam_va.csv") else {
        return;
    };
    let score = |row: &Row| ((number(row, "normexam").unwrap() + 4.0) * 7.5).round();
    let procedure = Procedure {
        year: 2000,
        subject: "exam".to_owned(),
        grade: 11,
    };
    let mut region = Region::new();
    region
        .set_paper(procedure.clone(), Paper::default())
        .unwrap();
    let mut groups: BTreeMap<String, GroupSums> = BTreeMap::new();
    for row in &rows {
        groups
            .entry(row["school"].clone())
            .or_insert_with(|| GroupSums::new(1))
            .push(&[1.0], score(row));
        let work = Work {
            year: 2000,
            subject: "exam".to_owned(),
            grade: 11,
            school: row["school"].clone(),
            raw_score: Some(score(row) as u16),
            ..Work::default()
        };
        region.push(&work).unwrap();
    }
    let sums: Vec<GroupSums> = groups.values().cloned().collect();
    let fit = RandomIntercept::fit(&sums).unwrap();
    let run = analyze(&region, &Parameters::default());
    assert_eq!(run.cells.len(), 65);
    for cell in &run.cells {
        let place = groups
            .keys()
            .position(|school| *school == cell.school)
            .unwrap();
        let expected = fit.coefficients[0] + fit.effects[place].effect;
        assert!((cell.shrunk_mean.unwrap() - expected).abs() < 1e-9);
    }
}
