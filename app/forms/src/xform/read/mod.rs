//! Opening an entry of an XForm document as other tools write it.
//!
//! Reads what drives behaviour: instances, binds, actions, choices and texts. How things look is left out, because
//! our own renderer works from a [`Form`].

mod instances;

use std::collections::HashMap;
use std::sync::Arc;

use roxmltree::{Document, Node};

use crate::entry::order;
use crate::entry::plan::{
    Action, Choices, DataType, DefId, Event, ExprId, Item, List, Part, Plan, Preload, Setting,
    Sort, Source, Wording, Words, decimals,
};
use crate::entry::{EntryContext, FormEntry};
use crate::expression::parse;
use crate::form::{Form, Language, Message, Place, Problem, Severity, Text};

/// An XForm that cannot be opened at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XFormError {
    /// The text is no XML.
    #[error("the document is no XML: {0}")]
    Xml(String),
    /// The document has no primary instance.
    #[error("the document has no model with an instance")]
    NoInstance,
}

/// Opens an empty entry of an XForm, with the problems of its expressions.
///
/// # Errors
/// When the document is no XForm.
pub fn open(xml: &str, context: EntryContext) -> Result<(FormEntry, Vec<Problem>), XFormError> {
    let document = Document::parse(xml).map_err(|error| XFormError::Xml(error.to_string()))?;
    let mut reader = Reader::default();
    let form = reader.read(&document)?;
    let Reader {
        mut plan,
        mut problems,
        ..
    } = reader;
    order::rank(&mut plan, &mut problems);
    let entry = FormEntry::start(Arc::new(form), Arc::new(plan), context);
    problems.extend(entry.problems().iter().cloned());
    Ok((entry, problems))
}

#[derive(Default)]
struct Reader {
    plan: Plan,
    problems: Vec<Problem>,
    /// Definitions by path, `/data/group/question`.
    by_path: HashMap<String, DefId>,
    /// Paths of binds by their ids, which controls may name instead.
    bind_paths: HashMap<String, String>,
    place: String,
}

/// Nesting beyond this is not read: real forms have a dozen levels, and the walk recurses.
const DEEPEST: usize = 100;

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(child, name))
}

/// An attribute by its local name, whatever its namespace.
fn attribute<'a>(node: &Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

impl Reader {
    fn read(&mut self, document: &Document<'_>) -> Result<Form, XFormError> {
        let find = |name: &str| document.descendants().find(|node| is(node, name));
        let model = find("model").ok_or(XFormError::NoInstance)?;
        let primary = child(model, "instance")
            .and_then(|instance| instance.first_element_child())
            .ok_or(XFormError::NoInstance)?;
        let repeats: Vec<String> = document
            .descendants()
            .filter(|node| is(node, "repeat"))
            .filter_map(|node| attribute(&node, "nodeset"))
            .map(|path| path.trim().to_owned())
            .collect();
        self.languages(model);
        self.element(primary, None, "", &repeats, 0);
        self.instance_id();
        self.plan.index();
        for instance in model.children().filter(|node| is(node, "instance")).skip(1) {
            self.secondary(instance);
        }
        for bind in model.children().filter(|node| is(node, "bind")) {
            if let (Some(id), Some(path)) = (attribute(&bind, "id"), attribute(&bind, "nodeset")) {
                self.bind_paths.insert(id.to_owned(), path.to_owned());
            }
            self.bind(bind);
        }
        for node in document.descendants() {
            match node.tag_name().name() {
                "setvalue" => self.setvalue(node),
                "repeat" => self.repeat(node),
                "input" | "select" | "select1" | "rank" | "range" | "trigger" | "upload" => {
                    self.control(node);
                }
                "group" => self.group(node),
                _ => {}
            }
        }
        let mut form = Form::new(attribute(&primary, "id").unwrap_or_default());
        form.version = attribute(&primary, "version")
            .unwrap_or_default()
            .to_owned();
        form.root = primary.tag_name().name().to_owned();
        form.title = Text::plain(
            find("title")
                .and_then(|title| title.text())
                .unwrap_or_default(),
        );
        form.languages = self
            .plan
            .languages
            .iter()
            .map(|l| Language::new(l))
            .collect();
        form.default_language = self
            .plan
            .languages
            .get(self.plan.default_language)
            .cloned()
            .unwrap_or_default();
        Ok(form)
    }

