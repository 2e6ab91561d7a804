//! Readiness of an event (готовность): what must be in place before the day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EventId, OrderId, OrganisationId, ProcedureId};
use crate::text::Text;

/// The four obligatory sections of a procedure's passport (паспорт процедуры).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PassportSection {
    /// Sound concept and quality of the materials.
    Concept,
    /// Uniform organisational and technological solutions, protection of information.
    Uniformity,
    /// Qualified specialists at every stage.
    Specialists,
    /// No conflict of interest.
    Impartiality,
}

/// A step before the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessStep {
    /// All sections of the passport are filled.
    Passport,
    /// The municipality's order on the procedure.
    MunicipalOrder,
    /// The school's order.
    SchoolOrder,
    /// The checkers agreed on the approach to marking.
    Marking,
    /// Every part is filled and nothing stands against anybody.
    Staffing,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReadinessLine {
    /// The step.
    pub step: ReadinessStep,
    /// Is it done?
    pub done: bool,
    /// What is there or what is missing, in plain words.
    pub detail: Text,
}

/// Readiness of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Readiness {
    /// The event.
    pub event: EventId,
    /// Steps in their order.
    pub lines: Vec<ReadinessLine>,
    /// The passport as it is, section by section.
    pub passport: Vec<PassportPart>,
    /// Orders on the procedure: the municipality's and this school's.
    pub orders: Vec<Order>,
    /// The agreed approach to marking.
    pub agreement: Option<MarkingAgreement>,
    /// Who marked the event as ready, and with which gaps.
    pub ready: Option<Ready>,
}

/// A section of the passport.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PassportPart {
    /// Section.
    pub section: PassportSection,
    /// What it says; blank when it is not filled.
    pub content: String,
}

/// The passport of a procedure, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReadinessPassport)]
pub struct Passport {
    /// Sections that change.
    pub parts: Vec<PassportPart>,
}

/// An order (приказ) on a procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// Id made by the client.
    pub id: OrderId,
    /// Procedure.
    pub procedure: ProcedureId,
    /// The school that gave it; the municipality when absent.
    pub organisation: Option<OrganisationId>,
    /// Number.
    pub number: String,
    /// Date.
    pub date: String,
    /// Title.
    pub title: String,
}

/// A record of the agreed approach to marking (согласование подходов к проверке).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MarkingAgreement {
    /// Date.
    pub date: String,
    /// Who took part.
    pub participants: String,
    /// What was decided.
    pub decisions: String,
}

/// The event is marked as ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ready {
    /// When.
    pub at_ms: i64,
    /// Name of who decided.
    pub person_name: String,
    /// Steps that were open.
    pub gaps: Vec<ReadinessStep>,
    /// Why the event goes on without them.
    pub reason: Option<String>,
}

/// Marks an event as ready.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MarkReady {
    /// Why the event goes on with open steps; needed when there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Where the recording of an event lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Video {
    /// A link beginning with `https://`, or words about where it is kept; blank to remove.
    pub reference: String,
}
