//! Permissions, and which role has which.

use api::session::Role;

macro_rules! permission {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What a handler asks for. Audit entries are spelled the same.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission {$(
            $(#[$doc])*
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
    /// See the monitoring calendar.
    CalendarRead = "calendar.read",
    /// See the audit log.
    AuditRead = "audit.read",
    /// Hear live changes.
    LiveRead = "live.read",
);

use Permission::{
    AssignmentRead, AuditRead, CampaignRead, CellRead, EventCreate, EventRead, FormRead,
    HeatMapRead, ImportConfirm, ImportCreate, ImportRead, ImportUndo, InvitationCreate,
    InvitationRead, LiveRead, OrganisationRead, OrganisationUpdate, PersonRead, ProcedureCreate,
    ProcedureRead, RunCreate, RunRead, SubmissionCreate, SubmissionRead, SubmissionSubmit,
    SubmissionUpdate,
};
use Permission::{
    DeclarationRead, DeclarationUpdate, ReadinessRead, ReadinessUpdate, StaffingRead,
    StaffingUpdate,
};

use Permission::{
    CalendarRead, ChangeRead, ChangeReport, ChangeUpdate, ContextRead, ContextUpdate, DocumentRead,
    DocumentUpdate, EvidenceRead, EvidenceUpdate, FileCreate, FindingUpdate, MechanismAssess,
    MechanismRead, MechanismSubmit, MechanismUpdate, ProfileRead, ProfileUpdate,
};

/// What a role may do inside its scope.
///
/// # Source
/// requirements.md, "Roles × main screens". Beyond it, the manager may import, because the first
/// journey of the product is a manager with a file; an administrator sees no results.
pub const fn permissions(role: Role) -> &'static [Permission] {
    match role {
        Role::Manager => &[
            DocumentRead,
            ChangeRead,
            ContextRead,
            ProfileRead,
            CalendarRead,
            FileCreate,
            DocumentUpdate,
            EvidenceRead,
            MechanismRead,
            MechanismUpdate,
            MechanismSubmit,
            FindingUpdate,
            OrganisationRead,
            PersonRead,
            InvitationRead,
            ProcedureRead,
            EventRead,
            AssignmentRead,
            ImportRead,
            ImportCreate,
            ImportConfirm,
            ImportUndo,
            RunRead,
            RunCreate,
            HeatMapRead,
            CellRead,
            FormRead,
            SubmissionRead,
            CampaignRead,
            AuditRead,
            StaffingRead,
            ReadinessRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Coordinator => &[
            DocumentRead,
            ChangeRead,
            ContextRead,
            ProfileRead,
            CalendarRead,
            FileCreate,
            DocumentUpdate,
            EvidenceRead,
            MechanismRead,
            MechanismUpdate,
            OrganisationRead,
            OrganisationUpdate,
            PersonRead,
            InvitationRead,
            InvitationCreate,
            ProcedureRead,
            ProcedureCreate,
            EventRead,
            EventCreate,
            AssignmentRead,
            ImportRead,
            ImportCreate,
            ImportConfirm,
            ImportUndo,
            RunRead,
            RunCreate,
            HeatMapRead,
            CellRead,
            FormRead,
            SubmissionRead,
            CampaignRead,
            AuditRead,
            StaffingRead,
            StaffingUpdate,
            ReadinessRead,
            ReadinessUpdate,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Analyst => &[
            DocumentRead,
            ChangeRead,
            ContextRead,
            ProfileRead,
            CalendarRead,
            FileCreate,
            EvidenceRead,
            MechanismRead,
            MechanismUpdate,
            ContextUpdate,
            FindingUpdate,
            ProfileUpdate,
            OrganisationRead,
            ProcedureRead,
            EventRead,
            ImportRead,
            ImportCreate,
            ImportConfirm,
            ImportUndo,
            RunRead,
            RunCreate,
            HeatMapRead,
            CellRead,
            FormRead,
            SubmissionRead,
            CampaignRead,
            LiveRead,
        ],
        Role::Methodist => &[
            DocumentRead,
            ChangeRead,
            ContextRead,
            ProfileRead,
            CalendarRead,
            FileCreate,
            DocumentUpdate,
            MechanismRead,
            MechanismUpdate,
            OrganisationRead,
            ProcedureRead,
            EventRead,
            ImportRead,
            RunRead,
            HeatMapRead,
            CellRead,
            FormRead,
            CampaignRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::SchoolHead | Role::SchoolTeam => &[
            DocumentRead,
            ChangeRead,
            ContextRead,
            ProfileRead,
            CalendarRead,
            FileCreate,
            DocumentUpdate,
            EvidenceRead,
            EvidenceUpdate,
            ChangeUpdate,
            ChangeReport,
            ContextUpdate,
            ProfileUpdate,
            OrganisationRead,
            ProcedureRead,
            EventRead,
            HeatMapRead,
            CellRead,
            FormRead,
            SubmissionRead,
            SubmissionCreate,
            SubmissionUpdate,
            SubmissionSubmit,
            CampaignRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::SchoolCoordinator => &[
            DocumentRead,
            ChangeRead,
            ContextRead,
            ProfileRead,
            CalendarRead,
            FileCreate,
            DocumentUpdate,
            EvidenceRead,
            EvidenceUpdate,
            ChangeUpdate,
            ContextUpdate,
            ProfileUpdate,
            OrganisationRead,
            ProcedureRead,
            EventRead,
            AssignmentRead,
            HeatMapRead,
            CellRead,
            FormRead,
            SubmissionRead,
            SubmissionCreate,
            SubmissionUpdate,
            SubmissionSubmit,
            CampaignRead,
            StaffingRead,
            StaffingUpdate,
            ReadinessRead,
            ReadinessUpdate,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Observer => &[
            CalendarRead,
            EventRead,
            AssignmentRead,
            FormRead,
            SubmissionRead,
            SubmissionCreate,
            SubmissionUpdate,
            SubmissionSubmit,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Expert => &[
            ProcedureRead,
            AssignmentRead,
            DeclarationRead,
            DeclarationUpdate,
            FormRead,
            EvidenceRead,
            MechanismRead,
            MechanismAssess,
            CalendarRead,
        ],
        Role::RegisteredObserver => &[DeclarationRead, DeclarationUpdate, AssignmentRead],
        Role::RegionalReader => &[
            OrganisationRead,
            ProcedureRead,
            RunRead,
            HeatMapRead,
            FormRead,
        ],
        Role::Administrator => &[
            OrganisationRead,
            OrganisationUpdate,
            PersonRead,
            ProcedureRead,
            FormRead,
            AuditRead,
        ],
    }
}
