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

use crate::math::Portable;
use std::sync::LazyLock;

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
/// Share of honest schools that are wild in each family, and how much wider they lie.
///
/// # Source
/// Platform: contaminated normal of Tukey (1960) with the shares that documents and teachers name as "something special
/// that year": a new teacher, another intake, a topic taught late, an epidemic. Nothing honest piles up works at one mark, and
/// little makes single works of a room alike. They bound what one family can say.
pub(crate) const WILD: [f64; FAMILIES] = [0.03, 0.005, 0.02, 0.01, 0.02, 0.03, 0.02];
pub(crate) const WILD_SPREAD: f64 = 2.5;

/// Three in ten inflated schools have a strength of [`GROSS_SCALE`] times the usual scale (ln 0.7 and ln 0.3): without them a
/// small school that is far out would rather be taken for a wild honest one.
const LN_USUAL: f64 = -0.356_674_943_938_732_45;
const LN_GROSS: f64 = -1.203_972_804_325_936;
const GROSS_SCALE: f64 = 3.0;

/// ln of the ratio for one z-value whose shift is half-normal with scale `scale`, against normal honest schools.
///
/// ∫ φ(z − δ)/φ(z) dN⁺(δ; 0, s²) = 2 (1 + s²)^(−1/2) exp(z² v/2) Φ(z √v) with v = s²/(1 + s²).
pub(crate) fn log_factor(z: f64, scale: f64) -> f64 {
    let usual = half_normal(z, scale) + LN_USUAL;
    let gross = half_normal(z, GROSS_SCALE * scale) + LN_GROSS;
    log_sum(usual, gross)
}

/// The same against honest schools that may be wild in this family.
pub(crate) fn family_ratio(family: usize, z: f64, scale: f64) -> f64 {
    log_factor(z, scale) - wildness(family, z)
}

fn half_normal(z: f64, scale: f64) -> f64 {
    // Far below expectation says no more than well below; the tail under Φ would vanish before z² does.
    let z = z.max(LEAST_Z);
    let square = scale * scale;
    let ratio = square / (1.0 + square);
    let below = LN_NORMAL.at(z * ratio.sqrt());
    std::f64::consts::LN_2 - 0.5 * (1.0 + square).logarithm() + 0.5 * z * z * ratio + below
}

/// ln of how much more often honest schools reach `z` in this family than normal ones would; 0 below the middle.
fn wildness(family: usize, z: f64) -> f64 {
    if z <= 0.0 {
        return 0.0;
    }
    let (normal, wild) = LN_WILD[family];
    let shrunk = 0.5 * z * z * (1.0 - 1.0 / (WILD_SPREAD * WILD_SPREAD));
    log_sum(normal, wild + shrunk)
}

/// ln(1 − w) and ln(w / spread) for each share w of [`WILD`].
static LN_WILD: LazyLock<[(f64, f64); FAMILIES]> =
    LazyLock::new(|| WILD.map(|wild| ((-wild).logarithm_1p(), (wild / WILD_SPREAD).logarithm())));

/// A smooth function at equal steps, joined by straight lines: nulls look it up millions of times.
struct Lookup {
    low: f64,
    values: Vec<f64>,
}

/// Steps of a table per unit: the error is below 8e-6 where the second derivative is at most one.
const STEPS: f64 = 128.0;

impl Lookup {
    fn new(low: f64, high: f64, function: impl Fn(f64) -> f64) -> Self {
        let count = ((high - low) * STEPS) as usize + 2;
        let values = (0..count).map(|step| function(low + step as f64 / STEPS));
        Self {
            low,
            values: values.collect(),
        }
    }

    /// The value at `x`; outside the table that of its nearer end.
    fn at(&self, x: f64) -> f64 {
        let place = ((x - self.low) * STEPS).clamp(0.0, (self.values.len() - 2) as f64);
        let cell = place as usize;
        let part = place - cell as f64;
        self.values[cell] * (1.0 - part) + self.values[cell + 1] * part
    }
}

/// ln Φ.
static LN_NORMAL: LazyLock<Lookup> =
    LazyLock::new(|| Lookup::new(-12.0, 9.0, |x| upper_p(-x).max(1e-300).logarithm()));
/// ln(1 + eˣ) for x ≤ 0.
static LN_ONE_PLUS: LazyLock<Lookup> =
    LazyLock::new(|| Lookup::new(-40.0, 0.0, |x| x.exponential().logarithm_1p()));

/// ln(eᵃ + eᵇ).
pub(crate) fn log_sum(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    high + LN_ONE_PLUS.at(low - high)
}

/// One strength for all families of the way: they are projected on its direction first.
fn in_proportion(alternative: &Alternative, shown: &Shown) -> Option<f64> {
    let (mut along, mut square, mut wild) = (0.0, 0.0, 0.0);
    for (family, effect) in alternative.direction.iter().enumerate() {
        if let Some((z, power)) = shown[family]
            && *effect > 0.0
        {
            let shift = effect * power;
            along += shift * z.max(LEAST_Z);
            square += shift * shift;
            wild += wildness(family, z);
        }
    }
    (square > 0.0).then(|| {
        let scale = f64::sqrt(square);
        log_factor(along / scale, scale) - wild
    })
}

/// Each family by its own strength; each but the first stays out with probability one half.
fn by_itself(alternative: &Alternative, shown: &Shown) -> Option<f64> {
    let (z, power) = shown[alternative.primary]?;
    let primary = alternative.primary;
    let mut sum = family_ratio(primary, z, alternative.loose[primary] * power);
    for (family, effect) in alternative.loose.iter().enumerate() {
        if let Some((z, power)) = shown[family]
            && family != primary
            && *effect > 0.0
        {
            let moved = -std::f64::consts::LN_2 + family_ratio(family, z, effect * power);
            sum += log_sum(-std::f64::consts::LN_2, moved);
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
    top + (ratios
        .iter()
        .map(|ratio| (ratio - top).exponential())
        .sum::<f64>()
        / ratios.len() as f64)
        .logarithm()
}
