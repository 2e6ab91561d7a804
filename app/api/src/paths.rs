//! Every URL, spelled once: templates for the router, functions for whoever calls.

use crate::id::{
    ApplicationId, AssignmentId, CampaignId, CaseId, EventId, ImportId, OrganisationId, PersonId,
    ProcedureId, RunId, SubmissionId, TieId,
};
use crate::layer::LayerKind;
use crate::procedure::ProcedureKind;

/// Root of the JSON API.
pub const API: &str = "/api/v1";
/// Root of the work area (the single-page application).
pub const WORK: &str = "/app";

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident = $path:literal),+ $(,)?) => {$(
        $(#[$doc])*
        pub const $name: &str = $path;
    )+};
}

paths!(
    /// `GET` who is signed in; `POST` sign in; `DELETE` sign out.
    SESSION = "/api/v1/session",
    /// `POST` sign in as a demo person (demo installations only).
    SESSION_DEMO = "/api/v1/session/demo",
    /// `POST` enter by a personal invitation.
    SESSION_INVITATION = "/api/v1/session/invitation",
    /// `GET` people of the demo who can be entered by a tap; 404 outside a demo.
    DEMO_PEOPLE = "/api/v1/demo/people",
    /// `GET` organisations in the caller's scope.
    ORGANISATIONS = "/api/v1/organisations",
    /// `GET`, `PUT` one organisation.
    ORGANISATION = "/api/v1/organisations/{organisation}",
    /// `GET` people and their roles.
    PEOPLE = "/api/v1/people",
    /// `GET`, `POST` invitations.
    INVITATIONS = "/api/v1/invitations",
    /// `GET`, `POST` procedures.
    PROCEDURES = "/api/v1/procedures",
    /// `GET`, `POST` events.
    EVENTS = "/api/v1/events",
    /// `GET` one event.
    EVENT = "/api/v1/events/{event}",
    /// `GET` who takes part in an event and what is open.
    STAFFING = "/api/v1/events/{event}/staffing",
    /// `GET` who might take a part, with the reasons why others cannot.
    CANDIDATES = "/api/v1/events/{event}/candidates",
    /// `POST` gives a person a part; rules of interest block.
    EVENT_ASSIGNMENTS = "/api/v1/events/{event}/assignments",
    /// `DELETE` takes a part back that was not begun.
    EVENT_ASSIGNMENT = "/api/v1/events/{event}/assignments/{assignment}",
    /// `POST` offers a part to a person, who answers with a declaration.
    EVENT_REQUESTS = "/api/v1/events/{event}/requests",
    /// `GET` what an event still needs; `POST` marks it as ready.
    READINESS = "/api/v1/events/{event}/readiness",
    /// `PUT` the record of the agreed approach to marking.
    AGREEMENT = "/api/v1/events/{event}/agreement",
    /// `PUT` where the recording of an event lies.
    VIDEO = "/api/v1/events/{event}/video",
    /// `PUT` sections of a procedure's passport.
    PASSPORT = "/api/v1/procedures/{procedure}/passport",
    /// `POST` an order on a procedure.
    ORDERS = "/api/v1/procedures/{procedure}/orders",
    /// `GET` parts offered to the caller and their own ties; `POST` a declaration.
    DECLARATIONS = "/api/v1/declarations",
    /// `POST` a tie of the caller.
    TIES = "/api/v1/declarations/ties",
    /// `DELETE` a tie of the caller.
    TIE = "/api/v1/declarations/ties/{tie}",
    /// `GET` the caller's own assignments.
    ASSIGNMENTS = "/api/v1/assignments",
    /// `GET` cases in the caller's scope.
    CASES = "/api/v1/cases",
    /// `GET` one case with its timeline.
    CASE = "/api/v1/cases/{case}",
    /// `POST` the school's explanation.
    CASE_ANSWER = "/api/v1/cases/{case}/answers",
    /// `POST` the coordinator's words.
    CASE_REACTION = "/api/v1/cases/{case}/reactions",
    /// `POST` closes a case.
    CASE_RESOLUTION = "/api/v1/cases/{case}/resolution",
    /// `GET` the board of a procedure's day.
    DAY = "/api/v1/day",
    /// `GET` the observation index of events, schools, the municipality.
    OBSERVATION_INDEX = "/api/v1/observation-index",
    /// `GET`, `PUT` the terms of observation.
    POLICY = "/api/v1/policy",
    /// `GET` the register of observers.
    OBSERVERS = "/api/v1/observers",
    /// `PUT` an observer's accreditation.
    ACCREDITATION = "/api/v1/observers/{person}/accreditation",
    /// `GET` applications of observers.
    APPLICATIONS = "/api/v1/applications",
    /// `POST` the decision on an application.
    APPLICATION_DECISION = "/api/v1/applications/{application}/decision",
    /// `GET` the training of the caller.
    TRAINING = "/api/v1/training",
    /// `POST` an attempt at the quiz.
    TRAINING_ATTEMPTS = "/api/v1/training/attempts",
    /// `GET` imports; `POST` a file of results.
    IMPORTS = "/api/v1/imports",
    /// `GET` one import with its preview and problems; `DELETE` undoes it whole.
    IMPORT = "/api/v1/imports/{import}",
    /// `POST` confirms an import.
    IMPORT_CONFIRM = "/api/v1/imports/{import}/confirm",
    /// `GET` runs; `POST` starts one.
    RUNS = "/api/v1/runs",
    /// `GET` one run; `DELETE` stops one that is not done.
    RUN = "/api/v1/runs/{run}",
    /// `GET` the heat map.
    HEAT_MAP = "/api/v1/heat-map",
    /// `GET` the layers that the server can compute.
    HEAT_MAP_LAYERS = "/api/v1/heat-map-layers",
    /// `GET` one layer.
    HEAT_MAP_LAYER = "/api/v1/heat-map-layer",
    /// `GET` borders under the map of schools, and whether there is a basemap.
    GROUND = "/ground/map.json",
    /// `GET` the operator's basemap, by byte ranges.
    GROUND_BASEMAP = "/ground/basemap.pmtiles",
    /// `GET` one cell in full.
    CELL = "/api/v1/cells/{organisation}/{year}/{subject}/{grade}",
    /// `GET` published forms.
    FORMS = "/api/v1/forms",
    /// `GET` one version of a form as a document.
    FORM = "/api/v1/forms/{form}/{version}",
    /// `GET` submissions in scope; `POST` opens one.
    SUBMISSIONS = "/api/v1/submissions",
    /// `GET` one submission with its operations.
    SUBMISSION = "/api/v1/submissions/{submission}",
    /// `PUT` operations; idempotent.
    OPERATIONS = "/api/v1/submissions/{submission}/operations",
    /// `POST` submits.
    SUBMIT = "/api/v1/submissions/{submission}/submit",
    /// `GET` photos and files of a submission.
    ATTACHMENTS = "/api/v1/submissions/{submission}/attachments",
    /// `PUT` announces a photo or file by its hash; idempotent. `GET` its content.
    ATTACHMENT = "/api/v1/submissions/{submission}/attachments/{hash}",
    /// `PUT` the bytes from an offset on.
    ATTACHMENT_CHUNK = "/api/v1/submissions/{submission}/attachments/{hash}/chunks/{offset}",
    /// `GET` campaigns.
    CAMPAIGNS = "/api/v1/campaigns",
    /// `GET` one campaign with the state of every school.
    CAMPAIGN = "/api/v1/campaigns/{campaign}",
    /// `GET` the audit log.
    AUDIT = "/api/v1/audit",
    /// `GET` server-sent events.
    LIVE = "/api/v1/live",
    /// `GET` is the server alive; no permission.
    HEALTH = "/api/v1/health",
    /// `GET` the OpenAPI document.
    OPENAPI = "/api/v1/openapi.json",
    /// The documentation page of the API.
    DOCS = "/api/docs",
    /// The public front page.
    PUBLIC_FRONT = "/",
    /// Public page: results by procedure and year.
    PUBLIC_RESULTS = "/results",
    /// Open data: results of one procedure and year as CSV.
    PUBLIC_RESULTS_CSV = "/open-data/results.csv",
    /// Public page: the calendar of procedures.
    PUBLIC_CALENDAR = "/calendar",
    /// The public methodology page.
    PUBLIC_METHODOLOGY = "/methodology",
    /// The public page on why honest assessment matters.
    PUBLIC_PURPOSE = "/purpose",
    /// The public page on observing, with the application form; `POST` applies.
    PUBLIC_OBSERVERS = "/observers",
    /// The public check of a certificate by its number.
    PUBLIC_CERTIFICATES = "/certificates",
    /// The entry by invitation in the work area; the token stands after `#`, so it reaches no log.
    WORK_INVITATION = "/app/invitation",
);

