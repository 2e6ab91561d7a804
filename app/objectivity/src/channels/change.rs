//! Change: results against the same pupils' earlier results.
//!
//! Pupil residuals e_i from a quadratic regression with slopes from inside schools; school residuals then lie in a
//! robust funnel given context and the school's mean earlier result. Two things point to inflation: the whole school
//! rises, or a part of its pupils does. Both are in one statistic, the mean likelihood ratio of "a share π of the
//! pupils gained Δ" against "the school as a whole differs by u ~ N(0, τ²)". Its null is bootstrapped per size from
//! the region's own residuals.
//!
//! # Source
//! Goldstein et al. 1993, Oxford Review of Education 19(4), for the random-intercept frame; the mixture is ours.

use crate::calibration::funnel::Funnel;
use crate::calibration::null_table::{NullTable, SIZES};
use crate::cell::{CohortPoint, Level};
use crate::channels::level::context_rows;
use crate::channels::regression::within_slopes;
use crate::channels::{Evidence, within_variance};
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};

/// Shares of pupils that may have gained, and gains in residual standard deviations.
const ALTERNATIVES: [(f64, f64); 6] = [
    (0.2, 1.5),
    (0.2, 2.5),
    (0.4, 1.2),
    (0.4, 2.0),
    (1.0, 0.5),
    (1.0, 1.0),
];
/// Nine equally likely points of a standard normal, for integration over the school effect.
const NODES: [f64; 9] = [-1.59, -0.97, -0.59, -0.28, 0.0, 0.28, 0.59, 0.97, 1.59];

/// What a school shows, and what the cohort plot needs.
pub(crate) struct Changes {
    pub(crate) evidence: Vec<Option<Evidence>>,
    pub(crate) cohorts: Vec<Option<CohortPoint>>,
}

/// Log of the mean likelihood ratio; residuals in residual standard deviations, `spread` = τ/σ.
fn mixture(residuals: &[f64], spread: f64) -> f64 {
    // A part of honest residuals is wild; without this a single pupil would decide.
    let density =
        |value: f64| (-0.5 * value * value).exp() + 0.02 * (-0.5 * value * value / 6.25).exp();
    let mut honest = [0.0; NODES.len()];
    let mut lifted = [[0.0; NODES.len()]; ALTERNATIVES.len()];
    for &residual in residuals {
        for (node, &point) in NODES.iter().enumerate() {
            let centred = residual - point * spread * 1.04;
            let base = density(centred);
            honest[node] += base.ln();
            for (row, &(share, gain)) in lifted.iter_mut().zip(&ALTERNATIVES) {
                row[node] += ((1.0 - share) * base + share * density(centred - gain)).ln();
            }
        }
    }
    let log_mean = |values: &[f64]| {
        let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        top + (values.iter().map(|value| (value - top).exp()).sum::<f64>() / values.len() as f64)
            .ln()
    };
    let alternatives: Vec<f64> = lifted.iter().map(|row| log_mean(row)).collect();
    log_mean(&alternatives) - log_mean(&honest)
}

