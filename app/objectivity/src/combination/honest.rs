//! Honest schools of one size as the region's own fitted nulls make them, and the budgets spent on them.
//!
//! For each procedure and size bin honest schools are simulated with the data that its schools really have: the same
//! families, the same shifts of z per effect, the same years. Where the ratio is cut, the share of such schools above the
//! cut is the budget. One cut for all schools of a bin finds more than one level for each of them (Neyman and Pearson 1933):
//! those whose data can tell nothing spend nothing.
//!
//! # Source
//! Budgets: the office's. Contaminated normal families: see [`super::alternatives`].

use crate::calibration::null_table::NullTable;
use crate::combination::alternatives::{
    ALTERNATIVES, Alternative, FAMILIES, Shown, WILD_SPREAD, log_mixture, log_ratios,
};
use crate::combination::support;
use crate::random::{Random, seed_of};

/// z-values of an honest school: this year's and, independent of it, what other years add; and the luck that decides which
/// families are wild.
pub(crate) struct Draw {
    pair: [[f64; FAMILIES]; 2],
    luck: [f64; FAMILIES],
    /// A number in 0–1 for what observers see.
    seen: f64,
    /// Strength of an inflated school, half-normal.
    strength: f64,
}

/// Share of very large honest schools that are wild in a family, and the pupils at which it is half of that; it grows with the
/// square of the pupils, because with few of them chance covers what is special about a school.
const WILD_SHARE: f64 = 0.05;
const WILD_PUPILS: f64 = 60.0;

/// Correlated z-values of honest schools, drawn once and used by every group.
pub(crate) struct Bank {
    draws: Vec<Draw>,
}

impl Bank {
    /// `factor` is the lower-triangular factor of the correlations between families.
    pub(crate) fn new(factor: &[[f64; FAMILIES]; FAMILIES], draws: usize, seed: u64) -> Self {
        let draw = |random: &mut Random| {
            let independent: [f64; FAMILIES] = std::array::from_fn(|_| random.normal());
            let mut values = [0.0; FAMILIES];
            for (row, value) in factor.iter().zip(values.iter_mut()) {
                *value = row.iter().zip(&independent).map(|(a, b)| a * b).sum();
            }
            values
        };
        let draws = (0..draws)
            .map(|place| {
                let mut random = Random::new(seed_of(&[seed, 31, place as u64]));
                Draw {
                    pair: [draw(&mut random), draw(&mut random)],
                    luck: std::array::from_fn(|_| random.unit()),
                    seen: random.unit(),
                    strength: random.normal().abs(),
                }
            })
            .collect();
        Self { draws }
    }
}

/// What one school's ratio is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Setting {
    /// Shift of z per unit effect, this year.
    pub(crate) now: [Option<f64>; FAMILIES],
    /// The same over years with the correlation of both z-values; `None` without earlier years.
    pub(crate) accumulated: Option<[Option<(f64, f64)>; FAMILIES]>,
    /// Evidence that does not depend on this run's works: of runs before.
    pub(crate) known: f64,
    /// Whether observers were there.
    pub(crate) observed: bool,
    /// The result family rests on the level alone.
    pub(crate) level_only: bool,
    /// Pupils of the school.
    pub(crate) pupils: f64,
}

impl Setting {
    /// What an honest school of this setting shows with these z-values, `widths` being those of the procedure's families.
    fn shown(&self, draw: &Draw, widths: &[f64; FAMILIES]) -> (Shown, Option<Shown>) {
        let square = self.pupils * self.pupils;
        let wild = WILD_SHARE * square / (square + WILD_PUPILS * WILD_PUPILS);
        let width = |family: usize| {
            if draw.luck[family] < wild {
                widths[family] * WILD_SPREAD
            } else {
                widths[family]
            }
        };
        let pair = &draw.pair;
        let mut now: Shown = [None; FAMILIES];
        for family in 0..FAMILIES {
            now[family] = self.now[family].map(|power| (pair[0][family] * width(family), power));
        }
        let accumulated = self.accumulated.as_ref().map(|powers| {
            let mut shown: Shown = [None; FAMILIES];
            for family in 0..FAMILIES {
                shown[family] = powers[family].map(|(power, with_now)| {
                    let z = with_now * pair[0][family]
                        + (1.0 - with_now * with_now).max(0.0).sqrt() * pair[1][family];
                    (z * width(family), power)
                });
            }
            shown
        });
        (now, accumulated)
    }
}

/// ln of the ratio of a school: this year alone or all years, half and half.
///
/// A school that inflates every year is found by the sum, one that began or stopped by the year itself.
pub(crate) fn statistic(now: &Shown, accumulated: Option<&Shown>) -> f64 {
    let current = log_mixture(&log_ratios(now));
    match accumulated {
        None => current,
        Some(shown) => log_mixture(&[current, log_mixture(&log_ratios(shown))]),
    }
}

/// The ratio and the p-value of what supports it beside its strongest family.
pub(crate) fn judged(
    now: &Shown,
    accumulated: Option<&Shown>,
    level_only: bool,
    observed_p: Option<f64>,
) -> (f64, f64) {
    let statistic = statistic(now, accumulated);
    let mut support = support::p_value(now, level_only);
    if let Some(shown) = accumulated {
        // Two looks: Bonferroni.
        support = (2.0 * support.min(support::p_value(shown, level_only))).min(1.0);
    }
    (statistic, observed_p.map_or(support, |p| support.min(p)))
}

