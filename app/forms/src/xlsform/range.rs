//! Values of parameters.

use super::lists::Lists;
use super::problems::Finding;
use crate::form::QuestionKind;

/// A decimal number as written, in billionths: exact for every number a form can hold.
type Decimal = i128;

const SCALE: u32 = 9;

/// Reads `12`, `-0.5`, `.25`, `1e3`.
fn decimal(text: &str) -> Option<Decimal> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (
            number,
            exponent
                .parse::<i32>()
                .ok()
                .filter(|exponent| exponent.abs() <= 9)?,
        ),
        None => (text, 0),
    };
    let (negative, unsigned) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let shift = exponent + SCALE as i32 - fraction.len() as i32;
    let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
    let value = if shift >= 0 {
        mantissa.checked_mul(10_i128.checked_pow(shift as u32)?)?
    } else {
        mantissa.checked_div(10_i128.checked_pow(shift.unsigned_abs())?)?
    };
    (value.abs() < i128::MAX / 4).then_some(if negative { -value } else { value })
}

/// Checks the parameters of a range.
///
/// # Errors
/// The first finding.
pub(super) fn check(
    pairs: &[(String, String)],
    appearance: Option<&str>,
    lists: &Lists,
) -> Result<(), Finding> {
    let get = |key: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    };
    let ticked = ["tick_interval", "placeholder", "tick_labelset"]
        .iter()
        .any(|key| get(key).is_some());
    let no_ticks = appearance.is_some_and(|appearance| appearance.contains("no-ticks"));
    let plain = appearance.is_none_or(|appearance| appearance.contains("vertical")) || no_ticks;
    if ticked && !plain {
        return Err(Finding::RangeAppearance);
    }
    let number = |name: &'static str, default: Option<Decimal>| match get(name) {
        None => Ok(default),
        Some(value) => {
            decimal(value)
                .map(Some)
                .ok_or(wrong(name, "должен быть числом", "must be a number"))
        }
    };
    let one = 10_i128.pow(SCALE);
    let start = number("start", Some(one))?.unwrap_or(one);
    let end = number("end", Some(10 * one))?.unwrap_or(10 * one);
    let step = number("step", Some(one))?.unwrap_or(one);
    let tick = number("tick_interval", None)?;
    let placeholder = number("placeholder", None)?;
    let (low, high) = (start.min(end), start.max(end));
    let width = high - low;
    for (name, value) in [("step", Some(step)), ("tick_interval", tick)] {
        match value {
            Some(0) => return Err(wrong(name, "не может быть нулём", "must not be zero")),
            Some(value) if value > width => {
                return Err(wrong(
                    name,
                    "больше всего диапазона",
                    "is larger than the range",
                ));
            }
            _ => {}
        }
    }
    let multiple = |name| {
        wrong(
            name,
            "должен быть кратен step",
            "must be a multiple of `step`",
        )
    };
    if tick.is_some_and(|tick| tick % step != 0) {
        return Err(multiple("tick_interval"));
    }
    if let Some(placeholder) = placeholder {
        if (placeholder - start) % step != 0 {
            return Err(multiple("placeholder"));
        }
        if placeholder < low || placeholder > high {
            return Err(wrong(
                "placeholder",
                "вне диапазона",
                "is outside the range",
            ));
        }
    }
    let Some(name) = get("tick_labelset") else {
        return Ok(());
    };
    let labels = |ru, en| wrong("tick_labelset", ru, en);
    let list = lists.get(name).ok_or(labels(
        "не называет список вариантов",
        "must name a choice list",
    ))?;
    let mut values = Vec::new();
    // A slider with more labels than this cannot be drawn.
    for choice in list.choices.iter().take(1_000) {
        let value = decimal(&choice.name).ok_or(labels(
            "называет список, где имена вариантов не числа",
            "names a list whose choices are not numbers",
        ))?;
        if value < low || value > high {
            return Err(labels(
                "называет вариант вне диапазона",
                "names a choice outside the range",
            ));
        }
        if (value - start) % tick.unwrap_or(step) != 0 {
            return Err(labels(
                "называет вариант, не попадающий на деление",
                "names a choice that is not on a tick",
            ));
        }
        values.push(value);
    }
    values.sort_unstable();
    values.dedup();
    if no_ticks && values != [low, high] && !(low == high && values == [low]) {
        return Err(labels(
            "при no-ticks должен называть только начало и конец",
            "must name exactly start and end when ticks are hidden",
        ));
    }
    Ok(())
}

