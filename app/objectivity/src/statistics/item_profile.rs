//! Hard items solved better and easy ones worse than by pupils of the same total score (профиль заданий).
//!
//! If everybody is told the answers of some items with probability q, the score test for q weighs the residual of an
//! item by 1/p, its inverse chance: a hint on a hard item surprises, on an easy one it does not. Weights are centred
//! so that a uniform rise of ability contributes nothing.
//!
//! # Source
//! Idea: published criteria of 2018 (practice.md 2.6, easy worse and hard better). Residuals given the total: the
//! standardisation approach to differential item functioning, Dorans and Kulick 1986. Weights: efficient score of the
//! mixture p + q(1 − p), ours.

use super::response_model::{MISSING, ResponseModel, is_complete};

/// Keeps the weight of a hopeless item finite and the statistic of a small school close to symmetric.
pub const FLOOR: f64 = 0.25;
/// Share of the items, hardest first, that the alternative assumes are told.
pub const HARD_SHARE: f64 = 0.4;

/// The weight of an item solved with this share of its maximum, before centring.
#[must_use]
pub fn raw_weight(share: f64) -> f64 {
    1.0 / (share + FLOOR)
}

/// The hardest items by the share of the maximum, [`HARD_SHARE`] of those with a known one; ties keep the paper's order.
#[must_use]
pub fn hardest(difficulty: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..difficulty.len())
        .filter(|&item| difficulty[item].is_finite())
        .collect();
    order.sort_by(|&a, &b| difficulty[a].total_cmp(&difficulty[b]).then(a.cmp(&b)));
    let mut hard = vec![false; difficulty.len()];
    for &item in order
        .iter()
        .take((order.len() as f64 * HARD_SHARE).round() as usize)
    {
        hard[item] = true;
    }
    hard
}

/// What one work shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkProfile {
    /// Weighted residual: zero on average among pupils of the same total.
    pub value: f64,
    /// Its expected rise if the failed `hard` items were told with certainty.
    pub rise: f64,
}

/// Profile of one work with points per item ([`MISSING`] where blank). `None` when more than a fifth is missing or the
/// total leaves the items no freedom.
#[must_use]
pub fn of_work(
    model: &ResponseModel,
    maxima: &[u8],
    hard: &[bool],
    total: usize,
    answers: &[u8],
) -> Option<WorkProfile> {
    if !is_complete(answers) {
        return None;
    }
    let (mut weight_sum, mut variance_sum) = (0.0, 0.0);
    for (item, &points) in answers.iter().enumerate() {
        if points != MISSING {
            let max = f64::from(maxima[item]).max(1.0);
            let variance = model.variance(total, item);
            weight_sum += variance * raw_weight(model.mean(total, item) / max);
            variance_sum += variance;
        }
    }
    if variance_sum <= 0.0 {
        return None;
    }
    let centre = weight_sum / variance_sum;
    let (mut value, mut rise) = (0.0, 0.0);
    for (item, &points) in answers.iter().enumerate() {
        if points != MISSING {
            let max = f64::from(maxima[item]).max(1.0);
            let mean = model.mean(total, item);
            let weight = raw_weight(mean / max) - centre;
            value += weight * (f64::from(points) - mean);
            if hard[item] {
                rise += weight * (max - mean);
            }
        }
    }
    Some(WorkProfile { value, rise })
}

/// Variance-weighted mean of the weights at a total: what [`of_work`] subtracts.
#[must_use]
pub fn typical_weight(model: &ResponseModel, maxima: &[u8], total: usize) -> f64 {
    let (mut weights, mut variances) = (0.0, 0.0);
    for (item, &max) in maxima.iter().enumerate() {
        let variance = model.variance(total, item);
        weights += variance * raw_weight(model.mean(total, item) / f64::from(max).max(1.0));
        variances += variance;
    }
    weights / variances.max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Portable;
    use crate::random::Random;

    const MAXIMA: [u8; 12] = [1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1];

    fn work(random: &mut Random, hints: f64) -> (usize, Vec<u8>) {
        let ability = random.normal();
        let answers: Vec<u8> = MAXIMA
            .iter()
            .enumerate()
            .map(|(item, &max)| {
                let hint = if item >= 8 { hints } else { 0.0 };
                let chance =
                    1.0 / (1.0 + (-(ability - (item as f64 - 5.5) / 3.0 + hint)).exponential());
                (0..max).filter(|_| random.chance(chance)).count() as u8
            })
            .collect();
        (answers.iter().map(|&a| usize::from(a)).sum(), answers)
    }

    fn mean_of(model: &ResponseModel, works: &[(usize, Vec<u8>)]) -> (f64, f64) {
        let hard = hardest(model.difficulty());
        let values: Vec<f64> = works
            .iter()
            .filter_map(|(total, answers)| of_work(model, &MAXIMA, &hard, *total, answers))
            .map(|profile| profile.value)
            .collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64;
        (mean, (variance / values.len() as f64).sqrt())
    }

    #[test]
    fn honest_works_average_to_zero_and_hints_on_hard_items_raise_the_mean() {
        let mut random = Random::new(9);
        let region: Vec<_> = (0..4_000).map(|_| work(&mut random, 0.0)).collect();
        let rows = region
            .iter()
            .map(|(total, answers)| (*total, answers.as_slice()));
        let model = ResponseModel::fit(&MAXIMA, 15, rows).unwrap();
        let (mean, error) = mean_of(&model, &region);
        assert!(mean.abs() < 3.0 * error, "{mean} ± {error}");
        let hinted: Vec<_> = (0..200).map(|_| work(&mut random, 1.2)).collect();
        let (mean, error) = mean_of(&model, &hinted);
        assert!(mean > 4.0 * error, "{mean} ± {error}");
    }

    #[test]
    fn the_hardest_items_are_two_fifths() {
        let hard = hardest(&[0.9, 0.1, f64::NAN, 0.5, 0.4, 0.4]);
        assert_eq!(hard, [false, true, false, false, true, false]);
    }
}
