//! From operations to a result: the same engine as on the tablet, run over the log.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use api::forms::submission::{Operation, ScoreSheet, SectionScore};
use api::text::Text;
use forms::Form;
use forms::entry::{Change, ChangeError, EntryContext, FormEntry, NodePath, Rule};
use forms::expression::Zone;
use forms::form::{ChoiceSource, CompanionRole, Level, Node, Question};
use sync::OperationId;
use uuid::Uuid;

use crate::rules::forms::shelf::Shelf;
use crate::store::{CriticalItem, FoldInput, Folded};

/// Forms kept ready for folding.
const READY: usize = 64;

/// Code of an operation that came after the submission was locked.
pub const LOCKED: &str = "locked";

/// Folds logs; keeps the forms it has read, and the folds of logs that grow. Cheap to clone.
#[derive(Clone)]
pub struct Folder {
    ready: Arc<Mutex<HashMap<FormKey, Arc<Ready>>>>,
    /// By municipality and submission; weighed by questions and groups.
    kept: Shelf<(Uuid, Uuid), Continued>,
}

impl Default for Folder {
    fn default() -> Self {
        Folder {
            ready: Arc::default(),
            kept: Shelf::new(KEPT_NODES),
        }
    }
}

/// A form kept ready.
struct Ready {
    template: FormEntry,
    /// How large it is: its questions and groups.
    nodes: usize,
}

/// A fold that can go on when its log grows. To be kept once what was folded is durable.
#[derive(Debug)]
pub struct Continued {
    /// Municipality and submission.
    submission: (Uuid, Uuid),
    entry: FormEntry,
    nodes: usize,
    /// Operations folded, in the order of folding.
    folded: Vec<OperationId>,
}

/// Questions and groups of folds kept in all; about a kilobyte each.
const KEPT_NODES: usize = 50_000;

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
        Ok(self.fold_on(input)?.0)
    }

    /// The same from where an earlier fold of the log ended, if that was kept and nothing has come before its end.
    ///
    /// # Errors
    /// When the stored document is no form.
    pub fn fold_on(&self, input: &FoldInput) -> anyhow::Result<(Folded, Continued)> {
        let mut fold = match self.kept(input) {
            Some(known) => known,
            None => {
                let ready = self.ready(input)?;
                Continued {
                    submission: input.submission,
                    entry: ready.template.reopen(context(input)),
                    nodes: ready.nodes,
                    folded: Vec::new(),
                }
            }
        };
        let mut refused = Vec::new();
        for operation in &input.operations[fold.folded.len()..] {
            match apply(&mut fold.entry, operation) {
                Some(code) => refused.push((operation.id, code)),
                None => fold.folded.push(operation.id),
            }
        }
        Ok((summary(&fold.entry, refused), fold))
    }

    /// Keeps a fold to go on from. What it has folded must be durable: an operation that was not kept may come
    /// again under its id with other content.
    pub fn keep(&self, fold: Continued) {
        let (key, nodes) = (fold.submission, fold.nodes);
        self.kept.put(key, fold, nodes);
    }

    fn kept(&self, input: &FoldInput) -> Option<Continued> {
        let fold = self.kept.take(&input.submission)?;
        let ids = input.operations.iter().map(|operation| &operation.id);
        let is_beginning = fold.folded.len() <= input.operations.len()
            && fold.folded.iter().zip(ids).all(|(one, other)| one == other);
        is_beginning.then_some(fold)
    }

    /// The form as a log left it, and the operations that do not fit it, with their codes.
    ///
    /// # Errors
    /// When the stored document is no form.
    pub fn replay(
        &self,
        input: &FoldInput,
    ) -> anyhow::Result<(FormEntry, Vec<(OperationId, &'static str)>)> {
        let mut entry = self.ready(input)?.template.reopen(context(input));
        let mut refused = Vec::new();
        for operation in &input.operations {
            if let Some(code) = apply(&mut entry, operation) {
                refused.push((operation.id, code));
            }
        }
        Ok((entry, refused))
    }

    /// How many of the levels that need evidence have it: in words in the form, or as a piece bound to one of `items`.
    ///
    /// # Errors
    /// When the stored document is no form.
    pub fn coverage(
        &self,
        input: &FoldInput,
        items: &HashSet<&str>,
    ) -> anyhow::Result<api::assessment::evidence::Coverage> {
        let (entry, _) = self.replay(input)?;
        let form = entry.form();
        let common = form
            .scoring
            .as_ref()
            .and_then(|scoring| scoring.evidence.as_ref())
            .map(|rule| rule.from);
        let mut coverage = api::assessment::evidence::Coverage::default();
        for item in entry.score().items {
            let name = item.path.name();
            let own = form
                .question(name)
                .and_then(|question| question.evidence.required_from);
            if common.or(own).is_none_or(|from| item.given < from) {
                continue;
            }
            coverage.needed += 1;
            coverage.confirmed += u32::from(!item.unconfirmed || items.contains(name));
        }
        Ok(coverage)
    }

    fn ready(&self, input: &FoldInput) -> anyhow::Result<Arc<Ready>> {
        let known = {
            let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.get(&input.form).cloned()
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let form: Form = serde_json::from_str(&input.document)?;
        let nodes = form.walk().count();
        let (template, _) = FormEntry::open(Arc::new(form), EntryContext::default());
        let new = Arc::new(Ready { template, nodes });
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= READY {
            ready.clear();
        }
        ready.insert(input.form.clone(), new.clone());
        Ok(new)
    }
}

fn context(input: &FoldInput) -> EntryContext {
    EntryContext {
        now_ms: input.opened_ms,
        zone: Zone::fixed(input.zone_minutes),
        seed: 0,
        prefill: input.prefill.clone(),
    }
}

/// Applies an operation; why it does not fit the form, if it does not. Then the entry is as before.
fn apply(entry: &mut FormEntry, operation: &Operation) -> Option<&'static str> {
    let Some(change) = change(operation) else {
        return Some("malformed");
    };
    entry.apply(&change).err().as_ref().and_then(code)
}

