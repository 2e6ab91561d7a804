//! From operations to a result: the same engine as on the tablet, run over the log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use api::submission::{Operation, ScoreSheet, SectionScore};
use api::text::Text;
use forms::Form;
use forms::entry::{Change, ChangeError, EntryContext, FormEntry, NodePath, Rule};
use forms::expression::Zone;
use forms::form::{CompanionRole, Level, Node};
use uuid::Uuid;

use crate::store::{CriticalItem, FoldInput, Folded};

/// Forms kept ready for folding.
const READY: usize = 64;

/// Folds logs; keeps the forms it has read. Cheap to clone.
#[derive(Clone, Default)]
pub struct Folder {
    ready: Arc<Mutex<HashMap<FormKey, Arc<FormEntry>>>>,
}

/// Municipality, id and version.
type FormKey = (Uuid, String, String);

/// Why an operation is not folded, before the form is looked at; absent when it may be.
pub fn set_aside(operation: &Operation, form_version: &str) -> Option<&'static str> {
    if change(operation).is_none() {
        Some("malformed")
    } else if operation.form_version != form_version {
        Some("unknown_version")
    } else {
        None
    }
}

fn change(operation: &Operation) -> Option<Change> {
    serde_json::from_value(operation.change.clone()).ok()
}

impl Folder {
    /// Folds a log. The state follows from the log, the form, the zone and the moment of opening alone.
    ///
    /// # Errors
    /// When the stored document is no form.
    pub fn fold(&self, input: &FoldInput) -> anyhow::Result<Folded> {
        let context = EntryContext {
            now_ms: input.opened_ms,
            zone: Zone::fixed(input.zone_minutes),
            seed: 0,
            prefill: input.prefill.clone(),
        };
        let mut entry = self.entry(input, context)?;
        let mut refused = Vec::new();
        for operation in &input.operations {
            let Some(change) = change(operation) else {
                refused.push((operation.id, "malformed"));
                continue;
            };
            if let Err(error) = entry.apply(&change)
                && let Some(code) = code(&error)
            {
                refused.push((operation.id, code));
            }
        }
        let open = entry
            .violations()
            .into_iter()
            .filter(|violation| violation.rule == Rule::Required)
            .map(|violation| violation.path.name().to_owned())
            .collect();
        Ok(Folded {
            critical: critical(&entry),
            sheet: sheet(&entry),
            open,
            refused,
        })
    }

    fn entry(&self, input: &FoldInput, context: EntryContext) -> anyhow::Result<FormEntry> {
        let known = {
            let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.get(&input.form).cloned()
        };
        if let Some(known) = known {
            return Ok(known.reopen(context));
        }
        let form: Form = serde_json::from_str(&input.document)?;
        let (template, _) = FormEntry::open(Arc::new(form), EntryContext::default());
        let entry = template.reopen(context);
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= READY {
            ready.clear();
        }
        ready.insert(input.form.clone(), Arc::new(template));
        Ok(entry)
    }
}

/// An edit of an instance that is not there is no misfit: it waits for the operation that adds it.
fn code(error: &ChangeError) -> Option<&'static str> {
    match error {
        ChangeError::UnknownNode(_) => Some("unknown_field"),
        ChangeError::UnknownInstance(_) => None,
        _ => Some("malformed"),
    }
}

fn sheet(entry: &FormEntry) -> ScoreSheet {
    let form = entry.form();
    let score = entry.score();
    let levels = form
        .scoring
        .as_ref()
        .map_or(&[][..], |scoring| scoring.levels.as_slice());
    let progress = entry.progress();
    let answered = progress.iter().map(|part| part.answered).sum();
    let questions = progress.iter().map(|part| part.questions).sum();
    ScoreSheet {
        overall: score.overall.index,
        level: level(form, levels, score.overall.level.as_deref()),
        sections: score
            .sections
            .iter()
            .map(|section| SectionScore {
                section: section.path.name().to_owned(),
                title: title(form, &section.path),
                score: section.index,
                level: level(form, levels, section.level.as_deref()),
                answered: [number(section.answered), number(section.applicable)],
                unconfirmed: number(
                    score
                        .items
                        .iter()
                        .filter(|item| item.unconfirmed && item.path.is_within(&section.path))
                        .count(),
                ),
            })
            .collect(),
        critical: score
            .critical
            .iter()
            .map(|path| path.name().to_owned())
            .collect(),
        answered: [number(answered), number(questions)],
    }
}

/// Critical items answered as a violation, with their words and the note beside them.
fn critical(entry: &FormEntry) -> Vec<CriticalItem> {
    let form = entry.form();
    let questions = || {
        form.walk().filter_map(|walked| match walked.node {
            Node::Question(question) => Some(question),
            _ => None,
        })
    };
    entry
        .score()
        .critical
        .iter()
        .map(|path| {
            let name = path.name();
            let note = questions()
                .find(|question| {
                    question.companion.as_ref().is_some_and(|companion| {
                        companion.of == name && companion.role == CompanionRole::Note
                    })
                })
                .and_then(|question| {
                    let beside = path.parent()?.child(&question.name);
                    Some(entry.view(&beside)?.value?.as_str().to_owned())
                });
            CriticalItem {
                name: name.to_owned(),
                text: questions()
                    .find(|question| question.name == name)
                    .map(|question| both(form, &question.label))
                    .unwrap_or_else(|| Text::new(name, name)),
                note,
            }
        })
        .collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn level(form: &Form, levels: &[Level], id: Option<&str>) -> Option<Text> {
    levels
        .iter()
        .find(|level| Some(level.id.as_str()) == id)
        .map(|level| both(form, &level.label))
}

/// Title of a group in both languages; the group's name when it has none.
fn title(form: &Form, path: &NodePath) -> Text {
    let name = path.name();
    form.walk()
        .find_map(|walked| match walked.node {
            Node::Group(group) if group.name == name => Some(both(form, &group.label)),
            _ => None,
        })
        .filter(|text| !text.ru.is_empty())
        .unwrap_or_else(|| Text::new(name, name))
}

fn both(form: &Form, text: &forms::form::Text) -> Text {
    Text::new(form.text(text, "ru"), form.text(text, "en"))
}
