//! An action under way: its button waits, and a refusal is shown beside it.

use leptos::prelude::*;

use super::loaded::FailureNotice;
use crate::client::Failure;

/// Whether an action runs, and why it failed.
#[derive(Clone, Copy)]
pub struct Doing {
    /// Does it run?
    pub busy: RwSignal<bool>,
    /// Why it failed the last time.
    pub failure: RwSignal<Option<Failure>>,
}

impl Doing {
    /// Nothing runs.
    pub fn new() -> Self {
        Doing {
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Runs a request unless one runs; `done` gets what it brought.
    pub fn run<T: 'static>(
        self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = request.await;
            // The page may have been left meanwhile.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(value) => done(value),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}

impl Default for Doing {
    fn default() -> Self {
        Doing::new()
    }
}

/// Why the action failed, if it did.
#[component]
pub fn DoingFailure(
    /// The action.
    doing: Doing,
) -> impl IntoView {
    move || {
        doing
            .failure
            .get()
            .map(|failure| view! { <FailureNotice failure=failure /> })
    }
}
