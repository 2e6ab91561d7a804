//! Checks the crate against the conformance cases: `conformance VERB PATH`.
//!
//! Prints every failure and closes with `N passed, M failed`.

mod scenario;
mod workbooks;
mod xlsform;
mod xml;
mod xpath;

use std::process::ExitCode;

/// What a verb found.
#[derive(Debug, Default)]
pub struct Tally {
    /// Cases that agree.
    pub passed: usize,
    /// Cases that do not; each was printed.
    pub failed: usize,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [verb, path] = args.as_slice() else {
        eprintln!("usage: conformance xpath|scenario|xlsform|workbooks PATH");
        return ExitCode::FAILURE;
    };
    let result = match verb.as_str() {
        "xpath" => xpath::run(path),
        "scenario" => scenario::run(path),
        "workbooks" => workbooks::run(path),
        "xlsform" => xlsform::run(path),
        _ => Err(format!("unknown verb {verb}").into()),
    };
    match result {
        Ok(tally) => {
            println!("{} passed, {} failed", tally.passed, tally.failed);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}
