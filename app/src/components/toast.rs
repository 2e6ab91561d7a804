//! Short messages after an action, announced politely.

use std::time::Duration;

use leptos::prelude::*;

/// How long a message stays, long enough to be read twice.
const STAY: Duration = Duration::from_secs(8);

/// The messages on screen, given to the whole work area by context.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<(u32, String)>>);

/// The messages of the work area.
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

impl Toasts {
    /// No messages.
    pub fn new() -> Self {
        Toasts(RwSignal::new(Vec::new()))
    }

    /// Says something.
    pub fn say(self, text: impl Into<String>) {
        let id = self
            .0
            .with_untracked(|toasts| toasts.last().map_or(0, |(id, _)| id.wrapping_add(1)));
        self.0.update(|toasts| toasts.push((id, text.into())));
        set_timeout(
            move || {
                self.0
                    .update(|toasts| toasts.retain(|(other, _)| *other != id))
            },
            STAY,
        );
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Toasts::new()
    }
}

/// Where messages appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let Toasts(toasts) = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.get() key=|(id, _)| *id let((_, text))>
                <p class="toast">{text}</p>
            </For>
        </div>
    }
}
