//! Earlier results of the same pupils, taken from the year before when files carry none.

use std::collections::HashMap;

use crate::data::Procedure;
use crate::prepared::Prepared;
use crate::region::{NO_CODE, NO_SCORE, Region};

/// Share of works with an earlier result of their own from which nothing is linked.
const ENOUGH_GIVEN: f64 = 0.1;
/// Linked works below which links are not trusted.
const LEAST_LINKS: usize = 50;
/// Correlation inside schools below which equal codes are running numbers, not pupils.
const LEAST_CORRELATION: f64 = 0.3;

/// Fills blank earlier results from the same subject one year and one grade before, by school and pupil code.
pub(crate) fn fill(prepared: &mut Prepared, region: &Region, procedure: &Procedure) {
    let works = prepared.score.len();
    let given = prepared
        .prior
        .iter()
        .filter(|prior| prior.is_finite())
        .count();
    if procedure.grade < 2 || given as f64 > ENOUGH_GIVEN * works as f64 {
        return;
    }
    let before = Procedure {
        year: procedure.year - 1,
        subject: procedure.subject.clone(),
        grade: procedure.grade - 1,
    };
    let Some(earlier) = region.procedures.get(&before) else {
        return;
    };
    // A code that occurs twice in a school names nobody.
    let mut scores: HashMap<(&str, u32), Option<u16>> = HashMap::new();
    for work in 0..earlier.len() {
        if earlier.pupil[work] != NO_CODE && earlier.score[work] != NO_SCORE {
            scores
                .entry((
                    region.schools.name(earlier.school[work]),
                    earlier.pupil[work],
                ))
                .and_modify(|score| *score = None)
                .or_insert(Some(earlier.score[work]));
        }
    }
    let mut linked: Vec<(usize, f64)> = Vec::new();
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for school in &prepared.schools {
        let own: Vec<(usize, f64)> = school
            .range
            .clone()
            .filter(|&work| prepared.pupil[work] != NO_CODE)
            .filter_map(|work| {
                let score = (*scores.get(&(school.name.as_str(), prepared.pupil[work]))?)?;
                Some((work, f64::from(score)))
            })
            .collect();
        let count = own.len().max(1) as f64;
        let mean_x = own.iter().map(|pair| pair.1).sum::<f64>() / count;
        let mean_y = own
            .iter()
            .map(|pair| f64::from(prepared.score[pair.0]))
            .sum::<f64>()
            / count;
        for &(work, x) in &own {
            let (x, y) = (x - mean_x, f64::from(prepared.score[work]) - mean_y);
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        linked.extend(own);
    }
    if linked.len() < LEAST_LINKS || xx * yy <= 0.0 || xy / (xx * yy).sqrt() < LEAST_CORRELATION {
        return;
    }
    for (work, score) in linked {
        if !prepared.prior[work].is_finite() {
            prepared.prior[work] = score;
        }
    }
}
