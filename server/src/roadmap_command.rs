//! `orientir roadmap`: reads roadmaps from the command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use roadmap::check::Expected;
use roadmap::{Language, Reading, read};

/// Arguments of `orientir roadmap`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Compares the reading of a roadmap with the expected one, line by line.
    Check {
        /// .docx, .odt, .xlsx, .xls, .ods or .csv.
        file: PathBuf,
        /// The expected reading in JSON.
        expected: PathBuf,
    },
    /// Prints how a roadmap is understood, and what is open.
    Show {
        /// .docx, .odt, .xlsx, .xls, .ods or .csv.
        file: PathBuf,
    },
}

/// Runs the command; the status is 2 when the roadmap cannot be read.
///
/// # Errors
/// When a file cannot be opened or standard output cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.verb {
        Verb::Check { file, expected } => check(file, expected),
        Verb::Show { file } => show(file),
    }
}

fn check(file: &Path, expected: &Path) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(expected)
        .with_context(|| format!("cannot read {}", expected.display()))?;
    let expected = Expected::parse(&text)
        .with_context(|| format!("{} is no expected reading", expected.display()))?;
    let programme = expected
        .programme()
        .ok_or_else(|| anyhow!("the programme of the expected reading has no days"))?;
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    // Whoever imports a roadmap says first for which years its programme is.
    match read(&bytes, Some(programme)) {
        Ok(reading) => {
            let mut out = std::io::stdout().lock();
            print_problems(&mut out, &reading)?;
            writeln!(out, "{}", expected.compare(&reading))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(refusal) => Ok(refuse(file, &refusal)),
    }
}

fn show(file: &Path) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let reading = match read(&bytes, None) {
        Ok(reading) => reading,
        Err(refusal) => return Ok(refuse(file, &refusal)),
    };
    let mut out = std::io::stdout().lock();
    let mut section = None;
    for line in &reading.lines {
        if line.section != section {
            section = line.section;
            if let Some(heading) = section.map(|index| &reading.headings[index]) {
                let code = heading.code.as_deref().unwrap_or_default();
                writeln!(out, "\n{code} {}", heading.title)?;
            }
        }
        let who: Vec<&str> = line
            .executors
            .iter()
            .map(|executor| executor.name.as_str())
            .collect();
        writeln!(
            out,
            "{} {}\n    {} → {} ({} periods)\n    {}",
            line.number,
            line.measure,
            line.schedule_text,
            line.schedule.words(),
            line.periods.len(),
            who.join(" | ")
        )?;
    }
    writeln!(out)?;
    print_problems(&mut out, &reading)?;
    Ok(ExitCode::SUCCESS)
}

fn print_problems(out: &mut impl Write, reading: &Reading) -> std::io::Result<()> {
    for problem in &reading.problems {
        writeln!(out, "{}", problem.words(Language::Russian))?;
    }
    Ok(())
}

fn refuse(file: &Path, refusal: &roadmap::Refusal) -> ExitCode {
    eprintln!("{}: {}", file.display(), refusal.words_ru());
    ExitCode::from(2)
}
