//! The state of a cell.
//!
//! Signs need two independent families: the combination must be rare among honest schools, and what remains after the
//! strongest family is taken away must be rare too. An honest reason that breaks one family (a strong new teacher, a
//! topic taught late) can therefore raise attention but not signs.

use crate::cell::{Family, State};
use crate::parameters::Parameters;

/// What the decision looks at.
pub(crate) struct Findings {
    /// One-sided p-value per family.
    pub(crate) families: Vec<(Family, f64)>,
    /// p-value of the combination.
    pub(crate) combined: f64,
    /// Local false-discovery rate.
    pub(crate) local_fdr: f64,
    /// The result family rests on the level alone.
    pub(crate) level_only: bool,
    /// On an external list.
    pub(crate) listed: bool,
}

/// Chance that the smallest of `others` p-values is this small.
fn smallest_of(p: f64, others: usize) -> f64 {
    1.0 - (1.0 - p).powi(others.max(1) as i32)
}

/// Decides; never more than attention from one family.
pub(crate) fn decide(findings: &Findings, parameters: &Parameters) -> State {
    if findings.listed {
        return State::Signs;
    }
    let mut families: Vec<(Family, f64)> = findings
        .families
        .iter()
        .copied()
        .filter(|family| !(findings.level_only && family.0 == Family::Result))
        .collect();
    families.sort_by(|a, b| a.1.total_cmp(&b.1));
    let strongest = families.first().map_or(1.0, |family| family.1);
    let second = families
        .get(1)
        .map_or(1.0, |family| smallest_of(family.1, families.len() - 1));
    if findings.combined <= parameters.signs_p.value
        && strongest <= parameters.channel_p.value
        && second <= parameters.support_p.value
        && findings.local_fdr <= parameters.signs_local_fdr.value
    {
        return State::Signs;
    }
    let speaks = findings.families.iter().any(|&(family, p)| {
        let limit = if findings.level_only && family == Family::Result {
            0.1 * parameters.channel_p.value
        } else {
            parameters.channel_p.value
        };
        p <= limit
    });
    if speaks && findings.combined <= parameters.attention_p.value {
        State::Attention
    } else {
        State::Calm
    }
}
