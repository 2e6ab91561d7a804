//! Similarity of the works of one class, when common teaching already makes classmates alike (сходство работ класса).

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::pair_similarity::{PairSimilarity, SharedItem, pair};
use super::response_model::ResponseModel;

/// Share of items that a copied work takes from the other, under the alternative the weights are made for.
///
/// # Source
/// Platform. It shapes the weights of a pair; the level comes from simulation.
const COPIED_SHARE: f64 = 0.5;

/// Share of classmates who copied from one source, under the alternative the class statistic is made for.
///
/// # Source
/// Platform, as [`COPIED_SHARE`].
const COPIERS: f64 = 0.1;

/// Prior standard deviation of a class's shift on one item, in logits: how much common teaching may explain.
///
/// # Source
/// Platform. Twice the 0.2–0.4 logits that schools honestly differ by on an item: with a tighter prior the smallest honest
/// classes were rejected too often, with a wider one little more is explained away.
const TEACHING_SPREAD: f64 = 0.8;

/// A class needs this many complete works.
pub const LEAST_WORKS: usize = 4;

/// Works beyond this number in one room are not a class: the caller lost the class column. Cost is quadratic here.
pub const MOST_WORKS: usize = 60;

/// One pair of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassPair {
    /// Position of the first work in the class as given.
    pub left: usize,
    /// Position of the second work.
    pub right: usize,
    /// Standardised log-likelihood ratio of copying: identical points count more, the rarer they are for these pupils.
    pub z: f64,
}

/// Similarity inside one class.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassSimilarity {
    /// Works compared (complete ones).
    pub works: usize,
    /// Pairs compared.
    pub pairs: u64,
    /// The most similar pairs, most similar first; at most ten.
    pub closest: Vec<ClassPair>,
    /// Class statistic: log-likelihood ratio of "somebody was copied by one in ten" against "nobody", every work being the
    /// source with equal probability. Compare it with [`ClassModel::simulate`]: pairs of a class are dependent.
    pub statistic: f64,
    /// Number of pairs whose z exceeds 3.
    pub pairs_above_three: u32,
}

/// Null model of one class: its pupils' totals, its own level on every item.
#[derive(Debug, Clone)]
pub struct ClassModel<'a> {
    model: &'a ResponseModel,
    /// Positions of complete works in the class as given.
    positions: Vec<usize>,
    works: Vec<Vec<u8>>,
    totals: Vec<usize>,
    /// Probabilities after the class's own shift, one row per stratum in use.
    shifted: Vec<Option<Vec<f64>>>,
}

impl<'a> ClassModel<'a> {
    /// Takes the works of one class (or room). Incomplete works are left out.
    ///
    /// The class may know a topic better or worse than others with the same totals: each item's log-odds are shifted to
    /// the class's own mean, pulled to no shift by a prior of 0.8 logits. What is left is likeness of single pupils.
    /// `None` below [`LEAST_WORKS`] or above [`MOST_WORKS`] complete works, and for works of another paper.
    #[must_use]
    pub fn new(model: &'a ResponseModel, class: &[&[Option<u8>]]) -> Option<Self> {
        let mut positions = Vec::new();
        let mut works: Vec<Vec<u8>> = Vec::new();
        for (position, scores) in class.iter().enumerate() {
            if scores.len() != model.maxima.len()
                || scores
                    .iter()
                    .zip(&model.maxima)
                    .any(|(s, max)| s.is_some_and(|s| s > *max))
            {
                return None;
            }
            if let Some(work) = scores.iter().copied().collect() {
                positions.push(position);
                works.push(work);
            }
        }
        if works.len() < LEAST_WORKS || works.len() > MOST_WORKS {
            return None;
        }
        let totals: Vec<usize> = works
            .iter()
            .map(|work| work.iter().map(|&s| usize::from(s)).sum())
            .collect();
        let mut this = Self {
            model,
            positions,
            works,
            totals,
            shifted: vec![None; model.probabilities.len()],
        };
        this.shifted = this.shifted_to(&this.works);
        Some(this)
    }

