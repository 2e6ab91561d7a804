//! Comments of colleagues on a question: entries are added, never changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use api::forms::comment::{Colleague, Comment, CommentKind, Mention, NewComment};
use api::id::{CampaignId, MunicipalityId, OrganisationId, PersonId, SubmissionId};
use api::live::LiveChange;
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::store::access::person::names_of;
use crate::store::access::role::in_force;
use crate::store::entity::access::{person, role_grant};
use crate::store::entity::assessment::campaign;
use crate::store::entity::forms::{question_comment, submission};
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

impl Store {
    /// Entries of a submission in the order received.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn comments(
        &self,
        municipality: MunicipalityId,
        submission: SubmissionId,
    ) -> Result<Vec<Comment>, StoreError> {
        let rows = question_comment::Entity::find()
            .filter(question_comment::Column::MunicipalityId.eq(municipality.0))
            .filter(question_comment::Column::SubmissionId.eq(submission.0))
            .order_by_asc(question_comment::Column::Number)
            .all(&self.reader)
            .await?;
        let names = names_of(
            &self.reader,
            municipality.0,
            rows.iter().map(|row| row.person_id),
        )
        .await?;
        rows.into_iter().map(|row| comment(row, &names)).collect()
    }

    /// People with a role at a school, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn colleagues(
        &self,
        municipality: MunicipalityId,
        organisation: OrganisationId,
        now_ms: i64,
    ) -> Result<Vec<Colleague>, StoreError> {
        let today = self.today(municipality, now_ms).await?;
        let people: BTreeSet<Uuid> = role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(municipality.0))
            .filter(role_grant::Column::OrganisationId.eq(organisation.0))
            .filter(in_force(&today))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| row.person_id)
            .collect();
        Ok(person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(municipality.0))
            .filter(person::Column::Id.is_in(people))
            .filter(person::Column::Active.eq(true))
            .order_by_asc(person::Column::Name)
            .order_by_asc(person::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| Colleague {
                person: PersonId(row.id),
                name: row.name,
            })
            .collect())
    }

    /// Open talks in which a person is asked and has not answered, newest first. `visible` says whether
    /// the person still may see the school.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mentions(
        &self,
        municipality: MunicipalityId,
        asked: PersonId,
        visible: impl Fn(OrganisationId) -> bool,
    ) -> Result<Vec<Mention>, StoreError> {
        // Ids are UUIDs in a JSON list, so a part of one is never found in another.
        let naming = question_comment::Entity::find()
            .filter(question_comment::Column::MunicipalityId.eq(municipality.0))
            .filter(question_comment::Column::Mentions.contains(asked.to_string()))
            .all(&self.reader)
            .await?;
        let threads: BTreeSet<Uuid> = naming.iter().map(|row| row.thread_id).collect();
        let rows = question_comment::Entity::find()
            .filter(question_comment::Column::MunicipalityId.eq(municipality.0))
            .filter(question_comment::Column::ThreadId.is_in(threads))
            .order_by_asc(question_comment::Column::SubmissionId)
            .order_by_asc(question_comment::Column::Number)
            .all(&self.reader)
            .await?;
        let mut last: BTreeMap<Uuid, question_comment::Model> = BTreeMap::new();
        for row in rows {
            let kind: CommentKind = named(&row.kind)?;
            let names: Vec<PersonId> = document(&row.mentions)?;
            match kind {
                _ if row.person_id == asked.0 => {
                    last.remove(&row.thread_id);
                }
                CommentKind::Resolved => {
                    last.remove(&row.thread_id);
                }
                CommentKind::Comment | CommentKind::Reopened if names.contains(&asked) => {
                    last.insert(row.thread_id, row);
                }
                CommentKind::Comment | CommentKind::Reopened => {}
            }
        }
        let names = names_of(
            &self.reader,
            municipality.0,
            last.values().map(|row| row.person_id),
        )
        .await?;
        let mut mentions = Vec::new();
        for row in last.into_values() {
            let Some(form) = submission::Entity::find_by_id((municipality.0, row.submission_id))
                .one(&self.reader)
                .await?
            else {
                continue;
            };
            let organisation = OrganisationId(form.organisation_id);
            let Some(campaign) = form.campaign_id.filter(|_| visible(organisation)) else {
                continue;
            };
            let title = campaign::Entity::find_by_id((municipality.0, campaign))
                .one(&self.reader)
                .await?
                .map(|row| Text::new(row.title_ru, row.title_en))
                .unwrap_or_else(|| Text::new("", ""));
            mentions.push(Mention {
                thread: row.thread_id,
                submission: SubmissionId(form.id),
                campaign: CampaignId(campaign),
                organisation,
                title,
                question: row.question,
                name: names.get(&row.person_id).cloned().unwrap_or_default(),
                body: row.body,
                at_ms: row.at_ms,
            });
        }
        mentions.sort_by_key(|mention| std::cmp::Reverse((mention.at_ms, mention.thread)));
        Ok(mentions)
    }

    /// Name of a person; empty for somebody unknown.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn person_name(
        &self,
        municipality: MunicipalityId,
        id: PersonId,
    ) -> Result<String, StoreError> {
        Ok(
            names_of(&self.reader, municipality.0, std::iter::once(id.0))
                .await?
                .remove(&id.0)
                .unwrap_or_default(),
        )
    }
}

impl Write {
    /// Adds an entry and tells the listeners; a known id changes nothing.
    ///
    /// # Errors
    /// `Duplicate` when the id belongs to another submission.
    pub async fn add_comment(
        &mut self,
        submission: SubmissionId,
        organisation: OrganisationId,
        new: &NewComment,
    ) -> Result<bool, StoreError> {
        let rows = question_comment::Entity::find()
            .filter(question_comment::Column::MunicipalityId.eq(self.municipality))
            .filter(question_comment::Column::SubmissionId.eq(submission.0))
            .order_by_desc(question_comment::Column::Number)
            .all(&self.transaction)
            .await?;
        if rows.iter().any(|row| row.id == new.id) {
            return Ok(false);
        }
        // An answer to a talk that is not here begins a talk of its own.
        let thread = new
            .thread
            .filter(|thread| rows.iter().any(|row| row.thread_id == *thread))
            .unwrap_or(new.id);
        question_comment::ActiveModel {
            municipality_id: Set(self.municipality),
            submission_id: Set(submission.0),
            number: Set(rows.first().map_or(1, |row| row.number + 1)),
            id: Set(new.id),
            thread_id: Set(thread),
            question: Set(new.question.clone()),
            kind: Set(name_of(&new.kind)?),
            body: Set(new.body.clone()),
            mentions: Set(serde_json::to_string(&new.mentions)?),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(new.at_ms),
            received_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        self.announce(
            Some(organisation),
            None,
            &LiveChange::Comment { submission },
        )
        .await?;
        Ok(true)
    }
}

fn comment(
    row: question_comment::Model,
    names: &HashMap<Uuid, String>,
) -> Result<Comment, StoreError> {
    Ok(Comment {
        id: row.id,
        question: row.question,
        thread: row.thread_id,
        kind: named(&row.kind)?,
        body: row.body,
        mentions: document(&row.mentions)?,
        person: PersonId(row.person_id),
        name: names.get(&row.person_id).cloned().unwrap_or_default(),
        at_ms: row.at_ms,
    })
}
