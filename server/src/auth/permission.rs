//! Which role has which permission: one table for handlers, sessions, documents and the page that shows it.

use std::sync::LazyLock;

pub use api::access::permission::Permission;
use api::access::session::Role;

/// Roles with the letters of their columns.
pub const COLUMNS: [(char, Role); 12] = [
    ('M', Role::Manager),
    ('C', Role::Coordinator),
    ('T', Role::Methodist),
    ('A', Role::Analyst),
    ('H', Role::SchoolHead),
    ('K', Role::SchoolCoordinator),
    ('S', Role::SchoolTeam),
    ('O', Role::Observer),
    ('G', Role::RegisteredObserver),
    ('E', Role::Expert),
    ('R', Role::RegionalReader),
    ('D', Role::Administrator),
];

/// What a role may do inside its scope: resource, actions, and the letters of the roles that have them.
///
/// # Source
/// requirements.md, "Roles × main screens". Beyond it, the manager may import, because the first journey of the
/// product is a manager with a file; an administrator sees no results. Of submissions an expert reaches the own
/// assessments, and what the campaign opens to them.
const TABLE: &str = "
organisation read                    M C T A H K S . . . R D
organisation update                  . C . . . . . . . . . D
person       read                    M C . . H K . . . . . D
person       create update           . C . . H K . . . . . D
role         update                  . C . . H K . . . . . D
entry        create                  . C . . H K . . . . . D
invitation   read                    M C . . . . . . . . . .
invitation   create                  . C . . . . . . . . . .
procedure    read                    M C T A H K S . . E R D
procedure    create                  . C . . . . . . . . . .
event        read                    M C T A H K S O . . . .
event        create update           . C . . . . . . . . . .
event        choose                  . C . . . K . . . . . .
staffing     read                    M C . . . K . . . . . .
staffing     update                  . C . . . K . . . . . .
readiness    read                    M C . . . K . . . . . .
readiness    update                  . C . . . K . . . . . .
declaration  read update             M C T . H K S O G E . .
act          read                    M C . . H K . O . . . .
act          sign                    . . . . . . . O . . . .
act          explain                 . . . . H K . . . . . .
case         read                    M C . . H K . O . . . .
case         answer                  . . . . H K . . . . . .
case         resolve                 . C . . . . . . . . . .
day          read                    M C T A H K . . . . . .
policy       update                  . C . . . . . . . . . .
observer     read                    M C . . . . . . . . . .
observer     update                  . C . . . . . . . . . .
training     read update             . . . . . . . O G . . .
assignment   read                    M C . . . K . O G E . .
import       read                    M C T A . . . . . . . .
import       create confirm undo     M C . A . . . . . . . .
run          read                    M C T A . . . . . . R .
run          create                  M C . A . . . . . . . .
heat_map     read                    M C T A H K S . . . R .
cell         read                    M C T A H K S . . . . .
form         read                    M C T A H K S O . E R D
form         publish                 . . T . . . . . . . . .
form_draft   read update             . . T . . . . . . . . .
submission   read                    M C . A H K S O . E . .
submission   create update submit    . . . . H K S O . E . .
campaign     read                    M C T A H K S . . . . .
campaign     create update           M C . . . . . . . . . .
approval     create update           . . . . H . . . . . . .
comment      read create             . . . . H K S . . . . .
expert       read update             M C . . . . . . . . . .
interest     read create             . . . . . . . . . E . .
agreement    read                    M C . A H K S . . E . .
agreement    create                  . . . . H K S . . E . .
file         create                  M C T A H K S . . . . .
document     read                    M C T A H K S . . . . .
document     update                  M C T . H K S . . . . .
evidence     read                    M C . A H K S . . E . .
evidence     update                  . . . . H K S . . . . .
mechanism    read                    M C T A . . . . . E . .
mechanism    update                  M C T A . . . . . . . .
mechanism    submit                  M . . . . . . . . . . .
mechanism    assess                  . . . . . . . . . E . .
change       read                    M C T A H K S . . . . .
change       update                  . . . . H K S . . . . .
change       report                  . . . . H . S . . . . .
context      read                    M C T A H K S . . . . .
context      update                  . . . A H K S . . . . .
finding      update                  M . . A . . . . . . . .
profile      read                    M C T A H K S . . . . .
profile      update                  . . . A H K S . . . . .
support      read                    M C T A H K S . . . . .
support      create                  M C T . . . . . . . . .
support      update                  M C T . H K . . . . . .
support      check                   M C . . . . . . . . . .
support      penalty                 M . . . . . . . . . . .
programme    read                    M C T A H K S . . . . .
programme    create update           M C T . . . . . . . . .
programme    approve                 M . . . . . . . . . . .
programme    report                  M C T . H K . . . . . .
programme    review                  M . T A . . . . . . . .
review       read                    M C T A H K S . . . . .
review       create update           M C . A . . . . . . . .
review       answer                  . . . . H K . . . . . .
indicator    read                    M C T A . . . . . . . .
indicator    update                  M . T A . . . . . . . .
low_result   read                    M C T A . . . . . . . .
low_result   create                  M . T A . . . . . . . .
calendar     read                    M C T A H K S O . E . .
audit        read                    M C . . . . . . . . . D
first_hour   read                    . C . . . . . . . . . D
system       read update             . . . . . . . . . . . D
live         read                    M C T A H K S O . . . .
";

