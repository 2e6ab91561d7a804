//! A schedule as expected readings spell it.

use serde_json::{Map, Value};

use crate::schedule::{Schedule, Within};

/// A schedule as expected readings spell it.
pub fn fields(schedule: &Schedule) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), schedule.kind().into());
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    match schedule {
        Schedule::Days(days) => match days.as_slice() {
            [day] => put("date", day.to_string().into()),
            days => put("dates", days.iter().map(ToString::to_string).collect()),
        },
        Schedule::DaysRange(from, to) => {
            put(
                "dates",
                Value::Array(vec![
                    from.to_string().into(),
                    to.map(|to| to.to_string()).into(),
                ]),
            );
        }
        Schedule::YearlyDay(days, within) => {
            put(
                "days",
                days.iter()
                    .map(|(month, day)| format!("{month:02}-{day:02}"))
                    .collect(),
            );
            put_within(&mut put, within);
        }
        Schedule::Months(months) => {
            put("years", months.iter().map(|month| month.year).collect());
            put("months", months.iter().map(|month| month.month).collect());
        }
        Schedule::MonthsRange(spans) => {
            let ends = || spans.iter().flat_map(|(from, to)| [Some(*from), *to]);
            put(
                "years",
                ends()
                    .map(|month| Value::from(month.map(|month| month.year)))
                    .collect(),
            );
            put(
                "months",
                ends()
                    .map(|month| Value::from(month.map(|month| month.month)))
                    .collect(),
            );
        }
        Schedule::Years(years) => put("years", years.iter().copied().collect()),
        Schedule::YearsRange(from, to) => {
            put("years", Value::Array(vec![(*from).into(), (*to).into()]))
        }
        Schedule::SchoolYears(years) => {
            put(
                "years",
                years.iter().flat_map(|year| [*year, year + 1]).collect(),
            );
        }
        Schedule::SameMonths { years, months } => {
            put("years", years.iter().copied().collect());
            put("months", months.iter().copied().collect());
        }
        Schedule::Regular(_, within) | Schedule::AllYear(within) => put_within(&mut put, within),
        Schedule::YearlyMonths(months, within) => {
            put("months", months.iter().copied().collect());
            put_within(&mut put, within);
        }
        Schedule::Weeks(weeks) => {
            put(
                "years",
                weeks.iter().map(|week| Value::from(week.year)).collect(),
            );
            put("months", weeks.iter().map(|week| week.month).collect());
            put(
                "weeks",
                weeks.iter().map(|week| Value::from(week.week)).collect(),
            );
        }
        Schedule::Season(first, last, within) => {
            put("months", vec![*first, *last].into());
            put_within(&mut put, within);
        }
        Schedule::EveryYears(n) => put("n", (*n).into()),
        Schedule::ByResults(of) => put("of", of.as_str().into()),
        _ => {}
    }
    fields
}

fn put_within(put: &mut impl FnMut(&str, Value), within: &Within) {
    if let Some((first, last)) = within.years {
        put("years", Value::Array(vec![first.into(), last.into()]));
    }
    if let Some(start) = within.start {
        put("start", start.to_string().into());
    }
    if let Some(end) = within.end {
        put("end", end.to_string().into());
    }
}
