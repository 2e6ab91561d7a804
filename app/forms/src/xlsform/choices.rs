//! Lists: the sheets `choices`, `external_choices` and `osm`.

use super::context::{Context, rows};
use super::header::{self, Column};
use super::problems::{Finding, repair};
use super::row::{clean, media};
use super::sheet::Sheet;
use super::words::yes;
use crate::form::{Choice, Edit, ExternalChoice, Form, OsmTag, Text};
use std::collections::HashSet;

/// Rows of a list sheet that are read; more is no form but a register, which belongs in an attached file.
const MAX_ROWS: usize = 200_000;

pub(super) fn read(context: &mut Context<'_>, form: &mut Form) {
    if let Some(sheet) = context.workbook.sheet("choices") {
        read_choices(context, form, sheet);
    }
    if let Some(sheet) = context.workbook.sheet("external_choices") {
        let columns = header::columns(sheet, &header::EXTERNAL_CHOICES, &mut context.report);
        for at in rows(context, sheet, MAX_ROWS) {
            let cells = columns.iter().filter_map(|column| {
                let value = clean(sheet.cell(at, column.index), false);
                let name = if column.word() == "list name" {
                    "list_name"
                } else {
                    column.header.as_str()
                };
                (!value.is_empty()).then(|| (name.to_owned(), value.into_owned()))
            });
            let columns: Vec<(String, String)> = cells.collect();
            if !columns.is_empty() {
                form.external_choices.push(ExternalChoice { columns });
            }
        }
    }
    if let Some(sheet) = context.workbook.sheet("osm") {
        let columns = header::columns(sheet, &header::OSM, &mut context.report);
        for at in rows(context, sheet, MAX_ROWS) {
            let mut tag = OsmTag::default();
            for column in &columns {
                let value = clean(sheet.cell(at, column.index), false);
                match column.word() {
                    _ if value.is_empty() => {}
                    "list name" => tag.list = value.into_owned(),
                    "name" => tag.name = value.into_owned(),
                    "label" => tag.label.set(
                        column.tokens.get(1).map_or(Text::DEFAULT, String::as_str),
                        value,
                    ),
                    _ => {}
                }
            }
            if tag != OsmTag::default() {
                form.osm_tags.push(tag);
            }
        }
    }
}

fn read_choices(context: &mut Context<'_>, form: &Form, sheet: &Sheet) {
    let columns = usable_columns(context, sheet);
    for column in &columns {
        let language = match column.word() {
            "label" => column.tokens.get(1),
            "media" => column.tokens.get(2),
            _ => None,
        };
        if let Some(language) = language {
            context.mention(language);
        }
    }
    let mut seen: HashSet<(String, String)> = HashSet::new();
    for at in rows(context, sheet, MAX_ROWS) {
        let row = at as u32 + 1;
        let Some((list, choice)) = read_choice(context, sheet, &columns, at) else {
            continue;
        };
        if choice.name.is_empty() {
            let mend = clear_row(
                sheet,
                at,
                "Убрать вариант без имени",
                "Remove the choice without a name",
            );
            context
                .report
                .error(&sheet.name, row, "name", Finding::NoChoiceName, Some(mend));
            continue;
        }
        if choice.label.is_empty() && choice.media.is_empty() {
            context
                .report
                .warn_at(&sheet.name, row, "label", Finding::NoChoiceLabel);
        }
        if !form.settings.allow_choice_duplicates
            && !seen.insert((list.clone(), choice.name.clone()))
        {
            let finding = Finding::DuplicateChoice {
                name: choice.name.clone(),
                list: list.clone(),
            };
            let same = !context.report.is_full()
                && context
                    .lists
                    .get(&list)
                    .is_some_and(|list| list.choices.contains(&choice));
            let mend = if same {
                clear_row(
                    sheet,
                    at,
                    "Убрать повторную строку",
                    "Remove the repeated row",
                )
            } else {
                repair(
                    "Разрешить повторы имён вариантов в настройках",
                    "Allow repeated choice names in the settings",
                    Edit::SetColumn {
                        sheet: settings_sheet(context),
                        row: 1,
                        header: "allow_choice_duplicates".to_owned(),
                        value: "yes".to_owned(),
                    },
                )
            };
            context
                .report
                .error(&sheet.name, row, "name", finding, Some(mend));
            if same {
                continue;
            }
        }
        context.lists.list(&list).choices.push(choice);
    }
}

