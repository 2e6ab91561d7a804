//! Pages of the work area: every URL a person may see, spelled once.
//!
//! Whole paths, base included: the router is told its base, links are not.

use crate::id::{
    AssignmentId, CampaignId, CaseId, EventId, FormDraftId, ImportId, OrganisationId, PersonId,
    ProcedureId, ReviewId, SubmissionId, SupportId, TableImportId,
};

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident = $path:literal),+ $(,)?) => {$(
        $(#[$doc])*
        pub const $name: &str = $path;
    )+};
}

pages!(
    /// Home: own tasks, then news, then numbers.
    HOME = "/app",
    /// Sign-in.
    SIGN_IN = "/app/sign-in",
    /// The heat map.
    MAP = "/app/map",
    /// The register of schools.
    SCHOOLS = "/app/schools",
    /// A school to be entered.
    NEW_SCHOOL = "/app/schools/new",
    /// Schools from the office's own spreadsheet.
    SCHOOL_IMPORTS = "/app/schools/import",
    /// Imports of results.
    IMPORTS = "/app/imports",
    /// The import wizard at its first step.
    NEW_IMPORT = "/app/imports/new",
    /// The caller's own assignments.
    ASSIGNMENTS = "/app/assignments",
    /// Events with their observers, and invitations.
    EVENTS = "/app/events",
    /// Parts offered to the caller, and the caller's own ties.
    DECLARATIONS = "/app/declarations",
    /// The board of a procedure's day.
    DAY = "/app/day",
    /// Acts of submitted sheets.
    ACTS = "/app/acts",
    /// Cases opened by critical items.
    CASES = "/app/cases",
    /// Measures agreed with schools.
    SUPPORTS = "/app/measures",
    /// A measure to be agreed.
    NEW_SUPPORT = "/app/measures/new",
    /// Programmes with their roadmaps.
    PROGRAMMES = "/app/programmes",
    /// A roadmap to be brought as a file.
    NEW_PROGRAMME = "/app/programmes/new",
    /// Reviews of signs.
    REVIEWS = "/app/reviews",
    /// The register of observers.
    OBSERVERS = "/app/observers",
    /// The training of observers.
    TRAINING = "/app/training",
    /// The own certificate, to be printed.
    CERTIFICATE = "/app/training/certificate",
    /// Campaigns of self-assessment.
    CAMPAIGNS = "/app/campaigns",
    /// A campaign to be announced.
    NEW_CAMPAIGN = "/app/campaigns/new",
    /// The caller's own expert assessments.
    EXPERT_ASSESSMENTS = "/app/expert-assessments",
    /// Runs of the objectivity engine.
    RUNS = "/app/runs",
    /// Indicators of the quality programme.
    INDICATORS = "/app/indicators",
    /// Schools with low results.
    LOW_RESULTS = "/app/low-results",
    /// Forms: published ones and those being written.
    FORMS = "/app/forms",
    /// The own school.
    OWN_SCHOOL = "/app/school",
    /// The register of documents.
    DOCUMENTS = "/app/documents",
    /// The municipal mechanisms.
    MECHANISMS = "/app/mechanisms",
    /// Change logs of all schools.
    CHANGES = "/app/changes",
    /// Context of all schools.
    CONTEXT = "/app/context",
    /// The plan of procedures.
    PROCEDURES = "/app/procedures",
    /// A procedure to be planned.
    NEW_PROCEDURE = "/app/procedures/new",
    /// The monitoring calendar.
    CALENDAR = "/app/calendar",
    /// The state of the installation.
    SYSTEM = "/app/system",
    /// The audit log.
    AUDIT = "/app/audit",
    /// Founding an office; the one-time code stands after `#`, so it reaches no log.
    SETUP = "/app/setup",
    /// People and their accounts.
    PEOPLE = "/app/people",
    /// A person to be entered.
    NEW_PERSON = "/app/people/new",
    /// One's own account.
    PROFILE = "/app/profile",
    /// Which role may do what.
    PERMISSIONS = "/app/permissions",
);

/// A person with their account.
pub fn person(person: PersonId) -> String {
    format!("{PEOPLE}/{person}")
}

/// A school.
pub fn school(organisation: OrganisationId) -> String {
    format!("{SCHOOLS}/{organisation}")
}

/// A procedure of the plan.
pub fn procedure(procedure: ProcedureId) -> String {
    format!("{PROCEDURES}/{procedure}")
}

/// A procedure to be changed.
pub fn procedure_edit(procedure: ProcedureId) -> String {
    format!("{PROCEDURES}/{procedure}/edit")
}

