//! Normal and Student distributions, with tails that stay finite.

use crate::math::Portable;
use crate::math::{erfc, normal_quantile};

/// Largest |z| anything returns.
pub const Z_LIMIT: f64 = 40.0;

/// P(Z > z).
pub fn upper_p(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// z with P(Z > z) = p, limited to ±8.2; 0 when p is not a number.
pub fn z_of_upper_p(p: f64) -> f64 {
    if p.is_nan() {
        return 0.0;
    }
    let p = p.clamp(1e-16, 1.0 - 1e-16);
    (-normal_quantile(p)).clamp(-Z_LIMIT, Z_LIMIT)
}

/// Turns a t statistic with `freedom` degrees of freedom into the z with about the same tail, however far out.
///
/// # Source
/// Wallace 1959, Annals of Mathematical Statistics 30, equation 2.1; error below 0.02 from three degrees of freedom on.
pub fn z_of_t(t: f64, freedom: f64) -> f64 {
    if !t.is_finite() {
        return 0.0;
    }
    let freedom = freedom.max(1.0);
    let z = (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0)
        * (freedom * (t * t / freedom).logarithm_1p()).sqrt();
    z.min(Z_LIMIT).copysign(t)
}

/// Normal deviate of a standardised sum with this skewness.
///
/// # Source
/// First terms of Cornish and Fisher 1938.
pub fn unskew(z: f64, skewness: f64) -> f64 {
    let skewness = skewness.clamp(-1.5, 1.5);
    (z - skewness / 6.0 * (z * z - 1.0) + skewness * skewness / 36.0 * (2.0 * z * z * z - 5.0 * z))
        .clamp(z.min(0.0) - 1.0, z.max(0.0) + 1.0)
        .clamp(-Z_LIMIT, Z_LIMIT)
}
