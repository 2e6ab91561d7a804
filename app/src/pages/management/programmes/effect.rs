//! What the blocks of a programme have brought: before, after, the conclusion.

use api::id::ProgrammeReviewId;
use api::management::programme::{Conclusion, NewProgrammeReview, Programme, ProgrammeReview};
use leptos::prelude::*;

use super::edit::BlockChoice;
use super::one::Sheet;
use crate::client::use_client;
use crate::components::{Choices, Doing, DoingFailure, LongField, use_toasts};
use crate::device;
use crate::language::{label, say, use_language};
use crate::model::roadmap::heading_name;
use crate::text::Wording;
use crate::text::management::programmes as words;

/// Conclusions that can be drawn.
const CONCLUSIONS: [(Conclusion, Wording); 4] = [
    (Conclusion::Effective, words::effective),
    (Conclusion::Partly, words::partly),
    (Conclusion::Ineffective, words::ineffective),
    (Conclusion::CannotTell, words::cannot_tell),
];

/// The section under the roadmap.
#[component]
pub fn Effects(sheet: Sheet) -> impl IntoView {
    let programme = sheet.programme;
    let reviews = Memo::new(move |_| programme.with(|one| one.reviews.clone()));
    let may_review = Memo::new(move |_| programme.with(|one| one.may.review));
    let is_open = RwSignal::new(false);
    view! {
        <section class="stack roadmap-effect">
            <h2>{say(words::effect)}</h2>
            <p class="text muted">{say(words::effect_lead)}</p>
            <Show when=move || reviews.with(Vec::is_empty)>
                <p class="muted">{say(words::effect_none)}</p>
            </Show>
            <ul class="bare stack">
                <For
                    each=move || reviews.get()
                    key=|review| review.id
                    children=move |review| view! { <Review sheet=sheet review=review /> }
                />
            </ul>
            <Show when=move || may_review.get() && !is_open.get()>
                <div class="no-print">
                    <button type="button" class="button" on:click=move |_| is_open.set(true)>
                        {say(words::effect_add)}
                    </button>
                </div>
            </Show>
            <Show when=move || may_review.get() && is_open.get()>
                <NewReview sheet=sheet is_open=is_open />
            </Show>
        </section>
    }
}

#[component]
fn Review(sheet: Sheet, review: ProgrammeReview) -> impl IntoView {
    let (conclusion, at_ms, heading) = (review.conclusion, review.at_ms, review.heading);
    let name = move || {
        sheet.programme.with(|one| {
            let found = one.headings.iter().find(|known| known.id == heading);
            found.map(heading_name)
        })
    };
    view! {
        <li class="card stack tight">
            <h3>{name}</h3>
            <dl class="facts">
                <div>
                    <dt>{say(words::effect_before)}</dt>
                    <dd class="text">{review.before}</dd>
                </div>
                <div>
                    <dt>{say(words::effect_after)}</dt>
                    <dd class="text">{review.after}</dd>
                </div>
                <div>
                    <dt>{say(words::effect_conclusion)}</dt>
                    <dd>
                        <b>{say(move |language| words::conclusion(language, conclusion))}</b>
                        <span class="small muted num">
                            " · " {say(move |language| device::date_time(language, at_ms))}
                        </span>
                    </dd>
                </div>
                <div>
                    <dt>{say(words::effect_what_next)}</dt>
                    <dd class="text">{review.content}</dd>
                </div>
            </dl>
        </li>
    }
}

#[component]
fn NewReview(sheet: Sheet, is_open: RwSignal<bool>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let id = ProgrammeReviewId(uuid::Uuid::now_v7());
    let programme = sheet.programme.with_untracked(|one| one.id);
    let first = sheet
        .programme
        .with_untracked(|one| one.headings.first().map(|heading| heading.id));
    let heading = RwSignal::new(first);
    let [before, after, content] = [String::new(), String::new(), String::new()].map(RwSignal::new);
    let conclusion = RwSignal::new(Conclusion::CannotTell);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(heading) = heading.get_untracked() else {
            return;
        };
        let new = NewProgrammeReview {
            id,
            heading,
            before: before.get_untracked(),
            after: after.get_untracked(),
            conclusion: conclusion.get_untracked(),
            content: content.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .post::<Programme>(&api::paths::of_programme(programme, "reviews"), &new)
                    .await
            },
            move |_| {
                toasts.say(words::effect_saved(language.get_untracked()));
                is_open.set(false);
                sheet.changed.run(());
            },
        );
    };
    let hint = MaybeProp::derive(move || Some(words::effect_hint(language.get()).to_owned()));
    view! {
        <form class="card stack roadmap-form" on:submit=send>
            <BlockChoice sheet=sheet id="effect-heading" chosen=heading may_be_none=false />
            <LongField
                id="effect-before"
                label=label(words::effect_before)
                hint=hint
                value=before
            />
            <LongField id="effect-after" label=label(words::effect_after) value=after />
            <Choices
                name="effect-conclusion"
                title=words::effect_conclusion
                options=CONCLUSIONS.to_vec()
                value=conclusion
            />
            <LongField id="effect-next" label=label(words::effect_what_next) value=content />
            <DoingFailure doing=doing />
            <div class="actions">
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::effect_add)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| is_open.set(false)>
                    {say(words::cancel)}
                </button>
            </div>
        </form>
    }
}
