//! Sessions: rows keyed by the hash of a secret, with an idle and an absolute end.

use std::time::Duration;

use api::access::session::{Grant, OrganisationLabel, Scope, SessionPerson};
use api::id::{EventId, MunicipalityId, OrganisationId, PersonId};
use api::text::Text;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use super::role::{in_force, today};
use crate::auth::{Access, Token};
use crate::store::entity::access::{person, role_grant, session};
use crate::store::entity::registry::{municipality, organisation};
use crate::store::name::named;
use crate::store::transaction::Writer;
use crate::store::{Store, StoreError, Write};

/// How often the last sign of life is written, ms: not with every request.
const TOUCH_MS: i64 = 60_000;
/// How long a request waits for that note.
const TOUCH_WAIT: Duration = Duration::from_millis(500);
/// Longest words of a browser about itself that are kept, characters.
const MAX_DEVICE_CHARACTERS: usize = 300;

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Without use, ms.
    pub idle_ms: i64,
    /// In all, ms.
    pub total_ms: i64,
}

impl Lifetime {
    /// After sign-in by password: a working day at most, an hour without use.
    pub const PASSWORD: Lifetime = Lifetime {
        idle_ms: 3_600_000,
        total_ms: 12 * 3_600_000,
    };

    /// After an invitation: as long as it is valid, because the tablet may have no network for hours.
    pub fn invitation(total_ms: i64) -> Self {
        Lifetime {
            idle_ms: total_ms,
            total_ms,
        }
    }
}

impl Store {
    /// The caller behind a secret; none when the session is unknown, ended or its person blocked. What another
    /// process has ended or taken is heard of within seconds, what this one did at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn access(&self, token: &Token, now_ms: i64) -> Result<Option<Access>, StoreError> {
        let municipality = token.municipality();
        let key = (municipality.0, token.hash());
        if let Some(known) = self.callers.get(&key, now_ms) {
            return Ok(Some(known));
        }
        let age = self.callers.age();
        let Some(row) = session::Entity::find_by_id(key.clone())
            .one(&self.reader)
            .await?
        else {
            return Ok(None);
        };
        if now_ms >= row.ends_ms || now_ms >= row.seen_ms + row.idle_ms {
            return Ok(None);
        }
        let Some(person) = person::Entity::find_by_id((municipality.0, row.person_id))
            .one(&self.reader)
            .await?
            .filter(|person| person.active)
        else {
            return Ok(None);
        };
        // The last day of a role is compared here, at each request, and not by a job that may not have run.
        let today = today(&self.reader, municipality.0, now_ms).await?;
        let grants = grants_of(&self.reader, municipality, PersonId(person.id), &today).await?;
        let mut seen_ms = row.seen_ms;
        if now_ms - row.seen_ms >= TOUCH_MS {
            // A request must neither fail nor wait because the note that it was made could not be
            // written: an import may hold the writer for seconds.
            match tokio::time::timeout(TOUCH_WAIT, touch(&self.writer, &key, now_ms)).await {
                Ok(Ok(())) => seen_ms = now_ms,
                Ok(Err(error)) => tracing::warn!(%error, "session not touched"),
                Err(_) => tracing::debug!("session not touched, the writer is busy"),
            }
        }
        let access = Access {
            municipality,
            person: PersonId(person.id),
            grants,
            expires_ms: std::cmp::min(seen_ms + row.idle_ms, row.ends_ms),
            session: key.1.clone(),
        };
        self.callers.keep(key, now_ms, age, &access);
        Ok(Some(access))
    }

    /// What the interface shows of the signed-in person.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn session_person(&self, access: &Access) -> Result<SessionPerson, StoreError> {
        let municipality = access.municipality.0;
        let missing = || StoreError::Meaning("the session's person is gone".into());
        let person = person::Entity::find_by_id((municipality, access.person.0))
            .one(&self.reader)
            .await?
            .ok_or_else(missing)?;
        let owner = municipality::Entity::find_by_id(municipality)
            .one(&self.reader)
            .await?
            .ok_or_else(missing)?;
        let own: Vec<_> = access
            .grants
            .iter()
            .filter_map(|grant| match grant.scope {
                Scope::Organisation { organisation } => Some(organisation.0),
                _ => None,
            })
            .collect();
        let organisations = organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality))
            .filter(organisation::Column::Id.is_in(own))
            .order_by_asc(organisation::Column::ShortName)
            .all(&self.reader)
            .await?;
        let [permissions, everywhere] = access.allowed();
        Ok(SessionPerson {
            id: access.person,
            name: person.name,
            municipality: access.municipality,
            municipality_name: Text::new(owner.name_ru, owner.name_en),
            grants: access.grants.clone(),
            permissions,
            everywhere,
            organisations: organisations
                .into_iter()
                .map(|row| OrganisationLabel {
                    id: OrganisationId(row.id),
                    name: row.short_name,
                })
                .collect(),
            language: named(&person.language)?,
        })
    }

    /// How often callers were forgotten in this process: the same number means that no session was ended, no person
    /// blocked and no role changed by it.
    pub fn callers_age(&self) -> u64 {
        self.callers.age()
    }

    /// Does the session of a caller still stand in the database, with its person in work?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_session_open(&self, access: &Access, now_ms: i64) -> Result<bool, StoreError> {
        let key = (access.municipality.0, access.session.clone());
        let row = session::Entity::find_by_id(key).one(&self.reader).await?;
        // A stream that is looked at is use: only the absolute end counts here.
        if row.is_none_or(|row| now_ms >= row.ends_ms) {
            return Ok(false);
        }
        let person = (access.municipality.0, access.person.0);
        let person = person::Entity::find_by_id(person).one(&self.reader).await?;
        Ok(person.is_some_and(|person| person.active))
    }

    /// Ends a session. Ending one that is not there is harmless.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_session(&self, token: &Token) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        session::Entity::delete_by_id((token.municipality().0, token.hash()))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        self.callers.forget();
        Ok(())
    }

    /// Removes sessions past their ends.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_sessions(&self, now_ms: i64) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let done = session::Entity::delete_many()
            .filter(
                session::Column::EndsMs
                    .lte(now_ms)
                    .or(session::Column::SeenMs
                        .into_expr()
                        .add(session::Column::IdleMs.into_expr())
                        .lte(now_ms)),
            )
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected)
    }
}