fn wrong(name: &'static str, problem_ru: &'static str, problem_en: &'static str) -> Finding {
    Finding::RangeParameter {
        name,
        problem_ru,
        problem_en,
    }
}

/// Checks the parameters of the other kinds.
pub(super) fn check_values(
    kind: QuestionKind,
    pairs: &[(String, String)],
    appearance: Option<&str>,
) -> Vec<Finding> {
    let get = |key: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    };
    let mut findings = Vec::new();
    let mut require = |name: &str, fits: fn(&str) -> bool, expected: &'static str| {
        if let Some(value) = get(name)
            && !fits(value)
        {
            findings.push(Finding::BadParameter {
                name: name.to_owned(),
                expected,
            });
        }
    };
    let whole = |value: &str| value.parse::<i64>().is_ok();
    let number = |value: &str| value.parse::<f64>().is_ok();
    let truth = |value: &str| matches!(value, "true" | "false");
    match kind {
        QuestionKind::Text => require("rows", whole, "1, 2, 3, …"),
        QuestionKind::Image => {
            require("max-pixels", whole, "1024, …");
            if matches!(appearance, None | Some("annotate")) {
                require("app", is_package_name, "com.example.app");
            }
        }
        QuestionKind::Audio => {
            require(
                "quality",
                |value| matches!(value, "voice-only" | "low" | "normal" | "external"),
                "voice-only, low, normal, external",
            );
        }
        QuestionKind::BackgroundAudio => {
            require(
                "quality",
                |value| matches!(value, "voice-only" | "low" | "normal"),
                "voice-only, low, normal",
            );
        }
        QuestionKind::Geopoint | QuestionKind::Geotrace | QuestionKind::Geoshape => {
            require("capture-accuracy", number, "10, …");
            require("warning-accuracy", number, "10, …");
            require(
                "incremental",
                |value| super::words::yes(value) == Some(true),
                "true",
            );
            require("allow-mock-accuracy", truth, "true / false");
        }
        QuestionKind::Audit => {
            require("track-changes", truth, "true / false");
            require(
                "track-changes-reasons",
                |value| value == "on-form-edit",
                "on-form-edit",
            );
            require("identify-user", truth, "true / false");
            findings.extend(location(&get));
        }
        _ => {}
    }
    findings
}

/// The three location parameters of an audit come together and in order.
fn location<'p>(get: &impl Fn(&str) -> Option<&'p str>) -> Option<Finding> {
    let names = [
        "location-priority",
        "location-min-interval",
        "location-max-age",
    ];
    if names.iter().all(|name| get(name).is_none()) {
        return None;
    }
    if let Some(missing) = names.into_iter().find(|name| get(name).is_none()) {
        return Some(Finding::MissingParameter { name: missing });
    }
    let bad = |name: &str, expected| {
        Some(Finding::BadParameter {
            name: name.to_owned(),
            expected,
        })
    };
    let priority = get("location-priority").unwrap_or_default();
    if !matches!(
        priority,
        "no-power" | "low-power" | "balanced" | "high-accuracy"
    ) {
        return bad(
            "location-priority",
            "no-power, low-power, balanced, high-accuracy",
        );
    }
    let seconds = |name: &str| {
        get(name)
            .and_then(|value| value.parse::<i64>().ok())
            .filter(|seconds| *seconds >= 0)
    };
    match (
        seconds("location-min-interval"),
        seconds("location-max-age"),
    ) {
        (None, _) => bad("location-min-interval", "0, 1, 2, …"),
        (_, None) => bad("location-max-age", "0, 1, 2, …"),
        (Some(interval), Some(age)) if age < interval => {
            bad("location-max-age", ">= location-min-interval")
        }
        _ => None,
    }
}

/// Whether the text can name an Android application.
///
/// # Source
/// Android developer documentation, "Configure the app module", rules for the application id.
fn is_package_name(name: &str) -> bool {
    name.contains('.')
        && name.split('.').all(|segment| {
            segment
                .chars()
                .next()
                .is_some_and(|c| c.is_ascii_alphabetic())
                && segment
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
}
