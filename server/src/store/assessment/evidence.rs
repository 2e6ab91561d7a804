//! Evidence bound to questions of submissions and to cells of the mechanisms.

use std::collections::{HashMap, HashSet};

use api::assessment::evidence::{Evidence, EvidenceSource, NewEvidence};
use api::id::{
    AssessmentId, DocumentId, EvidenceId, FileId, MunicipalityId, OrganisationId, SubmissionId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::store::access::person;
use crate::store::entity::assessment::{evidence, mechanism_assessment};
use crate::store::entity::forms::submission;
use crate::store::entity::papers::document;
use crate::store::papers::file::files;
use crate::store::{Store, StoreError, Write};

/// What a piece of evidence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceOwner {
    /// A question of a submission.
    Submission(SubmissionId),
    /// A cell of the mechanisms.
    Assessment(AssessmentId),
}

impl EvidenceOwner {
    fn condition(self) -> Condition {
        match self {
            EvidenceOwner::Submission(id) => {
                Condition::all().add(evidence::Column::SubmissionId.eq(id.0))
            }
            EvidenceOwner::Assessment(id) => {
                Condition::all().add(evidence::Column::AssessmentId.eq(id.0))
            }
        }
    }
}

impl Store {
    /// Evidence in force, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn evidence(
        &self,
        municipality: MunicipalityId,
        owner: EvidenceOwner,
    ) -> Result<Vec<Evidence>, StoreError> {
        let rows = evidence::Entity::find()
            .filter(evidence::Column::MunicipalityId.eq(municipality.0))
            .filter(owner.condition())
            .filter(evidence::Column::RemovedMs.is_null())
            .order_by_asc(evidence::Column::AtMs)
            .order_by_asc(evidence::Column::Id)
            .all(&self.reader)
            .await?;
        pieces(&self.reader, municipality.0, rows).await
    }

    /// Evidence of the same school (or of the municipality) in other submissions (or years), newest first, of which
    /// nothing was taken over yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn earlier_evidence(
        &self,
        municipality: MunicipalityId,
        owner: EvidenceOwner,
    ) -> Result<Vec<Evidence>, StoreError> {
        let connection = &self.reader;
        let others = match owner {
            EvidenceOwner::Submission(id) => {
                let Some(own) = submission::Entity::find_by_id((municipality.0, id.0))
                    .one(connection)
                    .await?
                else {
                    return Ok(Vec::new());
                };
                let ids: Vec<Uuid> = submission::Entity::find()
                    .filter(submission::Column::MunicipalityId.eq(municipality.0))
                    .filter(submission::Column::OrganisationId.eq(own.organisation_id))
                    .filter(submission::Column::FormId.eq(own.form_id))
                    .filter(submission::Column::Id.ne(id.0))
                    .filter(submission::Column::OpenedMs.lt(own.opened_ms))
                    .all(connection)
                    .await?
                    .into_iter()
                    .map(|row| row.id)
                    .collect();
                Condition::all().add(evidence::Column::SubmissionId.is_in(ids))
            }
            EvidenceOwner::Assessment(id) => {
                let Some(own) = mechanism_assessment::Entity::find_by_id((municipality.0, id.0))
                    .one(connection)
                    .await?
                else {
                    return Ok(Vec::new());
                };
                let ids: Vec<Uuid> = mechanism_assessment::Entity::find()
                    .filter(mechanism_assessment::Column::MunicipalityId.eq(municipality.0))
                    .filter(mechanism_assessment::Column::Year.lt(own.year))
                    .all(connection)
                    .await?
                    .into_iter()
                    .map(|row| row.id)
                    .collect();
                Condition::all().add(evidence::Column::AssessmentId.is_in(ids))
            }
        };
        let taken: HashSet<Uuid> = evidence::Entity::find()
            .filter(evidence::Column::MunicipalityId.eq(municipality.0))
            .filter(owner.condition())
            .filter(evidence::Column::RemovedMs.is_null())
            .all(connection)
            .await?
            .into_iter()
            .filter_map(|row| row.reused_from)
            .collect();
        let rows = evidence::Entity::find()
            .filter(evidence::Column::MunicipalityId.eq(municipality.0))
            .filter(others)
            .filter(evidence::Column::RemovedMs.is_null())
            .order_by_desc(evidence::Column::AtMs)
            .order_by_desc(evidence::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .filter(|row| !taken.contains(&row.id))
            .collect();
        pieces(connection, municipality.0, rows).await
    }

    /// Pieces in force by cell, of one assessment.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn evidence_counts(
        &self,
        municipality: MunicipalityId,
        owner: EvidenceOwner,
    ) -> Result<HashMap<String, u32>, StoreError> {
        let mut counts = HashMap::new();
        for row in evidence::Entity::find()
            .filter(evidence::Column::MunicipalityId.eq(municipality.0))
            .filter(owner.condition())
            .filter(evidence::Column::RemovedMs.is_null())
            .all(&self.reader)
            .await?
        {
            *counts.entry(row.item).or_default() += 1;
        }
        Ok(counts)
    }

    /// What a piece belongs to, and the file behind it; removed pieces are still found, for the history.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn evidence_piece(
        &self,
        municipality: MunicipalityId,
        id: EvidenceId,
    ) -> Result<Option<(EvidenceOwner, Evidence)>, StoreError> {
        let Some(row) = evidence::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        else {
            return Ok(None);
        };
        let owner = match (row.submission_id, row.assessment_id) {
            (Some(id), _) => EvidenceOwner::Submission(SubmissionId(id)),
            (None, Some(id)) => EvidenceOwner::Assessment(AssessmentId(id)),
            (None, None) => return Err(StoreError::Meaning("evidence of nothing".into())),
        };
        let pieces = pieces(&self.reader, municipality.0, vec![row]).await?;
        Ok(pieces.into_iter().next().map(|piece| (owner, piece)))
    }

    /// The organisation whose evidence a piece of a submission is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission_organisation(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<OrganisationId>, StoreError> {
        Ok(submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .map(|row| OrganisationId(row.organisation_id)))
    }
}

