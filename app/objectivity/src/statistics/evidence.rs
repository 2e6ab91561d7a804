//! Evidence that accumulates over years, so that small schools gain power with time (накопление по годам).

/// Evidence of several years together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accumulated {
    /// Sum of the log-likelihood ratios, natural logarithm.
    pub log_lr: f64,
    /// Largest sum reached at the end of any year.
    pub highest: f64,
    /// Years that counted.
    pub years: usize,
}

/// Adds yearly log-likelihood ratios in the order of the years; a year that is missing or not finite adds nothing.
///
/// Each ratio must be calibrated against its own year's honest schools, given what was known before: then their product
/// is a test martingale and the sum may be looked at every year without spoiling the level.
///
/// # Source
/// Wald (1945); e-values and optional stopping: Shafer (2021), J. R. Stat. Soc. A 184; Grünwald, de Heide and Koolen (2024),
/// J. R. Stat. Soc. B 86.
#[must_use]
pub fn accumulate(yearly: &[Option<f64>]) -> Accumulated {
    let mut sum = Accumulated {
        log_lr: 0.0,
        highest: 0.0,
        years: 0,
    };
    for log_lr in yearly.iter().flatten().filter(|log_lr| log_lr.is_finite()) {
        sum.log_lr += log_lr;
        sum.highest = sum.highest.max(sum.log_lr);
        sum.years += 1;
    }
    sum
}

impl Accumulated {
    /// Probability under honesty of ever seeing evidence this strong, at most 1 (Ville's inequality).
    #[must_use]
    pub fn anytime_p(&self) -> f64 {
        (-self.highest).exp().min(1.0)
    }

    /// Posterior probability after the evidence, 0–1; `None` unless 0 < `prior` < 1.
    #[must_use]
    pub fn posterior(&self, prior: f64) -> Option<f64> {
        if prior.is_nan() || prior <= 0.0 || prior >= 1.0 {
            return None;
        }
        let log_odds = (prior / (1.0 - prior)).ln() + self.log_lr;
        Some(1.0 / (1.0 + (-log_odds).exp()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn missing_years_add_nothing() {
        let sum = accumulate(&[Some(1.0), None, Some(f64::NAN), Some(-0.4)]);
        assert!((sum.log_lr - 0.6).abs() < 1e-12 && sum.highest == 1.0 && sum.years == 2);
        assert!(
            accumulate(&[])
                .posterior(0.04)
                .is_some_and(|p| (p - 0.04).abs() < 1e-12)
        );
        assert!(accumulate(&[]).posterior(1.0).is_none());
    }

    #[test]
    fn looking_every_year_keeps_the_level() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let crossed = (0..20_000)
            .filter(|_| {
                let years: Vec<Option<f64>> = (0..10)
                    .map(|_| {
                        // Log-likelihood ratio of N(1, 1) against N(0, 1) at an honest value.
                        let z = super::super::tails::normal_upper_quantile(
                            random.random_range(1e-12..1.0),
                        );
                        Some(z - 0.5)
                    })
                    .collect();
                accumulate(&years).anytime_p() <= 0.05
            })
            .count();
        assert!(crossed as f64 / 20_000.0 <= 0.05, "{crossed}");
    }
}
