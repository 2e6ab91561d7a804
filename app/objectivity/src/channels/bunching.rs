//! Bunching: too few works just below mark boundaries and too many on them.
//!
//! Counterfactual: comb × exp(polynomial of degree 4) fitted to the region, tilted to the school's own mean and spread.
//! The comb is the lattice that items of several points leave on honest totals. The statistic is the efficient score
//! of "a share of the works one, two or three points below a boundary was lifted onto it", made orthogonal to the
//! tilt; all boundaries enter together.
//!
//! # Source
//! Excess mass against a polynomial counterfactual: Chetty et al. 2011, Kleven and Waseem 2013; in marking: Diamond and
//! Persson 2016, Dee et al. 2019. Discrete lattice and orthogonalised score: ours. Lord and Wingersky 1984 for the
//! convolution of items.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::calibration::funnel::Funnel;
use crate::calibration::normal::unskew;
use crate::cell::Level;
use crate::channels::Evidence;
use crate::prepared::Prepared;
use crate::region::MISSING;

/// Share lifted from one, two and three points below in the reference alternative.
const LIFTED: [f64; 3] = [0.6, 0.45, 0.2];
/// Part of the lifted that lands exactly on the boundary; the rest one point above.
const LANDS_ON_CUT: f64 = 0.85;
/// Pupils below which nothing can be said.
const MIN_PUPILS: usize = 4;

pub(crate) struct Bunchings {
    pub(crate) evidence: Vec<Option<Evidence>>,
    /// Expected pupils by score for each school.
    pub(crate) expected: Vec<Option<Vec<f64>>>,
}

/// Honest distribution of raw scores over the region, in [0, 1], by score.
pub(crate) fn counterfactual(histogram: &[f64], comb: &[f64]) -> Option<Vec<f64>> {
    let whole: f64 = histogram.iter().sum();
    let scores = histogram.len();
    if whole < 50.0 || scores < 8 {
        return None;
    }
    let basis: Vec<[f64; 5]> = (0..scores)
        .map(|score| {
            // Legendre polynomials on [−1, 1] keep the normal equations well conditioned.
            let x = 2.0 * score as f64 / (scores - 1) as f64 - 1.0;
            let x2 = x * x;
            [
                1.0,
                x,
                0.5 * (3.0 * x2 - 1.0),
                0.5 * x * (5.0 * x2 - 3.0),
                0.125 * (35.0 * x2 * x2 - 30.0 * x2 + 3.0),
            ]
        })
        .collect();
    let mut coefficients = [0.0; 5];
    coefficients[0] = (whole / comb.iter().sum::<f64>().max(1e-9)).ln();
    let rate = |coefficients: &[f64; 5], score: usize| {
        let exponent: f64 = basis[score]
            .iter()
            .zip(coefficients)
            .map(|(b, c)| b * c)
            .sum();
        comb[score] * exponent.clamp(-40.0, 40.0).exp()
    };
    let deviance = |coefficients: &[f64; 5]| -> f64 {
        (0..scores)
            .map(|score| {
                let mu = rate(coefficients, score).max(1e-300);
                mu - histogram[score] * mu.ln()
            })
            .sum()
    };
    let mut current = deviance(&coefficients);
    for _ in 0..60 {
        let mut gradient = DVector::<f64>::zeros(5);
        let mut hessian = DMatrix::<f64>::identity(5, 5) * 1e-6;
        for score in 0..scores {
            let mu = rate(&coefficients, score);
            for a in 0..5 {
                gradient[a] += (histogram[score] - mu) * basis[score][a];
                for b in 0..5 {
                    hessian[(a, b)] += mu * basis[score][a] * basis[score][b];
                }
            }
        }
        let step = hessian.lu().solve(&gradient)?;
        let mut factor = 1.0;
        let mut moved = false;
        for _ in 0..20 {
            let mut next = coefficients;
            next.iter_mut()
                .zip(step.iter())
                .for_each(|(value, step)| *value += factor * step);
            let candidate = deviance(&next);
            if candidate.is_finite() && candidate < current {
                moved = current - candidate > 1e-9 * current.abs();
                coefficients = next;
                current = candidate;
                break;
            }
            factor *= 0.5;
        }
        if !moved {
            break;
        }
    }
    let fitted: Vec<f64> = (0..scores)
        .map(|score| rate(&coefficients, score))
        .collect();
    let sum: f64 = fitted.iter().sum();
    (sum.is_finite() && sum > 0.0).then(|| fitted.iter().map(|value| value / sum).collect())
}

