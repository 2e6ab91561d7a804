//! How well the engine finds what was injected and leaves honest schools alone, beside four other methods.
//!
//! `cargo run -p objectivity --release --example benchmark [-- --quick] [--details] [--other | --third] [--budgets] [--real] [--seed N]
//! [--regions N] [--only honest,power,panel,thin,real]`

mod baselines;
mod budgets;
mod degrade;
mod matura;
mod metrics;
mod other;
mod real;
mod third;

use std::collections::BTreeMap;
use std::time::Instant;

use metrics::{BINS, Reference, bin, mean};
use rayon::prelude::*;

use objectivity::cell::{Cell, ChannelName, State};
use objectivity::parameters::Parameters;
use objectivity::run::analyze;
use objectivity::simulator::{Confounder, Kind, Plan, Simulated, Strength};

/// Methods in the order of the tables; the engine last.
const METHODS: [&str; 5] = ["interval", "fuzzy", "context", "cohort", "engine"];

/// One school in one region.
struct Row {
    bin: usize,
    inflation: Option<(Kind, Strength)>,
    confounder: Option<Confounder>,
    scores: [f64; 5],
    state: State,
    first_reason: Option<ChannelName>,
    p_values: BTreeMap<ChannelName, f64>,
    combined: f64,
}

fn rows(simulated: &Simulated) -> Vec<Row> {
    let run = analyze(&simulated.region, &Parameters::default());
    let year = simulated
        .papers
        .iter()
        .map(|(procedure, _)| procedure.year)
        .max()
        .unwrap_or(0);
    let works: Vec<_> = simulated
        .works
        .iter()
        .filter(|work| work.year == year)
        .collect();
    let contexts: Vec<_> = simulated
        .contexts
        .iter()
        .filter(|context| context.year == year)
        .collect();
    let scores = baselines::score(&works, &contexts);
    let cells: BTreeMap<&str, &Cell> = run
        .cells
        .iter()
        .filter(|cell| cell.year == year)
        .map(|cell| (cell.school.as_str(), cell))
        .collect();
    simulated
        .truth
        .iter()
        .filter_map(|truth| {
            let cell = cells.get(truth.school.as_str())?;
            let of = |scores: &BTreeMap<String, f64>| {
                scores
                    .get(&truth.school)
                    .copied()
                    .unwrap_or(f64::NEG_INFINITY)
            };
            Some(Row {
                bin: bin(truth.enrolled),
                inflation: truth.inflation,
                confounder: truth.confounder,
                scores: [
                    of(&scores.interval),
                    of(&scores.fuzzy),
                    of(&scores.context),
                    of(&scores.cohort),
                    cell.posterior.unwrap_or(0.0),
                ],
                state: cell.state,
                first_reason: cell.first_reason,
                p_values: cell
                    .channels
                    .iter()
                    .map(|channel| (channel.channel, channel.p_value))
                    .collect(),
                combined: cell.p_value.unwrap_or(1.0),
            })
        })
        .collect()
}

/// Rows of many regions, in the order of their seeds.
fn gather(regions: u64, rows: impl Fn(u64) -> Vec<Row> + Sync + Send) -> Vec<Row> {
    (0..regions).into_par_iter().flat_map_iter(rows).collect()
}

fn references(rows: &[Row]) -> [Reference; 5] {
    let mut references: [Reference; 5] = Default::default();
    for row in rows.iter().filter(|row| row.inflation.is_none()) {
        for (reference, &score) in references.iter_mut().zip(&row.scores) {
            reference.push(row.bin, score);
        }
    }
    references.iter_mut().for_each(Reference::sort);
    references
}

fn share(rows: &[&Row], is: impl Fn(&Row) -> bool) -> f64 {
    mean(rows.iter().map(|row| f64::from(u8::from(is(row)))))
}

/// AUC, power at 1 % and power at 5 % of a method.
fn quality(rows: &[&Row], references: &[Reference; 5], method: usize) -> [f64; 3] {
    let reference = &references[method];
    [
        mean(
            rows.iter()
                .map(|row| reference.rank(row.bin, row.scores[method])),
        ),
        share(rows, |row| {
            reference.exceeds(row.bin, row.scores[method], 0.01)
        }),
        share(rows, |row| {
            reference.exceeds(row.bin, row.scores[method], 0.05)
        }),
    ]
}

