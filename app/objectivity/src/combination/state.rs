//! The state of a cell: what costs least inside the budgets.
//!
//! To pass over an inflated result costs something, to trouble an honest school too; the posterior decides which is more.
//! The office also bounds the share of honest schools of each size bin that may be troubled, and the stricter of both holds.
//! Signs need two independent families: an honest reason that breaks one (a strong new teacher, a topic taught late) can
//! raise attention but not signs.

use crate::cell::{Family, State};
use crate::parameters::Parameters;

/// What the decision looks at.
pub(crate) struct Findings {
    /// One-sided p-value per family.
    pub(crate) families: Vec<(Family, f64)>,
    /// Share of honest schools of the size bin with as large a ratio.
    pub(crate) combined: f64,
    /// The same among those that a second family supports, as a share of all.
    pub(crate) supported: f64,
    /// p-value of the second evidence.
    pub(crate) support: f64,
    /// Local false-discovery rate.
    pub(crate) local_fdr: f64,
    /// The result family rests on the level alone.
    pub(crate) level_only: bool,
    /// On an external list.
    pub(crate) listed: bool,
    /// The procedure's own checks failed: nothing is called signs.
    pub(crate) doubtful: bool,
}

/// What another family must show beside a level without earlier results.
const BESIDE_LEVEL: f64 = 0.05;

/// Decides; never more than attention from one family.
pub(crate) fn decide(findings: &Findings, parameters: &Parameters) -> State {
    if findings.listed {
        return State::Signs;
    }
    if findings.supported <= parameters.signs_p.value
        && findings.support <= parameters.support_p.value
        && findings.local_fdr <= parameters.signs_local_fdr.value
        && !findings.doubtful
    {
        return State::Signs;
    }
    // A height that nothing else goes with is no evidence, unless it is beyond all honest schools.
    let speaks = !findings.level_only
        || findings.families.iter().any(|&(family, p)| match family {
            Family::Result => p <= 0.1 * parameters.channel_p.value,
            _ => p <= BESIDE_LEVEL,
        });
    if speaks
        && findings.combined <= parameters.attention_p.value
        && findings.local_fdr <= parameters.attention_local_fdr.value
    {
        State::Attention
    } else {
        State::Calm
    }
}
