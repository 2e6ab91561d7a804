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

use crate::calibration::null_table::{NullTable, sizes_up_to};
use crate::cell::{CohortPoint, Level};
use crate::channels::level::context_rows;
use crate::channels::regression::within_slopes;
use crate::channels::{Evidence, within_variance};
use crate::combination::alternatives::log_sum;
use crate::math::Portable;
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};
use crate::region::MISSING;
use crate::statistics::funnel::Funnel;

/// Shares of pupils that may have gained, and gains in residual standard deviations.
const GAINS: [(f64, f64); 6] = [
    (0.2, 1.5),
    (0.2, 2.5),
    (0.4, 1.2),
    (0.4, 2.0),
    (1.0, 0.5),
    (1.0, 1.0),
];
/// Shares of pupils of whose missing points half were made good: who has more to gain gains more.
const MENDED: [f64; 2] = [0.2, 0.45];
const MENDED_PART: f64 = 0.5;
const ALTERNATIVES: usize = GAINS.len() + MENDED.len();

/// A pupil's residual and the points missing to the maximum by expectation, both in residual standard deviations.
type Pupil = (f64, f64);

/// Nine equally likely points of a standard normal, for integration over the school effect, and the factor that gives
/// them unit variance.
const NODES: [f64; 9] = [-1.59, -0.97, -0.59, -0.28, 0.0, 0.28, 0.59, 0.97, 1.59];

const NODE_SCALE: f64 = 1.04;
/// Chance that a school rose as a whole for an honest reason (a strong new teacher), and by how much in residual standard
/// deviations: a rise that all pupils share convinces only so far, one of a part of them goes on convincing.
const TEACHER: f64 = 0.05;
const TEACHER_RISE: [f64; 4] = [0.3, 0.55, 0.8, 1.1];

/// What a school shows, and what the cohort plot needs.
pub(crate) struct Changes {
    pub(crate) evidence: Vec<Option<Evidence>>,
    pub(crate) cohorts: Vec<Option<CohortPoint>>,
}

/// Density of one honest residual up to a constant and of one with each gain, tabulated side by side: the bootstrap looks
/// them up tens of millions of times.
struct Density {
    table: Vec<[f64; 1 + GAINS.len()]>,
}

/// Cells of the table per unit, and its half-width.
const DENSITY_STEPS: f64 = 64.0;
const DENSITY_REACH: f64 = 12.0;
/// Pupils multiplied before a logarithm is taken; the density is nowhere below 1e-6.
const BLOCK: usize = 32;

impl Density {
    fn new() -> Self {
        let cells = (2.0 * DENSITY_REACH * DENSITY_STEPS) as usize + 2;
        let honest = |value: f64| {
            let value = value.clamp(-DENSITY_REACH, DENSITY_REACH);
            // A part of honest residuals is wild; without this a single pupil would decide.
            (-0.5 * value * value).exponential()
                + 0.02 * (-0.5 * value * value / 6.25).exponential()
        };
        let table = (0..cells)
            .map(|cell| {
                let value = cell as f64 / DENSITY_STEPS - DENSITY_REACH;
                let mut row = [honest(value); 1 + GAINS.len()];
                for (density, (share, gain)) in row[1..].iter_mut().zip(GAINS) {
                    *density = (1.0 - share) * honest(value) + share * honest(value - gain);
                }
                row
            })
            .collect();
        Self { table }
    }

    fn place(value: f64) -> (usize, f64) {
        let place = (value.clamp(-DENSITY_REACH, DENSITY_REACH) + DENSITY_REACH) * DENSITY_STEPS;
        let cell = place as usize;
        (cell, place - cell as f64)
    }

    fn honest(&self, value: f64) -> f64 {
        let (cell, part) = Self::place(value);
        self.table[cell][0] * (1.0 - part) + self.table[cell + 1][0] * part
    }

    /// Honest density and that of each gain.
    fn all(&self, value: f64) -> [f64; 1 + GAINS.len()] {
        let (cell, part) = Self::place(value);
        let (low, high) = (&self.table[cell], &self.table[cell + 1]);
        std::array::from_fn(|column| low[column] * (1.0 - part) + high[column] * part)
    }
}

