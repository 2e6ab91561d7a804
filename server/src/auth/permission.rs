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
    CaseAnswer, CaseRead, CaseResolve, DayRead, ObserverRead, ObserverUpdate, PolicyUpdate,
    TrainingRead, TrainingUpdate,
};
use Permission::{
    DeclarationRead, DeclarationUpdate, ReadinessRead, ReadinessUpdate, StaffingRead,
    StaffingUpdate,
};

/// What a role may do inside its scope.
///
/// # Source
/// requirements.md, "Roles × main screens". Beyond it, the manager may import, because the first
/// journey of the product is a manager with a file; an administrator sees no results.
pub const fn permissions(role: Role) -> &'static [Permission] {
    match role {
        Role::Manager => &[
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
            CaseRead,
            DayRead,
            ObserverRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Coordinator => &[
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
            CaseRead,
            CaseResolve,
            DayRead,
            PolicyUpdate,
            ObserverRead,
            ObserverUpdate,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Analyst => &[
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
            DayRead,
            LiveRead,
        ],
        Role::Methodist => &[
            OrganisationRead,
            ProcedureRead,
            EventRead,
            ImportRead,
            RunRead,
            HeatMapRead,
            CellRead,
            FormRead,
            CampaignRead,
            DayRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::SchoolHead => &[
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
            CaseRead,
            CaseAnswer,
            DayRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::SchoolTeam => &[
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
            CaseRead,
            CaseAnswer,
            DayRead,
            DeclarationRead,
            DeclarationUpdate,
            LiveRead,
        ],
        Role::Observer => &[
            EventRead,
            AssignmentRead,
            FormRead,
            SubmissionRead,
            SubmissionCreate,
            SubmissionUpdate,
            SubmissionSubmit,
            CaseRead,
            TrainingRead,
            TrainingUpdate,
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
        ],
        Role::RegisteredObserver => &[
            AssignmentRead,
            DeclarationRead,
            DeclarationUpdate,
            TrainingRead,
            TrainingUpdate,
        ],
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