    fn languages(&mut self, model: Node<'_, '_>) {
        let translations: Vec<_> = child(model, "itext")
            .into_iter()
            .flat_map(|itext| itext.children())
            .filter(|node| is(node, "translation"))
            .collect();
        if translations.is_empty() {
            self.plan.languages.push(Text::DEFAULT.to_owned());
            return;
        }
        let count = translations.len();
        for (place, translation) in translations.iter().enumerate() {
            let language = attribute(translation, "lang").unwrap_or_default();
            self.plan.languages.push(language.to_owned());
            if translation.has_attribute("default") {
                self.plan.default_language = place;
            }
            for text in translation.children().filter(|node| is(node, "text")) {
                let Some(id) = attribute(&text, "id") else {
                    continue;
                };
                // A value with a form is media, except long and short wordings.
                let values = || text.children().filter(|node| is(node, "value"));
                let value = values()
                    .find(|node| !node.has_attribute("form"))
                    .or_else(|| values().find(|node| attribute(node, "form") == Some("long")))
                    .or_else(|| values().find(|node| attribute(node, "form") == Some("short")));
                if let Some(value) = value {
                    let wording = self.wording(value);
                    let words = self.plan.itext.entry(id.to_owned()).or_default();
                    words.wordings.resize(count, None);
                    words.wordings[place] = Some(wording);
                }
            }
        }
    }

    /// Text with `<output value="…"/>` in it.
    fn wording(&mut self, node: Node<'_, '_>) -> Wording {
        let mut parts = Vec::new();
        for inner in node.children() {
            if inner.is_text() {
                parts.push(Part::Plain(inner.text().unwrap_or_default().to_owned()));
            } else if is(&inner, "output") {
                let source = attribute(&inner, "value").or_else(|| attribute(&inner, "ref"));
                if let Some(expr) = self.expr(source) {
                    parts.push(Part::Output(expr));
                }
            }
        }
        Wording { parts }
    }

    fn words(&mut self, node: Node<'_, '_>) -> Option<Words> {
        if let Some(reference) = attribute(&node, "ref") {
            if let Some(words) = self.itext(reference) {
                return Some(words);
            }
            let expr = self.expr(Some(reference))?;
            return Some(Words {
                wordings: vec![Some(Wording {
                    parts: vec![Part::Output(expr)],
                })],
            });
        }
        Some(Words {
            wordings: vec![Some(self.wording(node))],
        })
    }

    /// The text that `jr:itext('id')` names.
    fn itext(&self, reference: &str) -> Option<Words> {
        let id = reference
            .trim()
            .strip_prefix("jr:itext(")?
            .strip_suffix(')')?
            .trim()
            .trim_matches(['\'', '"']);
        self.plan.itext.get(id).cloned()
    }

    fn expr(&mut self, source: Option<&str>) -> Option<ExprId> {
        let source = source?;
        if source.trim().is_empty() {
            return None;
        }
        match parse(source) {
            Ok(expr) => {
                self.plan.exprs.push(expr);
                Some(self.plan.exprs.len() - 1)
            }
            Err(error) => {
                self.problems.push(Problem {
                    code: "expression.invalid".to_owned(),
                    severity: Severity::Error,
                    place: Place::node(&self.place),
                    message: Message::new(
                        format!("Выражение «{source}» непонятно: {}", error.message),
                        format!(
                            "The expression “{source}” cannot be used: {}",
                            error.message
                        ),
                    ),
                    repair: None,
                });
                None
            }
        }
    }

    // --- logic -------------------------------------------------------------------------------

    /// The definition at an absolute path; conditions choose among its nodes and do not count here.
    fn def_at(&self, path: &str) -> Option<DefId> {
        let mut steps: Vec<&str> = Vec::new();
        let plain = without_conditions(path);
        for step in plain.trim().split('/') {
            match step.trim() {
                "." => {}
                ".." => {
                    steps.pop();
                }
                step => steps.push(match step.split_once(':') {
                    Some((prefix, local)) if !prefix.is_empty() => local,
                    _ => step,
                }),
            }
        }
        self.by_path.get(&steps.join("/")).copied()
    }

