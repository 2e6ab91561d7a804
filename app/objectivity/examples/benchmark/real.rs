//! Real, externally examined classes: how often the engine speaks about them. Read from the folder named by
//! `ORIENTIR_SHARED` (default `../shared` from the workspace root) and skipped loudly when it is not there.

use std::io::Read;
use std::path::PathBuf;

use objectivity::cell::State;
use objectivity::data::{Paper, Procedure, Work};
use objectivity::parameters::Parameters;
use objectivity::region::Region;
use objectivity::run::analyze;

/// A file of the shared data as text; says what is skipped when it is not there.
pub fn read(name: &str) -> Option<String> {
    let folder = std::env::var("ORIENTIR_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = PathBuf::from(folder).join("data").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("SKIPPED: {} is not there", path.display());
        return None;
    };
    if name.ends_with(".gz") {
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .ok()?;
        return Some(text);
    }
    String::from_utf8(bytes).ok()
}

/// Columns of a file by name, rows as text.
pub fn columns(text: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else {
        return Vec::new();
    };
    let places: Vec<Option<usize>> = names
        .iter()
        .map(|name| header.iter().position(|column| column == *name))
        .collect();
    reader
        .records()
        .filter_map(Result::ok)
        .map(|record| {
            places
                .iter()
                .map(|place| {
                    place
                        .and_then(|place| record.get(place))
                        .unwrap_or("")
                        .to_owned()
                })
                .collect()
        })
        .collect()
}

fn procedure() -> Procedure {
    Procedure {
        year: 2000,
        subject: "exam".to_owned(),
        grade: 11,
    }
}

fn report(name: &str, region: &Region) {
    let run = analyze(region, &Parameters::default());
    let judged: Vec<_> = run
        .cells
        .iter()
        .filter(|cell| cell.posterior.is_some())
        .collect();
    let count = |state: State| judged.iter().filter(|cell| cell.state == state).count();
    println!(
        "| {name:<44} | {:>5} | {:>5} | {} ({:.4}) | {} ({:.4}) |",
        run.cells.len(),
        judged.len(),
        count(State::Signs),
        count(State::Signs) as f64 / judged.len().max(1) as f64,
        count(State::Attention),
        count(State::Attention) as f64 / judged.len().max(1) as f64,
    );
}

fn work(school: &str, score: Option<u16>, prior: Option<f64>) -> Work {
    Work {
        year: 2000,
        subject: "exam".to_owned(),
        grade: 11,
        school: school.to_owned(),
        raw_score: score,
        prior_score: prior,
        ..Work::default()
    }
}

/// Prints one line per data set.
pub fn print() {
    println!("\n# Real honest classes: cells, judged, signs, attention");
    if let Some(text) = read("exam_va.csv") {
        let mut region = Region::new();
        region
            .set_paper(procedure(), Paper::default())
            .expect("an empty paper is valid");
        for row in columns(&text, &["school", "normexam", "standLRT"]) {
            // Normal scores to whole points, 0–60.
            let score = row[1]
                .parse::<f64>()
                .ok()
                .map(|value| ((value + 4.0) * 7.5).round().clamp(0.0, 60.0) as u16);
            region
                .push(&work(&row[0], score, row[2].parse().ok()))
                .expect("a row of the file is valid");
        }
        report("exam_va: exam at 16 given attainment at 11", &region);
    }
    if let Some(text) = read("gcsemv.csv") {
        for (name, score, prior) in [
            (
                "gcsemv: external paper given coursework",
                "written",
                "course",
            ),
            (
                "gcsemv: teachers' coursework given paper",
                "course",
                "written",
            ),
        ] {
            let mut region = Region::new();
            for row in columns(&text, &["school", score, prior]) {
                let score = row[1]
                    .parse::<f64>()
                    .ok()
                    .map(|value| value.round().clamp(0.0, 200.0) as u16);
                region
                    .push(&work(&row[0], score, row[2].parse().ok()))
                    .expect("a row of the file is valid");
            }
            report(name, &region);
        }
    }
    if let Some(text) = read("chem97_results.csv.gz") {
        let mut region = Region::new();
        for row in columns(&text, &["school", "raw_score", "prior_score"]) {
            region
                .push(&work(&row[0], row[1].parse().ok(), row[2].parse().ok()))
                .expect("a row of the file is valid");
        }
        report("chem97: A-level given GCSE, 2,410 schools", &region);
        let mut region = Region::new();
        for row in columns(&text, &["school", "raw_score"]) {
            region
                .push(&work(&row[0], row[1].parse().ok(), None))
                .expect("a row of the file is valid");
        }
        report("chem97 without GCSE", &region);
    }
}
