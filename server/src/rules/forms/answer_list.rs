//! Every answer of a filled form in words, in the order of the form: for papers that hold a whole sheet.

use api::text::Language;
use forms::entry::{FormEntry, NodePath, NodeView, ViewKind};
use forms::form::{CompanionRole, QuestionKind};

use crate::clock::dotted;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerLine {
    /// A group, a repeat or one of its instances.
    Heading(String),
    /// A question.
    Answer {
        /// The question; an item of the instrument with its number.
        question: String,
        /// The answer in words, «—» without one.
        answer: String,
        /// Evidence named.
        evidence: Option<String>,
        /// Comment, or the reason why the item does not apply.
        note: Option<String>,
        /// Hash of the picture that is the answer.
        picture: Option<String>,
    },
}

/// All that a person was asked: groups, questions with their answers, each instance of a repeat.
pub fn answer_list(entry: &FormEntry, language: Language) -> Vec<AnswerLine> {
    let mut lines = Vec::new();
    inside(entry, language, &NodePath::root(), &mut lines);
    lines
}

fn inside(entry: &FormEntry, language: Language, path: &NodePath, lines: &mut Vec<AnswerLine>) {
    let children: Vec<NodeView> = entry
        .children(path)
        .iter()
        .filter_map(|child| entry.view(child))
        .filter(|view| view.relevant && view.visible)
        .collect();
    let mut instance = 0;
    for view in &children {
        match view.kind {
            ViewKind::Question(kind) => {
                if kind != QuestionKind::Note && !kind.is_hidden() && view.companion_of.is_none() {
                    lines.push(answer(view, kind, &children, language));
                }
            }
            ViewKind::RepeatInstance => {
                instance += 1;
                let label = view.label.clone().unwrap_or_default();
                group(entry, language, view, format!("{label} {instance}"), lines);
            }
            ViewKind::Form | ViewKind::Group | ViewKind::Repeat => {
                let label = view.label.clone().unwrap_or_default();
                group(entry, language, view, label, lines);
            }
        }
    }
}

/// A group without anything inside has no heading either.
fn group(
    entry: &FormEntry,
    language: Language,
    view: &NodeView,
    label: String,
    lines: &mut Vec<AnswerLine>,
) {
    let mut own = Vec::new();
    inside(entry, language, &view.path, &mut own);
    if own.is_empty() {
        return;
    }
    let label = label.trim();
    // A repeat is a row of instances, each with a heading of its own.
    if !label.is_empty() && view.kind != ViewKind::Repeat {
        lines.push(AnswerLine::Heading(label.to_owned()));
    }
    lines.extend(own);
}

fn answer(
    view: &NodeView,
    kind: QuestionKind,
    beside: &[NodeView],
    language: Language,
) -> AnswerLine {
    let companion = |roles: &[CompanionRole]| {
        beside
            .iter()
            .filter(|other| {
                other
                    .companion_of
                    .as_ref()
                    .is_some_and(|(of, role)| *of == view.path && roles.contains(role))
            })
            .find_map(|other| Some(other.value.as_ref()?.as_str().trim().to_owned()))
            .filter(|text| !text.is_empty())
    };
    let label = view.label.clone().unwrap_or_default();
    let name = view.path.name();
    let question = match (view.expert, label.trim()) {
        (_, "") => name.to_owned(),
        (true, label) => format!("{name} {label}"),
        (false, label) => label.to_owned(),
    };
    AnswerLine::Answer {
        question,
        answer: words(view, kind, language).unwrap_or_else(|| "—".to_owned()),
        evidence: companion(&[CompanionRole::Evidence]),
        note: companion(&[CompanionRole::Comment, CompanionRole::NotApplicableReason]),
        picture: (kind == QuestionKind::Image)
            .then(|| hash_of(view.value.as_ref()?.as_str()))
            .flatten(),
    }
}

/// Hash in the name of a picture that was attached; none for lines that were drawn.
fn hash_of(answer: &str) -> Option<String> {
    let (hash, _) = answer.rsplit_once('.')?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| hash.to_owned())
}

/// An answer in words; what was typed and is no value of its type stands as it was typed.
fn words(view: &NodeView, kind: QuestionKind, language: Language) -> Option<String> {
    use QuestionKind as K;
    let pick = |ru: &str, en: &str| match language {
        Language::Ru => ru.to_owned(),
        Language::En => en.to_owned(),
    };
    let text = view.value.as_ref().or(view.typed.as_ref())?.as_str().trim();
    if text.is_empty() {
        return None;
    }
    let chosen: Vec<&str> = view
        .choices
        .iter()
        .filter(|choice| choice.chosen)
        .map(|choice| choice.level.as_deref().unwrap_or(&choice.label))
        .collect();
    Some(match kind {
        K::Rank => ranked(view, text),
        K::SelectOne | K::SelectMultiple | K::SelectOneExternal if !chosen.is_empty() => {
            chosen.join(", ")
        }
        K::Integer | K::Decimal | K::Range => {
            let number = match language {
                Language::Ru => text.replace('.', ","),
                Language::En => text.to_owned(),
            };
            match &view.unit {
                Some(unit) => format!("{number} {unit}"),
                None => number,
            }
        }
        K::Date => text.get(..10).map_or_else(|| text.to_owned(), dotted),
        K::Time => text.get(..5).unwrap_or(text).to_owned(),
        K::DateTime => match (text.get(..10), text.get(11..16)) {
            (Some(day), Some(time)) => format!("{} {time}", dotted(day)),
            _ => text.to_owned(),
        },
        K::Image if hash_of(text).is_none() => pick("есть рисунок", "there is a drawing"),
        K::Image => pick("приложен снимок", "a picture is attached"),
        K::Audio => pick("приложена запись звука", "a sound recording is attached"),
        K::Video => pick("приложено видео", "a video is attached"),
        K::File => pick("приложен файл", "a file is attached"),
        K::Acknowledge => pick("подтверждено", "confirmed"),
        K::Geopoint => text.split(' ').take(2).collect::<Vec<_>>().join(", "),
        _ => text.to_owned(),
    })
}

