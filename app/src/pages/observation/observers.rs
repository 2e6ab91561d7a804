//! The register of observers, and the applications that wait.

use api::access::permission::Permission;
use api::id::PersonId;
use api::observation::observer::{
    Accreditation, Application, ApplicationState, Decided, Decision, Observer,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::use_client;
use crate::components::{
    Dialog, Doing, DoingFailure, Field, Loaded, LongField, Notice, TableFrame, Tone,
};
use crate::device;
use crate::language::{label, say, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::observers as words;
use crate::text::{Language, number};

/// Applications and register.
#[component]
pub fn ObserversPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let session = use_session();
    let changes = RwSignal::new(0_u32);
    let may_change = session.may(Permission::ObserverUpdate);
    let applications = LocalResource::new(move || {
        client.epoch.track();
        changes.track();
        client.get::<Vec<Application>>(api::paths::APPLICATIONS)
    });
    let observers = LocalResource::new(move || {
        client.epoch.track();
        changes.track();
        client.get::<Vec<Observer>>(api::paths::OBSERVERS)
    });
    let handed = RwSignal::new(None::<(String, String)>);
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <section class="stack">
                <h2>{say(words::applications)}</h2>
                {move || {
                    handed
                        .get()
                        .map(|(login, password)| view! { <Handed login=login password=password /> })
                }}
                <Loaded
                    resource=applications
                    view=move |all| {
                        view! {
                            <Applications
                                all=all
                                may_change=may_change
                                handed=handed
                                changes=changes
                            />
                        }
                    }
                />
            </section>
            <section class="stack">
                <h2>{say(words::register)}</h2>
                <Loaded
                    resource=observers
                    view=move |all| {
                        view! { <Register all=all may_change=may_change changes=changes /> }
                    }
                />
            </section>
        </main>
    }
}

/// Login and password of a new observer, shown once.
#[component]
fn Handed(login: String, password: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Success>
            <p class="notice-title">{say(words::accepted_title)}</p>
            <p>{say(words::accepted_text)}</p>
            <p class="num">
                {say(words::login)} ": " <b>{login}</b> " · " {say(words::password)} ": "
                <b>{password}</b>
            </p>
        </Notice>
    }
}

#[component]
fn Applications(
    all: Vec<Application>,
    may_change: bool,
    handed: RwSignal<Option<(String, String)>>,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let has_new = all.iter().any(|one| one.state == ApplicationState::New);
    view! {
        {(!has_new)
            .then(|| {
                view! {
                    <p class="muted">
                        {say(words::applications_none)} " "
                        <a href=api::paths::PUBLIC_OBSERVERS rel="external">
                            {say(words::apply_page)}
                        </a>
                    </p>
                }
            })}
        <ul class="event-parts">
            {all
                .into_iter()
                .map(|one| {
                    view! {
                        <ApplicationLine
                            one=one
                            may_change=may_change
                            handed=handed
                            changes=changes
                        />
                    }
                })
                .collect_view()}
        </ul>
    }
}

#[component]
fn ApplicationLine(
    one: Application,
    may_change: bool,
    handed: RwSignal<Option<(String, String)>>,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let at_ms = one.consent_ms;
    let facts = [
        one.phone.clone(),
        one.settlement.clone(),
        one.languages.clone(),
    ]
    .into_iter()
    .filter(|fact| !fact.is_empty())
    .collect::<Vec<_>>()
    .join(" · ");
    let outcome: Option<fn(Language) -> &'static str> = match one.state {
        ApplicationState::New => None,
        ApplicationState::Accepted => Some(words::accepted),
        ApplicationState::Declined => Some(words::declined),
    };
    let is_new = one.state == ApplicationState::New;
    view! {
        <li class="event-part">
            <div>
                <p>
                    <b>{one.name.clone()}</b>
                    <span class="small muted num">
                        " · "
                        {say(move |language| {
                            words::sent(language, device::date_time(language, at_ms))
                        })}
                    </span>
                    {outcome.map(|outcome| view! { " " <span class="tag calm">{say(outcome)}</span> })}
                </p>
                <p class="small num">{facts}</p>
                <p class="small">
                    <span class="muted">{say(words::about)} ": "</span>
                    {one.about.clone()}
                </p>
                {(is_new && !one.interests.is_empty())
                    .then(|| {
                        view! {
                            <p class="small">
                                <span class="muted">{say(words::interests)} ": "</span>
                                {one.interests.clone()}
                            </p>
                        }
                    })}
                {one.reason.clone().map(|reason| view! { <p class="small muted">{reason}</p> })}
            </div>
            {(is_new && may_change)
                .then(|| {
                    view! {
                        <div class="chips">
                            <Accept one=one.clone() handed=handed changes=changes />
                            <Decline one=one.clone() changes=changes />
                        </div>
                    }
                })}
        </li>
    }
}

