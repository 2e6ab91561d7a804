//! «Мой профиль»: one's own contacts, password and sessions.

use api::access::account::{Account, Contacts, PasswordChange};
use leptos::prelude::*;

use super::password::{NewPassword, NewPasswordFields, PasswordWords};
use super::people::{LanguageField, Sessions};
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Field, Loaded, use_toasts};
use crate::language::{ChosenLanguage, label, say, use_language};
use crate::shell::set_title;
use crate::text::access::people as words;

/// One's own account.
#[component]
pub fn ProfilePage() -> impl IntoView {
    set_title(words::profile_title);
    let client = use_client();
    let account = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Account>(api::paths::ACCOUNT)
    });
    view! {
        <main class="page narrow" id="main">
            <div>
                <h1>{say(words::profile_title)}</h1>
                <p class="text muted">{say(words::profile_lead)}</p>
            </div>
            <Loaded resource=account view=|account| view! { <Parts account=account /> } />
        </main>
    }
}

#[component]
fn Parts(account: Account) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let sessions = RwSignal::new(account.sessions);
    let end = Callback::new(move |session: Option<String>| {
        let path = match &session {
            Some(session) => api::paths::account_session(session),
            None => api::paths::ACCOUNT_SESSIONS.to_owned(),
        };
        leptos::task::spawn_local(async move {
            match client.delete::<Account>(&path).await {
                Ok(account) => {
                    let language = language.get_untracked();
                    toasts.say(match session {
                        Some(_) => words::ended_now(language),
                        None => words::ended_all(language),
                    });
                    sessions.try_set(account.sessions);
                }
                Err(failure) => toasts.say(failure.text(language.get_untracked())),
            }
        });
    });
    view! {
        <ContactsPart contacts=account.contacts />
        <PasswordPart login=account.login sessions=sessions />
        {move || {
            view! {
                <Sessions
                    title=words::own_sessions
                    sessions=sessions.get()
                    end_all=words::end_others
                    end=end
                />
            }
        }}
    }
}

#[component]
fn ContactsPart(contacts: Contacts) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let ChosenLanguage(shown) = expect_context::<ChosenLanguage>();
    let toasts = use_toasts();
    let doing = Doing::new();
    let email = RwSignal::new(contacts.email.unwrap_or_default());
    let phone = RwSignal::new(contacts.phone.unwrap_or_default());
    let chosen = RwSignal::new(contacts.language);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let contacts = Contacts {
            email: Some(email.get_untracked()),
            phone: Some(phone.get_untracked()),
            language: chosen.get_untracked(),
        };
        doing.run(
            async move { client.put::<Account>(api::paths::ACCOUNT, &contacts).await },
            move |account| {
                shown.set(account.contacts.language);
                toasts.say(words::saved(language.get_untracked()));
            },
        );
    };
    view! {
        <section class="stack">
            <h2>{say(words::profile_contacts)}</h2>
            <form class="stack" on:submit=send novalidate>
                <Field id="profile-email" label=label(words::email) value=email kind="email" />
                <Field id="profile-phone" label=label(words::phone) value=phone kind="tel" />
                <LanguageField chosen=chosen />
                <DoingFailure doing=doing />
                <p>
                    <button type="submit" class="button" disabled=move || doing.busy.get()>
                        {say(words::profile_save)}
                    </button>
                </p>
            </form>
        </section>
    }
}

#[component]
fn PasswordPart(
    login: Option<String>,
    sessions: RwSignal<Vec<api::access::account::OpenSession>>,
) -> impl IntoView {
    match login {
        Some(login) => view! {
            <section class="stack">
                <h2>{say(words::password)}</h2>
                <p>{say(move |language| words::login_is(language, &login))}</p>
                <PasswordForm sessions=sessions />
            </section>
        }
        .into_any(),
        None => view! {
            <section class="stack">
                <h2>{say(words::password)}</h2>
                <p class="muted">{say(words::password_none)}</p>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn PasswordForm(sessions: RwSignal<Vec<api::access::account::OpenSession>>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let doing = Doing::new();
    let current = RwSignal::new(String::new());
    let new = NewPassword::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(password) = new.taken() else {
            return;
        };
        let change = PasswordChange {
            current: current.get_untracked(),
            new: password,
        };
        doing.run(
            async move {
                client
                    .put::<Account>(api::paths::ACCOUNT_PASSWORD, &change)
                    .await
            },
            move |account| {
                current.set(String::new());
                new.clear();
                sessions.set(account.sessions);
                toasts.say(words::password_changed(language.get_untracked()));
            },
        );
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <Field
                id="password-now"
                label=label(words::password_now)
                value=current
                kind="password"
            />
            <NewPasswordFields
                ids=["password-new", "password-again"]
                words=PasswordWords {
                    password: words::password_new,
                    hint: words::password_hint,
                    again: words::password_again,
                    differs: words::password_differs,
                }
                typed=new
            />
            <DoingFailure doing=doing />
            <p>
                <button type="submit" class="button" disabled=move || doing.busy.get()>
                    {say(words::password_change)}
                </button>
            </p>
        </form>
    }
}