/// Events of a procedure to be planned.
pub fn new_events(procedure: ProcedureId) -> String {
    format!("{PROCEDURES}/{procedure}/events/new")
}

/// An import of schools.
pub fn school_import(import: TableImportId) -> String {
    format!("{SCHOOL_IMPORTS}/{import}")
}

/// A school to be changed.
pub fn school_edit(organisation: OrganisationId) -> String {
    format!("{SCHOOLS}/{organisation}/edit")
}

/// A cell of the heat map on its own page.
pub fn cell(organisation: OrganisationId, year: i32, subject: &str, grade: u8) -> String {
    format!("/app/cells/{organisation}/{year}/{subject}/{grade}")
}

/// An import in the wizard.
pub fn import(import: ImportId) -> String {
    format!("{IMPORTS}/{import}")
}

/// The sheet of an own assignment.
pub fn assignment(assignment: AssignmentId) -> String {
    format!("{ASSIGNMENTS}/{assignment}")
}

/// Getting a tablet ready for an own assignment.
pub fn prepare(assignment: AssignmentId) -> String {
    format!("{ASSIGNMENTS}/{assignment}/prepare")
}

/// An event with its staffing and readiness.
pub fn event(event: EventId) -> String {
    format!("{EVENTS}/{event}")
}

/// The act of a submitted sheet.
pub fn act(submission: SubmissionId) -> String {
    format!("{ACTS}/{submission}")
}

/// A case.
pub fn case(case: CaseId) -> String {
    format!("{CASES}/{case}")
}

/// A measure agreed with a school.
pub fn support(support: SupportId) -> String {
    format!("{SUPPORTS}/{support}")
}

/// A programme with its roadmap.
pub fn programme(programme: crate::id::ProgrammeId) -> String {
    format!("{PROGRAMMES}/{programme}")
}

/// A line of a roadmap, opened.
pub fn programme_line(programme: crate::id::ProgrammeId, line: crate::id::LineId) -> String {
    format!("{PROGRAMMES}/{programme}?line={line}")
}

/// A review.
pub fn review(review: ReviewId) -> String {
    format!("{REVIEWS}/{review}")
}

/// A measure to be agreed with a school, for a cell of the map or in general, with one of the catalogue chosen.
pub fn new_support(
    organisation: OrganisationId,
    cell: Option<(i32, &str, u8)>,
    measure: Option<&str>,
) -> String {
    let mut path = format!("{NEW_SUPPORT}?organisation={organisation}");
    if let Some((year, subject, grade)) = cell {
        path.push_str(&format!("&year={year}&subject={subject}&grade={grade}"));
    }
    if let Some(measure) = measure {
        path.push_str(&format!("&measure={measure}"));
    }
    path
}

/// What a run says otherwise than another.
pub fn run_comparison(run: crate::id::RunId, before: crate::id::RunId) -> String {
    format!("{RUNS}/{run}/compare/{before}")
}

/// A list of schools with low results.
pub fn low_result(identification: crate::id::IdentificationId) -> String {
    format!("{LOW_RESULTS}/{identification}")
}

/// A campaign with the state of every school.
pub fn campaign(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}")
}

/// A school's self-assessment in a campaign.
pub fn self_assessment(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/{organisation}")
}

/// A campaign to be changed before it begins.
pub fn campaign_edit(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/edit")
}

/// Schools by domains.
pub fn campaign_results(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/results")
}

/// Experts of a campaign, and how far they agree with the schools.
pub fn campaign_experts(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/experts")
}

/// A school beside its expert.
pub fn agreement(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/{organisation}/agreement")
}

/// A submitted form, to read.
pub fn submission(submission: SubmissionId) -> String {
    format!("/app/submissions/{submission}")
}

/// A version of a form, to try.
pub fn form(form: &str, version: &str) -> String {
    format!("{FORMS}/{form}/{version}")
}

/// A form being written.
pub fn form_draft(draft: FormDraftId) -> String {
    format!("{FORMS}/drafts/{draft}")
}

/// The change log of a school.
pub fn school_changes(organisation: OrganisationId) -> String {
    format!("{SCHOOLS}/{organisation}/changes")
}

/// The context passport of a school.
pub fn school_context(organisation: OrganisationId) -> String {
    format!("{SCHOOLS}/{organisation}/context")
}

/// SWOT sheet and risk profile of a school.
pub fn school_profile(organisation: OrganisationId) -> String {
    format!("{SCHOOLS}/{organisation}/profile")
}

/// An assessment of the mechanisms.
pub fn mechanism_matrix(assessment: crate::id::AssessmentId) -> String {
    format!("{MECHANISMS}/{assessment}")
}
