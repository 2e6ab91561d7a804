//! What the navigation offers: a few groups in the header, the pages of the current group below it.

use crate::model::address;
use crate::session::CurrentSession;
use crate::text::{Language, Wording, shell};
use api::access::permission::Permission;

/// A group of pages, one entry in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Home,
    Map,
    Observation,
    Assessment,
    Schools,
    Programmes,
    Data,
}

impl Group {
    /// In the order of the header.
    pub const ALL: [Group; 7] = [
        Group::Home,
        Group::Map,
        Group::Observation,
        Group::Assessment,
        Group::Schools,
        Group::Programmes,
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
            Group::Programmes => shell::nav_programmes,
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

/// A page: its group, address and name, and whether the person is offered it.
type Page = (Group, &'static str, Wording, bool);

/// Pages for the signed-in person; within a group, most used first. Whoever may read what a page shows is offered it.
pub fn sections(session: CurrentSession) -> Vec<Section> {
    let may = |permission| session.may(permission);
    let all = |permission| session.may_everywhere(permission);
    // The same page, read by who reported: what was done about it.
    let is_about_cases = may(Permission::CaseAnswer) || all(Permission::CaseRead);
    let cases = if is_about_cases {
        shell::nav_cases
    } else {
        shell::nav_reports
    };
    let pages: [Page; 30] = [
        (Group::Home, api::work::HOME, shell::nav_home, true),
        (
            Group::Home,
            api::work::CALENDAR,
            shell::nav_calendar,
            may(Permission::CalendarRead),
        ),
        (
            Group::Map,
            api::work::MAP,
            shell::nav_map,
            may(Permission::HeatMapRead),
        ),
        (
            Group::Observation,
            api::work::EVENTS,
            shell::nav_events,
            may(Permission::StaffingRead),
        ),
        (
            Group::Observation,
            api::work::PROCEDURES,
            shell::nav_plan,
            all(Permission::ProcedureRead) && all(Permission::EventRead),
        ),
        (
            Group::Observation,
            api::work::ASSIGNMENTS,
            shell::nav_my_assignments,
            may(Permission::AssignmentRead),
        ),
        (
            Group::Observation,
            api::work::DAY,
            shell::nav_day,
            may(Permission::DayRead),
        ),
        (
            Group::Observation,
            api::work::OBSERVERS,
            shell::nav_observers,
            may(Permission::ObserverRead),
        ),
        (
            Group::Observation,
            api::work::CASES,
            cases,
            may(Permission::CaseRead),
        ),
        (
            Group::Observation,
            api::work::DECLARATIONS,
            shell::nav_declarations,
            may(Permission::DeclarationRead),
        ),
        (
            Group::Observation,
            api::work::TRAINING,
            shell::nav_training,
            may(Permission::TrainingRead),
        ),
        (
            Group::Assessment,
            api::work::CAMPAIGNS,
            shell::nav_all_campaigns,
            may(Permission::CampaignRead),
        ),
        (
            Group::Assessment,
            api::work::EXPERT_ASSESSMENTS,
            shell::nav_expert_assessments,
            may(Permission::InterestRead),
        ),
        (
            Group::Assessment,
            api::work::MECHANISMS,
            shell::nav_mechanisms,
            may(Permission::MechanismRead),
        ),
        (
            Group::Assessment,
            api::work::DOCUMENTS,
            shell::nav_documents,
            may(Permission::DocumentRead),
        ),
        (
            Group::Schools,
            api::work::SCHOOLS,
            shell::nav_schools,
            all(Permission::OrganisationRead),
        ),
        (
            Group::Schools,
            api::work::OWN_SCHOOL,
            shell::nav_own_school,
            may(Permission::ProfileRead) && !all(Permission::ProfileRead),
        ),
        (
            Group::Schools,
            api::work::PEOPLE,
            shell::nav_people,
            may(Permission::PersonRead),
        ),
        (
            Group::Schools,
            api::work::REVIEWS,
            shell::nav_reviews,
            may(Permission::ReviewRead),
        ),
        (
            Group::Schools,
            api::work::SUPPORTS,
            shell::nav_supports,
            may(Permission::SupportRead),
        ),
        (
            Group::Programmes,
            api::work::PROGRAMMES,
            shell::nav_programmes,
            may(Permission::ProgrammeRead),
        ),
        (
            Group::Programmes,
            api::work::INDICATORS,
            shell::nav_indicators,
            may(Permission::IndicatorRead),
        ),
        (
            Group::Schools,
            api::work::LOW_RESULTS,
            shell::nav_low_results,
            may(Permission::LowResultRead),
        ),
        (
            Group::Schools,
            api::work::CHANGES,
            shell::nav_changes,
            all(Permission::ChangeRead),
        ),
        (
            Group::Schools,
            api::work::CONTEXT,
            shell::nav_context,
            all(Permission::ContextRead),
        ),
        (
            Group::Data,
            api::work::IMPORTS,
            shell::nav_imports,
            may(Permission::ImportRead),
        ),
        (
            Group::Data,
            api::work::FORMS,
            shell::nav_forms,
            may(Permission::FormDraftRead),
        ),
        (
            Group::Data,
            api::work::RUNS,
            shell::nav_runs,
            may(Permission::RunRead),
        ),
        (
            Group::Data,
            api::work::SYSTEM,
            shell::nav_system,
            may(Permission::SystemRead),
        ),
        (
            Group::Data,
            api::work::AUDIT,
            shell::nav_audit,
            may(Permission::AuditRead),
        ),
    ];
    pages
        .into_iter()
        .filter(|(.., is_shown)| *is_shown)
        .map(|(group, path, name, _)| Section { group, path, name })
        .collect()
}
