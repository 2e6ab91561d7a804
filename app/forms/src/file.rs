//! A form from any file and into any format: what stands behind `forms check` and `forms convert`.

use crate::entry::{EntryContext, FormEntry};
use crate::form::{Form, Node, Problem, Severity};
use crate::workbook::{self, ReadError, WriteError, write_xlsx};
use crate::xlsform::{Options, Workbook, export, import};
use serde::Serialize;
use std::fmt;
use std::sync::Arc;
use thiserror::Error;

/// A form with what was found on reading it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The form as far as it could be understood.
    pub form: Form,
    /// What was found, in order.
    pub problems: Vec<Problem>,
    /// The cells, when the file was a workbook.
    pub workbook: Option<Workbook>,
}

/// Why a file could not be opened as a form at all.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Not a workbook.
    #[error(transparent)]
    Workbook(#[from] ReadError),
    /// Not a form in JSON.
    #[error("the file is not a form in JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A newer layout than this version reads.
    #[error("the form was written by a newer version (layout {found}, known {known})")]
    Newer {
        /// What the document says.
        found: u32,
        /// What this version reads.
        known: u32,
    },
    /// Not an instrument.
    #[cfg(feature = "yaml")]
    #[error(transparent)]
    Instrument(#[from] crate::instrument::InstrumentError),
}

/// Opens a form from the bytes of a file: `.xlsx`, `.xls`, `.ods`, `.csv`, a form in `.json`, an instrument in `.yaml`.
///
/// # Errors
/// When the file is none of these. A workbook with mistakes is no error: its problems are in the result.
pub fn open(bytes: &[u8], file_name: &str) -> Result<Opened, OpenError> {
    let extension = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match extension.to_lowercase().as_str() {
        "json" => {
            let form: Form = serde_json::from_slice(bytes)?;
            if form.schema > crate::form::SCHEMA {
                return Err(OpenError::Newer {
                    found: form.schema,
                    known: crate::form::SCHEMA,
                });
            }
            Ok(Opened {
                form,
                problems: Vec::new(),
                workbook: None,
            })
        }
        #[cfg(feature = "yaml")]
        "yaml" | "yml" => {
            let form = crate::instrument::compile(&String::from_utf8_lossy(bytes))?;
            Ok(Opened {
                form,
                problems: Vec::new(),
                workbook: None,
            })
        }
        _ => Ok(understand(workbook::read(bytes)?, file_name)),
    }
}

/// A file's name without folders and ending, which is the form's id when the workbook names none.
pub fn stem(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn understand(cells: Workbook, file_name: &str) -> Opened {
    let id = Some(stem(file_name)).filter(|stem| !stem.is_empty());
    let imported = import(&cells, &Options { root: None, id });
    Opened {
        form: imported.form,
        problems: imported.problems,
        workbook: Some(cells),
    }
}

/// Understands cells, and finds in addition what is wrong with the expressions.
pub fn inspect(workbook: &Workbook, file_name: &str) -> Opened {
    let mut opened = understand(workbook.clone(), file_name);
    let found = expression_problems(&opened);
    opened.problems.extend(found);
    opened
}

/// What a check of a file says. Serialises to JSON; prints as text, one line per problem.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Name of the file.
    pub file: String,
    /// Id of the form.
    pub form_id: String,
    /// Title in the default language.
    pub title: String,
    /// Number of questions and notes.
    pub questions: usize,
    /// Number of problems of severity error.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// The problems in the order of discovery.
    pub problems: Vec<Problem>,
}

/// Checks a file.
///
/// # Errors
/// When the file is no form at all.
pub fn check(bytes: &[u8], file_name: &str) -> Result<Report, OpenError> {
    let mut opened = open(bytes, file_name)?;
    let found = expression_problems(&opened);
    opened.problems.extend(found);
    let form = &opened.form;
    let errors = opened
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    Ok(Report {
        file: file_name.to_owned(),
        form_id: form.id.clone(),
        title: form.text(&form.title, &form.default_language).to_owned(),
        questions: form
            .walk()
            .filter(|walked| matches!(walked.node, Node::Question(_)))
            .count(),
        errors,
        warnings: opened.problems.len() - errors,
        problems: opened.problems,
    })
}

/// Problems of the expressions: they cannot be read, or questions are computed from each other in a circle.
///
/// What a cell's references lack is known from the import and not said twice.
fn expression_problems(opened: &Opened) -> Vec<Problem> {
    if opened
        .problems
        .iter()
        .any(|problem| problem.code.starts_with("reference."))
    {
        return Vec::new();
    }
    let (_, mut problems) = FormEntry::open(Arc::new(opened.form.clone()), EntryContext::default());
    let survey = opened
        .workbook
        .as_ref()
        .and_then(|workbook| workbook.sheet("survey"));
    let names = survey.and_then(|sheet| {
        let header = sheet.rows.first()?;
        let column = header
            .iter()
            .position(|cell| cell.trim().eq_ignore_ascii_case("name"))?;
        Some((sheet, column))
    });
    for problem in &mut problems {
        let name = problem
            .place
            .node
            .as_deref()
            .and_then(|path| path.rsplit('/').next());
        if let (Some((sheet, column)), Some(name)) = (names, name)
            && let Some(row) = (1..sheet.rows.len()).find(|row| sheet.cell(*row, column) == name)
        {
            problem.place.sheet = Some(sheet.name.clone());
            problem.place.row = Some(row as u32 + 1);
        }
    }
    problems
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            let severity = if problem.severity == Severity::Error {
                "error"
            } else {
                "warning"
            };
            writeln!(
                formatter,
                "{}:{}: {severity}[{}]: {}",
                self.file, problem.place, problem.code, problem.message.en
            )?;
            if let Some(repair) = &problem.repair {
                writeln!(formatter, "    repair: {}", repair.label.en)?;
            }
        }
        write!(
            formatter,
            "{}: {} questions, {} errors, {} warnings",
            self.file, self.questions, self.errors, self.warnings
        )
    }
}

/// Formats into which a form can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The compiled form.
    Json,
    /// A workbook.
    Xlsx,
    /// An ODK XForm.
    XForm,
}

/// Why a form could not be converted.
#[derive(Debug, Error)]
pub enum ConvertError {
    /// It could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It could not be written as JSON.
    #[error("the form cannot be written as JSON: {0}")]
    Json(serde_json::Error),
    /// It could not be written as a workbook.
    #[error(transparent)]
    Xlsx(#[from] WriteError),
}

/// Converts a file into another format. Problems do not stop it: ask [`check`] first.
///
/// # Errors
/// When the file is no form, or the result cannot be written.
pub fn convert(bytes: &[u8], file_name: &str, target: Target) -> Result<Vec<u8>, ConvertError> {
    let form = open(bytes, file_name)?.form;
    match target {
        Target::Json => serde_json::to_vec_pretty(&form).map_err(ConvertError::Json),
        Target::Xlsx => Ok(write_xlsx(&export(&form))?),
        Target::XForm => Ok(crate::xform::write(&form).into_bytes()),
    }
}
