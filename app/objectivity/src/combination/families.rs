//! Channels that share noise become one family; years of one school become one z-value.

use nalgebra::{DMatrix, DVector};

/// Correlation of two z-series over the same schools, after winsorising at ±2; 0 below 20 pairs.
pub(crate) fn correlation(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let pairs: Vec<(f64, f64)> = pairs
        .map(|(a, b)| (a.clamp(-2.0, 2.0), b.clamp(-2.0, 2.0)))
        .collect();
    if pairs.len() < 20 {
        return 0.0;
    }
    let count = pairs.len() as f64;
    let (mean_a, mean_b) = (
        pairs.iter().map(|p| p.0).sum::<f64>() / count,
        pairs.iter().map(|p| p.1).sum::<f64>() / count,
    );
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        aa += (a - mean_a).powi(2);
        bb += (b - mean_b).powi(2);
        ab += (a - mean_a) * (b - mean_b);
    }
    if aa <= 0.0 || bb <= 0.0 {
        0.0
    } else {
        (ab / (aa * bb).sqrt()).clamp(-0.95, 0.95)
    }
}

/// The best linear combination of correlated z-values that all shift by `power` times one effect.
///
/// Returns (z, power). Channels with a negative weight are dropped: a channel must not count as evidence for being low.
pub(crate) fn combine(
    shown: &[(f64, f64)],
    correlation: &impl Fn(usize, usize) -> f64,
) -> Option<(f64, f64)> {
    let mut kept: Vec<usize> = (0..shown.len()).collect();
    loop {
        let count = kept.len();
        if count == 0 {
            return None;
        }
        if count == 1 {
            return Some(shown[kept[0]]);
        }
        let matrix = DMatrix::from_fn(count, count, |a, b| {
            if a == b {
                1.0
            } else {
                correlation(kept[a], kept[b])
            }
        });
        let power = DVector::from_iterator(count, kept.iter().map(|&index| shown[index].1));
        let weights = matrix.clone().lu().solve(&power)?;
        if let Some(place) = (0..count)
            .filter(|&i| weights[i] <= 0.0)
            .min_by(|&a, &b| weights[a].total_cmp(&weights[b]))
        {
            kept.remove(place);
            continue;
        }
        let variance = weights.dot(&(&matrix * &weights));
        if variance <= 0.0 {
            return None;
        }
        let z = kept
            .iter()
            .zip(weights.iter())
            .map(|(&index, weight)| weight * shown[index].0)
            .sum::<f64>();
        return Some((z / variance.sqrt(), weights.dot(&power) / variance.sqrt()));
    }
}

/// Years of one school: (z, power) with equal correlation `rho` between years; also the correlation of the sum with
/// its last term.
pub(crate) fn accumulate(years: &[(f64, f64)], rho: f64) -> Option<(f64, f64, f64)> {
    let last = years.last()?;
    let rho = rho.clamp(0.0, 0.9);
    let squares: f64 = years.iter().map(|year| year.1 * year.1).sum();
    let sum: f64 = years.iter().map(|year| year.1).sum();
    let variance = squares + rho * (sum * sum - squares);
    if variance <= 0.0 {
        return None;
    }
    let deviation = variance.sqrt();
    let z = years.iter().map(|year| year.0 * year.1).sum::<f64>() / deviation;
    let with_last = (last.1 + rho * (sum - last.1)) / deviation;
    Some((z, squares / deviation, with_last.clamp(-1.0, 1.0)))
}
