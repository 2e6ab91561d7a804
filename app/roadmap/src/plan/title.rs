//! What a document says about itself: its title and its years.

use regex_lite::Regex;

use crate::schedule::{Day, Period, Programme, Schedule};
use crate::text::plain;

/// Words of a title.
const TITLE: [&str; 5] = ["дорожн", "план", "программ", "комплекс мер", "мероприяти"];

/// Does a paragraph read like the title of a roadmap?
pub fn is_title(text: &str) -> bool {
    let plain = plain(text);
    text.chars().count() < 400 && TITLE.iter().any(|stem| plain.contains(stem))
}

/// Does a paragraph begin another roadmap?
pub fn begins_another(text: &str) -> bool {
    let plain = plain(text);
    text.chars().count() < 300
        && (plain.contains("дорожная карта")
            || plain.contains("дорожную карту")
            || plain.starts_with("план мероприятий")
            || plain.starts_with("план-график")
            || plain.starts_with("план работы")
            || plain.starts_with("комплекс мер"))
}

/// The years that a title names: «на 2023 – 2025 гг.», «с 01.01.2023 по 31.12.2025», «на 2024/2025 учебный год».
pub fn years(text: &str) -> Option<Programme> {
    let plain = without_orders(&plain(text));
    let expression = |pattern: &str| Regex::new(pattern).expect("the expression is valid");
    let number = |found: Option<regex_lite::Match<'_>>| found?.as_str().parse::<i32>().ok();
    let span = expression(
        r"(20\d\d)\D{0,12}?(?:-|/|по|и|,)\D{0,14}?(20\d\d)(?:[\s.]*(?:гг?|год[а-я]*)\.?)*\s*(учебн)?",
    );
    let dates = expression(r"\d{1,2}\.\d{1,2}\.(20\d\d)\D{0,12}\d{1,2}\.\d{1,2}\.(20\d\d)");
    let single = expression(r"на\s+(20\d\d)\s*(?:-?\s*й)?\s*(учебн|г)");
    if let Some(found) = dates.captures(&plain) {
        return whole(number(found.get(1))?, number(found.get(2))?);
    }
    if let Some(found) = span.captures(&plain) {
        let (first, last) = (number(found.get(1))?, number(found.get(2))?);
        if found.get(3).is_some() && last == first + 1 {
            return Some(Period {
                from: Day::new(first, 9, 1)?,
                to: Day::new(last, 8, 31)?,
            });
        }
        return whole(first, last);
    }
    let found = single.captures(&plain)?;
    let year = number(found.get(1))?;
    whole(year, year)
}

/// Does a heading name a year and nothing else?
pub fn years_of_heading(text: &str) -> bool {
    Regex::new(r"^(?:на\s+)?20\d\d(?:\s*[-/]\s*20\d\d)?\s*(?:уч[а-я]*\.?)?\s*(?:год[а-я]*|г)?\.?$")
        .expect("the expression is valid")
        .is_match(plain(text).trim())
}

fn whole(first: i32, last: i32) -> Option<Programme> {
    (first <= last && last - first < 30).then(|| Period::years(first, last))
}

/// The day of an order is not the time of the plan.
fn without_orders(text: &str) -> String {
    Regex::new(r"(?:от|№)\s*[«\x22]?\d{1,2}[»\x22]?[.\s]+(?:\d{1,2}|[а-я]+)[.\s]+20\d\d")
        .expect("the expression is valid")
        .replace_all(text, " ")
        .into_owned()
}

/// First and last year that schedules name.
pub fn named_years<'s>(schedules: impl Iterator<Item = &'s Schedule>) -> Option<(i32, i32)> {
    let mut found: Option<(i32, i32)> = None;
    for year in schedules.flat_map(Schedule::years) {
        let (first, last) = found.unwrap_or((year, year));
        found = Some((first.min(year), last.max(year)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Period, years};
    use crate::Day;

    #[test]
    fn titles_name_their_years() {
        let cases = [
            (
                "«ДОРОЖНАЯ КАРТА» … В ЛАБИНСКОМ РАЙОНЕ НА 2023 – 2025 гг.",
                Some((2023, 2025)),
            ),
            ("План на 2024 год", Some((2024, 2024))),
            ("с 01.01.2023г. по 31.12.2025 г.", Some((2023, 2025))),
            ("утверждён приказом от 30.12.2022 № 1360", None),
            (
                "Приложение к приказу от 14 августа 2020 г. План мероприятий на 2020-2023 годы",
                Some((2020, 2023)),
            ),
            ("План мероприятий по повышению качества", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(first, last)| Period::years(first, last));
            assert_eq!(years(text), expected, "{text}");
        }
    }

    #[test]
    fn a_school_year_lasts_from_september_to_august() {
        let found = years("План на 2024-2025 учебный год").unwrap();
        assert_eq!(found.from, Day::new(2024, 9, 1).unwrap());
        assert_eq!(found.to, Day::new(2025, 8, 31).unwrap());
    }
}
