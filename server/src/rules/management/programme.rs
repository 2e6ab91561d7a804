//! Rules of roadmaps: in which periods a line is due, where each of them stands today, and what a change keeps.

use std::collections::{BTreeSet, HashMap};

use api::id::{HeadingId, OrganisationId};
use api::management::programme::{
    ChangedField, Line, LineCount, LineDraft, LineExecutor, LineExecutorKind, LineField,
    LinePeriod, LineState, Outcome, PeriodState,
};
use api::registry::organisation::OrganisationKind;
use api::text::Text;
use roadmap::schedule;
use roadmap::{
    Day, ExecutorKind, Fault, Organisations, PaperKind, Period, Place, Problem, Programme as Years,
    Schedule,
};

use super::programme_file::worded;
use crate::store::{EarlierTerm, StoredLine, StoredProgramme};

/// A school that may owe a report.
#[derive(Clone, Copy, Debug)]
pub struct School {
    /// Id.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: OrganisationKind,
}

/// What the states of a roadmap are reckoned from.
pub struct Reckoning<'a> {
    /// The days of the programme.
    pub years: Years,
    /// Today.
    pub today: Day,
    /// The day on which it was approved; what ended before is not owed. Absent in a draft.
    pub since: Option<Day>,
    /// All schools.
    pub schools: &'a [School],
    /// Schools of the reader.
    pub own: &'a [OrganisationId],
}

