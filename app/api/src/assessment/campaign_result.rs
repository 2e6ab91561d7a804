//! Results of a campaign: schools by domains, never ranked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::assessment::campaign::CampaignProgress;
use crate::id::{CampaignId, OrganisationId, SubmissionId};
use crate::text::Text;

/// Schools by domains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CampaignResults {
    /// Campaign.
    pub campaign: CampaignId,
    /// Title.
    pub title: Text,
    /// Domains in the order of the form.
    pub domains: Vec<ResultDomain>,
    /// Levels of the form, lowest first: smallest share and name.
    pub levels: Vec<ResultLevel>,
    /// Schools in the caller's scope, by name.
    pub schools: Vec<SchoolResult>,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResultDomain {
    /// Name in the form.
    pub section: String,
    /// Title.
    pub title: Text,
}

/// A level of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResultLevel {
    /// Smallest share.
    pub from: f64,
    /// Name.
    pub name: Text,
}

/// A school's row. Without scores until the head has approved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolResult {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Where it stands.
    pub progress: CampaignProgress,
    /// The submission, once the caller may read it.
    pub submission: Option<SubmissionId>,
    /// One cell a domain; empty until approved.
    pub cells: Vec<DomainCell>,
}

/// A school in a domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DomainCell {
    /// Name of the domain in the form.
    pub section: String,
    /// 0–1; absent when too little was answered.
    pub score: Option<f64>,
    /// Level by the form's bounds.
    pub level: Option<Text>,
    /// Last time, 0–1.
    pub before: Option<f64>,
    /// Levels chosen without the evidence they need.
    pub unconfirmed: u32,
}