fn print_methods(title: &str, rows: &[&Row], references: &[Reference; 5]) {
    print!("| {title:<20} | {:>5} |", rows.len());
    for method in 0..METHODS.len() {
        let [auc, one, five] = quality(rows, references, method);
        print!(" {auc:.3} {one:.2} {five:.2} |");
    }
    println!();
}

fn header() {
    print!("| {:<20} | {:>5} |", "", "n");
    for method in METHODS {
        print!(" {method:<15} |");
    }
    println!(
        "\n|---|---|---|---|---|---|---|   (AUC, power at 1 %, power at 5 % with thresholds inside each size bin)"
    );
}

fn print_states(title: &str, rows: &[&Row]) {
    print!("| {title:<34} |");
    for bin in 0..BINS.len() {
        let own: Vec<&Row> = rows.iter().copied().filter(|row| row.bin == bin).collect();
        print!(
            " {:.4} {:.4} ({:>5}) |",
            share(&own, |row| row.state == State::Signs),
            share(&own, |row| row.state == State::Attention),
            own.len()
        );
    }
    println!();
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)
    };
    let details = has("--details");
    let quick = if has("--quick") { 8 } else { 20 };
    let regions: u64 = value("--regions")
        .and_then(|number| number.parse().ok())
        .unwrap_or(quick);
    let shift: u64 = value("--seed")
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(7_000_000);
    let only = value("--only").cloned();
    let wanted = |part: &str| {
        only.as_ref()
            .is_none_or(|only| only.split(',').any(|name| name == part))
    };
    let simulate: fn(&Plan) -> Simulated = if has("--other") {
        other::simulate
    } else if has("--third") {
        third::simulate
    } else {
        objectivity::simulator::simulate
    };
    let start = Instant::now();
    if has("--real") {
        real::print();
        matura::print();
        return;
    }

    if has("--budgets") {
        budgets::print(regions, shift, simulate);
        println!("\n{:.0} s", start.elapsed().as_secs_f64());
        return;
    }
    let honest: Vec<Row> = gather(regions * 2, |seed| {
        rows(&simulate(&Plan::honest(shift + 10_000 + seed)))
    });
    let reference = references(&honest);
    println!("# Honest regions: share of signs, attention (schools) by size");
    print!("| {:<34} |", "");
    BINS.iter().for_each(|(name, _)| print!(" {name:<21} |"));
    println!("\n|---|---|---|---|---|---|");
    print_states("honest", &honest.iter().collect::<Vec<_>>());

    if wanted("honest") {
        print_disturbed(regions, shift, simulate);
    }
    if wanted("power") {
        print_power(regions, shift, simulate, &reference, details);
    }
    if wanted("panel") {
        print_panel(regions, shift, simulate);
    }
    if wanted("thin") {
        print_thinner(regions, shift, simulate);
    }
    if wanted("real") {
        real::print();
        matura::print();
    }
    if details {
        print_calibration(&honest);
    }
    println!("\n{:.0} s", start.elapsed().as_secs_f64());
}

/// Honest schools where something disturbs: confounders, rougher variation, a third of the region inflated.
fn print_disturbed(regions: u64, shift: u64, simulate: fn(&Plan) -> Simulated) {
    let confounded: Vec<Row> = gather(regions, |seed| {
        rows(&simulate(&Plan {
            confounded: 0.3,
            ..Plan::honest(shift + 20_000 + seed)
        }))
    });
    print_states(
        "honest, 30 % confounded: all",
        &confounded.iter().collect::<Vec<_>>(),
    );
    for confounder in Confounder::ALL {
        let own: Vec<&Row> = confounded
            .iter()
            .filter(|row| row.confounder == Some(confounder))
            .collect();
        print_states(&format!("  {confounder:?}"), &own);
    }
    let rough: Vec<Row> = gather(regions / 2, |seed| {
        rows(&simulate(&Plan {
            roughness: 1.6,
            ..Plan::honest(shift + 25_000 + seed)
        }))
    });
    print_states(
        "honest, all variation × 1.6",
        &rough.iter().collect::<Vec<_>>(),
    );
    let contaminated: Vec<Row> = gather(regions / 2, |seed| {
        rows(&simulate(&Plan {
            inflated: 0.3,
            confounded: 0.1,
            ..Plan::honest(shift + 30_000 + seed)
        }))
    });
    let spared: Vec<&Row> = contaminated
        .iter()
        .filter(|row| row.inflation.is_none())
        .collect();
    print_states("honest in regions 30 % inflated", &spared);
    for kind in Kind::ALL {
        let one: Vec<Row> = gather(regions / 6, |seed| {
            rows(&simulate(&Plan {
                inflated: 0.3,
                kinds: vec![kind],
                strengths: vec![Strength::Strong],
                ..Plan::honest(shift + 35_000 + seed)
            }))
        });
        let spared: Vec<&Row> = one.iter().filter(|row| row.inflation.is_none()).collect();
        print_states(&format!("  30 % strong {}", kind.name()), &spared);
    }
}

