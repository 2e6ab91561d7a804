//! A form as people will see it, one section at a time, with the real widgets.

use leptos::prelude::*;

use crate::components::form::SectionItems;
use crate::filling::trial::Trial;
use crate::language::{say, use_language};
use crate::text::Language;
use crate::text::forms::drafts as words;

/// The preview of a form on trial.
#[component]
pub fn Preview(
    /// The form.
    trial: Trial,
    /// Path of the section that was chosen; kept by the page, so that an edit does not lead away.
    section: RwSignal<Option<String>>,
) -> impl IntoView {
    let language = use_language();
    provide_context(trial.port());
    provide_context(trial);
    let first = language.get_untracked();
    Effect::new(move |before: Option<Language>| {
        let language = language.get();
        if before.unwrap_or(first) != language {
            trial.set_language(language);
        }
        language
    });
    let sections = Memo::new(move |_| {
        trial.overview.with(|overview| {
            overview
                .sections
                .iter()
                .map(|section| (section.path.clone(), section.title.clone()))
                .collect::<Vec<_>>()
        })
    });
    let shown = Memo::new(move |_| {
        sections.with(|sections| {
            let chosen = section.get();
            sections
                .iter()
                .find(|(path, _)| chosen.as_ref() == Some(path))
                .or(sections.first())
                .map(|(path, _)| path.clone())
        })
    });
    view! {
        <div class="forms-preview touch">
            {move || {
                (sections.with(Vec::len) > 1)
                    .then(|| {
                        view! {
                            <div class="field forms-section">
                                <label for="forms-section">{say(words::sections)}</label>
                                <select
                                    class="input"
                                    id="forms-section"
                                    prop:value=move || shown.get().unwrap_or_default()
                                    on:change=move |event| section.set(Some(event_target_value(&event)))
                                >
                                    {sections
                                        .get()
                                        .into_iter()
                                        .map(|(path, title)| {
                                            let is_shown = shown.get_untracked().as_ref() == Some(&path);
                                            view! {
                                                <option value=path selected=is_shown>
                                                    {title}
                                                </option>
                                            }
                                        })
                                        .collect_view()}
                                </select>
                            </div>
                        }
                    })
            }}
            {move || match shown.get() {
                Some(path) => view! { <SectionItems path=path /> }.into_any(),
                None => view! { <p class="muted">{say(words::preview_empty)}</p> }.into_any(),
            }}
        </div>
    }
}