/// What a fold came to.
fn summary(entry: &FormEntry, refused: Vec<(OperationId, &'static str)>) -> Folded {
    let open = entry
        .violations()
        .into_iter()
        .filter(|violation| violation.rule == Rule::Required)
        .map(|violation| violation.path.name().to_owned())
        .collect();
    let score = entry.score();
    Folded {
        critical: worded(entry, &score.critical),
        remarks: worded(entry, &violated(&score)),
        sheet: sheet(entry, &score),
        open,
        refused,
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

/// The result in both languages.
fn sheet(entry: &FormEntry, score: &forms::entry::ScoreSheet) -> ScoreSheet {
    let form = entry.form();
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

/// Questions answered as a violation, in the order of the form.
fn violated(score: &forms::entry::ScoreSheet) -> Vec<NodePath> {
    let mut paths: Vec<NodePath> = score
        .items
        .iter()
        .filter(|item| item.violated)
        .map(|item| item.path.clone())
        .collect();
    // A critical question outside the index is a remark as well.
    for path in &score.critical {
        if !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    paths
}

/// Questions with their words and the note beside them.
fn worded(entry: &FormEntry, paths: &[NodePath]) -> Vec<CriticalItem> {
    let form = entry.form();
    let questions = || {
        form.walk().filter_map(|walked| match walked.node {
            Node::Question(question) => Some(question),
            _ => None,
        })
    };
    paths
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
                    .map(|question| with_answer(entry, question, path))
                    .unwrap_or_else(|| Text::new(name, name)),
                note,
            }
        })
        .collect()
}

/// The words of a question with the answer to it: without it a rule that was broken reads as if it had held.
fn with_answer(entry: &FormEntry, question: &Question, path: &NodePath) -> Text {
    let form = entry.form();
    let asked = both(form, &question.label);
    let given = entry.view(path).and_then(|view| view.value);
    let list = match &question.choices {
        Some(ChoiceSource::List(name)) => form.list(name),
        _ => None,
    };
    let chosen = list.zip(given).and_then(|(list, given)| {
        list.choices
            .iter()
            .find(|choice| choice.name == given.as_str())
    });
    match chosen.map(|choice| both(form, &choice.label)) {
        Some(answer) => Text::new(
            format!("{} — ответ «{}»", asked.ru, answer.ru),
            format!("{} — answer “{}”", asked.en, answer.en),
        ),
        None => asked,
    }
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

/// A text of a form in both languages.
pub(crate) fn both(form: &Form, text: &forms::form::Text) -> Text {
    Text::new(form.text(text, "ru"), form.text(text, "en"))
}
