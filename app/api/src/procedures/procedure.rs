//! Procedures of assessment (процедуры).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::ProcedureId;
use crate::text::Text;

/// Kind of procedure.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureKind {
    /// All-Russian test works (ВПР).
    Vpr,
    /// State exam after grade 9 (ОГЭ).
    Oge,
    /// State exam after grade 11 (ЕГЭ).
    Ege,
    /// Regional diagnostic work (КДР).
    RegionalDiagnostic,
    /// Municipal diagnostic work.
    MunicipalDiagnostic,
    /// Olympiad (ВсОШ).
    Olympiad,
}

/// Who runs a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureLevel {
    /// Federal.
    Federal,
    /// Regional.
    Regional,
    /// Municipal.
    Municipal,
    /// School.
    School,
}

/// A procedure in one school year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Procedure {
    /// Id.
    pub id: ProcedureId,
    /// Kind.
    pub kind: ProcedureKind,
    /// Who runs it.
    pub level: ProcedureLevel,
    /// Title.
    pub title: Text,
    /// Calendar year of the results.
    pub year: i32,
    /// First and last date.
    pub window: [String; 2],
    /// Works with results: subject code, grade, number of pupil-works.
    pub works: Vec<ProcedureWork>,
}

/// A procedure to be planned, or changed when the id is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewProcedure {
    /// Id made by the client.
    pub id: ProcedureId,
    /// Kind.
    pub kind: ProcedureKind,
    /// Who runs it.
    pub level: ProcedureLevel,
    /// Title.
    pub title: Text,
    /// Calendar year of the results.
    pub year: i32,
    /// First and last date.
    pub window: [String; 2],
}

/// One work of a procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProcedureWork {
    /// Subject code, for example `math`.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// Pupil-works with results.
    pub results: u32,
}
