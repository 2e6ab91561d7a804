//! Count, mean and variance of whole scores, exact in any order.

/// Integer sums of whole scores; memory is constant and merging is exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScoreSums {
    pupils: u64,
    sum: u64,
    squares: u64,
}

impl ScoreSums {
    /// Adds one score. Missing scores are not given at all.
    pub fn push(&mut self, score: u16) {
        self.pupils += 1;
        self.sum += u64::from(score);
        self.squares += u64::from(score) * u64::from(score);
    }

    /// Sums of a histogram, index = score.
    #[must_use]
    pub fn of_histogram(histogram: &[u32]) -> Self {
        let mut sums = Self::default();
        for (score, &pupils) in (0_u64..).zip(histogram) {
            let pupils = u64::from(pupils);
            sums.pupils += pupils;
            sums.sum += pupils * score;
            sums.squares += pupils * score * score;
        }
        sums
    }

    /// Sums that were added up elsewhere; `None` when no scores can have such sums.
    #[must_use]
    pub fn of_sums(pupils: u64, sum: u64, squares: u64) -> Option<Self> {
        // Cauchy and Schwarz: the square of the sum is at most n times the sum of squares.
        let is_possible =
            u128::from(sum) * u128::from(sum) <= u128::from(pupils) * u128::from(squares);
        is_possible.then_some(Self {
            pupils,
            sum,
            squares,
        })
    }

    /// Adds the sums of another part.
    pub fn merge(&mut self, other: &Self) {
        self.pupils += other.pupils;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// These sums without a part that was merged before; `None` when it was not.
    #[must_use]
    pub fn without(&self, part: &Self) -> Option<Self> {
        Some(Self {
            pupils: self.pupils.checked_sub(part.pupils)?,
            sum: self.sum.checked_sub(part.sum)?,
            squares: self.squares.checked_sub(part.squares)?,
        })
    }

    /// Scores added.
    #[must_use]
    pub fn pupils(&self) -> u64 {
        self.pupils
    }

    /// Mean; `None` without scores.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.pupils > 0).then(|| self.sum as f64 / self.pupils as f64)
    }

    /// Unbiased variance, points²; `None` below two scores.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        if self.pupils < 2 {
            return None;
        }
        let n = u128::from(self.pupils);
        // Exact in integers: a difference of large floating sums would lose the digits that matter.
        let scaled = n * u128::from(self.squares) - u128::from(self.sum) * u128::from(self.sum);
        Some(scaled as f64 / (n as f64 * (n as f64 - 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sums_that_no_scores_have_are_refused() {
        let mut sums = ScoreSums::default();
        for score in [3, 5, 10] {
            sums.push(score);
        }
        assert_eq!(ScoreSums::of_sums(3, 18, 134), Some(sums));
        assert_eq!(ScoreSums::of_sums(3, 18, 107), None);
    }

    #[test]
    fn none_and_one_score_have_no_variance() {
        let mut sums = ScoreSums::default();
        assert_eq!((sums.mean(), sums.variance()), (None, None));
        sums.push(7);
        assert_eq!((sums.mean(), sums.variance()), (Some(7.0), None));
    }

    proptest! {
        #[test]
        fn merging_equals_pushing_and_taking_away_undoes_it(
            left in prop::collection::vec(0_u16..100, 0..40), right in prop::collection::vec(0_u16..100, 0..40)
        ) {
            let of = |scores: &[u16]| scores.iter().fold(ScoreSums::default(), |mut s, &x| { s.push(x); s });
            let mut merged = of(&left);
            merged.merge(&of(&right));
            let both: Vec<u16> = left.iter().chain(&right).copied().collect();
            prop_assert_eq!(merged, of(&both));
            prop_assert_eq!(merged.without(&of(&right)), Some(of(&left)));
            prop_assert!(merged.variance().is_none_or(|v| v >= 0.0));
        }
    }
}
