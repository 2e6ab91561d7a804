//! «Подготовить к выезду»: one tap brings everything onto the tablet, and shows that it is there.

use api::id::AssignmentId;
use api::procedures::event::{Contact, OwnAssignment, Way};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::assignments::subject_class;
use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded, today};
use crate::filling::desk::{Desk, use_desk};
use crate::filling::open::{is_prepared, own_id, prepare_assignment};
use crate::language::{say, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::prepare as words;
use crate::text::procedures::events;
use crate::text::{Language, number};
use crate::worker::{Worker, use_worker};

/// Below this share of free room a person is asked to make some.
const LITTLE_ROOM_BYTES: f64 = 50.0 * 1_024.0 * 1_024.0;

/// Where one thing to bring is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Item {
    /// Not asked for yet.
    #[default]
    Waits,
    /// On its way.
    Loading,
    /// On the tablet; bytes, where they are known.
    Ready(Option<u64>),
    /// Not there.
    Failed,
}

/// What the browser says about its storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Memory {
    is_persistent: bool,
    used: f64,
    quota: f64,
}

/// The things to bring.
#[derive(Clone, Copy)]
struct Luggage {
    assignment: RwSignal<Item>,
    form: RwSignal<Item>,
    sheet: RwSignal<Item>,
    application: RwSignal<Item>,
    memory: RwSignal<Option<Memory>>,
    failure: RwSignal<Option<Failure>>,
}

impl Luggage {
    fn new() -> Self {
        Luggage {
            assignment: RwSignal::new(Item::Waits),
            form: RwSignal::new(Item::Waits),
            sheet: RwSignal::new(Item::Waits),
            application: RwSignal::new(Item::Waits),
            memory: RwSignal::new(None),
            failure: RwSignal::new(None),
        }
    }

    fn items(self) -> [RwSignal<Item>; 4] {
        [self.assignment, self.form, self.sheet, self.application]
    }

    fn is_ready(self) -> bool {
        let is_there = |item: RwSignal<Item>| matches!(item.get(), Item::Ready(_));
        self.items().into_iter().all(is_there)
    }

    fn is_loading(self) -> bool {
        self.items().iter().any(|item| item.get() == Item::Loading)
    }

    fn has_failed(self) -> bool {
        self.items().iter().any(|item| item.get() == Item::Failed)
    }
}

/// Getting a tablet ready for an assignment.
#[component]
pub fn PreparePage() -> impl IntoView {
    let parameters = use_params_map();
    let assignment = Memo::new(move |_| {
        let text = parameters.read().get("assignment");
        text.and_then(|text| text.parse::<AssignmentId>().ok())
    });
    let (client, session) = (use_client(), use_session());
    set_title(words::title);
    let own = LocalResource::new(move || {
        client.epoch.track();
        let person = own_id(session);
        client.get_kept::<Vec<OwnAssignment>>(person, api::paths::ASSIGNMENTS)
    });
    view! {
        <main class="page narrow" id="main">
            <p class="small">
                <a href=api::work::ASSIGNMENTS>{say(words::back)}</a>
            </p>
            <h1>{say(words::title)}</h1>
            <Loaded
                resource=own
                view=move |own| {
                    let found = own
                        .into_iter()
                        .find(|one| Some(one.assignment.id) == assignment.get_untracked());
                    match found {
                        Some(own) => view! { <Prepare own=own /> }.into_any(),
                        None => view! { <p class="muted">{say(words::unknown)}</p> }.into_any(),
                    }
                }
            />
        </main>
    }
}

#[component]
fn Prepare(own: OwnAssignment) -> impl IntoView {
    let id = own.assignment.id;
    let (client, desk, worker) = (use_client(), use_desk(), use_worker());
    let person = own_id(use_session());
    let luggage = Luggage::new();
    let assignment_bytes = serde_json::to_string(&own).map_or(0, |text| text.len() as u64);
    // What an earlier preparation has brought is still there.
    leptos::task::spawn_local(async move {
        if is_prepared(desk, person, id).await {
            luggage
                .assignment
                .try_set(Item::Ready(Some(assignment_bytes)));
            bring(luggage, desk, worker, async {
                prepare_assignment(client, desk, person, id).await
            })
            .await;
        }
    });
    let start = move |_| {
        luggage.assignment.set(Item::Ready(Some(assignment_bytes)));
        leptos::task::spawn_local(async move {
            ask_for_memory(luggage, true).await;
            bring(luggage, desk, worker, async {
                prepare_assignment(client, desk, person, id).await
            })
            .await;
        });
    };
    let begin_word = move || {
        let language = use_language().get();
        if luggage.is_ready() {
            words::again(language)
        } else {
            words::begin(language)
        }
    };
    let version = own.assignment.form.clone().map(|[_, version]| version);
    view! {
        <p class="text muted">{say(words::lead)}</p>
        <Where own=own.clone() />
        <section class="card stack" aria-label=say(words::to_bring)>
            <h2>{say(words::to_bring)}</h2>
            <ul class="prepare-items">
                <ItemRow name=words::item_assignment item=luggage.assignment />
                <ItemRow name=words::item_form item=luggage.form version=version />
                <ItemRow name=words::item_sheet item=luggage.sheet />
                <ItemRow name=words::item_application item=luggage.application />
                <MemoryRow memory=luggage.memory />
            </ul>
            <Outcome luggage=luggage />
            <div class="actions">
                <button
                    type="button"
                    class="button large"
                    class:primary=move || !luggage.is_ready()
                    prop:disabled=move || luggage.is_loading()
                    on:click=start
                >
                    <Icon glyph=Glyph::Download />
                    {begin_word}
                </button>
                <Show when=move || luggage.is_ready()>
                    <a class="button primary large" href=api::work::assignment(id)>
                        {say(words::open)}
                        <Icon glyph=Glyph::ArrowRight />
                    </a>
                </Show>
            </div>
        </section>
        <section class="stack tight">
            <h2>{say(words::install_title)}</h2>
            <p class="text muted">{say(words::install_text)}</p>
        </section>
    }
}

