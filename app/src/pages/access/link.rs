//! Pages that begin by a personal link: the secret stands after `#`, so it reaches no log.

use leptos::prelude::*;
use leptos_router::NavigateOptions;

use crate::components::{Notice, Tone};
use crate::language::say;
use crate::shell::replacing;
use crate::text::Wording;

/// The secret of the address; empty when there is none.
pub fn secret() -> StoredValue<String> {
    let hash = window().location().hash().unwrap_or_default();
    StoredValue::new(hash.trim_start_matches('#').to_owned())
}

/// Goes to the work area. The secret leaves the address bar; a whole path, the router must not put its base before it.
pub fn go_home(navigate: impl Fn(&str, NavigateOptions)) {
    navigate(api::work::HOME, replacing());
}

/// Said where the address has no secret, with the way to sign-in.
#[component]
pub fn NoSecret(title: Wording, text: Wording, to_sign_in: Wording) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning>
            <p class="notice-title">{say(title)}</p>
            <p>{say(text)}</p>
            <a class="button" href=api::work::SIGN_IN>
                {say(to_sign_in)}
            </a>
        </Notice>
    }
}
