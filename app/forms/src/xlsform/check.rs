//! What can only be checked once the whole form is known: references, generated names, data files.

use super::context::Context;
use super::header::Column;
use super::problems::{Finding, nearest, repair};
use super::reference::{Malformed, Reference, references};
use super::row::clean;
use super::sheet::Sheet;
use crate::form::{Edit, Form, Node, Place, QuestionKind, Repair};
use crate::xform::write::{
    AllocationFault, Clash, Element, Kind, Tree, clashes, file_extension, is_search,
};
use std::collections::{HashMap, HashSet};

/// How often each name of the survey sheet is used.
type Names = HashMap<String, usize>;

pub(super) fn check(
    context: &mut Context<'_>,
    form: &mut Form,
    survey: Option<(&Sheet, &[Column])>,
) {
    let names = names(form);
    if let Some((sheet, columns)) = survey {
        check_survey_references(context, sheet, columns, &names);
    }
    check_other_references(context, &names);
    check_companions(context, form);
    let rows = survey
        .map(|(sheet, columns)| rows_by_name(sheet, columns))
        .unwrap_or_default();
    let survey = survey.map(|(sheet, columns)| Survey {
        sheet,
        columns,
        rows,
    });
    let tree = Tree::new(form);
    for element in &tree.elements {
        check_element(context, &tree, element, survey.as_ref());
    }
    check_triggers(context, &tree, survey.as_ref());
    check_resolution(context, &tree, &names, survey.as_ref());
    check_searches(context, &tree, survey.as_ref());
    for clash in clashes(&tree) {
        let (name, finding) = match clash {
            Clash::Declared(name) => (name.clone(), Finding::InstanceDuplicate { name }),
            Clash::Different(name) => (name.clone(), Finding::InstanceClash { name }),
        };
        let mend = survey.as_ref().and_then(|survey| survey.clear_row(&name));
        context
            .report
            .error_at(survey_place(survey.as_ref(), &name, "type"), finding, mend);
    }
    check_entities(context, &tree, survey.as_ref());
}

/// The survey sheet with the row of each name.
struct Survey<'s> {
    sheet: &'s Sheet,
    columns: &'s [Column],
    rows: HashMap<String, u32>,
}

impl Survey<'_> {
    /// A repair that sets a cell in the row of a name.
    fn set(&self, name: &str, word: &str, value: &str, ru: String, en: String) -> Option<Repair> {
        let row = self.rows.get(name)? - 1;
        let sheet = self.sheet.name.clone();
        let edit = match self
            .columns
            .iter()
            .find(|column| column.tokens.last().is_some_and(|token| token == word))
        {
            Some(column) => Edit::SetCell {
                sheet,
                row,
                column: column.index as u32,
                value: value.to_owned(),
            },
            None => Edit::SetColumn {
                sheet,
                row,
                header: super::header::row_header(word),
                value: value.to_owned(),
            },
        };
        Some(repair(ru, en, edit))
    }

    fn clear_row(&self, name: &str) -> Option<Repair> {
        let row = self.rows.get(name)? - 1;
        let edit = Edit::ClearRow {
            sheet: self.sheet.name.clone(),
            row,
        };
        Some(repair("Убрать строку", "Remove the row", edit))
    }
}

fn survey_place(survey: Option<&Survey<'_>>, name: &str, column: &str) -> Place {
    match survey.and_then(|survey| Some((survey, survey.rows.get(name)?))) {
        Some((survey, row)) => Place::cell(&survey.sheet.name, *row, column),
        None => Place::node(name),
    }
}

/// Names as the author wrote them, generated questions left out.
fn names(form: &Form) -> Names {
    let mut names = Names::new();
    for walked in form.walk() {
        let written = match walked.node {
            Node::Question(question) => {
                question.generated.is_none() && question.kind != QuestionKind::Audit
            }
            _ => true,
        };
        if written {
            *names.entry(walked.node.name().to_owned()).or_default() += 1;
        }
    }
    *names.entry("instanceID".to_owned()).or_default() += 1;
    names
}

fn rows_by_name(sheet: &Sheet, columns: &[Column]) -> HashMap<String, u32> {
    let Some(column) = columns.iter().find(|column| column.word() == "name") else {
        return HashMap::new();
    };
    let mut rows = HashMap::new();
    for at in 1..sheet.rows.len() {
        let name = sheet.cell(at, column.index).trim();
        if !name.is_empty() {
            rows.entry(name.to_owned()).or_insert(at as u32 + 1);
        }
    }
    rows
}

