//! Devices where somebody is signed in, each to be ended.

use api::access::account::OpenSession;
use leptos::prelude::*;

use crate::device;
use crate::language::say;
use crate::model::browser;
use crate::text::access::people as words;
use crate::text::{Language, Wording};

/// The list with its buttons.
#[component]
pub fn Sessions(
    /// Heading.
    title: Wording,
    /// The devices.
    sessions: Vec<OpenSession>,
    /// Name of the button that ends all of them.
    end_all: Wording,
    /// Ends one, or all that may be ended.
    end: Callback<Option<String>>,
) -> impl IntoView {
    let others = sessions.iter().filter(|session| !session.is_this).count();
    view! {
        <section class="stack no-print">
            <h2>{say(title)}</h2>
            {sessions.is_empty().then(|| view! { <p class="muted">{say(words::sessions_none)}</p> })}
            <ul class="people-lines">
                {sessions
                    .into_iter()
                    .map(|session| view! { <Line session=session end=end /> })
                    .collect_view()}
            </ul>
            {(others > 0)
                .then(|| {
                    view! {
                        <p>
                            <button type="button" class="button" on:click=move |_| end.run(None)>
                                {say(end_all)}
                            </button>
                        </p>
                    }
                })}
        </section>
    }
}

#[component]
fn Line(session: OpenSession, end: Callback<Option<String>>) -> impl IntoView {
    let (seen_ms, created_ms) = (session.seen_ms, session.created_ms);
    let name = session.device.clone();
    let id = session.id.clone();
    view! {
        <li class="people-line">
            <div>
                <p title=session.device>
                    <b>{say(move |language| device_words(language, &name))}</b>
                    {session
                        .is_this
                        .then(|| view! { " " <span class="tag calm">{say(words::session_this)}</span> })}
                </p>
                <p class="small muted num">
                    {say(move |language| {
                        words::session_seen(language, device::date_time(language, seen_ms))
                    })} " · "
                    {say(move |language| {
                        words::session_since(language, device::date_time(language, created_ms))
                    })}
                </p>
            </div>
            {(!session.is_this)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| end.run(Some(id.clone()))
                        >
                            {say(words::end)}
                        </button>
                    }
                })}
        </li>
    }
}

fn device_words(language: Language, device: &str) -> String {
    match browser::named(device) {
        Some((browser, system)) => words::device(language, browser, system),
        None => words::device_unknown(language).to_owned(),
    }
}
