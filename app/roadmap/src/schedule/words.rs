//! A schedule in words that are read back as the same schedule.

use super::{Day, Every, Month, Schedule, Week, Within};

const NOMINATIVE: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];
const GENITIVE: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

fn named(month: u8) -> &'static str {
    NOMINATIVE[usize::from(month.clamp(1, 12) - 1)]
}

fn of(month: u8) -> &'static str {
    GENITIVE[usize::from(month.clamp(1, 12) - 1)]
}

impl Schedule {
    /// In Russian words; empty for [`Schedule::Unknown`].
    pub fn words(&self) -> String {
        match self {
            Self::Days(days) => joined(days, |day| day.words()),
            Self::DaysRange(from, to) => {
                let end = to.map_or(String::new(), |to| format!(" по {}", to.words()));
                format!("с {}{end}", from.words())
            }
            Self::YearlyDay(days, within) => {
                let days = joined(days, |(month, day)| format!("{day} {}", of(*month)));
                format!("{days} ежегодно{}", within.words())
            }
            Self::Months(months) => joined(months, |month| month.words()),
            Self::MonthsRange(spans) => joined(spans, |span| span_words(*span)),
            Self::Years(years) => match years.as_slice() {
                [year] => format!("{year} год"),
                years => format!("{} годы", joined(years, i32::to_string)),
            },
            Self::YearsRange(from, Some(to)) => format!("{from}–{to} годы"),
            Self::YearsRange(from, None) => format!("с {from} года"),
            Self::SchoolYears(years) => joined(years, |year| {
                format!("{year}/{:02} учебный год", (year + 1) % 100)
            }),
            Self::SameMonths { years, months } => format!(
                "{} {} годов",
                joined(months, |month| named(*month).to_owned()),
                joined(years, i32::to_string)
            ),
            Self::Regular(every, within) => format!("{}{}", every.words(), within.words()),
            Self::YearlyMonths(months, within) => format!(
                "{} ежегодно{}",
                joined(months, |month| named(*month).to_owned()),
                within.words()
            ),
            Self::Weeks(weeks) => week_words(weeks),
            Self::Season(first, last, within) => {
                format!(
                    "{}–{} ежегодно{}",
                    named(*first),
                    named(*last),
                    within.words()
                )
            }
            Self::Constantly => "постоянно".to_owned(),
            Self::AllYear(within) => format!("в течение года{}", within.words()),
            Self::AllSchoolYear => "в течение учебного года".to_owned(),
            Self::WhileProgrammeRuns => "в течение всего срока реализации программы".to_owned(),
            Self::EveryYears(n) => format!("1 раз в {n} {}", if *n < 5 { "года" } else { "лет" }),
            Self::BySeparateSchedule => "по отдельному графику".to_owned(),
            Self::OnRequest => "по запросу".to_owned(),
            Self::ByResults(what) => format!("по результатам {what}"),
            Self::Unknown => String::new(),
        }
    }
}

impl Every {
    fn words(self) -> &'static str {
        match self {
            Self::Week => "еженедельно",
            Self::Month => "ежемесячно",
            Self::Quarter => "ежеквартально",
            Self::SchoolQuarter => "1 раз в четверть",
            Self::HalfYear => "1 раз в полугодие",
            Self::Year => "ежегодно",
        }
    }
}

impl Within {
    fn words(self) -> String {
        let mut words = String::new();
        if let Some((first, last)) = self.months {
            words += &format!(", {}–{}", named(first), named(last));
        }
        match (self.start, self.end) {
            (None, None) => {}
            (Some(start), None) => words += &format!(" с {}", start.genitive()),
            (Some(start), Some(end)) => {
                words += &format!(" с {} по {}", start.genitive(), end.words());
            }
            (None, Some(end)) => words += &format!(" по {}", end.words()),
        }
        match self.years {
            None => {}
            Some((first, Some(last))) if first == last => words += &format!(", {first} год"),
            Some((first, Some(last))) => words += &format!(", {first}–{last} годы"),
            Some((first, None)) => words += &format!(" с {first} года"),
        }
        words
    }
}

impl Day {
    fn words(self) -> String {
        format!("{} {} {} года", self.day, of(self.month), self.year)
    }
}

impl Month {
    fn words(self) -> String {
        format!("{} {} года", named(self.month), self.year)
    }

    fn genitive(self) -> String {
        format!("{} {} года", of(self.month), self.year)
    }
}

fn joined<T>(all: &[T], words: impl Fn(&T) -> String) -> String {
    all.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn span_words((from, to): (Month, Option<Month>)) -> String {
    match to {
        None => format!("с {}", from.genitive()),
        Some(to) if to == from => from.words(),
        Some(to) => format!("{} – {}", from.words(), to.words()),
    }
}

fn week_words(weeks: &[Week]) -> String {
    let is_yearly = weeks.iter().all(|week| week.year.is_none());
    let words = joined(weeks, |week| {
        let number = week
            .week
            .map_or("последняя".to_owned(), |week| format!("{week}-я"));
        let year = week
            .year
            .map_or(String::new(), |year| format!(" {year} года"));
        format!("{number} неделя {}{year}", of(week.month))
    });
    if is_yearly {
        format!("{words} ежегодно")
    } else {
        words
    }
}
