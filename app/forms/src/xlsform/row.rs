//! One row of the survey sheet, its cells sorted by what they mean.

use super::context::Context;
use super::header::Column;
use super::sheet::Sheet;
use crate::form::{Media, Text};
use std::borrow::Cow;

/// Longest text of a cell that is kept; a spreadsheet allows 32,767.
pub(super) const MAX_CELL: usize = 40_000;

/// A cell's text: quotes straightened and, for survey cells, runs of blanks collapsed.
pub(super) fn clean(cell: &str, collapse: bool) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(cell.trim());
    if text.len() > MAX_CELL {
        let end = (0..=MAX_CELL)
            .rev()
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or(0);
        text = Cow::Owned(text[..end].to_owned());
    }
    if text.contains(['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{a0}']) {
        text = Cow::Owned(
            text.chars()
                .map(|c| match c {
                    '\u{2018}' | '\u{2019}' => '\'',
                    '\u{201c}' | '\u{201d}' => '"',
                    '\u{a0}' => ' ',
                    c => c,
                })
                .collect(),
        );
    }
    if collapse && text.contains("  ") {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if c != ' ' || !out.ends_with(' ') {
                out.push(c);
            }
        }
        text = Cow::Owned(out);
    }
    text
}

/// The cells of a row of the survey sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Row as a spreadsheet shows it.
    pub number: u32,
    pub kind: String,
    pub name: String,
    pub label: Text,
    pub hint: Text,
    pub guidance_hint: Text,
    pub media: Media,
    pub relevant: Option<String>,
    pub constraint: Option<String>,
    pub constraint_message: Text,
    pub required: Option<String>,
    pub required_message: Text,
    pub read_only: Option<String>,
    pub calculation: Option<String>,
    pub save_to: Option<String>,
    pub appearance: Option<String>,
    pub repeat_count: Option<String>,
    pub default: Option<String>,
    pub trigger: Option<String>,
    pub choice_filter: Option<String>,
    pub parameters: Option<String>,
    pub intent: Option<String>,
    pub disabled: Option<String>,
    pub bind: Vec<(String, String)>,
    pub body: Vec<(String, String)>,
    pub instance: Vec<(String, String)>,
    /// Our own columns, by name; the language follows after `::`.
    pub extra: Vec<(String, String)>,
}

/// Our own columns of the survey sheet.
pub(super) const OURS: &[&str] = &[
    "weight",
    "evidence",
    "evidence_from",
    "evidence_what",
    "critical",
    "alert",
    "key_item",
    "expert",
    "counts_in_index",
    "ok_answer",
    "tags",
    "prefill",
    "unit",
    "companion",
    "explanation",
    "violation",
    "section",
];

/// Reads a row; `None` when all its cells are blank.
pub(super) fn read(
    context: &Context<'_>,
    sheet: &Sheet,
    columns: &[Column],
    at: usize,
) -> Option<Row> {
    let mut row = Row {
        number: at as u32 + 1,
        ..Row::default()
    };
    let mut blank = true;
    for column in columns {
        let cell = sheet.cell(at, column.index);
        if cell.is_empty() {
            continue;
        }
        let value = clean(cell, context.clean_text);
        if value.is_empty() {
            continue;
        }
        blank = false;
        row.set(&column.tokens, value.into_owned());
    }
    if blank {
        return None;
    }
    for text in [
        &mut row.label,
        &mut row.hint,
        &mut row.guidance_hint,
        &mut row.constraint_message,
        &mut row.required_message,
        &mut row.media.image,
        &mut row.media.big_image,
        &mut row.media.audio,
        &mut row.media.video,
    ] {
        context.settle(text);
    }
    Some(row)
}

impl Row {
    fn set(&mut self, tokens: &[String], value: String) {
        let token = |at: usize| tokens.get(at).map_or("", String::as_str);
        let language = |at: usize| tokens.get(at).map_or(Text::DEFAULT, String::as_str);
        match (token(0), token(1)) {
            ("type", _) => self.kind = value,
            ("name", _) => self.name = value,
            ("label", _) => self.label.set(language(1), value),
            ("hint", _) => self.hint.set(language(1), value),
            ("guidance_hint", _) => self.guidance_hint.set(language(1), value),
            // A bare `media` cell says nothing, yet other tools take it for a label.
            ("media", "") if self.label.is_empty() => self.label = Text::plain(""),
            ("media", "") => {}
            ("media", kind) => {
                if let Some(text) = media(&mut self.media, kind) {
                    text.set(language(2), value);
                }
            }
            ("bind", "relevant") => self.relevant = Some(super::words::condition(value)),
            ("bind", "constraint") => self.constraint = Some(super::words::condition(value)),
            ("bind", "required") => self.required = Some(super::words::condition(value)),
            ("bind", "readonly") => self.read_only = Some(super::words::condition(value)),
            ("bind", "calculate") => self.calculation = Some(super::words::condition(value)),
            ("bind", "jr:constraintMsg") => self.constraint_message.set(language(2), value),
            ("bind", "jr:requiredMsg") => self.required_message.set(language(2), value),
            ("bind", "entities:saveto") => self.save_to = Some(value),
            ("bind", "") => {}
            ("bind", _) => self.bind.push((tokens[1..].join("::"), value)),
            ("control", "appearance") => self.appearance = Some(value),
            ("control", "jr:count") => self.repeat_count = Some(value),
            ("control", "") => {}
            ("control", _) => self.body.push((tokens[1..].join("::"), value)),
            ("instance", "") => {}
            ("instance", _) => self.instance.push((tokens[1..].join("::"), value)),
            ("default", _) => self.default = Some(value),
            ("trigger", _) => self.trigger = Some(value),
            ("choice_filter", _) => self.choice_filter = Some(value),
            ("parameters", _) => self.parameters = Some(value),
            ("intent", _) => self.intent = Some(value),
            ("disabled", _) => self.disabled = Some(value),
            (ours, _) if OURS.contains(&ours) => self.extra.push((tokens.join("::"), value)),
            _ => {}
        }
    }

    /// Brings attributes into an order that does not depend on the order of columns.
    pub fn sort(&mut self) {
        for attributes in [&mut self.bind, &mut self.body, &mut self.instance] {
            attributes.sort();
        }
    }

    /// Value of one of our columns.
    pub fn extra(&self, column: &str) -> Option<&str> {
        self.extra
            .iter()
            .find(|(name, _)| name == column)
            .map(|(_, value)| value.as_str())
    }

    /// One of our columns in its languages.
    pub fn extra_text(&self, column: &str) -> Text {
        self.extra
            .iter()
            .filter_map(|(name, value)| {
                let rest = name.strip_prefix(column)?;
                let language = if rest.is_empty() {
                    Text::DEFAULT
                } else {
                    rest.strip_prefix("::")?
                };
                Some((language.to_owned(), value.clone()))
            })
            .collect()
    }
}

/// The text of a kind of media.
pub(super) fn media<'m>(media: &'m mut Media, kind: &str) -> Option<&'m mut Text> {
    match kind {
        "image" => Some(&mut media.image),
        "big-image" => Some(&mut media.big_image),
        "audio" => Some(&mut media.audio),
        "video" => Some(&mut media.video),
        _ => None,
    }
}
