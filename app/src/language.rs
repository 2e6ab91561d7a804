//! The language of the interface as a signal, and texts that follow it.

use leptos::prelude::*;

use crate::text::{Language, Wording};
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

/// What [`say`] returns. One type for all texts of a kind: everything that shows a text is compiled for each type of
/// it, and a type for each of a thousand texts made up a tenth of the program.
pub type Said<T> = Box<dyn Fn() -> T + Send>;

/// A text that follows the language: `{say(text::map::title)}`, `{say(move |l| text::map::works(l, n))}`.
pub fn say<T>(text: impl Fn(Language) -> T + Send + 'static) -> Said<T> {
    let language = use_language();
    Box::new(move || text(current(language)))
}

/// A text that follows the language, for a property that takes a signal: a field's label, a dialog's title.
pub fn label(text: Wording) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || text(current(language)).to_owned())
}

/// A text from the server that follows the language.
pub fn say_text(text: Text) -> Said<String> {
    let language = use_language();
    Box::new(move || text.in_language(current(language)).to_owned())
}

/// Not inlined for the same reason: reading a signal is a page of code.
#[inline(never)]
fn current(language: Signal<Language>) -> Language {
    language.get()
}
