//! `orientir analyze`: the engine on files, without a database.
//!
//! The files are read twice: once to check everything and to learn the works, once to hand the rows to the
//! engine. So nothing is printed unless all input is fit, and no row is kept outside the engine.

mod context;
mod output;

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use api::results::import::Severity;
use objectivity::data::{Paper, Procedure, Work};
use objectivity::parameters::Parameters;
use objectivity::region::Region;

use crate::import::columns::Trust;
use crate::import::problem::{Fault, Problems};
use crate::import::read::{self, Row};
use crate::import::survey::Survey;
use output::Format;

/// Analyses result files without a database.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// «Ф1» workbooks (.xlsx) or CSV tables, plain or gzip.
    #[arg(required = true)]
    results: Vec<PathBuf>,
    /// Context of the schools: CSV with year, school, enrolled, context_index or the nine factors.
    #[arg(long)]
    context: Option<PathBuf>,
    /// Lowest raw scores of the marks 3, 4 and 5, used where no scale is known; one number is a single pass mark.
    #[arg(long, value_parser = parse_cuts)]
    cuts: Option<Cuts>,
    /// Seed of the calibration.
    #[arg(long)]
    seed: Option<u64>,
    /// Output.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

/// Boundaries on the command line, growing.
#[derive(Clone, Debug)]
struct Cuts(Vec<u16>);

/// Most boundaries a work may have.
const MOST_CUTS: usize = 20;

fn parse_cuts(text: &str) -> Result<Cuts, String> {
    let numbers: Result<Vec<u16>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    match numbers {
        Ok(cuts)
            if cuts.len() <= MOST_CUTS
                && cuts.first().is_some_and(|&first| first > 0)
                && cuts.windows(2).all(|pair| pair[0] < pair[1]) =>
        {
            Ok(Cuts(cuts))
        }
        _ => Err(
            "write growing whole numbers above 0: 8,14,20 for the marks 3, 4 and 5, or 21 for one pass mark"
                .to_owned(),
        ),
    }
}

/// Status when the input cannot be read.
const BAD_INPUT: u8 = 2;

/// Runs the command; returns the exit status.
pub fn run(arguments: &Arguments) -> u8 {
    let started = Instant::now();
    let mut report = Report::default();
    let region = match gather(arguments, &mut report) {
        Some(region) if !report.failed => region,
        _ => return BAD_INPUT,
    };
    let mut parameters = Parameters::default();
    if let Some(seed) = arguments.seed {
        parameters.seed = seed;
    }
    let read_ms = started.elapsed().as_millis();
    let run = objectivity::run::analyze(&region, &parameters);
    let stdout = std::io::BufWriter::new(std::io::stdout().lock());
    if let Err(error) = output::write(stdout, &run.cells, arguments.format) {
        // Whoever reads our output may have seen enough: `| head`.
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            eprintln!("orientir: the output cannot be written: {error}");
            return 1;
        }
    }
    eprintln!(
        "{} works, {} cells: read in {:.2} s, analysed in {:.2} s, {:.2} s in all; peak memory {}",
        region.works(),
        run.cells.len(),
        read_ms as f64 / 1000.0,
        (started.elapsed().as_millis() - read_ms) as f64 / 1000.0,
        started.elapsed().as_secs_f64(),
        peak_memory().map_or_else(|| "unknown".to_owned(), |mb| format!("{mb} MB")),
    );
    0
}

/// Most memory this process had, in MB; known on Linux only.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Tells problems on standard error: file, row, column, what is wrong, how to mend it.
#[derive(Default)]
struct Report {
    failed: bool,
}

impl Report {
    /// `stops`: whether rows that cannot be taken stop the analysis.
    fn tell(&mut self, file: &Path, problems: &Problems, stops: bool) {
        let mut stderr = std::io::stderr().lock();
        let mut told = 0_u32;
        for problem in problems.kept() {
            let stopped = match problem.severity {
                Severity::Error => true,
                Severity::RowSkipped => stops,
                Severity::Warning => false,
            };
            told += 1;
            let row = problem
                .row
                .map_or_else(String::new, |row| format!(", row {row}"));
            let sheet = problem
                .sheet
                .as_deref()
                .map_or_else(String::new, |sheet| format!(", sheet {sheet}"));
            let column = problem
                .column
                .as_deref()
                .map_or_else(String::new, |column| format!(", column {column}"));
            let kind = if stopped { "error" } else { "warning" };
            // Standard error that is closed cannot be complained about.
            let _ = writeln!(
                stderr,
                "{}{sheet}{row}{column}: {kind}: {} {} [{}]",
                file.display(),
                problem.text.en,
                problem.hint.en,
                problem.code
            );
        }
        if problems.count() > told {
            let _ = writeln!(
                stderr,
                "{}: {} more problems",
                file.display(),
                problems.count() - told
            );
        }
        self.failed |= problems.errors() > 0 || (stops && problems.skipped_rows() > 0);
    }

    fn one(&mut self, file: &Path, fault: Fault, row: Option<u32>) {
        let mut problems = Problems::default();
        problems.push(fault, row, None);
        self.tell(file, &problems, true);
        self.failed = true;
    }
}

/// Anything that can be read twice.
trait Source: Read + Seek {}
impl<Inner: Read + Seek> Source for Inner {}

/// Opens a file; a pipe is read into memory, because it cannot be read twice.
fn open(path: &Path) -> std::io::Result<Box<dyn Source>> {
    let mut file = File::open(path)?;
    if file.metadata()?.is_file() {
        return Ok(Box::new(BufReader::new(file)));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Box::new(Cursor::new(bytes)))
}

