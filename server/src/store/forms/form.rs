//! Published forms: a version never changes.

use api::forms::form::FormLabel;
use api::id::MunicipalityId;
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};

use crate::hex::hex;
use crate::store::entity::forms::form;
use crate::store::registry::organisation::count;
use crate::store::{Store, StoreError, Write};

/// A version of a form to be published.
#[derive(Clone, Debug)]
pub struct NewForm {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Title.
    pub title: Text,
    /// `observation`, `self_assessment`, `mechanisms`, `context` or `other`.
    pub purpose: String,
    /// Kinds of procedures it is made for, by name.
    pub procedure_kinds: Vec<String>,
    /// Number of questions.
    pub questions: u32,
    /// The document, JSON.
    pub document: String,
}

impl Store {
    /// Published forms, by id, newest version first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forms(&self, municipality: MunicipalityId) -> Result<Vec<FormLabel>, StoreError> {
        Ok(form::Entity::find()
            .filter(form::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(form::Column::Id)
            .order_by_desc(form::Column::PublishedMs)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| FormLabel {
                id: row.id,
                version: row.version,
                title: Text::new(row.title_ru, row.title_en),
                purpose: row.purpose,
                questions: row.questions.unsigned_abs(),
                hash: row.hash,
            })
            .collect())
    }

    /// The document of one version, and its hash.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn form_document(
        &self,
        municipality: MunicipalityId,
        id: &str,
        version: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        let key = (municipality.0, id.to_owned(), version.to_owned());
        Ok(form::Entity::find_by_id(key)
            .one(&self.reader)
            .await?
            .map(|row| (row.document, row.hash)))
    }
}

impl Write {
    /// Publishes a version; publishing the same document again is harmless.
    ///
    /// # Errors
    /// `Duplicate` when the version is published with another document.
    pub async fn publish_form(&mut self, new: &NewForm) -> Result<(), StoreError> {
        let hash = hex(&Sha256::digest(new.document.as_bytes()));
        let key = (self.municipality, new.id.clone(), new.version.clone());
        let known = form::Entity::find_by_id(key).one(&self.transaction).await?;
        if known.is_some_and(|known| known.hash == hash) {
            return Ok(());
        }
        form::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.clone()),
            version: Set(new.version.clone()),
            title_ru: Set(new.title.ru.clone()),
            title_en: Set(new.title.en.clone()),
            purpose: Set(new.purpose.clone()),
            procedure_kinds: Set(serde_json::to_string(&new.procedure_kinds)?),
            questions: Set(count(new.questions)),
            document: Set(new.document.clone()),
            hash: Set(hash),
            published_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }
}
