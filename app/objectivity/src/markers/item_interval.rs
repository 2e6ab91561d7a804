//! D-03: the interval of an item's completion rate lies outside that of a control sample.

use super::Outcome;
use crate::statistics::intervals::share_interval;

/// Level of both intervals.
///
/// # Source
/// Platform (signal S2); the programme (7.3) names the method and no level.
const LEVEL: f64 = 0.95;

/// Completion of the items of one paper by some pupils.
#[derive(Debug, Clone, Copy)]
pub struct Completion<'a> {
    /// Points per item, in the order of the paper.
    pub points: &'a [u64],
    /// Pupils behind the points.
    pub pupils: u64,
}

/// Items outside the control sample.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemIntervals {
    /// Positions of items whose interval lies wholly above the control sample's.
    pub above: Vec<usize>,
    /// Positions of items whose interval lies wholly below.
    pub below: Vec<usize>,
    /// Number of items outside; fires from one on.
    pub outcome: Outcome,
}

/// Wilson intervals of the share of the maximum on each item, school against control sample (both without the other).
///
/// `maxima` are the items' points; an item of several points is treated as a share of its maximum, which makes its interval
/// a little too wide. `None` for different papers, no pupils, no items, or points above the maximum.
///
/// # Source
/// Programme of the Labinsk district, 7.3 (requirement D-03).
#[must_use]
pub fn outcome(
    maxima: &[u8],
    school: Completion<'_>,
    control: Completion<'_>,
) -> Option<ItemIntervals> {
    if maxima.is_empty()
        || school.points.len() != maxima.len()
        || control.points.len() != maxima.len()
    {
        return None;
    }
    let interval = |completion: Completion<'_>, item: usize| {
        let max = f64::from(maxima[item].max(1));
        share_interval(
            completion.points[item] as f64 / max,
            completion.pupils as f64,
            LEVEL,
        )
    };
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for item in 0..maxima.len() {
        let (own, reference) = (interval(school, item)?, interval(control, item)?);
        if own.above(&reference) {
            above.push(item);
        } else if reference.above(&own) {
            below.push(item);
        }
    }
    let outside = (above.len() + below.len()) as f64;
    Some(ItemIntervals {
        above,
        below,
        outcome: Outcome::above(outside, 0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_apart_by_direction() {
        let control = Completion {
            points: &[500, 500, 1000],
            pupils: 1000,
        };
        let school = Completion {
            points: &[20, 1, 20],
            pupils: 20,
        };
        let found = outcome(&[1, 1, 2], school, control).unwrap();
        assert_eq!(
            (found.above, found.below, found.outcome.fired),
            (vec![0], vec![1], true)
        );
    }

    #[test]
    fn impossible_or_foreign_points_give_no_answer() {
        let control = Completion {
            points: &[500],
            pupils: 1000,
        };
        assert!(
            outcome(
                &[1],
                Completion {
                    points: &[3],
                    pupils: 2
                },
                control
            )
            .is_none()
        );
        assert!(
            outcome(
                &[1],
                Completion {
                    points: &[],
                    pupils: 2
                },
                control
            )
            .is_none()
        );
        assert!(
            outcome(
                &[1],
                Completion {
                    points: &[0],
                    pupils: 0
                },
                control
            )
            .is_none()
        );
    }
}
