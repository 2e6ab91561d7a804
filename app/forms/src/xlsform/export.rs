//! A form as a workbook that this product and other tools open.
//!
//! `import(export(form))` gives the form again. What no column of XLSForm holds (scoring rules, translations of the
//! title) stands on a sheet of our own, which other tools leave alone because its name begins with an underscore.

use super::sheet::{Sheet, Workbook};
use crate::form::{
    ChoiceSource, EvidenceKind, Form, Group, Instrument, Media, Node, Question, QuestionKind,
    Repeat, Scoring, Text,
};
use std::collections::HashMap;

/// Sheet of what only this product understands: rows of key and JSON.
const OWN_SHEET: &str = "_orientir";
/// A spreadsheet cell holds 32,767 characters; longer values go on in the next row.
const OWN_CELL: usize = 30_000;

/// Columns of the survey sheet in the order of writing.
const SURVEY_ORDER: &[&str] = &[
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "trigger",
    "read_only",
    "appearance",
    "parameters",
    "choice_filter",
    "repeat_count",
    "media::image",
    "media::big-image",
    "media::audio",
    "media::video",
    "save_to",
    "intent",
    "section",
    "weight",
    "evidence",
    "evidence_from",
    "evidence_what",
    "critical",
    "violation",
    "alert",
    "key_item",
    "expert",
    "counts_in_index",
    "ok_answer",
    "companion",
    "tags",
    "prefill",
    "unit",
    "explanation",
];

/// The form as sheets of cells.
pub fn export(form: &Form) -> Workbook {
    let mut survey = Table::new(SURVEY_ORDER);
    survey.translated(form, "label");
    write_nodes(&mut survey, &form.nodes);
    let mut sheets = vec![survey.into_sheet("survey", form)];
    if !form.lists.is_empty() {
        sheets.push(choices(form));
    }
    sheets.push(settings(form));
    if !form.external_choices.is_empty() {
        let rows: Vec<&[(String, String)]> = form
            .external_choices
            .iter()
            .map(|choice| choice.columns.as_slice())
            .collect();
        let header = merged_order(
            rows.iter()
                .map(|row| row.iter().map(|(name, _)| name.as_str())),
        );
        let mut table = Table::new(&header.iter().map(String::as_str).collect::<Vec<_>>());
        for row in rows {
            table.row(
                row.iter()
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            );
        }
        sheets.push(table.into_sheet("external_choices", form));
    }
    if !form.osm_tags.is_empty() {
        let mut table = Table::new(&["list_name", "name", "label"]);
        for tag in &form.osm_tags {
            let mut row = Cells::default();
            row.put("list_name", &tag.list);
            row.put("name", &tag.name);
            row.text("label", &tag.label);
            table.row(row.0);
        }
        sheets.push(table.into_sheet("osm", form));
    }
    if !form.entities.is_empty() {
        let mut table = Table::new(&["list_name", "entity_id", "create_if", "update_if", "label"]);
        for entity in &form.entities {
            let mut row = Cells::default();
            row.put("list_name", &entity.list_name);
            row.maybe("entity_id", &entity.entity_id);
            row.maybe("create_if", &entity.create_if);
            row.maybe("update_if", &entity.update_if);
            row.maybe("label", &entity.label);
            table.row(row.0);
        }
        sheets.push(table.into_sheet("entities", form));
    }
    sheets.extend(own_sheet(form));
    Workbook { sheets }
}

/// The cells of one row: header and text.
#[derive(Default)]
struct Cells(Vec<(String, String)>);

impl Cells {
    fn put(&mut self, header: &str, value: &str) {
        if !value.is_empty() {
            self.0.push((header.to_owned(), value.to_owned()));
        }
    }

    fn maybe(&mut self, header: &str, value: &Option<String>) {
        self.put(header, value.as_deref().unwrap_or_default());
    }

    fn text(&mut self, header: &str, text: &Text) {
        for (language, words) in text.iter() {
            if language == Text::DEFAULT {
                self.put(header, words);
            } else {
                self.put(&format!("{header}::{language}"), words);
            }
        }
    }

