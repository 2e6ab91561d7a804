//! The own assignments: today first, with what is needed at the door of the school.

use api::procedures::event::{Assignment, AssignmentRole, Event, EventState, OwnAssignment};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{EmptyState, Field, Glyph, Icon, Loaded, today};
use crate::device;
use crate::filling::desk::use_desk;
use crate::filling::open::own_id;
use crate::filling::rescue::{self, RescueError};
use crate::language::{say, use_language};
use crate::pages::procedures::event::Changed;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::assignments as words;
use crate::text::procedures::{events, plan};
use crate::text::{Language, common};

/// Fewest characters of a password for a file of answers.
const SHORTEST_PASSWORD: usize = 8;

/// The own assignments.
#[component]
pub fn AssignmentsPage() -> impl IntoView {
    let client = use_client();
    set_title(words::title);
    let session = use_session();
    let own = LocalResource::new(move || {
        client.epoch.track();
        let person = own_id(session);
        client.get_kept::<Vec<OwnAssignment>>(person, api::paths::ASSIGNMENTS)
    });
    view! {
        <main class="page narrow" id="main">
            <h1>{say(words::title)}</h1>
            <Waiting />
            <Loaded resource=own view=move |own| view! { <Days own=own /> } />
            <Rescue />
        </main>
    }
}

