//! An observer's sheet: one stage after another, every answer on the device at once.

mod after;
mod top;

use api::forms::submission::SubmissionSubject;
use api::id::AssignmentId;
use api::procedures::event::{Contact, OwnAssignment};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::form::SectionItems;
use crate::components::{Bar, FailureNotice, Glyph, Icon, Loading};
use crate::filling::Filling;
use crate::filling::colleagues::Colleagues;
use crate::filling::desk::use_desk;
use crate::filling::open::{Opened, open_subject, own_id};
use crate::filling::overview::{Count, Overview, Reach, SectionOverview};
use crate::filling::steps::Step;
use crate::filling::view::Standing;
use crate::language::{say, use_language};
use crate::pages::forms::sheet::alarm::Call;
use crate::pages::forms::sheet::begin::begin;
use crate::pages::forms::sheet::go::{keep_in_sight, show_heading};
use crate::pages::forms::sheet::jump::JumpList;
use crate::pages::forms::sheet::review::{Review, ReviewWords, SubmitWaits};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::checklist as words;

/// An observer's sheet.
#[component]
pub fn ChecklistPage() -> impl IntoView {
    let parameters = use_params_map();
    let assignment = Memo::new(move |_| {
        parameters
            .read()
            .get("assignment")
            .and_then(|text| text.parse::<AssignmentId>().ok())
    });
    let client = use_client();
    let session = use_session();
    let desk = use_desk();
    let opened = LocalResource::new(move || {
        let assignment = assignment.get();
        client.epoch.track();
        let person = own_id(session);
        async move {
            let assignment = assignment.ok_or(Failure::Unreadable { status: 404 })?;
            open_subject(
                client,
                desk,
                person,
                SubmissionSubject::Assignment { assignment },
            )
            .await
        }
    });
    set_title(words::title);
    let retry = Callback::new(move |()| opened.refetch());
    // The sheet is drawn once: what comes later is taken in, so nothing moves under the finger.
    let begun = RwSignal::new(None::<Opened>);
    Effect::new(move |_| {
        if let Some(Ok(opened)) = opened.get()
            && begun.with_untracked(|old| {
                old.as_ref().map(|old| old.submission.id) != Some(opened.submission.id)
            })
        {
            begun.set(Some(opened));
        }
    });
    let contact = coordinator(assignment);
    move || match (begun.get(), opened.get()) {
        (Some(opened), _) => view! { <Checklist opened=opened contact=contact /> }.into_any(),
        (None, Some(Err(failure))) => view! {
            <main class="page narrow" id="main">
                <FailureNotice failure=failure retry=retry />
            </main>
        }
        .into_any(),
        (None, _) => view! {
            <main class="page narrow" id="main">
                <Loading />
            </main>
        }
        .into_any(),
    }
}

/// Name and telephone of the coordinator; kept on the device, because alarms come without a network too.
fn coordinator(assignment: Memo<Option<AssignmentId>>) -> Signal<Option<Contact>> {
    let client = use_client();
    let session = use_session();
    let contact = RwSignal::new(None);
    Effect::new(move |_| {
        let Some(assignment) = assignment.get() else {
            return;
        };
        let person = own_id(session);
        let key = format!("orientir.contact.{assignment}");
        let kept = crate::device::remembered(&key)
            .and_then(|text| serde_json::from_str::<Contact>(&text).ok());
        contact.set(kept);
        leptos::task::spawn_local(async move {
            let own = client
                .get_kept::<Vec<OwnAssignment>>(person, api::paths::ASSIGNMENTS)
                .await;
            let found = own.ok().and_then(|own| {
                own.into_iter()
                    .find(|own| own.assignment.id == assignment)?
                    .coordinator
            });
            if let Some(found) = found {
                if let Ok(text) = serde_json::to_string(&found) {
                    crate::device::remember(&key, &text);
                }
                contact.try_set(Some(found));
            }
        });
    });
    contact.into()
}

/// The sheet of an opened submission.
#[component]
fn Checklist(opened: Opened, contact: Signal<Option<Contact>>) -> impl IntoView {
    let subject = opened.submission.subject.clone();
    let (filling, is_done) = begin(opened);
    if let SubmissionSubject::Assignment { assignment } = subject {
        provide_context(Colleagues::follow(use_client(), assignment, filling));
    }
    move || {
        if is_done.get() {
            view! { <after::AfterSubmit filling=filling /> }.into_any()
        } else {
            view! { <Fill filling=filling contact=contact /> }.into_any()
        }
    }
}

