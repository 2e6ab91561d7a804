//! Real roadmaps with their expected reading; they are never part of the repository.

use std::path::PathBuf;

use roadmap::check::{Expected, Shares};
use roadmap::{Programme, read};

/// A file of the cases, or `None` after saying loudly that it is absent.
fn case(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("ORIENTIR_SHARED")
        .map_or_else(|| PathBuf::from("../../../shared"), PathBuf::from);
    let path = root.join("cases/roadmaps").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!(
                "SKIPPED: {} is absent; set ORIENTIR_SHARED to check against it",
                path.display()
            );
            None
        }
    }
}

fn shares(document: &str, format: &str, given: bool) -> Option<Shares> {
    let expected = String::from_utf8(case(&format!("{document}.expected.json"))?).unwrap();
    let expected = Expected::parse(&expected).unwrap();
    let programme: Option<Programme> = expected.programme().filter(|_| given);
    let reading = read(&case(&format!("{document}.{format}"))?, programme).unwrap();
    let report = expected.compare(&reading);
    println!("{document}.{format}\n{report}");
    Some(report.shares)
}

#[test]
fn given_roadmaps_are_read_from_each_format_with_the_years_of_the_programme() {
    check(true);
}

#[test]
fn given_roadmaps_are_read_from_each_format_with_the_years_they_name_themselves() {
    check(false);
}

fn check(given: bool) {
    for document in ["labinsk", "nazarovo"] {
        for format in ["csv", "xlsx", "docx"] {
            let Some(shares) = shares(document, format, given) else {
                return;
            };
            assert_eq!(shares.lines, 1.0, "{document}.{format}");
            assert_eq!(shares.schedule, 1.0, "{document}.{format}");
            assert_eq!(shares.periods, 1.0, "{document}.{format}");
            assert_eq!(shares.executors, 1.0, "{document}.{format}");
            assert!(
                shares.papers >= 0.97,
                "{document}.{format}: {}",
                shares.papers
            );
        }
    }
}
