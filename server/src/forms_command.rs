//! `orientir forms`: checks and converts forms from the command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use forms::file::{Target, check, convert};

/// Arguments of `orientir forms`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Prints what is wrong with forms and how to mend it.
    Check {
        /// .xlsx, .xls, .ods, .csv or an instrument in YAML.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How to print.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Writes a form in another format to standard output.
    Convert {
        /// The form.
        file: PathBuf,
        /// The format.
        #[arg(long, value_enum)]
        to: To,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    Json,
    Xlsx,
    #[value(name = "xform")]
    XForm,
}

/// Runs the command; the status is 2 when a form cannot be read.
///
/// # Errors
/// When a file cannot be read or standard output cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.verb {
        Verb::Check { files, format } => check_all(files, *format),
        Verb::Convert { file, to } => convert_one(file, *to),
    }
}

fn read(file: &PathBuf) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn check_all(files: &[PathBuf], format: Format) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let mut status = ExitCode::SUCCESS;
    for file in files {
        let name = file.to_string_lossy();
        match check(&read(file)?, &name) {
            Ok(report) if format == Format::Json => {
                writeln!(out, "{}", serde_json::to_string(&report)?)?;
            }
            Ok(report) => writeln!(out, "{report}")?,
            Err(error) => {
                eprintln!("{name}: {error}");
                status = ExitCode::from(2);
            }
        }
    }
    Ok(status)
}

fn convert_one(file: &PathBuf, to: To) -> anyhow::Result<ExitCode> {
    let target = match to {
        To::Json => Target::Json,
        To::Xlsx => Target::Xlsx,
        To::XForm => Target::XForm,
    };
    let name = file.to_string_lossy();
    let content = read(file)?;
    match convert(&content, &name, target) {
        Ok(bytes) => {
            // What could not be read is not in the output either: it is named beside it.
            match check(&content, &name) {
                Ok(report) if report.errors + report.warnings > 0 => eprintln!("{report}"),
                _ => {}
            }
            std::io::stdout().lock().write_all(&bytes)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            eprintln!("{name}: {error}");
            Ok(ExitCode::from(2))
        }
    }
}