#[component]
fn Accept(
    one: Application,
    handed: RwSignal<Option<(String, String)>>,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let open = RwSignal::new(false);
    let login = RwSignal::new(String::new());
    let doing = Doing::new();
    let id = one.id;
    let person = PersonId(Uuid::now_v7());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = login.get_untracked().trim().to_owned();
        let decision = Decision {
            accept: true,
            person,
            login: chosen.clone(),
            reason: String::new(),
        };
        doing.run(
            async move {
                client
                    .post::<Decided>(&api::paths::decision(id), &decision)
                    .await
            },
            move |decided| {
                open.set(false);
                handed.set(decided.password.map(|password| (chosen, password)));
                changes.update(|count| *count += 1);
            },
        );
    };
    let name = one.name;
    let title = Signal::derive(move || words::accept_title(language.get(), &name));
    view! {
        <button type="button" class="button primary" on:click=move |_| open.set(true)>
            {say(words::accept)}
        </button>
        <Dialog open=open title=title>
            <form class="stack" on:submit=send>
                <Field id="accept-login" label=label(words::login) hint=label(words::login_hint) value=login />
                <DoingFailure doing=doing />
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::accept_do)}
                </button>
            </form>
        </Dialog>
    }
}

#[component]
fn Decline(one: Application, changes: RwSignal<u32>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let doing = Doing::new();
    let id = one.id;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let decision = Decision {
            accept: false,
            person: PersonId(Uuid::now_v7()),
            login: String::new(),
            reason: reason.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .post::<Decided>(&api::paths::decision(id), &decision)
                    .await
            },
            move |_| {
                open.set(false);
                changes.update(|count| *count += 1);
            },
        );
    };
    let name = one.name;
    let title = Signal::derive(move || words::decline_title(language.get(), &name));
    let label = label(words::decline_reason);
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            {say(words::decline)}
        </button>
        <Dialog open=open title=title>
            <form class="stack" on:submit=send>
                <LongField id=format!("decline-{id}") label=label value=reason />
                <DoingFailure doing=doing />
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::decline)}
                </button>
            </form>
        </Dialog>
    }
}

