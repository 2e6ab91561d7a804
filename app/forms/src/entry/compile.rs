//! From a form to a plan.

use std::collections::{BTreeSet, HashMap};

use super::plan::{
    Action, DataType, Def, DefId, Event, ExprId, Item, List, Part, Plan, Preload, RepeatRule,
    Setting, Sort, Wording, Words, decimals,
};
use super::{Attachments, order};
use crate::expression::{ExprKind, SyntaxError, check, parse};
use crate::form::{
    Form, Group, Message, Node, Place, Problem, Question, QuestionKind, Severity, Text,
};

/// The plan of a form and what is wrong with its expressions; what is wrong is left out of the plan.
pub(crate) fn compile(form: &Form, attachments: &Attachments) -> (Plan, Vec<Problem>) {
    let mut compiler = Compiler {
        form,
        attachments,
        plan: Plan {
            languages: form.languages.iter().map(|l| l.name.clone()).collect(),
            default_language: form
                .languages
                .iter()
                .position(|language| language.name == form.default_language)
                .unwrap_or(0),
            ..Plan::default()
        },
        problems: Vec::new(),
        place: String::new(),
        lists: HashMap::new(),
    };
    let root = compiler.plan.add_def(
        None,
        Def {
            name: form.root.clone(),
            sort: Sort::Root,
            visible: true,
            ..Def::default()
        },
    );
    compiler.skeleton(root, &form.nodes, &mut Vec::new());
    compiler.plan.index();
    compiler.lists();
    for id in 0..compiler.plan.defs.len() {
        compiler.fill(id);
    }
    compiler.instances();
    let Compiler {
        mut plan,
        mut problems,
        ..
    } = compiler;
    order::rank(&mut plan, &mut problems);
    (plan, problems)
}

pub(super) struct Compiler<'a> {
    pub(super) form: &'a Form,
    pub(super) attachments: &'a Attachments,
    pub(super) plan: Plan,
    pub(super) problems: Vec<Problem>,
    /// Path of the node whose expressions are being read.
    pub(super) place: String,
    pub(super) lists: HashMap<&'a str, usize>,
}

/// The node of a form at a definition's position.
pub(crate) fn form_node<'a>(form: &'a Form, path: &[u32]) -> Option<&'a Node> {
    let (first, rest) = path.split_first()?;
    let mut node = form.nodes.get(*first as usize)?;
    for index in rest {
        node = node.children().get(*index as usize)?;
    }
    Some(node)
}

/// Groups deeper than this are left out with a problem.
const DEEPEST_GROUP: usize = 60;

impl<'a> Compiler<'a> {
    pub(super) fn problem(&mut self, code: &str, ru: String, en: String) {
        self.problems.push(Problem {
            code: code.to_owned(),
            severity: Severity::Error,
            place: Place::node(&self.place),
            message: Message::new(ru, en),
            repair: None,
        });
    }

    fn skeleton(&mut self, parent: DefId, nodes: &'a [Node], path: &mut Vec<u32>) {
        if path.len() > DEEPEST_GROUP {
            self.place = self.plan.path_of(parent);
            self.problem(
                "form.too-deep",
                format!("Группы вложены глубже {DEEPEST_GROUP} уровней; что глубже, пропущено."),
                format!(
                    "Groups are nested deeper than {DEEPEST_GROUP} levels; the rest is left out."
                ),
            );
            return;
        }
        for (i, node) in nodes.iter().enumerate() {
            path.push(i as u32);
            let sort = match node {
                Node::Group(group) => Sort::Group {
                    nameless: group.name.is_empty(),
                },
                Node::Repeat(repeat) => {
                    let start = match repeat.repeat_count {
                        Some(_) => 0,
                        None => repeat.min.unwrap_or(1).min(1000),
                    };
                    Sort::Repeat(RepeatRule {
                        fixed: repeat.no_add_remove,
                        max: repeat.max,
                        initial: vec![Vec::new(); start as usize],
                        count: None,
                    })
                }
                Node::Question(question) if question.kind.is_attached_data() => {
                    path.pop();
                    continue;
                }
                Node::Question(_) => Sort::Leaf,
            };
            let visible = match node {
                Node::Question(question) => question.is_visible(),
                _ => true,
            };
            let id = self.plan.add_def(
                Some(parent),
                Def {
                    name: node.name().to_owned(),
                    sort,
                    form_path: path.clone(),
                    visible,
                    ..Def::default()
                },
            );
            self.skeleton(id, node.children(), path);
            path.pop();
        }
    }

