//! SWOT sheet and risk profile of a school, its links to measures of help, and the page that joins everything.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::forms::submission::ScoreSheet;
use crate::id::{CampaignId, OrganisationId, SwotItemId};
use crate::results::heat_map::CellState;
use crate::text::Text;

/// Quadrant of a SWOT sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Strengths (сильные стороны).
    Strength,
    /// Weaknesses (слабые стороны).
    Weakness,
    /// Opportunities (возможности).
    Opportunity,
    /// Threats (угрозы).
    Threat,
}

/// An item of a SWOT sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SwotItem {
    /// Id made by the client.
    pub id: SwotItemId,
    /// Quadrant.
    pub quadrant: Quadrant,
    /// What.
    pub text: String,
    /// What proves it.
    pub evidence: String,
    /// 1–3.
    pub importance: u8,
    /// Measures of the catalogue that answer to it.
    pub measures: Vec<String>,
}

/// How strong a risk factor is, and who can manage it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RiskMark {
    /// Factor: `RP-01`.
    pub factor: String,
    /// 0 absent … 3 strong.
    pub significance: u8,
    /// 1 the school itself, 2 with the district's help, 3 only by higher decisions; absent while absent.
    pub manageability: Option<u8>,
    /// What it shows itself in.
    pub note: String,
    /// Measures of the catalogue that answer to it.
    pub measures: Vec<String>,
}

/// A change of the profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProfileChange {
    /// Adds or changes an item.
    Swot {
        /// As it shall stand.
        item: SwotItem,
    },
    /// Takes an item out.
    RemoveSwot {
        /// Which.
        item: SwotItemId,
    },
    /// Marks a risk factor.
    Risk {
        /// As it shall stand.
        mark: RiskMark,
    },
}

/// Stores a change of the profile; repeating it with the same operation changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutProfile {
    /// Id of the operation, made by the client.
    pub operation: Uuid,
    /// Year of the sheet.
    pub year: i32,
    /// What changes.
    pub change: ProfileChange,
}

/// The SWOT sheet and the risk profile of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolProfile {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub organisation_name: String,
    /// Year of the sheet.
    pub year: i32,
    /// Years with entries, newest first.
    pub years: Vec<i32>,
    /// Quadrants with their prompts.
    pub quadrants: Vec<QuadrantGuide>,
    /// Items in the order in which they were added.
    pub items: Vec<SwotItem>,
    /// Risk factors in the order of the instrument.
    pub risks: Vec<RiskFactor>,
    /// The catalogue of measures, help first.
    pub measures: Vec<Measure>,
    /// How the order of risks is computed.
    pub priority_note: Text,
    /// May the caller change it?
    pub may_change: bool,
}

/// A quadrant with what may be asked there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuadrantGuide {
    /// Which.
    pub quadrant: Quadrant,
    /// Title.
    pub title: Text,
    /// What belongs here.
    pub help: Text,
    /// Questions that help to think.
    pub prompts: Vec<Text>,
    /// Most items.
    pub max_items: u32,
}

/// A risk factor with its mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RiskFactor {
    /// Stable id: `RP-01`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// How one sees it.
    pub sign: Text,
    /// The mark, once made.
    pub mark: Option<RiskMark>,
    /// Significance × weight of manageability.
    pub priority: Option<f64>,
    /// Among the three with the highest priority.
    pub is_topic: bool,
}

/// A measure of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Measure {
    /// Stable id: `SM-01`.
    pub id: String,
    /// 1 help, 2 intensive support, 3 control with help.
    pub level: u8,
    /// Name of the level.
    pub level_name: Text,
    /// Title.
    pub title: Text,
}

/// Everything known of a school, on one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolOverview {
    /// School.
    pub organisation: OrganisationId,
    /// Cells of the newest map by state.
    pub cells: Vec<StateCount>,
    /// Year of the map.
    pub map_year: Option<i32>,
    /// Observation: mean index of the sheets of the newest year.
    pub observation: Option<ObservationSummary>,
    /// The last self-assessment handed over.
    pub self_assessment: Option<SelfAssessmentSummary>,
    /// Context of the newest year.
    pub context: Option<ContextSummary>,
    /// Risks with the highest priority.
    pub risks: Vec<RiskFactor>,
    /// Items of the newest SWOT sheet by quadrant: strengths, weaknesses, opportunities, threats.
    pub swot: [u32; 4],
    /// Changes under way and looked at.
    pub changes: [u32; 2],
    /// What to do next: help first.
    pub next: Vec<NextStep>,
}

/// Cells in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StateCount {
    /// State.
    pub state: CellState,
    /// Cells.
    pub count: u32,
}

/// What observers saw.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ObservationSummary {
    /// Year.
    pub year: i32,
    /// Mean index, 0–1.
    pub index: f64,
    /// Sheets.
    pub sheets: u32,
    /// Critical violations marked.
    pub critical: u32,
}

/// The last self-assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SelfAssessmentSummary {
    /// Campaign.
    pub campaign: CampaignId,
    /// Title of the campaign.
    pub title: Text,
    /// When it was handed over.
    pub submitted_ms: i64,
    /// Result.
    pub score: ScoreSheet,
}

/// Context in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContextSummary {
    /// Year.
    pub year: i32,
    /// Index.
    pub index: Option<f64>,
    /// Peer group.
    pub group: Option<String>,
    /// Significant factors known, of nine.
    pub known: u32,
}

/// A step worth taking, with why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NextStep {
    /// 0 fill in what is missing, 1 help, 2 intensive support, 3 control with help.
    pub level: u8,
    /// What to do.
    pub title: Text,
    /// Why it is proposed.
    pub reason: Text,
    /// Measure of the catalogue.
    pub measure: Option<String>,
    /// Where to do it, an address of the work area.
    pub href: Option<String>,
}
