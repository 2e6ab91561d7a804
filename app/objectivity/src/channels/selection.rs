//! Selection: whether the weak end is missing among those who sat.
//!
//! That many stayed at home may be an epidemic; that the weakest did is told by those who came. Each pupil's level is the mean of
//! what is known (score, earlier result, register mark), around what the context predicts. Under selection the chance to be
//! away falls with the level; otherwise those present are any pupils of the school. The ratio integrates over the school's own
//! level, its null is bootstrapped from the region's pupils by size and share of absentees.
//!
//! # Source
//! Likelihood under non-random missingness: Little and Rubin 2002, chapter 15 (logistic selection); the integration over schools
//! is ours.

use crate::calibration::null_table::{NullTable, sizes_up_to};
use crate::channels::level::context_rows;
use crate::channels::{moments, within_variance};
use crate::math::Portable;
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};
use crate::region::MISSING;
use crate::statistics::funnel::Funnel;

/// Shares of absentees for which nulls are made; a school takes the nearest.
const SHARES: [f64; 4] = [0.1, 0.18, 0.28, 0.42];
/// Sharpness of selection per standard deviation of pupils inside a school: half the weakest tenth by teachers' knowledge.
const SHARPNESS: f64 = 3.0;
/// Pupils who must have come.
const LEAST_PUPILS: usize = 4;
/// Schools and pupils below which nothing is learned.
const LEAST_POOL: usize = 60;
/// Points of a standard normal for the school's level.
const NODES: [f64; 9] = [-1.65, -1.0, -0.61, -0.29, 0.0, 0.29, 0.61, 1.0, 1.65];
/// Levels are looked up between these, in steps of one over this.
const REACH: f64 = 8.0;
const STEPS: f64 = 32.0;
/// Pupils multiplied before a logarithm is taken.
const BLOCK: usize = 24;

/// What a school shows: z, and its expected value where the weakest were kept away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selection {
    pub(crate) z: f64,
    pub(crate) effect: f64,
}

/// Honest density of a level and that of those present under selection.
struct Densities {
    rows: Vec<[f64; 2]>,
    /// Chance to be present by level.
    present: Vec<f64>,
}

impl Densities {
    fn new(share: f64) -> Self {
        let cells = (2.0 * REACH * STEPS) as usize + 2;
        let level = |cell: usize| cell as f64 / STEPS - REACH;
        let density =
            |x: f64| (-0.5 * x * x).exponential() + 0.02 * (-0.5 * x * x / 6.25).exponential();
        let away = |x: f64, middle: f64| 1.0 / (1.0 + (SHARPNESS * (x - middle)).exponential());
        let expected = |middle: f64| {
            let (mut sum, mut whole) = (0.0, 0.0);
            for cell in 0..cells {
                let x = level(cell);
                sum += density(x) * away(x, middle);
                whole += density(x);
            }
            sum / whole
        };
        let (mut low, mut high) = (-6.0, 3.0);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if expected(middle) < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        let middle = 0.5 * (low + high);
        let present: Vec<f64> = (0..cells)
            .map(|cell| 1.0 - away(level(cell), middle))
            .collect();
        let rows = (0..cells)
            .map(|cell| {
                let honest = density(level(cell));
                [honest, honest * present[cell] / (1.0 - share)]
            })
            .collect();
        Self { rows, present }
    }

    fn cell(value: f64) -> usize {
        ((value.clamp(-REACH, REACH) + REACH) * STEPS) as usize
    }

    /// ln of the ratio "the weakest are away" against "any are away"; `spread` is that of schools in pupils' deviations.
    fn log_ratio(&self, levels: &[f64], spread: f64) -> f64 {
        let mut logs = [[0.0; 2]; NODES.len()];
        for block in levels.chunks(BLOCK) {
            for (logs, node) in logs.iter_mut().zip(NODES) {
                let mut products = [1.0; 2];
                for &level in block {
                    let row = self.rows[Self::cell(level - node * spread)];
                    products[0] *= row[0];
                    products[1] *= row[1];
                }
                logs[0] += products[0].max(1e-300).logarithm();
                logs[1] += products[1].max(1e-300).logarithm();
            }
        }
        let mean = |column: usize| {
            let top = logs
                .iter()
                .map(|row| row[column])
                .fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = logs
                .iter()
                .map(|row| (row[column] - top).exponential())
                .sum();
            top + sum.logarithm()
        };
        mean(1) - mean(0)
    }
}

/// Mean of the standardised values known of each pupil.
fn levels(prepared: &Prepared) -> Vec<f64> {
    let works = prepared.score.len();
    let columns: [Vec<f64>; 3] = [
        prepared
            .score
            .iter()
            .map(|&score| f64::from(score))
            .collect(),
        prepared.prior.clone(),
        prepared
            .register
            .iter()
            .map(|&mark| {
                if mark == MISSING {
                    f64::NAN
                } else {
                    f64::from(mark)
                }
            })
            .collect(),
    ];
    let mut sums = vec![(0.0, 0.0); works];
    for column in &columns {
        let known = column.iter().copied().filter(|value| value.is_finite());
        let Some((mean, variance)) = moments(known).filter(|(_, variance)| *variance > 0.0) else {
            continue;
        };
        for (sum, value) in sums.iter_mut().zip(column) {
            if value.is_finite() {
                sum.0 += (value - mean) / variance.sqrt();
                sum.1 += 1.0;
            }
        }
    }
    // A mean of fewer values lies wider; the root evens it out for values that share half of their variance.
    sums.into_iter()
        .map(|(sum, count)| sum / f64::max(count, 1.0) / (0.5 + 0.5 / f64::max(count, 1.0)).sqrt())
        .collect()
}

