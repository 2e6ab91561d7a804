//! Confidence intervals of a mean and of a share (доверительные интервалы).

use super::score_sums::ScoreSums;
use super::tails::{normal_upper_quantile, student_two_sided_quantile};

/// Both ends of an interval, in units of the estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether all of this interval lies above all of `other`.
    #[must_use]
    pub fn above(&self, other: &Self) -> bool {
        self.low > other.high
    }
}

/// t interval of a mean score at `level` (0.95 for 95 %), in points. `None` below two scores or for a level outside (0, 1).
///
/// Constant scores give an interval of zero width: that is what the formula says, and why the engine never judges by it.
///
/// # Source
/// Student (1908); degrees of freedom n − 1.
#[must_use]
pub fn mean_interval(sums: &ScoreSums, level: f64) -> Option<Interval> {
    let (mean, variance) = (sums.mean()?, sums.variance()?);
    let n = sums.pupils() as f64;
    let half = student_two_sided_quantile(1.0 - level, n - 1.0)? * (variance / n).sqrt();
    Some(Interval {
        low: mean - half,
        high: mean + half,
    })
}

/// Wilson interval at `level` of the share `successes / n`, 0–1. `successes` may be fractional: points over the maximum
/// on an item of several points, where it is conservative. `None` for n ≤ 0, successes outside 0–n or a level outside (0, 1).
///
/// # Source
/// Wilson (1927), J. Amer. Statist. Assoc. 22, eq. 6.
#[must_use]
pub fn share_interval(successes: f64, n: f64, level: f64) -> Option<Interval> {
    if n.is_nan()
        || n <= 0.0
        || successes.is_nan()
        || successes < 0.0
        || successes > n
        || level.is_nan()
        || level <= 0.0
        || level >= 1.0
    {
        return None;
    }
    let z = normal_upper_quantile(0.5 * (1.0 - level));
    let share = successes / n;
    let weight = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / weight;
    let half = z / weight * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    // Rounding must not take the ends away from a share of exactly 0 or 1.
    let low = if successes == 0.0 {
        0.0
    } else {
        (centre - half).max(0.0)
    };
    let high = if successes == n {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    // scipy 1.17.1: t.interval(.95, 9, loc=mean, scale=sem) of 1..10; binomtest(7, 20).proportion_ci(method="wilson")
    #[test]
    fn intervals_match_scipy() {
        let mut sums = ScoreSums::default();
        (1..=10).for_each(|score| sums.push(score));
        let mean = mean_interval(&sums, 0.95).unwrap();
        assert!(
            (mean.low - 3.334_149_410_386_7).abs() < 1e-9
                && (mean.high - 7.665_850_589_613_3).abs() < 1e-9,
            "{mean:?}"
        );
        let share = share_interval(7.0, 20.0, 0.95).unwrap();
        assert!(
            (share.low - 0.181_191_824_1).abs() < 1e-9
                && (share.high - 0.567_145_723_3).abs() < 1e-9,
            "{share:?}"
        );
    }

    #[test]
    fn impossible_shares_have_no_interval() {
        assert!(share_interval(3.0, 2.0, 0.95).is_none());
        assert!(share_interval(0.0, 0.0, 0.95).is_none());
        assert!(share_interval(1.0, 2.0, 1.0).is_none());
        assert_eq!(share_interval(0.0, 5.0, 0.95).unwrap().low, 0.0);
    }
}
