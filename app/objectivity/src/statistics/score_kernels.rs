//! Distributions of the raw score at one level of ability, from the items' own answers (ядра распределения баллов).
//!
//! A mixture of them is what a score distribution can look like without anybody being lifted: it has the teeth that items
//! of several points make, ceilings and two-part intakes, but no pile narrower than a pupil's own luck.

/// Kernels of groups of pupils of about the same level.
///
/// `strata` hold, item by item, the shares of pupils with 0, 1, … points. A kernel is the distribution of the sum of the
/// items of one group, 0–`max_score`; points beyond are cut off.
///
/// # Source
/// Convolution of items: Lord and Wingersky (1984), Appl. Psychol. Meas. 8.
#[must_use]
pub fn of_items(strata: &[Vec<Vec<f64>>], max_score: usize) -> Vec<Vec<f64>> {
    strata
        .iter()
        .map(|items| {
            let mut kernel = convolved(items);
            kernel.resize(max_score + 1, 0.0);
            kernel
        })
        .collect()
}

/// Kernels where items are unknown: binomial with the levels at the quantiles of `histogram` (pupils by raw score).
///
/// One point a trial is the widest kernel a paper of this maximum can have with one-point items; items of different
/// difficulty make it narrower, which only means that the mixture is a little smoother than it had to be.
#[must_use]
pub fn of_scores(histogram: &[u64], number: usize) -> Vec<Vec<f64>> {
    let max = histogram.len().saturating_sub(1);
    let pupils: u64 = histogram.iter().sum();
    if max == 0 || pupils == 0 {
        return Vec::new();
    }
    (0..number)
        .map(|place| {
            let rank = (place as f64 + 0.5) / number as f64 * pupils as f64;
            let mut below = 0.0;
            let score = histogram
                .iter()
                .position(|&count| {
                    below += count as f64;
                    below > rank
                })
                .unwrap_or(max);
            // Half a point keeps the ends from becoming certainties.
            let share = (score as f64).clamp(0.5, max as f64 - 0.5) / max as f64;
            convolved(&vec![vec![1.0 - share, share]; max])
        })
        .collect()
}

fn convolved(items: &[Vec<f64>]) -> Vec<f64> {
    let mut totals = vec![1.0];
    for shares in items {
        let mut next = vec![0.0; totals.len() + shares.len().saturating_sub(1)];
        for (total, mass) in totals.iter().enumerate() {
            for (points, share) in shares.iter().enumerate() {
                next[total + points] += mass * share;
            }
        }
        totals = next;
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_point_items_scored_all_or_nothing_make_even_totals_stand_out() {
        let kernels = of_items(&[vec![vec![0.48, 0.04, 0.48]; 10]], 20);
        for score in (6..15).step_by(2) {
            let around = kernels[0][score - 1].max(kernels[0][score + 1]);
            assert!(kernels[0][score] > 1.1 * around, "{score}: {kernels:?}");
        }
    }

    #[test]
    fn one_point_items_make_the_binomial_distribution() {
        let kernels = of_items(&[vec![vec![0.7, 0.3]; 10]], 12);
        // scipy 1.17.1: binom.pmf(3, 10, 0.3)
        assert!((kernels[0][3] - 0.266_827_932).abs() < 1e-9);
        assert_eq!(kernels[0].len(), 13);
        assert_eq!(kernels[0][11], 0.0);
    }

    #[test]
    fn kernels_of_scores_lie_where_the_pupils_are() {
        let kernels = of_scores(&[0, 0, 10, 10, 0, 0, 0, 0, 0, 0, 0], 2);
        let mean =
            |kernel: &[f64]| -> f64 { kernel.iter().enumerate().map(|(s, p)| s as f64 * p).sum() };
        assert!((mean(&kernels[0]) - 2.0).abs() < 1e-9 && (mean(&kernels[1]) - 3.0).abs() < 1e-9);
        assert!(of_scores(&[5], 3).is_empty() && of_scores(&[0, 0], 3).is_empty());
    }
}
