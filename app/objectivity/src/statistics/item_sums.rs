//! Sums over works that the item profile needs: filled in a stream, merged in any order, equal to the last bit.

/// What became of a work given to an accumulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    /// All items known and possible: the work counts.
    Counted,
    /// At least one item is missing; the work is only counted as incomplete, never as zero points.
    Incomplete,
    /// More points than the item gives, or a wrong number of items; the work is only counted as impossible.
    Impossible,
}

/// Two accumulators are of different papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sums of different papers cannot be merged")]
pub struct DifferentPapers;

/// Sums of a territory by total score: what pupils with the same total do on each item and pair of items.
///
/// Memory: (max + 1) · items² / 2 integers, whatever the number of pupils. Cost of a work: items² / 2 additions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionSums {
    maxima: Vec<u8>,
    /// Pupils by total score.
    pupils: Vec<u64>,
    /// Points by total score × item.
    points: Vec<u64>,
    /// Products of points by total score × pair of items (upper triangle with diagonal, row-major).
    products: Vec<u64>,
    incomplete: u64,
    impossible: u64,
}

impl RegionSums {
    /// Empty sums of a paper whose items give up to `maxima` points.
    #[must_use]
    pub fn new(maxima: &[u8]) -> Self {
        let totals = total_scores(maxima);
        let pairs = maxima.len() * (maxima.len() + 1) / 2;
        Self {
            maxima: maxima.to_vec(),
            pupils: vec![0; totals],
            points: vec![0; totals * maxima.len()],
            products: vec![0; totals * pairs],
            incomplete: 0,
            impossible: 0,
        }
    }

    /// Adds one work, items in the order of the paper.
    pub fn push(&mut self, scores: &[Option<u8>]) -> Pushed {
        let (state, total) = total_of(scores, &self.maxima);
        match state {
            Pushed::Incomplete => self.incomplete += 1,
            Pushed::Impossible => self.impossible += 1,
            Pushed::Counted => {
                let items = self.maxima.len();
                self.pupils[total] += 1;
                let points = &mut self.points[total * items..(total + 1) * items];
                let pairs = items * (items + 1) / 2;
                let mut products = self.products[total * pairs..(total + 1) * pairs].iter_mut();
                for (i, score) in scores.iter().enumerate() {
                    let score = u64::from(score.unwrap_or(0));
                    points[i] += score;
                    for (other, product) in scores[i..].iter().zip(&mut products) {
                        *product += score * u64::from(other.unwrap_or(0));
                    }
                }
            }
        }
        state
    }

    /// Adds the sums of another part of the same territory.
    ///
    /// # Errors
    /// [`DifferentPapers`] when the items differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), DifferentPapers> {
        if self.maxima != other.maxima {
            return Err(DifferentPapers);
        }
        add(&mut self.pupils, &other.pupils);
        add(&mut self.points, &other.points);
        add(&mut self.products, &other.products);
        self.incomplete += other.incomplete;
        self.impossible += other.impossible;
        Ok(())
    }

    /// Highest points per item.
    #[must_use]
    pub fn maxima(&self) -> &[u8] {
        &self.maxima
    }

    /// Complete works by total score, index = score.
    #[must_use]
    pub fn histogram(&self) -> &[u64] {
        &self.pupils
    }

    /// Points per item of the complete works with this total score.
    #[must_use]
    pub fn points(&self, total: usize) -> &[u64] {
        let items = self.maxima.len();
        self.points
            .get(total * items..(total + 1) * items)
            .unwrap_or(&[])
    }

    /// Sums of products of two items' points, upper triangle with diagonal, of complete works with this total score.
    pub(crate) fn products(&self, total: usize) -> &[u64] {
        let pairs = self.maxima.len() * (self.maxima.len() + 1) / 2;
        self.products
            .get(total * pairs..(total + 1) * pairs)
            .unwrap_or(&[])
    }

    /// Works with a missing item.
    #[must_use]
    pub fn incomplete(&self) -> u64 {
        self.incomplete
    }

    /// Works with impossible points.
    #[must_use]
    pub fn impossible(&self) -> u64 {
        self.impossible
    }
}

/// Sums of one school: pupils by total score and points by item. Memory does not grow with pupils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolSums {
    maxima: Vec<u8>,
    pupils: Vec<u32>,
    points: Vec<u64>,
    incomplete: u64,
    impossible: u64,
}

impl SchoolSums {
    /// Empty sums of a paper whose items give up to `maxima` points.
    #[must_use]
    pub fn new(maxima: &[u8]) -> Self {
        Self {
            maxima: maxima.to_vec(),
            pupils: vec![0; total_scores(maxima)],
            points: vec![0; maxima.len()],
            incomplete: 0,
            impossible: 0,
        }
    }

