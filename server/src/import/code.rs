//! The form of a code: what may stand where a file names a pupil, a class, a booklet, a school or a subject.
//!
//! Names have too many forms to be recognised, codes have few: a cell that has no form of a code is refused, and
//! nothing of it is kept or quoted.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// What a column holds, as far as its cells must have a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Code of a pupil.
    Pupil,
    /// Class.
    Class,
    /// Booklet.
    Booklet,
    /// Code or name of a school.
    School,
    /// Subject.
    Subject,
}

/// A word in so many rows of one work is shared by pupils and names none of them.
const SHARED_ROWS: u32 = 5;
/// Unusual words remembered in one column; a column with more of them holds names.
const MAX_UNUSUAL: usize = 2_000;

/// Words beside a number that make a code.
const CODE_WORDS: &[&str] = &[
    "id",
    "код",
    "code",
    "впр",
    "огэ",
    "егэ",
    "кдр",
    "vpr",
    "уч",
    "ученик",
    "участник",
    "pupil",
    "student",
    "кл",
    "класс",
    "class",
    "вар",
    "var",
    "школа",
    "шк",
    "оо",
    "оу",
    "edu",
    "school",
    "test",
    "тест",
    "no",
];
/// Words of booklets.
const BOOKLET_WORDS: &[&str] = &[
    "вариант",
    "вар",
    "variant",
    "version",
    "booklet",
    "form",
    "базовый",
    "базовая",
    "профильный",
    "профильная",
    "углублённый",
    "углубленный",
    "повышенный",
    "уровень",
    "комп",
    "компьютерный",
    "бумажный",
    "бланк",
    "резерв",
    "резервный",
    "демо",
    "основной",
    "дополнительный",
    "base",
    "basic",
    "advanced",
    "level",
    "set",
];
/// Words of classes beside the number and the letter.
const CLASS_WORDS: &[&str] = &[
    "класс",
    "кл",
    "class",
    "grade",
    "группа",
    "подгруппа",
    "инж",
    "физмат",
    "физ",
    "мат",
    "хим",
    "био",
    "гум",
    "соц",
    "эк",
    "ест",
    "лингв",
    "техн",
    "кадет",
    "кадетский",
    "общ",
    "проф",
    "мед",
    "пед",
    "ит",
    "корр",
    "овз",
    "филиал",
    "семейное",
];
/// Beginnings of words of which a school's name has one.
const SCHOOL_STEMS: &[&str] = &[
    "школ",
    "сош",
    "оош",
    "нош",
    "гимнази",
    "лице",
    "кадет",
    "корпус",
    "интернат",
    "колледж",
    "мбоу",
    "мкоу",
    "маоу",
    "гбоу",
    "гкоу",
    "чоу",
    "оу",
    "оо",
    "прогимнази",
    "учрежден",
    "центр",
    "филиал",
    "комплекс",
    "school",
    "lyceum",
    "gymnasium",
    "college",
    "academy",
];
/// Beginnings of words of subjects that schools teach beside those that the platform knows.
const SUBJECT_STEMS: &[&str] = &[
    "язык",
    "литератур",
    "чтен",
    "математик",
    "алгебр",
    "геометр",
    "информатик",
    "физик",
    "хими",
    "биолог",
    "географ",
    "истори",
    "обществознан",
    "труд",
    "технолог",
    "музык",
    "искусств",
    "обж",
    "обзр",
    "окружающ",
    "астроном",
    "экономик",
    "прав",
    "черчен",
    "грамотност",
    "культур",
    "родн",
    "естествознан",
    "экологи",
    "краеведен",
    "основ",
    "language",
    "science",
    "art",
    "music",
    "history",
    "literacy",
];
/// Surnames of one or two letters.
const SHORT_SURNAMES: &[&str] = &[
    "ли", "ан", "ни", "ен", "те", "хе", "цю", "хо", "лю", "ма", "ю", "ян", "ко", "но", "со", "li",
    "an", "ni", "yu", "xu", "hu", "ma", "wu", "he", "lu", "oh",
];

enum Fit {
    /// It has the form.
    Code,
    /// A number with words that have to be those of many others.
    Word(Vec<String>),
    /// No form of a code at all.
    Foreign,
}

/// Letters that stand together, in lower case, with what the text has besides.
struct Parts {
    words: Vec<String>,
    mixed: Vec<bool>,
    digits: usize,
    odd: bool,
}

