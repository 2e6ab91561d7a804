//! Headers of sheets: aliases, languages and the two delimiters that authors use.

use super::problems::{Finding, Report, nearest};
use super::sheet::Sheet;
use super::words::snake;
use crate::form::{Edit, Message, Repair};

/// After this many blank headers in a row a sheet is taken to have ended, as other tools do.
const BLANK_HEADERS: usize = 20;
/// A sheet with more columns than this is cut: no real form has a tenth of it.
const MAX_COLUMNS: usize = 1_000;

/// How the headers of one kind of sheet are understood.
pub(super) struct Dialect {
    /// Kind of sheet in the reference's words, for example `survey`.
    pub sheet: &'static str,
    /// Column names that mean themselves.
    pub known: &'static [&'static str],
    /// Other words for columns: alias → tokens.
    pub aliases: &'static [(&'static str, &'static [&'static str])],
    /// Columns that must be there.
    pub required: &'static [&'static str],
}

/// A column of a sheet: its header as written and what it means, token by token (`["label", "English (en)"]`).
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub index: usize,
    pub header: String,
    pub tokens: Vec<String>,
}

impl Column {
    /// First token: the column without language.
    pub fn word(&self) -> &str {
        self.tokens.first().map_or("", String::as_str)
    }
}

/// Reads the header row of a sheet.
pub(super) fn columns(sheet: &Sheet, dialect: &Dialect, report: &mut Report) -> Vec<Column> {
    let mut written: Vec<(usize, String)> = Vec::new();
    let mut blank = 0;
    for (index, cell) in sheet
        .rows
        .first()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        if cell.trim().is_empty() {
            blank += 1;
            if blank > BLANK_HEADERS {
                break;
            }
            continue;
        }
        blank = 0;
        if written.len() == MAX_COLUMNS {
            report.warn_at(
                &sheet.name,
                1,
                "",
                Finding::TooManyColumns { limit: MAX_COLUMNS },
            );
            break;
        }
        if written.iter().any(|(_, other)| other == cell.trim()) {
            report.error(
                &sheet.name,
                1,
                cell,
                Finding::RepeatedHeader {
                    header: cell.clone(),
                },
                Some(clear_column(sheet, index)),
            );
            continue;
        }
        written.push((index, cell.trim().to_owned()));
    }
    let double_colon = written.iter().any(|(_, header)| header.contains("::"));
    let mut columns: Vec<Column> = Vec::with_capacity(written.len());
    for (index, header) in written {
        let (canonical, tokens) = tokens(&header, double_colon, dialect);
        if canonical != header
            && let Some(other) = columns.iter().find(|column| column.tokens == tokens)
        {
            let finding = Finding::HeaderAliases {
                header: header.clone(),
                other: other.header.clone(),
            };
            report.error(
                &sheet.name,
                1,
                &header,
                finding,
                Some(clear_column(sheet, index)),
            );
            continue;
        }
        columns.push(Column {
            index,
            header,
            tokens,
        });
    }
    if matches!(dialect.sheet, "survey" | "settings") {
        name_unread(sheet, dialect, &columns, report);
    }
    if dialect.sheet == "survey" || sheet.rows.len() > 1 {
        for required in dialect.required {
            if !columns.iter().any(|column| column.word() == *required) {
                report.error(
                    &sheet.name,
                    1,
                    "",
                    Finding::MissingHeader { header: required },
                    None,
                );
            }
        }
    }
    columns
}

/// Settings that are read although no dialect lists them.
const ALSO_READ: &[&str] = &["instance_id"];

/// Warns of columns that nobody reads: mostly a known word with a slip. Notes of the author begin with `_` or `#`.
fn name_unread(sheet: &Sheet, dialect: &Dialect, columns: &[Column], report: &mut Report) {
    for column in columns {
        let word = column.word();
        let is_note = word.is_empty() || word.starts_with(['_', '#', ':']);
        if is_note || dialect.known.contains(&word) || ALSO_READ.contains(&word) {
            continue;
        }
        let known = dialect.aliases.iter().map(|(alias, _)| *alias);
        let near = nearest(&snake(word), dialect.known.iter().copied().chain(known));
        let finding = Finding::UnreadColumn {
            header: column.header.clone(),
            guess_ru: near.map_or(String::new(), |near| format!(" Может быть, это «{near}»?")),
            guess_en: near.map_or(String::new(), |near| format!(" Is it `{near}`?")),
        };
        report.warn_at(&sheet.name, 1, &column.header, finding);
    }
}

fn clear_column(sheet: &Sheet, index: usize) -> Repair {
    Repair {
        label: Message::new("Убрать повторный столбец", "Remove the repeated column"),
        edits: vec![Edit::ClearColumn {
            sheet: sheet.name.clone(),
            column: index as u32,
        }],
    }
}

