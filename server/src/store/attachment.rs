//! Photos and files of submissions, in chunks inside the database: what is counted is there, a backup has
//! it, and every replica sees it. A photo is a few hundred kilobytes; a district takes some thousand a year.

use api::attachment::{Attachment, MAX_ATTACHMENTS, NewAttachment};
use api::id::{MunicipalityId, SubmissionId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::entity::{attachment, attachment_chunk};
use super::write::hex;
use super::{Store, StoreError, Write};

/// What became of a chunk.
#[derive(Clone, Debug, PartialEq)]
pub enum Chunk {
    /// Taken, or known already; this is held now.
    Held(Attachment),
    /// All of it came, and it is not what was announced: it begins anew.
    Different(Attachment),
    /// Nothing of that hash was announced.
    Unknown,
}

impl Store {
    /// Photos and files of a submission, in the order in which they were taken up.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attachments(
        &self,
        municipality: MunicipalityId,
        submission: SubmissionId,
    ) -> Result<Vec<Attachment>, StoreError> {
        let rows = attachment::Entity::find()
            .filter(attachment::Column::MunicipalityId.eq(municipality.0))
            .filter(attachment::Column::SubmissionId.eq(submission.0))
            .order_by_asc(attachment::Column::AtMs)
            .order_by_asc(attachment::Column::Hash)
            .all(&self.reader)
            .await?;
        Ok(rows.into_iter().map(travelling).collect())
    }

    /// A whole photo or file with its kind; `None` while it is not complete.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attachment(
        &self,
        municipality: MunicipalityId,
        submission: SubmissionId,
        hash: &str,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let key = (municipality.0, submission.0, hash.to_owned());
        let row = attachment::Entity::find_by_id(key)
            .one(&self.reader)
            .await?
            .filter(|row| row.completed_ms.is_some());
        let Some(row) = row else { return Ok(None) };
        let content = content(&self.reader, &row).await?;
        Ok(Some((row.content_type, content)))
    }
}

impl Write {
    /// Announces a photo or file; one that is known stays as it is. `None` when the submission holds as many
    /// as it may. Says also whether it is new.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce_attachment(
        &mut self,
        submission: SubmissionId,
        hash: &str,
        new: &NewAttachment,
    ) -> Result<Option<(Attachment, bool)>, StoreError> {
        if let Some(known) = self.attachment_row(submission, hash).await? {
            return Ok(Some((travelling(known), false)));
        }
        let count = attachment::Entity::find()
            .filter(attachment::Column::MunicipalityId.eq(self.municipality))
            .filter(attachment::Column::SubmissionId.eq(submission.0))
            .count(&self.transaction)
            .await?;
        if count >= MAX_ATTACHMENTS {
            return Ok(None);
        }
        let row = attachment::ActiveModel {
            municipality_id: Set(self.municipality),
            submission_id: Set(submission.0),
            hash: Set(hash.to_owned()),
            question: Set(new.question.clone()),
            content_type: Set(new.content_type.clone()),
            bytes: Set(signed(new.bytes)),
            received: Set(0),
            at_ms: Set(new.at_ms),
            person_id: Set(self.person.unwrap_or_default()),
            created_ms: Set(self.now_ms),
            completed_ms: Set(None),
        };
        let row = row.insert(&self.transaction).await?;
        Ok(Some((travelling(row), true)))
    }

    /// Takes the bytes from `start` on. Bytes that do not continue what is held change nothing: the answer
    /// says where to go on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn append_chunk(
        &mut self,
        submission: SubmissionId,
        (hash, start): (&str, u64),
        bytes: &[u8],
    ) -> Result<Chunk, StoreError> {
        let Some(row) = self.attachment_row(submission, hash).await? else {
            return Ok(Chunk::Unknown);
        };
        let end = row.received.saturating_add(signed(bytes.len() as u64));
        let continues = row.completed_ms.is_none() && row.received == signed(start);
        if !continues || bytes.is_empty() || end > row.bytes {
            return Ok(Chunk::Held(travelling(row)));
        }
        let chunk = attachment_chunk::ActiveModel {
            municipality_id: Set(self.municipality),
            submission_id: Set(submission.0),
            hash: Set(hash.to_owned()),
            start_byte: Set(row.received),
            content: Set(bytes.to_vec()),
        };
        attachment_chunk::Entity::insert(chunk)
            .exec_without_returning(&self.transaction)
            .await?;
        let is_whole = end == row.bytes;
        let is_announced = is_whole && {
            let content = content(&self.transaction, &row).await?;
            hex(&Sha256::digest(content)) == hash
        };
        if is_whole && !is_announced {
            self.forget_chunks(submission, hash).await?;
        }
        let is_different = is_whole && !is_announced;
        let mut row = row.into_active_model();
        row.received = Set(if is_different { 0 } else { end });
        row.completed_ms = Set(is_announced.then_some(self.now_ms));
        let held = travelling(row.update(&self.transaction).await?);
        Ok(if is_different {
            Chunk::Different(held)
        } else {
            Chunk::Held(held)
        })
    }

    async fn forget_chunks(
        &mut self,
        submission: SubmissionId,
        hash: &str,
    ) -> Result<(), StoreError> {
        attachment_chunk::Entity::delete_many()
            .filter(attachment_chunk::Column::MunicipalityId.eq(self.municipality))
            .filter(attachment_chunk::Column::SubmissionId.eq(submission.0))
            .filter(attachment_chunk::Column::Hash.eq(hash))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    async fn attachment_row(
        &self,
        submission: SubmissionId,
        hash: &str,
    ) -> Result<Option<attachment::Model>, StoreError> {
        let key: (Uuid, Uuid, String) = (self.municipality, submission.0, hash.to_owned());
        Ok(attachment::Entity::find_by_id(key)
            .one(&self.transaction)
            .await?)
    }
}

async fn content(
    connection: &impl ConnectionTrait,
    row: &attachment::Model,
) -> Result<Vec<u8>, StoreError> {
    let chunks = attachment_chunk::Entity::find()
        .filter(attachment_chunk::Column::MunicipalityId.eq(row.municipality_id))
        .filter(attachment_chunk::Column::SubmissionId.eq(row.submission_id))
        .filter(attachment_chunk::Column::Hash.eq(row.hash.as_str()))
        .order_by_asc(attachment_chunk::Column::StartByte)
        .all(connection)
        .await?;
    Ok(chunks.into_iter().flat_map(|chunk| chunk.content).collect())
}

fn travelling(row: attachment::Model) -> Attachment {
    Attachment {
        hash: row.hash,
        question: row.question,
        content_type: row.content_type,
        bytes: row.bytes.unsigned_abs(),
        received: row.received.unsigned_abs(),
        is_complete: row.completed_ms.is_some(),
        at_ms: row.at_ms,
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
