//! Imports: what was brought, recognised, confirmed and undone.

use api::id::{ImportId, MunicipalityId};
use api::results::import::{Import, ImportState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::HashMap;
use uuid::Uuid;

use crate::store::entity::access::person;
use crate::store::entity::results::result_import;
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

/// An import to be stored.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// As it will be shown; `person_name` and `same_as` are found anew at each reading.
    pub import: Import,
    /// SHA-256 of the file.
    pub content_hash: Vec<u8>,
    /// The file itself until it is confirmed; none when it may not be kept.
    pub payload: Option<Vec<u8>>,
}

impl Store {
    /// Imports, newest first, without previews.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn imports(&self, municipality: MunicipalityId) -> Result<Vec<Import>, StoreError> {
        let rows = result_import::Entity::find()
            .filter(result_import::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(result_import::Column::AtMs)
            .order_by_desc(result_import::Column::Id)
            .limit(500)
            .all(&self.reader)
            .await?;
        let names: HashMap<Uuid, String> = person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
        rows.into_iter()
            .map(|row| {
                let name = row.person_id.and_then(|id| names.get(&id).cloned());
                let mut import = import(row, name, None)?;
                import.preview = None;
                import.problems.clear();
                Ok(import)
            })
            .collect()
    }

    /// One import in full.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import(
        &self,
        municipality: MunicipalityId,
        id: ImportId,
    ) -> Result<Option<Import>, StoreError> {
        read(&self.reader, municipality.0, id).await
    }

    /// SHA-256 of the file of an import.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_hash(
        &self,
        municipality: MunicipalityId,
        id: ImportId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row = result_import::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        Ok(row.map(|row| row.content_hash))
    }

    /// The kept file of a checked import.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_payload(
        &self,
        municipality: MunicipalityId,
        id: ImportId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row = result_import::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        Ok(row.and_then(|row| row.payload))
    }

    /// A confirmed import of the same file, if there is one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn confirmed_import(
        &self,
        municipality: MunicipalityId,
        content_hash: &[u8],
    ) -> Result<Option<(ImportId, String)>, StoreError> {
        let row = same_content(&self.reader, municipality.0, content_hash, None).await?;
        Ok(row
            .filter(|row| row.confirmed_ms.is_some() && row.undone_ms.is_none())
            .map(|row| (ImportId(row.id), row.file_name)))
    }

    /// Forgets what unconfirmed imports from before `before_ms` keep; returns how many there were.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_imports(&self, before_ms: i64, now_ms: i64) -> Result<u64, StoreError> {
        let checked = name_of(&ImportState::Checked)?;
        let old = result_import::Entity::find()
            .filter(result_import::Column::State.eq(checked))
            .filter(result_import::Column::AtMs.lt(before_ms))
            .order_by_asc(result_import::Column::AtMs)
            .limit(500)
            .all(&self.reader)
            .await?;
        let mut forgotten = 0;
        for row in old {
            let author = super::super::Author::system(MunicipalityId(row.municipality_id));
            let id = ImportId(row.id);
            let mut write = self.write(author, now_ms).await?;
            // Somebody may have confirmed it meanwhile.
            let state = write.import(id).await?.map(|import| import.state);
            if state == Some(ImportState::Checked) {
                write.set_import_state(id, ImportState::Undone, 0).await?;
                let details = serde_json::json!({ "unconfirmed": true });
                write
                    .audit("import.expire", format!("import {id}"), details)
                    .await?;
                write.commit().await?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }
}

impl Write {
    /// Stores a checked import.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken.
    pub async fn add_import(&mut self, new: &NewImport) -> Result<(), StoreError> {
        let import = &new.import;
        let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
        result_import::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(import.id.0),
            file_name: Set(import.file_name.clone()),
            bytes: Set(i64::try_from(import.bytes).unwrap_or(i64::MAX)),
            content_hash: Set(new.content_hash.clone()),
            state: Set(name_of(&import.state)?),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
            confirmed_ms: Set(None),
            undone_ms: Set(None),
            structure: Set(import
                .structure
                .as_ref()
                .map(serde_json::to_string)
                .transpose()?),
            preview: Set(import
                .preview
                .as_ref()
                .map(serde_json::to_string)
                .transpose()?),
            problems: Set(serde_json::to_string(&import.problems)?),
            problem_count: Set(number(import.problem_count)),
            error_count: Set(number(import.error_count)),
            row_count: Set(number(import.row_count)),
            payload: Set(new.payload.clone()),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// One import as this change sees it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import(&self, id: ImportId) -> Result<Option<Import>, StoreError> {
        read(&self.transaction, self.municipality, id).await
    }

    /// Moves an import on: confirmed with so many rows, or undone. The kept file goes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_import_state(
        &mut self,
        id: ImportId,
        state: ImportState,
        row_count: u32,
    ) -> Result<(), StoreError> {
        let mut row = result_import::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            state: Set(name_of(&state)?),
            payload: Set(None),
            ..Default::default()
        };
        match state {
            ImportState::Confirmed => {
                row.confirmed_ms = Set(Some(self.now_ms));
                row.row_count = Set(i32::try_from(row_count).unwrap_or(i32::MAX));
            }
            ImportState::Undone => {
                row.undone_ms = Set(Some(self.now_ms));
                row.preview = Set(None);
            }
            ImportState::Checked => {}
        }
        row.update(&self.transaction).await?;
        Ok(())
    }
}

/// The newest other import with the same content; a confirmed one before all others.
async fn same_content(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    content_hash: &[u8],
    except: Option<Uuid>,
) -> Result<Option<result_import::Model>, StoreError> {
    let rows = result_import::Entity::find()
        .filter(result_import::Column::MunicipalityId.eq(municipality))
        .filter(result_import::Column::ContentHash.eq(content_hash.to_vec()))
        .order_by_desc(result_import::Column::AtMs)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter(|row| Some(row.id) != except)
        .max_by_key(|row| {
            let in_force = row.confirmed_ms.is_some() && row.undone_ms.is_none();
            (in_force, row.at_ms)
        }))
}

async fn read(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    id: ImportId,
) -> Result<Option<Import>, StoreError> {
    let Some(row) = result_import::Entity::find_by_id((municipality, id.0))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let name = match row.person_id {
        Some(person) => person::Entity::find_by_id((municipality, person))
            .one(connection)
            .await?
            .map(|person| person.name),
        None => None,
    };
    let same = same_content(connection, municipality, &row.content_hash, Some(row.id)).await?;
    import(row, name, same.map(|row| ImportId(row.id))).map(Some)
}

fn import(
    row: result_import::Model,
    person_name: Option<String>,
    same_as: Option<ImportId>,
) -> Result<Import, StoreError> {
    Ok(Import {
        id: ImportId(row.id),
        file_name: row.file_name,
        bytes: row.bytes.unsigned_abs(),
        state: named(&row.state)?,
        person_name: person_name.unwrap_or_default(),
        at_ms: row.at_ms,
        structure: row.structure.as_deref().map(document).transpose()?,
        preview: row.preview.as_deref().map(document).transpose()?,
        problems: document(&row.problems)?,
        problem_count: row.problem_count.unsigned_abs(),
        error_count: row.error_count.unsigned_abs(),
        row_count: row.row_count.unsigned_abs(),
        same_as,
    })
}