fn check_survey_references(
    context: &mut Context<'_>,
    sheet: &Sheet,
    columns: &[Column],
    names: &Names,
) {
    let checked: Vec<&Column> = columns
        .iter()
        .filter(|column| !matches!(column.word(), "name" | "trigger"))
        .collect();
    check_cells(context, sheet, &checked, names);
}

fn check_other_references(context: &mut Context<'_>, names: &Names) {
    use super::header::{CHOICES, ENTITIES, SETTINGS, columns};
    let workbook = context.workbook;
    for (name, dialect) in [
        ("settings", &SETTINGS),
        ("entities", &ENTITIES),
        ("choices", &CHOICES),
    ] {
        let Some(sheet) = workbook.sheet(name) else {
            continue;
        };
        // The headers' problems are known already.
        let columns = columns(sheet, dialect, &mut super::problems::Report::default());
        let translated = |column: &&Column| matches!(column.word(), "label" | "media");
        let checked: Vec<&Column> = match name {
            "choices" if columns.iter().any(|column| translated(&column)) => {
                columns.iter().filter(translated).collect()
            }
            "entities" => columns
                .iter()
                .filter(|column| !matches!(column.word(), "dataset" | "repeat"))
                .collect(),
            _ => columns.iter().collect(),
        };
        check_cells(context, sheet, &checked, names);
    }
}

fn check_cells(context: &mut Context<'_>, sheet: &Sheet, columns: &[&Column], names: &Names) {
    for at in 1..sheet.rows.len() {
        for column in columns {
            let cell = sheet.cell(at, column.index);
            if !cell.contains("${") {
                continue;
            }
            let cell = clean(cell, false);
            // Once nobody will read the suggestion none is looked for.
            let most = if context.report.is_full() { 0 } else { 5_000 };
            for found in references(&cell) {
                if let Some((finding, mend)) = fault(&cell, found, names, most) {
                    let (ru, en, value) = mend;
                    let edit = Edit::SetCell {
                        sheet: sheet.name.clone(),
                        row: at as u32,
                        column: column.index as u32,
                        value,
                    };
                    let mend = repair(ru, en, edit);
                    context.report.error(
                        &sheet.name,
                        at as u32 + 1,
                        &column.header,
                        finding,
                        Some(mend),
                    );
                    // One problem per cell: its repair changes the others' places.
                    break;
                }
            }
        }
    }
}

/// What is wrong with a reference, and the cell without the fault.
fn fault(
    cell: &str,
    found: Result<Reference<'_>, Malformed>,
    names: &Names,
    most: usize,
) -> Option<(Finding, (String, String, String))> {
    let clear = || {
        (
            "Очистить ячейку".to_owned(),
            "Clear the cell".to_owned(),
            String::new(),
        )
    };
    let Ok(reference) = found else {
        return Some((Finding::MalformedReference, clear()));
    };
    let name = reference.name.to_owned();
    match names.get(reference.name) {
        Some(1) => None,
        Some(_) => Some((Finding::AmbiguousReference { name }, clear())),
        None => {
            let mend =
                nearest(reference.name, names.keys().map(String::as_str).take(most)).map(|near| {
                    let mut value = cell.to_owned();
                    let at = reference.end - 1 - reference.name.len();
                    value.replace_range(at..reference.end - 1, near);
                    (
                        format!("Заменить на ${{{near}}}"),
                        format!("Change it to ${{{near}}}"),
                        value,
                    )
                });
            Some((
                Finding::UnknownReference { name },
                mend.unwrap_or_else(clear),
            ))
        }
    }
}

fn check_companions(context: &mut Context<'_>, form: &mut Form) {
    let mut known: HashSet<String> = HashSet::new();
    for walked in form.walk() {
        known.insert(walked.node.name().to_owned());
    }
    for walked in form.walk() {
        if let Node::Question(question) = walked.node
            && let Some(companion) = &question.companion
            && !known.contains(&companion.of)
        {
            let finding = Finding::UnknownCompanion {
                name: companion.of.clone(),
            };
            context.report.warn_at("survey", 1, "companion", finding);
        }
    }
}

