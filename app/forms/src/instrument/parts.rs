//! What instruments of several kinds share.

use super::InstrumentError;
use crate::form::{
    Choice, ChoiceList, ChoiceSource, Companion, CompanionRole, Form, Group, Instrument, Language,
    Level, Node, Question, QuestionKind, Roll, Section, Text,
};
use serde::Deserialize;

/// The languages of the product's instruments, Russian first.
pub(super) const RU: &str = "Русский (ru)";
pub(super) const EN: &str = "English (en)";

/// A sentence in both languages.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Words {
    pub ru: String,
    #[serde(default)]
    pub en: Option<String>,
}

impl From<&Words> for Text {
    fn from(words: &Words) -> Self {
        text(&words.ru, words.en.as_deref().unwrap_or(&words.ru))
    }
}

pub(super) fn text(ru: &str, en: &str) -> Text {
    Text::default().with(RU, ru).with(EN, en)
}

pub(super) fn optional(words: &Option<Words>) -> Text {
    words.as_ref().map(Text::from).unwrap_or_default()
}

/// The head that every instrument has.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub id: String,
    pub version: String,
    pub kind: String,
    pub title: Words,
    pub short_title: Option<Words>,
    pub purpose: Option<Words>,
    pub sources: Option<Words>,
    #[serde(default)]
    pub audience: Vec<String>,
    #[serde(default)]
    pub procedure_kinds: Vec<String>,
    pub estimated_minutes: Option<u32>,
}

impl Head {
    /// An empty form with the head's words.
    pub fn form(&self) -> Form {
        let mut form = Form::new(&self.id);
        form.version = self.version.clone();
        form.title = Text::from(&self.title);
        form.languages = vec![Language::new(RU), Language::new(EN)];
        form.default_language = RU.to_owned();
        form.instrument = Some(Instrument {
            kind: self.kind.clone(),
            short_title: optional(&self.short_title),
            purpose: optional(&self.purpose),
            sources: optional(&self.sources),
            audience: self.audience.clone(),
            procedure_kinds: self.procedure_kinds.clone(),
            estimated_minutes: self.estimated_minutes,
            ..Instrument::default()
        });
        form
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct LevelSource {
    pub id: String,
    pub min: f64,
    pub label: Words,
}

/// Levels from the highest to the lowest, as the engine looks them up.
pub(super) fn levels(sources: &[LevelSource]) -> Vec<Level> {
    let mut levels: Vec<Level> = sources
        .iter()
        .map(|source| Level {
            id: source.id.clone(),
            min: source.min,
            label: Text::from(&source.label),
        })
        .collect();
    levels.sort_by(|a, b| b.min.total_cmp(&a.min));
    levels
}

/// One value of a scale with what it looks like.
#[derive(Debug, Deserialize)]
pub(super) struct Descriptor {
    pub value: u8,
    #[serde(flatten)]
    pub words: Words,
}

#[derive(Debug, Deserialize)]
pub(super) struct Labelled {
    pub value: u8,
    pub label: Words,
}

/// The rule behind a formula of an instrument.
///
/// # Errors
/// For a formula that is not in the table: it must not be scored by another rule.
pub(super) fn roll(place: &'static str, formula: &str) -> Result<Roll, InstrumentError> {
    match formula {
        "index = 1 - sum(weight of failed items) / sum(weight of applicable answered items)" => {
            Ok(Roll::FailedShare)
        }
        "sum(weight*value)/sum(weight*3) over answered items" => Ok(Roll::WeightedShare),
        "sum(values)/(8*3)" => Ok(Roll::TotalShare),
        "mean of domains" | "mean of mechanisms" => Ok(Roll::MeanOfSections),
        _ => Err(InstrumentError::UnknownRule {
            place,
            formula: formula.to_owned(),
        }),
    }
}

pub(super) fn question(name: impl Into<String>, kind: QuestionKind, label: Text) -> Question {
    Question {
        name: name.into(),
        kind,
        label,
        ..Question::default()
    }
}

pub(super) fn select(name: impl Into<String>, label: Text, list: &str) -> Question {
    Question {
        choices: Some(ChoiceSource::List(list.to_owned())),
        ..question(name, QuestionKind::SelectOne, label)
    }
}

pub(super) fn choice(name: &str, label: Text) -> Choice {
    Choice {
        name: name.to_owned(),
        label,
        ..Choice::default()
    }
}

pub(super) fn list(name: &str, choices: Vec<Choice>) -> ChoiceList {
    ChoiceList {
        name: name.to_owned(),
        choices,
    }
}

pub(super) fn group(name: &str, label: Text, nodes: Vec<Node>) -> Node {
    Node::Group(Box::new(Group {
        name: name.to_owned(),
        label,
        nodes,
        ..Group::default()
    }))
}

/// A section: a group with its own score.
pub(super) fn section(name: &str, label: Text, block: bool, nodes: Vec<Node>) -> Group {
    Group {
        name: name.to_owned(),
        label,
        section: Some(Section {
            weight: None,
            block,
        }),
        nodes,
        ..Group::default()
    }
}

pub(super) fn node(question: Question) -> Node {
    Node::Question(Box::new(question))
}

/// A question shown under another one, named `<of>_<suffix>`.
pub(super) fn companion(
    of: &str,
    suffix: &str,
    role: CompanionRole,
    kind: QuestionKind,
    label: Text,
) -> Question {
    Question {
        companion: Some(Companion {
            of: of.to_owned(),
            role,
        }),
        ..question(format!("{of}_{suffix}"), kind, label)
    }
}

/// `yes` and `no`, in the words of a person.
pub(super) fn yes_no() -> ChoiceList {
    list(
        "yes_no",
        vec![
            choice("yes", text("Да", "Yes")),
            choice("no", text("Нет", "No")),
        ],
    )
}

/// Both conditions, when there are two.
pub(super) fn both(first: Option<&str>, second: &str) -> String {
    first.map_or_else(
        || second.to_owned(),
        |first| format!("{first} and {second}"),
    )
}
