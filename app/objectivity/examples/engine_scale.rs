//! Time and memory of the engine from ten thousand to two million works of 20 items.
//!
//! `cargo run -p objectivity --release --example engine_scale -- [works] [--stream]`; with `--stream` procedures are given
//! one after another and let go, as a run over a database does. Peak memory is that of the process so far.

use std::time::Instant;

use objectivity::data::{ItemSpec, Paper, Procedure, SchoolContext, Work};
use objectivity::parameters::Parameters;
use objectivity::random::Random;
use objectivity::region::Region;
use objectivity::run::{Stream, analyze};

const PUPILS: usize = 67;
const PROCEDURES: usize = 30;

/// Schools of a region with this many works.
fn schools(works: usize) -> usize {
    (works / PUPILS / PROCEDURES).max(5)
}

/// Adds one procedure with works of all schools.
fn fill(region: &mut Region, procedure: usize, schools: usize) {
    let mut random = Random::new(procedure as u64 + 1);
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
                    let chance = 1.0 / (1.0 + (-(ability - 0.2 * (f64::from(item) - 10.0))).exp());
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

/// Contexts of all schools.
fn contexts(schools: usize) -> Region {
    let mut random = Random::new(0);
    let mut region = Region::new();
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

/// Seconds of gathering and of analysing, works and cells.
fn at_once(works: usize) -> (f64, f64, usize, usize) {
    let start = Instant::now();
    let schools = schools(works);
    let mut region = contexts(schools);
    (0..PROCEDURES).for_each(|procedure| fill(&mut region, procedure, schools));
    let gathered = start.elapsed().as_secs_f64();
    let run = analyze(&region, &Parameters::default());
    let all = start.elapsed().as_secs_f64();
    (gathered, all - gathered, region.works(), run.cells.len())
}

/// The same, one procedure after another.
fn one_by_one(works: usize) -> (f64, f64, usize, usize) {
    let schools = schools(works);
    let mut stream = Stream::new(contexts(schools), Parameters::default());
    let (mut gathered, mut judged) = (0.0, 0.0);
    for procedure in 0..PROCEDURES {
        let start = Instant::now();
        fill(stream.region(), procedure, schools);
        gathered += start.elapsed().as_secs_f64();
        let start = Instant::now();
        stream.judge();
        judged += start.elapsed().as_secs_f64();
    }
    let (start, works) = (Instant::now(), stream.works());
    let run = stream.finish();
    judged += start.elapsed().as_secs_f64();
    (gathered, judged, works, run.cells.len())
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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let streamed = arguments.iter().any(|argument| argument == "--stream");
    let most: usize = arguments
        .iter()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(2_000_000);
    println!("| works | gather, s | analyse, s | cells | peak, MB |\n|---|---|---|---|---|");
    for works in [10_000, 100_000, 500_000, 2_000_000] {
        if works > most {
            break;
        }
        let (gathered, analysed, works, cells) = if streamed {
            one_by_one(works)
        } else {
            at_once(works)
        };
        println!(
            "| {works} | {gathered:.1} | {analysed:.1} | {cells} | {:.0} |",
            peak_megabytes().unwrap_or(f64::NAN)
        );
    }
}
