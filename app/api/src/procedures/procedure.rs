//! Procedures of assessment (процедуры).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::ProcedureId;
use crate::procedures::event::AssignmentRole;
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
    /// A study or a survey beside the works (исследование, опрос).
    Study,
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
    /// What was planned.
    pub plan: ProcedurePlan,
    /// Year in which the school year of its first day began.
    pub school_year: i32,
    /// Events that are planned and were not called off.
    pub events: u32,
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
    /// Of which entry of the catalogue, what about, for whom.
    #[serde(default)]
    pub plan: ProcedurePlan,
}

/// What a procedure is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProcedurePlan {
    /// Entry of the catalogue, `functional_literacy`; blank for a procedure that was not planned.
    pub entry: String,
    /// Subject codes in the order of the catalogue; none means any.
    pub subjects: Vec<String>,
    /// Grade levels, ascending; none means any.
    pub grades: Vec<u8>,
    /// Form of its observers; the newest one made for the kind when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<String>,
}

/// What procedures can be planned, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProcedureCatalogue {
    /// Entries by level.
    pub entries: Vec<CatalogueEntry>,
    /// Subjects in their order.
    pub subjects: Vec<SubjectName>,
    /// Published forms of observers.
    pub checklists: Vec<Checklist>,
}

/// An entry of the catalogue (вид процедуры).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueEntry {
    /// Id: `functional_literacy`.
    pub id: String,
    /// Who runs it.
    pub level: ProcedureLevel,
    /// What its results are computed as.
    pub kind: ProcedureKind,
    /// Title.
    pub title: Text,
    /// How often it returns.
    pub frequency: Text,
    /// What it brings.
    pub brings: Brings,
    /// Subject codes that are usual.
    pub subjects: Vec<String>,
    /// Grade levels that are usual.
    pub grades: Vec<u8>,
    /// Usual duration in minutes.
    pub minutes: u16,
    /// Parts that its events want.
    #[serde(default)]
    pub parts: Vec<AssignmentRole>,
}

/// What a procedure brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Brings {
    /// Works of pupils.
    Works,
    /// Answers of a survey.
    Survey,
    /// Figures of schools only: nothing is held at a school.
    Figures,
}

/// A subject with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SubjectName {
    /// Code: `math`.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// A form that observers can fill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Checklist {
    /// Id of the form.
    pub id: String,
    /// Title.
    pub title: Text,
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
