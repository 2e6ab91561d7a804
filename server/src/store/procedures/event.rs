//! Events with their parts, and what is going on at them.

use std::collections::{BTreeSet, HashMap};

use api::access::session::Role;
use api::id::{
    AssignmentId, EventId, MunicipalityId, OrganisationId, PersonId, ProcedureId, SubmissionId,
};
use api::procedures::event::{
    Assignment, AssignmentRole, Contact, Event, NewEvent, OwnAssignment, Way,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use super::batch::open_days;
use super::event_change::{called_off, last_changes};
use super::procedure::grade;
use crate::auth::{Place, Reach};
use crate::import::subject;
use crate::store::access::person::names_of;
use crate::store::access::role::longest_in_office;
use crate::store::entity::forms::{form, submission};
use crate::store::entity::procedures::{assignment, event, procedure};
use crate::store::entity::registry::organisation;
use crate::store::name::{document, name_of, named};
use crate::store::registry::organisation::short_names;
use crate::store::results::live_cell::{Sheet, state};
use crate::store::rows::among;
use crate::store::{Store, StoreError, Write};

/// Which events are asked for.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// One event.
    pub event: Option<EventId>,
    /// On this date.
    pub date: Option<String>,
    /// Of this procedure.
    pub procedure: Option<ProcedureId>,
    /// At this organisation.
    pub organisation: Option<OrganisationId>,
    /// Of this work: calendar year, subject, grade level.
    pub work: Option<(i32, String, u8)>,
    /// Those that were called off as well; one that is asked for by its id is always given.
    pub with_cancelled: bool,
}

impl Store {
    /// Events within reach, by date and start. Of the parts only those within reach are given: an
    /// observer sees their own.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn events(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
        caller: PersonId,
        filter: &EventFilter,
    ) -> Result<Vec<Event>, StoreError> {
        let mut events = events(&self.reader, municipality, filter).await?;
        events.retain_mut(|event| {
            let whole = reach.covers(Place::organisation(event.organisation));
            if !whole {
                event.assignments.retain(|part| part.person == caller);
            }
            reach.covers(Place::event(event.organisation, event.id))
        });
        Ok(events)
    }

    /// The caller's own parts with their events, by date.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn own_assignments(
        &self,
        municipality: MunicipalityId,
        caller: PersonId,
    ) -> Result<Vec<OwnAssignment>, StoreError> {
        let own: BTreeSet<Uuid> = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(assignment::Column::PersonId.eq(caller.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| row.event_id)
            .collect();
        if own.is_empty() {
            return Ok(Vec::new());
        }
        let coordinator = coordinator(&self.reader, municipality).await?;
        let mut parts = Vec::new();
        for mut event in load(
            &self.reader,
            municipality,
            Condition::all().add(event::Column::Id.is_in(own)),
        )
        .await?
        {
            event.assignments.retain(|part| part.person == caller);
            let way = self.way(municipality, event.organisation).await?;
            for assignment in event.assignments.clone() {
                parts.push(OwnAssignment {
                    assignment,
                    event: event.clone(),
                    coordinator: coordinator.clone(),
                    way: way.clone(),
                    clash: None,
                });
            }
        }
        Ok(parts)
    }

    /// How to find a school.
    async fn way(
        &self,
        municipality: MunicipalityId,
        school: OrganisationId,
    ) -> Result<Option<Way>, StoreError> {
        let row = organisation::Entity::find_by_id((municipality.0, school.0))
            .one(&self.reader)
            .await?;
        Ok(row.map(|row| Way {
            name: row.name,
            settlement: row.settlement,
            place: row
                .latitude
                .zip(row.longitude)
                .map(|(north, east)| [north, east]),
        }))
    }
}

