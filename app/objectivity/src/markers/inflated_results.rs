//! D-06: inflated results as a sign: marks above the register, register above the marks, piles at mark boundaries.

use super::Outcome;
use crate::statistics::register_gap::RegisterTable;

/// Share of lowered or raised marks beyond the peers'.
///
/// # Source
/// Platform (signals S5a and S5b, attention: 20 percentage points).
const GAP_THRESHOLD: f64 = 0.20;

/// Share of gaps of two marks and more.
///
/// # Source
/// Platform (signal S5a, attention: 5 %); the gap of two marks is cited from the recommendations of FIOKO 2026, second-hand.
const WIDE_THRESHOLD: f64 = 0.05;

/// Standardised difference between the counts on a boundary and one point below.
///
/// # Source
/// Platform (signal S6, attention).
const PILE_THRESHOLD: f64 = 2.0;

/// Works on the boundary and one point below together, from which the difference is computed.
///
/// # Source
/// Platform (signal S6, guard).
const LEAST_AT_BOUNDARY: u32 = 8;

/// The parts of the marker; a part without data is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InflatedResults {
    /// Share of works below the register, beyond the peers' («понизили»): current marks look inflated.
    pub register: Option<Outcome>,
    /// Share of gaps of two marks and more.
    pub wide_gaps: Option<Outcome>,
    /// Share of works above the register, beyond the peers' («повысили»): help during the work.
    pub work: Option<Outcome>,
    /// Largest pile at a mark boundary.
    pub pile: Option<Outcome>,
}

impl InflatedResults {
    /// Whether any part fired.
    #[must_use]
    pub fn fired(&self) -> bool {
        [self.register, self.wide_gaps, self.work, self.pile]
            .iter()
            .flatten()
            .any(|part| part.fired)
    }

    /// The part furthest above its threshold, or nearest to it. `None` without data.
    #[must_use]
    pub fn strongest(&self) -> Option<Outcome> {
        [self.register, self.wide_gaps, self.work, self.pile]
            .into_iter()
            .flatten()
            .max_by(|a, b| (a.value / a.threshold).total_cmp(&(b.value / b.threshold)))
    }
}

/// Judges a school's marks against its register and the peers' (the peers without the school), and its raw scores
/// (`histogram`, index = score) around the `cuts`. Parts without pupils are `None`.
///
/// # Source
/// Programme of the Labinsk district, 7.3 (requirement D-06).
#[must_use]
pub fn outcome(
    own: &RegisterTable,
    peers: &RegisterTable,
    histogram: &[u32],
    cuts: &[usize],
) -> InflatedResults {
    let beyond =
        |own: Option<f64>, peers: Option<f64>| Some(Outcome::above(own? - peers?, GAP_THRESHOLD));
    InflatedResults {
        register: beyond(
            own.lowered().map(|s| s.share),
            peers.lowered().map(|s| s.share),
        ),
        wide_gaps: own.wide().map(|share| Outcome {
            value: share.share,
            threshold: WIDE_THRESHOLD,
            fired: share.share >= WIDE_THRESHOLD,
        }),
        work: beyond(
            own.raised().map(|s| s.share),
            peers.raised().map(|s| s.share),
        ),
        pile: cuts
            .iter()
            .filter_map(|&cut| pile(histogram, cut))
            .max_by(f64::total_cmp)
            .map(|value| Outcome {
                value,
                threshold: PILE_THRESHOLD,
                fired: value >= PILE_THRESHOLD,
            }),
    }
}

/// (n_b − n_{b−1}) / √(n_b + n_{b−1}) at boundary b; `None` below eight works on the two scores or outside the scale.
///
/// # Source
/// Signal S6 of `objectivity_signals.yaml`. It supposes that neighbouring scores are equally frequent, which honest
/// distributions are not; the exact test is [`crate::statistics::bunching`].
#[must_use]
pub fn pile(histogram: &[u32], cut: usize) -> Option<f64> {
    let on = *histogram.get(cut)?;
    let below = *histogram.get(cut.checked_sub(1)?)?;
    let both = on + below;
    (both >= LEAST_AT_BOUNDARY).then(|| (f64::from(on) - f64::from(below)) / f64::from(both).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(pairs: &[(u8, u8)]) -> RegisterTable {
        let mut table = RegisterTable::default();
        for &(work, register) in pairs {
            table.push(work, register);
        }
        table
    }

    #[test]
    fn each_part_fires_on_its_own_picture() {
        let peers = table(&[(4, 4), (4, 4), (3, 4), (5, 4), (3, 3)]);
        let honest = outcome(
            &table(&[(4, 4), (4, 4), (3, 4), (5, 5)]),
            &peers,
            &[0, 5, 6, 5],
            &[2],
        );
        assert!(!honest.fired(), "{honest:?}");
        let lowered = outcome(&table(&[(3, 4), (3, 4), (3, 3)]), &peers, &[], &[]);
        assert!(
            lowered.register.unwrap().fired && lowered.work.is_some() && lowered.pile.is_none()
        );
        let piled = outcome(&RegisterTable::default(), &peers, &[0, 1, 12, 3], &[2]);
        assert!(piled.pile.unwrap().fired && piled.register.is_none());
        assert_eq!(piled.strongest(), piled.pile);
    }

    #[test]
    fn few_works_or_a_cut_outside_the_scale_have_no_pile() {
        assert_eq!(pile(&[3, 4], 1), None);
        assert_eq!(pile(&[30, 40], 0), None);
        assert_eq!(pile(&[30, 40], 9), None);
    }
}
