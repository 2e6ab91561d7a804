//! Small XLSForms against the XForm that the field's converter makes of them.
//!
//! A case passes when the verdict is the same and, for a valid form, the XForm means the same. Meaning leaves out:
//! the order of attributes, of binds, actions, secondary instances, translations and texts; runs of blanks; numbers in
//! generated names; attributes into which the converter leaks an unresolved `${…}`; namespace declarations.

use crate::Tally;
use flate2::read::GzDecoder;
use forms::xform;
use forms::xlsform::{Options, Sheet, Workbook, import};
use serde::Deserialize;
use std::error::Error;
use std::fs::File;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    test: String,
    md: Option<String>,
    ss_structure: Option<serde_json::Map<String, serde_json::Value>>,
    form_name: Option<String>,
    valid: bool,
    error: Option<String>,
    xform: Option<String>,
}

pub fn run(path: &str) -> Result<Tally, Box<dyn Error>> {
    let cases: Cases = serde_json::from_reader(GzDecoder::new(File::open(path)?))?;
    let mut tally = Tally::default();
    let (mut verdicts, mut meanings, mut valid) = (0, 0, 0);
    for case in &cases.cases {
        let workbook = match (&case.md, &case.ss_structure) {
            (Some(md), _) => markdown(md),
            (None, Some(sheets)) => structure(sheets),
            _ => Workbook::default(),
        };
        let options = Options {
            root: case.form_name.as_deref(),
            id: None,
        };
        let imported = import(&workbook, &options);
        // Two recorded cases are marked valid and carry the reference's error: it refused them.
        let case_valid = case.valid && case.error.is_none();
        let same_verdict = imported.is_valid() == case_valid;
        verdicts += usize::from(same_verdict);
        valid += usize::from(case_valid);
        let mut difference = None;
        if !same_verdict {
            let found: Vec<String> = imported
                .problems
                .iter()
                .filter(|problem| problem.severity == forms::form::Severity::Error)
                .map(|problem| format!("{} {}", problem.place, problem.message.en))
                .collect();
            difference = Some(format!(
                "verdict: expected {:?}, found {found:?}",
                case.error
            ));
        } else if let Some(expected) = case.xform.as_deref().filter(|_| case_valid) {
            difference = compare(expected, &xform::write(&imported.form));
            meanings += usize::from(difference.is_none());
        }
        match difference {
            None => tally.passed += 1,
            Some(difference) => {
                println!("FAILED {} {}\n       {difference}", case.id, case.test);
                tally.failed += 1;
            }
        }
    }
    let all = cases.cases.len();
    println!("same verdict: {verdicts} of {all}; same meaning: {meanings} of {valid} valid forms");
    Ok(tally)
}

/// Sheets from a Markdown table: the first column names a sheet, `#` begins a comment.
fn markdown(text: &str) -> Workbook {
    let mut workbook = Workbook::default();
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        // Keep what stands before a comment after the last cell.
        let line = match (line.rfind('|'), line.rfind('#')) {
            (Some(bar), Some(hash)) if hash > bar => &line[..hash],
            _ => line,
        };
        let Some(start) = line.find('|') else {
            continue;
        };
        let Some(end) = line.rfind('|').filter(|end| *end > start) else {
            continue;
        };
        let inner = &line[start + 1..end];
        if !inner.is_empty() && inner.chars().all(|c| c == '|' || c == '-') {
            continue;
        }
        let cells: Vec<String> = split_cells(inner);
        if !cells[0].is_empty() {
            workbook.sheets.push(Sheet {
                name: cells[0].clone(),
                rows: Vec::new(),
            });
        }
        if let Some(sheet) = workbook.sheets.last_mut()
            && cells[1..].iter().any(|cell| !cell.is_empty())
        {
            sheet.rows.push(cells[1..].to_vec());
        }
    }
    workbook
}

