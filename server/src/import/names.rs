//! Columns that look like pupils' names or other personal data: the product never stores them.
//!
//! A header decides first; a column whose header says nothing is judged by its cells, because a name column
//! may be called «Участник» or may have no header at all.

/// What a column holds as far as privacy goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Nothing personal by its header.
    Neutral,
    /// Pupils' names.
    Names,
    /// Birth date, telephone, address, insurance number and the like.
    Personal,
    /// Gender: harmless without the rest, but not needed.
    Unneeded,
}

/// Words that alone make a header a name column.
const NAME_WORDS: &[&str] = &[
    "фио",
    "ф.и.о",
    "ф.и.о.",
    "фамилия",
    "имя",
    "отчество",
    "surname",
    "firstname",
    "lastname",
    "fullname",
    "patronymic",
    "name",
    "names",
];
/// Two words that together make a header a name column.
const NAME_PHRASES: &[&str] = &[
    "first name",
    "last name",
    "full name",
    "family name",
    "given name",
    "pupil name",
    "student name",
    "ученик фио",
];
/// Beginnings of words that make a header personal.
const PERSONAL_STEMS: &[&str] = &[
    "рожден",
    "снилс",
    "паспорт",
    "телефон",
    "адрес",
    "почта",
    "birth",
    "passport",
    "phone",
    "address",
    "email",
    "mail",
    "инн",
];
/// Words for gender.
const GENDER_WORDS: &[&str] = &["пол", "gender", "sex"];

/// What a header says.
pub fn header(header: &str) -> Privacy {
    let lower = header.trim().to_lowercase().replace(['_', '-'], " ");
    let words: Vec<&str> = lower
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '.'))
        .filter(|word| !word.is_empty())
        .collect();
    // «Название ОО», «school name» and «subject name» name no pupil.
    let of_a_thing = words.iter().any(|word| {
        matches!(
            *word,
            "оо" | "school" | "subject" | "предмет" | "школа" | "item"
        )
    });
    if !of_a_thing
        && (words.iter().any(|word| NAME_WORDS.contains(word))
            || NAME_PHRASES.iter().any(|phrase| lower.contains(phrase)))
    {
        return Privacy::Names;
    }
    if words.iter().any(|word| {
        PERSONAL_STEMS
            .iter()
            .any(|stem| word.starts_with(stem) && (*stem != "инн" || *word == "инн"))
    }) {
        return Privacy::Personal;
    }
    if words.iter().any(|word| GENDER_WORDS.contains(word)) {
        return Privacy::Unneeded;
    }
    Privacy::Neutral
}

/// Count of cells that look like names in one column.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameTally {
    filled: u32,
    full_names: u32,
    surnames: u32,
}

impl NameTally {
    /// Looks at a cell.
    pub fn note(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled = self.filled.saturating_add(1);
        // Codes begin with a digit or are short: the usual case must stay cheap.
        if cell.len() < 4 || cell.starts_with(|letter: char| letter.is_ascii_digit()) {
            return;
        }
        match likeness(cell) {
            Likeness::None => {}
            Likeness::FullName => self.full_names = self.full_names.saturating_add(1),
            Likeness::Surname => self.surnames = self.surnames.saturating_add(1),
        }
    }

    /// Are these names? A fifth of full names is enough; single words must be half of the column.
    pub fn looks_like_names(&self) -> bool {
        let filled = u64::from(self.filled);
        self.full_names > 0 && u64::from(self.full_names) * 5 >= filled
            || self.surnames > 0
                && (u64::from(self.surnames) + u64::from(self.full_names)) * 2 >= filled
    }
}

enum Likeness {
    None,
    Surname,
    FullName,
}

/// Endings of Russian surnames that codes do not have.
const SURNAME_ENDINGS: &[&str] = &[
    "ов",
    "ев",
    "ёв",
    "ин",
    "ын",
    "ова",
    "ева",
    "ёва",
    "ина",
    "ына",
    "ский",
    "ская",
    "цкий",
    "цкая",
    "енко",
    "чук",
    "юк",
    "ян",
    "швили",
    "дзе",
    "оглы",
    "кызы",
];
/// Endings of patronymics.
const PATRONYMIC_ENDINGS: &[&str] = &["вич", "вна", "ична", "инична", "оглы", "кызы"];

