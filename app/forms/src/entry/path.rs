use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a node of a filled form is: names from the top, with the id of the instance after a repeat.
///
/// Written `phases/room[r:01J8]/VPR-A1`; in JSON a string. A repeat without an id, `phases/room`, is the repeat as a
/// whole, and the empty path is the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NodePath {
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Segment {
    name: String,
    instance: Option<String>,
}

/// A text that is no [`NodePath`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no path of a form")]
pub struct PathError(pub String);

impl NodePath {
    /// The form itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path of a node inside this one.
    pub fn child(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.segments.push(Segment {
            name: name.to_owned(),
            instance: None,
        });
        path
    }

    /// The path of an instance, when this is the path of a repeat.
    pub fn instance(&self, id: &str) -> Self {
        let mut path = self.clone();
        if let Some(last) = path.segments.last_mut() {
            last.instance = Some(id.to_owned());
        }
        path
    }

    /// The path of the node around: of the repeat for an instance. `None` for the form.
    pub fn parent(&self) -> Option<Self> {
        let mut path = self.clone();
        let last = path.segments.last_mut()?;
        if last.instance.take().is_none() {
            path.segments.pop();
        }
        Some(path)
    }

    /// Names and instance ids from the top.
    pub fn segments(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.segments
            .iter()
            .map(|segment| (segment.name.as_str(), segment.instance.as_deref()))
    }

    /// The last name, empty for the form.
    pub fn name(&self) -> &str {
        self.segments
            .last()
            .map_or("", |segment| segment.name.as_str())
    }

    /// Whether this is `other` or inside it.
    pub fn is_within(&self, other: &Self) -> bool {
        let Some((last, before)) = other.segments.split_last() else {
            return true;
        };
        self.segments.len() >= other.segments.len()
            && self.segments.starts_with(before)
            && self.segments.get(before.len()).is_some_and(|segment| {
                segment.name == last.name
                    && (last.instance.is_none() || segment.instance == last.instance)
            })
    }
}

impl fmt::Display for NodePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.segments.iter().enumerate() {
            if i > 0 {
                f.write_str("/")?;
            }
            f.write_str(&segment.name)?;
            if let Some(instance) = &segment.instance {
                write!(f, "[{instance}]")?;
            }
        }
        Ok(())
    }
}

impl FromStr for NodePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let refused = || PathError(text.to_owned());
        let text_without_slash = text.strip_prefix('/').unwrap_or(text);
        if text_without_slash.is_empty() {
            return Ok(Self::default());
        }
        let segments = text_without_slash
            .split('/')
            .map(|part| {
                let (name, instance) = match part.split_once('[') {
                    None => (part, None),
                    Some((name, rest)) => {
                        let id = rest.strip_suffix(']').ok_or_else(refused)?;
                        (name, Some(id).filter(|id| is_instance_id(id)))
                    }
                };
                let well_formed = !name.is_empty()
                    && !name.contains(']')
                    && (instance.is_some() || !part.contains('['));
                well_formed
                    .then(|| Segment {
                        name: name.to_owned(),
                        instance: instance.map(str::to_owned),
                    })
                    .ok_or_else(refused)
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { segments })
    }
}

/// Whether a text may name a repeat instance: not empty, no `/`, `[` or `]`.
pub(super) fn is_instance_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 200 && !id.contains(['/', '[', ']'])
}

impl TryFrom<String> for NodePath {
    type Error = PathError;

    fn try_from(text: String) -> Result<Self, PathError> {
        text.parse()
    }
}

impl From<NodePath> for String {
    fn from(path: NodePath) -> Self {
        path.to_string()
    }
}