    fn media(&mut self, media: &Media) {
        self.text("media::image", &media.image);
        self.text("media::big-image", &media.big_image);
        self.text("media::audio", &media.audio);
        self.text("media::video", &media.video);
    }

    /// Attributes as columns; those that have a column of their own go there.
    fn pairs(&mut self, prefix: &str, pairs: &[(String, String)]) {
        for (key, value) in pairs {
            match (prefix, key.as_str()) {
                ("bind", "constraint" | "required") => self.put(key, value),
                ("bind", "calculate") => self.put("calculation", value),
                ("bind", "jr:constraintMsg") => self.put("constraint_message", value),
                ("bind", "jr:requiredMsg") => self.put("required_message", value),
                ("body", "jr:count") => self.put("repeat_count", value),
                _ => self.put(&format!("{prefix}::{key}"), value),
            }
        }
    }

    /// `yes` for the expression that says so: what an author would write.
    fn condition(&mut self, header: &str, value: &Option<String>) {
        match value.as_deref() {
            Some("true()") => self.put(header, "yes"),
            Some("false()") => self.put(header, "no"),
            other => self.put(header, other.unwrap_or_default()),
        }
    }

    fn flag(&mut self, header: &str, flag: bool) {
        if flag {
            self.put(header, "yes");
        }
    }

    fn number(&mut self, header: &str, number: Option<f64>) {
        if let Some(number) = number {
            self.put(header, &number.to_string());
        }
    }
}

/// Rows with a common header, columns in a fixed order and languages in the order of the form.
struct Table {
    order: Vec<String>,
    headers: Vec<String>,
    index: HashMap<String, usize>,
    rows: Vec<Vec<(usize, String)>>,
}

impl Table {
    fn new(order: &[&str]) -> Self {
        Self {
            order: order.iter().map(|header| (*header).to_owned()).collect(),
            headers: Vec::new(),
            index: HashMap::new(),
            rows: Vec::new(),
        }
    }

    fn column(&mut self, header: &str) -> usize {
        if let Some(column) = self.index.get(header) {
            return *column;
        }
        self.headers.push(header.to_owned());
        self.index.insert(header.to_owned(), self.headers.len() - 1);
        self.headers.len() - 1
    }

    /// A column for each language, so that reading finds the languages in their order.
    fn translated(&mut self, form: &Form, header: &str) {
        for language in form
            .languages
            .iter()
            .filter(|language| language.name != Text::DEFAULT)
        {
            self.column(&format!("{header}::{}", language.name));
        }
    }

    fn row(&mut self, cells: Vec<(String, String)>) {
        let cells = cells
            .into_iter()
            .map(|(header, value)| (self.column(&header), value))
            .collect();
        self.rows.push(cells);
    }

    fn into_sheet(mut self, name: &str, form: &Form) -> Sheet {
        for required in if name == "survey" {
            &["type", "name"][..]
        } else {
            &[][..]
        } {
            self.column(required);
        }
        let rank = |header: &str| {
            let place = |base: &str| self.order.iter().position(|other| other == base);
            let (base, language) = match place(header) {
                Some(at) => (at, 0),
                None => {
                    let split = header.rsplit_once("::");
                    let language = split.map_or(0, |(_, language)| {
                        1 + form
                            .languages
                            .iter()
                            .position(|other| other.name == language)
                            .unwrap_or(usize::MAX - 1)
                    });
                    (
                        split
                            .and_then(|(base, _)| place(base))
                            .unwrap_or(usize::MAX),
                        language,
                    )
                }
            };
            (base, language)
        };
        let mut columns: Vec<usize> = (0..self.headers.len()).collect();
        columns.sort_by_key(|column| {
            let (base, language) = rank(&self.headers[*column]);
            // Columns without a place keep the order in which they came up.
            (
                base,
                if base == usize::MAX {
                    *column
                } else {
                    language
                },
                *column,
            )
        });
        let mut position = vec![0; columns.len()];
        for (at, column) in columns.iter().enumerate() {
            position[*column] = at;
        }
        let mut rows = vec![
            columns
                .iter()
                .map(|column| self.headers[*column].clone())
                .collect(),
        ];
        for cells in self.rows {
            let width = cells
                .iter()
                .map(|(column, _)| position[*column] + 1)
                .max()
                .unwrap_or(0);
            let mut row = vec![String::new(); width];
            for (column, value) in cells {
                row[position[column]] = value;
            }
            rows.push(row);
        }
        Sheet {
            name: name.to_owned(),
            rows,
        }
    }
}

