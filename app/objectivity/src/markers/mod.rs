//! The five methods named by the programme (requirements D-02 … D-06), taken to the letter (маркеры документов).
//!
//! A marker asks "is this school unlike the others", not "was this obtained objectively"; honest schools set them off
//! often, and the more often the larger they are. So none of them is a flag, and each is shown with the share of honest
//! schools of the same size on which it fires: see [`false_alarms`]. The documents give no numbers; where a rule needs one,
//! it is the platform's (`objectivity_signals.yaml`) and says so.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod control_group;
pub mod inflated_results;
pub mod item_interval;
pub mod mean_interval;
pub mod state_exam_gap;

pub mod false_alarms;

/// What a rule says about one school.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The statistic, in the rule's own unit.
    pub value: f64,
    /// The number it is compared with.
    pub threshold: f64,
    /// Whether the rule fired.
    pub fired: bool,
}

impl Outcome {
    fn above(value: f64, threshold: f64) -> Self {
        Self {
            value,
            threshold,
            fired: value > threshold,
        }
    }
}
