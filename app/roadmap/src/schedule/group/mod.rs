//! Months, days and years put together: which year belongs to which month.

mod element;

use super::calendar::{Day, Month};
use super::piece::Piece;
use element::{Element, Point, span, yearless};

/// Something dated. What has no year is meant for each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    /// A day.
    Day(Day),
    /// A span of days; `None` is open.
    DayRange(Day, Option<Day>),
    /// A month.
    Month(Month),
    /// A span of months; `None` is open.
    MonthRange(Month, Option<Month>),
    /// The same months of several years.
    SameMonths(Vec<i32>, Vec<u8>),
    /// The same span of months of several years.
    SameSeason(Vec<i32>, u8, u8),
    /// A year.
    Year(i32),
    /// A span of years; `None` is open.
    YearRange(i32, Option<i32>),
    /// A school year.
    SchoolYear(i32),
    /// Month and day of each year.
    YearlyDay(u8, u8),
    /// A month of each year.
    YearlyMonth(u8),
    /// A span of months of each year.
    Season(u8, u8),
}

/// The years that stand at a month, or that a heading gives to what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Years {
    /// Calendar years; `true` when written as a span.
    Calendar(Vec<i32>, bool),
    /// A school year by its first calendar year.
    School(i32),
}

/// Puts pieces together; `context` gives the year to what has none.
pub fn dated(pieces: &[Piece], context: Option<&Years>) -> Vec<Dated> {
    let mut reader = Reader {
        pieces,
        at: 0,
        pending: Vec::new(),
        current: context.cloned(),
        found: Vec::new(),
    };
    while reader.at < pieces.len() {
        reader.step();
    }
    reader.flush();
    reader.found
}

struct Reader<'p> {
    pieces: &'p [Piece],
    at: usize,
    /// Elements that wait for their year.
    pending: Vec<Element>,
    /// The year that stands before its months.
    current: Option<Years>,
    found: Vec<Dated>,
}

