//! The frame of the work area: contexts, router, header, and what may happen on any page.

mod header;
mod parts;
mod print_line;
mod sections;
mod watch;

use api::access::permission::Permission;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
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
            <print_line::PrintLine />
            <watch::Watch />
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=pages::access::sign_in::SignInPage />
                <Route path=path!("/setup") view=pages::access::setup::SetupPage />
                <Route path=path!("/entry") view=parts::entry />
                <Route path=path!("/invitation") view=pages::access::invitation::InvitationPage />
                <ParentRoute path=path!("") view=SignedIn>
                    <Route path=path!("") view=Start />
                    <Route path=path!("/map") view=parts::heat_map />
                    <Route
                        path=path!("/cells/:organisation/:year/:subject/:grade")
                        view=parts::cell
                    />
                    <Route path=path!("/schools") view=parts::schools />
                    <Route path=path!("/schools/new") view=parts::new_school />
                    <Route path=path!("/schools/import") view=parts::school_imports />
                    <Route path=path!("/schools/import/:import") view=parts::school_import />
                    <Route path=path!("/schools/:organisation") view=parts::school />
                    <Route path=path!("/schools/:organisation/edit") view=parts::school_edit />
                    <Route path=path!("/imports") view=parts::imports />
                    <Route path=path!("/imports/new") view=parts::import />
                    <Route path=path!("/imports/:import") view=parts::import />
                    <Route path=path!("/events") view=parts::events />
                    <Route path=path!("/events/:event") view=parts::event />
                    <Route path=path!("/procedures") view=parts::plan />
                    <Route path=path!("/procedures/new") view=parts::new_procedure />
                    <Route path=path!("/procedures/:procedure") view=parts::procedure />
                    <Route path=path!("/procedures/:procedure/edit") view=parts::procedure_edit />
                    <Route path=path!("/procedures/:procedure/events/new") view=parts::new_events />
                    <Route path=path!("/acts/:submission") view=parts::act />
                    <Route path=path!("/day") view=parts::day />
                    <Route path=path!("/cases") view=parts::cases />
                    <Route path=path!("/cases/:case") view=parts::case />
                    <Route path=path!("/reviews") view=parts::reviews />
                    <Route path=path!("/reviews/:review") view=parts::review />
                    <Route path=path!("/measures") view=parts::supports />
                    <Route path=path!("/measures/new") view=parts::new_support />
                    <Route path=path!("/measures/:support") view=parts::support />
                    <Route path=path!("/programmes") view=parts::programmes />
                    <Route path=path!("/programmes/new") view=parts::new_programme />
                    <Route path=path!("/programmes/:programme") view=parts::programme />
                    <Route path=path!("/observers") view=parts::observers />
                    <Route path=path!("/training") view=parts::training />
                    <Route
                        path=path!("/training/certificate")
                        view=parts::certificate
                    />
                    <Route path=path!("/declarations") view=parts::declarations />
                    <Route path=path!("/assignments") view=pages::observation::assignments::AssignmentsPage />
                    <Route
                        path=path!("/assignments/:assignment")
                        view=parts::checklist
                    />
                    <Route
                        path=path!("/assignments/:assignment/prepare")
                        view=pages::observation::prepare::PreparePage
                    />
                    <Route path=path!("/campaigns") view=parts::campaigns />
                    <Route path=path!("/campaigns/new") view=parts::campaign_edit />
                    <Route path=path!("/campaigns/:campaign") view=parts::campaign />
                    <Route
                        path=path!("/campaigns/:campaign/edit")
                        view=parts::campaign_edit
                    />
                    <Route
                        path=path!("/campaigns/:campaign/results")
                        view=parts::campaign_results
                    />
                    <Route
                        path=path!("/campaigns/:campaign/experts")
                        view=parts::campaign_experts
                    />
                    <Route
                        path=path!("/campaigns/:campaign/:organisation/agreement")
                        view=parts::agreement
                    />
                    <Route
                        path=path!("/expert-assessments")
                        view=parts::expert_assessments
                    />
                    <Route
                        path=path!("/campaigns/:campaign/:organisation")
                        view=parts::self_assessment
                    />
                    <Route
                        path=path!("/submissions/:submission")
                        view=parts::submission
                    />
                    <Route path=path!("/forms") view=parts::forms />
                    <Route path=path!("/forms/drafts/:draft") view=parts::form_draft />
                    <Route path=path!("/forms/:form/:version") view=parts::form />
                    <Route path=path!("/runs") view=parts::runs />
                    <Route
                        path=path!("/runs/:run/compare/:before")
                        view=parts::run_comparison
                    />
                    <Route path=path!("/indicators") view=parts::indicators />
                    <Route
                        path=path!("/low-results")
                        view=parts::low_results
                    />
                    <Route
                        path=path!("/low-results/:identification")
                        view=parts::low_result
                    />
                    <Route path=path!("/school") view=parts::own_school />
                    <Route
                        path=path!("/schools/:organisation/changes")
                        view=parts::school_changes
                    />
                    <Route
                        path=path!("/schools/:organisation/context")
                        view=parts::school_context
                    />
                    <Route
                        path=path!("/schools/:organisation/profile")
                        view=parts::school_profile
                    />
                    <Route path=path!("/changes") view=parts::changes />
                    <Route path=path!("/context") view=parts::context />
                    <Route path=path!("/calendar") view=parts::calendar />
                    <Route path=path!("/documents") view=parts::documents />
                    <Route path=path!("/mechanisms") view=parts::mechanisms />
                    <Route path=path!("/mechanisms/:assessment") view=parts::mechanisms />
                    <Route
                        path=path!("/mechanisms/:assessment/:cell")
                        view=parts::mechanism_cell
                    />
                    <Route path=path!("/audit") view=parts::audit />
                    <Route path=path!("/system") view=parts::system />
                    <Route path=path!("/people") view=parts::people />
                    <Route path=path!("/people/new") view=parts::new_person />
                    <Route path=path!("/people/:person") view=parts::person />
                    <Route path=path!("/profile") view=parts::profile />
                    <Route path=path!("/permissions") view=parts::permissions />
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
    make_room_for_fingers(session);
    leptos::task::spawn_local(session.fetch(client));
}