fn parts(text: &str) -> Parts {
    let mut parts = Parts {
        words: Vec::new(),
        mixed: Vec::new(),
        digits: 0,
        odd: false,
    };
    let mut word = String::new();
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_alphabetic() || is_mark(letter) {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            let tail: Vec<char> = word.chars().skip(1).collect();
            let is_mixed = tail.iter().any(|letter| letter.is_uppercase())
                && tail.iter().any(|letter| letter.is_lowercase());
            parts.mixed.push(is_mixed);
            parts.words.push(word.to_lowercase());
            word.clear();
        }
        if letter.is_numeric() {
            parts.digits += 1;
        } else if !matches!(
            letter,
            ' ' | '\u{a0}'
                | '-'
                | '–'
                | '—'
                | '_'
                | '/'
                | '.'
                | '('
                | ')'
                | '#'
                | '№'
                | '"'
                | '«'
                | '»'
                | ':'
                | '\''
        ) {
            parts.odd = true;
        }
    }
    parts
}

/// Accents that stand apart from their letter.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn has_vowel(word: &str) -> bool {
    word.chars()
        .any(|letter| !"бвгджзйклмнпрстфхцчшщъьbcdfghjklmnpqrstvwxz".contains(letter))
}

fn is_hexadecimal(text: &str) -> bool {
    text.len() >= 6
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// A word that could name somebody.
fn is_telling(word: &str, mixed: bool) -> bool {
    let length = word.chars().count();
    if length <= 2 {
        return SHORT_SURNAMES.contains(&word) && length == 2;
    }
    !(CODE_WORDS.contains(&word) || !has_vowel(word) || (mixed && length <= 4))
}

fn pupil(text: &str) -> Fit {
    if text.bytes().all(|byte| byte.is_ascii_digit()) || is_hexadecimal(text) {
        return Fit::Code;
    }
    let parts = parts(text);
    if parts.digits == 0 || parts.odd || parts.words.len() > 5 {
        return Fit::Foreign;
    }
    let telling: Vec<String> = parts
        .words
        .iter()
        .zip(&parts.mixed)
        .filter(|(word, mixed)| is_telling(word, **mixed))
        .map(|(word, _)| word.clone())
        .collect();
    if telling.is_empty() {
        Fit::Code
    } else {
        Fit::Word(telling)
    }
}

fn all_words(text: &str, short: usize, known: impl Fn(&str) -> bool) -> bool {
    let parts = parts(text);
    !parts.odd
        && parts
            .words
            .iter()
            .filter(|word| word.chars().count() <= short)
            .count()
            <= 2
        && parts
            .words
            .iter()
            .all(|word| word.chars().count() <= short || known(word))
}

fn begins(word: &str, stems: &[&str]) -> bool {
    // Two letters are a word of their own, not the beginning of one.
    stems.iter().any(|stem| {
        if stem.chars().count() < 4 {
            word == *stem
        } else {
            word.starts_with(stem)
        }
    })
}

fn fits(form: Form, text: &str) -> Fit {
    let fit = match form {
        Form::Pupil => return pupil(text),
        Form::Class => {
            let lettered = parts(text);
            let short = lettered.words.iter().all(|word| word.chars().count() <= 3);
            (lettered.digits > 0 && short && lettered.words.len() <= 2)
                || all_words(text, 1, |word| CLASS_WORDS.contains(&word))
        }
        Form::Booklet => all_words(text, 2, |word| BOOKLET_WORDS.contains(&word)),
        Form::School => {
            let found = parts(text);
            matches!(pupil(text), Fit::Code)
                || found.words.iter().any(|word| begins(word, SCHOOL_STEMS))
                || (found.digits > 0 && found.words.len() <= 1)
        }
        Form::Subject => {
            super::subject::find(text).is_some()
                || parts(text)
                    .words
                    .iter()
                    .any(|word| begins(word, SUBJECT_STEMS))
                || text
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        }
    };
    if fit {
        Fit::Code
    } else {
        Fit::Word(vec![text.to_lowercase()])
    }
}

/// Something in a column that is not known to be shared.
#[derive(Clone, Debug)]
struct Unusual {
    first_row: u32,
    rows: u32,
    texts: Vec<u64>,
}

/// What the cells of one column showed so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    unusual: HashMap<(u64, String), Unusual>,
    foreign: Option<(u32, u32)>,
}