/// Power by strength, size and kind.
fn print_power(
    regions: u64,
    shift: u64,
    simulate: fn(&Plan) -> Simulated,
    reference: &[Reference; 5],
    details: bool,
) {
    for strength in Strength::ALL {
        let inflated: Vec<Row> = gather(regions, |seed| {
            let plan = Plan {
                inflated: 0.15,
                strengths: vec![strength],
                ..Plan::honest(shift + 40_000 + seed)
            };
            rows(&simulate(&plan))
                .into_iter()
                .filter(|row| row.inflation.is_some())
                .collect::<Vec<_>>()
        });
        println!("\n# {} strength", strength.name());
        header();
        print_methods("all", &inflated.iter().collect::<Vec<_>>(), reference);
        for (index, (name, _)) in BINS.iter().enumerate() {
            let own: Vec<&Row> = inflated.iter().filter(|row| row.bin == index).collect();
            print_methods(name, &own, reference);
        }
        let tiny: Vec<&Row> = inflated.iter().filter(|row| row.bin < 2).collect();
        print_methods("4–12", &tiny, reference);
        for kind in Kind::ALL {
            let own: Vec<&Row> = inflated
                .iter()
                .filter(|row| row.inflation.is_some_and(|(own, _)| own == kind))
                .collect();
            print_methods(kind.name(), &own, reference);
            if details {
                for (index, (name, _)) in BINS.iter().enumerate() {
                    let own: Vec<&Row> =
                        own.iter().copied().filter(|row| row.bin == index).collect();
                    print_methods(&format!("  {name}"), &own, reference);
                }
            }
        }
        print_reasons(&inflated, &reference[4]);
    }
}

/// Three linked years.
fn print_panel(regions: u64, shift: u64, simulate: fn(&Plan) -> Simulated) {
    let strength = Strength::Medium;
    let panel = |seed: u64, inflated: f64| {
        let plan = Plan {
            years: 3,
            inflated,
            strengths: vec![strength],
            ..Plan::honest(shift + 50_000 + seed)
        };
        rows(&simulate(&plan))
    };
    let honest: Vec<Row> = gather(regions, |seed| panel(1000 + seed, 0.0));
    let reference = references(&honest);
    let inflated: Vec<Row> = gather(regions / 2, |seed| {
        panel(seed, 0.15)
            .into_iter()
            .filter(|row| row.inflation.is_some())
            .collect::<Vec<_>>()
    });
    println!(
        "\n# Three linked years, {} strength, the last year judged",
        strength.name()
    );
    header();
    print_methods("all", &inflated.iter().collect::<Vec<_>>(), &reference);
    for (index, (name, _)) in BINS.iter().enumerate() {
        let own: Vec<&Row> = inflated.iter().filter(|row| row.bin == index).collect();
        print_methods(name, &own, &reference);
    }
    print_methods(
        "4–12",
        &inflated
            .iter()
            .filter(|row| row.bin < 2)
            .collect::<Vec<_>>(),
        &reference,
    );
    println!("\nHonest panels: signs, attention (schools) by size");
    print_states("honest, three years", &honest.iter().collect::<Vec<_>>());
}

