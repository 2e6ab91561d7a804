//! Entry by a personal invitation: the token stands after `#`, so it reaches no log.

use api::access::session::{InvitationSignIn, Session};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon, Loading};
use crate::language::say;
use crate::session::use_session;
use crate::shell::{replacing, set_title};
use crate::text::Language;
use crate::text::access::invitation as words;

/// A sentence in the language in force.
type Phrase = fn(Language) -> &'static str;

/// Why the invitation cannot be used, as far as the person can do something about it.
#[derive(Clone, PartialEq)]
enum Refusal {
    NoToken,
    Expired,
    Used,
    Unknown,
    Other(Failure),
}

impl Refusal {
    fn of(failure: Failure) -> Self {
        match failure.code() {
            Some("invitation.expired") => Refusal::Expired,
            Some("invitation.other_device" | "invitation.used") => Refusal::Used,
            Some("invitation.unknown") => Refusal::Unknown,
            _ => Refusal::Other(failure),
        }
    }

    fn words(&self) -> Option<[Phrase; 2]> {
        match self {
            Refusal::NoToken => Some([words::no_token_title, words::no_token_text]),
            Refusal::Expired => Some([words::expired_title, words::expired_text]),
            Refusal::Used => Some([words::used_title, words::used_text]),
            Refusal::Unknown => Some([words::unknown_title, words::unknown_text]),
            Refusal::Other(_) => None,
        }
    }
}

/// Entry by a personal invitation.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let navigate = use_navigate();
    let refusal = RwSignal::new(None::<Refusal>);
    set_title(words::title);
    let token = window()
        .location()
        .hash()
        .unwrap_or_default()
        .trim_start_matches('#')
        .to_owned();
    let token = StoredValue::new(token);
    let enter = Callback::new(move |()| {
        let token = token.get_value();
        if token.is_empty() {
            refusal.set(Some(Refusal::NoToken));
            return;
        }
        refusal.set(None);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let body = InvitationSignIn { token };
            match client
                .post::<Session>(api::paths::SESSION_INVITATION, &body)
                .await
            {
                Ok(entered) => {
                    session.set(client, entered);
                    // The token leaves the address bar and the history.
                    navigate(api::work::ASSIGNMENTS, replacing());
                }
                Err(failure) => {
                    refusal.try_set(Some(Refusal::of(failure)));
                }
            }
        });
    });
    enter.run(());
    view! {
        <main class="page narrow" id="main">
            <h1>{say(words::title)}</h1>
            {move || match refusal.get() {
                None => view! {
                    <p class="muted" role="status">{say(words::entering)}</p>
                    <Loading />
                }
                    .into_any(),
                Some(Refusal::Other(failure)) => {
                    view! { <FailureNotice failure=failure retry=enter /> }.into_any()
                }
                Some(refusal) => view! { <Refused refusal=refusal /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Refused(refusal: Refusal) -> impl IntoView {
    refusal.words().map(|[title, text]| {
        view! {
            <div class="notice notice-warning" role="alert">
                <Icon glyph=Glyph::Alert />
                <div class="notice-body">
                    <p class="notice-title">{say(title)}</p>
                    <p>{say(text)}</p>
                    <a class="button" href=api::work::SIGN_IN>
                        {say(words::sign_in)}
                    </a>
                </div>
            </div>
        }
    })
}
