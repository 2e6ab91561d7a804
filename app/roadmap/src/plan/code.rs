//! Numbers of headings and lines inside their text.

use regex_lite::Regex;

/// A text parted into its number as written and the rest: «1.3.6. Анализ», «1.1 Система», «1. Механизмы».
pub fn split(text: &str) -> Option<(String, String)> {
    let expression =
        Regex::new(r"^((?:\d{1,3}\.)+\d{1,3}\.?|\d{1,3}[.)]|[IVX]{1,5}[.)])\s*(\S.*)$")
            .expect("the expression is valid");
    let found = expression.captures(text)?;
    let (number, rest) = (found.get(1)?.as_str(), found.get(2)?.as_str());
    rest.chars()
        .next()
        .is_some_and(|sign| sign.is_alphabetic() || "«\"(-–".contains(sign))
        .then(|| (number.to_owned(), rest.to_owned()))
}

/// Code (without the last point) and title of a heading: «Раздел 2. Кадры» has the code 2.
pub fn heading(text: &str) -> (Option<String>, String) {
    let named = Regex::new(r"^(?:[Рр]аздел|РАЗДЕЛ|[Бб]лок|БЛОК|[Нн]аправление|НАПРАВЛЕНИЕ|[Гг]лава|[Чч]асть)\s+(?:№\s*)?(\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})\s*[.:)–-]+\s*(\S.*)$")
        .expect("the expression is valid");
    if let Some(found) = named.captures(text)
        && let (Some(code), Some(title)) = (found.get(1), found.get(2))
    {
        return (Some(code.as_str().to_owned()), title.as_str().to_owned());
    }
    match split(text) {
        Some((number, title)) => (Some(bare(&number)), title),
        None => (None, text.to_owned()),
    }
}

/// Without the point or bracket at the end.
pub fn bare(number: &str) -> String {
    number.trim().trim_end_matches(['.', ')']).to_owned()
}

/// Is `number` the next one after `last` on the same level?
pub fn follows(last: &str, number: &str) -> bool {
    let parted = |code: &str| -> Option<(String, u32)> {
        let code = bare(code);
        let (parent, own) = code.rsplit_once('.').unwrap_or(("", &code));
        Some((parent.to_owned(), own.parse().ok()?))
    };
    matches!((parted(last), parted(number)), (Some(a), Some(b)) if a.0 == b.0 && b.1 == a.1 + 1)
}

/// Does a text that has no number begin like a heading?
pub fn begins_heading(text: &str) -> bool {
    split(text).is_some() && heading(text).0.is_some() || {
        let plain = crate::text::plain(text);
        ["раздел ", "блок ", "направление", "глава ", "система "]
            .iter()
            .any(|word| plain.starts_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::{heading, split};

    #[test]
    fn numbers_are_parted_from_texts() {
        assert_eq!(
            split("1.3.6. Анализ мер"),
            Some(("1.3.6.".to_owned(), "Анализ мер".to_owned()))
        );
        assert_eq!(
            split("2.1 Система"),
            Some(("2.1".to_owned(), "Система".to_owned()))
        );
        assert_eq!(split("100% школ"), None);
        assert_eq!(split("2023 год"), None);
    }

    #[test]
    fn headings_have_codes_without_the_last_point() {
        assert_eq!(
            heading("1.2. Школы"),
            (Some("1.2".to_owned()), "Школы".to_owned())
        );
        assert_eq!(
            heading("Раздел II. Кадры"),
            (Some("II".to_owned()), "Кадры".to_owned())
        );
        assert_eq!(heading("Мониторинг"), (None, "Мониторинг".to_owned()));
    }
}
