//! The kind of a schedule, chosen from what its words mean.

mod found;
mod week;

use regex_lite::Regex;

use super::group::{Dated, Years, dated};
use super::piece::{Piece, pieces};
use super::{Every, Month, Schedule, Within};
use crate::text::collapsed;

/// Reads a schedule in words.
pub fn read(text: &str) -> Schedule {
    read_in(text, None)
}

/// Reads a schedule below a heading that names a year («2024 год»), which months without a year then belong to.
pub fn read_in(text: &str, heading: Option<&str>) -> Schedule {
    let pieces = pieces(text);
    let is_yearly = pieces.contains(&Piece::Every(Every::Year));
    let context = heading.filter(|_| !is_yearly).and_then(only_year);
    Chosen::new(text, &pieces, context.as_ref()).schedule()
}

/// The year of a heading that says nothing else.
fn only_year(heading: &str) -> Option<Years> {
    match dated(&pieces(heading), None).as_slice() {
        [Dated::Year(year)] => Some(Years::Calendar(vec![*year], false)),
        [Dated::SchoolYear(year)] => Some(Years::School(*year)),
        _ => None,
    }
}

struct Chosen<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    /// Each dated thing once.
    dated: Vec<Dated>,
    /// As they stand, repetitions among them.
    written: Vec<Dated>,
    every: Option<Every>,
}

impl<'t> Chosen<'t> {
    fn new(text: &'t str, pieces: &'t [Piece], context: Option<&Years>) -> Self {
        let written = dated(&datable(pieces), context);
        let mut found: Vec<Dated> = Vec::new();
        for dated in &written {
            if !found.contains(dated) {
                found.push(dated.clone());
            }
        }
        let all: Vec<Every> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Every(every) => Some(*every),
                _ => None,
            })
            .collect();
        let every = all
            .iter()
            .find(|every| **every != Every::Year)
            .or(all.first())
            .copied();
        Self {
            text,
            pieces,
            dated: found,
            written,
            every,
        }
    }

    fn schedule(&self) -> Schedule {
        if let Some(weeks) = self.weeks() {
            return Schedule::Weeks(weeks);
        }
        let years = self.pieces.iter().find_map(|piece| match piece {
            Piece::EveryYears(n) => Some(*n),
            _ => None,
        });
        if let Some(years) = years {
            return Schedule::EveryYears(years);
        }
        let found = match self.every {
            Some(Every::Year) => self.yearly(),
            Some(every) => self.regular(every),
            None => self.named(),
        };
        found
            .or_else(|| self.turn())
            .or_else(|| self.of_years())
            .unwrap_or(Schedule::Unknown)
    }

    /// Something regular, oftener than yearly.
    fn regular(&self, every: Every) -> Option<Schedule> {
        let days = self.yearly_days();
        if days.len() > 1 {
            return Some(Schedule::YearlyDay(days, self.within()));
        }
        if self.days().len() > 1 {
            return Some(Schedule::Days(self.days()));
        }
        let yearless = self.yearless();
        if yearless.len() > 1 && yearless.iter().all(|(first, last)| first == last) {
            return Some(yearly_months(&yearless, self.within()));
        }
        if self.months().len() > 1 && !self.has_span() {
            return Some(Schedule::Months(self.months()));
        }
        if let Some((years, months)) = self.same_months().filter(|(_, months)| months.len() > 1) {
            return Some(Schedule::SameMonths {
                years: years.to_vec(),
                months: months.to_vec(),
            });
        }
        let mut within = self.within();
        for dated in &self.dated {
            match dated {
                Dated::Month(month) => within.start = Some(*month),
                Dated::Day(day) => within.start = Some(Month::from(*day)),
                Dated::MonthRange(from, to) => {
                    within.start = Some(*from);
                    within.end = *to;
                }
                Dated::DayRange(from, to) => {
                    within.start = Some(Month::from(*from));
                    within.end = to.map(Month::from);
                }
                Dated::Season(first, last) => within.months = Some((*first, *last)),
                Dated::SameSeason(years, first, last) => {
                    within.months = Some((*first, *last));
                    within.years = years.first().map(|year| (*year, years.last().copied()));
                }
                _ => {}
            }
        }
        if within.months.is_none() && self.pieces.contains(&Piece::AllSchoolYear) {
            within.months = Some((9, 5));
        }
        Some(Schedule::Regular(every, within))
    }

    /// Ежегодно, with a day or a month.
    fn yearly(&self) -> Option<Schedule> {
        let days = self.yearly_days();
        if !days.is_empty() {
            return Some(Schedule::YearlyDay(days, self.within()));
        }
        let yearless = self.yearless();
        match yearless.as_slice() {
            [] => {}
            [(first, last)] if first != last => {
                return Some(Schedule::Season(*first, *last, self.within()));
            }
            months => return Some(yearly_months(months, self.within())),
        }
        if let Some((years, months)) = self.same_months() {
            let span = years.iter().min().copied().zip(years.iter().max().copied());
            let within = Within {
                years: span.map(|(a, b)| (a, Some(b))),
                ..Within::default()
            };
            return Some(Schedule::YearlyMonths(months.to_vec(), within));
        }
        if let Some(season) = self.same_season() {
            return Some(season);
        }
        // «декабрь 2023, далее ежегодно»
        let since = |year: i32| Within {
            years: Some((year, None)),
            ..Within::default()
        };
        if let [day] = self.days().as_slice() {
            return Some(Schedule::YearlyDay(
                vec![(day.month, day.day)],
                since(day.year),
            ));
        }
        match self.spans().as_slice() {
            [] => None,
            [(from, Some(to))] if from == to => {
                Some(Schedule::YearlyMonths(vec![from.month], since(from.year)))
            }
            [(from, Some(to))] if from.year == to.year => {
                Some(Schedule::Season(from.month, to.month, since(from.year)))
            }
            [(from, to)] => {
                let within = Within {
                    start: Some(*from),
                    end: *to,
                    ..self.within()
                };
                Some(Schedule::Regular(Every::Year, within))
            }
            [(first, Some(last)), others @ ..]
                if others.iter().all(|(from, to)| {
                    from.month == first.month && to.is_some_and(|to| to.month == last.month)
                }) =>
            {
                let end = others.last().map_or(first.year, |(from, _)| from.year);
                let within = Within {
                    years: Some((first.year, Some(end))),
                    ..Within::default()
                };
                Some(Schedule::Season(first.month, last.month, within))
            }
            _ => self.named(),
        }
    }

    /// Days and months that say when by themselves.
    fn named(&self) -> Option<Schedule> {
        let days = self.days();
        if !days.is_empty() {
            return Some(Schedule::Days(days));
        }
        for dated in &self.dated {
            if let Dated::DayRange(from, to) = dated {
                return Some(Schedule::DaysRange(*from, *to));
            }
        }
        let yearly_days = self.yearly_days();
        if !yearly_days.is_empty() {
            return Some(Schedule::YearlyDay(yearly_days, self.within()));
        }
        if let Some(season) = self.same_season() {
            return Some(season);
        }
        if self.has_span() {
            return Some(Schedule::MonthsRange(self.spans()));
        }
        let mut months = self.months();
        if let Some((years, same)) = self.same_months() {
            if months.is_empty() {
                return Some(Schedule::SameMonths {
                    years: years.to_vec(),
                    months: same.to_vec(),
                });
            }
            months.extend(years.iter().flat_map(|year| {
                same.iter().map(|month| Month {
                    year: *year,
                    month: *month,
                })
            }));
        }
        if !months.is_empty() {
            return Some(Schedule::Months(months));
        }
        match self.yearless().as_slice() {
            [] => None,
            [(first, last)] if first != last => {
                Some(Schedule::Season(*first, *last, self.within()))
            }
            months => Some(yearly_months(months, self.within())),
        }
    }

    /// What a turn of speech says when no month is named; the first that stands there.
    fn turn(&self) -> Option<Schedule> {
        let has_years = !self.dated.is_empty();
        self.pieces.iter().find_map(|piece| match piece {
            Piece::AllYear => Some(Schedule::AllYear(self.within())),
            Piece::AllSchoolYear if !has_years => Some(Schedule::AllSchoolYear),
            Piece::WhileRuns if !has_years => Some(Schedule::WhileProgrammeRuns),
            Piece::Constantly => Some(Schedule::Constantly),
            Piece::Plan => Some(Schedule::BySeparateSchedule),
            Piece::Request => Some(Schedule::OnRequest),
            Piece::Results => Some(Schedule::ByResults(follows(self.text))),
            Piece::Holding if !has_years => Some(Schedule::BySeparateSchedule),
            _ => None,
        })
    }

    fn of_years(&self) -> Option<Schedule> {
        if self.every == Some(Every::Year) {
            return Some(Schedule::Regular(Every::Year, self.within()));
        }
        let mut years = Vec::new();
        let mut school = Vec::new();
        let mut open = None;
        for dated in &self.dated {
            match dated {
                Dated::Year(year) => years.push(*year),
                Dated::SchoolYear(year) => school.push(*year),
                Dated::YearRange(first, last) if self.dated.len() == 1 => {
                    return Some(Schedule::YearsRange(*first, *last));
                }
                Dated::YearRange(first, Some(last)) => years.extend(*first..=*last),
                Dated::YearRange(first, None) => open = Some(*first),
                _ => {}
            }
        }
        match (years.is_empty(), school.is_empty(), open) {
            (_, _, Some(first)) => Some(Schedule::YearsRange(first, None)),
            (false, _, None) => Some(Schedule::Years(years)),
            (true, false, None) => Some(Schedule::SchoolYears(school)),
            (true, true, None) => None,
        }
    }
}

