//! What the engine is given: works, papers, school contexts and evidence that comes from elsewhere.

use serde::{Deserialize, Serialize};

/// One assessment: everybody who wrote the same paper in the same year (процедура).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Procedure {
    /// Calendar year the work was written.
    pub year: i32,
    /// Subject code, compared literally.
    pub subject: String,
    /// Grade (параллель), 1–11.
    pub grade: u8,
}

/// One pupil's work (работа). Blank fields are missing data, never zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Calendar year the work was written.
    pub year: i32,
    /// Subject code, compared literally.
    pub subject: String,
    /// Grade (параллель), 1–11.
    pub grade: u8,
    /// School code.
    pub school: String,
    /// Class or room; pupils are compared with each other only inside it.
    pub class: Option<String>,
    /// The school's own pseudonymous code of the pupil.
    pub pupil: Option<String>,
    /// Booklet (вариант).
    pub booklet: Option<String>,
    /// Points per item in the order of [`Paper::items`]; empty when the paper has no items.
    pub items: Vec<Option<u8>>,
    /// Primary score; when absent it is the sum of `items`, if none of them is missing or any was answered.
    pub raw_score: Option<u16>,
    /// Mark for the work, 2–5.
    pub mark: Option<u8>,
    /// Mark in the school register (отметка по журналу), 2–5.
    pub register_mark: Option<u8>,
    /// The same pupil's earlier result on any scale.
    pub prior_score: Option<f64>,
}

impl Work {
    /// The assessment this work belongs to.
    pub fn procedure(&self) -> Procedure {
        Procedure {
            year: self.year,
            subject: self.subject.clone(),
            grade: self.grade,
        }
    }
}

/// Difficulty letter of an item in the «Ф1» workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// «Б», basic.
    Base,
    /// «П», raised.
    Raised,
    /// «В», high.
    High,
}

/// One item (задание) of a paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemSpec {
    /// Code as printed: `1`, `9.1`, `1К1`.
    pub code: String,
    /// Most points the item gives.
    pub max: u8,
    /// Difficulty letter when known; the engine orders items by observed difficulty otherwise.
    pub difficulty: Option<Difficulty>,
}

/// Who set a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A document of the programme or a published paper.
    Document,
    /// Federal level.
    Federal,
    /// Regional level.
    Regional,
    /// Municipal level.
    Municipal,
    /// This platform's proposal.
    Platform,
}

/// The paper everybody of one procedure wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Items in column order; empty when only raw scores are known.
    pub items: Vec<ItemSpec>,
    /// Highest raw score. `None`: the sum of the items' maxima, or else the highest score seen.
    pub max_score: Option<u16>,
    /// Lowest raw scores of the marks 3, 4 and 5, strictly increasing.
    pub cuts: Option<[u16; 3]>,
    /// Boundaries at which works may be lifted when the marks 3, 4 and 5 are not all known, for example one pass mark;
    /// strictly increasing. Not used beside `cuts`.
    #[serde(default)]
    pub boundaries: Vec<u16>,
    /// Who set `cuts` or `boundaries`.
    pub cuts_source: Source,
}

impl Default for Paper {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            max_score: None,
            cuts: None,
            boundaries: Vec::new(),
            cuts_source: Source::Platform,
        }
    }
}

/// Number of pupils enrolled, for the whole school year or for one subject and grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// `None`: counts for every subject.
    pub subject: Option<String>,
    /// `None`: counts for every grade.
    pub grade: Option<u8>,
    /// Pupils who should have written.
    pub pupils: u32,
}

/// Context passport of a school in a year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SchoolContext {
    /// Year of the passport.
    pub year: i32,
    /// School code.
    pub school: String,
    /// Enrolment; the most specific entry wins.
    pub enrolled: Vec<Enrolled>,
    /// Signed context index, higher is more favourable. Wins over `factors`.
    pub context_index: Option<f64>,
    /// Shares of the nine significant factors in percent, in the order of [`crate::context::FACTORS`].
    pub factors: [Option<f64>; 9],
    /// Lyceum, gymnasium or advanced study: a high level is expected.
    pub advanced_profile: bool,
}

/// What observers saw in a school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Year of the event.
    pub year: i32,
    /// School code.
    pub school: String,
    /// `None`: every subject of the year.
    pub subject: Option<String>,
    /// `None`: every grade of the year.
    pub grade: Option<u8>,
    /// Compliance index of the checklists, 0–1.
    pub index: f64,
    /// Confirmed critical violations.
    pub critical_violations: u32,
    /// Checklists behind the index.
    pub visits: u32,
}

/// A school named in a federal or regional list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalListing {
    /// Year of the list.
    pub year: i32,
    /// School code.
    pub school: String,
    /// `None`: the list names the school as a whole.
    pub subject: Option<String>,
    /// `None`: every grade.
    pub grade: Option<u8>,
    /// Who published it.
    pub source: Source,
    /// Name of the list as shown to people.
    pub name: String,
}

