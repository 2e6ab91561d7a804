//! The distribution of raw scores as it would be without a pile at the mark boundaries.

use crate::math::Portable;
use nalgebra::{DMatrix, DVector};

use super::{legendre, score_kernels};

/// Scores compared on both sides of one mark boundary: `[cut − below, cut)` against `[cut, cut + above)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Lowest raw score of the better mark.
    pub cut: usize,
    /// Scores taken below the cut, in points.
    pub below: usize,
    /// Scores taken from the cut up, in points.
    pub above: usize,
}

impl Window {
    /// First score of the window.
    #[must_use]
    pub fn start(&self) -> usize {
        self.cut - self.below
    }

    /// One past the last score of the window.
    #[must_use]
    pub fn end(&self) -> usize {
        self.cut + self.above
    }
}

/// Windows of at most `width` points a side around `cuts` on the scale 0–`max`, cut short so that none overlap.
///
/// Cuts at 0 or above `max`, and repeated cuts, get no window. Order of `cuts` does not matter.
#[must_use]
pub fn windows(cuts: &[usize], max: usize, width: usize) -> Vec<Window> {
    let mut sorted: Vec<usize> = cuts
        .iter()
        .copied()
        .filter(|&cut| cut >= 1 && cut <= max)
        .collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut found: Vec<Window> = Vec::with_capacity(sorted.len());
    for (index, &cut) in sorted.iter().enumerate() {
        let floor = found.last().map_or(0, Window::end);
        let room_above = match sorted.get(index + 1) {
            // The point between two close cuts goes to the upper side of the lower one: that is where a pile stands.
            Some(next) => (next - cut).div_ceil(2),
            None => max + 1 - cut,
        };
        let window = Window {
            cut,
            below: width.min(cut.saturating_sub(floor)),
            above: width.min(room_above),
        };
        if window.below > 0 && window.above > 0 {
            found.push(window);
        }
    }
    found
}

/// Why no counterfactual could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CounterfactualError {
    /// Fewer pupils than a shape can be learned from.
    #[error(
        "{pupils} pupils are too few to learn the shape of the distribution, {needed} are needed"
    )]
    TooFewPupils {
        /// Pupils in the histogram.
        pupils: u64,
        /// Least number of pupils.
        needed: u64,
    },
    /// All pupils have one of fewer than four different scores.
    #[error("the scores take {distinct} different values, at least 4 are needed")]
    TooFewScores {
        /// Different scores seen.
        distinct: usize,
    },
    /// The fit did not converge.
    #[error("the smooth distribution could not be fitted")]
    NoFit,
}

/// Least number of pupils a smooth shape is fitted to; below it borrow the shape of a larger territory.
pub const LEAST_PUPILS: u64 = 100;

/// Cells (scores outside windows, and windows) without which no polynomial is fitted: enough for the third degree, the zero
/// term and five to spare.
pub const LEAST_CELLS: usize = 10;

/// Binomial kernels where items are unknown.
const SCORE_KERNELS: usize = 24;

/// Steps in which the shares of a mixture see all scores: enough to take back the kernels' own width, too few to follow
/// piles.
const FREE_STEPS: usize = 20;
/// Most steps on the windows' totals.
const MOST_STEPS: usize = 400;
/// Gain of log-likelihood per pupil below which nothing moves any more.
const STILL: f64 = 1e-9;

/// Highest degree of the smooth part; more would start to follow piles.
const HIGHEST_DEGREE: usize = 7;

/// Expected share of pupils at each raw score, 0–max, if nobody had been lifted over a boundary.
///
/// # Source
/// Log-linear smoothing of score distributions with indicators for structural teeth: Holland and Thayer, "Univariate
/// and bivariate loglinear models for discrete test score distributions" (2000), J. Educ. Behav. Stat. 25, eq. 7–9;
/// Moses and Holland (2008) for the teeth. Keeping the windows as sums instead of leaving them out is ours: lifting
/// moves pupils inside a window and leaves its total alone, so the total still informs the fit when three windows
/// cover most of the scale (a composite link, Thompson and Baker 1981, Appl. Stat. 30).
#[derive(Debug, Clone, PartialEq)]
pub struct Counterfactual {
    mass: Vec<f64>,
}

