//! Forms being written, without database and HTTP: reading, mending, comparing with what is published.

use std::collections::BTreeMap;

use api::forms::form_draft::{FormChange, FormSheet};
use forms::Form;
use forms::file::{OpenError, Opened, inspect};
use forms::form::{Edit, Node, Question};
use forms::xlsform::{Options, Sheet, Workbook, repair_all};

/// A workbook with what was found in it.
pub struct Checked {
    /// The cells.
    pub workbook: Workbook,
    /// The form and its problems.
    pub opened: Opened,
}

/// Reads a file: a workbook, or a form that is turned into one.
///
/// # Errors
/// When the file is neither.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Checked, OpenError> {
    let opened = forms::file::open(bytes, file_name)?;
    let workbook = opened
        .workbook
        .unwrap_or_else(|| forms::xlsform::export(&opened.form));
    Ok(check(workbook, file_name))
}

/// Understands the cells anew.
pub fn check(workbook: Workbook, file_name: &str) -> Checked {
    let opened = inspect(&workbook, file_name);
    Checked { workbook, opened }
}

/// Applies changes of cells, and on demand every repair of an error.
pub fn mend(mut workbook: Workbook, edits: &[Edit], all: bool, file_name: &str) -> Checked {
    for edit in edits {
        workbook.apply(edit);
    }
    if all {
        let options = Options {
            root: None,
            id: Some(forms::file::stem(file_name)),
        };
        workbook = repair_all(&workbook, &options).workbook;
    }
    check(workbook, file_name)
}

/// Does an edit stay within what a workbook may hold?
pub fn is_within_bounds(edit: &Edit) -> bool {
    /// As in `forms::workbook`.
    const ROWS: u32 = 250_000;
    const COLUMNS: u32 = 1_000;
    match edit {
        Edit::SetCell { row, column, .. } => *row < ROWS && *column < COLUMNS,
        Edit::SetColumn { row, .. } | Edit::ClearRow { row, .. } => *row < ROWS,
        Edit::ClearColumn { column, .. } => *column < COLUMNS,
        Edit::AppendRow { .. } | Edit::RenameSheet { .. } => true,
    }
}

/// Cells as they travel.
pub fn sheets(workbook: &Workbook) -> Vec<FormSheet> {
    workbook
        .sheets
        .iter()
        .map(|sheet| FormSheet {
            name: sheet.name.clone(),
            rows: sheet.rows.clone(),
        })
        .collect()
}

/// Cells as they are understood.
pub fn workbook(sheets: Vec<FormSheet>) -> Workbook {
    Workbook {
        sheets: sheets
            .into_iter()
            .map(|sheet| Sheet {
                name: sheet.name,
                rows: sheet.rows,
            })
            .collect(),
    }
}

/// What became of the questions between two versions: added, removed, changed.
pub fn differences(before: &Form, after: &Form) -> (Vec<String>, Vec<String>, Vec<FormChange>) {
    let (old, new) = (questions(before), questions(after));
    let missing = |from: &BTreeMap<String, &Question>, there: &BTreeMap<String, &Question>| {
        from.keys()
            .filter(|path| !there.contains_key(*path))
            .cloned()
            .collect::<Vec<_>>()
    };
    let changed = old
        .iter()
        .filter_map(|(path, question)| {
            let parts = changed_parts((before, question), (after, new.get(path)?));
            (!parts.is_empty()).then(|| FormChange {
                path: path.clone(),
                parts,
            })
        })
        .collect();
    (missing(&new, &old), missing(&old, &new), changed)
}

fn questions(form: &Form) -> BTreeMap<String, &Question> {
    form.walk()
        .filter_map(|walked| match walked.node {
            Node::Question(question) => Some((walked.path, question.as_ref())),
            _ => None,
        })
        .collect()
}

