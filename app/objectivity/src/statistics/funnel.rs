//! Funnel with robust additive over-dispersion (воронка): how far a school stands from the others, given its size.

use super::robust_regression::RobustRegression;
pub use super::robust_regression::{Estimate, LEAST_SCHOOLS};
use super::tails::normal_upper_quantile;

/// Centre and over-dispersion of schools without context.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    /// Where an honest school of unlimited size is expected, in units of the values.
    pub centre: f64,
    /// Variance between schools beyond sampling, τ², in squared units.
    pub tau_squared: f64,
    /// Estimated share of schools in a separate upper group, 0–0.45.
    pub upper_share: f64,
    /// Schools used.
    pub schools: usize,
}

impl Funnel {
    /// Fits centre and over-dispersion; see [`RobustRegression::fit`] for method, sources and what is left out.
    /// `None` below [`LEAST_SCHOOLS`] usable schools.
    #[must_use]
    pub fn fit(estimates: &[Estimate]) -> Option<Self> {
        let design = vec![1.0; estimates.len()];
        let fit = RobustRegression::fit(&design, 1, estimates)?;
        Some(Self {
            centre: fit.coefficients[0],
            tau_squared: fit.tau_squared,
            upper_share: fit.upper_share,
            schools: fit.schools,
        })
    }

    /// z = (value − centre) / sqrt(variance + τ²). `None` for a value that is not finite or a negative variance.
    ///
    /// # Source
    /// Spiegelhalter (2005), Stat. Med. 24, section 4.2 (additive model), doi 10.1002/sim.1970.
    #[must_use]
    pub fn z(&self, estimate: Estimate) -> Option<f64> {
        let z = (estimate.value - self.centre) / (estimate.variance + self.tau_squared).sqrt();
        (z.is_finite() && estimate.variance >= 0.0).then_some(z)
    }

    /// Limits that an honest school with this sampling variance leaves with probability `level` (both sides together).
    #[must_use]
    pub fn limits(&self, variance: f64, level: f64) -> (f64, f64) {
        let half = normal_upper_quantile(0.5 * level) * (variance + self.tau_squared).sqrt();
        (self.centre - half, self.centre + half)
    }
}

/// Additive over-dispersion τ² by Paule and Mandel, not robust: the reference the robust version must agree with when
/// no school is unusual. `None` below two usable estimates or without any positive variance.
///
/// # Source
/// Paule and Mandel (1982), J. Res. NBS 87; the same equation as DerSimonian and Kacker (2007), eq. 10.
#[must_use]
pub fn paule_mandel(estimates: &[Estimate]) -> Option<f64> {
    let usable: Vec<&Estimate> = estimates
        .iter()
        .filter(|e| e.value.is_finite() && e.variance.is_finite() && e.variance > 0.0)
        .collect();
    if usable.len() < 2 {
        return None;
    }
    let excess = |tau: f64| -> f64 {
        let weights: f64 = usable.iter().map(|e| 1.0 / (e.variance + tau)).sum();
        let mean = usable
            .iter()
            .map(|e| e.value / (e.variance + tau))
            .sum::<f64>()
            / weights;
        usable
            .iter()
            .map(|e| (e.value - mean).powi(2) / (e.variance + tau))
            .sum::<f64>()
            - (usable.len() - 1) as f64
    };
    Some(super::robust_regression::root_of_decreasing(excess))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn normal(random: &mut ChaCha8Rng) -> f64 {
        normal_upper_quantile(random.random_range(1e-12..1.0))
    }

    fn region(schools: usize, inflated: f64, shift: f64, seed: u64) -> Vec<Estimate> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        (0..schools)
            .map(|i| {
                let pupils = [6.0, 9.0, 20.0, 60.0][i % 4];
                let lift = if (i as f64) < inflated * schools as f64 {
                    shift * random.random_range(0.6..1.4)
                } else {
                    0.0
                };
                let value =
                    0.3 * normal(&mut random) + normal(&mut random) / f64::sqrt(pupils) + lift;
                Estimate {
                    value,
                    variance: 1.0 / pupils,
                }
            })
            .collect()
    }

    // BCG vaccine trials (Colditz et al. 1994): the manual of the R package metafor prints tau^2 = 0.3181 for method "PM".
    #[test]
    fn paule_mandel_matches_metafor_on_bcg_trials() {
        let values = [
            -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694,
            -1.3713, -0.3394, 0.4459, -0.0173,
        ];
        let variances = [
            0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124,
            0.5325, 0.0714,
        ];
        let estimates: Vec<Estimate> = values
            .iter()
            .zip(variances)
            .map(|(&value, variance)| Estimate { value, variance })
            .collect();
        assert!((paule_mandel(&estimates).unwrap() - 0.3181).abs() < 5e-4);
    }

    #[test]
    fn honest_regions_keep_centre_spread_and_level() {
        let (mut centre, mut tau, mut alarms, mut split) = (0.0, 0.0, 0, 0);
        for seed in 0..60 {
            let schools = region(300, 0.0, 0.0, seed);
            let funnel = Funnel::fit(&schools).unwrap();
            centre += funnel.centre / 60.0;
            tau += funnel.tau_squared.sqrt() / 60.0;
            alarms += schools
                .iter()
                .filter(|e| funnel.z(**e).unwrap() > 2.326_348)
                .count();
            split += usize::from(funnel.upper_share > 0.0);
        }
        let rate = alarms as f64 / (60.0 * 300.0);
        assert!(
            centre.abs() < 0.01 && (tau - 0.3).abs() < 0.015,
            "centre {centre}, tau {tau}"
        );
        assert!((rate - 0.01).abs() < 0.0025, "false alarms {rate}");
        assert!(split <= 1, "honest regions split: {split}");
    }

    #[test]
    fn thirty_per_cent_inflated_schools_hardly_move_the_funnel() {
        for shift in [0.7, 1.0, 1.5] {
            let (mut centre, mut tau) = (0.0, 0.0);
            for seed in 0..20 {
                let funnel = Funnel::fit(&region(300, 0.3, shift, 100 + seed)).unwrap();
                centre += funnel.centre / 20.0;
                tau += funnel.tau_squared.sqrt() / 20.0;
            }
            println!("shift {shift}: centre {centre:.3}, tau {tau:.3}");
            // An honest school of ten pupils has a standard deviation of 0.44.
            assert!(centre.abs() < 0.2, "shift {shift}: centre {centre}");
            assert!(tau < 0.45, "shift {shift}: tau {tau}");
        }
    }

    #[test]
    fn too_few_or_broken_schools_give_no_funnel() {
        let broken = [Estimate {
            value: f64::NAN,
            variance: 1.0,
        }; 30];
        assert!(Funnel::fit(&broken).is_none());
        assert!(
            Funnel::fit(
                &[Estimate {
                    value: 1.0,
                    variance: 1.0
                }; 4]
            )
            .is_none()
        );
    }

    #[test]
    fn identical_schools_have_no_over_dispersion() {
        let funnel = Funnel::fit(
            &[Estimate {
                value: 3.0,
                variance: 0.1,
            }; 12],
        )
        .unwrap();
        assert!((funnel.centre - 3.0).abs() < 1e-9 && funnel.tau_squared == 0.0);
    }
}
