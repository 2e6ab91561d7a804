//! The register of observers: applications, accreditation, training, reliability.

use std::collections::{BTreeMap, HashMap};

use api::access::session::Role;
use api::id::{ApplicationId, AttemptId, MunicipalityId, PersonId};
use api::observation::observer::{
    Accreditation, Application, ApplicationState, Certificate, Observer, Reliability,
};
use api::procedures::event::AssignmentRole;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};
use time::{OffsetDateTime, macros::format_description};
use uuid::Uuid;

use crate::store::access::role::in_force;
use crate::store::entity::access::{person, role_grant};
use crate::store::entity::forms::submission;
use crate::store::entity::observation::observer::{
    observer_application, observer_profile, training_attempt, training_certificate,
};
use crate::store::entity::procedures::{assignment, event};
use crate::store::entity::registry::municipality;
use crate::store::name::{name_of, named};
use crate::store::{Store, StoreError, Write};

const DAY_MS: i64 = 24 * 3_600_000;
/// Share of questions answered from which a sheet counts as complete.
///
/// # Source
/// `min_answered_share` of the observation instruments.
const COMPLETE_SHARE: f64 = 0.8;

/// What the register keeps of an observer beside the person.
#[derive(Clone, Debug, Default)]
pub struct ObserverProfile {
    /// Where the person lives.
    pub settlement: String,
    /// Languages and subjects.
    pub languages: String,
    /// Accreditation, if there is one.
    pub accreditation: Option<Accreditation>,
}

impl Store {
    /// Applications: those that wait first, then by date, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn applications(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Application>, StoreError> {
        let mut all = observer_application::Entity::find()
            .filter(observer_application::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(observer_application::Column::ConsentMs)
            .order_by_asc(observer_application::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(application)
            .collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|one| one.state != ApplicationState::New);
        Ok(all)
    }

    /// The register, by name. `late_ms` is how long after an event a sheet is still in time.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn observers(
        &self,
        municipality: MunicipalityId,
        now_ms: i64,
        late_ms: i64,
    ) -> Result<Vec<Observer>, StoreError> {
        let connection = &self.reader;
        let today = self.today(municipality, now_ms).await?;
        let roles = [
            name_of(&Role::Observer)?,
            name_of(&Role::RegisteredObserver)?,
        ];
        let mut ids: Vec<Uuid> = role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(municipality.0))
            .filter(role_grant::Column::Role.is_in(roles))
            .filter(in_force(&today))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| row.person_id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut profiles: HashMap<Uuid, observer_profile::Model> = observer_profile::Entity::find()
            .filter(observer_profile::Column::MunicipalityId.eq(municipality.0))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| (row.person_id, row))
            .collect();
        let mut certificates: HashMap<Uuid, Certificate> = HashMap::new();
        for row in training_certificate::Entity::find()
            .filter(training_certificate::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(training_certificate::Column::ValidUntil)
            .all(connection)
            .await?
        {
            certificates.insert(row.person_id, certificate(row));
        }
        let visits = Visits::read(connection, municipality, now_ms, late_ms).await?;
        Ok(person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(municipality.0))
            .filter(person::Column::Id.is_in(ids))
            .filter(person::Column::Active.eq(true))
            .order_by_asc(person::Column::Name)
            .order_by_asc(person::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .map(|row| {
                let profile = profiles.remove(&row.id);
                let (reliability, next_event) = visits.of(row.id);
                Observer {
                    person: PersonId(row.id),
                    name: row.name,
                    phone: row.phone,
                    certificate: certificates.remove(&row.id),
                    reliability,
                    next_event,
                    accreditation: profile.as_ref().and_then(accreditation),
                    settlement: profile
                        .as_ref()
                        .map(|profile| profile.settlement.clone())
                        .unwrap_or_default(),
                    languages: profile.map(|profile| profile.languages).unwrap_or_default(),
                }
            })
            .collect())
    }

    /// The newest certificate of a person.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn certificate(
        &self,
        municipality: MunicipalityId,
        person: PersonId,
    ) -> Result<Option<Certificate>, StoreError> {
        newest(&self.reader, municipality.0, person.0).await
    }

    /// A certificate by its number, with the holder's name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn certificate_by_number(
        &self,
        municipality: MunicipalityId,
        number: &str,
    ) -> Result<Option<(Certificate, String)>, StoreError> {
        let Some(row) = training_certificate::Entity::find()
            .filter(training_certificate::Column::MunicipalityId.eq(municipality.0))
            .filter(training_certificate::Column::Number.eq(number))
            .one(&self.reader)
            .await?
        else {
            return Ok(None);
        };
        let name = person::Entity::find_by_id((municipality.0, row.person_id))
            .one(&self.reader)
            .await?
            .map(|person| person.name)
            .unwrap_or_default();
        Ok(Some((certificate(row), name)))
    }

    /// Attempts at the quiz since the last certificate, within a day.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attempts(
        &self,
        municipality: MunicipalityId,
        person: PersonId,
        now_ms: i64,
    ) -> Result<u32, StoreError> {
        attempts(&self.reader, municipality.0, person.0, now_ms).await
    }
}

