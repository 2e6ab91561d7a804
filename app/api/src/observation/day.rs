//! The board of a procedure's day (день проведения), and the terms a municipality sets.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EventId, OrganisationId};
use crate::procedures::event::EventState;
use crate::procedures::procedure::ProcedureKind;
use crate::text::Text;

/// Which day is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayQuery {
    /// Date; today in the municipality when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// The board of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DayBoard {
    /// Date shown.
    pub date: String,
    /// Is it today in the municipality?
    pub is_today: bool,
    /// Nearest days with events before and after.
    pub neighbours: [Option<String>; 2],
    /// Now by the server's clock, to count silence from.
    pub now_ms: i64,
    /// Terms in force.
    pub policy: Policy,
    /// Sites by start and school.
    pub sites: Vec<DaySite>,
}

/// A site of the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DaySite {
    /// Event.
    pub event: EventId,
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Kind of the procedure.
    pub kind: ProcedureKind,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// Letter of the class.
    pub class: String,
    /// Start, `HH:MM`.
    pub start: String,
    /// Start as an instant.
    pub start_ms: i64,
    /// End as an instant.
    pub end_ms: i64,
    /// Where it stands.
    pub state: EventState,
    /// Observers with a part.
    pub observers: u32,
    /// Sheets begun.
    pub sheets: u32,
    /// Sheets submitted.
    pub submitted: u32,
    /// Questions answered and to answer, over the sheets begun.
    pub answered: [u32; 2],
    /// Last sign of life of its sheets.
    pub last_ms: Option<i64>,
}

/// Terms of observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Policy {
    /// Minutes without a sign of life after which a running site is shown as silent.
    pub silent_minutes: u32,
    /// Days a school has to explain.
    pub explanation_days: u32,
    /// Hours after an event in which a sheet is in time.
    pub report_hours: u32,
}

/// What is asked of the observation index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndexQuery {
    /// Calendar year of the procedures; the newest with sheets when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// The observation index (индекс наблюдения) by the instruments' rules: event, school, municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ObservationIndex {
    /// Year shown.
    pub year: i32,
    /// Mean of the schools' indices, 0–1; absent without sheets. For those who see the whole municipality.
    pub municipality: Option<f64>,
    /// Events of the year within reach, and of them observed.
    pub events: u32,
    /// Events with a submitted sheet.
    pub observed: u32,
    /// Schools with sheets, by name.
    pub schools: Vec<SchoolIndex>,
}

/// The index of a school: the mean of its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolIndex {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub organisation_name: String,
    /// 0–1.
    pub index: f64,
    /// Its events, by date.
    pub events: Vec<EventIndex>,
}

/// The index of an event: the mean of its sheets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventIndex {
    /// Event.
    pub event: EventId,
    /// Date.
    pub date: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// 0–1.
    pub index: f64,
    /// Sheets submitted.
    pub sheets: u32,
    /// Critical items reported.
    pub critical: u32,
}
