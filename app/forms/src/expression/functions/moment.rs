//! Functions about dates and times.

use super::super::date::{self, Civil, DAY_MS};
use super::{Call, Document, EvaluationError, Object, Outcome};

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    let environment = call.evaluator.environment;
    let zone = &environment.zone;
    match name {
        "now" => Ok(Object::Text(
            date::civil(environment.now_ms as f64, zone)
                .map_or_else(String::new, |now| now.date_time()),
        )),
        "today" => {
            let midnight = date::civil(environment.now_ms as f64, zone).map_or(f64::NAN, |now| {
                let days = date::days_from_civil(now.year, now.month, now.day);
                zone.moment_of(days as f64 * DAY_MS)
            });
            Ok(Object::Moment(midnight))
        }
        "date" | "date-time" => moment(call, 0).map(|value| match value {
            Some(ms) => Object::Moment(ms),
            None => Object::Text(String::new()),
        }),
        "decimal-date-time" => {
            let ms = moment(call, 0)?.unwrap_or(f64::NAN);
            let object = call.object(0)?;
            let blank = ms.is_nan() && call.evaluator.text(&object).trim().is_empty();
            if ms.is_nan() && !blank && !matches!(object, Object::Number(_) | Object::Moment(_)) {
                return no_date(call, &call.evaluator.text(&object));
            }
            Ok(Object::Number(ms / DAY_MS))
        }
        "decimal-time" => decimal_time(call).map(Object::Number),
        "format-date" | "format-date-time" => {
            let Some(ms) = moment(call, 0)? else {
                return Ok(Object::Text(String::new()));
            };
            let pattern = call.text(1)?;
            Ok(Object::Text(match date::civil(ms, zone) {
                Some(civil) => format(&civil, &pattern, name == "format-date-time"),
                None => "Invalid Date".into(),
            }))
        }
        _ => call.unknown(name),
    }
}

/// The argument as a moment: a number counts days since 1970 UTC, a blank text is none.
fn moment<D: Document>(call: &Call<'_, '_, D>, i: usize) -> Result<Option<f64>, EvaluationError> {
    let object = call.object(i)?;
    let text = match object {
        Object::Moment(ms) => return Ok(Some(ms)),
        Object::Number(days) => return Ok(Some((days * DAY_MS).round())),
        Object::Boolean(_) => return Ok(Some(f64::NAN)),
        Object::Text(text) => text,
        nodes => call.evaluator.text(&nodes),
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    match date::read(&padded(&text), &call.evaluator.environment.zone) {
        Some(ms) => Ok(Some(ms)),
        // A day that the calendar does not have is a mistake; other words are an invalid date, as in Web Forms.
        None if date::looks_like_date(text.trim()) => no_date(call, &text),
        None => Ok(Some(f64::NAN)),
    }
}

/// `2026-9-1` as `2026-09-01`; anything else as it is.
fn padded(text: &str) -> std::borrow::Cow<'_, str> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    match parts.as_slice() {
        [year, month, day]
            if year.len() == 4
                && month.len() <= 2
                && day.len() <= 2
                && parts.iter().all(digits) =>
        {
            format!("{year}-{month:0>2}-{day:0>2}").into()
        }
        _ => text.into(),
    }
}

fn no_date<D: Document, T>(call: &Call<'_, '_, D>, text: &str) -> Result<T, EvaluationError> {
    let span = call.args.first().map_or(call.span, |arg| arg.span);
    call.evaluator.fail(span, format!("“{text}” is no date."))
}

/// The part of the day that has passed, 0.5 at noon, on the clocks of the zone.
fn decimal_time<D: Document>(call: &Call<'_, '_, D>) -> Result<f64, EvaluationError> {
    let text = call.text(0)?;
    // Of a moment the clock counts.
    let clock = match text.trim().split_once('T') {
        Some((day, clock)) if date::is_date(day) => clock,
        _ => text.as_str(),
    };
    let Some((in_day_ms, offset)) = date::read_time(clock).filter(|(ms, _)| *ms < DAY_MS) else {
        return Ok(f64::NAN);
    };
    let environment = call.evaluator.environment;
    let local = match offset {
        None => in_day_ms,
        Some(minutes) => {
            let here = environment.zone.offset_at(environment.now_ms as f64);
            (in_day_ms + f64::from(here - minutes) * 60_000.0).rem_euclid(DAY_MS)
        }
    };
    Ok(local / DAY_MS)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

fn format(civil: &Civil, pattern: &str, with_time: bool) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(code) = chars.next() else {
            out.push('%');
            break;
        };
        let part = match code {
            '%' => "%".to_owned(),
            'Y' => format!("{:04}", civil.year),
            'y' => format!("{:02}", civil.year.rem_euclid(100)),
            'm' => format!("{:02}", civil.month),
            'n' => civil.month.to_string(),
            'b' => MONTHS[(civil.month - 1) as usize % 12].to_owned(),
            'd' => format!("{:02}", civil.day),
            'e' => civil.day.to_string(),
            'a' => WEEKDAYS[civil.weekday as usize % 7].to_owned(),
            'H' if with_time => format!("{:02}", civil.hour),
            'h' if with_time => civil.hour.to_string(),
            'M' if with_time => format!("{:02}", civil.minute),
            'S' if with_time => format!("{:02}", civil.second),
            '3' if with_time => format!("{:03}", civil.millisecond),
            other => format!("%{other}"),
        };
        out.push_str(&part);
    }
    out
}
