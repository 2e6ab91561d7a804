//! Scored items of a filled form in both languages, and the hash that a signature is set under.

use api::assessment::agreement::LevelChoice;
use api::text::Text;
use forms::Form;
use forms::entry::{FormEntry, NodePath};
use forms::form::{ChoiceSource, CompanionRole, Node, Question};
use sha2::{Digest, Sha256};

use crate::rules::forms::fold::both;

/// A scored item as it was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemAnswer {
    /// Name in the form.
    pub item: String,
    /// Name of the section in the form.
    pub section: String,
    /// The question.
    pub label: Text,
    /// Levels, lowest first.
    pub levels: Vec<LevelChoice>,
    /// Is it a key item?
    pub key_item: bool,
    /// The chosen sentence; absent without an answer.
    pub sentence: Option<Text>,
    /// Points; absent without an answer and for "not applicable".
    pub score: Option<f64>,
    /// Points as they count beside an expert: lower where the evidence is missing, by the form's rule.
    pub counted: Option<f64>,
    /// Evidence named.
    pub evidence: Option<String>,
    /// Comment, or the reason why the item does not apply.
    pub note: Option<String>,
}

/// Scored items in the order of the form.
pub fn items(entry: &FormEntry) -> Vec<ItemAnswer> {
    let form = entry.form().clone();
    let discount = form
        .scoring
        .as_ref()
        .and_then(|scoring| scoring.evidence.clone());
    // The view speaks of evidence that is demanded; here a level stands without it and counts for less.
    let scores = entry.score().items;
    let is_unconfirmed = |path: &NodePath| {
        scores
            .iter()
            .any(|item| item.unconfirmed && item.path == *path)
    };
    let mut items = Vec::new();
    for walked in form.walk() {
        let Node::Question(question) = walked.node else {
            continue;
        };
        if !question.expert || question.companion.is_some() {
            continue;
        }
        let path = path_of(&walked.path.to_string());
        let Some(view) = entry.view(&path).filter(|view| view.relevant) else {
            continue;
        };
        let value = view.value.as_ref().map(|value| value.as_str().to_owned());
        let choices = choices(&form, question);
        let chosen = choices
            .iter()
            .find(|choice| Some(choice.name.as_str()) == value.as_deref());
        let score = chosen.and_then(|choice| choice.score);
        let counted = match &discount {
            Some(rule) if is_unconfirmed(&path) && score.is_some_and(|s| s >= rule.from) => {
                Some(rule.counts_as)
            }
            _ => score,
        };
        let companion = |roles: &[CompanionRole]| {
            companions(&form, question, roles)
                .filter_map(|name| entry.view(&path.parent().unwrap_or_default().child(&name)))
                .filter(|view| view.relevant)
                .find_map(|view| Some(view.value?.as_str().trim().to_owned()))
        };
        items.push(ItemAnswer {
            item: question.name.clone(),
            section: path
                .parent()
                .map(|parent| parent.name().to_owned())
                .unwrap_or_default(),
            label: both(&form, &question.label),
            levels: levels(&form, choices),
            key_item: question.key_item,
            sentence: chosen.map(|choice| sentence(&form, choice)),
            score,
            counted,
            evidence: companion(&[CompanionRole::Evidence]),
            note: companion(&[CompanionRole::Comment, CompanionRole::NotApplicableReason]),
        });
    }
    items
}

fn path_of(text: &str) -> NodePath {
    text.split('/')
        .filter(|name| !name.is_empty())
        .fold(NodePath::root(), |path, name| path.child(name))
}

fn choices<'a>(form: &'a Form, question: &Question) -> &'a [forms::form::Choice] {
    match &question.choices {
        Some(ChoiceSource::List(name)) => form
            .list(name)
            .map_or(&[][..], |list| list.choices.as_slice()),
        _ => &[],
    }
}

fn levels(form: &Form, choices: &[forms::form::Choice]) -> Vec<LevelChoice> {
    let mut levels: Vec<LevelChoice> = choices
        .iter()
        .filter_map(|choice| {
            Some(LevelChoice {
                value: choice.score?,
                sentence: sentence(form, choice),
            })
        })
        .collect();
    levels.sort_by(|a, b| a.value.total_cmp(&b.value));
    levels
}

fn sentence(form: &Form, choice: &forms::form::Choice) -> Text {
    if choice.level.is_empty() {
        both(form, &choice.label)
    } else {
        both(form, &choice.level)
    }
}

fn companions(form: &Form, of: &Question, roles: &[CompanionRole]) -> impl Iterator<Item = String> {
    form.walk().filter_map(move |walked| match walked.node {
        Node::Question(question) => question
            .companion
            .as_ref()
            .filter(|companion| companion.of == of.name && roles.contains(&companion.role))
            .map(|_| question.name.clone()),
        _ => None,
    })
}

/// SHA-256 over form, version and the answers that count, in the order of the form: what a head signs.
/// Two logs that fold to the same answers have the same hash.
pub fn state_hash(entry: &FormEntry) -> String {
    let submission = entry.submission();
    let answers: Vec<(String, &str)> = submission
        .answers
        .iter()
        .map(|answer| (answer.path.to_string(), answer.value.as_str()))
        .collect();
    let document = serde_json::json!([submission.form_id, submission.form_version, answers]);
    let hash = Sha256::digest(document.to_string().as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Number of recommendations: more than three are not acted on at once.
const MOST: usize = 3;

/// Where to begin, with the sentence one level higher: key items first, then the lowest, in the order of the
/// form. The same rule as `app::filling::advice` on the page.
///
/// # Source
/// requirements.md, "The three central interfaces": three recommendations from the lowest key items.
pub fn advice(items: &[ItemAnswer]) -> Vec<(&ItemAnswer, &Text)> {
    let mut found: Vec<(bool, f64, &ItemAnswer, &Text)> = items
        .iter()
        .filter_map(|item| {
            let score = item.score?;
            let best = item.levels.last()?.value;
            let next = item.levels.iter().find(|level| level.value > score)?;
            Some((!item.key_item, score / best, item, &next.sentence))
        })
        .collect();
    // The sort is stable, so equals keep the order of the form.
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, _, item, next)| (item, next))
        .collect()
}
