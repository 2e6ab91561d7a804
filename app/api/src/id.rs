//! Typed ids: a school's id cannot be passed where a person's is meant.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                $name(id)
            }
        }
    )+};
}

ids!(
    /// A municipality: the owner of every row.
    MunicipalityId,
    /// A school or other organisation (ОО).
    OrganisationId,
    /// A person who may sign in.
    PersonId,
    /// A procedure of assessment (процедура).
    ProcedureId,
    /// A procedure at one school on one date for one class (событие).
    EventId,
    /// Events planned at once.
    BatchId,
    /// A person's part in an event (назначение).
    AssignmentId,
    /// A personal invitation.
    InvitationId,
    /// An imported file of results.
    ImportId,
    /// A stored run of the objectivity engine.
    RunId,
    /// A campaign of self-assessment.
    CampaignId,
    /// A filled form.
    SubmissionId,
    /// A document of the register (документ).
    DocumentId,
    /// A file somebody brought.
    FileId,
    /// A piece of evidence (подтверждение).
    EvidenceId,
    /// A yearly assessment of the municipal mechanisms.
    AssessmentId,
    /// A change a school works on (запись журнала изменений).
    SchoolChangeId,
    /// An item of a SWOT sheet.
    SwotItemId,
    /// A part offered to a person.
    RequestId,
    /// A declared relative at a school.
    TieId,
    /// An order on a procedure.
    OrderId,
    /// An application to become an observer.
    ApplicationId,
    /// An attempt at the training quiz.
    AttemptId,
    /// A case opened by a critical item (карточка разбора).
    CaseId,
    /// An entry of a case's timeline, or an explanation to an act.
    EntryId,
    /// A form being written.
    FormDraftId,
    /// A measure agreed with a school (мера поддержки).
    SupportId,
    /// A review of signs (разбор).
    ReviewId,
    /// An identification of schools with low results.
    IdentificationId,
    /// A value of an indicator.
    IndicatorValueId,
    /// A role given to a person.
    GrantId,
    /// A link by which somebody begins an account.
    EntryLinkId,
    /// An import of a list of the office.
    TableImportId,
    /// A programme with its roadmap (программа).
    ProgrammeId,
    /// A heading of a roadmap.
    HeadingId,
    /// A line of a roadmap.
    LineId,
    /// A day given for a line.
    LineDateId,
    /// A report for a period of a line.
    LineReportId,
    /// A conclusion on the effect of a block of a roadmap.
    ProgrammeReviewId,
);
