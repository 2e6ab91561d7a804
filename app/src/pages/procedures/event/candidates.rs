//! Whom to assign: the free and unconflicted first, and why the others cannot.

use api::id::AssignmentId;
use api::observation::staffing::{Candidate, FindingEffect, NewPart, Staffing};
use api::procedures::event::AssignmentRole;
use leptos::prelude::*;
use uuid::Uuid;

use super::{Findings, Page};
use crate::client::{Client, use_client};
use crate::components::{Dialog, Doing, DoingFailure, Loaded, LongField, use_toasts};
use crate::language::{label, say, use_language};
use crate::text::observation::staffing as words;
use crate::text::{Language, number};

/// How many free people are offered before the list is opened in full.
const SHOWN: usize = 6;

const MUNICIPAL: [AssignmentRole; 5] = [
    AssignmentRole::Observer,
    AssignmentRole::VideoObserver,
    AssignmentRole::Visitor,
    AssignmentRole::Expert,
    AssignmentRole::Jury,
];
const SCHOOL: [AssignmentRole; 3] = [
    AssignmentRole::Organiser,
    AssignmentRole::Checker,
    AssignmentRole::Technician,
];

/// The list of candidates for a chosen part.
#[component]
pub(super) fn Candidates(page: Page) -> impl IntoView {
    let client = use_client();
    let roles: Vec<AssignmentRole> = if page.is_municipal {
        MUNICIPAL.into_iter().chain(SCHOOL).collect()
    } else {
        SCHOOL.to_vec()
    };
    let wanted = page.staffing.with_untracked(|staffing| {
        let mut slots = staffing.slots.iter();
        slots
            .find(|slot| slot.filled < slot.wanted && roles.contains(&slot.role))
            .map(|slot| slot.role)
    });
    let role = RwSignal::new(wanted.unwrap_or(roles[0]));
    let found = LocalResource::new(move || {
        page.changes.track();
        let role = role.get();
        async move {
            let name = serde_json::to_value(role)
                .ok()
                .and_then(|name| name.as_str().map(str::to_owned))
                .unwrap_or_default();
            let path = format!("{}?role={name}", page.path("candidates"));
            client.get::<Vec<Candidate>>(&path).await
        }
    });
    let chips = roles
        .into_iter()
        .map(|one| {
            view! {
                <button
                    type="button"
                    class="chip first-capital"
                    aria-pressed=move || (role.get() == one).to_string()
                    on:click=move |_| role.set(one)
                >
                    {say(move |language| words::part(language, one))}
                </button>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{say(words::find)}</h2>
            <div class="chips" role="group" aria-label=say(words::role)>
                {chips}
            </div>
            <Loaded
                resource=found
                view=move |found| {
                    view! { <Groups page=page role=role.get_untracked() found=found /> }
                }
            />
        </section>
    }
}

/// How a candidate stands.
fn group(candidate: &Candidate) -> usize {
    let worst = candidate
        .findings
        .iter()
        .map(|finding| finding.effect)
        .min();
    match (worst, &candidate.busy) {
        (Some(FindingEffect::Block), _) | (_, Some(_)) => 2,
        (Some(FindingEffect::Warn), None) => 1,
        (None, None) => 0,
    }
}

#[component]
fn Groups(page: Page, role: AssignmentRole, found: Vec<Candidate>) -> impl IntoView {
    let mut groups: [Vec<Candidate>; 3] = Default::default();
    for candidate in found {
        groups[group(&candidate)].push(candidate);
    }
    let [free, warned, blocked] = groups;
    let line = move |candidate: Candidate, kind: usize| {
        view! { <CandidateLine page=page role=role candidate=candidate kind=kind /> }
    };
    let (count, mut free) = (free.len(), free);
    let rest = free.split_off(free.len().min(SHOWN));
    let more = count - free.len();
    view! {
        <h3>{say(words::free_title)}</h3>
        {(count == 0).then(|| view! { <p class="muted">{say(words::free_none)}</p> })}
        <ul class="event-parts">{free.into_iter().map(|one| line(one, 0)).collect_view()}</ul>
        {(more > 0)
            .then(|| {
                view! {
                    <Folded title=words::free_more count=more>
                        <ul class="event-parts">
                            {rest.into_iter().map(|one| line(one, 0)).collect_view()}
                        </ul>
                    </Folded>
                }
            })}
        {(!warned.is_empty())
            .then(|| {
                view! {
                    <h3>{say(words::warned_title)}</h3>
                    <ul class="event-parts">
                        {warned.into_iter().map(|one| line(one, 1)).collect_view()}
                    </ul>
                }
            })}
        {(!blocked.is_empty())
            .then(|| {
                let count = blocked.len();
                view! {
                    <Folded title=words::blocked_title count=count>
                        <ul class="event-parts">
                            {blocked.into_iter().map(|one| line(one, 2)).collect_view()}
                        </ul>
                    </Folded>
                }
            })}
    }
}

#[component]
fn Folded(title: fn(Language) -> &'static str, count: usize, children: Children) -> impl IntoView {
    view! {
        <details class="disclosure">
            <summary>
                <crate::components::Icon glyph=crate::components::Glyph::ChevronRight />
                {say(title)}
                <span class="muted num">{count}</span>
            </summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}

/// Sends the part, or the offer of it.
async fn send(
    client: Client,
    page: Page,
    what: &'static str,
    new: NewPart,
) -> Result<Staffing, crate::client::Failure> {
    client.post::<Staffing>(&page.path(what), &new).await
}

#[component]
fn CandidateLine(
    page: Page,
    role: AssignmentRole,
    candidate: Candidate,
    kind: usize,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let (person, is_declared) = (candidate.person, candidate.declared);
    let (what, done): (_, fn(Language) -> &'static str) = if is_declared {
        ("assignments", words::assigned)
    } else {
        ("requests", words::offered)
    };
    let act = move |_| {
        let new = NewPart {
            id: AssignmentId(Uuid::now_v7()),
            person,
            role,
            override_reason: None,
        };
        doing.run(send(client, page, what, new), move |staffing| {
            toasts.say(done(language.get_untracked()));
            page.take(staffing);
        });
    };
    let place = candidate.settlement.clone();
    let (distance, load, busy) = (
        candidate.distance_km,
        candidate.load,
        candidate.busy.clone(),
    );
    let facts = say(move |language| {
        let mut facts = Vec::new();
        facts.extend(place.clone());
        facts
            .extend(distance.map(|km| words::distance(language, number::decimal(language, km, 0))));
        facts.push(words::load(language, u64::from(load)));
        facts.push(
            if is_declared {
                words::declared(language)
            } else {
                words::undeclared(language)
            }
            .to_owned(),
        );
        facts.join(" · ")
    });
    let name = candidate.name.clone();
    view! {
        <li class="event-part">
            <div>
                <p>
                    <b>{candidate.name}</b>
                </p>
                <p class="small muted num">{facts}</p>
                {busy
                    .map(|[school, start]| {
                        view! {
                            <p class="event-finding block small">
                                <crate::components::Icon glyph=crate::components::Glyph::Clock />
                                <span>
                                    {say(move |language| words::busy(language, &school, &start))}
                                </span>
                            </p>
                        }
                    })}
                <Findings findings=candidate.findings />
                <DoingFailure doing=doing />
            </div>
            {(kind == 0)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class=if is_declared { "button primary" } else { "button" }
                            disabled=move || doing.busy.get()
                            on:click=act
                        >
                            {say(move |language| {
                                if is_declared { words::assign(language) } else { words::offer(language) }
                            })}
                        </button>
                    }
                })}
            {(kind == 1)
                .then(|| {
                    if is_declared && page.is_municipal {
                        view! { <Override page=page role=role person=person name=name /> }.into_any()
                    } else {
                        view! {
                            <button
                                type="button"
                                class="button"
                                disabled=move || doing.busy.get()
                                on:click=act
                            >
                                {say(words::offer)}
                            </button>
                        }
                            .into_any()
                    }
                })}
        </li>
    }
}

/// The coordinator's written reason to go on in spite of a warning.
#[component]
fn Override(
    page: Page,
    role: AssignmentRole,
    person: api::id::PersonId,
    name: String,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let doing = Doing::new();
    let decide = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewPart {
            id: AssignmentId(Uuid::now_v7()),
            person,
            role,
            override_reason: Some(reason.get_untracked()),
        };
        doing.run(send(client, page, "assignments", new), move |staffing| {
            open.set(false);
            page.take(staffing);
        });
    };
    let title = Signal::derive(move || words::override_title(language.get(), &name));
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            {say(words::assign)}
        </button>
        <Dialog open=open title=title>
            <form class="stack" on:submit=decide>
                <LongField
                    id=format!("override-{person}")
                    label=label(words::override_label)
                    hint=label(words::override_hint)
                    value=reason
                />
                <DoingFailure doing=doing />
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::override_do)}
                </button>
            </form>
        </Dialog>
    }
}
