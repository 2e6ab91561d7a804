//! Approval: the head checks, signs and locks; or gives back with a reason that everybody sees.

use api::assessment::approval::{AnswerAside, Approve, Reading, Standing};
use api::assessment::campaign::{CampaignProgress, CampaignStep, CampaignStepKind, GiveBack};
use api::id::SubmissionId;
use api::live::LiveChange;
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::{Client, Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon, Notice, Tone};
use crate::device;
use crate::filling::Filling;
use crate::filling::reading::has_seen;
use crate::language::{say, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::text::assessment::team as words;
use crate::text::{Language, number};

/// Where the self-assessment stands, followed.
#[derive(Clone, Copy)]
pub struct Approval {
    /// The server's answer; absent until it came.
    pub standing: RwSignal<Option<Standing>>,
    submission: SubmissionId,
    client: Client,
}

impl Approval {
    /// Fetches and follows.
    pub fn start(submission: SubmissionId) -> Self {
        let approval = Approval {
            standing: RwSignal::new(None),
            submission,
            client: use_client(),
        };
        approval.fetch();
        use_live().hear(
            move |change| match change {
                LiveChange::Submission { submission, .. } => *submission == submission_of(approval),
                LiveChange::Campaign { .. } => true,
                _ => false,
            },
            move || approval.fetch(),
        );
        approval
    }

    /// Asks the server again.
    pub fn fetch(self) {
        leptos::task::spawn_local(async move {
            let path = api::paths::standing(self.submission);
            if let Ok(standing) = self.client.get::<Standing>(&path).await {
                let _ = self.standing.try_set(Some(standing));
            }
        });
    }
}

fn submission_of(approval: Approval) -> SubmissionId {
    approval.submission
}

/// Over the form: why it was given back, and the answers that came after the lock.
#[component]
pub fn GivenBack(
    /// Where it stands.
    approval: Approval,
    /// The form that is open again.
    filling: Filling,
) -> impl IntoView {
    let language = use_language();
    move || {
        let standing = approval.standing.get()?;
        if standing.progress != CampaignProgress::Returned {
            return None;
        }
        let step = standing.steps.iter().rev().find(|step| {
            matches!(
                step.kind,
                CampaignStepKind::Returned | CampaignStepKind::Unlocked
            )
        })?;
        let time = device::date_time(language.get(), step.at_ms);
        let by = words::returned_by(language.get(), &step.name, time);
        let reason = step.reason.clone().unwrap_or_default();
        Some(view! {
            <Notice tone=Tone::Warning>
                <p class="notice-title">{say(words::returned_title)}</p>
                <p>{reason}</p>
                <p class="small muted num">{by}</p>
            </Notice>
            <Aside answers=standing.set_aside filling=Some(filling) />
        })
    }
}

/// Answers that came after the lock; while the form is open, each can be taken.
#[component]
fn Aside(answers: Vec<AnswerAside>, filling: Option<Filling>) -> impl IntoView {
    let language = use_language();
    (!answers.is_empty()).then(|| {
        view! {
            <section class="team-aside stack tight">
                <h2>{say(words::aside_title)}</h2>
                <p class="muted small">{say(words::aside_text)}</p>
                <ul class="team-entries">
                    {answers
                        .into_iter()
                        .map(|one| {
                            let time = device::date_time(language.get_untracked(), one.received_ms);
                            let by = words::aside_by(language.get_untracked(), &one.name, time);
                            let (label, sentence) = filling
                                .map(|filling| shown(filling, &one))
                                .unwrap_or_else(|| {
                                    (one.path.clone(), one.value.clone().unwrap_or_default())
                                });
                            view! {
                                <li>
                                    <p>
                                        <b>{label}</b>
                                    </p>
                                    <p class="sentence">{sentence}</p>
                                    <p class="small muted num">{by}</p>
                                    {filling
                                        .map(|filling| {
                                            let one = one.clone();
                                            view! {
                                                <button
                                                    type="button"
                                                    class="button"
                                                    on:click=move |_| {
                                                        filling.answer(&one.path, one.value.as_deref());
                                                    }
                                                >
                                                    {say(words::aside_take)}
                                                </button>
                                            }
                                        })}
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// The question and the sentence of an answer in the words of the form.
fn shown(filling: Filling, one: &AnswerAside) -> (String, String) {
    filling.overview.with_untracked(|overview| {
        let value = one.value.clone().unwrap_or_default();
        overview
            .find(&one.path)
            .map(|(_, view)| {
                let sentence = view
                    .choices
                    .iter()
                    .find(|choice| choice.name == value)
                    .map_or_else(|| value.clone(), |choice| choice.sentence().to_owned());
                (view.label.clone(), sentence)
            })
            .unwrap_or_else(|| (one.path.clone(), value.clone()))
    })
}

/// After handing over: the head's part, and every step so far.
#[component]
pub fn ApprovalPanel(
    /// Where it stands.
    approval: Approval,
    /// The answers to be checked before signing.
    filling: Filling,
    /// Levels without the evidence they need.
    #[prop(into)]
    unconfirmed: Signal<u32>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let asks_back = RwSignal::new(false);
    view! {
        <section class="card stack team-approval" id="approval">
            <h2>{say(words::approval)}</h2>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {move || {
                let standing = approval.standing.get()?;
                let is_approved = standing.progress == CampaignProgress::Approved;
                let may = standing.may_approve;
                Some(
                    view! {
                        {is_approved.then(|| view! { <Signed standing=standing.clone() /> })}
                        {(!is_approved && !may)
                            .then(|| view! { <p class="muted">{say(words::approval_wait)}</p> })}
                        {(!is_approved && may)
                            .then(|| {
                                view! {
                                    <Sign
                                        approval=approval
                                        filling=filling
                                        standing=standing.clone()
                                        unconfirmed=unconfirmed
                                        failure=failure
                                    />
                                }
                            })}
                        {may
                            .then(|| {
                                view! {
                                    <Back
                                        approval=approval
                                        is_approved=is_approved
                                        asks=asks_back
                                        failure=failure
                                    />
                                }
                            })}
                        <Aside answers=standing.set_aside.clone() filling=None />
                        <Steps steps=standing.steps />
                    },
                )
            }}
        </section>
    }
}

/// Whose signature, when, and under what.
#[component]
fn Signed(standing: Standing) -> impl IntoView {
    let language = use_language();
    let step = standing
        .steps
        .into_iter()
        .rev()
        .find(|step| step.kind == CampaignStepKind::Approved)?;
    let hash = step.state_hash.clone().unwrap_or_default();
    Some(view! {
        <Notice tone=Tone::Success>
            <p class="notice-title num">
                {move || {
                    let time = device::date_time(language.get(), step.at_ms);
                    words::approved_by(language.get(), &step.name, time)
                }}
            </p>
            <Hash hash=hash />
        </Notice>
    })
}

/// The hash of what is signed: for whoever compares papers, folded for everybody else.
#[component]
fn Hash(hash: String) -> impl IntoView {
    view! {
        <details class="disclosure small">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::more)}
            </summary>
            <p class="muted team-hash num">{say(move |l| words::state_hash(l, &hash))}</p>
        </details>
    }
}

/// The way to the answers, and saying that one signs without having gone it.
#[component]
fn Read(
    filling: Filling,
    has_seen: bool,
    skips: RwSignal<bool>,
    unconfirmed: Signal<u32>,
) -> impl IntoView {
    let href = api::work::submission(filling.about.with_untracked(|about| about.id));
    let class = if has_seen { "button" } else { "button primary" };
    view! {
        {move || {
            let count = u64::from(unconfirmed.get());
            (count > 0)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>{say(move |l| words::approval_unconfirmed(l, count))}</p>
                        </Notice>
                    }
                })
        }}
        <p>
            <a class=class href=href>
                <Icon glyph=Glyph::List />
                {say(words::approval_check)}
            </a>
        </p>
        {if has_seen {
            view! {
                <p class="small muted">
                    <Icon glyph=Glyph::Check />
                    {say(words::approval_seen)}
                </p>
            }
                .into_any()
        } else {
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=move || skips.get()
                        on:change=move |event| skips.set(event_target_checked(&event))
                    />
                    <span>{say(words::approval_skip)}</span>
                </label>
            }
                .into_any()
        }}
    }
}

/// The signature.
#[component]
fn Sign(
    approval: Approval,
    filling: Filling,
    standing: Standing,
    unconfirmed: Signal<u32>,
    failure: RwSignal<Option<Failure>>,
) -> impl IntoView {
    let session = use_session();
    let name = RwSignal::new(
        session
            .person()
            .map(|person| person.name)
            .unwrap_or_default(),
    );
    let late = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let id = Uuid::now_v7();
    let client = use_client();
    let until = standing.until.clone();
    let is_late = standing.is_late;
    let (revision, hash) = (standing.revision, standing.state_hash.clone());
    let shown_hash = hash.clone();
    let has_seen = has_seen(approval.submission, revision);
    let skips = RwSignal::new(false);
    let sign = move |_| {
        busy.set(true);
        failure.set(None);
        let body = Approve {
            id,
            revision,
            state_hash: hash.clone(),
            reading: if has_seen {
                Reading::Opened
            } else {
                Reading::Skipped
            },
            name: name.get_untracked(),
            late_reason: is_late.then(|| late.get_untracked()),
        };
        leptos::task::spawn_local(async move {
            let path = api::paths::approval(approval.submission);
            match client.post::<Standing>(&path, &body).await {
                Ok(standing) => {
                    let _ = approval.standing.try_set(Some(standing));
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                    approval.fetch();
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <p>{say(words::approval_text)}</p>
        <Read filling=filling has_seen=has_seen skips=skips unconfirmed=unconfirmed />
        {is_late
            .then(|| {
                view! {
                    <div class="field">
                        <label for="approval-late">{say(words::late_reason)}</label>
                        <p class="hint small muted num" id="approval-late-hint">
                            {say(move |l| words::late_text(l, number::date(l, &until)))}
                        </p>
                        <textarea
                            class="input"
                            id="approval-late"
                            rows="2"
                            aria-describedby="approval-late-hint"
                            prop:value=move || late.get()
                            on:input=move |event| late.set(event_target_value(&event))
                        ></textarea>
                    </div>
                }
            })}
        <div class="field">
            <label for="approval-name">{say(words::signature)}</label>
            <p class="hint small muted" id="approval-name-hint">
                {say(words::signature_hint)}
            </p>
            <input
                class="input"
                id="approval-name"
                autocomplete="name"
                aria-describedby="approval-name-hint"
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
        </div>
        <Hash hash=shown_hash />
        <button
            type="button"
            class=if has_seen { "button primary large" } else { "button large" }
            disabled=move || {
                busy.get() || name.with(|name| name.trim().is_empty())
                    || !(has_seen || skips.get())
            }
            on:click=sign
        >
            <Icon glyph=Glyph::Check />
            {say(words::approve)}
        </button>
    }
}

/// Giving back to the team, or unlocking.
#[component]
fn Back(
    approval: Approval,
    is_approved: bool,
    asks: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
) -> impl IntoView {
    let client = use_client();
    let reason = RwSignal::new(String::new());
    let id = Uuid::now_v7();
    let (open, confirm): (crate::text::Wording, crate::text::Wording) = if is_approved {
        (words::unlock, words::confirm_unlock)
    } else {
        (words::give_back, words::confirm_back)
    };
    let give = move |_| {
        failure.set(None);
        let body = GiveBack {
            id,
            reason: reason.get_untracked(),
        };
        leptos::task::spawn_local(async move {
            let path = api::paths::unlock(approval.submission);
            match client.post::<Standing>(&path, &body).await {
                Ok(standing) => {
                    let _ = asks.try_set(false);
                    let _ = approval.standing.try_set(Some(standing));
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    view! {
        <Show
            when=move || asks.get()
            fallback=move || {
                view! {
                    <p>
                        <button type="button" class="button quiet" on:click=move |_| asks.set(true)>
                            <Icon glyph=Glyph::Undo />
                            {say(open)}
                        </button>
                    </p>
                }
            }
        >
            <div class="field">
                <label for="back-reason">{say(words::reason)}</label>
                <p class="hint small muted" id="back-reason-hint">
                    {say(words::reason_hint)}
                </p>
                <textarea
                    class="input"
                    id="back-reason"
                    rows="2"
                    aria-describedby="back-reason-hint"
                    prop:value=move || reason.get()
                    on:input=move |event| reason.set(event_target_value(&event))
                ></textarea>
                <button
                    type="button"
                    class="button"
                    disabled=move || reason.with(|reason| reason.trim().is_empty())
                    on:click=give
                >
                    {say(confirm)}
                </button>
            </div>
        </Show>
    }
}

/// Every step so far, with its reason.
#[component]
pub fn Steps(
    /// Oldest first.
    steps: Vec<CampaignStep>,
) -> impl IntoView {
    let language = use_language();
    (!steps.is_empty()).then(|| {
        view! {
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::steps)}
                </summary>
                <ol class="disclosure-body team-entries">
                    {steps
                        .into_iter()
                        .map(|step| {
                            let reason = step.reason.clone();
                            let is_late = step.is_late;
                            let name = step.name.clone();
                            let at_ms = step.at_ms;
                            view! {
                                <li>
                                    <p>
                                        {move || step_text(language.get(), &step)}
                                        {is_late
                                            .then(|| {
                                                view! {
                                                    " "
                                                    <span class="tag warn">{say(words::step_late)}</span>
                                                }
                                            })}
                                    </p>
                                    <p class="small muted num">
                                        {name}
                                        " "
                                        {move || device::date_time(language.get(), at_ms)}
                                    </p>
                                    {reason
                                        .map(|reason| {
                                            view! {
                                                <p class="small">
                                                    {say(move |l| words::step_reason(l, &reason))}
                                                </p>
                                            }
                                        })}
                                </li>
                            }
                        })
                        .collect_view()}
                </ol>
            </details>
        }
    })
}

fn step_text(language: Language, step: &CampaignStep) -> String {
    match step.kind {
        CampaignStepKind::HandedOver => words::step_handed_over(language).to_owned(),
        CampaignStepKind::Approved => words::step_approved(language).to_owned(),
        CampaignStepKind::Unlocked => words::step_unlocked(language).to_owned(),
        CampaignStepKind::Returned => words::step_returned(language).to_owned(),
        CampaignStepKind::Reminded => words::step_reminded(language).to_owned(),
        CampaignStepKind::Extended => {
            let until = step.until.clone().unwrap_or_default();
            words::step_extended(language, number::date(language, &until))
        }
    }
}