impl Counterfactual {
    /// Fits the shape of a territory's `histogram` (pupils by raw score, index = score, length = max + 1).
    ///
    /// `windows` come from [`windows`]; inside each only the total is used. `item_maxima` are the items' points, from
    /// which honest combs are guessed: items of m points mostly scored all-or-nothing make every m-th score more
    /// frequent. Leave it empty when the items are unknown; where works with items are known, [`Self::mixture`] sees the
    /// combs themselves. The number of terms is chosen by BIC. Score 0 has its own term because blank works heap there.
    /// Where the windows leave fewer than [`LEAST_CELLS`] cells to fit, a polynomial is either too stiff or follows
    /// anything, and a mixture of binomial kernels takes its place.
    ///
    /// # Errors
    /// Too few pupils or scores, or no convergence.
    pub fn fit(
        histogram: &[u64],
        windows: &[Window],
        item_maxima: &[u8],
    ) -> Result<Self, CounterfactualError> {
        let pupils = enough(histogram)?;
        let cells = cells(histogram.len(), windows);
        let moduli = comb_moduli(item_maxima);
        if cells.len() < LEAST_CELLS && moduli.is_empty() {
            return Self::mixture(
                histogram,
                windows,
                &score_kernels::of_scores(histogram, SCORE_KERNELS),
            );
        }
        let counts: Vec<f64> = cells
            .iter()
            .map(|cell| cell.clone().map(|s| histogram[s] as f64).sum())
            .collect();
        let mut best: Option<(f64, Vec<f64>)> = None;
        for modulus in std::iter::once(None).chain(moduli.into_iter().map(Some)) {
            for degree in 2..=HIGHEST_DEGREE {
                let design = design(histogram.len(), degree, modulus);
                // Without spare cells a polynomial follows anything; two are the least that let BIC judge.
                if design.ncols() + 2 > cells.len() {
                    break;
                }
                let Some((log_likelihood, mass)) = fit_cells(&design, &cells, &counts) else {
                    continue;
                };
                let bic =
                    -2.0 * log_likelihood + design.ncols() as f64 * (pupils as f64).logarithm();
                if best.as_ref().is_none_or(|(least, _)| bic < *least - 1e-9) {
                    best = Some((bic, mass));
                }
            }
        }
        best.map(|(_, mass)| Self { mass })
            .ok_or(CounterfactualError::NoFit)
    }

    /// Fits a mixture of `kernels` (each a distribution over the scores 0–max) to a territory's `histogram`.
    ///
    /// No mixture of kernels has a pile narrower than a kernel, so lifted pupils can hardly be followed; the shares are
    /// first learned from all scores in a few steps and then, until nothing moves, from the windows' totals and the
    /// scores outside, which lifting leaves alone. Where three windows cover most of the scale the totals say little
    /// and the first steps decide.
    ///
    /// # Source
    /// Non-parametric mixing distribution: Laird (1978), JASA 73; expectation–maximisation on grouped counts: Dempster,
    /// Laird and Rubin (1977), section 4.2. The two stages are ours.
    ///
    /// # Errors
    /// Too few pupils or scores, or no kernel that reaches them.
    pub fn mixture(
        histogram: &[u64],
        windows: &[Window],
        kernels: &[Vec<f64>],
    ) -> Result<Self, CounterfactualError> {
        enough(histogram)?;
        let scores = histogram.len();
        if kernels.is_empty() || kernels.iter().any(|kernel| kernel.len() != scores) {
            return Err(CounterfactualError::NoFit);
        }
        let mut shares = vec![1.0 / kernels.len() as f64; kernels.len()];
        maximise(
            &mut shares,
            histogram,
            kernels,
            &cells(scores, &[]),
            FREE_STEPS,
        );
        maximise(
            &mut shares,
            histogram,
            kernels,
            &cells(scores, windows),
            MOST_STEPS,
        );
        let weights: Vec<f64> = (0..scores)
            .map(|score| {
                let mixed = shares.iter().zip(kernels);
                mixed.map(|(share, kernel)| share * kernel[score]).sum()
            })
            .collect();
        Self::from_mass(&weights).ok_or(CounterfactualError::NoFit)
    }

    /// Takes a known shape, one non-negative weight per raw score; scaled to sum 1. `None` unless the sum is positive
    /// and finite.
    #[must_use]
    pub fn from_mass(weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        if !total.is_finite() || total <= 0.0 || weights.iter().any(|&w| w < 0.0) {
            return None;
        }
        Some(Self {
            mass: weights.iter().map(|w| w / total).collect(),
        })
    }

    /// Expected shares by raw score, summing to 1.
    #[must_use]
    pub fn mass(&self) -> &[f64] {
        &self.mass
    }