/// The lattice: how much more frequent a total is than its smooth neighbourhood because of items of several points.
///
/// Totals of twelve strata are convolved from the items' category shares; the ratio to a local mean remains.
pub(crate) fn comb(prepared: &Prepared) -> Vec<f64> {
    let scores = prepared.max_score + 1;
    let flat = vec![1.0; scores];
    let items = prepared.item_count();
    if items == 0 || prepared.paper.items.iter().all(|item| item.max <= 1) {
        return flat;
    }
    let complete: Vec<usize> = (0..prepared.score.len())
        .filter(|&work| {
            prepared
                .answers(work)
                .iter()
                .all(|&points| points != MISSING)
        })
        .collect();
    if complete.len() < 200 {
        return flat;
    }
    let mut order = complete;
    order.sort_by_key(|&work| prepared.score[work]);
    let mut mixture = vec![0.0; scores];
    for stratum in order.chunks(order.len().div_ceil(12)) {
        let mut totals = vec![1.0];
        for (item, spec) in prepared.paper.items.iter().enumerate() {
            let mut shares = vec![0.0; usize::from(spec.max) + 1];
            for &work in stratum {
                shares[usize::from(prepared.answers(work)[item])] += 1.0 / stratum.len() as f64;
            }
            let mut next = vec![0.0; totals.len() + usize::from(spec.max)];
            for (total, mass) in totals.iter().enumerate() {
                for (points, share) in shares.iter().enumerate() {
                    next[total + points] += mass * share;
                }
            }
            totals = next;
        }
        mixture
            .iter_mut()
            .zip(&totals)
            .for_each(|(sum, mass)| *sum += mass);
    }
    (0..scores)
        .map(|score| {
            let range = score.saturating_sub(3)..=(score + 3).min(scores - 1);
            let (mut sum, mut weight) = (0.0, 0.0);
            for other in range {
                let kernel = 1.0 - score.abs_diff(other) as f64 / 4.0;
                sum += kernel * mixture[other];
                weight += kernel;
            }
            let local = sum / weight;
            // Only the sawtooth is wanted: curvature of the density stays with the polynomial.
            if local > 1e-9 {
                (mixture[score] / local).clamp(0.5, 2.0)
            } else {
                1.0
            }
        })
        .collect()
}

/// `base` tilted by exp(αt + βt²) towards a school's scores; a weak prior keeps tiny schools near the region.
fn tilt(base: &[f64], scores: &[u16]) -> Vec<f64> {
    let (centre, sd) = centre_and_sd(base);
    let x: Vec<f64> = (0..base.len())
        .map(|score| (score as f64 - centre) / sd)
        .collect();
    let count = scores.len() as f64;
    let first: f64 = scores.iter().map(|&score| x[usize::from(score)]).sum();
    let second: f64 = scores
        .iter()
        .map(|&score| x[usize::from(score)].powi(2))
        .sum();
    let (mut alpha, mut beta) = (0.0_f64, 0.0_f64);
    // Prior precisions: honest school means differ by about half a standard deviation, spreads by a tenth.
    let (prior_alpha, prior_beta) = (1.0 / 0.5, 1.0 / 0.05);
    let mut tilted = base.to_vec();
    for _ in 0..30 {
        tilted = tilted_by(base, &x, alpha, beta);
        let m = |power: i32| {
            tilted
                .iter()
                .zip(&x)
                .map(|(p, x)| p * x.powi(power))
                .sum::<f64>()
        };
        let (m1, m2, m3, m4) = (m(1), m(2), m(3), m(4));
        let gradient = [
            first - count * m1 - prior_alpha * alpha,
            second - count * m2 - prior_beta * beta,
        ];
        let h11 = count * (m2 - m1 * m1) + prior_alpha;
        let h12 = count * (m3 - m1 * m2);
        let h22 = count * (m4 - m2 * m2) + prior_beta;
        let determinant = h11 * h22 - h12 * h12;
        if determinant <= 1e-12 {
            break;
        }
        let step = [
            ((h22 * gradient[0] - h12 * gradient[1]) / determinant).clamp(-0.5, 0.5),
            ((h11 * gradient[1] - h12 * gradient[0]) / determinant).clamp(-0.3, 0.3),
        ];
        alpha += step[0];
        beta += step[1];
        if step[0].abs() + step[1].abs() < 1e-8 {
            break;
        }
    }
    if alpha.is_finite() && beta.is_finite() {
        tilted = tilted_by(base, &x, alpha, beta);
    }
    tilted
}

