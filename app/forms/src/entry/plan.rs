//! What the engine runs: a form with its names resolved and its expressions parsed.
//!
//! A plan comes from a [`Form`](crate::Form) or from an XForm; it is static and shared by all entries of the form.

use std::collections::HashMap;

use crate::expression::Expr;

/// Index of a [`Def`].
pub(crate) type DefId = usize;

/// Index of an expression.
pub(crate) type ExprId = usize;

#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Definitions, parents before children; the first is the root.
    pub defs: Vec<Def>,
    pub exprs: Vec<Expr>,
    /// Definitions by name, for `${name}`.
    pub by_name: HashMap<String, Vec<DefId>>,
    pub lists: Vec<List>,
    /// Tables and documents for `instance()`.
    pub instances: Vec<Instance>,
    /// Names of the languages; words are kept in this order.
    pub languages: Vec<String>,
    pub default_language: usize,
    /// `jr:itext` texts by id.
    pub itext: HashMap<String, Words>,
    /// Place of each definition in the order of evaluation.
    pub rank: Vec<u32>,
}

#[derive(Debug, Default)]
pub(crate) struct Def {
    pub name: String,
    /// Prefix of the element name, `orx` in `orx:meta`.
    pub prefix: Option<String>,
    pub parent: Option<DefId>,
    pub children: Vec<DefId>,
    pub attributes: Vec<DefId>,
    /// Places of children by name, for definitions with many.
    pub child_index: HashMap<String, usize>,
    pub sort: Sort,
    /// Position in the form: indices into `nodes` from the top. Empty for what the form does not list.
    pub form_path: Vec<u32>,
    pub data_type: DataType,
    pub relevant: Option<ExprId>,
    pub calculate: Option<ExprId>,
    pub required: Option<ExprId>,
    pub read_only: Option<ExprId>,
    pub constraint: Option<ExprId>,
    pub initial: String,
    pub actions: Vec<Action>,
    pub choices: Option<Choices>,
    pub bounds: Option<(f64, f64)>,
    /// Digits after the point of a number with bounds.
    pub decimals: usize,
    pub label: Option<Words>,
    pub hint: Option<Words>,
    pub guidance: Option<Words>,
    pub constraint_message: Option<Words>,
    pub required_message: Option<Words>,
    /// Shown to a person.
    pub visible: bool,
    /// What the host gives: the key of the prefill.
    pub prefill: Option<String>,
    pub preload: Option<Preload>,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) enum Sort {
    #[default]
    Leaf,
    Root,
    Group {
        /// The group has no element of its own: its children belong to its parent.
        nameless: bool,
    },
    Repeat(RepeatRule),
    Attribute,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct RepeatRule {
    pub count: Option<ExprId>,
    /// Instances may be neither added nor removed.
    pub fixed: bool,
    pub max: Option<u32>,
    /// Instances at the start: for each, values that differ from the template, by path below the instance.
    pub initial: Vec<Vec<(String, String)>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
// Without a reader of XML some of these cannot come up.
#[cfg_attr(not(feature = "xml"), allow(dead_code))]
pub(crate) enum DataType {
    #[default]
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    Time,
    DateTime,
    Geopoint,
    Geotrace,
    Geoshape,
    /// `OK` or nothing.
    Acknowledge,
    /// Files: kept as text.
    Other,
}

#[derive(Debug)]
pub(crate) struct Action {
    pub event: Event,
    pub value: Setting,
    /// A path with conditions that chooses among the nodes of the definition; `None` is all that the source sees.
    pub chosen: Option<ExprId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// An entry is opened.
    FirstLoad,
    /// An instance of a repeat around the node comes into being.
    NewRepeat,
    /// An instance of that repeat, which is not around the node, comes into being.
    Added(DefId),
    /// One of these definitions got another value.
    ValueChanged(Vec<DefId>),
}

#[derive(Debug)]
pub(crate) enum Setting {
    Literal(String),
    Expr(ExprId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "xml"), allow(dead_code))]
pub(crate) enum Preload {
    Now,
    Today,
    Uid,
}

/// Where a select takes its choices from.
#[derive(Debug)]
pub(crate) struct Choices {
    pub source: Source,
    /// Condition on each choice, evaluated at its item.
    pub filter: Option<ExprId>,
    /// Shuffled; with the seed's expression.
    pub randomize: Option<Option<ExprId>>,
    /// Several may be chosen.
    pub multiple: bool,
    /// All are put into an order.
    pub ranked: bool,
}

#[derive(Debug)]
pub(crate) enum Source {
    /// Index into [`Plan::lists`], and the instance that holds the same items, for the filter.
    List {
        list: usize,
        instance: Option<usize>,
    },
    /// Nodes given by an expression, each with a value and a label below it.
    Nodes {
        expr: ExprId,
        value: ExprId,
        label: Option<ExprId>,
    },
}

#[derive(Debug, Default)]
pub(crate) struct List {
    pub name: String,
    pub items: Vec<Item>,
    /// Places of items by value.
    pub by_value: HashMap<String, usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Item {
    pub value: String,
    pub label: Words,
    pub score: Option<f64>,
    pub not_applicable: bool,
}

/// A text in the languages of the plan.
#[derive(Debug, Default, Clone)]
pub(crate) struct Words {
    /// By index of the language; `None` where the text has no wording.
    pub wordings: Vec<Option<Wording>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Wording {
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub(crate) enum Part {
    Plain(String),
    Output(ExprId),
}

impl Words {
    /// The wording for a language, else for the default, else any.
    pub fn wording(&self, language: usize, default: usize) -> Option<&Wording> {
        let get = |i: usize| self.wordings.get(i).and_then(Option::as_ref);
        get(language)
            .or_else(|| get(default))
            .or_else(|| self.wordings.iter().flatten().next())
    }

    /// Whether some wording depends on answers.
    pub fn is_dynamic(&self) -> bool {
        self.wordings.iter().flatten().any(Wording::is_dynamic)
    }
}

impl Wording {
    #[cfg(feature = "xml")]
    pub fn plain(text: &str) -> Self {
        Self {
            parts: vec![Part::Plain(text.to_owned())],
        }
    }

    pub fn is_dynamic(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Output(_)))
    }

    /// The text, with nothing in place of outputs.
    pub fn text(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Plain(text) => text.as_str(),
                Part::Output(_) => "",
            })
            .collect()
    }
}

