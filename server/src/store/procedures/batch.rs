//! Events planned at once, and the days that schools still choose.

use std::collections::{BTreeSet, HashMap};

use api::id::{BatchId, EventId, MunicipalityId, OrganisationId, ProcedureId};
use api::procedures::batch::{Batch, BatchPreview, NewBatch};
use api::procedures::event::ChooseDay;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::event_change::called_off;
use super::procedure::grade;
use crate::import::subject;
use crate::rules::procedures::planning::{self, KnownEvent};
use crate::store::access::person::names_of;
use crate::store::entity::forms::submission;
use crate::store::entity::observation::staffing::{interest_declaration, staffing_request};
use crate::store::entity::procedures::readiness::{
    event_readiness, event_video, marking_agreement,
};
use crate::store::entity::procedures::{assignment, event, event_batch, event_change, event_plan};
use crate::store::name::document;
use crate::store::rows::{self, among};
use crate::store::{Store, StoreError, Write};

/// What became of a request to take events back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undoing {
    /// There are no such events.
    Unknown,
    /// They were taken back now.
    Done,
    /// They were taken back before.
    WasDone,
    /// Something was done at this many of them since.
    Touched(u32),
}

impl Store {
    /// Events planned at once for a procedure, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn batches(
        &self,
        municipality: MunicipalityId,
        procedure: ProcedureId,
    ) -> Result<Vec<Batch>, StoreError> {
        let rows = event_batch::Entity::find()
            .filter(event_batch::Column::MunicipalityId.eq(municipality.0))
            .filter(event_batch::Column::ProcedureId.eq(procedure.0))
            .order_by_desc(event_batch::Column::CreatedMs)
            .order_by_desc(event_batch::Column::Id)
            .all(&self.reader)
            .await?;
        self.told_batches(municipality, rows).await
    }

    /// Events planned at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn batch(
        &self,
        municipality: MunicipalityId,
        id: BatchId,
    ) -> Result<Option<Batch>, StoreError> {
        let row = event_batch::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        let rows = row.into_iter().collect();
        Ok(self.told_batches(municipality, rows).await?.pop())
    }

    async fn told_batches(
        &self,
        municipality: MunicipalityId,
        rows: Vec<event_batch::Model>,
    ) -> Result<Vec<Batch>, StoreError> {
        let people = rows.iter().map(|row| row.created_by);
        let names = names_of(&self.reader, municipality.0, people).await?;
        let mut batches = Vec::new();
        for row in rows {
            let events = events_of(&self.reader, municipality.0, row.id).await?;
            let touched = touched(&self.reader, municipality.0, &events).await?;
            let request: NewBatch = document(&row.request)?;
            batches.push(Batch {
                id: BatchId(row.id),
                procedure: ProcedureId(row.procedure_id),
                person_name: names.get(&row.created_by).cloned().unwrap_or_default(),
                at_ms: row.created_ms,
                planned: row.planned.unsigned_abs(),
                subject_name: subject::name(&request.subject),
                grades: request.grades,
                days: request.days,
                touched: u32::try_from(touched.len()).unwrap_or(u32::MAX),
                undone_ms: row.undone_ms,
            });
        }
        Ok(batches)
    }

    /// Events that stand in the plan, of all procedures or of one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn known_events(
        &self,
        municipality: MunicipalityId,
        procedure: Option<ProcedureId>,
    ) -> Result<Vec<KnownEvent>, StoreError> {
        known(&self.reader, municipality.0, procedure).await
    }
}

