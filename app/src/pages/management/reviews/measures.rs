//! Measures of a review by level, help first; a level that is closed stays in sight with its rule.

use api::management::review::Review;
use api::management::support::{PENALTY, Support, SupportState};
use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::language::{say, say_text};
use crate::text::management::{reviews as words, supports};
use crate::text::{Language, number};

/// The panel beside a review.
#[component]
pub(super) fn Measures(
    /// The review.
    review: Review,
) -> impl IntoView {
    let whole = review.whole.clone();
    whole.map(|whole| {
        let key = review
            .cell
            .as_ref()
            .map(|cell| (cell.year, cell.subject.as_str(), cell.grade));
        let way = whole
            .may_agree
            .then(|| api::work::new_support(review.organisation, key, None));
        let level = |level: u8, title: fn(Language) -> &'static str| {
            let own: Vec<Support> = whole
                .measures
                .iter()
                .filter(|measure| measure.measure.level == level)
                .cloned()
                .collect();
            view! { <Level level=level title=title measures=own way=way.clone() /> }
        };
        let penalties: Vec<Support> = whole
            .measures
            .iter()
            .filter(|measure| measure.measure.level >= PENALTY)
            .cloned()
            .collect();
        let is_shut = !whole.is_penalty_open && penalties.is_empty();
        view! {
            <section class="stack tight">
                <h2>{say(words::measures_title)}</h2>
                <ol class="review-levels">
                    {level(1, words::level_1)} {level(2, words::level_2)} {level(3, words::level_3)}
                    {if is_shut {
                        view! {
                            <li class="shut">
                                <span class="review-level-sign" aria-hidden="true">
                                    <Icon glyph=Glyph::Cross />
                                </span>
                                <div>
                                    <h3>{say(words::penalty_closed)}</h3>
                                    <p>{say(words::penalty_rule)}</p>
                                </div>
                            </li>
                        }
                            .into_any()
                    } else {
                        view! {
                            <Level
                                level=PENALTY
                                title=words::penalty_open
                                measures=penalties
                                way=way.clone()
                            />
                        }
                            .into_any()
                    }}
                </ol>
            </section>
        }
    })
}

#[component]
fn Level(
    level: u8,
    title: fn(Language) -> &'static str,
    measures: Vec<Support>,
    way: Option<String>,
) -> impl IntoView {
    let is_empty = measures.is_empty();
    // One way to a new measure is enough: the form offers every level.
    let way = way.filter(|_| level == 1);
    view! {
        <li>
            <span class="review-level-sign num" aria-hidden="true">
                {level}
            </span>
            <div>
                <h3>{say(title)}</h3>
                {is_empty.then(|| view! { <p class="muted">{say(words::measures_none)}</p> })}
                <ul>{measures.into_iter().map(|one| view! { <Measure measure=one /> }).collect_view()}</ul>
                {way
                    .map(|way| {
                        view! {
                            <p>
                                <a href=way>{say(words::measures_propose)}</a>
                            </p>
                        }
                    })}
            </div>
        </li>
    }
}

#[component]
fn Measure(measure: Support) -> impl IntoView {
    let (state, effect, overdue, due) = (
        measure.state,
        measure.effect,
        measure.overdue,
        measure.due.clone(),
    );
    let (class, glyph) = match (state, overdue) {
        (_, true) => ("review-measure late", Glyph::Alert),
        (SupportState::Done | SupportState::Checked, _) => ("review-measure done", Glyph::Check),
        (SupportState::Dropped, _) => ("review-measure", Glyph::Minus),
        _ => ("review-measure", Glyph::Clock),
    };
    let text = say(move |language| {
        let date = number::date(language, &due);
        match (state, effect) {
            (_, Some(effect)) => supports::effect(language, effect).to_owned(),
            _ if overdue => supports::overdue(language, date),
            (SupportState::Planned | SupportState::Running, _) => {
                // Two facts side by side, no sentence.
                [
                    supports::state(language, state),
                    &supports::until(language, date),
                ]
                .join(" · ")
            }
            _ => supports::state(language, state).to_owned(),
        }
    });
    view! {
        <li>
            <a href=api::work::support(measure.id)>{say_text(measure.measure.title)}</a>
            <span class=class>
                <Icon glyph=glyph />
                <span class="num">{text}</span>
            </span>
        </li>
    }
}
