//! From the engine to what the interface draws: everything at first, later only what became different.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use forms::entry::{Effects, FormEntry, NodeId, NodePath, NodeView, OutlineKind, Rule, ViewKind};

use super::overview::{GroupView, Item, Overview, RepeatView, SectionOverview};
use super::view::{ChoiceView, QuestionView, Rules};

/// What has been drawn of one entry.
#[derive(Default)]
pub struct Drawn {
    views: HashMap<NodeId, Arc<QuestionView>>,
    /// Where a question stands: its section, then places in items. Places of questions that left are stale until
    /// their section is laid out again.
    places: HashMap<NodeId, (NodeId, Vec<usize>)>,
    /// What was laid out, by the group that is the section; the form stands for the questions outside all groups.
    sections: HashMap<NodeId, Laid>,
    /// The sections shown, in order.
    order: Vec<NodeId>,
}

/// A section as it was laid out.
struct Laid {
    /// Absent where there is nothing to see.
    section: Option<Arc<SectionOverview>>,
    /// Questions whose choices show answers: they are looked at after every change.
    restless: Vec<NodeId>,
}

impl Drawn {
    /// The question as it was drawn last.
    pub fn view(&self, node: NodeId) -> Option<Arc<QuestionView>> {
        self.views.get(&node).cloned()
    }

    fn overview(&self) -> Overview {
        let laid = self.order.iter().filter_map(|id| self.sections.get(id));
        Overview {
            sections: laid.filter_map(|laid| laid.section.clone()).collect(),
        }
    }
}

/// What became different.
pub struct Renewal {
    /// The form now; sections and questions that stayed are the same objects as before.
    pub overview: Overview,
    /// Questions that are another than before, by path; none where the question no longer takes part.
    pub questions: Vec<(String, Option<Arc<QuestionView>>)>,
    /// Are there other questions, groups, instances or words than before, so that the page is laid out anew?
    pub is_structural: bool,
}

/// Draws one entry.
pub struct Drawer<'a> {
    entry: &'a FormEntry,
    ok_answers: &'a BTreeMap<String, String>,
    drawn: &'a mut Drawn,
    /// The section being laid out, and the way to the item inside.
    section: NodeId,
    trail: Vec<usize>,
    /// What is found in that section; see [`Laid`].
    restless: Vec<NodeId>,
}

impl<'a> Drawer<'a> {
    /// A drawer that shares with `drawn` what did not change.
    pub fn new(
        entry: &'a FormEntry,
        ok_answers: &'a BTreeMap<String, String>,
        drawn: &'a mut Drawn,
    ) -> Self {
        Drawer {
            entry,
            ok_answers,
            drawn,
            section: NodeId::ROOT,
            trail: Vec::new(),
            restless: Vec::new(),
        }
    }

    /// Everything may be another: draws all, and finds out what differs.
    pub fn renew_all(mut self) -> Renewal {
        let before = std::mem::take(&mut self.drawn.views);
        let mut gone: HashMap<&str, &Arc<QuestionView>> = before
            .values()
            .map(|view| (view.path.as_str(), view))
            .collect();
        self.drawn.places.clear();
        self.drawn.sections.clear();
        let overview = self.overview();
        let mut questions = Vec::new();
        for view in self.drawn.views.values() {
            if gone
                .remove(view.path.as_str())
                .is_none_or(|old| old != view)
            {
                questions.push((view.path.clone(), Some(view.clone())));
            }
        }
        questions.extend(gone.into_keys().map(|path| (path.to_owned(), None)));
        Renewal {
            overview,
            questions,
            is_structural: true,
        }
    }

    /// Draws what a change touched.
    pub fn renew(mut self, effects: &Effects) -> Renewal {
        let mut questions = Vec::new();
        let mut is_structural = !effects.restructured.is_empty();
        for path in &effects.restructured {
            self.forget_section(path);
        }
        let restless = self.drawn.sections.values().flat_map(|laid| &laid.restless);
        let restless: Vec<NodeId> = restless.copied().collect();
        let changed = effects.changed.iter().map(|path| self.entry.node(path));
        let changed: Vec<NodeId> = changed.flatten().chain(restless).collect();
        for node in changed {
            let outline = self.entry.outline(node);
            let old = self.drawn.views.get(&node).cloned();
            if outline.kind != OutlineKind::Question {
                // Its words or its relevance; what stands inside is told apart.
                is_structural = true;
                self.forget_section(&self.entry.path_at(node));
            } else if outline.relevant && outline.visible {
                let view = self.entry.view_at(node);
                let path = view.path.clone();
                let view = Arc::new(self.question(view));
                let Some(old) = old else {
                    is_structural = true;
                    self.forget_section(&path);
                    questions.push((view.path.clone(), Some(view.clone())));
                    self.drawn.views.insert(node, view);
                    continue;
                };
                if old != view {
                    is_structural |= old.label != view.label;
                    questions.push((view.path.clone(), Some(view.clone())));
                    self.replace(node, &view);
                    self.drawn.views.insert(node, view);
                }
            } else if let Some(old) = old {
                is_structural = true;
                self.forget_section(&self.entry.path_at(node));
                self.drawn.views.remove(&node);
                questions.push((old.path.clone(), None));
            }
        }
        let overview = if is_structural {
            self.overview()
        } else {
            self.drawn.overview()
        };
        Renewal {
            overview,
            questions,
            is_structural,
        }
    }