    /// Probabilities of the strata in use, shifted to the item means of `works`.
    fn shifted_to(&self, works: &[Vec<u8>]) -> Vec<Option<Vec<f64>>> {
        let mut pupils = vec![0.0; self.model.probabilities.len()];
        for &total in &self.totals {
            pupils[self.model.stratum_of[total]] += 1.0;
        }
        let mut rows: Vec<Option<Vec<f64>>> = pupils
            .iter()
            .zip(&self.model.probabilities)
            .map(|(&pupils, row)| (pupils > 0.0).then(|| row.clone()))
            .collect();
        let prior = 1.0 / (TEACHING_SPREAD * TEACHING_SPREAD);
        for item in 0..self.model.maxima.len() {
            let categories = self.model.offsets[item]..self.model.offsets[item + 1];
            let observed: f64 = works.iter().map(|work| f64::from(work[item])).sum();
            let mut shift = 0.0_f64;
            for _ in 0..8 {
                let (mut expected, mut variance) = (0.0, 0.0);
                let factor = shift.exp();
                for (row, &pupils) in self.model.probabilities.iter().zip(&pupils) {
                    if pupils > 0.0 {
                        let (mean, spread) = tilted_moments(&row[categories.clone()], factor);
                        expected += pupils * mean;
                        variance += pupils * spread;
                    }
                }
                let step = (observed - expected - prior * shift) / (variance + prior);
                shift += step.clamp(-1.0, 1.0);
                if step.abs() < 1e-6 {
                    break;
                }
            }
            for (stratum, row) in rows.iter_mut().enumerate() {
                if let Some(row) = row {
                    tilt(
                        &self.model.probabilities[stratum][categories.clone()],
                        shift,
                        &mut row[categories.clone()],
                    );
                }
            }
        }
        rows
    }

    fn row(&self, pupil: usize) -> &[f64] {
        self.shifted[self.model.stratum_of[self.totals[pupil]]]
            .as_deref()
            .unwrap_or(&[])
    }

    /// Complete works in the class.
    #[must_use]
    pub fn works(&self) -> usize {
        self.works.len()
    }

    /// Similarity of the works as they are. `None` when no pair can differ.
    #[must_use]
    pub fn observed(&self) -> Option<ClassSimilarity> {
        self.similarity(&self.pair_tables(&self.shifted), &self.works)
    }

    /// Class statistics of `replicates` classes in which nobody copied: the same totals, the same class shifts.
    ///
    /// Each work is drawn from its exact distribution given its total, so that a simulated class obeys the same
    /// constraint as the real one. Equal seeds give equal results.
    ///
    /// # Source
    /// Conditional (given totals) sampling as in exact Rasch tests: Ponocny (2001), Psychometrika 66; here with a
    /// shifted, non-parametric item model instead of the Rasch curve, drawn by backward sampling of the score recursion
    /// of Lord and Wingersky (1984).
    #[must_use]
    pub fn simulate(&self, replicates: usize, seed: u64) -> Vec<f64> {
        let samplers: Vec<Sampler> = (0..self.works.len())
            .map(|pupil| Sampler::new(self.model, self.row(pupil)))
            .collect();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        (0..replicates)
            .filter_map(|_| {
                let works: Vec<Vec<u8>> = samplers
                    .iter()
                    .zip(&self.totals)
                    .map(|(sampler, &total)| sampler.draw(total, &mut random))
                    .collect();
                // The class's shifts are estimated anew, as they were for the real class.
                let tables = self.pair_tables(&self.shifted_to(&works));
                self.similarity(&tables, &works)
                    .map(|found| found.statistic)
            })
            .collect()
    }

    /// ω and GBT of two works of the class by their position as given, at the class's own item levels. `None` when
    /// either is incomplete or no item can differ.
    #[must_use]
    pub fn pair(&self, left: usize, right: usize) -> Option<PairSimilarity> {
        let left = self.positions.iter().position(|&p| p == left)?;
        let right = self.positions.iter().position(|&p| p == right)?;
        let (p, q) = (self.row(left), self.row(right));
        let shared: Vec<SharedItem> = (0..self.model.maxima.len())
            .map(|item| {
                let categories = self.model.offsets[item]..self.model.offsets[item + 1];
                let top = categories.end - 1;
                let (a, b) = (self.works[left][item], self.works[right][item]);
                let full = a == self.model.maxima[item];
                SharedItem {
                    both_full: a == b && full,
                    both_same_below: a == b && !full,
                    full: p[top] * q[top],
                    same_below: (categories.start..top).map(|k| p[k] * q[k]).sum(),
                }
            })
            .collect();
        pair(&shared)
    }

