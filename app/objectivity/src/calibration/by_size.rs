//! Honest schools and rooms in groups of about the same size: what is shared inside weighs the more, the larger they are.

use crate::statistics::heavy_tail::{HeavyTail, LEAST_VALUES};

/// Schools in a group; fewer, and one group holds all.
const GROUP: usize = 4 * LEAST_VALUES;
/// Most groups.
const MOST_GROUPS: usize = 5;

/// Groups of (size, value) of at least about `least` values and at most `most` groups, sizes growing.
///
/// Values of one size stay together: were they split, the order among them would put the high ones into one group and the
/// low ones into another, and each group would take its own half for what is usual.
pub(crate) fn groups(values: &[(usize, f64)], least: usize, most: usize) -> Vec<Vec<(usize, f64)>> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let number = (sorted.len() / least.max(1)).clamp(1, most.max(1));
    let full = sorted.len().div_ceil(number);
    let mut groups: Vec<Vec<(usize, f64)>> = Vec::new();
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        match groups.last_mut() {
            // Half of the next size may overfill a group; beyond that a new one begins.
            Some(group) if group.len() + same.len() / 2 < full => group.extend_from_slice(same),
            _ => groups.push(same.to_vec()),
        }
    }
    if groups.len() > 1
        && groups.last().is_some_and(|last| last.len() * 2 < full)
        && let Some(last) = groups.pop()
        && let Some(before) = groups.last_mut()
    {
        before.extend(last);
    }
    groups
}

/// Widest a group is taken to be beside what chance and the region's spread allow.
const WIDEST: f64 = 2.0;

/// Upper widths and tails of groups of schools with about the same number of pupils.
#[derive(Debug, Clone)]
pub struct BySize {
    /// Largest size of the group, its upper half-width of at least 1, and its tail, sizes growing.
    groups: Vec<(usize, f64, HeavyTail)>,
}

/// Upper quartile against the median in units of a standard normal, at least 1. A third of the schools inflated widens it
/// and costs power; nothing sharpens.
fn upper_width(group: &[(usize, f64)], narrowest: f64) -> f64 {
    if group.len() < GROUP / 2 {
        return 1.0;
    }
    let mut z: Vec<f64> = group.iter().map(|school| school.1).collect();
    z.sort_by(f64::total_cmp);
    let at = |share: f64| z[((z.len() - 1) as f64 * share).round() as usize];
    if narrowest >= 1.0 {
        return ((at(0.75) - at(0.5)) / 0.674_49).clamp(1.0, WIDEST);
    }
    ((at(0.9) - at(0.5)) / 1.281_55).clamp(narrowest, WIDEST)
}

impl BySize {
    /// Learns from (pupils, z) of the schools of one procedure.
    pub fn fit(schools: &[(usize, f64)]) -> Self {
        Self::fit_from(schools, 1.0)
    }

    /// The same where values may also lie closer than a standard normal, down to `narrowest`.
    pub fn fit_from(schools: &[(usize, f64)], narrowest: f64) -> Self {
        let groups = groups(schools, GROUP, MOST_GROUPS)
            .into_iter()
            .map(|group| {
                let largest = group.last().map_or(0, |school| school.0);
                let width = upper_width(&group, narrowest);
                let scaled = group.iter().map(|school| school.1 / width);
                // Honest tails are no heavier than those of either side: inflation only adds above, and values that are
                // skewed to the left say nothing about the right.
                let (below, above) = (
                    HeavyTail::fit(scaled.clone()),
                    HeavyTail::fit(scaled.map(|z| -z)),
                );
                let tail = if below.growth <= above.growth {
                    below
                } else {
                    above
                };
                (largest, width, tail)
            })
            .collect();
        Self { groups }
    }

    /// z of a school of this size by the tail of its group.
    pub fn z(&self, size: usize, z: f64) -> f64 {
        let group = self.groups.iter().find(|group| size <= group.0);
        match group.or(self.groups.last()) {
            Some((_, width, tail)) if z > 0.0 => tail.z(z / width),
            _ => z,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_size_stay_together() {
        let values: Vec<(usize, f64)> = (0..300).map(|place| (14, f64::from(place))).collect();
        assert_eq!(groups(&values, 40, 5).len(), 1);
        let mixed: Vec<(usize, f64)> = (0..300)
            .map(|place| (4 + place % 20, place as f64))
            .collect();
        let found = groups(&mixed, 40, 5);
        assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 300);
        assert!(found.len() > 3 && found.iter().all(|group| group.len() >= 30));
        for pair in found.windows(2) {
            assert!(pair[0].last().unwrap().0 < pair[1][0].0);
        }
    }
}
