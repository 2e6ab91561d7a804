use serde::{Deserialize, Serialize};

use super::compile::form_node;
use super::plan::{Sort, Source, Words};
use super::state::{Id, Offer, Part, Slot};
use super::typed::typed;
use super::{FormEntry, NodePath, Value};
use crate::form::{CompanionRole, Evidence, Media, Node, Question, QuestionKind, Text};

/// A node as a person sees it now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeView {
    /// Where it is.
    pub path: NodePath,
    /// What it is.
    pub kind: ViewKind,
    /// What a person reads, answers in place. `None` without words.
    pub label: Option<String>,
    /// Smaller words under the label.
    pub hint: Option<String>,
    /// Further help, shown on demand.
    pub guidance: Option<String>,
    /// Files beside the label.
    pub media: MediaView,
    /// The answer. Kept, but not shown and not submitted, while the node is not relevant.
    pub value: Option<Value>,
    /// What was typed and is no value of its type: shown for mending, blank for everything else.
    #[serde(default)]
    pub typed: Option<Value>,
    /// The choices that can be chosen now.
    pub choices: Vec<ChoiceView>,
    /// The node takes part, and so does everything around it.
    pub relevant: bool,
    /// A person is meant to see it at all.
    pub visible: bool,
    /// An answer is demanded.
    pub required: bool,
    /// The answer cannot be changed.
    pub read_only: bool,
    /// What is wrong with the answer. `None` for a node that is not relevant.
    pub violation: Option<Violation>,
    /// Words of the `appearance` column.
    pub appearance: Vec<String>,
    /// Pairs of the `parameters` column.
    pub parameters: Vec<(String, String)>,
    /// Unit shown beside a number.
    pub unit: Option<String>,
    /// The group is a section of the form, with progress and a score of its own.
    pub section: bool,
    /// Weight in the score of the section.
    pub weight: Option<f64>,
    /// Part of the key item rule.
    pub key_item: bool,
    /// A violation here is critical.
    pub critical: bool,
    /// A violation here is told to the coordinator at once.
    pub alert: bool,
    /// An expert scores the question again.
    pub expert: bool,
    /// Rule about evidence.
    pub evidence: Evidence,
    /// Evidence is demanded for the present answer and its companions are blank.
    pub evidence_missing: bool,
    /// Words by which rules and reports find the question.
    pub tags: Vec<String>,
    /// The question under which this one is shown, and what for.
    pub companion_of: Option<(NodePath, CompanionRole)>,
    /// An instance can be added (for a repeat) by a person.
    pub can_add: bool,
    /// The instance can be removed by a person.
    pub can_remove: bool,
}

/// What a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewKind {
    /// The whole form.
    Form,
    /// Questions that belong together.
    Group,
    /// A repeat as a whole; its children are instances.
    Repeat,
    /// One instance of a repeat.
    RepeatInstance,
    /// A question.
    Question(QuestionKind),
}

/// A choice as it is offered now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// The value stored when chosen.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// It is chosen.
    pub chosen: bool,
    /// Points.
    pub score: Option<f64>,
    /// It means "does not apply".
    pub not_applicable: bool,
    /// What this level of a scale looks like in practice.
    pub level: Option<String>,
    /// Files beside the label.
    pub media: MediaView,
}

/// Files beside a label, in the language shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaView {
    /// Picture.
    pub image: Option<String>,
    /// Picture in full size.
    pub big_image: Option<String>,
    /// Sound.
    pub audio: Option<String>,
    /// Film.
    pub video: Option<String>,
}

/// Something that keeps a form from being complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The question.
    pub path: NodePath,
    /// The rule that is broken.
    pub rule: Rule,
    /// What is said to the person: the form's words, else the engine's.
    pub message: String,
}

/// The rules an answer can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// An answer is demanded.
    Required,
    /// The answer does not satisfy the form's condition.
    Constraint,
    /// The answer is no number, date, … as its type asks.
    Type,
    /// The answer needs evidence.
    Evidence,
}

impl FormEntry {
    /// The node at `path` as a person sees it now; `None` when there is none.
    pub fn view(&self, path: &NodePath) -> Option<NodeView> {
        self.find(path).map(|id| self.view_of(id))
    }

    /// The form as a whole.
    pub fn root(&self) -> NodeView {
        self.view_of(0)
    }

    /// Paths of the nodes directly inside, in order: of a repeat its instances. Nodes a person never sees included.
    pub fn children(&self, path: &NodePath) -> Vec<NodePath> {
        let Some(id) = self.find(path) else {
            return Vec::new();
        };
        self.state
            .node(id)
            .children
            .iter()
            .map(|child| self.path_of(*child))
            .collect()
    }

    /// Everything that keeps the form from being complete, in the order of the form.
    pub fn violations(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        self.each_relevant(&mut |id| violations.extend(self.violation(id)));
        violations
    }

