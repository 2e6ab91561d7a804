//! What of a finding may be told to whom: ties of a family are judged by and never shown.

use std::sync::LazyLock;

use api::observation::staffing::FindingEffect;
use api::procedures::event::AssignmentRole;
use api::text::Text;

use super::elsewhere;
use super::facts::{Part, PersonFacts, PlaceFacts};
use super::rules::{Effect, Finding, RuleBook};

static BOOK: LazyLock<RuleBook> =
    LazyLock::new(|| RuleBook::shipped().expect("a test reads the shipped rules"));

/// A finding, and whether it rests on a confidential tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The finding in full.
    pub finding: Finding,
    /// Would it vanish if the person had declared no relatives?
    pub is_confidential: bool,
}

/// All that stands against a part of a person, in the order of the rules; accreditation and time last.
pub fn judge(role: AssignmentRole, person: &PersonFacts, place: &PlaceFacts) -> Vec<Judged> {
    let part = part(role);
    let place = PlaceFacts {
        recheck: role == AssignmentRole::Expert,
        ..place.clone()
    };
    let without_ties = PersonFacts {
        relatives: Vec::new(),
        ..person.clone()
    };
    let open = BOOK.findings(part, &without_ties, &place);
    let mut judged: Vec<Judged> = BOOK
        .findings(part, person, &place)
        .into_iter()
        .map(|finding| Judged {
            is_confidential: !open.contains(&finding),
            finding,
        })
        .collect();
    if part == Part::Observer && !accredited(person, &place) {
        judged.push(Judged {
            finding: not_accredited(),
            is_confidential: false,
        });
    }
    judged.extend(elsewhere::given(person));
    judged
}

/// The findings as everybody but the person may read them: several confidential ones become one, so that
/// their number tells nothing either.
pub fn undisclosed(judged: &[Judged]) -> Vec<api::observation::staffing::Finding> {
    let mut shown: Vec<api::observation::staffing::Finding> = Vec::new();
    for one in judged {
        let finding = if one.is_confidential {
            api::observation::staffing::Finding {
                rule: None,
                effect: one.effect(),
                message: Text::new(
                    "Есть причина не назначать; человек её не раскрывает.",
                    "There is a reason not to assign this person, who does not disclose it.",
                ),
            }
        } else {
            one.in_full()
        };
        if !shown.contains(&finding) {
            shown.push(finding);
        }
    }
    shown
}

impl Judged {
    /// What it does.
    pub fn effect(&self) -> FindingEffect {
        match self.finding.effect {
            Effect::Block => FindingEffect::Block,
            Effect::Warn => FindingEffect::Warn,
        }
    }

    /// As the person concerned may read it.
    pub fn in_full(&self) -> api::observation::staffing::Finding {
        api::observation::staffing::Finding {
            rule: Some(self.finding.rule.clone()),
            effect: self.effect(),
            message: self.finding.message.clone(),
        }
    }
}

fn part(role: AssignmentRole) -> Part {
    match role {
        // Whoever watches the recording judges the same people.
        AssignmentRole::Observer | AssignmentRole::VideoObserver => Part::Observer,
        AssignmentRole::Organiser => Part::Organiser,
        AssignmentRole::Checker => Part::Checker,
        AssignmentRole::Technician => Part::Technician,
        AssignmentRole::Visitor => Part::Visitor,
        AssignmentRole::Expert => Part::Expert,
        AssignmentRole::Jury => Part::Jury,
    }
}

fn accredited(person: &PersonFacts, place: &PlaceFacts) -> bool {
    person
        .accredited_until
        .as_ref()
        .is_some_and(|until| *until >= place.date)
}

/// # Source
/// Requirement C-07: eligibility of observers is fixed in documents; the form of the rule is ours.
fn not_accredited() -> Finding {
    Finding {
        rule: "C-07".to_owned(),
        effect: Effect::Block,
        message: Text::new(
            "Нет действующей аккредитации наблюдателя на день события.",
            "No accreditation as an observer is valid on the day of the event.",
        ),
        source: "S 2.5".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use api::id::OrganisationId;
    use api::procedures::procedure::ProcedureKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::facts::{Relative, Tie};
    use super::*;

    fn place() -> PlaceFacts {
        PlaceFacts {
            organisation: OrganisationId(Uuid::from_u128(1)),
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
            accredited_until: Some("2026-12-31".to_owned()),
            ..PersonFacts::default()
        }
    }

    #[test]
    fn an_observer_without_accreditation_is_blocked() {
        let expired = PersonFacts {
            accredited_until: Some("2026-04-21".to_owned()),
            ..impartial()
        };
        let rules = |facts: &PersonFacts| -> Vec<String> {
            judge(AssignmentRole::Observer, facts, &place())
                .into_iter()
                .map(|one| one.finding.rule)
                .collect()
        };
        assert_eq!(rules(&expired), ["C-07"]);
        assert!(rules(&impartial()).is_empty());
    }

    fn relative() -> impl Strategy<Value = Relative> {
        let class = prop::option::of((1_u8..12, prop::sample::select(vec!["А", "Б"])));
        (any::<bool>(), 1_u128..4, class).prop_map(|(child, school, class)| Relative {
            tie: if child {
                Tie::Child
            } else {
                Tie::CloseRelative
            },
            organisation: OrganisationId(Uuid::from_u128(school)),
            class: class.map(|(grade, letter)| (grade, letter.to_owned())),
        })
    }

    proptest! {
        /// Whatever ties there are, outsiders read at most one neutral sentence an effect, and no rule of
        /// the family by its code.
        #[test]
        fn ties_are_judged_by_and_never_told(
            relatives in prop::collection::vec(relative(), 0..6),
            role in prop::sample::select(vec![
                AssignmentRole::Observer,
                AssignmentRole::Organiser,
                AssignmentRole::Checker,
                AssignmentRole::Expert,
            ]),
        ) {
            let with = PersonFacts { relatives, ..impartial() };
            let judged = judge(role, &with, &place());
            let shown = undisclosed(&judged);
            prop_assert_eq!(shown.is_empty(), judged.is_empty());
            prop_assert!(shown.len() <= 2);
            prop_assert!(shown.iter().all(|finding| finding.rule.is_none()));
            let worst = |effects: Vec<FindingEffect>| effects.into_iter().min();
            prop_assert_eq!(
                worst(shown.iter().map(|finding| finding.effect).collect()),
                worst(judged.iter().map(Judged::effect).collect())
            );
        }
    }
}