impl Reckoning<'_> {
    /// Lines as they are shown, in their order.
    pub fn lines(&self, programme: &StoredProgramme) -> Vec<Line> {
        let mut seen: HashMap<(Option<HeadingId>, &str), usize> = HashMap::new();
        for line in &programme.lines {
            *seen.entry((line.heading, line.number.trim())).or_default() += 1;
        }
        programme
            .lines
            .iter()
            .map(|line| {
                let number = line.number.trim();
                let is_repeated = number.contains('.') && seen[&(line.heading, number)] > 1;
                self.line(line, is_repeated)
            })
            .collect()
    }

    /// One line as it is shown, apart from the others.
    pub fn one(&self, line: &StoredLine) -> Line {
        self.line(line, false)
    }

    fn line(&self, line: &StoredLine, is_number_repeated: bool) -> Line {
        let schedule = schedule::read(&line.term);
        let executors = roadmap::executors(&line.executors);
        let papers = expected_papers(line);
        let asked = self.asked(&executors);
        let periods: Vec<LinePeriod> = self
            .periods(line, &schedule)
            .into_iter()
            .map(|period| {
                let date = line.dates.iter().find(|date| {
                    (&date.from, &date.to) == (&period.from.to_string(), &period.to.to_string())
                });
                let mut shown = self.period(line, period, &executors, &asked);
                shown.date = date.map(|date| date.id);
                shown.lacks_paper = shown.state == PeriodState::Done
                    && !papers.is_empty()
                    && !reports_of(line, &shown.from, &shown.to).any(|report| report.has_document);
                shown
            })
            .collect();
        let state = self.state(&schedule, &periods);
        Line {
            id: line.id,
            revision: line.revision,
            heading: line.heading,
            number: line.number.clone(),
            measure: line.measure.clone(),
            term: line.term.clone(),
            kind: schedule.kind().to_owned(),
            takes_days: !schedule.is_determined() && schedule != Schedule::OnRequest,
            written_term: line.written_term.clone(),
            written_executors: line.written_executors.clone(),
            questions: self.questions(line, &schedule, &executors, is_number_repeated),
            executors: executors.into_iter().map(executor).collect(),
            results: line.results.clone(),
            papers: papers.into_iter().map(paper_name).collect(),
            periods,
            state,
        }
    }

    /// Periods in which a line is due: those of the terms that held on their last days, the days that were given, and
    /// whatever was reported.
    fn periods(&self, line: &StoredLine, schedule: &Schedule) -> BTreeSet<Period> {
        let mut found = BTreeSet::new();
        let mut after: Option<Day> = None;
        for earlier in &line.earlier {
            let until = Day::parse(&earlier.until);
            let all = schedule::read(&earlier.term).occurrences(self.years);
            found.extend(all.into_iter().filter(|period| {
                after.is_none_or(|after| period.to > after)
                    && until.is_some_and(|until| period.to <= until)
            }));
            after = until.or(after);
        }
        let all = schedule.occurrences(self.years);
        let holds = |period: &Period| after.is_none_or(|after| period.to > after);
        found.extend(all.into_iter().filter(holds));
        let given = line.dates.iter().map(|date| (&date.from, &date.to));
        let reported = line
            .reports
            .iter()
            .filter(|report| report.outcome != Outcome::Withdrawn)
            .map(|report| (&report.from, &report.to));
        found.extend(given.chain(reported).filter_map(|(from, to)| {
            Some(Period {
                from: Day::parse(from)?,
                to: Day::parse(to)?,
            })
        }));
        found
    }

    fn asked(&self, executors: &[roadmap::Executor]) -> Vec<OrganisationId> {
        self.schools
            .iter()
            .filter(|school| owes(school, executors))
            .map(|school| school.id)
            .collect()
    }

    fn period(
        &self,
        line: &StoredLine,
        period: Period,
        executors: &[roadmap::Executor],
        asked: &[OrganisationId],
    ) -> LinePeriod {
        let (from, to) = (period.from.to_string(), period.to.to_string());
        let mut office = None;
        let mut schools = BTreeSet::new();
        for report in reports_of(line, &from, &to) {
            match report.organisation {
                None => office = Some(report.outcome),
                Some(school) => {
                    schools.insert(school);
                }
            }
        }
        let reported = asked
            .iter()
            .filter(|school| schools.contains(school))
            .count();
        let is_of_schools = !asked.is_empty()
            && executors
                .iter()
                .all(|executor| matches!(executor.kind, ExecutorKind::All(_)));
        let state = match office {
            Some(Outcome::Done) => PeriodState::Done,
            Some(Outcome::NotHeld) => PeriodState::NotHeld,
            _ if is_of_schools && reported == asked.len() => PeriodState::Done,
            _ if self.since.is_some_and(|since| period.to < since) => PeriodState::Before,
            _ if period.to < self.today => PeriodState::Overdue,
            _ if period.from <= self.today => PeriodState::Running,
            _ => PeriodState::Ahead,
        };
        LinePeriod {
            from,
            to,
            state,
            schools: [count(reported), count(asked.len())],
            own: self
                .own
                .iter()
                .copied()
                .filter(|school| schools.contains(school))
                .collect(),
            lacks_paper: false,
            date: None,
        }
    }

    /// A line without days asks for one until a period of this school year or later is there.
    fn state(&self, schedule: &Schedule, periods: &[LinePeriod]) -> LineState {
        let has = |state| periods.iter().any(|period| period.state == state);
        let since = school_year_of(self.today).to_string();
        let is_dated = periods.iter().any(|period| period.to >= since);
        if has(PeriodState::Overdue) {
            LineState::Overdue
        } else if *schedule == Schedule::OnRequest {
            LineState::OnRequest
        } else if !schedule.is_determined() && !is_dated || periods.is_empty() {
            LineState::NeedsDate
        } else if has(PeriodState::Running) {
            LineState::Running
        } else if has(PeriodState::Ahead) {
            LineState::Ahead
        } else {
            LineState::Done
        }
    }

    fn questions(
        &self,
        line: &StoredLine,
        schedule: &Schedule,
        executors: &[roadmap::Executor],
        is_number_repeated: bool,
    ) -> Vec<Text> {
        let mut faults = Vec::new();
        if line.measure.trim().is_empty() {
            faults.push(Fault::NoMeasure);
        }
        if line.term.trim().is_empty() {
            faults.push(Fault::NoSchedule);
        } else if *schedule == Schedule::Unknown {
            faults.push(Fault::UnknownSchedule(line.term.clone()));
        } else if schedule.is_outside(self.years) {
            faults.push(Fault::OutsideProgramme(line.term.clone()));
        }
        if executors.is_empty() {
            faults.push(Fault::NoExecutor);
        }
        for executor in executors {
            if executor.kind == ExecutorKind::Person {
                faults.push(Fault::PersonNamed(executor.name.clone()));
            }
        }
        if is_number_repeated {
            faults.push(Fault::NumberRepeated(line.number.trim().to_owned()));
        }
        let mut questions: Vec<Text> = faults.into_iter().map(|fault| told(&fault)).collect();
        questions.extend(line.notes.iter().cloned());
        questions
    }
}