impl Write {
    /// Stores an application; the same id again is the same application.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn apply(&mut self, new: &Application) -> Result<(), StoreError> {
        let known = observer_application::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(());
        }
        observer_application::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            name: Set(new.name.clone()),
            phone: Set(new.phone.clone()),
            settlement: Set(new.settlement.clone()),
            languages: Set(new.languages.clone()),
            about: Set(new.about.clone()),
            interests: Set(new.interests.clone()),
            consent_ms: Set(self.now_ms),
            state: Set(name_of(&ApplicationState::New)?),
            decided_by: Set(None),
            decided_ms: Set(None),
            reason: Set(None),
            person_id: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// An application, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn application(&self, id: ApplicationId) -> Result<Option<Application>, StoreError> {
        observer_application::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .map(application)
            .transpose()
    }

    /// Notes the decision on an application. What the person said of relatives is forgotten with it: from
    /// now on it stands in declarations that only they see.
    ///
    /// # Errors
    /// `Dangling` for an unknown person.
    pub async fn decide_application(
        &mut self,
        id: ApplicationId,
        person: Option<PersonId>,
        reason: &str,
    ) -> Result<(), StoreError> {
        let state = match person {
            Some(_) => ApplicationState::Accepted,
            None => ApplicationState::Declined,
        };
        observer_application::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            state: Set(name_of(&state)?),
            interests: Set(String::new()),
            decided_by: Set(self.person),
            decided_ms: Set(Some(self.now_ms)),
            reason: Set((!reason.is_empty()).then(|| reason.to_owned())),
            person_id: Set(person.map(|person| person.0)),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    /// Stores what the register keeps of an observer.
    ///
    /// # Errors
    /// `Duplicate` when another observer has the accreditation number, `Dangling` for an unknown person.
    pub async fn put_observer(
        &mut self,
        person: PersonId,
        profile: &ObserverProfile,
    ) -> Result<(), StoreError> {
        use observer_profile::Column as C;
        let of = |pick: fn(&Accreditation) -> &String| {
            profile.accreditation.as_ref().map(|one| pick(one).clone())
        };
        observer_profile::Entity::insert(observer_profile::ActiveModel {
            municipality_id: Set(self.municipality),
            person_id: Set(person.0),
            settlement: Set(profile.settlement.clone()),
            languages: Set(profile.languages.clone()),
            accreditation_number: Set(of(|one| &one.number)),
            accredited_from: Set(of(|one| &one.from)),
            accredited_until: Set(of(|one| &one.until)),
            registered_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::PersonId])
                .update_columns([
                    C::Settlement,
                    C::Languages,
                    C::AccreditationNumber,
                    C::AccreditedFrom,
                    C::AccreditedUntil,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Sets the accreditation of an observer and leaves the rest as it is; false when the person is not on
    /// the register.
    ///
    /// # Errors
    /// `Duplicate` when another observer has the number.
    pub async fn accredit(
        &mut self,
        person: PersonId,
        accreditation: &Accreditation,
    ) -> Result<bool, StoreError> {
        let roles = [
            name_of(&Role::Observer)?,
            name_of(&Role::RegisteredObserver)?,
        ];
        let is_observer = role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(self.municipality))
            .filter(role_grant::Column::PersonId.eq(person.0))
            .filter(role_grant::Column::Role.is_in(roles))
            .one(&self.transaction)
            .await?
            .is_some();
        if !is_observer {
            return Ok(false);
        }
        let known = observer_profile::Entity::find_by_id((self.municipality, person.0))
            .one(&self.transaction)
            .await?;
        let profile = ObserverProfile {
            settlement: known
                .as_ref()
                .map(|row| row.settlement.clone())
                .unwrap_or_default(),
            languages: known.map(|row| row.languages).unwrap_or_default(),
            accreditation: Some(accreditation.clone()),
        };
        self.put_observer(person, &profile).await?;
        Ok(true)
    }

    /// Attempts at the quiz since the last certificate, within a day, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attempts(&self, person: PersonId) -> Result<u32, StoreError> {
        attempts(&self.transaction, self.municipality, person.0, self.now_ms).await
    }

    /// Is this attempt stored already?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attempt_known(&self, id: AttemptId) -> Result<bool, StoreError> {
        Ok(
            training_attempt::Entity::find_by_id((self.municipality, id.0))
                .one(&self.transaction)
                .await?
                .is_some(),
        )
    }

    /// Stores an attempt at the quiz.
    ///
    /// # Errors
    /// `Dangling` for an unknown person.
    pub async fn add_attempt(
        &mut self,
        id: AttemptId,
        person: PersonId,
        quiz: &str,
        answers: &BTreeMap<String, String>,
        score: [u32; 2],
        passed: bool,
    ) -> Result<(), StoreError> {
        training_attempt::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            person_id: Set(person.0),
            at_ms: Set(self.now_ms),
            quiz: Set(quiz.to_owned()),
            answers: Set(serde_json::to_string(answers)?),
            correct: Set(i32::try_from(score[0]).unwrap_or(i32::MAX)),
            questions: Set(i32::try_from(score[1]).unwrap_or(i32::MAX)),
            passed: Set(passed),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// Issues a certificate under the next number: year of issue and a running count.
    ///
    /// # Errors
    /// `Dangling` for an unknown person.
    pub async fn certify(
        &mut self,
        id: AttemptId,
        person: PersonId,
        issued: &str,
        valid_until: &str,
        score: [u32; 2],
    ) -> Result<Certificate, StoreError> {
        // A change is the only writer of its municipality, so the count cannot be taken twice.
        let count = training_certificate::Entity::find()
            .filter(training_certificate::Column::MunicipalityId.eq(self.municipality))
            .count(&self.transaction)
            .await?;
        let year = issued.get(..4).unwrap_or(issued);
        let row = training_certificate::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            person_id: Set(person.0),
            number: Set(format!("Н-{year}-{:05}", count + 1)),
            issued: Set(issued.to_owned()),
            valid_until: Set(valid_until.to_owned()),
            correct: Set(i32::try_from(score[0]).unwrap_or(i32::MAX)),
            questions: Set(i32::try_from(score[1]).unwrap_or(i32::MAX)),
        }
        .insert(&self.transaction)
        .await?;
        Ok(certificate(row))
    }
}

