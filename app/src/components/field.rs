//! Labelled fields bound to a signal.

use leptos::prelude::*;

/// A line of text with its label, and a hint read with it.
#[component]
pub fn Field(
    /// Unique on the page.
    id: &'static str,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Type of the element.
    #[prop(default = "text")]
    kind: &'static str,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint_id.clone();
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            {move || {
                let id = hint_id.clone();
                hint.get().map(|hint| view! { <p class="hint" id=id>{hint}</p> })
            }}
            <input
                class="input"
                id=id
                type=kind
                autocomplete="off"
                aria-describedby=move || hint.get().map(|_| described.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// Several lines of text with their label.
#[component]
pub fn LongField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint_id.clone();
    let label_for = id.clone();
    view! {
        <div class="field">
            <label for=label_for>{move || label.get()}</label>
            {move || {
                let id = hint_id.clone();
                hint.get().map(|hint| view! { <p class="hint" id=id>{hint}</p> })
            }}
            <textarea
                class="input"
                id=id
                rows="4"
                aria-describedby=move || hint.get().map(|_| described.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}
