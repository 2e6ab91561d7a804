//! Programmes with their roadmaps: what is kept of them, and what was reported.

use std::collections::HashMap;

use api::id::{
    DocumentId, HeadingId, LineDateId, LineId, LineReportId, MunicipalityId, OrganisationId,
    ProgrammeId, ProgrammeReviewId,
};
use api::management::programme::{
    ChangedField, Heading, LineChange, LineHistory, LineReport, NewLineDate, NewLineReport,
    NewProgrammeReview, Outcome, ProgrammeOrder, ProgrammeReview, ProgrammeState,
};
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::entity::management::programme::{
    change, date, heading, line, passport, report, review,
};
use crate::store::entity::papers::document as paper;
use crate::store::name::{document, name_of, named};
use crate::store::registry::organisation::short_names;
use crate::store::{Store, StoreError, Write, rows};

/// A programme as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredProgramme {
    /// Id.
    pub id: ProgrammeId,
    /// Title.
    pub title: String,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub last_day: String,
    /// Where it stands.
    pub state: ProgrammeState,
    /// The order, once approved.
    pub order: Option<ProgrammeOrder>,
    /// When it was approved.
    pub approved_ms: Option<i64>,
    /// Name of the file it was read from.
    pub source: Option<String>,
    /// What the file left open that belongs to no line.
    pub notes: Vec<Text>,
    /// Grows with each change.
    pub revision: u64,
    /// Headings in their order.
    pub headings: Vec<Heading>,
    /// Lines in their order, those taken out left out.
    pub lines: Vec<StoredLine>,
    /// Conclusions, newest first.
    pub reviews: Vec<ProgrammeReview>,
}

/// A line as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredLine {
    /// Id.
    pub id: LineId,
    /// Grows with each change.
    pub revision: u64,
    /// The nearest heading above.
    pub heading: Option<HeadingId>,
    /// Number.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// The term as the document has it.
    pub written_term: String,
    /// The executors as the document has them.
    pub written_executors: String,
    /// The term in words that hold now.
    pub term: String,
    /// Terms that held before, oldest first.
    pub earlier: Vec<EarlierTerm>,
    /// Executors, parted by semicolons.
    pub executors: String,
    /// What comes of it.
    pub results: String,
    /// Other columns of the document.
    pub others: Vec<(String, String)>,
    /// What was strange about its cells.
    pub notes: Vec<Text>,
    /// Days given, oldest first.
    pub dates: Vec<GivenDate>,
    /// The last report of each addressee for each period.
    pub reports: Vec<StoredReport>,
}

/// A term that held before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierTerm {
    /// In words.
    pub term: String,
    /// The last day for which it holds, `YYYY-MM-DD`.
    pub until: String,
}

/// A day given for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDate {
    /// Id.
    pub id: LineDateId,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// A report as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// The school; absent for the office.
    pub organisation: Option<OrganisationId>,
    /// First day of the period.
    pub from: String,
    /// Last day of the period.
    pub to: String,
    /// What was reported.
    pub outcome: Outcome,
    /// Is a paper named?
    pub has_document: bool,
}

/// A programme to be kept, with headings and lines in their order.
#[derive(Clone, Debug)]
pub struct NewProgramme {
    /// Id made by the client.
    pub id: ProgrammeId,
    /// Title.
    pub title: String,
    /// First day.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
    /// Name of the file.
    pub source: Option<String>,
    /// Hash of its bytes.
    pub source_hash: Option<String>,
    /// What the file left open that belongs to no line.
    pub notes: Vec<Text>,
    /// Headings and lines in their order.
    pub rows: Vec<NewRow>,
}

/// A row of a roadmap.
#[derive(Clone, Debug)]
pub enum NewRow {
    /// A heading.
    Heading(Heading),
    /// A line.
    Line(Box<NewLine>),
}

/// A line to be kept.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Id.
    pub id: LineId,
    /// The nearest heading above.
    pub heading: Option<HeadingId>,
    /// Number.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// The term as the document has it.
    pub written_term: String,
    /// The executors as the document has them.
    pub written_executors: String,
    /// The term in words.
    pub term: String,
    /// Executors, parted by semicolons.
    pub executors: String,
    /// What comes of it.
    pub results: String,
    /// Other columns of the document.
    pub others: Vec<(String, String)>,
    /// What was strange about its cells.
    pub notes: Vec<Text>,
}

