//! Power and size on the Polish school-leaving histograms (R package SmarterPoland, `matura_pl_2010_2012.csv`).

use objectivity::statistics::bunching::{self, WINDOW_WIDTH, WindowCounts};
use objectivity::statistics::counterfactual::{Counterfactual, PRIOR_PUPILS, windows};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::reference::{number, table};

const LEVEL: f64 = 0.01;

fn histogram(subject: &str, year: &str, max: usize) -> Option<Vec<u64>> {
    let mut histogram = vec![0_u64; max + 1];
    for row in table("matura_pl_2010_2012.csv")? {
        let score = number(&row, "score").unwrap() as usize;
        // The file has a few impossible scores above the maximum (a code of the exam board).
        if row["subject"] == subject && row["year"] == year && score <= max {
            histogram[score] += number(&row, "n").unwrap() as u64;
        }
    }
    Some(histogram)
}

fn sample(weights: &[f64], pupils: usize, random: &mut ChaCha8Rng) -> Vec<u32> {
    let total: f64 = weights.iter().sum();
    let cumulative: Vec<f64> = weights
        .iter()
        .scan(0.0, |sum, w| {
            *sum += w / total;
            Some(*sum)
        })
        .collect();
    let mut histogram = vec![0; weights.len()];
    for _ in 0..pupils {
        let draw: f64 = random.random();
        histogram[cumulative
            .partition_point(|&c| c < draw)
            .min(weights.len() - 1)] += 1;
    }
    histogram
}

/// Share of simulated schools of `pupils` drawn from `weights` that the test rejects at 1 %.
fn rejected(
    weights: &[f64],
    region: &Counterfactual,
    cuts: &[usize],
    pupils: usize,
    schools: u32,
    seed: u64,
) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let windows = windows(cuts, weights.len() - 1, WINDOW_WIDTH);
    let mut rejections = 0;
    for _ in 0..schools {
        let school = sample(weights, pupils, &mut random);
        let tilted = region.tilted_to(&school, PRIOR_PUPILS).unwrap();
        let found = bunching::test(&WindowCounts::of(&school, &tilted, &windows));
        rejections += u32::from(found.is_some_and(|found| found.p_value <= LEVEL));
    }
    f64::from(rejections) / f64::from(schools)
}

#[test]
fn piles_at_the_polish_pass_mark_are_found_at_n_200_and_the_level_holds() {
    let mut powers = Vec::new();
    for year in ["2010", "2011", "2012"] {
        let Some(histogram) = histogram("pol", year, 70) else {
            return;
        };
        let cuts = [21];
        let region =
            Counterfactual::fit(&histogram, &windows(&cuts, 70, WINDOW_WIDTH), &[]).unwrap();
        let observed: Vec<f64> = histogram.iter().map(|&n| n as f64).collect();
        let power = rejected(&observed, &region, &cuts, 200, 3_000, 1);
        let size = rejected(region.mass(), &region, &cuts, 200, 20_000, 2);
        println!("Polish {year}, n = 200, 1 %: power {power:.3}, size {size:.4}");
        assert!((0.008..=0.012).contains(&size), "{year}: size {size}");
        powers.push(power);
    }
    let mean = powers.iter().sum::<f64>() / powers.len() as f64;
    println!("mean power {mean:.3}");
    assert!(mean >= 0.64, "power {mean}");
}

#[test]
fn more_than_half_of_the_expected_mass_just_below_the_polish_pass_mark_is_missing() {
    for year in ["2010", "2011", "2012"] {
        let Some(histogram) = histogram("pol", year, 70) else {
            return;
        };
        let region =
            Counterfactual::fit(&histogram, &windows(&[21], 70, WINDOW_WIDTH), &[]).unwrap();
        let total: u64 = histogram.iter().sum();
        let expected: f64 = region.mass()[18..21].iter().sum::<f64>() * total as f64;
        let observed: u64 = histogram[18..21].iter().sum();
        println!("Polish {year}: {observed} pupils at 18-20, {expected:.0} expected");
        assert!((observed as f64) < 0.5 * expected);
    }
}