/// Cells of a column that have no form of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// First of them.
    pub first_row: u32,
    /// How many.
    pub rows: u32,
}

/// Hash of anything.
pub fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Tally {
    /// Looks at a cell; `work` tells works apart, because one pupil stands in several of them.
    pub fn note(&mut self, form: Form, text: &str, row: u32, work: u64) {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        match fits(form, text) {
            Fit::Code => {}
            Fit::Foreign => self.misfit(row, 1),
            Fit::Word(words) => {
                for word in words {
                    if self.unusual.len() >= MAX_UNUSUAL {
                        self.misfit(row, 1);
                        return;
                    }
                    // Prefixes of codes are shared over all works; whole values within one.
                    let scope = if form == Form::Pupil { 0 } else { work };
                    let unusual = self.unusual.entry((scope, word)).or_insert(Unusual {
                        first_row: row,
                        rows: 0,
                        texts: Vec::new(),
                    });
                    unusual.rows = unusual.rows.saturating_add(1);
                    let hash = hash(text);
                    if unusual.texts.len() < SHARED_ROWS as usize && !unusual.texts.contains(&hash)
                    {
                        unusual.texts.push(hash);
                    }
                }
            }
        }
    }

    fn misfit(&mut self, row: u32, rows: u32) {
        let (first, count) = self.foreign.unwrap_or((row, 0));
        self.foreign = Some((first.min(row), count.saturating_add(rows)));
    }

    /// Cells that cannot be taken; call after the last row.
    pub fn misfits(&self, form: Form) -> Option<Misfit> {
        let mut tally = Tally {
            unusual: HashMap::new(),
            foreign: self.foreign,
        };
        let shared: Vec<&str> = self
            .unusual
            .iter()
            .filter(|(_, unusual)| is_shared(form, unusual))
            .map(|((_, word), _)| word.as_str())
            .collect();
        for ((_, word), unusual) in &self.unusual {
            // A class that is large in one work may be small in the next.
            if !is_shared(form, unusual) && !shared.contains(&word.as_str()) {
                tally.misfit(unusual.first_row, unusual.rows);
            }
        }
        tally
            .foreign
            .map(|(first_row, rows)| Misfit { first_row, rows })
    }

    /// Different unusual words.
    pub fn unusual_words(&self) -> usize {
        self.unusual.len()
    }
}

fn is_shared(form: Form, unusual: &Unusual) -> bool {
    match form {
        Form::Pupil => unusual.texts.len() >= SHARED_ROWS as usize,
        _ => unusual.rows >= SHARED_ROWS,
    }
}

/// `05.янв`, `05.01.2026`, `2026-01-05`, `5-Jan`, `янв.05`, `5:01`: what a spreadsheet makes of `5-1`.
pub fn looks_like_date(text: &str) -> bool {
    const MONTHS: &[&str] = &[
        "янв", "фев", "мар", "апр", "май", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
        "jan", "feb", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mar",
    ];
    let lower = text.trim().to_lowercase();
    let pieces: Vec<&str> = lower
        .split(['.', '-', '/', ' '])
        .filter(|piece| !piece.is_empty())
        .collect();
    let number = |piece: &str| piece.len() <= 4 && piece.bytes().all(|byte| byte.is_ascii_digit());
    let month = |piece: &str| {
        MONTHS
            .iter()
            .any(|month| piece.starts_with(month) && piece.chars().count() <= 8)
    };
    match pieces[..] {
        [one, other] => {
            (number(one) && month(other)) || (month(one) && number(other)) || is_time(&lower)
        }
        [one, two, three] => {
            // A day has at most two digits, at whichever end it stands.
            (number(one)
                && (number(two) || month(two))
                && number(three)
                && std::cmp::min(one.len(), three.len()) <= 2
                && super::date::parse(text).is_some())
                || (number(one) && month(two) && number(three))
        }
        [first, _, _, time] => number(first) && is_time(time),
        [_] => is_time(&lower),
        _ => false,
    }
}