/// Is this school asked to report into a line?
pub fn is_asked(line: &Line, schools: &[School], school: OrganisationId) -> bool {
    let named = line
        .executors
        .iter()
        .filter(|executor| executor.kind == LineExecutorKind::Schools);
    let executors: Vec<roadmap::Executor> = named
        .flat_map(|executor| roadmap::executors(&executor.name))
        .collect();
    schools
        .iter()
        .any(|known| known.id == school && owes(known, &executors))
}

/// Do the executors name all organisations of this school's kind?
fn owes(school: &School, executors: &[roadmap::Executor]) -> bool {
    executors.iter().any(|executor| match executor.kind {
        ExecutorKind::All(which) => is_among(school.kind, which),
        _ => false,
    })
}

/// How many lines are in which condition.
pub fn counted(lines: &[Line]) -> LineCount {
    let of = |holds: &dyn Fn(&Line) -> bool| count(lines.iter().filter(|line| holds(line)).count());
    LineCount {
        all: count(lines.len()),
        overdue: of(&|line| line.state == LineState::Overdue),
        undated: of(&|line| line.state == LineState::NeedsDate),
        questions: of(&|line| !line.questions.is_empty()),
    }
}

/// The last day of the month of a day, `YYYY-MM-DD`.
pub fn month_end(today: Day) -> String {
    let month = roadmap::Month {
        year: today.year,
        month: today.month,
    };
    month.last_day().to_string()
}

/// A line as it stands after a change: what changed, and the terms that held before. Once a programme runs, a changed
/// term holds for what ends after `today`; what ended before stays as it was.
pub fn changed(
    line: &StoredLine,
    draft: &LineDraft,
    today: Option<Day>,
) -> (Vec<ChangedField>, Vec<EarlierTerm>) {
    let mut fields = Vec::new();
    for (field, before, after) in [
        (LineField::Number, &line.number, &draft.number),
        (LineField::Measure, &line.measure, &draft.measure),
        (LineField::Term, &line.term, &draft.term),
        (LineField::Executors, &line.executors, &draft.executors),
        (LineField::Results, &line.results, &draft.results),
    ] {
        if before.trim() != after.trim() {
            fields.push(ChangedField {
                field,
                before: before.trim().to_owned(),
                after: after.trim().to_owned(),
            });
        }
    }
    let mut earlier = line.earlier.clone();
    let is_term_changed = fields.iter().any(|one| one.field == LineField::Term);
    if let Some(today) = today.filter(|_| is_term_changed) {
        let until = today.plus(-1).to_string();
        earlier.retain(|one| one.until < until);
        earlier.push(EarlierTerm {
            term: line.term.clone(),
            until,
        });
    }
    (fields, earlier)
}

fn told(fault: &Fault) -> Text {
    worded(&Problem {
        place: Place::default(),
        line: None,
        fault: fault.clone(),
    })
}

fn reports_of<'a>(
    line: &'a StoredLine,
    from: &'a str,
    to: &'a str,
) -> impl Iterator<Item = &'a crate::store::StoredReport> {
    line.reports.iter().filter(move |report| {
        report.outcome != Outcome::Withdrawn && report.from == from && report.to == to
    })
}

fn is_among(kind: OrganisationKind, which: Organisations) -> bool {
    let is_preschool = kind == OrganisationKind::Preschool;
    let is_extra = kind == OrganisationKind::ExtraEducation;
    match which {
        Organisations::Educational => true,
        Organisations::Schools => !is_preschool && !is_extra,
        Organisations::Kindergartens => is_preschool,
        Organisations::Additional => is_extra,
    }
}

