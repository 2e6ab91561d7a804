//! One event: who takes part in it, and what it still needs.

mod candidates;
mod change;
mod day;
mod parts;
mod readiness;
mod video;

pub use change::Changed;

use api::access::permission::Permission;
use api::id::EventId;
use api::observation::staffing::{Finding, FindingEffect, Staffing};
use api::procedures::event::Event;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded};
use crate::language::{say, say_text, use_language};
use crate::pages::observation::assignments::subject_class;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::{assignments, staffing as words};
use crate::text::procedures::events;
use crate::text::{common, number};

/// An event with its staffing and readiness.
#[component]
pub fn EventPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked =
        Memo::new(move |_| parameters.with(|all| all.get("event")?.parse::<EventId>().ok()));
    let client = use_client();
    let staffing = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<Staffing>(&api::paths::of_event(id, "staffing"))
                .await
        }
    });
    view! {
        <main class="page" id="main">
            <p>
                <a class="button quiet" href=api::work::EVENTS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_events)}
                </a>
            </p>
            <Loaded resource=staffing view=|staffing| view! { <Whole staffing=staffing /> } />
        </main>
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    id: EventId,
    /// The staffing as last answered; every action brings a new one.
    staffing: RwSignal<Staffing>,
    /// Grows with every change, so that readiness and candidates are fetched anew.
    changes: RwSignal<u32>,
    /// May the reader staff the event?
    may_staff: bool,
    /// Does the reader decide for the municipality?
    is_municipal: bool,
}

impl Page {
    fn take(self, staffing: Staffing) {
        self.staffing.set(staffing);
        self.changes.update(|count| *count += 1);
    }

    fn path(self, what: &str) -> String {
        api::paths::of_event(self.id, what)
    }
}

#[component]
fn Whole(staffing: Staffing) -> impl IntoView {
    let session = use_session();
    let page = Page {
        id: staffing.event.id,
        staffing: RwSignal::new(staffing),
        changes: RwSignal::new(0),
        may_staff: session.may(Permission::StaffingUpdate),
        is_municipal: session.may_everywhere(Permission::StaffingUpdate),
    };
    let may_change = session.may_everywhere(Permission::EventUpdate);
    // Whoever may move it does not choose for the school.
    let may_choose = session.may(Permission::EventChoose) && !may_change;
    let shown = Memo::new(move |_| page.staffing.with(|staffing| staffing.event.clone()));
    view! {
        {move || {
            let event = shown.get();
            view! {
                <div class="page-head">
                    <Head event=event.clone() />
                    {may_change.then(|| view! { <change::Change page=page event=event.clone() /> })}
                </div>
                <Changed event=event.clone() />
                <day::OpenDays page=page event=event may_choose=may_choose />
            }
        }}
        <div class="event-columns">
            <div class="stack loose">
                <parts::Parts page=page />
                {page.may_staff.then(|| view! { <candidates::Candidates page=page /> })}
            </div>
            <div class="stack loose">
                <readiness::ReadinessCard page=page />
                <video::VideoCard page=page />
            </div>
        </div>
    }
}

#[component]
fn Head(event: Event) -> impl IntoView {
    let language = use_language();
    let (what, kind) = (event.clone(), event.kind);
    let (date, start) = (event.date.clone(), event.start.clone());
    let open_days = event.open_days.clone();
    let room = event.room.clone();
    view! {
        <div>
            <h1>{event.organisation_name.clone()}</h1>
            <p>
                <b class="num">
                    {move || match &open_days {
                        Some([_, last]) => {
                            events::until(language.get(), number::date(language.get(), last))
                        }
                        None => format!("{}, {start}", number::date(language.get(), &date)),
                    }}
                </b>
                " · "
                {move || subject_class(language.get(), &what)}
                {(!room.is_empty())
                    .then(|| view! { ", " {say(move |l| assignments::room(l, &room))} })}
                " · "
                {say(move |language| common::procedure_short(language, kind))}
            </p>
        </div>
    }
}

/// What stands against a part, each with its weight in words.
#[component]
fn Findings(findings: Vec<Finding>) -> impl IntoView {
    findings
        .into_iter()
        .map(|finding| {
            let (class, glyph): (_, Glyph) = match finding.effect {
                FindingEffect::Block => ("event-finding block small", Glyph::Alert),
                FindingEffect::Warn => ("event-finding warn small", Glyph::Info),
            };
            view! {
                <p class=class>
                    <Icon glyph=glyph />
                    <span>{say_text(finding.message)}</span>
                </p>
            }
        })
        .collect_view()
}
