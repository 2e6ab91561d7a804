//! Rows of the tables, as in `migrations/src/*.sql`. They never leave `store`.

// The entity macro also makes companions for nested saves, which not every table needs.
#![allow(dead_code)]

pub mod act;
pub mod agreement_entry;
pub mod assignment;
pub mod attachment;
pub mod attachment_chunk;
pub mod audit;
pub mod campaign;
pub mod campaign_plan;
pub mod campaign_school;
pub mod campaign_step;
pub mod change_report;
pub mod context_finding;
pub mod context_passport;
pub mod document;
pub mod event;
pub mod evidence;
pub mod expert_assignment;
pub mod expert_interest;
pub mod external_list;
pub mod file_upload;
pub mod form;
pub mod form_draft;
pub mod head;
pub mod indicator_value;
pub mod invitation;
pub mod job;
pub mod live_change;
pub mod login;
pub mod low_result_identification;
pub mod mechanism_answer;
pub mod mechanism_assessment;
pub mod municipality;
pub mod objectivity_cell;
pub mod objectivity_run;
pub mod observer;
pub mod operation;
pub mod organisation;
pub mod organisation_change;
pub mod paper;
pub mod person;
pub mod procedure;
pub mod question_comment;
pub mod readiness;
pub mod result;
pub mod result_import;
pub mod role_grant;
pub mod school_record;
pub mod session;
pub mod sign_in_attempt;
pub mod staffing;
pub mod submission;
pub mod submission_score;
pub mod support;
