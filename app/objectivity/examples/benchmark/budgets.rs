//! What the shipped decision finds and whom it troubles, beside the budgets it was given.

use objectivity::cell::State;
use objectivity::simulator::{Confounder, Kind, Plan, Simulated, Strength};

use crate::metrics::BINS;
use crate::{Row, gather, quality, references, rows, share};

fn shown(row: &Row) -> bool {
    matches!(row.state, State::Attention | State::Signs)
}

fn line(title: &str, rows: &[&Row], references: &[crate::Reference; 5]) {
    let [auc, one, five] = quality(rows, references, 4);
    println!(
        "| {title:<22} | {:>5} | {auc:.3} | {one:.3} | {five:.3} | {:.3} | {:.3} |",
        rows.len(),
        share(rows, shown),
        share(rows, |row| row.state == State::Signs)
    );
}

/// Prints false alarms and power of one generator, all at the shipped budgets.
pub fn print(regions: u64, shift: u64, simulate: fn(&Plan) -> Simulated) {
    let plain: Vec<Row> = gather(2 * regions, |seed| {
        rows(&simulate(&Plan::honest(shift + 10_000 + seed)))
    });
    let confounded: Vec<Row> = gather(regions, |seed| {
        let plan = Plan {
            confounded: 0.3,
            ..Plan::honest(shift + 20_000 + seed)
        };
        rows(&simulate(&plan))
    });
    let references = references(&plain);
    println!("\n# Honest schools: shown, signs (schools)");
    for (title, own) in [("honest", &plain), ("30 % confounded", &confounded)] {
        print!("| {title:<18} |");
        for bin in 0..BINS.len() {
            let of: Vec<&Row> = own.iter().filter(|row| row.bin == bin).collect();
            print!(
                " {:.4} {:.4} ({:>4}) |",
                share(&of, shown),
                share(&of, |row| row.state == State::Signs),
                of.len()
            );
        }
        println!();
    }
    for confounder in Confounder::ALL {
        let of: Vec<&Row> = confounded
            .iter()
            .filter(|row| row.confounder == Some(confounder))
            .collect();
        println!(
            "| {confounder:<18?} | {:.4} {:.4} ({:>4}) |",
            share(&of, shown),
            share(&of, |row| row.state == State::Signs),
            of.len()
        );
    }
    for strength in [Strength::Medium, Strength::Strong] {
        let inflated: Vec<Row> = gather(regions, |seed| {
            let plan = Plan {
                inflated: 0.15,
                strengths: vec![strength],
                ..Plan::honest(shift + 40_000 + seed)
            };
            rows(&simulate(&plan)).into_iter().collect::<Vec<_>>()
        });
        let spared: Vec<&Row> = inflated
            .iter()
            .filter(|row| row.inflation.is_none())
            .collect();
        println!(
            "\n# {} strength; honest neighbours shown {:.4}, signs {:.4}",
            strength.name(),
            share(&spared, shown),
            share(&spared, |row| row.state == State::Signs)
        );
        println!("| | n | AUC | at 1 % | at 5 % | shown | signs |\n|---|---|---|---|---|---|---|");
        let found: Vec<&Row> = inflated
            .iter()
            .filter(|row| row.inflation.is_some())
            .collect();
        line("all", &found, &references);
        let tiny: Vec<&Row> = found.iter().copied().filter(|row| row.bin < 2).collect();
        line("4–12 pupils", &tiny, &references);
        for (index, (name, _)) in BINS.iter().enumerate() {
            let own: Vec<&Row> = found
                .iter()
                .copied()
                .filter(|row| row.bin == index)
                .collect();
            line(name, &own, &references);
        }
        for kind in Kind::ALL {
            let own: Vec<&Row> = found
                .iter()
                .copied()
                .filter(|row| row.inflation.is_some_and(|(own, _)| own == kind))
                .collect();
            line(kind.name(), &own, &references);
        }
    }
    crate::print_calibration(&plain);
}
