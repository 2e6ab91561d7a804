//! What an executor is, told by its words.

use super::{ExecutorKind, Organisations};
use crate::text::plain;

/// Posts, by the beginning of the word.
pub(super) const POSITIONS: &[&str] = &[
    "начальник",
    "заместител",
    "зам",
    "руководител",
    "директор",
    "заведующ",
    "методист",
    "специалист",
    "координатор",
    "инспектор",
    "учител",
    "педагог",
    "председател",
    "глава",
    "секретар",
    "консультант",
    "эксперт",
    "завуч",
    "воспитател",
    "психолог",
    "тьютор",
    "куратор",
    "администратор",
    "ответственн",
    "член",
    "муниципальный координатор",
    "главный специалист",
    "ведущий специалист",
    "старший методист",
    "классн",
    "библиотекар",
    "логопед",
    "советник",
    "оператор",
    "бухгалтер",
    "юрист",
    "сотрудник",
];

/// Bodies, by the beginning of the word.
const BODIES: &[&str] = &[
    "управлени",
    "отдел",
    "комитет",
    "администрац",
    "центр",
    "департамент",
    "министерств",
    "служб",
    "комисси",
    "групп",
    "совет",
    "методическ",
    "кабинет",
    "объединени",
    "сектор",
    "институт",
    "организаци",
    "учреждени",
    "школ",
    "команд",
    "рабочая",
    "муниципальная",
    "экспертн",
    "проектн",
    "школьн",
    "районн",
    "городск",
    "мку",
    "мбу",
    "мау",
    "мбоу",
    "маоу",
    "мкоу",
    "гбоу",
    "гбу",
    "библиотек",
    "музе",
    "дом",
    "лице",
    "гимнази",
    "сад",
    "ассоциаци",
    "штаб",
    "площадк",
    "отделени",
];

impl ExecutorKind {
    pub(super) fn of(name: &str) -> Self {
        let plain = plain(name);
        let words: Vec<&str> = plain
            .split(|sign: char| !(sign.is_alphanumeric() || sign == '-'))
            .filter(|word| !word.is_empty())
            .collect();
        if let Some(organisations) = organisations(&words) {
            return Self::All(organisations);
        }
        if is_person(name) {
            return Self::Person;
        }
        let first = words.first().copied().unwrap_or_default();
        if starts(first, POSITIONS)
            || words
                .iter()
                .take(2)
                .any(|word| starts(word, &POSITIONS[..20]))
                && !starts(first, &BODIES[..16])
        {
            return Self::Position;
        }
        if starts(first, BODIES) || is_abbreviation(name) {
            return Self::Body;
        }
        Self::Other
    }

    /// Does a body or a whole kind of organisations stand there, and no post?
    pub(super) fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::All(_))
    }
}

pub(super) fn starts(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

/// «ОО», «все школы», «руководители ОУ», «директора школ»: everybody of a kind.
fn organisations(words: &[&str]) -> Option<Organisations> {
    let mut rest = words;
    if let [first, tail @ ..] = rest
        && matches!(*first, "все" | "всех")
    {
        rest = tail;
    }
    if let [first, tail @ ..] = rest
        && [
            "руководители",
            "директора",
            "администрации",
            "администрация",
            "заведующие",
            "коллективы",
        ]
        .contains(first)
    {
        rest = tail;
    }
    // «школа № 3» is one, «руководители» alone says nobody of whom.
    if words.len() > 5
        || words
            .iter()
            .any(|word| word.chars().any(|sign| sign.is_ascii_digit()))
    {
        return None;
    }
    match rest {
        [
            "оо"
            | "оу"
            | "общеобразовательные"
            | "образовательные"
            | "образовательных"
            | "общеобразовательных",
            ..,
        ] => Some(Organisations::Educational),
        ["сош" | "школы" | "школ" | "мбоу" | "моу", tail @ ..] if tail.len() < 3 => {
            Some(Organisations::Schools)
        }
        ["доу" | "доо" | "дошкольные" | "дошкольных", ..] => {
            Some(Organisations::Kindergartens)
        }
        ["удо" | "одо" | "удод", ..] => Some(Organisations::Additional),
        _ => None,
    }
}

/// «Петрова А. В.», «А.В. Петрова».
pub(super) fn is_person(name: &str) -> bool {
    let initials = |word: &str| {
        let signs: Vec<char> = word.chars().collect();
        matches!(signs.as_slice(), [a, '.'] if a.is_uppercase())
            || matches!(signs.as_slice(), [a, '.', b, '.'] if a.is_uppercase() && b.is_uppercase())
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    words.len() <= 3
        && words.iter().any(|word| initials(word))
        && words
            .iter()
            .any(|word| !initials(word) && word.chars().next().is_some_and(char::is_uppercase))
}

/// «ИМЦ», «ЦМР «Мир Лабь»», «МКУ»: capitals that stand for a body.
pub(super) fn is_abbreviation(name: &str) -> bool {
    let word: String = name
        .chars()
        .take_while(|sign| sign.is_alphanumeric())
        .collect();
    word.chars().count() >= 2
        && word
            .chars()
            .all(|sign| sign.is_uppercase() || sign.is_numeric())
}