/// What of a line changes.
#[derive(Clone, Debug)]
pub struct LineEdit {
    /// The nearest heading above.
    pub heading: Option<HeadingId>,
    /// Number.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// The term in words.
    pub term: String,
    /// Terms that held before.
    pub earlier: Vec<EarlierTerm>,
    /// Executors, parted by semicolons.
    pub executors: String,
    /// What comes of it.
    pub results: String,
    /// What was strange about its cells and is so still.
    pub notes: Vec<Text>,
}

impl Store {
    /// All programmes with their roadmaps: those that begin last first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn programmes(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<StoredProgramme>, StoreError> {
        let found = passport::Entity::find()
            .filter(passport::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(passport::Column::FirstDay)
            .order_by_asc(passport::Column::Title)
            .order_by_asc(passport::Column::Id)
            .all(&self.reader)
            .await?;
        self.whole(municipality, found).await
    }

    /// One programme with its roadmap.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn programme(
        &self,
        municipality: MunicipalityId,
        id: ProgrammeId,
    ) -> Result<Option<StoredProgramme>, StoreError> {
        let found = passport::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        Ok(self
            .whole(municipality, found.into_iter().collect())
            .await?
            .pop())
    }

    /// Hash of the file that a programme was read from; none when there is no such programme.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn programme_file(
        &self,
        municipality: MunicipalityId,
        id: ProgrammeId,
    ) -> Result<Option<Option<String>>, StoreError> {
        let found = passport::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        Ok(found.map(|row| row.source_hash))
    }

    /// Title of the programme that was read from a file of this hash.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn programme_of_file(
        &self,
        municipality: MunicipalityId,
        hash: &str,
    ) -> Result<Option<String>, StoreError> {
        let found = passport::Entity::find()
            .filter(passport::Column::MunicipalityId.eq(municipality.0))
            .filter(passport::Column::SourceHash.eq(hash))
            .one(&self.reader)
            .await?;
        Ok(found.map(|row| row.title))
    }

    async fn whole(
        &self,
        municipality: MunicipalityId,
        found: Vec<passport::Model>,
    ) -> Result<Vec<StoredProgramme>, StoreError> {
        let mut headings: HashMap<Uuid, Vec<heading::Model>> = HashMap::new();
        let mut lines: HashMap<Uuid, Vec<StoredLine>> = HashMap::new();
        let mut reviews: HashMap<Uuid, Vec<ProgrammeReview>> = HashMap::new();
        let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
        for row in heading::Entity::find()
            .filter(heading::Column::MunicipalityId.eq(municipality.0))
            .filter(rows::among(heading::Column::ProgrammeId, &ids))
            .order_by_asc(heading::Column::Place)
            .all(&self.reader)
            .await?
        {
            headings.entry(row.programme_id).or_default().push(row);
        }
        let kept = line::Entity::find()
            .filter(line::Column::MunicipalityId.eq(municipality.0))
            .filter(rows::among(line::Column::ProgrammeId, &ids))
            .filter(line::Column::RemovedMs.is_null())
            .order_by_asc(line::Column::Place)
            .order_by_asc(line::Column::Id)
            .all(&self.reader)
            .await?;
        let line_ids: Vec<Uuid> = kept.iter().map(|row| row.id).collect();
        let mut dates = self.given_dates(municipality, &line_ids).await?;
        let mut reports = self.last_reports(municipality, &line_ids).await?;
        for row in kept {
            let programme = row.programme_id;
            let mut one = stored_line(row)?;
            one.dates = dates.remove(&one.id.0).unwrap_or_default();
            one.reports = reports.remove(&one.id.0).unwrap_or_default();
            lines.entry(programme).or_default().push(one);
        }
        for row in review::Entity::find()
            .filter(review::Column::MunicipalityId.eq(municipality.0))
            .filter(rows::among(review::Column::ProgrammeId, &ids))
            .order_by_desc(review::Column::AtMs)
            .order_by_asc(review::Column::Id)
            .all(&self.reader)
            .await?
        {
            let programme = row.programme_id;
            reviews.entry(programme).or_default().push(reviewed(row)?);
        }
        found
            .into_iter()
            .map(|row| {
                let headings = headings.remove(&row.id).unwrap_or_default();
                let (lines, reviews) = (lines.remove(&row.id), reviews.remove(&row.id));
                let mut one = stored(row, headings)?;
                one.lines = lines.unwrap_or_default();
                one.reviews = reviews.unwrap_or_default();
                Ok(one)
            })
            .collect()
    }

    async fn given_dates(
        &self,
        municipality: MunicipalityId,
        lines: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<GivenDate>>, StoreError> {
        let mut found: HashMap<Uuid, Vec<GivenDate>> = HashMap::new();
        for row in date::Entity::find()
            .filter(date::Column::MunicipalityId.eq(municipality.0))
            .filter(rows::among(date::Column::LineId, lines))
            .filter(date::Column::CancelledMs.is_null())
            .order_by_asc(date::Column::FromDay)
            .order_by_asc(date::Column::Id)
            .all(&self.reader)
            .await?
        {
            found.entry(row.line_id).or_default().push(GivenDate {
                id: LineDateId(row.id),
                from: row.from_day,
                to: row.to_day,
            });
        }
        Ok(found)
    }

    /// Of each line, addressee and period the report that was made last.
    async fn last_reports(
        &self,
        municipality: MunicipalityId,
        lines: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<StoredReport>>, StoreError> {
        let mut found: HashMap<Uuid, Vec<StoredReport>> = HashMap::new();
        for row in report::Entity::find()
            .filter(report::Column::MunicipalityId.eq(municipality.0))
            .filter(rows::among(report::Column::LineId, lines))
            .order_by_asc(report::Column::AtMs)
            .order_by_asc(report::Column::Id)
            .all(&self.reader)
            .await?
        {
            let next = StoredReport {
                organisation: row.organisation_id.map(OrganisationId),
                from: row.from_day,
                to: row.to_day,
                outcome: named(&row.outcome)?,
                has_document: row.document_id.is_some(),
            };
            let of_line = found.entry(row.line_id).or_default();
            let earlier = of_line.iter_mut().find(|known| {
                (known.organisation, &known.from, &known.to)
                    == (next.organisation, &next.from, &next.to)
            });
            match earlier {
                Some(known) => *known = next,
                None => of_line.push(next),
            }
        }
        Ok(found)
    }

    /// What happened to a line, newest first; schools within reach only.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn line_history(
        &self,
        municipality: MunicipalityId,
        id: LineId,
        sees: impl Fn(OrganisationId) -> bool,
    ) -> Result<LineHistory, StoreError> {
        let reports = report::Entity::find()
            .filter(report::Column::MunicipalityId.eq(municipality.0))
            .filter(report::Column::LineId.eq(id.0))
            .order_by_desc(report::Column::AtMs)
            .order_by_asc(report::Column::Id)
            .all(&self.reader)
            .await?;
        let schools = short_names(&self.reader, municipality.0).await?;
        let papers: Vec<Uuid> = reports.iter().filter_map(|row| row.document_id).collect();
        let titles: HashMap<Uuid, String> = paper::Entity::find()
            .filter(paper::Column::MunicipalityId.eq(municipality.0))
            .filter(rows::among(paper::Column::Id, &papers))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row.title))
            .collect();
        let reports = reports
            .into_iter()
            .filter(|row| {
                row.organisation_id
                    .is_none_or(|school| sees(OrganisationId(school)))
            })
            .map(|row| {
                Ok(LineReport {
                    id: LineReportId(row.id),
                    organisation: row
                        .organisation_id
                        .map(|school| schools.get(&school).cloned().unwrap_or_default()),
                    from: row.from_day,
                    to: row.to_day,
                    outcome: named(&row.outcome)?,
                    content: row.content,
                    document: row.document_id.map(|paper| {
                        let title = titles.get(&paper).cloned().unwrap_or_default();
                        (DocumentId(paper), title)
                    }),
                    at_ms: row.at_ms,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        let changes = change::Entity::find()
            .filter(change::Column::MunicipalityId.eq(municipality.0))
            .filter(change::Column::LineId.eq(id.0))
            .order_by_desc(change::Column::AtMs)
            .order_by_asc(change::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(LineChange {
                    at_ms: row.at_ms,
                    reason: row.reason,
                    fields: document(&row.fields)?,
                    is_removal: row.is_removal,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(LineHistory { reports, changes })
    }
}

impl Write {
    /// Keeps a programme with its roadmap as a draft; false when one of its id is there already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_programme(&mut self, new: NewProgramme) -> Result<bool, StoreError> {
        if self.passport(new.id).await?.is_some() {
            return Ok(false);
        }
        let id = new.id.0;
        passport::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id),
            title: Set(new.title),
            first_day: Set(new.first_day),
            last_day: Set(new.last_day),
            state: Set(name_of(&ProgrammeState::Draft)?),
            order_number: Set(None),
            order_day: Set(None),
            approved_by: Set(None),
            approved_ms: Set(None),
            source: Set(new.source),
            source_hash: Set(new.source_hash),
            notes: Set(serde_json::to_string(&new.notes)?),
            created_by: Set(self.person.unwrap_or_default()),
            created_ms: Set(self.now_ms),
            revision: Set(1),
        }
        .insert(&self.transaction)
        .await?;
        let (mut headings, mut lines) = (Vec::new(), Vec::new());
        for (place, row) in (0..).zip(new.rows) {
            match row {
                NewRow::Heading(one) => headings.push(heading::Model {
                    municipality_id: self.municipality,
                    id: one.id.0,
                    programme_id: id,
                    place,
                    code: one.code,
                    title: one.title,
                    level: i32::from(one.level),
                    system: one.system,
                }),
                NewRow::Line(one) => lines.push(self.line_row(id, place, *one)?),
            }
        }
        rows::insert::<heading::Entity>(&self.transaction, headings).await?;
        rows::insert::<line::Entity>(&self.transaction, lines).await?;
        Ok(true)
    }

    fn line_row(
        &self,
        programme: Uuid,
        place: i32,
        new: NewLine,
    ) -> Result<line::Model, StoreError> {
        Ok(line::Model {
            municipality_id: self.municipality,
            id: new.id.0,
            programme_id: programme,
            heading_id: new.heading.map(|heading| heading.0),
            place,
            number: new.number,
            measure: new.measure,
            written_term: new.written_term,
            written_executors: new.written_executors,
            term: new.term,
            earlier: "[]".to_owned(),
            executors: new.executors,
            results: new.results,
            others: serde_json::to_string(&new.others)?,
            notes: serde_json::to_string(&new.notes)?,
            revision: 1,
            removed_ms: None,
        })
    }

    async fn passport(&mut self, id: ProgrammeId) -> Result<Option<passport::Model>, StoreError> {
        Ok(passport::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?)
    }

    /// State and revision of a programme as this change sees them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn programme_state(
        &mut self,
        id: ProgrammeId,
    ) -> Result<Option<(ProgrammeState, u64)>, StoreError> {
        self.passport(id)
            .await?
            .map(|row| Ok((named(&row.state)?, row.revision.unsigned_abs())))
            .transpose()
    }

    /// Gives a draft another title and other years.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rename_programme(
        &mut self,
        id: ProgrammeId,
        title: &str,
        [first_day, last_day]: [&str; 2],
    ) -> Result<(), StoreError> {
        if let Some(row) = self.passport(id).await? {
            let revision = row.revision + 1;
            let mut row = row.into_active_model();
            row.title = Set(title.to_owned());
            row.first_day = Set(first_day.to_owned());
            row.last_day = Set(last_day.to_owned());
            row.revision = Set(revision);
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    /// Approves a draft.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn approve_programme(
        &mut self,
        id: ProgrammeId,
        order: &ProgrammeOrder,
    ) -> Result<(), StoreError> {
        if let Some(row) = self.passport(id).await? {
            let revision = row.revision + 1;
            let mut row = row.into_active_model();
            row.state = Set(name_of(&ProgrammeState::Active)?);
            row.order_number = Set(Some(order.number.trim().to_owned()));
            row.order_day = Set(Some(order.day.clone()));
            row.approved_by = Set(self.person);
            row.approved_ms = Set(Some(self.now_ms));
            row.revision = Set(revision);
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    /// Throws a draft away with everything that belongs to it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn drop_programme(&mut self, id: ProgrammeId) -> Result<(), StoreError> {
        let lines: Vec<Uuid> = line::Entity::find()
            .filter(line::Column::MunicipalityId.eq(self.municipality))
            .filter(line::Column::ProgrammeId.eq(id.0))
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(|row| row.id)
            .collect();
        for line in lines {
            date::Entity::delete_many()
                .filter(date::Column::MunicipalityId.eq(self.municipality))
                .filter(date::Column::LineId.eq(line))
                .exec(&self.transaction)
                .await?;
        }
        change::Entity::delete_many()
            .filter(change::Column::MunicipalityId.eq(self.municipality))
            .filter(change::Column::ProgrammeId.eq(id.0))
            .exec(&self.transaction)
            .await?;
        line::Entity::delete_many()
            .filter(line::Column::MunicipalityId.eq(self.municipality))
            .filter(line::Column::ProgrammeId.eq(id.0))
            .exec(&self.transaction)
            .await?;
        heading::Entity::delete_many()
            .filter(heading::Column::MunicipalityId.eq(self.municipality))
            .filter(heading::Column::ProgrammeId.eq(id.0))
            .exec(&self.transaction)
            .await?;
        passport::Entity::delete_by_id((self.municipality, id.0))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    /// A line as this change sees it, with the programme it belongs to; absent when taken out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn programme_line(
        &mut self,
        id: LineId,
    ) -> Result<Option<(ProgrammeId, StoredLine)>, StoreError> {
        let Some(row) = line::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .filter(|row| row.removed_ms.is_none())
        else {
            return Ok(None);
        };
        Ok(Some((ProgrammeId(row.programme_id), stored_line(row)?)))
    }

    /// Is this id taken by a line, also one that was taken out?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_line_taken(&mut self, id: LineId) -> Result<bool, StoreError> {
        Ok(line::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .is_some())
    }

    /// Adds a line behind the last one of its heading.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_line(&mut self, id: ProgrammeId, new: NewLine) -> Result<(), StoreError> {
        let heading = new.heading.map(|heading| heading.0);
        let under = line::Entity::find()
            .select_only()
            .column_as(line::Column::Place.max(), "place")
            .filter(line::Column::MunicipalityId.eq(self.municipality))
            .filter(line::Column::ProgrammeId.eq(id.0))
            .filter(match heading {
                Some(heading) => line::Column::HeadingId.eq(heading),
                None => line::Column::HeadingId.is_null(),
            })
            .into_tuple::<Option<i32>>()
            .one(&self.transaction)
            .await?
            .flatten();
        let above = match heading.filter(|_| under.is_none()) {
            Some(heading) => heading::Entity::find_by_id((self.municipality, heading))
                .one(&self.transaction)
                .await?
                .map(|row| row.place),
            None => None,
        };
        // Lines of one place stand by their ids; a new one shares the place of the last and follows it in time.
        let place = under.or(above).unwrap_or_default();
        let row = self.line_row(id.0, place, new)?;
        rows::insert::<line::Entity>(&self.transaction, vec![row]).await?;
        self.touch_programme(id).await
    }

    /// Changes a line, and keeps what stood there.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn edit_line(
        &mut self,
        programme: ProgrammeId,
        id: LineId,
        edit: LineEdit,
        (reason, fields): (&str, &[ChangedField]),
    ) -> Result<(), StoreError> {
        let Some(row) = line::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(());
        };
        let revision = row.revision + 1;
        let mut row = row.into_active_model();
        row.heading_id = Set(edit.heading.map(|heading| heading.0));
        row.number = Set(edit.number);
        row.measure = Set(edit.measure);
        row.term = Set(edit.term);
        row.earlier = Set(serde_json::to_string(&edit.earlier)?);
        row.executors = Set(edit.executors);
        row.results = Set(edit.results);
        row.notes = Set(serde_json::to_string(&edit.notes)?);
        row.revision = Set(revision);
        row.update(&self.transaction).await?;
        self.note_line_change(programme, id, (reason, fields), false)
            .await
    }

    /// Takes a line out; its reports and changes stay.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remove_line(
        &mut self,
        programme: ProgrammeId,
        id: LineId,
        reason: &str,
    ) -> Result<(), StoreError> {
        if let Some(row) = line::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        {
            let revision = row.revision + 1;
            let mut row = row.into_active_model();
            row.removed_ms = Set(Some(self.now_ms));
            row.revision = Set(revision);
            row.update(&self.transaction).await?;
        }
        self.note_line_change(programme, id, (reason, &[]), true)
            .await
    }

    async fn note_line_change(
        &mut self,
        programme: ProgrammeId,
        line: LineId,
        (reason, fields): (&str, &[ChangedField]),
        is_removal: bool,
    ) -> Result<(), StoreError> {
        change::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(Uuid::now_v7()),
            programme_id: Set(programme.0),
            line_id: Set(line.0),
            at_ms: Set(self.now_ms),
            person_id: Set(self.person.unwrap_or_default()),
            reason: Set(reason.trim().to_owned()),
            fields: Set(serde_json::to_string(fields)?),
            is_removal: Set(is_removal),
        }
        .insert(&self.transaction)
        .await?;
        self.touch_programme(programme).await
    }

    async fn touch_programme(&mut self, id: ProgrammeId) -> Result<(), StoreError> {
        if let Some(row) = self.passport(id).await? {
            let revision = row.revision + 1;
            let mut row = row.into_active_model();
            row.revision = Set(revision);
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    /// Gives a line a day; false when it is there already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn give_line_date(
        &mut self,
        line: LineId,
        new: &NewLineDate,
    ) -> Result<bool, StoreError> {
        let known = date::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        date::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            line_id: Set(line.0),
            from_day: Set(new.from.clone()),
            to_day: Set(new.to.clone()),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
            cancelled_ms: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }

    /// Takes a given day back; false when there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cancel_line_date(
        &mut self,
        line: LineId,
        id: LineDateId,
    ) -> Result<bool, StoreError> {
        let Some(row) = date::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .filter(|row| row.line_id == line.0)
        else {
            return Ok(false);
        };
        if row.cancelled_ms.is_none() {
            let mut row = row.into_active_model();
            row.cancelled_ms = Set(Some(self.now_ms));
            row.update(&self.transaction).await?;
        }
        Ok(true)
    }

    /// Keeps a report; false when it is there already.
    ///
    /// # Errors
    /// Those of the database; `Dangling` for an unknown school or paper.
    pub async fn report_line(
        &mut self,
        line: LineId,
        new: &NewLineReport,
    ) -> Result<bool, StoreError> {
        let known = report::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        report::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            line_id: Set(line.0),
            organisation_id: Set(new.organisation.map(|school| school.0)),
            from_day: Set(new.from.clone()),
            to_day: Set(new.to.clone()),
            outcome: Set(name_of(&new.outcome)?),
            content: Set(new.content.trim().to_owned()),
            document_id: Set(new.document.map(|paper| paper.0)),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }

    /// Keeps a conclusion on a block; false when it is there already.
    ///
    /// # Errors
    /// Those of the database; `Dangling` for an unknown heading.
    pub async fn review_programme(
        &mut self,
        programme: ProgrammeId,
        new: &NewProgrammeReview,
    ) -> Result<bool, StoreError> {
        let known = review::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        review::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            programme_id: Set(programme.0),
            heading_id: Set(new.heading.0),
            state_before: Set(new.before.trim().to_owned()),
            state_after: Set(new.after.trim().to_owned()),
            conclusion: Set(name_of(&new.conclusion)?),
            content: Set(new.content.trim().to_owned()),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }
}