    /// Calls `visit` for every relevant node in the order of the form.
    pub(super) fn each_relevant(&self, visit: &mut impl FnMut(Id)) {
        if self.state.nodes.is_empty() {
            return;
        }
        let mut pending = vec![0];
        while let Some(id) = pending.pop() {
            let node = self.state.node(id);
            if !node.relevant {
                continue;
            }
            visit(id);
            pending.extend(node.children.iter().rev());
        }
    }

    pub(super) fn question(&self, id: Id) -> Option<&Question> {
        let def = self.plan.def(self.state.node(id).def);
        match form_node(&self.form, &def.form_path)? {
            Node::Question(question) => Some(question),
            _ => None,
        }
    }

    fn form_text(&self, text: &Text) -> Option<String> {
        let name = self.language();
        let found = self.form.text(text, name);
        (!found.is_empty()).then(|| found.to_owned())
    }

    fn media(&self, media: &Media) -> MediaView {
        MediaView {
            image: self.form_text(&media.image),
            big_image: self.form_text(&media.big_image),
            audio: self.form_text(&media.audio),
            video: self.form_text(&media.video),
        }
    }

    fn said(&self, id: Id, slot: Slot, words: Option<&Words>) -> Option<String> {
        if let Some(text) = self.state.text(id, slot) {
            return Some(text.to_owned());
        }
        words?
            .wording(self.language, self.plan.default_language)
            .map(|wording| wording.text())
    }

    pub(crate) fn view_of(&self, id: Id) -> NodeView {
        let node = self.state.node(id);
        let def = self.plan.def(node.def);
        let source = form_node(&self.form, &def.form_path);
        let question = self.question(id);
        let (group, repeat) = match source {
            Some(Node::Group(group)) => (Some(group.as_ref()), None),
            Some(Node::Repeat(repeat)) => (Some(&repeat.group), Some(repeat.as_ref())),
            _ => (None, None),
        };
        let kind = match (&def.sort, node.part) {
            (Sort::Root, _) => ViewKind::Form,
            (Sort::Repeat(_), Part::Instance) => ViewKind::RepeatInstance,
            (Sort::Repeat(_), _) => ViewKind::Repeat,
            (Sort::Group { .. }, _) => ViewKind::Group,
            _ => ViewKind::Question(question.map_or(QuestionKind::Text, |q| q.kind)),
        };
        let rule = match &def.sort {
            Sort::Repeat(rule) => Some(rule),
            _ => None,
        };
        let free = rule.is_some_and(|rule| rule.count.is_none() && !rule.fixed);
        let most = rule
            .and_then(|rule| rule.max)
            .map_or(usize::MAX, |max| max as usize);
        let fewest = repeat.and_then(|repeat| repeat.min).unwrap_or(0) as usize;
        let instances = match node.part {
            Part::Range => node.children.len(),
            _ => node
                .parent
                .map_or(0, |parent| self.state.node(parent).children.len()),
        };
        let media = question
            .map(|question| &question.media)
            .or_else(|| group.map(|group| &group.media));
        let appearance = question
            .and_then(|question| question.appearance.as_deref())
            .or_else(|| group.and_then(|group| group.appearance.as_deref()));
        NodeView {
            path: self.path_of(id),
            kind,
            label: self
                .said(id, Slot::Label, def.label.as_ref())
                .or_else(|| (kind == ViewKind::Form).then(|| self.form_text(&self.form.title))?),
            hint: self.said(id, Slot::Hint, def.hint.as_ref()),
            guidance: self.said(id, Slot::Guidance, def.guidance.as_ref()),
            media: media.map_or_else(MediaView::default, |media| self.media(media)),
            value: Value::new(node.value.clone()),
            typed: self.misfit(id).and_then(|text| Value::new(text.to_owned())),
            choices: self.choices(id),
            relevant: node.relevant,
            visible: def.visible,
            required: node.required,
            read_only: node.read_only || def.calculate.is_some(),
            violation: node.relevant.then(|| self.violation(id)).flatten(),
            appearance: appearance
                .map(|words| words.split_whitespace().map(str::to_owned).collect())
                .unwrap_or_default(),
            parameters: question.map(|q| q.parameters.clone()).unwrap_or_default(),
            unit: question.and_then(|q| q.unit.clone()),
            section: group.is_some_and(|group| group.section.is_some()),
            weight: question.and_then(|q| q.weight),
            key_item: question.is_some_and(|q| q.key_item),
            critical: question.is_some_and(|q| q.critical),
            alert: question.is_some_and(|q| q.alert),
            expert: question.is_some_and(|q| q.expert),
            evidence: question.map(|q| q.evidence.clone()).unwrap_or_default(),
            evidence_missing: self.evidence_missing(id),
            tags: question.map(|q| q.tags.clone()).unwrap_or_default(),
            companion_of: question
                .and_then(|q| q.companion.as_ref())
                .and_then(|companion| {
                    let parent = self.path_of(id).parent()?;
                    Some((parent.child(&companion.of), companion.role))
                }),
            can_add: node.part == Part::Range && free && instances < most,
            can_remove: node.part == Part::Instance && free && instances > fewest,
        }
    }