fn write_nodes(table: &mut Table, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Question(question) if question.generated.is_some() => {}
            Node::Question(question) => table.row(question_cells(question)),
            Node::Group(group) => write_group(table, group, None),
            Node::Repeat(repeat) => write_group(table, &repeat.group, Some(repeat)),
        }
    }
}

fn write_group(table: &mut Table, group: &Group, repeat: Option<&Repeat>) {
    let word = if repeat.is_some() { "repeat" } else { "group" };
    let mut row = Cells::default();
    row.put("type", &format!("begin_{word}"));
    row.put("name", &group.name);
    row.text("label", &group.label);
    row.text("hint", &group.hint);
    row.media(&group.media);
    row.maybe("relevant", &group.relevant);
    row.condition("read_only", &group.read_only);
    row.maybe("appearance", &group.appearance);
    row.maybe("intent", &group.intent);
    row.pairs("bind", &group.bind);
    row.pairs("body", &group.body);
    row.pairs("instance", &group.instance);
    if let Some(section) = &group.section {
        row.put("section", if section.block { "block" } else { "yes" });
        row.number("weight", section.weight);
    }
    if let Some(repeat) = repeat {
        row.maybe("repeat_count", &repeat.repeat_count);
        let bounds = [("min", repeat.min), ("max", repeat.max)];
        let words: Vec<String> = bounds
            .iter()
            .filter_map(|(key, bound)| bound.map(|bound| format!("{key}={bound}")))
            .collect();
        row.put("parameters", &words.join(" "));
    }
    table.row(row.0);
    write_nodes(table, &group.nodes);
    let mut row = Cells::default();
    row.put("type", &format!("end_{word}"));
    table.row(row.0);
}

fn question_cells(question: &Question) -> Vec<(String, String)> {
    let mut row = Cells::default();
    row.put("type", &type_cell(question));
    row.put(
        "name",
        if question.kind == QuestionKind::Audit {
            ""
        } else {
            &question.name
        },
    );
    row.text("label", &question.label);
    if question.label == Text::plain("") {
        // What made the label empty and present.
        row.put("media", "-");
    }
    row.text("hint", &question.hint);
    row.text("guidance_hint", &question.guidance_hint);
    row.media(&question.media);
    row.maybe("choice_filter", &question.choice_filter);
    row.maybe("relevant", &question.relevant);
    row.maybe("constraint", &question.constraint);
    row.text("constraint_message", &question.constraint_message);
    row.condition("required", &question.required);
    row.text("required_message", &question.required_message);
    row.condition("read_only", &question.read_only);
    row.maybe("calculation", &question.calculation);
    row.maybe("default", &question.default);
    row.maybe("trigger", &question.trigger);
    row.maybe("appearance", &question.appearance);
    let parameters: Vec<String> = question
        .parameters
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    row.put("parameters", &parameters.join(" "));
    row.maybe("save_to", &question.save_to);
    row.pairs("bind", &question.bind);
    row.pairs("body", &question.body);
    row.pairs("instance", &question.instance);
    row.number("weight", question.weight);
    if question.evidence.kind != EvidenceKind::None {
        row.put("evidence", question.evidence.kind.word());
    }
    row.number("evidence_from", question.evidence.required_from);
    row.text("evidence_what", &question.evidence.what);
    row.flag("critical", question.critical);
    row.flag("alert", question.alert);
    row.flag("key_item", question.key_item);
    row.flag("expert", question.expert);
    row.put(
        "counts_in_index",
        if question.outside_index { "no" } else { "" },
    );
    row.maybe("ok_answer", &question.ok_answer);
    row.put("tags", &question.tags.join(" "));
    row.text("explanation", &question.explanation);
    row.text("violation", &question.violation);
    row.maybe("prefill", &question.prefill);
    row.maybe("unit", &question.unit);
    if let Some(companion) = &question.companion {
        row.put(
            "companion",
            &format!("{} {}", companion.role.word(), companion.of),
        );
    }
    row.0
}

