//! A new password, typed twice.

use leptos::prelude::*;

use crate::components::{Field, Notice, Tone};
use crate::language::{label, say};
use crate::text::Wording;

/// A new password as it is being typed.
#[derive(Clone, Copy)]
pub struct NewPassword {
    once: RwSignal<String>,
    again: RwSignal<String>,
    differs: RwSignal<bool>,
}

/// What the fields are called.
#[derive(Clone, Copy)]
pub struct PasswordWords {
    /// The first field.
    pub password: Wording,
    /// How long it must be.
    pub hint: Wording,
    /// The second field.
    pub again: Wording,
    /// Said when the two differ.
    pub differs: Wording,
}

impl NewPassword {
    /// Nothing is typed.
    pub fn new() -> Self {
        NewPassword {
            once: RwSignal::new(String::new()),
            again: RwSignal::new(String::new()),
            differs: RwSignal::new(false),
        }
    }

    /// The password, when both fields say the same; otherwise the fields say that they differ.
    pub fn taken(self) -> Option<String> {
        let password = self.once.get_untracked();
        let differs = password != self.again.get_untracked();
        self.differs.set(differs);
        (!differs).then_some(password)
    }

    /// Empties both fields.
    pub fn clear(self) {
        self.once.set(String::new());
        self.again.set(String::new());
    }
}

/// Both fields, and that they differ.
#[component]
pub fn NewPasswordFields(
    /// Ids of the two fields.
    ids: [&'static str; 2],
    words: PasswordWords,
    typed: NewPassword,
) -> impl IntoView {
    let [once, again] = ids;
    view! {
        <Field
            id=once
            label=label(words.password)
            hint=label(words.hint)
            value=typed.once
            kind="password"
        />
        <Field id=again label=label(words.again) value=typed.again kind="password" />
        {move || {
            typed
                .differs
                .get()
                .then(|| {
                    view! {
                        <Notice tone=Tone::Danger>
                            <p>{say(words.differs)}</p>
                        </Notice>
                    }
                })
        }}
    }
}
