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

part!(sheet: checklist => pages::observation::checklist::ChecklistPage);
part!(home: home => pages::home::HomePage);
part!(
    map:
    heat_map => pages::results::heat_map::HeatMapPage,
    cell => pages::results::cell::CellPage,
);
part!(
    schools:
    schools => pages::schools::SchoolsPage,
    school => pages::schools::SchoolPage,
    school_imports => pages::registry::table_import::SchoolImportsPage,
    school_import => pages::registry::table_import::SchoolImportPage,
    new_school => pages::registry::organisation::NewSchoolPage,
    school_edit => pages::registry::organisation::EditSchoolPage,
    own_school => pages::schools::OwnSchoolPage,
    school_changes => pages::schools::SchoolChangesPage,
    school_context => pages::schools::SchoolContextPage,
    school_profile => pages::schools::SchoolProfilePage,
    changes => pages::schools::overview_changes::ChangesPage,
    context => pages::schools::overview_context::ContextPage,
    reviews => pages::management::reviews::ReviewsPage,
    review => pages::management::reviews::ReviewPage,
    supports => pages::management::supports::SupportsPage,
    new_support => pages::management::supports::NewSupportPage,
    support => pages::management::supports::SupportPage,
    campaigns => pages::assessment::campaign::CampaignsPage,
    campaign => pages::assessment::campaign::CampaignPage,
    campaign_edit => pages::assessment::campaign::CampaignEditPage,
    campaign_results => pages::assessment::campaign::CampaignResultsPage,
    campaign_experts => pages::assessment::campaign::CampaignExpertsPage,
    agreement => pages::assessment::agreement::AgreementPage,
    expert_assessments => pages::assessment::expert::ExpertAssessmentsPage,
    self_assessment => pages::assessment::self_assessment::SelfAssessmentPage,
    submission => pages::forms::submission::SubmissionPage,
    mechanisms => pages::assessment::mechanisms::MechanismsPage,
    mechanism_cell => pages::assessment::mechanisms::MechanismCellPage,
);
part!(
    office:
    events => pages::procedures::events::EventsPage,
    event => pages::procedures::event::EventPage,
    plan => pages::procedures::plan::PlanPage,
    new_procedure => pages::procedures::procedure_edit::NewProcedurePage,
    procedure => pages::procedures::procedure::ProcedurePage,
    procedure_edit => pages::procedures::procedure_edit::EditProcedurePage,
    new_events => pages::procedures::new_events::NewEventsPage,
    act => pages::observation::act::ActPage,
    day => pages::observation::day::DayPage,
    cases => pages::management::cases::CasesPage,
    case => pages::management::cases::CasePage,
    observers => pages::observation::observers::ObserversPage,
    training => pages::observation::training::TrainingPage,
    certificate => pages::observation::training::CertificatePage,
    declarations => pages::observation::declarations::DeclarationsPage,
    imports => pages::results::imports::ImportsPage,
    import => pages::results::imports::ImportPage,
    runs => pages::results::runs::RunsPage,
    run_comparison => pages::results::run_comparison::RunComparisonPage,
    programmes => pages::management::programmes::ProgrammesPage,
    new_programme => pages::management::programmes::NewProgrammePage,
    programme => pages::management::programmes::ProgrammePage,
    indicators => pages::results::indicators::IndicatorsPage,
    low_results => pages::results::low_results::LowResultsPage,
    low_result => pages::results::low_results::LowResultPage,
    calendar => pages::procedures::calendar::CalendarPage,
    documents => pages::papers::documents::DocumentsPage,
    audit => pages::access::audit::AuditPage,
    system => pages::operation::system::SystemPage,
    permissions => pages::access::permissions::PermissionsPage,
    entry => pages::access::entry::EntryPage,
    people => pages::access::people::PeoplePage,
    new_person => pages::access::people::NewPersonPage,
    person => pages::access::people::PersonPage,
    profile => pages::access::account::ProfilePage,
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
