//! A roadmap as it is looked at: which lines a filter shows, where periods lie on the scale of a school year, and what
//! the list and the board put where.

use api::management::programme::{
    Heading, Line, LineExecutorKind, LinePeriod, LineState, PeriodState, Programme,
};

use crate::model::due::day_number;

/// Which lines are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// A period is past its end.
    Overdue,
    /// An open period ends by the last day of this month.
    Month,
    /// Nobody has said when.
    Undated,
    /// A paper is expected and none is named.
    Paper,
    /// Something was not understood.
    Questions,
}

impl Filter {
    /// All filters in their order.
    pub const EVERY: [Filter; 6] = [
        Filter::All,
        Filter::Overdue,
        Filter::Month,
        Filter::Undated,
        Filter::Paper,
        Filter::Questions,
    ];

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Filter::All => "all",
            Filter::Overdue => "overdue",
            Filter::Month => "month",
            Filter::Undated => "undated",
            Filter::Paper => "paper",
            Filter::Questions => "questions",
        }
    }

    /// The filter of a name; all lines for an unknown one.
    pub fn of_name(name: &str) -> Self {
        let found = Self::EVERY.into_iter().find(|one| one.name() == name);
        found.unwrap_or_default()
    }

    /// Does it show a line on this day, `YYYY-MM-DD`?
    pub fn shows(self, line: &Line, today: &str) -> bool {
        match self {
            Filter::All => true,
            Filter::Overdue => line.state == LineState::Overdue,
            // Days of one month compare as texts; the 31st closes the shorter ones as well.
            Filter::Month => {
                let end = format!("{}-31", today.get(..7).unwrap_or_default());
                line.periods
                    .iter()
                    .any(|period| is_open(period.state) && period.to <= end)
            }
            Filter::Undated => line.state == LineState::NeedsDate,
            Filter::Paper => line.periods.iter().any(|period| period.lacks_paper),
            Filter::Questions => !line.questions.is_empty(),
        }
    }
}

/// Does a period ask for a report now?
pub fn is_open(state: PeriodState) -> bool {
    matches!(state, PeriodState::Overdue | PeriodState::Running)
}

/// Names of executors in a roadmap, each once, by the alphabet.
pub fn executors(lines: &[Line]) -> Vec<String> {
    let mut names: Vec<String> = lines
        .iter()
        .flat_map(|line| &line.executors)
        .map(|executor| executor.name.clone())
        .collect();
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup_by(|one, other| one.to_lowercase() == other.to_lowercase());
    names
}

/// Is this executor among those of a line? An empty name means any.
pub fn is_of(line: &Line, executor: &str) -> bool {
    let wanted = executor.to_lowercase();
    wanted.is_empty()
        || line
            .executors
            .iter()
            .any(|one| one.name.to_lowercase() == wanted)
}

/// Code and words of a heading.
pub fn heading_name(heading: &Heading) -> String {
    let name = [heading.code.as_str(), heading.title.as_str()].join(" ");
    name.trim().to_owned()
}

/// Headings with the lines under them, in the order of the roadmap; first those that stand under none.
pub fn blocks(programme: &Programme) -> Vec<(Option<Heading>, Vec<Line>)> {
    let of = |heading| -> Vec<Line> {
        let lines = programme.lines.iter();
        lines
            .filter(|line| line.heading == heading)
            .cloned()
            .collect()
    };
    let mut found = vec![(None, of(None))];
    for heading in &programme.headings {
        found.push((Some(heading.clone()), of(Some(heading.id))));
    }
    found.retain(|(heading, lines)| heading.is_some() || !lines.is_empty());
    found
}

/// The year in which the school year of a day begins.
pub fn school_year(day: &str) -> i32 {
    let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i32>().ok();
    part(0..4).unwrap_or_default() - i32::from(part(5..7).unwrap_or(9) < 9)
}

/// A school year as a scale from 1 September to 31 August.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The year in which it begins.
    pub year: i32,
    first: i64,
    days: i64,
}

/// Where a period lies on a scale: first and last share of its length, 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Left end.
    pub from: f64,
    /// Right end.
    pub to: f64,
    /// Does the period go on beyond the left end?
    pub begins_before: bool,
    /// Does it go on beyond the right end?
    pub ends_after: bool,
}

impl Scale {
    /// The scale of a school year.
    pub fn of(year: i32) -> Self {
        let first = day_number(&format!("{year:04}-09-01")).unwrap_or_default();
        let last = day_number(&format!("{:04}-08-31", year + 1)).unwrap_or_default();
        Scale {
            year,
            first,
            days: last - first + 1,
        }
    }

    /// Months with the calendar year they lie in and the share at which they begin, September first.
    pub fn months(self) -> Vec<(i32, u8, f64)> {
        (0..12)
            .map(|index: u8| {
                let month = (index + 8) % 12 + 1;
                let year = self.year + i32::from(month < 9);
                let share = self.place(&format!("{year:04}-{month:02}-01"));
                (year, month, share.unwrap_or_default())
            })
            .collect()
    }