    /// Sums from aggregated data: pupils by total score and points per item of the same pupils.
    ///
    /// `None` when a slice does not fit the paper or the points of the items do not add up to the scores, within half
    /// a per cent for rounded completion rates.
    #[must_use]
    pub fn from_aggregates(maxima: &[u8], histogram: &[u32], points: &[u64]) -> Option<Self> {
        if histogram.len() > total_scores(maxima) || points.len() != maxima.len() {
            return None;
        }
        let total: u64 = histogram
            .iter()
            .enumerate()
            .map(|(score, &pupils)| score as u64 * u64::from(pupils))
            .sum();
        let pupils: u64 = histogram.iter().map(|&pupils| u64::from(pupils)).sum();
        if points
            .iter()
            .zip(maxima)
            .any(|(&points, &max)| points > pupils * u64::from(max))
            || points.iter().sum::<u64>().abs_diff(total) as f64
                > 0.005 * total as f64 + maxima.len() as f64
        {
            return None;
        }
        let mut sums = Self::new(maxima);
        sums.pupils[..histogram.len()].copy_from_slice(histogram);
        sums.points.copy_from_slice(points);
        Some(sums)
    }

    /// Adds one work, items in the order of the paper.
    pub fn push(&mut self, scores: &[Option<u8>]) -> Pushed {
        let (state, total) = total_of(scores, &self.maxima);
        match state {
            Pushed::Incomplete => self.incomplete += 1,
            Pushed::Impossible => self.impossible += 1,
            Pushed::Counted => {
                self.pupils[total] += 1;
                for (sum, score) in self.points.iter_mut().zip(scores) {
                    *sum += u64::from(score.unwrap_or(0));
                }
            }
        }
        state
    }

    /// Adds the sums of another part of the same school.
    ///
    /// # Errors
    /// [`DifferentPapers`] when the items differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), DifferentPapers> {
        if self.maxima != other.maxima {
            return Err(DifferentPapers);
        }
        for (sum, more) in self.pupils.iter_mut().zip(&other.pupils) {
            *sum += more;
        }
        add(&mut self.points, &other.points);
        self.incomplete += other.incomplete;
        self.impossible += other.impossible;
        Ok(())
    }

    /// Complete works by total score, index = score.
    #[must_use]
    pub fn histogram(&self) -> &[u32] {
        &self.pupils
    }

    /// Points by item over the complete works.
    #[must_use]
    pub fn points(&self) -> &[u64] {
        &self.points
    }

    /// Complete works.
    #[must_use]
    pub fn pupils(&self) -> u32 {
        self.pupils.iter().sum()
    }

    /// Highest points per item.
    #[must_use]
    pub fn maxima(&self) -> &[u8] {
        &self.maxima
    }

    /// Works with a missing item.
    #[must_use]
    pub fn incomplete(&self) -> u64 {
        self.incomplete
    }

    /// Works with impossible points.
    #[must_use]
    pub fn impossible(&self) -> u64 {
        self.impossible
    }
}

fn total_scores(maxima: &[u8]) -> usize {
    maxima.iter().map(|&max| usize::from(max)).sum::<usize>() + 1
}

fn add(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

fn total_of(scores: &[Option<u8>], maxima: &[u8]) -> (Pushed, usize) {
    if scores.len() != maxima.len() {
        return (Pushed::Impossible, 0);
    }
    let mut total = 0;
    let mut missing = false;
    for (score, max) in scores.iter().zip(maxima) {
        match score {
            Some(score) if score > max => return (Pushed::Impossible, 0),
            Some(score) => total += usize::from(*score),
            None => missing = true,
        }
    }
    (
        if missing {
            Pushed::Incomplete
        } else {
            Pushed::Counted
        },
        total,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn missing_and_impossible_works_are_counted_apart() {
        let mut sums = SchoolSums::new(&[1, 2]);
        assert_eq!(sums.push(&[Some(1), None]), Pushed::Incomplete);
        assert_eq!(sums.push(&[Some(1), Some(3)]), Pushed::Impossible);
        assert_eq!(sums.push(&[Some(1)]), Pushed::Impossible);
        assert_eq!(sums.push(&[Some(0), Some(2)]), Pushed::Counted);
        assert_eq!(
            (sums.pupils(), sums.incomplete(), sums.impossible()),
            (1, 1, 2)
        );
        assert_eq!(sums.points(), [0, 2]);
    }

    #[test]
    fn aggregates_that_contradict_each_other_are_refused() {
        assert!(SchoolSums::from_aggregates(&[1, 2], &[0, 40, 0, 0], &[40, 40]).is_none());
        assert!(SchoolSums::from_aggregates(&[1, 2], &[0, 40, 0, 0], &[10, 30]).is_some());
        assert!(SchoolSums::from_aggregates(&[1, 2], &[0, 4, 0, 0, 1], &[2, 2]).is_none());
    }

    proptest! {
        #[test]
        fn sums_do_not_depend_on_order_or_parts(
            works in prop::collection::vec(prop::array::uniform3(prop::option::weighted(0.95, 0_u8..=3)), 0..60),
            cut in 0_usize..60,
        ) {
            let maxima = [1, 2, 3];
            let whole = works.iter().fold(RegionSums::new(&maxima), |mut sums, work| { sums.push(work); sums });
            let (left, right) = works.split_at(cut.min(works.len()));
            let part = |works: &[[Option<u8>; 3]]| {
                works.iter().rev().fold(RegionSums::new(&maxima), |mut sums, work| { sums.push(work); sums })
            };
            let mut merged = part(right);
            merged.merge(&part(left)).unwrap();
            prop_assert_eq!(whole, merged);
        }
    }
}
