//! The frame of the work area: contexts, router, header, and what may happen on any page.

mod entry;
mod header;
mod sections;
mod watch;

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::client::Client;
use crate::components::toast::{ToastRegion, Toasts};
use crate::components::{FailureNotice, Glyph, Icon, Loading};
use crate::device;
use crate::filling::desk::Desk;
use crate::language::{ChosenLanguage, say, use_language};
use crate::live::Live;
use crate::pages;
use crate::session::{CurrentSession, use_session};
use crate::text::{Language, common, shell};
use crate::worker::Worker;

/// The work area, mounted at [`api::paths::WORK`].
#[component]
pub fn Shell() -> impl IntoView {
    provide_contexts();
    view! {
        <Router base=api::paths::WORK>
            <a class="skip" href="#main" rel="external">
                {say(shell::skip)}
            </a>
            <header::Header />
            <watch::Watch />
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=pages::sign_in::SignInPage />
                <Route path=path!("/invitation") view=pages::invitation::InvitationPage />
                <ParentRoute path=path!("") view=SignedIn>
                    <Route path=path!("") view=pages::home::HomePage />
                    <Route path=path!("/map") view=pages::heat_map::HeatMapPage />
                    <Route
                        path=path!("/cells/:organisation/:year/:subject/:grade")
                        view=pages::cell::CellPage
                    />
                    <Route path=path!("/schools") view=pages::schools::SchoolsPage />
                    <Route path=path!("/schools/:organisation") view=pages::schools::SchoolPage />
                    <Route path=path!("/imports") view=pages::imports::ImportsPage />
                    <Route path=path!("/imports/new") view=pages::imports::ImportPage />
                    <Route path=path!("/imports/:import") view=pages::imports::ImportPage />
                    <Route path=path!("/events") view=pages::events::EventsPage />
                    <Route path=path!("/events/:event") view=pages::event::EventPage />
                    <Route path=path!("/acts/:submission") view=pages::act::ActPage />
                    <Route path=path!("/day") view=pages::day::DayPage />
                    <Route path=path!("/cases") view=pages::cases::CasesPage />
                    <Route path=path!("/cases/:case") view=pages::cases::CasePage />
                    <Route path=path!("/measures") view=pages::supports::SupportsPage />
                    <Route path=path!("/measures/new") view=pages::supports::NewSupportPage />
                    <Route path=path!("/measures/:support") view=pages::supports::SupportPage />
                    <Route path=path!("/observers") view=pages::observers::ObserversPage />
                    <Route path=path!("/training") view=pages::training::TrainingPage />
                    <Route
                        path=path!("/training/certificate")
                        view=pages::training::CertificatePage
                    />
                    <Route path=path!("/declarations") view=pages::declarations::DeclarationsPage />
                    <Route path=path!("/assignments") view=pages::assignments::AssignmentsPage />
                    <Route
                        path=path!("/assignments/:assignment")
                        view=pages::checklist::ChecklistPage
                    />
                    <Route
                        path=path!("/assignments/:assignment/prepare")
                        view=pages::prepare::PreparePage
                    />
                    <Route path=path!("/campaigns") view=pages::campaign::CampaignsPage />
                    <Route path=path!("/campaigns/new") view=pages::campaign::CampaignEditPage />
                    <Route path=path!("/campaigns/:campaign") view=pages::campaign::CampaignPage />
                    <Route
                        path=path!("/campaigns/:campaign/edit")
                        view=pages::campaign::CampaignEditPage
                    />
                    <Route
                        path=path!("/campaigns/:campaign/results")
                        view=pages::campaign::CampaignResultsPage
                    />
                    <Route
                        path=path!("/campaigns/:campaign/experts")
                        view=pages::campaign::CampaignExpertsPage
                    />
                    <Route
                        path=path!("/campaigns/:campaign/:organisation/agreement")
                        view=pages::agreement::AgreementPage
                    />
                    <Route
                        path=path!("/expert-assessments")
                        view=pages::expert::ExpertAssessmentsPage
                    />
                    <Route
                        path=path!("/campaigns/:campaign/:organisation")
                        view=pages::self_assessment::SelfAssessmentPage
                    />
                    <Route
                        path=path!("/submissions/:submission")
                        view=pages::submission::SubmissionPage
                    />
                    <Route path=path!("/forms") view=pages::forms::FormsPage />
                    <Route path=path!("/forms/drafts/:draft") view=pages::forms::FormDraftPage />
                    <Route path=path!("/forms/:form/:version") view=pages::forms::FormPage />
                    <Route path=path!("/runs") view=pages::runs::RunsPage />
                    <Route
                        path=path!("/runs/:run/compare/:before")
                        view=pages::run_comparison::RunComparisonPage
                    />
                    <Route path=path!("/indicators") view=pages::indicators::IndicatorsPage />
                    <Route
                        path=path!("/low-results")
                        view=pages::low_results::LowResultsPage
                    />
                    <Route
                        path=path!("/low-results/:identification")
                        view=pages::low_results::LowResultPage
                    />
                    <Route path=path!("/school") view=pages::schools::OwnSchoolPage />
                    <Route
                        path=path!("/schools/:organisation/changes")
                        view=pages::schools::SchoolChangesPage
                    />
                    <Route
                        path=path!("/schools/:organisation/context")
                        view=pages::schools::SchoolContextPage
                    />
                    <Route
                        path=path!("/schools/:organisation/profile")
                        view=pages::schools::SchoolProfilePage
                    />
                    <Route path=path!("/changes") view=pages::changes::ChangesPage />
                    <Route path=path!("/context") view=pages::context::ContextPage />
                    <Route path=path!("/calendar") view=pages::calendar::CalendarPage />
                    <Route path=path!("/documents") view=pages::documents::DocumentsPage />
                    <Route path=path!("/mechanisms") view=pages::mechanisms::MechanismsPage />
                    <Route path=path!("/mechanisms/:assessment") view=pages::mechanisms::MechanismsPage />
                    <Route
                        path=path!("/mechanisms/:assessment/:cell")
                        view=pages::mechanisms::MechanismCellPage
                    />
                    <Route path=path!("/audit") view=pages::audit::AuditPage />
                </ParentRoute>
            </Routes>
            <ToastRegion />
        </Router>
    }
}

