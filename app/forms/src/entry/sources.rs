//! Where choices and secondary instances come from.

use std::collections::BTreeSet;

use super::compile::Compiler;
use super::plan::{Choices, Instance, Sort, Source};
use crate::expression::ExprKind;
use crate::form::{ChoiceSource, Question, QuestionKind};

impl<'a> Compiler<'a> {
    pub(super) fn choices(&mut self, question: &'a Question) -> Option<Choices> {
        let source = question.choices.as_ref()?;
        if !question.kind.is_select() {
            // Tags of `osm` questions are no choices.
            return None;
        }
        let filter = self.expr(question.choice_filter.as_deref());
        let randomize = (question.parameter("randomize") == Some("true"))
            .then(|| self.expr(question.parameter("seed")));
        let multiple = matches!(
            question.kind,
            QuestionKind::SelectMultiple | QuestionKind::Rank
        );
        let source = match source {
            ChoiceSource::List(name) => {
                let list = self.lists.get(name.as_str()).copied();
                let Some(list) = list else {
                    self.problem(
                        "choice.unknown-list",
                        format!("Нет списка вариантов «{name}»."),
                        format!("There is no choice list “{name}”."),
                    );
                    return None;
                };
                let instance = filter.map(|_| self.list_instance(list));
                Source::List { list, instance }
            }
            ChoiceSource::File(file) => {
                let stem = file
                    .rsplit_once('.')
                    .map_or(file.as_str(), |(stem, _)| stem);
                let value = question
                    .parameter("value")
                    .unwrap_or(if file.ends_with(".geojson") {
                        "id"
                    } else {
                        "name"
                    });
                let label = question
                    .parameter("label")
                    .unwrap_or(if file.ends_with(".geojson") {
                        "title"
                    } else {
                        "label"
                    });
                let expr = self.expr(Some(&format!("instance('{stem}')/root/item")))?;
                let value = self.expr(Some(value))?;
                let label = self.expr(Some(label));
                Source::Nodes { expr, value, label }
            }
            ChoiceSource::External(name) => {
                let instance = self.external_instance(name);
                let expr = self.expr(Some(&format!(
                    "instance('{}')/root/item",
                    self.plan.instances[instance].id.clone()
                )))?;
                let value = self.expr(Some("name"))?;
                let label = self.expr(Some("label"));
                Source::Nodes { expr, value, label }
            }
            ChoiceSource::Repeat(name) => {
                let name = name.trim_start_matches("${").trim_end_matches('}');
                let Some(target) = self
                    .plan
                    .by_name
                    .get(name)
                    .and_then(|found| found.first().copied())
                else {
                    self.problem(
                        "reference.unknown",
                        format!("Нет вопроса «{name}»."),
                        format!("There is no question “{name}”."),
                    );
                    return None;
                };
                // The instances of the repeat around the question, without those where it is blank.
                let mut steps = vec![self.plan.defs[target].name.clone()];
                let mut at = self.plan.defs[target].parent;
                while let Some(up) = at {
                    if matches!(self.plan.defs[up].sort, Sort::Repeat(_)) {
                        break;
                    }
                    steps.insert(0, self.plan.defs[up].name.clone());
                    at = self.plan.defs[up].parent;
                }
                let repeat = at?;
                let value = steps.join("/");
                let path = self.plan.path_of(repeat);
                let expr = self.expr(Some(&format!("{path}[{value} != '']")))?;
                let value = self.expr(Some(&value))?;
                Source::Nodes {
                    expr,
                    value,
                    label: Some(value),
                }
            }
        };
        Some(Choices {
            source,
            filter,
            randomize,
            multiple,
            ranked: question.kind == QuestionKind::Rank,
        })
    }

    /// The secondary instance that holds a list's items.
    pub(super) fn list_instance(&mut self, list: usize) -> usize {
        let compiled = &self.plan.lists[list];
        if let Some(known) = self
            .plan
            .instances
            .iter()
            .position(|instance| instance.id == compiled.name)
        {
            return known;
        }
        let mut instance = Instance::new(&compiled.name);
        let root = instance.add(0, "root", "", false);
        if let Some(source) = self.form.lists.iter().find(|l| l.name == compiled.name) {
            for choice in &source.choices {
                let item = instance.add(root, "item", "", false);
                instance.items.push(item);
                instance.add(item, "name", &choice.name, false);
                let label = self.form.text(&choice.label, &self.form.default_language);
                instance.add(item, "label", label, false);
                for (column, value) in &choice.columns {
                    instance.add(item, column, value, false);
                }
            }
        }
        self.plan.instances.push(instance);
        self.plan.instances.len() - 1
    }

    pub(super) fn external_instance(&mut self, list: &str) -> usize {
        let id = format!("external:{list}");
        if let Some(known) = self.plan.instances.iter().position(|other| other.id == id) {
            return known;
        }
        let mut instance = Instance::new(&id);
        let root = instance.add(0, "root", "", false);
        for row in &self.form.external_choices {
            let cell = |wanted: &str| {
                row.columns
                    .iter()
                    .find(|(column, _)| column == wanted)
                    .map(|(_, value)| value.as_str())
            };
            if cell("list_name").or_else(|| cell("list name")) != Some(list) {
                continue;
            }
            let item = instance.add(root, "item", "", false);
            for (column, value) in &row.columns {
                let name = column.split("::").next().unwrap_or(column);
                instance.add(item, name.trim(), value, false);
            }
        }
        self.plan.instances.push(instance);
        self.plan.instances.len() - 1
    }

    /// Makes the instances that expressions name.
    pub(super) fn instances(&mut self) {
        let mut wanted = BTreeSet::new();
        for expr in &self.plan.exprs {
            expr.walk(&mut |part| {
                if let ExprKind::Call { name, args } = &part.kind
                    && matches!(name.as_str(), "instance" | "pulldata")
                    && let Some(ExprKind::Text(id)) = args.first().map(|arg| &arg.kind)
                {
                    wanted.insert(id.clone());
                }
            });
        }
        for id in wanted {
            if let Some(list) = self.lists.get(id.as_str()).copied() {
                self.list_instance(list);
            } else if let Some(file) = self.attachments.instance(&id) {
                match file {
                    Ok(instance) => self.plan.instances.push(instance),
                    Err(message) => {
                        self.place = format!("instance('{id}')");
                        self.problem(
                            "attachment.unreadable",
                            format!("Вложение «{id}» не читается: {message}."),
                            format!("The attachment “{id}” cannot be read: {message}."),
                        );
                    }
                }
            }
        }
        let remembers = self.plan.exprs.iter().any(|expr| {
            let mut found = false;
            expr.walk(&mut |part| {
                found |= matches!(
                    part.kind,
                    ExprKind::Reference {
                        last_saved: true,
                        ..
                    }
                );
            });
            found
        });
        if remembers {
            let last = self.attachments.last_saved_instance();
            self.plan.instances.push(last);
        }
    }
}
