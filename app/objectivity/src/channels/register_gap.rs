//! Register gap: results against the marks the school's own teachers gave during the year.
//!
//! Two findings hide here and must not be mixed: results above the register marks point to help during the work
//! (positive value); register marks above the results point to inflated current marks (negative value).
//!
//! # Source
//! Comparison of marks with the register («Сравнение отметок с отметками по журналу»), standard report of the federal
//! system. The funnel over schools' strictness is ours: teachers differ in strictness, and that is not a sign.

use crate::cell::{Level, RegisterMatrix};
use crate::channels::level::context_rows;
use crate::channels::regression::within_slopes;
use crate::channels::{Evidence, within_variance};
use crate::prepared::Prepared;
use crate::region::MISSING;
use crate::statistics::funnel::Funnel;

pub(crate) struct RegisterGaps {
    pub(crate) evidence: Vec<Option<Evidence>>,
    pub(crate) matrices: Vec<Option<RegisterMatrix>>,
}

pub(crate) fn compute(prepared: &Prepared, context: &[Option<f64>]) -> RegisterGaps {
    let matrices = prepared
        .schools
        .iter()
        .map(|school| {
            let mut matrix = RegisterMatrix::default();
            let mut any = false;
            for work in school.range.clone() {
                let (mark, register) = (prepared.mark[work], prepared.register[work]);
                if mark != MISSING && register != MISSING {
                    matrix[usize::from(mark - 2)][usize::from(register - 2)] += 1;
                    any = true;
                }
            }
            any.then_some(matrix)
        })
        .collect();
    let evidence =
        evidence(prepared, context).unwrap_or_else(|| vec![None; prepared.schools.len()]);
    RegisterGaps { evidence, matrices }
}

fn evidence(prepared: &Prepared, context: &[Option<f64>]) -> Option<Vec<Option<Evidence>>> {
    let ranges: Vec<_> = prepared
        .schools
        .iter()
        .map(|school| school.range.clone())
        .collect();
    let score = |work: usize| f64::from(prepared.score[work]);
    let register = |work: usize| {
        let mark = prepared.register[work];
        (mark != MISSING).then(|| [f64::from(mark) - 3.5])
    };
    let slope = within_slopes(&ranges, score, register)?[0];
    let residual =
        |work: usize| register(work).map_or(f64::NAN, |row| score(work) - slope * row[0]);
    let within = within_variance(ranges.iter().cloned(), residual)?;
    let within_score = within_variance(ranges.iter().cloned(), score)?;
    let rows = context_rows(context);
    let mut used = Vec::new();
    let (mut values, mut variances, mut covariates, mut counts) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, range) in ranges.iter().enumerate() {
        let residuals: Vec<f64> = range
            .clone()
            .map(residual)
            .filter(|value| value.is_finite())
            .collect();
        if residuals.is_empty() {
            continue;
        }
        used.push(index);
        values.push(residuals.iter().sum::<f64>() / residuals.len() as f64);
        variances.push(within / residuals.len() as f64);
        covariates.push(rows[index].clone());
        counts.push(residuals.len());
    }
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let mut evidence = vec![None; prepared.schools.len()];
    for (place, &index) in used.iter().enumerate() {
        let value = values[place] - funnel.expected(&covariates[place]);
        let half = 1.96 * variances[place].sqrt();
        evidence[index] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: funnel.z(values[place], variances[place], &covariates[place]),
            power: within_score.sqrt() / funnel.spread(variances[place]),
            n: counts[place],
            expected: 0.0,
            level: Level::L3,
        });
    }
    Some(evidence)
}
