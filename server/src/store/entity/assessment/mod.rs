//! Schools and the municipality assess themselves, experts look again: tables.

pub mod agreement_entry;
pub mod campaign;
pub mod campaign_plan;
pub mod campaign_school;
pub mod campaign_step;
pub mod evidence;
pub mod expert_assignment;
pub mod expert_interest;
pub mod mechanism_answer;
pub mod mechanism_assessment;
