//! Counters of failed sign-ins, shared by all replicas.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use sha2::{Digest, Sha256};

use super::entity::sign_in_attempt;
use super::write::hex;
use super::{Store, StoreError};

/// What failures are counted by.
#[derive(Clone, Copy, Debug)]
pub enum AttemptKey<'a> {
    /// The login typed, known or not.
    Login(&'a str),
    /// The address the request came from.
    Address(&'a str),
    /// The address an application of an observer came from.
    Application(&'a str),
}

/// Failures are forgotten after this long without a new one, ms.
const WINDOW_MS: i64 = 15 * 60_000;
/// First wait after too many failures, ms; doubles with each further one.
const FIRST_WAIT_MS: i64 = 30_000;
/// Longest wait, ms.
const LONGEST_WAIT_MS: i64 = 15 * 60_000;

impl AttemptKey<'_> {
    /// Failures allowed before the first wait. A school has many people behind one address.
    fn allowed(self) -> i32 {
        match self {
            AttemptKey::Login(_) => 5,
            AttemptKey::Address(_) => 40,
            AttemptKey::Application(_) => 10,
        }
    }

    /// Logins and addresses are personal data: only their hash is kept.
    fn stored(self) -> String {
        let text = match self {
            AttemptKey::Login(login) => format!("login:{}", super::login_key(login)),
            AttemptKey::Address(address) => format!("address:{address}"),
            AttemptKey::Application(address) => format!("application:{address}"),
        };
        hex(&Sha256::digest(text.as_bytes()))
    }
}

impl Store {
    /// How long the caller has to wait, ms; 0 when not at all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_in_wait_ms(
        &self,
        keys: &[AttemptKey<'_>],
        now_ms: i64,
    ) -> Result<i64, StoreError> {
        let rows = sign_in_attempt::Entity::find()
            .filter(sign_in_attempt::Column::Key.is_in(keys.iter().map(|key| key.stored())))
            .all(&self.reader)
            .await?;
        Ok(rows
            .iter()
            .map(|row| row.blocked_until_ms - now_ms)
            .max()
            .unwrap_or(0)
            .max(0))
    }

    /// Counts a failure.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_in_failed(
        &self,
        keys: &[AttemptKey<'_>],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        for key in keys {
            let stored = key.stored();
            let before = sign_in_attempt::Entity::find_by_id(stored.clone())
                .one(&transaction)
                .await?
                .filter(|row| now_ms - row.window_ms < WINDOW_MS);
            let failures = before.map_or(0, |row| row.failures).saturating_add(1);
            let beyond = failures - key.allowed();
            let wait = if beyond < 0 {
                0
            } else {
                let doubled = 1_i64
                    .checked_shl(beyond.unsigned_abs().min(20))
                    .unwrap_or(i64::MAX);
                FIRST_WAIT_MS.saturating_mul(doubled).min(LONGEST_WAIT_MS)
            };
            use sign_in_attempt::Column as C;
            sign_in_attempt::Entity::insert(sign_in_attempt::ActiveModel {
                key: Set(stored),
                failures: Set(failures),
                window_ms: Set(now_ms),
                blocked_until_ms: Set(now_ms + wait),
            })
            .on_conflict(
                OnConflict::column(C::Key)
                    .update_columns([C::Failures, C::WindowMs, C::BlockedUntilMs])
                    .to_owned(),
            )
            .exec_without_returning(&transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets the failures of a login after it succeeded. Those of the address stay: one known login
    /// must not buy an attacker more attempts at others.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_in_succeeded(&self, login: &str) -> Result<(), StoreError> {
        sign_in_attempt::Entity::delete_by_id(AttemptKey::Login(login).stored())
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Removes counters whose time is over.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_sign_in_attempts(&self, now_ms: i64) -> Result<u64, StoreError> {
        let done = sign_in_attempt::Entity::delete_many()
            .filter(sign_in_attempt::Column::WindowMs.lt(now_ms - WINDOW_MS))
            .filter(sign_in_attempt::Column::BlockedUntilMs.lt(now_ms))
            .exec(&self.writer)
            .await?;
        Ok(done.rows_affected)
    }
}
