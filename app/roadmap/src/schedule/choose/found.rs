//! What of each kind was found.

use super::super::group::Dated;
use super::super::piece::Piece;
use super::super::{Day, Month, Schedule, Within};
use super::Chosen;

impl Chosen<'_> {
    pub(super) fn days(&self) -> Vec<Day> {
        self.dated
            .iter()
            .filter_map(|dated| match dated {
                Dated::Day(day) => Some(*day),
                _ => None,
            })
            .collect()
    }

    pub(super) fn yearly_days(&self) -> Vec<(u8, u8)> {
        self.dated
            .iter()
            .filter_map(|dated| match dated {
                Dated::YearlyDay(month, day) => Some((*month, *day)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn months(&self) -> Vec<Month> {
        self.dated
            .iter()
            .filter_map(|dated| match dated {
                Dated::Month(month) => Some(*month),
                _ => None,
            })
            .collect()
    }

    /// Spans of months, single months among them as spans of one.
    pub(super) fn spans(&self) -> Vec<(Month, Option<Month>)> {
        self.dated
            .iter()
            .filter_map(|dated| match dated {
                Dated::Month(month) => Some((*month, Some(*month))),
                Dated::MonthRange(from, to) => Some((*from, *to)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn has_span(&self) -> bool {
        self.dated
            .iter()
            .any(|dated| matches!(dated, Dated::MonthRange(..)))
    }

    pub(super) fn same_months(&self) -> Option<(&[i32], &[u8])> {
        self.dated.iter().find_map(|dated| match dated {
            Dated::SameMonths(years, months) => Some((years.as_slice(), months.as_slice())),
            _ => None,
        })
    }

    /// «июнь–август 2023–2025»: each summer of these years.
    pub(super) fn same_season(&self) -> Option<Schedule> {
        self.dated.iter().find_map(|dated| match dated {
            Dated::SameSeason(years, first, last) => {
                let span = years.first().copied().zip(years.last().copied());
                let within = Within {
                    years: span.map(|(a, b)| (a, Some(b))),
                    ..Within::default()
                };
                Some(Schedule::Season(*first, *last, within))
            }
            _ => None,
        })
    }

    /// Months and seasons without a year.
    pub(super) fn yearless(&self) -> Vec<(u8, u8)> {
        self.dated
            .iter()
            .filter_map(|dated| match dated {
                Dated::YearlyMonth(month) => Some((*month, *month)),
                Dated::Season(first, last) => Some((*first, *last)),
                _ => None,
            })
            .collect()
    }

    /// The bound that years beside something regular set.
    pub(super) fn within(&self) -> Within {
        let mut within = Within::default();
        for dated in &self.dated {
            let span = match dated {
                Dated::Year(year) => (*year, Some(*year)),
                Dated::YearRange(first, last) => (*first, *last),
                Dated::SchoolYear(year) => {
                    within.start = Some(Month {
                        year: *year,
                        month: 9,
                    });
                    within.end = Some(Month {
                        year: year + 1,
                        month: 5,
                    });
                    continue;
                }
                _ => continue,
            };
            within.years = Some(match within.years {
                None => span,
                Some((first, last)) => (first.min(span.0), last.zip(span.1).map(|(a, b)| a.max(b))),
            });
        }
        // «2021 год, далее ежегодно»
        if let Some((first, _)) = within.years
            && self.pieces.contains(&Piece::Further)
        {
            within.years = Some((first, None));
        }
        within
    }
}
