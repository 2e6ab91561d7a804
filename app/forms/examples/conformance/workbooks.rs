//! Real workbooks: accepted, accepted after repair, or refused with the reason.

use crate::Tally;
use forms::form::Severity;
use forms::workbook;
use forms::xlsform::{Imported, Options, import, repair_all};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub fn run(path: &str) -> Result<Tally, Box<dyn Error>> {
    let mut files = Vec::new();
    find(Path::new(path), &mut files)?;
    files.sort();
    let mut tally = Tally::default();
    let (mut accepted, mut repaired) = (0, 0);
    let (mut compared, mut same) = (0, 0);
    for file in &files {
        let name = file.strip_prefix(path).unwrap_or(file).display();
        let began = Instant::now();
        let judged = judge(file);
        let ms = began.elapsed().as_millis();
        match judged {
            Ok(0) => {
                println!("accepted                {name} ({ms} ms)");
                accepted += 1;
                tally.passed += 1;
                if let Some(difference) = against_reference(file) {
                    compared += 1;
                    match difference {
                        None => same += 1,
                        Some(difference) => println!("        XForm differs: {difference}"),
                    }
                }
            }
            Ok(mended) => {
                println!("accepted after repair   {name} ({mended} repairs, {ms} ms)");
                repaired += 1;
                tally.passed += 1;
            }
            Err(reason) => {
                println!("FAILED refused          {name}: {reason}");
                tally.failed += 1;
            }
        }
    }
    println!(
        "accepted {accepted}, accepted after repair {repaired}, refused {}",
        tally.failed
    );
    println!("XForms of the same meaning as the reference: {same} of {compared}");
    Ok(tally)
}

fn find(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default()
            .to_lowercase();
        if path.is_dir() {
            find(&path, files)?;
        } else if matches!(extension.as_str(), "xlsx" | "xlsm" | "xls" | "ods" | "csv") {
            files.push(path);
        }
    }
    Ok(())
}

/// Number of repairs after which the workbook is a form.
fn judge(file: &Path) -> Result<usize, String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let workbook = workbook::read(&bytes).map_err(|error| error.to_string())?;
    let id = file.file_stem().and_then(|stem| stem.to_str());
    let options = Options { root: None, id };
    let imported = import(&workbook, &options);
    if imported.is_valid() {
        return usable(&imported).map(|()| 0);
    }
    let repaired = repair_all(&workbook, &options);
    usable(&repaired.imported).map(|()| repaired.mended.len())
}

/// How the XForm differs from the reference's, when that lies beside the file as `FILE.xform.xml`.
fn against_reference(file: &Path) -> Option<Option<String>> {
    let beside = file.with_file_name(format!("{}.xform.xml", file.file_name()?.to_str()?));
    let expected = fs::read_to_string(beside).ok()?;
    let workbook = workbook::read(&fs::read(file).ok()?).ok()?;
    let id = file.file_stem().and_then(|stem| stem.to_str());
    let imported = import(&workbook, &Options { root: None, id });
    Some(crate::xlsform::compare(
        &expected,
        &forms::xform::write(&imported.form),
    ))
}

/// A form is usable when nothing is wrong with it, something is asked, and its XForm is well-formed.
fn usable(imported: &Imported) -> Result<(), String> {
    if let Some(problem) = imported
        .problems
        .iter()
        .find(|problem| problem.severity == Severity::Error)
    {
        return Err(format!("{}: {}", problem.place, problem.message.en));
    }
    if imported.form.nodes.is_empty() {
        return Err("there are no questions".to_owned());
    }
    roxmltree::Document::parse(&forms::xform::write(&imported.form))
        .map(|_| ())
        .map_err(|error| error.to_string())
}
