//! What a school records about itself: change log, context, SWOT and risks, and what follows from them.

pub mod calendar;
pub mod change;
pub mod change_workbook;
pub mod context;
pub mod dynamics;
pub mod indicators;
pub mod low_results;
pub mod next;
pub mod profile;
pub mod reference;
pub mod support;

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