impl Write {
    /// Stores an event.
    ///
    /// # Errors
    /// `Dangling` for an unknown procedure or organisation.
    pub async fn put_event(&mut self, new: &NewEvent) -> Result<(), StoreError> {
        use event::Column as C;
        event::Entity::insert(event::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            procedure_id: Set(new.procedure.0),
            organisation_id: Set(new.organisation.0),
            date: Set(new.date.clone()),
            start: Set(new.start.clone()),
            duration_minutes: Set(i32::from(new.duration_minutes)),
            subject: Set(new.subject.clone()),
            grade: Set(i32::from(new.grade)),
            class: Set(new.class.clone()),
            room: Set(new.room.clone()),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .update_columns([
                    C::ProcedureId,
                    C::OrganisationId,
                    C::Date,
                    C::Start,
                    C::DurationMinutes,
                    C::Subject,
                    C::Grade,
                    C::Class,
                    C::Room,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Would this change take an event that has sheets to another school, day or procedure? What was seen was seen
    /// there and then.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn moves_sheets(&self, new: &NewEvent) -> Result<bool, StoreError> {
        let key = (self.municipality, new.id.0);
        let Some(known) = event::Entity::find_by_id(key)
            .one(&self.transaction)
            .await?
        else {
            return Ok(false);
        };
        let stays = known.organisation_id == new.organisation.0
            && known.procedure_id == new.procedure.0
            && known.date == new.date;
        if stays {
            return Ok(false);
        }
        let sheet = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(self.municipality))
            .filter(submission::Column::EventId.eq(new.id.0))
            .one(&self.transaction)
            .await?;
        Ok(sheet.is_some())
    }

    /// Gives a person a part in an event; giving it again returns the same part. Observers, visitors and
    /// observers of the recording each get the newest form of theirs that is made for the kind of the procedure.
    ///
    /// # Errors
    /// `Dangling` for an unknown event or person.
    pub async fn assign(
        &mut self,
        id: AssignmentId,
        event: EventId,
        person: PersonId,
        role: AssignmentRole,
    ) -> Result<AssignmentId, StoreError> {
        let role_name = name_of(&role)?;
        let known = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(self.municipality))
            .filter(assignment::Column::EventId.eq(event.0))
            .filter(assignment::Column::PersonId.eq(person.0))
            .filter(assignment::Column::Role.eq(role_name.clone()))
            .one(&self.transaction)
            .await?;
        if let Some(known) = known {
            return Ok(AssignmentId(known.id));
        }
        let form = match role {
            AssignmentRole::Observer => {
                observation_form(&self.transaction, self.municipality, event, "observation").await?
            }
            AssignmentRole::Visitor => {
                observation_form(&self.transaction, self.municipality, event, "visit").await?
            }
            AssignmentRole::VideoObserver => {
                observation_form(&self.transaction, self.municipality, event, "video").await?
            }
            _ => None,
        };
        let (form_id, form_version) = form.unzip();
        assignment::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            event_id: Set(event.0),
            person_id: Set(person.0),
            role: Set(role_name),
            form_id: Set(form_id),
            form_version: Set(form_version),
        }
        .insert(&self.transaction)
        .await?;
        Ok(id)
    }
}

/// The form observers of an event fill: the newest one that the plan names, or that is made for the kind of the
/// procedure.
async fn observation_form(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: EventId,
    purpose: &str,
) -> Result<Option<(String, String)>, StoreError> {
    let Some(event) = event::Entity::find_by_id((municipality, event.0))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let Some(procedure) = procedure::Entity::find_by_id((municipality, event.procedure_id))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let chosen = procedure.checklist.filter(|_| purpose == "observation");
    for form in form::Entity::find()
        .filter(form::Column::MunicipalityId.eq(municipality))
        .filter(form::Column::Purpose.eq(purpose))
        .order_by_desc(form::Column::PublishedMs)
        .order_by_asc(form::Column::Id)
        .order_by_desc(form::Column::Version)
        .all(connection)
        .await?
    {
        if let Some(chosen) = &chosen {
            if form.id == *chosen {
                return Ok(Some((form.id, form.version)));
            }
            continue;
        }
        // An instrument may name a stage: `olympiad_school` is a kind of `olympiad`.
        let stage = format!("{}_", procedure.kind);
        let kinds: Vec<String> = document(&form.procedure_kinds)?;
        if kinds
            .iter()
            .any(|kind| *kind == procedure.kind || kind.starts_with(&stage))
        {
            return Ok(Some((form.id, form.version)));
        }
    }
    Ok(None)
}

async fn coordinator(
    connection: &impl ConnectionTrait,
    municipality: MunicipalityId,
) -> Result<Option<Contact>, StoreError> {
    let person = longest_in_office(connection, municipality.0, Role::Coordinator).await?;
    Ok(person.and_then(|person| {
        Some(Contact {
            name: person.name,
            phone: person.phone?,
        })
    }))
}

