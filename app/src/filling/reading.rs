//! Which answers this browser has shown: whoever signs is asked to have seen what is signed.

use api::id::SubmissionId;

use crate::device;

fn key(submission: SubmissionId) -> String {
    format!("answers-seen-{submission}")
}

/// Notes that the answers of a submission were shown as they stood at this revision.
pub fn note_seen(submission: SubmissionId, revision: u64) {
    device::remember(&key(submission), &revision.to_string());
}

/// Were exactly these answers shown here? A later change of an answer has to be looked at anew.
pub fn has_seen(submission: SubmissionId, revision: u64) -> bool {
    device::remembered(&key(submission)) == Some(revision.to_string())
}
