//! The context passport of a school (паспорт контекста): nine significant and eight other factors a year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id::OrganisationId;
use crate::text::Text;

/// How a factor acts on results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A larger share is more favourable.
    Positive,
    /// A larger share is less favourable.
    Negative,
    /// No notable influence: left out of the index.
    None,
}

/// A factor of context.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Factor {
    /// Stable id: `CF-01`.
    pub id: String,
    /// Name.
    pub label: Text,
    /// Which pupils are counted.
    pub counted: Text,
    /// One of the nine factors found significant; the others are optional.
    pub significant: bool,
    /// Direction in force here.
    pub direction: Direction,
    /// Direction of the instrument.
    pub original: Direction,
}

/// What a school says of its context in a year. Only counts of pupils, nothing of families.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Passport {
    /// Year.
    pub year: i32,
    /// Pupils in all.
    pub pupils: u32,
    /// On which date, `YYYY-MM-DD`.
    pub date: String,
    /// Where the figures come from: `social_passport`, `parents_survey`, `register`, `estimate`.
    pub source: String,
    /// Joint classes because of few pupils.
    pub small_school: bool,
    /// In a village.
    pub rural: bool,
    /// Factor to number of pupils; a factor without a number is a gap.
    pub counts: BTreeMap<String, u32>,
}

/// Stores a passport; repeating it with the same operation changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutPassport {
    /// Id of the operation, made by the client.
    pub operation: Uuid,
    /// The passport as it shall stand.
    pub passport: Passport,
}

/// A share as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShownShare {
    /// Per cent of pupils.
    Share {
        /// 0–100.
        percent: f64,
    },
    /// Fewer than five pupils: only the school sees it.
    Few,
    /// Nobody has filled it in.
    Gap,
}

/// The context of a school in one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContextYear {
    /// Year.
    pub year: i32,
    /// The passport as entered; absent where only shares are known, and for whoever may not see small counts.
    pub passport: Option<Passport>,
    /// Shares in the order of the factors.
    pub shares: Vec<ShownShare>,
    /// Context index; absent with fewer than seven significant factors.
    pub index: Option<f64>,
    /// Peer group: schools with similar conditions.
    pub group: Option<String>,
    /// Schools of the group, the own one included.
    pub group_size: u32,
    /// Significant factors known.
    pub known: u32,
    /// Who filled it in.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: Option<i64>,
}

/// The context of a school over years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolContext {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub organisation_name: String,
    /// Factors in the order of the instrument.
    pub factors: Vec<Factor>,
    /// Years, newest first.
    pub years: Vec<ContextYear>,
    /// What the index means and where its factors come from.
    pub note: Text,
    /// May the caller fill it in?
    pub may_change: bool,
}

/// The context of all schools in scope in one year, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContextOverview {
    /// Year.
    pub year: i32,
    /// Years with passports, newest first.
    pub years: Vec<i32>,
    /// Factors in the order of the instrument.
    pub factors: Vec<Factor>,
    /// Schools by name.
    pub schools: Vec<ContextRow>,
    /// The finding in force; absent while the instrument's directions hold.
    pub finding: Option<Finding>,
    /// May the caller replace the directions?
    pub may_find: bool,
}

/// A school in the overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContextRow {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Shares in the order of the factors; empty when there is no passport.
    pub shares: Vec<ShownShare>,
    /// Context index.
    pub index: Option<f64>,
    /// Peer group.
    pub group: Option<String>,
    /// Significant factors known.
    pub known: u32,
}

/// Directions as this territory found them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ContextFinding)]
pub struct Finding {
    /// 1, 2, …
    pub version: u32,
    /// Factor to direction.
    pub directions: BTreeMap<String, Direction>,
    /// What it rests on.
    pub reason: String,
    /// Who recorded it.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
}

/// Replaces the directions by a finding of this territory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutFinding {
    /// Id made by the client.
    pub id: Uuid,
    /// Factor to direction, for each of the nine significant factors.
    pub directions: BTreeMap<String, Direction>,
    /// What it rests on.
    pub reason: String,
}
