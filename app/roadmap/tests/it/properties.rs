//! Laws: a schedule written in words is read back as itself; whatever is read stays inside its bounds.

use proptest::prelude::*;
use roadmap::schedule::{Every, Week, Within, read};
use roadmap::{Day, Month, Period, Schedule};

fn year() -> impl Strategy<Value = i32> {
    2015..2040_i32
}

fn month() -> impl Strategy<Value = Month> {
    (year(), 1..=12_u8).prop_map(|(year, month)| Month { year, month })
}

fn day() -> impl Strategy<Value = Day> {
    (year(), 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| Day { year, month, day })
}

fn several<T: Clone + PartialEq + std::fmt::Debug>(
    of: impl Strategy<Value = T>,
    least: usize,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(of, least..5).prop_filter("no repetition", |all| {
        all.iter()
            .enumerate()
            .all(|(at, one)| !all[..at].contains(one))
    })
}

fn every() -> impl Strategy<Value = Every> {
    prop::sample::select(vec![
        Every::Week,
        Every::Month,
        Every::Quarter,
        Every::SchoolQuarter,
        Every::HalfYear,
        Every::Year,
    ])
}

/// Years, open or closed, or none.
fn bound() -> impl Strategy<Value = Within> {
    prop_oneof![
        Just(Within::default()),
        (year(), 0..8_i32).prop_map(|(first, more)| Within {
            years: Some((first, Some(first + more))),
            ..Within::default()
        }),
        year().prop_map(|first| Within {
            years: Some((first, None)),
            ..Within::default()
        }),
    ]
}

fn regular() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        (every(), bound()).prop_map(|(every, within)| Schedule::Regular(every, within)),
        (every(), month(), 1..40_i32).prop_map(|(every, start, more)| {
            let end = Month {
                year: start.year + 1 + more / 12,
                month: start.month,
            };
            let within = Within {
                start: Some(start),
                end: Some(end),
                ..Within::default()
            };
            Schedule::Regular(every, within)
        }),
        (1..=12_u8, 1..=12_u8)
            .prop_filter("a span", |(first, last)| first != last)
            .prop_map(|span| {
                let within = Within {
                    months: Some(span),
                    ..Within::default()
                };
                Schedule::Regular(Every::Month, within)
            }),
    ]
}

fn dated() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        several(day(), 1).prop_map(Schedule::Days),
        (day(), 1..400_i64)
            .prop_map(|(from, more)| Schedule::DaysRange(from, Some(from.plus(more)))),
        day().prop_map(|from| Schedule::DaysRange(from, None)),
        several(month(), 1).prop_map(Schedule::Months),
        (month(), 1..50_u8).prop_map(|(from, more)| {
            let to = (0..more).fold(from, |month, _| month.next());
            Schedule::MonthsRange(vec![(from, Some(to))])
        }),
        month().prop_map(|from| Schedule::MonthsRange(vec![(from, None)])),
        several(year(), 1).prop_map(Schedule::Years),
        (year(), 1..8_i32)
            .prop_map(|(first, more)| Schedule::YearsRange(first, Some(first + more))),
        year().prop_map(|first| Schedule::YearsRange(first, None)),
        several(year(), 1).prop_map(Schedule::SchoolYears),
        (several(year(), 2), several(1..=12_u8, 1))
            .prop_map(|(years, months)| Schedule::SameMonths { years, months }),
    ]
}

fn yearly() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        (several((1..=12_u8, 1..=28_u8), 1), bound())
            .prop_map(|(days, within)| Schedule::YearlyDay(days, within)),
        (several(1..=12_u8, 1), bound())
            .prop_map(|(months, within)| Schedule::YearlyMonths(months, within)),
        (1..=12_u8, 1..=12_u8, bound())
            .prop_filter("a span", |(first, last, _)| first != last)
            .prop_map(|(first, last, within)| Schedule::Season(first, last, within)),
        several((year(), 1..=12_u8, prop::option::of(1..=5_u8)), 1).prop_map(|weeks| {
            let week = |(year, month, week)| Week {
                year: Some(year),
                month,
                week,
            };
            Schedule::Weeks(weeks.into_iter().map(week).collect())
        }),
        (1..=12_u8, 1..=5_u8).prop_map(|(month, week)| {
            Schedule::Weeks(vec![Week {
                year: None,
                month,
                week: Some(week),
            }])
        }),
    ]
}

fn schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        3 => dated(),
        3 => yearly(),
        2 => regular(),
        1 => bound().prop_map(Schedule::AllYear),
        1 => (2..12_u8).prop_map(Schedule::EveryYears),
        1 => prop::sample::select(vec![
            Schedule::Constantly,
            Schedule::AllSchoolYear,
            Schedule::WhileProgrammeRuns,
            Schedule::BySeparateSchedule,
            Schedule::OnRequest,
            Schedule::ByResults("ВПР".to_owned()),
            Schedule::ByResults("мониторинга качества".to_owned()),
            Schedule::Unknown,
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn words_are_read_back_as_the_same_schedule(schedule in schedule()) {
        let words = schedule.words();
        prop_assert_eq!(read(&words), schedule, "{}", words);
    }

    #[test]
    fn large_letters_dashes_and_spaces_change_nothing(schedule in schedule()) {
        let words = schedule.words();
        let other = words.to_uppercase().replace('–', " - ").replace(' ', "\u{a0} ");
        // What a line follows is kept in the letters of the document.
        prop_assume!(!matches!(schedule, Schedule::ByResults(_)));
        prop_assert_eq!(read(&other), schedule, "{}", other);
    }

    #[test]
    fn periods_lie_inside_the_programme_in_order(schedule in schedule(), first in year(), length in 0..9_i32) {
        let programme = Period::years(first, first + length);
        let periods = schedule.occurrences(programme);
        prop_assert!(periods.iter().all(|period| period.from <= period.to && programme.holds(*period)));
        prop_assert!(periods.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(schedule.is_determined() || periods.is_empty());
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "[а-я0-9 .,/\\-IVX]{0,60}") {
        let programme = Period::years(2023, 2025);
        let schedule = read(&text);
        let _ = schedule.occurrences(programme);
        let _ = schedule.words();
    }
}
