//! Numbers and moments as the author of a workbook sees them.

use calamine::ExcelDateTime;

/// A number in its cell's format: `0007`, `25%`, `2.00`, `5 класс`. Formats that say more than this (fractions,
/// exponents, colours, conditions) leave it as a person would write it, whole numbers without a point.
pub(super) fn number(number: f64, format: Option<&str>) -> String {
    format
        .and_then(|format| formatted(number, format))
        .unwrap_or_else(|| plain(number))
}

fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// A section of a number format: what stands before and after the digits, and the digits.
#[derive(Default)]
struct Section {
    before: String,
    digits: String,
    after: String,
    percent: bool,
}

fn section(format: &str) -> Option<Section> {
    let mut found = Section::default();
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        let literal: String = match c {
            '0' | '#' | '.' | ',' => {
                if !found.after.is_empty() {
                    return None;
                }
                found.digits.push(c);
                continue;
            }
            '"' => chars.by_ref().take_while(|c| *c != '"').collect(),
            '\\' => chars.next()?.to_string(),
            '_' => {
                chars.next();
                continue;
            }
            '%' => {
                found.percent = true;
                "%".to_owned()
            }
            ' ' | '\u{a0}' | '-' | '+' | '(' | ')' | '$' | '€' | '₽' => c.to_string(),
            _ => return None,
        };
        if found.digits.is_empty() {
            found.before.push_str(&literal);
        } else {
            found.after.push_str(&literal);
        }
    }
    (found.digits.contains(['0', '#'])).then_some(found)
}

fn formatted(number: f64, format: &str) -> Option<String> {
    // The second section, for negative numbers, brings its own sign; such formats are rare in forms.
    let first = format.split(';').next()?;
    let section = section(first)?;
    let number = if section.percent {
        number * 100.0
    } else {
        number
    };
    if number.abs() >= 1e15 {
        return None;
    }
    let (whole, fraction) = section
        .digits
        .split_once('.')
        .unwrap_or((&section.digits, ""));
    if whole.ends_with(',') || fraction.contains(['.', ',']) {
        return None;
    }
    let least = fraction.matches('0').count();
    let most = fraction.len();
    let mut digits = format!("{:.*}", most.min(15), number.abs());
    while most > 0 && digits.ends_with('0') && decimals(&digits) > least {
        digits.pop();
    }
    if digits.ends_with('.') {
        digits.pop();
    }
    let (integer, rest) = match digits.split_once('.') {
        Some((integer, rest)) => (integer, Some(rest)),
        None => (digits.as_str(), None),
    };
    let mut shown = format!("{integer:0>width$}", width = whole.matches('0').count());
    if whole.contains(',') {
        shown = grouped(&shown);
    }
    if let Some(rest) = rest {
        shown = format!("{shown}.{rest}");
    }
    let is_zero = shown.bytes().all(|c| !c.is_ascii_digit() || c == b'0');
    let sign = if number < 0.0 && !is_zero { "-" } else { "" };
    Some(format!("{sign}{}{shown}{}", section.before, section.after))
}

fn decimals(digits: &str) -> usize {
    digits.split_once('.').map_or(0, |(_, rest)| rest.len())
}

/// Thousands divided by no-break spaces, as in Russian.
fn grouped(digits: &str) -> String {
    let mut shown = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push('\u{a0}');
        }
        shown.push(c);
    }
    shown
}

const MONTHS: [&str; 12] = [
    "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
];

/// `2026-09-01 00:00:00`, or the time alone for a time of day: what other tools make of such cells. A date shown
/// without its year (`01.сен`) is the word that a program made a date of, and stays as it is shown.
pub(super) fn moment(moment: ExcelDateTime, format: Option<&str>) -> String {
    let serial = moment.as_f64();
    if !(0.0..3_000_000.0).contains(&serial) {
        return plain(serial);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    // A clock rounds to the second.
    let (hour, minute, second) = if milli >= 500 {
        let seconds = (serial.fract() * 86_400.0).round() as u64;
        (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
    } else {
        (hour.into(), minute.into(), second.into())
    };
    if serial < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    if let Some(shown) = format.and_then(|format| without_year(format, month, day)) {
        return shown;
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// A day and a month in a format that has no year and no clock.
fn without_year(format: &str, month: u8, day: u8) -> Option<String> {
    let format = format.split(';').next()?.to_lowercase();
    let format = match format.split_once(']') {
        Some((locale, rest)) if locale.starts_with("[$") => rest.to_owned(),
        _ => format,
    };
    if format.contains(['y', 'h', 's', '[', 'a', 'г', 'ч']) || !format.contains('d') {
        return None;
    }
    let mut shown = String::new();
    let mut rest = format.as_str();
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(c).len();
        match (c, run) {
            ('d', 1) => shown.push_str(&day.to_string()),
            ('d', 2) => shown.push_str(&format!("{day:02}")),
            ('m', 1) => shown.push_str(&month.to_string()),
            ('m', 2) => shown.push_str(&format!("{month:02}")),
            ('m', 3) => shown.push_str(MONTHS.get(usize::from(month).checked_sub(1)?)?),
            ('d' | 'm', _) => return None,
            ('\\' | '"', _) => {}
            (other, run) => shown.extend(std::iter::repeat_n(other, run / other.len_utf8())),
        }
        rest = &rest[run..];
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_look_as_in_their_cells() {
        for (value, format, expected) in [
            (0.25, "0%", "25%"),
            (1.0 / 3.0, "0%", "33%"),
            (0.125, "0.0%", "12.5%"),
            (2.0, "0.00", "2.00"),
            (1.1, "0.00", "1.10"),
            (1.5, "0.##", "1.5"),
            (7.0, "0000", "0007"),
            (-7.0, "0000", "-0007"),
            (1_234_567.0, "#,##0", "1\u{a0}234\u{a0}567"),
            (1500.0, "#,##0\" руб.\"", "1\u{a0}500 руб."),
            (5.0, "0\" класс\"", "5 класс"),
            (5.0, "General", "5"),
            (3.3, "General", "3.3"),
            (3.0, "@", "3"),
            (1200.0, "0.00E+00", "1200"),
        ] {
            assert_eq!(number(value, Some(format)), expected, "{value} as {format}");
        }
        assert_eq!(number(46_266.0, None), "46266");
    }

    #[test]
    fn dates_are_counted_from_the_epoch_of_the_workbook() {
        let of = |value: f64, is_1904: bool| {
            ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904)
        };
        assert_eq!(moment(of(46_266.0, false), None), "2026-09-01 00:00:00");
        assert_eq!(moment(of(44_804.0, true), None), "2026-09-01 00:00:00");
        assert_eq!(
            moment(of(46_266.75, false), Some("yyyy-mm-dd")),
            "2026-09-01 18:00:00"
        );
        assert_eq!(moment(of(46_266.0, false), Some("DD.MMM")), "01.сен");
        assert_eq!(moment(of(46_266.0, false), Some("[$-419]d\\.m")), "1.9");
        assert_eq!(
            moment(of(0.604_166_666_666, false), Some("h:mm")),
            "14:30:00"
        );
    }
}
