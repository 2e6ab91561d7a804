//! Participation: enrolled pupils who did not sit.
//!
//! Absent pupils among enrolled are beta-binomial across honest schools; mean and over-dispersion come from the region
//! with the upper tail cut, because keeping pupils away only adds to it.
//!
//! # Source
//! Selective absence: Cullen and Reback 2006 ("Tinkering toward accolades"), Figlio 2006; beta-binomial: Skellam 1948.

use crate::math::Portable;
use crate::math::ln_gamma;

use crate::calibration::normal::z_of_upper_p;
use crate::cell::Level;
use crate::channels::Evidence;
use crate::channels::selection::Selection;

/// Share of absent pupils in the region from which enrolment cannot be meant for this procedure (it counts the whole
/// school, or the region tests a sample).
const MOST_ABSENT: f64 = 0.35;
/// Schools beyond this tail of the current fit are set aside; a larger part would cut into honest epidemics.
const TRIMMED: f64 = 0.002;

/// ln P(X = x) for beta-binomial with mean `mean` and intra-class correlation `rho`.
pub(crate) fn ln_beta_binomial(x: usize, trials: usize, mean: f64, rho: f64) -> f64 {
    let size = (1.0 - rho) / rho;
    let (a, b) = (mean * size, (1.0 - mean) * size);
    let (x, trials) = (x as f64, trials as f64);
    ln_gamma(trials + 1.0) - ln_gamma(x + 1.0) - ln_gamma(trials - x + 1.0)
        + ln_gamma(x + a)
        + ln_gamma(trials - x + b)
        - ln_gamma(trials + a + b)
        - (ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b))
}

/// Upper mid-p of `x`.
fn upper_mid_p(x: usize, trials: usize, mean: f64, rho: f64) -> f64 {
    // From the shorter side, so a district-sized school costs no more than its absentees.
    let below: f64 = (0..x)
        .map(|count| ln_beta_binomial(count, trials, mean, rho).exponential())
        .sum();
    let at = ln_beta_binomial(x, trials, mean, rho).exponential();
    let direct: f64 = if x > trials / 2 || 1.0 - below < 1e-6 {
        (x + 1..=trials)
            .map(|count| ln_beta_binomial(count, trials, mean, rho).exponential())
            .sum()
    } else {
        1.0 - below - at
    };
    (direct.max(0.0) + 0.5 * at).clamp(0.0, 1.0)
}

/// (absent, enrolled) per school; `None` where enrolment is unknown.
pub(crate) fn compute(attendance: &[Option<(usize, usize)>]) -> Vec<Option<Evidence>> {
    let known: Vec<(usize, usize)> = attendance
        .iter()
        .flatten()
        .copied()
        .filter(|&(_, of)| of > 0)
        .collect();
    if known.len() < 8 {
        return vec![None; attendance.len()];
    }
    let absent: usize = known.iter().map(|pair| pair.0).sum();
    let enrolled: usize = known.iter().map(|pair| pair.1).sum();
    if absent as f64 > MOST_ABSENT * enrolled as f64 {
        return vec![None; attendance.len()];
    }
    let (mean, rho) = fit(&known);
    attendance
        .iter()
        .map(|entry| {
            let (absent, enrolled) = (*entry)?;
            if enrolled == 0 {
                return None;
            }
            let share = absent as f64 / enrolled as f64;
            let count = enrolled as f64;
            let deviation = (mean * (1.0 - mean) * (1.0 + (count - 1.0) * rho) / count).sqrt();
            // Wilson 1927.
            let z = 1.96_f64;
            let centre = (share + z * z / (2.0 * count)) / (1.0 + z * z / count);
            let half = z / (1.0 + z * z / count)
                * (share * (1.0 - share) / count + z * z / (4.0 * count * count)).sqrt();
            Some(Evidence {
                value: share,
                interval: [(centre - half).max(0.0), (centre + half).min(1.0)],
                z: z_of_upper_p(upper_mid_p(absent, enrolled, mean, rho)),
                power: 1.0 / deviation,
                n: enrolled,
                expected: mean,
                level: Level::L3,
            })
        })
        .collect()
}

/// Absence that is worth finding, as a share of the enrolled (see `combination::alternatives`).
const WORTH_FINDING: f64 = 0.17;

/// Joins how many were away with which ones, weighted by what selection would do to each.
pub(crate) fn with_selection(counted: Evidence, selected: Option<Selection>) -> Evidence {
    let Some(selected) = selected.filter(|_| counted.z > 0.0) else {
        return counted;
    };
    let shift = WORTH_FINDING * counted.power;
    let length = (shift * shift + selected.effect * selected.effect).sqrt();
    if length <= 0.0 {
        return counted;
    }
    Evidence {
        z: (shift * counted.z + selected.effect * selected.z) / length,
        power: length / WORTH_FINDING,
        ..counted
    }
}

/// Maximum likelihood over a grid after schools far beyond the current fit are set aside.
fn fit(known: &[(usize, usize)]) -> (f64, f64) {
    let mut kept: Vec<(usize, usize)> = known.to_vec();
    let mut best = (0.05, 0.02);
    for _ in 0..5 {
        best = maximise(&kept);
        let next: Vec<(usize, usize)> = known
            .iter()
            .copied()
            .filter(|&(absent, enrolled)| upper_mid_p(absent, enrolled, best.0, best.1) > TRIMMED)
            .collect();
        if next.len() == kept.len() || next.len() * 2 < known.len() {
            break;
        }
        kept = next;
    }
    best
}

fn maximise(kept: &[(usize, usize)]) -> (f64, f64) {
    let mut counts: std::collections::BTreeMap<(usize, usize), f64> =
        std::collections::BTreeMap::new();
    for &pair in kept {
        *counts.entry(pair).or_default() += 1.0;
    }
    let total: f64 = kept.iter().map(|&(_, of)| of as f64).sum();
    let raw = (kept.iter().map(|&(absent, _)| absent as f64).sum::<f64>() / total.max(1.0))
        .clamp(0.002, 0.6);
    let mut best = (raw, 0.01);
    let mut best_value = f64::NEG_INFINITY;
    for mean_step in 0..9 {
        let mean = (raw * (0.7 + 0.075 * f64::from(mean_step))).clamp(0.002, 0.7);
        for rho in [
            0.001, 0.003, 0.006, 0.01, 0.016, 0.025, 0.04, 0.065, 0.1, 0.16, 0.25,
        ] {
            let value: f64 = counts
                .iter()
                .map(|(&(absent, enrolled), weight)| {
                    weight * ln_beta_binomial(absent, enrolled, mean, rho)
                })
                .sum();
            if value > best_value {
                best_value = value;
                best = (mean, rho);
            }
        }
    }
    best
}
