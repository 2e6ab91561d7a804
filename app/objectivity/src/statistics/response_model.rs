//! How pupils with the same total answer each item, without assuming a curve; the null model of similarity.

use super::item_sums::{Pushed, RegionSums};

/// Complete works a territory needs before its categories are trusted.
const LEAST_PUPILS: u64 = 100;

/// Pupils of neighbouring totals joined until this many, so that rare points still have a probability.
const LEAST_PER_STRATUM: u64 = 50;

/// How often each number of points occurs on each item among pupils with the same total, in a territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryCounts {
    maxima: Vec<u8>,
    /// Start of each item's categories inside a row, with the row's length at the end.
    offsets: Vec<usize>,
    pupils: Vec<u64>,
    /// Total score × (item, points).
    counts: Vec<u64>,
}

impl CategoryCounts {
    /// Empty counts of a paper whose items give up to `maxima` points.
    #[must_use]
    pub fn new(maxima: &[u8]) -> Self {
        let mut offsets = vec![0];
        for &max in maxima {
            offsets.push(offsets[offsets.len() - 1] + usize::from(max) + 1);
        }
        let totals = maxima.iter().map(|&max| usize::from(max)).sum::<usize>() + 1;
        let width = offsets[maxima.len()];
        Self {
            maxima: maxima.to_vec(),
            offsets,
            pupils: vec![0; totals],
            counts: vec![0; totals * width],
        }
    }

    /// Adds one work; incomplete and impossible works are left out, never counted as zeros.
    pub fn push(&mut self, scores: &[Option<u8>]) -> Pushed {
        if scores.len() != self.maxima.len()
            || scores
                .iter()
                .zip(&self.maxima)
                .any(|(s, max)| s.is_some_and(|s| s > *max))
        {
            return Pushed::Impossible;
        }
        if scores.iter().any(Option::is_none) {
            return Pushed::Incomplete;
        }
        let total: usize = scores.iter().flatten().map(|&s| usize::from(s)).sum();
        self.pupils[total] += 1;
        let width = self.offsets[self.maxima.len()];
        let row = &mut self.counts[total * width..(total + 1) * width];
        for (offset, score) in self.offsets.iter().zip(scores.iter().flatten()) {
            row[offset + usize::from(*score)] += 1;
        }
        Pushed::Counted
    }

    /// Adds the counts of another part of the territory; `false` and no change for another paper.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> bool {
        if self.maxima != other.maxima {
            return false;
        }
        for (sum, more) in self.pupils.iter_mut().zip(&other.pupils) {
            *sum += more;
        }
        for (sum, more) in self.counts.iter_mut().zip(&other.counts) {
            *sum += more;
        }
        true
    }
}

/// Response model of a territory: P(points on an item | total score), smoothed.
#[derive(Debug, Clone)]
pub struct ResponseModel {
    pub(crate) maxima: Vec<u8>,
    pub(crate) offsets: Vec<usize>,
    pub(crate) stratum_of: Vec<usize>,
    /// Per stratum, (item, points) → probability.
    pub(crate) probabilities: Vec<Vec<f64>>,
}

impl ResponseModel {
    /// Finishes a territory's counts. `None` below 100 complete works or two items.
    ///
    /// No parametric curve is assumed: neighbouring totals are joined until a stratum has 50 pupils, and each item's
    /// shares are pulled to the item's overall shares with the weight of two pupils, so that nothing seen once in the
    /// territory counts as impossible.
    #[must_use]
    pub fn of(counts: &CategoryCounts) -> Option<Self> {
        let width = counts.offsets[counts.maxima.len()];
        let pupils: u64 = counts.pupils.iter().sum();
        if pupils < LEAST_PUPILS || counts.maxima.len() < 2 {
            return None;
        }
        let row = |total: usize| &counts.counts[total * width..(total + 1) * width];
        let mut overall = vec![0.0; width];
        for total in 0..counts.pupils.len() {
            for (sum, &count) in overall.iter_mut().zip(row(total)) {
                *sum += count as f64;
            }
        }
        for (item, &max) in counts.maxima.iter().enumerate() {
            let categories = f64::from(max) + 1.0;
            for share in &mut overall[counts.offsets[item]..counts.offsets[item + 1]] {
                *share = (*share + 0.5) / (pupils as f64 + 0.5 * categories);
            }
        }
        let mut stratum_of = vec![0; counts.pupils.len()];
        let mut probabilities: Vec<Vec<f64>> = Vec::new();
        let (mut sums, mut members, mut from) = (vec![0_u64; width], 0_u64, 0);
        let mut last: Option<(Vec<u64>, u64)> = None;
        for total in 0..counts.pupils.len() {
            for (sum, &count) in sums.iter_mut().zip(row(total)) {
                *sum += count;
            }
            members += counts.pupils[total];
            let end = total + 1 == counts.pupils.len();
            if members >= LEAST_PER_STRATUM || end {
                if let (true, Some((previous, more))) = (members < LEAST_PER_STRATUM, last.take()) {
                    // The poor last range joins its neighbour.
                    probabilities.pop();
                    sums.iter_mut()
                        .zip(&previous)
                        .for_each(|(sum, more)| *sum += more);
                    members += more;
                }
                stratum_of[from..=total].fill(probabilities.len());
                let shares = sums
                    .iter()
                    .zip(&overall)
                    .map(|(&sum, share)| (sum as f64 + 2.0 * share) / (members as f64 + 2.0));
                probabilities.push(shares.collect());
                last = Some((std::mem::replace(&mut sums, vec![0; width]), members));
                (members, from) = (0, total + 1);
            }
        }
        Some(Self {
            maxima: counts.maxima.clone(),
            offsets: counts.offsets.clone(),
            stratum_of,
            probabilities,
        })
    }

    /// The same from the sums of a territory when every item gives one point; `None` otherwise or for too few works.
    #[must_use]
    pub fn of_right_and_wrong(sums: &RegionSums) -> Option<Self> {
        if sums.maxima().iter().any(|&max| max != 1) {
            return None;
        }
        let mut counts = CategoryCounts::new(sums.maxima());
        let width = counts.offsets[counts.maxima.len()];
        for (total, &pupils) in sums.histogram().iter().enumerate() {
            counts.pupils[total] = pupils;
            for (item, &points) in sums.points(total).iter().enumerate() {
                counts.counts[total * width + 2 * item] = pupils - points;
                counts.counts[total * width + 2 * item + 1] = points;
            }
        }
        Self::of(&counts)
    }
}
