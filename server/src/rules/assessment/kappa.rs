//! Agreement of two raters on an ordered scale: weighted kappa with its interval.

use api::assessment::agreement::{Kappa, KappaEstimate};

/// Quantile of the normal distribution for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How much a difference weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// The square of the difference.
    Quadratic,
    /// The difference.
    Linear,
}

/// Kappa over pairs (school, expert) with both kinds of weights.
///
/// Levels are put in order and numbered; levels that neither side used do not change the value, because
/// the weights follow the points themselves.
pub fn kappa(pairs: &[(f64, f64)]) -> Kappa {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Kappa {
        pairs: count(pairs.len()),
        equal: count(
            pairs
                .iter()
                .filter(|(a, b)| (a - b).abs() < f64::EPSILON)
                .count(),
        ),
        quadratic: estimate(pairs, Weights::Quadratic),
        linear: estimate(pairs, Weights::Linear),
    }
}

/// Weighted kappa of Cohen, with its standard error once there are enough pairs. `None` without pairs, and when both
/// sides used one and the same level throughout: then chance alone explains everything.
///
/// # Source
/// Cohen (1968), Psychological Bulletin 70, 213; standard error: Fleiss, Cohen and Everitt (1969),
/// Psychological Bulletin 72, 323, formula 13.
pub fn estimate(pairs: &[(f64, f64)], weights: Weights) -> Option<KappaEstimate> {
    let mut levels: Vec<f64> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let (lowest, highest) = (*levels.first()?, *levels.last()?);
    if lowest >= highest {
        return None;
    }
    let size = levels.len();
    let place = |value: f64| levels.partition_point(|level| *level < value);
    let n = pairs.len() as f64;
    let mut joint = vec![vec![0.0; size]; size];
    for (school, expert) in pairs {
        joint[place(*school)][place(*expert)] += 1.0 / n;
    }
    let rows: Vec<f64> = joint.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..size)
        .map(|column| joint.iter().map(|row| row[column]).sum())
        .collect();
    // Agreement of two levels: 1 on the diagonal, 0 between the farthest.
    let agreement = |i: usize, j: usize| {
        let distance = (levels[i] - levels[j]).abs() / (highest - lowest);
        match weights {
            Weights::Quadratic => 1.0 - distance * distance,
            Weights::Linear => 1.0 - distance,
        }
    };
    let cells = || (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
    let observed: f64 = cells().map(|(i, j)| agreement(i, j) * joint[i][j]).sum();
    let expected: f64 = cells()
        .map(|(i, j)| agreement(i, j) * rows[i] * columns[j])
        .sum();
    if expected >= 1.0 {
        return None;
    }
    let value = (observed - expected) / (1.0 - expected);
    let row_mean: Vec<f64> = (0..size)
        .map(|i| (0..size).map(|j| columns[j] * agreement(i, j)).sum())
        .collect();
    let column_mean: Vec<f64> = (0..size)
        .map(|j| (0..size).map(|i| rows[i] * agreement(i, j)).sum())
        .collect();
    let spread: f64 = cells()
        .map(|(i, j)| {
            let term = agreement(i, j) - (row_mean[i] + column_mean[j]) * (1.0 - value);
            joint[i][j] * term * term
        })
        .sum();
    let centre = value - expected * (1.0 - value);
    let variance = (spread - centre * centre) / (n * (1.0 - expected) * (1.0 - expected));
    let standard_error = (pairs.len() >= least_pairs(size)).then(|| variance.max(0.0).sqrt());
    Some(KappaEstimate {
        value,
        standard_error,
        interval: standard_error
            .map(|error| [(value - Z * error).max(-1.0), (value + Z * error).min(1.0)]),
    })
}

