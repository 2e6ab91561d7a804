//! Spread: variance of scores inside the school too small for its level.
//!
//! # Source
//! Standard deviation as an INVALSI indicator: Quintano, Castellano, Longobardi 2009. The expectation given the mean
//! (floor and ceiling shrink honest spread) and the funnel on the logarithm are ours; Var ln s² ≈ (κ − 1)/(n − 1)
//! with the kurtosis κ of the region.

use crate::cell::Level;
use crate::channels::{Evidence, moments};
use crate::math::Portable;
use crate::prepared::Prepared;
use crate::statistics::funnel::Funnel;

/// Pupils below which a variance says nothing.
const MIN_PUPILS: usize = 5;

pub(crate) fn compute(prepared: &Prepared) -> Option<Vec<Option<Evidence>>> {
    let full = prepared.max_score.max(1) as f64;
    let excess = tail_weight(prepared);
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
        values.push(-(variance.max(0.25 / freedom).logarithm() + 1.0 / freedom));
        variances.push(excess * 2.0 / freedom);
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
        let freedom = 2.0 * excess / variances[place];
        let spread = funnel.spread(variances[place]);
        let ratio = (-value).exponential();
        let cube = 2.0 / (9.0 * freedom);
        let normal = -((ratio.cube_root() - (1.0 - cube)) / cube.sqrt());
        let z = normal * (2.0 / freedom).sqrt() / spread;
        evidence[index] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: crate::calibration::normal::z_of_t(z, funnel.freedom),
            power: 1.0 / spread,
            n: prepared.schools[index].n(),
            expected: 0.0,
            level: Level::L0,
        });
    }
    Some(evidence)
}

/// (κ − 1)/2 with the pooled kurtosis κ of scores inside schools: 1 for normal scores, less for bounded ones.
fn tail_weight(prepared: &Prepared) -> f64 {
    let (mut second, mut fourth, mut count) = (0.0, 0.0, 0.0);
    for school in prepared.schools.iter().filter(|school| school.n() >= 10) {
        let mean = prepared.mean_score(school);
        for work in school.range.clone() {
            let square = (f64::from(prepared.score[work]) - mean).powi(2);
            second += square;
            fourth += square * square;
            count += 1.0;
        }
    }
    if count < 100.0 || second <= 0.0 {
        return 1.0;
    }
    (((fourth / count) / (second / count).powi(2) - 1.0) / 2.0).clamp(0.4, 2.0)
}
