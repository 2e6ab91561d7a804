//! What a page shows while data is on its way, when it does not come, and when it has come.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::client::Failure;
use crate::language::{say, use_language};
use crate::session::use_session;
use crate::text::common;

/// Data is on its way; silent for the first moment, so quick answers do not flicker.
#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="loading-lines" aria-hidden="true"></span>
            <span class="loading-text">{say(common::loading)}</span>
        </div>
    }
}

/// A failure with its repair, and a way to try again.
#[component]
pub fn FailureNotice(
    /// What happened.
    failure: Failure,
    /// Tries again; absent where that makes no sense.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let language = use_language();
    let request = match &failure {
        Failure::Problem(problem) => problem.request.clone(),
        Failure::Offline | Failure::Unreadable { .. } => None,
    };
    let glyph = match failure {
        Failure::Offline => Glyph::Offline,
        Failure::Problem(_) | Failure::Unreadable { .. } => Glyph::Alert,
    };
    let is_final = failure.is_refusal() || failure.is_absent();
    let (title, text) = (failure.clone(), failure);
    view! {
        <div class="notice notice-danger" role="alert">
            <Icon glyph=glyph />
            <div class="notice-body">
                <p class="notice-title">{move || title.title(language.get())}</p>
                <p>{move || text.text(language.get())}</p>
                {request
                    .map(|id| {
                        view! {
                            <p class="faint small">
                                {say(move |language| common::request_id(language, &id))}
                            </p>
                        }
                    })}
                {retry
                    .filter(|_| !is_final)
                    .map(|retry| {
                        view! {
                            <button type="button" class="button" on:click=move |_| retry.run(())>
                                <Icon glyph=Glyph::Refresh />
                                {say(common::retry)}
                            </button>
                        }
                    })}
            </div>
        </div>
    }
}

/// A page that is not for this role: what the role is, and who can change that. Nothing is broken and nothing is
/// asked again.
#[component]
pub fn Refusal() -> impl IntoView {
    let session = use_session();
    let language = use_language();
    let role = move || {
        let person = session.person()?;
        let grant = person.grants.first()?;
        let language = language.get();
        Some(common::refusal_role(
            language,
            common::role(language, grant.role),
        ))
    };
    view! {
        <div class="empty">
            <h2>{say(common::refusal_title)}</h2>
            <p>{role}</p>
            <p>{say(common::refusal_text)}</p>
            <div class="empty-actions">
                <a class="button" href=api::work::PERMISSIONS>
                    {say(common::refusal_who)}
                </a>
                <a class="button quiet" href=api::work::HOME>
                    {say(common::to_home)}
                </a>
            </div>
        </div>
    }
}

/// There is no such thing, or it is not in this reader's scope.
#[component]
fn Absent() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{say(common::absent_title)}</h2>
            <p>{say(common::absent_text)}</p>
            <div class="empty-actions">
                <a class="button" href=api::work::HOME>
                    {say(common::to_home)}
                </a>
            </div>
        </div>
    }
}

/// What of a resource is shown: its last value, and why the last fetch failed.
struct Outcome<T: Send + Sync + 'static> {
    resource: LocalResource<Result<T, Failure>>,
    shown: RwSignal<Option<T>>,
    failure: RwSignal<Option<Failure>>,
}

impl<T: Send + Sync + 'static> Clone for Outcome<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Outcome<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Outcome<T> {
    fn of(resource: LocalResource<Result<T, Failure>>) -> Self {
        let shown = RwSignal::new(None::<T>);
        let failure = RwSignal::new(None::<Failure>);
        Effect::new(move |_| match resource.get() {
            None => {}
            Some(Ok(value)) => {
                failure.set(None);
                if shown.with_untracked(|shown| shown.as_ref() != Some(&value)) {
                    shown.set(Some(value));
                }
            }
            Some(Err(error)) => failure.set(Some(error)),
        });
        Outcome {
            resource,
            shown,
            failure,
        }
    }

    /// The failure of the last fetch in place of the value or above it.
    fn failed(self) -> impl IntoView {
        let resource = self.resource;
        let retry = Callback::new(move |()| resource.refetch());
        move || {
            self.failure.get().map(|failure| {
                if failure.is_refusal() {
                    view! { <Refusal /> }.into_any()
                } else if failure.is_absent() {
                    view! { <Absent /> }.into_any()
                } else {
                    view! { <FailureNotice failure=failure retry=retry /> }.into_any()
                }
            })
        }
    }

    /// What stands where no value came yet.
    fn waiting(self) -> Option<AnyView> {
        self.failure
            .with(Option::is_none)
            .then(|| view! { <Loading /> }.into_any())
    }
}

/// Shows a resource: loading, failure with retry, or its value.
///
/// The value stays on the page while it is fetched again, and also when that fails. Another value draws the page anew,
/// with every field on it: a page on which people write while it follows the district is [`Following`].
#[component]
pub fn Loaded<T, V>(
    /// What is fetched.
    resource: LocalResource<Result<T, Failure>>,
    /// Draws the value.
    view: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let outcome = Outcome::of(resource);
    let content = move || match outcome.shown.get() {
        Some(value) => Some(view(value).into_any()),
        None => outcome.waiting(),
    };
    view! {
        {outcome.failed()}
        {content}
    }
}

/// Shows a resource on which people write: it is drawn once for each thing and then follows the changes in place, so
/// that neither another's news nor an own answer takes away what is being typed.
#[component]
pub fn Following<T, K, V>(
    /// What is fetched.
    resource: LocalResource<Result<T, Failure>>,
    /// What tells one thing from another; another one is drawn anew.
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    /// Draws the value and follows it.
    view: impl Fn(Signal<T>) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let outcome = Outcome::of(resource);
    let shown = outcome.shown;
    let thing = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(&key)));
    let content = move || {
        thing.track();
        let Some(first) = shown.get_untracked() else {
            return outcome.waiting();
        };
        let current = Signal::derive(move || shown.get().unwrap_or_else(|| first.clone()));
        Some(view(current).into_any())
    };
    view! {
        {outcome.failed()}
        {content}
    }
}