    /// The section that holds the node has to be laid out again.
    fn forget_section(&mut self, path: &NodePath) {
        let mut at = Some(path.clone());
        while let Some(path) = at {
            at = path.parent();
            let Some(node) = self.entry.node(&path) else {
                continue;
            };
            let is_top = at.as_ref().is_some_and(|parent| parent.parent().is_none());
            if is_top && self.is_loose(node) {
                self.drawn.sections.remove(&NodeId::ROOT);
            }
            if node != NodeId::ROOT {
                self.drawn.sections.remove(&node);
            }
        }
    }

    /// Puts a changed question in its place.
    fn replace(&mut self, node: NodeId, view: &Arc<QuestionView>) {
        let Some((section, places)) = self.drawn.places.get(&node) else {
            return;
        };
        let laid = self.drawn.sections.get_mut(section);
        let Some(section) = laid.and_then(|laid| laid.section.as_mut()) else {
            return;
        };
        let mut items = &mut Arc::make_mut(section).items;
        let mut places = places.iter().copied();
        while let Some(item) = places.next().and_then(|place| items.get_mut(place)) {
            items = match item {
                Item::Question(old) => {
                    if old.path == view.path {
                        *old = view.clone();
                    }
                    return;
                }
                Item::Group(group) => &mut group.items,
                Item::Repeat(repeat) => match places.next() {
                    Some(place) if place < repeat.instances.len() => {
                        &mut repeat.instances[place].items
                    }
                    _ => return,
                },
            };
        }
    }

    /// Sections that take part now, with what they hold: those that were laid out before as they are, the others
    /// from the views there are and those that are missing.
    pub fn overview(&mut self) -> Overview {
        let mut order = Vec::new();
        let mut loose = Vec::new();
        for node in self.relevant(NodeId::ROOT) {
            if !self.is_loose(node) {
                self.sections_of(node, &mut order);
                continue;
            }
            loose.push(node);
            // Questions outside all groups are a section of their own, where the first that is seen stands.
            if !order.contains(&NodeId::ROOT) && self.is_shown(node) {
                order.push(NodeId::ROOT);
            }
        }
        if order.contains(&NodeId::ROOT) {
            self.lay_out(NodeId::ROOT, |drawer| SectionOverview {
                title: drawer.entry.root().label.unwrap_or_default(),
                items: drawer.items(loose),
                ..SectionOverview::default()
            });
        }
        self.drawn.order = order;
        self.drawn.overview()
    }

    /// Lays out a section that is not laid out.
    fn lay_out(&mut self, section: NodeId, draw: impl FnOnce(&mut Self) -> SectionOverview) {
        if self.drawn.sections.contains_key(&section) {
            return;
        }
        self.section = section;
        let drawn = draw(self);
        let laid = Laid {
            section: Some(Arc::new(drawn)),
            restless: std::mem::take(&mut self.restless),
        };
        self.drawn.sections.insert(section, laid);
    }

    /// A nameless group only holds a condition; its content stands where the group stands.
    fn is_loose(&self, node: NodeId) -> bool {
        let outline = self.entry.outline(node);
        outline.kind != OutlineKind::Group || outline.is_nameless
    }

    /// A group of sections (a block) is drawn as its sections.
    fn sections_of(&mut self, group: NodeId, order: &mut Vec<NodeId>) {
        if let Some(laid) = self.drawn.sections.get(&group) {
            order.extend(laid.section.is_some().then_some(group));
            return;
        }
        let children = self.relevant(group);
        let is_block = children.iter().any(|child| {
            self.entry.outline(*child).kind == OutlineKind::Group
                && self.entry.view_at(*child).section
        });
        if is_block {
            for child in children {
                if self.entry.outline(child).kind == OutlineKind::Group {
                    self.sections_of(child, order);
                }
            }
            return;
        }
        if !children.iter().any(|child| self.is_shown(*child)) {
            let laid = Laid {
                section: None,
                restless: Vec::new(),
            };
            self.drawn.sections.insert(group, laid);
            return;
        }
        let view = self.entry.view_at(group);
        self.lay_out(group, |drawer| SectionOverview {
            path: view.path.to_string(),
            title: view.label.unwrap_or_default(),
            hint: view.hint.unwrap_or_default(),
            items: drawer.items(children),
        });
        order.push(group);
    }

