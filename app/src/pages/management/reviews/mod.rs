//! Reviews of signs: the list, one review, and what stands beside a cell.

mod act;
mod beside;
mod grounds;
mod measures;
mod one;
mod recheck;
mod timeline;

use api::access::permission::Permission;
use api::live::LiveChange;
use api::management::review::{Review, ReviewStage};
use leptos::prelude::*;

pub use beside::Beside;
pub use one::ReviewPage;

use super::empty::NothingFromTheMap;
use crate::client::use_client;
use crate::components::{Glyph, Icon, Loaded, PageHead, StateTag, TableFrame};
use crate::language::{label, say, say_text, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::Wording;
use crate::text::management::reviews as words;
use crate::text::number;

/// Does a change concern reviews?
fn is_news(change: &LiveChange) -> bool {
    matches!(change, LiveChange::Review { .. })
}

/// Which reviews are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Open,
    Overdue,
    At(ReviewStage),
}

impl Chosen {
    fn takes(self, review: &Review) -> bool {
        match self {
            Chosen::Open => review.stage != ReviewStage::Closed,
            Chosen::Overdue => review.overdue,
            Chosen::At(stage) => review.stage == stage,
        }
    }
}

/// All reviews in the reader's scope.
#[component]
pub fn ReviewsPage() -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let session = use_session();
    let language = use_language();
    let is_school = Memo::new(move |_| !session.may_everywhere(Permission::ReviewRead));
    set_title(words::title);
    let reviews = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Review>>(api::paths::REVIEWS)
    });
    live.hear(is_news, move || reviews.refetch());
    // Kept here, so that news do not take the filter away.
    let chosen = RwSignal::new(Chosen::Open);
    let lead = move || match is_school.get() {
        true => words::lead_own(language.get()).to_owned(),
        false => words::lead(language.get()).to_owned(),
    };
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=Signal::derive(lead) />
            <Loaded
                resource=reviews
                view=move |reviews| {
                    view! { <List reviews=reviews is_school=is_school.get_untracked() chosen=chosen /> }
                }
            />
        </main>
    }
}

#[component]
fn List(reviews: Vec<Review>, is_school: bool, chosen: RwSignal<Chosen>) -> AnyView {
    if reviews.is_empty() {
        let (text, to_map) = match is_school {
            true => (words::empty_own as Wording, None),
            false => (words::empty_text as Wording, Some(words::to_map as Wording)),
        };
        return view! { <NothingFromTheMap title=words::empty_title text=text to_map=to_map /> }
            .into_any();
    }
    let chips = [Chosen::Open, Chosen::Overdue]
        .into_iter()
        .chain(ReviewStage::STEPS.map(Chosen::At))
        .chain([Chosen::At(ReviewStage::Closed)])
        .filter_map(|choice| {
            let count = reviews.iter().filter(|one| choice.takes(one)).count();
            (count > 0 || choice == Chosen::Open).then_some((choice, count))
        })
        .collect::<Vec<_>>();
    let reviews = StoredValue::new(reviews);
    let rows = move || {
        let chosen = chosen.get();
        reviews.with_value(|all| {
            let found = all.iter().filter(|one| chosen.takes(one));
            found.cloned().collect::<Vec<_>>()
        })
    };
    let has_rows =
        Memo::new(move |_| reviews.with_value(|all| all.iter().any(|one| chosen.get().takes(one))));
    view! {
        <div class="chips" role="group" aria-label=say(words::filter)>
            {chips
                .into_iter()
                .map(|(choice, count)| {
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-pressed=move || (chosen.get() == choice).to_string()
                            on:click=move |_| chosen.set(choice)
                        >
                            {say(move |language| match choice {
                                Chosen::Open => words::filter_open(language),
                                Chosen::Overdue => words::filter_overdue(language),
                                Chosen::At(stage) => words::stage(language, stage),
                            })}
                            " "
                            <span class="num">{count}</span>
                        </button>
                    }
                })
                .collect_view()}
        </div>
        <Show
            when=move || has_rows.get()
            fallback=|| view! { <p class="muted">{say(words::empty_filter)}</p> }
        >
            <TableFrame label=label(words::title)>
                <table class="table rows-link reviews-table">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::column_due)}</th>
                            <th scope="col">{say(words::column_school)}</th>
                            <th scope="col">{say(words::column_work)}</th>
                            <th scope="col">{say(words::column_state)}</th>
                            <th scope="col">{say(words::column_step)}</th>
                            <th scope="col">{say(words::column_turn)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            rows().into_iter().map(|review| view! { <Row review=review /> }).collect_view()
                        }}
                    </tbody>
                </table>
            </TableFrame>
        </Show>
    }
    .into_any()
}

#[component]
fn Row(review: Review) -> impl IntoView {
    let (stage, awaits, outcome, overdue) =
        (review.stage, review.awaits, review.outcome, review.overdue);
    let due = review.due.clone();
    let step = say(move |language| match outcome {
        Some(outcome) => words::outcome(language, outcome),
        None => words::stage(language, stage),
    });
    view! {
        <tr>
            <td class="num nowrap" class:late=overdue>
                {overdue.then(|| view! { <Icon glyph=Glyph::Alert /> })}
                {due
                    .map(|due| {
                        let machine = due.clone();
                        view! { <time datetime=machine>{say(move |l| number::date(l, &due))}</time> }
                    })}
            </td>
            <th scope="row">
                <a href=api::work::review(review.id)>{review.organisation_name.clone()}</a>
                <span class="small muted num">
                    " "
                    {say(move |language| words::number(language, review.number))}
                </span>
            </th>
            <td>{review.work.clone().map(say_text)}</td>
            <td>{review.state.map(|state| view! { <StateTag state=state /> })}</td>
            <td class="first-capital">{step}</td>
            <td>{say(move |language| words::turn(language, awaits))}</td>
        </tr>
    }
}
