//! What the event still needs, each step with the place where it is filled in.

use api::id::OrderId;
use api::procedures::readiness::{
    MarkReady, MarkingAgreement, Order, Passport, PassportPart, Readiness, ReadinessLine,
    ReadinessStep, Ready,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::Page;
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure, Field, Glyph, Icon, Loaded, LongField};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::text::procedures::readiness as words;

/// The checklist of readiness.
#[component]
pub(super) fn ReadinessCard(page: Page) -> impl IntoView {
    let client = use_client();
    let found = LocalResource::new(move || {
        page.changes.track();
        async move { client.get::<Readiness>(&page.path("readiness")).await }
    });
    view! {
        <section class="card stack">
            <h2>{say(words::title)}</h2>
            <p class="small muted">{say(words::lead)}</p>
            <Loaded
                resource=found
                view=move |readiness| view! { <Steps page=page readiness=readiness /> }
            />
        </section>
    }
}

#[component]
fn Steps(page: Page, readiness: Readiness) -> impl IntoView {
    let is_complete = readiness.lines.iter().all(|line| line.done);
    let ready = readiness.ready.clone();
    let lines = readiness
        .lines
        .iter()
        .map(|line| view! { <Step page=page line=line.clone() readiness=readiness.clone() /> })
        .collect_view();
    view! {
        <ol class="event-steps">{lines}</ol>
        {ready.map(|ready| view! { <ReadyLine ready=ready /> })}
        {page.may_staff.then(|| view! { <Mark page=page is_complete=is_complete /> })}
    }
}

#[component]
fn ReadyLine(ready: Ready) -> impl IntoView {
    let at_ms = ready.at_ms;
    let name = ready.person_name;
    view! {
        <div class="stack tight">
            <p class="ok-line">
                <Icon glyph=Glyph::Check />
                {say(move |language| {
                    words::ready(language, device::date_time(language, at_ms), &name)
                })}
            </p>
            {ready
                .reason
                .map(|reason| {
                    view! {
                        <p class="small muted">
                            {say(move |language| words::ready_gaps(language, &reason))}
                        </p>
                    }
                })}
        </div>
    }
}

#[component]
fn Step(page: Page, line: ReadinessLine, readiness: Readiness) -> impl IntoView {
    let language = use_language();
    let open = RwSignal::new(false);
    let (step, is_done) = (line.step, line.done);
    // The school fills in its own order and agreement; the rest is the municipality's.
    let may_fill = page.may_staff
        && match step {
            ReadinessStep::Passport | ReadinessStep::MunicipalOrder => page.is_municipal,
            ReadinessStep::SchoolOrder | ReadinessStep::Marking => true,
            ReadinessStep::Staffing => false,
        };
    let title = Signal::derive(move || words::step(language.get(), step).to_owned());
    let form = move || match step {
        ReadinessStep::Passport => {
            view! { <PassportForm page=page parts=readiness.passport open=open /> }.into_any()
        }
        ReadinessStep::MunicipalOrder | ReadinessStep::SchoolOrder => {
            let is_school = step == ReadinessStep::SchoolOrder;
            let known = readiness
                .orders
                .into_iter()
                .find(|order| order.organisation.is_some() == is_school);
            view! { <OrderForm page=page is_school=is_school known=known open=open /> }.into_any()
        }
        _ => view! { <AgreementForm page=page known=readiness.agreement open=open /> }.into_any(),
    };
    view! {
        <li class=if is_done { "event-step done" } else { "event-step" }>
            <Icon glyph=if is_done { Glyph::Check } else { Glyph::Circle } />
            <div>
                <p>
                    <b>{move || title.get()}</b>
                    <span class="hidden-visually">
                        ": "
                        {say(move |language| {
                            if is_done { words::done(language) } else { words::open(language) }
                        })}
                    </span>
                </p>
                <p class="small muted num">{say_text(line.detail)}</p>
            </div>
            {may_fill
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| open.set(true)>
                            {say(move |language| {
                                if is_done { words::change(language) } else { words::edit(language) }
                            })}
                            <span class="hidden-visually">": " {move || title.get()}</span>
                        </button>
                        <Dialog open=open title=title>
                            {form()}
                        </Dialog>
                    }
                })}
        </li>
    }
}

#[component]
fn PassportForm(page: Page, parts: Vec<PassportPart>, open: RwSignal<bool>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let doing = Doing::new();
    let fields: Vec<_> = parts
        .into_iter()
        .map(|part| (part.section, RwSignal::new(part.content)))
        .collect();
    let shown = fields.clone();
    let procedure = page.staffing.with_untracked(|all| all.event.procedure);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let passport = Passport {
            parts: fields
                .iter()
                .map(|(section, content)| PassportPart {
                    section: *section,
                    content: content.get_untracked(),
                })
                .collect(),
        };
        doing.run(
            async move {
                let path = api::paths::of_procedure(procedure, "passport");
                client.put::<Passport>(&path, &passport).await
            },
            move |_| {
                open.set(false);
                page.changes.update(|count| *count += 1);
            },
        );
    };
    view! {
        <form class="stack" on:submit=save>
            {shown
                .into_iter()
                .enumerate()
                .map(|(index, (section, content))| {
                    let label = Signal::derive(move || {
                        words::section(language.get(), section).to_owned()
                    });
                    view! { <LongField id=format!("passport-{index}") label=label value=content /> }
                })
                .collect_view()}
            <DoingFailure doing=doing />
            <Save doing=doing />
        </form>
    }
}

