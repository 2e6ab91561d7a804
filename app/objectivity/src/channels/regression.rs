//! Pupil-level expectation with slopes from inside schools only, so that differences between schools stay visible.

use nalgebra::{DMatrix, DVector};

/// Fits y on the columns of x with one intercept per school; `x(work)` is `None` when the pupil has no covariate.
///
/// Returns the slopes, or `None` when fewer than 30 pupils of at least two per school have them.
pub(crate) fn within_slopes<const K: usize>(
    ranges: &[std::ops::Range<usize>],
    y: impl Fn(usize) -> f64,
    x: impl Fn(usize) -> Option<[f64; K]>,
) -> Option<[f64; K]> {
    let mut normal = DMatrix::<f64>::zeros(K, K);
    let mut right = DVector::<f64>::zeros(K);
    let mut used = 0_usize;
    for range in ranges {
        let rows: Vec<([f64; K], f64)> = range
            .clone()
            .filter_map(|work| x(work).map(|row| (row, y(work))))
            .collect();
        if rows.len() < 2 {
            continue;
        }
        let count = rows.len() as f64;
        let mut mean = [0.0; K];
        let mut mean_y = 0.0;
        for (row, value) in &rows {
            for k in 0..K {
                mean[k] += row[k] / count;
            }
            mean_y += value / count;
        }
        for (row, value) in &rows {
            for a in 0..K {
                right[a] += (row[a] - mean[a]) * (value - mean_y);
                for b in 0..K {
                    normal[(a, b)] += (row[a] - mean[a]) * (row[b] - mean[b]);
                }
            }
        }
        used += rows.len();
    }
    if used < 30 {
        return None;
    }
    let ridge = 1e-9 * normal.diagonal().iter().copied().fold(0.0, f64::max);
    if ridge <= 0.0 {
        return None;
    }
    for k in 0..K {
        normal[(k, k)] += ridge;
    }
    let solution = normal.lu().solve(&right)?;
    let mut slopes = [0.0; K];
    slopes
        .iter_mut()
        .zip(solution.iter())
        .for_each(|(slope, value)| *slope = *value);
    slopes
        .iter()
        .all(|slope| slope.is_finite())
        .then_some(slopes)
}
