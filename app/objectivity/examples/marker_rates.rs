//! Measures how often the documents' markers fire on honest schools, and prints the table kept in
//! `markers/false_alarms.rs`: `cargo run -p objectivity --release --example marker_rates`.
//!
//! Regions are simulated without any inflation. The state exam is the next year's assessment of the same school with
//! other pupils; a linked cohort differs less, so that row is an upper bound.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use objectivity::data::Work;
use objectivity::markers::control_group::{self, Peer};
use objectivity::markers::false_alarms::SIZE_BINS;
use objectivity::markers::item_interval::{self, Completion};
use objectivity::markers::state_exam_gap::{self, HighMarks};
use objectivity::markers::{inflated_results, mean_interval};
use objectivity::simulator::{Plan, simulate};
use objectivity::statistics::register_gap::RegisterTable;
use objectivity::statistics::score_sums::ScoreSums;

const REGIONS: u64 = 60;
const NAMES: [&str; 5] = [
    "mean_interval",
    "item_interval",
    "control_group",
    "state_exam_gap",
    "inflated_results",
];

#[derive(Default)]
struct School {
    scores: ScoreSums,
    histogram: Vec<u32>,
    points: Vec<u64>,
    register: RegisterTable,
    high: [HighMarks; 2],
    context: Option<f64>,
}

fn main() {
    let mut fired = [[0_u32; 5]; 5];
    let mut seen = [[0_u32; 5]; 5];
    for seed in 0..REGIONS {
        measure(seed, &mut fired, &mut seen);
    }
    println!("/// {REGIONS} regions, honest schools by size: share on which the marker fires.");
    println!(
        "{:<18}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "marker", "4-7", "8-12", "13-30", "31-60", "61+"
    );
    for (marker, name) in NAMES.iter().enumerate() {
        let rates: Vec<f64> = (0..5)
            .map(|bin| f64::from(fired[marker][bin]) / f64::from(seen[marker][bin].max(1)))
            .collect();
        println!(
            "{name:<18}{}",
            rates
                .iter()
                .map(|rate| format!("{rate:>9.3}"))
                .collect::<String>()
        );
    }
    println!("schools per bin: {:?}", seen[0]);
}

fn measure(seed: u64, fired: &mut [[u32; 5]; 5], seen: &mut [[u32; 5]; 5]) {
    let simulated = simulate(&Plan {
        years: 2,
        ..Plan::honest(9_000 + seed)
    });
    let year = simulated.papers[0].0.year;
    let paper = &simulated.papers[0].1;
    let maxima: Vec<u8> = paper.items.iter().map(|item| item.max).collect();
    let cuts: Vec<usize> = paper
        .cuts
        .unwrap()
        .iter()
        .map(|&cut| usize::from(cut))
        .collect();
    let mut schools: BTreeMap<&str, School> = BTreeMap::new();
    let mut all = ScoreSums::default();
    let mut all_register = RegisterTable::default();
    for work in &simulated.works {
        let school = schools.entry(&work.school).or_default();
        let high = &mut school.high[usize::from(work.year != year)];
        high.pupils += 1;
        high.high += u32::from(work.mark.unwrap() >= 4);
        if work.year == year {
            school.add(work, &maxima);
            all.push(work.raw_score.unwrap());
            all_register.push(work.mark.unwrap(), work.register_mark.unwrap());
        }
    }
    for context in simulated
        .contexts
        .iter()
        .filter(|context| context.year == year)
    {
        if let Some(school) = schools.get_mut(context.school.as_str()) {
            school.context = context.context_index;
        }
    }
    let totals: Vec<u64> = (0..maxima.len())
        .map(|item| schools.values().filter_map(|s| s.points.get(item)).sum())
        .collect();
    let mut changes: Vec<f64> = schools
        .values()
        .filter_map(|s| Some(s.high[0].share()? - s.high[1].share()?))
        .collect();
    changes.sort_by(f64::total_cmp);
    let typical = changes[changes.len() / 2];
    for (name, school) in &schools {
        let n = school.scores.pupils() as u32;
        let Some(bin) = SIZE_BINS
            .iter()
            .position(|&(low, high)| (low..=high).contains(&n))
        else {
            continue;
        };
        let others = all.without(&school.scores).unwrap();
        let rest: Vec<u64> = totals
            .iter()
            .zip(&school.points)
            .map(|(all, own)| all - own)
            .collect();
        let peers: Vec<Peer> = schools
            .iter()
            .filter(|(other, school)| *other != name && school.scores.pupils() > 0)
            .map(|(_, school)| Peer {
                mean: school.scores.mean().unwrap(),
                context: school.context,
            })
            .collect();
        let marks =
            inflated_results::outcome(&school.register, &all_register, &school.histogram, &cuts);
        let outcomes = [
            mean_interval::outcome(&school.scores, &others).map(|o| o.fired),
            item_interval::outcome(
                &maxima,
                Completion {
                    points: &school.points,
                    pupils: u64::from(n),
                },
                Completion {
                    points: &rest,
                    pupils: others.pupils(),
                },
            )
            .map(|o| o.outcome.fired),
            control_group::outcome(
                Peer {
                    mean: school.scores.mean().unwrap(),
                    context: school.context,
                },
                &peers,
            )
            .map(|o| o.fired),
            state_exam_gap::outcome(school.high[0], school.high[1], typical).map(|o| o.fired),
            marks.strongest().map(|_| marks.fired()),
        ];
        for (marker, outcome) in outcomes.into_iter().enumerate() {
            if let Some(outcome) = outcome {
                seen[marker][bin] += 1;
                fired[marker][bin] += u32::from(outcome);
            }
        }
    }
}

impl School {
    fn add(&mut self, work: &Work, maxima: &[u8]) {
        let raw = work.raw_score.unwrap();
        self.scores.push(raw);
        self.histogram
            .resize(self.histogram.len().max(usize::from(raw) + 1), 0);
        self.histogram[usize::from(raw)] += 1;
        self.points.resize(maxima.len(), 0);
        for (sum, points) in self.points.iter_mut().zip(&work.items) {
            *sum += u64::from(points.unwrap());
        }
        self.register
            .push(work.mark.unwrap(), work.register_mark.unwrap());
    }
}
