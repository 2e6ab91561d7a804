//! The entities sheet and the `save_to` column.

use super::context::{Context, rows};
use super::header::{ENTITIES, columns};
use super::problems::{Finding, repair};
use super::reference::is_xml_name;
use super::row::clean;
use crate::form::{Edit, Entity, Form, Repair};
use std::collections::HashMap;

/// Declarations that are read; the specification foresees a handful.
const MAX_ROWS: usize = 1_000;

const NAME_RU: &str = "имя начинается с буквы или «_» и состоит из букв, цифр, «_», «-» и точек";
const NAME_EN: &str =
    "names begin with a letter or `_` and hold letters, digits, `_`, `-` and periods";

pub(super) fn read(context: &mut Context<'_>, form: &mut Form) {
    let Some(sheet) = context.workbook.sheet("entities") else {
        return;
    };
    let columns = columns(sheet, &ENTITIES, &mut context.report);
    for at in rows(context, sheet, MAX_ROWS) {
        let mut entity = Entity::default();
        let mut unknown = Vec::new();
        for column in &columns {
            let value = clean(sheet.cell(at, column.index), false);
            if value.is_empty() {
                continue;
            }
            let value = value.into_owned();
            match column.word() {
                "dataset" => entity.list_name = value,
                "entity_id" => entity.entity_id = Some(value),
                "create_if" => entity.create_if = Some(value),
                "update_if" => entity.update_if = Some(value),
                "label" => entity.label = Some(value),
                "repeat" => {}
                _ => unknown.push(column),
            }
        }
        let row = at as u32 + 1;
        if !unknown.is_empty() {
            let names: Vec<&str> = unknown
                .iter()
                .map(|column| column.header.as_str())
                .collect();
            let edits = unknown
                .iter()
                .map(|column| Edit::ClearColumn {
                    sheet: sheet.name.clone(),
                    column: column.index as u32,
                })
                .collect();
            let mend = Repair {
                label: crate::form::Message::new("Убрать столбцы", "Remove the columns"),
                edits,
            };
            let finding = Finding::UnknownEntityColumns {
                columns: names.join(", "),
            };
            context
                .report
                .error(&sheet.name, 1, "", finding, Some(mend));
        }
        let duplicate = form
            .entities
            .iter()
            .any(|other| other.list_name == entity.list_name);
        match declaration_fault(&entity, duplicate) {
            Some((column, problem_ru, problem_en)) => {
                let mend = repair(
                    "Убрать объявление сущности",
                    "Remove the entity declaration",
                    Edit::ClearRow {
                        sheet: sheet.name.clone(),
                        row: at as u32,
                    },
                );
                let finding = Finding::Entity {
                    problem_ru: problem_ru.to_owned(),
                    problem_en: problem_en.to_owned(),
                };
                context
                    .report
                    .error(&sheet.name, row, column, finding, Some(mend));
            }
            None => {
                context.entity_lists.push(entity.list_name.clone());
                form.entities.push(entity);
            }
        }
    }
}

/// What is wrong with a declaration: column and sentence.
fn declaration_fault(
    entity: &Entity,
    duplicate: bool,
) -> Option<(&'static str, &'static str, &'static str)> {
    let name = entity.list_name.as_str();
    Some(if name.is_empty() {
        (
            "list_name",
            "У списка сущностей нет имени.",
            "The entity list has no name.",
        )
    } else if name.starts_with("__") {
        (
            "list_name",
            "Имя списка не может начинаться с «__».",
            "The list name must not begin with two underscores.",
        )
    } else if name.contains('.') {
        (
            "list_name",
            "В имени списка не может быть точки.",
            "The list name must not contain a period.",
        )
    } else if !is_xml_name(name) {
        (
            "list_name",
            "Имя списка не годится как имя элемента.",
            "The list name cannot be an element name.",
        )
    } else if entity.entity_id.is_none() && entity.update_if.is_some() {
        (
            "entity_id",
            "Для обновления (update_if) нужен столбец entity_id.",
            "Updating (update_if) needs an entity_id.",
        )
    } else if entity.entity_id.is_some() && entity.create_if.is_some() && entity.update_if.is_none()
    {
        (
            "update_if",
            "Вместе с entity_id и create_if нужен update_if.",
            "With entity_id and create_if an update_if is needed.",
        )
    } else if entity.entity_id.is_none() && entity.label.is_none() {
        (
            "label",
            "Для создания сущности нужна подпись (label).",
            "Creating entities needs a label.",
        )
    } else if duplicate {
        (
            "list_name",
            "Список сущностей с этим именем уже объявлен.",
            "An entity list of that name is already declared.",
        )
    } else {
        return None;
    })
}

/// Properties that are already saved, by entity list.
#[derive(Clone, Debug, Default)]
pub(super) struct SaveTo {
    seen: HashMap<(String, String), u32>,
}

impl SaveTo {
    /// Checks a `save_to` cell.
    ///
    /// # Errors
    /// With the sentence to say, in both languages.
    pub fn check(
        &mut self,
        cell: &str,
        container: bool,
        row: u32,
        entities: &[String],
    ) -> Result<(), (String, String)> {
        let fault = |ru: &str, en: &str| Err((ru.to_owned(), en.to_owned()));
        if entities.is_empty() {
            return fault(
                "Для save_to нужен лист «entities» с объявлением сущности.",
                "save_to needs a sheet `entities` with an entity declaration.",
            );
        }
        let (list, property) = match cell.split_once('#') {
            Some((_, property)) if property.contains('#') => {
                return fault(
                    "В save_to допустим только один знак «#».",
                    "save_to may contain only one `#`.",
                );
            }
            Some((list, property)) => (list, property),
            None if entities.len() > 1 => {
                return fault(
                    "Сущностей несколько, поэтому save_to пишется «список#свойство».",
                    "There are several entities, so save_to is written `list#property`.",
                );
            }
            None => (entities[0].as_str(), cell),
        };
        if !entities.iter().any(|other| other == list) {
            return Err((
                format!("Списка сущностей «{list}» нет на листе «entities»."),
                format!("The entity list `{list}` is not on the sheet `entities`."),
            ));
        }
        if container && !property.is_empty() {
            return fault(
                "Группы и повторы нельзя сохранять в свойство сущности.",
                "Groups and repeats cannot be saved as entity properties.",
            );
        }
        if matches!(property.to_lowercase().as_str(), "name" | "label") {
            return fault(
                "Свойство не может называться name или label.",
                "A property must not be named name or label.",
            );
        }
        if property.starts_with("__") {
            return fault(
                "Имя свойства не может начинаться с «__».",
                "A property must not begin with two underscores.",
            );
        }
        if !is_xml_name(property) {
            return Err((
                format!("Имя свойства «{property}» не годится: {NAME_RU}."),
                format!("The property `{property}` cannot be used: {NAME_EN}."),
            ));
        }
        if let Some(other) = self.seen.get(&(list.to_owned(), property.to_owned())) {
            return Err((
                format!("Свойство «{property}» уже сохраняет строка {other}."),
                format!("The property `{property}` is already saved by row {other}."),
            ));
        }
        self.seen
            .insert((list.to_owned(), property.to_owned()), row);
        Ok(())
    }
}