    /// The share at which a day begins, `YYYY-MM-DD`; none outside the scale.
    pub fn place(self, day: &str) -> Option<f64> {
        let past = day_number(day)? - self.first;
        (0..self.days)
            .contains(&past)
            .then(|| past as f64 / self.days as f64)
    }

    /// Where a period lies; none when it lies outside.
    pub fn span(self, from: &str, to: &str) -> Option<Span> {
        let (from, to) = (day_number(from)? - self.first, day_number(to)? - self.first);
        if to < 0 || from >= self.days {
            return None;
        }
        let share = |days: i64| days.clamp(0, self.days) as f64 / self.days as f64;
        Some(Span {
            from: share(from),
            to: share(to + 1),
            begins_before: from < 0,
            ends_after: to >= self.days,
        })
    }

    /// Periods of a line that lie on the scale, with their places.
    pub fn of_line(self, line: &Line) -> Vec<(LinePeriod, Span)> {
        let periods = line.periods.iter();
        periods
            .filter_map(|period| Some((period.clone(), self.span(&period.from, &period.to)?)))
            .collect()
    }
}

/// A period of a line in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The line.
    pub line: Line,
    /// The period; none for a line that needs a day.
    pub period: Option<LinePeriod>,
}

/// What is open or ahead in a school year, by its last day; lines that need a day come last.
pub fn dated(lines: &[Line], scale: Scale) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    for line in lines {
        for (period, _) in scale.of_line(line) {
            let waits = is_open(period.state) || period.state == PeriodState::Ahead;
            if waits {
                found.push(Dated {
                    line: line.clone(),
                    period: Some(period),
                });
            }
        }
        if line.state == LineState::NeedsDate {
            found.push(Dated {
                line: line.clone(),
                period: None,
            });
        }
    }
    found.sort_by(|one, other| {
        let day = |of: &Dated| of.period.as_ref().map(|period| period.to.clone());
        let (one, other) = (day(one), day(other));
        (one.is_none(), one).cmp(&(other.is_none(), other))
    });
    found
}

/// Lines by executor, by the alphabet; a line of several stands with each of them. Those that every school owes come
/// last and together.
pub fn board(lines: &[Line]) -> Vec<(String, Vec<Line>)> {
    let (mut of_office, mut of_schools) = (Vec::new(), Vec::new());
    for name in executors(lines) {
        let own: Vec<Line> = lines
            .iter()
            .filter(|line| is_of(line, &name))
            .cloned()
            .collect();
        let is_of_schools = own.iter().flat_map(|line| &line.executors).any(|executor| {
            executor.kind == LineExecutorKind::Schools
                && executor.name.to_lowercase() == name.to_lowercase()
        });
        match is_of_schools {
            true => of_schools.push((name, own)),
            false => of_office.push((name, own)),
        }
    }
    of_office.append(&mut of_schools);
    of_office
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_begins_in_september_and_ends_in_august() {
        let scale = Scale::of(2026);
        assert_eq!(scale.days, 365);
        assert_eq!(Scale::of(2027).days, 366);
        assert_eq!(scale.place("2026-09-01"), Some(0.0));
        assert_eq!(scale.place("2027-09-01"), None);
        assert_eq!(scale.place("2026-08-31"), None);
        let months = scale.months();
        assert_eq!(months[0], (2026, 9, 0.0));
        assert_eq!((months[4].0, months[4].1), (2027, 1));
        assert!(months.windows(2).all(|pair| pair[0].2 < pair[1].2));
    }

    #[test]
    fn a_period_is_cut_at_the_ends_and_says_so() {
        let scale = Scale::of(2026);
        let whole = scale.span("2025-01-01", "2030-01-01").expect("covers it");
        assert_eq!((whole.from, whole.to), (0.0, 1.0));
        assert!(whole.begins_before && whole.ends_after);
        assert_eq!(scale.span("2025-01-01", "2026-08-31"), None);
        let day = scale
            .span("2027-08-31", "2027-08-31")
            .expect("the last day");
        assert_eq!(day.to, 1.0);
        assert!(!day.ends_after && day.from < day.to);
    }

    #[test]
    fn a_school_year_begins_in_september() {
        assert_eq!(school_year("2026-08-31"), 2025);
        assert_eq!(school_year("2026-09-01"), 2026);
        assert_eq!(school_year("2027-01-15"), 2026);
    }

    #[test]
    fn names_of_filters_are_read_back() {
        for filter in Filter::EVERY {
            assert_eq!(Filter::of_name(filter.name()), filter);
        }
        assert_eq!(Filter::of_name("anything"), Filter::All);
    }
}
