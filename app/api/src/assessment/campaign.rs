//! Campaigns of self-assessment (кампании).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id::{CampaignId, OrganisationId, PersonId, SubmissionId};
use crate::text::Text;

/// Most reminders of one campaign.
pub const MAX_REMINDERS: usize = 6;
/// Longest reason, characters.
pub const MAX_REASON: usize = 1_000;

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
    /// Reminders and the experts' part.
    pub plan: CampaignPlan,
    /// Schools in the caller's scope, by name.
    pub schools: Vec<CampaignSchool>,
}

/// What a campaign has beside its form, window and schools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignPlan {
    /// Do experts assess the schools as well, and what do they see before?
    pub expert: ExpertMode,
    /// The experts' own campaign beside this one, by the same instrument; their assessments are opened in it.
    pub expert_campaign: Option<CampaignId>,
    /// Dates on which schools that have not handed over are reminded, ascending.
    pub reminders: Vec<String>,
}

/// Do experts assess the schools as well?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExpertMode {
    /// There are no experts.
    #[default]
    None,
    /// An expert sees the school's answers only after handing over the own assessment.
    Blind,
    /// An expert sees the school's answers as soon as the head has approved them.
    Open,
}

/// A campaign to be announced; repeating it is harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewCampaign {
    /// Id made by the client.
    pub id: CampaignId,
    /// What it is.
    pub campaign: PutCampaign,
}

/// A campaign to be stored, or changed before it begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutCampaign {
    /// Title.
    pub title: Text,
    /// Form, id and version.
    pub form: [String; 2],
    /// First date.
    pub opens: String,
    /// Last date.
    pub closes: String,
    /// Do experts assess the schools as well?
    pub expert: ExpertMode,
    /// Dates of reminders, inside the window.
    pub reminders: Vec<String>,
    /// Schools that take part.
    pub schools: Vec<OrganisationId>,
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
    /// Last date of this school, when the coordinator gave it more time.
    pub until: Option<String>,
    /// The last step: who handed over, approved, returned, unlocked, and why.
    pub last_step: Option<CampaignStep>,
    /// The school's expert, when there is one.
    pub expert: Option<SchoolExpert>,
}

/// The expert of a school in a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolExpert {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// How far the expert is; never a score.
    pub progress: CampaignProgress,
}

/// Where a school stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignProgress {
    /// Not begun.
    NotStarted,
    /// Being filled.
    Draft,
    /// Given back to the team with a reason; being filled again.
    Returned,
    /// Handed over by the team; the head has not approved yet.
    Submitted,
    /// Approved and locked by the head.
    Approved,
}

/// A step of a school's self-assessment; steps are added, never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CampaignStep {
    /// Id made by the client.
    pub id: Uuid,
    /// What happened.
    pub kind: CampaignStepKind,
    /// When.
    pub at_ms: i64,
    /// Who.
    pub person: Option<PersonId>,
    /// Name of that person then; for an approval the name as signed.
    pub name: String,
    /// Why; given for everything but handing over and approving in time.
    pub reason: Option<String>,
    /// New last date, for more time.
    pub until: Option<String>,
    /// Number of operations then.
    pub revision: Option<u64>,
    /// SHA-256 over form, version and answers then, hex; of approvals.
    pub state_hash: Option<String>,
    /// Was it after the last date?
    pub is_late: bool,
}

/// What happened to a school's self-assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignStepKind {
    /// The team handed it over to the head.
    HandedOver,
    /// The head approved and locked it.
    Approved,
    /// The head unlocked it, with a reason.
    Unlocked,
    /// Head or coordinator gave it back to the team, with a reason.
    Returned,
    /// The coordinator gave the school more time, or opened a closed campaign for it again, with a reason.
    Extended,
    /// The coordinator reminded a school that had not handed over.
    Reminded,
}

/// Gives a self-assessment back to the team, or unlocks it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GiveBack {
    /// Id of the step; repeating it is harmless.
    pub id: Uuid,
    /// Why, for the team to read.
    pub reason: String,
}

/// Reminds schools that have not handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemindSchools {
    /// Id of the step of each school; repeating it is harmless.
    pub steps: Vec<RemindSchool>,
}

/// Reminds a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RemindSchool {
    /// Id of the step.
    pub id: Uuid,
    /// The school.
    pub organisation: OrganisationId,
}

/// Gives a school more time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Extend {
    /// Id of the step; repeating it is harmless.
    pub id: Uuid,
    /// New last date.
    pub until: String,
    /// Why.
    pub reason: String,
}
