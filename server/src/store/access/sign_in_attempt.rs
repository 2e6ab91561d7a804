//! Counters of failed sign-ins, shared by all replicas.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::hex::hex;
use crate::store::entity::access::sign_in_attempt;
use crate::store::{Store, StoreError};

/// What failures are counted by.
#[derive(Clone, Copy, Debug)]
pub enum AttemptKey<'a> {
    /// The login typed, known or not, from one address: whoever guesses elsewhere does not lock its owner out.
    LoginAt(&'a str, &'a str),
    /// The login typed, from all addresses together.
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
            AttemptKey::LoginAt(..) => 5,
            AttemptKey::Login(_) => 50,
            AttemptKey::Address(_) => 200,
            AttemptKey::Application(_) => 10,
        }
    }

    /// Logins and addresses are personal data: only their hash is kept.
    fn stored(self) -> String {
        let text = match self {
            AttemptKey::LoginAt(login, address) => {
                format!("login:{}:at:{address}", crate::store::login_key(login))
            }
            AttemptKey::Login(login) => format!("login:{}", crate::store::login_key(login)),
            AttemptKey::Address(address) => format!("address:{address}"),
            AttemptKey::Application(address) => format!("application:{address}"),
        };
        hex(&Sha256::digest(text.as_bytes()))
    }
}

/// How long a counter makes wait, ms. A wait longer than the longest comes from a clock that was put back since,
/// and is not believed.
fn wait_ms(row: &sign_in_attempt::Model, now_ms: i64) -> i64 {
    let wait = (row.blocked_until_ms - now_ms).max(0);
    if wait > LONGEST_WAIT_MS { 0 } else { wait }
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
            .map(|row| wait_ms(row, now_ms))
            .max()
            .unwrap_or(0))
    }

    /// Counts an attempt before it is looked at, so that attempts made at once cannot pass together; says how
    /// long the caller has to wait instead, ms, and then counts nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_attempt(
        &self,
        keys: &[AttemptKey<'_>],
        now_ms: i64,
    ) -> Result<i64, StoreError> {
        let transaction = self.begin().await?;
        let mut known = Vec::with_capacity(keys.len());
        for key in keys {
            // The row is there before it is locked: of two first attempts one waits for the other.
            sign_in_attempt::Entity::insert(sign_in_attempt::ActiveModel {
                key: Set(key.stored()),
                failures: Set(0),
                window_ms: Set(now_ms),
                blocked_until_ms: Set(0),
            })
            .on_conflict(
                OnConflict::column(sign_in_attempt::Column::Key)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&transaction)
            .await?;
            let row = sign_in_attempt::Entity::find_by_id(key.stored())
                .lock_exclusive()
                .one(&transaction)
                .await?;
            let wait = row.as_ref().map_or(0, |row| wait_ms(row, now_ms));
            if wait > 0 {
                // Dropped, so that nothing is counted.
                return Ok(wait);
            }
            known.push(row);
        }
        for (key, row) in keys.iter().zip(known) {
            let stored = key.stored();
            let before = row.filter(|row| (now_ms - row.window_ms).abs() < WINDOW_MS);
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
        Ok(0)
    }

    /// Gives an attempt back that succeeded. The login at this address begins anew; of the other counters only
    /// this attempt is taken: one known login must not buy an attacker more attempts at others.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_in_succeeded(
        &self,
        login: &str,
        address: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        use sea_orm::sea_query::ExprTrait;
        use sign_in_attempt::Column as C;
        let transaction = self.begin().await?;
        sign_in_attempt::Entity::delete_by_id(AttemptKey::LoginAt(login, address).stored())
            .exec(&transaction)
            .await?;
        for key in [AttemptKey::Login(login), AttemptKey::Address(address)] {
            sign_in_attempt::Entity::update_many()
                .col_expr(C::Failures, C::Failures.into_expr().sub(1))
                .col_expr(C::BlockedUntilMs, Expr::value(now_ms))
                .filter(C::Key.eq(key.stored()))
                .filter(C::Failures.gt(0))
                .exec(&transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Removes counters whose time is over.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_sign_in_attempts(&self, now_ms: i64) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let done = sign_in_attempt::Entity::delete_many()
            .filter(sign_in_attempt::Column::WindowMs.lt(now_ms - WINDOW_MS))
            .filter(sign_in_attempt::Column::BlockedUntilMs.lt(now_ms))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected)
    }
}