fn check_element(
    context: &mut Context<'_>,
    tree: &Tree<'_>,
    element: &Element<'_>,
    survey: Option<&Survey<'_>>,
) {
    let name = element.name.as_ref();
    let mut seen = HashSet::new();
    for child in &element.children {
        let child = &tree.elements[*child];
        if child.kind != Kind::Attribute && !seen.insert(child.name.as_ref()) {
            let name = child.name.to_string();
            let parent = survey.and_then(|survey| {
                let free = (2..)
                    .map(|number| format!("{name}_{number}"))
                    .find(|name| !tree.names.contains_key(name));
                let fixed = free.unwrap_or_default();
                let label = (
                    format!("Переименовать в «{fixed}»"),
                    format!("Rename it to `{fixed}`"),
                );
                survey.set(&name, "name", &fixed, label.0, label.1)
            });
            context.report.error_at(
                survey_place(survey, &name, "name"),
                Finding::DuplicateName { name: name.clone() },
                parent,
            );
        }
    }
    if element.question.is_none() {
        return;
    }
    if !element.is_silent() && !element.tag.is_empty() {
        let wordless =
            element.label.is_empty() && element.media.is_empty() && element.hint.is_empty();
        if wordless {
            let label = (format!("Подписать «{name}»"), format!("Label it `{name}`"));
            let mend = survey.and_then(|survey| survey.set(name, "label", name, label.0, label.1));
            let finding = Finding::NoLabel {
                name: name.to_owned(),
            };
            context
                .report
                .error_at(survey_place(survey, name, "label"), finding, mend);
        }
        if !element.media.big_image.is_empty() && element.media.image.is_empty() {
            let mend = element.media.big_image.first().and_then(|image| {
                let label = (
                    format!("Взять «{image}» и для image"),
                    format!("Use `{image}` as image, too"),
                );
                survey?.set(name, "image", image, label.0, label.1)
            });
            let finding = Finding::NoImage {
                name: name.to_owned(),
            };
            context
                .report
                .error_at(survey_place(survey, name, "big-image"), finding, mend);
        }
        if is_search(element)
            && element
                .itemset
                .as_deref()
                .is_some_and(|list| file_extension(list).is_some())
        {
            let mend = survey.and_then(|survey| {
                survey.set(
                    name,
                    "appearance",
                    "minimal",
                    "Убрать search()".into(),
                    "Remove search()".into(),
                )
            });
            let finding = Finding::SearchWithFile {
                name: name.to_owned(),
            };
            context
                .report
                .error_at(survey_place(survey, name, "appearance"), finding, mend);
        }
    }
}

/// A question nobody sees cannot change in the hands of a person.
fn check_triggers(context: &mut Context<'_>, tree: &Tree<'_>, survey: Option<&Survey<'_>>) {
    for target in &tree.elements {
        for reference in target.trigger().into_iter().flat_map(references).flatten() {
            let source = tree
                .names
                .get(reference.name)
                .copied()
                .flatten()
                .map(|at| &tree.elements[at]);
            if !source.is_some_and(|source| source.question.is_some() && source.is_silent()) {
                continue;
            }
            let mend = survey.and_then(|survey| {
                survey.set(
                    &target.name,
                    "trigger",
                    "",
                    "Убрать trigger".into(),
                    "Remove the trigger".into(),
                )
            });
            let name = reference.name.to_owned();
            let finding = Finding::HiddenTrigger {
                name,
                target: target.name.to_string(),
            };
            context
                .report
                .error_at(survey_place(survey, &target.name, "trigger"), finding, mend);
        }
    }
}