    fn bind(&mut self, bind: Node<'_, '_>) {
        let path = attribute(&bind, "nodeset").unwrap_or_default();
        self.place = path.to_owned();
        let Some(id) = self.def_at(path) else {
            self.problems.push(Problem {
                code: "bind.unknown".to_owned(),
                severity: Severity::Warning,
                place: Place::node(path),
                message: Message::new(
                    format!("Нет узла «{path}», к которому относятся правила."),
                    format!("There is no node “{path}” for these rules."),
                ),
                repair: None,
            });
            return;
        };
        let relevant = self.expr(attribute(&bind, "relevant"));
        let calculate = self.expr(attribute(&bind, "calculate"));
        let required = self.expr(attribute(&bind, "required"));
        let read_only = self.expr(attribute(&bind, "readonly"));
        let constraint = self.expr(attribute(&bind, "constraint"));
        let constraint_message = attribute(&bind, "constraintMsg").map(|text| self.message(text));
        let required_message = attribute(&bind, "requiredMsg").map(|text| self.message(text));
        let preload = attribute(&bind, "preload");
        let params = attribute(&bind, "preloadParams").unwrap_or_default();
        let def = &mut self.plan.defs[id];
        def.relevant = relevant;
        def.calculate = calculate;
        def.required = required;
        def.read_only = read_only;
        def.constraint = constraint;
        def.constraint_message = constraint_message;
        def.required_message = required_message;
        if let Some(name) = attribute(&bind, "type") {
            def.data_type = data_type(name);
        }
        match preload {
            Some("uid") => def.preload = Some(Preload::Uid),
            Some("timestamp") if params == "start" => def.preload = Some(Preload::Now),
            Some("date") => def.preload = Some(Preload::Today),
            Some("property") => def.prefill = Some(params.to_owned()),
            _ if calculate.is_some() => def.preload = None,
            _ => {}
        }
    }

    fn message(&self, text: &str) -> Words {
        self.itext(text).unwrap_or_else(|| Words {
            wordings: vec![Some(Wording::plain(text))],
        })
    }

    /// The definition that a control names, by a path that may be relative to the group around.
    fn def_of(&self, node: Node<'_, '_>) -> Option<DefId> {
        let written = attribute(&node, "ref")
            .or_else(|| attribute(&node, "nodeset"))
            .or_else(|| {
                let bind = attribute(&node, "bind")?;
                Some(self.bind_paths.get(bind).map_or(bind, String::as_str))
            })?
            .trim();
        if written.starts_with('/') {
            return self.def_at(written);
        }
        let is_action = is(&node, "setvalue");
        let around = node
            .ancestors()
            .skip(1)
            .filter(|outer| is_action || is(outer, "group") || is(outer, "repeat"))
            .find_map(|outer| self.def_of(outer))
            .unwrap_or(0);
        let path = self.plan.path_of(around);
        self.def_at(&format!("{path}/{written}"))
    }

    fn setvalue(&mut self, node: Node<'_, '_>) {
        let Some(target) = self.def_of(node) else {
            return;
        };
        self.place = self.plan.path_of(target);
        let expr = self.expr(attribute(&node, "value"));
        let literal = node.text().unwrap_or_default().to_owned();
        let chosen = attribute(&node, "ref").filter(|path| path.contains('['));
        let chosen = self.expr(chosen);
        let control = node
            .ancestors()
            .skip(1)
            .find(|outer| outer.has_attribute("ref") || outer.has_attribute("bind"))
            .and_then(|control| self.def_of(control));
        let repeat = node
            .ancestors()
            .skip(1)
            .find(|outer| is(outer, "repeat"))
            .and_then(|repeat| self.def_of(repeat));
        let value = || match expr {
            Some(expr) => Setting::Expr(expr),
            None => Setting::Literal(literal.clone()),
        };
        let words = attribute(&node, "event").unwrap_or_default();
        for word in words.split_whitespace() {
            let event = match word {
                "odk-instance-first-load" | "odk-instance-load" | "xforms-ready" => {
                    Event::FirstLoad
                }
                "odk-new-repeat" | "jr-insert" => match repeat {
                    Some(repeat) if repeat != target && !self.plan.is_ancestor(repeat, target) => {
                        Event::Added(repeat)
                    }
                    _ => Event::NewRepeat,
                },
                "xforms-value-changed" => Event::ValueChanged(control.into_iter().collect()),
                _ => {
                    self.unknown_event(word);
                    continue;
                }
            };
            self.plan.defs[target].actions.push(Action {
                event,
                value: value(),
                chosen,
            });
        }
    }

    fn unknown_event(&mut self, word: &str) {
        self.problems.push(Problem {
            code: "action.unknown-event".to_owned(),
            severity: Severity::Error,
            place: Place::node(&self.place),
            message: Message::new(
                format!("Действие ждёт события «{word}», которого нет."),
                format!("An action waits for the event “{word}”, which does not exist."),
            ),
            repair: None,
        });
    }

