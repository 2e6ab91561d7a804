//! Photos and files of submissions, in chunks inside the database: what is counted is there, a backup has
//! it, and every replica sees it. A photo is a few hundred kilobytes; a district takes some thousand a year.

use api::forms::attachment::{
    Attachment, CHUNK_BYTES, MAX_ATTACHMENTS, MAX_SHEET_BYTES, NewAttachment,
};
use api::id::{MunicipalityId, SubmissionId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    ModelTrait, QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::files::FileFault;
use crate::hex::hex;
use crate::store::entity::forms::{attachment, attachment_chunk};
use crate::store::{Author, Store, StoreError, Write};

/// What became of a chunk.
#[derive(Clone, Debug, PartialEq)]
pub enum Chunk {
    /// Taken, or known already; this is held now.
    Held(Attachment),
    /// All of it came, and it is not what was announced: it begins anew.
    Different(Attachment),
    /// All of it came, and it is no file of the announced kind: it is forgotten.
    Refused(FileFault),
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

    /// Forgets what was announced before `before_ms` and never came whole; a device that still has it announces it
    /// anew. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_attachments(
        &self,
        before_ms: i64,
        now_ms: i64,
    ) -> Result<usize, StoreError> {
        let old = attachment::Entity::find()
            .filter(attachment::Column::CompletedMs.is_null())
            .filter(attachment::Column::CreatedMs.lt(before_ms))
            .order_by_asc(attachment::Column::CreatedMs)
            .limit(500)
            .all(&self.reader)
            .await?;
        let mut forgotten = 0;
        for row in old {
            let author = Author::system(MunicipalityId(row.municipality_id));
            let submission = SubmissionId(row.submission_id);
            let mut write = self.write(author, now_ms).await?;
            // Its last bytes may have come meanwhile.
            let now = write.attachment_row(submission, &row.hash).await?;
            if let Some(now) = now.filter(|now| now.completed_ms.is_none()) {
                write.forget_chunks(submission, &now.hash).await?;
                now.delete(&write.transaction).await?;
                write.commit().await?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }
}

impl Write {
    /// Announces a photo or file; one that is known stays as it is. `None` when the submission holds as many or as
    /// much as it may. Says also whether it is new.
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
        let sizes: Vec<i64> = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Bytes)
            .filter(attachment::Column::MunicipalityId.eq(self.municipality))
            .filter(attachment::Column::SubmissionId.eq(submission.0))
            .into_tuple()
            .all(&self.transaction)
            .await?;
        let bytes = sizes.iter().sum::<i64>().saturating_add(signed(new.bytes));
        if sizes.len() as u64 >= MAX_ATTACHMENTS || bytes > signed(MAX_SHEET_BYTES) {
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
            kept_hash: Set(None),
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
        self.insert_chunk(submission, hash, row.received, bytes)
            .await?;
        if end == row.bytes {
            return self.complete(row).await;
        }
        let mut row = row.into_active_model();
        row.received = Set(end);
        let held = row.update(&self.transaction).await?;
        Ok(Chunk::Held(travelling(held)))
    }

    /// All bytes came: are they what was announced, and a file of the announced kind?
    async fn complete(&mut self, row: attachment::Model) -> Result<Chunk, StoreError> {
        let (submission, hash) = (SubmissionId(row.submission_id), row.hash.clone());
        let content = content(&self.transaction, &row).await?;
        if hex(&Sha256::digest(&content)) != hash {
            self.forget_chunks(submission, &hash).await?;
            let mut row = row.into_active_model();
            row.received = Set(0);
            let held = row.update(&self.transaction).await?;
            return Ok(Chunk::Different(travelling(held)));
        }
        let length = content.len();
        let looked_at = match crate::files::looked_at(content, &row.content_type) {
            Ok(looked_at) => looked_at,
            Err(fault) => {
                self.forget_chunks(submission, &hash).await?;
                row.delete(&self.transaction).await?;
                return Ok(Chunk::Refused(fault));
            }
        };
        let kept_hash = hex(&Sha256::digest(&looked_at));
        let is_stripped = looked_at.len() != length || kept_hash != hash;
        if is_stripped {
            self.forget_chunks(submission, &hash).await?;
            for (part, bytes) in (0_i64..).zip(looked_at.chunks(CHUNK_BYTES as usize)) {
                let start = part * CHUNK_BYTES as i64;
                self.insert_chunk(submission, &hash, start, bytes).await?;
            }
        }
        let bytes = row.bytes;
        let mut row = row.into_active_model();
        row.received = Set(bytes);
        row.kept_hash = Set(is_stripped.then_some(kept_hash));
        row.completed_ms = Set(Some(self.now_ms));
        let held = row.update(&self.transaction).await?;
        Ok(Chunk::Held(travelling(held)))
    }

    async fn insert_chunk(
        &mut self,
        submission: SubmissionId,
        hash: &str,
        start: i64,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let chunk = attachment_chunk::ActiveModel {
            municipality_id: Set(self.municipality),
            submission_id: Set(submission.0),
            hash: Set(hash.to_owned()),
            start_byte: Set(start),
            content: Set(bytes.to_vec()),
        };
        attachment_chunk::Entity::insert(chunk)
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
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
