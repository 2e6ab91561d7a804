//! What the navigation offers: a few groups in the header, the pages of the current group below it.

use api::session::Role;

use crate::model::address;
use crate::session::{
    CurrentSession, IMPORTERS, MAP_READERS, MECHANISMS, MUNICIPAL, PLANNERS, SCHOOL,
};
use crate::text::{Language, shell};

/// Who is sent to schools.
const OBSERVERS: [Role; 3] = [Role::Observer, Role::RegisteredObserver, Role::Expert];

/// A group of pages, one entry in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Home,
    Map,
    Observation,
    Assessment,
    Schools,
    Data,
}

impl Group {
    /// In the order of the header.
    pub const ALL: [Group; 6] = [
        Group::Home,
        Group::Map,
        Group::Observation,
        Group::Assessment,
        Group::Schools,
        Group::Data,
    ];

    /// Name in the header; `first` is the first page of the group that the person sees.
    pub fn name(self, first: Section) -> fn(Language) -> &'static str {
        match self {
            Group::Schools if first.path == api::work::OWN_SCHOOL => shell::nav_own_school,
            Group::Home => shell::nav_home,
            Group::Map => shell::nav_map,
            Group::Observation => shell::nav_assignments,
            Group::Assessment => shell::nav_campaigns,
            Group::Schools => shell::nav_schools,
            Group::Data => shell::nav_data,
        }
    }
}

/// A page in the navigation.
#[derive(Clone, Copy)]
pub struct Section {
    /// The group it belongs to.
    pub group: Group,
    /// Address; pages below it belong to it as well.
    pub path: &'static str,
    /// Name.
    pub name: fn(Language) -> &'static str,
}

impl PartialEq for Section {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Section {
    /// Does an address belong to this page?
    pub fn holds(&self, here: &str) -> bool {
        address::belongs(here, self.path)
            || ([api::work::EVENTS, api::work::ASSIGNMENTS].contains(&self.path)
                && address::belongs(here, api::work::ACTS))
    }
}

/// Pages for the signed-in person; within a group, most used first.
pub fn sections(session: CurrentSession) -> Vec<Section> {
    let mut shown = Vec::new();
    let mut page = |group, path, name: fn(Language) -> &'static str, for_role: bool| {
        if for_role {
            shown.push(Section { group, path, name });
        }
    };
    let has = |roles: &[Role]| session.has_role(roles);
    let runs_observation = has(&[Role::Coordinator, Role::Manager, Role::SchoolCoordinator]);
    page(Group::Home, api::work::HOME, shell::nav_home, true);
    page(
        Group::Map,
        api::work::MAP,
        shell::nav_map,
        has(&MAP_READERS),
    );
    page(
        Group::Observation,
        api::work::EVENTS,
        shell::nav_events,
        runs_observation,
    );
    page(
        Group::Observation,
        api::work::ASSIGNMENTS,
        shell::nav_my_assignments,
        has(&OBSERVERS),
    );
    page(
        Group::Observation,
        api::work::DECLARATIONS,
        shell::nav_declarations,
        has(&OBSERVERS),
    );
    page(
        Group::Observation,
        api::work::DAY,
        shell::nav_day,
        runs_observation,
    );
    page(
        Group::Observation,
        api::work::OBSERVERS,
        shell::nav_observers,
        has(&[Role::Coordinator, Role::Manager]),
    );
    let answers_cases = runs_observation || has(&[Role::SchoolHead]);
    page(
        Group::Observation,
        api::work::CASES,
        shell::nav_cases,
        answers_cases,
    );
    page(
        Group::Observation,
        api::work::TRAINING,
        shell::nav_training,
        has(&[Role::Observer, Role::RegisteredObserver]),
    );
    // The same page, read by who reported: what was done about it.
    page(
        Group::Observation,
        api::work::CASES,
        shell::nav_reports,
        has(&[Role::Observer]) && !answers_cases,
    );
    page(
        Group::Assessment,
        api::work::CAMPAIGNS,
        shell::nav_all_campaigns,
        has(&MUNICIPAL) || has(&SCHOOL),
    );
    page(
        Group::Assessment,
        api::work::EXPERT_ASSESSMENTS,
        shell::nav_expert_assessments,
        has(&[Role::Expert]),
    );
    page(
        Group::Schools,
        api::work::SCHOOLS,
        shell::nav_schools,
        has(&MUNICIPAL),
    );
    page(
        Group::Schools,
        api::work::OWN_SCHOOL,
        shell::nav_own_school,
        has(&SCHOOL),
    );
    page(
        Group::Schools,
        api::work::SUPPORTS,
        shell::nav_supports,
        has(&PLANNERS) || has(&SCHOOL),
    );
    page(
        Group::Schools,
        api::work::INDICATORS,
        shell::nav_indicators,
        has(&PLANNERS),
    );
    page(
        Group::Schools,
        api::work::LOW_RESULTS,
        shell::nav_low_results,
        has(&PLANNERS),
    );
    page(
        Group::Schools,
        api::work::CHANGES,
        shell::nav_changes,
        has(&PLANNERS),
    );
    page(
        Group::Schools,
        api::work::CONTEXT,
        shell::nav_context,
        has(&PLANNERS),
    );
    page(
        Group::Assessment,
        api::work::MECHANISMS,
        shell::nav_mechanisms,
        has(&MECHANISMS),
    );
    page(
        Group::Assessment,
        api::work::DOCUMENTS,
        shell::nav_documents,
        has(&PLANNERS) || has(&SCHOOL),
    );
    page(
        Group::Home,
        api::work::CALENDAR,
        shell::nav_calendar,
        has(&PLANNERS) || has(&SCHOOL) || has(&[Role::Expert, Role::Observer]),
    );
    page(
        Group::Data,
        api::work::IMPORTS,
        shell::nav_imports,
        has(&IMPORTERS),
    );
    page(
        Group::Data,
        api::work::FORMS,
        shell::nav_forms,
        has(&[Role::Methodist]),
    );
    page(
        Group::Data,
        api::work::RUNS,
        shell::nav_runs,
        has(&[Role::Analyst, Role::Administrator]),
    );
    page(
        Group::Data,
        api::work::AUDIT,
        shell::nav_audit,
        has(&[Role::Administrator]),
    );
    shown
}
