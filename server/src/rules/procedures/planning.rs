//! Events planned at once: which are new, which exist, and what is worth a look.

use std::collections::BTreeSet;

use api::id::{OrganisationId, ProcedureId};
use api::procedures::batch::{BatchPreview, NewBatch, SchoolOutline};
use api::procedures::procedure::{NewProcedure, Procedure};
use api::registry::organisation::Organisation;
use api::text::Text;
use time::macros::format_description;
use time::{Date, Duration, Weekday};

use crate::clock::dotted;
use crate::import::subject;
use crate::rules::day::iso;

/// An event that stands in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEvent {
    /// Procedure.
    pub procedure: ProcedureId,
    /// School.
    pub organisation: OrganisationId,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// Letter of the class; blank for all classes of the grade.
    pub class: String,
    /// Date; of an event whose day is open, the last day that is possible.
    pub date: String,
    /// Has the school still to choose the day?
    pub is_open: bool,
}

/// Least distance between two works in one subject of one grade, days: two and a half weeks.
///
/// # Source
/// Joint recommendations of the two federal bodies, August 2021, as they are usually quoted; not read in full.
const LEAST_DAYS_BETWEEN: i64 = 17;

/// Schools that a warning names before it says how many others there are.
const NAMED: usize = 3;

/// What planning these events would do. Schools stand in the order given, grades and letters as in the request.
///
/// An event is the same when school, subject, class and date are; within one procedure the date does not matter where
/// the school chooses it. An event for all classes of a grade stands for each of them.
pub fn preview(
    schools: &[Organisation],
    new: &NewBatch,
    procedure: ProcedureId,
    known: &[KnownEvent],
) -> BatchPreview {
    let mut outlines = Vec::new();
    let mut not_taught = Vec::new();
    let letters = letters(new);
    let is_open = new.days[0] != new.days[1];
    for school in schools {
        let taught: Vec<u8> = new
            .grades
            .iter()
            .copied()
            .filter(|grade| school.grades.contains(grade))
            .collect();
        if taught.is_empty() {
            not_taught.push(school.short_name.clone());
            continue;
        }
        let mut outline = SchoolOutline {
            organisation: school.id,
            name: school.short_name.clone(),
            new: Vec::new(),
            existing: Vec::new(),
        };
        for grade in taught {
            for letter in &letters {
                let exists = known.iter().any(|event| {
                    event.organisation == school.id
                        && event.subject == new.subject
                        && event.grade == grade
                        && is_same_class(&event.class, letter)
                        && (event.date == new.days[1] && !is_open && !event.is_open
                            || event.procedure == procedure && (is_open || event.is_open))
                });
                let list = if exists {
                    &mut outline.existing
                } else {
                    &mut outline.new
                };
                list.push((grade, letter.clone()));
            }
        }
        outlines.push(outline);
    }
    let count = |of: fn(&SchoolOutline) -> usize| {
        u32::try_from(outlines.iter().map(of).sum::<usize>()).unwrap_or(u32::MAX)
    };
    let (fresh, existing) = (count(|one| one.new.len()), count(|one| one.existing.len()));
    let mut warnings: Vec<Text> = day_off(new).into_iter().collect();
    warnings.extend(load(&outlines, new, known));
    BatchPreview {
        schools: outlines,
        new: fresh,
        existing,
        not_taught,
        warnings,
    }
}

/// Letters without blanks and repetitions; one blank letter where all classes are meant.
fn letters(new: &NewBatch) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut letters: Vec<String> = new
        .letters
        .iter()
        .map(|letter| letter.trim().to_uppercase())
        .filter(|letter| !letter.is_empty() && seen.insert(letter.clone()))
        .collect();
    if letters.is_empty() {
        letters.push(String::new());
    }
    letters
}

fn is_same_class(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one.to_uppercase() == other.to_uppercase()
}

/// The date an event gets: the day, or the last day of the window that is no day off.
pub fn date(new: &NewBatch) -> String {
    let (Some(first), Some(last)) = (day(&new.days[0]), day(&new.days[1])) else {
        return new.days[1].clone();
    };
    let mut date = last;
    while date > first && is_day_off(date) {
        date -= Duration::days(1);
    }
    iso(if is_day_off(date) { last } else { date })
}

fn day(text: &str) -> Option<Date> {
    Date::parse(text, &format_description!("[year]-[month]-[day]")).ok()
}

/// Sundays and Saturdays, and the holidays of the whole country that do not move.
///
/// # Source
/// Labour Code, articles 111 and 112. Days to which the government moves a holiday are set each year anew and are not
/// known here.
fn is_day_off(date: Date) -> bool {
    const HOLIDAYS: [(u8, u8); 14] = [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (1, 5),
        (1, 6),
        (1, 7),
        (1, 8),
        (2, 23),
        (3, 8),
        (5, 1),
        (5, 9),
        (6, 12),
        (11, 4),
    ];
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        || HOLIDAYS.contains(&(u8::from(date.month()), date.day()))
}

