//! The flat table of all routes: method, path, who may call, handler.

use std::time::Duration;

use api::management::programme::MAX_ROADMAP_BYTES;
use api::registry::table_import::MAX_TABLE_BYTES;
use api::results::import::MAX_FILE_BYTES;
use axum::extract::DefaultBodyLimit;
use axum::routing::MethodRouter;
use utoipa::openapi::path::Paths;
use utoipa_axum::routes;

use super::access::{account, audit, entry, invitation, permission, person, role, session, setup};
use super::assessment::{
    agreement, approval, background, campaign, campaign_reminder, campaign_result, evidence,
    expert, mechanism, protocol,
};
use super::forms::{attachment, comment, form, form_draft, presence, submission};
use super::live;
use super::management::{case, programme, programme_line, review, support};
use super::observation::{act, colleague, day, declaration, observer, request, staffing, training};
use super::operation::{first_hour, health, system};
use super::papers::{document, file, report};
use super::procedures::{assignment, batch, calendar, event, procedure, readiness};
use super::registry::{organisation, organisation_import};
use super::results::{
    cell, cell_summary, dynamics, heat_map, import, indicator, low_result, map_layer, run,
};
use super::schools::{school_change, school_context, school_profile};
use super::state::AppState;
use crate::auth::Permission;

/// Who may call a route. The handler itself checks; the table is what the tests hold it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Everybody; the list of such routes stands in the access test as well.
    Public,
    /// Everybody who is signed in: about oneself, and what is no secret inside.
    SignedIn,
    /// Whoever has this permission.
    Needs(Permission),
}

/// Body accepted where nothing larger is said, bytes.
const BODY_BYTES: usize = 64 * 1024;
/// Largest chunk of a photo; the handler says it more exactly.
const CHUNK_BODY: usize = 512 * 1_024;
/// Body of a batch of operations, bytes: a thousand answers with long notes.
const OPERATIONS_BYTES: usize = 8 * 1024 * 1024;
/// Body of a document, bytes: a little more than is kept, so that the refusal says what to do.
const DOCUMENT_BYTES: usize = api::papers::document::MAX_FILE_BYTES + 64 * 1024;
/// Body of a procedure's passport, bytes: four sections of Cyrillic text.
const PASSPORT_BYTES: usize = 512 * 1024;
/// Body of changes of cells, bytes: a sheet of a form pasted whole.
const EDITS_BYTES: usize = 4 * 1024 * 1024;
/// Time a file of results may take.
const LONG: Duration = Duration::from_secs(300);
/// Time a handler may take where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(20);

/// One route with its documentation.
pub struct Route {
    /// Who may call it.
    pub guard: Guard,
    /// Path template.
    pub path: String,
    /// Method in capitals.
    pub method: &'static str,
    /// Largest body, bytes.
    pub body_bytes: usize,
    /// Longest time; none for streams.
    pub timeout: Option<Duration>,
    /// Schemas it names, and its paths of the OpenAPI document.
    pub documentation: Documentation,
    pub(super) handler: MethodRouter<AppState>,
}

/// What the OpenAPI document says of a route.
pub type Documentation = (
    Vec<(
        String,
        utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>,
    )>,
    Paths,
);

impl Route {
    fn new(
        guard: Guard,
        (schemas, paths, handler): utoipa_axum::router::UtoipaMethodRouter<AppState>,
    ) -> Self {
        let (path, item) = paths
            .paths
            .iter()
            .next()
            .expect("routes! documents its handler");
        let method = if item.get.is_some() {
            "GET"
        } else if item.post.is_some() {
            "POST"
        } else if item.put.is_some() {
            "PUT"
        } else {
            "DELETE"
        };
        Route {
            guard,
            path: path.clone(),
            method,
            body_bytes: BODY_BYTES,
            timeout: Some(TIMEOUT),
            documentation: (schemas, paths),
            handler,
        }
    }