    /// The shape moved to a school's own level and spread: `p(s)·exp(a·s + b·s²)` with the given moments.
    ///
    /// `histogram` is the school's (shorter ones are padded with zeros, pupils above the scale are ignored). The
    /// school's mean and variance are first pulled towards the territory's with the weight of `prior_pupils` pupils,
    /// because five pupils do not determine a spread; [`PRIOR_PUPILS`] is the usual value. `None` for an empty school
    /// or when no such tilt exists.
    #[must_use]
    pub fn tilted_to(&self, histogram: &[u32], prior_pupils: f64) -> Option<Vec<f64>> {
        let counts = |score: usize| histogram.get(score).copied().map_or(0.0, f64::from);
        let scores = 0..self.mass.len();
        let n: f64 = scores.clone().map(counts).sum();
        if n <= 0.0 {
            return None;
        }
        let (base_mean, base_variance) = moments(&self.mass);
        let mean = scores.clone().map(|s| s as f64 * counts(s)).sum::<f64>() / n;
        let weight = n / (n + prior_pupils);
        let target_mean = weight * mean + (1.0 - weight) * base_mean;
        let within = scores
            .map(|s| (s as f64 - mean).powi(2) * counts(s))
            .sum::<f64>();
        let target_variance =
            (within + prior_pupils * base_variance) / ((n - 1.0).max(0.0) + prior_pupils);
        self.tilted(target_mean, target_variance)
    }

    /// The shape tilted to exactly this mean (points) and variance (points²). `None` when out of reach.
    ///
    /// # Source
    /// Exponential tilting: Barndorff-Nielsen, *Information and Exponential Families* (1978); solved by Newton steps
    /// on the moment equations.
    #[must_use]
    pub fn tilted(&self, mean: f64, variance: f64) -> Option<Vec<f64>> {
        if !mean.is_finite() || !variance.is_finite() || variance <= 0.0 {
            return None;
        }
        let scale = variance.sqrt();
        let t: Vec<f64> = (0..self.mass.len())
            .map(|s| (s as f64 - mean) / scale)
            .collect();
        let (mut linear, mut square) = (0.0_f64, 0.0_f64);
        let mut tilted = vec![0.0; self.mass.len()];
        for _ in 0..100 {
            let highest = t
                .iter()
                .map(|t| linear * t + square * t * t)
                .fold(f64::NEG_INFINITY, f64::max);
            for ((q, p), t) in tilted.iter_mut().zip(&self.mass).zip(&t) {
                *q = p * (linear * t + square * t * t - highest).exponential();
            }
            let total: f64 = tilted.iter().sum();
            let mut m = [0.0; 5];
            for (q, t) in tilted.iter_mut().zip(&t) {
                *q /= total;
                let mut power = *q;
                for moment in &mut m {
                    *moment += power;
                    power *= t;
                }
            }
            let gap = [-m[1], 1.0 - m[2]];
            if gap[0].abs() < 1e-10 && gap[1].abs() < 1e-10 {
                return Some(tilted);
            }
            let (v11, v12, v22) = (m[2] - m[1] * m[1], m[3] - m[1] * m[2], m[4] - m[2] * m[2]);
            let determinant = v11 * v22 - v12 * v12;
            if !determinant.is_finite() || determinant <= 1e-14 {
                return None;
            }
            linear += ((v22 * gap[0] - v12 * gap[1]) / determinant).clamp(-1.0, 1.0);
            square += ((v11 * gap[1] - v12 * gap[0]) / determinant).clamp(-0.5, 0.5);
        }
        None
    }
}

/// Weight, in pupils, of the territory's level and spread when a school's own are estimated.
///
/// # Source
/// Platform: with a quarter of the variance between schools, the ratio of the variances within and between is 3–5.
pub const PRIOR_PUPILS: f64 = 5.0;

fn moments(mass: &[f64]) -> (f64, f64) {
    let mean: f64 = mass.iter().enumerate().map(|(s, p)| s as f64 * p).sum();
    let variance = mass
        .iter()
        .enumerate()
        .map(|(s, p)| (s as f64 - mean).powi(2) * p)
        .sum();
    (mean, variance)
}

/// Number of pupils, when they are enough for a shape.
fn enough(histogram: &[u64]) -> Result<u64, CounterfactualError> {
    let pupils: u64 = histogram.iter().sum();
    if pupils < LEAST_PUPILS {
        return Err(CounterfactualError::TooFewPupils {
            pupils,
            needed: LEAST_PUPILS,
        });
    }
    let distinct = histogram.iter().filter(|&&count| count > 0).count();
    if distinct < 4 {
        return Err(CounterfactualError::TooFewScores { distinct });
    }
    Ok(pupils)
}

