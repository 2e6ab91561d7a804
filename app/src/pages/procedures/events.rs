//! Events with their observers, and the invitations to them.

use api::access::invitation::{Invitation, NewInvitation};
use api::access::permission::Permission;
use api::id::{EventId, InvitationId, PersonId};
use api::procedures::event::{Assignment, AssignmentRole, Event, EventState};
use leptos::prelude::*;
use uuid::Uuid;

use super::waiting::Waiting;
use crate::client::{Failure, use_client};
use crate::components::{Dialog, EmptyState, EventLink, FailureNotice, Loaded, PageHead, today};
use crate::device;
use crate::language::{label, say, use_language};
use crate::pages::observation::assignments::subject_class;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::assignments;
use crate::text::procedures::{events as words, plan};
use crate::text::{Language, common};

/// All events of the municipality, today first.
#[component]
pub fn EventsPage() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    set_title(words::title);
    let all = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Event>>(api::paths::EVENTS)
    });
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <Show when=move || session.may_everywhere(Permission::EventCreate)>
                    <a class="button primary" href=api::work::PROCEDURES>
                        {say(plan::plan)}
                    </a>
                </Show>
            </PageHead>
            <Waiting />
            <Loaded resource=all view=move |all| view! { <Days all=all /> } />
        </main>
    }
}

#[component]
fn Days(all: Vec<Event>) -> AnyView {
    if all.is_empty() {
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=label(words::empty_text)
            />
        }
        .into_any();
    }
    let invited = RwSignal::new(None::<Invitation>);
    provide_context(Given::read());
    let today = device::iso_date(device::now_ms());
    let (now, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|event| event.date == today);
    let (ahead, mut past): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|event| event.date > today);
    past.reverse();
    view! {
        <Day title=words::today events=now invited=invited />
        <Day title=words::ahead events=ahead invited=invited />
        <Day title=words::past events=past invited=invited />
        <InvitationDialog invited=invited />
    }
    .into_any()
}

#[component]
fn Day(
    title: fn(Language) -> &'static str,
    events: Vec<Event>,
    invited: RwSignal<Option<Invitation>>,
) -> impl IntoView {
    (!events.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h2>{say(title)}</h2>
                {events
                    .into_iter()
                    .map(|event| view! { <EventCard event=event invited=invited /> })
                    .collect_view()}
            </section>
        }
    })
}

#[component]
fn EventCard(event: Event, invited: RwSignal<Option<Invitation>>) -> impl IntoView {
    let language = use_language();
    let observers: Vec<Assignment> = event
        .assignments
        .iter()
        .filter(|part| {
            matches!(
                part.role,
                AssignmentRole::Observer | AssignmentRole::Visitor
            )
        })
        .cloned()
        .collect();
    let has_no_observer = observers.is_empty();
    let (dated, what) = (event.clone(), event.clone());
    let room = event.room.clone();
    let (state, class) = match event.state {
        _ if event.cancelled => (
            words::state_cancelled as fn(Language) -> &'static str,
            "event-state",
        ),
        EventState::Planned => (
            words::state_planned as fn(Language) -> &'static str,
            "event-state",
        ),
        EventState::Running => (
            words::state_running as fn(Language) -> &'static str,
            "event-state running",
        ),
        EventState::Alert => (
            words::state_alert as fn(Language) -> &'static str,
            "event-state alert",
        ),
        EventState::Done => (
            words::state_done as fn(Language) -> &'static str,
            "event-state done",
        ),
    };
    view! {
        <article class="card assignment">
            <div class="assignment-time num">
                <b>{event.start.clone()}</b>
                <span class="small muted">
                    {move || words::day_of(language.get(), &dated, &today())}
                </span>
            </div>
            <div class="assignment-body">
                <h3>
                    <EventLink event=event.id>{event.organisation_name.clone()}</EventLink>
                </h3>
                <p>
                    {move || subject_class(language.get(), &what)}
                    {(!room.is_empty()).then(|| view! { ", " {say(move |l| assignments::room(l, &room))} })}
                </p>
                <p class="small muted">
                    {say(move |l| common::procedure_short(l, event.kind))} " · "
                    <span class=class>{say(state)}</span>
                </p>
            </div>
            <ul class="event-people">
                {has_no_observer.then(|| view! { <li class="small muted">{say(words::no_observer)}</li> })}
                {observers
                    .into_iter()
                    .map(|part| view! { <Observer part=part state=event.state invited=invited /> })
                    .collect_view()}
            </ul>
        </article>
    }
}

/// Invitations given so far, so that a link that works is not replaced unawares.
#[derive(Clone, Copy)]
struct Given(RwSignal<Vec<Invitation>>);

impl Given {
    /// Reads them for whoever may invite.
    fn read() -> Self {
        let client = use_client();
        let given = RwSignal::new(Vec::new());
        if use_session().may(Permission::InvitationRead) {
            leptos::task::spawn_local(async move {
                // Without the list the button still works; the server tells nothing that is not asked for.
                if let Ok(list) = client.get::<Vec<Invitation>>(api::paths::INVITATIONS).await {
                    given.set(list);
                }
            });
        }
        Given(given)
    }