/// One organisation.
pub fn organisation(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}")
}

/// One event.
pub fn event(event: EventId) -> String {
    format!("{EVENTS}/{event}")
}

/// Something of an event: the last part of [`STAFFING`], [`CANDIDATES`] and their neighbours.
pub fn of_event(event: EventId, what: &str) -> String {
    format!("{EVENTS}/{event}/{what}")
}

/// A part in an event.
pub fn event_assignment(event: EventId, assignment: AssignmentId) -> String {
    format!("{EVENTS}/{event}/assignments/{assignment}")
}

/// Something of a procedure: its passport or its orders.
pub fn of_procedure(procedure: ProcedureId, what: &str) -> String {
    format!("{PROCEDURES}/{procedure}/{what}")
}

/// A tie of the caller.
pub fn tie(tie: TieId) -> String {
    format!("{TIES}/{tie}")
}

/// One case.
pub fn case(case: CaseId) -> String {
    format!("{CASES}/{case}")
}

/// An observer's accreditation.
pub fn accreditation(person: PersonId) -> String {
    format!("{OBSERVERS}/{person}/accreditation")
}

/// The decision on an application.
pub fn decision(application: ApplicationId) -> String {
    format!("{APPLICATIONS}/{application}/decision")
}

/// One import.
pub fn import(import: ImportId) -> String {
    format!("{IMPORTS}/{import}")
}

