//! What an event needs before the day: passport, orders, agreed marking, staffing.

use api::id::{EventId, MunicipalityId, OrderId, OrganisationId, ProcedureId};
use api::procedures::event::Event;
use api::procedures::readiness::{
    MarkingAgreement, Order, PassportPart, PassportSection, Readiness, ReadinessLine,
    ReadinessStep, Ready,
};
use api::text::Text;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::clock::dotted;
use crate::store::entity::access::person;
use crate::store::entity::procedures::procedure;
use crate::store::entity::procedures::readiness::{
    event_readiness, event_video, marking_agreement, procedure_order, procedure_passport,
};
use crate::store::name::{document, name_of};
use crate::store::observation::staffing::staffing;
use crate::store::{Store, StoreError, Write};

const SECTIONS: [PassportSection; 4] = [
    PassportSection::Concept,
    PassportSection::Uniformity,
    PassportSection::Specialists,
    PassportSection::Impartiality,
];

impl Store {
    /// How far an event is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn readiness(
        &self,
        municipality: MunicipalityId,
        event: Event,
    ) -> Result<Readiness, StoreError> {
        readiness(&self.reader, municipality.0, event).await
    }

    /// Is there such a procedure?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn procedure_exists(
        &self,
        municipality: MunicipalityId,
        id: ProcedureId,
    ) -> Result<bool, StoreError> {
        Ok(procedure::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .is_some())
    }
}

