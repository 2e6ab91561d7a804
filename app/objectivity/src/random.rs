//! A seeded generator whose stream never changes, so a stored run can be repeated after any upgrade of dependencies.
//!
//! # Source
//! SplitMix64: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA.

use crate::math::Portable;

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

/// Mixes any number of parts into one seed, so every unit of work has its own stream whatever thread runs it.
pub fn seed_of(parts: &[u64]) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for &part in parts {
        state = mix(state ^ part).wrapping_add(0x9E37_79B9_7F4A_7C15);
    }
    state
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Random {
    /// A generator with its own stream per seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: mix(seed.wrapping_add(0x9E37_79B9_7F4A_7C15)),
        }
    }

    /// Next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in 0..bound; `bound` must be positive.
    pub fn below(&mut self, bound: usize) -> usize {
        ((self.unit() * bound as f64) as usize).min(bound.saturating_sub(1))
    }

    /// True with probability `share`.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// Standard normal, by Box and Muller.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).logarithm()).sqrt();
        radius * crate::math::sin_cos(std::f64::consts::TAU * self.unit()).1
    }

    /// Student's t with five degrees of freedom, scaled to the quartiles of a standard normal: honest schools differ so,
    /// with a few far out.
    pub fn student(&mut self) -> f64 {
        let chi: f64 = (0..5).map(|_| self.normal().powi(2)).sum::<f64>() / 5.0;
        // Upper quartiles: 0.67449 of the normal, 0.72669 of Student's (R 4.3: qt(0.75, 5)).
        0.928_17 * self.normal() / chi.max(1e-12).sqrt()
    }

    /// Fisher–Yates.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }
}