/// Confirmation of an import.
pub fn import_confirm(import: ImportId) -> String {
    format!("{IMPORTS}/{import}/confirm")
}

/// One run.
pub fn run(run: RunId) -> String {
    format!("{RUNS}/{run}")
}

/// One layer of the heat map.
pub fn heat_map_layer(layer: LayerKind, year: i32, procedure: ProcedureKind) -> String {
    let code = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let layer = code(serde_json::json!(layer));
    let procedure = code(serde_json::json!(procedure));
    format!("{HEAT_MAP_LAYER}?layer={layer}&year={year}&procedure={procedure}")
}

/// One cell in full.
pub fn cell(organisation: OrganisationId, year: i32, subject: &str, grade: u8) -> String {
    format!("{API}/cells/{organisation}/{year}/{subject}/{grade}")
}

/// One version of a form.
pub fn form(form: &str, version: &str) -> String {
    format!("{FORMS}/{form}/{version}")
}

/// One submission.
pub fn submission(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}")
}

/// Operations of a submission.
pub fn operations(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/operations")
}

/// Submitting a submission.
pub fn submit(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/submit")
}

/// One campaign.
pub fn campaign(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}")
}

/// Photos and files of a submission.
pub fn attachments(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/attachments")
}

/// One photo or file by its hash.
pub fn attachment(submission: SubmissionId, hash: &str) -> String {
    format!("{SUBMISSIONS}/{submission}/attachments/{hash}")
}

/// Its bytes from an offset on.
pub fn attachment_chunk(submission: SubmissionId, hash: &str, offset: u64) -> String {
    format!("{SUBMISSIONS}/{submission}/attachments/{hash}/chunks/{offset}")
}
