//! Links over pages that belong together.

use api::session::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::language::say;
use crate::session::use_session;
use crate::text::{Language, visit as words};

/// A link with its name and who works with it.
type Tab = (&'static str, fn(Language) -> &'static str, &'static [Role]);

const PLANNERS: &[Role] = &[Role::Coordinator, Role::Manager, Role::SchoolCoordinator];
const OBSERVERS: &[Role] = &[Role::Observer, Role::RegisteredObserver, Role::Expert];

const TABS: &[Tab] = &[
    (api::work::EVENTS, words::events, PLANNERS),
    (api::work::DAY, words::day, PLANNERS),
    (
        api::work::CASES,
        words::cases,
        &[
            Role::Coordinator,
            Role::Manager,
            Role::SchoolHead,
            Role::SchoolCoordinator,
        ],
    ),
    (
        api::work::OBSERVERS,
        words::observers,
        &[Role::Coordinator, Role::Manager],
    ),
    (api::work::ASSIGNMENTS, words::assignments, OBSERVERS),
    (api::work::DECLARATIONS, words::declarations, OBSERVERS),
    (
        api::work::TRAINING,
        words::training,
        &[Role::Observer, Role::RegisteredObserver],
    ),
    (api::work::CASES, words::reports, &[Role::Observer]),
];

/// The sections of observation the person works in.
#[component]
pub fn VisitTabs() -> impl IntoView {
    let session = use_session();
    let location = use_location();
    let shown = Memo::new(move |_| {
        TABS.iter()
            .enumerate()
            .filter(|(_, (_, _, roles))| session.has_role(roles))
            .map(|(index, _)| index)
            .collect::<Vec<_>>()
    });
    view! {
        <nav class="visit-tabs" aria-label=say(words::tabs)>
            {move || {
                shown
                    .get()
                    .into_iter()
                    .map(|index| {
                        let (path, name, _) = TABS[index];
                        view! {
                            <a
                                href=path
                                aria-current=move || {
                                    (location.pathname.get() == path).then_some("page")
                                }
                            >
                                {say(name)}
                            </a>
                        }
                    })
                    .collect_view()
            }}
        </nav>
    }
}
