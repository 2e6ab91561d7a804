//! Roles as they were given: with their order, and with the days on which they hold.

use std::collections::HashMap;

use api::access::person::{HeldRole, NewRole};
use api::access::session::{Grant, Role, Scope};
use api::id::{GrantId, MunicipalityId, OrganisationId, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use super::session::grant;
use crate::rules::day::{date_at, iso};
use crate::store::entity::access::{login, person, role_grant};
use crate::store::entity::registry::{municipality, organisation};
use crate::store::name::name_of;
use crate::store::rows::among;
use crate::store::{Store, StoreError, Write};

/// Roles that were not taken and hold on this day.
pub(in crate::store) fn in_force(day: &str) -> Condition {
    use role_grant::Column as C;
    lasting(day).add(
        Condition::any()
            .add(C::FromDay.is_null())
            .add(C::FromDay.lte(day)),
    )
}

/// Roles that were not taken and have not ended by this day, those that begin later included.
pub(in crate::store) fn lasting(day: &str) -> Condition {
    use role_grant::Column as C;
    Condition::all().add(C::RevokedMs.is_null()).add(
        Condition::any()
            .add(C::UntilDay.is_null())
            .add(C::UntilDay.gte(day)),
    )
}

/// The date in a municipality at a moment, `YYYY-MM-DD`.
pub(in crate::store) async fn today(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    now_ms: i64,
) -> Result<String, StoreError> {
    let owner = municipality::Entity::find_by_id(municipality)
        .one(connection)
        .await?;
    let zone_minutes = owner.map_or(0, |row| row.zone_minutes);
    Ok(iso(date_at(now_ms, zone_minutes)))
}

impl Store {
    /// Roles of a person, newest first, those of the past included; `today` is the local date.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn held_roles(
        &self,
        municipality: MunicipalityId,
        person: PersonId,
        today: &str,
    ) -> Result<Vec<HeldRole>, StoreError> {
        let rows = role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(municipality.0))
            .filter(role_grant::Column::PersonId.eq(person.0))
            .order_by_desc(role_grant::Column::GrantedMs)
            .order_by_desc(role_grant::Column::Id)
            .all(&self.reader)
            .await?;
        let places: Vec<Uuid> = rows.iter().filter_map(|row| row.organisation_id).collect();
        let names: HashMap<Uuid, String> = organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality.0))
            .filter(among(organisation::Column::Id, &places))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row.short_name))
            .collect();
        rows.into_iter()
            .map(|row| held(row, &names, today))
            .collect()
    }
}

fn held(
    row: role_grant::Model,
    names: &HashMap<Uuid, String>,
    today: &str,
) -> Result<HeldRole, StoreError> {
    let Grant { role, scope } = grant(&row)?;
    let has_begun = row.from_day.as_deref().is_none_or(|from| from <= today);
    let has_ended = row.until_day.as_deref().is_some_and(|until| until < today);
    Ok(HeldRole {
        id: GrantId(row.id),
        role,
        scope,
        organisation_name: row.organisation_id.and_then(|id| names.get(&id).cloned()),
        order_reference: row.order_reference,
        from: row.from_day,
        until: row.until_day,
        granted_ms: row.granted_ms,
        revoked_ms: row.revoked_ms,
        is_in_force: row.revoked_ms.is_none() && has_begun && !has_ended,
        may_take: false,
    })
}

