//! The review beside a cell: the one that is open, or the way to open one.

use api::access::permission::Permission;
use api::id::{OrganisationId, ReviewId};
use api::management::review::{NewReview, Review};
use api::management::support::SupportCell;
use api::results::heat_map::CellState;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::is_news;
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Loaded, use_toasts};
use crate::language::{say, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::whole_path;
use crate::text::management::reviews as words;

/// Reviews of one cell; where none is open and the cell asks for one, a button opens it.
#[component]
pub fn Beside(
    /// School.
    organisation: OrganisationId,
    /// The cell.
    cell: SupportCell,
    /// Its state now.
    state: CellState,
) -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let path = format!(
        "{}?organisation={organisation}&year={}&subject={}&grade={}",
        api::paths::REVIEWS,
        cell.year,
        cell.subject,
        cell.grade
    );
    let reviews = LocalResource::new(move || {
        client.epoch.track();
        let path = path.clone();
        async move { client.get::<Vec<Review>>(&path).await }
    });
    live.hear(is_news, move || reviews.refetch());
    // Made once, so that opening again after a lost answer is the same review.
    let wish = StoredValue::new(NewReview {
        id: ReviewId(Uuid::now_v7()),
        organisation,
        cell,
    });
    let doing = Doing::new();
    view! {
        <Loaded
            resource=reviews
            view=move |reviews| {
                view! { <Found reviews=reviews state=state wish=wish doing=doing /> }
            }
        />
    }
}

#[component]
fn Found(
    reviews: Vec<Review>,
    state: CellState,
    wish: StoredValue<NewReview>,
    doing: Doing,
) -> impl IntoView {
    let session = use_session();
    let is_open = reviews.iter().any(|one| one.awaits.is_some());
    let asks = matches!(state, CellState::Attention | CellState::Signs);
    let may_open = !is_open && asks && session.may_everywhere(Permission::ReviewCreate);
    (may_open || !reviews.is_empty()).then(|| {
        view! {
            <div class="stack tight review-beside">
                {reviews
                    .into_iter()
                    .map(|review| {
                        let (number, stage, outcome) = (review.number, review.stage, review.outcome);
                        view! {
                            <p>
                                <a class="button" href=api::work::review(review.id)>
                                    {say(move |language| {
                                        let step = match outcome {
                                            Some(outcome) => words::outcome(language, outcome),
                                            None => words::stage(language, stage),
                                        };
                                        words::beside_link(language, number, step.to_lowercase())
                                    })}
                                </a>
                            </p>
                        }
                    })
                    .collect_view()}
                {may_open.then(|| view! { <Open wish=wish doing=doing /> })}
            </div>
        }
    })
}

#[component]
fn Open(wish: StoredValue<NewReview>, doing: Doing) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let navigate = use_navigate();
    let open = move |_| {
        let new = wish.get_value();
        let navigate = navigate.clone();
        doing.run(
            async move { client.post::<Review>(api::paths::REVIEWS, &new).await },
            move |review: Review| {
                toasts.say(words::beside_opened(language.get_untracked()));
                navigate(&api::work::review(review.id), whole_path());
            },
        );
    };
    view! {
        <p class="small muted">{say(words::beside_note)}</p>
        <DoingFailure doing=doing />
        <p>
            <button
                type="button"
                class="button primary"
                disabled=move || doing.busy.get()
                on:click=open
            >
                {say(words::beside_open)}
            </button>
        </p>
    }
}