/// What waits on this device, whichever sheet it belongs to.
#[component]
fn Waiting() -> impl IntoView {
    let desk = use_desk();
    let count = Memo::new(move |_| {
        desk.totals
            .with(|totals| totals.waiting + totals.wishes + totals.photos)
    });
    view! {
        <div role="status">
            {move || {
                let count = count.get();
                (count > 0)
                    .then(|| {
                        view! {
                            <p class="assignments-waiting">
                                <Icon glyph=Glyph::Device />
                                <span>{say(move |l| words::waiting(l, count))}</span>
                                <button
                                    type="button"
                                    class="button large"
                                    on:click=move |_| desk.wake()
                                >
                                    {say(words::send_now)}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// When no network ever comes: the answers as a file, and the way from a file to the server.
#[component]
fn Rescue() -> impl IntoView {
    let (client, desk, session) = (use_client(), use_desk(), use_session());
    let language = use_language();
    let said = RwSignal::new(String::new());
    let input = NodeRef::<leptos::html::Input>::new();
    let password = RwSignal::new(String::new());
    // Sealed with nothing, a file would be open to everybody.
    let sealed_with = move || {
        let password = password.get_untracked();
        let is_long_enough = password.trim().chars().count() >= SHORTEST_PASSWORD;
        if !is_long_enough {
            said.set(words::rescue_password_short(language.get_untracked()).to_owned());
        }
        is_long_enough.then_some(password)
    };
    let save = move |_| {
        let Some(password) = sealed_with() else {
            return;
        };
        leptos::task::spawn_local(async move {
            let count = rescue::save(desk, own_id(session), &password).await;
            let language = language.get_untracked();
            let _ = said.try_set(match count {
                Some(count) => words::rescue_saved(language, count as u64),
                None => words::rescue_impossible(language).to_owned(),
            });
        });
    };
    let hand_in = move |_| {
        let Some(element) = input.get_untracked() else {
            return;
        };
        let file = element.files().and_then(|files| files.get(0));
        element.set_value("");
        let Some(file) = file else { return };
        let Some(password) = sealed_with() else {
            return;
        };
        leptos::task::spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            let text = text.ok().and_then(|text| text.as_string());
            let text = text.unwrap_or_default();
            let done = rescue::hand_in(client, own_id(session), &text, &password).await;
            let language = language.get_untracked();
            let _ = said.try_set(match done {
                Ok(held) => words::rescue_handed_in(language, held),
                Err(RescueError::Unreadable) => words::rescue_unreadable(language).to_owned(),
                Err(RescueError::Locked) => words::rescue_locked(language).to_owned(),
                Err(RescueError::Foreign) => words::rescue_foreign(language).to_owned(),
                Err(RescueError::Failed(failure)) => failure.text(language),
            });
        });
    };
    view! {
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::rescue_title)}
            </summary>
            <div class="disclosure-body stack tight">
                <p class="text">{say(words::rescue_text)}</p>
                <Field
                    id="rescue-password"
                    label=Signal::derive(say_string(words::rescue_password))
                    hint=Signal::derive(say_string(words::rescue_password_hint))
                    value=password
                />
                <div class="actions">
                    <button type="button" class="button large" on:click=save>
                        <Icon glyph=Glyph::Download />
                        {say(words::rescue_save)}
                    </button>
                    <label class="button large photo-pick">
                        <Icon glyph=Glyph::Upload />
                        {say(words::rescue_hand_in)}
                        <input
                            type="file"
                            class="hidden-visually"
                            accept=".json,application/json"
                            node_ref=input
                            on:change=hand_in
                        />
                    </label>
                </div>
                <p role="status">{move || said.get()}</p>
            </div>
        </details>
    }
}

#[component]
fn Days(own: Vec<OwnAssignment>) -> AnyView {
    if own.is_empty() {
        return view! {
            <EmptyState
                title=Signal::derive(say_string(words::empty_title))
                text=Signal::derive(say_string(words::empty_text))
            />
        }
        .into_any();
    }
    let today = device::iso_date(device::now_ms());
    let (mut now, mut ahead, mut past) = (Vec::new(), Vec::new(), Vec::new());
    for one in own {
        match one.event.date.cmp(&today) {
            std::cmp::Ordering::Less => past.push(one),
            std::cmp::Ordering::Equal => now.push(one),
            std::cmp::Ordering::Greater => ahead.push(one),
        }
    }
    let by_time = |one: &OwnAssignment| (one.event.date.clone(), one.event.start.clone());
    now.sort_by_key(by_time);
    ahead.sort_by_key(by_time);
    past.sort_by_key(by_time);
    past.reverse();
    view! {
        <Day title=words::today own=now empty=Some(words::nothing_today) />
        <Day title=words::ahead own=ahead empty=None />
        <Day title=words::past own=past empty=None />
    }
    .into_any()
}

fn say_string(
    text: fn(Language) -> &'static str,
) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let language = use_language();
    move || text(language.get()).to_owned()
}

#[component]
fn Day(
    title: fn(Language) -> &'static str,
    own: Vec<OwnAssignment>,
    empty: Option<fn(Language) -> &'static str>,
) -> impl IntoView {
    let is_empty = own.is_empty();
    (!is_empty || empty.is_some()).then(|| {
        view! {
            <section class="stack tight">
                <h2>{say(title)}</h2>
                {empty.filter(|_| is_empty).map(|text| view! { <p class="muted">{say(text)}</p> })}
                {own.into_iter().map(|one| view! { <AssignmentCard own=one /> }).collect_view()}
            </section>
        }
    })
}

#[component]
fn AssignmentCard(own: OwnAssignment) -> impl IntoView {
    let language = use_language();
    let OwnAssignment {
        assignment,
        event,
        coordinator,
        way: _,
        clash,
    } = own;
    let what = event.clone();
    let place = event.room.clone();
    let place = (!place.is_empty()).then_some(place);
    let dated = event.clone();
    // A sheet with an alarm is not "done", and yet its day may be over.
    let is_over = event.state == EventState::Done
        || (assignment.submission.is_some() && event.date < device::iso_date(device::now_ms()));
    let minutes = u64::from(event.duration_minutes);
    let is_off = event.cancelled;
    view! {
        <article class="card assignment">
            <div class="assignment-time num">
                <b>{event.start.clone()}</b>
                <span class="small muted">{move || events::day_of(language.get(), &dated, &today())}</span>
                <span class="small muted">{say(move |l| words::minutes(l, minutes))}</span>
            </div>
            <div class="assignment-body">
                <h3>{event.organisation_name.clone()}</h3>
                <p>
                    {move || subject_class(language.get(), &what)}
                    {place
                        .map(|room| {
                            view! {
                                ", "
                                {say(move |l| words::room(l, &room))}
                            }
                        })}
                </p>
                <p class="small muted">
                    {say(move |l| common::procedure_short(l, event.kind))} " · "
                    {say(move |l| role(l, assignment.role))}
                </p>
                {clash
                    .map(|[school, start]| {
                        view! {
                            <p class="event-finding warn small">
                                <Icon glyph=Glyph::Clock />
                                <span>{say(move |l| words::clash(l, &school, &start))}</span>
                            </p>
                        }
                    })}
                <Changed event=event.clone() />
                {coordinator
                    .map(|contact| {
                        let dial: String = contact
                            .phone
                            .chars()
                            .filter(|character| character.is_ascii_digit() || *character == '+')
                            .collect();
                        view! {
                            <p class="small">
                                <span class="muted">{say(words::coordinator)} ": "</span>
                                {contact.name}
                                ", "
                                <a class="nowrap num" href=format!("tel:{dial}")>
                                    {contact.phone}
                                </a>
                            </p>
                        }
                    })}
            </div>
            {(!is_off).then(|| view! { <SheetLink assignment=assignment is_over=is_over /> })}
        </article>
    }
}

/// «Математика, 5 «А»».
pub fn subject_class(language: Language, event: &Event) -> String {
    let class = plan::class(language, event.grade, &event.class);
    words::subject_class(language, event.subject_name.in_language(language), class)
}

/// The way to the sheet, as far as this assignment has one.
#[component]
fn SheetLink(assignment: Assignment, is_over: bool) -> AnyView {
    if assignment.form.is_none() {
        return view! { <p class="small muted">{say(words::no_form)}</p> }.into_any();
    }
    let (word, class): (fn(Language) -> &'static str, _) = match (assignment.submission, is_over) {
        (Some(_), true) => (words::look, "button large"),
        (Some(_), false) => (words::go_on, "button primary large"),
        (None, _) => (words::start, "button primary large"),
    };
    let is_ahead = !is_over;
    let act = assignment.submission.filter(|_| is_over).map(|submission| {
        view! {
            <a class="button large" href=api::work::act(submission)>
                {say(crate::text::observation::act::page_title)}
            </a>
        }
    });
    view! {
        <div class="assignment-ways">
            <a class=class href=api::work::assignment(assignment.id)>
                {say(word)}
                <Icon glyph=Glyph::ArrowRight />
            </a>
            {is_ahead
                .then(|| {
                    view! {
                        <a class="button large" href=api::work::prepare(assignment.id)>
                            <Icon glyph=Glyph::Download />
                            {say(words::prepare)}
                        </a>
                    }
                })}
            {act}
        </div>
    }
    .into_any()
}

fn role(language: Language, role: AssignmentRole) -> &'static str {
    match role {
        AssignmentRole::Observer => words::role_observer(language),
        AssignmentRole::Organiser => words::role_organiser(language),
        AssignmentRole::Checker => words::role_checker(language),
        AssignmentRole::Technician => words::role_technician(language),
        AssignmentRole::Visitor => words::role_visitor(language),
        AssignmentRole::VideoObserver => words::role_video_observer(language),
        AssignmentRole::Expert => words::role_expert(language),
        AssignmentRole::Jury => words::role_jury(language),
    }
}
