//! Regression of school results on context that a third of inflated schools neither tilts nor widens.

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;

use super::tails::{normal_density, normal_upper};

/// A school's value with its sampling variance, σ²/n, in squared units of the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean, residual or any other approximately normal value.
    pub value: f64,
    /// Sampling variance of `value`; not the variance between pupils.
    pub variance: f64,
}

/// Schools below which no location and spread are estimated.
pub const LEAST_SCHOOLS: usize = 5;

/// Schools below which an inflated part is not looked for.
const LEAST_FOR_MIXTURE: usize = 20;

/// Huber's constant: 95 % efficiency under normality (Huber 1964).
const HUBER: f64 = 1.345;

/// Standardised residuals are winsorised here when the over-dispersion is estimated.
///
/// # Source
/// Spiegelhalter 2005 winsorises the most extreme 10 % on each side, ±1.28; a little wider costs less efficiency.
const WINSOR: f64 = 1.5;

/// Residuals further below than this lose weight: a failed import must not decide where the region stands.
const LOW_CLIP: f64 = 2.5;

/// Least distance of the inflated part, in honest standard deviations; nearer parts cannot be told from skewness.
const LEAST_SHIFT: f64 = 1.5;

/// Distance of a context value from the median, in normal-consistent median deviations, from which a row loses weight.
const FAR: f64 = 3.0;

/// Distance at which a row no longer counts for the line (it still gets a residual).
const FAR_OUT: f64 = 8.0;

/// Largest share of inflated schools looked for.
const LARGEST_PART: f64 = 0.45;

/// A robust linear fit with additive over-dispersion: value ~ N(x'β, variance + τ²) for schools that are not inflated.
#[derive(Debug, Clone, PartialEq)]
pub struct RobustRegression {
    /// Coefficients in the order of the design's columns.
    pub coefficients: Vec<f64>,
    /// Variance between comparable schools beyond sampling, τ², in squared units of the value.
    pub tau_squared: f64,
    /// Estimated share of schools in a separate upper group, 0–0.45; 0 when none could be told apart.
    pub upper_share: f64,
    /// Row-major covariance of the coefficients.
    pub covariance: Vec<f64>,
    /// Schools used.
    pub schools: usize,
}

impl RobustRegression {
    /// Fits `estimates` on the row-major `design` (schools × `columns`, the first column usually 1).
    ///
    /// Schools with a value, variance or design cell that is not finite, or with a negative variance, are left out.
    /// Result depends on row order at most in the last bits. Cost: about 60 weighted least-squares fits and, with more
    /// than one column, 200 elemental starts. `None` when fewer than [`LEAST_SCHOOLS`] or two schools per column remain
    /// or the slices disagree in length.
    ///
    /// # Source
    /// Over-dispersion: additive τ² of Spiegelhalter (2005), Stat. Med. 24, doi 10.1002/sim.1970, solved by the
    /// winsorised version of Paule and Mandel (1982). Location: Huber (1964) with weights for far-out context
    /// (Mallows 1975); start: least trimmed squares, Rousseeuw and Van Driessen (2006). Symmetric estimators lose when a third of the schools is inflated, all on one side;
    /// so a second, shifted normal part is fitted by EM and kept when BIC prefers it. That step is ours.
    #[must_use]
    pub fn fit(design: &[f64], columns: usize, estimates: &[Estimate]) -> Option<Self> {
        if columns == 0 || design.len() != columns * estimates.len() {
            return None;
        }
        let data = Data::usable(design, columns, estimates);
        if data.y.len() < LEAST_SCHOOLS.max(2 * columns) {
            return None;
        }
        let plain = data.symmetric();
        let chosen = if data.y.len() < LEAST_FOR_MIXTURE {
            plain
        } else {
            data.with_upper_part(plain)
        };
        let weights: Vec<f64> = data
            .v
            .iter()
            .zip(&chosen.honest)
            .map(|(v, h)| h / (v + chosen.tau))
            .collect();
        let information = data.information(&weights);
        let covariance = information.try_inverse()?;
        Some(Self {
            coefficients: chosen.beta.iter().copied().collect(),
            tau_squared: chosen.tau,
            upper_share: chosen.share,
            covariance: covariance.transpose().iter().copied().collect(),
            schools: data.y.len(),
        })
    }

