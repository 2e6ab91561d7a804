//! Whether what was typed is a value of its type.
//!
//! # Source
//! ODK XForms Specification, “Data types”; bounds of `int` as the 32 bits that ODK Collect and Web Forms keep.

use super::plan::DataType;
use crate::expression::{is_date, number_to_text};

/// The value that a text stands for; `None` when it is no value of the type.
///
/// Of what the form computes (`computed`) a bare date is a moment, too: midnight is written so.
pub(super) fn typed(text: &str, data_type: DataType, computed: bool) -> Option<String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Some(String::new());
    }
    let kept = |fits: bool| fits.then(|| trimmed.to_owned());
    match data_type {
        DataType::Text | DataType::Other => Some(text.to_owned()),
        DataType::Boolean => Some(match trimmed {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            _ => text.to_owned(),
        }),
        DataType::Acknowledge => Some(
            match trimmed.to_ascii_lowercase().as_str() {
                "ok" | "true" | "yes" | "1" => "OK",
                _ => "",
            }
            .to_owned(),
        ),
        DataType::Integer => {
            let whole = number(trimmed)?.trunc();
            (f64::from(i32::MIN)..=f64::from(i32::MAX))
                .contains(&whole)
                .then(|| number_to_text(whole))
        }
        DataType::Decimal => kept(number(trimmed).is_some()),
        DataType::Date => date(trimmed),
        DataType::Time => kept(is_clock(trimmed)),
        DataType::DateTime => kept(is_moment(trimmed) || (computed && is_day(trimmed))),
        DataType::Geopoint => kept(is_place(trimmed)),
        DataType::Geotrace => kept(places(trimmed).is_some_and(|count| count >= 2)),
        DataType::Geoshape => kept(places(trimmed).is_some_and(|count| count >= 3)),
    }
}

/// A number as people and forms write it; words such as `inf` are none.
fn number(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|c| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse::<f64>()
        .ok()
        .filter(|number| plain && number.is_finite())
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && is_date(text)
}

/// The day of a date or of a moment without an offset: with one, the day would depend on who reads it.
fn date(text: &str) -> Option<String> {
    let (day, clock) = match text.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (text, None),
    };
    let local = clock.is_none_or(|clock| is_clock(clock) && !has_offset(clock));
    (is_day(day) && local).then(|| day.to_owned())
}

fn is_moment(text: &str) -> bool {
    text.split_once('T')
        .is_some_and(|(day, clock)| is_day(day) && is_clock(clock))
}

fn has_offset(clock: &str) -> bool {
    clock.contains(['Z', 'z', '+', '-'])
}

/// `14:30`, `14:30:05`, `14:30:05.123`, each with or without `Z` or `+03:00`.
fn is_clock(text: &str) -> bool {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, offset) = text.split_at(end);
    let pair = |text: &str, most: u32| {
        text.len() == 2
            && text.bytes().all(|c| c.is_ascii_digit())
            && text.parse::<u32>().is_ok_and(|number| number <= most)
    };
    let mut parts = clock.split(':');
    let hour = parts.next().is_some_and(|part| pair(part, 23));
    let minute = parts.next().is_some_and(|part| pair(part, 59));
    let second = parts.next().is_none_or(|part| match part.split_once('.') {
        Some((whole, fraction)) => {
            pair(whole, 59) && !fraction.is_empty() && fraction.bytes().all(|c| c.is_ascii_digit())
        }
        None => pair(part, 59),
    });
    let zone = match offset.get(1..) {
        None => true,
        Some("") => offset.eq_ignore_ascii_case("z"),
        Some(rest) => rest
            .split_once(':')
            .is_some_and(|(hours, minutes)| pair(hours, 14) && pair(minutes, 59)),
    };
    hour && minute && second && parts.next().is_none() && zone
}

/// Latitude, longitude and, if known, altitude and accuracy. 0 0 is what devices give that know no place.
fn is_place(text: &str) -> bool {
    let numbers: Option<Vec<f64>> = text.split_whitespace().map(number).collect();
    numbers.is_some_and(|numbers| {
        (2..=4).contains(&numbers.len())
            && numbers[0].abs() <= 90.0
            && numbers[1].abs() <= 180.0
            && (numbers[0], numbers[1]) != (0.0, 0.0)
    })
}

/// How many places a line has; `None` when one of them is none.
fn places(text: &str) -> Option<usize> {
    let text = text.strip_suffix(';').unwrap_or(text);
    let mut count = 0;
    for place in text.split(';') {
        if !is_place(place) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, data_type: DataType) -> Option<String> {
        typed(text, data_type, false)
    }

    #[test]
    fn whole_numbers_lose_their_fraction_and_keep_32_bits() {
        for (text, expected) in [
            ("23", Some("23")),
            (" 7 ", Some("7")),
            ("007", Some("7")),
            ("10.9", Some("10")),
            ("-10.9", Some("-10")),
            ("-2147483648", Some("-2147483648")),
            ("-2147483649", None),
            ("2147483647", Some("2147483647")),
            ("2147483648", None),
            ("3,5", None),
            ("inf", None),
            ("семь", None),
        ] {
            assert_eq!(
                value(text, DataType::Integer).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        for (text, expected) in [
            ("2026-02-28", Some("2026-02-28")),
            ("2026-02-29", None),
            ("2024-02-29", Some("2024-02-29")),
            ("2026-12-01T14:30:00", Some("2026-12-01")),
            ("2026-12-01T14:30:00+03:00", None),
            ("2026-12-01T14:30:00Z", None),
            ("2026-12-1", None),
            ("01.12.2026", None),
            ("2026-23-23", None),
        ] {
            assert_eq!(value(text, DataType::Date).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn clocks_and_moments_are_in_bounds() {
        for text in ["14:30", "22:02:00", "22:02:00.000-07:00", "00:00:59Z"] {
            assert!(value(text, DataType::Time).is_some(), "{text}");
            let moment = format!("2026-04-22T{text}");
            assert!(value(&moment, DataType::DateTime).is_some(), "{moment}");
            assert!(value(&moment, DataType::Time).is_none(), "{moment}");
        }
        for text in [
            "24:00:00",
            "22:60",
            "22:02:61",
            "22",
            "22:02:00+25:00",
            "22:02:00.Z",
            "noon",
            "22:02:00+0700",
        ] {
            assert!(value(text, DataType::Time).is_none(), "{text}");
            let moment = format!("2026-04-22T{text}");
            assert!(value(&moment, DataType::DateTime).is_none(), "{moment}");
        }
        assert!(value("2026-04-22", DataType::DateTime).is_none());
        assert!(value("2026-04-22 14:30:00", DataType::DateTime).is_none());
        assert!(typed("2026-04-22", DataType::DateTime, true).is_some());
    }

    #[test]
    fn places_are_on_the_globe() {
        for (text, data_type, fits) in [
            ("45.63 40.70", DataType::Geopoint, true),
            ("45.63 40.70 120.5 5", DataType::Geopoint, true),
            ("90.1 40.70", DataType::Geopoint, false),
            ("45.63 180.1", DataType::Geopoint, false),
            ("45.63", DataType::Geopoint, false),
            ("45.63 40.70 x 5", DataType::Geopoint, false),
            ("0 0 0 0", DataType::Geopoint, false),
            ("1 1;2 2;", DataType::Geotrace, true),
            ("1 1", DataType::Geotrace, false),
            ("1 1;2 2;1 1", DataType::Geoshape, true),
            ("1 1;2 200;1 1", DataType::Geoshape, false),
        ] {
            assert_eq!(value(text, data_type).is_some(), fits, "{text}");
        }
    }
}