/// How often single channels and the combination pass fixed limits among honest schools.
fn print_calibration(honest: &[Row]) {
    println!(
        "\n# Calibration of channels among honest schools: share with p ≤ 0.5, 0.25, 0.05, 0.01, 0.001"
    );
    for channel in [
        ChannelName::Level,
        ChannelName::Change,
        ChannelName::Bunching,
        ChannelName::ItemProfile,
        ChannelName::Similarity,
        ChannelName::Spread,
        ChannelName::Participation,
        ChannelName::RegisterGap,
    ] {
        print!("| {channel:<14?} |");
        for index in 0..BINS.len() {
            let own: Vec<f64> = honest
                .iter()
                .filter(|row| row.bin == index)
                .filter_map(|row| row.p_values.get(&channel).copied())
                .collect();
            let at = |limit: f64| mean(own.iter().map(|p| f64::from(u8::from(*p <= limit))));
            print!(
                " {:.2} {:.2} {:.3} {:.4} {:.4} |",
                at(0.5),
                at(0.25),
                at(0.05),
                at(0.01),
                at(0.001)
            );
        }
        println!();
    }
    print!("| combined       |");
    for index in 0..BINS.len() {
        let own: Vec<&Row> = honest.iter().filter(|row| row.bin == index).collect();
        let at = |limit: f64| share(&own, |row| row.combined <= limit);
        print!(
            " {:.2} {:.2} {:.3} {:.4} {:.4} |",
            at(0.5),
            at(0.25),
            at(0.05),
            at(0.01),
            at(0.001)
        );
    }
    println!();
}

/// What remains when part of the data is not there.
fn print_thinner(regions: u64, shift: u64, simulate: fn(&Plan) -> Simulated) {
    println!("\n# Less data, medium strength");
    header();
    let mut thinner = Vec::new();
    for depth in degrade::Depth::ALL {
        let run = |base: u64, inflated: f64| {
            gather(regions / 2, |seed| {
                let plan = Plan {
                    inflated,
                    strengths: vec![Strength::Medium],
                    ..Plan::honest(shift + base + seed)
                };
                let mut simulated = simulate(&plan);
                degrade::degrade(&mut simulated, depth);
                rows(&simulated)
            })
        };
        let honest = run(60_000, 0.0);
        let reference = references(&honest);
        let inflated: Vec<Row> = run(61_000, 0.15)
            .into_iter()
            .filter(|row| row.inflation.is_some())
            .collect();
        print_methods(
            depth.name(),
            &inflated.iter().collect::<Vec<_>>(),
            &reference,
        );
        thinner.push((depth.name(), honest));
    }
    println!("\nSigns, attention (schools) by size in honest regions");
    for (name, honest) in &thinner {
        print_states(
            &format!("honest, {name}"),
            &honest.iter().collect::<Vec<_>>(),
        );
    }
}

/// Which channel is named first among true flags.
fn print_reasons(rows: &[Row], reference: &Reference) {
    println!("\n| kind     | attention | signs | first reason right among flags | first reasons |");
    println!("|---|---|---|---|---|");
    let (mut right, mut flags) = (0_usize, 0_usize);
    for kind in Kind::ALL {
        let own: Vec<&Row> = rows
            .iter()
            .filter(|row| row.inflation.is_some_and(|(own, _)| own == kind))
            .collect();
        let mut reasons: BTreeMap<ChannelName, usize> = BTreeMap::new();
        own.iter()
            .filter_map(|row| row.first_reason)
            .for_each(|reason| *reasons.entry(reason).or_default() += 1);
        let flagged: usize = reasons.values().sum();
        let told: usize = reasons
            .iter()
            .filter(|(reason, _)| kind.is_told_by(**reason))
            .map(|(_, count)| count)
            .sum();
        right += told;
        flags += flagged;
        let list: Vec<String> = reasons
            .iter()
            .map(|(reason, count)| format!("{reason:?} {count}"))
            .collect();
        println!(
            "| {:<8} | {:.2} | {:.2} | {:.2} of {flagged} | {} |",
            kind.name(),
            share(&own, |row| row.state == State::Attention),
            share(&own, |row| row.state == State::Signs),
            told as f64 / flagged as f64,
            list.join(", ")
        );
    }
    let all: Vec<&Row> = rows.iter().collect();
    println!(
        "| all      | {:.2} | {:.2} | {:.2} of {flags} | power at 1 % of the posterior {:.2} |",
        share(&all, |row| row.state == State::Attention),
        share(&all, |row| row.state == State::Signs),
        right as f64 / flags as f64,
        share(&all, |row| reference.exceeds(row.bin, row.scores[4], 0.01)),
    );
}
