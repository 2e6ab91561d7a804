//! Sounds, films and files: said clearly that they cannot be attached, instead of a dead button.

use forms::form::QuestionKind;
use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::language::say;
use crate::text::form as words;

/// Says that a file of this kind cannot be attached here, and what to do instead.
#[component]
pub fn Unavailable(
    /// What would be attached.
    kind: QuestionKind,
) -> impl IntoView {
    let text = match kind {
        QuestionKind::Audio | QuestionKind::BackgroundAudio => words::no_audio,
        QuestionKind::Video => words::no_video,
        _ => words::no_file,
    };
    view! {
        <p class="unavailable small muted">
            <Icon glyph=Glyph::Info />
            <span>{say(text)}</span>
        </p>
    }
}