#[test]
fn mathematics_is_rejected_far_less_often_than_polish() {
    for year in ["2010", "2011", "2012"] {
        let Some(histogram) = histogram("mat", year, 50) else {
            return;
        };
        let region =
            Counterfactual::fit(&histogram, &windows(&[15], 50, WINDOW_WIDTH), &[]).unwrap();
        let observed: Vec<f64> = histogram.iter().map(|&n| n as f64).collect();
        let rate = rejected(&observed, &region, &[15], 200, 3_000, 3);
        println!("mathematics {year}, n = 200, 1 %: rejected {rate:.3}");
        assert!(rate < 0.05, "{year}: {rate}");
    }
}

#[test]
fn level_holds_with_three_cuts_at_every_size() {
    let shape: Vec<f64> = (0..=25)
        .map(|s| (-0.5 * ((f64::from(s) - 13.0) / 5.5).powi(2)).exp())
        .collect();
    let region = Counterfactual::from_mass(&shape).unwrap();
    for pupils in [5, 10, 20, 45, 100] {
        let size = rejected(region.mass(), &region, &[8, 14, 20], pupils, 10_000, 4);
        println!("three cuts, n = {pupils}: size {size:.4}");
        assert!(size <= 0.0135, "n = {pupils}: size {size}");
    }
}

/// The engine's channel is the test that was checked above: same p-values for the same schools.
#[test]
fn the_engine_runs_this_very_test() {
    use objectivity::cell::ChannelName;
    use objectivity::data::{Paper, Procedure, Summary};
    use objectivity::parameters::Parameters;
    use objectivity::region::Region;
    use objectivity::run::analyze;

    let Some(observed) = histogram("pol", "2011", 70) else {
        return;
    };
    let weights: Vec<f64> = observed.iter().map(|&n| n as f64).collect();
    let mut random = ChaCha8Rng::seed_from_u64(6);
    let schools: Vec<Vec<u32>> = (0..300)
        .map(|_| sample(&weights, 200, &mut random))
        .collect();
    let procedure = Procedure {
        year: 2011,
        subject: "polish".to_owned(),
        grade: 11,
    };
    let mut region = Region::new();
    let paper = Paper {
        max_score: Some(70),
        boundaries: vec![21],
        ..Paper::default()
    };
    region.set_paper(procedure.clone(), paper).unwrap();
    for (index, school) in schools.iter().enumerate() {
        let summary = Summary {
            procedure: procedure.clone(),
            school: format!("{index:03}"),
            histogram: Some(school.clone()),
            marks: None,
            item_rates: None,
        };
        region.push_summary(summary).unwrap();
    }
    let total: Vec<u64> = (0..=70)
        .map(|score| schools.iter().map(|school| u64::from(school[score])).sum())
        .collect();
    let windows = windows(&[21], 70, WINDOW_WIDTH);
    let shape = Counterfactual::fit(&total, &windows, &[]).unwrap();
    let run = analyze(&region, &Parameters::default());
    let mut fired = 0;
    for (cell, school) in run.cells.iter().zip(&schools) {
        let tilted = shape.tilted_to(school, PRIOR_PUPILS).unwrap();
        let expected = bunching::test(&WindowCounts::of(school, &tilted, &windows)).unwrap();
        let channel = cell
            .channels
            .iter()
            .find(|channel| channel.channel == ChannelName::Bunching)
            .unwrap();
        assert!((channel.p_value - expected.p_value).abs() < 1e-9 + 1e-6 * expected.p_value);
        fired += usize::from(channel.p_value <= LEVEL);
    }
    println!("a whole region manipulated: {fired} of 300 schools found at 1 %");
    assert!(fired >= 192, "{fired}");
}
