//! Similarity of two works under a known response model: ω, GBT and M4 (сходство ответов).

use super::tails::normal_upper;
use crate::math::Portable;

/// An item of the two-parameter logistic model: P(correct) = 1 / (1 + exp(−a(θ − b))).
///
/// # Source
/// Birnbaum in Lord and Novick, *Statistical Theories of Mental Test Scores* (1968), ch. 17.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoParameterItem {
    /// Slope a > 0.
    pub discrimination: f64,
    /// Location b on the ability scale.
    pub difficulty: f64,
}

impl TwoParameterItem {
    /// Probability of a correct answer at `ability`.
    #[must_use]
    pub fn correct(&self, ability: f64) -> f64 {
        1.0 / (1.0 + (-self.discrimination * (ability - self.difficulty)).exponential())
    }
}

/// Abilities are sought between minus this and this.
pub const ABILITY_BOUND: f64 = 4.0;

/// Maximum-likelihood ability in [−4, 4] from scored answers; `None` marks an answer that is missing and is left out.
///
/// All answers right or all wrong give the bound. `None` when no answer is known, lengths differ, or an item is not
/// finite with a positive slope.
#[must_use]
pub fn ability(items: &[TwoParameterItem], answers: &[Option<bool>]) -> Option<f64> {
    if items.len() != answers.len() || answers.iter().all(Option::is_none) {
        return None;
    }
    if items.iter().any(|item| {
        !(item.discrimination.is_finite()
            && item.difficulty.is_finite()
            && item.discrimination > 0.0)
    }) {
        return None;
    }
    // The score function decreases in θ, so its root is the maximum and bisection cannot miss it.
    let score = |theta: f64| -> f64 {
        items
            .iter()
            .zip(answers)
            .filter_map(|(item, answer)| {
                answer.map(|correct| {
                    item.discrimination * (f64::from(u8::from(correct)) - item.correct(theta))
                })
            })
            .sum()
    };
    let (mut low, mut high) = (-ABILITY_BOUND, ABILITY_BOUND);
    if score(low) <= 0.0 {
        return Some(low);
    }
    if score(high) >= 0.0 {
        return Some(high);
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if score(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// What two works have in common on one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharedItem {
    /// Both have full points.
    pub both_full: bool,
    /// Both have the same points, but not all.
    pub both_same_below: bool,
    /// Probability of `both_full` for two independent works.
    pub full: f64,
    /// Probability of `both_same_below` for two independent works.
    pub same_below: f64,
}

/// Similarity of two works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairSimilarity {
    /// Items compared.
    pub items: usize,
    /// Items with the same points.
    pub matches: u32,
    /// Matches expected of independent works.
    pub expected: f64,
    /// Items with the same points below the maximum: identical wrong answers when items are scored 0 or 1.
    pub identical_wrong: u32,
    /// (matches − expected) / standard deviation.
    pub omega: f64,
    /// Upper tail of `omega` under the normal distribution.
    pub omega_p: f64,
    /// P(at least as many matches), exact.
    pub gbt_p: f64,
}

/// ω and GBT of two works over the items both answered. `None` without items or when no item can differ.
///
/// # Source
/// ω: Wollack (1997), Appl. Psychol. Meas. 21, in the unconditional form of Romero, Riascos and Jara (2015), J. Educ.
/// Behav. Stat. 40(5). GBT: van der Linden and Sotaridona (2006), J. Educ. Behav. Stat. 31(3): the matches are a sum
/// of independent unequal Bernoulli values, whose tail is computed by convolution. The papers were not at hand; the
/// forms are those documented by the R package aberrance 0.3.0, against which they are checked.
#[must_use]
pub fn pair(items: &[SharedItem]) -> Option<PairSimilarity> {
    let (mut expected, mut variance, mut matches, mut identical_wrong) = (0.0, 0.0, 0_u32, 0_u32);
    let mut count = vec![0.0; items.len() + 1];
    count[0] = 1.0;
    for (index, item) in items.iter().enumerate() {
        let p = item.full + item.same_below;
        expected += p;
        variance += p * (1.0 - p);
        matches += u32::from(item.both_full || item.both_same_below);
        identical_wrong += u32::from(item.both_same_below);
        for k in (0..=index).rev() {
            count[k + 1] += count[k] * p;
            count[k] *= 1.0 - p;
        }
    }
    if !variance.is_finite() || variance <= 0.0 {
        return None;
    }
    let omega = (f64::from(matches) - expected) / variance.sqrt();
    Some(PairSimilarity {
        items: items.len(),
        matches,
        expected,
        identical_wrong,
        omega,
        omega_p: normal_upper(omega),
        gbt_p: count[matches as usize..].iter().sum::<f64>().min(1.0),
    })
}

/// M4: tail probability of the pair (identical right, identical wrong) under the generalised trinomial. Cost grows with
/// the cube of the number of items. 1 for no items.
///
/// Outcomes are ordered by the probability of having at least as many of both; the result is the mass of all outcomes
/// not more probable, in that order, than the observed one.
///
/// # Source
/// Maynes (2014) in Kingston and Clark (eds.), *Test Fraud*, pp. 53–80; not at hand, the ordering is the one documented
/// by aberrance 0.3.0.
#[must_use]
pub fn m4(items: &[SharedItem]) -> f64 {
    let side = items.len() + 1;
    let mut mass = vec![0.0; side * side];
    mass[0] = 1.0;
    for (index, item) in items.iter().enumerate() {
        let neither = 1.0 - item.full - item.same_below;
        // From the highest counts down, so that each cell is read before it is overwritten.
        for right in (0..=index + 1).rev() {
            for wrong in (0..=index + 1 - right).rev() {
                let mut p = mass[right * side + wrong] * neither;
                if right > 0 {
                    p += mass[(right - 1) * side + wrong] * item.full;
                }
                if wrong > 0 {
                    p += mass[right * side + wrong - 1] * item.same_below;
                }
                mass[right * side + wrong] = p;
            }
        }
    }
    let mut beyond = mass.clone();
    for right in (0..side).rev() {
        for wrong in (0..side).rev() {
            let at = |r: usize, w: usize| {
                if r < side && w < side {
                    beyond[r * side + w]
                } else {
                    0.0
                }
            };
            beyond[right * side + wrong] =
                mass[right * side + wrong] + at(right + 1, wrong) + at(right, wrong + 1)
                    - at(right + 1, wrong + 1);
        }
    }
    let right = items.iter().filter(|item| item.both_full).count();
    let wrong = items.iter().filter(|item| item.both_same_below).count();
    // Differences of sums leave rounding noise; outcomes equal to the observed one must stay included.
    let limit = beyond[right * side + wrong] * (1.0 + 1e-9);
    mass.iter()
        .zip(&beyond)
        .filter(|&(_, &beyond)| beyond <= limit)
        .map(|(mass, _)| mass)
        .sum::<f64>()
        .min(1.0)
}

/// Probability that at least one of `pairs` independent pairs has a p-value this small (Šidák), 0–1.
///
/// Pairs of one class share pupils, which makes the correction conservative, never liberal (Šidák 1967).
#[must_use]
pub fn corrected_for_pairs(p: f64, pairs: u64) -> f64 {
    if p.is_nan() {
        return f64::NAN;
    }
    // ln_1p keeps the answer right for p far below the rounding of 1 − p.
    -(pairs as f64 * (-p.clamp(0.0, 1.0)).logarithm_1p()).exponential_m1()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coin(both_full: bool, both_same_below: bool) -> SharedItem {
        SharedItem {
            both_full,
            both_same_below,
            full: 0.25,
            same_below: 0.25,
        }
    }

    #[test]
    fn ten_matches_on_ten_coins_have_probability_one_in_1024() {
        let found = pair(&[coin(true, false); 10]).unwrap();
        assert!((found.gbt_p - 1.0 / 1024.0).abs() < 1e-15);
        assert!((found.omega - 5.0 / 2.5_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn m4_of_the_least_similar_pair_is_one() {
        assert!((m4(&[coin(false, false); 8]) - 1.0).abs() < 1e-9);
        assert!(
            (m4(&[coin(true, false); 1]) - 0.5).abs() < 1e-12,
            "right and wrong are equally extreme"
        );
    }

    #[test]
    fn perfect_and_empty_works_get_the_bounds() {
        let items = [TwoParameterItem {
            discrimination: 1.0,
            difficulty: 0.0,
        }; 3];
        assert_eq!(ability(&items, &[Some(true); 3]), Some(4.0));
        assert_eq!(
            ability(&items, &[Some(false), None, Some(false)]),
            Some(-4.0)
        );
        assert_eq!(ability(&items, &[None; 3]), None);
    }

    #[test]
    fn correction_for_pairs_is_exact_for_one_and_monotone() {
        assert!((corrected_for_pairs(0.01, 1) - 0.01).abs() < 1e-15);
        assert!((corrected_for_pairs(1e-20, 300) - 3e-18).abs() < 1e-30);
        assert!(corrected_for_pairs(0.01, 300) > 0.9);
    }

    #[test]
    fn items_without_freedom_give_no_similarity() {
        assert!(pair(&[]).is_none());
        assert!(
            pair(&[SharedItem {
                both_full: true,
                both_same_below: false,
                full: 1.0,
                same_below: 0.0
            }])
            .is_none()
        );
    }
}