    /// Accepts larger bodies.
    fn body(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// May take longer, or for ever.
    fn time(mut self, timeout: Option<Duration>) -> Self {
        self.timeout = timeout;
        self
    }

    /// The handler with its limit of body size.
    pub(super) fn service(&self) -> MethodRouter<AppState> {
        self.handler
            .clone()
            .layer(DefaultBodyLimit::max(self.body_bytes))
    }
}

/// Public route.
macro_rules! public {
    ($handler:path) => {
        Route::new(Guard::Public, routes!($handler))
    };
}

/// Route for everybody who is signed in.
macro_rules! signed_in {
    ($handler:path) => {
        Route::new(Guard::SignedIn, routes!($handler))
    };
}

/// Route that needs a permission.
macro_rules! needs {
    ($permission:ident, $handler:path) => {
        Route::new(Guard::Needs(Permission::$permission), routes!($handler))
    };
}

/// All routes of the API. One handler a line.
pub fn table() -> Vec<Route> {
    vec![
        public!(health::read),
        public!(session::read),
        public!(session::create),
        public!(session::delete),
        public!(session::create_demo),
        public!(session::create_invitation),
        public!(session::demo_people),
        public!(setup::read),
        public!(setup::check_code),
        public!(setup::create),
        public!(entry::read),
        public!(entry::accept),
        signed_in!(account::read),
        signed_in!(account::update),
        signed_in!(account::set_password),
        signed_in!(account::end_sessions),
        signed_in!(account::end_session),
        signed_in!(permission::list),
        needs!(FirstHourRead, first_hour::read),
        needs!(SystemRead, system::read),
        needs!(SystemUpdate, system::put_activation),
        needs!(OrganisationRead, organisation::list),
        needs!(OrganisationRead, organisation::read),
        needs!(OrganisationUpdate, organisation::update),
        needs!(OrganisationRead, organisation_import::export),
        needs!(OrganisationRead, organisation_import::template),
        needs!(OrganisationRead, organisation_import::list),
        needs!(OrganisationUpdate, organisation_import::create)
            .body(MAX_TABLE_BYTES)
            .time(Some(LONG)),
        needs!(OrganisationRead, organisation_import::read),
        needs!(OrganisationUpdate, organisation_import::undo),
        needs!(OrganisationUpdate, organisation_import::choose),
        needs!(OrganisationUpdate, organisation_import::confirm).time(Some(LONG)),
        needs!(PersonRead, person::list),
        needs!(PersonCreate, person::create),
        needs!(PersonRead, person::read),
        needs!(PersonUpdate, person::update),
        needs!(PersonUpdate, person::set_standing),
        needs!(PersonUpdate, person::end_sessions),
        needs!(PersonUpdate, person::end_session),
        needs!(RoleUpdate, role::create),
        needs!(RoleUpdate, role::delete),
        needs!(EntryCreate, entry::create),
        needs!(EntryCreate, entry::delete),
        needs!(InvitationRead, invitation::list),
        needs!(InvitationCreate, invitation::create),
        needs!(ProcedureRead, procedure::list),
        needs!(ProcedureCreate, procedure::create),
        needs!(ProcedureRead, procedure::read),
        needs!(ProcedureRead, procedure::catalogue),
        needs!(ProcedureRead, batch::list),
        needs!(EventCreate, batch::preview),
        needs!(EventCreate, batch::create).time(Some(LONG)),
        needs!(EventCreate, batch::undo),
        needs!(EventRead, event::list),
        needs!(EventCreate, event::create),
        needs!(EventRead, event::read),
        needs!(EventUpdate, event::update),
        needs!(EventChoose, event::choose),
        needs!(EventUpdate, event::cancel),
        needs!(AssignmentRead, assignment::list),
        needs!(AssignmentRead, colleague::list),
        needs!(StaffingRead, staffing::read),
        needs!(StaffingRead, staffing::candidates),
        needs!(StaffingUpdate, staffing::assign),
        needs!(StaffingUpdate, staffing::remove),
        needs!(StaffingUpdate, staffing::ask),
        needs!(StaffingUpdate, request::withdraw),
        needs!(StaffingRead, request::list),
        needs!(StaffingUpdate, request::remind),
        needs!(DeclarationRead, declaration::read),
        needs!(DeclarationUpdate, declaration::create),
        needs!(DeclarationUpdate, declaration::add_tie),
        needs!(DeclarationUpdate, declaration::remove_tie),
        needs!(ReadinessRead, readiness::read),
        needs!(ReadinessUpdate, readiness::mark),
        needs!(ReadinessUpdate, readiness::put_passport).body(PASSPORT_BYTES),
        needs!(ReadinessUpdate, readiness::put_order),
        needs!(ReadinessUpdate, readiness::put_agreement).body(PASSPORT_BYTES),
        needs!(ReadinessUpdate, readiness::put_video),
        needs!(ActRead, act::read),
        needs!(ActRead, act::docx),
        needs!(ActRead, act::pdf),
        needs!(ActSign, act::sign),
        needs!(ActExplain, act::explain),
        needs!(CaseRead, case::list),
        needs!(CaseRead, case::read),
        needs!(CaseAnswer, case::answer),
        needs!(CaseResolve, case::react),
        needs!(CaseResolve, case::resolve),
        needs!(SupportRead, support::list),
        needs!(SupportCreate, support::create),
        needs!(SupportRead, support::read),
        needs!(SupportUpdate, support::step),
        needs!(SupportRead, support::offer),
        needs!(ReviewRead, review::list),
        needs!(ReviewCreate, review::open),
        needs!(ReviewRead, review::read),
        needs!(ReviewUpdate, review::step),
        needs!(ReviewAnswer, review::answer),
        needs!(ReviewUpdate, review::marks),
        needs!(DayRead, day::read),
        needs!(DayRead, day::index),
        needs!(DayRead, day::policy),
        needs!(PolicyUpdate, day::put_policy),
        needs!(ObserverRead, observer::list),
        needs!(ObserverUpdate, observer::accredit),
        needs!(ObserverRead, observer::applications),
        needs!(ObserverUpdate, observer::decide),
        needs!(TrainingRead, training::read),
        needs!(TrainingUpdate, training::attempt),
        needs!(FormRead, form::list),
        needs!(FormRead, form::read),
        needs!(FormRead, form_draft::published_file),
        needs!(FormDraftRead, form_draft::list),
        needs!(FormDraftUpdate, form_draft::create)
            .body(api::forms::form_draft::MAX_FILE_BYTES)
            .time(Some(LONG)),
        needs!(FormDraftRead, form_draft::read),
        needs!(FormDraftUpdate, form_draft::update).body(EDITS_BYTES),
        needs!(FormDraftUpdate, form_draft::delete),
        needs!(FormDraftRead, form_draft::effect),
        needs!(FormDraftRead, form_draft::file),
        needs!(FormPublish, form_draft::publish),
        needs!(SubmissionRead, submission::list),
        needs!(SubmissionCreate, submission::create),
        needs!(SubmissionRead, submission::read),
        needs!(SubmissionUpdate, submission::put_operations).body(OPERATIONS_BYTES),
        needs!(SubmissionSubmit, submission::submit),
        needs!(SubmissionRead, attachment::list),
        needs!(SubmissionUpdate, attachment::announce),
        needs!(SubmissionUpdate, attachment::put_chunk).body(CHUNK_BODY),
        needs!(SubmissionRead, attachment::read),
        needs!(CampaignRead, campaign::list),
        needs!(CampaignRead, campaign::read),
        needs!(CampaignCreate, campaign::create),
        needs!(CampaignUpdate, campaign::update),
        needs!(CampaignUpdate, campaign::give_back),
        needs!(CampaignUpdate, campaign::extend),
        needs!(CampaignUpdate, campaign_reminder::create),
        needs!(CampaignRead, campaign_result::read),
        needs!(CampaignRead, campaign_result::workbook),
        needs!(SubmissionRead, approval::read),
        needs!(ApprovalCreate, approval::create),
        needs!(ApprovalUpdate, approval::update),
        needs!(CommentRead, comment::list),
        needs!(CommentCreate, comment::create),
        needs!(CommentRead, comment::mentions),
        needs!(SubmissionUpdate, presence::create),
        needs!(SubmissionRead, background::read),
        needs!(SubmissionRead, report::read),
        needs!(ExpertRead, expert::list),
        needs!(ExpertUpdate, expert::update),
        needs!(InterestRead, expert::own),
        needs!(InterestRead, expert::interests),
        needs!(InterestCreate, expert::declare),
        needs!(AgreementRead, agreement::list),
        needs!(AgreementRead, agreement::read),
        needs!(AgreementCreate, agreement::create),
        needs!(AgreementRead, protocol::read),
        needs!(FileCreate, file::create)
            .body(DOCUMENT_BYTES)
            .time(Some(LONG)),
        needs!(DocumentRead, document::list),
        needs!(DocumentUpdate, document::create),
        needs!(DocumentUpdate, document::archive),
        needs!(DocumentRead, document::read_file),
        needs!(EvidenceRead, evidence::list),
        needs!(EvidenceUpdate, evidence::create),
        needs!(EvidenceUpdate, evidence::remove),
        needs!(EvidenceRead, evidence::read_file),
        needs!(MechanismRead, mechanism::list),
        needs!(MechanismSubmit, mechanism::create),
        needs!(MechanismRead, mechanism::read),
        needs!(MechanismRead, mechanism::read_cell),
        needs!(MechanismUpdate, mechanism::answer_own),
        needs!(MechanismAssess, mechanism::answer_expert),
        needs!(MechanismSubmit, mechanism::answer_agreed),
        needs!(MechanismUpdate, mechanism::add_evidence),
        needs!(MechanismUpdate, mechanism::remove_evidence),
        needs!(MechanismSubmit, mechanism::submit),
        needs!(MechanismSubmit, mechanism::conclude),
        needs!(MechanismRead, mechanism::export),
        needs!(ChangeRead, school_change::overview),
        needs!(ChangeRead, school_change::read),
        needs!(ChangeUpdate, school_change::update).body(OPERATIONS_BYTES),
        needs!(ChangeRead, school_change::export),
        needs!(ChangeUpdate, school_change::import)
            .body(DOCUMENT_BYTES)
            .time(Some(LONG)),
        needs!(ChangeReport, school_change::freeze),
        needs!(ContextRead, school_context::overview),
        needs!(FindingUpdate, school_context::find),
        needs!(ContextRead, school_context::read),
        needs!(ContextUpdate, school_context::update),
        needs!(ProfileRead, school_profile::read),
        needs!(ProfileUpdate, school_profile::update),
        needs!(ProfileRead, school_profile::overview),
        needs!(CellRead, dynamics::read),
        needs!(CalendarRead, calendar::read),
        needs!(AuditRead, audit::list),
        needs!(LiveRead, live::read).time(None),
        needs!(ImportRead, import::list),
        needs!(ImportCreate, import::create)
            .body(MAX_FILE_BYTES)
            .time(Some(LONG)),
        needs!(ImportRead, import::read),
        needs!(ImportUndo, import::undo).time(Some(LONG)),
        needs!(ImportConfirm, import::confirm).time(Some(LONG)),
        needs!(ProgrammeRead, programme::list),
        needs!(ProgrammeCreate, programme::create)
            .body(MAX_ROADMAP_BYTES)
            .time(Some(LONG)),
        needs!(ProgrammeRead, programme::read),
        needs!(ProgrammeUpdate, programme::update),
        needs!(ProgrammeUpdate, programme::remove),
        needs!(ProgrammeApprove, programme::approve),
        needs!(ProgrammeReview, programme::review),
        needs!(ProgrammeRead, programme::file),
        needs!(ProgrammeRead, programme::tasks),
        needs!(ProgrammeRead, programme_line::history),
        needs!(ProgrammeUpdate, programme_line::put),
        needs!(ProgrammeUpdate, programme_line::remove),
        needs!(ProgrammeUpdate, programme_line::give_date),
        needs!(ProgrammeUpdate, programme_line::cancel_date),
        needs!(ProgrammeReport, programme_line::report),
        needs!(IndicatorRead, indicator::list),
        needs!(IndicatorUpdate, indicator::enter),
        needs!(LowResultRead, low_result::list),
        needs!(LowResultCreate, low_result::create),
        needs!(LowResultRead, low_result::read),
        needs!(RunRead, run::list),
        needs!(RunCreate, run::create),
        needs!(RunRead, run::read),
        needs!(RunRead, run::compare),
        needs!(RunCreate, run::cancel),
        needs!(HeatMapRead, heat_map::read),
        needs!(HeatMapRead, map_layer::list),
        needs!(HeatMapRead, map_layer::read),
        needs!(CellRead, cell::read),
        needs!(HeatMapRead, cell_summary::read),
    ]
}