    /// Expected value at one row of the design; `None` when its length differs from the fit's.
    #[must_use]
    pub fn expected(&self, row: &[f64]) -> Option<f64> {
        (row.len() == self.coefficients.len())
            .then(|| row.iter().zip(&self.coefficients).map(|(x, b)| x * b).sum())
    }

    /// Residual in standard deviations of an honest school with this sampling variance. `None` for a wrong row or a
    /// value that is not finite.
    #[must_use]
    pub fn z(&self, row: &[f64], estimate: Estimate) -> Option<f64> {
        let total = estimate.variance + self.tau_squared;
        let z = (estimate.value - self.expected(row)?) / total.sqrt();
        (z.is_finite() && estimate.variance >= 0.0).then_some(z)
    }
}

struct Data {
    x: DMatrix<f64>,
    y: Vec<f64>,
    v: Vec<f64>,
    /// Weight of the row's place in the design, 0–1; a context far from all others must not turn the line.
    place: Vec<f64>,
}

#[derive(Clone)]
struct State {
    beta: DVector<f64>,
    tau: f64,
    share: f64,
    shift: f64,
    /// Weight of each school in the honest part, 0–1.
    honest: Vec<f64>,
}

impl Data {
    fn usable(design: &[f64], columns: usize, estimates: &[Estimate]) -> Self {
        let rows: Vec<(&[f64], &Estimate)> = design
            .chunks_exact(columns)
            .zip(estimates)
            .filter(|(row, e)| {
                row.iter().all(|x| x.is_finite())
                    && e.value.is_finite()
                    && e.variance.is_finite()
                    && e.variance >= 0.0
            })
            .collect();
        let x = DMatrix::from_fn(rows.len(), columns, |i, j| rows[i].0[j]);
        let mut place = vec![1.0_f64; rows.len()];
        for column in x.column_iter() {
            let values: Vec<f64> = column.iter().copied().collect();
            let centre = median(&values);
            let distances: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
            let scale = 1.4826 * median(&distances);
            if scale > 0.0 {
                for (weight, distance) in place.iter_mut().zip(&distances) {
                    let z = distance / scale;
                    *weight = weight.min(((FAR_OUT - z) / (FAR_OUT - FAR)).clamp(0.0, 1.0));
                }
            }
        }
        Self {
            x,
            y: rows.iter().map(|(_, e)| e.value).collect(),
            v: rows.iter().map(|(_, e)| e.variance).collect(),
            place,
        }
    }

    fn information(&self, weights: &[f64]) -> DMatrix<f64> {
        let p = self.x.ncols();
        let mut information = DMatrix::<f64>::zeros(p, p);
        for (i, w) in weights.iter().enumerate() {
            for a in 0..p {
                for b in 0..p {
                    information[(a, b)] += w * self.place[i] * self.x[(i, a)] * self.x[(i, b)];
                }
            }
        }
        // A trace-sized ridge keeps collinear context factors solvable and is far below rounding of real ones.
        let ridge = 1e-10 * information.trace().max(f64::MIN_POSITIVE);
        for a in 0..p {
            information[(a, a)] += ridge;
        }
        information
    }

    fn least_squares(&self, y: &[f64], weights: &[f64]) -> Option<DVector<f64>> {
        let mut right = DVector::zeros(self.x.ncols());
        for (i, (w, y)) in weights.iter().zip(y).enumerate() {
            for a in 0..self.x.ncols() {
                right[a] += w * self.place[i] * self.x[(i, a)] * y;
            }
        }
        Some(self.information(weights).cholesky()?.solve(&right))
    }

    fn residuals(&self, beta: &DVector<f64>) -> Vec<f64> {
        let fitted = &self.x * beta;
        self.y
            .iter()
            .zip(fitted.iter())
            .map(|(y, f)| y - f)
            .collect()
    }