/// Labels in the order of preference.
fn ranked(view: &NodeView, text: &str) -> String {
    let label = |name: &str| {
        let choice = view.choices.iter().find(|choice| choice.value == name);
        choice.map_or_else(|| name.to_owned(), |choice| choice.label.clone())
    };
    let places: Vec<String> = (1..)
        .zip(text.split_whitespace())
        .map(|(place, name)| format!("{place}. {}", label(name)))
        .collect();
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use forms::Form;
    use forms::entry::{Change, Edit, EntryContext, Value};

    use super::*;

    /// A section with a scored item, its evidence and comment, and questions that no expert looks at.
    fn form() -> Form {
        let text = |label: &str| serde_json::json!({ "default": label });
        let question = |name: &str, kind: &str, label: &str| serde_json::json!({ "question": { "name": name, "kind": kind, "label": text(label) } });
        let mut item = question("k1", "select-one", "Порядок есть");
        item["question"]["choices"] = serde_json::json!({ "list": "lv" });
        item["question"]["expert"] = serde_json::json!(true);
        let mut plain = item.clone();
        plain["question"]["name"] = serde_json::json!("k2");
        plain["question"]["label"] = text("Без эксперта");
        plain["question"]["expert"] = serde_json::json!(false);
        let companion = |name: &str, role: &str| {
            let mut one = question(name, "text", "К ответу");
            one["question"]["companion"] = serde_json::json!({ "of": "k1", "role": role });
            one
        };
        let mut unasked = question("hidden", "text", "Не спрошено");
        unasked["question"]["relevant"] = serde_json::json!("false()");
        let document = serde_json::json!({
            "schema": 1, "id": "t", "root": "data", "title": text("Т"),
            "languages": [{ "name": "default" }], "default_language": "default",
            "nodes": [
                question("about", "text", "О школе"),
                { "group": { "name": "S1", "label": text("Раздел"), "section": {}, "nodes": [
                    item, companion("k1_e", "evidence"), companion("k1_c", "comment"), plain,
                    question("day", "date", "Когда"), question("share", "decimal", "Доля"),
                    question("empty", "text", "Без ответа"), unasked,
                    question("note", "note", "Слова"),
                ] } },
            ],
            "lists": [{ "name": "lv", "choices": [
                { "name": "0", "label": text("нет"), "score": 0.0 },
                { "name": "1", "label": text("есть"), "score": 1.0 },
            ] }],
        });
        serde_json::from_value(document).expect("a form")
    }

    #[test]
    fn every_question_that_was_asked_is_listed_with_its_answer() {
        let (mut entry, problems) = FormEntry::open(Arc::new(form()), EntryContext::default());
        assert!(problems.is_empty(), "{problems:?}");
        for (path, value) in [
            ("about", "сельская\nмалая"),
            ("S1/k1", "1"),
            ("S1/k1_e", "приказ № 4"),
            ("S1/k1_c", "работает второй год"),
            ("S1/k2", "0"),
            ("S1/day", "2026-04-22"),
            ("S1/share", "2.25"),
        ] {
            let path = path
                .split('/')
                .fold(NodePath::root(), |at, name| at.child(name));
            let value = Value::new(value).expect("not blank");
            entry
                .apply(&Change {
                    path,
                    edit: Edit::Set(Some(value)),
                })
                .expect("a question of the form");
        }
        let answer = |question: &str, answer: &str| AnswerLine::Answer {
            question: question.to_owned(),
            answer: answer.to_owned(),
            evidence: None,
            note: None,
            picture: None,
        };
        let expected = vec![
            answer("О школе", "сельская\nмалая"),
            AnswerLine::Heading("Раздел".to_owned()),
            AnswerLine::Answer {
                question: "k1 Порядок есть".to_owned(),
                answer: "есть".to_owned(),
                evidence: Some("приказ № 4".to_owned()),
                note: Some("работает второй год".to_owned()),
                picture: None,
            },
            answer("Без эксперта", "нет"),
            answer("Когда", "22.04.2026"),
            answer("Доля", "2,25"),
            answer("Без ответа", "—"),
        ];
        assert_eq!(answer_list(&entry, Language::Ru), expected);
    }
}
