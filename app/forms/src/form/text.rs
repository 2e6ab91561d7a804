use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One text in the languages of a form: language name → wording. In JSON an object.
///
/// Kept as a short list, because a form has one to four languages and thousands of texts. Texts are equal when they say
/// the same in the same languages, in whatever order these were written.
#[derive(Clone, Debug, Default, Eq)]
pub struct Text {
    entries: Vec<(String, String)>,
}

impl Text {
    /// Name of the language of a column without `::language`.
    pub const DEFAULT: &'static str = "default";

    /// A text in the unnamed language.
    pub fn plain(wording: impl Into<String>) -> Self {
        Self {
            entries: vec![(Self::DEFAULT.to_owned(), wording.into())],
        }
    }

    /// Sets the wording of one language, replacing an earlier one.
    pub fn set(&mut self, language: &str, wording: impl Into<String>) {
        let wording = wording.into();
        match self.entries.iter_mut().find(|(name, _)| name == language) {
            Some(entry) => entry.1 = wording,
            None => self.entries.push((language.to_owned(), wording)),
        }
    }

    /// Takes the wording of one language away.
    pub fn remove(&mut self, language: &str) {
        self.entries.retain(|(name, _)| name != language);
    }

    /// The same text with the wording of one more language.
    pub fn with(mut self, language: &str, wording: impl Into<String>) -> Self {
        self.set(language, wording);
        self
    }

    /// The wording in exactly that language.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|(name, _)| name == language)
            .map(|(_, wording)| wording.as_str())
    }

    /// The wording that was written first.
    pub fn first(&self) -> Option<&str> {
        self.entries.first().map(|(_, wording)| wording.as_str())
    }

    /// Whether no language has a wording.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Languages and wordings in the order of writing.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries
            .iter()
            .map(|(language, wording)| (language.as_str(), wording.as_str()))
    }

    /// Languages and changeable wordings.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut String)> {
        self.entries
            .iter_mut()
            .map(|(language, wording)| (language.as_str(), wording))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len()
            && self
                .iter()
                .all(|(language, wording)| other.get(language) == Some(wording))
    }
}

impl FromIterator<(String, String)> for Text {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(entries: I) -> Self {
        let mut text = Self::default();
        for (language, wording) in entries {
            text.set(&language, wording);
        }
        text
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (language, wording) in &self.entries {
            map.serialize_entry(language, wording)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of wordings by language")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut text = Text::default();
                while let Some((language, wording)) = map.next_entry::<String, String>()? {
                    text.set(&language, wording);
                }
                Ok(text)
            }
        }

        deserializer.deserialize_map(TextVisitor)
    }
}

/// A language of a form as its columns name it, for example `Русский (ru)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// The name as written; texts are keyed by it.
    pub name: String,
    /// The code in brackets, `ru` in `Русский (ru)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Language {
    /// A language from its name, with the code taken from the brackets at its end.
    pub fn new(name: &str) -> Self {
        let code = name
            .trim_end()
            .strip_suffix(')')
            .and_then(|head| head.rsplit_once('('))
            .map(|(_, code)| code.trim().to_owned())
            .filter(|code| {
                !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
        Self {
            name: name.to_owned(),
            code,
        }
    }
}
