//! The caller of a request, and how far each permission reaches.

use std::collections::BTreeSet;

use api::access::session::{Grant, Role, Scope};
use api::id::{EventId, MunicipalityId, OrganisationId, PersonId};

use super::{Permission, permissions};
use crate::store::Author;

/// A signed-in person with their roles, as they stood a moment ago at most.
#[derive(Clone, Debug)]
pub struct Access {
    /// Municipality; nothing outside it exists for the caller.
    pub municipality: MunicipalityId,
    /// Person.
    pub person: PersonId,
    /// Roles in force.
    pub grants: Vec<Grant>,
    /// SHA-256 of the session's secret, to end or rotate it.
    pub session: Vec<u8>,
    /// When the session ends without use.
    pub expires_ms: i64,
}

/// Why a caller does not get what they ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// No role of theirs has the permission anywhere.
    #[error("no role of the caller has this permission")]
    Forbidden,
    /// The thing is unknown, or lies outside of their scope: the answer is the same.
    #[error("no such thing in the caller's scope")]
    NotFound,
}

/// Where a thing lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Organisation.
    pub organisation: OrganisationId,
    /// Event, for what belongs to one.
    pub event: Option<EventId>,
}

impl Place {
    /// A thing of an organisation.
    pub fn organisation(organisation: OrganisationId) -> Self {
        Place {
            organisation,
            event: None,
        }
    }

    /// A thing of an event at an organisation.
    pub fn event(organisation: OrganisationId, event: EventId) -> Self {
        Place {
            organisation,
            event: Some(event),
        }
    }
}

/// How far one permission of a caller reaches; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The whole municipality.
    Municipality,
    /// Some organisations with their events, and some single events.
    Parts {
        /// Organisations.
        organisations: BTreeSet<OrganisationId>,
        /// Single events.
        events: BTreeSet<EventId>,
    },
}

impl Access {
    /// The reach of a permission: the first line of every handler.
    ///
    /// # Errors
    /// `Forbidden` when no role has it.
    pub fn require(&self, permission: Permission) -> Result<Reach, Denied> {
        self.reach(permission, None)
    }

    /// The reach of a permission by every role but the expert's: an expert of the municipality reaches
    /// single schools, by assignment, and never all of them by the role.
    ///
    /// # Errors
    /// `Forbidden` when no other role has it.
    pub fn beside_expert(&self, permission: Permission) -> Result<Reach, Denied> {
        self.reach(permission, Some(Role::Expert))
    }

    fn reach(&self, permission: Permission, except: Option<Role>) -> Result<Reach, Denied> {
        let mut organisations = BTreeSet::new();
        let mut events = BTreeSet::new();
        for grant in &self.grants {
            if Some(grant.role) == except || !permissions(grant.role).contains(&permission) {
                continue;
            }
            match grant.scope {
                Scope::Municipality => return Ok(Reach::Municipality),
                Scope::Organisation { organisation } => {
                    organisations.insert(organisation);
                }
                Scope::Event { event } => {
                    events.insert(event);
                }
            }
        }
        if organisations.is_empty() && events.is_empty() {
            return Err(Denied::Forbidden);
        }
        Ok(Reach::Parts {
            organisations,
            events,
        })
    }

    /// What the caller may do somewhere, and what of it in the whole municipality.
    pub fn allowed(&self) -> [Vec<Permission>; 2] {
        let of = |within: fn(&Grant) -> bool| {
            let grants = self.grants.iter().filter(|grant| within(grant));
            let all: BTreeSet<Permission> = grants
                .flat_map(|grant| permissions(grant.role).to_vec())
                .collect();
            all.into_iter().collect()
        };
        [of(|_| true), of(|grant| grant.scope == Scope::Municipality)]
    }

    /// For what belongs to the municipality as a whole.
    ///
    /// # Errors
    /// `Forbidden` when the permission does not reach the whole municipality.
    pub fn require_municipality(&self, permission: Permission) -> Result<(), Denied> {
        match self.require(permission)? {
            Reach::Municipality => Ok(()),
            Reach::Parts { .. } => Err(Denied::Forbidden),
        }
    }

    /// The caller as the author of a change.
    pub fn author(&self) -> Author {
        Author {
            municipality: self.municipality,
            person: Some(self.person),
        }
    }
}

impl Reach {
    /// Does it reach this place?
    pub fn covers(&self, place: Place) -> bool {
        match self {
            Reach::Municipality => true,
            Reach::Parts {
                organisations,
                events,
            } => {
                organisations.contains(&place.organisation)
                    || place.event.is_some_and(|event| events.contains(&event))
            }
        }
    }

    /// Refuses a place out of reach as if it did not exist.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn check(&self, place: Place) -> Result<(), Denied> {
        if self.covers(place) {
            Ok(())
        } else {
            Err(Denied::NotFound)
        }
    }
}

#[cfg(test)]
mod tests {
    use api::access::session::Role;
    use uuid::Uuid;

    use super::*;

    fn access(grants: Vec<Grant>) -> Access {
        Access {
            municipality: MunicipalityId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            grants,
            session: Vec::new(),
            expires_ms: 0,
        }
    }

    #[test]
    fn organisation_reaches_its_events_and_no_other() {
        let own = OrganisationId(Uuid::from_u128(10));
        let other = OrganisationId(Uuid::from_u128(11));
        let event = EventId(Uuid::from_u128(20));
        let reach = access(vec![Grant {
            role: Role::SchoolHead,
            scope: Scope::Organisation { organisation: own },
        }])
        .require(Permission::EventRead)
        .expect("a head sees events");
        assert!(reach.covers(Place::event(own, event)));
        assert!(!reach.covers(Place::event(other, event)));
    }

    #[test]
    fn event_reaches_neither_its_organisation_nor_another_event() {
        let organisation = OrganisationId(Uuid::from_u128(10));
        let event = EventId(Uuid::from_u128(20));
        let reach = access(vec![Grant {
            role: Role::Observer,
            scope: Scope::Event { event },
        }])
        .require(Permission::EventRead)
        .expect("an observer sees the event");
        assert!(reach.covers(Place::event(organisation, event)));
        assert!(!reach.covers(Place::organisation(organisation)));
        assert!(!reach.covers(Place::event(organisation, EventId(Uuid::from_u128(21)))));
    }

    #[test]
    fn a_permission_of_one_role_does_not_borrow_the_scope_of_another() {
        let organisation = OrganisationId(Uuid::from_u128(10));
        let caller = access(vec![
            Grant {
                role: Role::RegionalReader,
                scope: Scope::Municipality,
            },
            Grant {
                role: Role::SchoolTeam,
                scope: Scope::Organisation { organisation },
            },
        ]);
        assert_eq!(
            caller.require_municipality(Permission::CellRead),
            Err(Denied::Forbidden)
        );
    }
}
