use serde::{Deserialize, Serialize};

use super::plan::Sort;
use super::state::Id;
use super::{FormEntry, NodePath};
use crate::form::QuestionKind;

/// How much of a part of the form is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionProgress {
    /// The group; the form itself for questions outside all groups.
    pub path: NodePath,
    /// What a person reads.
    pub label: Option<String>,
    /// Relevant questions a person answers.
    pub questions: usize,
    /// Those of them with an answer.
    pub answered: usize,
    /// Required questions among them without an answer.
    pub required_open: usize,
    /// Questions with something wrong, required ones included.
    pub violations: usize,
}

impl FormEntry {
    /// Progress of each relevant part at the top of the form, in order. Companions, notes and hidden values are no
    /// questions here.
    pub fn progress(&self) -> Vec<SectionProgress> {
        let mut parts: Vec<(Id, SectionProgress)> = Vec::new();
        self.each_relevant(&mut |id| {
            let part = self.part_of(id);
            let is_group = id == part && id != 0;
            if is_group || self.is_counted(id) {
                let place = match parts.iter().position(|(known, _)| *known == part) {
                    Some(place) => place,
                    None => {
                        let label = if part == 0 {
                            None
                        } else {
                            self.view_label(part)
                        };
                        parts.push((
                            part,
                            SectionProgress {
                                path: self.path_of(part),
                                label,
                                questions: 0,
                                answered: 0,
                                required_open: 0,
                                violations: 0,
                            },
                        ));
                        parts.len() - 1
                    }
                };
                if self.is_counted(id) {
                    let node = self.state.node(id);
                    let answered = !node.value.is_empty();
                    let progress = &mut parts[place].1;
                    progress.questions += 1;
                    progress.answered += usize::from(answered);
                    progress.required_open += usize::from(!answered && node.required);
                    progress.violations += usize::from(self.violation(id).is_some());
                }
            }
        });
        parts
            .into_iter()
            .map(|(_, progress)| progress)
            .filter(|progress| progress.questions > 0)
            .collect()
    }

    /// The group at the top of the form around a node, else the form.
    fn part_of(&self, id: Id) -> Id {
        let mut at = id;
        while let Some(parent) = self.state.node(at).parent {
            if parent == 0 {
                let leaf = self.plan.def(self.state.node(at).def).sort == Sort::Leaf;
                return if leaf { 0 } else { at };
            }
            at = parent;
        }
        0
    }

    fn is_counted(&self, id: Id) -> bool {
        let def = self.plan.def(self.state.node(id).def);
        def.sort == Sort::Leaf
            && def.visible
            && self.question(id).is_some_and(|question| {
                question.kind != QuestionKind::Note
                    && question.companion.is_none()
                    && question.calculation.is_none()
            })
    }
}
