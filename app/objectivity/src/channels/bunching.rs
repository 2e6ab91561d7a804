//! Bunching: too few works just below mark boundaries and too many on them.
//!
//! The region's counterfactual ([`Counterfactual`], windows around the boundaries as sums, so that a pile shared by the
//! whole region does not hide itself) is tilted to each school, and the exact test of [`bunching::test`] compares the
//! school's works inside the windows with it; all boundaries enter together. Nothing is centred on the region: a pile
//! that all schools have is still a pile.

use rayon::prelude::*;

use crate::calibration::normal::Z_LIMIT;
use crate::cell::Level;
use crate::channels::Evidence;
use crate::prepared::Prepared;
use crate::region::MISSING;
use crate::statistics::bunching::{self, Bunching, WINDOW_WIDTH, WindowCounts};
use crate::statistics::counterfactual::{Counterfactual, PRIOR_PUPILS, windows};
use crate::statistics::score_kernels;

/// Pupils below which nothing can be said.
const MIN_PUPILS: usize = 4;
/// Complete works from which the items' own kernels are known.
const ENOUGH_WORKS: usize = 200;
/// Groups of pupils of about the same level.
const STRATA: usize = 24;

pub(crate) struct Bunchings {
    pub(crate) evidence: Vec<Option<Evidence>>,
    /// Expected pupils by score for each school.
    pub(crate) expected: Vec<Option<Vec<f64>>>,
}

/// Distributions of the raw score by level; empty without items and when too few works are complete.
fn kernels(prepared: &Prepared) -> Vec<Vec<f64>> {
    if prepared.paper.items.is_empty() {
        return Vec::new();
    }
    let complete = |work: &usize| {
        prepared
            .answers(*work)
            .iter()
            .all(|&points| points != MISSING)
    };
    let mut order: Vec<usize> = (0..prepared.score.len()).filter(complete).collect();
    if order.len() < ENOUGH_WORKS {
        return Vec::new();
    }
    order.sort_by_key(|&work| prepared.score[work]);
    let strata: Vec<Vec<Vec<f64>>> = order
        .chunks(order.len().div_ceil(STRATA))
        .map(|stratum| {
            let mut shares: Vec<Vec<f64>> = prepared
                .paper
                .items
                .iter()
                .map(|item| vec![0.0; usize::from(item.max) + 1])
                .collect();
            for &work in stratum {
                for (shares, &points) in shares.iter_mut().zip(prepared.answers(work)) {
                    shares[usize::from(points)] += 1.0 / stratum.len() as f64;
                }
            }
            shares
        })
        .collect();
    score_kernels::of_items(&strata, prepared.max_score)
}

pub(crate) fn compute(prepared: &Prepared) -> Option<Bunchings> {
    let mut region = vec![0_u64; prepared.max_score + 1];
    for &score in &prepared.score {
        region[usize::from(score)] += 1;
    }
    let maxima: Vec<u8> = prepared.paper.items.iter().map(|item| item.max).collect();
    let cuts = prepared.boundaries();
    let windows = windows(&cuts, prepared.max_score, WINDOW_WIDTH);
    let kernels = kernels(prepared);
    let shape = if kernels.is_empty() {
        Counterfactual::fit(&region, &windows, &maxima)
    } else {
        Counterfactual::mixture(&region, &windows, &kernels)
    }
    .ok()?;
    let tested: Vec<(Option<Bunching>, Option<Vec<f64>>)> = prepared
        .schools
        .par_iter()
        .map(|school| {
            let mut histogram = vec![0_u32; prepared.max_score + 1];
            for &score in &prepared.score[school.range.clone()] {
                histogram[usize::from(score)] += 1;
            }
            let Some(own) = shape.tilted_to(&histogram, PRIOR_PUPILS) else {
                return (None, None);
            };
            let test = (school.n() >= MIN_PUPILS)
                .then(|| bunching::test(&WindowCounts::of(&histogram, &own, &windows)))
                .flatten();
            let count = school.n() as f64;
            (test, Some(own.iter().map(|p| p * count).collect()))
        })
        .collect();
    let (mut evidence, mut expected) = (Vec::new(), Vec::new());
    for (school, (test, own)) in prepared.schools.iter().zip(tested) {
        evidence.push(
            test.filter(|test| test.information > 0.0)
                .map(|test| Evidence {
                    value: test.lifted,
                    interval: [test.lifted_interval.0, test.lifted_interval.1],
                    z: test.z.clamp(-Z_LIMIT, Z_LIMIT),
                    power: test.information,
                    n: school.n(),
                    expected: 0.0,
                    level: Level::L0,
                }),
        );
        expected.push(own);
    }
    Some(Bunchings { evidence, expected })
}
