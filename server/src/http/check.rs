//! Checks of fields that several resources share.

use api::text::Text;
use time::Date;
use time::macros::format_description;

use super::problem::Problem;

/// Longest title or name, characters.
const LONGEST: usize = 300;
/// Longest note, characters.
const LONG: usize = 4_000;

/// A date that exists, `YYYY-MM-DD`.
pub fn date(field: &str, value: &str) -> Result<(), Problem> {
    let format = format_description!("[year]-[month]-[day]");
    match Date::parse(value, &format) {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem::invalid(
            field,
            "field.date",
            Text::new(
                format!(
                    "«{value}» — не дата. Запишите дату в виде ГГГГ-ММ-ДД, например 2026-04-15."
                ),
                format!("“{value}” is no date. Write it as YYYY-MM-DD, for example 2026-04-15."),
            ),
        )),
    }
}

/// First date not after the last.
pub fn ordered(field: &str, window: &[String; 2]) -> Result<(), Problem> {
    if window[0] <= window[1] {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.order",
        Text::new(
            "Первый день стоит позже последнего. Поменяйте даты местами.",
            "The first day is after the last one. Swap the dates.",
        ),
    ))
}

/// A time of day, `HH:MM`.
pub fn time(field: &str, value: &str) -> Result<(), Problem> {
    let format = format_description!("[hour]:[minute]");
    match time::Time::parse(value, &format) {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem::invalid(
            field,
            "field.time",
            Text::new(
                format!("«{value}» — не время. Запишите время в виде ЧЧ:ММ, например 09:30."),
                format!("“{value}” is no time. Write it as HH:MM, for example 09:30."),
            ),
        )),
    }
}

/// A year that results can have.
pub fn year(field: &str, value: i32) -> Result<(), Problem> {
    if (2000..=2100).contains(&value) {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.year",
        Text::new(
            format!("Год {value} вне пределов 2000–2100."),
            format!("The year {value} is outside of 2000–2100."),
        ),
    ))
}

/// A grade level.
pub fn grade(field: &str, value: u8) -> Result<(), Problem> {
    if (1..=12).contains(&value) {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.grade",
        Text::new(
            "Параллель — число от 1 до 12.",
            "A grade level is a number from 1 to 12.",
        ),
    ))
}

/// A text of at most [`LONGEST`] characters, which may be blank.
pub fn short(field: &str, value: &str) -> Result<(), Problem> {
    if value.chars().count() <= LONGEST {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.length",
        Text::new(
            format!("Текст длиннее {LONGEST} знаков. Сократите его."),
            format!("The text is longer than {LONGEST} characters. Shorten it."),
        ),
    ))
}

/// A text that is there, of at most [`LONGEST`] characters.
pub fn filled(field: &str, value: &str) -> Result<(), Problem> {
    short(field, value)?;
    if !value.trim().is_empty() {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.empty",
        Text::new("Заполните это поле.", "Fill in this field."),
    ))
}

/// A longer text, which may be blank.
pub fn long(field: &str, value: &str) -> Result<(), Problem> {
    if value.chars().count() <= LONG {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.length",
        Text::new(
            format!("Текст длиннее {LONG} знаков. Сократите его."),
            format!("The text is longer than {LONG} characters. Shorten it."),
        ),
    ))
}

/// An address on the web: only `http` and `https`, so that no link of ours runs a script.
pub fn link(field: &str, value: &str) -> Result<(), Problem> {
    let rest = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let good = host.is_some_and(|host| !host.is_empty())
        && value.chars().count() <= 2_000
        && !value
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control());
    if good {
        return Ok(());
    }
    Err(Problem::invalid(
        field,
        "field.link",
        Text::new(
            "Это не адрес страницы. Скопируйте его целиком, он начинается с https://.",
            "This is no address of a page. Copy it whole, it begins with https://.",
        ),
    ))
}

/// A text that is there in both languages.
pub fn text(field: &str, value: &Text) -> Result<(), Problem> {
    short(field, &value.ru)?;
    short(field, &value.en)?;
    if value.ru.trim().is_empty() || value.en.trim().is_empty() {
        return Err(Problem::invalid(
            field,
            "field.blank",
            Text::new(
                "Заполните название по-русски и по-английски.",
                "Fill in the title in Russian and in English.",
            ),
        ));
    }
    Ok(())
}

/// A text that must be there and may not be longer than `most` characters; returns it without space around.
pub fn words(field: &str, value: &str, most: usize) -> Result<String, Problem> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Problem::invalid(
            field,
            "field.empty",
            Text::new("Заполните это поле.", "Fill in this field."),
        ));
    }
    if value.chars().count() > most {
        return Err(Problem::invalid(
            field,
            "field.too_long",
            Text::new(
                format!("Сократите текст: здесь помещается не больше {most} знаков."),
                format!("Shorten the text: no more than {most} characters fit here."),
            ),
        ));
    }
    Ok(value.to_owned())
}
