//! Due periods of a schedule inside a programme.

use super::calendar::{Day, Month, Period, Programme};
use super::{Every, Schedule, Week, Within};

/// First and last month of the quarters of a school year, in the order of the calendar year.
///
/// # Source
/// The usual division of the Russian school year; holidays are not cut out, June to August belong to none.
const SCHOOL_QUARTERS: [(u8, u8); 4] = [(1, 3), (4, 5), (9, 10), (11, 12)];

impl Schedule {
    /// Due periods in their order, all inside `programme`; empty where the schedule does not say when.
    ///
    /// What is regular keeps only periods that lie wholly inside; what is named is cut at the programme's ends.
    pub fn occurrences(&self, programme: Programme) -> Vec<Period> {
        let mut found: Vec<Period> = self
            .named(programme)
            .into_iter()
            .filter_map(|period| period.common(programme))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Periods as they are named, those outside the programme among them.
    fn named(&self, programme: Programme) -> Vec<Period> {
        let (first, last) = (programme.from.year, programme.to.year);
        match self {
            Self::Days(days) => days.iter().map(|day| single(*day)).collect(),
            Self::DaysRange(from, to) => period(*from, to.unwrap_or(programme.to)),
            Self::YearlyDay(days, within) => each_year(programme, *within, |year| {
                days.iter()
                    .filter_map(|(month, day)| Day::new(year, *month, *day))
                    .map(single)
                    .collect()
            }),
            Self::Months(months) => months.iter().map(|month| month.period()).collect(),
            Self::MonthsRange(spans) => spans
                .iter()
                .flat_map(|(from, to)| {
                    period(from.first_day(), to.map_or(programme.to, Month::last_day))
                })
                .collect(),
            Self::Years(years) => years
                .iter()
                .map(|year| Period::years(*year, *year))
                .collect(),
            Self::YearsRange(from, to) => {
                let to = to.unwrap_or(last);
                if to < *from {
                    Vec::new()
                } else {
                    vec![Period::years(*from, to)]
                }
            }
            Self::SchoolYears(years) => years.iter().map(|year| season(*year, 9, 5)).collect(),
            Self::SameMonths { years, months } => years
                .iter()
                .flat_map(|year| months.iter().map(|month| season(*year, *month, *month)))
                .collect(),
            Self::Regular(every, within) => regular(*every, *within, programme),
            Self::YearlyMonths(months, within) => each_year(programme, *within, |year| {
                months
                    .iter()
                    .map(|month| season(year, *month, *month))
                    .collect()
            }),
            Self::Weeks(weeks) => weeks
                .iter()
                .flat_map(|week| week.periods(programme))
                .filter(|week| programme.holds(*week))
                .collect(),
            Self::Season(from, to, within) => {
                each_year(programme, *within, |year| vec![season(year, *from, *to)])
            }
            Self::AllYear(within) => {
                each_year(programme, *within, |year| vec![Period::years(year, year)])
            }
            Self::AllSchoolYear => (first..=last).map(|year| season(year, 9, 5)).collect(),
            Self::Constantly | Self::WhileProgrammeRuns => vec![programme],
            Self::EveryYears(n) => windows(first, last, i32::from(*n)),
            Self::BySeparateSchedule | Self::OnRequest | Self::ByResults(_) | Self::Unknown => {
                Vec::new()
            }
        }
    }

    /// Does every named period lie outside the programme? Then the roadmap is probably that of a past one.
    pub fn is_outside(&self, programme: Programme) -> bool {
        let named = self.named(programme);
        !named.is_empty()
            && named
                .iter()
                .all(|period| period.common(programme).is_none())
    }
}

impl Within {
    /// The bound as days, no wider than the programme.
    fn bound(self, programme: Programme) -> Option<Period> {
        let mut bound = programme;
        if let Some((first, last)) = self.years {
            bound = bound.common(Period::years(
                first,
                last.unwrap_or(programme.to.year.max(first)),
            ))?;
        }
        let from = self.start.map_or(bound.from, Month::first_day);
        let to = self.end.map_or(bound.to, Month::last_day);
        (from <= to)
            .then_some(Period { from, to })
            .and_then(|named| bound.common(named))
    }

    fn allows(self, period: Period) -> bool {
        let Some((first, last)) = self.months else {
            return true;
        };
        let inside = |month: u8| {
            if first <= last {
                (first..=last).contains(&month)
            } else {
                month >= first || month <= last
            }
        };
        inside(period.from.month) && inside(period.to.month)
    }
}

impl Week {
    fn periods(self, programme: Programme) -> Vec<Period> {
        let years = self
            .year
            .map_or(programme.from.year..=programme.to.year, |year| year..=year);
        years
            .map(|year| self.monday(year))
            .map(|monday| Period {
                from: monday,
                to: monday.plus(6),
            })
            .collect()
    }

