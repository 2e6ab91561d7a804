//! What somebody may do: the words that handlers, sessions, documents and the audit log share.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::access::session::Role;

macro_rules! permission {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What a handler asks for. Audit entries are spelled the same.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
        )]
        pub enum Permission {$(
            $(#[$doc])*
            #[serde(rename = $text)]
            $name,
        )+}

        impl Permission {
            /// All permissions.
            pub const ALL: &[Permission] = &[$(Permission::$name),+];

            /// As it stands in documents and in the audit log: `submission.update`.
            pub const fn as_str(self) -> &'static str {
                match self {$(Permission::$name => $text,)+}
            }
        }
    };
}

permission!(
    /// See the register of organisations.
    OrganisationRead = "organisation.read",
    /// Change the register of organisations.
    OrganisationUpdate = "organisation.update",
    /// See people and their roles.
    PersonRead = "person.read",
    /// Enter a person.
    PersonCreate = "person.create",
    /// Change a card, block a person, end their sessions.
    PersonUpdate = "person.update",
    /// Give a person a role, and take it.
    RoleUpdate = "role.update",
    /// Issue links by which people set a login and a password.
    EntryCreate = "entry.create",
    /// See who is invited.
    InvitationRead = "invitation.read",
    /// Invite an observer.
    InvitationCreate = "invitation.create",
    /// See procedures.
    ProcedureRead = "procedure.read",
    /// Plan procedures.
    ProcedureCreate = "procedure.create",
    /// See events.
    EventRead = "event.read",
    /// Plan events.
    EventCreate = "event.create",
    /// Choose the day of an event within its window.
    EventChoose = "event.choose",
    /// Move an event or call it off.
    EventUpdate = "event.update",
    /// See who takes part in an event, and who could.
    StaffingRead = "staffing.read",
    /// Give people parts in an event, and take them back.
    StaffingUpdate = "staffing.update",
    /// See what an event still needs.
    ReadinessRead = "readiness.read",
    /// Keep passports, orders and agreements; mark an event as ready.
    ReadinessUpdate = "readiness.update",
    /// See the parts offered to oneself, and one's own ties.
    DeclarationRead = "declaration.read",
    /// Declare one's own interests.
    DeclarationUpdate = "declaration.update",
    /// Read acts.
    ActRead = "act.read",
    /// Sign the act of one's own sheet.
    ActSign = "act.sign",
    /// Explain to an act for one's own school.
    ActExplain = "act.explain",
    /// See cases.
    CaseRead = "case.read",
    /// Explain in a case of one's own school.
    CaseAnswer = "case.answer",
    /// Write in a case and close it.
    CaseResolve = "case.resolve",
    /// See the board of a day and the observation index.
    DayRead = "day.read",
    /// Set the terms of observation.
    PolicyUpdate = "policy.update",
    /// See the register of observers and applications.
    ObserverRead = "observer.read",
    /// Keep the register of observers.
    ObserverUpdate = "observer.update",
    /// Read the course for observers.
    TrainingRead = "training.read",
    /// Take the quiz for observers.
    TrainingUpdate = "training.update",
    /// See one's own assignments.
    AssignmentRead = "assignment.read",
    /// See imports of results.
    ImportRead = "import.read",
    /// Bring a file of results.
    ImportCreate = "import.create",
    /// Store the results of a checked file.
    ImportConfirm = "import.confirm",
    /// Undo an import whole.
    ImportUndo = "import.undo",
    /// See runs of the engine.
    RunRead = "run.read",
    /// Start a run.
    RunCreate = "run.create",
    /// See the heat map.
    HeatMapRead = "heat_map.read",
    /// See a cell in full.
    CellRead = "cell.read",
    /// See published forms.
    FormRead = "form.read",
    /// See forms being written.
    FormDraftRead = "form_draft.read",
    /// Write forms: begin, change and give up.
    FormDraftUpdate = "form_draft.update",
    /// Publish a version of a form.
    FormPublish = "form.publish",
    /// See filled forms.
    SubmissionRead = "submission.read",
    /// Open a form for filling.
    SubmissionCreate = "submission.create",
    /// Answer.
    SubmissionUpdate = "submission.update",
    /// Submit.
    SubmissionSubmit = "submission.submit",
    /// See campaigns.
    CampaignRead = "campaign.read",
    /// Announce a campaign.
    CampaignCreate = "campaign.create",
    /// Change a campaign, give a school more time, give a self-assessment back.
    CampaignUpdate = "campaign.update",
    /// Approve a self-assessment with a signature.
    ApprovalCreate = "approval.create",
    /// Unlock an approved self-assessment, with a reason.
    ApprovalUpdate = "approval.update",
    /// See comments of colleagues.
    CommentRead = "comment.read",
    /// Comment a question.
    CommentCreate = "comment.create",
    /// See who may assess the schools of a campaign, and who does.
    ExpertRead = "expert.read",
    /// Give a school its expert.
    ExpertUpdate = "expert.update",
    /// See one's own expert assessments and declared interests.
    InterestRead = "interest.read",
    /// Declare an interest.
    InterestCreate = "interest.create",
    /// See a school beside its expert.
    AgreementRead = "agreement.read",
    /// Take part in the talk about a disagreement.
    AgreementCreate = "agreement.create",
    /// Bring a file for a document or a piece of evidence.
    FileCreate = "file.create",
    /// See the register of documents.
    DocumentRead = "document.read",
    /// Register documents and take them out.
    DocumentUpdate = "document.update",
    /// See evidence.
    EvidenceRead = "evidence.read",
    /// Bind evidence to questions.
    EvidenceUpdate = "evidence.update",
    /// See the assessment of mechanisms.
    MechanismRead = "mechanism.read",
    /// Assess mechanisms for the municipality.
    MechanismUpdate = "mechanism.update",
    /// Open, hand over and conclude the assessment of mechanisms.
    MechanismSubmit = "mechanism.submit",
    /// Assess mechanisms as an expert.
    MechanismAssess = "mechanism.assess",
    /// See change logs.
    ChangeRead = "change.read",
    /// Keep the change log of a school.
    ChangeUpdate = "change.update",
    /// Freeze the report of a window.
    ChangeReport = "change.report",
    /// See context passports.
    ContextRead = "context.read",
    /// Fill in a context passport.
    ContextUpdate = "context.update",
    /// Replace directions of factors by a finding of the territory.
    FindingUpdate = "finding.update",
    /// See SWOT, risks and the joined page of a school.
    ProfileRead = "profile.read",
    /// Fill in SWOT and risks.
    ProfileUpdate = "profile.update",
    /// See measures agreed with schools.
    SupportRead = "support.read",
    /// Agree on a measure with a school.
    SupportCreate = "support.create",
    /// Begin a measure, report it done, write beside it.
    SupportUpdate = "support.update",
    /// Look at the effect of a measure, or give it up.
    SupportCheck = "support.check",
    /// Decide on a penalty, where help was found to bring nothing.
    SupportPenalty = "support.penalty",
    /// See programmes and their roadmaps.
    ProgrammeRead = "programme.read",
    /// Bring a roadmap from a file.
    ProgrammeCreate = "programme.create",
    /// Change a programme and its lines.
    ProgrammeUpdate = "programme.update",
    /// Approve a programme by an order.
    ProgrammeApprove = "programme.approve",
    /// Report on a line of a roadmap.
    ProgrammeReport = "programme.report",
    /// Conclude on the effect of a block of a roadmap.
    ProgrammeReview = "programme.review",
    /// See reviews; a school sees its own once it is asked.
    ReviewRead = "review.read",
    /// Open a review of a cell.
    ReviewCreate = "review.create",
    /// Take the office's steps of a review.
    ReviewUpdate = "review.update",
    /// Explain in a review of the own school.
    ReviewAnswer = "review.answer",
    /// See indicators of the quality programme.
    IndicatorRead = "indicator.read",
    /// Enter values of indicators.
    IndicatorUpdate = "indicator.update",
    /// See identifications of schools with low results.
    LowResultRead = "low_result.read",
    /// Identify schools with low results.
    LowResultCreate = "low_result.create",
    /// See the monitoring calendar.
    CalendarRead = "calendar.read",
    /// See the audit log.
    AuditRead = "audit.read",
    /// See how far the first hour of the office has come.
    FirstHourRead = "first_hour.read",
    /// See the state of the installation.
    SystemRead = "system.read",
    /// Say that a restored copy is the working server.
    SystemUpdate = "system.update",
    /// Hear live changes.
    LiveRead = "live.read",
);
/// A permission with the roles that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PermissionHolders {
    /// The permission as it is spelled everywhere: `submission.update`.
    pub permission: String,
    /// Roles that have it inside their scope.
    pub roles: Vec<Role>,
}

/// Permissions that this program knows; a newer server may name others.
pub(crate) fn known<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Permission>, D::Error> {
    let named = Vec::<String>::deserialize(deserializer)?;
    let known = Permission::ALL.iter().copied();
    Ok(known
        .filter(|permission| named.iter().any(|name| name == permission.as_str()))
        .collect())
}