/// State-exam result of the same cohort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateExam {
    /// The assessment it confirms or does not.
    pub procedure: Procedure,
    /// School code.
    pub school: String,
    /// Mean result on any scale common to the region.
    pub mean: f64,
    /// Pupils behind the mean.
    pub n: u32,
    /// Pupils with marks 4 and 5, for the documents' comparison of levels (D-05).
    pub high: Option<u32>,
}

/// Aggregated results of a school when pupils' works are not at hand (levels L0 and L1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The assessment.
    pub procedure: Procedure,
    /// School code.
    pub school: String,
    /// Pupils by raw score, index = score.
    pub histogram: Option<Vec<u32>>,
    /// Pupils by mark 2, 3, 4, 5.
    pub marks: Option<[u32; 4]>,
    /// Share of the maximum per item, 0–1, in the order of [`Paper::items`].
    pub item_rates: Option<Vec<Option<f64>>>,
}

/// Evidence about the same school kept from earlier runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierEvidence {
    /// Year the evidence is about; must be before the year it is used for.
    pub year: i32,
    /// School code.
    pub school: String,
    /// Subject.
    pub subject: String,
    /// Log-likelihood ratio of that run's cell.
    pub log_lr: f64,
}

/// Something wrong with the input: what, where and how to mend it.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum InputProblem {
    /// A work of a procedure whose works were judged and let go.
    #[error("a work in school {school} came after its procedure was judged; push whole procedures")]
    AlreadyJudged {
        /// School code.
        school: String,
    },
    /// More points than the item can give.
    #[error(
        "item {item} of a work in school {school} has {points} points, the maximum is {max}; mend the work or the paper"
    )]
    PointsAboveMaximum {
        /// School code.
        school: String,
        /// Item code.
        item: String,
        /// Points given.
        points: u8,
        /// Points possible.
        max: u8,
    },
    /// Number of item values differs from the paper.
    #[error(
        "a work in school {school} has {found} items, the paper has {expected}; mend the columns"
    )]
    ItemCount {
        /// School code.
        school: String,
        /// Items of the work.
        found: usize,
        /// Items of the paper.
        expected: usize,
    },
    /// Raw score above the paper's maximum.
    #[error(
        "raw score {score} in school {school} is above the maximum {max}; mend the score or the maximum"
    )]
    ScoreAboveMaximum {
        /// School code.
        school: String,
        /// Score given.
        score: u16,
        /// Score possible.
        max: u16,
    },
    /// Raw score differs from the sum of answered items.
    #[error(
        "raw score {score} in school {school} is not the sum of the items, {sum}; mend one of them"
    )]
    ScoreNotSum {
        /// School code.
        school: String,
        /// Score given.
        score: u16,
        /// Sum of the items.
        sum: u16,
    },
    /// A mark outside 2–5.
    #[error("mark {mark} in school {school} is not one of 2, 3, 4, 5; mend or clear it")]
    MarkOutside {
        /// School code.
        school: String,
        /// Mark given.
        mark: u8,
    },
    /// A number that is not a number, or infinite.
    #[error("{field} of school {school} is not a finite number; clear it or give a number")]
    NotFinite {
        /// School code.
        school: String,
        /// Field.
        field: String,
    },
    /// A number outside its range.
    #[error("{field} of school {school} is {value}, outside {low} to {high}; mend it")]
    OutOfRange {
        /// School code.
        school: String,
        /// Field.
        field: String,
        /// Value given.
        value: f64,
        /// Lowest allowed.
        low: f64,
        /// Highest allowed.
        high: f64,
    },
    /// Cuts that are not increasing or exceed the maximum.
    #[error("cuts {cuts:?} must be increasing, above 0 and not above the maximum {max}")]
    WrongCuts {
        /// Cuts given.
        cuts: [u16; 3],
        /// Score possible.
        max: u16,
    },
    /// Boundaries that are not increasing or exceed the maximum.
    #[error(
        "boundaries {boundaries:?} must be increasing, above 0 and not above the maximum {max}"
    )]
    WrongBoundaries {
        /// Boundaries given.
        boundaries: Vec<u16>,
        /// Score possible.
        max: u16,
    },
    /// Declared maximum differs from the items' sum.
    #[error("the maximum score is declared {declared}, but the items give {sum}; mend the paper")]
    ContradictoryMaximum {
        /// Declared maximum.
        declared: u16,
        /// Sum of the items' maxima.
        sum: u16,
    },
    /// A second, different paper for the same procedure.
    #[error("{procedure:?} already has a different paper; one procedure has one paper")]
    SecondPaper {
        /// The assessment.
        procedure: Procedure,
    },
    /// Blank school code.
    #[error("a work without a school code; fill it")]
    NoSchool,
}