    /// The week belongs to the month that has its Thursday, as weeks of a year do in ISO 8601.
    fn monday(self, year: i32) -> Day {
        let month = Month {
            year,
            month: self.month,
        };
        match self.week {
            Some(week) => {
                let first = month.first_day();
                let thursday = first.plus(i64::from((10 - first.weekday()) % 7));
                thursday.plus(i64::from(week.max(1) - 1) * 7 - 3)
            }
            None => {
                let last = month.last_day();
                let thursday = last.plus(-i64::from((last.weekday() + 4) % 7));
                thursday.plus(-3)
            }
        }
    }
}

fn single(day: Day) -> Period {
    Period { from: day, to: day }
}

fn period(from: Day, to: Day) -> Vec<Period> {
    if from <= to {
        vec![Period { from, to }]
    } else {
        Vec::new()
    }
}

/// A span of months that begins in `year` and ends in the next one when its last month is the earlier.
fn season(year: i32, first: u8, last: u8) -> Period {
    let end = if last < first { year + 1 } else { year };
    Period::months(
        Month { year, month: first },
        Month {
            year: end,
            month: last,
        },
    )
}

fn each_year(
    programme: Programme,
    within: Within,
    mut of: impl FnMut(i32) -> Vec<Period>,
) -> Vec<Period> {
    let Some(bound) = within.bound(programme) else {
        return Vec::new();
    };
    (bound.from.year..=bound.to.year)
        .flat_map(&mut of)
        .filter_map(|period| period.common(bound))
        .collect()
}

fn regular(every: Every, within: Within, programme: Programme) -> Vec<Period> {
    let Some(bound) = within.bound(programme) else {
        return Vec::new();
    };
    if every == Every::Week {
        return weeks(bound)
            .into_iter()
            .filter(|week| within.allows(*week))
            .collect();
    }
    let months: &[(u8, u8)] = match every {
        Every::Month => &[
            (1, 1),
            (2, 2),
            (3, 3),
            (4, 4),
            (5, 5),
            (6, 6),
            (7, 7),
            (8, 8),
            (9, 9),
            (10, 10),
            (11, 11),
            (12, 12),
        ],
        Every::Quarter => &[(1, 3), (4, 6), (7, 9), (10, 12)],
        Every::SchoolQuarter => &SCHOOL_QUARTERS,
        Every::HalfYear => &[(1, 6), (7, 12)],
        Every::Year | Every::Week => &[(1, 12)],
    };
    (bound.from.year..=bound.to.year)
        .flat_map(|year| {
            months
                .iter()
                .map(move |(first, last)| season(year, *first, *last))
        })
        .filter(|period| bound.holds(*period) && within.allows(*period))
        .collect()
}

fn weeks(bound: Period) -> Vec<Period> {
    let mut monday = bound.from.plus(i64::from((7 - bound.from.weekday()) % 7));
    let mut weeks = Vec::new();
    while monday.plus(6) <= bound.to {
        weeks.push(Period {
            from: monday,
            to: monday.plus(6),
        });
        monday = monday.plus(7);
    }
    weeks
}

fn windows(first: i32, last: i32, n: i32) -> Vec<Period> {
    let n = n.max(1);
    (first..=last)
        .step_by(usize::try_from(n).expect("it is positive"))
        .filter(|from| from + n - 1 <= last)
        .map(|from| Period::years(from, from + n - 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Every, Schedule, Week, Within};
    use super::{Day, Period};

    fn programme() -> Period {
        Period::years(2023, 2025)
    }

    fn shown(schedule: &Schedule) -> Vec<String> {
        schedule
            .occurrences(programme())
            .iter()
            .map(|period| format!("{}/{}", period.from, period.to))
            .collect()
    }

    #[test]
    fn each_regular_kind_has_its_number_of_periods_in_ten_years() {
        let ten = Period::years(2021, 2030);
        let counts = [
            (Every::Month, 120),
            (Every::Quarter, 40),
            (Every::SchoolQuarter, 40),
            (Every::HalfYear, 20),
            (Every::Year, 10),
            (Every::Week, 521),
        ];
        for (every, count) in counts {
            let schedule = Schedule::Regular(every, Within::default());
            assert_eq!(schedule.occurrences(ten).len(), count, "{every:?}");
        }
        assert_eq!(Schedule::EveryYears(3).occurrences(ten).len(), 3);
        assert_eq!(
            Schedule::Season(6, 8, Within::default())
                .occurrences(ten)
                .len(),
            10
        );
    }

    #[test]
    fn the_second_week_is_the_one_after_the_first_thursday() {
        let week = |year, month, week| Week {
            year: Some(year),
            month,
            week,
        };
        assert_eq!(
            shown(&Schedule::Weeks(vec![
                week(2023, 9, Some(2)),
                week(2024, 8, None)
            ])),
            ["2023-09-11/2023-09-17", "2024-08-26/2024-09-01"]
        );
    }

    #[test]
    fn a_season_over_the_turn_of_the_year_is_cut_at_the_end() {
        assert_eq!(
            shown(&Schedule::Season(9, 5, Within::default())),
            [
                "2023-09-01/2024-05-31",
                "2024-09-01/2025-05-31",
                "2025-09-01/2025-12-31"
            ]
        );
    }

    #[test]
    fn a_month_of_a_past_programme_lies_outside() {
        let past = Schedule::Days(vec![Day {
            year: 2020,
            month: 5,
            day: 1,
        }]);
        assert!(past.is_outside(programme()));
        assert!(shown(&past).is_empty());
        assert!(!Schedule::OnRequest.is_outside(programme()));
    }
}
