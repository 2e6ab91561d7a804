//! The head of a page: its name, what it is for, and what is done from it.

use leptos::prelude::*;

use crate::language::say;
use crate::text::Wording;

/// Name and purpose of a page, with its actions at the right.
#[component]
pub fn PageHead(
    /// Name.
    title: Wording,
    /// What it is for.
    #[prop(into)]
    lead: Signal<String>,
    /// Actions, where there are any.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div>
                <h1>{say(title)}</h1>
                <p class="text muted">{move || lead.get()}</p>
            </div>
            {children.map(|children| children())}
        </div>
    }
}
