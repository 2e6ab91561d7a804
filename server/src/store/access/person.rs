//! People, their logins and roles.

use std::collections::{HashMap, HashSet};

use api::access::person::Person;
use api::access::session::{DemoPerson, Grant, Scope};
use api::id::{MunicipalityId, OrganisationId, PersonId};
use api::text::{Language, Text};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use super::account::standing;
use super::entry_link::last_entries;
use super::role::{in_force, today};
use super::session::grant;
use crate::auth::{Place, Reach};
use crate::store::entity::access::{login, person, role_grant};
use crate::store::entity::registry::{municipality, organisation};
use crate::store::name::name_of;
use crate::store::rows::among;
use crate::store::{Store, StoreError, Write};

/// A person to be stored.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Id.
    pub id: PersonId,
    /// Name as shown.
    pub name: String,
    /// Telephone for others in the same work.
    pub phone: Option<String>,
    /// Language.
    pub language: Language,
    /// What a person of the demo can show.
    pub about: Option<Text>,
}

/// A login as the sign-in needs it.
#[derive(Clone)]
pub struct Login {
    /// Whose.
    pub municipality: MunicipalityId,
    /// Whose.
    pub person: PersonId,
    /// Argon2id hash with its parameters.
    pub password_hash: String,
    /// Is sign-in allowed?
    pub active: bool,
}

/// Logins are compared without regard to case and surrounding space.
pub fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}

impl Store {
    /// People within reach with the roles they hold now, by name. A school reaches whoever has or had a role in it, and
    /// sees no role that lies elsewhere.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn people(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
        now_ms: i64,
    ) -> Result<Vec<Person>, StoreError> {
        let today = today(&self.reader, municipality.0, now_ms).await?;
        let mut grants = self.grants(municipality, in_force(&today)).await?;
        let reached = match reach {
            Reach::Municipality => None,
            Reach::Parts { .. } => Some(self.reached(municipality, reach).await?),
        };
        if reached.is_some() {
            for grants in grants.values_mut() {
                grants.retain(|grant| lies_within(reach, grant.scope));
            }
        }
        let mut entries = last_entries(&self.reader, municipality.0, now_ms).await?;
        let mut logins: HashMap<Uuid, String> = login::Entity::find()
            .filter(login::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.person_id, row.login))
            .collect();
        Ok(person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(person::Column::Name)
            .order_by_asc(person::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .filter(|row| reached.as_ref().is_none_or(|ids| ids.contains(&row.id)))
            .map(|row| Person {
                id: PersonId(row.id),
                login: logins.remove(&row.id),
                grants: grants.remove(&row.id).unwrap_or_default(),
                entry: entries.remove(&row.id),
                standing: standing(&row),
                name: row.name,
                position: row.position,
                email: row.email,
                phone: row.phone,
            })
            .collect())
    }

    /// People who have or had a role at a school within reach.
    async fn reached(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
    ) -> Result<HashSet<Uuid>, StoreError> {
        Ok(role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(municipality.0))
            .filter(role_grant::Column::OrganisationId.is_not_null())
            .all(&self.reader)
            .await?
            .into_iter()
            .filter(|row| {
                let place = row
                    .organisation_id
                    .map(OrganisationId)
                    .map(Place::organisation);
                place.is_some_and(|place| reach.covers(place))
            })
            .map(|row| row.person_id)
            .collect())
    }

    async fn grants(
        &self,
        municipality: MunicipalityId,
        which: Condition,
    ) -> Result<HashMap<Uuid, Vec<Grant>>, StoreError> {
        let mut grants: HashMap<Uuid, Vec<Grant>> = HashMap::new();
        for row in role_grant::Entity::find()
            .filter(role_grant::Column::MunicipalityId.eq(municipality.0))
            .filter(which)
            .order_by_asc(role_grant::Column::GrantedMs)
            .order_by_asc(role_grant::Column::Id)
            .all(&self.reader)
            .await?
        {
            let person = row.person_id;
            grants.entry(person).or_default().push(grant(&row)?);
        }
        Ok(grants)
    }

    /// The invented people of demo municipalities who can be entered by a tap.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn demo_people(&self) -> Result<Vec<DemoPerson>, StoreError> {
        let mut people = Vec::new();
        for owner in municipality::Entity::find()
            .filter(municipality::Column::Demo.eq(true))
            .all(&self.reader)
            .await?
        {
            let municipality = MunicipalityId(owner.id);
            let not_taken = Condition::all().add(role_grant::Column::RevokedMs.is_null());
            let mut grants = self.grants(municipality, not_taken).await?;
            let names: HashMap<Uuid, String> = organisation::Entity::find()
                .filter(organisation::Column::MunicipalityId.eq(owner.id))
                .all(&self.reader)
                .await?
                .into_iter()
                .map(|row| (row.id, row.short_name))
                .collect();
            let mut logins: HashMap<Uuid, String> = login::Entity::find()
                .filter(login::Column::MunicipalityId.eq(owner.id))
                .all(&self.reader)
                .await?
                .into_iter()
                .map(|row| (row.person_id, row.login))
                .collect();
            for row in person::Entity::find()
                .filter(person::Column::MunicipalityId.eq(owner.id))
                .filter(person::Column::AboutRu.is_not_null())
                .filter(person::Column::Active.eq(true))
                .order_by_asc(person::Column::Id)
                .all(&self.reader)
                .await?
            {
                let Some(first) = grants
                    .remove(&row.id)
                    .and_then(|all| all.into_iter().next())
                else {
                    continue;
                };
                people.push(DemoPerson {
                    id: PersonId(row.id),
                    name: row.name,
                    role: first.role,
                    organisation: match first.scope {
                        Scope::Organisation { organisation } => names.get(&organisation.0).cloned(),
                        _ => None,
                    },
                    login: logins.remove(&row.id).unwrap_or_default(),
                    about: Text::new(
                        row.about_ru.unwrap_or_default(),
                        row.about_en.unwrap_or_default(),
                    ),
                });
            }
        }
        Ok(people)
    }

    /// The municipality of a demo person who can be entered by a tap.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn demo_person(
        &self,
        person: PersonId,
    ) -> Result<Option<MunicipalityId>, StoreError> {
        for owner in municipality::Entity::find()
            .filter(municipality::Column::Demo.eq(true))
            .all(&self.reader)
            .await?
        {
            let found = person::Entity::find_by_id((owner.id, person.0))
                .filter(person::Column::AboutRu.is_not_null())
                .filter(person::Column::Active.eq(true))
                .one(&self.reader)
                .await?;
            if found.is_some() {
                return Ok(Some(MunicipalityId(owner.id)));
            }
        }
        Ok(None)
    }

    /// The person behind a login.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn login(&self, typed: &str) -> Result<Option<Login>, StoreError> {
        let Some(row) = login::Entity::find_by_id(login_key(typed))
            .one(&self.reader)
            .await?
        else {
            return Ok(None);
        };
        let person = person::Entity::find_by_id((row.municipality_id, row.person_id))
            .one(&self.reader)
            .await?;
        Ok(person.map(|person| Login {
            municipality: MunicipalityId(row.municipality_id),
            person: PersonId(person.id),
            password_hash: row.password_hash,
            active: person.active,
        }))
    }
}

