//! Dates as files write them.

use time::{Date, Month};

/// `21.04.2026`, `21.04.26`, `21/04/2026` or `2026-04-21`, also with more text behind. `None` for a date that is none.
pub fn parse(text: &str) -> Option<Date> {
    let token = text.split_whitespace().next()?;
    let token = token.split('T').next()?;
    let numbers: Vec<&str> = token
        .trim_end_matches(['г', '.'])
        .split(['.', '/', '-'])
        .collect();
    let [first, second, third] = numbers[..] else {
        return None;
    };
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, second, first)
    };
    let mut year: i32 = year.parse().ok()?;
    if (0..100).contains(&year) {
        year += 2000;
    }
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_dates_are_none() {
        assert_eq!(parse("31.02.2026"), None);
        assert_eq!(parse("2026-13-01"), None);
        assert_eq!(parse("завтра"), None);
        assert_eq!(
            parse("21.04.2026 г.").map(|date| date.to_string()),
            Some("2026-04-21".to_owned())
        );
        assert_eq!(
            parse("2026-04-21T00:00:00").map(|date| date.year()),
            Some(2026)
        );
    }
}
