//! A form as an XForm sees it: generated nodes added, every node with its bind and control.

use crate::form::{ChoiceList, Form, Media, Question, QuestionKind, Text};
use std::borrow::Cow;
use std::collections::HashMap;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Survey,
    Group,
    Repeat,
    /// A group that has no controls.
    Meta,
    Question,
    /// Declares attached data; no element of its own.
    External,
    Entity,
    Attribute,
    EntityLabel,
}

/// A node of the XForm.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    pub kind: Kind,
    pub name: Cow<'a, str>,
    pub label: Cow<'a, Text>,
    pub hint: Cow<'a, Text>,
    pub guidance_hint: Cow<'a, Text>,
    pub media: Cow<'a, Media>,
    /// Attributes of the bind; `None` when there is none.
    pub bind: Option<Vec<(Cow<'a, str>, Cow<'a, str>)>>,
    /// Name of the control; empty when there is none.
    pub tag: &'static str,
    pub control: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pub instance: &'a [(String, String)],
    /// First value of a question or value of an attribute.
    pub value: Option<Cow<'a, str>>,
    pub dynamic: bool,
    /// Name of the list, file or reference whose items a select offers.
    pub itemset: Option<Cow<'a, str>>,
    pub question: Option<&'a Question>,
    /// `uuid()` is set when the form or the repeat instance begins.
    pub sets_uuid: bool,
    pub parent: usize,
    pub children: Vec<usize>,
}

impl<'a> Element<'a> {
    pub(super) fn new(kind: Kind, name: impl Into<Cow<'a, str>>) -> Self {
        Self {
            kind,
            name: name.into(),
            label: Cow::Owned(Text::default()),
            hint: Cow::Owned(Text::default()),
            guidance_hint: Cow::Owned(Text::default()),
            media: Cow::Owned(Media::default()),
            bind: None,
            tag: "",
            control: Vec::new(),
            instance: &[],
            value: None,
            dynamic: false,
            itemset: None,
            question: None,
            sets_uuid: false,
            parent: 0,
            children: Vec::new(),
        }
    }

    /// Value of a bind attribute.
    pub fn bind(&self, key: &str) -> Option<&str> {
        self.bind
            .as_ref()?
            .iter()
            .find(|(other, _)| other == key)
            .map(|(_, value)| value.as_ref())
    }

    /// Value of a control attribute.
    pub fn control(&self, key: &str) -> Option<&str> {
        self.control
            .iter()
            .find(|(other, _)| other == key)
            .map(|(_, value)| value.as_ref())
    }

    /// Whether the element is left out of the body although its type has a control.
    pub fn is_silent(&self) -> bool {
        let computed = self.bind("calculate").is_some() || self.trigger().is_some();
        self.question
            .is_none_or(|question| question.kind == QuestionKind::Calculate)
            || (computed && self.label.is_empty() && self.hint.is_empty())
    }

    /// The `trigger` cell.
    pub fn trigger(&self) -> Option<&'a str> {
        self.question
            .and_then(|question| question.trigger.as_deref())
    }

    pub(super) fn set_bind(
        &mut self,
        key: impl Into<Cow<'a, str>>,
        value: impl Into<Cow<'a, str>>,
    ) {
        set(self.bind.get_or_insert_default(), key.into(), value.into());
    }

    pub(super) fn set_control(
        &mut self,
        key: impl Into<Cow<'a, str>>,
        value: impl Into<Cow<'a, str>>,
    ) {
        set(&mut self.control, key.into(), value.into());
    }
}

fn set<'a>(pairs: &mut Vec<(Cow<'a, str>, Cow<'a, str>)>, key: Cow<'a, str>, value: Cow<'a, str>) {
    match pairs.iter_mut().find(|(other, _)| *other == key) {
        Some(pair) => pair.1 = value,
        None => pairs.push((key, value)),
    }
}

/// Elements by number; the survey is number 0 and parents come before children.
pub(crate) struct Tree<'a> {
    pub form: &'a Form,
    pub elements: Vec<Element<'a>>,
    /// Number of the element of each name, `None` when several have it.
    pub names: HashMap<String, Option<usize>>,
    pub(super) lists: HashMap<&'a str, usize>,
    pub entity_errors: Vec<AllocationError>,
    pub entities_version: Option<&'static str>,
}

impl<'a> Tree<'a> {
    /// The choice list of that name, without a search.
    pub fn list(&self, name: &str) -> Option<&'a ChoiceList> {
        self.lists.get(name).map(|at| &self.form.lists[*at])
    }

    /// Elements inside `at` in document order, `at` left out.
    pub fn descendants(&self, at: usize) -> impl Iterator<Item = usize> {
        let mut stack: Vec<usize> = self.elements[at].children.iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(self.elements[next].children.iter().rev());
            Some(next)
        })
    }

    pub(super) fn repeats_around(&self, mut at: usize) -> usize {
        let mut repeats = 0;
        while at != 0 {
            repeats += usize::from(self.elements[at].kind == Kind::Repeat);
            at = self.elements[at].parent;
        }
        repeats
    }
}

/// Why a declaration has no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AllocationError {
    /// Number of the declaration.
    pub entity: usize,
    /// The question whose `save_to` is at fault; `None` when the declaration itself is.
    pub question: Option<String>,
    pub kind: AllocationFault,
}

/// Kinds of fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AllocationFault {
    /// The questions of the declaration are in different repeats.
    Scope { name: String },
    /// All containers are taken by other declarations.
    NoContainer { other: usize },
}
