//! Many schools at once: the false discovery rate.

/// Adjusted p-values: declaring all with `adjusted <= q` keeps the expected share of false ones at or below q.
///
/// The answer stands in the order of the input; NaN and values outside 0–1 stay out and come back as NaN.
///
/// # Source
/// Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57(1).
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len())
        .filter(|&i| (0.0..=1.0).contains(&p_values[i]))
        .collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let tests = order.len() as f64;
    let mut adjusted = vec![f64::NAN; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, index) in order.into_iter().enumerate() {
        least = least.min(p_values[index] * tests / (tests - rank as f64));
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // scipy 1.17.1: false_discovery_control([.01, .04, .03, .005, .9])
    #[test]
    fn adjusted_values_match_scipy() {
        let adjusted = benjamini_hochberg(&[0.01, 0.04, f64::NAN, 0.03, 0.005, 0.9]);
        let expected = [0.025, 0.05, f64::NAN, 0.05, 0.025, 0.9];
        for (a, e) in adjusted.iter().zip(expected) {
            assert!(
                (a.is_nan() && e.is_nan()) || (a - e).abs() < 1e-12,
                "{adjusted:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn adjusted_values_keep_the_order_and_never_fall(p in prop::collection::vec(0.0..1.0_f64, 1..40)) {
            let adjusted = benjamini_hochberg(&p);
            for (i, a) in p.iter().enumerate() {
                prop_assert!(adjusted[i] >= *a - 1e-12 && adjusted[i] <= 1.0);
                for (j, b) in p.iter().enumerate() {
                    prop_assert!(a > b || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}