#[component]
fn Save(doing: Doing) -> impl IntoView {
    view! {
        <button type="submit" class="button primary" disabled=move || doing.busy.get()>
            {say(crate::text::common::save)}
        </button>
    }
}

#[component]
fn OrderForm(
    page: Page,
    is_school: bool,
    known: Option<Order>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let (procedure, school) = page
        .staffing
        .with_untracked(|all| (all.event.procedure, all.event.organisation));
    let id = known
        .as_ref()
        .map_or_else(|| OrderId(Uuid::now_v7()), |order| order.id);
    let field = |pick: fn(&Order) -> &String| {
        RwSignal::new(
            known
                .as_ref()
                .map(|order| pick(order).clone())
                .unwrap_or_default(),
        )
    };
    let number = field(|order| &order.number);
    let date = field(|order| &order.date);
    let title = field(|order| &order.title);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let order = Order {
            id,
            procedure,
            organisation: is_school.then_some(school),
            number: number.get_untracked(),
            date: date.get_untracked(),
            title: title.get_untracked(),
        };
        doing.run(
            async move {
                let path = api::paths::of_procedure(procedure, "orders");
                client.post::<Order>(&path, &order).await
            },
            move |_| {
                open.set(false);
                page.changes.update(|count| *count += 1);
            },
        );
    };
    let ids = if is_school {
        [
            "school-order-number",
            "school-order-date",
            "school-order-title",
        ]
    } else {
        ["order-number", "order-date", "order-title"]
    };
    view! {
        <form class="stack" on:submit=save>
            <Field id=ids[0] label=label(words::number) value=number />
            <Field id=ids[1] label=label(words::date) value=date kind="date" />
            <Field id=ids[2] label=label(words::order_title) value=title />
            <DoingFailure doing=doing />
            <Save doing=doing />
        </form>
    }
}

#[component]
fn AgreementForm(
    page: Page,
    known: Option<MarkingAgreement>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let field = |pick: fn(&MarkingAgreement) -> &String| {
        RwSignal::new(
            known
                .as_ref()
                .map(|known| pick(known).clone())
                .unwrap_or_default(),
        )
    };
    let date = field(|known| &known.date);
    let participants = field(|known| &known.participants);
    let decisions = field(|known| &known.decisions);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let agreement = MarkingAgreement {
            date: date.get_untracked(),
            participants: participants.get_untracked(),
            decisions: decisions.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .put::<Readiness>(&page.path("agreement"), &agreement)
                    .await
            },
            move |_| {
                open.set(false);
                page.changes.update(|count| *count += 1);
            },
        );
    };
    view! {
        <form class="stack" on:submit=save>
            <Field id="agreement-date" label=label(words::date) value=date kind="date" />
            <Field id="agreement-participants" label=label(words::participants) value=participants />
            <LongField id="agreement-decisions" label=label(words::decisions) value=decisions />
            <DoingFailure doing=doing />
            <Save doing=doing />
        </form>
    }
}

/// Marks the event as ready; with open steps a reason is asked for.
#[component]
fn Mark(page: Page, is_complete: bool) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let send = move || {
        let mark = MarkReady {
            reason: (!is_complete).then(|| reason.get_untracked()),
        };
        doing.run(
            async move {
                client
                    .post::<Readiness>(&page.path("readiness"), &mark)
                    .await
            },
            move |_| {
                open.set(false);
                page.changes.update(|count| *count += 1);
            },
        );
    };
    let title = label(words::mark_anyway);
    view! {
        <div class="stack tight">
            {if is_complete {
                view! {
                    <button
                        type="button"
                        class="button primary"
                        disabled=move || doing.busy.get()
                        on:click=move |_| send()
                    >
                        {say(words::mark)}
                    </button>
                    <DoingFailure doing=doing />
                }
                    .into_any()
            } else {
                view! {
                    <button type="button" class="button" on:click=move |_| open.set(true)>
                        {say(words::mark_anyway)}
                    </button>
                    <Dialog open=open title=title>
                        <form
                            class="stack"
                            on:submit=move |event: leptos::ev::SubmitEvent| {
                                event.prevent_default();
                                send();
                            }
                        >
                            <LongField id="ready-reason" label=label(words::reason) value=reason />
                            <DoingFailure doing=doing />
                            <button
                                type="submit"
                                class="button primary"
                                disabled=move || doing.busy.get()
                            >
                                {say(words::mark_anyway)}
                            </button>
                        </form>
                    </Dialog>
                }
                    .into_any()
            }}
        </div>
    }
}
