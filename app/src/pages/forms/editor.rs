//! What the parts of the editor share: the draft, the chosen cell, and changes on their way to the server.

use std::mem::take;

use api::forms::form_draft::{FormDraft, FormEdits};
use forms::form::{Edit, Severity};
use leptos::prelude::*;

use super::grid::Cell;
use crate::client::{Client, Failure, use_client};
use crate::components::{Toasts, use_toasts};
use crate::language::use_language;
use crate::text::Language;

/// Code of the refusal of a change made to cells that look otherwise by now.
const CHANGED: &str = "form_draft.changed";

/// Words said when changes have arrived.
type Said = fn(Language) -> &'static str;

/// Changes that the server has not confirmed.
#[derive(Default)]
struct Queue {
    /// On its way, or not known to have arrived: is repeated under the same id.
    sent: Option<FormEdits>,
    /// Made since.
    waiting: Vec<Edit>,
    /// Is every repair asked for as well?
    repair_all: bool,
    /// Told when all have arrived.
    said: Option<Said>,
}

/// What the parts of the editor share.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The draft as the server has it, with the changes on their way in its cells.
    pub draft: RwSignal<FormDraft>,
    /// The cell that is chosen.
    pub cell: RwSignal<Cell>,
    /// The cell that is written in, and the text begun in place of its own.
    pub writing: RwSignal<Option<(Cell, Option<String>)>>,
    /// Why the last change did not come through.
    pub failure: RwSignal<Option<Failure>>,
    /// Is a change on its way?
    pub is_busy: RwSignal<bool>,
    /// The way to the server.
    pub client: Client,
    queue: StoredValue<Queue>,
    toasts: Toasts,
    language: Signal<Language>,
}

impl Editor {
    /// An editor of a draft.
    pub fn new(draft: FormDraft) -> Self {
        Editor {
            draft: RwSignal::new(draft),
            cell: RwSignal::new(Cell::default()),
            writing: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            client: use_client(),
            queue: StoredValue::new(Queue::default()),
            toasts: use_toasts(),
            language: use_language(),
        }
    }

    /// Number of errors (tracked).
    pub fn errors(self) -> usize {
        self.draft.with(|draft| {
            draft
                .problems
                .iter()
                .filter(|problem| problem.severity == Severity::Error)
                .count()
        })
    }

    /// Shows changes of cells at once and sends them, after those that are on their way.
    pub fn edit(self, edits: Vec<Edit>, repair_all: bool, said: Said) {
        if edits
            .iter()
            .any(|edit| matches!(edit, Edit::SetCell { .. }))
        {
            self.draft.update(|draft| show(draft, &edits));
        }
        self.queue.update_value(|queue| {
            queue.waiting.extend(edits);
            queue.repair_all |= repair_all;
            queue.said = Some(said);
        });
        if !self.is_busy.get_untracked() {
            self.send();
        }
    }

    /// Sends what has not arrived. What the server may have already is sent under its first id.
    pub fn send(self) {
        let (id, revision) = self
            .draft
            .with_untracked(|draft| (draft.label.id, draft.revision));
        let body = self.queue.try_update_value(|queue| {
            if queue.sent.is_none() && (queue.repair_all || !queue.waiting.is_empty()) {
                queue.sent = Some(FormEdits {
                    id: uuid::Uuid::now_v7(),
                    revision,
                    edits: take(&mut queue.waiting),
                    repair_all: take(&mut queue.repair_all),
                });
            }
            queue.sent.clone()
        });
        let Some(body) = body.flatten() else {
            return;
        };
        self.is_busy.set(true);
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            let path = api::paths::form_draft(id);
            match self.client.put::<FormDraft>(&path, &body).await {
                Ok(draft) => self.arrived(draft),
                Err(failure) if failure.code() == Some(CHANGED) => {
                    match self.client.get::<FormDraft>(&path).await {
                        Ok(draft) => self.made_again(draft),
                        Err(failure) => self.refused(failure),
                    }
                }
                Err(failure) => self.refused(failure),
            }
        });
    }

    fn arrived(self, mut draft: FormDraft) {
        let rest = self.queue.try_update_value(|queue| {
            queue.sent = None;
            show(&mut draft, &queue.waiting);
            let is_rest = queue.repair_all || !queue.waiting.is_empty();
            (is_rest, if is_rest { None } else { queue.said.take() })
        });
        self.draft.try_set(draft);
        match rest {
            Some((true, _)) => self.send(),
            Some((false, said)) => {
                self.is_busy.try_set(false);
                if let Some(said) = said {
                    self.toasts.say(said(self.language.get_untracked()));
                }
            }
            None => {}
        }
    }

    /// Somebody else has changed the draft: the same changes are made to the cells as they stand now.
    fn made_again(self, mut draft: FormDraft) {
        let known = self.queue.try_update_value(|queue| {
            if let Some(sent) = queue.sent.take() {
                queue.repair_all |= sent.repair_all;
                queue.waiting.splice(0..0, sent.edits);
            }
            show(&mut draft, &queue.waiting);
        });
        self.draft.try_set(draft);
        if known.is_some() {
            self.send();
        }
    }

    fn refused(self, failure: Failure) {
        if matches!(failure, Failure::Problem(_)) {
            // Repeating it would be refused again.
            self.queue.try_update_value(|queue| queue.sent = None);
        }
        self.failure.try_set(Some(failure));
        self.is_busy.try_set(false);
    }
}

/// Writes changed cells into the sheets, as the server will.
fn show(draft: &mut FormDraft, edits: &[Edit]) {
    for edit in edits {
        let Edit::SetCell {
            sheet,
            row,
            column,
            value,
        } = edit
        else {
            continue;
        };
        let Some(sheet) = draft.sheets.iter_mut().find(|found| found.name == *sheet) else {
            continue;
        };
        let (row, column) = (*row as usize, *column as usize);
        if sheet.rows.len() <= row {
            sheet.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut sheet.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column].clone_from(value);
    }
}
