//! How inflation could have been done, and what each way would move.
//!
//! A way moves its families by an unknown strength with a half-normal prior; its scale says what is worth finding, in units
//! that do not depend on any data set: half a pupil's standard deviation, a third of the failed hard items told, one
//! enrolled pupil in six kept away. Whether one strength moves all families of a way in fixed proportions, or each by its
//! own and some not at all, depends on papers and pupils, so both count for half: the first is sharper where proportions
//! hold, the second is not misled where they do not.
//!
//! Honest schools are normal in each family but for a small share that is wild for a reason of its own (a new teacher, an
//! epidemic, a topic not taught). One family alone therefore convinces slowly, two together fast. An error in scales costs
//! some power, never false alarms, because the null of the whole ratio is calibrated separately.
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
    /// Effects by family when each moves by itself, in the same units.
    pub(crate) loose: [f64; FAMILIES],
}

/// The five ways named by the documents and the literature.
pub(crate) const ALTERNATIVES: [Alternative; 5] = [
    Alternative {
        told_by: ChannelName::Bunching,
        primary: BUNCHING,
        direction: [0.1, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        loose: [0.1, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::ItemProfile,
        primary: PROFILE,
        direction: [0.35, 0.0, 0.35, 0.0, 0.0, 0.0, 0.0],
        loose: [0.35, 0.0, 0.35, 0.0, 0.0, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::Change,
        primary: RESULT,
        direction: [0.5, 0.0, 0.08, 0.0, 0.0, 0.0, 0.2],
        loose: [0.5, 0.0, 0.2, 0.0, 0.0, 0.0, 0.0],
    },
    Alternative {
        told_by: ChannelName::Similarity,
        primary: LIKENESS,
        direction: [0.15, 0.0, 0.0, 0.8, 0.0, 0.0, 0.2],
        loose: [0.4, 0.0, 0.0, 0.8, 0.0, 0.0, 0.2],
    },
    Alternative {
        told_by: ChannelName::Participation,
        primary: ATTENDANCE,
        direction: [0.0, 0.0, 0.0, 0.0, 0.17, 0.3, 0.4],
        loose: [0.0, 0.0, 0.0, 0.0, 0.17, 0.3, 0.2],
    },
];

/// What the families of one school show: z, and shift of z per unit of effect; `None` where nothing is known.
pub(crate) type Shown = [Option<(f64, f64)>; FAMILIES];

/// Below this z-values are all alike.
const LEAST_Z: f64 = -10.0;
/// Share of honest schools that are wild in one family, and how much wider they lie.
///
/// # Source
/// Platform: contaminated normal of Tukey (1960) with the share that documents and teachers name as "something special
/// that year"; it bounds what one family can say.
const WILD: f64 = 0.02;
const WILD_SPREAD: f64 = 2.5;
/// Chance that a family beside the first takes part when each moves by itself.
const TAKES_PART: f64 = 0.5;

/// ln of the ratio for one z-value whose shift is half-normal with scale `scale`, against honest schools.
///
/// ∫ φ(z − δ)/φ(z) dN⁺(δ; 0, s²) = 2 (1 + s²)^(−1/2) exp(z² v/2) Φ(z √v) with v = s²/(1 + s²); then [`wildness`].
pub(crate) fn log_factor(z: f64, scale: f64) -> f64 {
    shifted(z, scale) - wildness(z)
}

fn shifted(z: f64, scale: f64) -> f64 {
    // Far below expectation says no more than well below; the tail under Φ would vanish before z² does.
    let z = z.max(LEAST_Z);
    let square = scale * scale;
    let ratio = square / (1.0 + square);
    let below = upper_p(-z * ratio.sqrt()).max(1e-300);
    (2.0_f64).ln() - 0.5 * (1.0 + square).ln() + 0.5 * z * z * ratio + below.ln()
}

/// ln of how much more often honest schools reach `z` than normal ones would; 0 below the middle.
fn wildness(z: f64) -> f64 {
    if z <= 0.0 {
        return 0.0;
    }
    let wild =
        WILD.ln() - WILD_SPREAD.ln() + 0.5 * z * z * (1.0 - 1.0 / (WILD_SPREAD * WILD_SPREAD));
    log_sum((1.0 - WILD).ln(), wild)
}

/// ln(eᵃ + eᵇ).
fn log_sum(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    high + (low - high).exp().ln_1p()
}

/// One strength for all families of the way: they are projected on its direction first.
fn in_proportion(alternative: &Alternative, shown: &Shown) -> Option<f64> {
    let (mut along, mut square, mut wild) = (0.0, 0.0, 0.0);
    for (effect, family) in alternative.direction.iter().zip(shown) {
        if let Some((z, power)) = family
            && *effect > 0.0
        {
            let shift = effect * power;
            along += shift * z.max(LEAST_Z);
            square += shift * shift;
            wild += wildness(*z);
        }
    }
    (square > 0.0).then(|| {
        let scale = f64::sqrt(square);
        shifted(along / scale, scale) - wild
    })
}

/// Each family by its own strength; all but the first may stay out.
fn by_itself(alternative: &Alternative, shown: &Shown) -> Option<f64> {
    let (z, power) = shown[alternative.primary]?;
    let mut sum = log_factor(z, alternative.loose[alternative.primary] * power);
    for (family, effect) in alternative.loose.iter().enumerate() {
        if let Some((z, power)) = shown[family]
            && family != alternative.primary
            && *effect > 0.0
        {
            let moved = TAKES_PART.ln() + log_factor(z, effect * power);
            sum += log_sum((1.0 - TAKES_PART).ln(), moved);
        }
    }
    Some(sum)
}

/// ln of the likelihood ratio of each way of inflating; 0 where the way touches nothing known.
pub(crate) fn log_ratios(shown: &Shown) -> [f64; ALTERNATIVES.len()] {
    std::array::from_fn(|way| {
        let alternative = &ALTERNATIVES[way];
        let together = in_proportion(alternative, shown);
        // Where the first family is unknown nothing but the proportions is left.
        match (together, by_itself(alternative, shown)) {
            (Some(a), Some(b)) => log_sum(a, b) - std::f64::consts::LN_2,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => 0.0,
        }
    })
}

/// The way that explains best what is shown.
pub(crate) fn likeliest(shown: &Shown) -> usize {
    let ratios = log_ratios(shown);
    (0..ratios.len())
        .max_by(|&a, &b| ratios[a].total_cmp(&ratios[b]).then(b.cmp(&a)))
        .unwrap_or(0)
}

/// ln of the mean over the ways of inflating.
pub(crate) fn log_mixture(ratios: &[f64]) -> f64 {
    let top = ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + (ratios.iter().map(|ratio| (ratio - top).exp()).sum::<f64>() / ratios.len() as f64).ln()
}
