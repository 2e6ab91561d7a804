//! Who takes part in an event, who could, and what the rules of interest say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use api::access::session::Role;
use api::id::{AssignmentId, EventId, MunicipalityId, OrganisationId, PersonId, RequestId};
use api::observation::staffing::{
    Candidate, NewPart, Slot, StaffedPart, Staffing, StaffingRequest,
};
use api::procedures::event::{AssignmentRole, Event, MoveEvent};
use api::procedures::procedure::ProcedureKind;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};
use time::{Date, Duration, macros::format_description};
use uuid::Uuid;

use super::elsewhere::elsewhere;
use crate::rules::observation::staffing::{
    Judged, Load, Occupied, PersonFacts, PlaceFacts, Relative, Tie, judge, offered, undisclosed,
};
use crate::rules::procedures::catalogue::wanted;
use crate::store::access::person::names_of;
use crate::store::access::role::in_force;
use crate::store::entity::access::{person, role_grant};
use crate::store::entity::forms::submission;
use crate::store::entity::observation::observer::{observer_profile, training_certificate};
use crate::store::entity::observation::staffing::{
    employment, family_tie, interest_declaration, staffing_override, staffing_request,
    teaching_load,
};
use crate::store::entity::procedures::readiness::{event_video, marking_agreement};
use crate::store::entity::procedures::{assignment, event, procedure};
use crate::store::entity::registry::organisation;
use crate::store::name::{name_of, named};
use crate::store::procedures::batch::open_days;
use crate::store::procedures::event_change::called_off;
use crate::store::procedures::procedure::grade;
use crate::store::registry::organisation::short_names;
use crate::store::{Store, StoreError, Write};

/// Days before and after an event in which other parts count as load.
const LOAD_DAYS: i64 = 14;

/// Somebody who takes part in an event and is busy at another school then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The person.
    pub name: String,
    /// Short name of the other school.
    pub school: String,
    /// Start there, `HH:MM`.
    pub start: String,
}

impl Store {
    /// Who takes part in an event, with what stands against everybody today.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn staffing(
        &self,
        municipality: MunicipalityId,
        event: Event,
    ) -> Result<Option<Staffing>, StoreError> {
        staffing(&self.reader, municipality.0, event).await
    }

    /// Who might take a part: first those whom nothing hinders, then by distance, load and name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn candidates(
        &self,
        municipality: MunicipalityId,
        event: &Event,
        role: AssignmentRole,
    ) -> Result<Vec<Candidate>, StoreError> {
        candidates(&self.reader, municipality.0, event, role).await
    }
}