    pub(super) fn label_of(&self, id: Id) -> Option<String> {
        let def = self.plan.def(self.state.node(id).def);
        self.said(id, Slot::Label, def.label.as_ref())
    }

    fn choices(&self, id: Id) -> Vec<ChoiceView> {
        let node = self.state.node(id);
        let Some(choices) = &self.plan.def(node.def).choices else {
            return Vec::new();
        };
        let chosen: Vec<&str> = if choices.multiple {
            node.value.split_whitespace().collect()
        } else {
            vec![node.value.as_str()]
        };
        let item_view = |list: &super::plan::List, i: usize| {
            let item = list.items.get(i)?;
            let source = self
                .form
                .list(&list.name)
                .and_then(|list| list.choices.get(i));
            Some(ChoiceView {
                value: item.value.clone(),
                label: self
                    .item_label(id, &item.label)
                    .unwrap_or_else(|| item.value.clone()),
                chosen: chosen.contains(&item.value.as_str()),
                score: item.score,
                not_applicable: item.not_applicable,
                level: source.and_then(|choice| self.form_text(&choice.level)),
                media: source.map_or_else(MediaView::default, |choice| self.media(&choice.media)),
            })
        };
        match (&choices.source, &node.choices) {
            (Source::List { list, .. }, None) => {
                let list = &self.plan.lists[*list];
                (0..list.items.len())
                    .filter_map(|i| item_view(list, i))
                    .collect()
            }
            (source, Some(offers)) => offers
                .iter()
                .filter_map(|offer| match (offer, source) {
                    (Offer::Item(i), Source::List { list, .. }) => {
                        item_view(&self.plan.lists[*list], *i)
                    }
                    (Offer::Given { value, label }, _) => Some(ChoiceView {
                        value: value.clone(),
                        label: label.clone(),
                        chosen: chosen.contains(&value.as_str()),
                        score: None,
                        not_applicable: false,
                        level: None,
                        media: MediaView::default(),
                    }),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// A choice's label; one with answers in it is worked out when looked at.
    fn item_label(&self, id: Id, words: &Words) -> Option<String> {
        let wording = words.wording(self.language, self.plan.default_language)?;
        if !wording.is_dynamic() {
            return Some(wording.text());
        }
        Some(self.worded(id, wording))
    }

    // --- validation --------------------------------------------------------------------------

    pub(super) fn violation(&self, id: Id) -> Option<Violation> {
        let node = self.state.node(id);
        let def = self.plan.def(node.def);
        // Nobody could mend what cannot be changed.
        if def.sort != Sort::Leaf || !node.relevant || node.read_only {
            return None;
        }
        let broken = |rule: Rule, message: Option<String>| {
            Some(Violation {
                path: self.path_of(id),
                rule,
                message: message.unwrap_or_else(|| self.engine_words(rule).to_owned()),
            })
        };
        if self.misfit(id).is_some() {
            return broken(Rule::Type, None);
        }
        if node.value.is_empty() {
            if !node.required {
                return None;
            }
            let said = self.said(id, Slot::RequiredMessage, def.required_message.as_ref());
            return broken(Rule::Required, said);
        }
        if !node.satisfied {
            let said = self.said(id, Slot::ConstraintMessage, def.constraint_message.as_ref());
            return broken(Rule::Constraint, said);
        }
        if self.evidence_missing(id) {
            return broken(Rule::Evidence, None);
        }
        None
    }

    /// What was typed, when it is no value of its type.
    fn misfit(&self, id: Id) -> Option<&str> {
        let node = self.state.node(id);
        let def = self.plan.def(node.def);
        let fits = def.is_computed()
            || def.bounds.is_some()
            || def.choices.is_some()
            || typed(&node.raw, def.data_type, false).is_some();
        (!fits).then_some(node.raw.as_str())
    }

    fn engine_words(&self, rule: Rule) -> &'static str {
        let name = self.language();
        let russian = name == "ru" || name.ends_with("(ru)") || name.starts_with("Рус");
        match (rule, russian) {
            (Rule::Required, true) => "Ответьте на этот вопрос.",
            (Rule::Required, false) => "Condition not satisfied: required",
            (Rule::Constraint, true) => "Ответ не подходит под условие вопроса.",
            (Rule::Constraint, false) => "Condition not satisfied: constraint",
            (Rule::Type, true) => "Ответ записан не так, как требует вопрос.",
            (Rule::Type, false) => "The answer does not have the form that is asked for.",
            (Rule::Evidence, true) => "К этому ответу нужно подтверждение.",
            (Rule::Evidence, false) => "This answer needs evidence.",
        }
    }
}
