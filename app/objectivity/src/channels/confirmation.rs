//! Confirmation: results against the state exam of the same cohort.
//!
//! # Source
//! D-05; regression of school means with slope from the region and a robust funnel, so that a school is compared with
//! the usual change and not with zero.

use crate::cell::Level;
use crate::channels::Evidence;
use crate::channels::level::{Levels, context_rows};
use crate::prepared::Prepared;
use crate::statistics::funnel::Funnel;

/// `exams` are mean and number of pupils per school.
pub(crate) fn compute(
    prepared: &Prepared,
    levels: &Levels,
    context: &[Option<f64>],
    exams: &[Option<(f64, u32)>],
) -> Option<Vec<Option<Evidence>>> {
    let rows = context_rows(context);
    let mut used = Vec::new();
    let (mut values, mut variances, mut covariates) = (Vec::new(), Vec::new(), Vec::new());
    for (index, school) in prepared.schools.iter().enumerate() {
        let Some((mean, count)) = exams[index] else {
            continue;
        };
        if school.n() == 0 || count == 0 {
            continue;
        }
        let mut row = rows[index].clone();
        row.push(mean);
        used.push(index);
        values.push(prepared.mean_score(school));
        // The exam's own error passes through a slope of about one in standard deviations.
        variances.push(levels.within / school.n() as f64 + 0.5 * levels.within / f64::from(count));
        covariates.push(row);
    }
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let mut evidence = vec![None; prepared.schools.len()];
    for (place, &index) in used.iter().enumerate() {
        let value = values[place] - funnel.expected(&covariates[place]);
        let half = 1.96 * variances[place].sqrt();
        evidence[index] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: funnel.z(values[place], variances[place], &covariates[place]),
            power: levels.within.sqrt() / funnel.spread(variances[place]),
            n: prepared.schools[index].n(),
            expected: 0.0,
            level: Level::L3,
        });
    }
    Some(evidence)
}