/// Reads everything into a region; `None` when any input is unfit, which has been told then.
fn gather(arguments: &Arguments, report: &mut Report) -> Option<Region> {
    let mut survey = Survey::default();
    let mut sources = Vec::new();
    for path in &arguments.results {
        let mut problems = Problems::default();
        match open(path) {
            Ok(mut source) => {
                survey.begin_file();
                let mut duplicates = Problems::default();
                read::read(
                    &mut source,
                    u64::MAX,
                    Trust::NONE,
                    &mut problems,
                    &mut |row| {
                        survey.note(&row, &mut duplicates);
                    },
                );
                if problems.is_personal() {
                    problems.withhold();
                    duplicates = Problems::default();
                }
                report.tell(path, &problems, true);
                // A pupil met twice is told and counts once, as in an import.
                report.tell(path, &duplicates, false);
                sources.push((path, source));
            }
            Err(error) => report.one(
                path,
                Fault::NotReadable {
                    detail: error.to_string(),
                },
                None,
            ),
        }
    }
    let contexts = match &arguments.context {
        Some(path) => read_context(path, report),
        None => Vec::new(),
    };
    if report.failed {
        return None;
    }

    let mut region = Region::new();
    let given = match &arguments.cuts {
        Some(Cuts(cuts)) => cuts.as_slice(),
        None => &[],
    };
    let mut papers: Vec<(Procedure, Paper)> = Vec::new();
    let mut out_of_reach = Problems::default();
    let first = arguments
        .results
        .first()
        .map_or(Path::new(""), PathBuf::as_path);
    for work in survey.works() {
        let paper = work.paper(given);
        if paper.cuts.is_none() && !work.fits(given) {
            let Procedure {
                year,
                subject,
                grade,
            } = &work.procedure;
            let fault = Fault::CutsAboveMaximum {
                work: format!("{year} {subject} {grade}"),
                maximum: work.max_score(),
            };
            out_of_reach.push(fault, None, None);
        }
        if let Err(problem) = region.set_paper(work.procedure.clone(), paper.clone()) {
            let detail = problem.to_string();
            report.one(first, Fault::Contradiction { detail }, None);
            return None;
        }
        papers.push((work.procedure.clone(), paper));
    }
    if survey.later_attempts() > 0 {
        let mut attempts = Problems::default();
        let pupils = survey.later_attempts();
        attempts.whole(Fault::LaterAttempts { pupils });
        report.tell(first, &attempts, false);
    }
    // Boundaries meant for one of several works may well be above another's highest score.
    let useless = out_of_reach.count() as usize == papers.len();
    report.tell(first, &out_of_reach, useless);
    if report.failed {
        return None;
    }
    for (file, (path, mut source)) in (1_u32..).zip(sources) {
        if let Err(error) = source.rewind() {
            let detail = error.to_string();
            report.one(path, Fault::NotReadable { detail }, None);
            return None;
        }
        push_rows(&mut source, path, &papers, &mut region, report, &|row| {
            survey.counts(file, row)
        });
    }
    for (context, row) in contexts {
        if let Err(problem) = region.add_context(context) {
            let path = arguments.context.as_deref().unwrap_or(first);
            let detail = problem.to_string();
            report.one(path, Fault::Contradiction { detail }, Some(row));
        }
    }
    Some(region)
}

fn read_context(path: &Path, report: &mut Report) -> Vec<(objectivity::data::SchoolContext, u32)> {
    let mut problems = Problems::default();
    let contexts = match File::open(path) {
        Ok(file) => context::read(file, &mut problems),
        Err(error) => {
            problems.whole(Fault::NotReadable {
                detail: error.to_string(),
            });
            Vec::new()
        }
    };
    report.tell(path, &problems, true);
    contexts
}

/// Second pass: hands the rows of a file to the engine, items in the order of the paper.
fn push_rows(
    source: &mut Box<dyn Source>,
    path: &Path,
    papers: &[(Procedure, Paper)],
    region: &mut Region,
    report: &mut Report,
    counts: &dyn Fn(&Row<'_>) -> bool,
) {
    let mut table = 0_usize;
    let mut current = 0_usize;
    let mut places: Option<Vec<Option<usize>>> = None;
    let mut arranged = Work::default();
    let mut told = Problems::default();
    let mut each = |row: Row<'_>| {
        let is_same = |(procedure, _): &(Procedure, Paper)| {
            procedure.year == row.work.year
                && procedure.grade == row.work.grade
                && procedure.subject == row.work.subject
        };
        if !counts(&row) {
            return;
        }
        let items = row.items.as_ptr() as usize;
        if table != items || places.is_none() || !papers.get(current).is_some_and(is_same) {
            table = items;
            current = papers.iter().position(is_same).unwrap_or_default();
            places = papers.get(current).map(|(_, paper)| {
                let place = |item: &objectivity::data::ItemSpec| {
                    row.items.iter().position(|other| other.code == item.code)
                };
                paper.items.iter().map(place).collect()
            });
        }
        arranged.clone_from(row.work);
        if let Some(places) = &places {
            arranged.items.clear();
            arranged.items.extend(
                places
                    .iter()
                    .map(|place| place.and_then(|place| row.work.items[place])),
            );
        }
        if let Err(problem) = region.push(&arranged) {
            let detail = problem.to_string();
            told.push(Fault::Contradiction { detail }, Some(row.line), None);
        }
    };
    // The problems of this pass were told after the first one.
    read::read(
        source,
        u64::MAX,
        Trust::NONE,
        &mut Problems::default(),
        &mut each,
    );
    report.tell(path, &told, true);
}
