//! Days and months, without a clock.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year, 1900–2199.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Year.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
}

/// A due period, both days inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// The days for which a programme (программа) is made, both inclusive.
pub type Programme = Period;

/// How many days a month has.
pub fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Day {
    /// `None` when there is no such day or it lies outside 1900–2199.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let is_valid = (1900..2200).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        is_valid.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        Self::new(year, month, parts.next()?.parse().ok()?)
    }

    /// Days since 1 March of the year 0.
    ///
    /// # Source
    /// Howard Hinnant, «chrono-Compatible Low-Level Date Algorithms», `days_from_civil`.
    fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + day_of_year
    }

    /// Monday is 0.
    pub fn weekday(self) -> u8 {
        // 1 March of the year 0 was a Wednesday.
        u8::try_from((self.number() + 2).rem_euclid(7)).expect("a remainder of seven fits")
    }

    /// The day `days` later (or earlier, when negative).
    pub fn plus(self, days: i64) -> Self {
        let mut left = days;
        let mut day = self;
        while left != 0 {
            if left > 0 {
                let rest = i64::from(days_in(day.year, day.month) - day.day);
                if left <= rest {
                    day.day += u8::try_from(left).expect("a part of a month fits");
                    left = 0;
                } else {
                    left -= rest + 1;
                    day = Month::from(day).next().first_day();
                }
            } else if -left < i64::from(day.day) {
                day.day -= u8::try_from(-left).expect("a part of a month fits");
                left = 0;
            } else {
                left += i64::from(day.day);
                day = Month::from(day).before().last_day();
            }
        }
        day
    }
}

impl Month {
    /// The month after.
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                month: self.month + 1,
                ..self
            }
        }
    }

    fn before(self) -> Self {
        if self.month == 1 {
            Self {
                year: self.year - 1,
                month: 12,
            }
        } else {
            Self {
                month: self.month - 1,
                ..self
            }
        }
    }

    /// Its first day.
    pub fn first_day(self) -> Day {
        Day {
            year: self.year,
            month: self.month,
            day: 1,
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Day {
        Day {
            year: self.year,
            month: self.month,
            day: days_in(self.year, self.month),
        }
    }

    /// From its first day to its last.
    pub fn period(self) -> Period {
        Period {
            from: self.first_day(),
            to: self.last_day(),
        }
    }
}

impl From<Day> for Month {
    fn from(day: Day) -> Self {
        Self {
            year: day.year,
            month: day.month,
        }
    }
}

impl Period {
    /// Whole years, both inclusive.
    pub fn years(first: i32, last: i32) -> Self {
        Self::months(
            Month {
                year: first,
                month: 1,
            },
            Month {
                year: last,
                month: 12,
            },
        )
    }

    /// Whole months, both inclusive.
    pub fn months(first: Month, last: Month) -> Self {
        Self {
            from: first.first_day(),
            to: last.last_day(),
        }
    }

    /// What both have in common.
    pub fn common(self, other: Self) -> Option<Self> {
        let common = Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        };
        (common.from <= common.to).then_some(common)
    }

    /// Does `other` lie inside?
    pub fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Month};

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        assert_eq!(day("2020-09-07").weekday(), 0);
        assert_eq!(day("2024-02-29").weekday(), 3);
        assert_eq!(day("1999-12-31").weekday(), 4);
    }

    #[test]
    fn days_are_counted_over_months_and_back() {
        assert_eq!(day("2023-12-31").plus(1), day("2024-01-01"));
        assert_eq!(day("2024-03-01").plus(-1), day("2024-02-29"));
        assert_eq!(day("2024-01-15").plus(400).plus(-400), day("2024-01-15"));
    }

    #[test]
    fn there_is_no_thirtieth_of_february() {
        assert_eq!(Day::new(2024, 2, 30), None);
        assert_eq!(
            Month {
                year: 2023,
                month: 2
            }
            .last_day(),
            day("2023-02-28")
        );
    }
}
