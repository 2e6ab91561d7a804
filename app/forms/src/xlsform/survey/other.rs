//! The choice `other` and the text behind it.

use super::super::problems::Finding;
use super::super::row::Row;
use super::reader::Reader;
use crate::form::{Choice, Generated, Node, Question, QuestionKind, Text};

impl Reader<'_, '_, '_> {
    pub(super) fn or_other(&mut self, list: &str, row: &Row) {
        if row.choice_filter.is_some() {
            let mend = self.clear_cell(row.number, "choice_filter");
            self.error(
                row.number,
                "choice_filter",
                Finding::OrOtherWithFilter,
                Some(mend),
            );
        }
        let languages: Vec<String> = {
            let Some(found) = self
                .context
                .lists
                .get(list)
                .filter(|list| !list.choices.is_empty())
            else {
                let mend = self.other_list("select_one", list, row);
                self.error(row.number, "type", Finding::OrOtherWithoutList, Some(mend));
                return;
            };
            let mut languages = Vec::new();
            for choice in &found.choices {
                if choice
                    .label
                    .iter()
                    .any(|(language, _)| language != Text::DEFAULT)
                {
                    for (language, _) in choice.label.iter() {
                        if !languages.iter().any(|other| other == language) {
                            languages.push(language.to_owned());
                        }
                    }
                }
            }
            languages
        };
        if !languages.is_empty() {
            self.warn(row.number, "type", Finding::OrOtherTranslations);
        }
        let label = if languages.is_empty() {
            Text::plain("Other")
        } else {
            languages
                .into_iter()
                .map(|language| (language.clone(), other_word(&language).to_owned()))
                .collect()
        };
        if let Some(list) = self.context.lists.get_mut(list)
            && !list.choices.iter().any(|choice| choice.name == "other")
        {
            list.choices.push(Choice {
                name: "other".to_owned(),
                label,
                ..Choice::default()
            });
        }
    }

    /// The text behind the choice `other`.
    pub(super) fn add_other(&mut self, _row: u32) {
        let Some(Node::Question(select)) = self.top().node.nodes.last() else {
            return;
        };
        let name = select.name.clone();
        let other = Question {
            name: format!("{name}_other"),
            kind: QuestionKind::Text,
            label: Text::plain("Specify other."),
            relevant: Some(format!("selected(../{name}, 'other')")),
            generated: Some(Generated::OrOther),
            ..Question::default()
        };
        self.add(Node::Question(Box::new(other)));
    }
}

/// The word for "other" in a language.
fn other_word(language: &str) -> &'static str {
    match crate::form::Language::new(language).code.as_deref() {
        Some("ru") => "Другое",
        _ => "Other",
    }
}