impl Write {
    /// Stores a person.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_person(&mut self, new: &NewPerson) -> Result<(), StoreError> {
        use person::Column as C;
        person::Entity::insert(person::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            name: Set(new.name.clone()),
            phone: Set(new.phone.clone()),
            language: Set(name_of(&new.language)?),
            active: Set(true),
            about_ru: Set(new.about.as_ref().map(|about| about.ru.clone())),
            about_en: Set(new.about.as_ref().map(|about| about.en.clone())),
            ..Default::default()
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .update_columns([C::Name, C::Phone, C::Language, C::AboutRu, C::AboutEn])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Adds a person; says no when the id is known, whose row then stays as it is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_person(&mut self, new: &NewPerson) -> Result<bool, StoreError> {
        let known = person::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        self.put_person(new).await?;
        Ok(true)
    }

    /// Allows or forbids sign-in of a person; a forbidden person's sessions end at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_active(&mut self, id: PersonId, active: bool) -> Result<(), StoreError> {
        person::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            active: Set(active),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        self.has_callers = true;
        Ok(())
    }

    /// Gives a person a login with the hash of a password, or changes both.
    ///
    /// # Errors
    /// `Duplicate` when another person has the login.
    pub async fn set_login(
        &mut self,
        person: PersonId,
        typed: &str,
        password_hash: String,
    ) -> Result<(), StoreError> {
        login::Entity::delete_many()
            .filter(login::Column::MunicipalityId.eq(self.municipality))
            .filter(login::Column::PersonId.eq(person.0))
            .exec(&self.transaction)
            .await?;
        login::ActiveModel {
            login_key: Set(login_key(typed)),
            municipality_id: Set(self.municipality),
            person_id: Set(person.0),
            login: Set(typed.trim().to_owned()),
            password_hash: Set(password_hash),
            changed_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// Gives a person a role; giving it again is harmless.
    ///
    /// # Errors
    /// `Dangling` for an unknown person, organisation or event.
    pub async fn grant_role(&mut self, person: PersonId, new: &Grant) -> Result<(), StoreError> {
        let owner = MunicipalityId(self.municipality);
        let today = today(&self.transaction, self.municipality, self.now_ms).await?;
        let known = super::session::grants_of(&self.transaction, owner, person, &today).await?;
        if known.contains(new) {
            return Ok(());
        }
        let (organisation, event) = match new.scope {
            Scope::Municipality => (None, None),
            Scope::Organisation { organisation } => (Some(organisation.0), None),
            Scope::Event { event } => (None, Some(event.0)),
        };
        role_grant::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(Uuid::now_v7()),
            person_id: Set(person.0),
            role: Set(name_of(&new.role)?),
            organisation_id: Set(organisation),
            event_id: Set(event),
            order_reference: Set(None),
            granted_ms: Set(self.now_ms),
            revoked_ms: Set(None),
            from_day: Set(None),
            until_day: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        self.has_callers = true;
        Ok(())
    }
}

/// Does a scope lie within reach? The municipality as a whole does not lie within parts of it.
fn lies_within(reach: &Reach, scope: Scope) -> bool {
    match scope {
        Scope::Organisation { organisation } => reach.covers(Place::organisation(organisation)),
        Scope::Municipality | Scope::Event { .. } => *reach == Reach::Municipality,
    }
}

/// Names of these people; when they are very many, of all people of the municipality.
pub(in crate::store) async fn names_of(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    people: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, StoreError> {
    let mut people: Vec<Uuid> = people.into_iter().collect();
    people.sort_unstable();
    people.dedup();
    Ok(person::Entity::find()
        .filter(person::Column::MunicipalityId.eq(municipality))
        .filter(among(person::Column::Id, &people))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect())
}

/// Names of all people of a municipality.
pub(in crate::store) async fn names(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
) -> Result<HashMap<Uuid, String>, StoreError> {
    Ok(person::Entity::find()
        .filter(person::Column::MunicipalityId.eq(municipality))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect())
}
