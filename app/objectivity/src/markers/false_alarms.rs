//! How often each marker fires on honest schools, by size: measured, not assumed.

use crate::cell::MarkerName;

/// Smallest and largest number of works of the size bins.
pub const SIZE_BINS: [(u32, u32); 5] = [(4, 7), (8, 12), (13, 30), (31, 60), (61, u32::MAX)];

/// Measured on 60 simulated honest regions of 300 schools (1,638–5,259 schools a bin; standard error at most 0.009).
///
/// Printed by `cargo run -p objectivity --release --example marker_rates`; measure again when a marker or the simulator
/// changes. Rows in the order of [`MarkerName`], columns in the order of [`SIZE_BINS`]. The row of the state exam is an
/// upper bound: the exam there is written by other pupils of the school.
const RATES: [[f64; 5]; 5] = [
    [0.067, 0.104, 0.169, 0.233, 0.303],
    [0.527, 0.618, 0.780, 0.909, 0.970],
    [0.094, 0.070, 0.047, 0.041, 0.036],
    [0.247, 0.202, 0.121, 0.060, 0.037],
    [0.390, 0.370, 0.315, 0.242, 0.209],
];

/// Share of honest schools with this many works on which the marker fires, 0–1; below four works that of the smallest bin.
#[must_use]
pub fn rate(marker: MarkerName, works: u32) -> f64 {
    let bin = SIZE_BINS
        .iter()
        .position(|&(_, high)| works <= high)
        .unwrap_or(SIZE_BINS.len() - 1);
    let row = match marker {
        MarkerName::MeanInterval => 0,
        MarkerName::ItemInterval => 1,
        MarkerName::ControlGroup => 2,
        MarkerName::StateExamGap => 3,
        MarkerName::InflatedResults => 4,
    };
    RATES[row][bin]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_fall_into_their_bins() {
        assert_eq!(rate(MarkerName::MeanInterval, 1), RATES[0][0]);
        assert_eq!(rate(MarkerName::MeanInterval, 12), RATES[0][1]);
        assert_eq!(rate(MarkerName::InflatedResults, 5_000), RATES[4][4]);
    }
}
