//! When something is due: how far its day is from today.

/// How a last day stands to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// The day is over by this many days.
    Late(u64),
    /// It is today.
    Today,
    /// It is within the next seven days; so many are left.
    Week(u64),
    /// It is later.
    Later,
}

/// Days of the time that is near enough to be called this week.
const WEEK_DAYS: i64 = 7;

/// How a last day `YYYY-MM-DD` stands to today; absent when either cannot be read.
pub fn due(last: &str, today: &str) -> Option<Due> {
    let left = day_number(last)? - day_number(today)?;
    Some(match left {
        ..=-1 => Due::Late(left.unsigned_abs()),
        0 => Due::Today,
        1..=WEEK_DAYS => Due::Week(left.unsigned_abs()),
        _ => Due::Later,
    })
}

/// Days since 1 January 1970 of a date that may be followed by a time.
///
/// # Source
/// H. Hinnant, chrono-compatible low-level date algorithms, `days_from_civil`.
pub(crate) fn day_number(iso: &str) -> Option<i64> {
    let mut parts = iso.get(..10)?.split('-');
    let year: i64 = parts.next()?.parse().ok()?;
    let month: i64 = parts.next()?.parse().ok()?;
    let day: i64 = parts.next()?.parse().ok()?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let cases = [
            ("2026-11-30", Due::Late(1)),
            ("2025-12-01", Due::Late(365)),
            ("2024-02-29", Due::Late(1006)),
            ("2026-12-01", Due::Today),
            ("2026-12-08", Due::Week(7)),
            ("2026-12-09", Due::Later),
            ("2027-05-10", Due::Later),
        ];
        for (last, expected) in cases {
            assert_eq!(due(last, "2026-12-01"), Some(expected), "{last}");
        }
        assert_eq!(due("скоро", "2026-12-01"), None);
        assert_eq!(due("2026-13-01", "2026-12-01"), None);
    }
}
