//! Means pulled to what is expected of comparable schools, for display (сглаженное среднее).
//!
//! A random-intercept model of the pupils' scores with the context index, by maximum likelihood: the school's effect is its
//! empirical-Bayes prediction. Where the model cannot be fitted the funnel's expectation and over-dispersion take its place.

use crate::channels::level::{Levels, context_rows};
use crate::prepared::Prepared;
use crate::statistics::random_intercept::{GroupSums, RandomIntercept};
use crate::statistics::shrinkage::shrink;

/// Shrunk mean score of each school; `None` where there is nothing to compare with.
pub(crate) fn means(
    prepared: &Prepared,
    context: &[Option<f64>],
    levels: Option<&Levels>,
) -> Vec<Option<f64>> {
    let Some(levels) = levels else {
        return vec![None; prepared.schools.len()];
    };
    let rows: Vec<Vec<f64>> = context_rows(context)
        .into_iter()
        .map(|row| std::iter::once(1.0).chain(row).collect())
        .collect();
    let model = RandomIntercept::fit(&sums(prepared, &rows)).ok();
    let plain = || {
        let constant = vec![vec![1.0]; rows.len()];
        let model = RandomIntercept::fit(&sums(prepared, &constant)).ok()?;
        Some((model, constant))
    };
    // A context without spread leaves the model with the constant alone.
    let fitted = model.map(|model| (model, rows.clone())).or_else(plain);
    (0..prepared.schools.len())
        .map(|index| {
            let school = &prepared.schools[index];
            let own = levels.evidence[index].as_ref()?;
            match &fitted {
                Some((model, rows)) => {
                    let line = rows[index].iter().zip(&model.coefficients);
                    let expected: f64 = line.map(|(x, slope)| x * slope).sum();
                    Some(expected + model.effects[index].effect)
                }
                None => {
                    let variance = levels.within / school.n() as f64;
                    let mean = prepared.mean_score(school);
                    shrink(mean, variance, own.expected, levels.tau2).map(|shrunk| shrunk.value)
                }
            }
        })
        .collect()
}

fn sums(prepared: &Prepared, rows: &[Vec<f64>]) -> Vec<GroupSums> {
    prepared
        .schools
        .iter()
        .zip(rows)
        .map(|(school, row)| {
            let mut group = GroupSums::new(row.len());
            for &score in &prepared.score[school.range.clone()] {
                group.push(row, f64::from(score));
            }
            group
        })
        .collect()
}
