//! Beginning an account by a personal link: the token stands after `#`, so it reaches no log.

use api::access::entry::{EntryAcceptance, EntryOffer, EntryToken};
use api::access::session::Session;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::link::{NoSecret, go_home, secret};
use super::password::{NewPassword, NewPasswordFields, PasswordWords};
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Field, Loaded};
use crate::device;
use crate::language::{label, say};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::access::people as words;

/// Login and password of somebody who was invited.
#[component]
pub fn EntryPage() -> impl IntoView {
    set_title(words::entry_title);
    let client = use_client();
    let token = secret();
    let offer = LocalResource::new(move || {
        let token = token.get_value();
        async move {
            client
                .post::<EntryOffer>(api::paths::SESSION_ENTRY, &EntryToken { token })
                .await
        }
    });
    view! {
        <main class="page narrow" id="main">
            <h1>{say(words::entry_title)}</h1>
            {if token.with_value(String::is_empty) {
                view! {
                    <NoSecret
                        title=words::entry_no_token_title
                        text=words::entry_no_token_text
                        to_sign_in=words::to_sign_in
                    />
                }
                    .into_any()
            } else {
                view! {
                    <Loaded
                        resource=offer
                        view=move |offer| view! { <Acceptance offer=offer token=token /> }
                    />
                }
                    .into_any()
            }}
        </main>
    }
}

#[component]
fn Acceptance(offer: EntryOffer, token: StoredValue<String>) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let navigate = use_navigate();
    let doing = Doing::new();
    let has_login = offer.login.is_some();
    let login = RwSignal::new(offer.login.clone().unwrap_or(offer.suggestion));
    let password = NewPassword::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(password) = password.taken() else {
            return;
        };
        let typed = EntryAcceptance {
            token: token.get_value(),
            login: login.get_untracked(),
            password,
        };
        let navigate = navigate.clone();
        doing.run(
            async move {
                client
                    .post::<Session>(api::paths::SESSION_ENTRY_ACCEPT, &typed)
                    .await
            },
            move |answer| {
                session.set(client, answer);
                go_home(navigate);
            },
        );
    };
    let (name, municipality, until_ms) = (offer.name, offer.municipality_name, offer.expires_ms);
    let own_login = offer.login;
    view! {
        <form class="stack" on:submit=send novalidate>
            <p>
                <b>{say(move |language| words::entry_hello(language, &name))}</b>
            </p>
            <p class="text">
                {say(move |language| {
                    if has_login {
                        words::entry_again_lead(language).to_owned()
                    } else {
                        words::entry_lead(language, municipality.in_language(language))
                    }
                })}
            </p>
            {match own_login {
                Some(login) => {
                    view! { <p>{say(move |language| words::login_is(language, &login))}</p> }.into_any()
                }
                None => {
                    view! {
                        <Field
                            id="entry-login"
                            label=label(words::entry_login_field)
                            hint=label(words::entry_login_hint)
                            value=login
                        />
                    }
                        .into_any()
                }
            }}
            <NewPasswordFields
                ids=["entry-password", "entry-again"]
                words=PasswordWords {
                    password: words::password,
                    hint: words::password_hint,
                    again: words::password_again,
                    differs: words::password_differs,
                }
                typed=password
            />
            <DoingFailure doing=doing />
            <p>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::entry_submit)}
                </button>
            </p>
            <p class="small muted num">
                {say(move |language| {
                    words::entry_until(language, device::date_time(language, until_ms))
                })}
            </p>
        </form>
    }
}
