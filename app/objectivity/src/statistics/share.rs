//! Shares made comparable between schools of any size by a variance-stabilising transformation.

use super::robust_regression::Estimate;

/// arcsin √share with Anscombe's correction, and its sampling variance 1 / (4n + 2), for a funnel. `None` for n = 0 or
/// `count` above `n`.
///
/// The variance does not depend on the share, so a share of 0 of 6 is neither infinitely sure nor undefined.
///
/// # Source
/// Anscombe (1948), Biometrika 35: arcsin √((x + 3/8) / (n + 3/4)).
#[must_use]
pub fn stabilised(count: u32, n: u32) -> Option<Estimate> {
    if n == 0 || count > n {
        return None;
    }
    let (count, n) = (f64::from(count), f64::from(n));
    Some(Estimate {
        value: ((count + 0.375) / (n + 0.75)).sqrt().asin(),
        variance: 1.0 / (4.0 * n + 2.0),
    })
}

/// Share whose transformed value this is, 0–1; values outside the range of the transformation go to the nearest end.
#[must_use]
pub fn unstabilised(value: f64) -> f64 {
    value.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_counts_come_back() {
        let estimate = stabilised(3_000, 10_000).unwrap();
        assert!((unstabilised(estimate.value) - 0.3).abs() < 1e-4);
        assert!(stabilised(0, 0).is_none() && stabilised(3, 2).is_none());
    }
}
