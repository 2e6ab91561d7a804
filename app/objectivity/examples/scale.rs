//! Streams 10,000 to 2,000,000 simulated works of 20 items through the accumulators and prints time and peak memory:
//! `cargo run -p objectivity --release --example scale [works…]`.
//!
//! Works are made one by one and thrown away; what stays are sums per school and per territory, so memory depends on the
//! number of schools and not of pupils. Similarity needs the works of one class at a time and the territory's response
//! model, so it is a second pass over the same stream.
#![allow(clippy::unwrap_used)]

use std::time::Instant;

use objectivity::statistics::bunching::{self, WINDOW_WIDTH, WindowCounts};
use objectivity::statistics::class_similarity::ClassModel;
use objectivity::statistics::counterfactual::{Counterfactual, PRIOR_PUPILS, windows};
use objectivity::statistics::funnel::{Estimate, Funnel};
use objectivity::statistics::item_profile::{HonestVariation, ItemBaseline, ItemProfile};
use objectivity::statistics::item_sums::{RegionSums, SchoolSums};
use objectivity::statistics::response_model::{CategoryCounts, ResponseModel};
use objectivity::statistics::score_sums::ScoreSums;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

const MAXIMA: [u8; 20] = [1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 1, 1, 2];
const CUTS: [usize; 3] = [8, 14, 20];
const SCHOOLS: usize = 1_000;
const CLASS: usize = 25;

fn main() {
    let asked: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        vec![10_000, 100_000, 500_000, 2_000_000]
    } else {
        asked
    };
    println!(
        "{:>10}{:>9}{:>12}{:>12}{:>12}{:>14}{:>12}  checksum",
        "works", "schools", "generate s", "+ sums s", "judge s", "similarity s", "peak MB"
    );
    for works in sizes {
        run(works);
    }
}

/// Streams the works of one school, class by class.
fn stream(school: usize, works: usize, mut take: impl FnMut(&[Option<u8>; 20], bool)) {
    let mut random = ChaCha8Rng::seed_from_u64(school as u64);
    let level = random.random::<f64>() - 0.5;
    for number in 0..works {
        // A sum of uniform values is normal enough for a generator that must not dominate the clock.
        let ability = level
            + 2.0
                * (random.random::<f64>() + random.random::<f64>() + random.random::<f64>() - 1.5);
        let mut work = [None; 20];
        for (item, (points, max)) in work.iter_mut().zip(MAXIMA).enumerate() {
            let logit = ability - (item as f64 - 9.5) / 5.0;
            let share = 0.5 + 0.5 * logit / (1.0 + logit.abs());
            *points = Some(
                (0..max)
                    .map(|_| u8::from(random.random::<f64>() < share))
                    .sum(),
            );
        }
        take(&work, (number + 1) % CLASS == 0 || number + 1 == works);
    }
}

fn run(works: usize) {
    let per_school = |school: usize| works / SCHOOLS + usize::from(school < works % SCHOOLS);
    let start = Instant::now();
    let points: u64 = (0..SCHOOLS)
        .into_par_iter()
        .map(|school| {
            let mut sum = 0_u64;
            stream(school, per_school(school), |work, _| {
                sum += work.iter().flatten().map(|&p| u64::from(p)).sum::<u64>()
            });
            sum
        })
        .sum();
    let generate = start.elapsed().as_secs_f64();

    let start = Instant::now();
    let (region, categories, mut schools) = sums(&per_school);
    schools.sort_by_key(|(school, _)| *school);
    let summed = start.elapsed().as_secs_f64();
    assert_eq!(
        region
            .histogram()
            .iter()
            .enumerate()
            .map(|(s, n)| s as u64 * n)
            .sum::<u64>(),
        points
    );

    let start = Instant::now();
    let flagged = judge(&region, &schools);
    let judged = start.elapsed().as_secs_f64();

    let start = Instant::now();
    let alike = similarity(&categories, &per_school);
    let compared = start.elapsed().as_secs_f64();
    println!(
        "{works:>10}{SCHOOLS:>9}{generate:>12.2}{summed:>12.2}{judged:>12.2}{compared:>14.2}{:>12.1}  {points}/{flagged}/{alike}",
        peak_megabytes()
    );
}

