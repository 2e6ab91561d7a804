//! Staffing of an event (расстановка): who takes part, who could, and what stands against it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::session::OrganisationLabel;
use crate::id::{AssignmentId, EventId, OrganisationId, PersonId, RequestId, TieId};
use crate::procedures::event::{AssignmentRole, Event};
use crate::text::Text;

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingEffect {
    /// Nobody can override it.
    Block,
    /// The coordinator may override it with a written reason.
    Warn,
}

/// Something that stands against a person's part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// Code of the rule, `CR-2`; absent when the circumstance is confidential.
    pub rule: Option<String>,
    /// What it does.
    pub effect: FindingEffect,
    /// The reason in plain words; names nobody else.
    pub message: Text,
}

/// Who takes part in an event and what is still open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Staffing {
    /// The event.
    pub event: Event,
    /// Parts wanted and filled.
    pub slots: Vec<Slot>,
    /// People who take part, by part and name.
    pub parts: Vec<StaffedPart>,
    /// People who were asked and have not been assigned.
    pub requests: Vec<StaffingRequest>,
    /// Where the recording of the event lies.
    pub video: Option<String>,
}

/// How many people a part wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Slot {
    /// The part.
    pub role: AssignmentRole,
    /// People wanted.
    pub wanted: u32,
    /// People assigned with nothing open against them.
    pub filled: u32,
}

/// A person's part with what stands against it now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StaffedPart {
    /// The assignment.
    pub assignment: AssignmentId,
    /// Person.
    pub person: PersonId,
    /// Name.
    pub person_name: String,
    /// Part.
    pub role: AssignmentRole,
    /// What stands against it today; ties may have been declared after the assignment.
    pub findings: Vec<Finding>,
    /// The coordinator's reason for going on in spite of a warning.
    pub override_reason: Option<String>,
    /// Has the person begun a sheet? Then the part stays.
    pub begun: bool,
}

/// A part offered to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StaffingRequest {
    /// Id.
    pub id: RequestId,
    /// Person.
    pub person: PersonId,
    /// Name.
    pub person_name: String,
    /// Part.
    pub role: AssignmentRole,
    /// When it was offered.
    pub asked_ms: i64,
    /// When the person signed the declaration for this event.
    pub declared_ms: Option<i64>,
    /// When the person said no.
    pub declined_ms: Option<i64>,
    /// When the person was last reminded.
    #[serde(default)]
    pub reminded_ms: Option<i64>,
    /// What stands against it.
    pub findings: Vec<Finding>,
}

/// An offer for an event ahead that nobody has answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpenRequest {
    /// Id.
    pub id: RequestId,
    /// Event.
    pub event: EventId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Date.
    pub date: String,
    /// Start, `HH:MM`.
    pub start: String,
    /// Name of the person.
    pub person_name: String,
    /// Part.
    pub role: AssignmentRole,
    /// When it was offered.
    pub asked_ms: i64,
    /// When the person was last reminded.
    pub reminded_ms: Option<i64>,
}

/// Most offers reminded of at once.
pub const MAX_REMINDED: usize = 500;

/// Reminds people of offers that they have not answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemindRequests {
    /// The offers.
    pub requests: Vec<RequestId>,
}

/// What is asked of the list of candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CandidateQuery {
    /// The part.
    pub role: AssignmentRole,
}

/// A person who might take a part; the free and unconflicted first, then by distance and load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Candidate {
    /// Person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Where the person lives, when known.
    pub settlement: Option<String>,
    /// Kilometres to the school in a straight line, when both places are known.
    pub distance_km: Option<f64>,
    /// Parts within two weeks before and after the event.
    pub load: u32,
    /// Another event of the person at the same time: school and start.
    pub busy: Option<[String; 2]>,
    /// Has the person signed the declaration for this event?
    pub declared: bool,
    /// What stands against the part, apart from the declaration not yet signed.
    pub findings: Vec<Finding>,
}

/// Gives a person a part, or offers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewPart {
    /// Id made by the client: of the assignment, or of the request.
    pub id: AssignmentId,
    /// Who.
    pub person: PersonId,
    /// Part.
    pub role: AssignmentRole,
    /// The coordinator's reason to override warnings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// What a person says to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// "Nothing stands against my part; I know the rules of conduct."
    Sign,
    /// "I cannot take part."
    Decline,
}

/// A declaration of interest (заявление об отсутствии заинтересованности) for one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewDeclaration {
    /// The event.
    pub event: EventId,
    /// What the person says.
    pub answer: Answer,
    /// Whose declaration on paper is recorded; absent when the caller signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Number and date of the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper_reference: Option<String>,
}

/// How close a relative is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// A child.
    Child,
    /// A close relative: grandchild, brother, sister, nephew, niece, spouse.
    CloseRelative,
}

/// A relative at a school as the person declares it. Only the person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FamilyTie {
    /// Id made by the client.
    pub id: TieId,
    /// How close.
    pub tie: Tie,
    /// The school.
    pub organisation: OrganisationId,
    /// Class of a pupil; absent for a member of the staff.
    pub class: Option<SchoolClass>,
}

/// A class: 5 «А».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SchoolClass {
    /// Grade level.
    pub grade: u8,
    /// Letter, `А`.
    pub letter: String,
}

/// What a person was asked, and what they declared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OwnDeclarations {
    /// Parts offered, by date.
    pub requests: Vec<OwnRequest>,
    /// Own ties.
    pub ties: Vec<FamilyTie>,
    /// Schools to choose from, by name.
    pub schools: Vec<OrganisationLabel>,
}

/// A part offered to the caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OwnRequest {
    /// Id.
    pub id: RequestId,
    /// Event.
    pub event: EventId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Date.
    pub date: String,
    /// Start, `HH:MM`.
    pub start: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// Letter of the class.
    pub class: String,
    /// Part.
    pub role: AssignmentRole,
    /// When the declaration was signed.
    pub declared_ms: Option<i64>,
    /// When the coordinator reminded of it.
    #[serde(default)]
    pub reminded_ms: Option<i64>,
    /// What stands against it, to the person in full.
    pub findings: Vec<Finding>,
}
