//! Honest tails by the size of the school: what is shared inside a school weighs the more, the larger it is.

use crate::statistics::heavy_tail::{HeavyTail, LEAST_VALUES};

/// Schools in a group; fewer, and one group holds all.
const GROUP: usize = 4 * LEAST_VALUES;
/// Most groups.
const MOST_GROUPS: usize = 5;

/// Tails of groups of schools with about the same number of pupils.
#[derive(Debug, Clone)]
pub struct BySize {
    /// Largest size of the group and its tail, growing.
    groups: Vec<(usize, HeavyTail)>,
}

impl BySize {
    /// Learns from (pupils, z) of the schools of one procedure.
    pub fn fit(schools: &[(usize, f64)]) -> Self {
        let mut sorted = schools.to_vec();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let number = (sorted.len() / GROUP).clamp(1, MOST_GROUPS);
        let groups = sorted
            .chunks(sorted.len().div_ceil(number).max(1))
            .map(|group| {
                let largest = group.last().map_or(0, |school| school.0);
                (largest, HeavyTail::fit(group.iter().map(|school| school.1)))
            })
            .collect();
        Self { groups }
    }

    /// z of a school of this size by the tail of its group.
    pub fn z(&self, size: usize, z: f64) -> f64 {
        let group = self.groups.iter().find(|group| size <= group.0);
        match group.or(self.groups.last()) {
            Some((_, tail)) => tail.z(z),
            None => z,
        }
    }
}