fn tokens(header: &str, double_colon: bool, dialect: &Dialect) -> (String, Vec<String>) {
    let alias = |word: &str| {
        dialect
            .aliases
            .iter()
            .find(|(alias, _)| *alias == word)
            .map(|(_, tokens)| *tokens)
    };
    let known = |word: &str| dialect.known.contains(&word) && alias(word).is_none();
    if known(header) {
        return (header.to_owned(), vec![header.to_owned()]);
    }
    let plain = snake(header);
    if known(&plain) {
        return (plain.clone(), vec![plain]);
    }
    // Single colons clash with namespaces (`jr:count`), so they divide only where no double colon is used.
    let mut parts: Vec<String> = if double_colon || header.contains("::") {
        header
            .split("::")
            .map(|part| part.trim().to_owned())
            .collect()
    } else {
        header
            .split(':')
            .map(|part| part.trim().to_owned())
            .collect()
    };
    if let Some(at) = parts.iter().position(|part| part == "jr")
        && at + 1 < parts.len()
        && !double_colon
        && !header.contains("::")
    {
        let joined = format!("jr:{}", parts[at + 1]);
        parts.splice(at..at + 2, [joined]);
    }
    let first = snake(parts.first().map_or("", String::as_str));
    if let Some(tokens) = alias(&first) {
        let canonical = tokens.join("::");
        let rest = parts.split_off(1);
        return (
            canonical,
            tokens
                .iter()
                .map(|token| (*token).to_owned())
                .chain(rest)
                .collect(),
        );
    }
    if dialect.known.contains(&first.as_str()) {
        parts[0].clone_from(&first);
        return (first, parts);
    }
    // An unknown column keeps its spelling, because expressions may name it.
    (header.to_owned(), parts)
}

pub(super) const SURVEY: Dialect = Dialect {
    sheet: "survey",
    known: &[
        "type",
        "name",
        "label",
        "hint",
        "guidance_hint",
        "default",
        "trigger",
        "choice_filter",
        "parameters",
        "bind",
        "control",
        "media",
        "instance",
        "query",
        "sms_field",
        "actions",
        "choices",
        "itemset",
        "list_name",
        "parent",
        "extra_data",
        "intent",
        "disabled",
        // Ours.
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
    ],
    aliases: &[
        ("compact_tag", &["instance", "odk:tag"]),
        ("read_only", &["bind", "readonly"]),
        ("readonly", &["bind", "readonly"]),
        ("relevant", &["bind", "relevant"]),
        ("relevance", &["bind", "relevant"]),
        ("required", &["bind", "required"]),
        ("constraint", &["bind", "constraint"]),
        ("constraining_message", &["bind", "jr:constraintMsg"]),
        ("constraint_message", &["bind", "jr:constraintMsg"]),
        ("requiredmsg", &["bind", "jr:requiredMsg"]),
        ("required_message", &["bind", "jr:requiredMsg"]),
        ("noapperrorstring", &["bind", "jr:noAppErrorString"]),
        ("no_app_error_string", &["bind", "jr:noAppErrorString"]),
        ("calculation", &["bind", "calculate"]),
        ("calculate", &["bind", "calculate"]),
        ("save_to", &["bind", "entities:saveto"]),
        ("appearance", &["control", "appearance"]),
        ("count", &["control", "jr:count"]),
        ("repeat_count", &["control", "jr:count"]),
        ("jr:count", &["control", "jr:count"]),
        ("autoplay", &["control", "autoplay"]),
        ("rows", &["control", "rows"]),
        ("body", &["control"]),
        ("caption", &["label"]),
        ("command", &["type"]),
        ("tag", &["name"]),
        ("value", &["name"]),
        ("image", &["media", "image"]),
        ("big-image", &["media", "big-image"]),
        ("audio", &["media", "audio"]),
        ("video", &["media", "video"]),
    ],
    required: &["type"],
};

const LIST_ALIASES: &[(&str, &[&str])] = &[
    ("caption", &["label"]),
    ("list_name", &["list name"]),
    ("value", &["name"]),
    ("image", &["media", "image"]),
    ("big-image", &["media", "big-image"]),
    ("audio", &["media", "audio"]),
    ("video", &["media", "video"]),
];

pub(super) const CHOICES: Dialect = Dialect {
    sheet: "choices",
    known: &["name", "label", "media", "sms_option"],
    aliases: LIST_ALIASES,
    required: &["name"],
};

pub(super) const EXTERNAL_CHOICES: Dialect = Dialect {
    sheet: "external_choices",
    known: CHOICES.known,
    aliases: LIST_ALIASES,
    required: &[],
};

pub(super) const OSM: Dialect = Dialect {
    sheet: "osm",
    known: CHOICES.known,
    aliases: LIST_ALIASES,
    required: &[],
};

pub(super) const ENTITIES: Dialect = Dialect {
    sheet: "entities",
    known: &[
        "dataset",
        "entity_id",
        "create_if",
        "update_if",
        "repeat",
        "label",
    ],
    aliases: &[("list_name", &["dataset"])],
    required: &[],
};

pub(super) const SETTINGS: Dialect = Dialect {
    sheet: "settings",
    known: &[
        "add_none_option",
        "allow_choice_duplicates",
        "attribute",
        "auto_delete",
        "auto_send",
        "clean_text_values",
        "client_editable",
        "default_language",
        "delimiter",
        "entity_version",
        "flat",
        "id_string",
        "instance_name",
        "instance_xmlns",
        "name",
        "namespaces",
        "omit_instanceID",
        "prefix",
        "public_key",
        "sms_allow_media",
        "sms_date_format",
        "sms_datetime_format",
        "sms_keyword",
        "sms_response",
        "sms_separator",
        "style",
        "submission_url",
        "title",
        "version",
    ],
    aliases: &[
        ("form_title", &["title"]),
        ("set_form_title", &["title"]),
        ("form_id", &["id_string"]),
        ("set_form_id", &["id_string"]),
        ("prefix", &["prefix"]),
    ],
    required: &[],
};

/// The header to add for a column that is known by its bind or control attribute.
pub(super) fn row_header(word: &str) -> String {
    match word {
        "calculate" => "calculation",
        "entities:saveto" => "save_to",
        "readonly" => "read_only",
        "jr:count" => "repeat_count",
        word => word,
    }
    .to_owned()
}
