//! How inflation could have been done, and what each way would move.
//!
//! A way moves every family by an unknown effect with a half-normal prior; its scale says what is worth finding, in
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
pub(crate) const FAMILIES: usize = 5;
pub(crate) const RESULT: usize = 0;
pub(crate) const BUNCHING: usize = 1;
pub(crate) const PROFILE: usize = 2;
pub(crate) const LIKENESS: usize = 3;
pub(crate) const ATTENDANCE: usize = 4;

/// One way of inflating.
pub(crate) struct Alternative {
    /// The channel that tells this way.
    pub(crate) told_by: ChannelName,
    /// The family of that channel.
    pub(crate) primary: usize,
    /// Scale of the effect by family: result in pupil standard deviations; bunching as a multiple of the reference
    /// lift; profile as the share of failed hard items told; likeness per √pupil; attendance as a share of the
    /// enrolled. Zero: the way does not touch the family.
    pub(crate) scales: [f64; FAMILIES],
}

/// The five ways named by the documents and the literature.
pub(crate) const ALTERNATIVES: [Alternative; 5] = [
    Alternative {
        told_by: ChannelName::Bunching,
        primary: BUNCHING,
        scales: [0.1, 1.0, 0.0, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::ItemProfile,
        primary: PROFILE,
        scales: [0.35, 0.0, 0.35, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::Change,
        primary: RESULT,
        scales: [0.5, 0.0, 0.08, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::Similarity,
        primary: LIKENESS,
        scales: [0.15, 0.0, 0.0, 0.8, 0.0],
    },
    Alternative {
        told_by: ChannelName::Participation,
        primary: ATTENDANCE,
        scales: [0.1, 0.0, 0.0, 0.0, 0.17],
    },
];

/// What the families of one school show: z, and shift of z per unit of effect; `None` where nothing is known.
pub(crate) type Shown = [Option<(f64, f64)>; FAMILIES];

/// Beyond this a z-value counts by a third only: no bootstrap of this size vouches for the far tail.
const TRUSTED_Z: f64 = 4.5;

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
    let square = scale * scale;
    let ratio = square / (1.0 + square);
    let z = trusted(z);
    let below = upper_p(-z * ratio.sqrt()).max(1e-300);
    (2.0_f64).ln() - 0.5 * (1.0 + square).ln() + 0.5 * z * z * ratio + below.ln()
}

/// ln of the likelihood ratio of each way of inflating.
pub(crate) fn log_ratios(shown: &Shown) -> [f64; ALTERNATIVES.len()] {
    let mut ratios = [0.0; ALTERNATIVES.len()];
    for (ratio, alternative) in ratios.iter_mut().zip(&ALTERNATIVES) {
        for (scale, family) in alternative.scales.iter().zip(shown) {
            if let Some((z, power)) = family
                && *scale > 0.0
            {
                *ratio += log_factor(*z, scale * power);
            }
        }
    }
    ratios
}

/// ln of the mean over the ways of inflating.
pub(crate) fn log_mixture(ratios: &[f64]) -> f64 {
    let top = ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + (ratios.iter().map(|ratio| (ratio - top).exp()).sum::<f64>() / ratios.len() as f64).ln()
}
