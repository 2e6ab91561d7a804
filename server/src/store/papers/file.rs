//! Files brought for documents and evidence. The rows say whose they are; the content lies in the object store.

use std::collections::HashMap;

use api::id::{FileId, MunicipalityId, PersonId};
use api::papers::document::StoredFile;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::store::entity::papers::file_upload;
use crate::store::{Store, StoreError, Write};

impl Store {
    /// A file and who brought it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn file(
        &self,
        municipality: MunicipalityId,
        id: FileId,
    ) -> Result<Option<(StoredFile, Option<PersonId>)>, StoreError> {
        Ok(file_upload::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .map(|row| {
                let person = row.person_id.map(PersonId);
                (file(row), person)
            }))
    }
}

impl Write {
    /// Stores the record of a file whose content is in the object store.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken.
    pub async fn add_file(&mut self, new: &StoredFile) -> Result<(), StoreError> {
        file_upload::Entity::insert(file_upload::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            content_hash: Set(new.hash.clone()),
            name: Set(new.name.clone()),
            media_type: Set(new.media_type.clone()),
            bytes: Set(i64::try_from(new.bytes).unwrap_or(i64::MAX)),
            scanned: Set(new.scanned),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
        })
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

pub(in crate::store) fn file(row: file_upload::Model) -> StoredFile {
    StoredFile {
        id: FileId(row.id),
        name: row.name,
        media_type: row.media_type,
        bytes: row.bytes.unsigned_abs(),
        hash: row.content_hash,
        scanned: row.scanned,
    }
}

/// The files of these ids.
pub(in crate::store) async fn files(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, StoredFile>, StoreError> {
    let mut files = HashMap::new();
    for part in ids.chunks(1_000) {
        let rows = file_upload::Entity::find()
            .filter(file_upload::Column::MunicipalityId.eq(municipality))
            .filter(file_upload::Column::Id.is_in(part.iter().copied()))
            .all(connection)
            .await?;
        files.extend(rows.into_iter().map(|row| (row.id, file(row))));
    }
    Ok(files)
}
