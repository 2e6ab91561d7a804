//! Pages that are loaded when somebody opens them: each group of pages is a part of the program of its own, so that
//! a tablet on a slow link begins with the little that every visit needs.
//!
//! A function here is a seam: the build moves what only its part needs into a file of its own, and what several parts
//! need into a file for each set of them. So few parts are better than many: eight had more than a hundred files in
//! common. Without its part a page cannot be shown, and says so.

// The seam is a symbol that the build finds by name; the macro declares it.
#![allow(unsafe_code)]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::client::Failure;
use crate::components::{FailureNotice, Loading};
use crate::pages;

/// Declares pages of one part: the name of the route's view, and the page.
macro_rules! part {
    ($part:ident: $($view:ident => $page:path),+ $(,)?) => {
        $(
            pub fn $view() -> AnyView {
                #[wasm_split($part, wasm_split_path = leptos::wasm_split, preload(load), fallible)]
                fn $view() -> Result<AnyView, SplitLoaderError> {
                    Ok($page().into_any())
                }
                arriving(load, $view)
            }
        )+
    };
}

part!(sheet: checklist => pages::checklist::ChecklistPage);
part!(home: home => pages::home::HomePage);
part!(
    map:
    heat_map => pages::heat_map::HeatMapPage,
    cell => pages::cell::CellPage,
);
part!(
    schools:
    schools => pages::schools::SchoolsPage,
    school => pages::schools::SchoolPage,
    own_school => pages::schools::OwnSchoolPage,
    school_changes => pages::schools::SchoolChangesPage,
    school_context => pages::schools::SchoolContextPage,
    school_profile => pages::schools::SchoolProfilePage,
    changes => pages::changes::ChangesPage,
    context => pages::context::ContextPage,
    supports => pages::supports::SupportsPage,
    new_support => pages::supports::NewSupportPage,
    support => pages::supports::SupportPage,
    campaigns => pages::campaign::CampaignsPage,
    campaign => pages::campaign::CampaignPage,
    campaign_edit => pages::campaign::CampaignEditPage,
    campaign_results => pages::campaign::CampaignResultsPage,
    campaign_experts => pages::campaign::CampaignExpertsPage,
    agreement => pages::agreement::AgreementPage,
    expert_assessments => pages::expert::ExpertAssessmentsPage,
    self_assessment => pages::self_assessment::SelfAssessmentPage,
    submission => pages::submission::SubmissionPage,
    mechanisms => pages::mechanisms::MechanismsPage,
    mechanism_cell => pages::mechanisms::MechanismCellPage,
);
part!(
    office:
    events => pages::events::EventsPage,
    event => pages::event::EventPage,
    act => pages::act::ActPage,
    day => pages::day::DayPage,
    cases => pages::cases::CasesPage,
    case => pages::cases::CasePage,
    observers => pages::observers::ObserversPage,
    training => pages::training::TrainingPage,
    certificate => pages::training::CertificatePage,
    declarations => pages::declarations::DeclarationsPage,
    imports => pages::imports::ImportsPage,
    import => pages::imports::ImportPage,
    runs => pages::runs::RunsPage,
    run_comparison => pages::run_comparison::RunComparisonPage,
    indicators => pages::indicators::IndicatorsPage,
    low_results => pages::low_results::LowResultsPage,
    low_result => pages::low_results::LowResultPage,
    calendar => pages::calendar::CalendarPage,
    documents => pages::documents::DocumentsPage,
    audit => pages::audit::AuditPage,
    forms => pages::forms::FormsPage,
    form_draft => pages::forms::FormDraftPage,
    form => pages::forms::FormPage,
);

/// A page whose part may still have to come: says so until it is there, or why it is not.
fn arriving<L, P>(load: impl FnOnce() -> L, page: impl Fn() -> P + Send + 'static) -> AnyView
where
    L: Future<Output = Result<(), SplitLoaderError>> + 'static,
    P: Future<Output = Result<AnyView, SplitLoaderError>>,
{
    let is_there = RwSignal::new(None);
    let loading = load();
    leptos::task::spawn_local(async move {
        let loaded = loading.await.is_ok();
        // Somebody may have gone to another page meanwhile.
        is_there.try_set(Some(loaded));
    });
    // A part that is not there now may belong to a version that is gone: the whole page begins again.
    let retry = Callback::new(|()| drop(window().location().reload()));
    (move || match is_there.get() {
        None => view! { <main class="page" id="main"><Loading /></main> }.into_any(),
        Some(true) => at_once(page()).unwrap_or_else(|| ().into_any()),
        Some(false) => view! {
            <main class="page narrow" id="main">
                <FailureNotice failure=Failure::Offline retry=retry />
            </main>
        }
        .into_any(),
    })
    .into_any()
}

/// What a function of a part that is there gives: its future is ready when it is asked first.
fn at_once(page: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(view) => view.ok(),
        Poll::Pending => None,
    }
}
