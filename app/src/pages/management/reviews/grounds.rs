//! What a review rests on, what changed since, and the two words side by side.

use api::management::review::{CellFacts, Review, ReviewAct, ReviewEntry, ReviewWhole, Side};
use leptos::prelude::*;

use crate::charts::histogram::HistogramChart;
use crate::charts::items::ItemChart;
use crate::components::{Glyph, Icon, Notice, StateTag, Tone};
use crate::device;
use crate::language::{say, say_text};
use crate::text::management::{reviews as words, supports};
use crate::text::{Language, common, number};

/// Grounds as they were frozen, and what the run in force says now.
#[component]
pub(super) fn Basis(
    /// The review.
    review: Review,
    /// What only its page has.
    whole: ReviewWhole,
) -> impl IntoView {
    let grounds = whole.grounds;
    let computed_ms = grounds.computed_ms;
    let cell = review
        .cell
        .as_ref()
        .map(|cell| api::work::cell(review.organisation, cell.year, &cell.subject, cell.grade));
    let before = grounds.cell.state;
    let is_gone = whole.now.is_none();
    let changed = whole.now.map(|now| now.state).filter(|now| *now != before);
    let has_items = !grounds.items.is_empty();
    let share = grounds.local_fdr.map(|share| (share * 100.0).round());
    let methods = grounds.signals.clone();
    let others = grounds.signals.clone();
    view! {
        <section class="stack tight">
            <div class="review-sechead">
                <h2>{say(words::grounds_title)}</h2>
                {cell
                    .filter(|_| !is_gone)
                    .map(|href| view! { <a href=href>{say(words::to_cell)}</a> })}
            </div>
            {is_gone
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>{say(words::cell_gone)}</p>
                        </Notice>
                    }
                })}
            {changed
                .map(|now| {
                    view! {
                        <Notice tone=Tone::Info>
                            <p>
                                {say(move |language| {
                                    words::cell_changed(
                                        language,
                                        common::state(language, before),
                                        common::state(language, now),
                                    )
                                })}
                            </p>
                        </Notice>
                    }
                })}
            <ul class="review-signals">
                {grounds
                    .signals
                    .into_iter()
                    .map(|signal| {
                        view! {
                            <li>
                                <h3>{say_text(signal.name)}</h3>
                                <p>{say_text(signal.sentence)}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="review-two">
                {grounds
                    .histogram
                    .map(|histogram| view! { <HistogramChart histogram=histogram /> })}
                {has_items.then(|| view! { <ItemChart items=grounds.items /> })}
            </div>
            {share
                .map(|share| view! { <p>{say(move |language| words::together(language, share))}</p> })}
            <p class="small muted num">
                {say(move |language| {
                    words::grounds_frozen(language, device::date_time(language, computed_ms))
                })}
            </p>
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::how)}
                </summary>
                <ul class="disclosure-body plain-list">
                    {methods
                        .into_iter()
                        .map(|signal| view! { <li>{say_text(signal.method)}</li> })
                        .collect_view()}
                </ul>
            </details>
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::other)}
                </summary>
                <ul class="disclosure-body plain-list">
                    {others
                        .into_iter()
                        .map(|signal| view! { <li>{say_text(signal.other_explanation)}</li> })
                        .collect_view()}
                </ul>
            </details>
        </section>
    }
}

/// The office's word and the school's, side by side and alike.
#[component]
pub(super) fn BothWords(
    /// The timeline.
    entries: Vec<ReviewEntry>,
) -> impl IntoView {
    let is_asked = entries.iter().any(|one| one.act == ReviewAct::Analyse);
    let of = |acts: &[ReviewAct]| -> Vec<ReviewEntry> {
        let found = entries.iter().filter(|one| acts.contains(&one.act));
        found.cloned().collect()
    };
    let office = of(&[ReviewAct::Analyse, ReviewAct::Waive]);
    let school = of(&[ReviewAct::Explain]);
    view! {
        <section class="stack tight">
            <h2>{say(words::words_title)}</h2>
            <div class="review-both">
                <Said side=Side::Office entries=office empty=words::office_waits />
                <Said
                    side=Side::School
                    entries=school
                    empty=if is_asked { words::school_waits } else { words::school_unasked }
                />
            </div>
        </section>
    }
}

#[component]
fn Said(
    side: Side,
    entries: Vec<ReviewEntry>,
    empty: fn(Language) -> &'static str,
) -> impl IntoView {
    let name = match side {
        Side::Office => words::office,
        Side::School => words::school,
    };
    let is_empty = entries.is_empty();
    view! {
        <div>
            {is_empty
                .then(|| {
                    view! {
                        <p class="small muted">
                            <b>{say(name)}</b>
                        </p>
                        <p class="muted">{say(empty)}</p>
                    }
                })}
            {entries
                .into_iter()
                .map(|entry| {
                    let (role, day, is_late) = (entry.role, entry.day, entry.facts.is_late);
                    view! {
                        <p class="small muted num">
                            <b>{say(name)}</b>
                            ", "
                            {say(move |language| common::role(language, role))}
                            " · "
                            {say(move |language| number::date(language, &day))}
                            {is_late
                                .then(|| {
                                    view! {
                                        " · "
                                        <span class="tag warn">{say(words::late)}</span>
                                    }
                                })}
                        </p>
                        <p class="review-say">{entry.content}</p>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// What was before and what came after, in figures.
#[component]
pub(super) fn BeforeAfter(
    /// The cell of the review.
    before: CellFacts,
    /// Cells of the next procedure; as they were kept when the effect was judged, or as they are now.
    after: Vec<CellFacts>,
    /// The judgement and its words, once made.
    judged: Option<ReviewEntry>,
) -> impl IntoView {
    let effect = judged.as_ref().and_then(|entry| entry.facts.effect);
    let content = judged.map(|entry| entry.content).unwrap_or_default();
    view! {
        <section class="stack tight">
            <h2>{say(words::effect_title)}</h2>
            <dl class="facts review-effect">
                <Figures title=words::effect_before facts=before />
                {after
                    .into_iter()
                    .map(|facts| view! { <Figures title=words::effect_after facts=facts /> })
                    .collect_view()}
            </dl>
            {effect
                .map(|effect| {
                    view! {
                        <p>
                            <b class="first-capital">
                                {say(move |language| supports::effect(language, effect))}
                            </b>
                            <span class="small muted">" · " {say(words::effect_frozen)}</span>
                        </p>
                        <p class="text">{content}</p>
                    }
                })}
        </section>
    }
}

#[component]
fn Figures(title: fn(Language) -> &'static str, facts: CellFacts) -> impl IntoView {
    let (procedure, year, grade, n) = (facts.procedure, facts.year, facts.grade, facts.n);
    view! {
        <div>
            <dt>
                {say(title)} <br />
                <span class="small num">
                    {say(move |language| {
                        words::effect_line(language, common::procedure(language, procedure), year, grade)
                    })}
                </span>
            </dt>
            <dd>
                <StateTag state=facts.state />
                <span class="small muted num">
                    " "
                    {say(move |language| words::works(language, u64::from(n)))}
                    {facts
                        .posterior
                        .map(|share| {
                            view! {
                                " · "
                                {say(move |language| {
                                    words::effect_posterior(language, number::percent(language, share, 0))
                                })}
                            }
                        })}
                </span>
            </dd>
        </div>
    }
}
