//! Days at a place, for rules that count in days.

use time::{Date, OffsetDateTime};

/// The date at a place this many minutes east of UTC.
pub fn date_at(now_ms: i64, zone_minutes: i32) -> Date {
    let local_s = now_ms.div_euclid(1_000) + i64::from(zone_minutes) * 60;
    OffsetDateTime::from_unix_timestamp(local_s).map_or(Date::MIN, OffsetDateTime::date)
}

/// The calendar year of an instant, UTC.
pub fn year_of(now_ms: i64) -> i32 {
    date_at(now_ms, 0).year()
}

/// `YYYY-MM-DD`.
pub fn iso(date: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

/// The year in which the school year of this day began.
pub fn school_year(today: Date) -> i32 {
    today.year() - i32::from(u8::from(today.month()) < 9)
}
