//! The training of observers: the course, the quiz and its rules, read once from the instruments.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anyhow::Context;
use api::observation::observer::{CoursePage, QuestionMark, QuizOption, QuizQuestion};
use api::text::Text;
use serde::Deserialize;

/// Course and quiz as shipped.
pub struct TrainingBook {
    /// Pages of the course.
    pub pages: Vec<CoursePage>,
    /// Rules of conduct.
    pub ethics: Vec<Text>,
    /// Questions without their answers.
    pub questions: Vec<QuizQuestion>,
    /// Instrument and version: what an attempt was made at.
    pub quiz: String,
    /// Share of right answers that passes.
    pub pass_share: f64,
    /// Attempts in a day.
    ///
    /// # Source
    /// The instrument gives the number; that it is counted by day is the platform's rule.
    pub attempts: u32,
    /// Months a certificate holds.
    pub valid_months: u32,
    keys: Vec<Key>,
}

struct Key {
    question: String,
    correct: Vec<String>,
    explanation: Text,
}

#[derive(Deserialize)]
struct Course {
    pages: Vec<CoursePage>,
    ethics: Vec<Text>,
}

#[derive(Deserialize)]
struct Quiz {
    id: String,
    version: String,
    pass_share: f64,
    attempts: u32,
    valid_months: u32,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    text: Text,
    options: Vec<Choice>,
    correct: Vec<String>,
    explain: Text,
}

#[derive(Deserialize)]
struct Choice {
    id: String,
    ru: String,
    en: String,
}

static BOOK: LazyLock<TrainingBook> =
    LazyLock::new(|| TrainingBook::shipped().expect("a test reads the shipped training"));

/// The training in force.
pub fn book() -> &'static TrainingBook {
    &BOOK
}

impl TrainingBook {
    fn shipped() -> anyhow::Result<TrainingBook> {
        let course: Course =
            serde_yaml_ng::from_str(include_str!("../../../instruments/observer_course.yaml"))?;
        let yaml = forms::instrument::shipped()
            .iter()
            .find(|(id, _)| *id == "observer_training_quiz")
            .context("the quiz is not shipped")?
            .1;
        let quiz: Quiz = serde_yaml_ng::from_str(yaml)?;
        let mut keys = Vec::new();
        let mut questions = Vec::new();
        for question in quiz.questions {
            anyhow::ensure!(
                question
                    .correct
                    .iter()
                    .all(|right| question.options.iter().any(|option| option.id == *right)),
                "the right answer of {} is no option",
                question.id
            );
            keys.push(Key {
                question: question.id.clone(),
                correct: question.correct,
                explanation: question.explain,
            });
            questions.push(QuizQuestion {
                id: question.id,
                text: question.text,
                options: question
                    .options
                    .into_iter()
                    .map(|option| QuizOption {
                        id: option.id,
                        text: Text::new(option.ru, option.en),
                    })
                    .collect(),
            });
        }
        Ok(TrainingBook {
            pages: course.pages,
            ethics: course.ethics,
            questions,
            quiz: format!("{} {}", quiz.id, quiz.version),
            pass_share: quiz.pass_share,
            attempts: quiz.attempts,
            valid_months: quiz.valid_months,
            keys,
        })
    }

    /// Marks answers question by question; an unanswered one is wrong.
    pub fn mark(&self, answers: &BTreeMap<String, String>) -> Vec<QuestionMark> {
        self.keys
            .iter()
            .map(|key| QuestionMark {
                question: key.question.clone(),
                right: answers
                    .get(&key.question)
                    .is_some_and(|answer| key.correct == [answer.clone()]),
                explanation: key.explanation.clone(),
            })
            .collect()
    }

    /// Does this number of right answers pass?
    pub fn passes(&self, right: usize) -> bool {
        right as f64 >= self.pass_share * self.keys.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_training_is_whole() {
        let book = TrainingBook::shipped().expect("it reads");
        assert_eq!(book.questions.len(), 12);
        assert!(!book.pages.is_empty() && !book.ethics.is_empty());
        assert_eq!((book.attempts, book.valid_months), (3, 12));
    }

    /// Eight tenths of twelve questions are 9.6: nine right answers are too few.
    #[test]
    fn ten_right_answers_of_twelve_pass() {
        let book = book();
        assert!(!book.passes(9));
        assert!(book.passes(10));
    }

    #[test]
    fn no_answer_is_a_wrong_answer() {
        let marks = book().mark(&BTreeMap::new());
        assert!(marks.iter().all(|mark| !mark.right));
        let one = BTreeMap::from([("Q1".to_owned(), "b".to_owned())]);
        let right: Vec<_> = book()
            .mark(&one)
            .into_iter()
            .filter(|mark| mark.right)
            .map(|mark| mark.question)
            .collect();
        assert_eq!(right, ["Q1"]);
    }
}