    /// Least trimmed squares from elemental subsets; a fixed stream makes it a function of the data alone.
    fn trimmed_start(&self) -> DVector<f64> {
        let (n, p) = (self.y.len(), self.x.ncols());
        let kept = (13 * n).div_ceil(20).max(p + 1);
        let typical = median(&self.v);
        let scale: Vec<f64> = self
            .v
            .iter()
            .map(|v| (v + typical).max(f64::MIN_POSITIVE))
            .collect();
        let mut random = ChaCha8Rng::seed_from_u64(2_006);
        let mut best: Option<(f64, DVector<f64>)> = None;
        let starts = if p == 1 { 60 } else { 200 };
        for _ in 0..starts {
            let mut weights = vec![0.0; n];
            for i in sample(&mut random, n, (p + 1).min(n)) {
                weights[i] = 1.0;
            }
            let Some(mut beta) = self.least_squares(&self.y, &weights) else {
                continue;
            };
            let mut objective = f64::INFINITY;
            for _ in 0..4 {
                let residuals = self.residuals(&beta);
                let mut order: Vec<usize> = (0..n).collect();
                let square = |i: usize| self.place[i] * residuals[i] * residuals[i] / scale[i];
                order.sort_by(|&a, &b| square(a).total_cmp(&square(b)));
                objective = order[..kept].iter().map(|&i| square(i)).sum();
                weights.fill(0.0);
                for &i in &order[..kept] {
                    weights[i] = 1.0 / scale[i];
                }
                let Some(next) = self.least_squares(&self.y, &weights) else {
                    break;
                };
                beta = next;
            }
            if best.as_ref().is_none_or(|(least, _)| objective < *least) {
                best = Some((objective, beta));
            }
        }
        best.map_or_else(
            || {
                let mut beta = DVector::zeros(p);
                beta[0] = median(&self.y);
                beta
            },
            |(_, beta)| beta,
        )
    }

    /// Huber location with winsorised Paule–Mandel over-dispersion.
    fn symmetric(&self) -> State {
        let n = self.y.len();
        let mut beta = self.trimmed_start();
        let mut tau = self.over_dispersion(&self.residuals(&beta));
        let mut honest = vec![1.0; n];
        for _ in 0..60 {
            let residuals = self.residuals(&beta);
            for ((h, r), v) in honest.iter_mut().zip(&residuals).zip(&self.v) {
                let z = (r / (v + tau).max(f64::MIN_POSITIVE).sqrt()).abs();
                *h = if z <= HUBER { 1.0 } else { HUBER / z };
            }
            let weights: Vec<f64> = honest
                .iter()
                .zip(&self.v)
                .map(|(h, v)| h / (v + tau).max(f64::MIN_POSITIVE))
                .collect();
            let Some(next) = self.least_squares(&self.y, &weights) else {
                break;
            };
            let next_tau = self.over_dispersion(&self.residuals(&next));
            let still = (&next - &beta).amax() <= 1e-10 * (1.0 + beta.amax())
                && (next_tau - tau).abs() <= 1e-10 * (1.0 + tau);
            (beta, tau) = (next, next_tau);
            if still {
                break;
            }
        }
        State {
            beta,
            tau,
            share: 0.0,
            shift: 0.0,
            honest,
        }
    }

    fn over_dispersion(&self, residuals: &[f64]) -> f64 {
        let spare = self.place.iter().sum::<f64>() - self.x.ncols() as f64;
        let target = spare.max(1.0) * winsorised_second_moment(WINSOR);
        let excess = |tau: f64| -> f64 {
            residuals
                .iter()
                .zip(&self.v)
                .zip(&self.place)
                .map(|((r, v), place)| {
                    place * (r * r / (v + tau).max(f64::MIN_POSITIVE)).min(WINSOR * WINSOR)
                })
                .sum::<f64>()
                - target
        };
        root_of_decreasing(excess)
    }

