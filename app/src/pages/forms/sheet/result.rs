//! How far the rules were kept by a sheet, and how that was computed.

use api::forms::submission::ScoreSheet;
use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::language::{say, say_text, use_language};
use crate::text::number;
use crate::text::observation::checklist as words;

/// The index with its level in words; why there is none otherwise.
#[component]
pub fn IndexLine(
    /// The score.
    score: Option<ScoreSheet>,
) -> AnyView {
    let language = use_language();
    let Some(score) = score else {
        return view! { <p class="muted">{say(words::index_pending)}</p> }.into_any();
    };
    let Some(overall) = score.overall else {
        return view! { <p class="muted">{say(words::index_none)}</p> }.into_any();
    };
    view! {
        <div class="index-line">
            <span class="index-name muted">{say(words::index_title)}</span>
            <span class="index-number num">
                {move || number::percent(language.get(), overall, 0)}
            </span>
            {score
                .level
                .map(|level| view! { <span class="index-level">{say_text(level)}</span> })}
        </div>
    }
    .into_any()
}

/// The formula in words and the counts that went into it.
#[component]
pub fn HowComputed(
    /// The score.
    score: Option<ScoreSheet>,
) -> impl IntoView {
    let counts = score.map(|score| score.answered);
    view! {
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::how_title)}
            </summary>
            <div class="disclosure-body">
                <p>{say(words::how_text)}</p>
                {counts
                    .map(|[answered, total]| {
                        view! {
                            <p class="num">{say(move |l| words::how_answered(l, answered, total))}</p>
                        }
                    })}
            </div>
        </details>
    }
}