fn yearly_months(spans: &[(u8, u8)], within: Within) -> Schedule {
    let mut months: Vec<u8> = Vec::new();
    for (first, last) in spans {
        let mut month = *first;
        loop {
            if !months.contains(&month) {
                months.push(month);
            }
            if month == *last {
                break;
            }
            month = month % 12 + 1;
        }
    }
    Schedule::YearlyMonths(months, within)
}

/// Pieces that carry dates; everything else parts them.
fn datable(pieces: &[Piece]) -> Vec<Piece> {
    pieces
        .iter()
        .filter(|piece| !matches!(piece, Piece::Week(_)))
        .map(|piece| match piece {
            Piece::Day(..)
            | Piece::Month(..)
            | Piece::Span(..)
            | Piece::Part(..)
            | Piece::Year(_)
            | Piece::SchoolYear(_)
            | Piece::Dash
            | Piece::Comma
            | Piece::From
            | Piece::To
            | Piece::Until => *piece,
            // Something that means no date, so that what stands around it is not joined over it.
            _ => Piece::Plan,
        })
        .collect()
}

/// What a line follows, in the document's words: «по итогам ВПР» follows «ВПР».
fn follows(text: &str) -> String {
    let text = collapsed(text);
    let turn = Regex::new(
        r"(?:[Пп]о\s+(?:итогам|результатам|окончани[ию]|завершени[ию])|[Пп]осле(?:\s+(?:окончания|завершения|подведения итогов))?)\s+(.+)$",
    )
    .expect("the expression is valid");
    turn.captures(&text)
        .and_then(|found| found.get(1))
        .map_or(text.clone(), |found| {
            found.as_str().trim_end_matches(['.', ',', ';']).to_owned()
        })
}
