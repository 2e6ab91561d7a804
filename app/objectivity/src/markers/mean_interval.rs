//! D-02: the confidence interval of the school's mean lies above the region's.

use super::Outcome;
use crate::statistics::intervals::mean_interval;
use crate::statistics::score_sums::ScoreSums;

/// Level of both intervals.
///
/// # Source
/// Platform (signal S1 of `objectivity_signals.yaml`); the programme (7.3) names the method and no level.
const LEVEL: f64 = 0.95;

/// Lower end of the school's 95 % t interval against the upper end of that of the other schools together, in points.
///
/// `None` when either has fewer than two scores. A school of constant scores has an interval of zero width and is judged
/// by it: the rule is literal.
///
/// # Source
/// Programme of the Labinsk district, 7.3 (requirement D-02).
#[must_use]
pub fn outcome(school: &ScoreSums, others: &ScoreSums) -> Option<Outcome> {
    Some(Outcome::above(
        mean_interval(school, LEVEL)?.low,
        mean_interval(others, LEVEL)?.high,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_far_school_fires_and_an_equal_one_does_not() {
        let others = ScoreSums::of_histogram(&[50, 100, 200, 100, 50]);
        assert!(
            outcome(&ScoreSums::of_histogram(&[0, 0, 0, 10, 20]), &others)
                .unwrap()
                .fired
        );
        assert!(
            !outcome(&ScoreSums::of_histogram(&[5, 10, 20, 10, 5]), &others)
                .unwrap()
                .fired
        );
        assert!(outcome(&ScoreSums::of_histogram(&[0, 0, 0, 0, 1]), &others).is_none());
    }
}
