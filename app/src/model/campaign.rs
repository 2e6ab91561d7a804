//! How far the schools of a campaign are, counted once for every page that tells it.

use api::assessment::campaign::CampaignProgress;

/// Schools of a campaign by how far they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Handed over by the team, signed or not.
    pub handed_over: usize,
    /// Of them signed by the head.
    pub approved: usize,
    /// All schools of the campaign.
    pub all: usize,
}

impl Tally {
    /// Counts schools.
    pub fn of(schools: impl IntoIterator<Item = CampaignProgress>) -> Self {
        schools
            .into_iter()
            .fold(Tally::default(), |tally, progress| Tally {
                handed_over: tally.handed_over + usize::from(is_handed_over(progress)),
                approved: tally.approved + usize::from(progress == CampaignProgress::Approved),
                all: tally.all + 1,
            })
    }
}

/// Has the team handed over? A school that was given back has not.
pub fn is_handed_over(progress: CampaignProgress) -> bool {
    matches!(
        progress,
        CampaignProgress::Submitted | CampaignProgress::Approved
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_schools_have_handed_over_and_returned_ones_have_not() {
        use CampaignProgress::{Approved, Draft, NotStarted, Returned, Submitted};
        let tally = Tally::of([Approved, Submitted, Returned, Approved, Draft, NotStarted]);
        let expected = Tally {
            handed_over: 3,
            approved: 2,
            all: 6,
        };
        assert_eq!(tally, expected);
    }
}
