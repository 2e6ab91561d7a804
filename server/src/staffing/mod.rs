//! Who may take part in an event: rules of interest that really block, with the reason in plain words.
//!
//! The conditions are code, because a rule that a table can switch off silently protects nobody; what the
//! rule is called, whether it blocks or warns, and the sentence a person reads come from
//! `instruments/conflict_rules.yaml`.

mod disclosure;
mod facts;
mod rules;

pub use disclosure::{Judged, judge, undisclosed};
pub use facts::{Load, Part, PersonFacts, PlaceFacts, Relative, Tie};
pub use rules::{Effect, Finding, RuleBook};