fn type_cell(question: &Question) -> String {
    let word = question.kind.word();
    let other = if question.or_other { " or_other" } else { "" };
    match &question.choices {
        Some(ChoiceSource::List(list) | ChoiceSource::External(list)) => {
            format!("{word} {list}{other}")
        }
        // A rank has no word of its own for files.
        Some(ChoiceSource::File(file)) if question.kind == QuestionKind::Rank => {
            format!("{word} {file}{other}")
        }
        Some(ChoiceSource::File(file)) => format!("{word}_from_file {file}{other}"),
        Some(ChoiceSource::Repeat(name)) => format!("{word} ${{{name}}}{other}"),
        None => word.to_owned(),
    }
}

fn choices(form: &Form) -> Sheet {
    let columns = form.lists.iter().flat_map(|list| &list.choices);
    let own =
        merged_order(columns.map(|choice| choice.columns.iter().map(|(name, _)| name.as_str())));
    let levels: Vec<String> = form
        .languages
        .iter()
        .enumerate()
        .map(|(at, _)| level_header(form, at))
        .collect();
    let mut order: Vec<&str> = vec![
        "list_name",
        "name",
        "label",
        "media::image",
        "media::big-image",
        "media::audio",
        "media::video",
    ];
    // Where an author's column has such a name, too, its place among the author's columns counts.
    let ours = ["score", "not_applicable", "level"]
        .into_iter()
        .chain(levels.iter().map(String::as_str));
    order.extend(ours.filter(|header| !own.iter().any(|other| other == header)));
    order.extend(own.iter().map(String::as_str));
    let mut table = Table::new(&order);
    for list in &form.lists {
        for choice in &list.choices {
            let mut row = Cells::default();
            row.put("list_name", &list.name);
            row.put("name", &choice.name);
            row.text("label", &choice.label);
            row.media(&choice.media);
            row.number("score", choice.score);
            row.flag("not_applicable", choice.not_applicable);
            for (language, words) in choice.level.iter() {
                let at = form
                    .languages
                    .iter()
                    .position(|other| other.name == language);
                let header = at
                    .filter(|_| language != Text::DEFAULT)
                    .map(|at| &levels[at]);
                row.put(header.map_or("level", String::as_str), words);
            }
            for (name, value) in &choice.columns {
                row.put(name, value);
            }
            table.row(row.0);
        }
    }
    for required in ["list_name", "name"] {
        table.column(required);
    }
    table.into_sheet("choices", form)
}

/// `level.ru`: other tools write such columns as elements, so the header must be an element name.
fn level_header(form: &Form, at: usize) -> String {
    let code = form.languages[at].code.as_deref().filter(|code| {
        form.languages
            .iter()
            .filter(|other| other.code.as_deref() == Some(code))
            .count()
            == 1
            && code.parse::<usize>().is_err()
    });
    code.map_or_else(
        || format!("level.{}", at + 1),
        |code| format!("level.{code}"),
    )
}

fn settings(form: &Form) -> Sheet {
    let settings = &form.settings;
    let mut row = Cells::default();
    let title = form
        .title
        .get(Text::DEFAULT)
        .or(form.title.get(&form.default_language))
        .or(form.title.first());
    row.put("form_title", title.unwrap_or_default());
    row.put("form_id", &form.id);
    row.put("version", &form.version);
    row.put("name", if form.root == "data" { "" } else { &form.root });
    row.maybe("default_language", &settings.default_language);
    row.maybe("instance_name", &settings.instance_name);
    row.maybe("style", &settings.style);
    row.maybe("submission_url", &settings.submission_url);
    row.maybe("public_key", &settings.public_key);
    row.maybe("auto_send", &settings.auto_send);
    row.maybe("auto_delete", &settings.auto_delete);
    row.flag("allow_choice_duplicates", settings.allow_choice_duplicates);
    for (key, value) in &settings.other {
        row.put(key, value);
    }
    let (header, cells) = row.0.into_iter().unzip();
    Sheet {
        name: "settings".to_owned(),
        rows: vec![header, cells],
    }
}

