//! The form of the act that was chosen. One form for all: what was written stays when another act is chosen, and when
//! somebody else ends the step meanwhile.

use api::id::EntryId;
use api::management::review::{
    CommissionMember, Finding, NewAnswer, NewReviewStep, RecheckPlan, RecheckWay, Review, ReviewAct,
};
use api::management::support::Effect as Brought;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{
    Choices, Doing, DoingFailure, Field, LongField, Notice, Tone, Writing, use_toasts,
};
use crate::language::{label, say, use_language};
use crate::text::management::{reviews as words, supports};
use crate::text::{Language, Wording};

/// What is being written.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    writing: Writing,
    due: RwSignal<String>,
    finding: RwSignal<Option<Finding>>,
    effect: RwSignal<Option<Brought>>,
    way: RwSignal<RecheckWay>,
    order_number: RwSignal<String>,
    order_date: RwSignal<String>,
    what: RwSignal<String>,
    members: RwSignal<String>,
    /// Positions whose declaration is there.
    declared: RwSignal<Vec<String>>,
}

impl Draft {
    /// Nothing is written yet.
    pub(super) fn new() -> Self {
        Draft {
            writing: Writing::new(),
            due: RwSignal::new(String::new()),
            finding: RwSignal::new(None),
            effect: RwSignal::new(None),
            way: RwSignal::new(RecheckWay::Commission),
            order_number: RwSignal::new(String::new()),
            order_date: RwSignal::new(String::new()),
            what: RwSignal::new(String::new()),
            members: RwSignal::new(String::new()),
            declared: RwSignal::new(Vec::new()),
        }
    }

    /// A recheck that is changed begins as it was ordered; what was typed already stays.
    fn begin_from(self, ordered: Option<RecheckPlan>) {
        let is_typed = self.what.with_untracked(|what| !what.is_empty());
        let Some(plan) = ordered.filter(|_| !is_typed) else {
            return;
        };
        let positions: Vec<String> = plan
            .members
            .into_iter()
            .map(|member| member.position)
            .collect();
        self.way.set(plan.way);
        self.order_number.set(plan.order_number);
        self.order_date.set(plan.order_date);
        self.what.set(plan.what);
        self.members.set(positions.join("\n"));
        self.declared.set(positions);
    }

