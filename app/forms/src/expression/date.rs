//! Dates and moments: reading and writing ISO 8601, and the calendar beneath.

use super::Zone;

pub(super) const DAY_MS: f64 = 86_400_000.0;

/// A moment spelled out on the clocks of a zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Civil {
    pub year: i64,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub millisecond: u32,
    /// 0 is Sunday.
    pub weekday: u32,
    pub offset_minutes: i32,
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
///
/// # Source
/// H. Hinnant, “chrono-compatible low-level date algorithms”, `days_from_civil`.
pub(super) fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = i64::from((month + 9) % 12);
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// # Source
/// H. Hinnant, `civil_from_days`.
fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u32;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

pub(super) fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// Years beyond this are no dates: JavaScript's limit, and safe arithmetic for ours.
const FARTHEST_MS: f64 = 8.64e15;

pub(super) fn civil(moment_ms: f64, zone: &Zone) -> Option<Civil> {
    if moment_ms.is_nan() || moment_ms.abs() > FARTHEST_MS {
        return None;
    }
    let offset_minutes = zone.offset_at(moment_ms);
    let local = moment_ms.floor() as i64 + i64::from(offset_minutes) * 60_000;
    let days = local.div_euclid(86_400_000);
    let in_day = local.rem_euclid(86_400_000) as u32;
    let (year, month, day) = civil_from_days(days);
    Some(Civil {
        year,
        month,
        day,
        hour: in_day / 3_600_000,
        minute: in_day / 60_000 % 60,
        second: in_day / 1000 % 60,
        millisecond: in_day % 1000,
        weekday: (days + 4).rem_euclid(7) as u32,
        offset_minutes,
    })
}

impl Civil {
    fn is_midnight(&self) -> bool {
        self.hour == 0 && self.minute == 0 && self.second == 0 && self.millisecond == 0
    }

    pub(super) fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    pub(super) fn date_time(&self) -> String {
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let offset = self.offset_minutes.abs();
        format!(
            "{}T{:02}:{:02}:{:02}.{:03}{sign}{:02}:{:02}",
            self.date(),
            self.hour,
            self.minute,
            self.second,
            self.millisecond,
            offset / 60,
            offset % 60
        )
    }
}

/// A moment as text: only the date when clocks of the zone show midnight.
pub(super) fn write(moment_ms: f64, zone: &Zone) -> String {
    match civil(moment_ms, zone) {
        None => "Invalid Date".into(),
        Some(civil) if civil.is_midnight() => civil.date(),
        Some(civil) => civil.date_time(),
    }
}

/// Whether a text has the shape of a date or moment, valid or not.
pub(super) fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9]
            .iter()
            .all(|i| bytes[*i].is_ascii_digit())
        && bytes.get(10).is_none_or(|c| *c == b'T' || *c == b' ')
}

/// Reads `2026-02-10`, `2026-02-10T15:30`, `2026-02-10T15:30:45.123Z`, …; without an offset the zone decides.
pub(super) fn read(text: &str, zone: &Zone) -> Option<f64> {
    let text = text.trim();
    if !looks_like_date(text) {
        return None;
    }
    let year: i64 = text[0..4].parse().ok()?;
    let month: u32 = text[5..7].parse().ok()?;
    let day: u32 = text[8..10].parse().ok()?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    let days = days_from_civil(year, month, day) as f64;
    let (in_day_ms, offset) = if text.len() > 10 {
        read_time(&text[11..])?
    } else {
        (0.0, None)
    };
    let local = days * DAY_MS + in_day_ms;
    Some(match offset {
        Some(minutes) => local - f64::from(minutes) * 60_000.0,
        None => zone.moment_of(local),
    })
}

/// Reads `15:30`, `15:30:45.123`, with or without `Z` or `+03:00`: milliseconds of the day, and the offset in minutes.
pub(super) fn read_time(text: &str) -> Option<(f64, Option<i32>)> {
    let text = text.trim();
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|c| c.is_ascii_digit());
    let mut parts = clock.split(':');
    let hour = parts.next().filter(|part| digits(part))?;
    let minute = parts.next().filter(|part| digits(part))?;
    let seconds = parts.next().unwrap_or("00");
    if parts.next().is_some() {
        return None;
    }
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    if !digits(whole) || fraction.is_empty() || !fraction.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let hour: u32 = hour.parse().ok()?;
    let minute: u32 = minute.parse().ok()?;
    let second: u32 = whole.parse().ok()?;
    if hour > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0) {
        return None;
    }
    let thousandths: f64 = format!("0.{fraction}").parse().ok()?;
    let milliseconds = (thousandths * 1000.0).floor();
    let in_day = f64::from(hour * 3600 + minute * 60 + second) * 1000.0 + milliseconds;
    Some((in_day, read_offset(zone)?))
}

/// `Some(None)` when no offset is written, `None` when what is written is none.
fn read_offset(text: &str) -> Option<Option<i32>> {
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("z") {
        return Some(Some(0));
    }
    let (sign, digits) = match text.split_at(1) {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|c| c.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|m| !m.is_empty())
        .map_or(Ok(0), str::parse)
        .ok()?;
    (hours <= 18 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

/// Whether a text is a date or moment.
pub(crate) fn is_date(text: &str) -> bool {
    read(text, &Zone::UTC).is_some()
}
