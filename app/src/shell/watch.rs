//! What may happen on any page: no network, a session that ends, a wrong clock, live changes.

use std::time::Duration;

use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Dialog, Glyph, Icon};
use crate::device;
use crate::language::say;
use crate::live::use_live;
use crate::pages::sign_in::SignInForm;
use crate::session::use_session;
use crate::text::shell;

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
    let is_signed_in = Memo::new(move |_| session.person().is_some());
    Effect::new(move |_| {
        if is_signed_in.get() && !client.expired.get() {
            live.open();
        } else {
            live.close();
        }
    });
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
            }} <WrongClock />
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

/// Asks to sign in again over the page, which stays as it is.
#[component]
fn Expired() -> impl IntoView {
    let client = use_client();
    view! {
        <Dialog
            open=client.expired
            title=Signal::derive(move || say(shell::expired_title)().to_owned())
            dismissible=false
        >
            <p>{say(shell::expired_text)}</p>
            {move || client.expired.get().then(|| view! { <SignInForm /> })}
        </Dialog>
    }
}