    fn lists(&mut self) {
        for list in &self.form.lists {
            let mut compiled = List {
                name: list.name.clone(),
                ..List::default()
            };
            for choice in &list.choices {
                self.place = format!("{}/{}", list.name, choice.name);
                let label = self.words(&choice.label);
                let place = compiled.items.len();
                compiled
                    .by_value
                    .entry(choice.name.clone())
                    .or_insert(place);
                compiled.items.push(Item {
                    value: choice.name.clone(),
                    label,
                    score: choice.score,
                    not_applicable: choice.not_applicable,
                });
            }
            self.lists.insert(&list.name, self.plan.lists.len());
            self.plan.lists.push(compiled);
        }
    }

    fn fill(&mut self, id: DefId) {
        self.place = self.plan.path_of(id);
        let Some(node) = form_node(self.form, &self.plan.defs[id].form_path) else {
            return;
        };
        match node {
            Node::Group(group) => self.fill_group(id, group),
            Node::Repeat(repeat) => {
                self.fill_group(id, &repeat.group);
                let count = self.expr(repeat.repeat_count.as_deref());
                if let Sort::Repeat(rule) = &mut self.plan.defs[id].sort {
                    rule.count = count;
                }
            }
            Node::Question(question) => self.fill_question(id, question),
        }
    }

    fn fill_group(&mut self, id: DefId, group: &Group) {
        let relevant = self.expr(group.relevant.as_deref());
        let read_only = self.expr(group.read_only.as_deref());
        let label = self.some_words(&group.label);
        let hint = self.some_words(&group.hint);
        let def = &mut self.plan.defs[id];
        def.relevant = relevant;
        def.read_only = read_only;
        def.label = label;
        def.hint = hint;
    }

    fn fill_question(&mut self, id: DefId, question: &'a Question) {
        let relevant = self.expr(question.relevant.as_deref());
        let constraint = self.expr(question.constraint.as_deref());
        let required = self.expr(question.required.as_deref());
        let mut read_only = self.expr(question.read_only.as_deref());
        let calculation = self.expr(question.calculation.as_deref());
        let label = self.some_words(&question.label);
        let hint = self.some_words(&question.hint);
        let guidance = self.some_words(&question.guidance_hint);
        let constraint_message = self.some_words(&question.constraint_message);
        let required_message = self.some_words(&question.required_message);
        let choices = self.choices(question);
        let triggers = self.triggers(question);
        if question.kind == QuestionKind::Note && read_only.is_none() {
            read_only = self.expr(Some("true()"));
        }
        let mut actions = Vec::new();
        let mut initial = String::new();
        if let Some(default) = question.default.as_deref().filter(|d| !d.is_empty()) {
            if crate::xform::write::is_dynamic(default, question.kind) {
                if let Some(expr) = self.expr(Some(default)) {
                    actions.push(Action {
                        event: Event::FirstLoad,
                        value: Setting::Expr(expr),
                        chosen: None,
                    });
                    actions.push(Action {
                        event: Event::NewRepeat,
                        value: Setting::Expr(expr),
                        chosen: None,
                    });
                }
            } else {
                initial = default.to_owned();
            }
        }
        let mut calculate = calculation;
        if question.trigger.is_some() {
            calculate = None;
            actions.push(Action {
                event: Event::ValueChanged(triggers),
                value: calculation.map_or(Setting::Literal(String::new()), Setting::Expr),
                chosen: None,
            });
        }
        let def = &mut self.plan.defs[id];
        def.relevant = relevant;
        def.constraint = constraint;
        def.required = required;
        def.read_only = read_only;
        def.calculate = calculate;
        def.label = label;
        def.hint = hint;
        def.guidance = guidance;
        def.constraint_message = constraint_message;
        def.required_message = required_message;
        def.choices = choices;
        def.initial = initial;
        def.actions = actions;
        def.data_type = data_type(question.kind);
        def.bounds = bounds(question);
        def.decimals = ["start", "end", "step"]
            .iter()
            .filter_map(|name| question.parameter(name))
            .map(decimals)
            .max()
            .unwrap_or(0);
        def.prefill = question.prefill.clone();
        def.preload = match question.kind {
            QuestionKind::Start => Some(Preload::Now),
            QuestionKind::Today => Some(Preload::Today),
            _ => None,
        };
        if def.prefill.is_none() && question.kind.is_recorded() {
            def.prefill = Some(question.kind.word().to_owned());
        }
    }

    fn triggers(&mut self, question: &Question) -> Vec<DefId> {
        let Some(source) = question.trigger.as_deref() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for part in source.split(',') {
            let Some(expr) = self.expr(Some(part)) else {
                continue;
            };
            if let ExprKind::Reference { name, .. } = &self.plan.exprs[expr].kind {
                found.extend(self.plan.by_name.get(name).into_iter().flatten().copied());
            }
        }
        found
    }

