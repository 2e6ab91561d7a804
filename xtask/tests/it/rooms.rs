//! A domain is a room: a folder of the same name on every floor. Rooms stand in an order, and a file knows only rooms
//! before its own; what leads back is listed here, so that a new arrow is a decision.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The order of rooms: each may know those before it.
const ORDER: [&str; 12] = [
    "access",
    "registry",
    "procedures",
    "forms",
    "results",
    "papers",
    "schools",
    "observation",
    "assessment",
    "management",
    "public",
    "operation",
];

/// Floors: the folder, and the path by which its rooms are named in the code.
const FLOORS: [(&str, &str); 7] = [
    ("app/api/src", "crate"),
    ("server/src/rules", "crate::rules"),
    ("server/src/store/entity", "crate::store::entity"),
    ("server/src/store", "crate::store"),
    ("server/src/http", "crate::http"),
    ("app/src/text", "crate::text"),
    ("app/src/pages", "crate::pages"),
];

/// Arrows that lead back, each for a reason of the domain.
const BACK: [(&str, &str, &str); 12] = [
    // What a sheet belongs to decides who opens and reads it: a campaign or an event with its case.
    ("server/src/store", "forms", "assessment"),
    ("server/src/store", "forms", "management"),
    ("server/src/http", "forms", "assessment"),
    ("app/src/pages", "forms", "assessment"),
    // An event is told with who takes part in it, a procedure with the works that came of it.
    ("server/src/store", "procedures", "observation"),
    ("server/src/store", "procedures", "results"),
    ("server/src/http", "procedures", "observation"),
    ("app/src/pages", "procedures", "observation"),
    // A list of what was watched names the case that came of it.
    ("server/src/store", "observation", "management"),
    // An invitation leads to the sheet of an event.
    ("server/src/http", "access", "observation"),
    // A cell and a school offer the measure that may be agreed.
    ("app/src/pages", "results", "management"),
    ("app/src/pages", "schools", "management"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a floor is a folder") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Rooms of a floor that a text names by `prefix::room`, alone or in a group.
fn named(text: &str, prefix: &str) -> BTreeSet<&'static str> {
    let mut rooms = BTreeSet::new();
    let marker = format!("{prefix}::");
    for (at, _) in text.match_indices(&marker) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || character == ':') {
            continue;
        }
        let rest = &text[at + marker.len()..];
        let group = rest.strip_prefix('{').map_or(rest, |inside| {
            &inside[..inside.find(';').unwrap_or(inside.len())]
        });
        for room in ORDER {
            let alone = rest
                .strip_prefix(room)
                .is_some_and(|after| after.starts_with("::"));
            let grouped = rest.starts_with('{')
                && [
                    format!(" {room}::"),
                    format!("{{{room}::"),
                    format!("\n{room}::"),
                ]
                .iter()
                .any(|part| format!(" {group}").contains(part.as_str()));
            if alone || grouped {
                rooms.insert(room);
            }
        }
    }
    rooms
}

/// Every arrow of a floor from a room to another one.
fn arrows() -> BTreeSet<(&'static str, &'static str, &'static str)> {
    let mut arrows = BTreeSet::new();
    for (folder, prefix) in FLOORS {
        for room in ORDER {
            let place = Path::new("..").join(folder).join(room);
            if !place.is_dir() {
                continue;
            }
            let mut files = Vec::new();
            sources(&place, &mut files);
            for file in files {
                let text = fs::read_to_string(&file).expect("a source can be read");
                for other in named(&text, prefix) {
                    if other != room {
                        arrows.insert((folder, room, other));
                    }
                }
            }
        }
    }
    arrows
}

fn place(room: &str) -> usize {
    ORDER
        .iter()
        .position(|other| *other == room)
        .expect("a room stands in the order")
}

#[test]
fn rooms_know_only_rooms_before_them() {
    let back: BTreeSet<_> = arrows()
        .into_iter()
        .filter(|(_, from, to)| place(to) > place(from))
        .collect();
    let listed: BTreeSet<_> = BACK.into_iter().collect();
    let new: Vec<_> = back.difference(&listed).collect();
    assert!(
        new.is_empty(),
        "arrows that lead back and are not listed: {new:?}"
    );
    let gone: Vec<_> = listed.difference(&back).collect();
    assert!(gone.is_empty(), "listed arrows that are gone: {gone:?}");
}

#[test]
fn folders_of_a_floor_are_rooms() {
    // Floors that hold nothing but rooms and single files beside them.
    for folder in [
        "app/api/src",
        "server/src/rules",
        "server/src/http",
        "app/src/text",
        "app/src/pages",
    ] {
        for entry in fs::read_dir(Path::new("..").join(folder)).expect("a floor is a folder") {
            let path = entry.expect("an entry can be read").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default()
                .to_owned();
            assert!(
                !path.is_dir() || ORDER.contains(&name.as_str()),
                "{folder}/{name} is no room"
            );
        }
    }
}

#[test]
fn a_group_of_imports_names_its_rooms() {
    let text = "use crate::store::{forms::form, Store, results::run};";
    assert_eq!(
        named(text, "crate::store"),
        BTreeSet::from(["forms", "results"])
    );
    assert_eq!(
        named("use crate::store::Store;", "crate::store"),
        BTreeSet::new()
    );
}
