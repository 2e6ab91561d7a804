//! Level in context: the school's mean score against what its context predicts, in a robust funnel.
//!
//! # Source
//! Spiegelhalter 2005 (see [`crate::statistics::funnel`]). A high level is never a sign by itself.

use crate::cell::Level;
use crate::channels::{Evidence, within_variance};
use crate::prepared::Prepared;
use crate::statistics::funnel::Funnel;

/// The funnel of a procedure and what every school shows in it.
pub(crate) struct Levels {
    pub(crate) evidence: Vec<Option<Evidence>>,
    /// Pooled variance of scores inside schools.
    pub(crate) within: f64,
    pub(crate) tau2: f64,
}

/// Covariate rows with blanks at the mean: (row, share of the slope's variance to add when blank).
pub(crate) fn context_rows(context: &[Option<f64>]) -> Vec<Vec<f64>> {
    let known: Vec<f64> = context.iter().flatten().copied().collect();
    if known.len() * 2 < context.len().max(1) {
        return vec![Vec::new(); context.len()];
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    context
        .iter()
        .map(|value| vec![value.unwrap_or(mean)])
        .collect()
}

pub(crate) fn compute(prepared: &Prepared, context: &[Option<f64>]) -> Option<Levels> {
    let within = within_variance(
        prepared.schools.iter().map(|school| school.range.clone()),
        |work| f64::from(prepared.score[work]),
    )?;
    let rows = context_rows(context);
    let used: Vec<usize> = (0..prepared.schools.len())
        .filter(|&school| prepared.schools[school].n() > 0)
        .collect();
    let values: Vec<f64> = used
        .iter()
        .map(|&school| prepared.mean_score(&prepared.schools[school]))
        .collect();
    let variances: Vec<f64> = used
        .iter()
        .map(|&school| within / prepared.schools[school].n() as f64)
        .collect();
    let covariates: Vec<Vec<f64>> = used.iter().map(|&school| rows[school].clone()).collect();
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let mut evidence = vec![None; prepared.schools.len()];
    for (index, &school) in used.iter().enumerate() {
        let expected = funnel.expected(&covariates[index]);
        let value = values[index] - expected;
        let half = 1.96 * variances[index].sqrt();
        evidence[school] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: funnel.z(values[index], variances[index], &covariates[index]),
            power: within.sqrt() / funnel.spread(variances[index]),
            n: prepared.schools[school].n(),
            expected,
            level: Level::L0,
        });
    }
    Some(Levels {
        evidence,
        within,
        tau2: funnel.tau2,
    })
}
