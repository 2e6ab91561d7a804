//! The register of documents.

use std::collections::HashMap;

use api::id::{DocumentId, MunicipalityId, OrganisationId};
use api::papers::document::{Document, NewDocument};
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use uuid::Uuid;

use super::file::files;
use crate::auth::{Place, Reach};
use crate::store::access::person;
use crate::store::entity::assessment::evidence;
use crate::store::entity::papers::document;
use crate::store::registry::organisation::short_names;
use crate::store::{Store, StoreError, Write};

impl Store {
    /// Documents of the municipality and of organisations within reach, those of the municipality first, then by
    /// organisation and title. Kinds are not named yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn documents(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
    ) -> Result<Vec<Document>, StoreError> {
        let rows = document::Entity::find()
            .filter(document::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?;
        let rows = rows
            .into_iter()
            .filter(|row| match row.organisation_id {
                Some(id) => reach.covers(Place::organisation(OrganisationId(id))),
                // Orders and regulations of the municipality are for every school.
                None => true,
            })
            .collect();
        documents(&self.reader, municipality.0, rows).await
    }

    /// Documents of the municipality itself that are in the register and published somewhere, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn published_documents(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Document>, StoreError> {
        let rows = document::Entity::find()
            .filter(document::Column::MunicipalityId.eq(municipality.0))
            .filter(document::Column::OrganisationId.is_null())
            .filter(document::Column::ArchivedMs.is_null())
            .filter(document::Column::Link.is_not_null())
            .all(&self.reader)
            .await?;
        let mut found = documents(&self.reader, municipality.0, rows).await?;
        // Stable: equals stay by title.
        found.sort_by(|one, other| other.date.cmp(&one.date));
        Ok(found)
    }

    /// One document.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn document(
        &self,
        municipality: MunicipalityId,
        id: DocumentId,
    ) -> Result<Option<Document>, StoreError> {
        let row = document::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        let found = documents(&self.reader, municipality.0, row.into_iter().collect()).await?;
        Ok(found.into_iter().next())
    }
}

impl Write {
    /// Registers a document.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken, `Dangling` for an unknown organisation or file.
    pub async fn add_document(&mut self, new: &NewDocument) -> Result<(), StoreError> {
        document::Entity::insert(document::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            organisation_id: Set(new.organisation.map(|id| id.0)),
            kind: Set(new.kind.clone()),
            title: Set(new.title.clone()),
            number: Set(new.number.clone()),
            date: Set(new.date.clone()),
            link: Set(new.link.clone()),
            file_id: Set(new.file.map(|id| id.0)),
            owner: Set(new.owner.clone()),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
            archived_ms: Set(None),
            archived_by: Set(None),
            archive_reason: Set(None),
        })
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Takes a document out of the register; evidence goes on pointing to it. Says whether it was in.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn archive_document(
        &mut self,
        id: DocumentId,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let row = document::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?;
        let Some(row) = row.filter(|row| row.archived_ms.is_none()) else {
            return Ok(false);
        };
        let mut row = row.into_active_model();
        row.archived_ms = Set(Some(self.now_ms));
        row.archived_by = Set(self.person);
        row.archive_reason = Set(Some(reason.to_owned()));
        row.update(&self.transaction).await?;
        Ok(true)
    }
}

async fn documents(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    rows: Vec<document::Model>,
) -> Result<Vec<Document>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let files = files(
        connection,
        municipality,
        rows.iter().filter_map(|row| row.file_id).collect(),
    )
    .await?;
    let people = person::names(connection, municipality).await?;
    let schools = short_names(connection, municipality).await?;
    let mut used: HashMap<Uuid, u32> = HashMap::new();
    for row in evidence::Entity::find()
        .filter(evidence::Column::MunicipalityId.eq(municipality))
        .filter(evidence::Column::DocumentId.is_not_null())
        .filter(evidence::Column::RemovedMs.is_null())
        .all(connection)
        .await?
    {
        if let Some(id) = row.document_id {
            *used.entry(id).or_default() += 1;
        }
    }
    let mut documents: Vec<Document> = rows
        .into_iter()
        .map(|row| Document {
            id: DocumentId(row.id),
            organisation: row.organisation_id.map(OrganisationId),
            organisation_name: row.organisation_id.and_then(|id| schools.get(&id).cloned()),
            kind_name: Text::new(row.kind.clone(), row.kind.clone()),
            kind: row.kind,
            title: row.title,
            number: row.number,
            date: row.date,
            link: row.link,
            file: row.file_id.and_then(|id| files.get(&id).cloned()),
            owner: row.owner,
            person_name: row.person_id.and_then(|id| people.get(&id).cloned()),
            at_ms: row.at_ms,
            used: used.get(&row.id).copied().unwrap_or_default(),
            archived_ms: row.archived_ms,
        })
        .collect();
    documents.sort_by(|a, b| {
        (&a.organisation_name, &a.title, a.at_ms).cmp(&(&b.organisation_name, &b.title, b.at_ms))
    });
    Ok(documents)
}