/// Says that a date is no usual school day.
pub fn is_off(date: &str) -> bool {
    day(date).is_some_and(is_day_off)
}

fn day_off(new: &NewBatch) -> Option<Text> {
    let (first, last) = (day(&new.days[0])?, day(&new.days[1])?);
    let mut date = first;
    while date <= last {
        if !is_day_off(date) {
            return None;
        }
        date += Duration::days(1);
    }
    Some(if first == last {
        Text::new(
            "Этот день — выходной или праздник. Работы в выходные не проводят.",
            "This is a weekend or a holiday. Works are not held then.",
        )
    } else {
        Text::new(
            "В этом сроке одни выходные и праздники: школе нечего выбрать.",
            "There are only weekends and holidays in these days: nothing is left to choose.",
        )
    })
}

/// Classes that have another work that day, and grades that had one in this subject shortly before or have one soon.
fn load(outlines: &[SchoolOutline], new: &NewBatch, known: &[KnownEvent]) -> Vec<Text> {
    if new.days[0] != new.days[1] {
        return Vec::new();
    }
    let Some(planned) = day(&new.days[0]) else {
        return Vec::new();
    };
    let mut same_day = Vec::new();
    let mut same_subject = Vec::new();
    for outline in outlines {
        let own = || {
            known
                .iter()
                .filter(|event| event.organisation == outline.organisation && !event.is_open)
        };
        let is_busy = outline.new.iter().any(|(grade, letter)| {
            own().any(|event| {
                event.grade == *grade
                    && event.date == new.days[0]
                    && event.subject != new.subject
                    && is_same_class(&event.class, letter)
            })
        });
        if is_busy {
            same_day.push(outline.name.as_str());
        }
        let is_close = outline.new.iter().any(|(grade, _)| {
            own().any(|event| {
                event.grade == *grade
                    && event.subject == new.subject
                    && event.date != new.days[0]
                    && day(&event.date).is_some_and(|other| {
                        (other - planned).whole_days().abs() < LEAST_DAYS_BETWEEN
                    })
            })
        });
        if is_close {
            same_subject.push(outline.name.as_str());
        }
    }
    let mut warnings = Vec::new();
    if !same_day.is_empty() {
        let [ru, en] = named(&same_day);
        warnings.push(Text::new(
            format!("В этот день у класса уже есть другая работа: {ru}. Обычно проводят не больше одной работы в день."),
            format!("The class has another work that day: {en}. Usually one work a day is held at most."),
        ));
    }
    if !same_subject.is_empty() {
        let [ru, en] = named(&same_subject);
        warnings.push(Text::new(
            format!("По этому предмету в параллели уже есть работа ближе чем за две с половиной недели: {ru}."),
            format!("The grade has a work in this subject less than two and a half weeks away: {en}."),
        ));
    }
    warnings
}

/// The first few names, and how many others there are.
fn named(names: &[&str]) -> [String; 2] {
    let told = names[..names.len().min(NAMED)].join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => [told.clone(), told],
        rest => [
            format!("{told} и ещё {rest}"),
            format!("{told} and {rest} more"),
        ],
    }
}

