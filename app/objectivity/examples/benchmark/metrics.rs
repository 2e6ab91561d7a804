//! Area under the curve and power at thresholds set inside each size bin.

/// Size bins of the targets.
pub const BINS: [(&str, usize); 5] = [
    ("4–7", 7),
    ("8–12", 12),
    ("13–30", 30),
    ("31–60", 60),
    ("61+", usize::MAX),
];

/// Bin of a school with this many enrolled pupils.
pub fn bin(pupils: usize) -> usize {
    BINS.iter()
        .position(|&(_, upper)| pupils <= upper)
        .unwrap_or(BINS.len() - 1)
}

/// Honest scores by bin, sorted, as the reference of every rate.
#[derive(Default, Clone)]
pub struct Reference {
    bins: [Vec<f64>; 5],
}

impl Reference {
    pub fn push(&mut self, bin: usize, score: f64) {
        self.bins[bin].push(score);
    }

    pub fn sort(&mut self) {
        self.bins
            .iter_mut()
            .for_each(|bin| bin.sort_by(f64::total_cmp));
    }

    /// Share of honest schools of the bin below `score`, ties counted half.
    pub fn rank(&self, bin: usize, score: f64) -> f64 {
        let honest = &self.bins[bin];
        if honest.is_empty() {
            return 0.5;
        }
        let below = honest.partition_point(|value| *value < score);
        let through = honest.partition_point(|value| *value <= score);
        (below + through) as f64 / 2.0 / honest.len() as f64
    }

    /// Whether `score` exceeds the threshold passed by at most `rate` of honest schools of the bin.
    pub fn exceeds(&self, bin: usize, score: f64, rate: f64) -> bool {
        let honest = &self.bins[bin];
        if honest.is_empty() {
            return false;
        }
        let allowed = (honest.len() as f64 * rate).floor() as usize;
        score > honest[honest.len() - 1 - allowed.min(honest.len() - 1)]
    }
}

/// Mean of a column; NaN when empty.
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_usize);
    for value in values {
        sum += value;
        count += 1;
    }
    sum / count as f64
}