    /// Adds an upper part where the data want one.
    fn with_upper_part(&self, plain: State) -> State {
        let n = self.y.len() as f64;
        let single = self.expectation_maximisation(State {
            honest: vec![1.0; self.y.len()],
            ..plain.clone()
        });
        let single_likelihood = self.log_likelihood(&single);
        let typical = (median(&self.v) + plain.tau).sqrt();
        let mut best: Option<(f64, State)> = None;
        for (share, shift, lower) in [
            (0.05, 3.0, 0.0),
            (0.15, 2.5, 0.2),
            (0.3, 2.0, 0.5),
            (0.3, 3.0, 0.5),
        ] {
            let mut start = plain.clone();
            start.beta[0] -= lower * typical;
            start.tau *= 0.7;
            start.share = share;
            start.shift = shift * typical;
            let state = self.expectation_maximisation(start);
            let likelihood = self.log_likelihood(&state);
            if state.shift >= LEAST_SHIFT * (median(&self.v) + state.tau).sqrt()
                && best.as_ref().is_none_or(|(most, _)| likelihood > *most)
            {
                best = Some((likelihood, state));
            }
        }
        match best {
            // Two more parameters: BIC asks for a gain of ln n in log-likelihood. One unit more because the likelihood
            // ratio of a mixture is not chi-squared.
            Some((likelihood, state)) if likelihood > single_likelihood + n.ln() + 1.0 => state,
            _ => plain,
        }
    }

    fn densities(&self, state: &State, index: usize, residual: f64) -> (f64, f64) {
        let variance = (self.v[index] + state.tau).max(f64::MIN_POSITIVE);
        let honest = normal_density(residual / variance.sqrt()) / variance.sqrt();
        if state.share == 0.0 {
            return (honest, 0.0);
        }
        // Strength of inflation differs between schools: half the shift is its standard deviation.
        let wider = variance + 0.25 * state.shift * state.shift;
        let upper = normal_density((residual - state.shift) / wider.sqrt()) / wider.sqrt();
        ((1.0 - state.share) * honest, state.share * upper)
    }

    fn log_likelihood(&self, state: &State) -> f64 {
        self.residuals(&state.beta)
            .iter()
            .enumerate()
            .map(|(i, &r)| {
                let (honest, upper) = self.densities(state, i, r);
                self.place[i] * (honest + upper).max(1e-300).ln()
            })
            .sum()
    }

    fn expectation_maximisation(&self, mut state: State) -> State {
        let mixture = state.share > 0.0;
        for _ in 0..300 {
            let residuals = self.residuals(&state.beta);
            let mut total_upper = 0.0;
            let mut combined_y = Vec::with_capacity(self.y.len());
            let mut combined_weight = Vec::with_capacity(self.y.len());
            let (mut shift_top, mut shift_bottom) = (0.0, 0.0);
            for (i, &r) in residuals.iter().enumerate() {
                let (honest, upper) = self.densities(&state, i, r);
                let part = if mixture {
                    upper / (honest + upper).max(1e-300)
                } else {
                    0.0
                };
                let variance = (self.v[i] + state.tau).max(f64::MIN_POSITIVE);
                let z = r / variance.sqrt();
                let clip = if z < -LOW_CLIP { LOW_CLIP / -z } else { 1.0 };
                state.honest[i] = (1.0 - part) * clip;
                total_upper += part;
                let honest_weight = state.honest[i] / variance;
                let upper_weight = part / (variance + 0.25 * state.shift * state.shift);
                combined_weight.push(honest_weight + upper_weight);
                combined_y.push(
                    (honest_weight * self.y[i] + upper_weight * (self.y[i] - state.shift))
                        / (honest_weight + upper_weight).max(f64::MIN_POSITIVE),
                );
                shift_top += upper_weight * r;
                shift_bottom += upper_weight;
            }
            let Some(beta) = self.least_squares(&combined_y, &combined_weight) else {
                break;
            };
            let moved = (&beta - &state.beta).amax();
            state.beta = beta;
            let residuals = self.residuals(&state.beta);
            let tau = state.tau;
            state.tau = self.honest_dispersion(&residuals, &state.honest);
            if mixture {
                state.share = (total_upper / self.y.len() as f64).clamp(1e-4, LARGEST_PART);
                if shift_bottom > 0.0 {
                    state.shift = (shift_top / shift_bottom).max(0.0);
                }
            }
            if moved <= 1e-9 * (1.0 + state.beta.amax())
                && (tau - state.tau).abs() <= 1e-9 * (1.0 + tau)
            {
                break;
            }
        }
        state
    }

