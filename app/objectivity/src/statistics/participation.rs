//! Share of enrolled pupils who wrote the work (доля участия); selective absence lifts a mean.

use super::intervals::{Interval, share_interval};
use super::robust_regression::Estimate;
use super::share::stabilised;

/// Why no participation can be stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParticipationError {
    /// Nobody is enrolled.
    #[error("nobody is enrolled; give the number of pupils who should have written")]
    NobodyEnrolled,
    /// More works than pupils: one of the numbers belongs to another school, grade or date.
    #[error("{wrote} works for {enrolled} enrolled pupils; mend one of the numbers")]
    MoreThanEnrolled {
        /// Works.
        wrote: u32,
        /// Pupils enrolled.
        enrolled: u32,
    },
}

/// Participation of one school.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Participation {
    /// Share who wrote, 0–1.
    pub share: f64,
    /// Wilson interval of the share at 95 %.
    pub interval: Interval,
    /// Absence on the stabilised scale for a funnel over schools: positive residuals mean more absent than elsewhere.
    pub absence: Estimate,
}

impl Participation {
    /// From the number of works and of enrolled pupils.
    ///
    /// # Errors
    /// When nobody is enrolled or more wrote than are enrolled.
    pub fn of(wrote: u32, enrolled: u32) -> Result<Self, ParticipationError> {
        let too_many = ParticipationError::MoreThanEnrolled { wrote, enrolled };
        if enrolled == 0 {
            return Err(ParticipationError::NobodyEnrolled);
        }
        let absent = enrolled.checked_sub(wrote).ok_or(too_many)?;
        let interval =
            share_interval(f64::from(wrote), f64::from(enrolled), 0.95).ok_or(too_many)?;
        let absence = stabilised(absent, enrolled).ok_or(too_many)?;
        Ok(Self {
            share: f64::from(wrote) / f64::from(enrolled),
            interval,
            absence,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absence_grows_as_participation_falls() {
        let full = Participation::of(20, 20).unwrap();
        let half = Participation::of(10, 20).unwrap();
        assert!(half.absence.value > full.absence.value + 3.0 * half.absence.variance.sqrt());
        assert_eq!((full.share, full.interval.high), (1.0, 1.0));
    }

    #[test]
    fn contradictions_are_named() {
        assert_eq!(
            Participation::of(0, 0),
            Err(ParticipationError::NobodyEnrolled)
        );
        assert_eq!(
            Participation::of(5, 4),
            Err(ParticipationError::MoreThanEnrolled {
                wrote: 5,
                enrolled: 4
            })
        );
    }
}