/// Log of the mean likelihood ratio; `spread` = τ/σ.
fn mixture(density: &Density, pupils: &[Pupil], spread: f64) -> f64 {
    // Column 0 is honest.
    let mut logs = [[0.0; 1 + ALTERNATIVES]; NODES.len()];
    let mut risen = [0.0; TEACHER_RISE.len()];
    for block in pupils.chunks(BLOCK) {
        let mut products = [[1.0; 1 + ALTERNATIVES]; NODES.len()];
        let mut taught = [1.0; TEACHER_RISE.len()];
        for &(residual, room) in block {
            for (product, rise) in taught.iter_mut().zip(TEACHER_RISE) {
                *product *= density.honest(residual - rise);
            }
            for (products, &point) in products.iter_mut().zip(&NODES) {
                let centred = residual - point * spread * NODE_SCALE;
                let plain = density.all(centred);
                for (product, density) in products.iter_mut().zip(plain) {
                    *product *= density;
                }
                let mended = density.honest(centred - MENDED_PART * room);
                for (product, share) in products[1 + GAINS.len()..].iter_mut().zip(MENDED) {
                    *product *= (1.0 - share) * plain[0] + share * mended;
                }
            }
        }
        for (log, product) in risen.iter_mut().zip(taught) {
            *log += product.logarithm();
        }
        for (logs, products) in logs.iter_mut().zip(&products) {
            for (log, product) in logs.iter_mut().zip(products) {
                *log += product.logarithm();
            }
        }
    }
    let log_mean = |values: &[f64]| {
        let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = values.iter().map(|value| (value - top).exponential()).sum();
        top + (sum / values.len() as f64).logarithm()
    };
    let column = |column: usize| log_mean(&logs.map(|row| row[column]));
    let alternatives: [f64; ALTERNATIVES] = std::array::from_fn(|way| column(1 + way));
    let honest = log_sum(
        column(0) + (-TEACHER).logarithm_1p(),
        log_mean(&risen) + TEACHER.logarithm(),
    );
    log_mean(&alternatives) - honest
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
    let strictness = varies(&register);
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
        if strictness {
            // Inside a school a better mark tells a better pupil; between schools it tells a milder teacher as well.
            let marks = range.clone().filter(|&work| prior(work).is_some());
            row.push(marks.map(|work| register[work]).sum::<f64>() / count);
        }
        covariates.push(row);
        counts.push(residuals.len());
    }
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let spread = (funnel.tau2 / within).sqrt();
    let sigma = within.sqrt();
    // Points missing to the maximum by expectation.
    let room = |work: usize, expected: f64| {
        let explained = score(work) - residual(work);
        ((prepared.max_score as f64 - explained - expected) / sigma).max(0.0)
    };
    let pool = pooled(&ranges, &residual, &room, sigma);
    if pool.len() < 30 {
        return None;
    }
    let density = Density::new();
    let largest = counts.iter().copied().max().unwrap_or(0);
    let table = NullTable::build(sizes_up_to(largest), replicates, |size, replicate| {
        let mut random = Random::new(seed_of(&[seed, 11, size as u64, replicate as u64]));
        let effect = spread * random.normal();
        let pupils: Vec<Pupil> = (0..size)
            .map(|_| {
                let (residual, room) = pool[random.below(pool.len())];
                (effect + residual, room)
            })
            .collect();
        mixture(&density, &pupils, spread)
    });
    let mut evidence = vec![None; prepared.schools.len()];
    let mut cohorts = vec![None; prepared.schools.len()];
    for (place, &index) in used.iter().enumerate() {
        let expected = funnel.expected(&covariates[place]);
        let pupils: Vec<Pupil> = ranges[index]
            .clone()
            .filter(|&work| residual(work).is_finite())
            .map(|work| ((residual(work) - expected) / sigma, room(work, expected)))
            .collect();
        let value = values[place] - expected;
        let error = funnel.spread(variances[place]);
        evidence[index] = Some(Evidence {
            value,
            interval: [
                value - 1.96 * variances[place].sqrt(),
                value + 1.96 * variances[place].sqrt(),
            ],
            z: table.z(pupils.len(), mixture(&density, &pupils, spread)),
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

/// Whether there are marks at all: without any every value is the same or follows the earlier result.
fn varies(register: &[f64]) -> bool {
    register
        .iter()
        .any(|mark| (mark - register[0]).abs() > 1e-9)
}

/// Pupils with residuals around their school means, blown up for the estimated mean.
fn pooled(
    ranges: &[std::ops::Range<usize>],
    residual: &impl Fn(usize) -> f64,
    room: &impl Fn(usize, f64) -> f64,
    sigma: f64,
) -> Vec<Pupil> {
    let mut pool = Vec::new();
    for range in ranges {
        let known: Vec<(usize, f64)> = range
            .clone()
            .map(|work| (work, residual(work)))
            .filter(|pair| pair.1.is_finite())
            .collect();
        if known.len() < 4 {
            continue;
        }
        let count = known.len() as f64;
        let mean = known.iter().map(|pair| pair.1).sum::<f64>() / count;
        let factor = (count / (count - 1.0)).sqrt() / sigma;
        let pupil = |&(work, value): &(usize, f64)| ((value - mean) * factor, room(work, mean));
        pool.extend(known.iter().map(pupil));
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
