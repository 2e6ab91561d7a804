//! Keeps an open submission in step with language, server and colleagues.

use api::live::LiveChange;
use leptos::prelude::*;

use crate::filling::Filling;
use crate::language::use_language;
use crate::live::use_live;

/// Follows language and live changes; asks the server once when the page came from the device.
pub fn follow(filling: Filling, is_kept: bool) {
    let language = use_language();
    let first = language.get_untracked();
    Effect::new(move |before: Option<crate::text::Language>| {
        let language = language.get();
        if before.unwrap_or(first) != language {
            filling.set_language(language);
        }
        language
    });
    if is_kept {
        filling.fetch();
    }
    let is_other = move |change: &LiveChange| {
        let LiveChange::Submission {
            submission,
            revision: now,
            state,
            ..
        } = change
        else {
            return false;
        };
        let (id, revision, standing) = filling
            .about
            .with_untracked(|about| (about.id, about.revision, about.state));
        // Handed over or given back: the same answers, another standing.
        *submission == id && (*now > revision.max(filling.revision()) || *state != standing)
    };
    use_live().hear(is_other, move || filling.fetch());
}