impl Write {
    /// Binds evidence. A repetition is recognised by its id and changes nothing; says whether it is new.
    ///
    /// # Errors
    /// `Duplicate` when the id is in use for something else, `Dangling` for an unknown document or file.
    pub async fn add_evidence(
        &mut self,
        owner: EvidenceOwner,
        new: &NewEvidence,
    ) -> Result<bool, StoreError> {
        let (submission_id, assessment_id) = match owner {
            EvidenceOwner::Submission(id) => (Some(id.0), None),
            EvidenceOwner::Assessment(id) => (None, Some(id.0)),
        };
        let (kind, link, document_id, file_id) = match &new.source {
            EvidenceSource::Link { url } => ("link", Some(url.clone()), None, None),
            EvidenceSource::Document { document } => ("document", None, Some(document.0), None),
            EvidenceSource::File { file } => ("file", None, None, Some(file.0)),
        };
        if let Some(known) = evidence::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?
            && known.submission_id == submission_id
            && known.assessment_id == assessment_id
            && known.item == new.item
        {
            return Ok(false);
        }
        evidence::Entity::insert(evidence::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            submission_id: Set(submission_id),
            assessment_id: Set(assessment_id),
            item: Set(new.item.clone()),
            kind: Set(kind.to_owned()),
            title: Set(new.title.clone()),
            link: Set(link),
            document_id: Set(document_id),
            file_id: Set(file_id),
            reused_from: Set(new.reused_from.map(|id| id.0)),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
            removed_ms: Set(None),
            removed_by: Set(None),
            remove_reason: Set(None),
        })
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(true)
    }

    /// Takes a piece out; its record stays. Says whether it was in force; none when the owner has no such piece.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remove_evidence(
        &mut self,
        owner: EvidenceOwner,
        id: EvidenceId,
        reason: &str,
    ) -> Result<Option<bool>, StoreError> {
        let Some(row) = evidence::Entity::find_by_id((self.municipality, id.0))
            .filter(owner.condition())
            .one(&self.transaction)
            .await?
        else {
            return Ok(None);
        };
        if row.removed_ms.is_some() {
            return Ok(Some(false));
        }
        let mut row = row.into_active_model();
        row.removed_ms = Set(Some(self.now_ms));
        row.removed_by = Set(self.person);
        row.remove_reason = Set(Some(reason.to_owned()));
        row.update(&self.transaction).await?;
        Ok(Some(true))
    }
}

async fn pieces(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    rows: Vec<evidence::Model>,
) -> Result<Vec<Evidence>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut documents: HashMap<Uuid, document::Model> = HashMap::new();
    let named: Vec<Uuid> = rows.iter().filter_map(|row| row.document_id).collect();
    for part in named.chunks(1_000) {
        let found = document::Entity::find()
            .filter(document::Column::MunicipalityId.eq(municipality))
            .filter(document::Column::Id.is_in(part.iter().copied()))
            .all(connection)
            .await?;
        documents.extend(found.into_iter().map(|row| (row.id, row)));
    }
    let wanted = rows
        .iter()
        .filter_map(|row| row.file_id)
        .chain(documents.values().filter_map(|row| row.file_id))
        .collect();
    let files = files(connection, municipality, wanted).await?;
    let people = person::names(connection, municipality).await?;
    rows.into_iter()
        .map(|row| {
            let document = row.document_id.and_then(|id| documents.get(&id));
            let file_id = row.file_id.or(document.and_then(|row| row.file_id));
            let source = match (row.link.clone(), row.document_id, row.file_id) {
                (Some(url), _, _) => EvidenceSource::Link { url },
                (_, Some(id), _) => EvidenceSource::Document {
                    document: DocumentId(id),
                },
                (_, _, Some(id)) => EvidenceSource::File { file: FileId(id) },
                (None, None, None) => {
                    return Err(StoreError::Meaning("evidence without a source".into()));
                }
            };
            Ok(Evidence {
                id: EvidenceId(row.id),
                item: row.item,
                title: row.title,
                source,
                file: file_id.and_then(|id| files.get(&id).cloned()),
                link: row.link.or(document.and_then(|row| row.link.clone())),
                reused: row.reused_from.is_some(),
                person_name: row.person_id.and_then(|id| people.get(&id).cloned()),
                at_ms: row.at_ms,
            })
        })
        .collect()
}