/// One order of columns in which every row's columns are in order, as they were in the sheet they come from.
fn merged_order<'a>(rows: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut after: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        let mut previous: Option<usize> = None;
        for name in row {
            let at = *index.entry(name).or_insert_with(|| {
                names.push(name);
                after.push(Vec::new());
                names.len() - 1
            });
            if let Some(previous) = previous.filter(|previous| *previous != at)
                && !after[previous].contains(&at)
            {
                after[previous].push(at);
            }
            previous = Some(at);
        }
    }
    let mut before = vec![0_usize; names.len()];
    for next in after.iter().flatten() {
        before[*next] += 1;
    }
    let mut order = Vec::new();
    let mut done = vec![false; names.len()];
    while order.len() < names.len() {
        // Rows of one sheet never disagree; for others the first column left goes next.
        let ready = (0..names.len()).find(|at| !done[*at] && before[*at] == 0);
        let Some(next) = ready.or_else(|| (0..names.len()).find(|at| !done[*at])) else {
            break;
        };
        done[next] = true;
        order.push(names[next].to_owned());
        for follower in &after[next] {
            before[*follower] = before[*follower].saturating_sub(1);
        }
    }
    order
}

fn own_sheet(form: &Form) -> Option<Sheet> {
    let translated = form
        .title
        .iter()
        .any(|(language, _)| language != Text::DEFAULT);
    let values = [
        (
            "title",
            translated
                .then(|| serde_json::to_string(&form.title).ok())
                .flatten(),
        ),
        (
            "scoring",
            form.scoring
                .as_ref()
                .and_then(|scoring| serde_json::to_string(scoring).ok()),
        ),
        (
            "instrument",
            form.instrument
                .as_ref()
                .and_then(|instrument| serde_json::to_string(instrument).ok()),
        ),
    ];
    let mut rows = vec![vec!["key".to_owned(), "value".to_owned()]];
    for (key, value) in values {
        let mut rest = value.as_deref().unwrap_or_default();
        while !rest.is_empty() {
            // Cells are trimmed when read: a cut must not fall beside a blank.
            let mut end = rest.len().min(OWN_CELL);
            while !rest.is_char_boundary(end)
                || rest[..end].ends_with(' ')
                || rest[end..].starts_with(' ')
            {
                end -= 1;
                if end == 0 {
                    end = rest.len();
                    break;
                }
            }
            rows.push(vec![key.to_owned(), rest[..end].to_owned()]);
            rest = &rest[end..];
        }
    }
    (rows.len() > 1).then(|| Sheet {
        name: OWN_SHEET.to_owned(),
        rows,
    })
}

/// Reads our own sheet; what cannot be read is as if it were not there.
pub(super) fn read_own(workbook: &Workbook, form: &mut Form) {
    let Some(sheet) = workbook.sheet(OWN_SHEET) else {
        return;
    };
    let value = |key: &str| -> String {
        sheet
            .rows
            .iter()
            .skip(1)
            .take(1_000)
            .filter(|row| row.first().is_some_and(|cell| cell == key))
            .fold(String::new(), |mut value, row| {
                value.push_str(row.get(1).map_or("", String::as_str));
                value
            })
    };
    if let Ok(title) = serde_json::from_str::<Text>(&value("title")) {
        form.title = title;
    }
    form.scoring = serde_json::from_str::<Scoring>(&value("scoring")).ok();
    form.instrument = serde_json::from_str::<Instrument>(&value("instrument")).ok();
}