    fn honest_dispersion(&self, residuals: &[f64], honest: &[f64]) -> f64 {
        let total: f64 = honest
            .iter()
            .zip(&self.place)
            .map(|(h, place)| h * place)
            .sum();
        let target = total * (1.0 - self.x.ncols() as f64 / self.y.len() as f64);
        root_of_decreasing(|tau| {
            residuals
                .iter()
                .zip(&self.v)
                .zip(honest.iter().zip(&self.place))
                .map(|((r, v), (h, place))| h * place * r * r / (v + tau).max(f64::MIN_POSITIVE))
                .sum::<f64>()
                - target
        })
    }
}

/// E min(Z², c²) of a standard normal Z: what winsorised squares average to without over-dispersion.
pub(crate) fn winsorised_second_moment(c: f64) -> f64 {
    (1.0 - 2.0 * normal_upper(c)) - 2.0 * c * normal_density(c) + 2.0 * c * c * normal_upper(c)
}

/// Root on [0, ∞) of a decreasing function, by regula falsi with the Illinois step; 0 when it is not positive there.
pub(crate) fn root_of_decreasing(f: impl Fn(f64) -> f64) -> f64 {
    let mut at_low = f(0.0);
    if at_low.is_nan() || at_low <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1e-3);
    let mut at_high = f(high);
    while at_high > 0.0 {
        (low, at_low) = (high, at_high);
        high *= 8.0;
        if high > 1e12 {
            return high;
        }
        at_high = f(high);
    }
    for _ in 0..100 {
        let middle = (low * at_high - high * at_low) / (at_high - at_low);
        let value = f(middle);
        if value > 0.0 {
            (low, at_low) = (middle, value);
            at_high *= 0.5;
        } else {
            (high, at_high) = (middle, value);
            at_low *= 0.5;
        }
        if value == 0.0 || high - low <= 1e-12 * high {
            return middle;
        }
    }
    0.5 * (low + high)
}

/// Median of finite values; NaN for none.
pub(crate) fn median(values: &[f64]) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        0.5 * (sorted[middle - 1] + sorted[middle])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::tails::normal_upper_quantile;
    use rand::RngExt;

    /// Value = 1 + 2·context + noise; a tenth of the rows carry a broken context far out, a quarter are inflated.
    fn spoiled(seed: u64) -> (Vec<f64>, Vec<Estimate>) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut normal = || normal_upper_quantile(random.random_range(1e-12..1.0));
        let mut design = Vec::new();
        let mut estimates = Vec::new();
        for i in 0..200 {
            let context: f64 = normal();
            let value = 1.0
                + 2.0 * context
                + 0.3 * normal()
                + 0.2 * normal()
                + if i % 4 == 0 { 1.5 } else { 0.0 };
            design.extend([1.0, if i % 10 == 1 { 25.0 } else { context }]);
            estimates.push(Estimate {
                value,
                variance: 0.04,
            });
        }
        (design, estimates)
    }

    #[test]
    fn broken_contexts_and_inflated_schools_do_not_tilt_the_line() {
        let (design, estimates) = spoiled(5);
        let fit = RobustRegression::fit(&design, 2, &estimates).unwrap();
        assert!(
            (fit.coefficients[0] - 1.0).abs() < 0.15 && (fit.coefficients[1] - 2.0).abs() < 0.1,
            "{fit:?}"
        );
        assert!(fit.tau_squared.sqrt() < 0.6, "{fit:?}");
    }

    #[test]
    fn row_order_does_not_matter_beyond_rounding() {
        let (design, estimates) = spoiled(6);
        let fit = RobustRegression::fit(&design, 2, &estimates).unwrap();
        let reversed_design: Vec<f64> = design.chunks(2).rev().flatten().copied().collect();
        let reversed: Vec<Estimate> = estimates.iter().rev().copied().collect();
        let back = RobustRegression::fit(&reversed_design, 2, &reversed).unwrap();
        for (a, b) in fit.coefficients.iter().zip(&back.coefficients) {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }

    #[test]
    fn wrong_lengths_give_no_fit() {
        let estimates = [Estimate {
            value: 1.0,
            variance: 1.0,
        }; 10];
        assert!(RobustRegression::fit(&[1.0; 19], 2, &estimates).is_none());
        assert!(RobustRegression::fit(&[], 0, &estimates).is_none());
    }
}
