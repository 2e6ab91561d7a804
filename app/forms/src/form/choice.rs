use super::{Media, Text};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A named list of choices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChoiceList {
    /// Name, as written.
    pub name: String,
    /// Choices in the order of the sheet.
    pub choices: Vec<Choice>,
}

/// One choice of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The value stored in an answer.
    pub name: String,
    /// What a person reads.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// Files beside the label.
    #[serde(default, skip_serializing_if = "Media::is_empty")]
    pub media: Media,
    /// Points of this choice (`score` column); `None` when choosing it says nothing about quality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The choice says "does not apply": the question leaves the score (`not_applicable` column).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_applicable: bool,
    /// What this level of a scale looks like in practice (`level` column).
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub level: Text,
    /// Columns of the author for `choice_filter` and `instance()`, in the order of the sheet; blank cells left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, String)>,
}

impl Choice {
    /// Value of a column as expressions see it: the author's columns, `name`, `score` and `not_applicable`.
    pub fn column(&self, column: &str) -> Option<Cow<'_, str>> {
        if column == "name" {
            return Some(Cow::Borrowed(&self.name));
        }
        self.all_columns()
            .find(|(name, _)| *name == column)
            .map(|(_, value)| value)
    }

    /// The author's columns, then those of ours that a choice uses; labels, files and levels are no columns.
    pub fn all_columns(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let own = self
            .columns
            .iter()
            .map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())));
        let score = self
            .score
            .map(|score| ("score", Cow::Owned(score.to_string())));
        let not_applicable = self
            .not_applicable
            .then_some(("not_applicable", Cow::Borrowed("yes")));
        own.chain(score).chain(not_applicable)
    }
}

/// Where the choices of a select come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceSource {
    /// A list of the choices sheet, by name.
    List(String),
    /// A file attached to the form (`.csv`, `.xml`, `.geojson`), by file name.
    File(String),
    /// A list of the external choices sheet, by name.
    External(String),
    /// Instances of a repeat, by the name of the question whose values are offered.
    Repeat(String),
}

/// A row of the external choices sheet: all its columns as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalChoice {
    /// Headers and values as written.
    pub columns: Vec<(String, String)>,
}

/// A tag of an `osm` question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OsmTag {
    /// List of tags to which it belongs.
    pub list: String,
    /// Name, as written.
    pub name: String,
    /// What a person reads.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
}
