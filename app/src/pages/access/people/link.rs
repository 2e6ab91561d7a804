//! Entry of a person: login, the link to begin with, and its slip.

use api::access::entry::{EntryLink, EntryState, NewEntryLink};
use api::access::permission::Permission;
use api::access::person::{PersonCard, Standing};
use api::id::EntryLinkId;
use leptos::prelude::*;
use uuid::Uuid;

use super::card::Shown;
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure, Notice, use_toasts};
use crate::device;
use crate::language::{label, say, use_language};
use crate::session::use_session;
use crate::text::access::people as words;

/// Login and link.
#[component]
pub fn EntryPart(
    /// The person.
    card: PersonCard,
    /// What the page shows.
    shown: Shown,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let doing = Doing::new();
    let asks = RwSignal::new(false);
    // The slip outlives the card that is read anew beneath it.
    let issued = expect_issued();
    let id = card.id;
    let last = card.entries.first().cloned();
    let open = last.clone().filter(|link| link.state == EntryState::Open);
    let is_expired = last.is_some_and(|link| link.state == EntryState::Expired);
    let may_issue = card.standing == Standing::Active && session.may(Permission::EntryCreate);
    let issue = move || {
        let new = NewEntryLink {
            id: EntryLinkId(Uuid::now_v7()),
        };
        doing.run(
            async move {
                let path = api::paths::of_person(id, "entries");
                client.post::<EntryLink>(&path, &new).await
            },
            move |link| {
                asks.set(false);
                issued.set(Some(link));
                leptos::task::spawn_local(async move {
                    // The slip is there; a card that is not read anew is only a little old.
                    drop(shown.fetch(client, id).await);
                });
            },
        );
    };
    let name = match (&open, &card.login) {
        (Some(_), _) => words::issue_again,
        (None, Some(_)) => words::issue_forgotten,
        (None, None) => words::issue,
    };
    let until_ms = open.as_ref().map(|link| link.expires_ms);
    let is_open = open.is_some();
    let login = card.login.clone();
    view! {
        <section class="stack">
            <div class="stack no-print">
                <h2>{say(words::entry)}</h2>
                <p>
                    {say(move |language| match &login {
                        Some(login) => words::login_is(language, login),
                        None => words::login_none(language).to_owned(),
                    })}
                </p>
                {until_ms
                    .map(|at_ms| {
                        view! {
                            <p class="small muted num">
                                {say(move |language| {
                                    words::link_open(language, device::date_time(language, at_ms))
                                })}
                            </p>
                        }
                    })}
                {is_expired
                    .then(|| view! { <p class="small muted">{say(words::link_expired)}</p> })}
                <DoingFailure doing=doing />
                {may_issue
                    .then(|| {
                        view! {
                            <div class="actions">
                                <button
                                    type="button"
                                    class="button primary"
                                    disabled=move || doing.busy.get()
                                    on:click=move |_| if is_open { asks.set(true) } else { issue() }
                                >
                                    {say(name)}
                                </button>
                                {open
                                    .clone()
                                    .map(|link| view! { <TakeBack link=link shown=shown /> })}
                            </div>
                        }
                    })}
            </div>
            {move || issued.get().map(|link| view! { <Slip link=link /> })}
            <Dialog
                open=asks
                title=label(words::replace_title)
            >
                <p>
                    {say(move |language| {
                        let until = device::date_time(language, until_ms.unwrap_or_default());
                        words::replace_text(language, until)
                    })}
                </p>
                <button
                    type="button"
                    class="button primary"
                    disabled=move || doing.busy.get()
                    on:click=move |_| issue()
                >
                    {say(words::replace_do)}
                </button>
            </Dialog>
        </section>
    }
}

/// The link that was issued on this page, shown until the page is left.
#[derive(Clone, Copy)]
pub struct Issued(pub RwSignal<Option<EntryLink>>);

fn expect_issued() -> RwSignal<Option<EntryLink>> {
    expect_context::<Issued>().0
}

#[component]
fn TakeBack(link: EntryLink, shown: Shown) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let doing = Doing::new();
    let issued = expect_issued();
    let path = api::paths::of_person(link.person, &format!("entries/{}", link.id));
    let take_back = move |_| {
        let path = path.clone();
        doing.run(
            async move { client.delete::<PersonCard>(&path).await },
            move |card| {
                toasts.say(words::taken_back(language.get_untracked()));
                issued.set(None);
                shown.set(card);
            },
        );
    };
    view! {
        <button
            type="button"
            class="button"
            disabled=move || doing.busy.get()
            on:click=take_back
        >
            {say(words::take_back)}
        </button>
        <DoingFailure doing=doing />
    }
}

/// The slip: name, code, link and until when; shown once, the server keeps only a hash.
#[component]
fn Slip(link: EntryLink) -> impl IntoView {
    let expires_ms = link.expires_ms;
    let name = link.person_name.clone();
    let address = link.link.clone().unwrap_or_default();
    let selected = address.clone();
    view! {
        <div class="no-print">
            <Notice>
                <p class="notice-title">{say(words::slip_title)}</p>
                <p>{say(words::slip_once)}</p>
            </Notice>
        </div>
        <article class="slip">
            <div class="stack tight">
                <p class="small muted">{say(words::slip_for)}</p>
                <p class="slip-name">{link.person_name}</p>
                <p>{say(words::slip_text)}</p>
                <p class="slip-link">{address}</p>
                <p class="num">
                    <b>
                        {say(move |language| {
                            words::slip_until(language, device::date_time(language, expires_ms))
                        })}
                    </b>
                </p>
            </div>
            {link
                .qr_svg
                .map(|svg| {
                    view! {
                        <div
                            class="invitation-qr"
                            role="img"
                            aria-label=say(move |language| words::slip_qr(language, &name))
                            inner_html=svg
                        ></div>
                    }
                })}
        </article>
        <div class="field no-print">
            <label for="entry-link">{say(words::slip_link)}</label>
            <input
                class="input"
                id="entry-link"
                readonly=true
                prop:value=selected
                on:focus=move |event| {
                    event_target::<web_sys::HtmlInputElement>(&event).select();
                }
            />
        </div>
        <div class="actions">
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    // A browser without a printer simply does nothing.
                    drop(window().print());
                }
            >
                {say(words::print)}
            </button>
        </div>
    }
}
