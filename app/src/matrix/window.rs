//! Which part of a matrix stands in the document: lines by height, columns by width.

use std::ops::Range;

use super::arrange::{Arrangement, Line};
use super::data::Matrix;

/// Sizes of one drawing, CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Height of a row with its gap.
    pub row: f64,
    /// Height of a title.
    pub title: f64,
    /// Width of a column with its gap.
    pub column: f64,
    /// Room before a new group of columns.
    pub gap: f64,
    /// Width of the names.
    pub names: f64,
}

/// Positions of everything along one direction: where each begins, and where the last ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ruler {
    edges: Vec<f64>,
}

impl Ruler {
    /// A ruler of things with these sizes.
    pub fn of(sizes: impl IntoIterator<Item = f64>) -> Self {
        let mut edges = vec![0.0];
        let mut end = 0.0;
        for size in sizes {
            end += size;
            edges.push(end);
        }
        Ruler { edges }
    }

    /// The lines of an arrangement.
    pub fn lines(arrangement: &Arrangement, sizes: Sizes) -> Self {
        Ruler::of(arrangement.lines.iter().map(|line| match line {
            Line::Title(..) => sizes.title,
            Line::Row(_) => sizes.row,
        }))
    }

    /// The columns of an arrangement that are not pinned.
    pub fn columns(matrix: &Matrix, arrangement: &Arrangement, sizes: Sizes) -> Self {
        Ruler::of((0..arrangement.columns.len()).map(|at| {
            if begins_group(matrix, arrangement, at) {
                sizes.column + sizes.gap
            } else {
                sizes.column
            }
        }))
    }

    /// Number of things.
    pub fn len(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    /// Is there nothing?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a thing begins.
    pub fn start(&self, index: usize) -> f64 {
        self.edges
            .get(index)
            .or(self.edges.last())
            .copied()
            .unwrap_or_default()
    }

    /// Length of the whole.
    pub fn total(&self) -> f64 {
        self.edges.last().copied().unwrap_or_default()
    }

    /// The things that touch the stretch of `length` from `from`, with `more` on either side.
    pub fn visible(&self, from: f64, length: f64, more: usize) -> Range<usize> {
        if self.is_empty() {
            return 0..0;
        }
        let last = self.len();
        // The first thing that ends beyond the beginning, and the first that begins beyond the end.
        let first = self.edges[1..].partition_point(|edge| *edge <= from);
        let end = self.edges[..last].partition_point(|edge| *edge < from + length);
        first.saturating_sub(more).min(last)..(end + more).min(last)
    }

    /// How far to scroll so that a thing is seen whole; `None` when it is.
    pub fn reveal(&self, index: usize, from: f64, length: f64) -> Option<f64> {
        let (start, end) = (self.start(index), self.start(index + 1));
        if start < from {
            Some(start)
        } else if end > from + length {
            Some(end - length)
        } else {
            None
        }
    }
}

/// Does the column at this place of the arrangement begin a group?
pub fn begins_group(matrix: &Matrix, arrangement: &Arrangement, at: usize) -> bool {
    let group = |at: usize| {
        let column = arrangement.columns.get(at)?;
        Some(&matrix.columns.get(*column)?.group)
    };
    at == 0 || group(at) != group(at - 1)
}

#[cfg(test)]
mod tests {
    use super::super::arrange::Wish;
    use super::super::data::tests::matrix;
    use super::*;

    const SIZES: Sizes = Sizes {
        row: 33.0,
        title: 40.0,
        column: 50.0,
        gap: 6.0,
        names: 200.0,
    };

    #[test]
    fn a_large_track_shows_a_few_of_many() {
        let track = Ruler::of((0..1_000).map(|_| 33.0));
        assert_eq!(track.visible(0.0, 330.0, 0), 0..10);
        assert_eq!(track.visible(16.0, 330.0, 0), 0..11);
        assert_eq!(track.visible(33.0, 330.0, 2), 0..13);
        assert_eq!(track.visible(32_900.0, 330.0, 4), 992..1_000);
        assert_eq!(Ruler::of([]).visible(0.0, 100.0, 3), 0..0);
    }

    #[test]
    fn titles_and_groups_take_their_room() {
        let matrix = matrix();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let lines = Ruler::lines(&arrangement, SIZES);
        assert_eq!(lines.total(), 2.0 * 40.0 + 3.0 * 33.0);
        assert_eq!(lines.start(1), 40.0);
        let columns = Ruler::columns(&matrix, &arrangement, SIZES);
        assert_eq!(columns.total(), 3.0 * 50.0 + 2.0 * 6.0);
    }

    #[test]
    fn what_is_revealed_is_seen_whole() {
        let track = Ruler::of((0..100).map(|_| 10.0));
        for (index, from) in [(0, 500.0), (99, 0.0), (50, 0.0), (7, 75.0)] {
            let to = track.reveal(index, from, 80.0).expect("it is out of sight");
            assert_eq!(track.reveal(index, to, 80.0), None, "{index} from {from}");
        }
        assert_eq!(track.reveal(3, 0.0, 80.0), None);
    }
}
