//! Every URL, spelled once: templates for the router, functions for whoever calls.

use crate::id::{
    ApplicationId, AssessmentId, AssignmentId, BatchId, CampaignId, CaseId, DocumentId, EventId,
    EvidenceId, FormDraftId, IdentificationId, ImportId, LineId, OrganisationId, PersonId,
    ProcedureId, ProgrammeId, RequestId, ReviewId, RunId, SubmissionId, SupportId, TableImportId,
    TieId,
};
use crate::procedures::procedure::ProcedureKind;
use crate::results::layer::LayerKind;

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
    /// `GET` is nobody here yet; `POST` founds an office by a one-time code.
    SETUP = "/api/v1/setup",
    /// `POST` says whether a one-time code holds.
    SETUP_CODE = "/api/v1/setup/code",
    /// `POST` looks at a link by which somebody begins an account; spends nothing.
    SESSION_ENTRY = "/api/v1/session/entry",
    /// `POST` sets login and password by such a link, and signs in.
    SESSION_ENTRY_ACCEPT = "/api/v1/session/entry/acceptance",
    /// `GET` one's own account; `PUT` contacts and language.
    ACCOUNT = "/api/v1/account",
    /// `PUT` one's own password.
    ACCOUNT_PASSWORD = "/api/v1/account/password",
    /// `DELETE` ends one's sessions on other devices.
    ACCOUNT_SESSIONS = "/api/v1/account/sessions",
    /// `DELETE` ends one of one's sessions.
    ACCOUNT_SESSION = "/api/v1/account/sessions/{session}",
    /// `GET` which role may do what.
    PERMISSIONS = "/api/v1/permissions",
    /// `GET` organisations in the caller's scope.
    ORGANISATIONS = "/api/v1/organisations",
    /// `GET` the organisations in the caller's scope as a workbook.
    ORGANISATIONS_FILE = "/api/v1/organisations.xlsx",
    /// `GET` imports of schools; `POST` brings a file.
    ORGANISATION_IMPORTS = "/api/v1/organisation-imports",
    /// `GET` an empty workbook with the headings.
    ORGANISATION_TEMPLATE = "/api/v1/organisation-imports/template.xlsx",
    /// `GET` one import; `DELETE` undoes it.
    ORGANISATION_IMPORT = "/api/v1/organisation-imports/{import}",
    /// `PUT` what its columns are taken for.
    ORGANISATION_IMPORT_COLUMNS = "/api/v1/organisation-imports/{import}/columns",
    /// `POST` stores its schools.
    ORGANISATION_IMPORT_CONFIRM = "/api/v1/organisation-imports/{import}/confirm",
    /// `GET`, `PUT` one organisation.
    ORGANISATION = "/api/v1/organisations/{organisation}",
    /// `GET` people and their roles; `POST` enters a person.
    PEOPLE = "/api/v1/people",
    /// `GET` everything about one person; `PUT` the card.
    PERSON = "/api/v1/people/{person}",
    /// `PUT` whether a person may sign in.
    PERSON_STANDING = "/api/v1/people/{person}/standing",
    /// `POST` gives a role.
    PERSON_ROLES = "/api/v1/people/{person}/roles",
    /// `DELETE` takes a role.
    PERSON_ROLE = "/api/v1/people/{person}/roles/{grant}",
    /// `DELETE` ends all sessions of a person.
    PERSON_SESSIONS = "/api/v1/people/{person}/sessions",
    /// `DELETE` ends one session of a person.
    PERSON_SESSION = "/api/v1/people/{person}/sessions/{session}",
    /// `POST` a link by which the person sets a login and a password.
    PERSON_ENTRIES = "/api/v1/people/{person}/entries",
    /// `DELETE` takes a link back.
    PERSON_ENTRY = "/api/v1/people/{person}/entries/{entry}",
    /// `GET`, `POST` invitations.
    INVITATIONS = "/api/v1/invitations",
    /// `GET`, `POST` procedures.
    PROCEDURES = "/api/v1/procedures",
    /// `GET` one procedure.
    PROCEDURE = "/api/v1/procedures/{procedure}",
    /// `GET` what can be planned: kinds of procedures, subjects, forms of observers.
    PROCEDURE_CATALOGUE = "/api/v1/procedure-catalogue",
    /// `POST` what planning these events would do.
    BATCH_PREVIEW = "/api/v1/procedures/{procedure}/batches/preview",
    /// `GET` events planned at once; `POST` plans events.
    BATCHES = "/api/v1/procedures/{procedure}/batches",
    /// `DELETE` takes events planned at once back.
    BATCH = "/api/v1/event-batches/{batch}",
    /// `GET`, `POST` events.
    EVENTS = "/api/v1/events",
    /// `GET` one event; `PUT` moves it.
    EVENT = "/api/v1/events/{event}",
    /// `PUT` the day that the school chose.
    EVENT_DAY = "/api/v1/events/{event}/day",
    /// `POST` calls an event off.
    EVENT_CANCELLATION = "/api/v1/events/{event}/cancellation",
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
    /// `DELETE` withdraws an offer.
    EVENT_REQUEST = "/api/v1/events/{event}/requests/{request}",
    /// `GET` offers ahead that nobody has answered.
    OPEN_REQUESTS = "/api/v1/staffing-requests",
    /// `POST` reminds those who have not answered.
    REQUEST_REMINDERS = "/api/v1/staffing-requests/reminders",
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
    /// `GET` the act of a submitted sheet.
    ACT = "/api/v1/submissions/{submission}/act",
    /// `GET` the act as a Word document.
    ACT_DOCX = "/api/v1/submissions/{submission}/act.docx",
    /// An act as a PDF.
    ACT_PDF = "/api/v1/submissions/{submission}/act.pdf",
    /// `POST` signs the act.
    ACT_SIGNATURE = "/api/v1/submissions/{submission}/signature",
    /// `POST` the school's explanation to the act.
    ACT_EXPLANATIONS = "/api/v1/submissions/{submission}/explanations",
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
    /// `GET` measures agreed with schools in the caller's scope; `POST` agrees on one.
    SUPPORTS = "/api/v1/supports",
    /// `GET` one measure with its timeline.
    SUPPORT = "/api/v1/supports/{support}",
    /// `POST` a step of a measure.
    SUPPORT_STEPS = "/api/v1/supports/{support}/steps",
    /// `GET` what may be agreed with a school, and what was.
    SUPPORT_OFFER = "/api/v1/organisations/{organisation}/supports",
    /// `GET` programmes; `POST` brings a file with a roadmap, which becomes a draft.
    PROGRAMMES = "/api/v1/programmes",
    /// `GET` one programme with its roadmap; `PUT` title and years of a draft; `DELETE` a draft.
    PROGRAMME = "/api/v1/programmes/{programme}",
    /// `POST` approves a draft by an order.
    PROGRAMME_APPROVAL = "/api/v1/programmes/{programme}/approval",
    /// `GET` the roadmap as a workbook.
    PROGRAMME_FILE = "/api/v1/programmes/{programme}/roadmap.xlsx",
    /// `GET` what happened to a line; `PUT` enters or changes it.
    PROGRAMME_LINE = "/api/v1/programmes/{programme}/lines/{line}",
    /// `POST` takes a line out.
    PROGRAMME_LINE_REMOVAL = "/api/v1/programmes/{programme}/lines/{line}/removal",
    /// `POST` gives a line a day.
    PROGRAMME_LINE_DATES = "/api/v1/programmes/{programme}/lines/{line}/dates",
    /// `DELETE` takes a given day back.
    PROGRAMME_LINE_DATE = "/api/v1/programmes/{programme}/lines/{line}/dates/{date}",
    /// `POST` reports for a period of a line.
    PROGRAMME_LINE_REPORTS = "/api/v1/programmes/{programme}/lines/{line}/reports",
    /// `POST` a conclusion on the effect of a block.
    PROGRAMME_REVIEWS = "/api/v1/programmes/{programme}/reviews",
    /// `GET` periods that wait for the caller's report.
    PROGRAMME_TASKS = "/api/v1/programme-tasks",
    /// `GET` reviews in the caller's scope; `POST` opens one.
    REVIEWS = "/api/v1/reviews",
    /// `GET` one review with its timeline.
    REVIEW = "/api/v1/reviews/{review}",
    /// `POST` a step of a review.
    REVIEW_STEPS = "/api/v1/reviews/{review}/steps",
    /// `POST` the school's explanation in a review.
    REVIEW_ANSWERS = "/api/v1/reviews/{review}/answers",
    /// `POST` second marks of a recheck.
    REVIEW_MARKS = "/api/v1/reviews/{review}/marks",
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
    /// `GET` what other observers at the same event answered.
    COLLEAGUES = "/api/v1/assignments/{assignment}/colleagues",
    /// `GET` imports; `POST` a file of results.
    IMPORTS = "/api/v1/imports",
    /// `GET` one import with its preview and problems; `DELETE` undoes it whole.
    IMPORT = "/api/v1/imports/{import}",
    /// `POST` confirms an import.
    IMPORT_CONFIRM = "/api/v1/imports/{import}/confirm",
    /// `GET` indicators with their values; `POST` enters a value.
    INDICATORS = "/api/v1/indicators",
    /// `GET` identifications of schools with low results; `POST` makes one.
    LOW_RESULTS = "/api/v1/low-results",
    /// `GET` one identification with its schools.
    LOW_RESULT = "/api/v1/low-results/{identification}",
    /// `GET` runs; `POST` starts one.
    RUNS = "/api/v1/runs",
    /// `GET` one run; `DELETE` stops one that is not done.
    RUN = "/api/v1/runs/{run}",
    /// `GET` what a run says otherwise than another.
    RUN_COMPARISON = "/api/v1/runs/{run}/comparison/{before}",
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
    /// `GET` a cell in short: state, number and reasons, no marks and no scores.
    CELL_SUMMARY = "/api/v1/cells/{organisation}/{year}/{subject}/{grade}/summary",
    /// `GET` published forms.
    FORMS = "/api/v1/forms",
    /// `GET` one version of a form as a document.
    FORM = "/api/v1/forms/{form}/{version}",
    /// `GET` one version of a form as a file: `xlsx`, `xform` or `json`.
    FORM_FILE = "/api/v1/forms/{form}/{version}/files/{format}",
    /// `GET` forms being written; `POST` a workbook to begin one.
    FORM_DRAFTS = "/api/v1/form-drafts",
    /// `GET` one with its cells, problems and form; `PUT` changes of cells; `DELETE` gives it up.
    FORM_DRAFT = "/api/v1/form-drafts/{draft}",
    /// `GET` what publishing would change, and for whom.
    FORM_DRAFT_EFFECT = "/api/v1/form-drafts/{draft}/effect",
    /// `GET` it as a file: `xlsx`, `xform` or `json`.
    FORM_DRAFT_FILE = "/api/v1/form-drafts/{draft}/files/{format}",
    /// `POST` publishes a version.
    FORM_DRAFT_PUBLISH = "/api/v1/form-drafts/{draft}/publish",
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
    /// `GET` schools by domains.
    CAMPAIGN_RESULTS = "/api/v1/campaigns/{campaign}/results",
    /// `GET` schools by domains as a workbook.
    CAMPAIGN_WORKBOOK = "/api/v1/campaigns/{campaign}/results.xlsx",
    /// `POST` gives a school's self-assessment back to its team.
    CAMPAIGN_RETURN = "/api/v1/campaigns/{campaign}/schools/{organisation}/return",
    /// `POST` gives a school more time.
    CAMPAIGN_EXTENSION = "/api/v1/campaigns/{campaign}/schools/{organisation}/extension",
    /// `POST` reminds schools that have not handed over.
    CAMPAIGN_REMINDERS = "/api/v1/campaigns/{campaign}/reminders",
    /// `GET` who may assess the schools, and who does.
    CAMPAIGN_EXPERTS = "/api/v1/campaigns/{campaign}/experts",
    /// `PUT` the expert of a school.
    CAMPAIGN_EXPERT = "/api/v1/campaigns/{campaign}/experts/{organisation}",
    /// `GET` how far schools and experts agree.
    EXPERT_AGREEMENTS = "/api/v1/campaigns/{campaign}/agreements",
    /// `GET` a school beside its expert; `POST` an entry of the talk.
    EXPERT_AGREEMENT = "/api/v1/campaigns/{campaign}/agreements/{organisation}",
    /// `GET` the protocol of the talk as a document.
    PROTOCOL = "/api/v1/campaigns/{campaign}/agreements/{organisation}/protocol.docx",
    /// `GET` the caller's own expert assessments.
    EXPERT_ASSESSMENTS = "/api/v1/expert-assessments",
    /// `GET`, `POST` the caller's own declared interests.
    INTERESTS = "/api/v1/interests",
    /// `GET` where a self-assessment stands and what led there.
    STANDING = "/api/v1/submissions/{submission}/standing",
    /// `POST` approves and locks.
    APPROVAL = "/api/v1/submissions/{submission}/approval",
    /// `POST` unlocks, or gives back to the team.
    UNLOCK = "/api/v1/submissions/{submission}/unlock",
    /// `GET`, `POST` comments of colleagues.
    COMMENTS = "/api/v1/submissions/{submission}/comments",
    /// `POST` says where the caller is.
    PRESENCE = "/api/v1/submissions/{submission}/presence",
    /// `GET` last time's answers and what the data say.
    BACKGROUND = "/api/v1/submissions/{submission}/background",
    /// `GET` the profile of a self-assessment as a document.
    REPORT = "/api/v1/submissions/{submission}/report.docx",
    /// `GET` open talks in which the caller is asked.
    MENTIONS = "/api/v1/mentions",
    /// `POST` a file for a document or a piece of evidence.
    FILES = "/api/v1/files",
    /// `GET` the register of documents; `POST` adds to it.
    DOCUMENTS = "/api/v1/documents",
    /// `DELETE` takes a document out of the register.
    DOCUMENT = "/api/v1/documents/{document}",
    /// `GET` the file of a document.
    DOCUMENT_FILE = "/api/v1/documents/{document}/file",
    /// `GET`, `POST` evidence of a submission.
    SUBMISSION_EVIDENCE = "/api/v1/submissions/{submission}/evidence",
    /// `DELETE` one piece of it.
    SUBMISSION_EVIDENCE_ONE = "/api/v1/submissions/{submission}/evidence/{evidence}",
    /// `GET` the file of a piece of evidence.
    EVIDENCE_FILE = "/api/v1/evidence/{evidence}/file",
    /// `GET` assessments of the municipal mechanisms; `POST` opens one.
    MECHANISMS = "/api/v1/mechanisms",
    /// `GET` the matrix of one assessment.
    MECHANISM_MATRIX = "/api/v1/mechanisms/{assessment}",
    /// `GET` one cell with its history.
    MECHANISM_CELL = "/api/v1/mechanisms/{assessment}/cells/{cell}",
    /// `PUT` the municipality's own level.
    MECHANISM_OWN = "/api/v1/mechanisms/{assessment}/cells/{cell}/self",
    /// `PUT` the expert's level.
    MECHANISM_EXPERT = "/api/v1/mechanisms/{assessment}/cells/{cell}/expert",
    /// `PUT` the agreed level, or an objection.
    MECHANISM_AGREED = "/api/v1/mechanisms/{assessment}/cells/{cell}/agreed",
    /// `POST` evidence of a cell.
    MECHANISM_EVIDENCE = "/api/v1/mechanisms/{assessment}/evidence",
    /// `DELETE` one piece of it.
    MECHANISM_EVIDENCE_ONE = "/api/v1/mechanisms/{assessment}/evidence/{evidence}",
    /// `POST` hands the self-assessment over to the expert.
    MECHANISM_SUBMIT = "/api/v1/mechanisms/{assessment}/submit",
    /// `POST` concludes the assessment.
    MECHANISM_CONCLUDE = "/api/v1/mechanisms/{assessment}/conclude",
    /// `GET` the matrix as a workbook.
    MECHANISM_EXPORT = "/api/v1/mechanisms/{assessment}/export",
    /// `GET` change logs of all schools in scope, in numbers.
    CHANGES = "/api/v1/changes",
    /// `GET`, `PUT` the change log of a school.
    SCHOOL_CHANGES = "/api/v1/organisations/{organisation}/changes",
    /// `GET` it as a workbook.
    SCHOOL_CHANGES_EXPORT = "/api/v1/organisations/{organisation}/changes/export",
    /// `POST` a workbook.
    SCHOOL_CHANGES_IMPORT = "/api/v1/organisations/{organisation}/changes/import",
    /// `POST` freezes the report of a window.
    SCHOOL_CHANGE_REPORTS = "/api/v1/organisations/{organisation}/change-reports",
    /// `GET` context of all schools in scope.
    CONTEXT = "/api/v1/context",
    /// `PUT` directions of factors as found in this territory.
    CONTEXT_FINDING = "/api/v1/context/finding",
    /// `GET`, `PUT` the context passport of a school.
    SCHOOL_CONTEXT = "/api/v1/organisations/{organisation}/context",
    /// `GET`, `PUT` SWOT sheet and risk profile of a school.
    SCHOOL_PROFILE = "/api/v1/organisations/{organisation}/profile",
    /// `GET` everything known of a school.
    SCHOOL_OVERVIEW = "/api/v1/organisations/{organisation}/overview",
    /// `GET` results of a school by year.
    SCHOOL_DYNAMICS = "/api/v1/organisations/{organisation}/dynamics",
    /// `GET` the monitoring calendar.
    CALENDAR = "/api/v1/calendar",
    /// `GET` the audit log.
    AUDIT = "/api/v1/audit",
    /// `GET` server-sent events.
    LIVE = "/api/v1/live",
    /// `GET` is the server alive; no permission.
    HEALTH = "/api/v1/health",
    /// The state of the installation.
    SYSTEM = "/api/v1/system",
    /// A restored copy is called the working server.
    SYSTEM_ACTIVATION = "/api/v1/system/activation",
    /// How far the first hour of an office has come.
    FIRST_HOUR = "/api/v1/first-hour",
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
    /// Public page: documents that the municipality has published.
    PUBLIC_DOCUMENTS = "/documents",
    /// The public methodology page.
    PUBLIC_METHODOLOGY = "/methodology",
    /// The public page on why honest assessment matters.
    PUBLIC_PURPOSE = "/purpose",
    /// The public page on observing, with the application form; `POST` applies.
    PUBLIC_OBSERVERS = "/observers",
    /// The public check of a certificate by its number.
    PUBLIC_CERTIFICATES = "/certificates",
    /// The page where somebody sets login and password; the token stands after `#`, so it reaches no log.
    WORK_ENTRY = "/app/entry",
    /// The entry by invitation in the work area; the token stands after `#`, so it reaches no log.
    WORK_INVITATION = "/app/invitation",
);

