//! Choices as they are offered now, and words with answers in them.

use super::FormEntry;
use super::plan::{ExprId, Part, Source, Wording};
use super::reader::Reader;
use super::state::{Id, Offer, STATIC, Slot};
use crate::expression::{Evaluator, Object, seed_of, shuffle};

impl FormEntry {
    pub(super) fn offers(
        &self,
        evaluator: &Evaluator<'_, Reader<'_>>,
        id: Id,
    ) -> Result<Vec<Offer>, String> {
        let def = self.plan.def(self.state.node(id).def);
        let Some(choices) = &def.choices else {
            return Ok(Vec::new());
        };
        let mut offers = Vec::new();
        match &choices.source {
            Source::List { list, instance } => {
                let list = &self.plan.lists[*list];
                let items = instance.and_then(|place| {
                    Some((self.offsets.get(place)?, self.plan.instances.get(place)?))
                });
                for i in 0..list.items.len() {
                    let kept = match (choices.filter, items) {
                        (Some(filter), Some((offset, instance))) => {
                            let item = instance
                                .items
                                .get(i)
                                .map_or(STATIC, |node| STATIC + offset + node);
                            let object = evaluator
                                .evaluate_in_list(
                                    &self.plan.exprs[filter],
                                    item,
                                    i + 1,
                                    list.items.len(),
                                    id,
                                )
                                .map_err(|error| error.message)?;
                            evaluator.to_boolean(&object)
                        }
                        _ => true,
                    };
                    if kept {
                        offers.push(Offer::Item(i));
                    }
                }
            }
            Source::Nodes { expr, value, label } => {
                let object = evaluator
                    .evaluate(&self.plan.exprs[*expr], id)
                    .map_err(|error| error.message)?;
                let Object::Nodes(nodes) = object else {
                    return Err("Choices must be nodes.".into());
                };
                let size = nodes.len();
                for (i, node) in nodes.into_iter().enumerate() {
                    let at = |expr: ExprId| {
                        evaluator
                            .evaluate_in_list(&self.plan.exprs[expr], node, i + 1, size, id)
                            .map_err(|error| error.message)
                    };
                    if let Some(filter) = choices.filter
                        && !evaluator.to_boolean(&at(filter)?)
                    {
                        continue;
                    }
                    let value = evaluator.to_text(&at(*value)?);
                    let label = match label {
                        Some(label) => evaluator.to_text(&at(*label)?),
                        None => value.clone(),
                    };
                    offers.push(Offer::Given { value, label });
                }
            }
        }
        if let Some(seed) = choices.randomize {
            let seed = match seed {
                Some(seed) => {
                    let object = evaluator
                        .evaluate(&self.plan.exprs[seed], id)
                        .map_err(|error| error.message)?;
                    seed_of(evaluator.to_number(&object), &evaluator.to_text(&object))
                }
                None => (self.salt(id) >> 33) as i64 + (self.environment.seed % 65_536) as i64,
            };
            shuffle(&mut offers, seed);
        }
        Ok(offers)
    }

    /// The words of a slot with the answers in place.
    pub(super) fn words(
        &self,
        evaluator: &Evaluator<'_, Reader<'_>>,
        id: Id,
        slot: Slot,
    ) -> String {
        let def = self.plan.def(self.state.node(id).def);
        let words = match slot {
            Slot::Label => &def.label,
            Slot::Hint => &def.hint,
            Slot::Guidance => &def.guidance,
            Slot::ConstraintMessage => &def.constraint_message,
            Slot::RequiredMessage => &def.required_message,
            _ => &None,
        };
        let Some(wording) = words
            .as_ref()
            .and_then(|words| words.wording(self.language, self.plan.default_language))
        else {
            return String::new();
        };
        self.fill_in(evaluator, id, wording)
    }

    pub(super) fn fill_in(
        &self,
        evaluator: &Evaluator<'_, Reader<'_>>,
        id: Id,
        wording: &Wording,
    ) -> String {
        let mut text = String::new();
        for part in &wording.parts {
            match part {
                Part::Plain(plain) => text.push_str(plain),
                Part::Output(expr) => {
                    if let Ok(object) = evaluator.evaluate(&self.plan.exprs[*expr], id) {
                        text.push_str(&evaluator.to_text(&object));
                    }
                }
            }
        }
        text
    }

    /// A wording with the answers in place, as seen from a node.
    pub(super) fn worded(&self, id: Id, wording: &Wording) -> String {
        let reader = self.reader();
        let evaluator = Evaluator::new(&reader, &self.environment);
        self.fill_in(&evaluator, id, wording)
    }
}