#[component]
fn Fill(filling: Filling, contact: Signal<Option<Contact>>) -> impl IntoView {
    let jump = RwSignal::new(false);
    // A new step begins at its heading; the first one keeps the place of the reload.
    Effect::new(move |before: Option<Step>| {
        let step = filling.step.get();
        if before.is_some_and(|before| before != step) {
            show_heading();
        }
        step
    });
    view! {
        <div class="sheet touch">
            <top::Top filling=filling contact=contact />
            <Phases filling=filling />
            <main class="sheet-main" id="main">
                {move || match filling.step.get() {
                    _ if filling.is_submitting.get() => {
                        view! { <SubmitWaits filling=filling /> }.into_any()
                    }
                    Step::Section(path) => {
                        view! { <Phase filling=filling path=path contact=contact /> }.into_any()
                    }
                    Step::Review => {
                        view! { <Review filling=filling text=REVIEW has_violations=true /> }.into_any()
                    }
                }}
            </main>
            <Steps filling=filling jump=jump />
            <JumpList filling=filling open=jump />
        </div>
    }
}

const REVIEW: ReviewWords = ReviewWords {
    text: words::review_text,
    reason: words::reason,
    reason_hint: words::reason_hint,
    reason_needed: words::reason_needed,
    sign: words::sign,
    submit: words::submit,
};

/// One stage for the row of stages.
#[derive(Clone, PartialEq)]
struct PhaseTab {
    path: String,
    title: String,
    reach: Reach,
    count: Count,
    has_violation: bool,
}

impl PhaseTab {
    fn of(section: &SectionOverview) -> Self {
        PhaseTab {
            path: section.path.clone(),
            title: section.title.clone(),
            reach: section.reach(),
            count: section.count(),
            has_violation: section.violations().next().is_some(),
        }
    }
}

/// The stages as a row of steps; the review is the last.
#[component]
fn Phases(filling: Filling) -> impl IntoView {
    let tabs = Memo::new(move |_| {
        filling.overview.with(|overview| {
            overview
                .sections
                .iter()
                .map(|section| PhaseTab::of(section))
                .collect::<Vec<_>>()
        })
    });
    keep_in_sight(filling, ".phases [aria-current]");
    let is_review = move || (filling.step.get() == Step::Review).then_some("step");
    view! {
        <nav class="phases" aria-label=say(words::phases)>
            <For each=move || tabs.get() key=|tab| format!("{:?}{}{}", tab.count, tab.path, tab.title) let(tab)>
                <PhaseButton filling=filling tab=tab />
            </For>
            <button
                type="button"
                class="phase"
                aria-current=is_review
                on:click=move |_| filling.go(Step::Review)
            >
                <span>{say(words::review_tab)}</span>
            </button>
        </nav>
    }
}

#[component]
fn PhaseButton(filling: Filling, tab: PhaseTab) -> impl IntoView {
    let path = StoredValue::new(tab.path);
    let is_current = move || {
        path.with_value(|path| filling.step.get() == Step::Section(path.clone()))
            .then_some("step")
    };
    let count = tab.count;
    view! {
        <button
            type="button"
            class="phase"
            aria-current=is_current
            on:click=move |_| filling.go(Step::Section(path.get_value()))
        >
            {match (tab.has_violation, tab.reach) {
                (true, _) => view! {
                    <span class="phase-mark bad">
                        <Icon glyph=Glyph::Flag />
                        <span class="hidden-visually">{say(words::state_violation)}</span>
                    </span>
                }
                    .into_any(),
                (false, Reach::Done) => view! {
                    <span class="phase-mark done">
                        <Icon glyph=Glyph::Check />
                        <span class="hidden-visually">{say(words::state_answered)}</span>
                    </span>
                }
                    .into_any(),
                (false, _) => ().into_any(),
            }}
            <span>{tab.title}</span>
            {(tab.reach == Reach::Begun)
                .then(|| {
                    view! {
                        <span class="phase-count num">
                            {format!("{}/{}", count.answered, count.total)}
                        </span>
                    }
                })}
        </button>
    }
}

/// One stage: heading, "no violations", questions.
#[component]
fn Phase(filling: Filling, path: String, contact: Signal<Option<Contact>>) -> impl IntoView {
    let path = StoredValue::new(path);
    let section = Memo::new(move |_| {
        filling
            .overview
            .with(|overview| path.with_value(|path| overview.section(path).cloned()))
            .unwrap_or_default()
    });
    let count = Memo::new(move |_| section.with(SectionOverview::count));
    let hint = Memo::new(move |_| section.with(|section| section.hint.clone()));
    let must_stop = Memo::new(move |_| {
        section.with(|section| {
            section
                .main()
                .any(|view| view.stops_when_violated() && view.standing() >= Standing::Violation)
        })
    });
    view! {
        <div class="phase-head">
            <div>
                <h1 tabindex="-1">{move || section.with(|section| section.title.clone())}</h1>
                <p class="muted num">
                    {say(move |l| words::questions(l, count.get().total as u64))} " · "
                    {say(move |l| words::answered(l, count.get().answered))}
                </p>
                <Show when=move || hint.with(|hint| !hint.is_empty())>
                    <p class="muted">{move || hint.get()}</p>
                </Show>
            </div>
            <AllInOrder filling=filling section=section />
        </div>
        <SectionItems path=path.get_value() />
        <Show when=move || must_stop.get()>
            <Stop filling=filling contact=contact />
        </Show>
    }
}