fn split_cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '|' if escaped => {
                let last = cells.last_mut().expect("there is always a cell");
                last.pop();
                last.push('|');
            }
            '|' => cells.push(String::new()),
            c => cells.last_mut().expect("there is always a cell").push(c),
        }
        escaped = c == '\\';
    }
    cells
        .into_iter()
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// Sheets from lists of objects.
fn structure(sheets: &serde_json::Map<String, serde_json::Value>) -> Workbook {
    let mut workbook = Workbook::default();
    for (name, rows) in sheets {
        let mut header: Vec<String> = Vec::new();
        let mut cells: Vec<Vec<String>> = Vec::new();
        for row in rows
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row.as_object())
        {
            let mut texts = Vec::new();
            for (key, value) in row {
                let at = header
                    .iter()
                    .position(|other| other == key)
                    .unwrap_or_else(|| {
                        header.push(key.clone());
                        header.len() - 1
                    });
                if texts.len() <= at {
                    texts.resize(at + 1, String::new());
                }
                texts[at] = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
            }
            cells.push(texts);
        }
        let rows = std::iter::once(header).chain(cells).collect();
        workbook.sheets.push(Sheet {
            name: name.clone(),
            rows,
        });
    }
    workbook
}

/// An element reduced to what it means.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning {
    name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Content>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Content {
    Text(String),
    Element(Meaning),
}

/// The first difference between two XForms, if there is one.
pub fn compare(expected: &str, found: &str) -> Option<String> {
    let parse = |text: &str, whose: &str| {
        roxmltree::Document::parse(&without_numbers(text))
            .map(|document| meaning(document.root_element()))
            .map_err(|error| format!("{whose} XForm is no XML: {error}"))
    };
    match (parse(expected, "expected"), parse(found, "found")) {
        (Ok(expected), Ok(found)) => difference(&expected, &found, String::new()),
        (Err(error), _) | (_, Err(error)) => Some(error),
    }
}

/// Numbers of generated names differ from program to program.
fn without_numbers(text: &str) -> String {
    let stems = [
        "generated_table_list_label_",
        "reserved_name_for_field_list_labels_",
        "generated_note_name_",
    ];
    let mut text = text.to_owned();
    for stem in stems {
        let mut parts = text.split(stem);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(stem);
            out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        text = out;
    }
    text
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn meaning(node: roxmltree::Node<'_, '_>) -> Meaning {
    let qualified = |namespace: Option<&str>, name: &str| match namespace {
        Some(uri) => format!("{{{}}}{name}", uri.rsplit('/').next().unwrap_or_default()),
        None => name.to_owned(),
    };
    let mut attributes: Vec<(String, String)> = node
        .attributes()
        .filter(|attribute| !attribute.value().contains("${"))
        .map(|attribute| {
            (
                qualified(attribute.namespace(), attribute.name()),
                collapse(attribute.value()),
            )
        })
        .collect();
    attributes.sort();
    let mut content: Vec<Content> = Vec::new();
    for child in node.children() {
        if child.is_element() {
            content.push(Content::Element(meaning(child)));
        } else if let Some(text) = child.text().map(collapse).filter(|text| !text.is_empty()) {
            content.push(Content::Text(text));
        }
    }
    let name = node.tag_name().name().to_owned();
    if matches!(name.as_str(), "model" | "itext" | "translation" | "text") {
        content.sort();
    }
    if name == "item" {
        content.sort();
    }
    Meaning {
        name,
        attributes,
        content,
    }
}

fn difference(expected: &Meaning, found: &Meaning, path: String) -> Option<String> {
    let path = format!("{path}/{}", expected.name);
    if expected.name != found.name {
        return Some(format!(
            "{path}: found <{}> {:?}",
            found.name, found.attributes
        ));
    }
    if expected.attributes != found.attributes {
        return Some(format!(
            "{path}: expected {:?}, found {:?}",
            expected.attributes, found.attributes
        ));
    }
    for (expected, found) in expected.content.iter().zip(&found.content) {
        let inner = match (expected, found) {
            (Content::Element(expected), Content::Element(found)) => {
                difference(expected, found, path.clone())
            }
            (expected, found) if expected != found => {
                Some(format!("{path}: expected {expected:?}, found {found:?}"))
            }
            _ => None,
        };
        if inner.is_some() {
            return inner;
        }
    }
    let (wanted, got) = (expected.content.len(), found.content.len());
    (wanted != got).then(|| {
        let rest = expected.content.get(got..).or(found.content.get(wanted..));
        format!("{path}: expected {wanted} children, found {got}: {rest:?}")
    })
}