impl Write {
    /// Opens a session for a person of this municipality; `device` is what the browser says of itself.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn open_session(
        &mut self,
        token: &Token,
        person: PersonId,
        lifetime: Lifetime,
        device: &str,
    ) -> Result<(), StoreError> {
        session::ActiveModel {
            municipality_id: Set(self.municipality),
            token_hash: Set(token.hash()),
            person_id: Set(person.0),
            created_ms: Set(self.now_ms),
            seen_ms: Set(self.now_ms),
            idle_ms: Set(lifetime.idle_ms),
            ends_ms: Set(self.now_ms.saturating_add(lifetime.total_ms)),
            device: Set(device.chars().take(MAX_DEVICE_CHARACTERS).collect()),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }
}

impl Write {
    /// Ends a session inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_session(&mut self, token: &Token) -> Result<(), StoreError> {
        session::Entity::delete_by_id((self.municipality, token.hash()))
            .exec(&self.transaction)
            .await?;
        self.has_callers = true;
        Ok(())
    }
}

async fn touch(
    writer: &Writer,
    key: &(uuid::Uuid, Vec<u8>),
    now_ms: i64,
) -> Result<(), StoreError> {
    let transaction = writer.begin().await?;
    session::Entity::update_many()
        .col_expr(session::Column::SeenMs, Expr::value(now_ms))
        .filter(session::Column::MunicipalityId.eq(key.0))
        .filter(session::Column::TokenHash.eq(key.1.clone()))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Roles of a person that hold on this local date, in the order given.
pub(in crate::store) async fn grants_of(
    connection: &impl ConnectionTrait,
    municipality: MunicipalityId,
    person: PersonId,
    today: &str,
) -> Result<Vec<Grant>, StoreError> {
    role_grant::Entity::find()
        .filter(role_grant::Column::MunicipalityId.eq(municipality.0))
        .filter(role_grant::Column::PersonId.eq(person.0))
        .filter(in_force(today))
        .order_by_asc(role_grant::Column::GrantedMs)
        .order_by_asc(role_grant::Column::Id)
        .all(connection)
        .await?
        .iter()
        .map(grant)
        .collect()
}

/// A grant as it travels.
pub(in crate::store) fn grant(row: &role_grant::Model) -> Result<Grant, StoreError> {
    Ok(Grant {
        role: named(&row.role)?,
        scope: match (row.organisation_id, row.event_id) {
            (Some(organisation), _) => Scope::Organisation {
                organisation: OrganisationId(organisation),
            },
            (None, Some(event)) => Scope::Event {
                event: EventId(event),
            },
            (None, None) => Scope::Municipality,
        },
    })
}
