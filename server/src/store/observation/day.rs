//! The day of a procedure and the observation index: what the sheets of a place add up to.

use std::collections::{BTreeMap, HashMap};

use api::id::{EventId, MunicipalityId, OrganisationId};
use api::observation::day::{DaySite, EventIndex, ObservationIndex, Policy, SchoolIndex};
use api::procedures::event::{AssignmentRole, Event};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::observer::{end_ms, start_ms};
use crate::auth::{Place, Reach};
use crate::import::subject;
use crate::store::entity::forms::submission;
use crate::store::entity::observation::act::observation_policy;
use crate::store::entity::procedures::{event, procedure};
use crate::store::{EventFilter, Store, StoreError, Write};

/// Terms while a municipality has set none.
///
/// # Source
/// Three days for an explanation: `school_comment_days` of the observation instruments. The others are the
/// platform's.
pub const DEFAULT_POLICY: Policy = Policy {
    silent_minutes: 20,
    explanation_days: 3,
    report_hours: 24,
};

impl Store {
    /// Terms in force.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn policy(&self, municipality: MunicipalityId) -> Result<Policy, StoreError> {
        policy(&self.reader, municipality.0).await
    }

    /// Nearest dates with events before and after a date, within reach.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn days_around(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
        date: &str,
    ) -> Result<[Option<String>; 2], StoreError> {
        let mut around = [None, None];
        for row in event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(event::Column::Date)
            .all(&self.reader)
            .await?
        {
            let place = Place::event(OrganisationId(row.organisation_id), EventId(row.id));
            if !reach.covers(place) {
                continue;
            }
            if row.date.as_str() < date {
                around[0] = Some(row.date);
            } else if row.date.as_str() > date && around[1].is_none() {
                around[1] = Some(row.date);
            }
        }
        Ok(around)
    }

    /// The sites of these events, in their order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn day_sites(
        &self,
        municipality: MunicipalityId,
        events: Vec<Event>,
    ) -> Result<Vec<DaySite>, StoreError> {
        let zone_minutes = self.zone_minutes(municipality).await?;
        let rows: HashMap<Uuid, event::Model> = event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality.0))
            .filter(event::Column::Id.is_in(events.iter().map(|event| event.id.0)))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let mut sheets: HashMap<Uuid, Vec<submission::Model>> = HashMap::new();
        for row in submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::EventId.is_in(events.iter().map(|event| event.id.0)))
            .all(&self.reader)
            .await?
        {
            if let Some(event) = row.event_id {
                sheets.entry(event).or_default().push(row);
            }
        }
        Ok(events
            .into_iter()
            .filter_map(|event| {
                let row = rows.get(&event.id.0)?;
                let sheets = sheets.get(&event.id.0).map_or(&[][..], Vec::as_slice);
                let sum = |pick: fn(&submission::Model) -> i32| -> u32 {
                    sheets.iter().map(|sheet| pick(sheet).unsigned_abs()).sum()
                };
                let observers = event
                    .assignments
                    .iter()
                    .filter(|part| {
                        matches!(
                            part.role,
                            AssignmentRole::Observer
                                | AssignmentRole::Visitor
                                | AssignmentRole::VideoObserver
                        )
                    })
                    .count();
                Some(DaySite {
                    event: event.id,
                    organisation: event.organisation,
                    start_ms: start_ms(row, zone_minutes)?,
                    end_ms: end_ms(row, zone_minutes)?,
                    organisation_name: event.organisation_name,
                    kind: event.kind,
                    subject_name: event.subject_name,
                    grade: event.grade,
                    class: event.class,
                    start: event.start,
                    state: event.state,
                    observers: u32::try_from(observers).unwrap_or(u32::MAX),
                    sheets: u32::try_from(sheets.len()).unwrap_or(u32::MAX),
                    submitted: sum(|sheet| i32::from(sheet.submitted_ms.is_some())),
                    answered: [sum(|sheet| sheet.answered), sum(|sheet| sheet.answerable)],
                    last_ms: sheets.iter().map(|sheet| sheet.changed_ms).max(),
                })
            })
            .collect())
    }

    /// The observation index within reach: an event is the mean of its sheets, a school of its events, the
    /// municipality of its schools, so that a school with many sheets does not speak for the others.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn observation_index(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
        year: Option<i32>,
    ) -> Result<ObservationIndex, StoreError> {
        let years: HashMap<Uuid, i32> = procedure::Entity::find()
            .filter(procedure::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row.year))
            .collect();
        let nobody = api::id::PersonId(Uuid::nil());
        let everything = EventFilter::default();
        let mut events: BTreeMap<EventId, Event> = self
            .events(municipality, reach, nobody, &everything)
            .await?
            .into_iter()
            .map(|event| (event.id, event))
            .collect();
        let mut sheets: BTreeMap<EventId, Vec<submission::Model>> = BTreeMap::new();
        for row in submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::EventId.is_not_null())
            .filter(submission::Column::SubmittedMs.is_not_null())
            .filter(submission::Column::Overall.is_not_null())
            .order_by_asc(submission::Column::Id)
            .all(&self.reader)
            .await?
        {
            let Some(id) = row.event_id.map(EventId) else {
                continue;
            };
            if events.contains_key(&id) {
                sheets.entry(id).or_default().push(row);
            }
        }
        let year_of = |event: &Event| years.get(&event.procedure.0).copied();
        let year = year
            .or_else(|| sheets.keys().filter_map(|id| year_of(&events[id])).max())
            .or_else(|| events.values().filter_map(&year_of).max())
            .unwrap_or_default();
        events.retain(|_, event| year_of(event) == Some(year));
        sheets.retain(|id, _| events.contains_key(id));
        let observed = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
        let mut schools: BTreeMap<(String, OrganisationId), Vec<EventIndex>> = BTreeMap::new();
        for (id, sheets) in sheets {
            let event = &events[&id];
            let indices: Vec<f64> = sheets.iter().filter_map(|sheet| sheet.overall).collect();
            schools
                .entry((event.organisation_name.clone(), event.organisation))
                .or_default()
                .push(EventIndex {
                    event: id,
                    date: event.date.clone(),
                    subject_name: subject::name(&event.subject),
                    grade: event.grade,
                    index: mean(&indices),
                    sheets: u32::try_from(sheets.len()).unwrap_or(u32::MAX),
                    critical: sheets
                        .iter()
                        .map(|sheet| sheet.critical.unsigned_abs())
                        .sum(),
                });
        }
        let schools: Vec<SchoolIndex> = schools
            .into_iter()
            .map(|((organisation_name, organisation), mut events)| {
                events
                    .sort_by(|one, other| (&one.date, one.event).cmp(&(&other.date, other.event)));
                let indices: Vec<f64> = events.iter().map(|event| event.index).collect();
                SchoolIndex {
                    organisation,
                    organisation_name,
                    index: mean(&indices),
                    events,
                }
            })
            .collect();
        let indices: Vec<f64> = schools.iter().map(|school| school.index).collect();
        Ok(ObservationIndex {
            year,
            municipality: (*reach == Reach::Municipality && !indices.is_empty())
                .then(|| mean(&indices)),
            events: u32::try_from(events.len()).unwrap_or(u32::MAX),
            observed,
            schools,
        })
    }
}

