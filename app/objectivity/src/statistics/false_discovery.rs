//! Many schools at once: false discovery rate by Benjamini and Hochberg, and locally by Efron.

use nalgebra::{DMatrix, DVector};

use super::legendre;
use super::robust_regression::median;
use super::tails::{normal_density, normal_upper};

/// Adjusted p-values: declaring all with `adjusted <= q` keeps the expected share of false ones at or below q.
///
/// The answer stands in the order of the input; NaN and values outside 0–1 stay out and come back as NaN.
///
/// # Source
/// Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57(1).
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len())
        .filter(|&i| (0.0..=1.0).contains(&p_values[i]))
        .collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let tests = order.len() as f64;
    let mut adjusted = vec![f64::NAN; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, index) in order.into_iter().enumerate() {
        least = least.min(p_values[index] * tests / (tests - rank as f64));
        adjusted[index] = least;
    }
    adjusted
}

/// Schools below which a density cannot be estimated.
pub const LEAST_SCHOOLS: usize = 50;

/// Width of a bin of z.
const BIN: f64 = 0.25;

/// Two-groups model of one-sided z values: honest ones follow an empirical normal null, the others are to the right.
///
/// # Source
/// Efron (2004), J. Amer. Statist. Assoc. 99, and (2007), 102, section 4: central-matching by maximum likelihood and
/// Lindsey's Poisson regression for the mixture. Known to us through Efron's *Large-Scale Inference* (2010), ch. 5–6.
/// The zone the null is learned from reaches further down than up, because inflated schools lie above; that is ours.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalFdr {
    /// Mean of the empirical null.
    pub null_mean: f64,
    /// Standard deviation of the empirical null.
    pub null_deviation: f64,
    /// Share of honest schools, 0–1.
    pub null_share: f64,
    centres: Vec<f64>,
    rates: Vec<f64>,
}

impl LocalFdr {
    /// Fits the model; values that are not finite are left out. `None` below [`LEAST_SCHOOLS`] or without spread.
    #[must_use]
    pub fn fit(z: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = z.iter().copied().filter(|z| z.is_finite()).collect();
        if sorted.len() < LEAST_SCHOOLS {
            return None;
        }
        sorted.sort_by(f64::total_cmp);
        let (null_mean, null_deviation, null_share) = central_null(&sorted)?;
        let (low, high) = (sorted[0] - BIN, sorted[sorted.len() - 1] + BIN);
        let bins = (((high - low) / BIN).ceil() as usize).clamp(10, 400);
        let width = (high - low) / bins as f64;
        let mut counts = vec![0.0; bins];
        for z in &sorted {
            counts[(((z - low) / width) as usize).min(bins - 1)] += 1.0;
        }
        let degree = if sorted.len() < 200 { 4 } else { 6 };
        let density = lindsey(&counts, degree)?;
        let centres: Vec<f64> = (0..bins).map(|k| low + (k as f64 + 0.5) * width).collect();
        let total = sorted.len() as f64;
        let mut rates: Vec<f64> = centres
            .iter()
            .zip(&density)
            .map(|(z, mixture)| {
                let null = normal_density((z - null_mean) / null_deviation) / null_deviation
                    * width
                    * total;
                (null_share * null / mixture.max(1e-12)).min(1.0)
            })
            .collect();
        // More extreme to the right is never more honest; below the null's mean nothing counts as inflated.
        let mut running = 1.0_f64;
        for (rate, z) in rates.iter_mut().zip(&centres) {
            running = if *z <= null_mean {
                1.0
            } else {
                running.min(*rate)
            };
            *rate = running;
        }
        Some(Self {
            null_mean,
            null_deviation,
            null_share,
            centres,
            rates,
        })
    }

    /// Probability that a school with this z is honest, 0–1, by linear interpolation; NaN for NaN.
    #[must_use]
    pub fn at(&self, z: f64) -> f64 {
        if z.is_nan() {
            return f64::NAN;
        }
        let next = self.centres.partition_point(|&centre| centre < z);
        if next == 0 {
            return 1.0;
        }
        if next == self.centres.len() {
            return self.rates[next - 1];
        }
        let part = (z - self.centres[next - 1]) / (self.centres[next] - self.centres[next - 1]);
        self.rates[next - 1] + part * (self.rates[next] - self.rates[next - 1])
    }
}

