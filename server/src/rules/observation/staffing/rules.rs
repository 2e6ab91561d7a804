//! The twelve rules of interest, CR-1 … CR-12.

use api::procedures::procedure::ProcedureKind;
use api::text::Text;
use serde::Deserialize;

use super::facts::{Part, PersonFacts, PlaceFacts, Tie};

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nobody can override it.
    Block,
    /// The coordinator may override it with a written reason.
    Warn,
}

/// A rule that holds for this person at this event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code, `CR-1`.
    pub rule: String,
    /// What it does.
    pub effect: Effect,
    /// The reason in plain words; names nobody else.
    pub message: Text,
    /// The document the rule comes from.
    pub source: String,
}

/// The rules as the municipality uses them.
pub struct RuleBook {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Document {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    id: String,
    role: String,
    event: Vec<String>,
    effect: Effect,
    source: String,
    message: Text,
}

impl RuleBook {
    /// The rules that the product ships.
    ///
    /// # Errors
    /// When the document names a rule that has no condition in code, or lacks one that has.
    pub fn shipped() -> anyhow::Result<RuleBook> {
        RuleBook::read(include_str!("../../../../instruments/conflict_rules.yaml"))
    }

    fn read(yaml: &str) -> anyhow::Result<RuleBook> {
        let Document { rules } = serde_yaml_ng::from_str(yaml)?;
        for rule in &rules {
            anyhow::ensure!(
                condition(&rule.id).is_some(),
                "there is no condition for the rule {}",
                rule.id
            );
        }
        for number in 1..=12 {
            let id = format!("CR-{number}");
            anyhow::ensure!(
                rules.iter().any(|rule| rule.id == id),
                "the rule {id} is missing"
            );
        }
        Ok(RuleBook { rules })
    }

    /// All rules that speak against this part of this person, in the order of the document.
    pub fn findings(&self, part: Part, person: &PersonFacts, place: &PlaceFacts) -> Vec<Finding> {
        self.rules
            .iter()
            .filter(|rule| rule.applies_to(part, place))
            .filter(|rule| condition(&rule.id).is_some_and(|holds| holds(person, place)))
            .map(|rule| Finding {
                rule: rule.id.clone(),
                effect: rule.effect,
                message: rule.message.clone(),
                source: rule.source.clone(),
            })
            .collect()
    }
}

impl Rule {
    fn applies_to(&self, part: Part, place: &PlaceFacts) -> bool {
        let role = match part {
            Part::Observer => "observer",
            Part::Organiser => "organiser",
            Part::Checker => "checker",
            Part::Expert => "expert",
            Part::Jury => "jury",
            Part::Technician | Part::Visitor => "any",
        };
        let event = if place.recheck {
            "recheck"
        } else {
            event_name(place.kind)
        };
        (self.role == "any" || self.role == role) && self.event.iter().any(|name| name == event)
    }
}

fn event_name(kind: ProcedureKind) -> &'static str {
    match kind {
        ProcedureKind::Vpr => "vpr",
        ProcedureKind::Oge | ProcedureKind::Ege => "gia",
        ProcedureKind::RegionalDiagnostic
        | ProcedureKind::MunicipalDiagnostic
        | ProcedureKind::Study => "diagnostic",
        ProcedureKind::Olympiad => "olympiad",
    }
}

type Condition = fn(&PersonFacts, &PlaceFacts) -> bool;

/// The condition of a rule, or `None` for an unknown one.
fn condition(rule: &str) -> Option<Condition> {
    Some(match rule {
        "CR-1" | "CR-6" | "CR-7" => relative_in_class,
        "CR-2" => employed_here,
        "CR-3" => child_in_another_class,
        "CR-4" | "CR-5" => teaches_this,
        "CR-8" => |person, _| !person.declaration_signed,
        "CR-9" => untrained,
        "CR-10" => |_, place| !place.approaches_agreed,
        "CR-11" => linked_with_rechecked_school,
        "CR-12" => |person, place| teaches_this(person, place) || relative_in_class(person, place),
        _ => return None,
    })
}

