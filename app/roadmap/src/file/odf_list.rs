//! Automatic numbers of OpenDocument.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::Refusal;
use super::numbering::shown;
use super::xml::{attribute, events, number, opened};

#[derive(Clone, Debug, Default)]
struct Level {
    /// `None` for bullets.
    format: Option<String>,
    prefix: String,
    suffix: String,
    levels_shown: usize,
    start: usize,
}

/// Numbers of list items as they are shown.
#[derive(Debug, Default)]
pub struct Lists {
    styles: BTreeMap<String, BTreeMap<usize, Level>>,
    counts: BTreeMap<String, Vec<usize>>,
    /// Styles of the open lists.
    open: Vec<Option<String>>,
    /// The number of an item that has begun and has no words yet.
    waiting: Option<String>,
}

impl Lists {
    /// Reads the list styles of a part.
    pub fn read(&mut self, text: &str) -> Result<(), Refusal> {
        let mut style = String::new();
        events(text, |event| {
            if let Some((start, _)) = opened(event) {
                match start.local_name().as_ref() {
                    "list-style" => style = attribute(start, "name").unwrap_or_default(),
                    name @ ("list-level-style-number" | "list-level-style-bullet") => {
                        let level = Level {
                            format: (name == "list-level-style-number")
                                .then(|| attribute(start, "num-format").unwrap_or_default())
                                .filter(|format| !format.is_empty()),
                            prefix: attribute(start, "num-prefix").unwrap_or_default(),
                            suffix: attribute(start, "num-suffix").unwrap_or_default(),
                            levels_shown: number(start, "display-levels", 1).clamp(1, 10),
                            start: number(start, "start-value", 1),
                        };
                        let at = number(start, "level", 1);
                        self.styles
                            .entry(style.clone())
                            .or_default()
                            .insert(at, level);
                    }
                    _ => {}
                }
            }
            Ok(())
        })
    }

    /// A list begins.
    pub fn start_list(&mut self, start: &BytesStart) {
        let inherited = self.open.last().cloned().flatten();
        let style = attribute(start, "style-name").or(inherited);
        let goes_on = attribute(start, "continue-numbering").as_deref() == Some("true")
            || attribute(start, "continue-list").is_some();
        if self.open.is_empty()
            && !goes_on
            && let Some(style) = &style
        {
            self.counts.remove(style);
        }
        self.open.push(style);
    }

    /// A list ends.
    pub fn end_list(&mut self) {
        self.open.pop();
    }

    /// An item begins.
    pub fn start_item(&mut self) {
        self.waiting = self.next();
    }

    /// The number of the item whose first words begin.
    pub fn take(&mut self) -> Option<String> {
        self.waiting.take()
    }

    fn next(&mut self) -> Option<String> {
        let level = self.open.len();
        let style = self.open.last().cloned().flatten()?;
        let levels = self.styles.get(&style)?;
        let first = |level: usize| levels.get(&level).map_or(1, |level| level.start);
        let counts = self.counts.entry(style).or_default();
        counts.truncate(level);
        match counts.len() == level {
            true => *counts.last_mut()? += 1,
            false => {
                for at in counts.len() + 1..=level {
                    counts.push(first(at));
                }
            }
        }
        let own = levels.get(&level)?;
        let format = |at: usize| levels.get(&at).and_then(|level| level.format.clone());
        own.format.as_ref()?;
        let from = (level + 1).saturating_sub(own.levels_shown).max(1);
        let numbers: Vec<String> = (from..=level)
            .map(|at| shown(counts[at - 1], &format(at).unwrap_or_default()))
            .collect();
        Some(format!("{}{}{}", own.prefix, numbers.join("."), own.suffix))
    }
}
