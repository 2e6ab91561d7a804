//! Cases: opened by a signed sheet, explained by the school, closed by the coordinator.

use std::collections::{HashMap, HashSet};

use api::id::{CaseId, EntryId, EventId, MunicipalityId, OrganisationId, PersonId, SubmissionId};
use api::management::case::{Case, CaseEntry, CaseState, EntryKind, Resolution};
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::auth::Place;
use crate::import::subject;
use crate::store::access::person::names;
use crate::store::entity::observation::act::{case_entry, violation_case};
use crate::store::entity::procedures::event;
use crate::store::entity::registry::municipality;
use crate::store::name::{name_of, named};
use crate::store::registry::organisation::short_names;
use crate::store::rows;
use crate::store::{Store, StoreError, Write};

/// A critical item of a signed sheet, worded as in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriticalItem {
    /// Name in the form.
    pub name: String,
    /// Its words.
    pub text: Text,
    /// The observer's note.
    pub note: Option<String>,
}

/// A case with what decides who may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedCase {
    /// The case as it travels; its timeline only when one case was asked for.
    pub case: Case,
    /// Where it lies.
    pub place: Place,
    /// Who reported it.
    pub reporter: PersonId,
}

impl Store {
    /// Cases: those that wait for somebody first, then by date.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cases(
        &self,
        municipality: MunicipalityId,
        now_ms: i64,
    ) -> Result<Vec<PlacedCase>, StoreError> {
        cases(&self.reader, municipality.0, None, now_ms).await
    }

    /// One case with its timeline.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn case(
        &self,
        municipality: MunicipalityId,
        id: CaseId,
        now_ms: i64,
    ) -> Result<Option<PlacedCase>, StoreError> {
        let found = cases(&self.reader, municipality.0, Some(id.0), now_ms).await?;
        let Some(mut found) = found.into_iter().next() else {
            return Ok(None);
        };
        let names = names(&self.reader, municipality.0).await?;
        found.case.entries = case_entry::Entity::find()
            .filter(case_entry::Column::MunicipalityId.eq(municipality.0))
            .filter(case_entry::Column::CaseId.eq(id.0))
            .order_by_asc(case_entry::Column::AtMs)
            .order_by_asc(case_entry::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(CaseEntry {
                    id: EntryId(row.id),
                    at_ms: row.at_ms,
                    kind: named(&row.kind)?,
                    content: row.content,
                    author: row.person_id.and_then(|id| names.get(&id).cloned()),
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Some(found))
    }
}

impl Write {
    /// Opens a case for every critical item of a submitted sheet that has none yet; returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn open_cases(
        &mut self,
        id: SubmissionId,
        items: &[CriticalItem],
    ) -> Result<u32, StoreError> {
        if items.is_empty() {
            return Ok(0);
        }
        let sheet = self.known_row(id).await?;
        let Some(event) = sheet.event_id else {
            return Ok(0);
        };
        let mut known: HashSet<String> = violation_case::Entity::find()
            .filter(violation_case::Column::MunicipalityId.eq(self.municipality))
            .filter(violation_case::Column::SubmissionId.eq(id.0))
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(|case| case.item)
            .collect();
        // An item of a repeat may be there several times.
        let new: Vec<&CriticalItem> = items
            .iter()
            .filter(|item| known.insert(item.name.clone()))
            .collect();
        if new.is_empty() {
            return Ok(0);
        }
        let documents = self.form_documents.clone();
        let zone = documents.zone(&self.transaction, self.municipality).await?;
        let days = self.policy().await?.explanation_days;
        let due =
            day_of(self.now_ms, zone.unwrap_or(0)).saturating_add(Duration::days(i64::from(days)));
        let mut cases = Vec::with_capacity(new.len());
        let mut entries = Vec::with_capacity(new.len());
        for item in new {
            let case = Uuid::now_v7();
            cases.push(violation_case::Model {
                municipality_id: self.municipality,
                id: case,
                submission_id: id.0,
                event_id: event,
                organisation_id: sheet.organisation_id,
                item: item.name.clone(),
                item_ru: item.text.ru.clone(),
                item_en: item.text.en.clone(),
                note: item.note.clone(),
                state: name_of(&CaseState::Reported)?,
                reported_by: self.person.unwrap_or_default(),
                reported_ms: self.now_ms,
                answer_due: date_text(due),
                answered_ms: None,
                resolved_ms: None,
                resolution: None,
            });
            entries.push(case_entry::Model {
                municipality_id: self.municipality,
                id: Uuid::now_v7(),
                case_id: case,
                at_ms: self.now_ms,
                person_id: self.person,
                kind: name_of(&EntryKind::Reported)?,
                content: item.note.clone().unwrap_or_default(),
            });
        }
        let opened = u32::try_from(cases.len()).unwrap_or(u32::MAX);
        rows::insert::<violation_case::Entity>(&self.transaction, cases).await?;
        rows::insert::<case_entry::Entity>(&self.transaction, entries).await?;
        Ok(opened)
    }

    /// Adds the school's explanation; the first one answers the case, later ones are added beside it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn answer_case(
        &mut self,
        id: CaseId,
        entry: EntryId,
        content: &str,
    ) -> Result<(), StoreError> {
        if !self.entry(id, entry, EntryKind::Answer, content).await? {
            return Ok(());
        }
        let Some(row) = self.case_row(id).await? else {
            return Ok(());
        };
        if row.answered_ms.is_none() {
            let is_open = row.state == name_of(&CaseState::Reported)?;
            let mut row = row.into_active_model();
            row.answered_ms = Set(Some(self.now_ms));
            if is_open {
                row.state = Set(name_of(&CaseState::Answered)?);
            }
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    /// Adds the coordinator's words; with a resolution the case is closed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn react_to_case(
        &mut self,
        id: CaseId,
        entry: EntryId,
        content: &str,
        resolution: Option<Resolution>,
    ) -> Result<(), StoreError> {
        let kind = match resolution {
            Some(_) => EntryKind::Resolved,
            None => EntryKind::Reaction,
        };
        if !self.entry(id, entry, kind, content).await? {
            return Ok(());
        }
        if let (Some(resolution), Some(row)) = (resolution, self.case_row(id).await?) {
            let mut row = row.into_active_model();
            row.state = Set(name_of(&CaseState::Resolved)?);
            row.resolution = Set(Some(name_of(&resolution)?));
            row.resolved_ms = Set(Some(self.now_ms));
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    async fn case_row(&self, id: CaseId) -> Result<Option<violation_case::Model>, StoreError> {
        Ok(
            violation_case::Entity::find_by_id((self.municipality, id.0))
                .one(&self.transaction)
                .await?,
        )
    }

    /// Adds an entry to a timeline; false when it is there already.
    async fn entry(
        &mut self,
        case: CaseId,
        id: EntryId,
        kind: EntryKind,
        content: &str,
    ) -> Result<bool, StoreError> {
        let known = case_entry::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        case_entry::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            case_id: Set(case.0),
            at_ms: Set(self.now_ms),
            person_id: Set(self.person),
            kind: Set(name_of(&kind)?),
            content: Set(content.to_owned()),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }
}

async fn cases(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    only: Option<Uuid>,
    now_ms: i64,
) -> Result<Vec<PlacedCase>, StoreError> {
    let mut query = violation_case::Entity::find()
        .filter(violation_case::Column::MunicipalityId.eq(municipality));
    if let Some(id) = only {
        query = query.filter(violation_case::Column::Id.eq(id));
    }
    let rows = query
        .order_by_desc(violation_case::Column::ReportedMs)
        .order_by_asc(violation_case::Column::Id)
        .all(connection)
        .await?;
    let zone_minutes = municipality::Entity::find_by_id(municipality)
        .one(connection)
        .await?
        .map_or(0, |row| row.zone_minutes);
    let today = date_text(day_of(now_ms, zone_minutes));
    let names = short_names(connection, municipality).await?;
    let events: HashMap<Uuid, event::Model> = event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(municipality))
        .filter(event::Column::Id.is_in(rows.iter().map(|row| row.event_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut found = rows
        .into_iter()
        .map(|row| {
            let event = events.get(&row.event_id);
            let state: CaseState = named(&row.state)?;
            let work = event.map_or_else(
                || Text::new("", ""),
                |event| {
                    let name = subject::name(&event.subject);
                    Text::new(
                        match event.class.as_str() {
                            "" => format!("{}, {} классы", name.ru, event.grade),
                            letter => format!("{}, {} «{letter}»", name.ru, event.grade),
                        },
                        format!("{}, {}{}", name.en, event.grade, event.class),
                    )
                },
            );
            let organisation = OrganisationId(row.organisation_id);
            let id = EventId(row.event_id);
            Ok(PlacedCase {
                place: Place::event(organisation, id),
                reporter: PersonId(row.reported_by),
                case: Case {
                    id: CaseId(row.id),
                    event: id,
                    organisation,
                    organisation_name: names.get(&row.organisation_id).cloned().unwrap_or_default(),
                    date: event.map(|event| event.date.clone()).unwrap_or_default(),
                    work,
                    item: Text::new(row.item_ru, row.item_en),
                    note: row.note,
                    state,
                    reported_ms: row.reported_ms,
                    overdue: state == CaseState::Reported && row.answer_due < today,
                    answer_due: row.answer_due,
                    resolution: row.resolution.as_deref().map(named).transpose()?,
                    submission: Some(SubmissionId(row.submission_id)),
                    entries: Vec::new(),
                },
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    found.sort_by_key(|one| one.case.state == CaseState::Resolved);
    Ok(found)
}

/// The day in the municipality at a moment.
pub fn day_of(now_ms: i64, zone_minutes: i32) -> Date {
    let local_s = now_ms.div_euclid(1_000) + i64::from(zone_minutes) * 60;
    OffsetDateTime::from_unix_timestamp(local_s)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .date()
}

/// A date as it is stored.
pub fn date_text(date: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}
