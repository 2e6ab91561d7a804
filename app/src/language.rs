//! The language of the interface as a signal, and texts that follow it.

use leptos::prelude::*;

use crate::text::Language;
use api::text::Text;

/// The chosen language, given to the whole work area by context.
#[derive(Clone, Copy)]
pub struct ChosenLanguage(pub RwSignal<Language>);

/// The language in force; Russian where nobody has chosen.
pub fn use_language() -> Signal<Language> {
    match use_context::<ChosenLanguage>() {
        Some(ChosenLanguage(language)) => language.into(),
        None => Signal::stored(Language::Ru),
    }
}

/// A text that follows the language: `{say(text::map::title)}`, `{say(move |l| text::map::works(l, n))}`.
pub fn say<T>(
    text: impl Fn(Language) -> T + Clone + Send + 'static,
) -> impl Fn() -> T + Clone + Send + 'static {
    let language = use_language();
    move || text(language.get())
}

/// A text from the server that follows the language.
pub fn say_text(text: Text) -> impl Fn() -> String + Clone + Send + 'static {
    let language = use_language();
    move || text.in_language(language.get()).to_owned()
}
