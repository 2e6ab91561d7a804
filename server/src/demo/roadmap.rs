//! A programme of the demo with its roadmap, read from a table as an office would bring it.

use anyhow::Context;
use api::id::{
    DocumentId, LineDateId, LineReportId, OrganisationId, ProgrammeId, ProgrammeReviewId,
};
use api::management::programme::{
    Conclusion, Line, LineExecutorKind, LineState, NewLineDate, NewLineReport, NewProgrammeReview,
    Outcome, PeriodState, ProgrammeOrder,
};
use api::registry::organisation::OrganisationKind;
use roadmap::{Day, Period};
use time::{Date, Month};

use super::records::{Maker, Place, audit};
use crate::rules::day::{iso, school_year};
use crate::rules::management::programme::{Reckoning, School};
use crate::rules::management::programme_file::rows_of;
use crate::store::{NewProgramme, StoredProgramme};

const TABLE: &str = include_str!("roadmap.csv");
/// The year that the table was written for; it moves along with the demo.
const WRITTEN_FOR: i32 = 2026;
/// Lines whose last term nobody has reported.
const LATE: [&str; 1] = ["1.1.3"];
/// The line without days of its own that somebody has given one.
const DATED: &str = "1.4.1";
/// Schools that have not reported yet.
const SILENT_SCHOOLS: usize = 6;

impl Maker<'_> {
    /// Enters the programme, approved before the school year, with what was reported since.
    pub(super) async fn programme(&mut self, papers: &[DocumentId]) -> anyhow::Result<()> {
        let (today, manager) = (self.place.today, self.place.manager);
        let year = school_year(today);
        let approved = Date::from_calendar_date(year, Month::August, 28)?;
        let days = (today - approved).whole_days();
        let id = ProgrammeId(self.id());
        let years = Period::years(year, year + 2);
        let table = moved(TABLE, year - WRITTEN_FOR);
        let reading = roadmap::read(table.as_bytes(), Some(years))
            .map_err(|refusal| anyhow::anyhow!(refusal.words_en()))
            .context("the demo's roadmap is readable")?;
        let (rows, notes) = rows_of(&reading, || self.id());
        let mut write = self.write(manager, days + 20).await?;
        write
            .add_programme(NewProgramme {
                id,
                title: format!(
                    "Качество образования района, {year}–{} (вымышлено)",
                    year + 2
                ),
                first_day: format!("{year}-01-01"),
                last_day: format!("{}-12-31", year + 2),
                source: Some("Дорожная карта.csv".to_owned()),
                source_hash: None,
                notes,
                rows,
            })
            .await?;
        audit(&mut write, "programme.create", "programme").await?;
        write.commit().await?;
        let mut write = self.write(manager, days).await?;
        let order = ProgrammeOrder {
            number: "41".to_owned(),
            day: iso(approved),
        };
        write.approve_programme(id, &order).await?;
        audit(&mut write, "programme.approve", "programme").await?;
        write.commit().await?;
        let stored = self
            .place
            .store
            .programme(self.place.municipality, id)
            .await?
            .context("the demo's programme was just stored")?;
        self.reports(&stored, approved, papers).await?;
        self.conclusion(&stored).await
    }

    /// Reports what ended before today, and for what runs at the schools most of them; gives one day.
    async fn reports(
        &mut self,
        programme: &StoredProgramme,
        approved: Date,
        papers: &[DocumentId],
    ) -> anyhow::Result<()> {
        let place = self.place;
        let schools: Vec<School> = place
            .schools
            .iter()
            .map(|id| School {
                id: *id,
                kind: OrganisationKind::SecondarySchool,
            })
            .collect();
        let day = |date: Date| Day::parse(&iso(date)).context("the demo lies within 1900–2199");
        let reckoning = Reckoning {
            years: Period::years(school_year(place.today), school_year(place.today) + 2),
            today: day(place.today)?,
            since: Some(day(approved)?),
            schools: &schools,
            own: &[],
        };
        let mut write = self.write(place.manager, 3).await?;
        for (index, line) in reckoning.lines(programme).into_iter().enumerate() {
            if line.state == LineState::NeedsDate && line.number == DATED {
                let soon = iso(place.today + time::Duration::days(17));
                let date = NewLineDate {
                    id: LineDateId(self.id()),
                    from: soon.clone(),
                    to: soon,
                };
                write.give_line_date(line.id, &date).await?;
            }
            // A paper stands with most of what was done, so that the rest can be seen.
            let paper = papers.get(index % (papers.len() + 1)).copied();
            for (school, from, to) in told(place, &line) {
                let new = NewLineReport {
                    id: LineReportId(self.id()),
                    organisation: school,
                    from,
                    to,
                    outcome: Outcome::Done,
                    content: String::new(),
                    document: paper.filter(|_| school.is_none()),
                };
                write.report_line(line.id, &new).await?;
            }
        }
        audit(&mut write, "programme.report", "programme").await?;
        write.commit().await?;
        Ok(())
    }

    /// One conclusion on a block, as last year's would stand.
    async fn conclusion(&mut self, programme: &StoredProgramme) -> anyhow::Result<()> {
        let heading = programme
            .headings
            .iter()
            .find(|heading| heading.system.as_deref() == Some("2.1"))
            .context("the demo's roadmap has a block on objectivity")?;
        let review = NewProgrammeReview {
            id: ProgrammeReviewId(self.id()),
            heading: heading.id,
            before: "Наблюдатели были на 11 работах из 31, два независимых признака — в 4 ячейках"
                .to_owned(),
            after: "Наблюдатели на 19 работах из 31, два независимых признака — в 3 ячейках"
                .to_owned(),
            conclusion: Conclusion::Partly,
            content: "Наблюдение расширить на малые школы; вывод повторить после весенних работ"
                .to_owned(),
        };
        let mut write = self.write(self.place.manager, 2).await?;
        write.review_programme(programme.id, &review).await?;
        audit(&mut write, "programme.review", "programme").await?;
        write.commit().await?;
        Ok(())
    }
}

/// What was reported for a line: by whom, and for which days.
fn told(place: &Place<'_>, line: &Line) -> Vec<(Option<OrganisationId>, String, String)> {
    if line.kind == "on_request" {
        let asked = iso(place.today - time::Duration::days(30));
        return vec![(None, asked.clone(), asked)];
    }
    let is_of_schools = line
        .executors
        .iter()
        .any(|executor| executor.kind == LineExecutorKind::Schools);
    let mut found = Vec::new();
    for period in &line.periods {
        let silent = match period.state {
            PeriodState::Overdue if LATE.contains(&line.number.as_str()) => continue,
            PeriodState::Overdue => 0,
            PeriodState::Running if is_of_schools => SILENT_SCHOOLS,
            _ => continue,
        };
        let days = |school| (school, period.from.clone(), period.to.clone());
        if is_of_schools {
            let schools = place.schools.iter().skip(silent);
            found.extend(schools.map(|school| days(Some(*school))));
        } else {
            found.push(days(None));
        }
    }
    found
}

/// The table with its years moved by so many.
fn moved(table: &str, years: i32) -> String {
    (WRITTEN_FOR..WRITTEN_FOR + 3)
        .rev()
        .fold(table.to_owned(), |text, year| {
            let next = (year + years).to_string();
            text.replace(&format!("{year} года"), &format!("{next} года"))
        })
}