/// Brings form, sheet and application, and sets the marks as they arrive.
async fn bring(
    luggage: Luggage,
    desk: Desk,
    worker: Worker,
    prepare: impl Future<Output = Result<[u64; 2], Failure>>,
) {
    // The page may have ended meanwhile.
    let set = |item: RwSignal<Item>, to: Item| {
        let _ = item.try_set(to);
    };
    luggage.failure.try_set(None);
    for item in [luggage.form, luggage.sheet, luggage.application] {
        set(item, Item::Loading);
    }
    match prepare.await {
        Ok([form, sheet]) => {
            set(luggage.form, Item::Ready(Some(form)));
            set(luggage.sheet, Item::Ready(Some(sheet)));
        }
        Err(failure) => {
            set(luggage.form, Item::Failed);
            set(luggage.sheet, Item::Failed);
            luggage.failure.try_set(Some(failure));
        }
    }
    let application = match worker.kept().await {
        true => Item::Ready(None),
        false => Item::Failed,
    };
    set(luggage.application, application);
    ask_for_memory(luggage, false).await;
    desk.deliver();
}

/// Asks for protected storage when `insists`, and how much room there is.
async fn ask_for_memory(luggage: Luggage, insists: bool) {
    let storage = window().navigator().storage();
    if insists && let Ok(asked) = storage.persist() {
        // Firefox answers only when the person has: nothing waits for that.
        leptos::task::spawn_local(async move {
            if JsFuture::from(asked).await.is_ok() {
                read_memory(luggage).await;
            }
        });
    }
    read_memory(luggage).await;
}

/// How much room there is, and whether it is protected.
async fn read_memory(luggage: Luggage) {
    let storage = window().navigator().storage();
    let is_persistent = match storage.persisted() {
        Ok(asked) => JsFuture::from(asked).await.ok(),
        Err(_) => None,
    };
    let estimate = match storage.estimate() {
        Ok(estimate) => JsFuture::from(estimate).await.ok(),
        Err(_) => None,
    };
    let estimate = estimate.map(|estimate| estimate.unchecked_into::<web_sys::StorageEstimate>());
    let number = |number: Option<f64>| number.unwrap_or_default();
    luggage.memory.try_set(Some(Memory {
        is_persistent: is_persistent.and_then(|answer| answer.as_bool()) == Some(true),
        used: number(estimate.as_ref().and_then(|one| one.get_usage())),
        quota: number(estimate.as_ref().and_then(|one| one.get_quota())),
    }));
}

#[component]
fn ItemRow(
    name: fn(Language) -> &'static str,
    item: RwSignal<Item>,
    #[prop(optional_no_strip)] version: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let look = move || match item.get() {
        Item::Waits => ("prepare-mark", Glyph::Circle),
        Item::Loading => ("prepare-mark", Glyph::Download),
        Item::Ready(_) => ("prepare-mark done", Glyph::Check),
        Item::Failed => ("prepare-mark failed", Glyph::Alert),
    };
    let state = move || match item.get() {
        Item::Waits => words::waits(language.get()).to_owned(),
        Item::Loading => words::loading(language.get()).to_owned(),
        Item::Ready(None) => words::ready(language.get()).to_owned(),
        Item::Ready(Some(bytes)) => size(language.get(), bytes as f64),
        Item::Failed => words::failed(language.get()).to_owned(),
    };
    view! {
        <li>
            <span class=move || look().0>{move || view! { <Icon glyph=look().1 /> }}</span>
            <span>
                {say(name)}
                {version
                    .map(|version| {
                        view! {
                            <span class="muted num">
                                ", " {say(move |l| words::version(l, &version))}
                            </span>
                        }
                    })}
            </span>
            <span class="muted num">{state}</span>
        </li>
    }
}

