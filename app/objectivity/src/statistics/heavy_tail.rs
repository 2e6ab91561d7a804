//! Tails heavier than normal, learned from the schools below expectation (тяжёлые хвосты).
//!
//! Honest schools differ by more than chance and not always normally: a topic taught late, a teacher who left. Inflation only
//! ever adds to the upper side, so the lower side shows what honest tails look like, and the upper side is judged by it.

/// Places in the lower half, and the half-normal quantiles there.
const PLACES: [(f64, f64); 5] = [
    (0.80, 1.281_552),
    (0.90, 1.644_854),
    (0.95, 1.959_964),
    (0.975, 2.241_403),
    (0.99, 2.575_829),
];
/// Values a place must have beyond it before it counts.
const LEAST_BEYOND: f64 = 2.0;
/// Values below zero without which nothing is learned.
pub const LEAST_VALUES: usize = 20;
/// No tail is taken to be heavier than this.
const HEAVIEST: f64 = 0.5;
/// Part of a value that is always kept: a quarter of a region's schools cannot vouch for the far tail, and gross inflation
/// has to stay gross.
const LEAST_KEPT: f64 = 0.7;

/// A quantile h of a standard normal value is expected at h·(1 + growth·h).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeavyTail {
    /// Growth of the ratio to the normal quantile, 0–0.5; 0 for normal tails.
    pub growth: f64,
}

impl HeavyTail {
    /// Normal tails.
    pub const NORMAL: Self = Self { growth: 0.0 };

    /// Learns from values that are standard normal but for their tails; only those below zero are looked at. Normal below
    /// [`LEAST_VALUES`] of them.
    ///
    /// # Source
    /// A quantile–quantile fit as in Tukey's g-and-h family (Hoaglin 1985, h part to first order); the reflection is ours.
    #[must_use]
    pub fn fit(values: impl Iterator<Item = f64>) -> Self {
        let mut lower: Vec<f64> = values.filter(|z| *z < 0.0).map(|z| -z).collect();
        if lower.len() < LEAST_VALUES {
            return Self::NORMAL;
        }
        lower.sort_by(f64::total_cmp);
        let count = lower.len() as f64;
        let (mut product, mut square) = (0.0, 0.0);
        for (place, quantile) in PLACES {
            if count * (1.0 - place) < LEAST_BEYOND {
                break;
            }
            let at = lower[((count * place) as usize).min(lower.len() - 1)];
            product += quantile * (at / quantile - 1.0);
            square += quantile * quantile;
        }
        let growth = if square > 0.0 { product / square } else { 0.0 };
        Self {
            growth: growth.clamp(0.0, HEAVIEST),
        }
    }

    /// The normal quantile that lies at `z`; values below zero stay as they are.
    #[must_use]
    pub fn z(&self, z: f64) -> f64 {
        if z <= 0.0 || self.growth < 1e-6 {
            return z;
        }
        let normal = ((1.0 + 4.0 * self.growth * z).sqrt() - 1.0) / (2.0 * self.growth);
        normal.max(LEAST_KEPT * z)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn normal_values_hardly_change() {
        let mut random = Random::new(1);
        let tail = HeavyTail::fit((0..4_000).map(|_| random.normal()));
        assert!(tail.growth < 0.03, "{tail:?}");
        assert_eq!(tail.z(-2.0), -2.0);
    }

    #[test]
    fn students_tails_come_back_to_their_level() {
        let mut random = Random::new(2);
        let mut heavy = || {
            let chi: f64 = (0..4).map(|_| random.normal().powi(2)).sum::<f64>() / 4.0;
            // Median deviation of a standard normal.
            random.normal() / chi.sqrt() / 1.098
        };
        let values: Vec<f64> = (0..6_000).map(|_| heavy()).collect();
        let tail = HeavyTail::fit(values.iter().copied());
        let raw = values.iter().filter(|z| **z > 2.326).count() as f64 / 6_000.0;
        let mended = values.iter().filter(|z| tail.z(**z) > 2.326).count() as f64 / 6_000.0;
        println!("above the 1 % limit: {raw:.4} before, {mended:.4} after");
        assert!(
            raw > 0.02 && (0.004..=0.016).contains(&mended),
            "{raw} {mended}"
        );
    }

    #[test]
    fn inflation_above_does_not_touch_the_tail() {
        let mut random = Random::new(3);
        let honest: Vec<f64> = (0..500).map(|_| random.normal()).collect();
        let clean = HeavyTail::fit(honest.iter().copied());
        let mixed = honest.iter().map(|z| if *z > 0.5 { z + 4.0 } else { *z });
        assert_eq!(HeavyTail::fit(mixed), clean);
        assert_eq!(HeavyTail::fit([-9.0; 5].into_iter()), HeavyTail::NORMAL);
    }
}
