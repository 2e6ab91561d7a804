//! The lattice of raw scores: items of several points make honest teeth in their distribution (решётка баллов).

/// Scores on each side that make the neighbourhood of a tooth.
const REACH: usize = 3;
/// Mass below which a score tells nothing.
const NEGLIGIBLE: f64 = 1e-9;
/// A tooth is never taken to be higher than this, nor lower than its inverse.
const HIGHEST_TOOTH: f64 = 2.0;

/// How much more frequent each total, 0–`max_score`, is than its neighbourhood because of the items.
///
/// `strata` are groups of pupils of about the same level; each holds, item by item, the shares of pupils with 0, 1, …
/// points. Totals of a stratum are the convolution of its items; the strata count alike. Without strata, and where the
/// neighbourhood is empty, the tooth is 1.
///
/// # Source
/// Convolution of items: Lord and Wingersky (1984), Appl. Psychol. Meas. 8. The neighbourhood is a mean of logarithms, from
/// which a bell differs by a constant, so that only the sawtooth remains; that is ours.
#[must_use]
pub fn comb(strata: &[Vec<Vec<f64>>], max_score: usize) -> Vec<f64> {
    let mut mixture = vec![0.0; max_score + 1];
    for items in strata {
        for (sum, mass) in mixture.iter_mut().zip(convolved(items)) {
            *sum += mass;
        }
    }
    (0..=max_score)
        .map(|score| {
            let range = score.saturating_sub(REACH)..=(score + REACH).min(max_score);
            if mixture[score] <= NEGLIGIBLE {
                return 1.0;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for other in range.filter(|&other| mixture[other] > NEGLIGIBLE) {
                let kernel = 1.0 - score.abs_diff(other) as f64 / (REACH + 1) as f64;
                sum += kernel * mixture[other].ln();
                weight += kernel;
            }
            (mixture[score].ln() - sum / weight)
                .clamp(-HIGHEST_TOOTH.ln(), HIGHEST_TOOTH.ln())
                .exp()
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
        let teeth = comb(&[vec![vec![0.45, 0.1, 0.45]; 10]], 20);
        for score in (6..15).step_by(2) {
            let around = teeth[score - 1].max(teeth[score + 1]);
            assert!(teeth[score] > 1.1 * around, "{score}: {teeth:?}");
        }
    }

    #[test]
    fn one_point_items_make_hardly_any_teeth() {
        let teeth = comb(&[vec![vec![0.5, 0.5]; 20]], 20);
        for score in 8..13 {
            assert!((teeth[score] / teeth[10] - 1.0).abs() < 0.05, "{teeth:?}");
        }
    }

    #[test]
    fn without_works_there_is_no_comb() {
        assert_eq!(comb(&[], 5), vec![1.0; 6]);
    }
}
