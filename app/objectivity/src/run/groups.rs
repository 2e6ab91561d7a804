//! Honest schools by procedure and size bin, what was decided about each, and doubts about the procedures.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::cell::State;
use crate::combination::alternatives::{BUNCHING, FAMILIES};
use crate::combination::honest::{Bank, Group, Setting};
use crate::decision::{Doubt, OperatingPoint, RunDoubt, SizeDecision};
use crate::markers::false_alarms::SIZE_BINS;
use crate::parameters::Parameters;
use crate::run::assess::Draft;
use crate::statistics::funnel::WINSORISED_SQUARE;

/// Year, subject, grade.
pub(crate) type Key = (i32, String, u8);

/// Most that the lower side may widen a family's null.
const WIDEST: f64 = 1.5;
/// Widening that chance alone brings about.
const SLACK: f64 = 0.05;
/// Values that count as much as the belief that a channel's own null is right.
const BELIEVED: f64 = 30.0;
/// Values below the middle without which nothing is learned.
const LEAST_BELOW: f64 = 20.0;

/// Width from which a null is called too narrow, and the values below the middle that must show it.
const TOO_WIDE: f64 = 1.3;
const LEAST_WIDE: f64 = 40.0;
/// Estimated share of inflated schools from which nulls are no longer those of honest schools.
const MANY: f64 = 0.3;
/// Mean z of the pile over the region, which is nothing among honest schools, and its least number of standard errors.
const PILE: f64 = 0.35;
const PILE_ERRORS: f64 = 4.0;
/// Correlation with earlier results inside schools below which they tell nothing, and the works that must show it.
const UNRELATED: f64 = 0.15;

/// Budgets of the operating curve.
const CURVE: [f64; 6] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05];

pub(crate) fn key_of(draft: &Draft) -> Key {
    let cell = &draft.cell;
    (cell.year, cell.subject.clone(), cell.grade)
}

/// Place in [`SIZE_BINS`]; smaller schools belong to the first.
fn bin_of(n: u32) -> usize {
    SIZE_BINS
        .iter()
        .position(|&(_, high)| n <= high)
        .unwrap_or(SIZE_BINS.len() - 1)
}

/// Groups of schools that are judged by the same simulated honest ones.
pub(crate) struct Groups {
    groups: Vec<(Key, usize, Vec<usize>, Group)>,
    /// Group of each draft.
    place: Vec<usize>,
    doubts: BTreeMap<Key, Vec<(Doubt, f64, f64)>>,
}

impl Groups {
    /// `settings` are those of the drafts; `shares` the estimated share of inflated schools of each procedure.
    pub(crate) fn new(
        drafts: &[Draft],
        settings: &[&Setting],
        shares: &BTreeMap<Key, f64>,
        factor: &[[f64; FAMILIES]; FAMILIES],
        parameters: &Parameters,
    ) -> Self {
        let mut members: BTreeMap<(Key, usize), Vec<usize>> = BTreeMap::new();
        let mut by_procedure: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (index, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.enough) {
            let key = key_of(draft);
            by_procedure.entry(key.clone()).or_default().push(index);
            let bin = bin_of(draft.cell.n);
            members.entry((key, bin)).or_default().push(index);
        }
        let widths: BTreeMap<&Key, [(f64, f64); FAMILIES]> = by_procedure
            .iter()
            .map(|(key, indices)| (key, lower_widths(drafts, indices)))
            .collect();
        let doubts = by_procedure
            .iter()
            .map(|(key, indices)| {
                let share = shares.get(key).copied().unwrap_or(0.0);
                (key.clone(), doubts(drafts, indices, &widths[key], share))
            })
            .collect();
        let draws = 2 * parameters.replicates.clamp(200, 20_000) as usize;
        let bank = Bank::new(factor, draws, parameters.seed);
        let groups: Vec<(Key, usize, Vec<usize>, Group)> = members
            .into_par_iter()
            .map(|((key, bin), indices)| {
                let own: Vec<&Setting> = indices.iter().map(|&index| settings[index]).collect();
                let widths = widths[&key].map(|(width, _)| believed(width));
                let group = Group::simulate(&own, &widths, &bank, parameters.support_p.value);
                (key, bin, indices, group)
            })
            .collect();
        let mut place = vec![usize::MAX; drafts.len()];
        for (number, (_, _, indices, _)) in groups.iter().enumerate() {
            indices.iter().for_each(|&index| place[index] = number);
        }
        Self {
            groups,
            place,
            doubts,
        }
    }

