//! All procedures together: years, nulls of the combination, posteriors and states.

use crate::math::Portable;
use std::collections::{BTreeMap, HashMap};

use crate::calibration::normal::upper_p;
use crate::cell::{Cell, ChannelName, Family, State};
use crate::combination::alternatives::{
    ALTERNATIVES, ATTENDANCE, BUNCHING, FAMILIES, LIKENESS, PROFILE, RESULT, Shown, likeliest,
    log_ratios,
};
use crate::combination::families::{accumulate, correlation};
use crate::combination::honest::{self, Group, Setting, judged};
use crate::combination::support::COUNTED;
use crate::combination::{posterior, state};
use crate::decision::{RunDoubt, SizeDecision};
use crate::parameters::Parameters;
use crate::region::Region;
use crate::run::assess::Draft;
use crate::run::groups::{Groups, Key, key_of};
use crate::statistics::false_discovery::benjamini_hochberg;

/// Earlier years that still count.
const YEARS_BACK: i32 = 2;

struct Joined {
    setting: Setting,
    accumulated: Option<Shown>,
    statistic: f64,
    current: f64,
    /// With what observers and runs before say.
    total: f64,
}

pub(crate) fn decide(
    region: &Region,
    procedures: Vec<Vec<Draft>>,
    parameters: &Parameters,
) -> Decided {
    let mut drafts: Vec<Draft> = procedures.into_iter().flatten().collect();
    let mut by_school: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        by_school
            .entry((draft.cell.school.clone(), draft.cell.subject.clone()))
            .or_default()
            .push(index);
    }
    let earlier: Vec<Vec<usize>> = (0..drafts.len())
        .map(|index| earlier_of(&drafts, &by_school, index))
        .collect();
    let rho = between_years(&drafts, &earlier);
    let factor = honest::factor(&between_families(&drafts));
    let mut joined: Vec<Joined> = (0..drafts.len())
        .map(|index| join(&drafts, &earlier[index], index, &rho))
        .collect();

    let stored = stored_evidence(region);
    for (draft, joined) in drafts.iter_mut().zip(&mut joined) {
        draft.cell.log_lr = joined.current + draft.observation_log_lr;
        joined.setting.known = known_before(&stored, draft);
        joined.total = joined.statistic + draft.observation_log_lr + joined.setting.known;
        draft.cell.earlier_log_lr = joined.total - draft.cell.log_lr;
    }
    let log_lrs: Vec<f64> = joined.iter().map(|joined| joined.total).collect();
    let shares = shares_by_procedure(&drafts, &log_lrs, parameters);
    let settings: Vec<&Setting> = joined.iter().map(|joined| &joined.setting).collect();
    let groups = Groups::new(&drafts, &settings, &shares, &factor, parameters);
    for (index, draft) in drafts.iter_mut().enumerate() {
        if draft.enough {
            let key = key_of(draft);
            let honest = Honest {
                group: groups.of(index),
                share: shares[&key],
                doubtful: groups.lowers_signs(&key),
            };
            judge(draft, &joined[index], &honest, parameters);
        } else if draft.listed {
            draft.cell.state = State::Signs;
            draft.cell.first_reason = Some(ChannelName::ExternalList);
        }
        let high = draft.level_z > 1.64;
        draft.cell.explanation =
            crate::explanation::explain(&draft.cell, draft.good_observation, high);
    }
    adjust(&mut drafts);
    let decisions = groups.decisions(&drafts, parameters);
    let doubts = groups.doubts();
    let mut cells: Vec<Cell> = drafts.into_iter().map(|draft| draft.cell).collect();
    cells.sort_by(|a, b| {
        (a.year, &a.subject, a.grade, &a.school).cmp(&(b.year, &b.subject, b.grade, &b.school))
    });
    Decided {
        cells,
        decisions,
        doubts,
    }
}

/// Cells and how they were decided.
pub(crate) struct Decided {
    pub(crate) cells: Vec<Cell>,
    pub(crate) decisions: Vec<SizeDecision>,
    pub(crate) doubts: Vec<RunDoubt>,
}

/// What runs before say about the school: half for "it went on", half for "this year is by itself".
fn known_before(stored: &HashMap<(&str, &str), Vec<(i32, f64)>>, draft: &Draft) -> f64 {
    let cell = &draft.cell;
    let Some(years) = stored.get(&(cell.school.as_str(), cell.subject.as_str())) else {
        return 0.0;
    };
    let log_lr: f64 = years
        .iter()
        .filter(|(year, _)| *year < cell.year && *year >= cell.year - YEARS_BACK)
        .map(|(_, log_lr)| *log_lr)
        .sum();
    (0.5 + 0.5 * log_lr.clamp(-30.0, 30.0).exponential()).logarithm()
}