    fn some_words(&mut self, text: &Text) -> Option<Words> {
        (!text.is_empty()).then(|| self.words(text))
    }

    fn words(&mut self, text: &Text) -> Words {
        let languages = self.plan.languages.clone();
        let mut words = Words {
            wordings: vec![None; languages.len()],
        };
        for (language, wording) in text.iter() {
            let place = languages
                .iter()
                .position(|known| known == language)
                .unwrap_or(self.plan.default_language);
            let wording = self.wording(wording);
            // A text outside all languages stands in for the default one, unless that has words of its own.
            if let Some(slot) = words.wordings.get_mut(place)
                && (slot.is_none() || languages.get(place).is_some_and(|l| l == language))
            {
                *slot = Some(wording);
            }
        }
        words
    }

    /// Splits at `${name}`; what looks like a reference but is none stays as written.
    fn wording(&mut self, text: &str) -> Wording {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let Some(length) = rest[start..].find('}') else {
                break;
            };
            let reference = &rest[start..=start + length];
            let parsed = parse(reference).ok().filter(|expr| {
                matches!(&expr.kind, ExprKind::Reference { name, last_saved }
                    if *last_saved || self.plan.by_name.contains_key(name))
            });
            match parsed {
                Some(expr) => {
                    if start > 0 {
                        parts.push(Part::Plain(rest[..start].to_owned()));
                    }
                    self.plan.exprs.push(expr);
                    parts.push(Part::Output(self.plan.exprs.len() - 1));
                }
                None => parts.push(Part::Plain(rest[..=start + length].to_owned())),
            }
            rest = &rest[start + length + 1..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Plain(rest.to_owned()));
        }
        Wording { parts }
    }

    /// Reads an expression; a wrong one becomes a problem and is left out.
    pub(super) fn expr(&mut self, source: Option<&str>) -> Option<ExprId> {
        let source = source?;
        let trimmed = source.trim();
        if trimmed.is_empty() {
            return None;
        }
        let source = match trimmed.to_ascii_lowercase().as_str() {
            "yes" | "true" => "true()",
            "no" | "false" => "false()",
            _ => source,
        };
        match parse(source) {
            Err(error) => {
                self.syntax_problem(source, &error);
                None
            }
            Ok(expr) => {
                for error in check(&expr) {
                    self.syntax_problem(source, &error);
                }
                let mut unknown = BTreeSet::new();
                expr.walk(&mut |part| {
                    if let ExprKind::Reference { name, .. } = &part.kind
                        && !self.plan.by_name.contains_key(name)
                    {
                        unknown.insert(name.clone());
                    }
                });
                for name in unknown {
                    self.problem(
                        "reference.unknown",
                        format!("В выражении «{source}» назван вопрос «{name}», которого нет."),
                        format!(
                            "The expression “{source}” names a question “{name}” that is not there."
                        ),
                    );
                }
                self.plan.exprs.push(expr);
                Some(self.plan.exprs.len() - 1)
            }
        }
    }

    fn syntax_problem(&mut self, source: &str, error: &SyntaxError) {
        let at = source
            .get(..error.span.start)
            .map_or(0, |before| before.chars().count())
            + 1;
        self.problem(
            "expression.invalid",
            format!(
                "Выражение «{source}» непонятно, знак {at}: {}",
                error.message
            ),
            format!(
                "The expression “{source}” cannot be used, character {at}: {}",
                error.message
            ),
        );
    }
}

fn data_type(kind: QuestionKind) -> DataType {
    match kind {
        QuestionKind::Integer => DataType::Integer,
        QuestionKind::Decimal | QuestionKind::Range => DataType::Decimal,
        QuestionKind::Date | QuestionKind::Today => DataType::Date,
        QuestionKind::Time => DataType::Time,
        QuestionKind::DateTime | QuestionKind::Start | QuestionKind::End => DataType::DateTime,
        QuestionKind::Geopoint | QuestionKind::StartGeopoint | QuestionKind::BackgroundGeopoint => {
            DataType::Geopoint
        }
        QuestionKind::Geotrace => DataType::Geotrace,
        QuestionKind::Geoshape => DataType::Geoshape,
        QuestionKind::Acknowledge => DataType::Acknowledge,
        other if other.is_media() => DataType::Other,
        _ => DataType::Text,
    }
}

fn bounds(question: &Question) -> Option<(f64, f64)> {
    if question.kind != QuestionKind::Range {
        return None;
    }
    let number = |name: &str, otherwise: f64| {
        question
            .parameter(name)
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(otherwise)
    };
    let (start, end) = (number("start", 1.0), number("end", 10.0));
    Some((start.min(end), start.max(end)))
}
