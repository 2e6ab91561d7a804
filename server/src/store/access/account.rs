//! Cards of people, whether they may sign in, and the devices where they are signed in.

use api::access::account::OpenSession;
use api::access::person::{PersonDetails, Standing};
use api::id::{MunicipalityId, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::hex::hex;
use crate::store::entity::access::{login, person, session};
use crate::store::name::{name_of, named};
use crate::store::{Store, StoreError, Write};

/// A card as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPerson {
    /// The card.
    pub details: PersonDetails,
    /// May the person sign in?
    pub standing: Standing,
    /// Login.
    pub login: Option<String>,
}

impl Store {
    /// One card.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn card(
        &self,
        municipality: MunicipalityId,
        id: PersonId,
    ) -> Result<Option<StoredPerson>, StoreError> {
        card(&self.reader, municipality.0, id).await
    }

    /// Hash of a person's password, for whoever has one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn password_hash(
        &self,
        municipality: MunicipalityId,
        id: PersonId,
    ) -> Result<Option<String>, StoreError> {
        let row = login_of(&self.reader, municipality.0, id).await?;
        Ok(row.map(|row| row.password_hash))
    }

    /// Sessions of a person that have not ended, the last used first; `own` is the one that asks.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn open_sessions(
        &self,
        municipality: MunicipalityId,
        id: PersonId,
        own: &[u8],
        now_ms: i64,
    ) -> Result<Vec<OpenSession>, StoreError> {
        Ok(session::Entity::find()
            .filter(session::Column::MunicipalityId.eq(municipality.0))
            .filter(session::Column::PersonId.eq(id.0))
            .order_by_desc(session::Column::SeenMs)
            .all(&self.reader)
            .await?
            .into_iter()
            .filter(|row| now_ms < row.ends_ms && now_ms < row.seen_ms + row.idle_ms)
            .map(|row| OpenSession {
                id: hex(&row.token_hash),
                device: row.device,
                created_ms: row.created_ms,
                seen_ms: row.seen_ms,
                is_this: row.token_hash == own,
            })
            .collect())
    }
}

impl Write {
    /// One card as this change leaves it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn card(&mut self, id: PersonId) -> Result<Option<StoredPerson>, StoreError> {
        card(&self.transaction, self.municipality, id).await
    }

    /// Somebody who works here under this name, written with other capitals or spaces too.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn namesake(
        &mut self,
        name: &str,
        except: PersonId,
    ) -> Result<Option<PersonId>, StoreError> {
        let wanted = name_key(name);
        Ok(person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(self.municipality))
            .filter(person::Column::LeftMs.is_null())
            .all(&self.transaction)
            .await?
            .into_iter()
            .find(|row| row.id != except.0 && name_key(&row.name) == wanted)
            .map(|row| PersonId(row.id)))
    }

    /// Enters a card under a new id.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken.
    pub async fn enter_person(
        &mut self,
        id: PersonId,
        details: &PersonDetails,
    ) -> Result<(), StoreError> {
        person::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            name: Set(details.name.clone()),
            phone: Set(details.phone.clone()),
            language: Set(name_of(&details.language)?),
            active: Set(true),
            about_ru: Set(None),
            about_en: Set(None),
            position: Set(details.position.clone()),
            email: Set(details.email.clone()),
            left_ms: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// Changes a card.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_details(
        &mut self,
        id: PersonId,
        details: &PersonDetails,
    ) -> Result<(), StoreError> {
        person::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            name: Set(details.name.clone()),
            phone: Set(details.phone.clone()),
            language: Set(name_of(&details.language)?),
            position: Set(details.position.clone()),
            email: Set(details.email.clone()),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    /// Changes whether a person may sign in; whoever may not is out at once, and links that were issued stop holding.
    /// Whoever is let go loses roles and login: both can be given anew, the login to anybody.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_standing(
        &mut self,
        id: PersonId,
        standing: Standing,
    ) -> Result<(), StoreError> {
        person::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            active: Set(standing == Standing::Active),
            left_ms: Set((standing == Standing::Left).then_some(self.now_ms)),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        if standing == Standing::Left {
            self.take_roles(id).await?;
            login::Entity::delete_many()
                .filter(login::Column::MunicipalityId.eq(self.municipality))
                .filter(login::Column::PersonId.eq(id.0))
                .exec(&self.transaction)
                .await?;
        }
        if standing != Standing::Active {
            self.end_sessions(id, None).await?;
            self.replace_entry_links(id).await?;
        }
        self.has_callers = true;
        Ok(())
    }

    /// Ends sessions of a person: all, or all but one. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_sessions(
        &mut self,
        person: PersonId,
        except: Option<&[u8]>,
    ) -> Result<u64, StoreError> {
        let mut query = session::Entity::delete_many()
            .filter(session::Column::MunicipalityId.eq(self.municipality))
            .filter(session::Column::PersonId.eq(person.0));
        if let Some(except) = except {
            query = query.filter(session::Column::TokenHash.ne(except.to_vec()));
        }
        let done = query.exec(&self.transaction).await?;
        self.has_callers = true;
        Ok(done.rows_affected)
    }

    /// Ends the session of this name, if it is the person's. Returns whether there was one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_session_named(
        &mut self,
        person: PersonId,
        name: &str,
    ) -> Result<bool, StoreError> {
        let rows = session::Entity::find()
            .filter(session::Column::MunicipalityId.eq(self.municipality))
            .filter(session::Column::PersonId.eq(person.0))
            .all(&self.transaction)
            .await?;
        let Some(row) = rows.into_iter().find(|row| hex(&row.token_hash) == name) else {
            return Ok(false);
        };
        session::Entity::delete_by_id((self.municipality, row.token_hash))
            .exec(&self.transaction)
            .await?;
        self.has_callers = true;
        Ok(true)
    }

    /// Changes the password of somebody who has a login. Returns whether there was one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_password(
        &mut self,
        person: PersonId,
        password_hash: String,
    ) -> Result<bool, StoreError> {
        let Some(found) = login_of(&self.transaction, self.municipality, person).await? else {
            return Ok(false);
        };
        let mut row = found.into_active_model();
        row.password_hash = Set(password_hash);
        row.changed_ms = Set(self.now_ms);
        row.update(&self.transaction).await?;
        Ok(true)
    }
}

/// Names are compared without regard to case, to «ё», and to how many spaces stand between words.
fn name_key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase().replace('ё', "е")
}

async fn login_of(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    person: PersonId,
) -> Result<Option<login::Model>, StoreError> {
    Ok(login::Entity::find()
        .filter(login::Column::MunicipalityId.eq(municipality))
        .filter(login::Column::PersonId.eq(person.0))
        .one(connection)
        .await?)
}

async fn card(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    id: PersonId,
) -> Result<Option<StoredPerson>, StoreError> {
    let Some(row) = person::Entity::find_by_id((municipality, id.0))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let login = login_of(connection, municipality, id).await?;
    Ok(Some(StoredPerson {
        standing: standing(&row),
        details: PersonDetails {
            name: row.name,
            position: row.position,
            email: row.email,
            phone: row.phone,
            language: named(&row.language)?,
        },
        login: login.map(|row| row.login),
    }))
}

/// Whether the person of a row may sign in.
pub(in crate::store) fn standing(row: &person::Model) -> Standing {
    match (row.active, row.left_ms) {
        (true, _) => Standing::Active,
        (false, None) => Standing::Blocked,
        (false, Some(_)) => Standing::Left,
    }
}
