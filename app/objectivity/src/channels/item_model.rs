//! How likely each number of points on each item is among pupils of the region with the same total score.
//!
//! Conditioning on the total takes the level out without any latent model: under the Rasch family it is exact, and it
//! stays close under others. Neighbouring totals are pooled with triangular weights until 60 works stand behind.
//!
//! # Source
//! Stratification by total score: Mantel and Haenszel 1959; for items: Holland and Thayer 1988.

use crate::prepared::Prepared;
use crate::region::MISSING;

/// Works that must stand behind a stratum before it stops widening.
const ENOUGH: f64 = 60.0;

/// P(points | item, total).
pub(crate) struct ItemModel {
    categories: usize,
    items: usize,
    /// total × item × category.
    probability: Vec<f32>,
    /// total × item: mean points and their variance.
    mean: Vec<f32>,
    variance: Vec<f32>,
    /// Share of the maximum per item over the region.
    pub(crate) difficulty: Vec<f64>,
}

impl ItemModel {
    /// `None` without items or below 30 complete works.
    pub(crate) fn fit(prepared: &Prepared) -> Option<Self> {
        let items = prepared.item_count();
        if items < 3 || !prepared.has_items() {
            return None;
        }
        let categories = prepared
            .paper
            .items
            .iter()
            .map(|item| usize::from(item.max))
            .max()
            .unwrap_or(0)
            + 1;
        let totals = prepared.max_score + 1;
        let mut counts = vec![0.0_f64; totals * items * categories];
        let mut works = vec![0.0_f64; totals];
        for work in 0..prepared.score.len() {
            let answers = prepared.answers(work);
            if !is_complete(answers) {
                continue;
            }
            let total = usize::from(prepared.score[work]);
            works[total] += 1.0;
            for (item, &points) in answers.iter().enumerate() {
                if points != MISSING {
                    counts[(total * items + item) * categories + usize::from(points)] += 1.0;
                }
            }
        }
        if works.iter().sum::<f64>() < 30.0 {
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
                let max = usize::from(prepared.paper.items[item].max);
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
            let max = f64::from(prepared.paper.items[item].max).max(1.0);
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

    pub(crate) fn probability(&self, total: usize, item: usize) -> &[f32] {
        let start = (total * self.items + item) * self.categories;
        &self.probability[start..start + self.categories]
    }

    pub(crate) fn mean(&self, total: usize, item: usize) -> f64 {
        f64::from(self.mean[total * self.items + item])
    }

    pub(crate) fn variance(&self, total: usize, item: usize) -> f64 {
        f64::from(self.variance[total * self.items + item])
    }
}

/// A work enters item channels when at least four fifths of its items are there.
pub(crate) fn is_complete(answers: &[u8]) -> bool {
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