    /// The invitation of a person to an event that is in force.
    fn of(self, person: PersonId, event: EventId) -> Option<Invitation> {
        let now = device::now_ms();
        self.0.with(|list| {
            list.iter()
                .rfind(|one| one.person == person && one.event == event && one.expires_ms > now)
                .cloned()
        })
    }
}

/// One observer: the sheet once there is one, an invitation before.
#[component]
fn Observer(
    part: Assignment,
    state: EventState,
    invited: RwSignal<Option<Invitation>>,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let may_invite = Memo::new(move |_| session.may(Permission::InvitationCreate));
    let (person, event) = (part.person, part.event);
    let given = expect_context::<Given>();
    let asks = RwSignal::new(false);
    let earlier = Memo::new(move |_| given.of(person, event));
    let invite = Callback::new(move |()| {
        asks.set(false);
        busy.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let new = NewInvitation {
                id: InvitationId(Uuid::now_v7()),
                person,
                event,
            };
            match client
                .post::<Invitation>(api::paths::INVITATIONS, &new)
                .await
            {
                Ok(invitation) => {
                    given.0.update(|list| list.push(invitation.clone()));
                    invited.set(Some(invitation));
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.set(false);
        });
    });
    view! {
        <li>
            <span>{part.person_name.clone()}</span>
            {part
                .submission
                .map(|submission| {
                    view! {
                        <a class="button" href=api::work::submission(submission)>
                            {say(words::sheet)}
                        </a>
                    }
                })}
            {move || {
                (may_invite.get() && state != EventState::Done)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                disabled=move || busy.get()
                                on:click=move |_| {
                                    if earlier.with_untracked(Option::is_some) {
                                        asks.set(true);
                                    } else {
                                        invite.run(());
                                    }
                                }
                            >
                                {move || match (busy.get(), earlier.with(Option::is_some)) {
                                    (true, _) => say(words::inviting).into_any(),
                                    (false, true) => say(words::replace).into_any(),
                                    (false, false) => say(words::invite).into_any(),
                                }}
                            </button>
                        }
                    })
            }}
            {move || earlier.get().map(|one| view! { <Standing one=one /> })}
            <Replace open=asks name=part.person_name.clone() replace=invite />
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure retry=invite /> })}
        </li>
    }
}

/// Whether the person has entered by the link, or how long it is valid.
#[component]
fn Standing(one: Invitation) -> impl IntoView {
    view! {
        <span class="small muted num">
            {say(move |language| match one.used_ms {
                Some(at_ms) => words::entered(language, device::date_time(language, at_ms)),
                None => words::valid_until(language, device::date_time(language, one.expires_ms)),
            })}
        </span>
    }
}

/// Asks before a link that works is replaced.
#[component]
fn Replace(open: RwSignal<bool>, name: String, replace: Callback<()>) -> impl IntoView {
    let language = use_language();
    let title = Signal::derive(move || words::replace_title(language.get(), &name));
    view! {
        <Dialog open=open title=title>
            <p>{say(words::replace_text)}</p>
            <div class="actions">
                <button type="button" class="button primary" on:click=move |_| replace.run(())>
                    {say(words::replace)}
                </button>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {say(words::keep)}
                </button>
            </div>
        </Dialog>
    }
}

fn select_all(event: leptos::ev::FocusEvent) {
    event_target::<web_sys::HtmlInputElement>(&event).select();
}

/// The link and its QR code, shown once: the server keeps only a hash.
#[component]
fn InvitationDialog(invited: RwSignal<Option<Invitation>>) -> impl IntoView {
    let language = use_language();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(invited.with(Option::is_some)));
    let title = Signal::derive(move || {
        invited.with(|invited| {
            invited
                .as_ref()
                .map(|one| words::invitation_title(language.get(), &one.person_name))
                .unwrap_or_default()
        })
    });
    view! {
        <Dialog open=open title=title>
            {move || {
                invited
                    .get()
                    .map(|one| {
                        view! {
                            <div class="stack tight invitation-sheet">
                                <p>{say(words::invitation_text)}</p>
                                {one
                                    .qr_svg
                                    .map(|svg| {
                                        view! {
                                            <div
                                                class="invitation-qr"
                                                role="img"
                                                aria-label=say(words::qr)
                                                inner_html=svg
                                            ></div>
                                        }
                                    })}
                                <div class="field">
                                    <label for="invitation-link">{say(words::link)}</label>
                                    <input
                                        class="input"
                                        id="invitation-link"
                                        readonly=true
                                        prop:value=one.link.unwrap_or_default()
                                        on:focus=select_all
                                    />
                                </div>
                            </div>
                        }
                    })
            }}
        </Dialog>
    }
}
