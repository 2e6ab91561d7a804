//! Forms being written.

use api::forms::form_draft::{FormDraftLabel, FormSheet};
use api::id::{FormDraftId, MunicipalityId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::store::access::person::names;
use crate::store::entity::access::person;
use crate::store::entity::assessment::campaign;
use crate::store::entity::forms::{form_draft, submission};
use crate::store::entity::procedures::assignment;
use crate::store::{Store, StoreError, Write};

/// A form being written, as it is kept.
#[derive(Clone, Debug)]
pub struct StoredDraft {
    /// Name, person, dates.
    pub label: FormDraftLabel,
    /// Grows with each change.
    pub revision: u64,
    /// Id of the last change.
    pub change: Option<Uuid>,
    /// The cells.
    pub sheets: Vec<FormSheet>,
}

/// Who would notice a new version of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormUse {
    /// Submissions that are not handed in.
    pub open_drafts: u64,
    /// Titles of campaigns, in Russian.
    pub campaigns: Vec<String>,
    /// Assignments whose sheet is not begun.
    pub waiting_assignments: u64,
}

impl Store {
    /// Forms being written, the last changed first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn form_drafts(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<FormDraftLabel>, StoreError> {
        let rows = form_draft::Entity::find()
            .filter(form_draft::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(form_draft::Column::ChangedMs)
            .order_by_asc(form_draft::Column::Id)
            .all(&self.reader)
            .await?;
        let names = names(&self.reader, municipality.0).await?;
        Ok(rows
            .iter()
            .map(|row| label(row, names.get(&row.person_id).cloned().unwrap_or_default()))
            .collect())
    }

    /// One form being written.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn form_draft(
        &self,
        municipality: MunicipalityId,
        draft: FormDraftId,
    ) -> Result<Option<StoredDraft>, StoreError> {
        let Some(row) = form_draft::Entity::find_by_id((municipality.0, draft.0))
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
        Ok(Some(StoredDraft {
            label: label(&row, name),
            revision: row.revision.unsigned_abs(),
            change: row.change_id,
            sheets: serde_json::from_str(&row.workbook)?,
        }))
    }

    /// Who works with published versions of a form.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn form_use(
        &self,
        municipality: MunicipalityId,
        form: &str,
    ) -> Result<FormUse, StoreError> {
        let open_drafts = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::FormId.eq(form))
            .filter(submission::Column::SubmittedMs.is_null())
            .count(&self.reader)
            .await?;
        let campaigns = campaign::Entity::find()
            .filter(campaign::Column::MunicipalityId.eq(municipality.0))
            .filter(campaign::Column::FormId.eq(form))
            .order_by_asc(campaign::Column::TitleRu)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| row.title_ru)
            .collect();
        let begun: std::collections::HashSet<Uuid> = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::FormId.eq(form))
            .all(&self.reader)
            .await?
            .into_iter()
            .filter_map(|row| row.assignment_id)
            .collect();
        let waiting_assignments = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(assignment::Column::FormId.eq(form))
            .all(&self.reader)
            .await?
            .into_iter()
            .filter(|row| !begun.contains(&row.id))
            .count();
        Ok(FormUse {
            open_drafts,
            campaigns,
            waiting_assignments: waiting_assignments as u64,
        })
    }
}

impl Write {
    /// Begins a form; beginning it again with the same id changes nothing and says so.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_form_draft(
        &mut self,
        draft: FormDraftId,
        file_name: &str,
        sheets: &[FormSheet],
    ) -> Result<bool, StoreError> {
        let key = (self.municipality, draft.0);
        let known = form_draft::Entity::find_by_id(key)
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        form_draft::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(draft.0),
            file_name: Set(file_name.to_owned()),
            workbook: Set(serde_json::to_string(sheets)?),
            revision: Set(1),
            change_id: Set(None),
            person_id: Set(self.person.unwrap_or_default()),
            created_ms: Set(self.now_ms),
            changed_ms: Set(self.now_ms),
            published_form: Set(None),
            published_version: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }

    /// Replaces the cells of a form being written. False, and nothing happens, when it is no longer at `revision`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn change_form_draft(
        &mut self,
        draft: FormDraftId,
        revision: u64,
        change: Uuid,
        sheets: &[FormSheet],
    ) -> Result<bool, StoreError> {
        let Some(row) = self.draft_row(draft).await? else {
            return Ok(false);
        };
        if row.revision.unsigned_abs() != revision {
            return Ok(false);
        }
        let next = row.revision + 1;
        let mut row = row.into_active_model();
        row.workbook = Set(serde_json::to_string(sheets)?);
        row.revision = Set(next);
        row.change_id = Set(Some(change));
        row.changed_ms = Set(self.now_ms);
        row.update(&self.transaction).await?;
        Ok(true)
    }

    /// Notes as what a form was published.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_published(
        &mut self,
        draft: FormDraftId,
        form: &str,
        version: &str,
    ) -> Result<(), StoreError> {
        if let Some(row) = self.draft_row(draft).await? {
            let mut row = row.into_active_model();
            row.published_form = Set(Some(form.to_owned()));
            row.published_version = Set(Some(version.to_owned()));
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    /// Gives a form up; published versions stay. False when it is gone already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn drop_form_draft(&mut self, draft: FormDraftId) -> Result<bool, StoreError> {
        match self.draft_row(draft).await? {
            Some(row) => {
                row.delete(&self.transaction).await?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    async fn draft_row(&self, draft: FormDraftId) -> Result<Option<form_draft::Model>, StoreError> {
        Ok(form_draft::Entity::find_by_id((self.municipality, draft.0))
            .one(&self.transaction)
            .await?)
    }
}

fn label(row: &form_draft::Model, person_name: String) -> FormDraftLabel {
    FormDraftLabel {
        id: FormDraftId(row.id),
        file_name: row.file_name.clone(),
        person_name,
        changed_ms: row.changed_ms,
        published: row
            .published_form
            .clone()
            .zip(row.published_version.clone())
            .map(|(form, version)| [form, version]),
    }
}
