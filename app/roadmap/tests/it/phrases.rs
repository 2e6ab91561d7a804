//! Words of schedules as offices write them, and what they mean.

use roadmap::schedule::read;
use roadmap::{Period, check};
use serde_json::{Value, json};

fn fields(words: &str) -> Value {
    Value::Object(check::fields(&read(words)))
}

/// Each phrase and its kind with fields.
#[test]
fn phrases_are_read() {
    let month =
        |years: &[i32], months: &[u8]| json!({"kind": "month", "years": years, "months": months});
    let range = |years: [i32; 2], months: [u8; 2]| json!({"kind": "months_range", "years": years, "months": months});
    let yearly = |months: &[u8]| json!({"kind": "yearly_month", "months": months});
    let season = |months: [u8; 2]| json!({"kind": "season", "months": months});
    let day = |date: &str| json!({"kind": "day", "date": date});
    let kind = |kind: &str| json!({"kind": kind});
    let cases: Vec<(&str, Value)> = vec![
        // one month, several months
        ("Январь 2023", month(&[2023], &[1])),
        ("в январе 2023 г.", month(&[2023], &[1])),
        ("до 01 сентября 2024 г.", day("2024-09-01")),
        ("дек. 2023", month(&[2023], &[12])),
        ("09.2023", month(&[2023], &[9])),
        ("Декабрь, 2023", month(&[2023], &[12])),
        ("2023 год, сентябрь", month(&[2023], &[9])),
        ("сентябрь2023г", month(&[2023], &[9])),
        ("не позднее мая 2024", month(&[2024], &[5])),
        ("Ноябрь 2020, май 2021", month(&[2020, 2021], &[11, 5])),
        ("Январь, апрель 2021", month(&[2021, 2021], &[1, 4])),
        (
            "январь, апрель и октябрь 2024 года",
            month(&[2024, 2024, 2024], &[1, 4, 10]),
        ),
        (
            "2023 год: сентябрь, декабрь; 2024 год: март",
            month(&[2023, 2023, 2024], &[9, 12, 3]),
        ),
        ("март 2024, март 2025", month(&[2024, 2025], &[3, 3])),
        ("октябрь 2023/2024 учебного года", month(&[2023], &[10])),
        ("март 2023-2024 учебного года", month(&[2024], &[3])),
        ("Сентярбь 2023", month(&[2023], &[9])),
        // spans of months
        ("Июль - август 2020", range([2020, 2020], [7, 8])),
        ("июль–август 2020 г.", range([2020, 2020], [7, 8])),
        (
            "январь 2023 года - декабрь 2025 года",
            range([2023, 2025], [1, 12]),
        ),
        ("январь 2023- май", range([2023, 2023], [1, 5])),
        ("с января по май 2024 года", range([2024, 2024], [1, 5])),
        (
            "с сентября 2023 года по май 2024 года",
            range([2023, 2024], [9, 5]),
        ),
        ("сентябрь-май 2023-2024", range([2023, 2024], [9, 5])),
        (
            "сентябрь - май 2023/2024 учебного года",
            range([2023, 2024], [9, 5]),
        ),
        ("09.2023-05.2024", range([2023, 2024], [9, 5])),
        ("ноябрь 2023 - февраль", range([2023, 2024], [11, 2])),
        ("I квартал 2024 года", range([2024, 2024], [1, 3])),
        ("4 кв. 2024 г.", range([2024, 2024], [10, 12])),
        ("III-IV квартал 2023", range([2023, 2023], [7, 12])),
        ("Ш квартал 2023", range([2023, 2023], [7, 9])),
        ("первое полугодие 2024 года", range([2024, 2024], [1, 6])),
        (
            "1 полугодие 2023/2024 учебного года",
            range([2023, 2023], [9, 12]),
        ),
        (
            "2 четверть 2023-2024 учебного года",
            range([2023, 2023], [11, 12]),
        ),
        (
            "с сентября 2023 года",
            json!({"kind": "months_range", "years": [2023, null], "months": [9, null]}),
        ),
        ("летний период 2024 года", range([2024, 2024], [6, 8])),
        (
            "август-сентябрь 2023, август-сентябрь 2024",
            json!({"kind": "months_range", "years": [2023, 2023, 2024, 2024], "months": [8, 9, 8, 9]}),
        ),
        // years
        ("2023 год", json!({"kind": "year", "years": [2023]})),
        (
            "в течение 2023 года",
            json!({"kind": "year", "years": [2023]}),
        ),
        (
            "2023, 2025 годы",
            json!({"kind": "year", "years": [2023, 2025]}),
        ),
        (
            "2020-2023",
            json!({"kind": "years_range", "years": [2020, 2023]}),
        ),
        (
            "2020 - 2023 г.г.",
            json!({"kind": "years_range", "years": [2020, 2023]}),
        ),
        (
            "2020–23 гг.",
            json!({"kind": "years_range", "years": [2020, 2023]}),
        ),
        (
            "в течение 2020-2023 годов",
            json!({"kind": "years_range", "years": [2020, 2023]}),
        ),
        (
            "с 2020 по 2023 год",
            json!({"kind": "years_range", "years": [2020, 2023]}),
        ),
        (
            "с 2022 года",
            json!({"kind": "years_range", "years": [2022, null]}),
        ),
        (
            "начиная с 2022 г.",
            json!({"kind": "years_range", "years": [2022, null]}),
        ),
        (
            "2023-2024 учебный год",
            json!({"kind": "years_range", "years": [2023, 2024]}),
        ),
        // the same month of several years
        (
            "Август 2023-2025 года",
            json!({"kind": "several_years_same_month", "years": [2023, 2024, 2025], "months": [8]}),
        ),
        (
            "Март 2024, 2025 года",
            json!({"kind": "several_years_same_month", "years": [2024, 2025], "months": [3]}),
        ),
        (
            "август 2023, 2024 и 2025 гг.",
            json!({"kind": "several_years_same_month", "years": [2023, 2024, 2025], "months": [8]}),
        ),
        (
            "2023-2025 годы, август",
            json!({"kind": "several_years_same_month", "years": [2023, 2024, 2025], "months": [8]}),
        ),
        // regular
        ("ежемесячно", kind("monthly")),
        ("1 раз в месяц", kind("monthly")),
        ("не реже одного раза в месяц", kind("monthly")),
        ("каждый месяц", kind("monthly")),
        ("до 5 числа каждого месяца", kind("monthly")),
        ("ежемесячно до 10 числа", kind("monthly")),
        ("последняя неделя каждого месяца", kind("monthly")),
        (
            "Август 2020, ежемесячно 2020-2023 годы",
            json!({"kind": "monthly", "years": [2020, 2023], "start": "2020-08"}),
        ),
        (
            "ежемесячно с сентября 2023 года",
            json!({"kind": "monthly", "start": "2023-09"}),
        ),
        ("еженедельно", kind("weekly")),
        ("1 раз в неделю", kind("weekly")),
        ("ежеквартально", kind("quarterly")),
        ("1 раз в квартал", kind("quarterly")),
        ("раз в три месяца", kind("quarterly")),
        ("I-IV кварталы", kind("quarterly")),
        ("ежегодно, 1 раз в квартал", kind("quarterly")),
        (
            "по мере необходимости, но не реже 1 раза в квартал",
            kind("quarterly"),
        ),
        (
            "ежеквартально, 2024 год",
            json!({"kind": "quarterly", "years": [2024, 2024]}),
        ),
        ("1 раз в четверть ежегодно", kind("school_quarter")),
        ("каждую четверть", kind("school_quarter")),
        ("по итогам четверти", kind("school_quarter")),
        (
            "по окончании каждой учебной четверти",
            kind("school_quarter"),
        ),
        ("1 раз в полугодие", kind("half_year")),
        ("2 раза в год", kind("half_year")),
        ("дважды в год", kind("half_year")),
        ("каждое полугодие", kind("half_year")),
        ("ежегодно", kind("yearly")),
        ("Ежегадно", kind("yearly")),
        ("каждый год", kind("yearly")),
        ("один раз в год", kind("yearly")),
        (
            "ежегодно, 2023-2025 годы",
            json!({"kind": "yearly", "years": [2023, 2025]}),
        ),
        ("1 раз в 3 года", json!({"kind": "every_n_years", "n": 3})),
        ("раз в два года", json!({"kind": "every_n_years", "n": 2})),
        (
            "один раз в пять лет",
            json!({"kind": "every_n_years", "n": 5}),
        ),
        ("каждые 2 года", json!({"kind": "every_n_years", "n": 2})),
        (
            "2021 год, далее ежегодно",
            json!({"kind": "yearly", "years": [2021, null]}),
        ),
        ("не менее 2-х раз в год", kind("half_year")),
        ("1, 2 полугодие", kind("half_year")),
        ("По итогам четверти, полугодия", kind("school_quarter")),
        ("1 раз в учебную четверть", kind("school_quarter")),
        (
            "январь 2021, далее ежемесячно",
            json!({"kind": "monthly", "start": "2021-01"}),
        ),
        // months of each year
        ("Декабрь ежегодно", yearly(&[12])),
        ("Ежегодно, декабрь", yearly(&[12])),
        ("ежегодно в декабре", yearly(&[12])),
        ("декабрь каждого года", yearly(&[12])),
        ("декабрь", yearly(&[12])),
        ("в конце года", yearly(&[12])),
        ("в начале учебного года", yearly(&[9])),
        ("ежегодно (январь, июль)", yearly(&[1, 7])),
        (
            "декабрь 2021, далее ежегодно",
            json!({"kind": "yearly_month", "months": [12], "years": [2021, null]}),
        ),
        ("сентябрь, май", yearly(&[9, 5])),
        ("2 раза в год (сентябрь, май)", yearly(&[9, 5])),
        ("1 раз в год, август", yearly(&[8])),
        (
            "ежеквартально (март, июнь, сентябрь, декабрь)",
            yearly(&[3, 6, 9, 12]),
        ),
        ("ежегодно, последняя декада августа", yearly(&[8])),
        ("июнь–август ежегодно", season([6, 8])),
        ("ежегодно с июня по август", season([6, 8])),
        ("июнь-август", season([6, 8])),
        ("летний период ежегодно", season([6, 8])),
        ("летом", season([6, 8])),
        ("с сентября по май", season([9, 5])),
        ("в течение года (сентябрь-май)", season([9, 5])),
        ("IV квартал", season([10, 12])),
        (
            "июнь-август 2023-2025 гг.",
            json!({"kind": "season", "months": [6, 8], "years": [2023, 2025]}),
        ),
        ("1 полугодие ежегодно", season([1, 6])),
        (
            "ежегодно до 1 декабря",
            json!({"kind": "yearly_day", "days": ["12-01"]}),
        ),
        ("к 15 мая", json!({"kind": "yearly_day", "days": ["05-15"]})),
        (
            "до 25 января, до 25 июня",
            json!({"kind": "yearly_day", "days": ["01-25", "06-25"]}),
        ),
        (
            "до конца учебного года",
            json!({"kind": "yearly_day", "days": ["05-31"]}),
        ),
        // days
        ("15.09.2023", day("2023-09-15")),
        ("15 сентября 2023 года", day("2023-09-15")),
        ("до 25.12.2023 г.", day("2023-12-25")),
        ("не позднее 1 июня 2024 года", day("2024-06-01")),
        ("до конца 2024 года", day("2024-12-31")),
        (
            "с 1 по 10 сентября 2023 года",
            json!({"kind": "days_range", "dates": ["2023-09-01", "2023-09-10"]}),
        ),
        (
            "01.09.2023-31.05.2024",
            json!({"kind": "days_range", "dates": ["2023-09-01", "2024-05-31"]}),
        ),
        (
            "с 01.09.2023 по 31.05.2024",
            json!({"kind": "days_range", "dates": ["2023-09-01", "2024-05-31"]}),
        ),
        (
            "вторая половина октября 2023",
            json!({"kind": "days_range", "dates": ["2023-10-16", "2023-10-31"]}),
        ),
        // weeks
        (
            "Сентябрь 2020 (2 неделя)",
            json!({"kind": "week_of_month", "years": [2020], "months": [9], "weeks": [2]}),
        ),
        (
            "2-я неделя сентября 2020 года",
            json!({"kind": "week_of_month", "years": [2020], "months": [9], "weeks": [2]}),
        ),
        (
            "вторая неделя сентября 2020",
            json!({"kind": "week_of_month", "years": [2020], "months": [9], "weeks": [2]}),
        ),
        (
            "сентябрь 2020 (2 и 4 недели)",
            json!({"kind": "week_of_month", "years": [2020, 2020], "months": [9, 9], "weeks": [2, 4]}),
        ),
        (
            "сентябрь 2020 (2 неделя), октябрь 2020 (4 неделя)",
            json!({"kind": "week_of_month", "years": [2020, 2020], "months": [9, 10], "weeks": [2, 4]}),
        ),
        (
            "последняя неделя августа",
            json!({"kind": "week_of_month", "years": [null], "months": [8], "weeks": [null]}),
        ),
        // without a day
        ("постоянно", kind("constantly")),
        ("на постоянной основе", kind("constantly")),
        ("систематически", kind("constantly")),
        ("В течение года", kind("all_year")),
        ("в течение всего года", kind("all_year")),
        ("ежегодно, в течение года", kind("all_year")),
        ("в течении календарного года", kind("all_year")),
        ("круглогодично", kind("all_year")),
        ("в течение учебного года", kind("all_year")),
        ("весь учебный год", kind("all_year")),
        (
            "в течение всего срока реализации программы",
            kind("while_programme_runs"),
        ),
        ("в период действия программ", kind("while_programme_runs")),
        ("на протяжении всего периода", kind("while_programme_runs")),
        (
            "весь период реализации дорожной карты",
            kind("while_programme_runs"),
        ),
        ("в ходе реализации проекта", kind("while_programme_runs")),
        ("По отделённому графику", kind("by_separate_schedule")),
        ("По отделльному графику", kind("by_separate_schedule")),
        ("по отдельному плану", kind("by_separate_schedule")),
        ("согласно плану-графику", kind("by_separate_schedule")),
        (
            "в соответствии с графиком проведения ВПР",
            kind("by_separate_schedule"),
        ),
        (
            "ежегодно по графику Рособрнадзора",
            kind("by_separate_schedule"),
        ),
        ("в установленные сроки", kind("by_separate_schedule")),
        (
            "согласно приказу от 12.01.2023 № 5",
            kind("by_separate_schedule"),
        ),
        (
            "в период проведения олимпиады",
            kind("by_separate_schedule"),
        ),
        ("по запросу", kind("on_request")),
        ("по мере необходимости", kind("on_request")),
        ("по заявкам образовательных организаций", kind("on_request")),
        ("при необходимости", kind("on_request")),
        (
            "по результатам мониторинга",
            json!({"kind": "by_results", "of": "мониторинга"}),
        ),
        (
            "ежегодно по итогам ВПР",
            json!({"kind": "by_results", "of": "ВПР"}),
        ),
        (
            "после проведения диагностики",
            json!({"kind": "by_results", "of": "проведения диагностики"}),
        ),
        // nobody understands
        ("скоро", kind("unknown")),
        ("до 2025 года", kind("unknown")),
        ("-", kind("unknown")),
        ("", kind("unknown")),
        ("см. п. 3", kind("unknown")),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(words, expected)| (words, fields(words), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(words, found, expected)| format!("«{words}»: {found}, expected {expected}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_heading_gives_its_year_to_months_without_one() {
    let read_in = |words, heading| {
        Value::Object(check::fields(&roadmap::schedule::read_in(
            words,
            Some(heading),
        )))
    };
    assert_eq!(
        read_in("сентябрь", "2024 год"),
        json!({"kind": "month", "years": [2024], "months": [9]})
    );
    assert_eq!(
        read_in("март", "2023-2024 учебный год"),
        json!({"kind": "month", "years": [2024], "months": [3]})
    );
    assert_eq!(
        read_in("декабрь ежегодно", "2024 год"),
        json!({"kind": "yearly_month", "months": [12]})
    );
    assert_eq!(
        read_in("сентябрь", "Кадры"),
        json!({"kind": "yearly_month", "months": [9]})
    );
}

#[test]
fn a_quarter_of_the_year_and_one_of_the_school_year_have_other_days() {
    let programme = Period::years(2023, 2023);
    let shown = |words: &str| -> Vec<String> {
        read(words)
            .occurrences(programme)
            .iter()
            .map(|period| format!("{}…{}", period.from, period.to))
            .collect()
    };
    assert_eq!(
        shown("ежеквартально"),
        [
            "2023-01-01…2023-03-31",
            "2023-04-01…2023-06-30",
            "2023-07-01…2023-09-30",
            "2023-10-01…2023-12-31"
        ]
    );
    assert_eq!(
        shown("1 раз в четверть"),
        [
            "2023-01-01…2023-03-31",
            "2023-04-01…2023-05-31",
            "2023-09-01…2023-10-31",
            "2023-11-01…2023-12-31"
        ]
    );
}
