//! Spread: variance of scores inside the school too small for its level.
//!
//! # Source
//! Standard deviation as an INVALSI indicator: Quintano, Castellano, Longobardi 2009. The expectation given the mean
//! (floor and ceiling shrink honest spread) and the funnel on the logarithm are ours; Var ln s² ≈ 2/(n − 1).

use crate::calibration::funnel::Funnel;
use crate::cell::Level;
use crate::channels::{Evidence, moments};
use crate::prepared::Prepared;

/// Pupils below which a variance says nothing.
const MIN_PUPILS: usize = 5;

pub(crate) fn compute(prepared: &Prepared) -> Option<Vec<Option<Evidence>>> {
    let full = prepared.max_score.max(1) as f64;
    let mut used = Vec::new();
    let (mut values, mut variances, mut covariates) = (Vec::new(), Vec::new(), Vec::new());
    for (index, school) in prepared.schools.iter().enumerate() {
        if school.n() < MIN_PUPILS {
            continue;
        }
        let scores = school
            .range
            .clone()
            .map(|work| f64::from(prepared.score[work]));
        let Some((mean, variance)) = moments(scores) else {
            continue;
        };
        let freedom = (school.n() - 1) as f64;
        // E ln s² of a normal sample is ln σ² − 1/df; half a point stands for "no spread at all".
        values.push(-(variance.max(0.25 / freedom).ln() + 1.0 / freedom));
        variances.push(2.0 / freedom);
        let share = mean / full;
        covariates.push(vec![share, share * share]);
        used.push(index);
    }
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let mut evidence = vec![None; prepared.schools.len()];
    for (place, &index) in used.iter().enumerate() {
        let value = values[place] - funnel.expected(&covariates[place]);
        let half = 1.96 * variances[place].sqrt();
        // ln s² is skewed to the left; the cube root of χ²/df is close to normal (Wilson and Hilferty 1931).
        let freedom = 2.0 / variances[place];
        let spread = funnel.spread(variances[place]);
        let ratio = (-value).exp();
        let cube = 2.0 / (9.0 * freedom);
        let z = -((ratio.cbrt() - (1.0 - cube)) / cube.sqrt()) * (variances[place].sqrt() / spread);
        evidence[index] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: crate::calibration::normal::z_of_t(z, funnel.freedom),
            power: 0.5 / spread,
            n: prepared.schools[index].n(),
            expected: 0.0,
            level: Level::L0,
        });
    }
    Some(evidence)
}
