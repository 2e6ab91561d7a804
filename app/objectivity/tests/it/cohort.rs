//! The Atlanta Journal-Constitution's analysis of New Mexico, 2008–2011 (`ajc_new_mexico.csv.gz`, MIT).

use std::collections::BTreeMap;

use objectivity::statistics::cohort::{CohortPoint, CohortRegression, p_value};

use crate::reference::{Row, number, table};

/// The published residuals have nine decimals, which moves a p-value by less than this.
const P_TOLERANCE: f64 = 1e-7;

/// The published file lacks cohorts that the newspaper fitted with, so its line is known only nearly.
const LINE_TOLERANCE: f64 = 0.05;

fn point(row: &Row) -> CohortPoint {
    let value = |column: &str| number(row, column).unwrap();
    CohortPoint {
        before: value("ss1"),
        after: value("ss2"),
        pupils_before: value("n1") as u32,
        pupils_after: value("n2") as u32,
    }
}

#[test]
fn all_published_p_values_and_flags_come_out() {
    let Some(rows) = table("ajc_new_mexico.csv.gz") else {
        return;
    };
    let mut worst = 0.0_f64;
    let mut flags = 0;
    for row in &rows {
        let found = p_value(number(row, "resid_t").unwrap(), &point(row)).unwrap();
        worst = worst.max((found - number(row, "tprob").unwrap()).abs());
        let flagged = found < 0.05;
        assert_eq!(flagged, row["flagged_t95"] == "1", "{row:?}");
        flags += usize::from(flagged);
    }
    println!(
        "{} cohorts, {flags} flags, largest difference of p {worst:.1e}",
        rows.len()
    );
    assert!(worst < P_TOLERANCE);
    assert_eq!((rows.len(), flags), (8_987, 447));
}

#[test]
fn our_own_line_gives_the_same_447_flags() {
    let Some(rows) = table("ajc_new_mexico.csv.gz") else {
        return;
    };
    let mut groups: BTreeMap<[String; 4], Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        let key = ["state", "test_year", "grade", "subject"].map(|column| row[column].clone());
        groups.entry(key).or_default().push(row);
    }
    let (mut worst, mut flags) = (0.0_f64, 0);
    for rows in groups.values() {
        let points: Vec<CohortPoint> = rows.iter().map(|row| point(row)).collect();
        let line = CohortRegression::fit(&points).unwrap();
        for (row, point) in rows.iter().zip(&points) {
            let found = line.residual(point).unwrap();
            for (value, column) in [
                (found.expected, "predicted"),
                (found.standardised, "resid_z"),
                (found.studentised, "resid_t"),
            ] {
                worst = worst.max((value - number(row, column).unwrap()).abs());
            }
            let flagged = found.p_value.unwrap() < 0.05;
            assert_eq!(flagged, row["flagged_t95"] == "1", "{row:?}");
            flags += usize::from(flagged);
        }
    }
    println!(
        "{} lines, {flags} flags, largest difference from the published values {worst:.3}",
        groups.len()
    );
    assert!(worst < LINE_TOLERANCE);
    assert_eq!(flags, 447);
}
