//! Acts: signatures and the school's explanations beside the sheets.

use api::id::{EntryId, MunicipalityId, SubmissionId};
use api::observation::act::{Explanation, Signature};
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use time::Duration;

use crate::import::subject;
use crate::store::access::person::names;
use crate::store::entity::forms::{form, submission};
use crate::store::entity::observation::act::{act_explanation, act_signature};
use crate::store::entity::observation::observer::observer_profile;
use crate::store::entity::procedures::{assignment, event};
use crate::store::entity::registry::organisation;
use crate::store::management::case::{date_text, day_of};
use crate::store::name::document;
use crate::store::{Store, StoreError, Write};

/// What became of a wish to sign an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// Signed now, at this revision of the sheet.
    Signed {
        /// Operations that were signed.
        revision: i64,
        /// The same person's signature of an earlier state.
        earlier: Option<EarlierSignature>,
    },
    /// The same signature again: nothing changes.
    Repeated,
    /// Signed already, with another name or drawing.
    Refused,
}

/// A signature of an earlier state of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EarlierSignature {
    /// Name as it was signed.
    pub name: String,
    /// Operations that were signed.
    pub revision: i64,
    /// When.
    pub signed_ms: i64,
}

/// What an act holds beside the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct ActPapers {
    /// Full name of the school.
    pub organisation_name: String,
    /// Date of the event.
    pub date: String,
    /// Start of the event.
    pub start: String,
    /// Subject, class and room.
    pub work: Text,
    /// Title of the form and its version.
    pub form: Text,
    /// Name of the observer.
    pub observer: String,
    /// Number of the observer's accreditation.
    pub accreditation: Option<String>,
    /// When it was submitted.
    pub submitted_ms: i64,
    /// The observer's signature.
    pub signature: Option<Signature>,
    /// Day until which the school may explain.
    pub explain_until: String,
    /// Explanations of the school.
    pub explanations: Vec<Explanation>,
}

impl Store {
    /// The papers of a submitted sheet of an event; none for anything else.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn act_papers(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<ActPapers>, StoreError> {
        let connection = &self.reader;
        let owner = municipality.0;
        let Some(sheet) = submission::Entity::find_by_id((owner, id.0))
            .one(connection)
            .await?
        else {
            return Ok(None);
        };
        let (Some(event_id), Some(part_id), Some(submitted_ms)) =
            (sheet.event_id, sheet.assignment_id, sheet.submitted_ms)
        else {
            return Ok(None);
        };
        let event = event::Entity::find_by_id((owner, event_id))
            .one(connection)
            .await?;
        let part = assignment::Entity::find_by_id((owner, part_id))
            .one(connection)
            .await?;
        let (Some(event), Some(part)) = (event, part) else {
            return Ok(None);
        };
        let school = organisation::Entity::find_by_id((owner, sheet.organisation_id))
            .one(connection)
            .await?;
        let key = (owner, sheet.form_id.clone(), sheet.form_version.clone());
        let form = form::Entity::find_by_id(key).one(connection).await?;
        let names = names(connection, owner).await?;
        let signature = act_signature::Entity::find_by_id((owner, id.0, part.person_id))
            .one(connection)
            .await?;
        let signature = match signature {
            Some(row) => Some(Signature {
                name: row.name,
                drawing: document(&row.drawing)?,
                signed_ms: row.signed_ms,
                outdated: row.revision < sheet.revision,
            }),
            None => None,
        };
        let accreditation = observer_profile::Entity::find_by_id((owner, part.person_id))
            .one(connection)
            .await?
            .and_then(|row| row.accreditation_number);
        let explanations = act_explanation::Entity::find()
            .filter(act_explanation::Column::MunicipalityId.eq(owner))
            .filter(act_explanation::Column::SubmissionId.eq(id.0))
            .order_by_asc(act_explanation::Column::AtMs)
            .order_by_asc(act_explanation::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .map(|row| Explanation {
                id: EntryId(row.id),
                at_ms: row.at_ms,
                author: names.get(&row.person_id).cloned().unwrap_or_default(),
                content: row.content,
            })
            .collect();
        let days = i64::from(self.policy(municipality).await?.explanation_days);
        let zone_minutes = self.zone_minutes(municipality).await?;
        let until = day_of(submitted_ms, zone_minutes).saturating_add(Duration::days(days));
        let name = subject::name(&event.subject);
        Ok(Some(ActPapers {
            organisation_name: school.map(|school| school.name).unwrap_or_default(),
            date: event.date,
            start: event.start,
            work: Text::new(
                format!(
                    "{}, {} «{}», кабинет {}",
                    name.ru, event.grade, event.class, event.room
                ),
                format!(
                    "{}, {}{}, room {}",
                    name.en, event.grade, event.class, event.room
                ),
            ),
            form: form.map_or_else(
                || Text::new(sheet.form_id.clone(), sheet.form_id.clone()),
                |form| {
                    Text::new(
                        format!("{}, версия {}", form.title_ru, form.version),
                        format!("{}, version {}", form.title_en, form.version),
                    )
                },
            ),
            observer: names.get(&part.person_id).cloned().unwrap_or_default(),
            accreditation,
            submitted_ms,
            signature,
            explain_until: date_text(until),
            explanations,
        }))
    }
}

impl Write {
    /// Stores the caller's signature under a sheet as it now stands.
    ///
    /// A signature is never replaced: the same person signs one state of a sheet once. Where the sheet was corrected
    /// since, the new signature takes its place and the earlier one is returned, to be kept in the audit log.
    ///
    /// # Errors
    /// `Dangling` for an unknown sheet.
    pub async fn sign_act(
        &mut self,
        id: SubmissionId,
        name: &str,
        drawing: &[Vec<[u16; 2]>],
    ) -> Result<Signing, StoreError> {
        use act_signature::Column as C;
        let revision = submission::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .map_or(0, |row| row.revision);
        let person = self.person.unwrap_or_default();
        let drawing = serde_json::to_string(drawing)?;
        let earlier = act_signature::Entity::find_by_id((self.municipality, id.0, person))
            .one(&self.transaction)
            .await?;
        if let Some(row) = &earlier
            && row.revision >= revision
        {
            let is_same = row.name == name && row.drawing == drawing;
            return Ok(if is_same {
                Signing::Repeated
            } else {
                Signing::Refused
            });
        }
        act_signature::Entity::insert(act_signature::ActiveModel {
            municipality_id: Set(self.municipality),
            submission_id: Set(id.0),
            person_id: Set(person),
            name: Set(name.to_owned()),
            drawing: Set(drawing),
            revision: Set(revision),
            signed_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::SubmissionId, C::PersonId])
                .update_columns([C::Name, C::Drawing, C::Revision, C::SignedMs])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(Signing::Signed {
            revision,
            earlier: earlier.map(|row| EarlierSignature {
                name: row.name,
                revision: row.revision,
                signed_ms: row.signed_ms,
            }),
        })
    }

    /// Adds an explanation of the school; the same id again adds nothing.
    ///
    /// # Errors
    /// `Dangling` for an unknown sheet.
    pub async fn explain_act(
        &mut self,
        id: SubmissionId,
        entry: EntryId,
        content: &str,
    ) -> Result<(), StoreError> {
        let known = act_explanation::Entity::find_by_id((self.municipality, entry.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(());
        }
        act_explanation::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(entry.0),
            submission_id: Set(id.0),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
            content: Set(content.to_owned()),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }
}