fn stored(
    row: passport::Model,
    headings: Vec<heading::Model>,
) -> Result<StoredProgramme, StoreError> {
    let headings = headings
        .into_iter()
        .map(|row| {
            Ok(Heading {
                id: HeadingId(row.id),
                code: row.code,
                title: row.title,
                level: u8::try_from(row.level).map_err(|_| {
                    StoreError::Meaning(format!("level {} of a heading", row.level))
                })?,
                system: row.system,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let order = row.order_number.zip(row.order_day);
    Ok(StoredProgramme {
        id: ProgrammeId(row.id),
        title: row.title,
        first_day: row.first_day,
        last_day: row.last_day,
        state: named(&row.state)?,
        order: order.map(|(number, day)| ProgrammeOrder { number, day }),
        approved_ms: row.approved_ms,
        source: row.source,
        notes: document(&row.notes)?,
        revision: row.revision.unsigned_abs(),
        headings,
        lines: Vec::new(),
        reviews: Vec::new(),
    })
}

fn stored_line(row: line::Model) -> Result<StoredLine, StoreError> {
    Ok(StoredLine {
        id: LineId(row.id),
        revision: row.revision.unsigned_abs(),
        heading: row.heading_id.map(HeadingId),
        number: row.number,
        measure: row.measure,
        written_term: row.written_term,
        written_executors: row.written_executors,
        term: row.term,
        earlier: document(&row.earlier)?,
        executors: row.executors,
        results: row.results,
        others: document(&row.others)?,
        notes: document(&row.notes)?,
        dates: Vec::new(),
        reports: Vec::new(),
    })
}

fn reviewed(row: review::Model) -> Result<ProgrammeReview, StoreError> {
    Ok(ProgrammeReview {
        id: ProgrammeReviewId(row.id),
        heading: HeadingId(row.heading_id),
        before: row.state_before,
        after: row.state_after,
        conclusion: named(&row.conclusion)?,
        content: row.content,
        at_ms: row.at_ms,
    })
}