/// Adjusts the p-values of each procedure for the number of its schools.
fn adjust(drafts: &mut [Draft]) {
    let mut procedures: BTreeMap<(i32, String, u8), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let cell = &draft.cell;
        if cell.p_value.is_some() {
            let key = (cell.year, cell.subject.clone(), cell.grade);
            procedures.entry(key).or_default().push(index);
        }
    }
    for indices in procedures.into_values() {
        let p_values: Vec<f64> = indices
            .iter()
            .filter_map(|&index| drafts[index].cell.p_value)
            .collect();
        for (index, q) in indices.into_iter().zip(benjamini_hochberg(&p_values)) {
            drafts[index].cell.q_value = q.is_finite().then_some(q);
        }
    }
}

/// Beside what a school is judged.
struct Honest<'a> {
    group: &'a Group,
    /// Estimated share of inflated schools of the procedure.
    share: f64,
    doubtful: bool,
}

fn judge(draft: &mut Draft, joined: &Joined, honest: &Honest<'_>, parameters: &Parameters) {
    let (group, log_lr) = (honest.group, joined.total);
    let shown = joined.accumulated.as_ref().unwrap_or(&draft.shown);
    let mut families: Vec<(Family, f64)> = Vec::new();
    for (family, name) in COUNTED {
        let now = draft.shown[family].map(|(z, _)| upper_p(z));
        let all = shown[family].map(|(z, _)| upper_p(z));
        let p = match (now, all) {
            // Two looks at one family: Bonferroni.
            (Some(now), Some(all)) if joined.accumulated.is_some() => (2.0 * now.min(all)).min(1.0),
            (Some(p), _) | (None, Some(p)) => p,
            (None, None) => continue,
        };
        families.push((name, p));
    }
    if let Some(p) = draft.observation_p {
        families.push((Family::Procedure, p));
    }
    let local_fdr = posterior::local_fdr(honest.share, log_lr);
    let (_, support) = judged(
        &draft.shown,
        joined.accumulated.as_ref(),
        draft.level_only,
        draft.observation_p,
    );
    let combined = group.p_value(log_lr);
    let findings = state::Findings {
        families,
        combined,
        supported: group.supported_p(log_lr),
        support,
        local_fdr,
        level_only: draft.level_only,
        listed: draft.listed,
        doubtful: honest.doubtful,
    };
    draft.cell.state = if f64::from(draft.cell.n) < parameters.min_pupils.value && !draft.listed {
        State::Insufficient
    } else {
        state::decide(&findings, parameters)
    };
    draft.cell.posterior = Some(posterior::posterior(parameters.prior.value, log_lr));
    draft.cell.local_fdr = Some(local_fdr);
    draft.cell.p_value = Some(combined);
    if matches!(draft.cell.state, State::Attention | State::Signs) {
        let plain = joined.accumulated.as_ref().unwrap_or(&draft.plain);
        draft.cell.first_reason = Some(first_reason(draft, plain));
    }
}

/// The channel that tells the likeliest way of inflating; inside the result family the strongest channel.
fn first_reason(draft: &Draft, shown: &Shown) -> ChannelName {
    let ratios = log_ratios(shown);
    let best = likeliest(shown);
    let by_family = |family: Family| {
        draft
            .cell
            .channels
            .iter()
            .filter(|channel| {
                channel.channel.family() == family && channel.channel != ChannelName::Spread
            })
            .max_by(|a, b| {
                a.log_lr
                    .total_cmp(&b.log_lr)
                    .then(b.channel.cmp(&a.channel))
            })
    };
    let observed = draft.observation_p.is_some_and(|p| p < 0.05);
    if draft.listed && ratios[best] < 1.0 {
        return ChannelName::ExternalList;
    }
    if observed && ratios[best] < draft.observation_log_lr {
        return ChannelName::Observation;
    }
    let alternative = &ALTERNATIVES[best];
    if alternative.primary == RESULT {
        return by_family(Family::Result).map_or(ChannelName::Level, |channel| channel.channel);
    }
    debug_assert!([BUNCHING, PROFILE, LIKENESS, ATTENDANCE].contains(&alternative.primary));
    alternative.told_by
}

