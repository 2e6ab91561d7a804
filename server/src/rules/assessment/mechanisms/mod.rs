//! Assessment of the municipal mechanisms: criteria read from a published form, scored by the form's own rules.

mod frames;
mod matrix;
pub mod workbook;

pub use matrix::{Criteria, Judged, matrix};

use api::assessment::mechanism::Side;

use crate::store::CellAnswer;

/// What a side holds of a cell at the end of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The municipality's.
    pub own: Option<u8>,
    /// The expert's.
    pub expert: Option<u8>,
    /// Agreed.
    pub agreed: Option<u8>,
    /// The municipality objected to the expert's level without agreeing on another one.
    pub objected: bool,
    /// Comments of all sides.
    pub comments: u32,
}

impl Levels {
    /// The level that counts: agreed, else the expert's, else the own one.
    ///
    /// # Source
    /// `scoring.expert.final_value` of the instrument.
    pub fn settled(self) -> Option<u8> {
        self.agreed.or(self.expert).or(self.own)
    }

    /// Do the two sides differ by the threshold of the criteria or more?
    pub fn disagrees(self, threshold: f64) -> bool {
        self.own
            .zip(self.expert)
            .is_some_and(|(own, expert)| f64::from(own.abs_diff(expert)) >= threshold.max(1.0))
    }

    /// Is the difference still to be talked over?
    pub fn is_open(self, threshold: f64) -> bool {
        self.disagrees(threshold) && self.agreed.is_none() && !self.objected
    }
}

/// Folds a log: the newest level of a side counts, comments add up.
pub fn fold<'a>(
    answers: impl IntoIterator<Item = &'a CellAnswer>,
) -> std::collections::BTreeMap<String, Levels> {
    let mut levels: std::collections::BTreeMap<String, Levels> = Default::default();
    for answer in answers {
        let cell = levels.entry(answer.cell.clone()).or_default();
        let entry = &answer.entry;
        cell.comments += u32::from(entry.comment.is_some());
        match entry.side {
            Side::Own => cell.own = entry.level.or(cell.own),
            Side::Expert => cell.expert = entry.level.or(cell.expert),
            Side::Agreed => {
                cell.agreed = entry.level.or(cell.agreed);
                cell.objected = entry.level.is_none() && entry.comment.is_some();
            }
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use api::assessment::mechanism::CellEntry;
    use proptest::prelude::*;

    use super::*;

    fn answer(side: Side, level: Option<u8>, comment: Option<&str>) -> CellAnswer {
        CellAnswer {
            cell: "MM-1.1-goals".into(),
            entry: CellEntry {
                side,
                level,
                comment: comment.map(str::to_owned),
                person_name: None,
                at_ms: 0,
            },
        }
    }

    fn one(answers: &[CellAnswer]) -> Levels {
        fold(answers)["MM-1.1-goals"]
    }

    #[test]
    fn the_newest_level_counts_and_a_comment_alone_changes_none() {
        let levels = one(&[
            answer(Side::Own, Some(1), None),
            answer(Side::Own, Some(2), None),
            answer(Side::Own, None, Some("уточним в июне")),
        ]);
        assert_eq!((levels.own, levels.comments), (Some(2), 1));
    }

    #[test]
    fn an_agreed_level_counts_before_the_experts_and_the_own_one() {
        let both = [
            answer(Side::Own, Some(3), None),
            answer(Side::Expert, Some(1), None),
        ];
        assert_eq!(one(&both[..1]).settled(), Some(3));
        assert_eq!(one(&both).settled(), Some(1));
        assert!(one(&both).is_open(1.0));
        let agreed = [both.as_slice(), &[answer(Side::Agreed, Some(2), None)]].concat();
        assert_eq!(one(&agreed).settled(), Some(2));
        assert!(!one(&agreed).is_open(1.0));
    }

    #[test]
    fn a_recorded_objection_settles_the_talk_but_the_experts_level_counts() {
        let levels = one(&[
            answer(Side::Own, Some(3), None),
            answer(Side::Expert, Some(1), None),
            answer(Side::Agreed, None, Some("не согласны: приказ есть")),
        ]);
        assert_eq!(levels.settled(), Some(1));
        assert!(levels.objected && !levels.is_open(1.0) && levels.disagrees(1.0));
    }

    proptest! {
        #[test]
        fn what_is_settled_was_said_by_somebody(
            said in proptest::collection::vec((0_u8..3, proptest::option::of(0_u8..4)), 0..20)
        ) {
            let answers: Vec<CellAnswer> = said
                .iter()
                .map(|(side, level)| {
                    let side = [Side::Own, Side::Expert, Side::Agreed][usize::from(*side)];
                    answer(side, *level, None)
                })
                .collect();
            let levels = fold(&answers).get("MM-1.1-goals").copied().unwrap_or_default();
            let settled = levels.settled();
            prop_assert_eq!(settled.is_some(), said.iter().any(|(_, level)| level.is_some()));
            let was_said = |level: u8| said.iter().any(|(_, said)| *said == Some(level));
            prop_assert!(settled.is_none_or(was_said));
        }
    }
}
