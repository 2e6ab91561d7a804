use serde::{Deserialize, Serialize};

use super::NodePath;

/// An answer in the lexical form of its type: `12.5`, `2026-09-01`, `yes`, `red green`, `OK`.
///
/// One text for every type keeps what a person entered even when it is not valid, which a log must.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Value(String);

impl Value {
    /// A value from its text; `None` when the text is empty, because an empty answer is none.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        (!text.is_empty()).then_some(Self(text))
    }

    /// The answer of a select with several choices, in the order of choosing.
    pub fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        Self::new(names.into_iter().collect::<Vec<_>>().join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The chosen names of a select.
    pub fn chosen(&self) -> impl Iterator<Item = &str> {
        self.0.split_whitespace()
    }

    /// The number, when it is one.
    pub fn number(&self) -> Option<f64> {
        self.0.trim().parse().ok().filter(|n: &f64| n.is_finite())
    }
}

/// One edit of a filled form: the content of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What is edited: a question, or for adding and removing the repeat as a whole.
    pub path: NodePath,
    /// How.
    pub edit: Edit,
}

/// What a change does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Answers the question, or with `None` takes the answer back.
    Set(Option<Value>),
    /// Adds an instance to the repeat. Ids are made by the caller and unique in the repeat; instances stand in the
    /// order of their ids, so that every replica shows the same order. UUIDv7 keeps the order of adding.
    AddRepeat {
        /// The new instance's id.
        id: String,
    },
    /// Removes an instance of the repeat for good.
    RemoveRepeat {
        /// The instance's id.
        id: String,
    },
}

/// What a change did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effects {
    /// Nodes whose view is another than before, in no particular order.
    pub changed: Vec<NodePath>,
    /// Repeats whose list of instances is another than before.
    pub restructured: Vec<NodePath>,
}

/// A change that could not be made. The entry is as before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeError {
    /// The form (in this version) has no such node.
    #[error("the form has no {0}")]
    UnknownNode(NodePath),
    /// The repeat instance is not there (yet, or any more). An edit of an instance that is added later is kept and
    /// made then, so that the order in which operations arrive does not matter.
    #[error("there is no instance for {0}")]
    UnknownInstance(NodePath),
    /// The node holds no answer.
    #[error("{0} takes no answer")]
    NoQuestion(NodePath),
    /// The value is computed and cannot be entered.
    #[error("{0} is computed")]
    Computed(NodePath),
    /// The node is no repeat.
    #[error("{0} is no repeat")]
    NoRepeat(NodePath),
    /// The form decides how many instances there are.
    #[error("the number of instances of {0} is fixed by the form")]
    FixedRepeat(NodePath),
    /// The id is in use, was in use, or is no id.
    #[error("an instance of {0} cannot be added under this id")]
    UnusableId(NodePath),
    /// The form is as large as it may become.
    #[error("{0} has as many instances as are allowed")]
    TooMany(NodePath),
    /// The answer is longer than any answer may be.
    #[error("the answer to {0} is too long")]
    TooLong(NodePath),
}