fn is_time(text: &str) -> bool {
    let pieces: Vec<&str> = text.split(':').collect();
    (2..=3).contains(&pieces.len())
        && pieces.iter().all(|piece| {
            (1..=2).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Words that say that a pupil did not take part.
pub fn is_absence(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    matches!(
        lower.as_str(),
        "н" | "н/я"
            | "нб"
            | "н/б"
            | "неявка"
            | "не явился"
            | "не явилась"
            | "отсутствует"
            | "отсутствовал"
            | "отсутствовала"
            | "болен"
            | "больна"
            | "болеет"
            | "не писал"
            | "не писала"
            | "не участвовал"
            | "absent"
    )
}

/// A text that may be quoted: numbers, signs and at most two letters.
pub fn quotable(text: &str) -> Option<String> {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let fits = text.chars().count() <= 24 && letters <= 2;
    let is_date = looks_like_date(text);
    (fits && !is_date).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(form: Form, cells: &[&str]) -> bool {
        let mut tally = Tally::default();
        for (row, cell) in cells.iter().enumerate() {
            tally.note(form, cell, row as u32, 1);
        }
        tally.misfits(form).is_some()
    }

    #[test]
    fn codes_of_pupils_pass() {
        for code in [
            "50001",
            "001",
            "А-17",
            "5А-01",
            "s017p3",
            "7f3a9c",
            "VPR-5-0012",
            "Уч12",
            "№ 12",
            "КВ-18",
            "5А/12",
            "2026-05-001",
            "K7QX2M",
            "ID 45",
        ] {
            assert!(!refused(Form::Pupil, &[code]), "{code}");
        }
        let own = [
            "BOROVSK-1",
            "BOROVSK-2",
            "BOROVSK-3",
            "BOROVSK-4",
            "BOROVSK-5",
        ];
        assert!(!refused(Form::Pupil, &own));
    }

    #[test]
    fn names_of_any_form_do_not() {
        for name in [
            "Иванов",
            "КУЗНЕЦОВ ПИ",
            "Веснина А Б",
            "Салтыкова-Щедрина",
            "иванов иван",
            "Smith",
            "smith j",
            "50001 Иванов",
            "Иванов50001",
            "Ким17",
            "Ли 17",
            "Ан-5",
            "И. И. Цой",
            "O'Brien 5",
            "Nguyễn 12",
            "Ә. Төлегенов 3",
            "ivanov@mail.ru",
            "Петрова(12)",
        ] {
            let column = ["50001", "50002", "50003", "50004", "50005", "50006", name];
            assert!(refused(Form::Pupil, &column), "{name}");
        }
    }

    #[test]
    fn a_class_may_be_called_after_somebody_when_it_has_pupils() {
        for class in ["5А", "5 «А»", "10-Б", "11 физмат", "А", "5КМ", "10 инж"] {
            assert!(!refused(Form::Class, &[class]), "{class}");
        }
        assert!(!refused(Form::Class, &["Гагарин"; 5]));
        assert!(refused(Form::Class, &["Гагарин"; 4]));
        assert!(refused(Form::Class, &["5А", "5А", "5А Иванов", "5А", "5А"]));
    }

    #[test]
    fn schools_booklets_and_subjects_have_words_of_their_own() {
        for school in [
            "edu990001",
            "s1",
            "17",
            "Боровская ООШ",
            "МБОУ СОШ № 3",
            "C001116",
        ] {
            assert!(!refused(Form::School, &[school]), "{school}");
        }
        assert!(refused(Form::School, &["Иванов Иван"]));
        for booklet in ["1", "А", "Вариант 2", "2 базовый", "12"] {
            assert!(!refused(Form::Booklet, &[booklet]), "{booklet}");
        }
        assert!(refused(Form::Booklet, &["Петров"]));
        assert!(!refused(Form::Subject, &["Родная литература"]));
        assert!(!refused(Form::Subject, &["chemistry"]));
        assert!(refused(Form::Subject, &["Иванов Иван"]));
    }

    #[test]
    fn what_a_spreadsheet_makes_of_a_class_is_seen() {
        for date in [
            "05.янв",
            "05.01.2026",
            "2026-01-05",
            "5-Jan",
            "янв.05",
            "5:01",
            "01.май",
            "2026-01-05 00:00:00",
        ] {
            assert!(looks_like_date(date), "{date}");
        }
        for code in ["5-1", "5А", "5.1", "50001", "01", "2026-05-001", "май"] {
            assert!(!looks_like_date(code), "{code}");
        }
    }
}
