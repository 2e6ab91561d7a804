//! Experts who assess a school independently: assignments and declared interests.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::assessment::campaign::{CampaignProgress, ExpertMode};
use crate::id::{CampaignId, OrganisationId, PersonId, SubmissionId};
use crate::text::Text;

/// Longest note of an interest, characters.
pub const MAX_NOTE: usize = 500;

/// Gives a school of a campaign its expert, or takes the expert back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutExpert {
    /// Who; absent takes the expert back.
    pub person: Option<PersonId>,
}

/// Everybody who may be an expert of a school, with what speaks against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExpertCandidate {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Schools of the campaign this person may not assess, and why.
    pub conflicts: Vec<ExpertConflict>,
    /// Schools of the campaign given to this person.
    pub schools: Vec<OrganisationId>,
}

/// Why somebody may not assess a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExpertConflict {
    /// School.
    pub organisation: OrganisationId,
    /// Rule, `CR-11`.
    pub rule: String,
    /// The reason in plain words; names nobody.
    pub message: Text,
}

/// An expert's own assessment of a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExpertAssessment {
    /// The schools' campaign.
    pub campaign: CampaignId,
    /// The experts' campaign beside it, in which the assessment is opened.
    pub expert_campaign: CampaignId,
    /// Title.
    pub title: Text,
    /// Last date of the campaign.
    pub closes: String,
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub organisation_name: String,
    /// Blind or open.
    pub mode: ExpertMode,
    /// How far the own assessment is.
    pub progress: CampaignProgress,
    /// Questions answered and questions to answer.
    pub answered: [u32; 2],
    /// The school's submission, once this expert may read it.
    pub school_submission: Option<SubmissionId>,
    /// How far the school is.
    pub school_progress: CampaignProgress,
    /// Disagreements that are not settled; absent before both have handed over.
    pub open_items: Option<u32>,
}

/// Why a person should not assess a school: own words of the person, read by coordinators only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutInterest {
    /// Id made by the client; repeating it is harmless.
    pub id: Uuid,
    /// School.
    pub organisation: OrganisationId,
    /// What the interest is.
    pub kind: InterestKind,
}

/// What links a person with a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterestKind {
    /// Works or worked there.
    Employment,
    /// A relative works there.
    RelativeOfStaff,
    /// A child or relative is a pupil there.
    RelativeOfPupil,
    /// Something else.
    Other,
}

/// A declared interest, and the schools that can be named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InterestList {
    /// Own declared interests.
    pub interests: Vec<Interest>,
    /// Schools of the municipality, by name.
    pub schools: Vec<InterestSchool>,
}

/// A declared interest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Interest {
    /// Id.
    pub id: Uuid,
    /// School.
    pub organisation: OrganisationId,
    /// What it is.
    pub kind: InterestKind,
    /// When it was declared.
    pub at_ms: i64,
}

/// A school by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InterestSchool {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
}
