//! What remains when the strongest family is taken away (вторая опора).
//!
//! Signs need two independent kinds of evidence. An honest reason that breaks one family (a strong new teacher, an
//! epidemic, a topic taught late) leaves the others where they are, so the second one is judged without the first.

use crate::calibration::normal::upper_p;
use crate::cell::Family;
use crate::combination::alternatives::{
    ALTERNATIVES, ATTENDANCE, BUNCHING, LIKENESS, PROFILE, RESULT, SHAPE, Shown, log_ratios,
};
use crate::math::powi;

/// Families that count for the state. Height is no evidence of its own.
pub(crate) const COUNTED: [(usize, Family); 6] = [
    (RESULT, Family::Result),
    (BUNCHING, Family::Boundary),
    (PROFILE, Family::Profile),
    (LIKENESS, Family::Likeness),
    (ATTENDANCE, Family::Attendance),
    (SHAPE, Family::Shape),
];

/// p-value of the second evidence: the rest of the families along the likeliest way of inflating, or the second of all by
/// itself, whichever speaks louder; the budget of signs is kept for both looks together by simulation. A result that rests on the level alone does not count.
pub(crate) fn p_value(shown: &Shown, level_only: bool) -> f64 {
    let counts = |family: usize| !(level_only && family == RESULT);
    let (mut first, mut second, mut known) = (f64::NEG_INFINITY, f64::NEG_INFINITY, 0_u32);
    let mut strongest = None;
    for (family, _) in COUNTED {
        let Some((z, _)) = shown[family].filter(|_| counts(family)) else {
            continue;
        };
        known += 1;
        if z > first {
            (second, first) = (first, z);
            strongest = Some(family);
        } else if z > second {
            second = z;
        }
    }
    if known < 2 {
        return 1.0;
    }
    let alone = 1.0 - powi(1.0 - upper_p(second), known - 1);
    let ratios = log_ratios(shown);
    let likeliest = (0..ratios.len())
        .max_by(|&a, &b| ratios[a].total_cmp(&ratios[b]).then(b.cmp(&a)))
        .unwrap_or(0);
    let (mut along, mut square) = (0.0, 0.0);
    for (family, _) in COUNTED {
        let effect =
            ALTERNATIVES[likeliest].direction[family].max(ALTERNATIVES[likeliest].loose[family]);
        if let Some((z, power)) = shown[family].filter(|_| counts(family))
            && Some(family) != strongest
            && effect > 0.0
        {
            along += effect * power * z;
            square += (effect * power) * (effect * power);
        }
    }
    if square <= 0.0 {
        return alone;
    }
    alone.min(upper_p(along / square.sqrt()))
}