/// Schools with absentees; `attendance` are (absent, enrolled).
pub(crate) fn compute(
    prepared: &Prepared,
    context: &[Option<f64>],
    attendance: &[Option<(usize, usize)>],
    replicates: usize,
    seed: u64,
) -> Vec<Option<Selection>> {
    found(prepared, context, attendance, replicates, seed)
        .unwrap_or_else(|| vec![None; prepared.schools.len()])
}

fn found(
    prepared: &Prepared,
    context: &[Option<f64>],
    attendance: &[Option<(usize, usize)>],
    replicates: usize,
    seed: u64,
) -> Option<Vec<Option<Selection>>> {
    let levels = levels(prepared);
    let ranges = || prepared.schools.iter().map(|school| school.range.clone());
    let within = within_variance(ranges(), |work| levels[work])?;
    let rows = context_rows(context);
    let used: Vec<usize> = (0..prepared.schools.len())
        .filter(|&school| prepared.schools[school].n() > 0)
        .collect();
    let count = |school: usize| prepared.schools[school].n() as f64;
    let mean = |school: usize| {
        levels[prepared.schools[school].range.clone()]
            .iter()
            .sum::<f64>()
            / count(school)
    };
    let values: Vec<f64> = used.iter().map(|&school| mean(school)).collect();
    let variances: Vec<f64> = used.iter().map(|&school| within / count(school)).collect();
    let covariates: Vec<Vec<f64>> = used.iter().map(|&school| rows[school].clone()).collect();
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let deviation = within.sqrt();
    let spread = (funnel.tau2 / within).sqrt();
    let mut pool = Vec::new();
    for (place, &school) in used
        .iter()
        .enumerate()
        .filter(|(_, school)| count(**school) >= 4.0)
    {
        let factor = (count(school) / (count(school) - 1.0)).sqrt() / deviation;
        let range = prepared.schools[school].range.clone();
        pool.extend(
            levels[range]
                .iter()
                .map(|level| (level - values[place]) * factor),
        );
    }
    if pool.len() < LEAST_POOL {
        return None;
    }
    let judged: Vec<(usize, usize, usize)> = used
        .iter()
        .enumerate()
        .filter_map(|(place, &school)| {
            let (absent, enrolled) = attendance[school]?;
            let share = absent as f64 / enrolled.max(1) as f64;
            (absent > 0 && prepared.schools[school].n() >= LEAST_PUPILS)
                .then(|| (place, school, nearest(share)))
        })
        .collect();
    let largest = judged
        .iter()
        .map(|&(_, school, _)| prepared.schools[school].n())
        .max()?;
    let sizes = sizes_up_to(largest);
    let kinds: Vec<(Densities, NullTable, Vec<f64>)> = SHARES
        .iter()
        .enumerate()
        .map(|(kind, &share)| {
            let densities = Densities::new(share);
            let draw = |size: usize, replicate: usize, chosen: bool| {
                let mut random = Random::new(seed_of(&[
                    seed,
                    41 + u64::from(chosen),
                    kind as u64,
                    size as u64,
                    replicate as u64,
                ]));
                let effect = spread * random.normal();
                let levels: Vec<f64> = (0..size)
                    .map(|_| {
                        loop {
                            let own = pool[random.below(pool.len())];
                            if !chosen || random.chance(densities.present[Densities::cell(own)]) {
                                return effect + own;
                            }
                        }
                    })
                    .collect();
                densities.log_ratio(&levels, spread)
            };
            let table = NullTable::build(sizes, replicates, |size, replicate| {
                draw(size, replicate, false)
            });
            let effects = sizes
                .iter()
                .map(|&size| {
                    let trials = (replicates / 8).max(20);
                    let sum: f64 = (0..trials)
                        .map(|replicate| table.z(size, draw(size, replicate, true)))
                        .sum();
                    (sum / trials as f64).max(0.0)
                })
                .collect();
            (densities, table, effects)
        })
        .collect();
    let mut shown = vec![None; prepared.schools.len()];
    for (place, school, kind) in judged {
        let (densities, table, effects) = &kinds[kind];
        let expected = funnel.expected(&covariates[place]);
        let range = prepared.schools[school].range.clone();
        let own: Vec<f64> = levels[range]
            .iter()
            .map(|level| (level - expected) / deviation)
            .collect();
        let size = sizes
            .iter()
            .position(|&size| size >= own.len())
            .unwrap_or(sizes.len() - 1);
        shown[school] = Some(Selection {
            z: table.z(own.len(), densities.log_ratio(&own, spread)),
            effect: effects[size],
        });
    }
    Some(shown)
}

/// Kind whose share is nearest.
fn nearest(share: f64) -> usize {
    (0..SHARES.len())
        .min_by(|&a, &b| {
            (SHARES[a] - share)
                .abs()
                .total_cmp(&(SHARES[b] - share).abs())
        })
        .unwrap_or(0)
}