#[component]
fn Register(all: Vec<Observer>, may_change: bool, changes: RwSignal<u32>) -> AnyView {
    if all.is_empty() {
        return view! { <p class="muted">{say(words::register_none)}</p> }.into_any();
    }
    let today = device::iso_date(device::now_ms());
    let head = |name: fn(Language) -> &'static str| view! { <th scope="col">{say(name)}</th> };
    view! {
        <TableFrame label=label(words::register)>
            <table class="table observers-table">
                <thead>
                    <tr>
                        {head(words::col_name)} {head(words::col_place)}
                        {head(words::col_accreditation)} {head(words::col_training)}
                        {head(words::col_reliability)} {head(words::col_next)}
                    </tr>
                </thead>
                <tbody>
                    {all
                        .into_iter()
                        .map(|one| {
                            view! {
                                <Row one=one today=today.clone() may_change=may_change changes=changes />
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

/// Until when something holds, or that it does not.
#[component]
fn Validity(until: String, today: String) -> impl IntoView {
    let is_valid = until >= today;
    view! {
        <span class=if is_valid { "num" } else { "num observers-expired" }>
            {say(move |language| {
                let date = number::date(language, &until);
                if is_valid { words::until(language, date) } else { words::expired(language, date) }
            })}
        </span>
    }
}

#[component]
fn Row(one: Observer, today: String, may_change: bool, changes: RwSignal<u32>) -> impl IntoView {
    let reliability = one.reliability;
    let next = one.next_event.clone();
    let (accredited, trained) = (today.clone(), today);
    view! {
        <tr>
            <th scope="row">
                {one.name.clone()}
                {one.phone.clone().map(|phone| view! { <span class="small muted num">{phone}</span> })}
            </th>
            <td>
                {one.settlement.clone()}
                {(!one.languages.is_empty())
                    .then(|| view! { <span class="small muted">{one.languages.clone()}</span> })}
            </td>
            <td>
                {match one.accreditation.clone() {
                    Some(held) => {
                        view! {
                            <span class="num">{held.number}</span>
                            <Validity until=held.until today=accredited />
                        }
                            .into_any()
                    }
                    None => view! { <span class="observers-expired">{say(words::none)}</span> }.into_any(),
                }}
                {may_change.then(|| view! { <Accredit one=one.clone() changes=changes /> })}
            </td>
            <td>
                {match one.certificate.clone() {
                    Some(held) => {
                        view! {
                            <span class="num">{held.number}</span>
                            <Validity until=held.valid_until today=trained />
                        }
                            .into_any()
                    }
                    None => view! { <span class="observers-expired">{say(words::none)}</span> }.into_any(),
                }}
            </td>
            <td class="num">
                {say(move |language| {
                    if reliability.assigned == 0 {
                        words::no_visits(language).to_owned()
                    } else {
                        words::reliability(
                            language,
                            reliability.attended,
                            reliability.in_time,
                            reliability.complete,
                            reliability.assigned,
                        )
                    }
                })}
            </td>
            <td class="num">
                {next.map(|date| say(move |language| number::date(language, &date)))}
            </td>
        </tr>
    }
}

#[component]
fn Accredit(one: Observer, changes: RwSignal<u32>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let open = RwSignal::new(false);
    let doing = Doing::new();
    let person = one.person;
    let known = one.accreditation.clone();
    let has_one = known.is_some();
    let field = |pick: fn(&Accreditation) -> &String| {
        RwSignal::new(
            known
                .as_ref()
                .map(|known| pick(known).clone())
                .unwrap_or_default(),
        )
    };
    let held = field(|known| &known.number);
    let from = field(|known| &known.from);
    let until = field(|known| &known.until);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = Accreditation {
            number: held.get_untracked(),
            from: from.get_untracked(),
            until: until.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .put::<Accreditation>(&api::paths::accreditation(person), &new)
                    .await
            },
            move |_| {
                open.set(false);
                changes.update(|count| *count += 1);
            },
        );
    };
    let name = StoredValue::new(one.name);
    let title = Signal::derive(move || words::accredit_title(language.get(), name.get_value()));
    view! {
        <button type="button" class="button quiet" on:click=move |_| open.set(true)>
            {say(move |language| {
                if has_one { words::change(language) } else { words::accredit(language) }
            })}
            <span class="hidden-visually">{move || title.get()}</span>
        </button>
        <Dialog open=open title=title>
            <form class="stack" on:submit=send>
                <AccreditationFields labels=[label(words::number), label(words::from), label(words::to)] values=[held, from, until] person=person />
                <DoingFailure doing=doing />
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(crate::text::common::save)}
                </button>
            </form>
        </Dialog>
    }
}

/// Number and dates; every row has its dialog, so the ids carry the person.
#[component]
fn AccreditationFields(
    labels: [Signal<String>; 3],
    values: [RwSignal<String>; 3],
    person: PersonId,
) -> impl IntoView {
    labels
        .into_iter()
        .zip(values)
        .zip([("number", "text"), ("from", "date"), ("until", "date")])
        .map(|((label, value), (name, kind))| {
            let id = format!("accredit-{name}-{person}");
            view! {
                <div class="field">
                    <label for=id.clone()>{move || label.get()}</label>
                    <input
                        class="input"
                        id=id
                        type=kind
                        autocomplete="off"
                        prop:value=move || value.get()
                        on:input=move |event| value.set(event_target_value(&event))
                    />
                </div>
            }
        })
        .collect_view()
}