fn executor(found: roadmap::Executor) -> LineExecutor {
    LineExecutor {
        name: found.name,
        kind: match found.kind {
            ExecutorKind::Position => LineExecutorKind::Position,
            ExecutorKind::Body => LineExecutorKind::Body,
            ExecutorKind::All(_) => LineExecutorKind::Schools,
            ExecutorKind::Person => LineExecutorKind::Person,
            ExecutorKind::Other => LineExecutorKind::Other,
        },
    }
}

/// Papers that the results name; events are shown by a paper on them, so they count as well.
fn expected_papers(line: &StoredLine) -> Vec<PaperKind> {
    roadmap::papers(&line.results)
}

fn paper_name(kind: PaperKind) -> Text {
    let (ru, en) = match kind {
        PaperKind::Order => ("приказ", "order"),
        PaperKind::Protocol => ("протокол", "minutes"),
        PaperKind::AnalyticNote => ("аналитическая справка", "analytic note"),
        PaperKind::ComplexAnalysis => ("комплексный анализ", "complex analysis"),
        PaperKind::Recommendations => ("адресные рекомендации", "recommendations to addressees"),
        PaperKind::MethodRecommendations => {
            ("методические рекомендации", "methodical recommendations")
        }
        PaperKind::Decision => ("управленческое решение", "managerial decision"),
        PaperKind::Regulation => ("нормативный акт", "regulation"),
        PaperKind::YearlyReport => ("ежегодный доклад", "yearly report"),
        PaperKind::HeadAssessment => ("оценка руководителей", "assessment of heads"),
        PaperKind::Publication => ("публикация", "publication"),
        PaperKind::Programme => ("программа", "programme"),
        PaperKind::Plan => ("план", "plan"),
        PaperKind::Project => ("проект", "project"),
        PaperKind::Presentation => ("презентация", "presentation"),
        PaperKind::DataBank => ("банк данных", "data bank"),
        PaperKind::SelfAssessment => ("самооценка", "self-assessment"),
        PaperKind::ExpertAssessment => ("экспертная оценка", "expert assessment"),
        PaperKind::Seminar => ("материалы семинара", "papers of a seminar"),
        PaperKind::Meeting => ("протокол совещания", "minutes of a meeting"),
    };
    Text::new(ru, en)
}

