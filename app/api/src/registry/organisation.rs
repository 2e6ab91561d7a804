//! The register of organisations (реестр организаций).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::OrganisationId;

/// Type of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Primary school (НОШ).
    PrimarySchool,
    /// School of grades 1–9 (ООШ).
    BasicSchool,
    /// School of grades 1–11 (СОШ).
    SecondarySchool,
    /// Gymnasium (гимназия).
    Gymnasium,
    /// Lyceum (лицей).
    Lyceum,
    /// Preschool (детский сад).
    Preschool,
    /// Extra education (дополнительное образование).
    ExtraEducation,
}

/// Group of comparable schools (кластер).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Cluster {
    /// Rural, up to 100 pupils.
    RuralSmall,
    /// Rural, more than 100 pupils.
    Rural,
    /// Urban.
    Urban,
    /// Advanced programmes (gymnasium, lyceum).
    Advanced,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Organisation {
    /// Id.
    pub id: OrganisationId,
    /// Code in federal exports, for example `edu240017`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name for tables.
    pub short_name: String,
    /// Type.
    pub kind: OrganisationKind,
    /// Group of comparable schools.
    pub cluster: Cluster,
    /// Grade levels taught, ascending.
    pub grades: Vec<u8>,
    /// Joint classes because of few pupils (малокомплектная).
    pub small_school: bool,
    /// In a village.
    pub rural: bool,
    /// Pupils enrolled.
    pub pupils: u32,
    /// Places.
    pub capacity: Option<u32>,
    /// Settlement.
    pub settlement: String,
    /// Latitude and longitude in degrees, WGS 84.
    pub place: Option<[f64; 2]>,
    /// The organisation this one is a branch of.
    pub parent: Option<OrganisationId>,
    /// What changed and when, oldest first.
    pub history: Vec<OrganisationChange>,
}

/// A change of an organisation's standing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationChange {
    /// Date of the change.
    pub date: String,
    /// What happened: `became_branch`, `left_branch`, `renamed`, `closed`, `opened`.
    pub kind: String,
    /// The other organisation, if there is one.
    pub other: Option<OrganisationId>,
    /// Reference to the order.
    pub order_reference: Option<String>,
}