impl Write {
    /// Terms in force, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn policy(&self) -> Result<Policy, StoreError> {
        policy(&self.transaction, self.municipality).await
    }

    /// Sets the terms.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_policy(&mut self, new: &Policy) -> Result<(), StoreError> {
        use observation_policy::Column as C;
        let stored = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
        observation_policy::Entity::insert(observation_policy::ActiveModel {
            municipality_id: Set(self.municipality),
            silent_minutes: Set(stored(new.silent_minutes)),
            explanation_days: Set(stored(new.explanation_days)),
            report_hours: Set(stored(new.report_hours)),
            changed_by: Set(self.person.unwrap_or_default()),
            changed_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::column(C::MunicipalityId)
                .update_columns([
                    C::SilentMinutes,
                    C::ExplanationDays,
                    C::ReportHours,
                    C::ChangedBy,
                    C::ChangedMs,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

/// Never asked of nothing: an entry exists only with its first value.
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

async fn policy(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
) -> Result<Policy, StoreError> {
    Ok(observation_policy::Entity::find_by_id(municipality)
        .one(connection)
        .await?
        .map_or(DEFAULT_POLICY, |row| Policy {
            silent_minutes: row.silent_minutes.unsigned_abs(),
            explanation_days: row.explanation_days.unsigned_abs(),
            report_hours: row.report_hours.unsigned_abs(),
        }))
}
