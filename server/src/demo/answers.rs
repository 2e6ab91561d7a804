//! Answers of the demo's observers and school teams: real operations on real forms.

use std::collections::BTreeMap;

use forms::entry::{Change, Edit, EntryContext, FormEntry, NodePath, NodeView, Value, ViewKind};
use forms::expression::Zone;
use forms::form::QuestionKind;
use rand::{Rng, RngExt};

/// How a form is answered.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Chance that a question gets its best answer; otherwise it gets the next one.
    pub good: f64,
    /// Answer the first critical question as a violation.
    pub critical: bool,
    /// Share of the questions that are answered at all; 1 for a form to be submitted.
    pub done: f64,
}

/// Changes that fill a form in this manner, in the order of the form.
pub fn answers(
    blank: &FormEntry,
    prefill: BTreeMap<String, String>,
    now_ms: i64,
    zone_minutes: i32,
    manner: Manner,
    random: &mut impl Rng,
) -> Vec<Change> {
    let context = EntryContext {
        now_ms,
        zone: Zone::fixed(zone_minutes),
        seed: 0,
        prefill,
    };
    let mut entry = blank.reopen(context);
    let mut changes = Vec::new();
    let mut critical = manner.critical;
    // An answer opens further questions: the form is walked until nothing is left to answer.
    for _ in 0..4 {
        let before = changes.len();
        let mut paths = Vec::new();
        collect(&entry, &entry.root().path, &mut paths);
        let last = (paths.len() as f64 * manner.done).round() as usize;
        for path in paths.into_iter().take(last) {
            let Some(view) = entry.view(&path) else {
                continue;
            };
            let Some(value) = answer(&entry, &view, manner, &mut critical, random) else {
                continue;
            };
            let change = Change {
                path: path.clone(),
                edit: Edit::Set(Some(value)),
            };
            if entry.apply(&change).is_ok() {
                changes.push(change);
            }
        }
        if changes.len() == before || manner.done < 1.0 {
            break;
        }
    }
    changes
}

/// Questions in the order of the form.
fn collect(entry: &FormEntry, path: &NodePath, paths: &mut Vec<NodePath>) {
    for child in entry.children(path) {
        match entry.view(&child).map(|view| view.kind) {
            Some(ViewKind::Question(_)) => paths.push(child),
            Some(_) => collect(entry, &child, paths),
            None => {}
        }
    }
}

fn answer(
    entry: &FormEntry,
    view: &NodeView,
    manner: Manner,
    critical: &mut bool,
    random: &mut impl Rng,
) -> Option<Value> {
    let ViewKind::Question(kind) = view.kind else {
        return None;
    };
    if !view.relevant || view.read_only || view.value.is_some() {
        return None;
    }
    if let Some((parent, _)) = &view.companion_of {
        let parent = entry.view(parent);
        let needed = parent
            .as_ref()
            .is_some_and(|parent| parent.evidence_missing);
        let note = if parent.is_some_and(|parent| parent.critical && parent.alert) {
            "9:12 — ждали у входа, пропустили после звонка координатору (вымышлено)"
        } else {
            "Приказ и протокол школы, вымышленный пример"
        };
        return (kind == QuestionKind::Text && (needed || view.required))
            .then(|| Value::new(note))
            .flatten();
    }
    match kind {
        QuestionKind::SelectOne => {
            let mut ranked: Vec<_> = view
                .choices
                .iter()
                .filter(|choice| !choice.not_applicable)
                .collect();
            ranked.sort_by(|one, other| {
                let score = |choice: &forms::entry::ChoiceView| choice.score.unwrap_or(0.0);
                score(other).total_cmp(&score(one))
            });
            let place = if view.critical && *critical {
                *critical = false;
                ranked.len().saturating_sub(1)
            } else {
                // Critical questions are answered well except where the story wants it.
                usize::from(!view.critical && random.random::<f64>() > manner.good)
            };
            let chosen = ranked.get(place).or(ranked.first())?;
            Value::new(chosen.value.clone())
        }
        QuestionKind::SelectMultiple => {
            Value::choices(view.choices.iter().map(|choice| choice.value.as_str()))
        }
        QuestionKind::Integer | QuestionKind::Decimal | QuestionKind::Range if view.required => {
            Value::new(random.random_range(14..24).to_string())
        }
        QuestionKind::Text if view.required => Value::new("12"),
        QuestionKind::Time if view.required => Value::new("09:00"),
        _ => None,
    }
}
