//! Subjects: code, names in both languages, short name for a narrow column, and how files spell them.

use api::text::Text;

/// A subject the platform knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Code in URLs and files.
    pub code: &'static str,
    /// Russian and English name.
    pub name: [&'static str; 2],
    /// Russian and English name for a narrow column.
    pub short: [&'static str; 2],
    /// Other spellings in files, in lower case.
    aliases: &'static [&'static str],
}

macro_rules! subject {
    ($code:literal, $ru:literal, $en:literal, $short_ru:literal, $short_en:literal, [$($alias:literal),*]) => {
        Subject {
            code: $code,
            name: [$ru, $en],
            short: [$short_ru, $short_en],
            aliases: &[$($alias),*],
        }
    };
}

/// All known subjects, in the order in which columns of the heat map stand.
pub const SUBJECTS: &[Subject] = &[
    subject!(
        "russian",
        "Русский язык",
        "Russian",
        "Рус",
        "Rus",
        ["русский"]
    ),
    subject!(
        "math",
        "Математика",
        "Mathematics",
        "Мат",
        "Math",
        [
            "mathematics",
            "maths",
            "математика (базовый)",
            "математика (углублённый)",
            "математика (базовый уровень)"
        ]
    ),
    subject!(
        "reading",
        "Литературное чтение",
        "Reading",
        "Чтен",
        "Read",
        ["чтение"]
    ),
    subject!("literature", "Литература", "Literature", "Лит", "Lit", []),
    subject!(
        "world",
        "Окружающий мир",
        "World around us",
        "Окр",
        "World",
        []
    ),
    subject!(
        "english",
        "Английский язык",
        "English",
        "Англ",
        "Eng",
        ["английский", "иностранный язык (английский)"]
    ),
    subject!(
        "foreign_language",
        "Иностранный язык",
        "Foreign language",
        "Ин",
        "Lang",
        []
    ),
    subject!(
        "german",
        "Немецкий язык",
        "German",
        "Нем",
        "Ger",
        ["немецкий", "иностранный язык (немецкий)"]
    ),
    subject!(
        "french",
        "Французский язык",
        "French",
        "Фр",
        "Fr",
        ["французский", "иностранный язык (французский)"]
    ),
    subject!("history", "История", "History", "Ист", "Hist", []),
    subject!(
        "social_studies",
        "Обществознание",
        "Social studies",
        "Общ",
        "Soc",
        ["social studies"]
    ),
    subject!("geography", "География", "Geography", "Гео", "Geo", []),
    subject!("biology", "Биология", "Biology", "Био", "Bio", []),
    subject!(
        "physics",
        "Физика",
        "Physics",
        "Физ",
        "Phys",
        ["физика (базовый)", "физика (углублённый)"]
    ),
    subject!("chemistry", "Химия", "Chemistry", "Хим", "Chem", []),
    subject!(
        "informatics",
        "Информатика",
        "Informatics",
        "Инф",
        "Inf",
        ["информатика и икт"]
    ),
];

/// The subject a file means by this name or code, if it is known.
pub fn find(name: &str) -> Option<&'static Subject> {
    let name = name.trim().to_lowercase();
    SUBJECTS.iter().find(|subject| {
        subject.code == name
            || subject
                .name
                .iter()
                .any(|known| known.to_lowercase() == name)
            || subject.aliases.contains(&name.as_str())
    })
}

/// The subject whose name begins this text: «Математика 5 класс».
pub fn find_prefix(text: &str) -> Option<&'static Subject> {
    let text = text.trim().to_lowercase();
    SUBJECTS
        .iter()
        .flat_map(|subject| {
            std::iter::once(subject.name[0].to_lowercase())
                .chain(subject.aliases.iter().map(|alias| (*alias).to_owned()))
                .map(move |name| (name, subject))
        })
        .filter(|(name, _)| text.starts_with(name.as_str()))
        .max_by_key(|(name, _)| name.len())
        .map(|(_, subject)| subject)
}

/// Code of a subject as it is stored: the known code, or the file's own spelling made fit for a URL.
pub fn code(name: &str) -> String {
    if let Some(subject) = find(name) {
        return subject.code.to_owned();
    }
    let code: String = name
        .trim()
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .take(40)
        .collect();
    code.trim_matches('_').to_owned()
}

/// Code of what is held in no subject: a survey, a study across subjects.
pub const GENERAL: &str = "general";

/// Name of a subject by its code; an unknown one is shown by its code.
pub fn name(code: &str) -> Text {
    if code == GENERAL {
        return Text::new("Без предмета", "No subject");
    }
    find(code).map_or_else(
        || Text::new(code, code),
        |subject| Text::new(subject.name[0], subject.name[1]),
    )
}

/// Short name of a subject by its code, at most five letters.
pub fn short(code: &str) -> Text {
    find(code).map_or_else(
        || {
            let short: String = code.chars().take(5).collect();
            Text::new(short.clone(), short)
        },
        |subject| Text::new(subject.short[0], subject.short[1]),
    )
}

/// A work in words: subject, grade and year.
pub fn work(code: &str, grade: u8, year: i32) -> Text {
    let name = name(code);
    Text::new(
        format!("{}, {grade} класс, {year}", name.ru),
        format!("{}, grade {grade}, {year}", name.en),
    )
}

/// Place of a subject among the columns of the heat map; unknown ones come last.
pub fn order(code: &str) -> usize {
    SUBJECTS
        .iter()
        .position(|subject| subject.code == code)
        .unwrap_or(SUBJECTS.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_files_lead_to_one_code() {
        assert_eq!(code("Mathematics"), "math");
        assert_eq!(code(" Русский язык "), "russian");
        assert_eq!(code("Родная литература"), "родная_литература");
    }

    #[test]
    fn the_longest_name_wins_in_a_title() {
        assert_eq!(
            find_prefix("Литературное чтение 4 класс").map(|subject| subject.code),
            Some("reading")
        );
        assert_eq!(find_prefix("Вокал 4 класс"), None);
    }
}
