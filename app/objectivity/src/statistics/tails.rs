//! Tail probabilities shared by the tests, each accurate far out, where a difference `1 − cdf` would be zero.

use crate::math::Portable;
use crate::math::{beta_regularised, erfc, gamma_upper_regularised, normal_quantile};

/// Probability that a standard normal value exceeds `z`. NaN in, NaN out.
#[must_use]
pub fn normal_upper(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// The `z` that a standard normal value exceeds with probability `p`, 0 < `p` < 1; infinite at the ends.
#[must_use]
pub fn normal_upper_quantile(p: f64) -> f64 {
    if p.is_nan() {
        return f64::NAN;
    }
    if p <= 0.0 {
        return f64::INFINITY;
    }
    if p >= 1.0 {
        return f64::NEG_INFINITY;
    }
    -normal_quantile(p)
}

/// Density of the standard normal distribution at `z`.
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exponential() / (2.0 * std::f64::consts::PI).sqrt()
}

/// Probability that Student's t with `df` > 0 degrees of freedom exceeds `|t|` in absolute value. `None` for df ≤ 0
/// or NaN.
#[must_use]
pub fn student_two_sided(t: f64, df: f64) -> Option<f64> {
    if df.is_nan() || df <= 0.0 || t.is_nan() {
        return None;
    }
    if t.is_infinite() {
        return Some(0.0);
    }
    Some(beta_regularised(0.5 * df, 0.5, df / (df + t * t)))
}

/// The `t` > 0 with `student_two_sided(t, df) == p`. `None` unless df > 0 and 0 < p < 1.
#[must_use]
pub fn student_two_sided_quantile(p: f64, df: f64) -> Option<f64> {
    if df.is_nan() || df <= 0.0 || p.is_nan() || p <= 0.0 || p >= 1.0 {
        return None;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    while student_two_sided(high, df)? > p {
        low = high;
        high *= 2.0;
        if high > 1e12 {
            return Some(high);
        }
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if student_two_sided(middle, df)? > p {
            low = middle;
        } else {
            high = middle;
        }
        if high - low <= 1e-13 * high {
            break;
        }
    }
    Some(0.5 * (low + high))
}

/// Probability that a chi-squared value with `df` > 0 degrees of freedom exceeds `x`. `None` for df ≤ 0 or NaN.
#[must_use]
pub fn chi_squared_upper(x: f64, df: f64) -> Option<f64> {
    if df.is_nan() || df <= 0.0 || x.is_nan() {
        return None;
    }
    if x <= 0.0 {
        return Some(1.0);
    }
    if x.is_infinite() {
        return Some(0.0);
    }
    Some(gamma_upper_regularised(0.5 * df, 0.5 * x))
}

/// Mid-p of "at most `successes` of `trials`" with success probability `share`: everything below plus half of the
/// observed value, which keeps a discrete test near its level. 1.0 for no trials.
///
/// # Source
/// Lancaster, "Significance tests in discrete distributions" (1961), J. Amer. Statist. Assoc. 56.
#[must_use]
pub fn binomial_lower_mid_p(successes: u32, trials: u32, share: f64) -> f64 {
    if trials == 0 || share.is_nan() {
        return 1.0;
    }
    let share = share.clamp(0.0, 1.0);
    let successes = successes.min(trials);
    if share == 0.0 {
        return if successes == 0 { 0.5 } else { 1.0 };
    }
    if share == 1.0 {
        return if successes == trials { 0.5 } else { 0.0 };
    }
    let at_most = |k: u32| {
        if k >= trials {
            1.0
        } else {
            beta_regularised(f64::from(trials - k), f64::from(k) + 1.0, 1.0 - share)
        }
    };
    let upto = at_most(successes);
    let below = if successes == 0 {
        0.0
    } else {
        at_most(successes - 1)
    };
    0.5 * (upto + below)
}

#[cfg(test)]
mod tests {
    use super::*;

    // scipy 1.17.1: norm.sf(5), norm.isf(1e-6), 2*t.sf(2.5, 7), t.isf(0.025, 9), chi2.sf(40, 19), binom.cdf/pmf
    #[test]
    fn tails_match_scipy() {
        assert!((normal_upper(5.0) - 2.866_515_718_791_933e-7).abs() < 1e-16);
        assert!((normal_upper_quantile(1e-6) - 4.753_424_308_822_899).abs() < 1e-10);
        assert!((student_two_sided(2.5, 7.0).unwrap() - 0.040_992_218_585_752_89).abs() < 1e-12);
        assert!(
            (student_two_sided_quantile(0.05, 9.0).unwrap() - 2.262_157_162_798_205_3).abs() < 1e-9
        );
        assert!((chi_squared_upper(40.0, 19.0).unwrap() - 0.003_272_317_118_779_744).abs() < 1e-9);
        let expected = 0.058_807_951_589_375_98;
        assert!((binomial_lower_mid_p(3, 15, 0.4) - expected).abs() < 1e-12);
    }

    #[test]
    fn mid_p_of_both_directions_sums_to_one() {
        for k in 0..=12 {
            let lower = binomial_lower_mid_p(k, 12, 0.3);
            let upper = binomial_lower_mid_p(12 - k, 12, 0.7);
            assert!((lower + upper - 1.0).abs() < 1e-12, "{k}: {lower} {upper}");
        }
    }
}