/// Permissions of each role, in the order of [`COLUMNS`].
static PERMISSIONS: LazyLock<Vec<Vec<Permission>>> = LazyLock::new(|| {
    let rows: Vec<_> = rows().collect();
    let of = |letter: char| {
        let mut found: Vec<Permission> = rows
            .iter()
            .filter(|(_, roles)| roles.contains(&letter))
            .filter_map(|(name, _)| named(name))
            .collect();
        found.sort_unstable();
        found
    };
    COLUMNS.iter().map(|(letter, _)| of(*letter)).collect()
});

/// What a role may do inside its scope.
pub fn permissions(role: Role) -> &'static [Permission] {
    let column = COLUMNS.iter().position(|(_, other)| *other == role);
    column.map_or(&[], |column| &PERMISSIONS[column])
}

/// Names of permissions with the letters of the roles that have them.
fn rows() -> impl Iterator<Item = (String, Vec<char>)> {
    TABLE.lines().flat_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (words, roles) = words.split_at(words.len().saturating_sub(COLUMNS.len()));
        let roles: Vec<char> = roles.iter().flat_map(|word| word.chars()).collect();
        let (resource, actions) = words.split_first().unwrap_or((&"", &[]));
        actions
            .iter()
            .map(|action| (format!("{resource}.{action}"), roles.clone()))
            .collect::<Vec<_>>()
    })
}

fn named(name: &str) -> Option<Permission> {
    let mut all = Permission::ALL.iter().copied();
    all.find(|permission| permission.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_permission_stands_in_the_table_once_and_each_letter_in_its_column() {
        let mut written: Vec<String> = rows().map(|(name, _)| name).collect();
        let mut all: Vec<&str> = Permission::ALL.iter().map(|one| one.as_str()).collect();
        written.sort();
        all.sort_unstable();
        assert_eq!(written, all);
        for (name, roles) in rows() {
            for (place, (letter, _)) in COLUMNS.iter().enumerate() {
                let found = roles[place];
                assert!(
                    found == '.' || found == *letter,
                    "{name}: {found} for {letter}"
                );
            }
            assert!(roles.iter().any(|role| *role != '.'), "nobody has {name}");
        }
    }

    #[test]
    fn only_roles_of_the_office_follow_its_day() {
        assert!(permissions(Role::Manager).contains(&Permission::DayRead));
        assert!(!permissions(Role::Observer).contains(&Permission::DayRead));
        assert_eq!(permissions(Role::RegisteredObserver).len(), 5);
    }
}