fn relative_in_class(person: &PersonFacts, place: &PlaceFacts) -> bool {
    person.relatives.iter().any(|relative| {
        relative.organisation == place.organisation
            && relative
                .class
                .as_ref()
                .is_some_and(|class| is_among(class, &place.class))
    })
}

/// Is a class the one of an event, or among those of an event for all classes of a grade?
fn is_among(class: &(u8, String), held: &(u8, String)) -> bool {
    class == held || held.1.is_empty() && class.0 == held.0
}

fn employed_here(person: &PersonFacts, place: &PlaceFacts) -> bool {
    person.employers.contains(&place.organisation)
}

fn child_in_another_class(person: &PersonFacts, place: &PlaceFacts) -> bool {
    person.relatives.iter().any(|relative| {
        relative.tie == Tie::Child
            && relative.organisation == place.organisation
            && relative
                .class
                .as_ref()
                .is_some_and(|class| !is_among(class, &place.class))
    })
}

fn teaches_this(person: &PersonFacts, place: &PlaceFacts) -> bool {
    person.loads.iter().any(|load| {
        load.organisation == place.organisation
            && load.subject == place.subject
            && is_among(&load.class, &place.class)
    })
}

/// ISO dates compare as text.
fn untrained(person: &PersonFacts, place: &PlaceFacts) -> bool {
    person
        .trained_until
        .as_ref()
        .is_none_or(|until| *until < place.date)
}

fn linked_with_rechecked_school(person: &PersonFacts, place: &PlaceFacts) -> bool {
    employed_here(person, place)
        || person.checked_before.contains(&place.organisation)
        || person
            .relatives
            .iter()
            .any(|relative| relative.organisation == place.organisation && relative.class.is_none())
}

#[cfg(test)]
mod tests {
    use api::id::OrganisationId;
    use uuid::Uuid;

    use super::super::facts::{Load, Relative};
    use super::*;

    const HERE: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const ELSEWHERE: OrganisationId = OrganisationId(Uuid::from_u128(2));

    fn place() -> PlaceFacts {
        PlaceFacts {
            organisation: HERE,
            kind: ProcedureKind::Vpr,
            recheck: false,
            date: "2026-04-22".to_owned(),
            subject: "math".to_owned(),
            class: (5, "А".to_owned()),
            approaches_agreed: true,
        }
    }

    fn impartial() -> PersonFacts {
        PersonFacts {
            declaration_signed: true,
            trained_until: Some("2026-12-31".to_owned()),
            ..PersonFacts::default()
        }
    }

    fn relative(tie: Tie, organisation: OrganisationId, class: Option<(u8, &str)>) -> PersonFacts {
        let class = class.map(|(grade, letter)| (grade, letter.to_owned()));
        PersonFacts {
            relatives: vec![Relative {
                tie,
                organisation,
                class,
            }],
            ..impartial()
        }
    }

    fn load(subject: &str, letter: &str) -> PersonFacts {
        let load = Load {
            organisation: HERE,
            subject: subject.to_owned(),
            class: (5, letter.to_owned()),
        };
        PersonFacts {
            loads: vec![load],
            ..impartial()
        }
    }

    fn rules(part: Part, person: &PersonFacts, place: &PlaceFacts) -> Vec<String> {
        let book = RuleBook::shipped().expect("the shipped rules are complete");
        book.findings(part, person, place)
            .into_iter()
            .map(|finding| finding.rule)
            .collect()
    }

    #[test]
    fn an_impartial_trained_observer_meets_no_rule() {
        assert!(rules(Part::Observer, &impartial(), &place()).is_empty());
    }