/// Cells of the same school and subject in the two years before: same grade, or else the same cohort.
fn earlier_of(
    drafts: &[Draft],
    by_school: &HashMap<(String, String), Vec<usize>>,
    index: usize,
) -> Vec<usize> {
    let cell = &drafts[index].cell;
    let Some(candidates) = by_school.get(&(cell.school.clone(), cell.subject.clone())) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for back in (1..=YEARS_BACK).rev() {
        let of_year = |grade: i32| {
            candidates.iter().copied().find(|&other| {
                let other_cell = &drafts[other].cell;
                drafts[other].enough
                    && other_cell.year == cell.year - back
                    && i32::from(other_cell.grade) == grade
            })
        };
        found.extend(
            of_year(i32::from(cell.grade)).or_else(|| of_year(i32::from(cell.grade) - back)),
        );
    }
    found
}

/// Correlation of a family's z between years of one school: what stays with honest schools.
fn between_years(drafts: &[Draft], earlier: &[Vec<usize>]) -> [f64; FAMILIES] {
    let mut rho = [0.0; FAMILIES];
    for (family, rho) in rho.iter_mut().enumerate() {
        let pairs: Vec<(f64, f64)> = (0..drafts.len())
            .flat_map(|index| earlier[index].iter().map(move |&other| (index, other)))
            .filter_map(|(index, other)| {
                Some((
                    drafts[index].shown[family]?.0,
                    drafts[other].shown[family]?.0,
                ))
            })
            .collect();
        *rho = if pairs.is_empty() {
            0.0
        } else if pairs.len() < 20 {
            0.4
        } else {
            correlation(pairs.into_iter()).max(0.0)
        };
    }
    rho
}

fn between_families(drafts: &[Draft]) -> [[f64; FAMILIES]; FAMILIES] {
    let of = |a: usize, b: usize| {
        if a == b {
            1.0
        } else {
            correlation(
                drafts
                    .iter()
                    .filter_map(|draft| Some((draft.shown[a]?.0, draft.shown[b]?.0))),
            )
        }
    };
    std::array::from_fn(|a| std::array::from_fn(|b| of(a.max(b), a.min(b))))
}

fn join(drafts: &[Draft], earlier: &[usize], index: usize, rho: &[f64; FAMILIES]) -> Joined {
    let now = drafts[index].shown;
    let current = honest::statistic(&now, None);
    let setting = |accumulated| Setting {
        now: now.map(|family| family.map(|(_, power)| power)),
        accumulated,
        known: 0.0,
        observed: drafts[index].observation_p.is_some(),
        level_only: drafts[index].level_only,
        pupils: f64::from(drafts[index].cell.n),
    };
    if earlier.is_empty() {
        return Joined {
            setting: setting(None),
            accumulated: None,
            statistic: current,
            current,
            total: current,
        };
    }
    let mut shown: Shown = [None; FAMILIES];
    let mut powers_of_years = [None; FAMILIES];
    for family in 0..FAMILIES {
        let mut years: Vec<(f64, f64)> = earlier
            .iter()
            .filter_map(|&other| drafts[other].shown[family])
            .collect();
        let known_now = now[family].is_some();
        years.extend(now[family]);
        if let Some((z, power, with_last)) = accumulate(&years, rho[family]) {
            shown[family] = Some((z, power));
            powers_of_years[family] = Some((power, if known_now { with_last } else { 0.0 }));
        }
    }
    let statistic = honest::statistic(&now, Some(&shown));
    Joined {
        setting: setting(Some(powers_of_years)),
        accumulated: Some(shown),
        statistic,
        current,
        total: statistic,
    }
}

/// Evidence of earlier runs by school and subject.
fn stored_evidence(region: &Region) -> HashMap<(&str, &str), Vec<(i32, f64)>> {
    let mut stored: HashMap<(&str, &str), Vec<(i32, f64)>> = HashMap::new();
    for evidence in &region.earlier {
        stored
            .entry((evidence.school.trim(), evidence.subject.as_str()))
            .or_default()
            .push((evidence.year, evidence.log_lr));
    }
    // Sums of floats depend on order; order must not depend on the caller.
    stored
        .values_mut()
        .for_each(|years| years.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))));
    stored
}

fn shares_by_procedure(
    drafts: &[Draft],
    log_lrs: &[f64],
    parameters: &Parameters,
) -> BTreeMap<Key, f64> {
    let mut groups: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
    for (draft, &log_lr) in drafts.iter().zip(log_lrs) {
        let group = groups.entry(key_of(draft)).or_default();
        if draft.enough {
            group.push(log_lr);
        }
    }
    let share = |log_lrs: Vec<f64>| posterior::estimated_share(parameters.prior.value, &log_lrs);
    groups
        .into_iter()
        .map(|(key, log_lrs)| (key, share(log_lrs)))
        .collect()
}
