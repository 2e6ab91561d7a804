//! Null of the combined ratio: what honest schools of the same size, data and years would reach.

use crate::calibration::null_table::NullTable;
use crate::combination::alternatives::{FAMILIES, Shown, log_mixture, log_ratios};
use crate::random::{Random, seed_of};

/// What one school's ratio is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Setting {
    /// Shift of z per unit effect, this year.
    pub(crate) now: [Option<f64>; FAMILIES],
    /// The same over years with the correlation of both z-values; `None` without earlier years.
    pub(crate) accumulated: Option<[Option<(f64, f64)>; FAMILIES]>,
}

/// ln of the ratio of a school: this year alone or all years, half and half.
///
/// A school that inflates every year is found by the sum, one that began or stopped by the year itself.
pub(crate) fn statistic(now: &Shown, accumulated: Option<&Shown>) -> f64 {
    let current = log_mixture(&log_ratios(now));
    match accumulated {
        None => current,
        Some(shown) => log_mixture(&[current, log_mixture(&log_ratios(shown))]),
    }
}

/// Simulates honest schools of a setting; families are correlated as `correlation` says.
pub(crate) fn table(
    setting: &Setting,
    factor: &[[f64; FAMILIES]; FAMILIES],
    replicates: usize,
    seed: u64,
) -> NullTable {
    NullTable::build(&[1], replicates, |_, replicate| {
        let mut random = Random::new(seed_of(&[seed, 31, replicate as u64]));
        let mut correlated = || {
            let mut independent = [0.0; FAMILIES];
            independent
                .iter_mut()
                .for_each(|value| *value = random.normal());
            let mut values = [0.0; FAMILIES];
            for (row, value) in factor.iter().zip(values.iter_mut()) {
                *value = row.iter().zip(&independent).map(|(a, b)| a * b).sum();
            }
            values
        };
        let (first, second) = (correlated(), correlated());
        let mut now: Shown = [None; FAMILIES];
        for family in 0..FAMILIES {
            now[family] = setting.now[family].map(|power| (first[family], power));
        }
        let accumulated = setting.accumulated.as_ref().map(|powers| {
            let mut shown: Shown = [None; FAMILIES];
            for family in 0..FAMILIES {
                shown[family] = powers[family].map(|(power, with_now)| {
                    let z = with_now * first[family]
                        + (1.0 - with_now * with_now).max(0.0).sqrt() * second[family];
                    (z, power)
                });
            }
            shown
        });
        statistic(&now, accumulated.as_ref())
    })
}

/// p-value of `value` among honest schools of the table.
pub(crate) fn p_value(table: &NullTable, value: f64) -> f64 {
    crate::calibration::normal::upper_p(table.z(1, value))
}

/// Lower-triangular factor of a correlation matrix; shrinks towards independence until it exists.
pub(crate) fn factor(correlation: &[[f64; FAMILIES]; FAMILIES]) -> [[f64; FAMILIES]; FAMILIES] {
    let mut shrink = 1.0;
    for _ in 0..20 {
        let matrix = nalgebra::DMatrix::from_fn(FAMILIES, FAMILIES, |a, b| {
            if a == b {
                1.0
            } else {
                shrink * correlation[a][b]
            }
        });
        if let Some(cholesky) = matrix.cholesky() {
            let lower = cholesky.l();
            let mut result = [[0.0; FAMILIES]; FAMILIES];
            for (a, row) in result.iter_mut().enumerate() {
                for (b, value) in row.iter_mut().enumerate() {
                    *value = lower[(a, b)];
                }
            }
            return result;
        }
        shrink *= 0.8;
    }
    let mut identity = [[0.0; FAMILIES]; FAMILIES];
    for (place, row) in identity.iter_mut().enumerate() {
        row[place] = 1.0;
    }
    identity
}
