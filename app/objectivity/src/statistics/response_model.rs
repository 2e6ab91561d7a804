//! How likely each number of points on each item is among pupils of the region with the same total score.
//!
//! Conditioning on the total takes the level out without any latent model: under the Rasch family it is exact, and it
//! stays close under others. Neighbouring totals are pooled with triangular weights until 60 works stand behind.
//!
//! # Source
//! Stratification by total score: Mantel and Haenszel 1959; for items: Holland and Thayer 1988.

/// Points of an item that is missing from a work.
pub const MISSING: u8 = u8::MAX;

/// Works that must stand behind a stratum before it stops widening.
const ENOUGH: f64 = 60.0;
/// Works from which a model is learned.
const LEAST_WORKS: f64 = 30.0;

/// P(points | item, total).
#[derive(Debug, Clone)]
pub struct ResponseModel {
    categories: usize,
    items: usize,
    /// total × item × category.
    probability: Vec<f32>,
    /// total × item: mean points and their variance.
    mean: Vec<f32>,
    variance: Vec<f32>,
    /// Share of the maximum per item over the region.
    difficulty: Vec<f64>,
}

impl ResponseModel {
    /// Learns from `works`, each its total score and its points per item ([`MISSING`] where blank), of a paper whose items
    /// give up to `maxima` points and whose totals reach `max_score`. Works with more than a fifth of the items missing,
    /// and impossible ones, are left out. `None` below three items or [`LEAST_WORKS`] works.
    #[must_use]
    pub fn fit<'a>(
        maxima: &[u8],
        max_score: usize,
        all: impl Iterator<Item = (usize, &'a [u8])>,
    ) -> Option<Self> {
        let items = maxima.len();
        if items < 3 {
            return None;
        }
        let categories = usize::from(maxima.iter().copied().max().unwrap_or(0)) + 1;
        let totals = max_score + 1;
        let mut counts = vec![0.0_f64; totals * items * categories];
        let mut works = vec![0.0_f64; totals];
        for (total, answers) in all {
            let possible = answers
                .iter()
                .zip(maxima)
                .all(|(&points, &max)| points == MISSING || points <= max);
            if !is_complete(answers) || answers.len() != items || total >= totals || !possible {
                continue;
            }
            works[total] += 1.0;
            for (item, &points) in answers.iter().enumerate() {
                if points != MISSING {
                    counts[(total * items + item) * categories + usize::from(points)] += 1.0;
                }
            }
        }
        if works.iter().sum::<f64>() < LEAST_WORKS {
            return None;
        }
        let mut model = Self {
            categories,
            items,
            probability: vec![0.0; totals * items * categories],
            mean: vec![0.0; totals * items],
            variance: vec![0.0; totals * items],
            difficulty: vec![0.0; items],
        };
        let mut sums = vec![0.0_f64; items * categories];
        for total in 0..totals {
            let reach = reach(&works, total);
            sums.iter_mut().for_each(|sum| *sum = 0.0);
            for other in total.saturating_sub(reach)..=(total + reach).min(totals - 1) {
                let weight = 1.0 - total.abs_diff(other) as f64 / (reach + 1) as f64;
                let from = &counts[other * items * categories..(other + 1) * items * categories];
                sums.iter_mut()
                    .zip(from)
                    .for_each(|(sum, count)| *sum += weight * count);
            }
            for item in 0..items {
                let max = usize::from(maxima[item]);
                let row = &sums[item * categories..(item + 1) * categories];
                // Half a work spread over the categories keeps every probability away from zero.
                let whole: f64 = row.iter().sum::<f64>() + 0.5;
                let (mut mean, mut square) = (0.0, 0.0);
                for (points, count) in row.iter().enumerate().take(max + 1) {
                    let share = (count + 0.5 / (max + 1) as f64) / whole;
                    model.probability[(total * items + item) * categories + points] = share as f32;
                    mean += share * points as f64;
                    square += share * (points * points) as f64;
                }
                model.mean[total * items + item] = mean as f32;
                model.variance[total * items + item] = (square - mean * mean).max(1e-6) as f32;
            }
        }
        for item in 0..items {
            let max = f64::from(maxima[item]).max(1.0);
            let (mut sum, mut whole) = (0.0, 0.0);
            for total in 0..totals {
                for points in 0..categories {
                    let count = counts[(total * items + item) * categories + points];
                    sum += count * points as f64;
                    whole += count;
                }
            }
            model.difficulty[item] = if whole > 0.0 {
                sum / whole / max
            } else {
                f64::NAN
            };
        }
        Some(model)
    }

