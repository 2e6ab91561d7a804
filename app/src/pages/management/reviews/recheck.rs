//! The recheck as it was ordered, what second marks say, and the field where they are entered.

use api::id::{EntryId, ReviewId};
use api::management::review::{
    NewMarks, RecheckAgreement, RecheckPlan, RecheckWay, Review, SecondMarks,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Glyph, Icon, LongField, TableFrame, use_toasts};
use crate::language::{label, say, use_language};
use crate::model::second_marks::read;
use crate::text::management::reviews as words;
use crate::text::{Language, number};

/// The order and, once there are second marks, how far the two checks agree.
#[component]
pub(super) fn Recheck(
    /// The order.
    plan: RecheckPlan,
    /// Second marks that count.
    marks: Option<SecondMarks>,
) -> impl IntoView {
    let way = plan.way;
    let order = (!plan.order_number.is_empty()).then_some((plan.order_number, plan.order_date));
    let members = plan.members;
    view! {
        <section class="stack tight">
            <h2>{say(words::recheck_title)}</h2>
            <dl class="facts">
                <div>
                    <dt>{say(words::recheck_way)}</dt>
                    <dd class="num">
                        {say(move |language| words::way(language, way))}
                        {order
                            .map(|(order, date)| {
                                view! {
                                    ", "
                                    {say(move |language| {
                                        words::order(language, &order, number::date(language, &date))
                                    })}
                                }
                            })}
                    </dd>
                </div>
                <div>
                    <dt>
                        {say(match way {
                            RecheckWay::Commission => words::works_rechecked,
                            RecheckWay::ControlEvent => words::recheck_event,
                        })}
                    </dt>
                    <dd class="num">{plan.what}</dd>
                </div>
                {(!members.is_empty())
                    .then(|| {
                        view! {
                            <div>
                                <dt>{say(words::members)}</dt>
                                <dd>
                                    <ul class="plain-list">
                                        {members
                                            .into_iter()
                                            .map(|member| {
                                                view! {
                                                    <li>
                                                        <span>
                                                            {member.position}
                                                            <span class="small muted">
                                                                " · " {say(words::no_interest)}
                                                            </span>
                                                        </span>
                                                    </li>
                                                }
                                            })
                                            .collect_view()}
                                    </ul>
                                </dd>
                            </div>
                        }
                    })}
            </dl>
            {marks.map(|marks| view! { <Agreement marks=marks /> })}
        </section>
    }
}

/// Which sentence sums the agreement up. The bound is the one that the literature calls "almost perfect".
///
/// # Source
/// Landis J. R., Koch G. G. The measurement of observer agreement for categorical data. Biometrics 33, 1977: above 0.80.
fn summed(agreement: &RecheckAgreement) -> Option<fn(Language) -> &'static str> {
    const ALMOST_PERFECT: f64 = 0.8;
    if agreement.equal == agreement.works {
        return Some(words::agreement_equal);
    }
    let kappa = agreement.kappa?;
    Some(if kappa.value > ALMOST_PERFECT {
        words::agreement_good
    } else {
        words::agreement_poor
    })
}

