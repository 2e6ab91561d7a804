//! The monitoring calendar, from the shipped reference to the months of a school year.

use anyhow::Context;
use api::access::session::Role;
use api::procedures::calendar::{Calendar, CalendarItem, CalendarMonth, RESPONSIBLE};
use api::text::Text;
use serde::Deserialize;
use time::{Date, Month};

use crate::rules::day::school_year;
use crate::rules::reference;

const SOURCE: &str = include_str!("../../../instruments/monitoring_calendar.yaml");

#[derive(Deserialize)]
struct Source {
    items: Vec<Item>,
    project_season: Vec<Season>,
    note: Text,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    title: Text,
    frequency: String,
    months: Vec<u8>,
    responsible: Vec<String>,
    output: Vec<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Season {
    id: String,
    title: Text,
    month: u8,
    week: Option<u8>,
    result: Text,
}

/// The calendar of the school year that holds this day, as somebody with these roles sees it.
///
/// # Errors
/// When the reference cannot be read, which a test excludes.
pub fn calendar(today: Date, roles: &[Role]) -> anyhow::Result<Calendar> {
    let source: Source = serde_yaml_ng::from_str(SOURCE).context("monitoring_calendar.yaml")?;
    let kinds = reference::document_kinds()?;
    let begins = school_year(today);
    let months = (0..12_u8)
        .filter_map(|offset| {
            let number = (8 + offset) % 12 + 1;
            let year = begins + i32::from(number < 9);
            Month::try_from(number).ok()?;
            let mut items: Vec<CalendarItem> = source
                .items
                .iter()
                .filter(|item| item.months.contains(&number))
                .map(|item| CalendarItem {
                    id: item.id.clone(),
                    title: item.title.clone(),
                    frequency: frequency(&item.frequency),
                    responsible: item.responsible.iter().map(|who| name_of(who)).collect(),
                    is_own: item.responsible.iter().any(|who| is_one_of(who, roles)),
                    output: item
                        .output
                        .iter()
                        .map(|kind| output(kind, &kinds))
                        .collect(),
                    source: item.source.clone(),
                    href: href(&item.id, roles).map(str::to_owned),
                    week: None,
                })
                .collect();
            items.extend(
                source
                    .project_season
                    .iter()
                    .filter(|season| season.month == number)
                    .map(|season| CalendarItem {
                        id: season.id.clone(),
                        title: season.title.clone(),
                        frequency: frequency("yearly"),
                        responsible: vec![name_of("school_team"), name_of("coordinator")],
                        is_own: ["school_team", "coordinator"]
                            .iter()
                            .any(|who| is_one_of(who, roles)),
                        output: vec![season.result.clone()],
                        source: Some("N".to_owned()),
                        href: None,
                        week: season.week,
                    }),
            );
            Some(CalendarMonth {
                month: format!("{year:04}-{number:02}"),
                items,
            })
        })
        .collect();
    Ok(Calendar {
        year: begins,
        today: format!("{:04}-{:02}", today.year(), u8::from(today.month())),
        months,
        note: source.note,
    })
}

fn is_one_of(who: &str, roles: &[Role]) -> bool {
    RESPONSIBLE
        .iter()
        .find(|(name, _)| *name == who)
        .is_some_and(|(_, own)| own.iter().any(|role| roles.contains(role)))
}

fn name_of(who: &str) -> Text {
    match who {
        "manager" => Text::new("руководитель управления", "head of the department"),
        "coordinator" => Text::new("муниципальный координатор", "municipal coordinator"),
        "methodist" => Text::new("методист", "methodist"),
        "analyst" => Text::new("аналитик", "analyst"),
        "school_coordinator" => Text::new("школьный координатор", "school coordinator"),
        "school_team" => Text::new("команда школы", "school team"),
        "observer" => Text::new("наблюдатель", "observer"),
        "expert" => Text::new("эксперт", "expert"),
        "working_group" => Text::new("рабочая группа", "working group"),
        "public" => Text::new("общественность", "the public"),
        other => Text::new(other, other),
    }
}

fn frequency(name: &str) -> Text {
    match name {
        "yearly" => Text::new("раз в год", "once a year"),
        "twice_a_year" => Text::new("два раза в год", "twice a year"),
        "quarterly" => Text::new("раз в четверть", "once a quarter"),
        "monthly" => Text::new("каждый месяц", "every month"),
        "every_3_years" => Text::new("раз в три года", "once in three years"),
        other => Text::new(other, other),
    }
}

/// Outputs are kinds of documents, and a few figures that are none.
fn output(id: &str, kinds: &[api::papers::document::DocumentKind]) -> Text {
    if let Some(kind) = kinds.iter().find(|kind| kind.id == id) {
        return kind.name.clone();
    }
    match id {
        "monitoring_sheet" => Text::new("Лист мониторинга", "Monitoring sheet"),
        "report" => Text::new("Отчёт", "Report"),
        "note" => Text::new("Заметка", "Note"),
        "result_import" => Text::new("Загруженные результаты", "Imported results"),
        other => Text::new(other, other),
    }
}

/// Where the work area does it.
fn href(id: &str, roles: &[Role]) -> Option<&'static str> {
    let is_school = [Role::SchoolHead, Role::SchoolTeam, Role::SchoolCoordinator]
        .iter()
        .any(|role| roles.contains(role));
    let is_municipal = [
        Role::Manager,
        Role::Coordinator,
        Role::Methodist,
        Role::Analyst,
    ]
    .iter()
    .any(|role| roles.contains(role));
    match id {
        "MC-01" | "MC-03" if is_school => Some(api::work::OWN_SCHOOL),
        "MC-01" if is_municipal => Some(api::work::CONTEXT),
        "MC-02" if is_municipal => Some(api::work::LOW_RESULTS),
        "MC-03" if is_municipal => Some(api::work::SCHOOLS),
        "MC-06" if is_school => Some(api::work::OWN_SCHOOL),
        "MC-06" if is_municipal => Some(api::work::CHANGES),
        "MC-09" | "MC-16" if is_municipal => Some(api::work::MAP),
        "MC-13" if roles.contains(&Role::Observer) => Some(api::work::ASSIGNMENTS),
        "MC-18" if is_municipal || roles.contains(&Role::Expert) => Some(api::work::MECHANISMS),
        "MC-24" if is_school || is_municipal => Some(api::work::CAMPAIGNS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_year_runs_from_september_to_august_and_holds_every_item() {
        let calendar = calendar(date!(2026 - 11 - 22), &[Role::Expert]).expect("readable");
        assert_eq!(calendar.months[0].month, "2026-09");
        assert_eq!(calendar.months[11].month, "2027-08");
        assert_eq!(calendar.today, "2026-11");
        let mut ids: Vec<&str> = calendar
            .months
            .iter()
            .flat_map(|month| &month.items)
            .map(|item| item.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 37);
        let own: Vec<&str> = calendar
            .months
            .iter()
            .flat_map(|month| &month.items)
            .filter(|item| item.is_own)
            .map(|item| item.id.as_str())
            .collect();
        assert_eq!(own, ["MC-18"]);
    }

    #[test]
    fn everybody_named_and_everything_that_comes_out_has_words() {
        let calendar = calendar(date!(2026 - 01 - 01), &[]).expect("readable");
        for item in calendar.months.iter().flat_map(|month| &month.items) {
            for text in item
                .responsible
                .iter()
                .chain(&item.output)
                .chain([&item.frequency])
            {
                assert!(!text.ru.contains('_') && text.ru != text.en, "{item:?}");
            }
        }
    }
}
