//! Events planned in bulk: one procedure at many schools, for many classes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{BatchId, OrganisationId, ProcedureId};
use crate::text::Text;

/// Most events planned at once.
pub const MOST_EVENTS: usize = 3_000;

/// Events to be planned: schools × grades × letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewBatch {
    /// Id made by the client; repeating it is harmless.
    pub id: BatchId,
    /// Schools.
    pub schools: Vec<OrganisationId>,
    /// Subject code.
    pub subject: String,
    /// Grade levels; a school gets those that it teaches.
    pub grades: Vec<u8>,
    /// Letters of classes; none means one event for all classes of the grade.
    pub letters: Vec<String>,
    /// First and last day. One day is fixed; of several the school chooses one.
    pub days: [String; 2],
    /// Start, `HH:MM` in the school's time.
    pub start: String,
    /// Duration in minutes.
    pub duration_minutes: u16,
    /// Room; may stay blank.
    #[serde(default)]
    pub room: String,
}

/// What planning would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchPreview {
    /// Events that would be new, school by school.
    pub schools: Vec<SchoolOutline>,
    /// How many events would be new.
    pub new: u32,
    /// How many exist already and are left as they are.
    pub existing: u32,
    /// Schools that teach none of the grades.
    pub not_taught: Vec<String>,
    /// What is worth a look before it is confirmed.
    pub warnings: Vec<Text>,
}

/// What a school gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SchoolOutline {
    /// School.
    pub organisation: OrganisationId,
    /// Its short name.
    pub name: String,
    /// Classes that get an event: grade level and letter, blank for all classes of the grade.
    pub new: Vec<(u8, String)>,
    /// Classes that have one already.
    pub existing: Vec<(u8, String)>,
}

/// Events that were planned at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Batch {
    /// Id.
    pub id: BatchId,
    /// Procedure.
    pub procedure: ProcedureId,
    /// Who planned them.
    pub person_name: String,
    /// When.
    pub at_ms: i64,
    /// How many events.
    pub planned: u32,
    /// Subject.
    pub subject_name: Text,
    /// Grade levels.
    pub grades: Vec<u8>,
    /// First and last day.
    pub days: [String; 2],
    /// Events of it at which something was done since: it cannot be undone then.
    pub touched: u32,
    /// When it was undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_ms: Option<i64>,
}