    fn relevant(&self, node: NodeId) -> Vec<NodeId> {
        self.entry
            .inside(node)
            .filter(|child| self.entry.outline(*child).relevant)
            .collect()
    }

    /// Is there anything to see or answer?
    fn is_shown(&self, node: NodeId) -> bool {
        let outline = self.entry.outline(node);
        match outline.kind {
            OutlineKind::Question => {
                outline.visible
                    && self.drawn.views.get(&node).map_or_else(
                        || match self.entry.view_at(node).kind {
                            ViewKind::Question(kind) => !kind.is_hidden(),
                            _ => false,
                        },
                        |view| !view.kind.is_hidden(),
                    )
            }
            OutlineKind::Repeat => true,
            OutlineKind::Group | OutlineKind::Instance => self
                .entry
                .inside(node)
                .any(|child| self.entry.outline(child).relevant && self.is_shown(child)),
        }
    }

    /// Items of nodes; the trail leads to what holds them.
    fn items(&mut self, nodes: Vec<NodeId>) -> Vec<Item> {
        let mut items = Vec::with_capacity(nodes.len());
        for node in nodes {
            self.trail.push(items.len());
            items.extend(self.item(node));
            self.trail.pop();
        }
        items
    }

    fn item(&mut self, node: NodeId) -> Option<Item> {
        let outline = self.entry.outline(node);
        match outline.kind {
            OutlineKind::Question => outline.visible.then(|| {
                let place = (self.section, self.trail.clone());
                self.drawn.places.insert(node, place);
                if self.entry.has_answers_in_choices(node) {
                    self.restless.push(node);
                }
                if let Some(view) = self.drawn.views.get(&node) {
                    return Item::Question(view.clone());
                }
                let view = Arc::new(self.question(self.entry.view_at(node)));
                self.drawn.views.insert(node, view.clone());
                Item::Question(view)
            }),
            OutlineKind::Repeat => {
                let view = self.entry.view_at(node);
                let mut instances = Vec::new();
                for instance in self.relevant(node) {
                    self.trail.push(instances.len());
                    instances.push(self.group(instance));
                    self.trail.pop();
                }
                Some(Item::Repeat(RepeatView {
                    path: view.path.to_string(),
                    label: view.label.unwrap_or_default(),
                    is_open: view.can_add,
                    instances,
                }))
            }
            OutlineKind::Group | OutlineKind::Instance => Some(Item::Group(self.group(node))),
        }
    }

    fn group(&mut self, node: NodeId) -> GroupView {
        let view = self.entry.view_at(node);
        let children = self.relevant(node);
        GroupView {
            items: self.items(children),
            path: view.path.to_string(),
            label: view.label.unwrap_or_default(),
            hint: view.hint.unwrap_or_default(),
            appearance: view.appearance,
            can_remove: view.can_remove,
        }
    }

    fn question(&self, view: NodeView) -> QuestionView {
        let kind = match view.kind {
            ViewKind::Question(kind) => kind,
            _ => forms::form::QuestionKind::Note,
        };
        let plain: Vec<&str> = view.path.segments().map(|(name, _)| name).collect();
        let violation = view.violation.filter(|found| found.rule != Rule::Evidence);
        QuestionView {
            path: view.path.to_string(),
            name: view.path.name().to_owned(),
            kind,
            label: view.label.unwrap_or_default(),
            hint: view.hint.unwrap_or_default(),
            guidance: view.guidance.unwrap_or_default(),
            // What is no value of its type is still what stands in the field.
            value: view
                .typed
                .or(view.value)
                .map(|value| value.as_str().to_owned()),
            choices: view
                .choices
                .into_iter()
                .map(|choice| ChoiceView {
                    name: choice.value,
                    label: choice.label,
                    level: choice.level.unwrap_or_default(),
                    score: choice.score,
                    not_applicable: choice.not_applicable,
                })
                .collect(),
            required: view.required,
            read_only: view.read_only,
            violation: violation.map(|found| found.message),
            appearance: view.appearance,
            parameters: view.parameters,
            unit: view.unit,
            rules: Rules {
                critical: view.critical,
                alert: view.alert,
                key_item: view.key_item,
                ok_answer: self.ok_answers.get(&plain.join("/")).cloned(),
                evidence: view.evidence,
                tags: view.tags,
                companion: view
                    .companion_of
                    .map(|(path, role)| (path.name().to_owned(), role)),
            },
        }
    }
}
