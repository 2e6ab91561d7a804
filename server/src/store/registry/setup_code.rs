//! One-time codes by which an office is founded, and founding itself.

use api::access::session::Role;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait,
    QueryFilter, QueryOrder, sea_query::Expr,
};
use sha2::{Digest, Sha256};

use super::municipality::Municipality;
use crate::hex::hex;
use crate::store::entity::access::{login, person, role_grant, setup_code};
use crate::store::entity::head;
use crate::store::entity::registry::municipality;
use crate::store::name::name_of;
use crate::store::write::Company;
use crate::store::{Author, Store, StoreError, Write};

/// Why a code does not found an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// It holds.
    Open,
    /// Nobody issued it.
    Unknown,
    /// Its time is over.
    Expired,
    /// A newer one was issued.
    Replaced,
    /// An office was founded with it.
    Used,
}

fn hash(code: &str) -> String {
    hex(&Sha256::digest(code.trim().to_lowercase().as_bytes()))
}

impl Store {
    /// Stores a code; every other one stops holding.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn issue_setup_code(
        &self,
        code: &str,
        now_ms: i64,
        expires_ms: i64,
    ) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        setup_code::Entity::update_many()
            .col_expr(setup_code::Column::ReplacedMs, Expr::value(now_ms))
            .filter(setup_code::Column::ReplacedMs.is_null())
            .filter(setup_code::Column::UsedMs.is_null())
            .exec(&transaction)
            .await?;
        setup_code::ActiveModel {
            code_hash: Set(hash(code)),
            created_ms: Set(now_ms),
            expires_ms: Set(expires_ms),
            used_ms: Set(None),
            replaced_ms: Set(None),
        }
        .insert(&transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Does a code hold?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn setup_code_state(&self, code: &str, now_ms: i64) -> Result<CodeState, StoreError> {
        state(&self.reader, code, now_ms).await
    }

    /// Is there an administrator who can enter, in any municipality?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_administrator(&self) -> Result<bool, StoreError> {
        has_administrator(&self.reader).await
    }

    /// Begins the change that makes a municipality: nothing of it exists before the commit.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken.
    pub async fn found_within(&self, new: &Municipality, now_ms: i64) -> Result<Write, StoreError> {
        let first = head::Model {
            municipality_id: new.id.0,
            audit_sequence: 0,
            audit_hash: String::new(),
            live_sequence: 0,
        };
        let begun = self
            .lanes
            .founding(&self.writer, first, async |transaction| {
                if transaction.get_database_backend() == DbBackend::Postgres {
                    // Two foundings at once: the second waits here, and then finds an administrator.
                    transaction
                        .execute_unprepared("LOCK TABLE setup_code IN EXCLUSIVE MODE")
                        .await?;
                }
                row(new, now_ms).insert(transaction).await?;
                Ok(())
            });
        let begun = begun.await?;
        Ok(self.begun(begun, Company::Alone, Author::system(new.id), now_ms))
    }
}

fn row(new: &Municipality, now_ms: i64) -> municipality::ActiveModel {
    municipality::ActiveModel {
        id: Set(new.id.0),
        name_ru: Set(new.name.ru.clone()),
        name_en: Set(new.name.en.clone()),
        demo: Set(new.demo),
        zone_minutes: Set(new.zone_minutes),
        created_ms: Set(now_ms),
    }
}

impl Write {
    /// Spends a code inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn spend_setup_code(&mut self, code: &str) -> Result<CodeState, StoreError> {
        let found = state(&self.transaction, code, self.now_ms).await?;
        if found != CodeState::Open {
            return Ok(found);
        }
        let spent = setup_code::Entity::update_many()
            .col_expr(setup_code::Column::UsedMs, Expr::value(self.now_ms))
            .filter(setup_code::Column::CodeHash.eq(hash(code)))
            .filter(setup_code::Column::UsedMs.is_null())
            .exec(&self.transaction)
            .await?;
        Ok(match spent.rows_affected {
            0 => CodeState::Used,
            _ => CodeState::Open,
        })
    }

    /// When codes were issued, and until when each held: the beginning of the audit log.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn setup_codes(&mut self) -> Result<Vec<(i64, Option<i64>)>, StoreError> {
        Ok(setup_code::Entity::find()
            .order_by_asc(setup_code::Column::CreatedMs)
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(|row| (row.created_ms, row.replaced_ms))
            .collect())
    }

    /// Is there an administrator who can enter, in any municipality?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_any_administrator(&mut self) -> Result<bool, StoreError> {
        has_administrator(&self.transaction).await
    }
}

async fn state(
    connection: &impl ConnectionTrait,
    code: &str,
    now_ms: i64,
) -> Result<CodeState, StoreError> {
    let found = setup_code::Entity::find_by_id(hash(code))
        .one(connection)
        .await?;
    Ok(match found {
        None => CodeState::Unknown,
        Some(row) if row.used_ms.is_some() => CodeState::Used,
        Some(row) if row.replaced_ms.is_some() => CodeState::Replaced,
        Some(row) if now_ms >= row.expires_ms => CodeState::Expired,
        Some(_) => CodeState::Open,
    })
}

/// Is there an active person with a login and the administrator's role?
async fn has_administrator(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    // Whose role ends counts as well: founding is closed as long as somebody may come back.
    let granted = role_grant::Entity::find()
        .filter(role_grant::Column::Role.eq(name_of(&Role::Administrator)?))
        .filter(role_grant::Column::RevokedMs.is_null())
        .all(connection)
        .await?;
    for row in granted {
        let active = person::Entity::find_by_id((row.municipality_id, row.person_id))
            .one(connection)
            .await?
            .is_some_and(|person| person.active);
        let login = login::Entity::find()
            .filter(login::Column::MunicipalityId.eq(row.municipality_id))
            .filter(login::Column::PersonId.eq(row.person_id))
            .one(connection)
            .await?;
        if active && login.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
