//! One review: where it stands, what is next and whose turn it is, what it rests on, and what became of it.

use api::id::ReviewId;
use api::live::LiveChange;
use api::management::review::{RecheckWay, Review, ReviewAct, ReviewStage, ReviewWhole, StepState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::act::{ActForm, Draft};
use super::grounds::{Basis, BeforeAfter, BothWords};
use super::measures::Measures;
use super::recheck::{MarksForm, Recheck};
use super::timeline::Timeline;
use crate::client::{Failure, use_client};
use crate::components::due::due_words;
use crate::components::{Following, Glyph, Icon, StateTag, today};
use crate::language::{say, say_text, use_language};
use crate::live::use_live;
use crate::model::due::due;
use crate::shell::set_title;
use crate::text::management::reviews as words;
use crate::text::{Language, common, number};

/// One review on its own page.
#[component]
pub fn ReviewPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked =
        Memo::new(move |_| parameters.with(|all| all.get("review")?.parse::<ReviewId>().ok()));
    let client = use_client();
    let live = use_live();
    let review = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client.get::<Review>(&api::paths::review(id)).await
        }
    });
    live.hear(
        move |change| match change {
            LiveChange::Review { review } => Some(*review) == asked.get_untracked(),
            LiveChange::Support { .. } => true,
            LiveChange::Run { progress, .. } => *progress >= 1.0,
            _ => false,
        },
        move || review.refetch(),
    );
    view! {
        <main class="review-page" id="main">
            <Following
                resource=review
                key=|review: &Review| review.id
                view=move |found| {
                    view! { <Whole found=found changed=Callback::new(move |()| review.refetch()) /> }
                }
            />
        </main>
    }
}

/// The page follows the news; what is being written stays, because its signals live here.
#[component]
fn Whole(found: Signal<Review>, changed: Callback<()>) -> impl IntoView {
    let id = found.with_untracked(|review| review.id);
    let chosen = RwSignal::new(None::<ReviewAct>);
    let draft = Draft::new();
    let marks = RwSignal::new(String::new());
    let close = Callback::new(move |()| chosen.set(None));
    let whole = Memo::new(move |_| found.with(|review| review.whole.clone()));
    view! {
        {move || view! { <Head review=found.get() /> }}
        <div class="review-split">
            <div class="review-main">
                {move || view! { <Next review=found.get() chosen=chosen /> }}
                <Show when=move || chosen.get() == Some(ReviewAct::Marks)>
                    <section class="card stack">
                        <h2>{say(words::marks_title)}</h2>
                        <MarksForm id=id text=marks close=close changed=changed />
                    </section>
                </Show>
                <Show when=move || chosen.get().is_some_and(|act| act != ReviewAct::Marks)>
                    <ActForm found=found chosen=chosen draft=draft changed=changed />
                </Show>
                {move || whole.get().map(|whole| view! { <Told review=found.get() whole=whole /> })}
            </div>
            <aside class="review-side" aria-label=say(words::measures_title)>
                {move || view! { <Measures review=found.get() /> }}
            </aside>
        </div>
    }
}

#[component]
fn Head(review: Review) -> impl IntoView {
    let whole = review.whole.clone();
    let facts = whole.as_ref().map(|whole| whole.grounds.cell.clone());
    let signals = whole
        .as_ref()
        .map_or(0, |whole| whole.grounds.signals.len() as u64);
    let (kind, count) = (review.kind, review.number);
    let work = review.work.clone();
    let name = review.organisation_name.clone();
    view! {
        <header class="review-head">
            <nav class="crumbs num" aria-label=say(words::title)>
                <a href=api::work::REVIEWS>{say(words::title)}</a>
                <span>"/ " {say(move |language| words::kind(language, kind))}</span>
                <span>"/ " {say(move |language| words::number(language, count))}</span>
            </nav>
            <div class="review-headline">
                <div>
                    <h1>
                        <a class="plain" href=api::work::school(review.organisation)>
                            {name}
                        </a>
                        {work.map(|work| view! { ": " {say_text(work)} })}
                    </h1>
                    {facts
                        .map(|facts| {
                            let (procedure, n) = (facts.procedure, u64::from(facts.n));
                            view! {
                                <p class="muted num">
                                    {say(move |language| common::procedure(language, procedure))}
                                    " · "
                                    {say(move |language| words::works(language, n))}
                                </p>
                            }
                        })}
                </div>
                <div class="review-about">
                    {review.state.map(|state| view! { <StateTag state=state /> })}
                    <p class="small muted">
                        {say(move |language| words::signals(language, signals))} <br />
                        {say(words::no_verdict)}
                    </p>
                </div>
            </div>
            {whole.map(|whole| view! { <Bar review=review steps=whole.steps /> })}
        </header>
    }
}

