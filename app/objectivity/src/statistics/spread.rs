//! Variance inside a class or school that is too small for its level (необычно малый разброс).

use statrs::function::gamma::digamma;

use super::counterfactual::Counterfactual;
use super::robust_regression::Estimate;
use super::score_sums::ScoreSums;

/// Scores are whole points: the variance of the rounding is added on both sides, so that constant scores stay finite.
const ROUNDING: f64 = 1.0 / 12.0;

/// Pupils below which a variance says nothing.
pub const LEAST_PUPILS: u64 = 4;

/// Log of expected over observed variance, and its sampling variance; positive when pupils are more alike than expected.
///
/// Expected is the variance the territory's distribution has at the school's own mean. Schools are honestly more alike
/// inside than a territory, so the value is not zero on average: give it to a funnel, whose centre and over-dispersion
/// take that up. `None` below [`LEAST_PUPILS`] or at a mean where the scale leaves no freedom.
///
/// # Source
/// Bartlett and Kendall (1946), Suppl. J. R. Stat. Soc. 8: ln s² has mean ψ(ν/2) − ln(ν/2) and variance ψ′(ν/2), ν = n − 1.
#[must_use]
pub fn too_small(histogram: &[u32], territory: &Counterfactual) -> Option<Estimate> {
    let sums = ScoreSums::of_histogram(histogram);
    if sums.pupils() < LEAST_PUPILS {
        return None;
    }
    let expected = variance_at(territory.mass(), sums.mean()?)? + ROUNDING;
    let observed = sums.variance()? + ROUNDING;
    let half = 0.5 * (sums.pupils() as f64 - 1.0);
    Some(Estimate {
        value: (expected / observed).ln() + digamma(half) - half.ln(),
        variance: trigamma(half),
    })
}

/// Variance of the distribution tilted by exp(a·s) to this mean; `None` at the ends of the scale.
fn variance_at(mass: &[f64], mean: f64) -> Option<f64> {
    let moments = |tilt: f64| -> (f64, f64) {
        let top = mass.len() as f64;
        let shift = if tilt > 0.0 { tilt * top } else { 0.0 };
        let weights: Vec<f64> = mass
            .iter()
            .enumerate()
            .map(|(s, p)| p * (tilt * s as f64 - shift).exp())
            .collect();
        let total: f64 = weights.iter().sum();
        let mean = weights
            .iter()
            .enumerate()
            .map(|(s, w)| s as f64 * w)
            .sum::<f64>()
            / total;
        let variance = weights
            .iter()
            .enumerate()
            .map(|(s, w)| (s as f64 - mean).powi(2) * w)
            .sum::<f64>()
            / total;
        (mean, variance)
    };
    let (mut low, mut high) = (-8.0, 8.0);
    if !(moments(low).0 < mean && mean < moments(high).0) {
        return None;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if moments(middle).0 < mean {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(moments(0.5 * (low + high)).1)
}

/// ψ′(x) for x > 0: recurrence up to 10, then the asymptotic series (Abramowitz and Stegun 6.4.12).
fn trigamma(x: f64) -> f64 {
    let mut x = x;
    let mut sum = 0.0;
    while x < 10.0 {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    sum + inverse
        * (1.0
            + 0.5 * inverse
            + square * (1.0 / 6.0 - square * (1.0 / 30.0 - square * (1.0 / 42.0 - square / 30.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    // scipy 1.17.1: polygamma(1, [0.5, 3, 20])
    #[test]
    fn trigamma_matches_scipy() {
        for (x, expected) in [
            (0.5, 4.934_802_200_544_68),
            (3.0, 0.394_934_066_848_226_5),
            (20.0, 0.051_270_822_935_203_1),
        ] {
            assert!((trigamma(x) - expected).abs() < 1e-10, "{x}");
        }
    }

    #[test]
    fn equal_scores_stand_out_and_ordinary_ones_do_not() {
        let shape: Vec<f64> = (0..=30)
            .map(|s| (-0.5 * ((f64::from(s) - 15.0) / 5.0).powi(2)).exp())
            .collect();
        let territory = Counterfactual::from_mass(&shape).unwrap();
        let mut equal = vec![0; 31];
        equal[18] = 20;
        let stuck = too_small(&equal, &territory).unwrap();
        assert!(stuck.value / stuck.variance.sqrt() > 5.0);
        let ordinary: Vec<u32> = (0..=30).map(|s| u32::from((5..=25).contains(&s))).collect();
        let found = too_small(&ordinary, &territory).unwrap();
        assert!(
            (found.value / found.variance.sqrt()).abs() < 2.0,
            "{found:?}"
        );
    }

    #[test]
    fn few_pupils_or_the_end_of_the_scale_say_nothing() {
        let territory = Counterfactual::from_mass(&[1.0; 11]).unwrap();
        assert!(too_small(&[0, 3], &territory).is_none());
        let mut top = vec![0; 11];
        top[10] = 9;
        assert!(too_small(&top, &territory).is_none());
    }
}
