//! False alarms of the single statistics at 1 % in simulated honest regions, by size of the school.
//!
//! The engine calibrates each channel again, so these need not be exact; they must not be far off at any size.

use std::collections::BTreeMap;

use objectivity::markers::false_alarms::SIZE_BINS;
use objectivity::simulator::{Plan, simulate};
use objectivity::statistics::bunching::{self, WINDOW_WIDTH, WindowCounts};
use objectivity::statistics::counterfactual::{Counterfactual, PRIOR_PUPILS, windows};
use objectivity::statistics::funnel::{Estimate, Funnel};
use objectivity::statistics::item_profile::{HonestVariation, ItemBaseline};
use objectivity::statistics::item_sums::{RegionSums, SchoolSums};
use objectivity::statistics::participation::Participation;
use objectivity::statistics::robust_regression::RobustRegression;
use objectivity::statistics::score_sums::ScoreSums;
use objectivity::statistics::spread;
use objectivity::statistics::tails::normal_upper;

const LEVEL: f64 = 0.01;
const REGIONS: u64 = 6;
const NAMES: [&str; 7] = [
    "bunching",
    "item misfit",
    "item contrast",
    "level",
    "level in context",
    "spread",
    "absence",
];

/// Largest share of alarms at 1 % that a single statistic may give over all sizes.
const LIMIT: f64 = 0.02;

/// The same in one size bin of a few hundred schools. Over 20 regions all statistics stayed below 0.02 in every bin but
/// absence, which reached 0.035 in schools above 60 pupils: honest absence is skewed between schools.
const BIN_LIMIT: f64 = 0.06;

struct School {
    sums: SchoolSums,
    context: f64,
    enrolled: u32,
}

/// One-sided p-values of every statistic for every school of one honest region, with the school's size.
fn p_values(seed: u64) -> Vec<(u32, [Option<f64>; 7])> {
    let simulated = simulate(&Plan::honest(400 + seed));
    let paper = &simulated.papers[0].1;
    let maxima: Vec<u8> = paper.items.iter().map(|item| item.max).collect();
    let cuts: Vec<usize> = paper
        .cuts
        .unwrap()
        .iter()
        .map(|&cut| usize::from(cut))
        .collect();
    let mut region = RegionSums::new(&maxima);
    let mut schools: BTreeMap<&str, School> = BTreeMap::new();
    for context in &simulated.contexts {
        let school = School {
            sums: SchoolSums::new(&maxima),
            context: context.context_index.unwrap(),
            enrolled: context.enrolled[0].pupils,
        };
        schools.insert(&context.school, school);
    }
    for work in &simulated.works {
        region.push(&work.items);
        schools
            .get_mut(work.school.as_str())
            .unwrap()
            .sums
            .push(&work.items);
    }
    let schools: Vec<School> = schools
        .into_values()
        .filter(|school| school.sums.pupils() >= 4)
        .collect();
    let windows = windows(&cuts, region.histogram().len() - 1, WINDOW_WIDTH);
    let counterfactual = Counterfactual::fit(region.histogram(), &windows, &maxima).unwrap();
    let baseline = ItemBaseline::of(&region).unwrap();
    let profiles: Vec<_> = schools
        .iter()
        .map(|school| baseline.profile(&school.sums).unwrap())
        .collect();
    let honest = HonestVariation::of_items(&profiles);
    let contrasts: Vec<Estimate> = profiles
        .iter()
        .map(|profile| profile.contrast.unwrap().estimate())
        .collect();
    let scores: Vec<ScoreSums> = schools
        .iter()
        .map(|school| ScoreSums::of_histogram(school.sums.histogram()))
        .collect();
    let within: f64 = scores
        .iter()
        .filter_map(|s| Some(s.variance()? * (s.pupils() as f64 - 1.0)))
        .sum::<f64>()
        / scores.iter().map(|s| s.pupils() as f64 - 1.0).sum::<f64>();
    let means: Vec<Estimate> = scores
        .iter()
        .map(|s| Estimate {
            value: s.mean().unwrap(),
            variance: within / s.pupils() as f64,
        })
        .collect();
    let design: Vec<f64> = schools
        .iter()
        .flat_map(|school| [1.0, school.context])
        .collect();
    let line = RobustRegression::fit(&design, 2, &means).unwrap();
    let spreads: Vec<Option<Estimate>> = schools
        .iter()
        .map(|school| spread::too_small(school.sums.histogram(), &counterfactual))
        .collect();
    let absences: Vec<Option<Estimate>> = schools
        .iter()
        .map(|school| {
            Some(
                Participation::of(school.sums.pupils(), school.enrolled)
                    .unwrap()
                    .absence,
            )
        })
        .collect();
    let upper = |estimates: &[Option<Estimate>]| -> Vec<Option<f64>> {
        let funnel = Funnel::fit(&estimates.iter().copied().flatten().collect::<Vec<_>>()).unwrap();
        estimates
            .iter()
            .map(|e| Some(normal_upper(funnel.z((*e)?)?)))
            .collect()
    };
    let some = |estimates: &[Estimate]| -> Vec<Option<f64>> {
        upper(&estimates.iter().copied().map(Some).collect::<Vec<_>>())
    };
    let (contrasts, levels, spreads, absences) = (
        some(&contrasts),
        some(&means),
        upper(&spreads),
        upper(&absences),
    );
    schools
        .iter()
        .enumerate()
        .map(|(i, school)| {
            let tilted = counterfactual
                .tilted_to(school.sums.histogram(), PRIOR_PUPILS)
                .unwrap();
            let pile = bunching::test(&WindowCounts::of(
                school.sums.histogram(),
                &tilted,
                &windows,
            ));
            let context = line
                .z(&design[2 * i..2 * i + 2], means[i])
                .map(normal_upper);
            let values = [
                pile.map(|pile| pile.p_value),
                profiles[i].misfit(&honest).map(|misfit| misfit.p_value),
                contrasts[i],
                levels[i],
                context,
                spreads[i],
                absences[i],
            ];
            (school.sums.pupils(), values)
        })
        .collect()
}

#[test]
fn single_statistics_stay_near_their_level_at_every_size() {
    let mut alarms = [[0_u32; 5]; 7];
    let mut seen = [[0_u32; 5]; 7];
    for seed in 0..REGIONS {
        for (n, values) in p_values(seed) {
            let bin = SIZE_BINS.iter().position(|&(_, high)| n <= high).unwrap();
            for (k, p) in values.iter().enumerate() {
                if let Some(p) = p {
                    seen[k][bin] += 1;
                    alarms[k][bin] += u32::from(*p <= LEVEL);
                }
            }
        }
    }
    println!(
        "{:<18}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "false alarms, %", "4-7", "8-12", "13-30", "31-60", "61+"
    );
    for (k, name) in NAMES.iter().enumerate() {
        let rates: Vec<f64> = (0..5)
            .map(|bin| f64::from(alarms[k][bin]) / f64::from(seen[k][bin].max(1)))
            .collect();
        println!(
            "{name:<18}{}",
            rates
                .iter()
                .map(|rate| format!("{:>8.2}", 100.0 * rate))
                .collect::<String>()
        );
        let overall =
            f64::from(alarms[k].iter().sum::<u32>()) / f64::from(seen[k].iter().sum::<u32>());
        assert!(overall <= LIMIT, "{name}: {overall}");
        assert!(
            rates.iter().all(|&rate| rate <= BIN_LIMIT),
            "{name}: {rates:?}"
        );
    }
}