/// References that are written well and still mean nothing, or several things: to attached data, to repeated loops.
fn check_resolution(
    context: &mut Context<'_>,
    tree: &Tree<'_>,
    names: &Names,
    survey: Option<&Survey<'_>>,
) {
    for element in &tree.elements {
        let binds = element
            .bind
            .iter()
            .flatten()
            .map(|(key, text)| (key.as_ref(), text.as_ref()));
        let controls = element
            .control
            .iter()
            .map(|(key, text)| (key.as_ref(), text.as_ref()));
        let default = element
            .value
            .as_deref()
            .filter(|_| element.dynamic)
            .map(|text| ("default", text));
        let filter = element
            .question
            .and_then(|question| question.choice_filter.as_deref());
        let labels = element
            .label
            .iter()
            .chain(element.hint.iter())
            .map(|(_, text)| ("label", text));
        let texts = binds
            .chain(controls)
            .chain(default)
            .chain(filter.map(|text| ("choice_filter", text)));
        for (column, text) in texts.chain(labels) {
            for reference in references(text).flatten() {
                let name = reference.name.to_owned();
                let finding = match tree.names.get(reference.name) {
                    Some(Some(_)) => continue,
                    // Reported with its cell already.
                    None if names.get(reference.name) != Some(&1) => continue,
                    None => Finding::UnknownReference { name },
                    Some(None) if names.get(reference.name).is_some_and(|count| *count > 1) => {
                        continue;
                    }
                    Some(None) => Finding::AmbiguousReference { name },
                };
                let mend = survey.and_then(|survey| {
                    survey.set(
                        &element.name,
                        column,
                        "",
                        "Очистить ячейку".into(),
                        "Clear the cell".into(),
                    )
                });
                context
                    .report
                    .error_at(survey_place(survey, &element.name, column), finding, mend);
            }
        }
    }
}

/// A list is looked up with `search()` by all its selects or by none.
fn check_searches(context: &mut Context<'_>, tree: &Tree<'_>, survey: Option<&Survey<'_>>) {
    let selects = || {
        tree.elements.iter().filter(|element| {
            element
                .question
                .is_some_and(|question| question.kind.is_select())
        })
    };
    let plain: HashSet<&str> = selects()
        .filter(|element| !is_search(element))
        .filter_map(|element| element.itemset.as_deref())
        .collect();
    for element in selects().filter(|element| is_search(element)) {
        let list = element.itemset.as_deref().unwrap_or_default();
        if plain.contains(list) {
            let name = element.name.to_string();
            let mend = survey.and_then(|survey| {
                survey.set(
                    &name,
                    "appearance",
                    "minimal",
                    "Убрать search()".into(),
                    "Remove search()".into(),
                )
            });
            let place = survey_place(survey, &name, "appearance");
            context.report.error_at(
                place,
                Finding::SearchSharesList {
                    name,
                    list: list.to_owned(),
                },
                mend,
            );
        }
    }
}

fn check_entities(context: &mut Context<'_>, tree: &Tree<'_>, survey: Option<&Survey<'_>>) {
    for error in &tree.entity_errors {
        let list = tree.form.entities[error.entity].list_name.clone();
        let (problem_ru, problem_en) = match &error.kind {
            AllocationFault::Scope { name } => (
                format!(
                    "Вопрос «{name}» и другие вопросы сущности «{list}» стоят в разных повторах."
                ),
                format!(
                    "The question `{name}` and others of the entity `{list}` are in different repeats."
                ),
            ),
            AllocationFault::NoContainer { other } => {
                let other = &tree.form.entities[*other].list_name;
                (
                    format!(
                        "Для сущности «{list}» нет свободной группы: её место занимает «{other}»."
                    ),
                    format!(
                        "There is no free container for the entity `{list}`: `{other}` takes its place."
                    ),
                )
            }
        };
        let finding = Finding::Entity {
            problem_ru,
            problem_en,
        };
        match &error.question {
            Some(name) => {
                let mend = survey.and_then(|survey| {
                    survey.set(
                        name,
                        "entities:saveto",
                        "",
                        "Убрать save_to".into(),
                        "Remove save_to".into(),
                    )
                });
                context
                    .report
                    .error_at(survey_place(survey, name, "save_to"), finding, mend);
            }
            None => {
                let at = context.workbook.sheet("entities").and_then(|sheet| {
                    let row = sheet
                        .rows
                        .iter()
                        .position(|row| row.iter().any(|cell| cell.trim() == list))?;
                    Some((sheet.name.clone(), row as u32))
                });
                let mend = at.clone().map(|(sheet, row)| {
                    let edit = Edit::ClearRow { sheet, row };
                    repair(
                        "Убрать объявление сущности",
                        "Remove the entity declaration",
                        edit,
                    )
                });
                let place = at.map_or_else(
                    || Place::sheet("entities"),
                    |(sheet, row)| Place::row(&sheet, row + 1),
                );
                context.report.error_at(place, finding, mend);
            }
        }
    }
}