    fn repeat(&mut self, node: Node<'_, '_>) {
        let Some(id) = self.def_of(node) else {
            return;
        };
        self.place = self.plan.path_of(id);
        let count = self.expr(attribute(&node, "count"));
        let fixed = attribute(&node, "noAddRemove").is_some_and(|text| text.trim() == "true()");
        if let Sort::Repeat(rule) = &mut self.plan.defs[id].sort {
            rule.count = count;
            rule.fixed = fixed;
            if fixed && count.is_none() && rule.initial.is_empty() {
                // Nobody could add the first one.
                rule.initial.push(Vec::new());
            }
        }
        if self.plan.defs[id].label.is_none()
            && let Some(label) = node.parent().and_then(|group| child(group, "label"))
        {
            self.plan.defs[id].label = self.words(label);
        }
    }

    fn group(&mut self, node: Node<'_, '_>) {
        let id = self.def_of(node);
        if let (Some(id), Some(label)) = (id, child(node, "label")) {
            self.place = self.plan.path_of(id);
            self.plan.defs[id].label = self.words(label);
        }
    }

    fn control(&mut self, node: Node<'_, '_>) {
        let Some(id) = self.def_of(node) else {
            return;
        };
        self.place = self.plan.path_of(id);
        let label = child(node, "label").and_then(|label| self.words(label));
        let hint = child(node, "hint").and_then(|hint| self.words(hint));
        let choices = self.choices(node);
        let kind = node.tag_name().name();
        let number = |name: &str| attribute(&node, name).and_then(|text| text.trim().parse().ok());
        let def = &mut self.plan.defs[id];
        def.visible = true;
        def.label = label;
        def.hint = hint;
        def.choices = choices;
        if kind == "trigger" {
            def.data_type = DataType::Acknowledge;
        }
        if kind == "range"
            && let (Some(start), Some(end)) = (number("start"), number("end"))
        {
            let (start, end): (f64, f64) = (start, end);
            def.bounds = Some((start.min(end), start.max(end)));
            def.decimals = ["start", "end", "step"]
                .iter()
                .filter_map(|name| attribute(&node, name))
                .map(decimals)
                .max()
                .unwrap_or(0);
        }
    }

    fn choices(&mut self, node: Node<'_, '_>) -> Option<Choices> {
        let kind = node.tag_name().name();
        if !matches!(kind, "select" | "select1" | "rank") {
            return None;
        }
        let multiple = kind != "select1";
        let source = if let Some(itemset) = child(node, "itemset") {
            let below = |name: &str| child(itemset, name).and_then(|n| attribute(&n, "ref"));
            let expr = self.expr(attribute(&itemset, "nodeset"))?;
            let value = self.expr(Some(below("value").unwrap_or("name")))?;
            let label = self.expr(below("label"));
            Source::Nodes { expr, value, label }
        } else {
            let mut list = List {
                name: self.place.clone(),
                ..List::default()
            };
            for item in node.children().filter(|node| is(node, "item")) {
                let value = child(item, "value")
                    .and_then(|value| value.text())
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                let label = child(item, "label")
                    .and_then(|label| self.words(label))
                    .unwrap_or_default();
                list.by_value
                    .entry(value.clone())
                    .or_insert(list.items.len());
                list.items.push(Item {
                    value,
                    label,
                    ..Item::default()
                });
            }
            self.plan.lists.push(list);
            Source::List {
                list: self.plan.lists.len() - 1,
                instance: None,
            }
        };
        Some(Choices {
            source,
            filter: None,
            randomize: None,
            multiple,
            ranked: kind == "rank",
        })
    }
}

/// A path without `[…]`.
fn without_conditions(path: &str) -> String {
    let mut depth = 0_usize;
    path.chars()
        .filter(|c| {
            match c {
                '[' => depth += 1,
                ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The prefix as written before an element's name.
fn written_prefix(node: &Node<'_, '_>) -> Option<String> {
    let start = node.range().start + 1;
    let rest = node.document().input_text().get(start..)?;
    let name = rest
        .split(|c: char| c.is_whitespace() || c == '/' || c == '>')
        .next()?;
    name.split_once(':').map(|(prefix, _)| prefix.to_owned())
}

fn data_type(name: &str) -> DataType {
    match name.rsplit(':').next().unwrap_or(name) {
        "int" | "integer" | "long" => DataType::Integer,
        "decimal" | "double" => DataType::Decimal,
        "boolean" => DataType::Boolean,
        "date" => DataType::Date,
        "time" => DataType::Time,
        "dateTime" => DataType::DateTime,
        "geopoint" => DataType::Geopoint,
        "geotrace" => DataType::Geotrace,
        "geoshape" => DataType::Geoshape,
        "binary" => DataType::Other,
        _ => DataType::Text,
    }
}
