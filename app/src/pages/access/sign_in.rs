//! Sign-in: login and password; in a demo, people to tap.

use api::access::session::{DemoPerson, DemoSignIn, Session, SignIn};
use api::id::PersonId;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded};
use crate::device;
use crate::language::{ChosenLanguage, say, say_text, use_language};
use crate::session::use_session;
use crate::shell::{replacing, set_title};
use crate::text::access::sign_in as words;
use crate::text::common;

/// The page of sign-in. A page that needs it shows it in its own place and appears afterwards.
#[component]
pub fn SignInPage() -> impl IntoView {
    set_title(words::title);
    let session = use_session();
    let is_demo = Memo::new(move |_| session.is_demo());
    let is_signed_in = Memo::new(move |_| session.person().is_some());
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if is_signed_in.get() && location.pathname.get_untracked() == api::work::SIGN_IN {
            navigate(api::work::HOME, replacing());
        }
    });
    view! {
        <main class="page sign-in" id="main">
            <section class="stack sign-in-form">
                <h1>{say(words::title)}</h1>
                <p class="muted">{say(words::lead)}</p>
                <SignInForm />
                <p class="small muted">{say(words::observer_note)}</p>
                <p class="small">
                    <a href="/" rel="external">
                        {say(words::public_pages)}
                    </a>
                </p>
            </section>
            {move || is_demo.get().then(|| view! { <DemoPeople /> })}
        </main>
    }
}

/// How to take over the server's answer to any way of entering.
fn take_over() -> impl Fn(Session) + Copy {
    let (client, session) = (use_client(), use_session());
    let ChosenLanguage(language) = expect_context::<ChosenLanguage>();
    move |answer: Session| {
        // The person's own language, unless one was chosen on this device.
        if let (Some(person), false) = (&answer.person, device::has_chosen_language()) {
            language.set(person.language);
        }
        session.set(client, answer);
    }
}

/// What is wrong with the form before it is sent.
#[derive(Clone, PartialEq)]
enum Trouble {
    LoginMissing,
    PasswordMissing,
    Refused(Failure),
}

/// Login and password; also shown over a page whose session has ended.
#[component]
pub fn SignInForm() -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let accept = take_over();
    let trouble = RwSignal::new(None::<Trouble>);
    let is_busy = RwSignal::new(false);
    let is_shown = RwSignal::new(false);
    let login = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let summary = NodeRef::<html::Div>::new();
    // The summary takes the focus, so that it is read and seen.
    Effect::new(move |_| {
        if trouble.with(Option::is_some)
            && let Some(summary) = summary.get()
        {
            drop(summary.focus());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let value = |input: NodeRef<html::Input>| {
            input
                .get_untracked()
                .map(|input| input.value())
                .unwrap_or_default()
        };
        let request = SignIn {
            login: value(login).trim().to_owned(),
            password: value(password),
        };
        trouble.set(None);
        if request.login.is_empty() {
            trouble.set(Some(Trouble::LoginMissing));
            return;
        }
        if request.password.is_empty() {
            trouble.set(Some(Trouble::PasswordMissing));
            return;
        }
        is_busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = client.post::<Session>(api::paths::SESSION, &request).await;
            is_busy.set(false);
            match answer {
                Ok(session) => accept(session),
                Err(failure) => trouble.set(Some(Trouble::Refused(failure))),
            }
        });
    };
    let trouble_text = move || {
        let language = language.get();
        trouble.get().map(|trouble| match trouble {
            Trouble::LoginMissing => words::login_missing(language).to_owned(),
            Trouble::PasswordMissing => words::password_missing(language).to_owned(),
            Trouble::Refused(failure) => failure.text(language),
        })
    };
    let is_missing = move |field: Trouble| trouble.with(|trouble| trouble.as_ref() == Some(&field));
    view! {
        <form class="stack" on:submit=submit novalidate>
            {move || {
                trouble_text()
                    .map(|text| {
                        view! {
                            <div
                                class="notice notice-danger"
                                role="alert"
                                tabindex="-1"
                                node_ref=summary
                            >
                                <Icon glyph=Glyph::Alert />
                                <div class="notice-body">
                                    <p class="notice-title">{say(words::error_title)}</p>
                                    <p>{text}</p>
                                </div>
                            </div>
                        }
                    })
            }}
            <div class="field">
                <label for="sign-in-login">{say(words::login)}</label>
                <input
                    class="input"
                    id="sign-in-login"
                    name="login"
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    node_ref=login
                    aria-invalid=move || is_missing(Trouble::LoginMissing).then_some("true")
                />
            </div>
            <div class="field">
                <label for="sign-in-password">{say(words::password)}</label>
                <div class="input-group">
                    <input
                        class="input"
                        id="sign-in-password"
                        name="password"
                        type=move || if is_shown.get() { "text" } else { "password" }
                        autocomplete="current-password"
                        maxlength="256"
                        node_ref=password
                        aria-invalid=move || is_missing(Trouble::PasswordMissing).then_some("true")
                    />
                    <button
                        type="button"
                        class="button"
                        aria-pressed=move || is_shown.get().to_string()
                        aria-label=say(words::show)
                        title=move || {
                            let language = language.get();
                            if is_shown.get() {
                                words::hide(language)
                            } else {
                                words::show(language)
                            }
                        }
                        on:click=move |_| is_shown.update(|is_shown| *is_shown = !*is_shown)
                    >
                        {move || {
                            let glyph = if is_shown.get() { Glyph::EyeOff } else { Glyph::Eye };
                            view! { <Icon glyph=glyph /> }
                        }}
                    </button>
                </div>
            </div>
            <div class="actions">
                <button
                    type="submit"
                    class="button primary large"
                    prop:disabled=move || is_busy.get()
                >
                    {move || {
                        let language = language.get();
                        if is_busy.get() { words::busy(language) } else { words::submit(language) }
                    }}
                </button>
                <SamePerson />
            </div>
        </form>
    }
}

