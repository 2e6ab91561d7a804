//! «Первый час»: what a new office does first, what of it is done, and where the next step is.

use api::access::permission::Permission;
use api::operation::first_hour::FirstHour;
use api::text::Text;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Glyph, Icon};
use crate::device;
use crate::language::{say, say_text};
use crate::live::use_live;
use crate::model::task::both;
use crate::session::{CurrentSession, use_session};
use crate::text::operation::first_hour as words;
use crate::text::{Language, Wording};

/// Under which the browser keeps that the list is not wanted any more; the municipality's id follows.
const HIDDEN: &str = "orientir.first-hour-hidden.";

/// A step: its name, what it takes, what is done, and where it is done.
struct Step {
    name: Wording,
    how: Wording,
    done: Option<Text>,
    href: Option<&'static str>,
    /// Is it somebody else's to do?
    is_foreign: bool,
}

/// What the reader may do of the steps.
#[derive(Clone, Copy, PartialEq)]
struct Rights {
    imports: bool,
    map: bool,
    plans: bool,
    staffs: bool,
}

impl Rights {
    /// Tracked.
    fn of(session: CurrentSession) -> Self {
        Rights {
            imports: session.may_everywhere(Permission::ImportCreate),
            map: session.may(Permission::HeatMapRead),
            plans: session.may_everywhere(Permission::ProcedureCreate),
            staffs: session.may(Permission::StaffingRead),
        }
    }
}

/// What is done, once there are as many as the step asks for.
fn counted(count: u64, least: u64, words: fn(Language, u64) -> String) -> Option<Text> {
    (count >= least).then(|| both(|language| words(language, count)))
}

fn steps(found: FirstHour, rights: Rights) -> [Step; 6] {
    [
        Step {
            name: words::schools,
            how: words::schools_how,
            done: counted(found.schools, 1, words::schools_done),
            href: Some(if found.schools == 0 {
                api::work::SCHOOL_IMPORTS
            } else {
                api::work::SCHOOLS
            }),
            is_foreign: false,
        },
        Step {
            name: words::people,
            how: words::people_how,
            // The founder is one of them.
            done: counted(found.people, 2, words::people_done),
            href: Some(api::work::PEOPLE),
            is_foreign: false,
        },
        Step {
            name: words::results,
            how: words::results_how,
            done: counted(found.imports, 1, words::results_done),
            href: rights.imports.then_some(if found.imports == 0 {
                api::work::NEW_IMPORT
            } else {
                api::work::IMPORTS
            }),
            is_foreign: !rights.imports,
        },
        Step {
            name: words::map,
            how: words::map_how,
            done: (found.runs > 0).then(|| both(|language| words::map_done(language).to_owned())),
            href: (rights.map && found.imports > 0).then_some(api::work::MAP),
            is_foreign: !rights.map,
        },
        Step {
            name: words::plan,
            how: words::plan_how,
            done: counted(found.events, 1, words::plan_done),
            href: rights.plans.then_some(api::work::PROCEDURES),
            is_foreign: !rights.plans,
        },
        Step {
            name: words::sheet,
            how: words::sheet_how,
            done: counted(found.sheets, 1, words::sheet_done),
            href: (rights.staffs && found.events > 0).then_some(api::work::EVENTS),
            is_foreign: !rights.staffs,
        },
    ]
}

/// The list, for whoever fills the registers, until everything is done or it is sent away.
#[component]
pub fn FirstHourCard() -> impl IntoView {
    let session = use_session();
    let is_wanted = Memo::new(move |_| session.may_everywhere(Permission::FirstHourRead));
    view! {
        <Show when=move || is_wanted.get()>
            <Card />
        </Show>
    }
}

#[component]
fn Card() -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let session = use_session();
    let key = session
        .person()
        .map(|person| format!("{HIDDEN}{}", person.id));
    let is_hidden = RwSignal::new(
        key.as_deref()
            .is_some_and(|key| device::remembered(key).is_some()),
    );
    let found = LocalResource::new(move || {
        client.epoch.track();
        let is_hidden = is_hidden.get();
        async move {
            if is_hidden {
                return None;
            }
            client.get::<FirstHour>(api::paths::FIRST_HOUR).await.ok()
        }
    });
    // An office that works needs no list; nothing is asked before it is known.
    let open = Memo::new(move |_| {
        let found = found.get().flatten()?;
        let rights = Rights::of(session);
        let is_open = steps(found, rights).iter().any(|step| step.done.is_none());
        is_open.then_some((found, rights))
    });
    live.hear(
        // Anything may be the next step; an office that works asks no more.
        move |_| open.with_untracked(Option::is_some),
        move || found.refetch(),
    );
    let hide = Callback::new(move |()| {
        if let Some(key) = &key {
            device::remember(key, "yes");
        }
        is_hidden.set(true);
    });
    move || {
        let (found, rights) = open.get()?;
        Some(view! { <Steps steps=steps(found, rights) hide=hide /> })
    }
}

#[component]
fn Steps(steps: [Step; 6], hide: Callback<()>) -> impl IntoView {
    // The office itself is founded, or nobody would read this.
    let done = 1 + steps.iter().filter(|step| step.done.is_some()).count();
    let all = 1 + steps.len();
    let next = steps
        .iter()
        .position(|step| step.done.is_none() && step.href.is_some());
    view! {
        <section class="card stack first-hour" aria-labelledby="first-hour">
            <div>
                <h2 id="first-hour">{say(words::title)}</h2>
                <p class="small muted num">
                    {say(move |language| words::progress(language, done, all))}
                </p>
            </div>
            <ol class="first-hour-steps">
                <li class="first-hour-step done">
                    <Mark number=1 is_done=true />
                    <b>{say(words::office)}</b>
                    <span class="small muted">{say(words::step_done)}</span>
                </li>
                {steps
                    .into_iter()
                    .enumerate()
                    .map(|(index, step)| {
                        view! { <Line number=index + 2 step=step is_next=next == Some(index) /> }
                    })
                    .collect_view()}
            </ol>
            <p class="small muted">{say(words::lead)}</p>
            <p>
                <button type="button" class="button quiet small" on:click=move |_| hide.run(())>
                    {say(words::hide)}
                </button>
            </p>
        </section>
    }
}

#[component]
fn Mark(number: usize, is_done: bool) -> impl IntoView {
    view! {
        <span class="first-hour-mark num" aria-hidden="true">
            {if is_done {
                view! { <Icon glyph=Glyph::Check /> }.into_any()
            } else {
                view! { {number} }.into_any()
            }}
        </span>
    }
}

#[component]
fn Line(number: usize, step: Step, is_next: bool) -> impl IntoView {
    let is_done = step.done.is_some();
    let class = match (is_done, is_next) {
        (true, _) => "first-hour-step done",
        (false, true) => "first-hour-step next",
        (false, false) => "first-hour-step",
    };
    let detail = match step.done {
        Some(done) => say_text(done),
        None if step.is_foreign => say(|language| words::coordinator(language).to_owned()),
        None => say(move |language| (step.how)(language).to_owned()),
    };
    let name = match step.href {
        Some(href) => view! { <a href=href>{say(step.name)}</a> }.into_any(),
        None => view! { {say(step.name)} }.into_any(),
    };
    view! {
        <li class=class aria-current=is_next.then_some("step")>
            <Mark number=number is_done=is_done />
            <b>{name}</b>
            <span class="small muted num">{detail}</span>
        </li>
    }
}