async fn attempts(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    person: Uuid,
    now_ms: i64,
) -> Result<u32, StoreError> {
    let rows = training_attempt::Entity::find()
        .filter(training_attempt::Column::MunicipalityId.eq(municipality))
        .filter(training_attempt::Column::PersonId.eq(person))
        .filter(training_attempt::Column::AtMs.gt(now_ms - DAY_MS))
        .order_by_desc(training_attempt::Column::AtMs)
        .all(connection)
        .await?;
    let since_passed = rows.iter().take_while(|row| !row.passed).count();
    Ok(u32::try_from(since_passed).unwrap_or(u32::MAX))
}

async fn newest(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    person: Uuid,
) -> Result<Option<Certificate>, StoreError> {
    Ok(training_certificate::Entity::find()
        .filter(training_certificate::Column::MunicipalityId.eq(municipality))
        .filter(training_certificate::Column::PersonId.eq(person))
        .order_by_desc(training_certificate::Column::ValidUntil)
        .one(connection)
        .await?
        .map(certificate))
}

fn application(row: observer_application::Model) -> Result<Application, StoreError> {
    Ok(Application {
        id: ApplicationId(row.id),
        name: row.name,
        phone: row.phone,
        settlement: row.settlement,
        languages: row.languages,
        about: row.about,
        interests: row.interests,
        consent_ms: row.consent_ms,
        state: named(&row.state)?,
        reason: row.reason,
    })
}

