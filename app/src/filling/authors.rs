//! Who answered: people behind devices, their letters and colours.

use api::forms::submission::{Author, Operation};
use serde_json::Value;
use sync::DeviceId;

use super::log::{Log, history};

/// Number of colours for people.
const TONES: usize = 6;

/// A person who has answered in a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// First letters of the first two words.
    pub initials: String,
    /// Which of the colours, 0–5; the same for everybody who looks.
    pub tone: u8,
    /// Is it the person at this device?
    pub is_self: bool,
}

/// People who answered, each once, in the order in which the server names them.
pub fn people(authors: &[Author], own: DeviceId) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for author in authors {
        if !people.iter().any(|person| person.name == author.name) {
            people.push(person(authors, author, own));
        }
    }
    people
}

/// The person behind a device.
pub fn of_device(authors: &[Author], device: DeviceId, own: DeviceId) -> Option<Person> {
    authors
        .iter()
        .find(|author| author.device == device.0)
        .map(|author| person(authors, author, own))
}

fn person(authors: &[Author], author: &Author, own: DeviceId) -> Person {
    // The place among people, not devices: one person keeps one colour on all devices.
    let mut seen: Vec<api::id::PersonId> = Vec::new();
    for other in authors {
        if !seen.contains(&other.person) {
            seen.push(other.person);
        }
    }
    let place = seen.iter().position(|id| *id == author.person);
    let own_person = authors
        .iter()
        .find(|other| other.device == own.0)
        .map(|other| other.person);
    Person {
        name: author.name.clone(),
        initials: initials(&author.name),
        tone: (place.unwrap_or_default() % TONES) as u8,
        is_self: own_person == Some(author.person),
    }
}

/// First letters of the first two words of a name.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The answer that holds for a field, and the own one it replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Device of the answer that holds.
    pub device: DeviceId,
    /// When it was given.
    pub at_ms: i64,
    /// The last own answer, when another's holds.
    pub replaced: Option<(Value, i64)>,
}

/// The trace of a field in the log.
pub fn trace(log: &Log, path: &str) -> Option<Trace> {
    let path = Value::from(path);
    let history = history(log, &path);
    let last: &Operation = history.last()?;
    let own = history
        .iter()
        .rev()
        .find(|operation| operation.device == log.device());
    let replaced = own
        .filter(|_| last.device != log.device())
        .map(|operation| (operation.change["edit"].clone(), operation.at_ms));
    Some(Trace {
        device: last.device,
        at_ms: last.at_ms,
        replaced,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sync::{OperationId, Stamp, SubmissionId};
    use uuid::Uuid;

    fn author(device: u128, person: u128, name: &str) -> Author {
        Author {
            device: Uuid::from_u128(device),
            person: Uuid::from_u128(person).into(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn one_person_on_two_devices_is_one_person() {
        let authors = [
            author(1, 10, "Ольга Петрова"),
            author(2, 11, "Марина Соколова"),
            author(3, 10, "Ольга Петрова"),
        ];
        let people = people(&authors, DeviceId(Uuid::from_u128(3)));
        let shown: Vec<(&str, u8, bool)> = people
            .iter()
            .map(|person| (person.initials.as_str(), person.tone, person.is_self))
            .collect();
        assert_eq!(shown, [("ОП", 0, true), ("МС", 1, false)]);
    }

    #[test]
    fn the_own_answer_stays_beside_a_colleagues() {
        let submission = SubmissionId(Uuid::from_u128(1));
        let mut own = Log::new(submission, DeviceId(Uuid::from_u128(2)), "1");
        let mut other = Log::new(submission, DeviceId(Uuid::from_u128(3)), "1");
        let stamp = |number: u128| Stamp {
            id: OperationId(Uuid::from_u128(number)),
            at_ms: number as i64,
            zone_minutes: 0,
        };
        own.record(json!({"path": "a", "edit": {"set": "1"}}), stamp(10));
        let theirs = other.record(json!({"path": "a", "edit": {"set": "2"}}), stamp(20));
        own.adopt(theirs.clone());
        let trace = trace(&own, "a").expect("the field was answered");
        assert_eq!(trace.at_ms, 20);
        assert_eq!(trace.replaced, Some((json!({"set": "1"}), 10)));
    }

    #[test]
    fn initials_take_two_words() {
        assert_eq!(initials("Мария-Анна де ла Крус"), "МД");
        assert_eq!(initials(""), "");
    }
}