fn tilted_by(base: &[f64], x: &[f64], alpha: f64, beta: f64) -> Vec<f64> {
    let exponents: Vec<f64> = x.iter().map(|x| alpha * x + beta * x * x).collect();
    let top = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = base
        .iter()
        .zip(&exponents)
        .map(|(p, e)| p * (e - top).exp())
        .collect();
    let whole: f64 = weights.iter().sum::<f64>().max(1e-300);
    weights.into_iter().map(|weight| weight / whole).collect()
}

fn centre_and_sd(base: &[f64]) -> (f64, f64) {
    let mean: f64 = base
        .iter()
        .enumerate()
        .map(|(score, p)| score as f64 * p)
        .sum();
    let variance: f64 = base
        .iter()
        .enumerate()
        .map(|(score, p)| (score as f64 - mean).powi(2) * p)
        .sum();
    (mean, variance.max(1e-6).sqrt())
}

/// ln(P lifted / P honest) by score for the reference alternative, made orthogonal to 1, t and t² under `honest`.
fn efficient_score(honest: &[f64], cuts: &[u16]) -> Vec<f64> {
    let mut lifted = honest.to_vec();
    for &cut in cuts {
        let cut = usize::from(cut);
        for (below, share) in LIFTED.iter().enumerate() {
            let Some(from) = cut.checked_sub(below + 1) else {
                continue;
            };
            // A score that is itself a boundary is a good place to be.
            if cuts.contains(&(from as u16)) {
                break;
            }
            let mass = honest[from] * share;
            lifted[from] -= mass;
            lifted[cut] += mass * LANDS_ON_CUT;
            let above = (cut + 1).min(honest.len() - 1);
            lifted[above] += mass * (1.0 - LANDS_ON_CUT);
        }
    }
    let raw: Vec<f64> = lifted
        .iter()
        .zip(honest)
        .map(|(l, h)| if *h > 1e-12 { (l / h).ln() } else { 0.0 })
        .collect();
    let (centre, sd) = centre_and_sd(honest);
    let basis: Vec<[f64; 3]> = (0..honest.len())
        .map(|score| {
            let x = (score as f64 - centre) / sd;
            [1.0, x, x * x]
        })
        .collect();
    let mut normal = DMatrix::<f64>::identity(3, 3) * 1e-9;
    let mut right = DVector::<f64>::zeros(3);
    for score in 0..honest.len() {
        for a in 0..3 {
            right[a] += honest[score] * basis[score][a] * raw[score];
            for b in 0..3 {
                normal[(a, b)] += honest[score] * basis[score][a] * basis[score][b];
            }
        }
    }
    let Some(fit) = normal.lu().solve(&right) else {
        return raw;
    };
    raw.iter()
        .zip(&basis)
        .map(|(value, row)| value - row.iter().zip(fit.iter()).map(|(b, c)| b * c).sum::<f64>())
        .collect()
}

/// What the scores of one school show.
pub(crate) struct Tested {
    /// Normal deviate.
    z: f64,
    /// Shift of `z` under the reference alternative.
    power: f64,
    /// Works on the boundaries beyond the counterfactual.
    excess: f64,
    /// Counterfactual by score, sum 1.
    honest: Vec<f64>,
}

