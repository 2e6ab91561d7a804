//! A school beside its own past and beside similar schools (динамика).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::OrganisationId;
use crate::procedures::procedure::ProcedureKind;
use crate::results::heat_map::CellState;
use crate::text::Text;

/// Results of a school by work and year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolDynamics {
    /// School.
    pub organisation: OrganisationId,
    /// Works that the school wrote in any year, in the order of the map's columns.
    pub works: Vec<WorkDynamics>,
}

/// One work over the years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkDynamics {
    /// Kind of procedure.
    pub kind: ProcedureKind,
    /// Subject code.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// Which schools stand beside it.
    pub beside: Beside,
    /// All years from the first to the newest in which anybody of the municipality wrote a work of this kind, ascending;
    /// a year without this work has no result.
    pub years: Vec<WorkYear>,
}

/// The schools that a school is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// The others of its group of similar schools.
    Cluster,
    /// All others of the municipality: its group is too small.
    Municipality,
}

/// One year of a work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkYear {
    /// Calendar year.
    pub year: i32,
    /// The school's result; absent when it did not write the work.
    pub own: Option<YearResult>,
    /// The schools beside it, all their pupils together; absent below three schools.
    pub others: Option<OthersResult>,
}

/// The school's result of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct YearResult {
    /// Pupils with a score.
    pub n: u32,
    /// State of the cell in the run in force.
    pub state: CellState,
    /// Mean share of the highest possible score, 0–1.
    pub share: f64,
    /// 95 % interval of `share`; absent below two pupils.
    pub interval: Option<[f64; 2]>,
    /// Pupils with the marks 2, 3, 4, 5; absent where works carry no marks.
    pub marks: Option<[u32; 4]>,
}

/// The result of the schools beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OthersResult {
    /// Schools.
    pub schools: u32,
    /// Mean share of the highest possible score over their pupils, 0–1.
    pub share: f64,
    /// Pupils with the marks 2, 3, 4, 5; absent where works carry no marks.
    pub marks: Option<[u32; 4]>,
}
