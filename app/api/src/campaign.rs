//! Campaigns of self-assessment (кампании).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{CampaignId, OrganisationId, SubmissionId};
use crate::text::Text;

/// A campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Campaign {
    /// Id.
    pub id: CampaignId,
    /// Title.
    pub title: Text,
    /// Form, id and version.
    pub form: [String; 2],
    /// First date.
    pub opens: String,
    /// Last date.
    pub closes: String,
    /// Schools in the caller's scope, by name.
    pub schools: Vec<CampaignSchool>,
}

/// Where a school stands in a campaign: states, no scores before it submits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CampaignSchool {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Where it stands.
    pub progress: CampaignProgress,
    /// Questions answered and questions to answer.
    pub answered: [u32; 2],
    /// The submission, once opened.
    pub submission: Option<SubmissionId>,
    /// Last change.
    pub changed_ms: Option<i64>,
}

/// Where a school stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignProgress {
    /// Not begun.
    NotStarted,
    /// Being filled.
    Draft,
    /// Submitted.
    Submitted,
}
