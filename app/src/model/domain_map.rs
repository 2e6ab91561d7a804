//! Schools by domains: which step of the scale a share reaches, and the middle of the district.

use api::assessment::campaign_result::SchoolResult;

/// Number of the level that a share reaches, by the smallest shares of the levels, ascending.
pub fn step(share: f64, bounds: &[f64]) -> usize {
    bounds
        .iter()
        .rposition(|bound| share >= *bound)
        .unwrap_or_default()
}

/// Median of a domain over the schools that have a number; `None` when none has.
pub fn median(schools: &[SchoolResult], section: &str) -> Option<f64> {
    let mut shares: Vec<f64> = schools
        .iter()
        .flat_map(|school| &school.cells)
        .filter(|cell| cell.section == section)
        .filter_map(|cell| cell.score)
        .collect();
    shares.sort_by(f64::total_cmp);
    let middle = shares.len() / 2;
    match shares.len() {
        0 => None,
        count if count % 2 == 1 => shares.get(middle).copied(),
        _ => Some((shares[middle - 1] + shares[middle]) / 2.0),
    }
}

/// Where a value stands among the levels of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the highest level: nothing asks for help.
    Top,
    /// In the one below it.
    Middle,
    /// Lower.
    Low,
}

/// Where a value stands; `bounds` are the lower bounds of the levels, lowest first.
pub fn standing(bounds: &[f64], value: f64) -> Standing {
    let reached = bounds.iter().filter(|from| **from <= value).count();
    match bounds.len().saturating_sub(reached) {
        0 => Standing::Top,
        1 => Standing::Middle,
        _ => Standing::Low,
    }
}

#[cfg(test)]
mod tests {
    use api::assessment::campaign::CampaignProgress;
    use api::assessment::campaign_result::DomainCell;
    use uuid::Uuid;

    use super::*;

    fn school(score: Option<f64>) -> SchoolResult {
        SchoolResult {
            organisation: Uuid::nil().into(),
            name: String::new(),
            progress: CampaignProgress::Approved,
            submission: None,
            cells: vec![DomainCell {
                section: "D1".to_owned(),
                score,
                level: None,
                before: None,
                unconfirmed: 0,
            }],
        }
    }

    #[test]
    fn a_share_on_a_bound_reaches_the_level() {
        let bounds = [0.0, 0.35, 0.6, 0.85];
        let steps: Vec<usize> = [0.0, 0.349, 0.35, 0.85, 1.0]
            .iter()
            .map(|share| step(*share, &bounds))
            .collect();
        assert_eq!(steps, [0, 0, 1, 3, 3]);
    }

    #[test]
    fn schools_without_a_number_do_not_count_in_the_median() {
        let all = [school(Some(0.2)), school(None), school(Some(0.6))];
        assert_eq!(median(&all, "D1"), Some(0.4));
        assert_eq!(median(&all[..1], "D1"), Some(0.2));
        assert_eq!(median(&all, "D2"), None);
    }

    #[test]
    fn only_what_lies_below_the_two_highest_levels_is_low() {
        let bounds = [0.0, 0.17, 0.5, 0.83];
        let all = [0.1, 0.33, 0.5, 0.67, 0.89, 1.0].map(|value| standing(&bounds, value));
        use Standing::{Low, Middle, Top};
        assert_eq!(all, [Low, Low, Middle, Middle, Top, Top]);
    }
}
