//! What happened in a review, newest first; nothing is taken out.

use api::management::review::{RecheckWay, ReviewAct, ReviewEntry};
use leptos::prelude::*;

use crate::language::say;
use crate::text::management::{reviews as words, supports};
use crate::text::{Language, common, number};

/// What an entry is, in words.
fn headline(language: Language, entry: &ReviewEntry) -> String {
    let facts = &entry.facts;
    let text = match entry.act {
        ReviewAct::Open => words::act_open(language),
        ReviewAct::Analyse => words::act_analyse(language),
        ReviewAct::Waive => words::act_waive(language),
        ReviewAct::Explain if facts.is_late => words::act_explain_late(language),
        ReviewAct::Explain => words::act_explain(language),
        ReviewAct::GoOn => words::act_go_on(language),
        ReviewAct::PlanRecheck => match facts.recheck.as_ref().map(|plan| plan.way) {
            Some(RecheckWay::ControlEvent) => words::act_plan_control(language),
            _ => words::act_plan_commission(language),
        },
        ReviewAct::SkipRecheck => words::act_skip_recheck(language),
        ReviewAct::Marks => {
            return words::act_marks(language, u64::from(facts.marks.unwrap_or_default()));
        }
        ReviewAct::FinishRecheck => words::act_finish_recheck(language),
        ReviewAct::Conclude => words::act_conclude(language),
        ReviewAct::SettleMeasures => words::act_settle_measures(language),
        ReviewAct::JudgeEffect => words::act_judge_effect(language),
        ReviewAct::NextLevel => words::act_next_level(language),
        ReviewAct::Close => words::act_close(language),
        ReviewAct::MoveTerm => words::act_move_term(language),
        ReviewAct::Note => words::act_note(language),
    };
    // A fact after what it is of.
    let fact = match (facts.finding, facts.effect) {
        (Some(finding), _) => Some(words::finding(language, finding).to_owned()),
        (_, Some(effect)) => Some(supports::effect(language, effect).to_owned()),
        _ if entry.act == ReviewAct::MoveTerm => {
            let day = |day: &Option<String>| {
                day.as_deref()
                    .map(|day| number::date(language, day))
                    .unwrap_or_default()
            };
            Some(words::moved_term(
                language,
                day(&facts.due_before),
                day(&facts.due),
            ))
        }
        _ => None,
    };
    match fact {
        Some(fact) => [text, &fact].join(": "),
        None => text.to_owned(),
    }
}

/// The timeline.
#[component]
pub(super) fn Timeline(
    /// Oldest first.
    entries: Vec<ReviewEntry>,
) -> impl IntoView {
    view! {
        <section class="stack tight">
            <h2>{say(words::timeline)}</h2>
            <ol class="review-log" reversed>
                {entries
                    .into_iter()
                    .rev()
                    .map(|entry| {
                        let (day, role) = (entry.day.clone(), entry.role);
                        // Both words stand side by side above; here it is told that they were said.
                        let is_above = matches!(entry.act, ReviewAct::Analyse | ReviewAct::Explain);
                        let content = entry.content.clone();
                        view! {
                            <li>
                                <time class="num" datetime=entry.day.clone()>
                                    {say(move |language| number::date(language, &day))}
                                </time>
                                <div>
                                    <p>{say(move |language| headline(language, &entry))}</p>
                                    {(!is_above && !content.is_empty())
                                        .then(|| view! { <p class="text muted">{content}</p> })}
                                </div>
                                <span class="muted">
                                    {say(move |language| common::role(language, role))}
                                </span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
}
