use std::sync::Arc;

use super::plan::Sort;
use super::{Answer, Change, ChangeError, EntryContext, FormEntry, Submission, Value};
use crate::form::{Form, Problem};

/// What came out of a log.
#[derive(Debug)]
pub struct Replay {
    /// The entry after all changes.
    pub entry: FormEntry,
    /// Problems of the form.
    pub problems: Vec<Problem>,
    /// Changes that did not fit, by their place in the log. They change nothing.
    pub refused: Vec<(usize, ChangeError)>,
}

impl FormEntry {
    /// The answers that count: irrelevant and blank ones are left out.
    ///
    /// # Source
    /// ODK XForms Specification, `relevant`: nodes that are not relevant are left out of the submission.
    pub fn submission(&self) -> Submission {
        let mut answers = Vec::new();
        self.each_relevant(&mut |id| {
            let node = self.state.node(id);
            if self.plan.def(node.def).sort == Sort::Leaf
                && let Some(value) = Value::new(node.value.clone())
            {
                answers.push(Answer {
                    path: self.path_of(id),
                    value,
                });
            }
        });
        Submission {
            form_id: self.form.id.clone(),
            form_version: self.form.version.clone(),
            answers,
        }
    }

    /// The entry after a log of changes: the fold by which a server comes to the state of a tablet. The caller sorts
    /// the log (by moment, then operation id), so that of two answers to one question the later holds everywhere.
    pub fn replay(form: Arc<Form>, context: EntryContext, changes: &[Change]) -> Replay {
        let (mut entry, problems) = Self::open(form, context);
        let mut refused = Vec::new();
        for (place, change) in changes.iter().enumerate() {
            if let Err(error) = entry.apply(change) {
                refused.push((place, error));
            }
        }
        // What waited for its instance and found it was made after all.
        refused.retain(|(place, error)| {
            !matches!(error, ChangeError::UnknownInstance(_))
                || changes
                    .get(*place)
                    .is_some_and(|change| entry.waiting.contains(change))
        });
        Replay {
            entry,
            problems,
            refused,
        }
    }
}
