//! School and expert side by side: discrepancies, talk, agreed levels, and how far they agree over a campaign.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id::{CampaignId, OrganisationId, PersonId};
use crate::text::Text;

/// Longest entry, characters.
pub const MAX_ENTRY: usize = 2_000;

/// A school's self-assessment beside its expert's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Agreement {
    /// Campaign.
    pub campaign: CampaignId,
    /// Title of the campaign.
    pub title: Text,
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub organisation_name: String,
    /// The expert's name; absent when there is none.
    pub expert_name: Option<String>,
    /// How far the comparison is.
    pub stage: AgreementStage,
    /// The caller's side in the talk; absent for whoever only reads.
    pub side: Option<AgreementSide>,
    /// Domains with both indices.
    pub domains: Vec<DomainAgreement>,
    /// Items in the order of the form; empty before both have handed over.
    pub items: Vec<ItemAgreement>,
    /// Agreement of the two over these items.
    pub kappa: Option<Kappa>,
}

/// How far a comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementStage {
    /// The school has no expert.
    NoExpert,
    /// The head has not approved the school's answers.
    WaitsForSchool,
    /// The expert has not handed over.
    WaitsForExpert,
    /// Disagreements are being talked over.
    Dialogue,
    /// Every disagreement is settled.
    Agreed,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementSide {
    /// The school.
    School,
    /// The expert.
    Expert,
}

/// A domain from both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DomainAgreement {
    /// Name in the form.
    pub section: String,
    /// Title.
    pub title: Text,
    /// The school's index, 0–1, with levels that lack evidence counted as the instrument says.
    pub school: Option<f64>,
    /// The expert's index, 0–1.
    pub expert: Option<f64>,
    /// Items compared: both sides gave a level, or one gave a level and the other says that the item does not apply.
    pub items: u32,
    /// Items on which the two differ by the instrument's threshold or more.
    pub disagreements: u32,
}

/// An item from both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemAgreement {
    /// Question by its name in the form.
    pub item: String,
    /// Section by its name in the form.
    pub section: String,
    /// The question.
    pub label: Text,
    /// Levels that can be chosen, lowest first.
    pub levels: Vec<LevelChoice>,
    /// Is it a key item?
    pub key_item: bool,
    /// The school's level as given.
    pub school: Option<f64>,
    /// The level that evidence confirms: lower than the given one where evidence is missing. Shown, not compared.
    pub school_counted: Option<f64>,
    /// Evidence the school named.
    pub evidence: Option<String>,
    /// The expert's level.
    pub expert: Option<f64>,
    /// The expert's words on the item.
    pub expert_note: Option<String>,
    /// Does the difference reach the instrument's threshold?
    pub disagrees: bool,
    /// The level both sides accept; both originals are kept beside it.
    pub agreed: Option<f64>,
    /// The level proposed last and not accepted yet, and by whom.
    pub proposed: Option<(f64, AgreementSide)>,
    /// What the expert says of the evidence: `confirmed`, `partly`, `not_confirmed`, `no_evidence`.
    pub verification: Option<String>,
    /// The talk, oldest first.
    pub entries: Vec<AgreementEntry>,
}

/// A level of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LevelChoice {
    /// Points.
    pub value: f64,
    /// The sentence that describes it.
    pub sentence: Text,
}

/// An entry of the talk about an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgreementEntry {
    /// Id.
    pub id: Uuid,
    /// What it does.
    pub kind: AgreementKind,
    /// Points, for a proposal and its acceptance.
    pub value: Option<f64>,
    /// What the expert says of the evidence, for a verification.
    pub status: Option<String>,
    /// Words.
    pub body: String,
    /// Who speaks.
    pub side: AgreementSide,
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// When.
    pub at_ms: i64,
}

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementKind {
    /// Says something.
    Remark,
    /// Proposes a level.
    Proposal,
    /// Accepts the other side's proposal.
    Acceptance,
    /// The expert says what the evidence is worth.
    Verification,
}

/// An entry to be added; repeating it is harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewAgreementEntry {
    /// Id made by the client.
    pub id: Uuid,
    /// Question by its name in the form.
    pub item: String,
    /// What it does.
    pub kind: AgreementKind,
    /// Points: proposed, or accepted as proposed.
    pub value: Option<f64>,
    /// What the expert says of the evidence.
    pub status: Option<String>,
    /// Words.
    pub body: String,
}

/// Weighted kappa of Cohen with its interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Kappa {
    /// Pairs of levels; items that one side holds not applicable are no pair.
    pub pairs: u32,
    /// Pairs in which the levels are equal.
    pub equal: u32,
    /// Quadratic weights.
    pub quadratic: Option<KappaEstimate>,
    /// Linear weights.
    pub linear: Option<KappaEstimate>,
}

/// A kappa, with an interval of 95 % where there are enough pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KappaEstimate {
    /// Value, at most 1.
    pub value: f64,
    /// Standard error; absent for few pairs, where its formula does not hold.
    pub standard_error: Option<f64>,
    /// Interval of 95 %, with the standard error.
    pub interval: Option<[f64; 2]>,
}

/// How far schools and experts agree over a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CampaignAgreement {
    /// Campaign.
    pub campaign: CampaignId,
    /// Over all pairs of the campaign.
    pub kappa: Kappa,
    /// Schools in the caller's scope that have an expert, by name.
    pub schools: Vec<SchoolAgreement>,
}

/// A school's comparison in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolAgreement {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// How far it is.
    pub stage: AgreementStage,
    /// Items compared.
    pub items: u32,
    /// Disagreements.
    pub disagreements: u32,
    /// Those settled.
    pub settled: u32,
}
