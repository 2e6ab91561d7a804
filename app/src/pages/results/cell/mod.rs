//! One cell in full: beside the map, or on its own page.

mod advice;
mod evidence;
mod method;
mod pairs;
mod summary;

use api::access::permission::Permission;
use api::live::LiveChange;
use api::results::cell::CellDetail;
use api::results::heat_map::CellState;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::charts::cohort::CohortChart;
use crate::charts::funnel::FunnelChart;
use crate::charts::histogram::HistogramChart;
use crate::charts::items::ItemChart;
use crate::charts::marks::MarksChart;
use crate::charts::matrix::RegisterMatrix;
use crate::charts::register::RegisterChart;
use crate::charts::years::YearsChart;
use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded};
use crate::language::say;
use crate::live::use_live;
use crate::model::map_address::{CellKey, MapAddress};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::common;
use crate::text::results::{cell as words, heat_map};

type Fetched = LocalResource<Result<CellDetail, Failure>>;

/// The cell's data, fetched again when something happens at its site or a run ends.
fn fetch(cell: CellKey, year: i32) -> Fetched {
    let client = use_client();
    let live = use_live();
    let watched = cell.clone();
    let resource = LocalResource::new(move || {
        client.epoch.track();
        let path = api::paths::cell(cell.organisation, year, &cell.subject, cell.grade);
        async move { client.get::<CellDetail>(&path).await }
    });
    live.hear(
        move |change| match change {
            LiveChange::Site {
                organisation,
                subject,
                grade,
                ..
            } => {
                (*organisation, subject, *grade)
                    == (watched.organisation, &watched.subject, watched.grade)
            }
            LiveChange::Run { progress, .. } => *progress >= 1.0,
            _ => false,
        },
        move || resource.refetch(),
    );
    resource
}

/// One cell beside the map.
#[component]
pub fn CellPanel(
    /// Which one.
    cell: CellKey,
    /// Calendar year.
    year: i32,
    /// Closes the panel.
    close: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let whole = api::work::cell(cell.organisation, year, &cell.subject, cell.grade);
    view! {
        <div class="cell-panel">
            <div class="cell-tools">
                <a class="button quiet small" href=whole>
                    {say(words::whole_page)}
                </a>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=say(words::close)
                    title=say(words::close)
                    on:click=move |_| close.run(())
                >
                    <Icon glyph=Glyph::Cross />
                </button>
            </div>
            {if session.may(Permission::CellRead) {
                view! { <Beside cell=cell year=year /> }.into_any()
            } else {
                view! { <summary::Summary cell=cell year=year is_page=false /> }.into_any()
            }}
        </div>
    }
}

/// What a cell rests on, beside the map.
#[component]
fn Beside(cell: CellKey, year: i32) -> impl IntoView {
    let resource = fetch(cell, year);
    view! {
            <Loaded
                resource=resource
                view=|detail: CellDetail| {
                    view! {
                        <evidence::Head detail=detail.clone() is_page=false />
                        <evidence::Verdict detail=detail.clone() />
                        {detail
                            .histogram
                            .clone()
                            .map(|histogram| view! { <HistogramChart histogram=histogram /> })}
                        <evidence::Channels detail=detail.clone() />
                        <advice::Next detail=detail.clone() />
                        <advice::Measures detail=detail.clone() />
                        <advice::Other detail=detail.clone() />
                        <advice::Sheets detail=detail.clone() />
                        <details class="disclosure">
                            <summary>
                                <Icon glyph=Glyph::ChevronRight />
                                {say(words::charts_title)}
                            </summary>
                            <div class="disclosure-body">
                                <Charts detail=detail.clone() has_histogram=false />
                            </div>
                        </details>
                        <method::Markers detail=detail.clone() />
                        <method::Method detail=detail />
                    }
                }
            />
    }
}

/// One cell on its own page.
#[component]
pub fn CellPage() -> impl IntoView {
    let session = use_session();
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|parameters| {
            let cell = CellKey {
                organisation: parameters.get("organisation")?.parse().ok()?,
                subject: parameters.get("subject")?,
                grade: parameters.get("grade")?.parse().ok()?,
            };
            Some((cell, parameters.get("year")?.parse::<i32>().ok()?))
        })
    });
    view! {
        <main class="page" id="main">
            {move || match asked.get() {
                Some((cell, year)) if session.may(Permission::CellRead) => {
                    view! { <Whole cell=cell year=year /> }.into_any()
                }
                Some((cell, year)) => {
                    set_title(words::page_title);
                    view! {
                        <p>
                            <a class="button quiet" href=api::work::MAP>
                                <Icon glyph=Glyph::ArrowLeft />
                                {say(words::to_map)}
                            </a>
                        </p>
                        <summary::Summary cell=cell year=year is_page=true />
                    }
                        .into_any()
                }
                None => {
                    set_title(common::not_found_title);
                    view! {
                        <h1>{say(common::not_found_title)}</h1>
                        <p>
                            <a class="button" href=api::work::MAP>
                                {say(words::to_map)}
                            </a>
                        </p>
                    }
                        .into_any()
                }
            }}
        </main>
    }
}