    /// Log-likelihood ratios, mean and deviation for each pair of strata in use.
    fn pair_tables(&self, shifted: &[Option<Vec<f64>>]) -> PairTables {
        let used: Vec<usize> = (0..shifted.len())
            .filter(|&s| shifted[s].is_some())
            .collect();
        let mut index = vec![0; shifted.len()];
        used.iter().enumerate().for_each(|(i, &s)| index[s] = i);
        let roots: Vec<Vec<f64>> = used
            .iter()
            .map(|&stratum| {
                shifted[stratum]
                    .iter()
                    .flatten()
                    .map(|p| p.sqrt())
                    .collect()
            })
            .collect();
        let mut tables = Vec::with_capacity(used.len() * (used.len() + 1) / 2);
        for (a, left) in roots.iter().enumerate() {
            for right in &roots[..=a] {
                tables.push(PairTable::of(left, right, &self.model.offsets));
            }
        }
        let place = self
            .totals
            .iter()
            .map(|&total| index[self.model.stratum_of[total]])
            .collect();
        PairTables { place, tables }
    }

    fn similarity(&self, tables: &PairTables, works: &[Vec<u8>]) -> Option<ClassSimilarity> {
        let n = works.len();
        // Any one work may be the source, each other work copied from it with the same small probability.
        let mut stars = vec![0.0; n];
        let mut found = Vec::with_capacity(n * (n - 1) / 2);
        for left in 0..n {
            for right in left + 1..n {
                let table = tables.of(left, right);
                if table.variance <= 1e-12 {
                    continue;
                }
                let ratio = table.log_ratio(&works[left], &works[right], &self.model.offsets);
                let part = (1.0 - COPIERS + COPIERS * ratio.min(600.0).exp()).ln();
                stars[left] += part;
                stars[right] += part;
                let z = (ratio - table.mean) / table.variance.sqrt();
                found.push(ClassPair {
                    left: self.positions[left],
                    right: self.positions[right],
                    z,
                });
            }
        }
        if found.is_empty() {
            return None;
        }
        let pairs = found.len() as u64;
        let highest = stars.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mean = stars.iter().map(|star| (star - highest).exp()).sum::<f64>() / n as f64;
        let statistic = highest + mean.ln();
        let pairs_above_three = found.iter().filter(|pair| pair.z > 3.0).count() as u32;
        found.sort_by(|a, b| {
            b.z.total_cmp(&a.z)
                .then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        found.truncate(10);
        Some(ClassSimilarity {
            works: n,
            pairs,
            closest: found,
            statistic,
            pairs_above_three,
        })
    }
}

struct PairTables {
    /// Index of each pupil's stratum among those in use.
    place: Vec<usize>,
    /// Lower triangle with diagonal over the strata in use.
    tables: Vec<PairTable>,
}

impl PairTables {
    fn of(&self, left: usize, right: usize) -> &PairTable {
        let (a, b) = (self.place[left], self.place[right]);
        let (low, high) = (a.min(b), a.max(b));
        &self.tables[high * (high + 1) / 2 + low]
    }
}

struct PairTable {
    /// Log-likelihood ratio of an identical number of points, by (item, points).
    same: Vec<f64>,
    mean: f64,
    variance: f64,
}

impl PairTable {
    /// From the square roots of the probabilities of two strata.
    fn of(p: &[f64], q: &[f64], offsets: &[usize]) -> Self {
        let different = (1.0 - COPIED_SHARE).ln();
        // Copying makes points identical with the copied share; which of the two is the source is unknown, so the
        // probability of the points is the geometric mean of both.
        let same: Vec<f64> = p
            .iter()
            .zip(q)
            .map(|(p, q)| (1.0 - COPIED_SHARE + COPIED_SHARE / (p * q).max(1e-6)).ln())
            .collect();
        let (mut mean, mut variance) = (0.0, 0.0);
        for item in offsets.windows(2) {
            let (mut first, mut second, mut matched) = (0.0, 0.0, 0.0);
            for k in item[0]..item[1] {
                let chance = (p[k] * q[k]).powi(2);
                matched += chance;
                first += chance * same[k];
                second += chance * same[k] * same[k];
            }
            first += (1.0 - matched) * different;
            second += (1.0 - matched) * different * different;
            mean += first;
            variance += second - first * first;
        }
        Self {
            same,
            mean,
            variance,
        }
    }

    fn log_ratio(&self, left: &[u8], right: &[u8], offsets: &[usize]) -> f64 {
        let different = (1.0 - COPIED_SHARE).ln();
        left.iter()
            .zip(right)
            .zip(offsets)
            .map(|((a, b), offset)| {
                if a == b {
                    self.same[offset + usize::from(*a)]
                } else {
                    different
                }
            })
            .sum()
    }
}

/// Draws works given the total: `ways[i][t]` is the weight of reaching `t` points with the first `i` items.
struct Sampler<'a> {
    row: &'a [f64],
    offsets: &'a [usize],
    ways: Vec<Vec<f64>>,
}

impl<'a> Sampler<'a> {
    fn new(model: &'a ResponseModel, row: &'a [f64]) -> Self {
        let totals = model.stratum_of.len();
        let mut ways = Vec::with_capacity(model.maxima.len() + 1);
        let mut current = vec![0.0; totals];
        current[0] = 1.0;
        for item in model.offsets.windows(2) {
            let mut next = vec![0.0; totals];
            for (total, &weight) in current
                .iter()
                .enumerate()
                .filter(|&(_, &weight)| weight > 0.0)
            {
                for (points, p) in row[item[0]..item[1]].iter().enumerate() {
                    if let Some(slot) = next.get_mut(total + points) {
                        *slot += weight * p;
                    }
                }
            }
            ways.push(current);
            current = next;
        }
        ways.push(current);
        Self {
            row,
            offsets: &model.offsets,
            ways,
        }
    }