impl Reader<'_> {
    fn piece(&self, at: usize) -> Option<Piece> {
        self.pieces.get(at).copied()
    }

    /// A point, the year inside it, and what comes behind.
    fn point(&self, at: usize) -> Option<(Point, Option<i32>, usize)> {
        match (self.piece(at)?, self.piece(at + 1)) {
            (Piece::Part(first, last), Some(Piece::Month(month, year))) => {
                Some((Point::Part(month, first, last), year, at + 2))
            }
            (Piece::Month(month, year), Some(Piece::Part(first, last))) => {
                Some((Point::Part(month, first, last), year, at + 2))
            }
            (Piece::Month(month, year), _) => Some((Point::Month(month), year, at + 1)),
            (Piece::Day(day, month, year), _) => Some((Point::Day(day, month), year, at + 1)),
            (Piece::Span(first, last), _) => Some((Point::Span(first, last), None, at + 1)),
            _ => None,
        }
    }

    fn step(&mut self) {
        match self.pieces[self.at] {
            Piece::From => self.from(),
            Piece::Until => self.until(),
            Piece::Year(_) | Piece::SchoolYear(_) => self.year_first(),
            _ => match self.element(self.at) {
                Some((element, next)) => self.point_first(element, next),
                None => self.at += 1,
            },
        }
    }

    /// «январь», «январь–март», «январь 2023 – май»: the last year is read by whoever calls.
    fn element(&self, at: usize) -> Option<(Element, usize)> {
        let (first, mut first_year, mut next) = self.point(at)?;
        let mut behind = next;
        let mut year_here = None;
        if let Some(Piece::Year(year)) = self.piece(next) {
            year_here = Some(year);
            behind = next + 1;
        }
        let is_joint = matches!(self.piece(behind), Some(Piece::Dash | Piece::To));
        let mut element = Element {
            first,
            first_year,
            last: None,
            last_year: None,
        };
        if is_joint && let Some((last, last_year, end)) = self.point(behind + 1) {
            first_year = first_year.or(year_here);
            element = Element {
                first,
                first_year,
                last: Some(last),
                last_year,
            };
            next = end;
        } else if first_year.is_some() {
            element.last_year = first_year;
        }
        Some((element, next))
    }

    /// Years from `at` on: «2023», «2023–2025», «2023, 2024 и 2025», a school year.
    fn years(&self, at: usize) -> Option<(Years, usize)> {
        match self.piece(at)? {
            Piece::SchoolYear(year) => return Some((Years::School(year), at + 1)),
            Piece::Year(_) => {}
            _ => return None,
        }
        let mut years: Vec<i32> = Vec::new();
        let mut is_span = false;
        let mut at = at;
        while let Some(Piece::Year(year)) = self.piece(at) {
            match years.last() {
                Some(last) if is_span && *last < year && year - last < 100 => {
                    years.extend(last + 1..=year);
                }
                _ => years.push(year),
            }
            at += 1;
            let is_joint = matches!(self.piece(at), Some(Piece::Dash | Piece::Comma));
            if !is_joint || !matches!(self.piece(at + 1), Some(Piece::Year(_))) {
                break;
            }
            // «2023: сентябрь, 2024: май»: the second year opens its own list.
            if self.piece(at) == Some(Piece::Comma) && self.opens(at + 1) {
                break;
            }
            is_span = self.piece(at) == Some(Piece::Dash);
            at += 1;
        }
        years.dedup();
        Some((Years::Calendar(years, is_span), at))
    }

    /// Does a year stand directly before a point that has no year of its own behind it?
    fn opens(&self, at: usize) -> bool {
        let at = at + 1 + usize::from(self.piece(at + 1) == Some(Piece::Dash));
        self.point(at).is_some_and(|(_, year, next)| {
            year.is_none() && !matches!(self.piece(next), Some(Piece::Year(_)))
        })
    }

    fn point_first(&mut self, element: Element, next: usize) {
        self.pending.push(element);
        self.at = next;
        let comma = usize::from(self.piece(next) == Some(Piece::Comma));
        let has_own = self
            .pending
            .last()
            .is_some_and(|element| element.last_year.is_some());
        // A year behind a comma belongs to the months before it unless a list of its own begins with it.
        let is_free = comma == 0 || (!self.opens(next + 1) && self.current.is_none());
        if !has_own
            && is_free
            && let Some((years, end)) = self.years(next + comma)
        {
            self.at = end;
            let pending = std::mem::take(&mut self.pending);
            self.resolve(&pending, &years);
            return;
        }
        let skipped = self.skip_joints(self.at);
        if self.point(skipped).is_none() {
            self.flush();
        }
    }

    fn skip_joints(&self, mut at: usize) -> usize {
        while matches!(
            self.piece(at),
            Some(Piece::Comma | Piece::Dash | Piece::Until | Piece::To)
        ) {
            at += 1;
        }
        at
    }

    fn year_first(&mut self) {
        let Some((years, next)) = self.years(self.at) else {
            self.at += 1;
            return;
        };
        self.at = next;
        let behind = self.skip_joints(next);
        let owns = self.element(behind).is_some_and(|(element, end)| {
            element.first_year.is_none() && element.last_year.is_none() && self.years(end).is_none()
        });
        if owns {
            self.current = Some(years);
            return;
        }
        match years {
            Years::School(year) => self.found.push(Dated::SchoolYear(year)),
            Years::Calendar(years, true) if years.len() > 1 => {
                let (first, last) = (years[0], years[years.len() - 1]);
                self.found.push(Dated::YearRange(first, Some(last)));
            }
            Years::Calendar(years, _) => self.found.extend(years.into_iter().map(Dated::Year)),
        }
    }

    /// «с января по май 2024», «с 2022 года», «с сентября 2023 года».
    fn from(&mut self) {
        self.at += 1;
        if let Some(Piece::Year(first)) = self.piece(self.at) {
            let joint = matches!(
                self.piece(self.at + 1),
                Some(Piece::To | Piece::Until | Piece::Dash)
            );
            match self.piece(self.at + 2) {
                Some(Piece::Year(last)) if joint => {
                    self.found.push(Dated::YearRange(first, Some(last)));
                    self.at += 3;
                }
                _ => {
                    self.found.push(Dated::YearRange(first, None));
                    self.at += 1;
                }
            }
            return;
        }
        let Some((point, inside, mut next)) = self.point(self.at) else {
            return;
        };
        let mut year = inside;
        if year.is_none()
            && let Some(Piece::Year(found)) = self.piece(next)
        {
            year = Some(found);
            next += 1;
        }
        let joint = matches!(
            self.piece(next),
            Some(Piece::To | Piece::Until | Piece::Dash)
        );
        if joint && let Some((last, last_year, end)) = self.point(next + 1) {
            let element = Element {
                first: point,
                first_year: year,
                last: Some(last),
                last_year,
            };
            self.point_first(element, end);
        } else if joint && let (Some(from), Some(Piece::Year(last))) = (year, self.piece(next + 1))
        {
            let element = Element {
                first: point,
                first_year: Some(from),
                last: Some(Point::Month(12)),
                last_year: Some(last),
            };
            self.point_first(element, next + 2);
        } else {
            self.open(point, year);
            self.at = next;
        }
    }

    fn open(&mut self, point: Point, year: Option<i32>) {
        let year = match (year, &self.current) {
            (Some(year), _) => Some(year),
            (None, Some(Years::Calendar(years, _))) if years.len() == 1 => Some(years[0]),
            (None, Some(Years::School(year))) => Some(*year),
            _ => None,
        };
        let found = match (point, year) {
            (Point::Day(day, month), Some(year)) => {
                Day::new(year, month, day).map(|day| Dated::DayRange(day, None))
            }
            (Point::Day(day, month), None) => Some(Dated::YearlyDay(month, day)),
            (Point::Month(month) | Point::Span(month, _) | Point::Part(month, ..), Some(year)) => {
                Some(Dated::MonthRange(Month { year, month }, None))
            }
            (Point::Month(month) | Point::Part(month, ..), None) => Some(Dated::YearlyMonth(month)),
            (Point::Span(first, last), None) => Some(Dated::Season(first, last)),
        };
        self.found.extend(found);
    }

    /// «до 15 сентября»; «до 2025 года» leaves open whether the year itself is meant.
    fn until(&mut self) {
        self.at += 1;
        if matches!(self.piece(self.at), Some(Piece::Year(_))) {
            self.at += 1;
        }
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return;
        }
        match self.current.clone() {
            Some(years) => self.resolve(&pending, &years),
            None => self.resolve(&pending, &Years::Calendar(Vec::new(), false)),
        }
    }

    fn resolve(&mut self, elements: &[Element], years: &Years) {
        if let Years::Calendar(list, _) = years
            && list.len() > 1
            && elements.iter().all(|element| {
                element.last.is_none()
                    && element.last_year.is_none()
                    && matches!(element.first, Point::Month(_))
            })
        {
            let months = elements
                .iter()
                .filter_map(|element| match element.first {
                    Point::Month(month) => Some(month),
                    _ => None,
                })
                .collect();
            self.found.push(Dated::SameMonths(list.clone(), months));
            return;
        }
        for element in elements {
            self.resolve_one(element, years);
        }
    }

    fn resolve_one(&mut self, element: &Element, years: &Years) {
        let ends = element.ends();
        let own = match (element.first_year, element.last_year) {
            (None, None) => None,
            (first, last) => Some((first, last)),
        };
        if let Some((first, last)) = own {
            // The year behind the last month is that of the list, unless it stands inside.
            let last = last.or(match years {
                Years::Calendar(list, _) => list.last().copied(),
                Years::School(year) => Some(*year),
            });
            self.found.extend(span(
                ends,
                first,
                last.filter(|last| first.is_none_or(|first| first <= *last)),
            ));
            return;
        }
        match years {
            Years::Calendar(list, _) if list.is_empty() => {
                self.found.extend(yearless(element, ends))
            }
            Years::Calendar(list, true)
                if list.len() == 2 && ends.0.0 > ends.1.0 && element.last.is_some() =>
            {
                self.found.extend(span(ends, Some(list[0]), Some(list[1])));
            }
            Years::Calendar(list, true) if list.len() > 1 && element.is_season() => {
                self.found
                    .push(Dated::SameSeason(list.clone(), ends.0.0, ends.1.0));
            }
            Years::Calendar(list, _) => {
                for year in list {
                    let last = if ends.0.0 > ends.1.0 { year + 1 } else { *year };
                    self.found.extend(span(ends, Some(*year), Some(last)));
                }
            }
            Years::School(year) => {
                let of = |month: u8| if month >= 8 { *year } else { year + 1 };
                self.found
                    .extend(span(ends, Some(of(ends.0.0)), Some(of(ends.1.0))));
            }
        }
    }
}