    /// Items of the paper.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// Share of the maximum per item over the region, 0–1; NaN where nobody answered.
    #[must_use]
    pub fn difficulty(&self) -> &[f64] {
        &self.difficulty
    }

    /// P(points) of an item at a total, by points from 0; zero above the item's maximum.
    #[must_use]
    pub fn probability(&self, total: usize, item: usize) -> &[f32] {
        let start = (total * self.items + item) * self.categories;
        &self.probability[start..start + self.categories]
    }

    /// Mean points of an item at a total.
    #[must_use]
    pub fn mean(&self, total: usize, item: usize) -> f64 {
        f64::from(self.mean[total * self.items + item])
    }

    /// Variance of the points of an item at a total; never zero.
    #[must_use]
    pub fn variance(&self, total: usize, item: usize) -> f64 {
        f64::from(self.variance[total * self.items + item])
    }
}

/// A work enters item channels when at least four fifths of its items are there.
#[must_use]
pub fn is_complete(answers: &[u8]) -> bool {
    let known = answers.iter().filter(|&&points| points != MISSING).count();
    known * 5 >= answers.len() * 4 && known > 0
}

fn reach(works: &[f64], total: usize) -> usize {
    let mut reach = 1;
    loop {
        let range = total.saturating_sub(reach)..=(total + reach).min(works.len() - 1);
        let behind: f64 = range
            .map(|other| works[other] * (1.0 - total.abs_diff(other) as f64 / (reach + 1) as f64))
            .sum();
        if behind >= ENOUGH || reach >= works.len() {
            return reach;
        }
        reach += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Portable;
    use crate::random::Random;

    /// Two thousand works of six items under the Rasch model, abilities standard normal.
    fn works() -> Vec<(usize, Vec<u8>)> {
        let mut random = Random::new(4);
        (0..2_000)
            .map(|_| {
                let ability = random.normal();
                let answers: Vec<u8> = (0..6)
                    .map(|item| {
                        let logit = ability - (f64::from(item) - 2.5) / 2.0;
                        u8::from(random.chance(1.0 / (1.0 + (-logit).exponential())))
                    })
                    .collect();
                (answers.iter().map(|&a| usize::from(a)).sum(), answers)
            })
            .collect()
    }

    #[test]
    fn probabilities_given_the_total_are_those_of_the_rasch_model() {
        let works = works();
        let rows = works
            .iter()
            .map(|(total, answers)| (*total, answers.as_slice()));
        let model = ResponseModel::fit(&[1; 6], 6, rows).unwrap();
        // P(x_i = 1 | total 3) = e_i γ₂(others)/γ₃(all), with e = exp(−difficulty): elementary symmetric functions.
        let easiness: Vec<f64> = (0..6)
            .map(|i| (-(f64::from(i) - 2.5) / 2.0).exponential())
            .collect();
        let symmetric = |values: &[f64], order: usize| {
            let mut sums = vec![1.0; 1];
            for value in values {
                sums.push(0.0);
                for k in (1..sums.len()).rev() {
                    sums[k] += value * sums[k - 1];
                }
            }
            sums[order]
        };
        for item in 0..6 {
            let mut others = easiness.clone();
            others.remove(item);
            let expected = easiness[item] * symmetric(&others, 2) / symmetric(&easiness, 3);
            let found = model.mean(3, item);
            assert!(
                (found - expected).abs() < 0.05,
                "item {item}: {found} {expected}"
            );
        }
        let at_three: f64 = (0..6).map(|item| model.mean(3, item)).sum();
        assert!((at_three - 3.0).abs() < 0.05, "{at_three}");
    }

    #[test]
    fn impossible_and_torn_works_are_left_out() {
        let works = works();
        let torn: Vec<u8> = vec![1, MISSING, MISSING, 1, 0, 0];
        let wild: Vec<u8> = vec![9, 0, 0, 0, 0, 0];
        let rows = works
            .iter()
            .map(|(total, answers)| (*total, answers.as_slice()));
        let clean = ResponseModel::fit(&[1; 6], 6, rows.clone()).unwrap();
        let more = rows.chain([
            (2, torn.as_slice()),
            (9, wild.as_slice()),
            (1, wild.as_slice()),
        ]);
        let dirty = ResponseModel::fit(&[1; 6], 6, more).unwrap();
        assert_eq!(clean.difficulty(), dirty.difficulty());
        assert!(ResponseModel::fit(&[1; 6], 6, std::iter::empty()).is_none());
        assert!(ResponseModel::fit(&[1, 1], 2, std::iter::empty()).is_none());
    }
}