fn likeness(cell: &str) -> Likeness {
    let words: Vec<&str> = cell
        .split([' ', '\u{a0}', ','])
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > 4 {
        return Likeness::None;
    }
    let first = words[0];
    if !is_capitalised(first) {
        return Likeness::None;
    }
    let lower = first.to_lowercase();
    if words.len() == 1 {
        return if first.chars().count() >= 4
            && SURNAME_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        {
            Likeness::Surname
        } else {
            Likeness::None
        };
    }
    let rest = &words[1..];
    let initials = rest.iter().all(|word| is_initials(word));
    let capitalised = rest.iter().all(|word| is_capitalised(word));
    let patronymic = rest.iter().any(|word| {
        let word = word.to_lowercase();
        PATRONYMIC_ENDINGS
            .iter()
            .any(|ending| word.ends_with(ending))
    });
    if initials || capitalised || patronymic {
        Likeness::FullName
    } else {
        Likeness::None
    }
}

/// Does this one text have the form of a name? Used where any word at all is out of place.
pub fn is_name(text: &str) -> bool {
    let text = text.trim();
    if super::subject::find_prefix(text).is_some() {
        return false;
    }
    match likeness(text) {
        Likeness::FullName | Likeness::Surname => true,
        Likeness::None => {
            let words: Vec<&str> = text.split_whitespace().collect();
            let capital = |word: &&str| {
                word.chars().count() >= 3
                    && (is_capitalised(word) || word.chars().all(char::is_uppercase))
            };
            let initial = |word: &&str| {
                word.chars().count() <= 2
                    && word
                        .chars()
                        .all(|letter| letter.is_uppercase() || letter == '.')
            };
            (2..=4).contains(&words.len())
                && words.iter().any(capital)
                && words.iter().all(|word| capital(word) || initial(word))
        }
    }
}

/// «Иванов», «Smith», «Петрова-Водкина»: one capital, then at least one small letter, nothing else.
fn is_capitalised(word: &str) -> bool {
    word.split('-').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().count() >= 1
            && letters.all(char::is_lowercase)
    })
}

/// «И.» or «И.И.».
fn is_initials(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|letter| *letter != '.').collect();
    word.contains('.')
        && (1..=2).contains(&letters.len())
        && letters.iter().all(|letter| letter.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_names_from_things() {
        for name in [
            "ФИО",
            "Ф.И.О. участника",
            "Фамилия",
            "pupil_name",
            "Name",
            "Last name",
        ] {
            assert_eq!(header(name), Privacy::Names, "{name}");
        }
        for name in ["Дата рождения", "СНИЛС", "birth_date", "E-mail"] {
            assert_eq!(header(name), Privacy::Personal, "{name}");
        }
        assert_eq!(header("Пол"), Privacy::Unneeded);
        for name in [
            "Название ОО",
            "Код участника",
            "school name",
            "Вариант",
            "item:1К1:4",
            "Полнота",
        ] {
            assert_eq!(header(name), Privacy::Neutral, "{name}");
        }
    }

    #[test]
    fn cells_tell_names_from_codes() {
        let judged = |cells: &[&str]| {
            let mut tally = NameTally::default();
            cells.iter().for_each(|cell| tally.note(cell));
            tally.looks_like_names()
        };
        assert!(judged(&["Иванов Иван", "Петрова Анна Сергеевна", "Ким Н."]));
        assert!(judged(&["Иванов", "Петрова", "Сидоренко", "10014"]));
        assert!(judged(&["John Smith", "Ann Lee"]));
        assert!(!judged(&["10001", "10002", "А-17", "5А", "s017p3"]));
        assert!(!judged(&["Вариант 1", "Вариант 2"]));
        assert!(!judged(&["", " "]));
    }
}