/// At most `steps` steps of expectation and maximisation of the kernels' shares on counts grouped into cells.
fn maximise(
    shares: &mut [f64],
    histogram: &[u64],
    kernels: &[Vec<f64>],
    cells: &[std::ops::Range<usize>],
    steps: usize,
) {
    let pupils: u64 = histogram.iter().sum();
    let cells: Vec<(f64, Vec<f64>)> = cells
        .iter()
        .map(|cell| {
            let count = cell.clone().map(|score| histogram[score] as f64).sum();
            let masses = kernels
                .iter()
                .map(|kernel| kernel[cell.clone()].iter().sum())
                .collect();
            (count, masses)
        })
        .collect();
    let mut last = f64::NEG_INFINITY;
    for _ in 0..steps {
        let mut next = vec![0.0; shares.len()];
        let (mut likelihood, mut reached) = (0.0, 0.0);
        for (count, masses) in cells.iter().filter(|cell| cell.0 > 0.0) {
            let mixed: f64 = shares.iter().zip(masses).map(|(a, b)| a * b).sum();
            // A score that no kernel reaches tells nothing about their shares.
            if mixed <= 1e-300 {
                continue;
            }
            likelihood += count * mixed.logarithm();
            reached += count;
            for ((next, share), mass) in next.iter_mut().zip(shares.iter()).zip(masses) {
                *next += count * share * mass / mixed;
            }
        }
        if reached <= 0.0 {
            return;
        }
        for (share, next) in shares.iter_mut().zip(&next) {
            *share = next / reached;
        }
        if likelihood - last < STILL * pupils as f64 {
            return;
        }
        last = likelihood;
    }
}

/// Each window is one cell, each score outside windows is one cell.
fn cells(scores: usize, windows: &[Window]) -> Vec<std::ops::Range<usize>> {
    let mut cells = Vec::new();
    let mut score = 0;
    while score < scores {
        match windows.iter().find(|window| window.start() == score) {
            Some(window) => {
                cells.push(score..window.end().min(scores));
                score = window.end();
            }
            None => {
                cells.push(score..score + 1);
                score += 1;
            }
        }
    }
    cells
}

/// Moduli that could show as a comb. One-point items blur every comb, so with three or more of them none is tried.
fn comb_moduli(item_maxima: &[u8]) -> Vec<usize> {
    if item_maxima.iter().filter(|&&max| max == 1).count() >= 3 {
        return Vec::new();
    }
    let mut moduli: Vec<usize> = item_maxima
        .iter()
        .map(|&max| usize::from(max))
        .filter(|&max| max > 1)
        .collect();
    moduli.sort_unstable();
    moduli.dedup();
    moduli
}

/// Columns: Legendre polynomials up to `degree`, an indicator of score 0, and the comb with its drift along the scale.
fn design(scores: usize, degree: usize, modulus: Option<usize>) -> DMatrix<f64> {
    let comb = if modulus.is_some() { 2 } else { 0 };
    let mut design = DMatrix::zeros(scores, degree + 2 + comb);
    for score in 0..scores {
        let smooth = legendre::values(score, scores, degree);
        for (order, value) in smooth.iter().enumerate() {
            design[(score, order)] = *value;
        }
        design[(score, degree + 1)] = f64::from(u8::from(score == 0));
        if let Some(modulus) = modulus {
            let tooth = f64::from(u8::from(score % modulus == 0));
            design[(score, degree + 2)] = tooth;
            design[(score, degree + 3)] = tooth * smooth[1];
        }
    }
    design
}