    fn positions(self) -> Vec<String> {
        let lines = self.members.get();
        let lines = lines.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn plan(self) -> RecheckPlan {
        let way = self.way.get_untracked();
        let declared = self.declared.get_untracked();
        let members = match way {
            RecheckWay::ControlEvent => Vec::new(),
            RecheckWay::Commission => untrack(move || self.positions())
                .into_iter()
                .map(|position| CommissionMember {
                    has_no_interest: declared.contains(&position),
                    position,
                })
                .collect(),
        };
        RecheckPlan {
            way,
            order_number: self.order_number.get_untracked(),
            order_date: self.order_date.get_untracked(),
            members,
            what: self.what.get_untracked(),
        }
    }
}

/// The form.
#[component]
pub(super) fn ActForm(
    /// The review, as it changes.
    found: Signal<Review>,
    /// Which act; none when nothing is being done.
    chosen: RwSignal<Option<ReviewAct>>,
    /// What is being written.
    draft: Draft,
    /// Asks for the review again.
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let id = found.with_untracked(|review| review.id);
    let act = Memo::new(move |_| chosen.get().unwrap_or(ReviewAct::Note));
    let is_there = Memo::new(move |_| found.with(|review| review.may.contains(&act.get())));
    let may_note = Memo::new(move |_| found.with(|review| review.may.contains(&ReviewAct::Note)));
    let is_planned = Memo::new(move |_| {
        found.with(|review| {
            review
                .whole
                .as_ref()
                .is_some_and(|whole| whole.recheck.is_some())
        })
    });
    let has_later = Memo::new(move |_| {
        found.with(|review| {
            review
                .whole
                .as_ref()
                .is_some_and(|whole| !whole.later.is_empty())
        })
    });
    // Each act proposes its own day.
    Effect::new(move |_| {
        let act = act.get();
        doing.failure.set(None);
        let proposed = found.with_untracked(|review| match act {
            ReviewAct::MoveTerm | ReviewAct::PlanRecheck => review.due.clone(),
            _ => review.whole.as_ref().map(|whole| whole.usual_due.clone()),
        });
        draft.due.set(proposed.unwrap_or_default());
        let ordered = found.with_untracked(|review| review.whole.as_ref()?.recheck.clone());
        if act == ReviewAct::PlanRecheck {
            draft.begin_from(ordered);
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let act = act.get_untracked();
        let (entry, content) = draft.writing.send();
        let done = move |_: Review| {
            toasts.say(words::sent(language.get_untracked()));
            draft.writing.taken();
            draft.finding.set(None);
            draft.effect.set(None);
            chosen.set(None);
            changed.run(());
        };
        if act == ReviewAct::Explain {
            let new = NewAnswer {
                id: EntryId(entry),
                content,
            };
            doing.run(
                async move { client.post(&api::paths::review_answers(id), &new).await },
                done,
            );
            return;
        }
        let due = draft.due.get_untracked();
        let new = NewReviewStep {
            id: EntryId(entry),
            act,
            revision: found.with_untracked(|review| review.revision),
            content,
            due: words::due_label(Language::Ru, act)
                .and(Some(due))
                .filter(|due| !due.is_empty()),
            recheck: (act == ReviewAct::PlanRecheck).then(|| draft.plan()),
            finding: draft.finding.get_untracked(),
            effect: draft.effect.get_untracked(),
        };
        doing.run(
            async move { client.post(&api::paths::review_steps(id), &new).await },
            done,
        );
    };
    // Whoever is told that the step was taken sees at once by what.
    Effect::new(move |_| {
        if doing.failure.with(Option::is_some) {
            changed.run(());
        }
    });
    let hint = move || {
        let language = language.get();
        let hint = match act.get() {
            ReviewAct::Analyse => words::hint_analyse(language),
            ReviewAct::Explain => words::hint_explain(language),
            ReviewAct::JudgeEffect if !has_later.get() => words::effect_none(language),
            _ => words::hint_words(language),
        };
        Some(hint.to_owned())
    };
    view! {
        <section class="card stack review-form">
            <h2>{move || words::button(language.get(), act.get(), is_planned.get())}</h2>
            <Show when=move || !is_there.get()>
                <Notice tone=Tone::Warning>
                    <p>{say(words::step_gone)}</p>
                    <Show when=move || may_note.get()>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| chosen.set(Some(ReviewAct::Note))
                        >
                            {say(words::do_note)}
                        </button>
                    </Show>
                </Notice>
            </Show>
            <form class="stack" on:submit=send>
                <Show when=move || act.get() == ReviewAct::Conclude>
                    <Choices
                        name="review-finding"
                        title=words::finding_what
                        options=vec![
                            (Some(Finding::Confirmed), words::finding_confirmed as Wording),
                            (Some(Finding::NotConfirmed), words::finding_not_confirmed),
                            (Some(Finding::DataInsufficient), words::finding_data_insufficient),
                        ]
                        value=draft.finding
                    />
                </Show>
                <Show when=move || act.get() == ReviewAct::JudgeEffect>
                    <Choices
                        name="review-effect"
                        title=supports::check_what
                        options=supports::EFFECTS
                            .into_iter()
                            .filter(|(effect, _)| {
                                has_later.get() || *effect == Some(Brought::CannotTell)
                            })
                            .collect()
                        value=draft.effect
                    />
                </Show>
                <Show when=move || act.get() == ReviewAct::PlanRecheck>
                    <PlanFields draft=draft />
                </Show>
                <LongField
                    id="review-words"
                    label=Signal::derive(move || words::label(language.get(), act.get()).to_owned())
                    hint=MaybeProp::derive(hint)
                    value=draft.writing.text
                />
                <Show when=move || words::due_label(Language::Ru, act.get()).is_some()>
                    <Field
                        id="review-due"
                        label=Signal::derive(move || {
                            words::due_label(language.get(), act.get()).unwrap_or_default().to_owned()
                        })
                        value=draft.due
                        kind="date"
                    />
                </Show>
                <DoingFailure doing=doing />
                <div class="actions">
                    <button
                        type="submit"
                        class="button primary"
                        disabled=move || doing.busy.get() || !is_there.get()
                    >
                        {move || words::button(language.get(), act.get(), is_planned.get())}
                    </button>
                    <button type="button" class="button" on:click=move |_| chosen.set(None)>
                        {say(words::cancel)}
                    </button>
                </div>
            </form>
        </section>
    }
}

/// Who checks what again, and by which order.
#[component]
fn PlanFields(draft: Draft) -> impl IntoView {
    let language = use_language();
    let is_commission = Memo::new(move |_| draft.way.get() == RecheckWay::Commission);
    let positions = Memo::new(move |_| draft.positions());
    view! {
        <Choices
            name="review-way"
            title=words::recheck_way
            options=vec![
                (RecheckWay::Commission, words::way_commission as Wording),
                (RecheckWay::ControlEvent, words::way_control_event),
            ]
            value=draft.way
        />
        <Field
            id="review-what"
            label=Signal::derive(move || {
                let language = language.get();
                match is_commission.get() {
                    true => words::recheck_what(language),
                    false => words::recheck_event(language),
                }
                .to_owned()
            })
            value=draft.what
        />
        <div class="review-two">
            <Field
                id="review-order"
                label=label(words::recheck_order)
                value=draft.order_number
            />
            <Field
                id="review-order-date"
                label=label(words::recheck_date)
                value=draft.order_date
                kind="date"
            />
        </div>
        <Show when=move || is_commission.get()>
            <LongField
                id="review-members"
                label=label(words::recheck_members)
                hint=MaybeProp::derive(move || {
                    Some(words::recheck_members_hint(language.get()).to_owned())
                })
                value=draft.members
            />
            <fieldset class="field campaign-choices">
                <legend class="field-label">{say(words::recheck_declared_title)}</legend>
                <For each=move || positions.get() key=Clone::clone children=move |position| {
                    let (shown, mine) = (position.clone(), position.clone());
                    view! {
                        <label class="choice">
                            <input
                                type="checkbox"
                                prop:checked=move || draft.declared.with(|all| all.contains(&mine))
                                on:change=move |event| {
                                    let is_on = event_target_checked(&event);
                                    draft
                                        .declared
                                        .update(|all| {
                                            all.retain(|one| *one != position);
                                            if is_on {
                                                all.push(position.clone());
                                            }
                                        });
                                }
                            />
                            <span>
                                {say(move |language| words::recheck_declared(language, &shown))}
                            </span>
                        </label>
                    }
                } />
            </fieldset>
        </Show>
    }
}