impl Write {
    /// What stands against a part of a person, inside this change; none when the event or person is unknown.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn judge(
        &self,
        event: EventId,
        person: PersonId,
        role: AssignmentRole,
    ) -> Result<Option<Vec<Judged>>, StoreError> {
        let connection = &self.transaction;
        let known = person::Entity::find_by_id((self.municipality, person.0))
            .one(connection)
            .await?
            .is_some_and(|row| row.active);
        let Some(place) = place(connection, self.municipality, event.0).await? else {
            return Ok(None);
        };
        if !known {
            return Ok(None);
        }
        let mut facts = facts(connection, self.municipality, event.0, &[person.0]).await?;
        let facts = facts.remove(&person.0).unwrap_or_default();
        Ok(Some(judge(role, &facts, &place)))
    }

    /// Does the person have this part already?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_part(
        &self,
        event: EventId,
        person: PersonId,
        role: AssignmentRole,
    ) -> Result<bool, StoreError> {
        Ok(assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(self.municipality))
            .filter(assignment::Column::EventId.eq(event.0))
            .filter(assignment::Column::PersonId.eq(person.0))
            .filter(assignment::Column::Role.eq(name_of(&role)?))
            .one(&self.transaction)
            .await?
            .is_some())
    }

    /// Offers a part; offering it again, also after a refusal, asks anew.
    ///
    /// # Errors
    /// `Dangling` for an unknown event or person.
    pub async fn ask(&mut self, event: EventId, new: &NewPart) -> Result<(), StoreError> {
        use staffing_request::Column as C;
        staffing_request::Entity::insert(staffing_request::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            event_id: Set(event.0),
            person_id: Set(new.person.0),
            role: Set(name_of(&new.role)?),
            asked_by: Set(self.person.unwrap_or_default()),
            asked_ms: Set(self.now_ms),
            declined_ms: Set(None),
            reminded_ms: Set(None),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::EventId, C::PersonId, C::Role])
                .update_columns([C::AskedBy, C::AskedMs, C::DeclinedMs, C::RemindedMs])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Notes why the coordinator overrode warnings.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_override(
        &mut self,
        event: EventId,
        new: &NewPart,
        rules: &[String],
        reason: &str,
    ) -> Result<(), StoreError> {
        use staffing_override::Column as C;
        staffing_override::Entity::insert(staffing_override::ActiveModel {
            municipality_id: Set(self.municipality),
            event_id: Set(event.0),
            person_id: Set(new.person.0),
            role: Set(name_of(&new.role)?),
            rules: Set(serde_json::to_string(rules)?),
            reason: Set(reason.to_owned()),
            decided_by: Set(self.person.unwrap_or_default()),
            decided_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::EventId, C::PersonId, C::Role])
                .update_columns([C::Rules, C::Reason, C::DecidedBy, C::DecidedMs])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Who takes part in an event and would be busy elsewhere once it is moved.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn clashes(&self, event: &Event, new: &MoveEvent) -> Result<Vec<Clash>, StoreError> {
        let people: BTreeMap<Uuid, &str> = event
            .assignments
            .iter()
            .map(|part| (part.person.0, part.person_name.as_str()))
            .collect();
        let ids: Vec<Uuid> = people.keys().copied().collect();
        let diary = Diary::read(&self.transaction, self.municipality, &ids).await?;
        let moved = Event {
            date: new.date.clone(),
            start: new.start.clone(),
            duration_minutes: new.duration_minutes,
            ..event.clone()
        };
        let mut clashes = Vec::new();
        for (person, name) in people {
            if let Some([school, start]) = diary.busy(person, &moved) {
                clashes.push(Clash {
                    name: name.to_owned(),
                    school,
                    start,
                });
            }
        }
        clashes.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(clashes)
    }

    /// Removes the offers of a part that was given.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn settle_requests(
        &mut self,
        event: EventId,
        person: PersonId,
        role: AssignmentRole,
    ) -> Result<(), StoreError> {
        staffing_request::Entity::delete_many()
            .filter(staffing_request::Column::MunicipalityId.eq(self.municipality))
            .filter(staffing_request::Column::EventId.eq(event.0))
            .filter(staffing_request::Column::PersonId.eq(person.0))
            .filter(staffing_request::Column::Role.eq(name_of(&role)?))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    /// Takes a part back, with the role that came with it. A part with a sheet stays: what was written is
    /// never lost. Returns the person, or nothing when there is no such part or it was begun.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remove_part(
        &mut self,
        event: EventId,
        id: AssignmentId,
    ) -> Result<Option<PersonId>, StoreError> {
        let Some(part) = assignment::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .filter(|part| part.event_id == event.0)
        else {
            return Ok(None);
        };
        let begun = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(self.municipality))
            .filter(submission::Column::AssignmentId.eq(id.0))
            .one(&self.transaction)
            .await?;
        if begun.is_some() {
            return Ok(None);
        }
        let person = part.person_id;
        assignment::Entity::delete_by_id((self.municipality, id.0))
            .exec(&self.transaction)
            .await?;
        for grant in role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(self.municipality))
            .filter(role_grant::Column::PersonId.eq(person))
            .filter(role_grant::Column::EventId.eq(event.0))
            .filter(role_grant::Column::RevokedMs.is_null())
            .all(&self.transaction)
            .await?
        {
            let mut grant = grant.into_active_model();
            grant.revoked_ms = Set(Some(self.now_ms));
            grant.update(&self.transaction).await?;
            self.has_callers = true;
        }
        Ok(Some(PersonId(person)))
    }

    /// Notes that a person works at a school.
    ///
    /// # Errors
    /// `Dangling` for an unknown person or organisation.
    pub async fn put_employment(
        &mut self,
        person: PersonId,
        organisation: OrganisationId,
    ) -> Result<(), StoreError> {
        let key = (self.municipality, person.0, organisation.0);
        if employment::Entity::find_by_id(key)
            .one(&self.transaction)
            .await?
            .is_none()
        {
            employment::ActiveModel {
                municipality_id: Set(self.municipality),
                person_id: Set(person.0),
                organisation_id: Set(organisation.0),
            }
            .insert(&self.transaction)
            .await?;
        }
        Ok(())
    }

    /// Does a person work at a school?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn works_at(
        &self,
        person: PersonId,
        organisation: OrganisationId,
    ) -> Result<bool, StoreError> {
        let key = (self.municipality, person.0, organisation.0);
        let row = employment::Entity::find_by_id(key).one(&self.transaction);
        Ok(row.await?.is_some())
    }

    /// Notes that a person teaches a subject in a class.
    ///
    /// # Errors
    /// `Dangling` for an unknown person or organisation.
    pub async fn put_load(
        &mut self,
        id: Uuid,
        person: PersonId,
        load: &Load,
    ) -> Result<(), StoreError> {
        use teaching_load::Column as C;
        self.put_employment(person, load.organisation).await?;
        teaching_load::Entity::insert(teaching_load::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id),
            person_id: Set(person.0),
            organisation_id: Set(load.organisation.0),
            subject: Set(load.subject.clone()),
            grade: Set(i32::from(load.class.0)),
            class: Set(load.class.1.clone()),
        })
        .on_conflict(
            OnConflict::columns([
                C::MunicipalityId,
                C::PersonId,
                C::OrganisationId,
                C::Subject,
                C::Grade,
                C::Class,
            ])
            // Nothing to change: the columns are the row. Naming one keeps the statement legal on both.
            .update_column(C::Class)
            .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

/// Where an event lies, for the rules.
pub(in crate::store) async fn place(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    id: Uuid,
) -> Result<Option<PlaceFacts>, StoreError> {
    let Some(event) = event::Entity::find_by_id((municipality, id))
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
    let agreed = marking_agreement::Entity::find_by_id((municipality, id))
        .one(connection)
        .await?;
    Ok(Some(PlaceFacts {
        organisation: OrganisationId(event.organisation_id),
        kind: named::<ProcedureKind>(&procedure.kind)?,
        recheck: false,
        date: event.date,
        subject: event.subject,
        class: (grade(event.grade)?, event.class),
        approaches_agreed: agreed.is_some(),
    }))
}

/// What is known of people on the day they are asked; every person asked for has an entry.
pub(in crate::store) async fn facts(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: Uuid,
    people: &[Uuid],
) -> Result<HashMap<Uuid, PersonFacts>, StoreError> {
    let mut facts: HashMap<Uuid, PersonFacts> = people
        .iter()
        .map(|id| (*id, PersonFacts::default()))
        .collect();
    let among = || people.iter().copied();
    for row in employment::Entity::find()
        .filter(employment::Column::MunicipalityId.eq(municipality))
        .filter(employment::Column::PersonId.is_in(among()))
        .all(connection)
        .await?
    {
        let one = facts.entry(row.person_id).or_default();
        one.employers.push(OrganisationId(row.organisation_id));
    }
    // A role at a school says as much as a record of employment.
    for row in role_grant::Entity::find()
        .filter(role_grant::Column::MunicipalityId.eq(municipality))
        .filter(role_grant::Column::PersonId.is_in(among()))
        .filter(role_grant::Column::OrganisationId.is_not_null())
        .filter(role_grant::Column::RevokedMs.is_null())
        .all(connection)
        .await?
    {
        if let Some(organisation) = row.organisation_id {
            let one = facts.entry(row.person_id).or_default();
            one.employers.push(OrganisationId(organisation));
        }
    }
    for row in family_tie::Entity::find()
        .filter(family_tie::Column::MunicipalityId.eq(municipality))
        .filter(family_tie::Column::PersonId.is_in(among()))
        .filter(family_tie::Column::WithdrawnMs.is_null())
        .all(connection)
        .await?
    {
        let class = match (row.grade, row.class) {
            (Some(level), Some(letter)) => Some((grade(level)?, letter)),
            _ => None,
        };
        let one = facts.entry(row.person_id).or_default();
        one.relatives.push(Relative {
            tie: match named::<api::observation::staffing::Tie>(&row.tie)? {
                api::observation::staffing::Tie::Child => Tie::Child,
                api::observation::staffing::Tie::CloseRelative => Tie::CloseRelative,
            },
            organisation: OrganisationId(row.organisation_id),
            class,
        });
    }
    for row in teaching_load::Entity::find()
        .filter(teaching_load::Column::MunicipalityId.eq(municipality))
        .filter(teaching_load::Column::PersonId.is_in(among()))
        .all(connection)
        .await?
    {
        let load = Load {
            organisation: OrganisationId(row.organisation_id),
            subject: row.subject,
            class: (grade(row.grade)?, row.class),
        };
        facts.entry(row.person_id).or_default().loads.push(load);
    }
    for row in interest_declaration::Entity::find()
        .filter(interest_declaration::Column::MunicipalityId.eq(municipality))
        .filter(interest_declaration::Column::EventId.eq(event))
        .filter(interest_declaration::Column::PersonId.is_in(among()))
        .all(connection)
        .await?
    {
        facts.entry(row.person_id).or_default().declaration_signed = true;
    }
    for row in training_certificate::Entity::find()
        .filter(training_certificate::Column::MunicipalityId.eq(municipality))
        .filter(training_certificate::Column::PersonId.is_in(among()))
        .all(connection)
        .await?
    {
        let one = facts.entry(row.person_id).or_default();
        one.trained_until = one.trained_until.take().max(Some(row.valid_until));
    }
    for row in observer_profile::Entity::find()
        .filter(observer_profile::Column::MunicipalityId.eq(municipality))
        .filter(observer_profile::Column::PersonId.is_in(among()))
        .all(connection)
        .await?
    {
        facts.entry(row.person_id).or_default().accredited_until = row.accredited_until;
    }
    let checked: Vec<assignment::Model> = assignment::Entity::find()
        .filter(assignment::Column::MunicipalityId.eq(municipality))
        .filter(assignment::Column::PersonId.is_in(among()))
        .filter(assignment::Column::Role.eq(name_of(&AssignmentRole::Checker)?))
        .all(connection)
        .await?;
    if !checked.is_empty() {
        let schools: HashMap<Uuid, Uuid> = event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality))
            .filter(event::Column::Id.is_in(checked.iter().map(|part| part.event_id)))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| (row.id, row.organisation_id))
            .collect();
        for part in checked {
            if let Some(school) = schools.get(&part.event_id) {
                let one = facts.entry(part.person_id).or_default();
                one.checked_before.push(OrganisationId(*school));
            }
        }
    }
    for (person, place) in elsewhere(connection, municipality, event, people).await? {
        facts.entry(person).or_default().elsewhere.push(place);
    }
    Ok(facts)
}

