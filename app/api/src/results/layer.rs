//! Layers of the heat map: other figures over the same schools.
//!
//! The state of objectivity, the observation index and the board of the day travel with the map itself,
//! because they change live; what is computed from stored data travels here, a layer at a time.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::OrganisationId;
use crate::procedures::procedure::ProcedureKind;
use crate::text::Text;

/// A layer that the server computes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// Share of works with the mark «2» (низкие результаты).
    LowResults,
    /// Domains of the self-assessments that heads approved (самооценка).
    SelfAssessment,
    /// Indicators of the programme (показатели).
    Indicators,
}

/// What is asked of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LayerQuery {
    /// Which layer.
    pub layer: LayerKind,
    /// Calendar year.
    pub year: i32,
    /// Kind of procedure, for layers of results.
    pub procedure: ProcedureKind,
}

/// A layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Layer {
    /// Which one.
    pub layer: LayerKind,
    /// Calendar year.
    pub year: i32,
    /// Where the classes of colour begin, ascending shares; one class more than bounds.
    pub bounds: Vec<f64>,
    /// Columns, left to right.
    pub columns: Vec<LayerColumn>,
    /// Rows by cluster, then by name; never by value.
    pub rows: Vec<LayerRow>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LayerColumn {
    /// Key, unique inside the layer: `math-5`, a section of the form.
    pub key: String,
    /// Heading over neighbouring columns.
    pub group: Text,
    /// The same for a narrow place.
    pub group_short: Text,
    /// Name of the column.
    pub name: Text,
    /// Grade level, for layers of results.
    pub grade: Option<u8>,
    /// Subject code, for layers of results.
    pub subject: Option<String>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LayerRow {
    /// School.
    pub organisation: OrganisationId,
    /// Values in the order of the columns; absent where there is nothing.
    pub cells: Vec<Option<LayerCell>>,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LayerCell {
    /// Share, 0–1; absent when it rests on too few.
    pub share: Option<f64>,
    /// What it rests on: pupils, answers.
    pub n: u32,
}
