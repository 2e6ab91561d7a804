//! Lists of the office that were brought as spreadsheets: the file until it is confirmed, and what stood before.

use api::id::{MunicipalityId, OrganisationId, TableImportId};
use api::registry::organisation::Organisation;
use api::registry::table_import::{TableColumn, TableImport, TableImportState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder,
};
use serde::{Deserialize, Serialize};

use crate::store::access::person::names_of;
use crate::store::entity::registry::{organisation, organisation_change, table_import};
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

/// An import with its file.
#[derive(Clone, Debug)]
pub struct StoredTable {
    /// What is told of it, without its content.
    pub import: TableImport,
    /// The file; absent once it was confirmed.
    pub content: Option<Vec<u8>>,
    /// What its columns are taken for.
    pub columns: Vec<TableColumn>,
    /// SHA-256 of the file, hex.
    pub content_hash: String,
    /// What it did to schools.
    pub effect: Vec<SchoolEffect>,
}

/// What an import did to a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchoolEffect {
    /// What stood before; absent for a school that it brought.
    pub before: Option<Organisation>,
    /// What stands after.
    pub after: Organisation,
}

/// Rows of an import: new, changed, the same, left out.
pub type RowCounts = [u32; 4];

/// A file that was brought.
#[derive(Clone, Debug)]
pub struct NewTable {
    /// Id.
    pub id: TableImportId,
    /// Which list.
    pub register: &'static str,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hex.
    pub content_hash: String,
    /// The file.
    pub content: Vec<u8>,
    /// What its columns are taken for.
    pub columns: Vec<TableColumn>,
    /// What becomes of its rows.
    pub counts: RowCounts,
}

impl Store {
    /// Imports of a list, newest first, without their content.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn table_imports(
        &self,
        municipality: MunicipalityId,
        register: &str,
    ) -> Result<Vec<TableImport>, StoreError> {
        let rows = table_import::Entity::find()
            .filter(table_import::Column::MunicipalityId.eq(municipality.0))
            .filter(table_import::Column::Register.eq(register))
            .order_by_desc(table_import::Column::CreatedMs)
            .order_by_desc(table_import::Column::Id)
            .all(&self.reader)
            .await?;
        let people = rows.iter().map(|row| row.created_by);
        let names = names_of(&self.reader, municipality.0, people).await?;
        rows.iter()
            .map(|row| told(row, names.get(&row.created_by).cloned()))
            .collect()
    }

    /// One import with its file.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn table_import(
        &self,
        municipality: MunicipalityId,
        id: TableImportId,
    ) -> Result<Option<StoredTable>, StoreError> {
        stored(&self.reader, municipality, id).await
    }

    /// What somebody took the columns of earlier files of a list for, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn table_columns(
        &self,
        municipality: MunicipalityId,
        register: &str,
    ) -> Result<Vec<TableColumn>, StoreError> {
        let rows = table_import::Entity::find()
            .filter(table_import::Column::MunicipalityId.eq(municipality.0))
            .filter(table_import::Column::Register.eq(register))
            .filter(table_import::Column::State.eq(name_of(&TableImportState::Confirmed)?))
            .order_by_desc(table_import::Column::CreatedMs)
            .all(&self.reader)
            .await?;
        let mut columns = Vec::new();
        for row in rows {
            columns.extend(document::<Vec<TableColumn>>(&row.columns)?);
        }
        Ok(columns)
    }

    /// Forgets files that were brought before this and that nobody confirmed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_table_imports(&self, before_ms: i64) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let done = table_import::Entity::delete_many()
            .filter(table_import::Column::State.eq(name_of(&TableImportState::Checked)?))
            .filter(table_import::Column::CreatedMs.lt(before_ms))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected)
    }
}

impl Write {
    /// One import as this change finds it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn table_import(
        &mut self,
        id: TableImportId,
    ) -> Result<Option<StoredTable>, StoreError> {
        stored(&self.transaction, MunicipalityId(self.municipality), id).await
    }

    /// Keeps a file that was brought.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken.
    pub async fn add_table_import(&mut self, new: NewTable) -> Result<(), StoreError> {
        table_import::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            register: Set(new.register.to_owned()),
            file_name: Set(new.file_name),
            content_hash: Set(new.content_hash),
            content: Set(Some(new.content)),
            columns: Set(serde_json::to_string(&new.columns)?),
            state: Set(name_of(&TableImportState::Checked)?),
            created_by: Set(self.person.unwrap_or_default()),
            created_ms: Set(self.now_ms),
            counts: Set(serde_json::to_string(&new.counts)?),
            effect: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// Takes the columns for something else.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_table_columns(
        &mut self,
        id: TableImportId,
        columns: &[TableColumn],
        counts: RowCounts,
    ) -> Result<(), StoreError> {
        table_import::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            columns: Set(serde_json::to_string(columns)?),
            counts: Set(serde_json::to_string(&counts)?),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    /// Notes what an import did; its file is forgotten.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn table_import_confirmed(
        &mut self,
        id: TableImportId,
        counts: RowCounts,
        effect: &[SchoolEffect],
    ) -> Result<(), StoreError> {
        table_import::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            content: Set(None),
            state: Set(name_of(&TableImportState::Confirmed)?),
            counts: Set(serde_json::to_string(&counts)?),
            effect: Set(Some(serde_json::to_string(effect)?)),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    /// Notes that an import was undone.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn table_import_undone(&mut self, id: TableImportId) -> Result<(), StoreError> {
        table_import::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            content: Set(None),
            state: Set(name_of(&TableImportState::Undone)?),
            effect: Set(None),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    /// Removes a school that nothing refers to, with its history.
    ///
    /// # Errors
    /// `Dangling` when something refers to it.
    pub async fn remove_organisation(&mut self, id: OrganisationId) -> Result<(), StoreError> {
        organisation_change::Entity::delete_many()
            .filter(organisation_change::Column::MunicipalityId.eq(self.municipality))
            .filter(organisation_change::Column::OrganisationId.eq(id.0))
            .exec(&self.transaction)
            .await?;
        organisation::Entity::delete_by_id((self.municipality, id.0))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }
}

async fn stored(
    connection: &impl ConnectionTrait,
    municipality: MunicipalityId,
    id: TableImportId,
) -> Result<Option<StoredTable>, StoreError> {
    let Some(row) = table_import::Entity::find_by_id((municipality.0, id.0))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let mut names = names_of(connection, municipality.0, [row.created_by]).await?;
    Ok(Some(StoredTable {
        import: told(&row, names.remove(&row.created_by))?,
        columns: document(&row.columns)?,
        effect: match &row.effect {
            Some(effect) => document(effect)?,
            None => Vec::new(),
        },
        content_hash: row.content_hash,
        content: row.content,
    }))
}

fn told(row: &table_import::Model, name: Option<String>) -> Result<TableImport, StoreError> {
    let [new, changed, same, left_out]: RowCounts = document(&row.counts)?;
    Ok(TableImport {
        id: TableImportId(row.id),
        file_name: row.file_name.clone(),
        state: named(&row.state)?,
        person_name: name.unwrap_or_default(),
        at_ms: row.created_ms,
        new,
        changed,
        same,
        left_out,
        content: None,
    })
}
