//! How every filling page begins once its submission is opened.

use api::forms::submission::SubmissionState;
use leptos::prelude::*;

use super::follow::follow;
use super::go::resume;
use crate::filling::desk::use_desk;
use crate::filling::open::Opened;
use crate::filling::{Filling, Start};
use crate::language::use_language;

/// Starts the filling, gives it to the page by context, follows colleagues and returns to the last place.
/// The memo says whether the submission is handed in.
pub fn begin(opened: Opened) -> (Filling, Memo<bool>) {
    let Opened {
        submission,
        form,
        is_kept,
    } = opened;
    let start = Start {
        submission,
        form,
        language: use_language().get_untracked(),
    };
    let filling = Filling::start(start, use_desk());
    provide_context(filling);
    provide_context(filling.port());
    follow(filling, is_kept);
    resume(filling);
    let is_done = Memo::new(move |_| {
        filling
            .about
            .with(|about| about.state == SubmissionState::Submitted)
    });
    (filling, is_done)
}
