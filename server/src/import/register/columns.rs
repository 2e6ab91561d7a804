//! Which column is what: fields told by their headings, and what stands in the way.

use api::registry::table_import::{TableColumn, TableField, TableProblem};
use api::text::Text;

/// Something a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Key.
    pub key: &'static str,
    /// Name in Russian: the heading of the template.
    pub ru: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// Can nothing be brought without it?
    pub is_needed: bool,
    /// Beginnings of headings, in small letters without «ё».
    pub words: &'static [&'static str],
}

impl Field {
    /// Name in both languages.
    pub fn name(&self) -> Text {
        Text::new(self.ru, self.en)
    }

    /// As it travels.
    pub fn described(&self) -> TableField {
        TableField {
            key: self.key.to_owned(),
            name: self.name(),
            is_needed: self.is_needed,
        }
    }
}

/// The field that a heading names; the longest word that fits wins.
pub fn fitting<'fields>(header: &str, fields: &'fields [Field]) -> Option<&'fields Field> {
    let header = plain(header);
    if header.is_empty() {
        return None;
    }
    fields
        .iter()
        .flat_map(|field| {
            let own = [plain(field.ru), plain(field.en)];
            let named = own.into_iter().filter(|name| *name == header);
            let words = field.words.iter().map(|word| (*word).to_owned());
            let begun = words.filter(|word| header.starts_with(word.as_str()));
            named
                .chain(begun)
                .map(move |word| (word.chars().count(), field))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, field)| field)
}

/// A heading without what people write differently: case, «ё», punctuation, line breaks.
pub fn plain(text: &str) -> String {
    let letters: String = text
        .to_lowercase()
        .replace('ё', "е")
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the columns are taken for by their headings; of two that fit one field only the first is taken. `before` are
/// headings of earlier files with what somebody took them for.
pub fn guessed(
    headers: &[String],
    fields: &[Field],
    before: &[TableColumn],
) -> Vec<Option<&'static str>> {
    let mut taken: Vec<&'static str> = Vec::new();
    headers
        .iter()
        .map(|header| {
            let known = before
                .iter()
                .find(|column| !header.is_empty() && plain(&column.header) == plain(header));
            let key = match known {
                Some(column) => key_of(column.field.as_deref()?, fields)?,
                None => {
                    fields
                        .iter()
                        .find(|field| Some(field.key) == fitting(header, fields).map(|it| it.key))?
                        .key
                }
            };
            if taken.contains(&key) {
                return None;
            }
            taken.push(key);
            Some(key)
        })
        .collect()
}

/// A key as the field spells it.
pub fn key_of(key: &str, fields: &[Field]) -> Option<&'static str> {
    fields
        .iter()
        .map(|field| field.key)
        .find(|known| *known == key)
}

/// What stands in the way of bringing anything: a needed field without a column, two columns for one field.
pub fn problems(
    headers: &[String],
    chosen: &[Option<&'static str>],
    fields: &[Field],
) -> Vec<TableProblem> {
    let mut found = Vec::new();
    for field in fields {
        let columns: Vec<&str> = headers
            .iter()
            .zip(chosen)
            .filter(|(_, chosen)| **chosen == Some(field.key))
            .map(|(header, _)| header.as_str())
            .collect();
        match columns.as_slice() {
            [] if field.is_needed => found.push(missing(field)),
            [first, second, ..] => found.push(twice(field, first, second)),
            _ => {}
        }
    }
    found
}

fn missing(field: &Field) -> TableProblem {
    TableProblem {
        row: None,
        field: Some(field.name()),
        code: "table.column_missing".into(),
        text: Text::new(
            format!(
                "Нет колонки «{}», без неё строки не принять. Выберите её среди колонок файла или допишите в таблицу.",
                field.ru
            ),
            format!(
                "There is no column “{}”, and no row can be taken without it. Choose it among the columns of the file or add it to the table.",
                field.en
            ),
        ),
    }
}

fn twice(field: &Field, first: &str, second: &str) -> TableProblem {
    TableProblem {
        row: None,
        field: Some(field.name()),
        code: "table.column_twice".into(),
        text: Text::new(
            format!(
                "Для «{}» выбраны две колонки: «{first}» и «{second}». Оставьте одну, другую отметьте «Не брать».",
                field.ru
            ),
            format!(
                "Two columns are chosen for “{}”: “{first}” and “{second}”. Keep one and leave the other out.",
                field.en
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::organisation::FIELDS;
    use super::*;

    fn keys(headers: &[&str]) -> Vec<Option<&'static str>> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        guessed(&headers, &FIELDS, &[])
    }

    #[test]
    fn columns_of_offices_are_told_by_their_headings() {
        assert_eq!(
            keys(&[
                "№ п/п",
                "Логин ОО",
                "Наименование кратко",
                "Полное\nнаименование",
                "Тип",
                "Нас. пункт",
                "Контингент",
                "МКШ",
                "Примечание",
            ]),
            [
                None,
                Some("code"),
                Some("short_name"),
                Some("name"),
                Some("kind"),
                Some("settlement"),
                Some("pupils"),
                Some("small_school"),
                None,
            ]
        );
    }

    #[test]
    fn every_heading_of_the_template_is_its_field() {
        for field in FIELDS {
            assert_eq!(keys(&[field.ru]), [Some(field.key)], "{}", field.ru);
            assert_eq!(keys(&[field.en]), [Some(field.key)], "{}", field.en);
        }
    }

    #[test]
    fn second_column_for_one_field_is_left_out_and_two_chosen_are_named() {
        assert_eq!(keys(&["Код", "Логин ОО"]), [Some("code"), None]);
        let headers = ["Код".to_owned(), "Логин ОО".to_owned()];
        let found = problems(&headers, &[Some("code"), Some("code")], &FIELDS);
        let codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["table.column_twice", "table.column_missing"]);
        assert!(found[0].text.ru.contains("«Код» и «Логин ОО»"));
    }

    #[test]
    fn what_somebody_chose_before_is_chosen_again() {
        let before = [TableColumn {
            header: "Примечание".into(),
            field: Some("settlement".into()),
        }];
        let headers = ["ПРИМЕЧАНИЕ".to_owned()];
        assert_eq!(guessed(&headers, &FIELDS, &before), [Some("settlement")]);
    }
}
