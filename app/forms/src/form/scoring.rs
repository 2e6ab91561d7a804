use super::Text;
use serde::{Deserialize, Serialize};

/// How answers become an index between 0 and 1.
///
/// Data, not code: the engine applies it, a municipality may change it with a new version.
/// Common to all rules: hidden questions, "not applicable" answers, questions without weight and questions
/// [`outside_index`](super::Question::outside_index) are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scoring {
    /// How the questions of a section make its score.
    pub section: Roll,
    /// How a block (a section of sections) is rolled up; unused without blocks.
    #[serde(default)]
    pub block: Roll,
    /// How the whole form is scored.
    pub overall: Roll,
    /// Levels in descending order of `min`; the first whose `min` is reached holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// Below this share of answered among applicable scored questions there is no index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_answered_share: Option<f64>,
    /// The index is at most this while a critical violation is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_if_critical_confirmed: Option<f64>,
    /// Rule about key items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_item: Option<KeyItemRule>,
    /// Rule about evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceDiscount>,
    /// Rule about steps of a cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<ChainRule>,
    /// Rule about the expert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expert: Option<ExpertRule>,
    /// The result is no rank and no place in a list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_a_rating: bool,
    /// Share from which a quiz is passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_share: Option<f64>,
    /// Sentences about the rules for people, in the order of the instrument.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Text>,
    /// Comparisons with other data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cross_checks: Vec<CrossCheck>,
}

/// A way to roll parts up into one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// Not scored.
    #[default]
    None,
    /// Σ weight · score / Σ weight · best score of the question's choices, over answered questions.
    WeightedShare,
    /// Σ score / Σ best score over all questions, answered or not: a missing answer scores 0.
    TotalShare,
    /// 1 − Σ weight of violated questions / Σ weight of answered questions.
    FailedShare,
    /// Mean of the scores of the sections that have one: for a block of its sections, for the form of all sections
    /// that are no blocks.
    MeanOfSections,
    /// Mean of the scores of sections weighted by [`Section::weight`](super::Section::weight).
    WeightedMeanOfSections,
}

/// A named level of the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Stable id.
    pub id: String,
    /// Smallest index of the level.
    pub min: f64,
    /// What a person reads.
    pub label: Text,
}

/// When a key item of a section scores at most `at_most`, the section's level is at most `max_level`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyItemRule {
    /// Score at or below which the rule holds.
    pub at_most: f64,
    /// Id of a [`Level`].
    pub max_level: String,
}

/// Scores from `from` without evidence are shown as unconfirmed and count as `counts_as` in expert comparison.
///
/// The score that the school gives itself stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceDiscount {
    /// Score from which the rule holds.
    pub from: f64,
    /// Score that is used instead.
    pub counts_as: f64,
}

/// In a section whose questions are steps of a cycle: after a step at most `at_most` the next step is at most `cap`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainRule {
    /// Score at or below which the rule holds.
    pub at_most: f64,
    /// Highest score that may follow.
    pub cap: f64,
}

/// How an expert's scores meet the school's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExpertRule {
    /// A difference of this many points or more is a disagreement.
    pub disagreement_threshold: f64,
    /// A disagreement is talked over before it is settled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dialogue_required: bool,
    /// What the expert says of the evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<ExpertStatus>,
}

/// A word of the expert about evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpertStatus {
    /// Stable id.
    pub id: String,
    /// What a person reads.
    pub label: Text,
}

/// Answers to be held against something the platform knows from elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrossCheck {
    /// Stable id.
    pub id: String,
    /// Names of the questions.
    pub items: Vec<String>,
    /// What they are compared with, for example `observation.index` or `signal.S5a`.
    pub compare_with: String,
    /// What to do, in words.
    pub rule: Text,
}