    fn draw(&self, total: usize, random: &mut impl Rng) -> Vec<u8> {
        let items = self.offsets.len() - 1;
        let mut work = vec![0; items];
        let mut left = total;
        for item in (0..items).rev() {
            let categories = &self.row[self.offsets[item]..self.offsets[item + 1]];
            let weight = |points: usize| {
                self.ways[item]
                    .get(left.wrapping_sub(points))
                    .copied()
                    .unwrap_or(0.0)
                    * categories[points]
            };
            let reachable = categories.len().min(left + 1);
            let sum: f64 = (0..reachable).map(weight).sum();
            let mut draw = random.random::<f64>() * sum;
            let mut chosen = 0;
            for points in 0..reachable {
                let weight = weight(points);
                if weight > 0.0 {
                    chosen = points;
                    if draw < weight {
                        break;
                    }
                    draw -= weight;
                }
            }
            work[item] = chosen as u8;
            left -= chosen;
        }
        work
    }
}

/// Mean and variance of points with probabilities proportional to p_k·factorᵏ.
fn tilted_moments(probabilities: &[f64], factor: f64) -> (f64, f64) {
    let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
    let mut power = 1.0;
    for (k, p) in probabilities.iter().enumerate() {
        let k = k as f64;
        let weight = p * power;
        power *= factor;
        total += weight;
        first += weight * k;
        second += weight * k * k;
    }
    let mean = first / total;
    (mean, (second / total - mean * mean).max(0.0))
}

fn tilt(probabilities: &[f64], shift: f64, into: &mut [f64]) {
    let mut total = 0.0;
    for (k, (slot, p)) in into.iter_mut().zip(probabilities).enumerate() {
        *slot = p * (shift * k as f64).exp();
        total += *slot;
    }
    into.iter_mut().for_each(|slot| *slot /= total);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::response_model::CategoryCounts;
    use crate::statistics::tails::normal_upper_quantile;

    const MAXIMA: [u8; 16] = [1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 3];

    fn normal(random: &mut ChaCha8Rng) -> f64 {
        normal_upper_quantile(random.random_range(1e-12..1.0))
    }

    fn work(ability: f64, shifts: &[f64], random: &mut ChaCha8Rng) -> Vec<Option<u8>> {
        MAXIMA
            .iter()
            .enumerate()
            .map(|(item, &max)| {
                let share =
                    1.0 / (1.0 + (-(ability - (item as f64 - 7.5) / 4.0 + shifts[item])).exp());
                Some((0..max).filter(|_| random.random_bool(share)).count() as u8)
            })
            .collect()
    }

    fn class(pupils: usize, emphasis: f64, random: &mut ChaCha8Rng) -> Vec<Vec<Option<u8>>> {
        let shifts: Vec<f64> = MAXIMA.iter().map(|_| emphasis * normal(random)).collect();
        let level = 0.5 * normal(random);
        (0..pupils)
            .map(|_| work(level + normal(random), &shifts, random))
            .collect()
    }

    fn model(random: &mut ChaCha8Rng) -> ResponseModel {
        let mut counts = CategoryCounts::new(&MAXIMA);
        for _ in 0..200 {
            for work in class(20, 0.3, random) {
                counts.push(&work);
            }
        }
        ResponseModel::of(&counts).unwrap()
    }

    fn p_value(model: &ResponseModel, works: &[Vec<Option<u8>>], seed: u64) -> f64 {
        let works: Vec<&[Option<u8>]> = works.iter().map(Vec::as_slice).collect();
        let class = ClassModel::new(model, &works).unwrap();
        let observed = class.observed().unwrap().statistic;
        let null = class.simulate(99, seed);
        (1 + null.iter().filter(|&&value| value >= observed).count()) as f64 / 100.0
    }

    #[test]
    fn common_teaching_alone_keeps_the_level() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let model = model(&mut random);
        for pupils in [6, 20] {
            let rejected = (0..300)
                .filter(|&seed| p_value(&model, &class(pupils, 0.3, &mut random), seed) <= 0.05)
                .count();
            println!("{pupils} pupils: {rejected} of 300 honest classes below 5 %");
            assert!(rejected <= 26, "{pupils} pupils: {rejected}");
        }
    }

