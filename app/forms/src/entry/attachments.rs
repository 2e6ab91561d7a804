//! Files that come with a form, as secondary instances.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Submission;
use super::plan::Instance;

/// What the host holds beside a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachments {
    /// Content of the files that the form names (`.csv`, `.xml`, `.geojson`), by file name.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// What was handed in last on this device, for `${last-saved#name}`.
    #[serde(default)]
    pub last_saved: Option<Submission>,
}

/// Id of the instance that holds the last submission.
pub(super) const LAST_SAVED: &str = "__last-saved";

/// Cells of one file beyond this are not read.
const MOST_CELLS: usize = 4_000_000;

/// Elements nested deeper than this are not read.
#[cfg(feature = "xml")]
const DEEPEST_ELEMENT: usize = 100;

impl Attachments {
    /// The file that `instance('id')` means: named `id`, or `id` with an ending.
    pub(super) fn instance(&self, id: &str) -> Option<Result<Instance, String>> {
        let (name, content) = self.files.iter().find(|(name, _)| {
            *name == id || name.rsplit_once('.').is_some_and(|(stem, _)| stem == id)
        })?;
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        Some(match ending.to_ascii_lowercase().as_str() {
            "xml" => from_xml(id, content),
            "geojson" | "json" => from_geojson(id, content),
            _ => Ok(from_csv(id, content)),
        })
    }

    pub(super) fn last_saved_instance(&self) -> Instance {
        let mut instance = Instance::new(LAST_SAVED);
        let root = instance.add(0, "root", "", false);
        for answer in self.last_saved.iter().flat_map(|last| &last.answers) {
            instance.add(root, answer.path.name(), answer.value.as_str(), false);
        }
        instance
    }
}

fn from_csv(id: &str, content: &str) -> Instance {
    let mut instance = Instance::new(id);
    let root = instance.add(0, "root", "", false);
    let mut rows = csv_rows(content.strip_prefix('\u{feff}').unwrap_or(content));
    let header = rows.next().unwrap_or_default();
    for row in rows {
        if row.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        if instance.nodes.len() > MOST_CELLS {
            break;
        }
        let item = instance.add(root, "item", "", false);
        instance.items.push(item);
        for (name, cell) in header.iter().zip(row) {
            instance.add(item, name.trim(), &cell, false);
        }
    }
    instance
}

/// Rows of comma-separated values with quotes as in RFC 4180; of comma, semicolon and tab the one that the header has
/// most of separates. Lines end with CR, LF or both.
fn csv_rows(content: &str) -> impl Iterator<Item = Vec<String>> {
    let first = content.split(['\r', '\n']).next().unwrap_or_default();
    let share = |separator: &char| first.matches(*separator).count();
    let separator = [';', '\t', ',']
        .into_iter()
        .max_by_key(share)
        .unwrap_or(',');
    let mut chars = content.chars().peekable();
    std::iter::from_fn(move || {
        chars.peek()?;
        let mut row = Vec::new();
        let mut cell = String::new();
        let mut quoted = false;
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    cell.push('"');
                    chars.next();
                }
                '"' => quoted = !quoted,
                '\r' if !quoted => {
                    if chars.peek() == Some(&'\n') {
                        chars.next();
                    }
                    break;
                }
                '\n' if !quoted => break,
                c if c == separator && !quoted => row.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        row.push(cell);
        Some(row)
    })
}

/// Without the reader the file counts as missing, and a problem says why.
#[cfg(not(feature = "xml"))]
fn from_xml(_: &str, _: &str) -> Result<Instance, String> {
    Err("XML is read on the server".to_owned())
}

#[cfg(feature = "xml")]
fn from_xml(id: &str, content: &str) -> Result<Instance, String> {
    let document = roxmltree::Document::parse(content).map_err(|error| error.to_string())?;
    let mut instance = Instance::new(id);
    add_element(&mut instance, 0, document.root_element(), 0);
    Ok(instance)
}

/// Adds an element with its attributes and everything inside.
#[cfg(feature = "xml")]
pub(crate) fn add_element(
    instance: &mut Instance,
    parent: u32,
    element: roxmltree::Node<'_, '_>,
    depth: usize,
) {
    if depth > DEEPEST_ELEMENT || instance.nodes.len() > MOST_CELLS {
        return;
    }
    let text = element.text().unwrap_or_default();
    let id = instance.add(parent, element.tag_name().name(), text, false);
    for attribute in element.attributes() {
        instance.add(id, attribute.name(), attribute.value(), true);
    }
    for child in element.children().filter(roxmltree::Node::is_element) {
        add_element(instance, id, child, depth + 1);
    }
}

/// Features as items with their properties, `id` and `geometry`.
fn from_geojson(id: &str, content: &str) -> Result<Instance, String> {
    let json: serde_json::Value =
        serde_json::from_str(content).map_err(|error| error.to_string())?;
    let mut instance = Instance::new(id);
    let root = instance.add(0, "root", "", false);
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    for feature in json["features"].as_array().into_iter().flatten() {
        if instance.nodes.len() > MOST_CELLS {
            break;
        }
        let item = instance.add(root, "item", "", false);
        instance.items.push(item);
        let properties = feature["properties"].as_object();
        if let Some(id) = feature.get("id") {
            instance.add(item, "id", &plain(id), false);
        }
        instance.add(item, "geometry", &geometry(&feature["geometry"]), false);
        for (name, value) in properties.into_iter().flatten() {
            if name != "geometry" && (name != "id" || feature.get("id").is_none()) {
                instance.add(item, name, &plain(value), false);
            }
        }
    }
    Ok(instance)
}

/// Coordinates in the order of ODK: latitude, longitude, altitude, accuracy; points separated by semicolons.
fn geometry(geometry: &serde_json::Value) -> String {
    let point = |point: &serde_json::Value| {
        let number = |i: usize| point[i].as_f64().unwrap_or(0.0);
        format!("{} {} {} 0", number(1), number(0), number(2))
    };
    let line = |points: &serde_json::Value| {
        let points: Vec<String> = points.as_array().into_iter().flatten().map(point).collect();
        points.join(";")
    };
    match geometry["type"].as_str() {
        Some("Point") => point(&geometry["coordinates"]),
        Some("LineString") => line(&geometry["coordinates"]),
        Some("Polygon") => line(&geometry["coordinates"][0]),
        _ => String::new(),
    }
}
