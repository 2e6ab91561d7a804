//! A day, month or span, and what it means with its years or without.

use super::super::calendar::{Day, Month, days_in};
use super::Dated;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Day(u8, u8),
    Month(u8),
    Span(u8, u8),
    /// Month, first and last day.
    Part(u8, u8, u8),
}

#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) first: Point,
    pub(super) first_year: Option<i32>,
    pub(super) last: Option<Point>,
    pub(super) last_year: Option<i32>,
}

/// Month and, where it is exact, day.
pub(super) type End = (u8, Option<u8>);

impl Element {
    /// A span of whole months.
    pub(super) fn is_season(&self) -> bool {
        let (from, to) = self.ends();
        from.1.is_none() && to.1.is_none() && from.0 != to.0
    }

    pub(super) fn ends(&self) -> (End, End) {
        let last = self.last.unwrap_or(self.first);
        let from = match self.first {
            Point::Day(day, month) => (month, Some(day)),
            Point::Month(month) => (month, None),
            Point::Span(first, _) => (first, None),
            Point::Part(month, first, _) => (month, Some(first)),
        };
        let to = match last {
            Point::Day(day, month) => (month, Some(day)),
            Point::Month(month) => (month, None),
            Point::Span(_, last) => (last, None),
            Point::Part(month, _, last) => (month, Some(last)),
        };
        (from, to)
    }
}

pub(super) fn span((from, to): (End, End), first: Option<i32>, last: Option<i32>) -> Option<Dated> {
    let (first, last) = match (first, last) {
        (Some(first), Some(last)) => (first, last),
        // «январь 2023 – май»: the same year, or the next one when the month is earlier.
        (Some(first), None) => (first, if to.0 < from.0 { first + 1 } else { first }),
        (None, Some(last)) => (if to.0 < from.0 { last - 1 } else { last }, last),
        (None, None) => return None,
    };
    if from.1.is_none() && to.1.is_none() {
        let (from, to) = (
            Month {
                year: first,
                month: from.0,
            },
            Month {
                year: last,
                month: to.0,
            },
        );
        return Some(if from == to {
            Dated::Month(from)
        } else {
            Dated::MonthRange(from, Some(to))
        });
    }
    let from = Day::new(first, from.0, from.1.unwrap_or(1))?;
    let most = days_in(last, to.0);
    let to = Day::new(last, to.0, to.1.unwrap_or(most).min(most))?;
    Some(if from == to {
        Dated::Day(from)
    } else {
        Dated::DayRange(from, Some(to))
    })
}

pub(super) fn yearless(element: &Element, (from, to): (End, End)) -> Option<Dated> {
    match (element.first, element.last) {
        (Point::Day(day, month), None) => Some(Dated::YearlyDay(month, day)),
        // A span of days of each year is kept as the months it lies in.
        _ if from.0 == to.0 => Some(Dated::YearlyMonth(from.0)),
        _ => Some(Dated::Season(from.0, to.0)),
    }
}
