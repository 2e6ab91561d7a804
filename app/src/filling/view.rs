//! A question as a widget shows it: words in the reader's language, the answer as text, the rules that
//! show.

use forms::form::{CompanionRole, Evidence, EvidenceKind, QuestionKind};

/// A question at one moment.
///
/// Answers are in the lexical form of XForms (ISO dates, choices separated by blanks), because that is
/// what widgets read and write.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionView {
    /// Path in the filled form, unique on the page.
    pub path: String,
    /// Name in the form.
    pub name: String,
    /// What sort it is.
    pub kind: QuestionKind,
    /// The question.
    pub label: String,
    /// Smaller words under it.
    pub hint: String,
    /// Help on demand.
    pub guidance: String,
    /// The answer; `None` when there is none.
    pub value: Option<String>,
    /// Choices that pass their filter now.
    pub choices: Vec<ChoiceView>,
    /// Is an answer demanded?
    pub required: bool,
    /// Can the answer not be changed?
    pub read_only: bool,
    /// What is wrong with the answer and how to mend it.
    pub violation: Option<String>,
    /// Words of the appearance.
    pub appearance: Vec<String>,
    /// Pairs of the `parameters` column.
    pub parameters: Vec<(String, String)>,
    /// Unit beside a number.
    pub unit: Option<String>,
    /// What the instrument says of the question.
    pub rules: Rules,
}

/// What an instrument says of a question beyond asking it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// A violation is critical.
    pub critical: bool,
    /// A violation is told to the coordinator at once.
    pub alert: bool,
    /// The item limits the level of its section.
    pub key_item: bool,
    /// The choice that means "in order".
    pub ok_answer: Option<String>,
    /// What proves an answer.
    pub evidence: Evidence,
    /// Words by which rules find the question.
    pub tags: Vec<String>,
    /// The question it is shown under, and what for.
    pub companion: Option<(String, CompanionRole)>,
}

/// A choice of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceView {
    /// Stored value.
    pub name: String,
    /// Words.
    pub label: String,
    /// What this level looks like in practice; empty when the list is no scale.
    pub level: String,
    /// Points.
    pub score: Option<f64>,
    /// Says that the question does not apply.
    pub not_applicable: bool,
}

impl ChoiceView {
    /// What the person picks: the sentence that describes the level, otherwise the label.
    pub fn sentence(&self) -> &str {
        if self.level.is_empty() {
            &self.label
        } else {
            &self.level
        }
    }
}

/// How an answer stands against the rules of the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// No answer.
    Open,
    /// Answered.
    Answered,
    /// Said not to apply.
    NotApplicable,
    /// A violation (нарушение).
    Violation,
    /// A critical violation (грубое нарушение).
    Critical,
}

impl QuestionView {
    /// Does the appearance hold that word?
    pub fn has_appearance(&self, word: &str) -> bool {
        self.appearance.iter().any(|other| other == word)
    }

    /// Value of a pair of the `parameters` column.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The chosen choices in the order of the list; for a ranking in the order of preference.
    pub fn chosen(&self) -> Vec<&ChoiceView> {
        let names: Vec<&str> = self.names();
        if self.kind == QuestionKind::Rank {
            let choice = |name: &&str| self.choices.iter().find(|choice| choice.name == **name);
            return names.iter().filter_map(choice).collect();
        }
        self.choices
            .iter()
            .filter(|choice| names.contains(&choice.name.as_str()))
            .collect()
    }

    /// Names in the answer of a select.
    pub fn names(&self) -> Vec<&str> {
        let value = self.value.as_deref().unwrap_or_default();
        match self.kind {
            QuestionKind::SelectMultiple | QuestionKind::Rank => value.split_whitespace().collect(),
            _ => Some(value)
                .filter(|value| !value.is_empty())
                .into_iter()
                .collect(),
        }
    }

    /// Would this answer be a violation?
    pub fn would_violate(&self, name: &str) -> bool {
        let Some(ok) = &self.rules.ok_answer else {
            return false;
        };
        let applies = !self
            .choices
            .iter()
            .any(|choice| choice.name == name && choice.not_applicable);
        !name.is_empty() && name != ok && applies
    }

    /// How the answer stands.
    pub fn standing(&self) -> Standing {
        let Some(value) = self.value.as_deref().filter(|value| !value.is_empty()) else {
            return Standing::Open;
        };
        let is_chosen = |name: &str| match self.kind {
            QuestionKind::SelectMultiple | QuestionKind::Rank => {
                value.split_whitespace().any(|one| one == name)
            }
            _ => value == name,
        };
        if self
            .choices
            .iter()
            .any(|choice| choice.not_applicable && is_chosen(&choice.name))
        {
            return Standing::NotApplicable;
        }
        match (self.would_violate(value), self.rules.critical) {
            (true, true) => Standing::Critical,
            (true, false) => Standing::Violation,
            (false, _) => Standing::Answered,
        }
    }

    /// Points of the chosen choice.
    pub fn score(&self) -> Option<f64> {
        self.chosen().first().and_then(|choice| choice.score)
    }

    /// Highest points among the choices.
    pub fn best_score(&self) -> Option<f64> {
        self.choices
            .iter()
            .filter_map(|choice| choice.score)
            .max_by(f64::total_cmp)
    }

    /// Does the chosen level need proof?
    pub fn needs_evidence(&self) -> bool {
        match (self.rules.evidence.required_from, self.score()) {
            (Some(from), Some(score)) => score >= from,
            _ => false,
        }
    }

