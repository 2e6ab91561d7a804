//! What may happen on any page: no network, a session that ends, a wrong clock, live changes.

use std::time::Duration;

use api::access::permission::Permission;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Dialog, Glyph, Icon};
use crate::device;
use crate::filling::desk::use_desk;
use crate::language::say;
use crate::live::use_live;
use crate::pages::access::sign_in::SignInForm;
use crate::session::use_session;
use crate::text::shell;
use crate::worker::use_worker;

/// Warning before the session ends (WCAG 2.2.1 asks for at least 20 seconds).
const WARN_BEFORE_MS: i64 = 120_000;
/// A person who moved or typed this lately is at work: the session is prolonged without asking.
const AT_WORK_MS: i64 = 600_000;
/// Clocks apart by more than this are worth a word: times on sheets are evidence.
const CLOCK_SKEW_MS: i64 = 180_000;

/// Watches over connection, session and clock; draws bars and dialogs when needed.
#[component]
pub fn Watch() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let live = use_live();
    // Not every role hears the district; to ask without the right is a refusal on every page.
    let hears = Memo::new(move |_| session.may(Permission::LiveRead));
    Effect::new(move |_| {
        if hears.get() && !client.expired.get() {
            live.open();
        } else {
            live.close();
        }
    });
    // A page that Back brings back was left by somebody, perhaps by another person: it begins anew.
    let handle = window_event_listener(leptos::ev::pageshow, move |event| {
        if event.persisted() {
            // A page that cannot be loaded anew stays as it is.
            drop(window().location().reload());
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <div role="status">
            {move || {
                (!client.online.get())
                    .then(|| {
                        view! {
                            <p class="connection">
                                <Icon glyph=Glyph::Offline />
                                {say(shell::offline)}
                            </p>
                        }
                    })
            }} <WrongClock /> <Updates />
        </div>
        <Expiry />
        <Expired />
    }
}

/// Says when this device's clock is wrong.
#[component]
fn WrongClock() -> impl IntoView {
    let session = use_session();
    let skew_minutes = Memo::new(move |_| {
        let server_ms = session
            .session
            .with(|session| Some(session.as_ref()?.now_ms))?;
        let skew_ms = (device::now_ms() - server_ms).abs();
        (skew_ms > CLOCK_SKEW_MS).then_some(skew_ms / 60_000)
    });
    move || {
        skew_minutes.get().map(|minutes| {
            view! {
                <p class="connection">
                    <Icon glyph=Glyph::Clock />
                    {say(move |language| shell::wrong_clock(language, minutes))}
                </p>
            }
        })
    }
}

/// Asks two minutes before an unused session ends.
#[component]
fn Expiry() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let open = RwSignal::new(false);
    let active_ms = StoredValue::new(device::now_ms());
    for handle in [
        window_event_listener(leptos::ev::keydown, move |_| {
            active_ms.set_value(device::now_ms())
        }),
        window_event_listener(leptos::ev::pointerdown, move |_| {
            active_ms.set_value(device::now_ms());
        }),
    ] {
        on_cleanup(move || handle.remove());
    }
    let prolong = move || leptos::task::spawn_local(session.fetch(client));
    Effect::new(move |earlier: Option<Option<TimeoutHandle>>| {
        if let Some(Some(timer)) = earlier {
            timer.clear();
        }
        let (left_ms, _) = session.session.with(|session| {
            let session = session.as_ref()?;
            Some((
                session.expires_ms? - session.now_ms,
                session.person.as_ref()?.id,
            ))
        })?;
        // Browsers hold timers in 32 bits.
        let wait_ms = (left_ms - WARN_BEFORE_MS).clamp(1_000, i64::from(i32::MAX));
        set_timeout_with_handle(
            move || {
                // A server that does not prolong on asking must not be asked in a loop.
                let can_wait = left_ms > WARN_BEFORE_MS;
                if can_wait && device::now_ms() - active_ms.get_value() < AT_WORK_MS {
                    prolong();
                } else {
                    open.set(true);
                }
            },
            Duration::from_millis(wait_ms as u64),
        )
        .ok()
    });
    view! {
        <Dialog open=open title=Signal::derive(move || say(shell::expiring_title)().to_owned())>
            <p>{say(shell::expiring_text)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| {
                        open.set(false);
                        prolong();
                    }
                >
                    {say(shell::stay)}
                </button>
            </div>
        </Dialog>
    }
}

/// Asks to sign in again over the page, which stays as it is. Who is filling in a form may go on and sign
/// in later: the answers wait on the device.
#[component]
fn Expired() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let desk = use_desk();
    let open = RwSignal::new(false);
    // Told again and again while it lasts; only the beginning opens the dialog.
    let is_expired = Memo::new(move |_| client.expired.get());
    Effect::new(move |_| open.set(is_expired.get()));
    // Somebody may have signed in elsewhere, or a network has come: the server is asked.
    for event in ["focus", "online"] {
        let handle = window_event_listener_untyped(event, move |_| {
            let is_unsure = client.expired.get_untracked()
                || session.is_remembered.get_untracked()
                || session.is_signing_out();
            if is_unsure {
                leptos::task::spawn_local(session.fetch(client));
            }
        });
        on_cleanup(move || handle.remove());
    }
    let may_wait = Memo::new(move |_| desk.totals.with(|totals| totals.open > 0));
    view! {
        <Dialog
            open=open
            title=Signal::derive(move || say(shell::expired_title)().to_owned())
            dismissible=false
        >
            <p>{say(shell::expired_text)}</p>
            <p class="small muted">{say(shell::expired_invited)}</p>
            {move || client.expired.get().then(|| view! { <SignInForm /> })}
            <Show when=move || may_wait.get()>
                <div class="actions">
                    <button type="button" class="button large" on:click=move |_| open.set(false)>
                        {say(shell::expired_later)}
                    </button>
                </div>
            </Show>
        </Dialog>
        <Show when=move || client.expired.get() && !open.get()>
            <p class="connection">
                <Icon glyph=Glyph::Alert />
                {say(shell::expired_line)}
                <button type="button" class="button quiet" on:click=move |_| open.set(true)>
                    {say(shell::expired_enter)}
                </button>
            </p>
        </Show>
    }
}

/// A new version waits; it begins when nothing can be lost, and never by itself.
#[component]
fn Updates() -> impl IntoView {
    let worker = use_worker();
    let desk = use_desk();
    let is_safe =
        Memo::new(move |_| !worker.is_held.get() && desk.totals.with(|totals| !totals.holds()));
    move || {
        worker.is_update_ready.get().then(|| {
            view! {
                <p class="connection update-line">
                    <Icon glyph=Glyph::Refresh />
                    {move || {
                        if is_safe.get() {
                            say(shell::update_ready)()
                        } else {
                            say(shell::update_waits)()
                        }
                    }}
                    <Show when=move || is_safe.get()>
                        <button type="button" class="button quiet" on:click=move |_| worker.update()>
                            {say(shell::update_now)}
                        </button>
                    </Show>
                </p>
            }
        })
    }
}
