//! D-05: the level of the assessment is not confirmed by the state exam of the cohort.

use super::Outcome;

/// Fall of the share of marks 4 and 5 beyond the typical one, as a share.
///
/// # Source
/// Platform (signal S4, attention: 20 percentage points); the programme (7.3) gives no number.
const THRESHOLD: f64 = 0.20;

/// Marks 4 and 5 among the pupils of a school in one procedure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HighMarks {
    /// Pupils with 4 or 5.
    pub high: u32,
    /// Pupils with a mark.
    pub pupils: u32,
}

impl HighMarks {
    /// Share with 4 or 5, 0–1. `None` without pupils or when more have 4 or 5 than have a mark.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.pupils > 0 && self.high <= self.pupils)
            .then(|| f64::from(self.high) / f64::from(self.pupils))
    }
}

/// Share of marks 4 and 5 in the assessment minus that in the exam, minus the typical change of comparable schools.
///
/// `typical` is the median of the same difference over schools of similar context, or over the municipality when the
/// context is unknown (the document's "with context"). `None` without pupils on either side or for a `typical` that is not
/// finite.
///
/// # Source
/// Programme of the Labinsk district, 7.3 (requirement D-05).
#[must_use]
pub fn outcome(assessment: HighMarks, exam: HighMarks, typical: f64) -> Option<Outcome> {
    let value = assessment.share()? - exam.share()? - typical;
    value.is_finite().then(|| Outcome::above(value, THRESHOLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_beyond_the_typical_one_fires() {
        let assessment = HighMarks {
            high: 18,
            pupils: 20,
        };
        let exam = HighMarks {
            high: 10,
            pupils: 20,
        };
        assert!(outcome(assessment, exam, 0.1).unwrap().fired);
        assert!(!outcome(assessment, exam, 0.3).unwrap().fired);
        assert!(outcome(assessment, HighMarks { high: 0, pupils: 0 }, 0.0).is_none());
        assert!(outcome(assessment, HighMarks { high: 3, pupils: 2 }, 0.0).is_none());
    }
}
