//! A bootstrap null that depends on size, kept as sorted samples on a grid of sizes.

use crate::calibration::normal::z_of_upper_p;
use crate::math::Portable;

/// Sorted null samples at increasing sizes.
#[derive(Debug, Clone)]
pub struct NullTable {
    sizes: Vec<usize>,
    samples: Vec<Vec<f64>>,
}

/// Sizes at which nulls are simulated; between them z is interpolated on the logarithm of the size.
pub const SIZES: [usize; 14] = [2, 3, 4, 5, 6, 8, 10, 13, 17, 23, 32, 48, 75, 120];

/// The sizes that schools of at most `largest` pupils need.
pub fn sizes_up_to(largest: usize) -> &'static [usize] {
    let needed = SIZES.iter().position(|&size| size >= largest);
    &SIZES[..needed.map_or(SIZES.len(), |place| place + 1)]
}

impl NullTable {
    /// Builds a table; `simulate(size, replicate)` must be a pure function of its arguments.
    pub fn build(
        sizes: &[usize],
        replicates: usize,
        simulate: impl Fn(usize, usize) -> f64 + Sync,
    ) -> Self {
        use rayon::prelude::*;
        let samples = sizes
            .par_iter()
            .map(|&size| {
                let mut values: Vec<f64> = (0..replicates)
                    .map(|replicate| simulate(size, replicate))
                    .collect();
                values.sort_by(f64::total_cmp);
                values
            })
            .collect();
        Self {
            sizes: sizes.to_vec(),
            samples,
        }
    }

    /// A table of one size from samples in any order.
    pub fn of_samples(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        Self {
            sizes: vec![1],
            samples: vec![samples],
        }
    }

    /// z-value with the same upper tail probability as `value` has among honest schools of this size.
    pub fn z(&self, size: usize, value: f64) -> f64 {
        let Some(upper) = self.sizes.iter().position(|&grid| grid >= size) else {
            return self
                .samples
                .last()
                .map_or(0.0, |samples| z_in(samples, value));
        };
        if upper == 0 || self.sizes[upper] == size {
            return z_in(&self.samples[upper], value);
        }
        let (low, high) = (self.sizes[upper - 1] as f64, self.sizes[upper] as f64);
        let weight =
            ((size as f64).logarithm() - low.logarithm()) / (high.logarithm() - low.logarithm());
        (1.0 - weight) * z_in(&self.samples[upper - 1], value)
            + weight * z_in(&self.samples[upper], value)
    }
}

/// Mid-p inside the sample; beyond its 97th percentile an exponential tail fitted to the excesses.
fn z_in(sorted: &[f64], value: f64) -> f64 {
    let count = sorted.len();
    if count < 20 || !value.is_finite() {
        return 0.0;
    }
    let start = count - (count * 3 / 100).max(10);
    let threshold = sorted[start];
    let tail = (count - start) as f64 / count as f64;
    if value > threshold {
        let excess = sorted[start..]
            .iter()
            .map(|sample| sample - threshold)
            .sum::<f64>()
            / (count - start) as f64;
        if excess <= 0.0 {
            return z_of_upper_p(0.5 / count as f64);
        }
        return z_of_upper_p(tail * (-(value - threshold) / excess).exponential());
    }
    let below = sorted.partition_point(|&sample| sample < value);
    let through = sorted.partition_point(|&sample| sample <= value);
    let upper = (count - through) as f64 + 0.5 * (through - below) as f64;
    z_of_upper_p((upper + 0.5) / (count as f64 + 1.0))
}