/// Honest schools of one procedure and size bin.
pub(crate) struct Group {
    all: NullTable,
    /// Those that a second family supports, and their share.
    supported: NullTable,
    supported_share: f64,
    /// Ratios of inflated schools and whether a second family supports each.
    inflated: Vec<(f64, bool)>,
}

/// Every so many draws an inflated school is simulated too, for the operating curve.
const INFLATED_EVERY: usize = 8;

/// What observers see in honest schools: chance up to which, ln of the ratio, p-value.
///
/// # Source
/// The platform's, beside the ratios in `run::results::observation_weight`: with a breach seven (three) times as common
/// where results are inflated, and half of all visits without remarks.
const OBSERVED: [(f64, f64, f64); 4] = [
    (0.02, 1.945_910_149_055_313_2, 0.002),
    (0.08, 1.098_612_288_668_109_8, 0.01),
    (0.58, -1.0, 0.9),
    (1.0, 0.0, 0.5),
];

impl Group {
    /// Simulates; `settings` are those of the group's schools, each used in turn.
    pub(crate) fn simulate(
        settings: &[&Setting],
        widths: &[f64; FAMILIES],
        bank: &Bank,
        support_p: f64,
    ) -> Self {
        let mut all = Vec::with_capacity(bank.draws.len());
        let mut supported = Vec::new();
        let mut inflated = Vec::new();
        for (place, draw) in bank.draws.iter().enumerate() {
            let Some(setting) = settings.get(place % settings.len().max(1)) else {
                break;
            };
            let (now, accumulated) = setting.shown(draw, widths);
            let (extra, observed_p) = if setting.observed {
                OBSERVED
                    .iter()
                    .find(|row| draw.seen < row.0)
                    .map_or((0.0, None), |row| (row.1, Some(row.2)))
            } else {
                (0.0, None)
            };
            let (statistic, support) =
                judged(&now, accumulated.as_ref(), setting.level_only, observed_p);
            let total = statistic + extra + setting.known;
            all.push(total);
            if support <= support_p {
                supported.push(total);
            }
            if place % INFLATED_EVERY == 0 {
                let way = &ALTERNATIVES[place / INFLATED_EVERY % ALTERNATIVES.len()];
                let (now, accumulated) = (
                    moved(&now, way, draw.strength),
                    accumulated.map(|shown| moved(&shown, way, draw.strength)),
                );
                let (statistic, support) =
                    judged(&now, accumulated.as_ref(), setting.level_only, None);
                inflated.push((statistic + setting.known, support <= support_p));
            }
        }
        let supported_share = supported.len() as f64 / all.len().max(1) as f64;
        Self {
            all: NullTable::of_samples(all),
            supported: NullTable::of_samples(supported),
            supported_share,
            inflated,
        }
    }

    /// Share of honest schools with a ratio of at least `total`.
    pub(crate) fn p_value(&self, total: f64) -> f64 {
        crate::calibration::normal::upper_p(self.all.z(1, total))
    }

    /// Share of honest schools with a ratio of at least `total` that a second family supports.
    pub(crate) fn supported_p(&self, total: f64) -> f64 {
        self.supported_share * crate::calibration::normal::upper_p(self.supported.z(1, total))
    }
}

impl Group {
    /// Ratio from which at most `budget` of honest schools are shown.
    pub(crate) fn cut(&self, budget: f64) -> f64 {
        cut(|total| self.p_value(total), budget)
    }

    /// The same among those that a second family supports.
    pub(crate) fn supported_cut(&self, budget: f64) -> f64 {
        cut(|total| self.supported_p(total), budget)
    }

    /// Share of inflated schools shown at this budget.
    pub(crate) fn found(&self, budget: f64) -> f64 {
        let found = self
            .inflated
            .iter()
            .filter(|(total, _)| self.p_value(*total) <= budget);
        found.count() as f64 / self.inflated.len().max(1) as f64
    }

    /// Share of inflated schools shown as signs at this budget.
    pub(crate) fn found_as_signs(&self, budget: f64) -> f64 {
        let supported = self.inflated.iter().filter(|(_, supported)| *supported);
        let found = supported.filter(|(total, _)| self.supported_p(*total) <= budget);
        found.count() as f64 / self.inflated.len().max(1) as f64
    }
}

/// What a school shows that is inflated in this way with this strength.
fn moved(shown: &Shown, way: &Alternative, strength: f64) -> Shown {
    let mut moved = *shown;
    for (family, effect) in moved.iter_mut().zip(way.direction) {
        if let Some((z, power)) = family {
            *z += strength * effect * *power;
        }
    }
    moved
}

/// Least ratio whose `p` is within the budget; ratios lie between −60 and 200.
fn cut(p: impl Fn(f64) -> f64, budget: f64) -> f64 {
    let (mut low, mut high) = (-60.0, 200.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if p(middle) <= budget {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Lower-triangular factor of a correlation matrix; shrinks towards independence until it exists.
pub(crate) fn factor(correlation: &[[f64; FAMILIES]; FAMILIES]) -> [[f64; FAMILIES]; FAMILIES] {
    let mut shrink = 1.0;
    for _ in 0..20 {
        let matrix = nalgebra::DMatrix::from_fn(FAMILIES, FAMILIES, |a, b| {
            if a == b {
                1.0
            } else {
                shrink * correlation[a][b]
            }
        });
        if let Some(cholesky) = matrix.cholesky() {
            let lower = cholesky.l();
            return std::array::from_fn(|a| std::array::from_fn(|b| lower[(a, b)]));
        }
        shrink *= 0.8;
    }
    std::array::from_fn(|a| std::array::from_fn(|b| f64::from(u8::from(a == b))))
}
