//! The Polish school-leaving exam of 2010–2012 through the engine: schools of 200 pupils drawn from the histogram as it is,
//! where the pass mark at 21 was manipulated, and from its smooth counterfactual.

use objectivity::cell::ChannelName;
use objectivity::data::{Paper, Procedure, Work};
use objectivity::parameters::Parameters;
use objectivity::random::Random;
use objectivity::region::Region;
use objectivity::run::analyze;
use objectivity::statistics::bunching::WINDOW_WIDTH;
use objectivity::statistics::counterfactual::{Counterfactual, windows};

use crate::real::{columns, read};

const PUPILS: usize = 200;
const MAX: u16 = 70;
const PASS: u16 = 21;

/// Share of the first `judged` of `schools` schools whose bunching p-value is at most 1 %.
fn rejected(weights: &dyn Fn(usize) -> Vec<f64>, schools: usize, judged: usize, seed: u64) -> f64 {
    let procedure = Procedure {
        year: 2012,
        subject: "polish".to_owned(),
        grade: 11,
    };
    let mut region = Region::new();
    let paper = Paper {
        max_score: Some(MAX),
        boundaries: vec![PASS],
        ..Paper::default()
    };
    region
        .set_paper(procedure.clone(), paper)
        .expect("the paper is valid");
    let mut random = Random::new(seed);
    for school in 0..schools {
        let weights = weights(school);
        let whole: f64 = weights.iter().sum();
        for _ in 0..PUPILS {
            let mut left = random.unit() * whole;
            let score = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            let work = Work {
                year: procedure.year,
                subject: procedure.subject.clone(),
                grade: procedure.grade,
                school: format!("{school:05}"),
                raw_score: Some(score.unwrap_or(weights.len() - 1) as u16),
                ..Work::default()
            };
            region.push(&work).expect("the work is valid");
        }
    }
    let run = analyze(&region, &Parameters::default());
    let fired = run.cells.iter().take(judged).filter(|cell| {
        cell.channels
            .iter()
            .any(|channel| channel.channel == ChannelName::Bunching && channel.p_value <= 0.01)
    });
    fired.count() as f64 / judged as f64
}

/// Prints one line a year.
pub fn print() {
    let Some(text) = read("matura_pl_2010_2012.csv") else {
        return;
    };
    println!(
        "\n# Polish school-leaving exam, schools of 200: power and size at 1 % of the channel"
    );
    println!("| year | all schools manipulated | 30 % manipulated | size |\n|---|---|---|---|");
    let mut powers = Vec::new();
    for year in ["2010", "2011", "2012"] {
        let mut histogram = vec![0_u64; usize::from(MAX) + 1];
        for row in columns(&text, &["subject", "year", "score", "n"]) {
            let score = row[2].parse::<f64>().unwrap_or(f64::NAN);
            if row[0] == "pol" && row[1] == year && score <= f64::from(MAX) {
                histogram[score as usize] += row[3].parse::<f64>().unwrap_or(0.0) as u64;
            }
        }
        let windows = windows(&[usize::from(PASS)], usize::from(MAX), WINDOW_WIDTH);
        let Ok(smooth) = Counterfactual::fit(&histogram, &windows, &[]) else {
            continue;
        };
        let observed: Vec<f64> = histogram.iter().map(|&count| count as f64).collect();
        let honest = smooth.mass().to_vec();
        let all = rejected(&|_| observed.clone(), 2_000, 2_000, 1);
        let some = rejected(
            &|school| {
                if school < 600 {
                    observed.clone()
                } else {
                    honest.clone()
                }
            },
            2_000,
            600,
            2,
        );
        let size = rejected(&|_| honest.clone(), 10_000, 10_000, 3);
        println!("| {year} | {all:.3} | {some:.3} | {size:.4} |");
        powers.push(all);
    }
    let mean = powers.iter().sum::<f64>() / powers.len().max(1) as f64;
    println!("mean power {mean:.3}");
}