fn certificate(row: training_certificate::Model) -> Certificate {
    Certificate {
        number: row.number,
        issued: row.issued,
        valid_until: row.valid_until,
        score: [row.correct.unsigned_abs(), row.questions.unsigned_abs()],
    }
}

fn accreditation(row: &observer_profile::Model) -> Option<Accreditation> {
    Some(Accreditation {
        number: row.accreditation_number.clone()?,
        from: row.accredited_from.clone()?,
        until: row.accredited_until.clone()?,
    })
}

/// Parts of observers with their sheets.
struct Visits {
    of: HashMap<Uuid, (Reliability, Option<String>)>,
}

impl Visits {
    async fn read(
        connection: &impl ConnectionTrait,
        municipality: MunicipalityId,
        now_ms: i64,
        late_ms: i64,
    ) -> Result<Visits, StoreError> {
        let zone_minutes = municipality::Entity::find_by_id(municipality.0)
            .one(connection)
            .await?
            .map_or(0, |row| row.zone_minutes);
        let events: HashMap<Uuid, event::Model> = event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality.0))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let sheets: HashMap<Uuid, submission::Model> = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::AssignmentId.is_not_null())
            .all(connection)
            .await?
            .into_iter()
            .filter_map(|row| Some((row.assignment_id?, row)))
            .collect();
        let mut of: HashMap<Uuid, (Reliability, Option<String>)> = HashMap::new();
        for part in assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(assignment::Column::Role.is_in([
                name_of(&AssignmentRole::Observer)?,
                name_of(&AssignmentRole::VideoObserver)?,
            ]))
            .all(connection)
            .await?
        {
            let Some(event) = events.get(&part.event_id) else {
                continue;
            };
            let (reliability, next) = of.entry(part.person_id).or_default();
            let Some(end_ms) = end_ms(event, zone_minutes) else {
                continue;
            };
            if end_ms > now_ms {
                if next.as_ref().is_none_or(|known| event.date < *known) {
                    *next = Some(event.date.clone());
                }
                continue;
            }
            reliability.assigned += 1;
            let Some(sheet) = sheets.get(&part.id) else {
                continue;
            };
            reliability.attended += u32::from(sheet.answered > 0);
            let in_time = sheet
                .submitted_ms
                .is_some_and(|submitted| submitted <= end_ms + late_ms);
            reliability.in_time += u32::from(in_time);
            let share = f64::from(sheet.answered) / f64::from(sheet.answerable.max(1));
            let complete = sheet.submitted_ms.is_some() && share >= COMPLETE_SHARE;
            reliability.complete += u32::from(complete);
        }
        Ok(Visits { of })
    }

    fn of(&self, person: Uuid) -> (Reliability, Option<String>) {
        self.of.get(&person).cloned().unwrap_or_default()
    }
}

/// The moment an event ends, ms; none for a date or time that is none.
pub(in crate::store) fn end_ms(event: &event::Model, zone_minutes: i32) -> Option<i64> {
    Some(start_ms(event, zone_minutes)? + i64::from(event.duration_minutes) * 60_000)
}

/// The moment an event begins, ms.
pub(in crate::store) fn start_ms(event: &event::Model, zone_minutes: i32) -> Option<i64> {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    let text = format!("{} {}", event.date, event.start);
    let local = time::PrimitiveDateTime::parse(&text, &format).ok()?;
    let utc = local.assume_utc() - time::Duration::minutes(i64::from(zone_minutes));
    i64::try_from((utc - OffsetDateTime::UNIX_EPOCH).whole_milliseconds()).ok()
}