/// In a demo nobody knows passwords: the person whose session ended comes back by a tap.
#[component]
fn SamePerson() -> impl IntoView {
    let session = use_session();
    let person = Memo::new(move |_| session.is_demo().then(|| session.person()).flatten());
    let enter = enter_demo();
    move || {
        person.get().map(|person| {
            let id = person.id;
            view! {
                <button type="button" class="button large" on:click=move |_| enter.run(id)>
                    {say(move |language| words::demo_again(language, &person.name))}
                </button>
            }
        })
    }
}

fn enter_demo() -> Callback<PersonId> {
    let client = use_client();
    let toasts = crate::components::use_toasts();
    let language = use_language();
    let accept = take_over();
    Callback::new(move |person: PersonId| {
        leptos::task::spawn_local(async move {
            let request = DemoSignIn { person };
            match client
                .post::<Session>(api::paths::SESSION_DEMO, &request)
                .await
            {
                Ok(session) => accept(session),
                Err(failure) => toasts.say(failure.text(language.get_untracked())),
            }
        });
    })
}

/// People of the demo, and what each can show.
#[component]
fn DemoPeople() -> impl IntoView {
    let client = use_client();
    let enter = enter_demo();
    let people = LocalResource::new(move || async move {
        client.get::<Vec<DemoPerson>>(api::paths::DEMO_PEOPLE).await
    });
    view! {
        <section class="stack demo-people">
            <div class="stack tight">
                <h2>{say(words::demo_title)}</h2>
                <p class="muted">{say(words::demo_text)}</p>
            </div>
            <Loaded
                resource=people
                view=move |people| {
                    view! {
                        <ul class="people">
                            {people
                                .into_iter()
                                .map(|person| view! { <PersonEntry person=person enter=enter /> })
                                .collect_view()}
                        </ul>
                    }
                }
            />
        </section>
    }
}

#[component]
fn PersonEntry(person: DemoPerson, enter: Callback<PersonId>) -> impl IntoView {
    let id = person.id;
    let role = person.role;
    let place = person.organisation;
    let login = person.login;
    view! {
        <li>
            <button type="button" class="person" on:click=move |_| enter.run(id)>
                <span class="person-name">
                    <b>{person.name}</b>
                    <span class="small muted">
                        {say(move |language| {
                            let role = common::role(language, role);
                            match &place {
                                Some(place) => format!("{role}, {place}"),
                                None => role.to_owned(),
                            }
                        })}
                    </span>
                </span>
                <span class="small">{say_text(person.about)}</span>
                <span class="tiny faint">
                    {say(move |language| words::demo_login(language, &login))}
                </span>
                <Icon glyph=Glyph::ChevronRight />
            </button>
        </li>
    }
}