/// The first day of the school year of a day.
fn school_year_of(day: Day) -> Day {
    let year = day.year - i32::from(day.month < 9);
    Day {
        year,
        month: 9,
        day: 1,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use api::id::{LineDateId, LineId};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::store::{GivenDate, StoredReport};

    const YEARS: Years = Period {
        from: Day {
            year: 2026,
            month: 1,
            day: 1,
        },
        to: Day {
            year: 2028,
            month: 12,
            day: 31,
        },
    };
    const TERMS: [&str; 8] = [
        "ежемесячно",
        "ежеквартально",
        "1 раз в четверть",
        "декабрь ежегодно",
        "сентябрь 2026 года",
        "постоянно",
        "по отдельному графику",
        "1 раз в полугодие",
    ];

    fn stored(term: &str) -> StoredLine {
        StoredLine {
            id: LineId(Uuid::nil()),
            revision: 1,
            heading: None,
            number: "1.1".to_owned(),
            measure: "Разобрать результаты".to_owned(),
            written_term: term.to_owned(),
            written_executors: "ИМЦ".to_owned(),
            term: term.to_owned(),
            earlier: Vec::new(),
            executors: "ИМЦ".to_owned(),
            results: String::new(),
            others: Vec::new(),
            notes: Vec::new(),
            dates: Vec::new(),
            reports: Vec::new(),
        }
    }

    fn on(today: Day) -> Reckoning<'static> {
        Reckoning {
            years: YEARS,
            today,
            since: Some(YEARS.from),
            schools: &[],
            own: &[],
        }
    }

    fn days(line: &Line) -> Vec<(String, String)> {
        line.periods
            .iter()
            .map(|period| (period.from.clone(), period.to.clone()))
            .collect()
    }

    fn draft(line: &StoredLine, term: &str) -> LineDraft {
        LineDraft {
            revision: line.revision,
            heading: line.heading,
            number: line.number.clone(),
            measure: line.measure.clone(),
            term: term.to_owned(),
            executors: line.executors.clone(),
            results: line.results.clone(),
            reason: String::new(),
        }
    }

    fn any_day() -> impl Strategy<Value = Day> {
        (0_i64..1095).prop_map(|past| YEARS.from.plus(past))
    }

    proptest! {
        /// However often a term is changed, what ended before each change stays as it was, and no period stands twice.
        #[test]
        fn a_changed_term_leaves_the_past_alone(
            first in 0..TERMS.len(),
            changes in proptest::collection::vec((0..TERMS.len(), any_day()), 0..5),
        ) {
            let mut line = stored(TERMS[first]);
            let mut changes = changes;
            changes.sort_by_key(|(_, day)| *day);
            for (term, today) in changes {
                let past = |line: &StoredLine| -> Vec<_> {
                    let shown = on(today).one(line);
                    let all = days(&shown).into_iter();
                    all.filter(|(_, to)| *to < today.to_string()).collect()
                };
                let before = past(&line);
                let (_, earlier) = changed(&line, &draft(&line, TERMS[term]), Some(today));
                line.earlier = earlier;
                line.term = TERMS[term].to_owned();
                prop_assert_eq!(past(&line), before);
                let all = days(&on(today).one(&line));
                let mut unique = all.clone();
                unique.dedup();
                prop_assert_eq!(all, unique);
            }
        }

        /// Late is what ended before today, neither before the approval nor reported; and what is reported never vanishes.
        #[test]
        fn late_is_only_what_is_owed(
            term in 0..TERMS.len(), since in any_day(), today in any_day(), reported in any::<prop::sample::Index>(),
        ) {
            let mut line = stored(TERMS[term]);
            let reckoning = Reckoning { since: Some(since), ..on(today) };
            let all = reckoning.one(&line).periods;
            if !all.is_empty() {
                let told = &all[reported.index(all.len())];
                line.reports = vec![StoredReport {
                    organisation: None,
                    from: told.from.clone(),
                    to: told.to.clone(),
                    outcome: Outcome::NotHeld,
                    has_document: false,
                }];
                let told = (told.from.clone(), told.to.clone());
                let shown = reckoning.one(&line);
                let found = shown.periods.iter().find(|one| (&one.from, &one.to) == (&told.0, &told.1));
                prop_assert_eq!(found.map(|one| one.state), Some(PeriodState::NotHeld));
                // Another term does not take it away either.
                line.term = "июль 2027 года".to_owned();
                prop_assert!(days(&reckoning.one(&line)).contains(&told));
            }
            for period in reckoning.one(&line).periods {
                if period.state == PeriodState::Overdue {
                    prop_assert!(period.to < today.to_string() && period.to >= since.to_string());
                }
            }
        }
    }

    #[test]
    fn a_line_without_days_asks_until_this_school_year_has_one() {
        let mut line = stored("по отдельному графику");
        let today = Day {
            year: 2026,
            month: 12,
            day: 1,
        };
        assert_eq!(on(today).one(&line).state, LineState::NeedsDate);
        let given = |day: &str| GivenDate {
            id: LineDateId(Uuid::nil()),
            from: day.to_owned(),
            to: day.to_owned(),
        };
        line.dates = vec![given("2026-12-20")];
        assert_eq!(on(today).one(&line).state, LineState::Ahead);
        // Last school year's day is done with; this year's is asked for again.
        line.dates = vec![given("2026-05-20")];
        line.reports = vec![StoredReport {
            organisation: None,
            from: "2026-05-20".to_owned(),
            to: "2026-05-20".to_owned(),
            outcome: Outcome::Done,
            has_document: true,
        }];
        assert_eq!(on(today).one(&line).state, LineState::NeedsDate);
    }
}