#[component]
fn MemoryRow(memory: RwSignal<Option<Memory>>) -> impl IntoView {
    let language = use_language();
    let look = move || match memory.get() {
        None => ("prepare-mark", Glyph::Circle),
        Some(memory) if memory.is_persistent => ("prepare-mark done", Glyph::Check),
        Some(_) => ("prepare-mark warn", Glyph::Alert),
    };
    let said = move || {
        let memory = memory.get()?;
        Some(if memory.is_persistent {
            words::is_persistent(language.get())
        } else {
            words::not_persistent(language.get())
        })
    };
    let room = move || {
        let memory = memory.get().filter(|memory| memory.quota > 0.0)?;
        let language = language.get();
        let (used, quota) = (size(language, memory.used), size(language, memory.quota));
        Some(words::room(language, used, quota))
    };
    let is_little = move || {
        memory.get().is_some_and(|memory| {
            memory.quota > 0.0 && memory.quota - memory.used < LITTLE_ROOM_BYTES
        })
    };
    view! {
        <li>
            <span class=move || look().0>{move || view! { <Icon glyph=look().1 /> }}</span>
            <span>
                {say(words::item_memory)} <span class="small muted prepare-said">{said}</span>
                <Show when=is_little>
                    <span class="small prepare-said prepare-little">{say(words::little_room)}</span>
                </Show>
            </span>
            <span class="muted num">{room}</span>
        </li>
    }
}

/// In one sentence: may one go?
#[component]
fn Outcome(luggage: Luggage) -> impl IntoView {
    let language = use_language();
    let worker = use_worker();
    view! {
        <div role="status" class="prepare-outcome">
            {move || {
                let (class, glyph, text) = if luggage.is_ready() {
                    ("prepare-mark done", Glyph::Check, words::all_ready(language.get()).to_owned())
                } else if luggage.has_failed() {
                    let text = match luggage.failure.get() {
                        Some(failure) => failure.text(language.get()),
                        None if !worker.is_kept.get() => words::no_worker(language.get()).to_owned(),
                        None => words::something_missing(language.get()).to_owned(),
                    };
                    ("prepare-mark failed", Glyph::Alert, text)
                } else {
                    return None;
                };
                Some(view! {
                    <span class=class>
                        <Icon glyph=glyph />
                    </span>
                    <b>{text}</b>
                })
            }}
        </div>
    }
}

/// School, time, coordinator: what is needed on the way.
#[component]
fn Where(own: OwnAssignment) -> impl IntoView {
    let language = use_language();
    let OwnAssignment {
        event,
        coordinator,
        way,
        ..
    } = own;
    let (dated, start) = (event.clone(), event.start.clone());
    let short = event.organisation_name.clone();
    view! {
        <section class="card stack tight" aria-label=say(words::way)>
            <h2>{say(words::way)}</h2>
            <dl class="prepare-way">
                <dt>{say(words::address)}</dt>
                <dd>
                    <Place short=short way=way />
                </dd>
                <dt>{say(words::when)}</dt>
                <dd class="num">
                    {move || events::day_of(language.get(), &dated, &today())} ", " {start} ", "
                    {move || subject_class(language.get(), &event)}
                </dd>
                {coordinator.map(|contact| view! { <Coordinator contact=contact /> })}
            </dl>
        </section>
    }
}

#[component]
fn Place(short: String, way: Option<Way>) -> impl IntoView {
    let Some(way) = way else {
        return view! { <span>{short}</span> }.into_any();
    };
    let settlement = (!way.settlement.is_empty()).then(|| format!(", {}", way.settlement));
    view! {
        <span>{way.name} {settlement}</span>
        {way
            .place
            .map(|[north, east]| {
                view! {
                    " "
                    <a href=format!("geo:{north},{east}?q={north},{east}")>
                        {say(words::show_on_map)}
                    </a>
                }
            })}
    }
    .into_any()
}

#[component]
fn Coordinator(contact: Contact) -> impl IntoView {
    let dial: String = contact
        .phone
        .chars()
        .filter(|character| character.is_ascii_digit() || *character == '+')
        .collect();
    view! {
        <dt>{say(words::coordinator)}</dt>
        <dd>
            {contact.name} ", "
            <a class="nowrap num" href=format!("tel:{dial}")>
                {contact.phone}
            </a>
        </dd>
    }
}

/// A size for people.
fn size(language: Language, bytes: f64) -> String {
    const STEP: f64 = 1_024.0;
    let kilobytes = (bytes / STEP).ceil().max(1.0);
    if kilobytes < STEP {
        return words::kilobytes(language, kilobytes as u64);
    }
    let megabytes = kilobytes / STEP;
    if megabytes < STEP {
        return words::megabytes(language, number::decimal(language, megabytes, 1));
    }
    words::gigabytes(language, number::decimal(language, megabytes / STEP, 1))
}