/// Tests one set of scores; `None` below four of them or without information.
pub(crate) fn test(base: &[f64], scores: &[u16], cuts: &[u16]) -> Option<Tested> {
    if scores.len() < MIN_PUPILS {
        return None;
    }
    let honest = tilt(base, scores);
    let gains = efficient_score(&honest, cuts);
    let count = scores.len() as f64;
    let mean: f64 = gains.iter().zip(&honest).map(|(g, p)| g * p).sum();
    let variance: f64 = gains
        .iter()
        .zip(&honest)
        .map(|(g, p)| (g - mean).powi(2) * p)
        .sum();
    if variance < 1e-6 {
        return None;
    }
    let third: f64 = gains
        .iter()
        .zip(&honest)
        .map(|(g, p)| (g - mean).powi(3) * p)
        .sum();
    let sum: f64 = scores
        .iter()
        .map(|&score| gains[usize::from(score)] - mean)
        .sum();
    let z = sum / (count * variance).sqrt();
    let skewness = third / variance.powf(1.5) / count.sqrt();
    let excess: f64 = cuts
        .iter()
        .map(|&cut| {
            let cut = usize::from(cut);
            let observed = scores
                .iter()
                .filter(|&&score| usize::from(score) == cut)
                .count() as f64;
            observed - count * honest.get(cut).copied().unwrap_or(0.0)
        })
        .sum();
    Some(Tested {
        z: unskew(z, skewness),
        power: (count * variance).sqrt(),
        excess,
        honest,
    })
}

pub(crate) fn compute(prepared: &Prepared) -> Option<Bunchings> {
    let mut histogram = vec![0.0; prepared.max_score + 1];
    for &score in &prepared.score {
        histogram[usize::from(score)] += 1.0;
    }
    let base = counterfactual(&histogram, &comb(prepared))?;
    let cuts = prepared.cuts();
    let tested: Vec<Option<Tested>> = prepared
        .schools
        .par_iter()
        .map(|school| test(&base, &prepared.score[school.range.clone()], &cuts?))
        .collect();
    // What is left of the region's own shape after comb and polynomial is common to all schools and no sign.
    let used: Vec<usize> = (0..tested.len())
        .filter(|&school| tested[school].is_some())
        .collect();
    let z: Vec<f64> = used
        .iter()
        .filter_map(|&school| tested[school].as_ref().map(|test| test.z))
        .collect();
    let rows: Vec<Vec<f64>> = used
        .iter()
        .filter_map(|&school| tested[school].as_ref().map(|test| vec![test.power]))
        .collect();
    let funnel = Funnel::fit(&z, &vec![1.0; z.len()], &rows);
    let mut evidence = vec![None; tested.len()];
    for (school, test) in tested.iter().enumerate() {
        let Some(Tested {
            z, power, excess, ..
        }) = test
        else {
            continue;
        };
        let n = prepared.schools[school].n();
        let centre = funnel
            .as_ref()
            .map_or(0.0, |funnel| funnel.expected(&[*power]).max(0.0));
        let spread = funnel
            .as_ref()
            .map_or(1.0, |funnel| funnel.spread(1.0).max(1.0));
        let half = 1.96 * (n as f64 * 0.1).sqrt();
        evidence[school] = Some(Evidence {
            value: *excess,
            interval: [excess - half, excess + half],
            z: (z - centre) / spread,
            power: power / spread,
            n,
            expected: 0.0,
            level: Level::L0,
        });
    }
    let expected = prepared
        .schools
        .iter()
        .zip(tested)
        .map(|(school, test)| {
            let count = school.n() as f64;
            let honest = match test {
                Some(test) => test.honest,
                None if school.n() > 0 => tilt(&base, &prepared.score[school.range.clone()]),
                None => return None,
            };
            Some(honest.iter().map(|p| p * count).collect())
        })
        .collect();
    Some(Bunchings { evidence, expected })
}
