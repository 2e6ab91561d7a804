//! Who may take part in an event: rules of interest that really block, with the reason in plain words.
//!
//! The conditions are code, because a rule that a table can switch off silently protects nobody; what the
//! rule is called, whether it blocks or warns, and the sentence a person reads come from
//! `instruments/conflict_rules.yaml`.

mod disclosure;
mod elsewhere;
mod facts;
mod rules;

use api::procedures::event::AssignmentRole;

pub use disclosure::{Judged, judge, undisclosed};
pub use elsewhere::{Elsewhere, Occupied, offered};
pub use facts::{Load, Part, PersonFacts, PlaceFacts, Relative, Tie};
pub use rules::{Effect, Finding, RuleBook};

/// Parts that a school gives its own people. Who takes the others is the municipality's choice and is not told to the
/// school.
pub fn is_school_part(role: AssignmentRole) -> bool {
    matches!(
        role,
        AssignmentRole::Organiser | AssignmentRole::Checker | AssignmentRole::Technician
    )
}
