//! Links by which somebody sets a login and a password.

use std::collections::HashMap;

use api::access::entry::{EntryLink, EntryState};
use api::id::{EntryLinkId, MunicipalityId, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use crate::auth::Token;
use crate::store::entity::access::{entry_link, login, person};
use crate::store::{Store, StoreError, Write, login_key};

/// A link, found by its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundEntry {
    /// Id.
    pub id: EntryLinkId,
    /// Whom it is for.
    pub person: PersonId,
    /// What became of it.
    pub state: EntryState,
    /// End of validity.
    pub expires_ms: i64,
}

impl Store {
    /// Links of a person, newest first, without their secrets.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn entry_links(
        &self,
        municipality: MunicipalityId,
        id: PersonId,
        now_ms: i64,
    ) -> Result<Vec<EntryLink>, StoreError> {
        let name = name_of_person(&self.reader, municipality.0, id.0).await?;
        Ok(entry_link::Entity::find()
            .filter(entry_link::Column::MunicipalityId.eq(municipality.0))
            .filter(entry_link::Column::PersonId.eq(id.0))
            .order_by_desc(entry_link::Column::CreatedMs)
            .order_by_desc(entry_link::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| described(row, name.clone(), now_ms))
            .collect())
    }

    /// The link of a secret.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn entry_link(
        &self,
        token: &Token,
        now_ms: i64,
    ) -> Result<Option<FoundEntry>, StoreError> {
        found(&self.reader, token.municipality().0, token, now_ms).await
    }

    /// Has nobody this login yet?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_login_free(&self, typed: &str) -> Result<bool, StoreError> {
        Ok(login::Entity::find_by_id(login_key(typed))
            .one(&self.reader)
            .await?
            .is_none())
    }
}

impl Write {
    /// Issues a link; whatever was issued to the person before stops holding. Repeated with the same id, the secret
    /// of before stops working and this one holds: the answer that carried the first may have been lost.
    ///
    /// # Errors
    /// `Duplicate` when the id was used for another person, or the link was used already.
    pub async fn issue_entry_link(
        &mut self,
        (id, person): (EntryLinkId, PersonId),
        token: &Token,
        expires_ms: i64,
    ) -> Result<EntryLink, StoreError> {
        self.replace_entry_links(person).await?;
        let known = entry_link::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?;
        let row = match known {
            Some(known) if known.person_id == person.0 && known.used_ms.is_none() => {
                let mut row = known.into_active_model();
                row.token_hash = Set(token.hash());
                row.expires_ms = Set(expires_ms);
                row.replaced_ms = Set(None);
                row.update(&self.transaction).await?
            }
            // An id that is taken for something else fails as a duplicate.
            _ => {
                entry_link::ActiveModel {
                    municipality_id: Set(self.municipality),
                    id: Set(id.0),
                    person_id: Set(person.0),
                    token_hash: Set(token.hash()),
                    created_by: Set(self.person.unwrap_or_default()),
                    created_ms: Set(self.now_ms),
                    expires_ms: Set(expires_ms),
                    used_ms: Set(None),
                    replaced_ms: Set(None),
                }
                .insert(&self.transaction)
                .await?
            }
        };
        let name = name_of_person(&self.transaction, self.municipality, person.0).await?;
        Ok(described(row, name, self.now_ms))
    }

    /// Voids the open links of a person. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn replace_entry_links(&mut self, person: PersonId) -> Result<u64, StoreError> {
        let done = entry_link::Entity::update_many()
            .col_expr(entry_link::Column::ReplacedMs, Expr::value(self.now_ms))
            .filter(entry_link::Column::MunicipalityId.eq(self.municipality))
            .filter(entry_link::Column::PersonId.eq(person.0))
            .filter(entry_link::Column::UsedMs.is_null())
            .filter(entry_link::Column::ReplacedMs.is_null())
            .exec(&self.transaction)
            .await?;
        Ok(done.rows_affected)
    }

    /// Whom a link is for.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn entry_person(&mut self, id: EntryLinkId) -> Result<Option<PersonId>, StoreError> {
        Ok(entry_link::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .map(|row| PersonId(row.person_id)))
    }

    /// The link of a secret.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn entry_link(&mut self, token: &Token) -> Result<Option<FoundEntry>, StoreError> {
        found(&self.transaction, self.municipality, token, self.now_ms).await
    }

    /// Notes that a link was used.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn use_entry_link(&mut self, id: EntryLinkId) -> Result<(), StoreError> {
        entry_link::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            used_ms: Set(Some(self.now_ms)),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }
}

/// What became of the last link of each person who was issued one.
pub(in crate::store) async fn last_entries(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    now_ms: i64,
) -> Result<HashMap<Uuid, EntryState>, StoreError> {
    Ok(entry_link::Entity::find()
        .filter(entry_link::Column::MunicipalityId.eq(municipality))
        .order_by_asc(entry_link::Column::CreatedMs)
        .order_by_asc(entry_link::Column::Id)
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.person_id, state(&row, now_ms)))
        .collect())
}

async fn found(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    token: &Token,
    now_ms: i64,
) -> Result<Option<FoundEntry>, StoreError> {
    Ok(entry_link::Entity::find()
        .filter(entry_link::Column::MunicipalityId.eq(municipality))
        .filter(entry_link::Column::TokenHash.eq(token.hash()))
        .one(connection)
        .await?
        .map(|row| FoundEntry {
            id: EntryLinkId(row.id),
            person: PersonId(row.person_id),
            state: state(&row, now_ms),
            expires_ms: row.expires_ms,
        }))
}

async fn name_of_person(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    person: Uuid,
) -> Result<String, StoreError> {
    Ok(person::Entity::find_by_id((municipality, person))
        .one(connection)
        .await?
        .map(|row| row.name)
        .unwrap_or_default())
}

fn state(row: &entry_link::Model, now_ms: i64) -> EntryState {
    if row.used_ms.is_some() {
        EntryState::Used
    } else if row.replaced_ms.is_some() {
        EntryState::Replaced
    } else if now_ms >= row.expires_ms {
        EntryState::Expired
    } else {
        EntryState::Open
    }
}

fn described(row: entry_link::Model, person_name: String, now_ms: i64) -> EntryLink {
    EntryLink {
        id: EntryLinkId(row.id),
        person: PersonId(row.person_id),
        person_name,
        created_ms: row.created_ms,
        expires_ms: row.expires_ms,
        state: state(&row, now_ms),
        link: None,
        qr_svg: None,
    }
}
