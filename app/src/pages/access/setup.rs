//! Founding an office in the browser: the one-time code stands after `#`, so it reaches no log.

use api::access::session::Session;
use api::access::setup::{Founding, Office, SetupCode, SetupState};
use api::id::{MunicipalityId, PersonId};
use api::text::Text;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::link::{NoSecret, go_home, secret};
use super::password::{NewPassword, NewPasswordFields, PasswordWords};
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Field, Loaded};
use crate::language::{label, say};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::access::setup as words;

/// Hours east of UTC that the regions of Russia keep.
const ZONES: std::ops::RangeInclusive<i32> = 2..=12;

/// Founding, once.
#[component]
pub fn SetupPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let code = secret();
    let state = LocalResource::new(move || {
        let code = code.get_value();
        async move {
            client
                .post::<SetupState>(api::paths::SETUP_CODE, &SetupCode { code })
                .await
        }
    });
    view! {
        <main class="page narrow" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            {if code.with_value(String::is_empty) {
                view! {
                    <NoSecret
                        title=words::no_code_title
                        text=words::no_code_text
                        to_sign_in=words::sign_in
                    />
                }
                    .into_any()
            } else {
                view! {
                    <Loaded resource=state view=move |_| view! { <FoundingForm code=code /> } />
                }
                    .into_any()
            }}
        </main>
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name_ru: RwSignal<String>,
    name_en: RwSignal<String>,
    hours: RwSignal<i32>,
    name: RwSignal<String>,
    login: RwSignal<String>,
    password: NewPassword,
    is_coordinator: RwSignal<bool>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Typed {
            name_ru: empty(),
            name_en: empty(),
            hours: RwSignal::new(3),
            name: empty(),
            login: empty(),
            password: NewPassword::new(),
            is_coordinator: RwSignal::new(true),
        }
    }

    fn founding(
        self,
        code: String,
        password: String,
        [municipality, person]: [Uuid; 2],
    ) -> Founding {
        Founding {
            code,
            municipality: MunicipalityId(municipality),
            office: Office {
                name: Text::new(self.name_ru.get_untracked(), self.name_en.get_untracked()),
                zone_minutes: self.hours.get_untracked() * 60,
            },
            person: PersonId(person),
            name: self.name.get_untracked(),
            login: self.login.get_untracked(),
            password,
            is_coordinator: self.is_coordinator.get_untracked(),
        }
    }
}

#[component]
fn FoundingForm(code: StoredValue<String>) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let navigate = use_navigate();
    let typed = Typed::new();
    let doing = Doing::new();
    let ids = [Uuid::now_v7(), Uuid::now_v7()];
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(password) = typed.password.taken() else {
            return;
        };
        let founding = typed.founding(code.get_value(), password, ids);
        let navigate = navigate.clone();
        doing.run(
            async move { client.post::<Session>(api::paths::SETUP, &founding).await },
            move |answer| {
                session.set(client, answer);
                go_home(navigate);
            },
        );
    };
    view! {
        <form class="stack loose" on:submit=send novalidate>
            <section class="stack">
                <h2>{say(words::office)}</h2>
                <Field
                    id="setup-name-ru"
                    label=label(words::name_ru)
                    hint=label(words::name_ru_hint)
                    value=typed.name_ru
                />
                <Field id="setup-name-en" label=label(words::name_en) value=typed.name_en />
                <Zone hours=typed.hours />
            </section>
            <section class="stack">
                <h2>{say(words::administrator)}</h2>
                <Field id="setup-name" label=label(words::name) value=typed.name />
                <Field id="setup-login" label=label(words::login) value=typed.login />
                <NewPasswordFields
                    ids=["setup-password", "setup-again"]
                    words=PasswordWords {
                        password: words::password,
                        hint: words::password_hint,
                        again: words::again,
                        differs: words::differs,
                    }
                    typed=typed.password
                />
                <label class="chip">
                    <input
                        type="checkbox"
                        prop:checked=move || typed.is_coordinator.get()
                        on:change:target=move |event| {
                            typed.is_coordinator.set(event.target().checked());
                        }
                    />
                    {say(words::coordinator)}
                </label>
                <p class="hint">{say(words::coordinator_hint)}</p>
            </section>
            <DoingFailure doing=doing />
            <p>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::submit)}
                </button>
            </p>
        </form>
    }
}

/// The time that schools keep.
#[component]
fn Zone(hours: RwSignal<i32>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="setup-zone">{say(words::zone)}</label>
            <select
                class="input"
                id="setup-zone"
                on:change:target=move |event| {
                    if let Ok(chosen) = event.target().value().parse() {
                        hours.set(chosen);
                    }
                }
            >
                {ZONES
                    .map(|zone| {
                        view! {
                            <option value=zone.to_string() selected=move || hours.get() == zone>
                                {say(move |language| match zone {
                                    3 => words::zone_moscow(language).to_owned(),
                                    _ => words::zone_name(language, format!("+{zone}")),
                                })}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