fn settings_sheet(context: &Context<'_>) -> String {
    context
        .workbook
        .sheet("settings")
        .map_or_else(|| "settings".to_owned(), |sheet| sheet.name.clone())
}

fn clear_row(sheet: &Sheet, at: usize, ru: &str, en: &str) -> crate::form::Repair {
    repair(
        ru,
        en,
        Edit::ClearRow {
            sheet: sheet.name.clone(),
            row: at as u32,
        },
    )
}

/// Columns of the choices sheet without those whose header cannot be an element name.
fn usable_columns(context: &mut Context<'_>, sheet: &Sheet) -> Vec<Column> {
    let columns = header::columns(sheet, &header::CHOICES, &mut context.report);
    let (usable, unusable): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .partition(|column| column.word() == "list name" || !column.word().contains(' '));
    for column in unusable {
        let finding = Finding::BadChoiceHeader {
            header: column.header.clone(),
        };
        context
            .report
            .warn_at(&sheet.name, 1, &column.header, finding);
    }
    usable
}

/// A row as list name and choice; `None` for a row of no list.
fn read_choice(
    context: &Context<'_>,
    sheet: &Sheet,
    columns: &[Column],
    at: usize,
) -> Option<(String, Choice)> {
    let mut list = String::new();
    let mut choice = Choice::default();
    for column in columns {
        let cell = sheet.cell(at, column.index);
        if cell.is_empty() {
            continue;
        }
        let value = clean(cell, false);
        if value.is_empty() {
            continue;
        }
        let language = |at: usize| column.tokens.get(at).map_or(Text::DEFAULT, String::as_str);
        match column.word() {
            "list name" => list = value.into_owned(),
            "name" => choice.name = value.into_owned(),
            "label" => choice.label.set(language(1), value),
            "media" => {
                if let Some(text) = column
                    .tokens
                    .get(1)
                    .and_then(|kind| media(&mut choice.media, kind))
                {
                    text.set(language(2), value);
                }
            }
            "score" if canonical_number(&value).is_some() => {
                choice.score = canonical_number(&value)
            }
            "not_applicable" if yes(&value) == Some(true) => choice.not_applicable = true,
            "level" => choice.level.set(language(1), value),
            word if word
                .strip_prefix("level.")
                .is_some_and(|code| level_language(context, code).is_some()) =>
            {
                let language = word
                    .strip_prefix("level.")
                    .and_then(|code| level_language(context, code));
                choice.level.set(language.unwrap_or(Text::DEFAULT), value);
            }
            _ => choice
                .columns
                .push((column.header.clone(), value.into_owned())),
        }
    }
    for text in [
        &mut choice.label,
        &mut choice.media.image,
        &mut choice.media.big_image,
        &mut choice.media.audio,
        &mut choice.media.video,
    ] {
        context.settle(text);
    }
    (!list.is_empty()).then_some((list, choice))
}

/// The language that `level.ru` or `level.2` names: other tools accept no blanks and brackets in such headers.
fn level_language<'c>(context: &'c Context<'_>, code: &str) -> Option<&'c str> {
    let languages = &context.languages;
    let by_code = languages
        .iter()
        .find(|language| language.code.as_deref() == Some(code));
    let by_number = || languages.get(code.parse::<usize>().ok()?.checked_sub(1)?);
    by_code
        .or_else(by_number)
        .map(|language| language.name.as_str())
}

/// The number of a cell that is written as we would write it, so that export gives the same cell.
pub(super) fn canonical_number(cell: &str) -> Option<f64> {
    cell.parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && number.to_string() == cell)
}
