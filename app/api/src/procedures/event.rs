//! Events: a procedure at one school on one date for one class (события), and who does what there.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id::{AssignmentId, EventId, OrganisationId, PersonId, ProcedureId, SubmissionId};
use crate::procedures::procedure::ProcedureKind;
use crate::text::Text;

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Id.
    pub id: EventId,
    /// Procedure.
    pub procedure: ProcedureId,
    /// Kind of the procedure.
    pub kind: ProcedureKind,
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Date.
    pub date: String,
    /// Start, `HH:MM` in the school's time.
    pub start: String,
    /// Duration in minutes.
    pub duration_minutes: u16,
    /// Subject code.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// Letter of the class, `А`.
    pub class: String,
    /// Room.
    pub room: String,
    /// Where it stands today.
    pub state: EventState,
    /// Was it called off? An event at which somebody began a sheet was held after all.
    #[serde(default)]
    pub cancelled: bool,
    /// How it was moved or called off last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<EventChange>,
    /// First and last day between which the school chooses; then the date is only the last day that is possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_days: Option<[String; 2]>,
    /// Who takes part, in the caller's scope.
    pub assignments: Vec<Assignment>,
}

/// An event to be planned, or changed when the id is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewEvent {
    /// Id made by the client.
    pub id: EventId,
    /// Procedure.
    pub procedure: ProcedureId,
    /// School.
    pub organisation: OrganisationId,
    /// Date.
    pub date: String,
    /// Start, `HH:MM` in the school's time.
    pub start: String,
    /// Duration in minutes.
    pub duration_minutes: u16,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// Letter of the class, `А`.
    pub class: String,
    /// Room.
    pub room: String,
}

/// Moves an event, or says where in the school it is; whoever takes part reads the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MoveEvent {
    /// Id of the change; repeating it is harmless.
    pub id: Uuid,
    /// Date.
    pub date: String,
    /// Start, `HH:MM` in the school's time.
    pub start: String,
    /// Duration in minutes.
    pub duration_minutes: u16,
    /// Room.
    pub room: String,
    /// Why.
    pub reason: String,
    /// Moves it although somebody who takes part is busy then.
    #[serde(default)]
    pub despite_clashes: bool,
}

/// The school chooses the day of an event within its window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChooseDay {
    /// Date.
    pub date: String,
    /// Start, `HH:MM` in the school's time.
    pub start: String,
    /// Room; may stay blank.
    pub room: String,
}

/// Calls an event off; whoever takes part reads the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CancelEvent {
    /// Id of the change; repeating it is harmless.
    pub id: Uuid,
    /// Why.
    pub reason: String,
}

/// What happened to an event that was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventChangeKind {
    /// It was moved; an event that was called off is held again.
    Moved,
    /// It was called off.
    Cancelled,
}

/// A change of an event with what stood before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventChange {
    /// What happened.
    pub kind: EventChangeKind,
    /// When.
    pub at_ms: i64,
    /// Why.
    pub reason: String,
    /// Date before.
    pub date_before: String,
    /// Start before.
    pub start_before: String,
    /// Room before.
    pub room_before: String,
}

/// Longest reason of a change, characters.
pub const MAX_REASON: usize = 1_000;

/// What is asked of the list of events; absent parts do not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventQuery {
    /// On this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Of this procedure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<ProcedureId>,
    /// At this school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    /// Not begun.
    Planned,
    /// An observer has begun to fill a sheet.
    Running,
    /// A critical item was answered as a violation.
    Alert,
    /// All sheets are submitted.
    Done,
}

/// Part of a person in an event.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentRole {
    /// Public observer.
    Observer,
    /// Organiser in the room.
    Organiser,
    /// Checker of works.
    Checker,
    /// Technical specialist.
    Technician,
    /// Municipal specialist on a visit.
    Visitor,
    /// Observer of the recording.
    VideoObserver,
    /// Expert who rechecks works.
    Expert,
    /// Member of an olympiad's jury.
    Jury,
}

/// A person's part in an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    /// Id.
    pub id: AssignmentId,
    /// Event.
    pub event: EventId,
    /// Person.
    pub person: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// Part.
    pub role: AssignmentRole,
    /// Form to fill, id and version, if the part has one.
    pub form: Option<[String; 2]>,
    /// The submission, once opened.
    pub submission: Option<SubmissionId>,
}

/// The caller's own assignment together with its event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OwnAssignment {
    /// The assignment.
    pub assignment: Assignment,
    /// The event.
    pub event: Event,
    /// Name and telephone of the coordinator.
    pub coordinator: Option<Contact>,
    /// The way there.
    #[serde(default)]
    pub way: Option<Way>,
    /// Another own part at that time that cannot be reached as well: school and start.
    #[serde(default)]
    pub clash: Option<[String; 2]>,
}

/// How to find a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Way {
    /// Full name of the school, as at its door.
    pub name: String,
    /// Town or village.
    pub settlement: String,
    /// Latitude and longitude in degrees, WGS 84.
    pub place: Option<[f64; 2]>,
}

/// Whom to call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
}