impl Write {
    /// How far an event is, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn readiness(&self, event: Event) -> Result<Readiness, StoreError> {
        readiness(&self.transaction, self.municipality, event).await
    }

    /// Marks an event as ready.
    ///
    /// # Errors
    /// `Dangling` for an unknown event.
    pub async fn mark_ready(
        &mut self,
        event: EventId,
        gaps: &[ReadinessStep],
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        use event_readiness::Column as C;
        event_readiness::Entity::insert(event_readiness::ActiveModel {
            municipality_id: Set(self.municipality),
            event_id: Set(event.0),
            ready_ms: Set(self.now_ms),
            decided_by: Set(self.person.unwrap_or_default()),
            gaps: Set(serde_json::to_string(gaps)?),
            reason: Set(reason.map(str::to_owned)),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::EventId])
                .update_columns([C::ReadyMs, C::DecidedBy, C::Gaps, C::Reason])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Stores a section of a procedure's passport.
    ///
    /// # Errors
    /// `Dangling` for an unknown procedure.
    pub async fn put_passport(
        &mut self,
        procedure: ProcedureId,
        part: &PassportPart,
    ) -> Result<(), StoreError> {
        use procedure_passport::Column as C;
        procedure_passport::Entity::insert(procedure_passport::ActiveModel {
            municipality_id: Set(self.municipality),
            procedure_id: Set(procedure.0),
            section: Set(name_of(&part.section)?),
            content: Set(part.content.trim().to_owned()),
            changed_by: Set(self.person.unwrap_or_default()),
            changed_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::ProcedureId, C::Section])
                .update_columns([C::Content, C::ChangedBy, C::ChangedMs])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Stores an order; the same id again corrects it.
    ///
    /// # Errors
    /// `Dangling` for an unknown procedure or organisation.
    pub async fn put_order(&mut self, new: &Order) -> Result<(), StoreError> {
        use procedure_order::Column as C;
        procedure_order::Entity::insert(procedure_order::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            procedure_id: Set(new.procedure.0),
            organisation_id: Set(new.organisation.map(|id| id.0)),
            number: Set(new.number.trim().to_owned()),
            date: Set(new.date.clone()),
            title: Set(new.title.trim().to_owned()),
            added_by: Set(self.person.unwrap_or_default()),
            added_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .update_columns([C::Number, C::Date, C::Title])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Stores the agreed approach to marking.
    ///
    /// # Errors
    /// `Dangling` for an unknown event.
    pub async fn put_agreement(
        &mut self,
        event: EventId,
        new: &MarkingAgreement,
    ) -> Result<(), StoreError> {
        use marking_agreement::Column as C;
        marking_agreement::Entity::insert(marking_agreement::ActiveModel {
            municipality_id: Set(self.municipality),
            event_id: Set(event.0),
            date: Set(new.date.clone()),
            participants: Set(new.participants.trim().to_owned()),
            decisions: Set(new.decisions.trim().to_owned()),
            recorded_by: Set(self.person.unwrap_or_default()),
            recorded_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::EventId])
                .update_columns([
                    C::Date,
                    C::Participants,
                    C::Decisions,
                    C::RecordedBy,
                    C::RecordedMs,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Stores where the recording of an event lies.
    ///
    /// # Errors
    /// `Dangling` for an unknown event.
    pub async fn put_video(&mut self, event: EventId, reference: &str) -> Result<(), StoreError> {
        use event_video::Column as C;
        event_video::Entity::insert(event_video::ActiveModel {
            municipality_id: Set(self.municipality),
            event_id: Set(event.0),
            reference: Set(reference.trim().to_owned()),
            changed_by: Set(self.person.unwrap_or_default()),
            changed_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::EventId])
                .update_columns([C::Reference, C::ChangedBy, C::ChangedMs])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

async fn readiness(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: Event,
) -> Result<Readiness, StoreError> {
    let id = event.id;
    let filled = procedure_passport::Entity::find()
        .filter(procedure_passport::Column::MunicipalityId.eq(municipality))
        .filter(procedure_passport::Column::ProcedureId.eq(event.procedure.0))
        .all(connection)
        .await?;
    let mut passport = Vec::new();
    for section in SECTIONS {
        let name = name_of(&section)?;
        let content = filled
            .iter()
            .find(|row| row.section == name)
            .map(|row| row.content.clone())
            .unwrap_or_default();
        passport.push(PassportPart { section, content });
    }
    let school = event.organisation;
    let orders: Vec<Order> = procedure_order::Entity::find()
        .filter(procedure_order::Column::MunicipalityId.eq(municipality))
        .filter(procedure_order::Column::ProcedureId.eq(event.procedure.0))
        .order_by_asc(procedure_order::Column::Date)
        .order_by_asc(procedure_order::Column::Id)
        .all(connection)
        .await?
        .into_iter()
        .map(|row| Order {
            id: OrderId(row.id),
            procedure: ProcedureId(row.procedure_id),
            organisation: row.organisation_id.map(OrganisationId),
            number: row.number,
            date: row.date,
            title: row.title,
        })
        .filter(|order| order.organisation.is_none_or(|owner| owner == school))
        .collect();
    let agreement = marking_agreement::Entity::find_by_id((municipality, id.0))
        .one(connection)
        .await?
        .map(|row| MarkingAgreement {
            date: row.date,
            participants: row.participants,
            decisions: row.decisions,
        });
    let staffed = staffing(connection, municipality, event).await?;
    let staffing_line = staffed.map_or_else(
        || line(ReadinessStep::Staffing, Err(unknown())),
        |staffing| line(ReadinessStep::Staffing, staffing_detail(&staffing)),
    );
    let ready = match event_readiness::Entity::find_by_id((municipality, id.0))
        .one(connection)
        .await?
    {
        Some(row) => Some(Ready {
            at_ms: row.ready_ms,
            person_name: person::Entity::find_by_id((municipality, row.decided_by))
                .one(connection)
                .await?
                .map(|person| person.name)
                .unwrap_or_default(),
            gaps: document(&row.gaps)?,
            reason: row.reason,
        }),
        None => None,
    };
    Ok(Readiness {
        event: id,
        lines: vec![
            line(ReadinessStep::Passport, passport_detail(&passport)),
            line(
                ReadinessStep::MunicipalOrder,
                order_detail(orders.iter().find(|order| order.organisation.is_none())),
            ),
            line(
                ReadinessStep::SchoolOrder,
                order_detail(orders.iter().find(|order| order.organisation.is_some())),
            ),
            line(ReadinessStep::Marking, agreement_detail(agreement.as_ref())),
            staffing_line,
        ],
        passport,
        orders,
        agreement,
        ready,
    })
}

/// What is there, or what is missing.
type Detail = Result<Text, Text>;

fn line(step: ReadinessStep, detail: Detail) -> ReadinessLine {
    let done = detail.is_ok();
    let (Ok(detail) | Err(detail)) = detail;
    ReadinessLine { step, done, detail }
}

fn unknown() -> Text {
    Text::new("Расстановка не читается.", "The staffing cannot be read.")
}

fn passport_detail(passport: &[PassportPart]) -> Detail {
    let open = passport
        .iter()
        .filter(|part| part.content.is_empty())
        .count();
    if open == 0 {
        return Ok(Text::new(
            "Заполнены все четыре раздела.",
            "All four sections are filled.",
        ));
    }
    Err(Text::new(
        format!("Не заполнено разделов: {open} из {}.", passport.len()),
        format!("Sections still blank: {open} of {}.", passport.len()),
    ))
}

fn order_detail(order: Option<&Order>) -> Detail {
    match order {
        Some(order) => Ok(Text::new(
            format!("№ {} от {}", order.number, dotted(&order.date)),
            format!("No. {} of {}", order.number, order.date),
        )),
        None => Err(Text::new(
            "Приказ не внесён.",
            "The order is not on record.",
        )),
    }
}

fn agreement_detail(agreement: Option<&MarkingAgreement>) -> Detail {
    match agreement {
        Some(agreement) => Ok(Text::new(
            format!("Согласовано {}", agreement.date),
            format!("Agreed on {}", agreement.date),
        )),
        None => Err(Text::new(
            "Записи о согласовании подходов нет.",
            "There is no record of an agreed approach.",
        )),
    }
}

fn staffing_detail(staffing: &api::observation::staffing::Staffing) -> Detail {
    let missing: u32 = staffing
        .slots
        .iter()
        .map(|slot| slot.wanted.saturating_sub(slot.filled))
        .sum();
    let against = staffing
        .parts
        .iter()
        .filter(|part| {
            part.findings.iter().any(|finding| {
                finding.effect == api::observation::staffing::FindingEffect::Block
                    || part.override_reason.is_none()
            })
        })
        .count();
    match (missing, against) {
        (0, 0) => Ok(Text::new(
            "Все роли заняты, препятствий нет.",
            "All parts are filled, nothing stands against anybody.",
        )),
        (_, 0) => Err(Text::new(
            format!("Не хватает людей: {missing}."),
            format!("People still needed: {missing}."),
        )),
        (0, _) => Err(Text::new(
            format!("Есть препятствия у назначенных: {against}."),
            format!("Assigned people with something against them: {against}."),
        )),
        _ => Err(Text::new(
            format!("Не хватает людей: {missing}; есть препятствия у назначенных: {against}."),
            format!(
                "People still needed: {missing}; assigned people with something against them: {against}."
            ),
        )),
    }
}
