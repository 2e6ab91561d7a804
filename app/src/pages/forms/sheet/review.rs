//! "Check your answers": what is missing, what was violated, everything else, and sending.

use leptos::prelude::*;

use super::answers::{SectionAnswers, Violations};
use super::go::go_to;
use crate::components::evidence::{EvidencePort, whole_coverage};
use crate::components::form::{ErrorSummary, SummaryLine, focus};
use crate::components::{FailureNotice, Glyph, Icon, Notice, Tone};
use crate::filling::Filling;
use crate::filling::overview::Overview;
use crate::language::{label, say, use_language};
use crate::text::Language;
use crate::text::forms::form as form_words;
use crate::text::observation::checklist as words;

/// Words of the review that differ between a checklist and a self-assessment.
#[derive(Clone, Copy)]
pub struct ReviewWords {
    /// What submitting means.
    pub text: fn(Language) -> &'static str,
    /// Label of the reason.
    pub reason: fn(Language) -> &'static str,
    /// Example of a reason.
    pub reason_hint: fn(Language) -> &'static str,
    /// What to do when the reason is missing.
    pub reason_needed: fn(Language) -> &'static str,
    /// What sending signs.
    pub sign: fn(Language) -> &'static str,
    /// The button.
    pub submit: fn(Language) -> &'static str,
}

/// Id of the field for the reason.
const REASON: &str = "incomplete-reason";

/// The review page.
#[component]
pub fn Review(
    /// The submission.
    filling: Filling,
    /// Words.
    text: ReviewWords,
    /// Are violations shown first? A self-assessment has none.
    has_violations: bool,
) -> impl IntoView {
    let language = use_language();
    let port = use_context::<EvidencePort>();
    let reason = RwSignal::new(String::new());
    let is_reason_missing = RwSignal::new(false);
    let is_complete = Memo::new(move |_| filling.overview.with(Overview::is_complete));
    let lines = Signal::derive(move || {
        let mut lines = unreadable_lines(filling, language.get());
        lines.extend(filling.overview.with(summary_lines));
        lines
    });
    let has_lines = Memo::new(move |_| !lines.get().is_empty());
    let go = Callback::new(move |path: String| go_to(filling, &path));
    let open_count = move || filling.overview.with(open_questions) as u64;
    let submit = move |_| {
        let given = reason.get_untracked().trim().to_owned();
        if let Some(path) = untrack(|| filling.first_unreadable()) {
            go.run(path);
            return;
        }
        if is_complete.get_untracked() {
            filling.submit(None);
        } else if given.is_empty() {
            is_reason_missing.set(true);
            if let Some(field) = document().get_element_by_id(REASON) {
                focus(&field);
            }
        } else {
            filling.submit(Some(given));
        }
    };
    let title = label(words::summary_title);
    let described = move || {
        if is_reason_missing.get() {
            "reason-hint reason-error"
        } else {
            "reason-hint"
        }
    };
    view! {
        <div class="review stack">
            <div>
                <h1 tabindex="-1">{say(words::review_title)}</h1>
                <p class="muted text">{say(text.text)}</p>
            </div>
            {move || filling.refusal.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <Show when=move || has_lines.get()>
                <ErrorSummary title=title lines=lines go=go />
            </Show>
            {move || {
                has_violations
                    .then(|| {
                        view! { <Violations overview=filling.overview.get() change=go /> }
                    })
            }}
            <div class="card review-sections">
                {move || {
                    filling
                        .overview
                        .get()
                        .sections
                        .into_iter()
                        .map(|section| view! { <SectionAnswers section=section change=go /> })
                        .collect_view()
                }}
            </div>
            <Show when=move || !is_complete.get()>
                <div class="field card">
                    <label for=REASON>
                        {say(text.reason)}
                    </label>
                    <p class="hint" id="reason-hint">
                        {move || (open_count() > 0).then(|| view! { <OpenCount count=open_count() /> })}
                        {say(text.reason_hint)}
                    </p>
                    <Show when=move || is_reason_missing.get()>
                        <p class="field-error" id="reason-error" role="alert">
                            <Icon glyph=Glyph::Alert />
                            {say(text.reason_needed)}
                        </p>
                    </Show>
                    <textarea
                        class="input"
                        id=REASON
                        rows="3"
                        aria-describedby=described
                        aria-invalid=move || is_reason_missing.get().then_some("true")
                        prop:value=move || reason.get()
                        on:input=move |event| {
                            reason.set(event_target_value(&event));
                            is_reason_missing.set(false);
                        }
                    ></textarea>
                </div>
            </Show>
            <div class="review-end">
                {move || {
                    let coverage = filling.overview.with(|overview| whole_coverage(overview, port));
                    let count = u64::from(coverage.needed - coverage.confirmed);
                    (count > 0)
                        .then(|| {
                            view! {
                                <Notice tone=Tone::Warning>
                                    <p>{say(move |l| words::unconfirmed_effect(l, count))}</p>
                                </Notice>
                            }
                        })
                }}
                <p class="muted">{say(text.sign)}</p>
                <button type="button" class="button primary large" on:click=submit>
                    {say(text.submit)}
                </button>
            </div>
        </div>
    }
}

/// What stands in fields and cannot be read: it has to be mended before the sheet is handed over.
fn unreadable_lines(filling: Filling, language: Language) -> Vec<SummaryLine> {
    filling.unreadable.with(|unreadable| {
        filling.overview.with(|overview| {
            let lines = unreadable.iter().filter_map(|(path, text)| {
                let (_, view) = overview.find(path)?;
                let text = match text.as_str() {
                    "" => form_words::moment_incomplete(language).to_owned(),
                    text => form_words::typed_unreadable(language, text.replace('\n', ", ")),
                };
                Some(SummaryLine {
                    path: path.clone(),
                    label: view.label.clone(),
                    text,
                })
            });
            lines.collect()
        })
    })
}

/// Mistakes and missing answers that the form demands.
fn summary_lines(overview: &Overview) -> Vec<SummaryLine> {
    let mut lines = Vec::new();
    for section in &overview.sections {
        for view in section.questions() {
            let is_missing = view.required && view.value.as_deref().unwrap_or_default().is_empty();
            if let Some(text) = view
                .violation
                .clone()
                .filter(|_| is_missing || view.value.is_some())
            {
                // A companion is known by the question above it.
                let above = view
                    .rules
                    .companion
                    .as_ref()
                    .and_then(|(of, _)| section.main().find(|main| main.name == *of));
                let (label, text) = match above {
                    Some(main) => (main.label.clone(), view.label.clone()),
                    None => (view.label.clone(), text),
                };
                lines.push(SummaryLine {
                    path: view.path.clone(),
                    label,
                    text,
                });
            }
        }
    }
    lines
}

fn open_questions(overview: &Overview) -> usize {
    overview
        .sections
        .iter()
        .map(|section| section.open().count())
        .sum()
}

#[component]
fn OpenCount(count: u64) -> impl IntoView {
    view! { <span class="num">{say(move |l| words::open_questions(l, count))} ". "</span> }
}

/// Shown while a wish to submit waits for the network.
#[component]
pub fn SubmitWaits(
    /// The submission.
    filling: Filling,
) -> impl IntoView {
    view! {
        <div class="stack">
            <h1 tabindex="-1">{say(words::submit_waits_title)}</h1>
            <p class="text">{say(words::submit_waits)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button large"
                    on:click=move |_| filling.take_back_submit()
                >
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::submit_take_back)}
                </button>
            </div>
        </div>
    }
}
