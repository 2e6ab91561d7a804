//! How inflation could have been done, and what each way would move.
//!
//! The sizes say what is worth finding, in units that do not depend on any data set: a fifth to nine tenths of a
//! pupil's standard deviation, one in seven to a half of the failed hard items told, one in twelve to one in four kept
//! away. They are not fitted to anything. A moderate error in them costs power, never false alarms, because the null of
//! the whole ratio is calibrated separately.

use crate::cell::ChannelName;

/// Number of families that enter the ratio.
pub(crate) const FAMILIES: usize = 5;
pub(crate) const RESULT: usize = 0;
pub(crate) const BUNCHING: usize = 1;
pub(crate) const PROFILE: usize = 2;
pub(crate) const LIKENESS: usize = 3;
pub(crate) const ATTENDANCE: usize = 4;

/// One way of inflating at three strengths; effects by family.
pub(crate) struct Alternative {
    /// The channel that tells this way.
    pub(crate) told_by: ChannelName,
    /// The family of that channel.
    pub(crate) primary: usize,
    /// Effects: result in pupil standard deviations; bunching as a multiple of the reference lift; profile as the
    /// share of failed hard items told; likeness per √pupil; attendance as a share of the enrolled.
    pub(crate) effects: [[f64; FAMILIES]; 3],
}

/// The five ways named by the documents and the literature.
pub(crate) const ALTERNATIVES: [Alternative; 5] = [
    Alternative {
        told_by: ChannelName::Bunching,
        primary: BUNCHING,
        effects: [
            [0.05, 0.5, 0.0, 0.0, 0.0],
            [0.1, 1.0, 0.0, 0.0, 0.0],
            [0.2, 1.5, 0.0, 0.0, 0.0],
        ],
    },
    Alternative {
        told_by: ChannelName::ItemProfile,
        primary: PROFILE,
        effects: [
            [0.15, 0.0, 0.15, 0.0, 0.0],
            [0.3, 0.0, 0.3, 0.0, 0.0],
            [0.6, 0.0, 0.5, 0.0, 0.0],
        ],
    },
    Alternative {
        told_by: ChannelName::Change,
        primary: RESULT,
        effects: [
            [0.25, 0.0, 0.04, 0.0, 0.0],
            [0.5, 0.0, 0.08, 0.0, 0.0],
            [0.9, 0.0, 0.12, 0.0, 0.0],
        ],
    },
    Alternative {
        told_by: ChannelName::Similarity,
        primary: LIKENESS,
        effects: [
            [0.05, 0.0, 0.0, 0.5, 0.0],
            [0.1, 0.0, 0.0, 1.0, 0.0],
            [0.2, 0.0, 0.0, 1.6, 0.0],
        ],
    },
    Alternative {
        told_by: ChannelName::Participation,
        primary: ATTENDANCE,
        effects: [
            [0.05, 0.0, 0.0, 0.0, 0.08],
            [0.1, 0.0, 0.0, 0.0, 0.15],
            [0.15, 0.0, 0.0, 0.0, 0.28],
        ],
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

/// ln of the likelihood ratio of each way of inflating, averaged over its strengths.
pub(crate) fn log_ratios(shown: &Shown) -> [f64; ALTERNATIVES.len()] {
    let mut ratios = [0.0; ALTERNATIVES.len()];
    for (ratio, alternative) in ratios.iter_mut().zip(&ALTERNATIVES) {
        let mut sum = 0.0;
        for effects in &alternative.effects {
            let mut exponent = 0.0;
            for (effect, family) in effects.iter().zip(shown) {
                if let Some((z, power)) = family {
                    let shift = effect * power;
                    exponent += shift * trusted(*z) - 0.5 * shift * shift;
                }
            }
            sum += exponent.exp();
        }
        *ratio = (sum / alternative.effects.len() as f64).ln();
    }
    ratios
}

/// ln of the mean over the ways of inflating.
pub(crate) fn log_mixture(ratios: &[f64]) -> f64 {
    let top = ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + (ratios.iter().map(|ratio| (ratio - top).exp()).sum::<f64>() / ratios.len() as f64).ln()
}