pub(in crate::store) async fn staffing(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: Event,
) -> Result<Option<Staffing>, StoreError> {
    let Some(place) = place(connection, municipality, event.id.0).await? else {
        return Ok(None);
    };
    let requests = staffing_request::Entity::find()
        .filter(staffing_request::Column::MunicipalityId.eq(municipality))
        .filter(staffing_request::Column::EventId.eq(event.id.0))
        .order_by_asc(staffing_request::Column::AskedMs)
        .order_by_asc(staffing_request::Column::Id)
        .all(connection)
        .await?;
    let people: Vec<Uuid> = event
        .assignments
        .iter()
        .map(|part| part.person.0)
        .chain(requests.iter().map(|request| request.person_id))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let facts = facts(connection, municipality, event.id.0, &people).await?;
    let names = names_of(connection, municipality, people.iter().copied()).await?;
    let signed: HashMap<Uuid, i64> = interest_declaration::Entity::find()
        .filter(interest_declaration::Column::MunicipalityId.eq(municipality))
        .filter(interest_declaration::Column::EventId.eq(event.id.0))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.person_id, row.signed_ms))
        .collect();
    let mut reasons: HashMap<(Uuid, String), String> = staffing_override::Entity::find()
        .filter(staffing_override::Column::MunicipalityId.eq(municipality))
        .filter(staffing_override::Column::EventId.eq(event.id.0))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| ((row.person_id, row.role), row.reason))
        .collect();
    let against = |person: Uuid, role: AssignmentRole| {
        facts
            .get(&person)
            .map(|facts| undisclosed(&judge(role, facts, &place)))
            .unwrap_or_default()
    };
    let mut parts = Vec::new();
    for part in &event.assignments {
        parts.push(StaffedPart {
            assignment: part.id,
            person: part.person,
            person_name: part.person_name.clone(),
            role: part.role,
            findings: against(part.person.0, part.role),
            override_reason: reasons.remove(&(part.person.0, name_of(&part.role)?)),
            begun: part.submission.is_some(),
        });
    }
    parts.sort_by(|one, other| (one.role, &one.person_name).cmp(&(other.role, &other.person_name)));
    let requests = requests
        .into_iter()
        .map(|row| {
            let role = named(&row.role)?;
            Ok(StaffingRequest {
                id: RequestId(row.id),
                person: PersonId(row.person_id),
                person_name: names.get(&row.person_id).cloned().unwrap_or_default(),
                role,
                asked_ms: row.asked_ms,
                declared_ms: signed.get(&row.person_id).copied(),
                declined_ms: row.declined_ms,
                reminded_ms: row.reminded_ms,
                findings: {
                    let mut findings = against(row.person_id, role);
                    findings.extend(facts.get(&row.person_id).and_then(offered));
                    findings
                },
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let slots = wanted(event.kind)
        .into_iter()
        .map(|(role, wanted)| Slot {
            role,
            wanted,
            filled: filled(&parts, role),
        })
        .collect();
    let video = event_video::Entity::find_by_id((municipality, event.id.0))
        .one(connection)
        .await?
        .map(|row| row.reference)
        .filter(|reference| !reference.is_empty());
    Ok(Some(Staffing {
        event,
        slots,
        parts,
        requests,
        video,
    }))
}

/// People of a part against whom nothing is open: a warning with a reason is closed, a block never.
fn filled(parts: &[StaffedPart], role: AssignmentRole) -> u32 {
    let count = parts
        .iter()
        .filter(|part| part.role == role)
        .filter(|part| {
            part.findings.iter().all(|finding| {
                finding.effect == api::observation::staffing::FindingEffect::Warn
                    && part.override_reason.is_some()
            })
        })
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

async fn candidates(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: &Event,
    role: AssignmentRole,
) -> Result<Vec<Candidate>, StoreError> {
    let Some(place) = place(connection, municipality, event.id.0).await? else {
        return Ok(Vec::new());
    };
    let mut taken: BTreeSet<Uuid> = event
        .assignments
        .iter()
        .filter(|part| part.role == role)
        .map(|part| part.person.0)
        .collect();
    // Whoever was offered the part and has not said no stands among the offers.
    for request in staffing_request::Entity::find()
        .filter(staffing_request::Column::MunicipalityId.eq(municipality))
        .filter(staffing_request::Column::EventId.eq(event.id.0))
        .filter(staffing_request::Column::Role.eq(name_of(&role)?))
        .filter(staffing_request::Column::DeclinedMs.is_null())
        .all(connection)
        .await?
    {
        if !has_declared(connection, municipality, event.id.0, request.person_id).await? {
            taken.insert(request.person_id);
        }
    }
    let mut pool = pool(connection, municipality, event, role).await?;
    pool.retain(|id| !taken.contains(id));
    let pool: Vec<Uuid> = pool.into_iter().collect();
    let facts = facts(connection, municipality, event.id.0, &pool).await?;
    let homes: HashMap<Uuid, String> = observer_profile::Entity::find()
        .filter(observer_profile::Column::MunicipalityId.eq(municipality))
        .filter(observer_profile::Column::PersonId.is_in(pool.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.person_id, row.settlement))
        .collect();
    let map = Settlements::read(connection, municipality).await?;
    let diary = Diary::read(connection, municipality, &pool).await?;
    let mut candidates = Vec::new();
    for row in person::Entity::find()
        .filter(person::Column::MunicipalityId.eq(municipality))
        .filter(person::Column::Id.is_in(pool.iter().copied()))
        .filter(person::Column::Active.eq(true))
        .all(connection)
        .await?
    {
        let of = facts.get(&row.id).cloned().unwrap_or_default();
        let declared = of.declaration_signed;
        // Whoever has not signed yet is asked to; what else stands against the part is what counts here.
        let mut as_signed = PersonFacts {
            declaration_signed: true,
            ..of
        };
        let busy = diary.busy(row.id, event);
        if busy.is_some() {
            // It is told once.
            as_signed.elsewhere.retain(|place| !place.is_given);
        }
        let mut findings = undisclosed(&judge(role, &as_signed, &place));
        findings.extend(offered(&as_signed));
        let settlement = homes.get(&row.id).filter(|home| !home.is_empty()).cloned();
        candidates.push(Candidate {
            person: PersonId(row.id),
            name: row.name,
            distance_km: settlement
                .as_ref()
                .and_then(|home| map.distance_km(home, event.organisation)),
            settlement,
            load: diary.load(row.id, event),
            busy,
            declared,
            findings,
        });
    }
    candidates.sort_by(|one, other| {
        let hindered = |candidate: &Candidate| {
            let effect = candidate
                .findings
                .iter()
                .map(|finding| finding.effect)
                .min();
            // Free, then warned, then blocked.
            let rank = match effect {
                None => 0,
                Some(api::observation::staffing::FindingEffect::Warn) => 1,
                Some(api::observation::staffing::FindingEffect::Block) => 2,
            };
            (rank, candidate.busy.is_some())
        };
        let far = |candidate: &Candidate| candidate.distance_km.unwrap_or(f64::MAX);
        hindered(one)
            .cmp(&hindered(other))
            .then(far(one).total_cmp(&far(other)))
            .then(one.load.cmp(&other.load))
            .then(one.name.cmp(&other.name))
    });
    Ok(candidates)
}

/// Has the person signed the declaration for this event?
async fn has_declared(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: Uuid,
    person: Uuid,
) -> Result<bool, StoreError> {
    let signed = interest_declaration::Entity::find_by_id((municipality, event, person))
        .one(connection)
        .await?;
    Ok(signed.is_some())
}

/// Whom a part may be offered to at all.
async fn pool(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: &Event,
    role: AssignmentRole,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let roles: &[Role] = match role {
        AssignmentRole::Observer | AssignmentRole::VideoObserver => {
            &[Role::Observer, Role::RegisteredObserver]
        }
        AssignmentRole::Visitor => &[Role::Coordinator, Role::Methodist, Role::Manager],
        AssignmentRole::Expert | AssignmentRole::Jury => &[Role::Expert, Role::Methodist],
        AssignmentRole::Organiser | AssignmentRole::Checker | AssignmentRole::Technician => &[],
    };
    let mut pool = BTreeSet::new();
    if roles.is_empty() {
        for row in employment::Entity::find()
            .filter(employment::Column::MunicipalityId.eq(municipality))
            .filter(employment::Column::OrganisationId.eq(event.organisation.0))
            .all(connection)
            .await?
        {
            pool.insert(row.person_id);
        }
        return Ok(pool);
    }
    let names = roles.iter().map(name_of).collect::<Result<Vec<_>, _>>()?;
    for row in role_grant::Entity::find()
        .filter(role_grant::Column::MunicipalityId.eq(municipality))
        .filter(role_grant::Column::Role.is_in(names))
        .filter(in_force(&event.date))
        .all(connection)
        .await?
    {
        pool.insert(row.person_id);
    }
    Ok(pool)
}

/// Where the settlements lie, as far as there is a school in them.
struct Settlements {
    by_name: BTreeMap<String, [f64; 2]>,
    schools: HashMap<Uuid, [f64; 2]>,
}

impl Settlements {
    async fn read(
        connection: &impl ConnectionTrait,
        municipality: Uuid,
    ) -> Result<Settlements, StoreError> {
        let mut by_name = BTreeMap::new();
        let mut schools = HashMap::new();
        for row in organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality))
            .order_by_asc(organisation::Column::Id)
            .all(connection)
            .await?
        {
            if let (Some(latitude), Some(longitude)) = (row.latitude, row.longitude) {
                by_name
                    .entry(row.settlement)
                    .or_insert([latitude, longitude]);
                schools.insert(row.id, [latitude, longitude]);
            }
        }
        Ok(Settlements { by_name, schools })
    }

    fn distance_km(&self, settlement: &str, school: OrganisationId) -> Option<f64> {
        Some(distance_km(
            *self.by_name.get(settlement)?,
            *self.schools.get(&school.0)?,
        ))
    }
}

/// Along the surface of a sphere of 6,371 km (haversine).
pub(super) fn distance_km([lat, lon]: [f64; 2], [other_lat, other_lon]: [f64; 2]) -> f64 {
    let (a, b) = (lat.to_radians(), other_lat.to_radians());
    let half_lat = ((b - a) / 2.0).sin();
    let half_lon = ((other_lon - lon).to_radians() / 2.0).sin();
    let square = half_lat * half_lat + a.cos() * b.cos() * half_lon * half_lon;
    2.0 * 6_371.0 * square.sqrt().min(1.0).asin()
}

/// Parts that people have elsewhere.
struct Diary {
    entries: HashMap<Uuid, Vec<Entry>>,
}

#[derive(Clone)]
struct Entry {
    event: Uuid,
    organisation: Uuid,
    school: String,
    when: Occupied,
}

impl Diary {
    async fn read(
        connection: &impl ConnectionTrait,
        municipality: Uuid,
        people: &[Uuid],
    ) -> Result<Diary, StoreError> {
        let parts = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality))
            .filter(assignment::Column::PersonId.is_in(people.iter().copied()))
            .all(connection)
            .await?;
        let schools = short_names(connection, municipality).await?;
        let mut ids: BTreeSet<Uuid> = parts.iter().map(|part| part.event_id).collect();
        let known: Vec<Uuid> = ids.iter().copied().collect();
        for event in called_off(connection, municipality, &known).await? {
            ids.remove(&event);
        }
        // Nobody is busy on a day that is still to be chosen.
        for event in open_days(connection, municipality, &known)
            .await?
            .into_keys()
        {
            ids.remove(&event);
        }
        let events: HashMap<Uuid, Entry> = event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality))
            .filter(event::Column::Id.is_in(ids))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| {
                let entry = Entry {
                    event: row.id,
                    organisation: row.organisation_id,
                    school: schools
                        .get(&row.organisation_id)
                        .cloned()
                        .unwrap_or_default(),
                    when: Occupied {
                        date: row.date,
                        start: row.start,
                        minutes: row.duration_minutes,
                    },
                };
                (row.id, entry)
            })
            .collect();
        let mut entries: HashMap<Uuid, Vec<Entry>> = HashMap::new();
        for part in parts {
            if let Some(entry) = events.get(&part.event_id) {
                entries
                    .entry(part.person_id)
                    .or_default()
                    .push(entry.clone());
            }
        }
        Ok(Diary { entries })
    }

    fn of(&self, person: Uuid) -> &[Entry] {
        self.entries.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Parts near the day of the event, the event itself not counted.
    fn load(&self, person: Uuid, event: &Event) -> u32 {
        let format = format_description!("[year]-[month]-[day]");
        let Ok(day) = Date::parse(&event.date, &format) else {
            return 0;
        };
        let count = self
            .of(person)
            .iter()
            .filter(|entry| entry.event != event.id.0)
            .filter_map(|entry| Date::parse(&entry.when.date, &format).ok())
            .filter(|other| (*other - day).abs() <= Duration::days(LOAD_DAYS))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Another event that overlaps, the way between the schools included: school and start.
    fn busy(&self, person: Uuid, event: &Event) -> Option<[String; 2]> {
        let here = Occupied {
            date: event.date.clone(),
            start: event.start.clone(),
            minutes: i32::from(event.duration_minutes),
        };
        self.of(person)
            .iter()
            .filter(|entry| entry.event != event.id.0)
            .find(|entry| {
                let way = (entry.organisation != event.organisation.0).then_some(None);
                here.clashes(&entry.when, way)
            })
            .map(|entry| [entry.school.clone(), entry.when.start.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 634.602 km by geographiclib 2.1 (Python), `Geodesic.WGS84.Inverse(55.7558, 37.6173, 59.9343, 30.3351)`;
    /// a sphere stays within half a per cent of the ellipsoid.
    #[test]
    fn distances_agree_with_the_ellipsoid() {
        let found = distance_km([55.7558, 37.6173], [59.9343, 30.3351]);
        assert!((found / 634.602 - 1.0).abs() < 0.005, "{found}");
        assert_eq!(distance_km([57.0, 91.0], [57.0, 91.0]), 0.0);
    }
}
