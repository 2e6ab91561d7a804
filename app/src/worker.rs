//! The service worker: keeps the application on this device, and lets a new version begin only when
//! nothing can be lost.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::filling::desk::Desk;

/// Address of the worker; at the root, because it also answers for pages.
const SCRIPT: &str = "/sw.js";
/// How often a page that stays open asks for a new version.
const LOOK: Duration = Duration::from_secs(30 * 60);
/// How often, a quarter of a second apart, a page looks whether the application is kept.
const KEPT_TRIES: u32 = 240;

/// What the worker says and is told.
#[derive(Clone, Copy)]
pub struct Worker {
    /// Does a new version wait?
    pub is_update_ready: RwSignal<bool>,
    /// Does another page of this browser hold the old version?
    pub is_held: RwSignal<bool>,
    /// Is the whole application on this device?
    pub is_kept: RwSignal<bool>,
    /// Could it not be brought here? Asking again may help: it needs the network.
    is_refused: RwSignal<bool>,
    is_asked: StoredValue<bool>,
}

/// The worker around this component.
pub fn use_worker() -> Worker {
    expect_context::<Worker>()
}

impl Worker {
    /// Registers the worker and tells it from now on whether something here must not be interrupted.
    pub fn new(desk: Desk) -> Self {
        let worker = Worker {
            is_update_ready: RwSignal::new(false),
            is_held: RwSignal::new(false),
            is_kept: RwSignal::new(false),
            is_refused: RwSignal::new(false),
            is_asked: StoredValue::new(false),
        };
        let Some(container) = container() else {
            return worker;
        };
        let changed = Closure::<dyn FnMut()>::new(move || worker.taken_over());
        container.set_oncontrollerchange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
        let answered = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| {
            if event.data().as_string().as_deref() == Some("held") {
                worker.is_asked.set_value(false);
                worker.is_held.set(true);
            }
        });
        container.set_onmessage(Some(answered.as_ref().unchecked_ref()));
        answered.forget();
        leptos::task::spawn_local(async move {
            if let Err(error) = worker.register(desk).await {
                leptos::logging::warn!("no worker: {error:?}");
            }
        });
        worker
    }

    async fn register(self, desk: Desk) -> Result<(), JsValue> {
        let Some(container) = container() else {
            return Ok(());
        };
        let registration: web_sys::ServiceWorkerRegistration =
            JsFuture::from(container.register(SCRIPT))
                .await?
                .dyn_into()?;
        self.look(&registration);
        let found = registration.clone();
        let update_found = Closure::<dyn FnMut()>::new(move || self.look(&found));
        registration.set_onupdatefound(Some(update_found.as_ref().unchecked_ref()));
        update_found.forget();
        // A refused look is repeated by the next one.
        let asking = registration.clone();
        set_interval(move || drop(asking.update()), LOOK);
        let told = registration.clone();
        let page = Memo::new(move |_| desk.totals.with(|totals| totals.open > 0));
        let post = Memo::new(move |_| desk.totals.with(|totals| totals.waits()));
        let told_page = told.clone();
        Effect::new(move |_| tell(&told_page, page_word(page.get())));
        Effect::new(move |_| tell(&told, post_word(post.get())));
        // Resolves once a worker is active, which it is only with every file in its place.
        JsFuture::from(container.ready()?).await?;
        self.is_kept.try_set(true);
        // The first worker of all was not there yet when the pages spoke.
        tell(&registration, page_word(page.get_untracked()));
        tell(&registration, post_word(post.get_untracked()));
        Ok(())
    }

    /// Waits until the whole application is on this device; false where that cannot be, or takes too long.
    pub async fn kept(self) -> bool {
        let Some(container) = container() else {
            return false;
        };
        if self.is_refused.get_untracked() {
            self.is_refused.set(false);
            // Another attempt: the files that were brought already are not asked for again by the browser.
            let again = JsFuture::from(container.register(SCRIPT)).await;
            let again = again.ok().and_then(|found| found.dyn_into().ok());
            if let Some(registration) = again {
                self.look(&registration);
            }
        }
        for _ in 0..KEPT_TRIES {
            if self.is_kept.get_untracked() {
                return true;
            }
            if self.is_refused.get_untracked() {
                return false;
            }
            let pause = js_sys::Promise::new(&mut |resolve, _| {
                // Calling a promise's own function does not fail.
                set_timeout(
                    move || drop(resolve.call0(&JsValue::NULL)),
                    Duration::from_millis(250),
                );
            });
            drop(JsFuture::from(pause).await);
        }
        false
    }

    /// Follows a worker that is being installed until it waits.
    fn look(self, registration: &web_sys::ServiceWorkerRegistration) {
        let is_first = container().is_none_or(|container| container.controller().is_none());
        if registration.waiting().is_some() && !is_first {
            self.is_update_ready.set(true);
        }
        let Some(installing) = registration.installing() else {
            return;
        };
        let followed = installing.clone();
        let moved_on = Closure::<dyn FnMut()>::new(move || {
            match followed.state() {
                web_sys::ServiceWorkerState::Installed if !is_first => {
                    self.is_update_ready.set(true);
                }
                // A file did not come, or is not the one that belongs to this version.
                web_sys::ServiceWorkerState::Redundant if is_first => {
                    self.is_refused.set(true);
                }
                _ => {}
            }
        });
        installing.set_onstatechange(Some(moved_on.as_ref().unchecked_ref()));
        moved_on.forget();
    }

    /// Lets the new version begin; the page is loaded anew with it.
    pub fn update(self) {
        self.is_asked.set_value(true);
        self.is_held.set(false);
        leptos::task::spawn_local(async move {
            let registration = match container() {
                Some(container) => JsFuture::from(container.get_registration()).await.ok(),
                None => None,
            };
            let registration = registration
                .and_then(|found| found.dyn_into::<web_sys::ServiceWorkerRegistration>().ok());
            match registration.and_then(|registration| registration.waiting()) {
                Some(waiting) => drop(waiting.post_message(&"begin".into())),
                // It has begun already, from another tab.
                None => self.taken_over(),
            }
        });
    }

    /// Another version answers for this page now. Only who asked for it is taken along.
    fn taken_over(self) {
        if self.is_asked.get_value() {
            // A page that cannot be loaded anew stays as it is.
            drop(window().location().reload());
        }
    }
}

fn page_word(is_open: bool) -> &'static str {
    if is_open { "open" } else { "closed" }
}

fn post_word(waits: bool) -> &'static str {
    if waits { "waiting" } else { "sent" }
}

fn tell(registration: &web_sys::ServiceWorkerRegistration, word: &str) {
    let workers = [registration.active(), registration.waiting()];
    for worker in workers.into_iter().flatten() {
        // A worker that has ended has nothing to keep in mind.
        drop(worker.post_message(&word.into()));
    }
}

/// Absent where the browser has none: in a private window, or on an address without encryption.
fn container() -> Option<web_sys::ServiceWorkerContainer> {
    let navigator = window().navigator();
    let has_it = js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    let container = has_it.then(|| navigator.service_worker())?;
    (!container.is_undefined()).then_some(container)
}