/// Poisson likelihood of the cell totals by Fisher scoring with step halving; returns it with the shares.
fn fit_cells(
    design: &DMatrix<f64>,
    cells: &[std::ops::Range<usize>],
    counts: &[f64],
) -> Option<(f64, Vec<f64>)> {
    let columns = design.ncols();
    let total: f64 = counts.iter().sum();
    let means = |beta: &DVector<f64>| -> Vec<f64> {
        (design * beta)
            .iter()
            .map(|eta| eta.min(60.0).exponential())
            .collect()
    };
    let likelihood = |mu: &[f64]| -> f64 {
        cells
            .iter()
            .zip(counts)
            .map(|(cell, y)| {
                let m: f64 = mu[cell.clone()].iter().sum();
                if *y > 0.0 {
                    y * m.max(1e-300).logarithm() - m
                } else {
                    -m
                }
            })
            .sum()
    };
    let mut beta = DVector::zeros(columns);
    beta[0] = (total / design.nrows() as f64).logarithm();
    let mut mu = means(&beta);
    let mut current = likelihood(&mu);
    for _ in 0..200 {
        let mut score = DVector::zeros(columns);
        let mut information = DMatrix::zeros(columns, columns);
        for (cell, y) in cells.iter().zip(counts) {
            let mut slope = DVector::zeros(columns);
            let mut m = 0.0;
            for s in cell.clone() {
                m += mu[s];
                slope += design.row(s).transpose() * mu[s];
            }
            let m = m.max(1e-12);
            score += &slope * (y / m - 1.0);
            information += &slope * slope.transpose() / m;
        }
        for column in 0..columns {
            information[(column, column)] += 1e-6;
        }
        let step = information.cholesky()?.solve(&score);
        let mut length = 1.0;
        let mut improved = false;
        for _ in 0..30 {
            let candidate = &beta + &step * length;
            let candidate_mu = means(&candidate);
            let value = likelihood(&candidate_mu);
            if value.is_finite() && value >= current {
                improved = value - current > 1e-9 * (1.0 + current.abs());
                (beta, mu, current) = (candidate, candidate_mu, value);
                break;
            }
            length *= 0.5;
        }
        if !improved {
            let sum: f64 = mu.iter().sum();
            return (sum.is_finite() && sum > 0.0)
                .then(|| (current, mu.iter().map(|m| m / sum).collect()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_of_close_cuts_do_not_overlap() {
        let found = windows(&[8, 11, 14], 18, 3);
        assert_eq!(
            found,
            [
                Window {
                    cut: 8,
                    below: 3,
                    above: 2
                },
                Window {
                    cut: 11,
                    below: 1,
                    above: 2
                },
                Window {
                    cut: 14,
                    below: 1,
                    above: 3
                },
            ]
        );
        assert!(windows(&[0, 30], 20, 3).is_empty());
    }

    #[test]
    fn tilt_reaches_the_asked_moments() {
        let base = Counterfactual::from_mass(&[1.0, 3.0, 6.0, 9.0, 9.0, 6.0, 3.0, 1.0]).unwrap();
        let tilted = base.tilted(4.2, 1.7).unwrap();
        let (mean, variance) = moments(&tilted);
        assert!((mean - 4.2).abs() < 1e-8 && (variance - 1.7).abs() < 1e-8);
        assert!(base.tilted(40.0, 1.0).is_none());
    }

    #[test]
    fn fit_restores_mass_moved_inside_a_window() {
        let honest: Vec<u64> = (0..=30)
            .map(|s| {
                (20_000.0 * (-0.5 * ((f64::from(s) - 16.0) / 6.0).powi(2)).exponential()) as u64
            })
            .collect();
        let mut moved = honest.clone();
        for below in 10..13 {
            let lifted = moved[below] / 2;
            moved[below] -= lifted;
            moved[13] += lifted;
        }
        let windows = windows(&[13], 30, 3);
        let fit = Counterfactual::fit(&moved, &windows, &[]).unwrap();
        let total: u64 = honest.iter().sum();
        for (score, (fitted, pupils)) in fit.mass().iter().zip(&honest).enumerate().take(21).skip(8)
        {
            let expected = *pupils as f64 / total as f64;
            assert!((fitted / expected - 1.0).abs() < 0.02, "score {score}");
        }
    }

    #[test]
    fn two_point_items_make_an_honest_comb() {
        let comb: Vec<u64> = (0..=24)
            .map(|s| {
                let smooth = 5_000.0 * (-0.5 * ((f64::from(s) - 12.0) / 5.0).powi(2)).exponential();
                (if s % 2 == 0 { smooth } else { 0.4 * smooth }) as u64
            })
            .collect();
        let windows = windows(&[8, 14, 20], 24, 3);
        let known = Counterfactual::fit(&comb, &windows, &[2; 12]).unwrap();
        assert!(known.mass()[14] > 2.0 * known.mass()[13]);
    }

    #[test]
    fn constant_or_few_scores_have_no_shape() {
        let mut constant = vec![0_u64; 21];
        constant[7] = 500;
        assert_eq!(
            Counterfactual::fit(&constant, &[], &[]),
            Err(CounterfactualError::TooFewScores { distinct: 1 })
        );
        assert!(matches!(
            Counterfactual::fit(&[1, 2, 3, 4], &[], &[]),
            Err(CounterfactualError::TooFewPupils { pupils: 10, .. })
        ));
    }
}
