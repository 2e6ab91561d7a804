//! Time of the engine from ten thousand to two million works of 20 items.
//!
//! `cargo run -p objectivity --release --example engine_scale -- [works]`

use std::time::Instant;

use objectivity::data::{ItemSpec, Paper, Procedure, SchoolContext, Work};
use objectivity::parameters::Parameters;
use objectivity::random::Random;
use objectivity::region::Region;
use objectivity::run::analyze;

const PUPILS: usize = 67;
const PROCEDURES: usize = 30;

fn region(works: usize) -> Region {
    let schools = (works / PUPILS / PROCEDURES).max(5);
    let mut random = Random::new(1);
    let mut region = Region::new();
    for procedure in 0..PROCEDURES {
        let key = Procedure {
            year: 2026,
            subject: format!("subject{procedure}"),
            grade: 5,
        };
        let items = (0..20)
            .map(|item| ItemSpec {
                code: item.to_string(),
                max: 1 + u8::from(item % 4 == 0),
                difficulty: None,
            })
            .collect();
        let paper = Paper {
            items,
            cuts: Some([8, 14, 20]),
            ..Paper::default()
        };
        region
            .set_paper(key.clone(), paper)
            .expect("the paper is valid");
        for school in 0..schools {
            let effect = 0.3 * random.normal();
            for pupil in 0..PUPILS {
                let ability = effect + random.normal();
                let items = (0..20)
                    .map(|item| {
                        let chance =
                            1.0 / (1.0 + (-(ability - 0.2 * (f64::from(item) - 10.0))).exp());
                        Some(
                            u8::from(random.chance(chance))
                                * (1 + u8::from(item % 4 == 0 && random.chance(0.7))),
                        )
                    })
                    .collect();
                let work = Work {
                    year: 2026,
                    subject: key.subject.clone(),
                    grade: 5,
                    school: format!("s{school:05}"),
                    class: Some(format!("5{}", pupil / 23)),
                    pupil: Some(format!("{school}-{pupil}")),
                    items,
                    register_mark: Some((3.5 + ability).clamp(2.0, 5.0) as u8),
                    prior_score: Some(ability + 0.5 * random.normal()),
                    ..Work::default()
                };
                region.push(&work).expect("the work is valid");
            }
        }
    }
    for school in 0..schools {
        let context = SchoolContext {
            year: 2026,
            school: format!("s{school:05}"),
            context_index: Some(random.normal()),
            ..SchoolContext::default()
        };
        region.add_context(context).expect("the context is valid");
    }
    region
}

fn peak_megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<f64>()
        .ok()
        .map(|kilobytes| kilobytes / 1024.0)
}

fn main() {
    let most: usize = std::env::args()
        .nth(1)
        .and_then(|argument| argument.parse().ok())
        .unwrap_or(2_000_000);
    println!("| works | gather, s | analyse, s | cells | peak, MB |\n|---|---|---|---|---|");
    for works in [10_000, 100_000, 500_000, 2_000_000] {
        if works > most {
            break;
        }
        let start = Instant::now();
        let region = region(works);
        let gathered = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let run = analyze(&region, &Parameters::default());
        println!(
            "| {} | {gathered:.1} | {:.1} | {} | {:.0} |",
            region.works(),
            start.elapsed().as_secs_f64(),
            run.cells.len(),
            peak_megabytes().unwrap_or(f64::NAN)
        );
    }
}
