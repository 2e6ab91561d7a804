//! The fields of a card: name, position, contacts, language.

use api::access::person::PersonDetails;
use api::text::Language;
use leptos::prelude::*;

use crate::components::Field;
use crate::language::{label, say};
use crate::text::Wording;
use crate::text::access::people as words;

/// A card as it is being entered.
#[derive(Clone, Copy)]
pub struct Draft {
    name: RwSignal<String>,
    position: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    language: RwSignal<Language>,
}

impl Draft {
    /// Begins with a card, or with nothing.
    pub fn new(details: Option<&PersonDetails>) -> Self {
        let begin =
            |of: fn(&PersonDetails) -> String| RwSignal::new(details.map(of).unwrap_or_default());
        Draft {
            name: begin(|details| details.name.clone()),
            position: begin(|details| details.position.clone()),
            email: begin(|details| details.email.clone().unwrap_or_default()),
            phone: begin(|details| details.phone.clone().unwrap_or_default()),
            language: RwSignal::new(details.map_or(Language::Ru, |details| details.language)),
        }
    }

    /// What was typed; the server looks at it.
    pub fn details(self) -> PersonDetails {
        PersonDetails {
            name: self.name.get_untracked(),
            position: self.position.get_untracked(),
            email: Some(self.email.get_untracked()),
            phone: Some(self.phone.get_untracked()),
            language: self.language.get_untracked(),
        }
    }
}

/// The fields.
#[component]
pub fn DetailsFields(
    /// What is typed.
    draft: Draft,
) -> impl IntoView {
    view! {
        <Field id="person-name" label=label(words::name) value=draft.name />
        <Field id="person-position" label=label(words::position) value=draft.position />
        <Field id="person-email" label=label(words::email) value=draft.email kind="email" />
        <Field id="person-phone" label=label(words::phone) value=draft.phone kind="tel" />
        <LanguageField chosen=draft.language />
    }
}

/// The language of the interface.
#[component]
pub fn LanguageField(
    /// The chosen one.
    chosen: RwSignal<Language>,
) -> impl IntoView {
    let option = move |language: Language, key: &'static str, name: Wording| {
        view! {
            <option value=key selected=move || chosen.get() == language>
                {say(name)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="person-language">{say(words::language)}</label>
            <select
                class="input"
                id="person-language"
                on:change:target=move |event| {
                    let is_english = event.target().value() == "en";
                    chosen.set(if is_english { Language::En } else { Language::Ru });
                }
            >
                {option(Language::Ru, "ru", words::russian)}
                {option(Language::En, "en", words::english)}
            </select>
        </div>
    }
}
