//! What comes out: one cell per school × subject × grade × year.

use serde::{Deserialize, Serialize};

use crate::data::Source;

/// Depth of the data behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Histogram of raw scores or marks.
    L0,
    /// And completion rates of items.
    L1,
    /// And pupil × item scores.
    L2,
    /// And another year, register marks, state exams or enrolment.
    L3,
}

/// State of a cell (состояние ячейки).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// «Нет данных».
    NoData,
    /// «Данных недостаточно».
    Insufficient,
    /// «Спокойно».
    Calm,
    /// «Внимание»: one channel.
    Attention,
    /// «Признаки, нужен разбор»: at least two independent channels, or an external list.
    Signs,
}

/// Kind of evidence (канал).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelName {
    /// Result against context.
    Level,
    /// Result against the same pupils' earlier result.
    Change,
    /// Pile at a mark boundary.
    Bunching,
    /// Profile over items.
    ItemProfile,
    /// Similar works in one class.
    Similarity,
    /// Spread too small for the level.
    Spread,
    /// Share of enrolled pupils who sat.
    Participation,
    /// Mark for the work against the school register.
    RegisterGap,
    /// Against the state exam of the same cohort.
    Confirmation,
    /// Observers' checklists.
    Observation,
    /// A federal or regional list.
    ExternalList,
}

/// Channels that share their noise count as one piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// How high: level, change, register gap and confirmation all rest on the same scores.
    Result,
    /// How wide: spread.
    Shape,
    /// Where the scores lie: bunching.
    Boundary,
    /// Which items were solved: item profile.
    Profile,
    /// Who resembles whom: similarity.
    Likeness,
    /// Who came: participation.
    Attendance,
    /// How it was run: observation.
    Procedure,
    /// What others published.
    External,
}

impl ChannelName {
    /// The family whose noise this channel shares.
    pub const fn family(self) -> Family {
        match self {
            Self::Level | Self::Change | Self::RegisterGap | Self::Confirmation => Family::Result,
            Self::Spread => Family::Shape,
            Self::Bunching => Family::Boundary,
            Self::ItemProfile => Family::Profile,
            Self::Similarity => Family::Likeness,
            Self::Participation => Family::Attendance,
            Self::Observation => Family::Procedure,
            Self::ExternalList => Family::External,
        }
    }
}

/// A named number a channel used, with who set it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UsedThreshold {
    /// Stable code of the parameter.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Who set it.
    pub source: Source,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

/// What one channel says about a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelResult {
    /// Which channel.
    pub channel: ChannelName,
    /// Statistic in the unit told by `sentence`; positive points to inflation.
    pub value: f64,
    /// 95 % interval of `value`.
    pub interval: [f64; 2],
    /// One-sided p-value calibrated for the size of the school.
    pub p_value: f64,
    /// Calibrated log-likelihood ratio, natural logarithm, inflated against honest.
    pub log_lr: f64,
    /// Pupils behind the statistic.
    pub n: u32,
    /// What an honest school of this size would show on average.
    pub expected: f64,
    /// Depth of data the channel needed.
    pub level: Level,
    /// Whether the channel speaks by itself.
    pub speaks: bool,
    /// Every threshold and parameter used.
    pub thresholds: Vec<UsedThreshold>,
    /// «Как посчитано» in one sentence.
    pub sentence: Text,
    /// Honest reason that could give the same picture.
    pub alternative: Text,
    /// What to check next.
    pub next_check: Text,
}

/// One of the documents' five methods, taken literally (маркер).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkerName {
    /// Confidence interval of the school's mean above the region's (D-02).
    MeanInterval,
    /// Interval of an item's completion rate outside the control sample's (D-03).
    ItemInterval,
    /// Mean above the control group of similar context (D-04).
    ControlGroup,
    /// Level not confirmed by state exams (D-05).
    StateExamGap,
    /// Marks for the work against the register (D-06).
    InflatedResults,
}

/// A document's rule, applied to the letter. A marker alone is not a flag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MarkerResult {
    /// Which rule.
    pub marker: MarkerName,
    /// Whether the rule fired.
    pub fired: bool,
    /// Share of honest schools of this size on which the rule fires.
    pub false_alarm_rate: f64,
    /// Statistic, when the rule has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<f64>,
    /// Its threshold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub threshold: Option<f64>,
}

/// Histogram of raw scores beside what a school of this mean and spread would show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistogramChart {
    /// Pupils by raw score.
    pub observed: Vec<u32>,
    /// Expected pupils by raw score.
    pub expected: Vec<f64>,
    /// Lowest raw scores of the marks 3, 4 and 5.
    pub cuts: Option<[u16; 3]>,
}

