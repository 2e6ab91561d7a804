//! A field in which somebody writes: nothing from elsewhere touches it until it is left.

use leptos::prelude::*;

use super::port::{Port, Question};

/// What stands in a field. Told by path, so that a field that is removed while it has the focus still tells that it
/// was left, after its owner is gone.
#[derive(Clone)]
pub struct Typing {
    port: Port,
    path: String,
    /// The person's own letters, from entering the field until leaving it.
    own: ArcRwSignal<Option<String>>,
}

impl Typing {
    /// The field of a question.
    pub fn new(question: Question) -> Self {
        Typing {
            port: question.port,
            path: question.path(),
            own: ArcRwSignal::new(None),
        }
    }

    /// What the field shows (tracked): the person's own letters while they are in it, then what could not be read,
    /// otherwise the answer.
    pub fn shown(&self, answer: impl FnOnce() -> String) -> String {
        let unreadable = || {
            let unreadable = self.port.unreadable;
            unreadable.with(|all| all.get(&self.path).cloned())
        };
        self.own.get().or_else(unreadable).unwrap_or_else(answer)
    }

    /// Is the person in the field?
    pub fn is_held(&self) -> bool {
        self.own.with_untracked(Option::is_some)
    }

    /// The person came into the field.
    pub fn entered(&self, text: String) {
        self.own.set(Some(text));
        self.port.held.try_run(self.path.clone());
    }

    /// The person wrote.
    pub fn wrote(&self, text: String) {
        self.own.set(Some(text.clone()));
        self.port.typing.try_run((self.path.clone(), text));
    }

    /// The person went out of the field.
    pub fn left(&self) {
        self.port.left.try_run(self.path.clone());
        self.own.set(None);
    }
}
