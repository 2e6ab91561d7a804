//! Numbers, shares and dates as people of a language write them.

use super::Language;
use crate::model::shares::WholePercent;

/// Space that neither breaks nor grows, between thousands and before a per cent sign.
const NARROW: char = '\u{202f}';

/// A whole number with separated thousands: «5 812», “5,812”.
pub fn count(language: Language, count: u64) -> String {
    let digits = count.to_string();
    let separator = match language {
        Language::Ru => NARROW,
        Language::En => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        // Russian typography leaves four digits together, but in mixed columns that misaligns them.
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A decimal number with a fixed number of places: «14,2», “14.2”.
///
/// Minus is a minus, not a hyphen; not-a-number and infinities become a dash.
pub fn decimal(language: Language, value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    let text = format!("{value:.places$}");
    let is_zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    let text = match (is_zero, text.strip_prefix('-')) {
        (true, Some(rest)) => rest.to_owned(),
        (false, Some(rest)) => format!("\u{2212}{rest}"),
        (_, None) => text,
    };
    match language {
        Language::Ru => text.replace('.', ","),
        Language::En => text,
    }
}

/// A share of 0–1 in per cent: «12 %», “12%”. Some is never «0 %» and not all is never «100 %»: «< 1 %», «> 99 %».
pub fn percent(language: Language, share: f64, places: usize) -> String {
    signed_percent(language, &per_cent(language, share, places))
}

/// The same without the sign, for a place where all numbers are per cent: «12», «<1».
pub fn per_cent(language: Language, share: f64, places: usize) -> String {
    /// Shares are quotients: what is this near to none or all is none or all.
    const NEAR: f64 = 1e-9;
    let step = 10_f64.powi(-i32::try_from(places).unwrap_or(0));
    let value = share * 100.0;
    // As it will be written: halves go to the even neighbour.
    let rounded: f64 = format!("{value:.places$}").parse().unwrap_or(value);
    if value > NEAR && rounded == 0.0 {
        return format!("<{}", decimal(language, step, places));
    }
    if value < 100.0 - NEAR && value > 50.0 && rounded >= 100.0 {
        return format!(">{}", decimal(language, 100.0 - step, places));
    }
    decimal(language, value, places)
}

/// A part of a whole whose parts add up.
pub fn whole_percent(language: Language, percent: WholePercent) -> String {
    signed_percent(language, &percent.to_string())
}

fn signed_percent(language: Language, number: &str) -> String {
    match language {
        // A sign of comparison keeps its distance: «< 1 %».
        Language::Ru => {
            let number = number.replace('<', "<\u{a0}").replace('>', ">\u{a0}");
            format!("{number}{NARROW}%")
        }
        Language::En => format!("{number}%"),
    }
}

/// A number as it is typed: with a comma or a point, with spaces between thousands.
pub fn typed(text: &str) -> Option<f64> {
    let plain: String = text.split_whitespace().collect();
    plain
        .replace(',', ".")
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

/// A likelihood ratio as a factor with two significant figures: «×18», «×6,2», «×0,9».
pub fn factor(language: Language, ratio: f64) -> String {
    let places = if ratio >= 9.95 {
        0
    } else if ratio >= 0.095 {
        1
    } else {
        2
    };
    if ratio >= 1000.0 {
        return match language {
            Language::Ru => "в 1000 раз и больше".to_owned(),
            Language::En => "1000 times or more".to_owned(),
        };
    }
    format!("×{}", decimal(language, ratio, places))
}

/// A date `YYYY-MM-DD` as ДД.ММ.ГГГГ; anything else is shown as it is.
pub fn date(language: Language, iso: &str) -> String {
    let parts: Vec<&str> = iso.get(..10).unwrap_or(iso).split('-').collect();
    match (language, parts.as_slice()) {
        (Language::Ru, [year, month, day]) => format!("{day}.{month}.{year}"),
        (Language::En, [year, month, day]) => match english_month(month) {
            Some(name) => format!("{} {name} {year}", day.trim_start_matches('0')),
            None => iso.to_owned(),
        },
        _ => iso.to_owned(),
    }
}

/// A date without the year: «22 апреля», “22 April”.
pub fn day(language: Language, iso: &str) -> String {
    let parts: Vec<&str> = iso.get(..10).unwrap_or(iso).split('-').collect();
    let [_, month, day] = parts.as_slice() else {
        return iso.to_owned();
    };
    let name = match language {
        Language::Ru => russian_month_genitive(month),
        Language::En => english_month(month),
    };
    match name {
        Some(name) => format!("{}\u{a0}{name}", day.trim_start_matches('0')),
        None => iso.to_owned(),
    }
}

/// A date as near as it is: without the year when it is this one, «22 апреля», else with it, «22 апреля 2025».
pub fn near_day(language: Language, iso: &str, today: &str) -> String {
    let day = day(language, iso);
    match (iso.get(..4), today.get(..4)) {
        (Some(year), Some(this)) if year != this && day != iso => format!("{day}\u{a0}{year}"),
        _ => day,
    }
}

/// A month `YYYY-MM` that stands alone: «Ноябрь 2026», “November 2026”; anything else as it is.
pub fn month(language: Language, iso: &str) -> String {
    const RUSSIAN: [&str; 12] = [
        "Январь",
        "Февраль",
        "Март",
        "Апрель",
        "Май",
        "Июнь",
        "Июль",
        "Август",
        "Сентябрь",
        "Октябрь",
        "Ноябрь",
        "Декабрь",
    ];
    let Some((year, number)) = iso.split_once('-') else {
        return iso.to_owned();
    };
    let name = match language {
        Language::Ru => month_index(number).map(|index| RUSSIAN[index]),
        Language::En => english_month(number),
    };
    name.map_or_else(|| iso.to_owned(), |name| format!("{name} {year}"))
}

fn month_index(month: &str) -> Option<usize> {
    month
        .parse::<usize>()
        .ok()
        .filter(|month| (1..=12).contains(month))
        .map(|month| month - 1)
}

fn english_month(month: &str) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    month_index(month).map(|index| NAMES[index])
}

fn russian_month_genitive(month: &str) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    month_index(month).map(|index| NAMES[index])
}

/// An amount of data: «2,4 МБ», “2.4 MB”.
pub fn bytes(language: Language, bytes: u64) -> String {
    let units = match language {
        Language::Ru => ["Б", "КБ", "МБ", "ГБ"],
        Language::En => ["B", "KB", "MB", "GB"],
    };
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1000.0 && unit < units.len() - 1 {
        value /= 1000.0;
        unit += 1;
    }
    let places = usize::from(unit > 0 && value < 10.0);
    format!("{}\u{a0}{}", decimal(language, value, places), units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_is_not_none_and_not_all_is_not_all() {
        let russian = [
            0.0,
            1.0 / 1_500.0,
            0.004,
            0.005,
            0.12,
            0.995,
            1_499.0 / 1_500.0,
            1.0,
        ]
        .map(|share| percent(Language::Ru, share, 0).replace(['\u{a0}', '\u{202f}'], " "));
        let expected = [
            "0 %", "< 1 %", "< 1 %", "< 1 %", "12 %", "> 99 %", "> 99 %", "100 %",
        ];
        assert_eq!(russian, expected);
        assert_eq!(percent(Language::En, 1.0 / 1_500.0, 0), "<1%");
        assert_eq!(percent(Language::En, 1.0 / 30_000.0, 1), "<0.1%");
        assert_eq!(percent(Language::En, 0.1 + 0.2 + 0.7, 0), "100%");
        assert_eq!(per_cent(Language::Ru, 1.0 / 1_500.0, 0), "<1");
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(count(Language::Ru, 0), "0");
        assert_eq!(count(Language::Ru, 999), "999");
        assert_eq!(count(Language::Ru, 5_812), "5\u{202f}812");
        assert_eq!(count(Language::En, 1_234_567), "1,234,567");
    }

    #[test]
    fn russian_decimals_have_a_comma_and_a_true_minus() {
        assert_eq!(decimal(Language::Ru, 14.25, 1), "14,2");
        assert_eq!(decimal(Language::Ru, -0.56, 1), "\u{2212}0,6");
        assert_eq!(decimal(Language::Ru, -0.04, 1), "0,0");
        assert_eq!(decimal(Language::En, 14.0, 1), "14.0");
        assert_eq!(decimal(Language::Ru, f64::NAN, 1), "—");
    }

    #[test]
    fn likelihood_ratios_keep_two_figures() {
        let shown = [0.034, 0.9, 1.3, 6.2, 18.4, 2_500.0].map(|lr| factor(Language::Ru, lr));
        assert_eq!(
            shown,
            [
                "×0,03",
                "×0,9",
                "×1,3",
                "×6,2",
                "×18",
                "в 1000 раз и больше"
            ]
        );
    }

    #[test]
    fn dates_are_written_for_people() {
        assert_eq!(date(Language::Ru, "2026-04-02"), "02.04.2026");
        assert_eq!(date(Language::En, "2026-04-02"), "2 April 2026");
        assert_eq!(day(Language::Ru, "2026-04-22"), "22\u{a0}апреля");
        assert_eq!(date(Language::Ru, "скоро"), "скоро");
        let near = |iso| near_day(Language::Ru, iso, "2026-12-01");
        assert_eq!(near("2026-04-22"), "22\u{a0}апреля");
        assert_eq!(near("2027-05-10"), "10\u{a0}мая\u{a0}2027");
        assert_eq!(near("скоро"), "скоро");
        assert_eq!(month(Language::Ru, "2026-11"), "Ноябрь 2026");
        assert_eq!(month(Language::En, "2026-13"), "2026-13");
        assert_eq!(day(Language::Ru, "2026-13-22"), "2026-13-22");
    }

    #[test]
    fn sizes_take_the_largest_unit() {
        assert_eq!(bytes(Language::Ru, 512), "512\u{a0}Б");
        assert_eq!(bytes(Language::Ru, 2_400_000), "2,4\u{a0}МБ");
        assert_eq!(bytes(Language::En, 64_000_000), "64\u{a0}MB");
    }
}