/// One item of the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemPoint {
    /// Item code.
    pub code: String,
    /// Share of the maximum, 0–1.
    pub share: f64,
    /// 95 % interval of `share`.
    pub interval: [f64; 2],
    /// Region's share at the same total scores.
    pub expected: f64,
    /// Region's share overall; items are ordered hard to easy by it.
    pub region: f64,
    /// Works with this item.
    pub n: u32,
}

/// Place of the cell in the funnel of its procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunnelPoint {
    /// Expected mean score given the context.
    pub expected: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
    /// Spread of honest schools, square root of τ².
    pub between_schools: f64,
    /// 95 % limits for a school of this size.
    pub limits_95: [f64; 2],
    /// 99.8 % limits for a school of this size.
    pub limits_998: [f64; 2],
}

/// Cohort plot of one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortPoint {
    /// Mean earlier result of the pupils who have one.
    pub prior_mean: f64,
    /// Their mean score now.
    pub mean: f64,
    /// Expected mean given the earlier result.
    pub expected: f64,
    /// 95 % predictive limits.
    pub limits_95: [f64; 2],
    /// Pupils with both.
    pub n: u32,
}

/// Marks for the work (rows 2–5) by marks in the register (columns 2–5).
pub type RegisterMatrix = [[u32; 4]; 4];

/// Two works of one class that resemble each other more than teaching explains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimilarPair {
    /// Class code.
    pub class: String,
    /// School's own code of one pupil, or the place of the work in the class.
    pub first: String,
    /// And of the other.
    pub second: String,
    /// Items with the same points.
    pub same: u32,
    /// Same points below the maximum.
    pub same_wrong: u32,
    /// Items both have.
    pub items: u32,
    /// Expected number of items with the same points.
    pub expected: f64,
    /// p-value corrected for the number of pairs in the class.
    pub p_value: f64,
}

/// Everything the drill-down draws.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Charts {
    /// Raw scores.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub histogram: Option<HistogramChart>,
    /// Items from hard to easy.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub items: Vec<ItemPoint>,
    /// Funnel.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub funnel: Option<FunnelPoint>,
    /// Cohort plot.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cohort: Option<CohortPoint>,
    /// Pupils with the marks 2, 3, 4, 5; from the cuts where works carry no marks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub marks: Option<[u32; 4]>,
    /// Work marks by register marks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub register: Option<RegisterMatrix>,
    /// Most similar pairs, most striking first, at most ten.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub pairs: Vec<SimilarPair>,
}

/// What the engine says in words about a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// One or two sentences: what was found and how sure.
    pub summary: Text,
    /// Honest reasons that could look the same.
    pub alternatives: Vec<Text>,
    /// What to check next, most telling first.
    pub next_checks: Vec<Text>,
}

/// One school in one assessment (ячейка).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade.
    pub grade: u8,
    /// School code.
    pub school: String,
    /// Works with a score.
    pub n: u32,
    /// Depth of the data.
    pub level: Level,
    /// State.
    pub state: State,
    /// Posterior probability that the result is inflated. `None` without enough data; a cell emptied by absence has one
    /// although its state stays [`State::Insufficient`].
    pub posterior: Option<f64>,
    /// Local false-discovery rate. `None` without enough data.
    pub local_fdr: Option<f64>,
    /// Mean raw score (mean mark when only marks are known).
    pub mean: Option<f64>,
    /// Empirical-Bayes mean on the same scale.
    pub shrunk_mean: Option<f64>,
    /// The channel to read first; `None` when calm.
    pub first_reason: Option<ChannelName>,
    /// Channels that could be computed.
    pub channels: Vec<ChannelResult>,
    /// Documents' rules.
    pub markers: Vec<MarkerResult>,
    /// Combined log-likelihood ratio of this year's data.
    pub log_lr: f64,
    /// Log-likelihood ratio brought from other years of the same school and subject.
    pub earlier_log_lr: f64,
    /// p-value of the combination inside the size bin.
    pub p_value: Option<f64>,
    /// The p-value adjusted for all schools of the procedure (Benjamini and Hochberg): calling every cell with at most q
    /// strange keeps the expected share of false ones at or below q.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub q_value: Option<f64>,
    /// Context index used.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub context_index: Option<f64>,
    /// Peer group by context, named by tercile and size.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub peer_group: Option<String>,
    /// Remarks on the data of this cell that a reader must know.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub remarks: Vec<Text>,
    /// Charts.
    #[serde(default)]
    pub charts: Charts,
    /// In words.
    pub explanation: Explanation,
}
