//! Change: results against the same pupils' earlier results.
//!
//! Pupil residuals e_i from a regression on the earlier result (quadratic) and the register mark with slopes from inside
//! schools; school residuals then lie in a
//! robust funnel given context and the school's mean earlier result. Two things point to inflation: the whole school
//! rises, or a part of its pupils does. Both are in one statistic, the mean likelihood ratio of "a share π of the
//! pupils gained Δ" against "the school as a whole differs by u ~ N(0, τ²)". Its null is bootstrapped per size from
//! the region's own residuals.
//!
//! # Source
//! Goldstein et al. 1993, Oxford Review of Education 19(4), for the random-intercept frame; the mixture is ours.

use crate::calibration::null_table::{NullTable, SIZES};
use crate::cell::{CohortPoint, Level};
use crate::channels::level::context_rows;
use crate::channels::regression::within_slopes;
use crate::channels::{Evidence, within_variance};
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};
use crate::region::MISSING;
use crate::statistics::funnel::Funnel;

/// Shares of pupils that may have gained, and gains in residual standard deviations.
const ALTERNATIVES: [(f64, f64); 6] = [
    (0.2, 1.5),
    (0.2, 2.5),
    (0.4, 1.2),
    (0.4, 2.0),
    (1.0, 0.5),
    (1.0, 1.0),
];
/// Nine equally likely points of a standard normal, for integration over the school effect, and the factor that gives
/// them unit variance.
const NODES: [f64; 9] = [-1.59, -0.97, -0.59, -0.28, 0.0, 0.28, 0.59, 0.97, 1.59];

const NODE_SCALE: f64 = 1.04;

/// What a school shows, and what the cohort plot needs.
pub(crate) struct Changes {
    pub(crate) evidence: Vec<Option<Evidence>>,
    pub(crate) cohorts: Vec<Option<CohortPoint>>,
}

/// Density of one honest residual up to a constant, tabulated: the bootstrap looks it up tens of millions of times.
struct Density {
    table: Vec<f64>,
}

/// Cells of the table per unit, and its half-width.
const DENSITY_STEPS: f64 = 64.0;
const DENSITY_REACH: f64 = 12.0;
/// Pupils multiplied before a logarithm is taken; the density is nowhere below 1e-6.
const BLOCK: usize = 32;

impl Density {
    fn new() -> Self {
        let cells = (2.0 * DENSITY_REACH * DENSITY_STEPS) as usize + 2;
        let table = (0..cells)
            .map(|cell| {
                let value = cell as f64 / DENSITY_STEPS - DENSITY_REACH;
                // A part of honest residuals is wild; without this a single pupil would decide.
                (-0.5 * value * value).exp() + 0.02 * (-0.5 * value * value / 6.25).exp()
            })
            .collect();
        Self { table }
    }

    fn at(&self, value: f64) -> f64 {
        let place = (value.clamp(-DENSITY_REACH, DENSITY_REACH) + DENSITY_REACH) * DENSITY_STEPS;
        let cell = place as usize;
        let part = place - cell as f64;
        self.table[cell] * (1.0 - part) + self.table[cell + 1] * part
    }
}

/// Log of the mean likelihood ratio; residuals in residual standard deviations, `spread` = τ/σ.
fn mixture(density: &Density, residuals: &[f64], spread: f64) -> f64 {
    let mut honest = [0.0; NODES.len()];
    let mut lifted = [[0.0; NODES.len()]; ALTERNATIVES.len()];
    for block in residuals.chunks(BLOCK) {
        let mut base_product = [1.0; NODES.len()];
        let mut products = [[1.0; NODES.len()]; ALTERNATIVES.len()];
        for &residual in block {
            for (node, &point) in NODES.iter().enumerate() {
                let centred = residual - point * spread * NODE_SCALE;
                let base = density.at(centred);
                base_product[node] *= base;
                for (row, &(share, gain)) in products.iter_mut().zip(&ALTERNATIVES) {
                    row[node] *= (1.0 - share) * base + share * density.at(centred - gain);
                }
            }
        }
        for node in 0..NODES.len() {
            honest[node] += base_product[node].ln();
            for (sum, product) in lifted.iter_mut().zip(&products) {
                sum[node] += product[node].ln();
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
    let register = register_or_expected(prepared, &ranges, &prior);
    let row = |work: usize| prior(work).map(|row| [row[0], row[1], register[work]]);
    let slopes = within_slopes(&ranges, score, row)?;
    let residual = |work: usize| {
        row(work).map_or(f64::NAN, |row| {
            score(work)
                - row
                    .iter()
                    .zip(&slopes)
                    .map(|(value, slope)| value * slope)
                    .sum::<f64>()
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
    let density = Density::new();
    let table = NullTable::build(&SIZES, replicates, |size, replicate| {
        let mut random = Random::new(seed_of(&[seed, 11, size as u64, replicate as u64]));
        let effect = spread * random.normal();
        let residuals: Vec<f64> = (0..size)
            .map(|_| effect + pool[random.below(pool.len())])
            .collect();
        mixture(&density, &residuals, spread)
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
            z: table.z(residuals.len(), mixture(&density, &residuals, spread)),
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

/// Register marks around 3.5; a blank one takes the value usual for the pupil's earlier result, so it says nothing.
fn register_or_expected(
    prepared: &Prepared,
    ranges: &[std::ops::Range<usize>],
    prior: &impl Fn(usize) -> Option<[f64; 2]>,
) -> Vec<f64> {
    let mark = |work: usize| match prepared.register[work] {
        MISSING => f64::NAN,
        mark => f64::from(mark) - 3.5,
    };
    let works = prepared.score.len();
    let known = (0..works).map(mark).filter(|mark| mark.is_finite());
    let (centre, count) = (known.clone().sum::<f64>(), known.count());
    let usual = if count > 0 {
        centre / count as f64
    } else {
        0.0
    };
    let slope = within_slopes(ranges, mark_or_zero(&mark), |work| {
        mark(work)
            .is_finite()
            .then(|| prior(work).map(|row| [row[0]]))
            .flatten()
    })
    .map_or(0.0, |slope| slope[0]);
    (0..works)
        .map(|work| {
            let mark = mark(work);
            if mark.is_finite() {
                mark
            } else {
                usual + prior(work).map_or(0.0, |row| slope * row[0])
            }
        })
        .collect()
}

/// Rows without a mark never reach the regression, so their value does not matter.
fn mark_or_zero(mark: &impl Fn(usize) -> f64) -> impl Fn(usize) -> f64 + '_ {
    move |work| {
        let mark = mark(work);
        if mark.is_finite() { mark } else { 0.0 }
    }
}
