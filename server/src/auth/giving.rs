//! Who may give and take which roles, and whose account somebody may touch: in one place, because a link to set
//! a password is as good as the strongest role of its person.

use api::access::session::{Grant, Role, Scope};
use api::id::PersonId;

use super::Access;

/// Roles that somebody with this role may give inside the own scope. Nobody gives the own role or a stronger one but
/// the administrator, whose own permissions are few: who lets people in sees no results. The role of an observer comes
/// with the part in an event and is given by nobody.
pub const fn gives(role: Role) -> &'static [Role] {
    match role {
        Role::Administrator => &[
            Role::Manager,
            Role::Coordinator,
            Role::Methodist,
            Role::Analyst,
            Role::SchoolHead,
            Role::SchoolCoordinator,
            Role::SchoolTeam,
            Role::RegisteredObserver,
            Role::Expert,
            Role::RegionalReader,
            Role::Administrator,
        ],
        Role::Coordinator => &[
            Role::Methodist,
            Role::Analyst,
            Role::SchoolHead,
            Role::SchoolCoordinator,
            Role::SchoolTeam,
            Role::RegisteredObserver,
            Role::Expert,
        ],
        Role::SchoolHead => &[Role::SchoolCoordinator, Role::SchoolTeam],
        Role::SchoolCoordinator => &[Role::SchoolTeam],
        _ => &[],
    }
}

/// Does a role hold in one school, and nowhere else?
pub const fn is_of_school(role: Role) -> bool {
    matches!(
        role,
        Role::SchoolHead | Role::SchoolCoordinator | Role::SchoolTeam
    )
}

impl Access {
    /// May the caller give and take this role there?
    pub fn may_give(&self, given: &Grant) -> bool {
        let fits = match given.scope {
            Scope::Organisation { .. } => is_of_school(given.role),
            Scope::Municipality => !is_of_school(given.role),
            Scope::Event { .. } => false,
        };
        fits && self.grants.iter().any(|own| {
            let reaches = own.scope == Scope::Municipality || own.scope == given.scope;
            reaches && gives(own.role).contains(&given.role)
        })
    }

    /// Roles the caller may give somewhere, in the order of [`Role`].
    pub fn roles_to_give(&self) -> Vec<Role> {
        let mut roles: Vec<Role> = self
            .grants
            .iter()
            .flat_map(|own| gives(own.role).iter().copied())
            .collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// May the caller change the account of somebody with these roles? Only when every one of them is the caller's to
    /// give; nobody's own. A part in an event makes nobody stronger than whoever plans events.
    pub fn may_manage(&self, person: PersonId, grants: &[Grant]) -> bool {
        let is_weaker = |grant: &Grant| match grant.scope {
            Scope::Event { .. } => self.grants.iter().any(|own| {
                own.scope == Scope::Municipality && gives(own.role).contains(&Role::Expert)
            }),
            _ => self.may_give(grant),
        };
        person != self.person && grants.iter().all(is_weaker)
    }
}

#[cfg(test)]
mod tests {
    use api::id::{EventId, MunicipalityId, OrganisationId};
    use uuid::Uuid;

    use super::*;
    use crate::auth::{COLUMNS, permissions};

    const SCHOOL: Scope = Scope::Organisation {
        organisation: OrganisationId(Uuid::from_u128(10)),
    };
    const OTHER: Scope = Scope::Organisation {
        organisation: OrganisationId(Uuid::from_u128(11)),
    };

    fn caller(role: Role, scope: Scope) -> Access {
        Access {
            municipality: MunicipalityId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            grants: vec![Grant { role, scope }],
            session: Vec::new(),
            expires_ms: 0,
        }
    }

    #[test]
    fn nobody_but_the_administrator_gives_the_own_role_or_what_the_own_giver_has() {
        for (_, giver) in COLUMNS {
            for given in gives(giver) {
                assert!(
                    giver == Role::Administrator || !gives(*given).contains(&giver),
                    "{giver:?} and {given:?} give each other"
                );
                assert!(giver == Role::Administrator || *given != giver, "{giver:?}");
            }
        }
    }

    #[test]
    fn whoever_gives_roles_has_the_permission_and_whoever_has_it_gives_some() {
        for (_, role) in COLUMNS {
            let has = permissions(role).contains(&crate::auth::Permission::RoleUpdate);
            assert_eq!(has, !gives(role).is_empty(), "{role:?}");
        }
    }

    #[test]
    fn school_gives_roles_of_its_own_and_the_district_none_that_stand_above_it() {
        let head = caller(Role::SchoolHead, SCHOOL);
        let team = |scope| Grant {
            role: Role::SchoolTeam,
            scope,
        };
        assert!(head.may_give(&team(SCHOOL)));
        assert!(!head.may_give(&team(OTHER)));
        assert!(!head.may_give(&team(Scope::Municipality)));
        let coordinator = caller(Role::Coordinator, Scope::Municipality);
        for role in [Role::Administrator, Role::Manager, Role::Coordinator] {
            let grant = Grant {
                role,
                scope: Scope::Municipality,
            };
            assert!(!coordinator.may_give(&grant), "{role:?}");
        }
    }

    #[test]
    fn one_role_out_of_reach_puts_the_whole_person_out_of_reach() {
        let coordinator = caller(Role::Coordinator, Scope::Municipality);
        let other = PersonId(Uuid::from_u128(3));
        let expert = Grant {
            role: Role::Expert,
            scope: Scope::Municipality,
        };
        let manager = Grant {
            role: Role::Manager,
            scope: Scope::Municipality,
        };
        let observer = Grant {
            role: Role::Observer,
            scope: Scope::Event {
                event: EventId(Uuid::from_u128(5)),
            },
        };
        assert!(coordinator.may_manage(other, &[expert.clone(), observer.clone()]));
        assert!(!coordinator.may_manage(other, &[expert, manager]));
        assert!(!coordinator.may_manage(coordinator.person, &[]));
        assert!(!caller(Role::SchoolHead, SCHOOL).may_manage(other, &[observer]));
    }
}