pub(crate) fn compute(
    prepared: &Prepared,
    context: &[Option<f64>],
    replicates: usize,
    seed: u64,
) -> Option<Changes> {
    let ranges: Vec<_> = prepared
        .schools
        .iter()
        .map(|school| school.range.clone())
        .collect();
    let known: Vec<f64> = prepared
        .prior
        .iter()
        .copied()
        .filter(|prior| prior.is_finite())
        .collect();
    let (centre, variance) = crate::channels::moments(known.iter().copied())?;
    if variance <= 0.0 {
        return None;
    }
    let scale = variance.sqrt();
    let prior = |work: usize| {
        let value = (prepared.prior[work] - centre) / scale;
        value.is_finite().then_some([value, value * value])
    };
    let score = |work: usize| f64::from(prepared.score[work]);
    let slopes = within_slopes(&ranges, score, prior)?;
    let residual = |work: usize| {
        prior(work).map_or(f64::NAN, |row| {
            score(work) - slopes[0] * row[0] - slopes[1] * row[1]
        })
    };
    let within = within_variance(ranges.iter().cloned(), residual)?;
    let within_score = within_variance(ranges.iter().cloned(), score)?;
    let rows = context_rows(context);
    let mut used = Vec::new();
    let mut values = Vec::new();
    let mut variances = Vec::new();
    let mut covariates = Vec::new();
    let mut counts = Vec::new();
    for (index, range) in ranges.iter().enumerate() {
        let residuals: Vec<f64> = range
            .clone()
            .map(residual)
            .filter(|value| value.is_finite())
            .collect();
        if residuals.len() < 2 {
            continue;
        }
        let count = residuals.len() as f64;
        let mean_prior = range
            .clone()
            .filter_map(|work| prior(work).map(|row| row[0]))
            .sum::<f64>()
            / count;
        used.push(index);
        values.push(residuals.iter().sum::<f64>() / count);
        variances.push(within / count);
        let mut row = rows[index].clone();
        row.push(mean_prior);
        covariates.push(row);
        counts.push(residuals.len());
    }
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let spread = (funnel.tau2 / within).sqrt();
    let sigma = within.sqrt();
    let pool: Vec<f64> = pooled_residuals(&ranges, &residual, sigma);
    if pool.len() < 30 {
        return None;
    }
    let table = NullTable::build(&SIZES, replicates, |size, replicate| {
        let mut random = Random::new(seed_of(&[seed, 11, size as u64, replicate as u64]));
        let effect = spread * random.normal();
        let residuals: Vec<f64> = (0..size)
            .map(|_| effect + pool[random.below(pool.len())])
            .collect();
        mixture(&residuals, spread)
    });
    let mut evidence = vec![None; prepared.schools.len()];
    let mut cohorts = vec![None; prepared.schools.len()];
    for (place, &index) in used.iter().enumerate() {
        let expected = funnel.expected(&covariates[place]);
        let residuals: Vec<f64> = ranges[index]
            .clone()
            .map(residual)
            .filter(|value| value.is_finite())
            .map(|value| (value - expected) / sigma)
            .collect();
        let value = values[place] - expected;
        let error = funnel.spread(variances[place]);
        evidence[index] = Some(Evidence {
            value,
            interval: [
                value - 1.96 * variances[place].sqrt(),
                value + 1.96 * variances[place].sqrt(),
            ],
            z: table.z(residuals.len(), mixture(&residuals, spread)),
            power: within_score.sqrt() / error,
            n: counts[place],
            expected: 0.0,
            level: Level::L3,
        });
        let with_prior: Vec<usize> = ranges[index]
            .clone()
            .filter(|&work| prior(work).is_some())
            .collect();
        let count = with_prior.len() as f64;
        let mean = with_prior.iter().map(|&work| score(work)).sum::<f64>() / count;
        let mean_prior = with_prior
            .iter()
            .map(|&work| prepared.prior[work])
            .sum::<f64>()
            / count;
        let expected = mean - value;
        cohorts[index] = Some(CohortPoint {
            prior_mean: mean_prior,
            mean,
            expected,
            limits_95: [expected - 1.96 * error, expected + 1.96 * error],
            n: counts[place] as u32,
        });
    }
    Some(Changes { evidence, cohorts })
}

/// Residuals around their school means in standard deviations, blown up for the estimated mean.
fn pooled_residuals(
    ranges: &[std::ops::Range<usize>],
    residual: &impl Fn(usize) -> f64,
    sigma: f64,
) -> Vec<f64> {
    let mut pool = Vec::new();
    for range in ranges {
        let known: Vec<f64> = range
            .clone()
            .map(residual)
            .filter(|value| value.is_finite())
            .collect();
        if known.len() < 4 {
            continue;
        }
        let count = known.len() as f64;
        let mean = known.iter().sum::<f64>() / count;
        let factor = (count / (count - 1.0)).sqrt() / sigma;
        pool.extend(known.iter().map(|value| (value - mean) * factor));
    }
    pool
}
