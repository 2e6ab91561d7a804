//! The change log: its four report windows, and what a change must hold.

use api::schools::school_change::{
    ActionKind, ChangeEntry, ChangeLog, ChangeReport, ChangeState, ChangeSummary, ReportWindow,
    SchoolChange, WindowState,
};
use api::text::Text;
use time::{Date, Month};

use crate::rules::day::{iso, school_year};

/// A window of reports in a school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
}

/// Months of the reports.
///
/// # Source
/// Requirement G-05: school teams report in November, January, March and June.
const MONTHS: [Month; 4] = [Month::November, Month::January, Month::March, Month::June];

/// The windows of the school year that holds this day; a school year begins in September.
pub fn windows(today: Date) -> Vec<Window> {
    let begins = school_year(today);
    MONTHS
        .into_iter()
        .filter_map(|month| {
            let year = begins + i32::from(u8::from(month) < 9);
            Some(Window {
                opens: Date::from_calendar_date(year, month, 1).ok()?,
                closes: Date::from_calendar_date(year, month, month.length(year)).ok()?,
            })
        })
        .collect()
}

impl Window {
    /// Year and month: `2026-11`.
    pub fn key(self) -> String {
        format!(
            "{:04}-{:02}",
            self.opens.year(),
            u8::from(self.opens.month())
        )
    }

    /// Name for people.
    pub fn name(self) -> Text {
        let year = self.opens.year();
        let (ru, en) = month_names(self.opens.month());
        Text::new(format!("{ru} {year}"), format!("{en} {year}"))
    }

    /// Where it stands on this day.
    pub fn state(self, today: Date, is_reported: bool) -> WindowState {
        if is_reported {
            WindowState::Reported
        } else if today < self.opens {
            WindowState::Ahead
        } else if today <= self.closes {
            WindowState::Open
        } else {
            WindowState::Missed
        }
    }
}

/// Names of a month that can stand alone.
pub fn month_names(month: Month) -> (&'static str, &'static str) {
    match month {
        Month::January => ("январь", "January"),
        Month::February => ("февраль", "February"),
        Month::March => ("март", "March"),
        Month::April => ("апрель", "April"),
        Month::May => ("май", "May"),
        Month::June => ("июнь", "June"),
        Month::July => ("июль", "July"),
        Month::August => ("август", "August"),
        Month::September => ("сентябрь", "September"),
        Month::October => ("октябрь", "October"),
        Month::November => ("ноябрь", "November"),
        Month::December => ("декабрь", "December"),
    }
}

/// Windows with the reports that are in.
pub fn report_windows(today: Date, reports: &[ChangeReport]) -> Vec<ReportWindow> {
    windows(today)
        .into_iter()
        .map(|window| {
            let key = window.key();
            let reports: Vec<ChangeReport> = reports
                .iter()
                .filter(|report| report.window == key)
                .cloned()
                .collect();
            ReportWindow {
                name: window.name(),
                opens: iso(window.opens),
                closes: iso(window.closes),
                state: window.state(today, !reports.is_empty()),
                window: key,
                reports,
            }
        })
        .collect()
}