/// Does the signed-in person work on a tablet only? Whoever works at a desk sees the register of schools.
fn is_in_field(session: CurrentSession) -> bool {
    let has_roles = session
        .person()
        .is_some_and(|person| !person.grants.is_empty());
    has_roles && !session.may(Permission::OrganisationRead)
}

/// Larger things to tap where a tablet is worked on.
fn make_room_for_fingers(session: CurrentSession) {
    Effect::new(move |_| {
        if session.person().is_some() {
            let density = if is_in_field(session) {
                "touch"
            } else {
                "desk"
            };
            device::set_root_attribute("data-density", density);
        }
    });
}

/// The first page; that of an observer would hold nothing but the assignments.
#[component]
fn Start() -> impl IntoView {
    let session = use_session();
    if is_in_field(session)
        && session.may(Permission::AssignmentRead)
        && !session.may(Permission::InterestRead)
    {
        let options = replacing();
        view! { <Redirect path=api::work::ASSIGNMENTS options=options /> }.into_any()
    } else {
        parts::home()
    }
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
        Entry::Visitor => view! { <pages::access::sign_in::SignInPage /> }.into_any(),
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

/// To another page of the work area, whose addresses are whole: the router must not put its base before them.
pub fn whole_path() -> NavigateOptions {
    NavigateOptions {
        resolve: false,
        ..NavigateOptions::default()
    }
}

/// As [`whole_path`], in the place of the present page: Back leads to the one before.
pub fn replacing() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        ..whole_path()
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
