//! Measures beside a cell of the map or on a school's page: what was agreed, and what may be.

use api::id::OrganisationId;
use api::management::support::{SupportCell, SupportOffer};
use leptos::prelude::*;

use super::{Line, is_news};
use crate::client::use_client;
use crate::components::Loaded;
use crate::language::{say, say_text};
use crate::live::use_live;
use crate::text::management::supports as words;

/// Where the offer for a school and perhaps a cell is asked for.
pub(super) fn offer_path(organisation: OrganisationId, cell: Option<&SupportCell>) -> String {
    let path = api::paths::support_offer(organisation);
    match cell {
        Some(cell) => format!(
            "{path}?year={}&subject={}&grade={}",
            cell.year, cell.subject, cell.grade
        ),
        None => path,
    }
}

/// Measures of a school; with a cell, those that answer to it come as buttons.
#[component]
pub fn Beside(
    /// School.
    organisation: OrganisationId,
    /// The cell, beside which only its own measures are listed.
    #[prop(optional_no_strip)]
    cell: Option<SupportCell>,
) -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let path = offer_path(organisation, cell.as_ref());
    let offer = LocalResource::new(move || {
        client.epoch.track();
        let path = path.clone();
        async move { client.get::<SupportOffer>(&path).await }
    });
    live.hear(is_news, move || offer.refetch());
    view! {
        <Loaded
            resource=offer
            view=move |offer: SupportOffer| view! { <Offered offer=offer cell=cell.clone() /> }
        />
    }
}

#[component]
fn Offered(offer: SupportOffer, cell: Option<SupportCell>) -> impl IntoView {
    let agreed: Vec<_> = offer
        .agreed
        .into_iter()
        .filter(|one| cell.is_none() || one.cell == cell)
        .collect();
    let taken: Vec<String> = agreed
        .iter()
        .filter(|one| one.state.is_open())
        .map(|one| one.measure.id.clone())
        .collect();
    let key = cell
        .as_ref()
        .map(|cell| (cell.year, cell.subject.as_str(), cell.grade));
    let organisation = offer.organisation;
    let way = |measure: Option<&str>| api::work::new_support(organisation, key, measure);
    let proposed: Vec<_> = offer
        .measures
        .iter()
        .filter(|measure| offer.proposed.contains(&measure.id) && !taken.contains(&measure.id))
        .map(|measure| (way(Some(&measure.id)), measure.clone()))
        .collect();
    let other = way(None);
    view! {
        <section class="stack tight support-beside">
            <h3>{say(words::beside_title)}</h3>
            {if agreed.is_empty() {
                view! { <p class="small muted">{say(words::beside_none)}</p> }.into_any()
            } else {
                view! {
                    <ul class="support-list">
                        {agreed
                            .into_iter()
                            .map(|support| view! { <Line support=support names_school=false /> })
                            .collect_view()}
                    </ul>
                }
                    .into_any()
            }}
            {offer
                .may_create
                .then(|| {
                    view! {
                        <ul class="support-ways">
                            {proposed
                                .into_iter()
                                .map(|(href, measure)| {
                                    let title = measure.title.clone();
                                    view! {
                                        <li>
                                            <span>
                                                {say_text(measure.title)} " "
                                                <span class="small muted">
                                                    {say_text(measure.level_name)}
                                                </span>
                                            </span>
                                            <a
                                                class="button small"
                                                href=href
                                                aria-label=say(move |language| {
                                                    words::beside_choose(language, title.in_language(language))
                                                })
                                            >
                                                {say(words::choose)}
                                            </a>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                        <p>
                            <a class="button" href=other>
                                {say(words::beside_other)}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
}