#[component]
fn Whole(cell: CellKey, year: i32) -> impl IntoView {
    set_title(words::page_title);
    let map = MapAddress {
        year: Some(year),
        ..MapAddress::default()
    };
    let resource = fetch(cell, year);
    view! {
        <Loaded
            resource=resource
            view=move |detail: CellDetail| {
                let crumbs = crumbs(&detail, map.path());
                let name = detail.organisation_name.clone();
                let (subject, grade) = (detail.subject_name.clone(), detail.grade);
                set_title(move |language| {
                    let work = common::subject_grade(
                        language,
                        subject.in_language(language),
                        grade,
                    );
                    words::title(language, &name, work)
                });
                view! {
                    {crumbs}
                    <evidence::Head detail=detail.clone() is_page=true />
                    <h2 class="hidden-visually">{say(heat_map::panel_label)}</h2>
                    <div class="cell-columns">
                        <div class="stack">
                            <evidence::Verdict detail=detail.clone() />
                            <evidence::Channels detail=detail.clone() />
                            <advice::Next detail=detail.clone() />
                        <advice::Measures detail=detail.clone() />
                            <advice::Other detail=detail.clone() />
                            <advice::Sheets detail=detail.clone() />
                        </div>
                        <div class="stack">
                            <Charts detail=detail.clone() has_histogram=true />
                        </div>
                    </div>
                    <div class="text-wide">
                        <method::Markers detail=detail.clone() />
                        <method::Method detail=detail />
                    </div>
                }
            }
        />
    }
}

/// The way from the map over the school to this work.
fn crumbs(detail: &CellDetail, map: String) -> impl IntoView + use<> {
    let school = detail.organisation_name.clone();
    let href = api::work::school(detail.organisation);
    let (subject, grade) = (detail.subject_name.clone(), detail.grade);
    view! {
        <nav class="crumbs" aria-label=say(heat_map::crumbs)>
            <a href=map>{say(heat_map::title)}</a>
            <span aria-hidden="true">"›"</span>
            <a href=href>{school}</a>
            <span aria-hidden="true">"›"</span>
            <span aria-current="page">
                {say(move |language| common::subject_grade(
                    language,
                    subject.in_language(language),
                    grade,
                ))}
            </span>
        </nav>
    }
}

/// The charts that the depth of the data allows.
#[component]
fn Charts(detail: CellDetail, has_histogram: bool) -> impl IntoView {
    let matrix = detail.register.as_ref().map(|gap| gap.matrix);
    view! {
        {detail
            .histogram
            .filter(|_| has_histogram)
            .map(|histogram| view! { <HistogramChart histogram=histogram /> })}
        {(!detail.items.is_empty()).then(|| view! { <ItemChart items=detail.items /> })}
        {detail.funnel.map(|funnel| view! { <FunnelChart funnel=funnel /> })}
        {detail.cohort.map(|cohort| view! { <CohortChart cohort=cohort /> })}
        {detail
            .dynamics
            .map(|work| {
                view! {
                    <YearsChart work=work.clone() />
                    <MarksChart work=work />
                }
            })}
        {detail.register.map(|gap| view! { <RegisterChart gap=gap /> })}
        {matrix.map(|counts| view! { <RegisterMatrix counts=counts /> })}
        {(!detail.pairs.is_empty()).then(|| view! { <pairs::Pairs pairs=detail.pairs /> })}
    }
}

/// A sentence for states that have no channels to show.
fn state_sentence(language: crate::text::Language, state: CellState) -> Option<&'static str> {
    match state {
        CellState::NoData => Some(words::no_data(language)),
        CellState::Insufficient => Some(words::insufficient(language)),
        CellState::Calm => Some(words::calm(language)),
        CellState::Attention => Some(heat_map::legend_attention(language)),
        CellState::Signs => None,
    }
}