impl Write {
    /// Events that stand in the plan as this change sees them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn known_events(
        &self,
        procedure: Option<ProcedureId>,
    ) -> Result<Vec<KnownEvent>, StoreError> {
        known(&self.transaction, self.municipality, procedure).await
    }

    /// Were these events planned already?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_batch(&self, id: BatchId) -> Result<bool, StoreError> {
        let row = event_batch::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?;
        Ok(row.is_some())
    }

    /// Plans the events that a preview calls new.
    ///
    /// # Errors
    /// `Dangling` for an unknown procedure or school.
    pub async fn put_batch(
        &mut self,
        procedure: ProcedureId,
        new: &NewBatch,
        preview: &BatchPreview,
    ) -> Result<(), StoreError> {
        event_batch::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            procedure_id: Set(procedure.0),
            request: Set(serde_json::to_string(new)?),
            planned: Set(i32::try_from(preview.new).unwrap_or(i32::MAX)),
            created_by: Set(self.person.unwrap_or_default()),
            created_ms: Set(self.now_ms),
            undone_by: Set(None),
            undone_ms: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        let date = planning::date(new);
        let window = (new.days[0] != new.days[1]).then(|| new.days.clone());
        let (opens, closes) = window.map(<(String, String)>::from).unzip();
        let mut events = Vec::new();
        let mut plans = Vec::new();
        for school in &preview.schools {
            for (grade, class) in &school.new {
                let id = Uuid::now_v7();
                events.push(event::Model {
                    municipality_id: self.municipality,
                    id,
                    procedure_id: procedure.0,
                    organisation_id: school.organisation.0,
                    date: date.clone(),
                    start: new.start.clone(),
                    duration_minutes: i32::from(new.duration_minutes),
                    subject: new.subject.clone(),
                    grade: i32::from(*grade),
                    class: class.clone(),
                    room: new.room.clone(),
                });
                plans.push(event_plan::Model {
                    municipality_id: self.municipality,
                    event_id: id,
                    batch_id: new.id.0,
                    opens: opens.clone(),
                    closes: closes.clone(),
                    chosen_ms: None,
                });
            }
        }
        rows::insert::<event::Entity>(&self.transaction, events).await?;
        rows::insert::<event_plan::Entity>(&self.transaction, plans).await?;
        Ok(())
    }

    /// Takes events that were planned at once back, as long as nothing was done at any of them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn undo_batch(&mut self, id: BatchId) -> Result<Undoing, StoreError> {
        let Some(row) = event_batch::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(Undoing::Unknown);
        };
        if row.undone_ms.is_some() {
            return Ok(Undoing::WasDone);
        }
        let events = events_of(&self.transaction, self.municipality, id.0).await?;
        let touched = touched(&self.transaction, self.municipality, &events).await?;
        if !touched.is_empty() {
            return Ok(Undoing::Touched(
                u32::try_from(touched.len()).unwrap_or(u32::MAX),
            ));
        }
        event_plan::Entity::delete_many()
            .filter(event_plan::Column::MunicipalityId.eq(self.municipality))
            .filter(event_plan::Column::BatchId.eq(id.0))
            .exec(&self.transaction)
            .await?;
        for some in events.chunks(MOST_AT_ONCE) {
            event::Entity::delete_many()
                .filter(event::Column::MunicipalityId.eq(self.municipality))
                .filter(event::Column::Id.is_in(some.iter().copied()))
                .exec(&self.transaction)
                .await?;
        }
        let mut row = row.into_active_model();
        row.undone_by = Set(self.person);
        row.undone_ms = Set(Some(self.now_ms));
        row.update(&self.transaction).await?;
        Ok(Undoing::Done)
    }

    /// Sets the day that a school chose. The event must have open days.
    ///
    /// # Errors
    /// `Meaning` for an unknown event.
    pub async fn choose_day(&mut self, id: EventId, new: &ChooseDay) -> Result<(), StoreError> {
        let mut row = event::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .ok_or_else(|| StoreError::Meaning("the day of an unknown event".into()))?
            .into_active_model();
        row.date = Set(new.date.clone());
        row.start = Set(new.start.clone());
        row.room = Set(new.room.clone());
        row.update(&self.transaction).await?;
        self.close_days(id).await
    }

    /// Notes that the day of an event is no longer open.
    pub(super) async fn close_days(&mut self, id: EventId) -> Result<(), StoreError> {
        let plan = event_plan::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?;
        if let Some(plan) = plan.filter(|plan| plan.chosen_ms.is_none() && plan.opens.is_some()) {
            let mut plan = plan.into_active_model();
            plan.chosen_ms = Set(Some(self.now_ms));
            plan.update(&self.transaction).await?;
        }
        Ok(())
    }
}

/// Ids in one statement; databases bound the number of parameters.
const MOST_AT_ONCE: usize = 500;

/// First and last day of those of these events whose school has still to choose the day.
pub(in crate::store) async fn open_days(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    events: &[Uuid],
) -> Result<HashMap<Uuid, [String; 2]>, StoreError> {
    Ok(event_plan::Entity::find()
        .filter(event_plan::Column::MunicipalityId.eq(municipality))
        .filter(event_plan::Column::ChosenMs.is_null())
        .filter(event_plan::Column::Opens.is_not_null())
        .filter(among(event_plan::Column::EventId, events))
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|row| Some((row.event_id, [row.opens?, row.closes?])))
        .collect())
}

async fn events_of(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    batch: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(event_plan::Entity::find()
        .filter(event_plan::Column::MunicipalityId.eq(municipality))
        .filter(event_plan::Column::BatchId.eq(batch))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.event_id)
        .collect())
}

/// Those of these events at which something was done since they were planned.
async fn touched(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    events: &[Uuid],
) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut found: BTreeSet<Uuid> = BTreeSet::new();
    macro_rules! note {
        ($table:ident $(, $more:expr)*) => {
            found.extend(
                $table::Entity::find()
                    .select_only()
                    .column($table::Column::EventId)
                    .filter($table::Column::MunicipalityId.eq(municipality))
                    .filter(among($table::Column::EventId, events))
                    $(.filter($more))*
                    .into_tuple::<Option<Uuid>>()
                    .all(connection)
                    .await?
                    .into_iter()
                    .flatten(),
            )
        };
    }
    note!(assignment);
    note!(staffing_request);
    note!(interest_declaration);
    note!(event_change);
    note!(event_readiness);
    note!(marking_agreement);
    note!(event_video);
    note!(submission);
    note!(event_plan, event_plan::Column::ChosenMs.is_not_null());
    // Of very many events whole tables were read.
    let own: BTreeSet<Uuid> = events.iter().copied().collect();
    Ok(found.into_iter().filter(|id| own.contains(id)).collect())
}

async fn known(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    procedure: Option<ProcedureId>,
) -> Result<Vec<KnownEvent>, StoreError> {
    let mut query = event::Entity::find().filter(event::Column::MunicipalityId.eq(municipality));
    if let Some(procedure) = procedure {
        query = query.filter(event::Column::ProcedureId.eq(procedure.0));
    }
    let rows = query.all(connection).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let off = called_off(connection, municipality, &ids).await?;
    let open = open_days(connection, municipality, &ids).await?;
    rows.into_iter()
        .filter(|row| !off.contains(&row.id))
        .map(|row| {
            Ok(KnownEvent {
                procedure: ProcedureId(row.procedure_id),
                organisation: OrganisationId(row.organisation_id),
                grade: grade(row.grade)?,
                is_open: open.contains_key(&row.id),
                subject: row.subject,
                class: row.class,
                date: row.date,
            })
        })
        .collect()
}
