//! When a line of a roadmap is due: kinds of schedules, their words in both directions and their due periods.

mod calendar;
mod choose;
mod group;
mod lexicon;
mod occurrences;
mod piece;
mod token;
mod words;

pub use calendar::{Day, Month, Period, Programme};
pub use choose::{read, read_in};

/// A schedule (срок исполнения) of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Single days.
    Days(Vec<Day>),
    /// From a day to a day; `None`: to the end of the programme.
    DaysRange(Day, Option<Day>),
    /// Days (month, day) of each year.
    YearlyDay(Vec<(u8, u8)>, Within),
    /// Single months.
    Months(Vec<Month>),
    /// Spans of months; `None`: to the end of the programme.
    MonthsRange(Vec<(Month, Option<Month>)>),
    /// Single years.
    Years(Vec<i32>),
    /// One span of years; `None`: to the end of the programme.
    YearsRange(i32, Option<i32>),
    /// School years, each by the calendar year in which it begins.
    SchoolYears(Vec<i32>),
    /// The same months of several years.
    SameMonths {
        /// All of them.
        years: Vec<i32>,
        /// Usually one.
        months: Vec<u8>,
    },
    /// Once in each period.
    Regular(Every, Within),
    /// These months of each year.
    YearlyMonths(Vec<u8>, Within),
    /// Weeks of months; week 1 has the month's first Thursday.
    Weeks(Vec<Week>),
    /// A span of months of each year; the last may lie in the year after.
    Season(u8, u8, Within),
    /// Постоянно.
    Constantly,
    /// В течение года.
    AllYear(Within),
    /// В течение учебного года.
    AllSchoolYear,
    /// Пока действует программа.
    WhileProgrammeRuns,
    /// Once in so many years, two or more.
    EveryYears(u8),
    /// По отдельному графику: somebody has to say when.
    BySeparateSchedule,
    /// По запросу: there is no day, events are counted.
    OnRequest,
    /// After something else, in the document's words.
    ByResults(String),
    /// Nobody understands it.
    Unknown,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each week.
    Week,
    /// Each month.
    Month,
    /// Each quarter of the calendar year (квартал).
    Quarter,
    /// Each quarter of the school year (четверть).
    SchoolQuarter,
    /// Each half of the calendar year.
    HalfYear,
    /// Each year.
    Year,
}

/// What bounds something regular, apart from the programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// First and last year; a last `None` is open.
    pub years: Option<(i32, Option<i32>)>,
    /// First month.
    pub start: Option<Month>,
    /// Last month.
    pub end: Option<Month>,
    /// Only in these months of a year, over the turn of the year when the first is later.
    pub months: Option<(u8, u8)>,
}

/// A week of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// `None`: of each year.
    pub year: Option<i32>,
    /// Month, 1–12.
    pub month: u8,
    /// From 1; `None`: the last.
    pub week: Option<u8>,
}

impl Schedule {
    /// The name of the kind, as files and the interface spell it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Days(_) => "day",
            Self::DaysRange(..) => "days_range",
            Self::YearlyDay(..) => "yearly_day",
            Self::Months(_) => "month",
            Self::MonthsRange(_) => "months_range",
            Self::Years(_) => "year",
            Self::YearsRange(..) | Self::SchoolYears(_) => "years_range",
            Self::SameMonths { .. } => "several_years_same_month",
            Self::Regular(every, _) => every.kind(),
            Self::YearlyMonths(..) => "yearly_month",
            Self::Weeks(_) => "week_of_month",
            Self::Season(..) => "season",
            Self::Constantly => "constantly",
            Self::AllYear(_) | Self::AllSchoolYear => "all_year",
            Self::WhileProgrammeRuns => "while_programme_runs",
            Self::EveryYears(_) => "every_n_years",
            Self::BySeparateSchedule => "by_separate_schedule",
            Self::OnRequest => "on_request",
            Self::ByResults(_) => "by_results",
            Self::Unknown => "unknown",
        }
    }

    /// Does it say when by itself? Where it does not, the line asks for a day or counts events.
    pub fn is_determined(&self) -> bool {
        !matches!(
            self,
            Self::BySeparateSchedule | Self::OnRequest | Self::ByResults(_) | Self::Unknown
        )
    }
}

impl Every {
    fn kind(self) -> &'static str {
        match self {
            Self::Week => "weekly",
            Self::Month => "monthly",
            Self::Quarter => "quarterly",
            Self::SchoolQuarter => "school_quarter",
            Self::HalfYear => "half_year",
            Self::Year => "yearly",
        }
    }
}

impl Schedule {
    /// Calendar years that the words name.
    pub fn years(&self) -> Vec<i32> {
        let of_within = |within: &Within| -> Vec<i32> {
            let years = within
                .years
                .iter()
                .flat_map(|(first, last)| [Some(*first), *last]);
            let months = [within.start, within.end];
            years
                .flatten()
                .chain(months.into_iter().flatten().map(|month| month.year))
                .collect()
        };
        match self {
            Self::Days(days) => days.iter().map(|day| day.year).collect(),
            Self::DaysRange(from, to) => [Some(*from), *to]
                .into_iter()
                .flatten()
                .map(|day| day.year)
                .collect(),
            Self::Months(months) => months.iter().map(|month| month.year).collect(),
            Self::MonthsRange(spans) => spans
                .iter()
                .flat_map(|(from, to)| [Some(*from), *to])
                .flatten()
                .map(|month| month.year)
                .collect(),
            Self::Years(years) => years.clone(),
            Self::YearsRange(from, to) => [Some(*from), *to].into_iter().flatten().collect(),
            Self::SchoolYears(years) => years.iter().flat_map(|year| [*year, year + 1]).collect(),
            Self::SameMonths { years, .. } => years.clone(),
            Self::YearlyDay(_, within)
            | Self::Regular(_, within)
            | Self::YearlyMonths(_, within)
            | Self::Season(_, _, within)
            | Self::AllYear(within) => of_within(within),
            Self::Weeks(weeks) => weeks.iter().filter_map(|week| week.year).collect(),
            _ => Vec::new(),
        }
    }
}