/// A secondary instance: a small read-only tree. The first node is the instance, below it its root element.
#[derive(Debug, Default)]
pub(crate) struct Instance {
    pub id: String,
    pub nodes: Vec<StaticNode>,
    /// Node indices of the items of a list, in its order.
    pub items: Vec<u32>,
}

#[derive(Debug)]
pub(crate) struct StaticNode {
    pub name: String,
    pub parent: u32,
    pub children: Vec<u32>,
    pub attribute: bool,
    pub text: String,
}

impl Instance {
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            nodes: vec![StaticNode {
                name: "instance".into(),
                parent: 0,
                children: Vec::new(),
                attribute: false,
                text: String::new(),
            }],
            items: Vec::new(),
        }
    }

    /// Adds a node below `parent` and gives its index.
    pub fn add(&mut self, parent: u32, name: &str, text: &str, attribute: bool) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(StaticNode {
            name: name.to_owned(),
            parent,
            children: Vec::new(),
            attribute,
            text: text.to_owned(),
        });
        if let Some(parent) = self.nodes.get_mut(parent as usize) {
            parent.children.push(id);
        }
        id
    }
}

impl Def {
    /// The form or its host gives the value, not a person.
    pub fn is_computed(&self) -> bool {
        self.calculate.is_some()
            || self.preload.is_some()
            || self.prefill.is_some()
            || !self.actions.is_empty()
    }
}

impl Plan {
    pub fn def(&self, id: DefId) -> &Def {
        &self.defs[id]
    }

    /// Adds a definition below `parent`.
    pub fn add_def(&mut self, parent: Option<DefId>, mut def: Def) -> DefId {
        let id = self.defs.len();
        def.parent = parent;
        let attribute = def.sort == Sort::Attribute;
        self.defs.push(def);
        if let Some(parent) = parent {
            let parent = &mut self.defs[parent];
            if attribute {
                parent.attributes.push(id);
            } else {
                parent.children.push(id);
            }
        }
        id
    }

    /// Fills the indices by name, once all definitions are there.
    pub fn index(&mut self) {
        self.by_name.clear();
        for id in 0..self.defs.len() {
            let name = self.defs[id].name.clone();
            if !name.is_empty() && id != 0 && self.defs[id].sort != Sort::Attribute {
                self.by_name.entry(name).or_default().push(id);
            }
            let mut index = HashMap::new();
            for (place, child) in self.defs[id].children.iter().enumerate() {
                let child = &self.defs[*child];
                index.entry(child.name.clone()).or_insert(place);
            }
            self.defs[id].child_index = index;
        }
        // A question may be called like the whole; then the name means the question.
        if let Some(root) = self.defs.first() {
            self.by_name
                .entry(root.name.clone())
                .or_insert_with(|| vec![0]);
        }
    }

    pub fn is_ancestor(&self, ancestor: DefId, of: DefId) -> bool {
        let mut at = self.defs[of].parent;
        while let Some(id) = at {
            if id == ancestor {
                return true;
            }
            at = self.defs[id].parent;
        }
        false
    }

    /// Whether the definition or one around it repeats.
    pub fn is_in_repeat(&self, def: DefId) -> bool {
        let mut at = Some(def);
        while let Some(id) = at {
            if matches!(self.defs[id].sort, Sort::Repeat(_)) {
                return true;
            }
            at = self.defs[id].parent;
        }
        false
    }

    /// `/data/group/question`
    pub fn path_of(&self, def: DefId) -> String {
        let mut names = Vec::new();
        let mut at = Some(def);
        while let Some(id) = at {
            let def = &self.defs[id];
            if !def.name.is_empty() {
                names.push(def.name.as_str());
            }
            at = def.parent;
        }
        names.reverse();
        format!("/{}", names.join("/"))
    }
}

/// Digits after the decimal point, as written.
pub(crate) fn decimals(number: &str) -> usize {
    number
        .trim()
        .split_once('.')
        .map_or(0, |(_, digits)| digits.len())
}
