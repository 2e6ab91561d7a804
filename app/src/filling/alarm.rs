//! What may be reported by the alarm: every critical violation of a form, in the words of what happened, whatever
//! stages have been ticked.

use forms::form::{CompanionRole, Form, Node, Question};

use crate::text::Language;

/// A critical violation that can be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reportable {
    /// Path of its question.
    pub path: String,
    /// What happened; the label of the question where the form has no words for it.
    pub text: String,
    /// The answer that means a violation.
    pub answer: String,
    /// Path of the note under the question.
    pub note: Option<String>,
    /// Path of the photo under the question.
    pub photo: Option<String>,
    /// What has to be among the answers for the question to take part: path of a question of several answers, and
    /// the answer.
    pub stage: Option<(String, String)>,
}

/// Every critical violation, in the order of the form.
pub fn reportable(form: &Form, language: Language) -> Vec<Reportable> {
    let code = match language {
        Language::Ru => "ru",
        Language::En => "en",
    };
    let mut found = Vec::new();
    for walked in form.walk() {
        let Node::Question(question) = walked.node else {
            continue;
        };
        let (true, Some(ok)) = (question.critical, question.ok_answer.as_deref()) else {
            continue;
        };
        let words = if question.violation.is_empty() {
            &question.label
        } else {
            &question.violation
        };
        let group = walked.path.rsplit_once('/').map(|(group, _)| group);
        found.push(Reportable {
            text: form.text(words, code).to_owned(),
            answer: if ok == "yes" { "no" } else { "yes" }.to_owned(),
            note: companion_of(form, &walked.path, question, CompanionRole::Note),
            photo: companion_of(form, &walked.path, question, CompanionRole::Photo),
            stage: group.and_then(|group| stage_of(form, group)),
            path: walked.path,
        });
    }
    found
}

/// The note or photo that belongs to a question: among its siblings.
fn companion_of(
    form: &Form,
    path: &str,
    question: &Question,
    role: CompanionRole,
) -> Option<String> {
    let prefix = path.strip_suffix(question.name.as_str())?;
    form.walk().find_map(|walked| {
        let Node::Question(other) = walked.node else {
            return None;
        };
        let companion = other.companion.as_ref()?;
        let is_own = companion.of == question.name && companion.role == role;
        (is_own && walked.path.strip_suffix(other.name.as_str()) == Some(prefix))
            .then_some(walked.path)
    })
}

/// A stage as checklists write it: `selected(${ctx_stage}, 'before')`.
fn stage_of(form: &Form, group: &str) -> Option<(String, String)> {
    let condition = form
        .walk()
        .find(|walked| walked.path == group)?
        .node
        .relevant()?
        .strip_prefix("selected(${")?
        .strip_suffix("')")?;
    let (name, answer) = condition.split_once("}, '")?;
    let asked = form
        .walk()
        .find(|walked| matches!(walked.node, Node::Question(question) if question.name == name))?;
    Some((asked.path, answer.to_owned()))
}

#[cfg(test)]
mod tests {
    use forms::instrument;

    use super::*;

    fn shipped() -> impl Iterator<Item = Form> {
        let compiled = |yaml| instrument::compile(yaml).expect("shipped instruments compile");
        instrument::shipped()
            .iter()
            .map(move |(_, yaml)| compiled(yaml))
    }

    #[test]
    fn every_critical_question_is_offered_before_any_stage_is_ticked() {
        let checklist = shipped()
            .next()
            .expect("the checklist of the day is the first");
        let all = reportable(&checklist, Language::Ru);
        assert_eq!(all.len(), 10);
        let hint = all
            .iter()
            .find(|one| one.path == "during/VPR-D6")
            .expect("a hint can be reported");
        assert!(
            hint.text.starts_with("Взрослый подсказывал"),
            "{}",
            hint.text
        );
        assert_eq!(hint.answer, "no");
        assert_eq!(hint.note.as_deref(), Some("during/VPR-D6_note"));
        assert_eq!(hint.photo.as_deref(), Some("during/VPR-D6_photo"));
        let stage = ("context/ctx_stage".to_owned(), "during".to_owned());
        assert_eq!(hint.stage, Some(stage));
    }

    #[test]
    fn what_can_be_reported_says_what_happened_and_not_the_norm() {
        for form in shipped() {
            for language in [Language::Ru, Language::En] {
                for one in reportable(&form, language) {
                    let label = form.walk().find(|walked| walked.path == one.path);
                    let label = label.expect("its question").node.label().clone();
                    let code = if language == Language::Ru { "ru" } else { "en" };
                    assert_ne!(one.text, form.text(&label, code), "{}", one.path);
                }
            }
        }
    }
}