fn changed_parts(
    (old_form, old): (&Form, &Question),
    (new_form, new): (&Form, &Question),
) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = |name: &str, differs: bool| {
        if differs {
            parts.push(name.to_owned());
        }
    };
    let choices = |form: &Form, question: &Question| {
        let list = match question.choices.as_ref() {
            Some(forms::form::ChoiceSource::List(name)) => form.list(name).cloned(),
            _ => None,
        };
        (question.choices.clone(), list)
    };
    let names = |form: &Form, question: &Question| {
        let (_, list) = choices(form, question);
        list.map(|list| {
            list.choices
                .iter()
                .map(|choice| (choice.name.clone(), choice.label.clone()))
                .collect::<Vec<_>>()
        })
    };
    let points = |form: &Form, question: &Question| {
        let (_, list) = choices(form, question);
        list.map(|list| {
            list.choices
                .iter()
                .map(|choice| (choice.name.clone(), choice.score, choice.not_applicable))
                .collect::<Vec<_>>()
        })
    };
    part(
        "words",
        old.label != new.label || old.hint != new.hint || old.guidance_hint != new.guidance_hint,
    );
    part("kind", old.kind != new.kind);
    part(
        "choices",
        names(old_form, old) != names(new_form, new) || old.choice_filter != new.choice_filter,
    );
    part(
        "rules",
        old.relevant != new.relevant
            || old.constraint != new.constraint
            || old.required != new.required
            || old.calculation != new.calculation
            || old.read_only != new.read_only
            || old.evidence != new.evidence
            || old.critical != new.critical
            || old.alert != new.alert,
    );
    part(
        "score",
        old.weight != new.weight
            || old.key_item != new.key_item
            || old.ok_answer != new.ok_answer
            || points(old_form, old) != points(new_form, new),
    );
    parts
}

/// A version after this one: the last number grows; a text without a number gets one.
pub fn next_version(taken: &[String], newest: Option<&str>) -> String {
    let mut version = newest.map_or_else(|| "1".to_owned(), after);
    while taken.contains(&version) {
        version = after(&version);
    }
    version
}

fn after(version: &str) -> String {
    let digits = version.len()
        - version
            .trim_end_matches(|letter: char| letter.is_ascii_digit())
            .len();
    let (head, number) = version.split_at(version.len() - digits);
    match number.parse::<u64>() {
        Ok(number) => format!("{head}{}", number.saturating_add(1)),
        Err(_) => format!("{version}.1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_free() {
        let taken = ["1.0.0".to_owned(), "1.0.1".to_owned()];
        assert_eq!(next_version(&taken, Some("1.0.0")), "1.0.2");
        assert_eq!(next_version(&[], None), "1");
        assert_eq!(next_version(&[], Some("spring")), "spring.1");
        assert_eq!(next_version(&[], Some("2026-09")), "2026-10");
    }

    #[test]
    fn differences_name_what_changed() {
        let form = |survey: &[[&str; 3]]| {
            let mut rows = vec![vec![
                "type".to_owned(),
                "name".to_owned(),
                "label".to_owned(),
            ]];
            rows.extend(survey.iter().map(|row| row.map(str::to_owned).to_vec()));
            let sheets = vec![FormSheet {
                name: "survey".to_owned(),
                rows,
            }];
            check(workbook(sheets), "test.xlsx").opened.form
        };
        let before = form(&[
            ["text", "a", "A"],
            ["text", "b", "B"],
            ["integer", "c", "C"],
        ]);
        let after = form(&[
            ["text", "b", "Other"],
            ["text", "c", "C"],
            ["text", "d", "D"],
        ]);
        let (added, removed, changed) = differences(&before, &after);
        assert_eq!(added, ["d"]);
        assert_eq!(removed, ["a"]);
        let changed: Vec<_> = changed
            .iter()
            .map(|one| (one.path.as_str(), one.parts.join(" ")))
            .collect();
        assert_eq!(
            changed,
            [("b", "words".to_owned()), ("c", "kind".to_owned())]
        );
    }
}
