//! Personal invitations, bound to the first tablet that uses them.

use api::access::invitation::{Invitation, NewInvitation};
use api::id::{EventId, InvitationId, MunicipalityId, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};

use super::person::names;
use crate::auth::Token;
use crate::store::entity::access::{invitation, person};
use crate::store::{Store, StoreError, Write};

/// What became of an attempt to enter by invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Welcome.
    Person {
        /// Who.
        person: PersonId,
        /// Until when the invitation holds.
        expires_ms: i64,
    },
    /// There is no such invitation, or its person is blocked.
    Unknown,
    /// It is past its end.
    Expired,
    /// Another tablet has used it before.
    OtherDevice,
}

impl Store {
    /// Invitations, newest first, without their secrets.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn invitations(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Invitation>, StoreError> {
        let rows = invitation::Entity::find()
            .filter(invitation::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(invitation::Column::CreatedMs)
            .order_by_desc(invitation::Column::Id)
            .all(&self.reader)
            .await?;
        let names = names(&self.reader, municipality.0).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let name = names.get(&row.person_id).cloned().unwrap_or_default();
                described(row, name)
            })
            .collect())
    }
}

impl Write {
    /// Stores an invitation with the hash of its secret. Repeated with the same id, the secret of before
    /// stops working and this one holds: the answer that carried the first may have been lost.
    ///
    /// # Errors
    /// `Dangling` for an unknown person or event, `Duplicate` when the id was used for another person,
    /// event, or an invitation that is in use.
    pub async fn invite(
        &mut self,
        new: &NewInvitation,
        token: &Token,
        expires_ms: i64,
    ) -> Result<Invitation, StoreError> {
        let name = person::Entity::find_by_id((self.municipality, new.person.0))
            .one(&self.transaction)
            .await?
            .map(|person| person.name)
            .unwrap_or_default();
        let known = invitation::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        let row = match known {
            Some(known)
                if known.person_id == new.person.0
                    && known.event_id == new.event.0
                    && known.used_ms.is_none() =>
            {
                let mut row = known.into_active_model();
                row.token_hash = Set(token.hash());
                row.expires_ms = Set(expires_ms);
                row.update(&self.transaction).await?
            }
            // An id that is taken for something else fails as a duplicate.
            _ => {
                invitation::ActiveModel {
                    municipality_id: Set(self.municipality),
                    id: Set(new.id.0),
                    person_id: Set(new.person.0),
                    event_id: Set(new.event.0),
                    token_hash: Set(token.hash()),
                    created_by: Set(self.person.unwrap_or_default()),
                    created_ms: Set(self.now_ms),
                    expires_ms: Set(expires_ms),
                    used_ms: Set(None),
                    device_hash: Set(None),
                }
                .insert(&self.transaction)
                .await?
            }
        };
        Ok(described(row, name))
    }

    /// Uses an invitation from a tablet; the first one binds it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn enter(&mut self, token: &Token, device: &Token) -> Result<Entry, StoreError> {
        let Some(row) = by_token(&self.transaction, self.municipality, token).await? else {
            return Ok(Entry::Unknown);
        };
        let active = person::Entity::find_by_id((self.municipality, row.person_id))
            .one(&self.transaction)
            .await?
            .is_some_and(|person| person.active);
        if !active {
            return Ok(Entry::Unknown);
        }
        if self.now_ms >= row.expires_ms {
            return Ok(Entry::Expired);
        }
        let (person, expires_ms) = (PersonId(row.person_id), row.expires_ms);
        match &row.device_hash {
            Some(bound) if *bound != device.hash() => return Ok(Entry::OtherDevice),
            Some(_) => {}
            None => {
                let used_ms = self.now_ms;
                let mut row = row.into_active_model();
                row.device_hash = Set(Some(device.hash()));
                row.used_ms = Set(Some(used_ms));
                row.update(&self.transaction).await?;
            }
        }
        Ok(Entry::Person { person, expires_ms })
    }
}

async fn by_token(
    connection: &impl ConnectionTrait,
    municipality: uuid::Uuid,
    token: &Token,
) -> Result<Option<invitation::Model>, StoreError> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::MunicipalityId.eq(municipality))
        .filter(invitation::Column::TokenHash.eq(token.hash()))
        .one(connection)
        .await?)
}

fn described(row: invitation::Model, person_name: String) -> Invitation {
    Invitation {
        id: InvitationId(row.id),
        person: PersonId(row.person_id),
        person_name,
        event: EventId(row.event_id),
        expires_ms: row.expires_ms,
        used_ms: row.used_ms,
        link: None,
        qr_svg: None,
    }
}
