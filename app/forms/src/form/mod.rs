//! The static form: what a workbook or an instrument says, as one versioned JSON document.
//!
//! Nothing here is live: answers, relevance and scores belong to the entry engine. Expressions are kept as source
//! text in XLSForm's words (`${name}` references included), so that a form can be exported as it was written.

mod choice;
mod media;
mod node;
mod problem;
mod question;
mod scoring;
mod settings;
mod text;
mod walk;

pub use choice::{Choice, ChoiceList, ChoiceSource, ExternalChoice, OsmTag};
pub use media::Media;
pub use node::{Group, Node, Repeat, Section};
pub use problem::{Edit, Message, Place, Problem, Repair, Severity};
pub use question::{
    Companion, CompanionRole, Evidence, EvidenceKind, Generated, Question, QuestionKind,
};
pub use scoring::{
    ChainRule, CrossCheck, EvidenceDiscount, ExpertRule, ExpertStatus, KeyItemRule, Level, Roll,
    Scoring,
};
pub use settings::{Completion, Entity, Instrument, PhotoPolicy, Settings};
pub use text::{Language, Text};
pub use walk::{Walk, Walked};

use serde::{Deserialize, Serialize};

/// Number of the document layout; raised when an older reader would misunderstand a newer document.
pub const SCHEMA: u32 = 1;

/// A form (анкета, лист наблюдателя): questions in a tree, choice lists, rules of scoring.
///
/// Static and complete: the same value is compiled from a workbook, from an instrument or read from JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Layout of this document, see [`SCHEMA`].
    pub schema: u32,
    /// Stable id of the form (`form_id` of the settings sheet).
    pub id: String,
    /// Version as the author wrote it; empty when the author gave none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Name of the root element of a submission, `data` unless the author chose another.
    pub root: String,
    /// Title shown to people.
    pub title: Text,
    /// Languages in the order in which the form names them. A form without translations has the single language
    /// [`Text::DEFAULT`].
    pub languages: Vec<Language>,
    /// Name of the language shown first; one of `languages`.
    pub default_language: String,
    /// Settings beyond id, title, version and languages.
    #[serde(default)]
    pub settings: Settings,
    /// The questions, groups and repeats in order.
    pub nodes: Vec<Node>,
    /// Choice lists in order of first appearance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<ChoiceList>,
    /// Lists of `select_one_external`: kept apart because other tools ship them as `itemsets.csv`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_choices: Vec<ExternalChoice>,
    /// Tags of `osm` questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub osm_tags: Vec<OsmTag>,
    /// Entity declarations; accepted and kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// How answers become an index; `None` for a form that is not scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoring: Option<Scoring>,
    /// What an instrument says beyond its questions; `None` for a plain XLSForm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Instrument>,
}

impl Form {
    /// An empty form with one unnamed language.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            schema: SCHEMA,
            id: id.into(),
            root: "data".to_owned(),
            languages: vec![Language::new(Text::DEFAULT)],
            default_language: Text::DEFAULT.to_owned(),
            ..Self::default()
        }
    }

    /// Every node with its path, depth first, in the order of the form.
    pub fn walk(&self) -> Walk<'_> {
        Walk::new(&self.nodes)
    }

    /// The choice list of that name.
    pub fn list(&self, name: &str) -> Option<&ChoiceList> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// The first question of that name anywhere in the tree.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.walk().find_map(|walked| match walked.node {
            Node::Question(question) if question.name == name => Some(question.as_ref()),
            _ => None,
        })
    }

    /// Name of the form's language whose code is `code` (`ru`, `en`), to look texts up by.
    ///
    /// Falls back to the form's default language, so that a view always has something to show.
    pub fn language_for(&self, code: &str) -> &str {
        self.languages
            .iter()
            .find(|language| language.code.as_deref() == Some(code) || language.name == code)
            .map_or(self.default_language.as_str(), |language| {
                language.name.as_str()
            })
    }

    /// The text of `text` for a person who reads `code`, falling back to the default language and then to any.
    pub fn text<'a>(&self, text: &'a Text, code: &str) -> &'a str {
        text.get(self.language_for(code))
            .or_else(|| text.get(&self.default_language))
            .or_else(|| text.get(Text::DEFAULT))
            .or_else(|| text.first())
            .unwrap_or_default()
    }
}