type Sums = (RegionSums, CategoryCounts, Vec<(usize, SchoolSums)>);

fn sums(per_school: &(impl Fn(usize) -> usize + Sync)) -> Sums {
    let empty = || {
        (
            RegionSums::new(&MAXIMA),
            CategoryCounts::new(&MAXIMA),
            Vec::new(),
        )
    };
    (0..SCHOOLS)
        .into_par_iter()
        .fold(
            empty,
            |(mut region, mut categories, mut schools), school| {
                let mut sums = SchoolSums::new(&MAXIMA);
                stream(school, per_school(school), |work, _| {
                    region.push(work);
                    categories.push(work);
                    sums.push(work);
                });
                schools.push((school, sums));
                (region, categories, schools)
            },
        )
        .reduce(
            empty,
            |(mut region, mut categories, mut schools), (other, more, rest)| {
                region.merge(&other).unwrap();
                assert!(categories.merge(&more));
                schools.extend(rest);
                (region, categories, schools)
            },
        )
}

/// Funnel, item profile and bunching of every school; returns how many have any p below 0.001.
fn judge(region: &RegionSums, schools: &[(usize, SchoolSums)]) -> usize {
    let max = region.histogram().len() - 1;
    let windows = windows(&CUTS, max, WINDOW_WIDTH);
    let counterfactual = Counterfactual::fit(region.histogram(), &windows, &MAXIMA).unwrap();
    let baseline = ItemBaseline::of(region).unwrap();
    let profiles: Vec<ItemProfile> = schools
        .par_iter()
        .filter_map(|(_, sums)| baseline.profile(sums))
        .collect();
    let honest = HonestVariation::of_items(&profiles);
    let means: Vec<Estimate> = schools
        .iter()
        .filter_map(|(_, sums)| {
            let scores = ScoreSums::of_histogram(sums.histogram());
            Some(Estimate {
                value: scores.mean()?,
                variance: scores.variance()? / scores.pupils() as f64,
            })
        })
        .collect();
    let funnel = Funnel::fit(&means).unwrap();
    schools
        .par_iter()
        .zip(&profiles)
        .zip(&means)
        .filter(|(((_, sums), profile), mean)| {
            let tilted = counterfactual.tilted_to(sums.histogram(), PRIOR_PUPILS);
            let pile = tilted.and_then(|tilted| {
                bunching::test(&WindowCounts::of(sums.histogram(), &tilted, &windows))
            });
            pile.is_some_and(|pile| pile.p_value < 0.001)
                || profile
                    .misfit(&honest)
                    .is_some_and(|misfit| misfit.p_value < 0.001)
                || funnel.z(**mean).is_some_and(|z| z > 3.09)
        })
        .count()
}

/// Classes with a pair of works whose z exceeds 5.
fn similarity(categories: &CategoryCounts, per_school: &(impl Fn(usize) -> usize + Sync)) -> usize {
    let model = ResponseModel::of(categories).unwrap();
    (0..SCHOOLS)
        .into_par_iter()
        .map(|school| {
            let mut alike = 0;
            let mut class: Vec<[Option<u8>; 20]> = Vec::with_capacity(CLASS);
            stream(school, per_school(school), |work, last| {
                class.push(*work);
                if last {
                    let works: Vec<&[Option<u8>]> =
                        class.iter().map(<[Option<u8>; 20]>::as_slice).collect();
                    let found = ClassModel::new(&model, &works).and_then(|class| class.observed());
                    alike += usize::from(found.is_some_and(|found| found.closest[0].z > 5.0));
                    class.clear();
                }
            });
            alike
        })
        .sum()
}

/// Highest resident memory of this process so far, from the kernel; NaN where it does not tell.
fn peak_megabytes() -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}
