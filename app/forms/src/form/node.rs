use super::{Media, Question, Text};
use serde::{Deserialize, Serialize};

/// A place in the tree of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Questions that belong together.
    Group(Box<Group>),
    /// A group filled any number of times.
    Repeat(Box<Repeat>),
    /// A leaf.
    Question(Box<Question>),
}

impl Node {
    /// The element name, unique among its siblings; empty for a nameless group.
    pub fn name(&self) -> &str {
        match self {
            Self::Group(group) => &group.name,
            Self::Repeat(repeat) => &repeat.group.name,
            Self::Question(question) => &question.name,
        }
    }

    /// What a person reads.
    pub fn label(&self) -> &Text {
        match self {
            Self::Group(group) => &group.label,
            Self::Repeat(repeat) => &repeat.group.label,
            Self::Question(question) => &question.label,
        }
    }

    /// The condition under which the node takes part, as written.
    pub fn relevant(&self) -> Option<&str> {
        match self {
            Self::Group(group) => group.relevant.as_deref(),
            Self::Repeat(repeat) => repeat.group.relevant.as_deref(),
            Self::Question(question) => question.relevant.as_deref(),
        }
    }

    /// The nodes inside; empty for a question.
    pub fn children(&self) -> &[Node] {
        match self {
            Self::Group(group) => &group.nodes,
            Self::Repeat(repeat) => &repeat.group.nodes,
            Self::Question(_) => &[],
        }
    }
}

/// Questions that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Name, as written.
    pub name: String,
    /// What a person reads.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// Smaller words under the label.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// Files beside the label.
    #[serde(default, skip_serializing_if = "Media::is_empty")]
    pub media: Media,
    /// Condition under which the node takes part, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Condition under which the value cannot be changed, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<String>,
    /// Words of the `appearance` column, separated by blanks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// Link to launch another app for the whole group (`intent` column).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// Further `bind::…` attributes as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bind: Vec<(String, String)>,
    /// Further `body::…` attributes as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<(String, String)>,
    /// Further `instance::…` attributes as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance: Vec<(String, String)>,
    /// The group has a score of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// The nodes inside, in order.
    pub nodes: Vec<Node>,
}

/// What makes a group a section: a part of the form with its own place in the jump list and its own score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Weight among its sibling sections when the rule asks for one; 1 unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// The section groups other sections (a block of mechanisms) and its score is rolled up from theirs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub block: bool,
}

/// A group that is filled any number of times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// The group that is repeated.
    pub group: Group,
    /// Expression for the number of instances, as written; people add instances when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_count: Option<String>,
    /// Fewest instances of a complete form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// Most instances a person may add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// The person may neither add nor remove instances although there is no count (`jr:noAddRemove` without one).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_add_remove: bool,
}