/// Answers everything still open in the stage with "in order", and takes that back.
#[component]
fn AllInOrder(filling: Filling, section: Memo<SectionOverview>) -> impl IntoView {
    let done = RwSignal::new(Vec::<String>::new());
    let is_offered = Memo::new(move |_| {
        let is_allowed = filling
            .form()
            .instrument
            .as_ref()
            .and_then(|instrument| instrument.completion.as_ref())
            .is_some_and(|completion| completion.one_tap_no_violations);
        is_allowed && section.with(|section| section.all_in_order().len() > 1)
    });
    let mark = move |_| {
        let answers = section.with_untracked(SectionOverview::all_in_order);
        done.set(answers.iter().map(|(path, _)| path.clone()).collect());
        let answers: Vec<_> = answers
            .into_iter()
            .map(|(path, value)| (path, Some(value)))
            .collect();
        filling.answer_all(&answers);
    };
    let undo = move |_| {
        let answers: Vec<_> = done
            .get_untracked()
            .into_iter()
            .map(|path| (path, None))
            .collect();
        filling.answer_all(&answers);
        done.set(Vec::new());
    };
    let count = move || done.with(Vec::len) as u64;
    view! {
        <div class="all-in-order">
            <Show when=move || is_offered.get()>
                <button type="button" class="button large" on:click=mark>
                    {say(words::all_in_order)}
                </button>
            </Show>
            <div role="status">
                {move || {
                    (count() > 0)
                        .then(|| {
                            view! {
                                <span class="small muted num">
                                    {say(move |l| words::all_in_order_done(l, count()))}
                                </span>
                                <button type="button" class="button quiet" on:click=undo>
                                    <Icon glyph=Glyph::Undo />
                                    {say(words::undo)}
                                </button>
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// The observation must end: who to call, and how to hand in what there is.
#[component]
fn Stop(filling: Filling, contact: Signal<Option<Contact>>) -> impl IntoView {
    view! {
        <div class="notice notice-danger" role="alert">
            <Icon glyph=Glyph::Alert />
            <div class="notice-body">
                <p class="notice-title">{say(words::stop_title)}</p>
                <p>{say(words::stop_text)}</p>
                <div class="actions">
                    <Call contact=contact />
                    <button
                        type="button"
                        class="button large"
                        on:click=move |_| filling.go(Step::Review)
                    >
                        {say(words::stop_hand_in)}
                    </button>
                </div>
            </div>
        </div>
    }
}

/// Back, progress, next: always under the thumb.
#[component]
fn Steps(filling: Filling, jump: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    let count = Memo::new(move |_| filling.overview.with(Overview::count));
    let share = Signal::derive(move || count.get().share());
    let back = Memo::new(move |_| {
        filling
            .overview
            .with(|overview| filling.step.get().back(overview))
    });
    let next = Memo::new(move |_| {
        filling
            .overview
            .with(|overview| filling.step.get().next(overview))
    });
    let step_to = move |step: Memo<Option<Step>>| {
        move |_| {
            if let Some(step) = step.get_untracked() {
                filling.go(step);
            }
        }
    };
    let next_word = move || {
        if next.get() == Some(Step::Review) {
            words::to_review(language.get())
        } else {
            words::next(language.get())
        }
    };
    view! {
        <footer class="step-bar">
            <div class="step-bar-in">
                <button
                    type="button"
                    class="button large"
                    prop:disabled=move || back.get().is_none()
                    on:click=step_to(back)
                >
                    {say(words::back)}
                </button>
                <button
                    type="button"
                    class="step-bar-progress"
                    aria-label=say(move |l| words::progress_label(l, count.get().answered, count.get().total))
                    on:click=move |_| jump.set(true)
                >
                    <Bar share=share />
                    <span class="small num">
                        <Icon glyph=Glyph::List />
                        {say(move |l| words::progress(l, count.get().answered, count.get().total))}
                        <span class="step-bar-list muted">" · " {say(words::list)}</span>
                    </span>
                </button>
                <button
                    type="button"
                    class="button primary large"
                    prop:disabled=move || next.get().is_none()
                    on:click=step_to(next)
                >
                    {next_word}
                </button>
            </div>
        </footer>
    }
}
