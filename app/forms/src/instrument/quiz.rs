//! Training quiz (проверка подготовки): questions with right answers and explanations.

use super::InstrumentError;
use super::parts::{Head, Words, choice, list, node, question, section, text};
use crate::form::{Choice, ChoiceSource, Form, Node, Question, QuestionKind, Roll, Scoring, Text};
use serde::Deserialize;

#[derive(Deserialize)]
struct Source {
    #[serde(flatten)]
    head: Head,
    pass_share: f64,
    questions: Vec<QuestionSource>,
}

#[derive(Deserialize)]
struct QuestionSource {
    id: String,
    text: Words,
    options: Vec<OptionSource>,
    correct: Vec<String>,
    explain: Words,
}

#[derive(Deserialize)]
struct OptionSource {
    id: String,
    #[serde(flatten)]
    words: Words,
}

pub(super) fn compile(yaml: &str) -> Result<Form, InstrumentError> {
    let source: Source = serde_yaml_ng::from_str(yaml)?;
    let mut form = source.head.form();
    let mut nodes = Vec::new();
    for asked in &source.questions {
        if let Some(missing) = asked
            .correct
            .iter()
            .find(|correct| !asked.options.iter().any(|option| option.id == **correct))
        {
            return Err(InstrumentError::UnknownReference {
                from: asked.id.clone(),
                to: missing.clone(),
            });
        }
        let score = |option: &OptionSource| f64::from(u8::from(asked.correct.contains(&option.id)));
        let choices = asked
            .options
            .iter()
            .map(|option| Choice {
                score: Some(score(option)),
                ..choice(&option.id, Text::from(&option.words))
            })
            .collect();
        form.lists.push(list(&asked.id, choices));
        let kind = if asked.correct.len() == 1 {
            QuestionKind::SelectOne
        } else {
            QuestionKind::SelectMultiple
        };
        nodes.push(node(Question {
            choices: Some(ChoiceSource::List(asked.id.clone())),
            required: Some("true()".to_owned()),
            weight: Some(1.0),
            explanation: Text::from(&asked.explain),
            ..question(&asked.id, kind, Text::from(&asked.text))
        }));
    }
    form.nodes.push(Node::Group(Box::new(section(
        "questions",
        text("Вопросы", "Questions"),
        false,
        nodes,
    ))));
    form.scoring = Some(Scoring {
        section: Roll::TotalShare,
        overall: Roll::TotalShare,
        pass_share: Some(source.pass_share),
        ..Scoring::default()
    });
    Ok(form)
}