/// Pairs from which on the normal approximation of weighted kappa holds, by the number of levels used: below, an
/// interval would promise what nobody knows.
///
/// # Source
/// Cicchetti D. V. Testing the normal approximation and minimal sample size requirements of weighted kappa when the
/// number of categories is large. Applied Psychological Measurement 5(1), 1981: n ≥ 2k².
fn least_pairs(levels: usize) -> usize {
    2 * levels * levels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};

    use super::*;

    /// School by expert, levels 0–3.
    const TABLE: [[u32; 4]; 4] = [[11, 4, 1, 0], [5, 19, 6, 1], [0, 7, 23, 5], [0, 1, 6, 12]];
    /// Differences of summation order, not of method.
    const ROUNDING: f64 = 1e-12;

    fn pairs() -> Vec<(f64, f64)> {
        let mut pairs = Vec::new();
        for (school, row) in (0_u32..).zip(TABLE) {
            for (expert, count) in (0_u32..).zip(row) {
                for _ in 0..count {
                    pairs.push((f64::from(school), f64::from(expert)));
                }
            }
        }
        pairs
    }

    fn levels() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((0_u8..4, 0_u8..4), 1..80).prop_map(|pairs| {
            pairs
                .into_iter()
                .map(|(a, b)| (f64::from(a), f64::from(b)))
                .collect()
        })
    }

    /// statsmodels 0.15.0, `cohens_kappa(table, wt="fc")` and `wt="ca"`: `kappa`, `sqrt(var_kappa)`,
    /// `kappa_low`, `kappa_upp`; the values equal scikit-learn 1.9.1,
    /// `cohen_kappa_score(a, b, weights="quadratic")` and `"linear"`.
    #[test]
    fn values_and_intervals_are_those_of_statsmodels() {
        let expected = [
            (
                Weights::Quadratic,
                [
                    0.760_373_279_907_207_2,
                    0.046_330_517_843_273_58,
                    0.669_567_133_549_300_5,
                    0.851_179_426_265_113_8,
                ],
            ),
            (
                Weights::Linear,
                [
                    0.636_925_062_217_715_8,
                    0.054_451_875_870_907_954,
                    0.530_201_346_620_090_7,
                    0.743_648_777_815_341,
                ],
            ),
        ];
        for (weights, [value, error, low, high]) in expected {
            let found = estimate(&pairs(), weights).expect("levels differ");
            let all = [
                found.value,
                found.standard_error.expect("many pairs"),
                found.interval.expect("many pairs")[0],
                found.interval.expect("many pairs")[1],
            ];
            for (found, expected) in all.into_iter().zip([value, error, low, high]) {
                assert!(
                    (found - expected).abs() < ROUNDING,
                    "{weights:?}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn few_pairs_have_no_interval() {
        let one = estimate(&[(2.0, 3.0)], Weights::Quadratic).expect("levels differ");
        assert_eq!((one.standard_error, one.interval), (None, None));
        let of = |count: usize| {
            let pairs: Vec<(f64, f64)> = (0..count)
                .map(|at| ((at % 2) as f64, ((at / 2) % 2) as f64))
                .collect();
            estimate(&pairs, Weights::Linear)
                .expect("levels differ")
                .interval
        };
        assert_eq!(of(7), None, "two levels ask for eight pairs");
        assert!(of(8).is_some());
    }

    #[test]
    fn one_level_throughout_says_nothing_about_agreement() {
        assert_eq!(estimate(&[(2.0, 2.0), (2.0, 2.0)], Weights::Linear), None);
        assert_eq!(estimate(&[], Weights::Quadratic), None);
    }

    proptest! {
        #[test]
        fn sides_may_be_exchanged(pairs in levels()) {
            let turned: Vec<_> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
            for weights in [Weights::Quadratic, Weights::Linear] {
                match (estimate(&pairs, weights), estimate(&turned, weights)) {
                    (Some(one), Some(other)) => {
                        prop_assert!((one.value - other.value).abs() < 1e-9);
                        let error = |of: &KappaEstimate| of.standard_error.unwrap_or_default();
                        prop_assert!((error(&one) - error(&other)).abs() < 1e-6);
                        prop_assert_eq!(one.interval.is_some(), other.interval.is_some());
                    }
                    (one, other) => prop_assert!(one.is_none() && other.is_none()),
                }
            }
        }

        #[test]
        fn shifted_and_stretched_scales_agree_the_same(pairs in levels()) {
            let moved: Vec<_> = pairs.iter().map(|(a, b)| (a * 2.5 + 7.0, b * 2.5 + 7.0)).collect();
            let (one, other) = (
                estimate(&pairs, Weights::Quadratic),
                estimate(&moved, Weights::Quadratic),
            );
            let is_same = match (one, other) {
                (Some(one), Some(other)) => (one.value - other.value).abs() < 1e-9,
                (one, other) => one.is_none() && other.is_none(),
            };
            prop_assert!(is_same);
        }

        #[test]
        fn the_value_is_at_most_one_and_one_only_when_all_are_equal(pairs in levels()) {
            let found = kappa(&pairs);
            if let Some(found_linear) = found.linear {
                prop_assert!(found_linear.value <= 1.0 + 1e-12);
                let all_equal = found.equal == found.pairs;
                prop_assert!(((found_linear.value - 1.0).abs() < 1e-12) == all_equal);
            }
        }
    }
}