/// The steps: done with its day, the present one with its term, those ahead with what they wait for.
#[component]
fn Bar(review: Review, steps: Vec<StepState>) -> impl IntoView {
    let opened = review.opened.clone();
    view! {
        <ol class="review-steps" aria-label=say(words::steps)>
            <li class="done">
                <b>
                    <Icon glyph=Glyph::Check />
                    {say(words::stage_signal)}
                </b>
                <span class="num">{say(move |language| number::date(language, &opened))}</span>
            </li>
            {steps
                .into_iter()
                .map(|step| {
                    let (name, is_skipped) = (step.step, step.is_skipped);
                    let is_now = step.step == review.stage;
                    let is_closed = review.stage == ReviewStage::Closed;
                    let class = match (&step.ended, is_now) {
                        (Some(_), _) => "done",
                        (None, true) => "now",
                        (None, false) => "ahead",
                    };
                    let has_ended = step.ended.is_some();
                    let (ended, due) = (step.ended, review.due.clone().filter(|_| is_now));
                    let text = say(move |language| match (&ended, &due) {
                        (Some(day), _) if is_skipped => {
                            words::skipped(language, number::date(language, day))
                        }
                        (Some(day), _) => number::date(language, day),
                        (None, Some(due)) => words::until(language, number::date(language, due)),
                        (None, None) if is_closed => words::step_dropped(language).to_owned(),
                        (None, None) => match name {
                            ReviewStage::Effect => words::effect_when(language),
                            ReviewStage::Exit => words::exit_when(language),
                            _ => words::step_ahead(language),
                        }
                        .to_owned(),
                    });
                    view! {
                        <li class=class aria-current=is_now.then_some("step")>
                            <b>
                                {has_ended.then(|| view! { <Icon glyph=Glyph::Check /> })}
                                {say(move |language| words::stage(language, name))}
                            </b>
                            <span class="num">{text}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

/// What is next, until when, whose turn it is, and the one button that ends it.
#[component]
fn Next(review: Review, chosen: RwSignal<Option<ReviewAct>>) -> AnyView {
    let language = use_language();
    let stage = review.stage;
    if let Some(outcome) = review.outcome {
        return view! {
            <section class="review-next closed">
                <h2>
                    {say(move |language| words::now_closed(language, words::outcome(language, outcome)))}
                </h2>
            </section>
        }
        .into_any();
    }
    let date = review.due.clone();
    let title = say(move |language| {
        let step = words::stage(language, stage).to_lowercase();
        match &date {
            Some(date) => words::now_until(language, step, number::date(language, date)),
            None => words::now(language, step),
        }
    });
    let far = review.due.as_deref().and_then(|day| due(day, &today()));
    let left = move || far.and_then(|due| due_words(language.get(), due));
    let plan = review
        .whole
        .as_ref()
        .and_then(|whole| whole.recheck.clone());
    let is_planned = plan.is_some();
    let has_later = review
        .whole
        .as_ref()
        .is_some_and(|whole| !whole.later.is_empty());
    let (who_plan, what_plan) = (plan.clone(), plan);
    let who = say(move |language| who(language, stage, who_plan.as_ref()));
    let what = say(move |language| what(language, stage, what_plan.as_ref(), has_later));
    // Confirmed signs without a measure wait for one, and nothing else ends the step.
    let agree = (stage == ReviewStage::Measures
        && !review.may.contains(&ReviewAct::SettleMeasures)
        && review.whole.as_ref().is_some_and(|whole| whole.may_agree))
    .then(|| {
        let key = review
            .cell
            .as_ref()
            .map(|cell| (cell.year, cell.subject.as_str(), cell.grade));
        api::work::new_support(review.organisation, key, None)
    });
    let has_primary = agree.is_none();
    view! {
        <section class="review-next" class:late=review.overdue>
            <div>
                <h2 class="num">{title} " " <span class="review-left">{left}</span></h2>
                <dl>
                    <dt>{say(words::who)}</dt>
                    <dd>{who}</dd>
                    <dt>{say(words::what)}</dt>
                    <dd>{what}</dd>
                </dl>
            </div>
            <div class="review-acts">
                {agree
                    .map(|href| {
                        view! {
                            <a class="button primary" href=href>
                                {say(words::measures_propose)}
                            </a>
                        }
                    })}
                {review
                    .may
                    .into_iter()
                    .enumerate()
                    .map(|(at, act)| {
                        let is_primary = at == 0 && has_primary && !is_beside(act, stage);
                        view! {
                            <button
                                type="button"
                                class=if is_primary { "button primary" } else { "button quiet" }
                                aria-pressed=move || (chosen.get() == Some(act)).to_string()
                                on:click=move |_| {
                                    chosen.update(|now| {
                                        *now = if *now == Some(act) { None } else { Some(act) };
                                    });
                                }
                            >
                                {say(move |language| words::button(language, act, is_planned))}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </section>
    }
    .into_any()
}

/// Does an act only stand beside the step?
fn is_beside(act: ReviewAct, stage: ReviewStage) -> bool {
    match act {
        ReviewAct::Explain => stage != ReviewStage::Explanation,
        _ => matches!(act, ReviewAct::MoveTerm | ReviewAct::Note),
    }
}

fn who(
    language: Language,
    stage: ReviewStage,
    plan: Option<&api::management::review::RecheckPlan>,
) -> String {
    match (stage, plan) {
        (ReviewStage::Analysis, _) => words::who_analysis(language).to_owned(),
        (ReviewStage::Explanation, _) => words::who_school(language).to_owned(),
        (ReviewStage::Recheck, Some(plan)) if plan.way == RecheckWay::Commission => {
            words::who_commission(language, plan.members.len() as u64)
        }
        _ => words::who_office(language).to_owned(),
    }
}

fn what(
    language: Language,
    stage: ReviewStage,
    plan: Option<&api::management::review::RecheckPlan>,
    has_later: bool,
) -> String {
    match (stage, plan) {
        (ReviewStage::Analysis, _) => words::what_analysis(language),
        (ReviewStage::Explanation, _) => words::what_explanation(language),
        (ReviewStage::Recheck, Some(plan)) => return plan.what.clone(),
        (ReviewStage::Recheck, None) => words::what_recheck(language),
        (ReviewStage::Conclusion, _) => words::what_conclusion(language),
        (ReviewStage::Measures, _) => words::what_measures(language),
        (ReviewStage::Effect, _) if has_later => words::what_effect(language),
        (ReviewStage::Effect, _) => words::what_effect_waits(language),
        (ReviewStage::Exit | ReviewStage::Closed, _) => words::what_exit(language),
    }
    .to_owned()
}

/// Everything that was found and said.
#[component]
fn Told(review: Review, whole: ReviewWhole) -> impl IntoView {
    let judged = whole
        .entries
        .iter()
        .rev()
        .find(|one| one.act == ReviewAct::JudgeEffect)
        .cloned();
    let after = match &judged {
        // What the judgement rests on stays as it was.
        Some(entry) if review.stage > ReviewStage::Effect => entry.facts.cells.clone(),
        _ => whole.later.clone(),
    };
    let judged = judged.filter(|_| review.stage > ReviewStage::Effect);
    let has_effect = judged.is_some() || !after.is_empty();
    let before = whole.grounds.cell.clone();
    let recheck = whole
        .recheck
        .clone()
        .map(|plan| (plan, whole.marks.clone()));
    let entries = whole.entries.clone();
    view! {
        {has_effect
            .then(|| view! { <BeforeAfter before=before after=after judged=judged /> })}
        {recheck.map(|(plan, marks)| view! { <Recheck plan=plan marks=marks /> })}
        <BothWords entries=entries.clone() />
        <Basis review=review whole=whole />
        <Timeline entries=entries />
    }
}
