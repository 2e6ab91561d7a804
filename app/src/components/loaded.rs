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

/// Shows a resource: loading, failure with retry, or its value.
///
/// The value stays on the page while it is fetched again, and also when that fails.
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
    let retry = Callback::new(move |()| resource.refetch());
    let failed = move || {
        failure.get().map(|failure| {
            if failure.is_refusal() {
                view! { <Refusal /> }.into_any()
            } else if failure.is_absent() {
                view! { <Absent /> }.into_any()
            } else {
                view! { <FailureNotice failure=failure retry=retry /> }.into_any()
            }
        })
    };
    let content = move || match shown.get() {
        Some(value) => Some(view(value).into_any()),
        None if failure.with(Option::is_none) => Some(view! { <Loading /> }.into_any()),
        None => None,
    };
    view! {
        {failed}
        {content}
    }
}
