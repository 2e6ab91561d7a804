//! The settings sheet.

use super::context::Context;
use super::header::{SETTINGS, columns};
use super::problems::{Finding, repair};
use super::reference::is_xml_name;
use super::row::clean;
use super::words::yes;
use crate::form::{Edit, Form, Place, Text};

/// Reads the settings; says whether the form has a title of its own.
pub(super) fn read(context: &mut Context<'_>, form: &mut Form) -> bool {
    let given = form.root.clone();
    if !is_xml_name(&given) {
        context
            .report
            .error_at(Place::default(), Finding::BadRootName { name: given }, None);
        form.root = "data".to_owned();
    }
    let Some(sheet) = context.workbook.sheet("settings") else {
        return false;
    };
    if sheet.rows.len() < 2 {
        return false;
    }
    let columns = columns(sheet, &SETTINGS, &mut context.report);
    // `form_id` beside `id_string` wins, as in the reference.
    let form_id = columns.iter().any(|column| column.header == "form_id");
    for column in &columns {
        let value = clean(sheet.cell(1, column.index), false);
        if value.is_empty() || (form_id && column.header == "id_string") {
            continue;
        }
        let settings = &mut form.settings;
        let value = value.into_owned();
        match column.word() {
            "id_string" => form.id = value,
            "title" => form.title = Text::plain(value),
            "version" => form.version = value,
            "default_language" => context.default_language = Some(value),
            "instance_name" => settings.instance_name = Some(value),
            "style" => settings.style = Some(value),
            "submission_url" => settings.submission_url = Some(value),
            "public_key" => settings.public_key = Some(value),
            "auto_send" => settings.auto_send = Some(value),
            "auto_delete" => settings.auto_delete = Some(value),
            "allow_choice_duplicates" => {
                settings.allow_choice_duplicates = yes(&value) == Some(true)
            }
            "name" if is_xml_name(&value) => form.root = value,
            "name" => {
                let mend = repair(
                    "Убрать имя: форма будет называться data",
                    "Remove the name: the form will be named data",
                    Edit::SetCell {
                        sheet: sheet.name.clone(),
                        row: 1,
                        column: column.index as u32,
                        value: String::new(),
                    },
                );
                context.report.error(
                    &sheet.name,
                    2,
                    &column.header,
                    Finding::BadRootName { name: value },
                    Some(mend),
                );
            }
            "clean_text_values" => {
                context.clean_text = yes(&value).unwrap_or(true);
                settings.other.push(("clean_text_values".to_owned(), value));
            }
            // A header of colons alone names no setting.
            _ if column.header.chars().all(|letter| letter == ':') => {}
            word if SETTINGS.known.contains(&word) => {
                settings.other.push((column.tokens.join("::"), value));
            }
            // Spelled as it is: whether a single colon divides depends on the other headers, which may be gone.
            _ => settings.other.push((column.header.clone(), value)),
        }
    }
    let omits = form
        .settings
        .other("omit_instanceID")
        .is_some_and(|value| yes(value) == Some(true));
    if omits && form.settings.public_key.is_some() {
        context.report.error(
            &sheet.name,
            2,
            "omit_instanceID",
            Finding::EncryptionNeedsInstanceId,
            None,
        );
    }
    !form.title.is_empty()
}