    #[test]
    fn each_tie_meets_its_own_rule() {
        let child = relative(Tie::Child, HERE, Some((5, "А")));
        let niece = relative(Tie::CloseRelative, HERE, Some((5, "А")));
        let other_class = relative(Tie::Child, HERE, Some((7, "Б")));
        let niece_other_class = relative(Tie::CloseRelative, HERE, Some((7, "Б")));
        let other_school = relative(Tie::Child, ELSEWHERE, Some((5, "А")));
        let teacher_here = PersonFacts {
            employers: vec![HERE],
            ..impartial()
        };
        let cases: [(&str, Part, PersonFacts, &[&str]); 14] = [
            (
                "child in the class",
                Part::Observer,
                child.clone(),
                &["CR-1"],
            ),
            (
                "niece in the class",
                Part::Observer,
                niece.clone(),
                &["CR-1"],
            ),
            (
                "child in another class",
                Part::Observer,
                other_class,
                &["CR-3"],
            ),
            (
                "niece in another class",
                Part::Observer,
                niece_other_class,
                &[],
            ),
            ("child in another school", Part::Observer, other_school, &[]),
            (
                "works here",
                Part::Observer,
                teacher_here.clone(),
                &["CR-2"],
            ),
            ("works here, organises", Part::Organiser, teacher_here, &[]),
            (
                "teaches it, organises",
                Part::Organiser,
                load("math", "А"),
                &["CR-4"],
            ),
            (
                "teaches it, checks",
                Part::Checker,
                load("math", "А"),
                &["CR-5"],
            ),
            (
                "teaches it in the next class",
                Part::Checker,
                load("math", "Б"),
                &[],
            ),
            (
                "teaches another subject",
                Part::Organiser,
                load("russian", "А"),
                &[],
            ),
            (
                "parent organises",
                Part::Organiser,
                child.clone(),
                &["CR-6"],
            ),
            ("parent checks", Part::Checker, child, &["CR-7"]),
            ("aunt checks", Part::Checker, niece, &["CR-7"]),
        ];
        for (name, part, person, expected) in cases {
            assert_eq!(rules(part, &person, &place()), expected, "{name}");
        }
    }

    #[test]
    fn papers_are_asked_for_before_the_day() {
        let unsigned = PersonFacts {
            declaration_signed: false,
            ..impartial()
        };
        let expired = PersonFacts {
            trained_until: Some("2026-04-21".to_owned()),
            ..impartial()
        };
        let last_day = PersonFacts {
            trained_until: Some("2026-04-22".to_owned()),
            ..impartial()
        };
        assert_eq!(rules(Part::Technician, &unsigned, &place()), ["CR-8"]);
        assert_eq!(rules(Part::Observer, &expired, &place()), ["CR-9"]);
        assert!(rules(Part::Observer, &last_day, &place()).is_empty());
        let unprepared = PlaceFacts {
            approaches_agreed: false,
            ..place()
        };
        assert_eq!(rules(Part::Checker, &impartial(), &unprepared), ["CR-10"]);
        assert!(rules(Part::Organiser, &impartial(), &unprepared).is_empty());
    }

    #[test]
    fn a_recheck_wants_an_outsider() {
        let recheck = PlaceFacts {
            recheck: true,
            ..place()
        };
        let checked = PersonFacts {
            checked_before: vec![HERE],
            ..impartial()
        };
        let staff_relative = relative(Tie::CloseRelative, HERE, None);
        assert_eq!(rules(Part::Expert, &checked, &recheck), ["CR-11"]);
        assert_eq!(rules(Part::Expert, &staff_relative, &recheck), ["CR-11"]);
        assert!(rules(Part::Expert, &impartial(), &recheck).is_empty());
    }

    #[test]
    fn a_jury_does_not_mark_its_own_pupils() {
        let olympiad = PlaceFacts {
            kind: ProcedureKind::Olympiad,
            ..place()
        };
        assert_eq!(rules(Part::Jury, &load("math", "А"), &olympiad), ["CR-12"]);
    }

    #[test]
    fn only_the_warning_can_be_overridden() {
        let book = RuleBook::shipped().expect("the shipped rules are complete");
        let warnings: Vec<_> = book
            .rules
            .iter()
            .filter(|rule| rule.effect == Effect::Warn)
            .map(|rule| &rule.id)
            .collect();
        assert_eq!(warnings, ["CR-3"]);
    }

    #[test]
    fn a_book_without_a_rule_is_refused() {
        let yaml = include_str!("../../../../instruments/conflict_rules.yaml")
            .replace("id: CR-7", "id: CR-77");
        assert!(RuleBook::read(&yaml).is_err());
    }
}
