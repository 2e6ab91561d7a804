use super::Text;
use serde::{Deserialize, Serialize};

/// Settings of a form beyond its id, title, version and languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Default language as the author wrote it; `None` when the author named none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_language: Option<String>,
    /// Expression that names a filled form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_name: Option<String>,
    /// Words of the `style` column: `pages`, `theme-grid`, ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Where other tools send submissions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission_url: Option<String>,
    /// Key by which other tools encrypt submissions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// Whether other tools send at once, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_send: Option<String>,
    /// Whether other tools delete after sending, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_delete: Option<String>,
    /// Choice names may repeat within a list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_choice_duplicates: bool,
    /// Columns of the settings sheet without a meaning here, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<(String, String)>,
}

impl Settings {
    /// Value of a column of the settings sheet that is kept as written.
    pub fn other(&self, column: &str) -> Option<&str> {
        self.other
            .iter()
            .find(|(key, _)| key == column)
            .map(|(_, value)| value.as_str())
    }
}

/// An entity declaration: accepted and kept for other tools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Name of the entity list.
    pub list_name: String,
    /// Expression for the entity to update.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
    /// Condition to create an entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_if: Option<String>,
    /// Condition to update an entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_if: Option<String>,
    /// What a person reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// What an instrument says beyond its questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// `observation_checklist`, `self_assessment`, ….
    pub kind: String,
    /// Title where space is short.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub short_title: Text,
    /// What the instrument is for.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub purpose: Text,
    /// Where its content comes from.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub sources: Text,
    /// Roles that fill it in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// Procedures it is made for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedure_kinds: Vec<String>,
    /// How long it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_minutes: Option<u32>,
    /// Rules about photos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_policy: Option<PhotoPolicy>,
    /// How it is finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion: Option<Completion>,
    /// Wording of the weights of violations: weight → what it means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<(String, Text)>,
}

/// What may and may not be photographed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoPolicy {
    /// What is never photographed.
    pub forbidden: Vec<Text>,
    /// What may be photographed.
    pub allowed: Vec<Text>,
    /// When photos may be taken.
    pub when: Text,
}

/// How a checklist is finished.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// The observer signs.
    pub required_signature: bool,
    /// Days in which the school may comment.
    pub school_comment_days: u32,
    /// One button answers every visible question of a section with "in order".
    pub one_tap_no_violations: bool,
    /// Title of the signed document.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub act_title: Text,
}