    /// The honest schools beside which a draft is judged.
    pub(crate) fn of(&self, draft: usize) -> &Group {
        &self.groups[self.place[draft]].3
    }

    /// Whether signs are lowered to attention in this procedure.
    pub(crate) fn lowers_signs(&self, key: &Key) -> bool {
        let doubts = self.doubts.get(key);
        doubts.is_some_and(|doubts| doubts.iter().any(|(doubt, _, _)| doubt.lowers_signs()))
    }

    /// What was decided, after all states are known.
    pub(crate) fn decisions(&self, drafts: &[Draft], parameters: &Parameters) -> Vec<SizeDecision> {
        self.groups
            .par_iter()
            .map(|((year, subject, grade), bin, indices, group)| {
                let count = |state: State| {
                    let of = indices
                        .iter()
                        .filter(|&&index| drafts[index].cell.state == state);
                    of.count() as u32
                };
                let (smallest, largest) = SIZE_BINS[*bin];
                SizeDecision {
                    year: *year,
                    subject: subject.clone(),
                    grade: *grade,
                    smallest,
                    largest: (largest < u32::MAX).then_some(largest),
                    schools: indices.len() as u32,
                    attention: count(State::Attention),
                    signs: count(State::Signs),
                    attention_from: group.cut(parameters.attention_p.value),
                    signs_from: group.supported_cut(parameters.signs_p.value),
                    signs_found_share: group.found_as_signs(parameters.signs_p.value),
                    curve: CURVE
                        .iter()
                        .map(|&budget| OperatingPoint {
                            honest_share: budget,
                            found_share: group.found(budget),
                        })
                        .collect(),
                }
            })
            .collect()
    }

    /// Doubts in the order of procedures.
    pub(crate) fn doubts(&self) -> Vec<RunDoubt> {
        let all = self.doubts.iter();
        all.flat_map(|((year, subject, grade), doubts)| {
            doubts.iter().map(|&(doubt, value, limit)| RunDoubt {
                year: *year,
                subject: subject.clone(),
                grade: *grade,
                doubt,
                value,
                limit,
                text: doubt.text(),
            })
        })
        .collect()
    }
}

/// How wide each family lies below the middle, where no inflation reaches, in units of its own null, and how many values say so.
fn lower_widths(drafts: &[Draft], indices: &[usize]) -> [(f64, f64); FAMILIES] {
    std::array::from_fn(|family| {
        let (mut sum, mut count) = (0.0, 0.0);
        for &index in indices {
            if let Some((z, _)) = drafts[index].shown[family].filter(|(z, _)| *z < 0.0) {
                sum += (z * z).min(4.0);
                count += 1.0;
            }
        }
        if count < LEAST_BELOW {
            return (1.0, count);
        }
        let width = (sum / count / WINSORISED_SQUARE).sqrt();
        (1.0 + (width - 1.0) * count / (count + BELIEVED), count)
    })
}

/// The width a null is given.
fn believed(width: f64) -> f64 {
    (width - SLACK).clamp(1.0, WIDEST)
}

/// Posterior predictive checks: what the data show against what the nulls would.
///
/// # Source
/// Gelman, Meng and Stern 1996, Statistica Sinica 6, for the idea; limits are the platform's.
fn doubts(
    drafts: &[Draft],
    indices: &[usize],
    widths: &[(f64, f64); FAMILIES],
    share: f64,
) -> Vec<(Doubt, f64, f64)> {
    let mut found = Vec::new();
    let widest = widths
        .iter()
        .filter(|(_, count)| *count >= LEAST_WIDE)
        .map(|(width, _)| *width)
        .fold(0.0, f64::max);
    if widest > TOO_WIDE {
        found.push((Doubt::NullTooNarrow, widest, TOO_WIDE));
    }
    if share > MANY {
        found.push((Doubt::ManyInflated, share, MANY));
    }
    let piles: Vec<f64> = indices
        .iter()
        .filter_map(|&index| drafts[index].shown[BUNCHING])
        .map(|(z, _)| z.clamp(-3.0, 3.0))
        .collect();
    let mean = piles.iter().sum::<f64>() / piles.len().max(1) as f64;
    if mean > PILE && mean * (piles.len() as f64).sqrt() > PILE_ERRORS {
        found.push((Doubt::RegionPile, mean, PILE));
    }
    let related = indices
        .first()
        .and_then(|&index| drafts[index].prior_correlation);
    if let Some(correlation) = related.filter(|correlation| *correlation < UNRELATED) {
        found.push((Doubt::PriorUnrelated, correlation, UNRELATED));
    }
    found
}