/// The pages of an observer at the same addresses; any other address is left to [`Shell`].
#[component]
pub fn FieldShell() -> impl IntoView {
    provide_contexts();
    view! {
        <Router base=api::paths::WORK>
            <a class="skip" href="#main" rel="external">
                {say(shell::skip)}
            </a>
            <header::Header />
            <watch::Watch />
            <Routes fallback=entry::Elsewhere>
                <Route path=path!("/sign-in") view=pages::sign_in::SignInPage />
                <Route path=path!("/invitation") view=pages::invitation::InvitationPage />
                <ParentRoute path=path!("") view=SignedIn>
                    // The home of an observer holds nothing but the assignments.
                    <Route
                        path=path!("")
                        view=|| view! { <Redirect path=api::work::ASSIGNMENTS /> }
                    />
                    <Route path=path!("/assignments") view=pages::assignments::AssignmentsPage />
                    <Route
                        path=path!("/assignments/:assignment")
                        view=pages::checklist::ChecklistPage
                    />
                    <Route
                        path=path!("/assignments/:assignment/prepare")
                        view=pages::prepare::PreparePage
                    />
                </ParentRoute>
            </Routes>
            <ToastRegion />
        </Router>
    }
}

/// What every page finds around it.
fn provide_contexts() {
    let client = Client::new();
    let session = CurrentSession::new();
    let language = RwSignal::new(device::language());
    provide_context(client);
    provide_context(session);
    provide_context(ChosenLanguage(language));
    let desk = Desk::new(client, session);
    provide_context(desk);
    provide_context(Worker::new(desk));
    provide_context(Live::new());
    provide_context(Toasts::new());
    device::set_root_attribute("data-theme", device::theme().code());
    Effect::new(move |_| device::set_root_attribute("lang", device::language_tag(language.get())));
    entry::remember(session);
    leptos::task::spawn_local(session.fetch(client));
}

/// Pages for signed-in people; a visitor signs in at the same address and stays there.
#[component]
fn SignedIn() -> impl IntoView {
    let session = use_session();
    let client = expect_context::<Client>();
    let entry = Memo::new(move |_| match session.session.get() {
        Some(session) if session.person.is_some() => Entry::Person,
        Some(_) => Entry::Visitor,
        None if session.failure.with(Option::is_some) => Entry::Failed,
        None => Entry::Loading,
    });
    let retry = Callback::new(move |()| leptos::task::spawn_local(session.fetch(client)));
    move || match entry.get() {
        Entry::Person => view! { <Outlet /> }.into_any(),
        Entry::Visitor => view! { <pages::sign_in::SignInPage /> }.into_any(),
        Entry::Loading => view! { <main class="page" id="main"><Loading /></main> }.into_any(),
        Entry::Failed => session
            .failure
            .get_untracked()
            .map(|failure| {
                view! {
                    <main class="page narrow" id="main">
                        <FailureNotice failure=failure retry=retry />
                    </main>
                }
            })
            .into_any(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Loading,
    Failed,
    Visitor,
    Person,
}

#[component]
fn NotFound() -> impl IntoView {
    set_title(common::not_found_title);
    view! {
        <main class="page narrow" id="main">
            <h1>{say(common::not_found_title)}</h1>
            <p class="text muted">{say(common::not_found_text)}</p>
            <p>
                <a class="button" href=api::work::HOME>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(common::to_home)}
                </a>
            </p>
        </main>
    }
}

/// Names the page in the browser's tab, in the language in force.
pub fn set_title<T: std::fmt::Display>(title: impl Fn(Language) -> T + Send + Sync + 'static) {
    let language = use_language();
    Effect::new(move |_| {
        let language = language.get();
        document().set_title(&shell::page_title(language, title(language)));
    });
}