impl Write {
    /// Roles of a person that were not taken and have not ended, those that begin later included.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn lasting_grants(
        &mut self,
        person: PersonId,
        today: &str,
    ) -> Result<Vec<Grant>, StoreError> {
        role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(self.municipality))
            .filter(role_grant::Column::PersonId.eq(person.0))
            .filter(lasting(today))
            .all(&self.transaction)
            .await?
            .iter()
            .map(grant)
            .collect()
    }

    /// Schools in which a person has or had a role.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn places_of(&mut self, person: PersonId) -> Result<Vec<OrganisationId>, StoreError> {
        Ok(role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(self.municipality))
            .filter(role_grant::Column::PersonId.eq(person.0))
            .filter(role_grant::Column::OrganisationId.is_not_null())
            .all(&self.transaction)
            .await?
            .into_iter()
            .filter_map(|row| row.organisation_id.map(OrganisationId))
            .collect())
    }

    /// A role by its id, with whose it is and whether it was taken.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn given_role(
        &mut self,
        id: GrantId,
    ) -> Result<Option<(PersonId, Grant, bool)>, StoreError> {
        role_grant::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .map(|row| {
                Ok((
                    PersonId(row.person_id),
                    grant(&row)?,
                    row.revoked_ms.is_some(),
                ))
            })
            .transpose()
    }

    /// Gives a role with its order and term.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken, `Dangling` for an unknown organisation.
    pub async fn give_role(&mut self, person: PersonId, new: &NewRole) -> Result<(), StoreError> {
        let (organisation, event) = match new.scope {
            Scope::Municipality => (None, None),
            Scope::Organisation { organisation } => (Some(organisation.0), None),
            Scope::Event { event } => (None, Some(event.0)),
        };
        role_grant::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            person_id: Set(person.0),
            role: Set(name_of(&new.role)?),
            organisation_id: Set(organisation),
            event_id: Set(event),
            order_reference: Set(new.order_reference.clone()),
            granted_ms: Set(self.now_ms),
            revoked_ms: Set(None),
            from_day: Set(new.from.clone()),
            until_day: Set(new.until.clone()),
        }
        .insert(&self.transaction)
        .await?;
        self.has_callers = true;
        Ok(())
    }

    /// Takes a role; taking it again changes nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn take_role(&mut self, id: GrantId) -> Result<(), StoreError> {
        self.take(role_grant::Column::Id.eq(id.0)).await
    }

    /// Takes all roles of a person.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn take_roles(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.take(role_grant::Column::PersonId.eq(person.0)).await
    }

    async fn take(&mut self, which: sea_orm::sea_query::SimpleExpr) -> Result<(), StoreError> {
        role_grant::Entity::update_many()
            .col_expr(role_grant::Column::RevokedMs, Expr::value(self.now_ms))
            .filter(role_grant::Column::MunicipalityId.eq(self.municipality))
            .filter(which)
            .filter(role_grant::Column::RevokedMs.is_null())
            .exec(&self.transaction)
            .await?;
        self.has_callers = true;
        Ok(())
    }

    /// Is there somebody in this municipality who can let others in for good: active, with a login, and administrator
    /// without a last day? Whose role ends does not count: nobody would be left the day after.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_lasting_administrator(&mut self, today: &str) -> Result<bool, StoreError> {
        let people: Vec<Uuid> = role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(self.municipality))
            .filter(role_grant::Column::Role.eq(name_of(&Role::Administrator)?))
            .filter(in_force(today))
            .filter(role_grant::Column::UntilDay.is_null())
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(|row| row.person_id)
            .collect();
        let active: Vec<Uuid> = person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(self.municipality))
            .filter(person::Column::Id.is_in(people))
            .filter(person::Column::Active.eq(true))
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(|row| row.id)
            .collect();
        Ok(login::Entity::find()
            .filter(login::Column::MunicipalityId.eq(self.municipality))
            .filter(login::Column::PersonId.is_in(active))
            .one(&self.transaction)
            .await?
            .is_some())
    }
}

/// The person whose role of this kind lasts longest, of equals the one who had it first.
pub(in crate::store) async fn longest_in_office(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    role: Role,
) -> Result<Option<person::Model>, StoreError> {
    let mut rows = role_grant::Entity::find()
        .filter(role_grant::Column::MunicipalityId.eq(municipality))
        .filter(role_grant::Column::Role.eq(name_of(&role)?))
        .filter(role_grant::Column::RevokedMs.is_null())
        .order_by_asc(role_grant::Column::GrantedMs)
        .order_by_asc(role_grant::Column::Id)
        .all(connection)
        .await?;
    // Without an end comes first; of equals the order stays.
    rows.sort_by(|one, other| match (&one.until_day, &other.until_day) {
        (None, None) => std::cmp::Ordering::Equal,
        (None, Some(_)) => std::cmp::Ordering::Less,
        (Some(_), None) => std::cmp::Ordering::Greater,
        (Some(one), Some(other)) => other.cmp(one),
    });
    for row in rows {
        let found = person::Entity::find_by_id((municipality, row.person_id))
            .one(connection)
            .await?
            .filter(|person| person.active);
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
