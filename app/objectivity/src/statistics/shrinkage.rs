//! Displayed means of small schools, pulled to what is expected of them (сглаженное среднее).

/// An empirical-Bayes estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// Posterior mean, in units of the value.
    pub value: f64,
    /// Posterior standard deviation, with expectation and over-dispersion taken as known.
    pub standard_error: f64,
    /// Weight of the school's own value, 0–1.
    pub own_weight: f64,
}

/// Pulls a school's `value` with sampling `variance` towards `expected` (the funnel's centre or the value expected in context) with over-dispersion
/// `tau_squared`.
///
/// Without over-dispersion everything is the expectation; with a variance of zero everything is the school's own. `None`
/// when a number is not finite or a variance negative.
///
/// # Source
/// Efron and Morris (1975), J. Amer. Statist. Assoc. 70: weight τ² / (τ² + variance).
#[must_use]
pub fn shrink(value: f64, variance: f64, expected: f64, tau_squared: f64) -> Option<Shrunk> {
    let usable = value.is_finite()
        && expected.is_finite()
        && tau_squared.is_finite()
        && variance.is_finite()
        && tau_squared >= 0.0
        && variance >= 0.0;
    if !usable {
        return None;
    }
    let total = tau_squared + variance;
    let own_weight = if total > 0.0 {
        tau_squared / total
    } else {
        1.0
    };
    Some(Shrunk {
        value: expected + own_weight * (value - expected),
        standard_error: (own_weight * variance).sqrt(),
        own_weight,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_variances_meet_half_way() {
        let shrunk = shrink(10.0, 4.0, 6.0, 4.0).unwrap();
        assert_eq!(
            shrunk,
            Shrunk {
                value: 8.0,
                standard_error: 2.0_f64.sqrt(),
                own_weight: 0.5
            }
        );
        assert!(shrink(f64::NAN, 1.0, 0.0, 1.0).is_none());
    }

    proptest! {
        #[test]
        fn shrunk_value_lies_between_and_larger_schools_shrink_less(
            value in -9.0..9.0_f64, expected in -9.0..9.0_f64, tau in 0.0..4.0_f64, variance in 0.01..4.0_f64
        ) {
            let small = shrink(value, variance, expected, tau).unwrap();
            let large = shrink(value, variance / 2.0, expected, tau).unwrap();
            prop_assert!(small.value >= value.min(expected) - 1e-9 && small.value <= value.max(expected) + 1e-9);
            prop_assert!((large.value - value).abs() <= (small.value - value).abs() + 1e-9);
        }
    }
}