    /// Is it a scale whose levels are described in sentences?
    pub fn is_scale(&self) -> bool {
        self.kind == QuestionKind::SelectOne
            && self.choices.iter().any(|choice| !choice.level.is_empty())
    }

    /// Is it shown as a row of large buttons: two or three choices, as in a checklist?
    pub fn is_button_row(&self) -> bool {
        self.kind == QuestionKind::SelectOne
            && (2..=3).contains(&self.choices.len())
            && self.appearance.is_empty()
            && !self.is_scale()
            && self
                .choices
                .iter()
                .all(|choice| choice.label.chars().count() <= 28)
    }

    /// Does a violation ask for a note?
    pub fn wants_note(&self) -> bool {
        matches!(
            self.rules.evidence.kind,
            EvidenceKind::NoteOnFail | EvidenceKind::NotePhotoOptional | EvidenceKind::PhotoOnFail
        )
    }

    /// Must the observation end when this is violated?
    pub fn stops_when_violated(&self) -> bool {
        self.rules.tags.iter().any(|tag| tag == "stop_if_fail")
    }

    /// Has the person something to answer here?
    pub fn is_question(&self) -> bool {
        !matches!(self.kind, QuestionKind::Note) && !self.kind.is_hidden()
    }

    /// Number of the item where its name carries one: `3.2` of `SO-3.2`.
    pub fn number(&self) -> Option<&str> {
        let (_, number) = self.name.rsplit_once('-')?;
        let is_number = number.contains('.')
            && number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        is_number.then_some(number)
    }

    /// The answer in words; empty when there is none.
    pub fn answer_text(&self) -> String {
        if self.kind.is_select() {
            let chosen: Vec<&str> = self.chosen().iter().map(|one| one.sentence()).collect();
            return chosen.join(", ");
        }
        self.value.clone().unwrap_or_default()
    }

    /// Id of the widget in the page; safe in CSS selectors and `aria-` lists.
    pub fn element_id(&self) -> String {
        element_id(&self.path)
    }
}

/// Id of the widget of a path.
pub fn element_id(path: &str) -> String {
    let mut id = String::from("q");
    for character in path.chars() {
        if character.is_ascii_alphanumeric() || character == '-' {
            id.push(character);
        } else {
            id.push_str(&format!("_{:x}", character as u32));
        }
    }
    id
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn choice(name: &str, score: Option<f64>, not_applicable: bool) -> ChoiceView {
        ChoiceView {
            name: name.to_owned(),
            label: name.to_owned(),
            level: String::new(),
            score,
            not_applicable,
        }
    }

    pub(crate) fn yes_no(name: &str) -> QuestionView {
        QuestionView {
            path: format!("during/{name}"),
            name: name.to_owned(),
            kind: QuestionKind::SelectOne,
            label: name.to_owned(),
            hint: String::new(),
            guidance: String::new(),
            value: None,
            choices: vec![
                choice("yes", None, false),
                choice("no", None, false),
                choice("na", None, true),
            ],
            required: false,
            read_only: false,
            violation: None,
            appearance: Vec::new(),
            parameters: Vec::new(),
            unit: None,
            rules: Rules {
                ok_answer: Some("yes".to_owned()),
                ..Rules::default()
            },
        }
    }

    fn standing(value: Option<&str>, critical: bool) -> Standing {
        let mut view = yes_no("a");
        view.value = value.map(str::to_owned);
        view.rules.critical = critical;
        view.standing()
    }

    #[test]
    fn answers_stand_against_the_rules() {
        assert_eq!(standing(None, true), Standing::Open);
        assert_eq!(standing(Some("yes"), true), Standing::Answered);
        assert_eq!(standing(Some("na"), true), Standing::NotApplicable);
        assert_eq!(standing(Some("no"), false), Standing::Violation);
        assert_eq!(standing(Some("no"), true), Standing::Critical);
    }

    #[test]
    fn a_question_without_rule_has_no_violations() {
        let mut view = yes_no("a");
        view.rules.ok_answer = None;
        view.value = Some("no".to_owned());
        assert_eq!(view.standing(), Standing::Answered);
    }

    #[test]
    fn evidence_is_needed_from_its_score() {
        let mut view = yes_no("a");
        view.choices = (0..=3)
            .map(|score| choice(&score.to_string(), Some(f64::from(score)), false))
            .collect();
        view.rules.evidence.required_from = Some(2.0);
        view.value = Some("1".to_owned());
        assert!(!view.needs_evidence());
        view.value = Some("2".to_owned());
        assert!(view.needs_evidence());
    }

    #[test]
    fn ranked_choices_keep_the_order_of_preference() {
        let mut view = yes_no("a");
        view.kind = QuestionKind::Rank;
        view.value = Some("na yes".to_owned());
        let names: Vec<&str> = view.chosen().iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["na", "yes"]);
    }

    #[test]
    fn only_numbered_items_have_a_number() {
        let number = |name: &str| yes_no(name).number().map(str::to_owned);
        assert_eq!(number("SO-3.2"), Some("3.2".to_owned()));
        assert_eq!(number("VPR-D4"), None);
        assert_eq!(number("room"), None);
    }

    #[test]
    fn different_paths_have_different_ids() {
        assert_ne!(element_id("a/b"), element_id("a_b"));
        assert_ne!(element_id("a.b"), element_id("a/b"));
    }
}