/// Mean, deviation and share of the null from the values inside a central zone, by truncated maximum likelihood.
fn central_null(sorted: &[f64]) -> Option<(f64, f64, f64)> {
    let middle = median(sorted);
    let lower_quartile = sorted[sorted.len() / 4];
    let scale = (middle - lower_quartile) / 0.674_489_75;
    if scale.is_nan() || scale <= 1e-9 {
        return None;
    }
    let (low, high) = (middle - 2.5 * scale, middle + 0.75 * scale);
    let inside: Vec<f64> = sorted
        .iter()
        .copied()
        .filter(|z| (low..=high).contains(z))
        .collect();
    let n = inside.len() as f64;
    let sum: f64 = inside.iter().sum();
    let squares: f64 = inside.iter().map(|z| z * z).sum();
    let zone = |mean: f64, deviation: f64| {
        (normal_upper((low - mean) / deviation) - normal_upper((high - mean) / deviation))
            .max(1e-300)
    };
    let likelihood = |mean: f64, deviation: f64| {
        let square = (squares - 2.0 * mean * sum + n * mean * mean) / (deviation * deviation);
        // The likelihood of a truncated sample is flat when it is far from its mode; a weak prior around the quartile
        // estimates keeps the null where the data are.
        let prior = ((mean - middle) / scale).powi(2) + ((deviation / scale).ln() / 0.5).powi(2);
        -0.5 * square - n * (deviation.ln() + zone(mean, deviation).ln()) - 0.5 * prior
    };
    let (mut mean, mut deviation) = (middle, scale);
    let mut best = likelihood(mean, deviation);
    let (mut step_mean, mut step_deviation) = (0.25 * scale, 0.25_f64);
    // Pattern search: two smooth parameters, no derivatives needed, and the same answer everywhere.
    while step_mean > 1e-7 * scale {
        let mut moved = false;
        for (m, d) in [
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.0, 1.0),
            (0.0, -1.0),
            (1.0, 1.0),
            (-1.0, -1.0),
        ] {
            let candidate = (mean + m * step_mean, deviation * (d * step_deviation).exp());
            let value = likelihood(candidate.0, candidate.1);
            if value > best {
                (mean, deviation, best, moved) = (candidate.0, candidate.1, value, true);
            }
        }
        if !moved {
            step_mean *= 0.5;
            step_deviation *= 0.5;
        }
    }
    let share = n / sorted.len() as f64 / zone(mean, deviation);
    Some((mean, deviation, share.min(1.0)))
}

/// Smooth expected counts per bin: Poisson regression on Legendre polynomials.
fn lindsey(counts: &[f64], degree: usize) -> Option<Vec<f64>> {
    let bins = counts.len();
    let rows: Vec<Vec<f64>> = (0..bins)
        .map(|bin| legendre::values(bin, bins, degree))
        .collect();
    let design = DMatrix::<f64>::from_fn(bins, degree + 1, |bin, order| rows[bin][order]);
    let total: f64 = counts.iter().sum();
    let mut beta = DVector::<f64>::zeros(degree + 1);
    beta[0] = (total / bins as f64).ln();
    let means = |beta: &DVector<f64>| -> Vec<f64> {
        (&design * beta)
            .iter()
            .map(|eta| eta.clamp(-40.0, 40.0).exp())
            .collect()
    };
    let likelihood =
        |mu: &[f64]| -> f64 { counts.iter().zip(mu).map(|(y, m)| y * m.ln() - m).sum() };
    let mut mu = means(&beta);
    let mut current = likelihood(&mu);
    for _ in 0..200 {
        let mut information = DMatrix::<f64>::identity(degree + 1, degree + 1) * 1e-6;
        let mut score = DVector::<f64>::zeros(degree + 1);
        for bin in 0..bins {
            let row = design.row(bin).transpose();
            information += &row * row.transpose() * mu[bin];
            score += row * (counts[bin] - mu[bin]);
        }
        let step = information.cholesky()?.solve(&score);
        let mut length = 1.0;
        loop {
            let candidate = &beta + &step * length;
            let candidate_mu = means(&candidate);
            let value = likelihood(&candidate_mu);
            if value > current + 1e-10 * current.abs() {
                (beta, mu, current) = (candidate, candidate_mu, value);
                break;
            }
            length *= 0.5;
            if length < 1e-6 {
                return Some(mu);
            }
        }
    }
    Some(mu)
}