/// Why a procedure with events or results cannot be changed like this: the field and what to do. `None` when nothing
/// of it breaks.
pub fn breaks(
    before: &Procedure,
    new: &NewProcedure,
    events: &[KnownEvent],
) -> Option<(&'static str, Text)> {
    let has_results = !before.works.is_empty();
    if (has_results || !events.is_empty()) && before.kind != new.kind {
        return Some((
            "kind",
            Text::new(
                "У процедуры уже есть события или результаты: вид изменить нельзя. Заведите новую процедуру.",
                "The procedure has events or results: its kind cannot be changed. Plan a new procedure.",
            ),
        ));
    }
    if has_results && before.year != new.year {
        return Some((
            "year",
            Text::new(
                "По процедуре уже загружены результаты: год изменить нельзя. Заведите новую процедуру.",
                "There are results of the procedure: its year cannot be changed. Plan a new procedure.",
            ),
        ));
    }
    if let Some(outside) = events
        .iter()
        .find(|event| event.date < new.window[0] || event.date > new.window[1])
    {
        let date = &outside.date;
        return Some((
            "window",
            Text::new(
                format!(
                    "На {} уже запланировано событие: срок должен его вмещать. Перенесите событие или расширьте срок.",
                    dotted(date)
                ),
                format!(
                    "An event is planned on {date}: the days must hold it. Move the event or widen the days."
                ),
            ),
        ));
    }
    let plan = &new.plan;
    if let Some(lost) = events
        .iter()
        .find(|event| !plan.subjects.is_empty() && !plan.subjects.contains(&event.subject))
    {
        let name = subject::name(&lost.subject);
        return Some((
            "subjects",
            Text::new(
                format!(
                    "Есть события по предмету «{}»: убрать его нельзя, пока они не отменены.",
                    name.ru
                ),
                format!(
                    "There are events in “{}”: it cannot be taken away until they are called off.",
                    name.en
                ),
            ),
        ));
    }
    let lost = events
        .iter()
        .find(|event| !plan.grades.is_empty() && !plan.grades.contains(&event.grade))?;
    Some((
        "grades",
        Text::new(
            format!(
                "Есть события для {} класса: убрать его нельзя, пока они не отменены.",
                lost.grade
            ),
            format!(
                "There are events for grade {}: it cannot be taken away until they are called off.",
                lost.grade
            ),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use api::id::BatchId;
    use api::registry::organisation::{Cluster, OrganisationKind};
    use uuid::Uuid;

    use super::*;

    fn school(name: &str, grades: std::ops::RangeInclusive<u8>) -> Organisation {
        Organisation {
            id: OrganisationId(Uuid::new_v4()),
            code: name.into(),
            name: name.into(),
            short_name: name.into(),
            kind: OrganisationKind::SecondarySchool,
            cluster: Cluster::Urban,
            grades: grades.collect(),
            small_school: false,
            rural: false,
            pupils: 1,
            capacity: None,
            settlement: String::new(),
            place: None,
            parent: None,
            history: Vec::new(),
        }
    }

    fn batch(letters: &[&str], days: [&str; 2]) -> NewBatch {
        NewBatch {
            id: BatchId(Uuid::new_v4()),
            schools: Vec::new(),
            subject: "math".into(),
            grades: vec![4, 5],
            letters: letters.iter().map(|&letter| letter.into()).collect(),
            days: days.map(str::to_owned),
            start: "10:00".into(),
            duration_minutes: 45,
            room: String::new(),
        }
    }

    fn known(school: &Organisation, procedure: ProcedureId, class: &str, date: &str) -> KnownEvent {
        KnownEvent {
            procedure,
            organisation: school.id,
            subject: "math".into(),
            grade: 4,
            class: class.into(),
            date: date.into(),
            is_open: false,
        }
    }

    #[test]
    fn a_school_gets_the_grades_it_teaches_and_no_event_twice() {
        let procedure = ProcedureId(Uuid::new_v4());
        let schools = [
            school("Первая", 1..=4),
            school("Вторая", 5..=11),
            school("Вечерняя", 10..=11),
        ];
        let new = batch(&["А", "б", "а"], ["2027-04-14", "2027-04-14"]);
        let there = [known(&schools[0], procedure, "А", "2027-04-14")];
        let found = preview(&schools, &new, procedure, &there);
        assert_eq!((found.new, found.existing), (3, 1));
        assert_eq!(found.schools[0].existing, [(4, "А".to_owned())]);
        assert_eq!(
            found.schools[1].new,
            [(5, "А".to_owned()), (5, "Б".to_owned())]
        );
        assert_eq!(found.not_taught, ["Вечерняя"]);
    }

    #[test]
    fn an_event_of_all_classes_stands_for_each_and_another_date_is_another_event() {
        let procedure = ProcedureId(Uuid::new_v4());
        let schools = [school("Первая", 1..=4)];
        let there = [known(&schools[0], procedure, "", "2027-04-14")];
        let same = preview(
            &schools,
            &batch(&["В"], ["2027-04-14", "2027-04-14"]),
            procedure,
            &there,
        );
        let later = preview(
            &schools,
            &batch(&["В"], ["2027-05-14", "2027-05-14"]),
            procedure,
            &there,
        );
        let window = preview(
            &schools,
            &batch(&["В"], ["2027-05-10", "2027-05-14"]),
            procedure,
            &there,
        );
        assert_eq!([same.new, later.new, window.new], [0, 1, 0]);
    }

    #[test]
    fn days_off_and_close_works_are_told_and_the_last_school_day_is_the_date() {
        let procedure = ProcedureId(Uuid::new_v4());
        let schools = [school("Первая", 1..=4)];
        let sunday = batch(&[], ["2027-04-18", "2027-04-18"]);
        assert_eq!(preview(&schools, &sunday, procedure, &[]).warnings.len(), 1);
        let close = [known(&schools[0], procedure, "А", "2027-04-07")];
        let plain = batch(&[], ["2027-04-14", "2027-04-14"]);
        assert_eq!(
            preview(&schools, &plain, procedure, &close).warnings.len(),
            1
        );
        assert_eq!(
            date(&batch(&[], ["2027-04-14", "2027-05-09"])),
            "2027-05-07"
        );
    }
}