/// One organisation.
pub fn organisation(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}")
}

/// An import of schools.
pub fn organisation_import(import: TableImportId) -> String {
    format!("{ORGANISATION_IMPORTS}/{import}")
}

/// One person.
pub fn person(person: PersonId) -> String {
    format!("{PEOPLE}/{person}")
}

/// Something of a person: the last part of [`PERSON_STANDING`], [`PERSON_ROLES`] and their neighbours.
pub fn of_person(person: PersonId, what: &str) -> String {
    format!("{PEOPLE}/{person}/{what}")
}

/// One of one's own sessions.
pub fn account_session(session: &str) -> String {
    format!("{ACCOUNT_SESSIONS}/{session}")
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

/// An offer of a part.
pub fn event_request(event: EventId, request: RequestId) -> String {
    format!("{EVENTS}/{event}/requests/{request}")
}

/// One procedure.
pub fn procedure(procedure: ProcedureId) -> String {
    format!("{PROCEDURES}/{procedure}")
}

/// Events planned at once.
pub fn batch(batch: BatchId) -> String {
    BATCH.replace("{batch}", &batch.to_string())
}

/// Something of a procedure: its passport or its orders.
pub fn of_procedure(procedure: ProcedureId, what: &str) -> String {
    format!("{PROCEDURES}/{procedure}/{what}")
}

/// A tie of the caller.
pub fn tie(tie: TieId) -> String {
    format!("{TIES}/{tie}")
}

/// Something of a submission: its act, the signature, explanations.
pub fn of_submission(submission: SubmissionId, what: &str) -> String {
    format!("{SUBMISSIONS}/{submission}/{what}")
}

/// One case.
pub fn case(case: CaseId) -> String {
    format!("{CASES}/{case}")
}

/// One measure agreed with a school.
pub fn support(support: SupportId) -> String {
    format!("{SUPPORTS}/{support}")
}

/// One programme.
pub fn programme(programme: ProgrammeId) -> String {
    format!("{PROGRAMMES}/{programme}")
}

/// Something of a programme: its approval, conclusions, the file.
pub fn of_programme(programme: ProgrammeId, what: &str) -> String {
    format!("{PROGRAMMES}/{programme}/{what}")
}

/// A line of a programme.
pub fn programme_line(programme: ProgrammeId, line: LineId) -> String {
    format!("{PROGRAMMES}/{programme}/lines/{line}")
}

/// Something of a line: its days, reports, its removal.
pub fn of_programme_line(programme: ProgrammeId, line: LineId, what: &str) -> String {
    format!("{PROGRAMMES}/{programme}/lines/{line}/{what}")
}

/// Steps of a measure.
pub fn support_steps(support: SupportId) -> String {
    format!("{SUPPORTS}/{support}/steps")
}

/// What may be agreed with a school.
pub fn support_offer(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/supports")
}

/// One review.
pub fn review(review: ReviewId) -> String {
    format!("{REVIEWS}/{review}")
}

/// Steps of a review.
pub fn review_steps(review: ReviewId) -> String {
    format!("{REVIEWS}/{review}/steps")
}

/// The school's explanations in a review.
pub fn review_answers(review: ReviewId) -> String {
    format!("{REVIEWS}/{review}/answers")
}

/// Second marks of a recheck.
pub fn review_marks(review: ReviewId) -> String {
    format!("{REVIEWS}/{review}/marks")
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

/// Path of [`RUN_COMPARISON`].
pub fn run_comparison(run: RunId, before: RunId) -> String {
    format!("{RUNS}/{run}/comparison/{before}")
}

/// Path of [`LOW_RESULT`].
pub fn low_result(identification: IdentificationId) -> String {
    format!("{LOW_RESULTS}/{identification}")
}

/// One layer of the heat map.
pub fn heat_map_layer(layer: LayerKind, year: i32, procedure: ProcedureKind) -> String {
    let code = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let layer = code(serde_json::json!(layer));
    let procedure = code(serde_json::json!(procedure));
    format!("{HEAT_MAP_LAYER}?layer={layer}&year={year}&procedure={procedure}")
}

/// Reminders of a campaign.
pub fn campaign_reminders(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/reminders")
}

/// A cell in short.
pub fn cell_summary(organisation: OrganisationId, year: i32, subject: &str, grade: u8) -> String {
    format!("{}/summary", cell(organisation, year, subject, grade))
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

/// Results of a campaign.
pub fn campaign_results(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/results")
}

/// Results of a campaign as a workbook.
pub fn campaign_workbook(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/results.xlsx")
}

/// Giving a school's self-assessment back.
pub fn campaign_return(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/schools/{organisation}/return")
}

/// More time for a school.
pub fn campaign_extension(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/schools/{organisation}/extension")
}

/// Who may assess the schools of a campaign.
pub fn campaign_experts(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/experts")
}

/// The expert of a school.
pub fn campaign_expert(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/experts/{organisation}")
}

/// How far schools and experts of a campaign agree.
pub fn agreements(campaign: CampaignId) -> String {
    format!("{CAMPAIGNS}/{campaign}/agreements")
}

/// A school beside its expert.
pub fn agreement(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/agreements/{organisation}")
}

/// The protocol of a school and its expert.
pub fn protocol(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{CAMPAIGNS}/{campaign}/agreements/{organisation}/protocol.docx")
}

/// Where a self-assessment stands.
pub fn standing(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/standing")
}

/// Approving a self-assessment.
pub fn approval(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/approval")
}

/// Unlocking a self-assessment.
pub fn unlock(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/unlock")
}

/// Comments of colleagues.
pub fn comments(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/comments")
}

/// Saying where one is.
pub fn presence(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/presence")
}

/// What is known beside a self-assessment.
pub fn background(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/background")
}

/// The profile of a self-assessment as a document.
pub fn report(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/report.docx")
}

/// One document.
pub fn document(document: DocumentId) -> String {
    format!("{DOCUMENTS}/{document}")
}

/// The file of a document.
pub fn document_file(document: DocumentId) -> String {
    format!("{DOCUMENTS}/{document}/file")
}

/// Evidence of a submission.
pub fn submission_evidence(submission: SubmissionId) -> String {
    format!("{SUBMISSIONS}/{submission}/evidence")
}

/// The file of a piece of evidence.
pub fn evidence_file(evidence: EvidenceId) -> String {
    format!("{API}/evidence/{evidence}/file")
}

/// The matrix of an assessment.
pub fn mechanism_matrix(assessment: AssessmentId) -> String {
    format!("{MECHANISMS}/{assessment}")
}

/// A cell of the matrix; with `/self`, `/expert` or `/agreed` after it, one side of the cell.
pub fn mechanism_cell(assessment: AssessmentId, cell: &str) -> String {
    format!("{MECHANISMS}/{assessment}/cells/{cell}")
}

/// Evidence of an assessment.
pub fn mechanism_evidence(assessment: AssessmentId) -> String {
    format!("{MECHANISMS}/{assessment}/evidence")
}

/// The change log of a school.
pub fn school_changes(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/changes")
}

/// Reports of a school.
pub fn school_change_reports(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/change-reports")
}

/// The context passport of a school.
pub fn school_context(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/context")
}

/// SWOT sheet and risk profile of a school.
pub fn school_profile(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/profile")
}

/// Everything known of a school.
pub fn school_overview(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/overview")
}

/// Results of a school by year.
pub fn school_dynamics(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}/dynamics")
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

/// A version of a form as a file.
pub fn form_file(form: &str, version: &str, format: &str) -> String {
    format!("{FORMS}/{form}/{version}/files/{format}")
}

/// A form being written.
pub fn form_draft(draft: FormDraftId) -> String {
    format!("{FORM_DRAFTS}/{draft}")
}

/// What publishing a form being written would change.
pub fn form_draft_effect(draft: FormDraftId) -> String {
    format!("{FORM_DRAFTS}/{draft}/effect")
}

/// A form being written as a file.
pub fn form_draft_file(draft: FormDraftId, format: &str) -> String {
    format!("{FORM_DRAFTS}/{draft}/files/{format}")
}

/// Publishing a form being written.
pub fn form_draft_publish(draft: FormDraftId) -> String {
    format!("{FORM_DRAFTS}/{draft}/publish")
}

/// What other observers at the event of an assignment answered.
pub fn colleagues(assignment: AssignmentId) -> String {
    format!("{ASSIGNMENTS}/{assignment}/colleagues")
}