#[component]
fn Agreement(marks: SecondMarks) -> impl IntoView {
    let agreement = marks.agreement;
    let sum = summed(&agreement);
    let (equal, works) = (agreement.equal, agreement.works);
    let (lower, higher) = (agreement.lower, agreement.higher);
    let crossed = agreement.mark_lower.zip(agreement.mark_higher);
    let (kappa, shift) = (agreement.kappa, agreement.mean_shift);
    let kappa = say(move |language| match kappa {
        None => words::kappa_none(language).to_owned(),
        Some(kappa) => {
            let decimal = |value| number::decimal(language, value, 2);
            match kappa.interval {
                Some([low, high]) => words::kappa_interval(
                    language,
                    decimal(kappa.value),
                    decimal(low),
                    decimal(high),
                ),
                None => [
                    words::kappa(language, decimal(kappa.value)).as_str(),
                    words::kappa_few(language),
                ]
                .join(" "),
            }
        }
    });
    view! {
        <p class="num">
            {say(move |language| words::agreement_same(language, equal, works))} " "
            {say(move |language| words::agreement_moved(language, lower, higher))} " "
            {crossed
                .map(|(lower, higher)| {
                    say(move |language| words::agreement_marks(language, lower, higher))
                })}
        </p>
        {sum.map(|sum| view! { <p>{say(sum)}</p> })}
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::details)}
            </summary>
            <div class="disclosure-body">
                <div class="stack tight small muted num">
                    <p>{kappa}</p>
                    <p>
                        {say(move |language| {
                            words::mean_shift(language, number::decimal(language, shift, 1))
                        })}
                    </p>
                </div>
                <TableFrame label=label(words::marks_title)>
                    <table class="table num">
                        <thead>
                            <tr>
                                <th scope="col">{say(words::code)}</th>
                                <th scope="col" class="end">
                                    {say(words::first)}
                                </th>
                                <th scope="col" class="end">
                                    {say(words::second)}
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {marks
                                .marks
                                .into_iter()
                                .map(|mark| {
                                    view! {
                                        <tr>
                                            <th scope="row">{mark.code}</th>
                                            <td class="end">{mark.first}</td>
                                            <td class="end">{mark.second}</td>
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                </TableFrame>
            </div>
        </details>
    }
}

/// Where second marks are pasted; what was read stands below before it is sent.
#[component]
pub(super) fn MarksForm(
    /// The review.
    id: ReviewId,
    /// What is typed; it stays when the page changes around it.
    text: RwSignal<String>,
    /// Closes the form.
    close: Callback<()>,
    /// Asks for the review again.
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let found = Memo::new(move |_| text.with(|text| read(text)));
    // The same marks sent again after a lost answer are the same entry.
    let sent = StoredValue::new(None::<(EntryId, Vec<api::management::review::SecondMark>)>);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (marks, unread) = found.get_untracked();
        if !unread.is_empty() {
            return;
        }
        let entry = sent
            .get_value()
            .filter(|(_, before)| *before == marks)
            .unwrap_or_else(|| (EntryId(Uuid::now_v7()), marks));
        sent.set_value(Some(entry.clone()));
        let new = NewMarks {
            id: entry.0,
            marks: entry.1,
        };
        doing.run(
            async move {
                client
                    .post::<Review>(&api::paths::review_marks(id), &new)
                    .await
            },
            move |_| {
                toasts.say(words::sent(language.get_untracked()));
                sent.set_value(None);
                text.set(String::new());
                changed.run(());
                close.run(());
            },
        );
    };
    let unread = move || found.with(|(_, unread)| unread.first().copied());
    view! {
        <form class="stack" on:submit=send>
            <LongField
                id="review-marks"
                label=label(words::marks_label)
                hint=MaybeProp::derive(move || Some(words::marks_hint(language.get()).to_owned()))
                value=text
            />
            <p class="small num" role="status">
                {move || {
                    let count = found.with(|(marks, _)| marks.len() as u64);
                    words::marks_read(language.get(), count)
                }}
            </p>
            {move || {
                unread()
                    .map(|line| {
                        view! {
                            <p class="late" role="alert">
                                <Icon glyph=Glyph::Alert />
                                {say(move |language| words::marks_line(language, line))}
                            </p>
                        }
                    })
            }}
            <DoingFailure doing=doing />
            <div class="actions">
                <button
                    type="submit"
                    class="button primary"
                    disabled=move || {
                        doing.busy.get() || unread().is_some()
                            || found.with(|(marks, _)| marks.is_empty())
                    }
                >
                    {say(words::marks_do)}
                </button>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {say(words::cancel)}
                </button>
            </div>
        </form>
    }
}
