//! The kinds of evidence, one file each.

pub(crate) mod bunching;
pub(crate) mod change;
pub(crate) mod cohort;
pub(crate) mod confirmation;
pub(crate) mod item_profile;
pub(crate) mod item_rates;
pub(crate) mod level;
pub(crate) mod participation;
pub(crate) mod register_gap;
pub(crate) mod regression;
pub(crate) mod selection;
pub(crate) mod shrunk;
pub(crate) mod similarity;
pub(crate) mod spread;

use crate::cell::Level;

/// What a channel found in one school, before combination.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// Statistic; positive points to inflation.
    pub(crate) value: f64,
    /// 95 % interval of the statistic.
    pub(crate) interval: [f64; 2],
    /// Standard normal among honest schools of this size.
    pub(crate) z: f64,
    /// Expected shift of `z` per unit of the alternative's effect (see [`crate::combination::alternatives`]).
    pub(crate) power: f64,
    /// Pupils behind it.
    pub(crate) n: usize,
    /// What an honest school shows on average.
    pub(crate) expected: f64,
    /// Depth of data used.
    pub(crate) level: Level,
}

/// Mean and sample variance; `None` below two finite values.
pub(crate) fn moments(values: impl Iterator<Item = f64> + Clone) -> Option<(f64, f64)> {
    let count = values.clone().count();
    if count < 2 {
        return None;
    }
    let mean = values.clone().sum::<f64>() / count as f64;
    Some((
        mean,
        values.map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1) as f64,
    ))
}

/// Pooled variance inside schools of `value(work)`, leaving out blanks; `None` without spread.
pub(crate) fn within_variance(
    ranges: impl Iterator<Item = std::ops::Range<usize>>,
    value: impl Fn(usize) -> f64,
) -> Option<f64> {
    let mut squares = 0.0;
    let mut freedom = 0_usize;
    for range in ranges {
        let known = range.map(&value).filter(|value| value.is_finite());
        if let Some((_, variance)) = moments(known.clone()) {
            let count = known.count();
            squares += variance * (count - 1) as f64;
            freedom += count - 1;
        }
    }
    (freedom >= 5 && squares > 0.0).then(|| squares / freedom as f64)
}
