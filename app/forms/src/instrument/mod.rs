//! Instruments of the product (листы наблюдателя, самооценки, паспорта): YAML compiled to the same [`Form`].
//!
//! Formulas in an instrument are names of known rules; an instrument with a formula nobody implements is refused
//! instead of being scored wrongly.

mod checklist;
mod mechanisms;
mod parts;
mod passport;
mod quiz;
mod self_assessment;

use crate::form::Form;
use serde::Deserialize;
use thiserror::Error;

/// The instruments shipped with the product: id and YAML source.
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "obs_vpr_day",
            include_str!("../../instruments/observer_vpr.yaml"),
        ),
        (
            "obs_olympiad_stage",
            include_str!("../../instruments/observer_olympiad.yaml"),
        ),
        (
            "visit_municipal",
            include_str!("../../instruments/visit_municipal.yaml"),
        ),
        (
            "obs_video",
            include_str!("../../instruments/observer_video.yaml"),
        ),
        (
            "school_objectivity_self",
            include_str!("../../instruments/school_self_assessment.yaml"),
        ),
        (
            "municipal_mechanisms",
            include_str!("../../instruments/municipal_mechanisms.yaml"),
        ),
        (
            "school_swot_context",
            include_str!("../../instruments/school_swot_context.yaml"),
        ),
        (
            "observer_training_quiz",
            include_str!("../../instruments/observer_training_quiz.yaml"),
        ),
    ]
}

/// Why an instrument could not be compiled.
#[derive(Debug, Error)]
pub enum InstrumentError {
    /// The text is no YAML or lacks a field; the place is in the message.
    #[error("the instrument cannot be read: {0}")]
    Unreadable(#[from] serde_yaml_ng::Error),
    /// The instrument is of a kind this version does not know.
    #[error("instruments of the kind `{0}` are not known")]
    UnknownKind(String),
    /// A formula or rule without an implementation.
    #[error("`{place}` says `{formula}`, which is no known rule")]
    UnknownRule {
        /// Where it stands, for example `scoring.domain`.
        place: &'static str,
        /// What it says.
        formula: String,
    },
    /// A reference to something the instrument does not hold.
    #[error("`{from}` refers to `{to}`, which is not in the instrument")]
    UnknownReference {
        /// Who refers.
        from: String,
        /// To what.
        to: String,
    },
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

/// Compiles an instrument to a form.
///
/// # Errors
/// When the YAML cannot be read, is of an unknown kind, or holds a rule or reference that is not known.
pub fn compile(yaml: &str) -> Result<Form, InstrumentError> {
    let Kind { kind } = serde_yaml_ng::from_str(yaml)?;
    match kind.as_str() {
        "observation_checklist" => checklist::compile(yaml),
        "self_assessment" => self_assessment::compile(yaml),
        "matrix_self_and_expert_assessment" => mechanisms::compile(yaml),
        "school_passport" => passport::compile(yaml),
        "quiz" => quiz::compile(yaml),
        _ => Err(InstrumentError::UnknownKind(kind)),
    }
}
