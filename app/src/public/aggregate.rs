//! Aggregates that may be shown to everyone.

use api::text::Text;

/// Pupils below which a group is not shown.
///
/// # Source
/// Platform: the usual minimum of open statistics (n ≥ 10), so that no child can be recognised.
pub const SMALLEST_PUPILS: u32 = 10;
/// Schools below which a group is not shown: with two, each could compute the other.
///
/// # Source
/// Platform: the usual minimum of three contributors in official statistics.
pub const SMALLEST_SCHOOLS: u32 = 3;

/// Pupils by mark in the work: 2, 3, 4, 5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCounts(pub [u32; 4]);

/// One work over the municipality. Holds nothing about groups that are too small.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkAggregate {
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    shown: Option<Shown>,
}

/// Figures of a group that is large enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) schools: u32,
    pub(super) pupils: u32,
    /// Pupils by mark; absent when the work has too few marks.
    pub(super) marks: Option<MarkCounts>,
}

impl WorkAggregate {
    /// Takes counts over the municipality and drops them when the group is too small.
    pub fn new(
        subject_name: Text,
        grade: u8,
        schools: u32,
        pupils: u32,
        marks: MarkCounts,
    ) -> Self {
        let is_shown = pupils >= SMALLEST_PUPILS && schools >= SMALLEST_SCHOOLS;
        let marked: u32 = marks.0.iter().sum();
        // Marks of a few pupils inside a large group are as telling as a small group.
        let marks = (marked >= SMALLEST_PUPILS).then_some(marks);
        WorkAggregate {
            subject_name,
            grade,
            shown: is_shown.then_some(Shown {
                schools,
                pupils,
                marks,
            }),
        }
    }

    /// The same work without figures: they would give a small group away.
    pub(super) fn hidden(mut self) -> Self {
        self.shown = None;
        self
    }

    pub(super) fn shown(&self) -> Option<Shown> {
        self.shown
    }
}

/// A total that cannot be used to compute a suppressed part: rounded to tens.
pub(super) fn rounded(total: u64) -> u64 {
    (total + 5) / 10 * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aggregate(schools: u32, pupils: u32) -> WorkAggregate {
        let marks = MarkCounts([pupils / 4; 4]);
        WorkAggregate::new(
            Text::new("Математика", "Mathematics"),
            5,
            schools,
            pupils,
            marks,
        )
    }

    #[test]
    fn small_groups_keep_no_figures() {
        assert!(aggregate(3, 9).shown().is_none());
        assert!(aggregate(2, 400).shown().is_none());
        assert!(aggregate(3, 10).shown().is_some());
    }

    #[test]
    fn marks_of_a_large_group_are_kept() {
        let marks = aggregate(20, 400)
            .shown()
            .and_then(|shown| shown.marks)
            .expect("a large group with marks");
        assert_eq!(marks, MarkCounts([100; 4]));
    }

    #[test]
    fn totals_are_rounded_to_tens() {
        assert_eq!([0, 4, 5, 5_812].map(rounded), [0, 0, 10, 5_810]);
    }
}