#[cfg(test)]
mod tests {
    use super::super::tails::normal_upper_quantile;
    use super::*;
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    // scipy 1.17.1: false_discovery_control([.01, .04, .03, .005, .9])
    #[test]
    fn adjusted_values_match_scipy() {
        let adjusted = benjamini_hochberg(&[0.01, 0.04, f64::NAN, 0.03, 0.005, 0.9]);
        let expected = [0.025, 0.05, f64::NAN, 0.05, 0.025, 0.9];
        for (a, e) in adjusted.iter().zip(expected) {
            assert!(
                (a.is_nan() && e.is_nan()) || (a - e).abs() < 1e-12,
                "{adjusted:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn adjusted_values_keep_the_order_and_never_fall(p in prop::collection::vec(0.0..1.0_f64, 1..40)) {
            let adjusted = benjamini_hochberg(&p);
            for (i, a) in p.iter().enumerate() {
                prop_assert!(adjusted[i] >= *a - 1e-12 && adjusted[i] <= 1.0);
                for (j, b) in p.iter().enumerate() {
                    prop_assert!(a > b || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }

    fn mixture(n: usize, share: f64, shift: f64, deviation: f64, seed: u64) -> Vec<f64> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        (0..n)
            .map(|i| {
                let z = normal_upper_quantile(random.random_range(1e-12..1.0));
                if (i as f64) < share * n as f64 {
                    shift + z
                } else {
                    deviation * z
                }
            })
            .collect()
    }

    #[test]
    fn known_mixture_has_its_local_rate() {
        let (share, shift, n) = (0.1, 3.0, 20_000);
        let fit = LocalFdr::fit(&mixture(n, share, shift, 1.0, 1)).unwrap();
        assert!(
            fit.null_mean.abs() < 0.06 && (fit.null_deviation - 1.0).abs() < 0.05,
            "{fit:?}"
        );
        for z in [1.5, 2.0, 2.5, 3.0, 3.5] {
            let null = (1.0 - share) * normal_density(z);
            let truth = null / (null + share * normal_density(z - shift));
            assert!(
                (fit.at(z) - truth).abs() < 0.1,
                "z {z}: {} against {truth}",
                fit.at(z)
            );
        }
    }

    #[test]
    fn thirty_per_cent_inflated_leave_the_null_in_place() {
        let (mut mean, mut deviation) = (0.0, 0.0);
        for seed in 0..20 {
            let fit = LocalFdr::fit(&mixture(300, 0.3, 3.0, 1.0, 10 + seed)).unwrap();
            mean += fit.null_mean / 20.0;
            deviation += fit.null_deviation / 20.0;
        }
        println!("null under 30 % inflated: mean {mean:.2}, deviation {deviation:.2}");
        assert!(mean.abs() < 0.25 && (deviation - 1.0).abs() < 0.2);
    }

    #[test]
    fn honest_regions_flag_almost_nobody() {
        let flagged: usize = (0..40)
            .map(|seed| {
                let z = mixture(300, 0.0, 0.0, 1.4, 100 + seed);
                let fit = LocalFdr::fit(&z).unwrap();
                z.iter().filter(|&&z| fit.at(z) < 0.2).count()
            })
            .sum();
        println!("local rate below 0.2: {flagged} of 12000 honest schools");
        assert!(flagged <= 60);
    }

    #[test]
    fn few_or_equal_values_have_no_model() {
        assert!(LocalFdr::fit(&[0.5; 300]).is_none());
        assert!(LocalFdr::fit(&[0.1, 0.2, f64::NAN]).is_none());
    }
}
