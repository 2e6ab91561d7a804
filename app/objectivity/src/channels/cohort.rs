//! Change where no pupil is linked: the mean of the school against that of its same cohort a year and a grade before.
//!
//! The line is [`CohortRegression`]; its residuals lie in a robust funnel with the earlier mean and the context as covariates,
//! so that a third of inflated cohorts does not bend it. The variance is that of both years' pupils and of honest cohorts.

use std::collections::BTreeMap;

use crate::cell::{self, Level};
use crate::channels::change::Changes;
use crate::channels::level::context_rows;
use crate::channels::{Evidence, within_variance};
use crate::data::Procedure;
use crate::prepared::Prepared;
use crate::region::{NO_SCORE, Region};
use crate::statistics::cohort::{CohortPoint, CohortRegression};
use crate::statistics::funnel::Funnel;

/// Pupils a mean must have in both years.
const LEAST_PUPILS: u32 = 4;
/// Cohorts a line must have.
const LEAST_COHORTS: usize = 20;

/// Mean score and pupils of each school in the procedure one year and one grade before.
fn earlier<'a>(region: &'a Region, procedure: &Procedure) -> Option<BTreeMap<&'a str, (f64, u32)>> {
    let before = Procedure {
        year: procedure.year - 1,
        subject: procedure.subject.clone(),
        grade: procedure.grade.checked_sub(1)?,
    };
    let works = region.procedures.get(&before)?;
    let mut sums: BTreeMap<&str, (u64, u32)> = BTreeMap::new();
    for (&school, &score) in works.school.iter().zip(&works.score) {
        if score != NO_SCORE {
            let sum = sums.entry(region.schools.name(school)).or_default();
            sum.0 += u64::from(score);
            sum.1 += 1;
        }
    }
    let mean = |(sum, count): (u64, u32)| (sum as f64 / f64::from(count.max(1)), count);
    Some(
        sums.into_iter()
            .map(|(name, sum)| (name, mean(sum)))
            .collect(),
    )
}

pub(crate) fn compute(
    region: &Region,
    prepared: &Prepared,
    procedure: &Procedure,
    context: &[Option<f64>],
) -> Option<Changes> {
    let earlier = earlier(region, procedure)?;
    let mut used: Vec<(usize, CohortPoint)> = Vec::new();
    for (index, school) in prepared.schools.iter().enumerate() {
        let Some(&(before, pupils_before)) = earlier.get(school.name.as_str()) else {
            continue;
        };
        let pupils_after = school.n() as u32;
        if pupils_before >= LEAST_PUPILS && pupils_after >= LEAST_PUPILS {
            let point = CohortPoint {
                before,
                after: prepared.mean_score(school),
                pupils_before,
                pupils_after,
            };
            used.push((index, point));
        }
    }
    if used.len() < LEAST_COHORTS {
        return None;
    }
    let points: Vec<CohortPoint> = used.iter().map(|(_, point)| *point).collect();
    let line = CohortRegression::fit(&points)?;
    let residuals = points
        .iter()
        .map(|point| line.residual(point))
        .collect::<Option<Vec<_>>>()?;
    let rows = context_rows(context);
    let covariates: Vec<Vec<f64>> = used
        .iter()
        .map(|(index, point)| {
            let mut row = rows[*index].clone();
            row.push(point.before);
            row
        })
        .collect();
    let values: Vec<f64> = residuals.iter().map(|found| found.residual).collect();
    let within = within_variance(
        prepared.schools.iter().map(|school| school.range.clone()),
        |work| f64::from(prepared.score[work]),
    )?;
    let variances: Vec<f64> = points
        .iter()
        .map(|point| {
            let before = line.slope * line.slope / f64::from(point.pupils_before);
            within * (before + 1.0 / f64::from(point.pupils_after))
        })
        .collect();
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let mut evidence = vec![None; prepared.schools.len()];
    let mut cohorts = vec![None; prepared.schools.len()];
    for (place, (index, point)) in used.iter().enumerate() {
        let error = funnel.spread(variances[place]);
        let expected = residuals[place].expected + funnel.expected(&covariates[place]);
        let value = point.after - expected;
        evidence[*index] = Some(Evidence {
            value,
            interval: [value - 1.96 * error, value + 1.96 * error],
            z: funnel.z(values[place], variances[place], &covariates[place]),
            power: within.sqrt() / error,
            n: prepared.schools[*index].n(),
            expected: 0.0,
            level: Level::L3,
        });
        cohorts[*index] = Some(cell::CohortPoint {
            prior_mean: point.before,
            mean: point.after,
            expected,
            limits_95: [expected - 1.96 * error, expected + 1.96 * error],
            n: point.pupils_after,
        });
    }
    Some(Changes { evidence, cohorts })
}