async fn events(
    connection: &impl ConnectionTrait,
    municipality: MunicipalityId,
    filter: &EventFilter,
) -> Result<Vec<Event>, StoreError> {
    let mut condition = Condition::all();
    if let Some(event) = filter.event {
        condition = condition.add(event::Column::Id.eq(event.0));
    }
    if let Some(date) = &filter.date {
        condition = condition.add(event::Column::Date.eq(date.clone()));
    }
    if let Some(procedure) = filter.procedure {
        condition = condition.add(event::Column::ProcedureId.eq(procedure.0));
    }
    if let Some(organisation) = filter.organisation {
        condition = condition.add(event::Column::OrganisationId.eq(organisation.0));
    }
    if let Some((year, subject, grade)) = &filter.work {
        let procedures = procedure::Entity::find()
            .filter(procedure::Column::MunicipalityId.eq(municipality.0))
            .filter(procedure::Column::Year.eq(*year))
            .all(connection)
            .await?;
        condition = condition
            .add(event::Column::ProcedureId.is_in(procedures.into_iter().map(|row| row.id)))
            .add(event::Column::Subject.eq(subject.clone()))
            .add(event::Column::Grade.eq(i32::from(*grade)));
    }
    let mut events = load(connection, municipality, condition).await?;
    // Whoever names an event finds it.
    let takes_all = filter.with_cancelled || filter.event.is_some();
    events.retain(|event| takes_all || !event.cancelled);
    Ok(events)
}

async fn load(
    connection: &impl ConnectionTrait,
    municipality: MunicipalityId,
    condition: Condition,
) -> Result<Vec<Event>, StoreError> {
    let rows = event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(municipality.0))
        .filter(condition)
        .order_by_asc(event::Column::Date)
        .order_by_asc(event::Column::Start)
        .order_by_asc(event::Column::Id)
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let names = short_names(connection, municipality.0).await?;
    let kinds: HashMap<Uuid, String> = procedure::Entity::find()
        .filter(procedure::Column::MunicipalityId.eq(municipality.0))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.kind))
        .collect();
    let mut submissions: HashMap<Uuid, submission::Model> = HashMap::new();
    for row in submission::Entity::find()
        .filter(submission::Column::MunicipalityId.eq(municipality.0))
        .filter(submission::Column::AssignmentId.is_not_null())
        .filter(among(submission::Column::EventId, &ids))
        .all(connection)
        .await?
    {
        if let Some(assignment) = row.assignment_id {
            submissions.insert(assignment, row);
        }
    }
    let parts = assignment::Entity::find()
        .filter(assignment::Column::MunicipalityId.eq(municipality.0))
        .filter(among(assignment::Column::EventId, &ids))
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?;
    let people = parts.iter().map(|part| part.person_id);
    let people = names_of(connection, municipality.0, people).await?;
    let mut assignments: HashMap<Uuid, Vec<Assignment>> = HashMap::new();
    let mut sheets: HashMap<Uuid, Vec<Sheet>> = HashMap::new();
    for part in parts {
        let submission = submissions.get(&part.id);
        if part.form_id.is_some() {
            sheets
                .entry(part.event_id)
                .or_default()
                .push(Sheet::of(submission));
        }
        assignments
            .entry(part.event_id)
            .or_default()
            .push(Assignment {
                id: AssignmentId(part.id),
                event: EventId(part.event_id),
                person: PersonId(part.person_id),
                person_name: people.get(&part.person_id).cloned().unwrap_or_default(),
                role: named(&part.role)?,
                form: part
                    .form_id
                    .zip(part.form_version)
                    .map(|(id, version)| [id, version]),
                submission: submission.map(|row| SubmissionId(row.id)),
            });
    }
    let mut changes = last_changes(connection, municipality.0, &ids).await?;
    let called_off = called_off(connection, municipality.0, &ids).await?;
    let mut open = open_days(connection, municipality.0, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let kind = kinds
                .get(&row.procedure_id)
                .ok_or_else(|| StoreError::Meaning("an event without procedure".into()))?;
            Ok(Event {
                id: EventId(row.id),
                procedure: ProcedureId(row.procedure_id),
                kind: named(kind)?,
                organisation: OrganisationId(row.organisation_id),
                organisation_name: names.get(&row.organisation_id).cloned().unwrap_or_default(),
                date: row.date,
                start: row.start,
                duration_minutes: u16::try_from(row.duration_minutes).unwrap_or(u16::MAX),
                subject_name: subject::name(&row.subject),
                subject: row.subject,
                grade: grade(row.grade)?,
                class: row.class,
                room: row.room,
                cancelled: called_off.contains(&row.id),
                last_change: changes.remove(&row.id),
                open_days: open.remove(&row.id),
                state: state(sheets.get(&row.id).map_or(&[], Vec::as_slice)),
                assignments: assignments.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}
