//! How inflation could have been done, and what each way would move.
//!
//! A way moves the families along one direction by an unknown strength with a half-normal prior; its scale says what is worth finding, in
//! units that do not depend on any data set: half a pupil's standard deviation, a third of the failed hard items told,
//! one enrolled pupil in six kept away. The scales are not fitted to anything. An error in them costs some power, never
//! false alarms, because the null of the whole ratio is calibrated separately.
//!
//! # Source
//! Normal priors for effects and the closed form of the ratio: Wakefield 2009, Genetic Epidemiology 33 (approximate
//! Bayes factors), here one-sided.

use crate::calibration::normal::upper_p;
use crate::cell::ChannelName;

/// Number of families that enter the ratio.
pub(crate) const FAMILIES: usize = 7;
pub(crate) const RESULT: usize = 0;
pub(crate) const BUNCHING: usize = 1;
pub(crate) const PROFILE: usize = 2;
pub(crate) const LIKENESS: usize = 3;
pub(crate) const ATTENDANCE: usize = 4;
pub(crate) const HEIGHT: usize = 5;
pub(crate) const SHAPE: usize = 6;

/// One way of inflating.
pub(crate) struct Alternative {
    /// The channel that tells this way.
    pub(crate) told_by: ChannelName,
    /// The family of that channel.
    pub(crate) primary: usize,
    /// Effects by family at the scale of the strength: result in pupil standard deviations; bunching as a multiple of
    /// the reference lift; profile as the share of failed hard items told; likeness per √pupil; attendance as a share
    /// of the enrolled; height (level in context, where the result family does not already contain it) in pupil
    /// standard deviations; shape as the logarithm of the variance lost. Zero: the way does not touch the family.
    pub(crate) direction: [f64; FAMILIES],
}

/// The five ways named by the documents and the literature.
pub(crate) const ALTERNATIVES: [Alternative; 5] = [
    Alternative {
        told_by: ChannelName::Bunching,
        primary: BUNCHING,
        direction: [0.1, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::ItemProfile,
        primary: PROFILE,
        direction: [0.35, 0.0, 0.35, 0.0, 0.0, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::Change,
        primary: RESULT,
        direction: [0.5, 0.0, 0.08, 0.0, 0.0, 0.0, 0.2],
    },
    Alternative {
        told_by: ChannelName::Similarity,
        primary: LIKENESS,
        direction: [0.15, 0.0, 0.0, 0.8, 0.0, 0.0, 0.2],
    },
    Alternative {
        told_by: ChannelName::Participation,
        primary: ATTENDANCE,
        direction: [0.0, 0.0, 0.0, 0.0, 0.17, 0.3, 0.4],
    },
];

/// What the families of one school show: z, and shift of z per unit of effect; `None` where nothing is known.
pub(crate) type Shown = [Option<(f64, f64)>; FAMILIES];

/// Beyond this a z-value counts by a third only: no bootstrap of this size vouches for the far tail.
const TRUSTED_Z: f64 = 4.5;

/// Below this z-values are all alike.
const LEAST_Z: f64 = -10.0;

fn trusted(z: f64) -> f64 {
    if z > TRUSTED_Z {
        TRUSTED_Z + (z - TRUSTED_Z) / 3.0
    } else {
        z
    }
}

/// ln of the ratio for one z-value whose shift is half-normal with scale `scale`.
///
/// ∫ φ(z − δ)/φ(z) dN⁺(δ; 0, s²) = 2 (1 + s²)^(−1/2) exp(z² v/2) Φ(z √v) with v = s²/(1 + s²).
pub(crate) fn log_factor(z: f64, scale: f64) -> f64 {
    log_factor_untrimmed(trusted(z), scale)
}

fn log_factor_untrimmed(z: f64, scale: f64) -> f64 {
    // Far below expectation says no more than well below; the tail under Φ would vanish before z² does.
    let z = z.max(LEAST_Z);
    let square = scale * scale;
    let ratio = square / (1.0 + square);
    let below = upper_p(-z * ratio.sqrt()).max(1e-300);
    (2.0_f64).ln() - 0.5 * (1.0 + square).ln() + 0.5 * z * z * ratio + below.ln()
}

/// Strength seen along each way's direction, and its standard scale; `None` where the way touches nothing known.
fn project(shown: &Shown) -> [Option<(f64, f64)>; ALTERNATIVES.len()] {
    let mut projected = [None; ALTERNATIVES.len()];
    for (projected, alternative) in projected.iter_mut().zip(&ALTERNATIVES) {
        let (mut along, mut square) = (0.0, 0.0);
        for (effect, family) in alternative.direction.iter().zip(shown) {
            if let Some((z, power)) = family
                && *effect > 0.0
            {
                let shift = effect * power;
                along += shift * z;
                square += shift * shift;
            }
        }
        if square > 0.0 {
            *projected = Some((along / square.sqrt(), square.sqrt()));
        }
    }
    projected
}

/// ln of the likelihood ratio of each way of inflating.
///
/// One strength moves all families of a way along its direction, so they are projected on it first.
pub(crate) fn log_ratios(shown: &Shown) -> [f64; ALTERNATIVES.len()] {
    project(shown).map(|way| way.map_or(0.0, |(z, scale)| log_factor(z, scale)))
}

/// The way that explains best what is shown, without the trimming that keeps the ratio itself modest.
pub(crate) fn likeliest(shown: &Shown) -> usize {
    let ratios = project(shown).map(|way| {
        way.map_or(f64::NEG_INFINITY, |(z, scale)| {
            log_factor_untrimmed(z, scale)
        })
    });
    (0..ratios.len())
        .max_by(|&a, &b| ratios[a].total_cmp(&ratios[b]).then(b.cmp(&a)))
        .unwrap_or(0)
}

/// ln of the mean over the ways of inflating.
pub(crate) fn log_mixture(ratios: &[f64]) -> f64 {
    let top = ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + (ratios.iter().map(|ratio| (ratio - top).exp()).sum::<f64>() / ratios.len() as f64).ln()
}
