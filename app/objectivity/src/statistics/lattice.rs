//! Exact distributions of sums of whole numbers.

/// Ends with less mass than this are cut off, which keeps the cost of long sums near linear; tails are never reported
/// smaller.
const NEGLIGIBLE: f64 = 1e-16;

/// Distribution of a whole number: `mass[k]` is the probability of `start + k`.
#[derive(Debug, Clone)]
pub(crate) struct Lattice {
    start: i64,
    mass: Vec<f64>,
}

impl Lattice {
    /// The value `start` for certain.
    pub(crate) fn at(start: i64) -> Self {
        Self {
            start,
            mass: vec![1.0],
        }
    }

    /// Values with their probabilities, repeated values added up.
    pub(crate) fn of(values: impl Iterator<Item = (i64, f64)> + Clone) -> Self {
        let start = values.clone().map(|(value, _)| value).min().unwrap_or(0);
        let end = values.clone().map(|(value, _)| value).max().unwrap_or(0);
        let mut mass = vec![0.0; (end - start) as usize + 1];
        for (value, p) in values {
            mass[(value - start) as usize] += p;
        }
        Self { start, mass }
    }

    /// Distribution of the sum of two independent values.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (i, &a) in self.mass.iter().enumerate().filter(|&(_, &a)| a > 0.0) {
            for (slot, &b) in mass[i..].iter_mut().zip(&other.mass) {
                *slot += a * b;
            }
        }
        Self {
            start: self.start + other.start,
            mass,
        }
        .trimmed()
    }

    /// Distribution of the sum of `count` independent values, by repeated squaring.
    pub(crate) fn times(self, count: u32) -> Self {
        let mut sum = Self::at(0);
        let mut square = self;
        let mut left = count;
        while left > 0 {
            if left & 1 == 1 {
                sum = sum.plus(&square);
            }
            left >>= 1;
            if left > 0 {
                square = square.plus(&square);
            }
        }
        sum
    }

    /// Probability of `value` or more, at least 1e-16.
    pub(crate) fn at_least(&self, value: i64) -> f64 {
        let skipped = (value - self.start).max(0) as usize;
        // Summed from the far end, where the small masses are.
        self.mass[skipped.min(self.mass.len())..]
            .iter()
            .rev()
            .sum::<f64>()
            .clamp(NEGLIGIBLE, 1.0)
    }

    fn trimmed(mut self) -> Self {
        let negligible = |mass: &f64, sum: &mut f64| {
            *sum += mass;
            *sum < 0.01 * NEGLIGIBLE
        };
        let mut sum = 0.0;
        let tail = self
            .mass
            .iter()
            .rev()
            .take_while(|mass| negligible(mass, &mut sum))
            .count();
        self.mass.truncate(self.mass.len() - tail);
        let mut sum = 0.0;
        let head = self
            .mass
            .iter()
            .take_while(|mass| negligible(mass, &mut sum))
            .count();
        self.mass.drain(..head);
        self.start += head as i64;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_the_binomial_distribution() {
        let ten = Lattice::of([(0, 0.7), (1, 0.3)].into_iter()).times(10);
        // scipy 1.17.1: binom.sf(5, 10, 0.3)
        assert!((ten.at_least(6) - 0.047_348_987_4).abs() < 1e-9);
        assert!((ten.at_least(-3) - 1.0).abs() < 1e-12 && ten.at_least(11) == NEGLIGIBLE);
    }

    #[test]
    fn long_sums_stay_short_and_whole() {
        let sum = Lattice::of([(-1, 0.2), (1, 0.5), (2, 0.3)].into_iter()).times(3_700);
        assert!((sum.mass.iter().sum::<f64>() - 1.0).abs() < 1e-10);
        assert!(sum.mass.len() < 2_000, "{}", sum.mass.len());
    }
}