    #[test]
    fn copying_in_a_group_is_found() {
        let mut random = ChaCha8Rng::seed_from_u64(2);
        let model = model(&mut random);
        let mut found = 0;
        for seed in 0..40 {
            let mut works = class(20, 0.3, &mut random);
            for copier in 1..5 {
                let source = works[0].clone();
                for (own, copied) in works[copier].iter_mut().zip(source) {
                    if random.random_bool(0.7) {
                        *own = copied;
                    }
                }
            }
            found += usize::from(p_value(&model, &works, seed) <= 0.01);
        }
        println!("copying by four of twenty on 70 % of items: {found} of 40 found at 1 %");
        assert!(found >= 24, "{found}");
    }

    #[test]
    fn drawn_works_have_the_asked_total() {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let model = model(&mut random);
        let sampler = Sampler::new(&model, &model.probabilities[2]);
        for total in 0..=20 {
            let drawn: usize = sampler
                .draw(total, &mut random)
                .iter()
                .map(|&s| usize::from(s))
                .sum();
            assert_eq!(drawn, total);
        }
    }

    #[test]
    fn small_incomplete_or_foreign_classes_are_refused() {
        let mut random = ChaCha8Rng::seed_from_u64(4);
        let model = model(&mut random);
        let mut works = class(5, 0.0, &mut random);
        works[0][3] = None;
        works[1][3] = None;
        let slices: Vec<&[Option<u8>]> = works.iter().map(Vec::as_slice).collect();
        assert!(ClassModel::new(&model, &slices).is_none());
        assert!(ClassModel::new(&model, &[[Some(1); 3].as_slice(); 8]).is_none());
        assert!(ClassModel::new(&model, &[[Some(9); 16].as_slice(); 8]).is_none());
    }

    #[test]
    fn a_class_of_perfect_works_is_not_alike() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let model = model(&mut random);
        let perfect: Vec<Option<u8>> = MAXIMA.iter().map(|&max| Some(max)).collect();
        let class = ClassModel::new(&model, &[perfect.as_slice(); 10]).unwrap();
        let observed = class.observed().unwrap().statistic;
        assert!(
            class
                .simulate(20, 1)
                .iter()
                .all(|value| *value >= observed - 1e-9)
        );
    }
}
