//! What has to be mended, at the top, with links to the fields.

use leptos::html;
use leptos::prelude::*;

use super::text::focus;
use crate::components::{Glyph, Icon};

/// One line of the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryLine {
    /// Path of the question.
    pub path: String,
    /// The question in short.
    pub label: String,
    /// The same words as at the field.
    pub text: String,
}

/// The summary takes the focus when it appears, so that nobody misses it.
#[component]
pub fn ErrorSummary(
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// What has to be mended.
    lines: Signal<Vec<SummaryLine>>,
    /// Goes to a question.
    go: Callback<String>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            focus(&frame);
        }
    });
    view! {
        <div class="error-summary" role="alert" tabindex="-1" node_ref=frame>
            <h2>
                <Icon glyph=Glyph::Alert />
                {move || title.get()}
            </h2>
            <ul>
                <For each=move || lines.get() key=|line| (line.path.clone(), line.text.clone()) let(line)>
                    {
                        let path = line.path.clone();
                        let go_on = move |event: leptos::ev::MouseEvent| {
                            event.prevent_default();
                            go.run(path.clone());
                        };
                        view! {
                            <li>
                                <a
                                    href=format!("#{}", crate::filling::view::element_id(&line.path))
                                    on:click=go_on
                                >
                                    {line.label}
                                </a>
                                <span class="muted">" — "{line.text}</span>
                            </li>
                        }
                    }
                </For>
            </ul>
        </div>
    }
}
