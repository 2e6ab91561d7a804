//! What commands say to an operator: one sentence that names the next step, in the operator's language.

use api::text::Text;

/// A refusal or a fault, for a person at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Stable code, for tests and scripts.
    pub code: &'static str,
    text: Text,
}

impl Sentence {
    /// A sentence in both languages.
    pub fn new(code: &'static str, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Sentence {
            code,
            text: Text::new(ru, en),
        }
    }

    /// The same as an error.
    pub fn error(
        code: &'static str,
        ru: impl Into<String>,
        en: impl Into<String>,
    ) -> anyhow::Error {
        anyhow::Error::new(Sentence::new(code, ru, en))
    }
}

impl std::fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if is_english() {
            &self.text.en
        } else {
            &self.text.ru
        })
    }
}

impl std::error::Error for Sentence {}

/// The sentence of the operator's language.
pub fn say<'a>(ru: &'a str, en: &'a str) -> &'a str {
    if is_english() { en } else { ru }
}

/// Russian, unless the terminal asks for English. `C` and `POSIX` say nothing about a person.
fn is_english() -> bool {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .is_some_and(|value| value.starts_with("en"))
}
