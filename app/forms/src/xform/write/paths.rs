//! `${name}` turned into paths, as short as repeats allow.

use super::tree::{Kind, Tree};
use crate::xlsform::reference::{Reference, references};

/// Id of the instance that holds the last saved record.
pub(crate) const LAST_SAVED: &str = "__last-saved";

/// References of one text that are resolved; looking around each costs the length of the text.
const MOST_REFERENCES: usize = 2_000;

/// Paths of all elements of a tree.
pub(crate) struct Paths<'t, 'a> {
    pub tree: &'t Tree<'a>,
    absolute: Vec<String>,
}

/// How references of one text are written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// Relative paths begin with `current()/`, because `.` is another node here.
    pub use_current: bool,
    /// The reference names a set of nodes in the parent of the repeat.
    pub reference_parent: bool,
}

impl<'t, 'a> Paths<'t, 'a> {
    pub fn new(tree: &'t Tree<'a>) -> Self {
        let mut absolute: Vec<String> = Vec::with_capacity(tree.elements.len());
        for (at, element) in tree.elements.iter().enumerate() {
            let prefix = if at == 0 {
                ""
            } else {
                absolute[element.parent].as_str()
            };
            let mark = if element.kind == Kind::Attribute {
                "@"
            } else {
                ""
            };
            absolute.push(format!("{prefix}/{mark}{}", element.name));
        }
        Self { tree, absolute }
    }

    /// Path from the root.
    pub fn absolute(&self, at: usize) -> &str {
        &self.absolute[at]
    }

    /// The element a name means, unless none or several have it.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.tree.names.get(name).copied().flatten()
    }

    /// `text` with every reference replaced by a path as seen from `context`.
    pub fn insert(&self, text: &str, context: Option<usize>, style: Style) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for reference in references(text).flatten().take(MOST_REFERENCES) {
            let Some(path) = self.path(text, &reference, context, style) else {
                continue;
            };
            out.push_str(&text[done..reference.start]);
            out.push_str(&path);
            done = reference.end;
        }
        out.push_str(&text[done..]);
        out
    }

    /// The path for one reference of `text`, with blanks around it; `None` when the name is not known.
    pub fn path(
        &self,
        text: &str,
        reference: &Reference<'_>,
        context: Option<usize>,
        style: Style,
    ) -> Option<String> {
        let target = self.find(reference.name)?;
        if let Some(source) = context
            && !reference.last_saved
            && may_be_relative(text, reference)
        {
            let use_current = style.use_current || in_instance_predicate(text, reference);
            if let Some(path) = self.relative(source, target, style.reference_parent) {
                return Some(if use_current {
                    format!(" current()/{path} ")
                } else {
                    format!(" {path} ")
                });
            }
        }
        let prefix = if reference.last_saved {
            format!("instance('{LAST_SAVED}')")
        } else {
            String::new()
        };
        Some(format!(" {prefix}{} ", self.absolute(target)))
    }

    /// A path through the nearest common container, when both are in one repeat.
    fn relative(&self, source: usize, target: usize, reference_parent: bool) -> Option<String> {
        let repeat = self.common(source, target, |kind| kind == Kind::Repeat)?;
        let is_group = |kind| matches!(kind, Kind::Repeat | Kind::Group | Kind::Meta);
        let mut ancestor = self.common(source, target, is_group)?;
        if reference_parent {
            let nearest = |at: usize| {
                self.ancestors(at)
                    .find(|at| self.tree.elements[*at].kind == Kind::Repeat)
            };
            let outermost = nearest(repeat).is_none();
            if nearest(target) == Some(repeat) && (outermost || nearest(source) != Some(repeat)) {
                let steps = self.steps(source, repeat) + 1;
                ancestor = self.tree.elements[repeat].parent;
                return Some(self.written(steps, ancestor, target));
            }
        }
        let steps = self.steps(source, ancestor);
        (steps > 0).then(|| self.written(steps, ancestor, target))
    }

    fn written(&self, steps: usize, ancestor: usize, target: usize) -> String {
        let up = vec![".."; steps].join("/");
        let down = &self.absolute[target][self.absolute[ancestor].len()..];
        format!("{up}{down}")
    }

    /// Containers around an element from the inside out; the survey last.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        let mut at = at;
        std::iter::from_fn(move || {
            if at == 0 {
                return None;
            }
            at = self.tree.elements[at].parent;
            Some(at)
        })
    }

    fn steps(&self, source: usize, ancestor: usize) -> usize {
        self.ancestors(source)
            .position(|at| at == ancestor)
            .map_or(0, |position| position + 1)
    }

    fn common(&self, source: usize, target: usize, wanted: impl Fn(Kind) -> bool) -> Option<usize> {
        self.ancestors(source)
            .filter(|at| wanted(self.tree.elements[*at].kind))
            .find(|at| self.ancestors(target).any(|other| other == *at))
    }
}

/// Inside `indexed-repeat(…)` the node and the repeats are named from the root, the indexes as anywhere.
fn may_be_relative(text: &str, reference: &Reference<'_>) -> bool {
    const CALL: &str = "indexed-repeat(";
    let mut at = 0;
    while let Some(start) = text[at..].find(CALL).map(|start| at + start) {
        let Some(end) = text[start..].find(')').map(|end| start + end + 1) else {
            break;
        };
        if reference.start >= start && reference.end <= end {
            let arguments = text[start + CALL.len()..end - 1].split(',');
            let needle = &text[reference.start..reference.end];
            let position = arguments
                .enumerate()
                .filter(|(_, argument)| argument.contains(needle))
                .map(|(position, _)| position)
                .last();
            return position.is_some_and(|position| !matches!(position, 0 | 1 | 3 | 5));
        }
        at = end;
    }
    true
}

/// Whether the reference stands in `[…]` of a text that reads a secondary instance.
fn in_instance_predicate(text: &str, reference: &Reference<'_>) -> bool {
    let Some(call) = text.find("instance(") else {
        return false;
    };
    if !text[call..].contains(')') {
        return false;
    }
    let mut at = 0;
    while let Some(start) = text[at..].find('[').map(|start| at + start) {
        let Some(end) = text[start..].find(']').map(|end| start + end + 1) else {
            return false;
        };
        if reference.start >= start && reference.end <= end {
            return true;
        }
        at = end;
    }
    false
}