/// The log in numbers.
pub fn summary(log: &ChangeLog) -> ChangeSummary {
    let count = |test: &dyn Fn(&SchoolChange) -> bool| {
        let found = log.entries.iter().filter(|entry| test(&entry.change));
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    ChangeSummary {
        organisation: log.organisation,
        name: log.organisation_name.clone(),
        changes: count(&|_| true),
        running: count(&|change| change.state == ChangeState::Running),
        done: count(&|change| change.state == ChangeState::Done),
        supported: count(&|change| {
            change
                .actions
                .iter()
                .any(|action| action.kind == ActionKind::Supporting)
        }),
        windows: log.windows.iter().map(|window| window.state).collect(),
    }
}

/// Most changes of a school, and most actions of a change.
pub const MOST_CHANGES: usize = 200;
const MOST_ACTIONS: usize = 30;
const LONGEST: usize = 2_000;

/// What is wrong with a change: field and words.
pub fn faults(change: &SchoolChange) -> Vec<(&'static str, Text)> {
    let mut faults = Vec::new();
    for (field, value) in [("object", &change.object), ("indicator", &change.indicator)] {
        if value.trim().is_empty() {
            faults.push((
                field,
                Text::new("Заполните это поле.", "Fill in this field."),
            ));
        }
    }
    let long = |text: &str| text.chars().count() > LONGEST;
    for (field, value) in [
        ("object", &change.object),
        ("indicator", &change.indicator),
        ("unit", &change.unit),
        ("effect", &change.effect),
    ] {
        if long(value) {
            faults.push((field, too_long()));
        }
    }
    if change.actions.iter().any(|action| long(&action.text)) {
        faults.push(("actions", too_long()));
    }
    if change.actions.len() > MOST_ACTIONS {
        faults.push((
            "actions",
            Text::new(
                format!("Действий больше {MOST_ACTIONS}. Разделите изменение на части."),
                format!("There are more than {MOST_ACTIONS} actions. Split the change into parts."),
            ),
        ));
    }
    for (field, value) in [
        ("baseline", change.baseline),
        ("target", change.target),
        ("actual", change.actual),
    ] {
        if value.is_some_and(|value| !value.is_finite() || value.abs() > 1e9) {
            faults.push((
                field,
                Text::new(
                    "Это не похоже на значение показателя.",
                    "This is no value of an indicator.",
                ),
            ));
        }
    }
    if let (Some(starts), Some(ends)) = (&change.starts, &change.ends)
        && starts > ends
    {
        faults.push((
            "ends",
            Text::new(
                "Окончание раньше начала. Поменяйте даты местами.",
                "The end is before the beginning. Swap the dates.",
            ),
        ));
    }
    if matches!(change.state, ChangeState::Done | ChangeState::Dropped)
        && change.effect.trim().is_empty()
    {
        faults.push((
            "effect",
            Text::new(
                "Напишите, что изменилось или почему изменение оставлено.",
                "Write what has changed, or why the change was given up.",
            ),
        ));
    }
    faults
}

fn too_long() -> Text {
    Text::new(
        format!("Текст длиннее {LONGEST} знаков. Сократите его."),
        format!("The text is longer than {LONGEST} characters. Shorten it."),
    )
}

/// Entries of a log as they are frozen.
pub fn frozen(entries: &[ChangeEntry]) -> Vec<SchoolChange> {
    entries.iter().map(|entry| entry.change.clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn a_school_year_reports_in_november_january_march_and_june() {
        let keys = |today| -> Vec<String> { windows(today).into_iter().map(Window::key).collect() };
        let year = ["2026-11", "2027-01", "2027-03", "2027-06"];
        assert_eq!(keys(date!(2026 - 09 - 01)), year);
        assert_eq!(keys(date!(2027 - 08 - 31)), year);
        assert_eq!(keys(date!(2027 - 09 - 01))[0], "2027-11");
    }

    #[test]
    fn a_window_is_open_for_its_month_and_missed_after_it() {
        let window = windows(date!(2026 - 11 - 22))[0];
        assert_eq!(
            window.state(date!(2026 - 10 - 31), false),
            WindowState::Ahead
        );
        assert_eq!(
            window.state(date!(2026 - 11 - 01), false),
            WindowState::Open
        );
        assert_eq!(
            window.state(date!(2026 - 11 - 30), false),
            WindowState::Open
        );
        assert_eq!(
            window.state(date!(2026 - 12 - 01), false),
            WindowState::Missed
        );
        assert_eq!(
            window.state(date!(2026 - 12 - 01), true),
            WindowState::Reported
        );
    }

    proptest! {
        #[test]
        fn windows_of_a_day_lie_in_its_school_year(days in 0_i64..40_000) {
            let today = date!(2000 - 01 - 01) + time::Duration::days(days);
            let begins = Date::from_calendar_date(school_year(today), Month::September, 1)
                .expect("a date");
            let windows = windows(today);
            prop_assert_eq!(windows.len(), 4);
            prop_assert!(begins <= today && today < begins + time::Duration::days(366));
            for window in windows {
                prop_assert!(begins <= window.opens && window.opens < window.closes);
                prop_assert!(window.closes < begins + time::Duration::days(366));
            }
        }
    }
}
