//! The `type` column: words, aliases and what they stand for.

use crate::form::QuestionKind;

/// What a cell of the `type` column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowType {
    Begin {
        control: Control,
        list: Option<String>,
    },
    End {
        control: Control,
    },
    Select {
        kind: QuestionKind,
        list: String,
        or_other: bool,
        from_file: bool,
    },
    Osm {
        list: Option<String>,
    },
    /// A plain question, with what its old-fashioned word adds.
    Question {
        kind: QuestionKind,
        extra: Extra,
    },
    /// A setting written on the survey sheet (`set form id`).
    Setting(&'static str),
    Unknown,
}

/// Containers of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    Group,
    Repeat,
    Loop,
}

impl Control {
    pub fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Repeat => "repeat",
            Self::Loop => "loop",
        }
    }
}

/// Constraint and hint that a word carries, or another preload parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extra {
    pub constraint: Option<&'static str>,
    pub hint: Option<&'static str>,
    pub preload_params: Option<&'static str>,
}

const SELECTS: &[(&str, QuestionKind, bool)] = &[
    (
        "add select one prompt using",
        QuestionKind::SelectOne,
        false,
    ),
    (
        "add select multiple prompt using",
        QuestionKind::SelectMultiple,
        false,
    ),
    (
        "select all that apply from",
        QuestionKind::SelectMultiple,
        false,
    ),
    ("select one from file", QuestionKind::SelectOne, true),
    (
        "select multiple from file",
        QuestionKind::SelectMultiple,
        true,
    ),
    ("select one from", QuestionKind::SelectOne, false),
    ("select1", QuestionKind::SelectOne, false),
    ("select_one", QuestionKind::SelectOne, false),
    ("select one", QuestionKind::SelectOne, false),
    ("select_multiple", QuestionKind::SelectMultiple, false),
    ("select all that apply", QuestionKind::SelectMultiple, false),
    (
        "select_one_external",
        QuestionKind::SelectOneExternal,
        false,
    ),
    ("select_one_from_file", QuestionKind::SelectOne, true),
    (
        "select_multiple_from_file",
        QuestionKind::SelectMultiple,
        true,
    ),
    ("rank", QuestionKind::Rank, false),
];

const CONTROLS: &[(&str, Control)] = &[
    ("group", Control::Group),
    ("lgroup", Control::Repeat),
    ("repeat", Control::Repeat),
    ("loop", Control::Loop),
    ("looped group", Control::Repeat),
];

/// Reads a cell of the `type` column.
pub(super) fn parse(cell: &str) -> RowType {
    if let Some(setting) = setting(cell) {
        return RowType::Setting(setting);
    }
    if let Some(rest) = after(cell, "begin") {
        for (word, control) in CONTROLS {
            if let Some(tail) = rest.strip_prefix(word) {
                if tail.is_empty() {
                    return RowType::Begin {
                        control: *control,
                        list: None,
                    };
                }
                let list = tail
                    .strip_prefix(" over ")
                    .or_else(|| tail.strip_prefix(' '));
                if let Some(list) = list.filter(|list| is_word(list)) {
                    return RowType::Begin {
                        control: *control,
                        list: Some(list.to_owned()),
                    };
                }
            }
        }
    }
    if let Some(rest) = after(cell, "end")
        && let Some((_, control)) = CONTROLS.iter().find(|(word, _)| *word == rest)
    {
        return RowType::End { control: *control };
    }
    if let Some(select) = select(cell) {
        return select;
    }
    if let Some(at) = cell.find("osm ")
        && let Some(list) = cell[at + 4..].split_whitespace().next()
    {
        return RowType::Osm {
            list: Some(list.to_owned()),
        };
    }
    match question(cell) {
        Some((QuestionKind::Osm, _)) => RowType::Osm { list: None },
        Some((kind, extra)) => RowType::Question { kind, extra },
        None => RowType::Unknown,
    }
}

fn after<'a>(cell: &'a str, word: &str) -> Option<&'a str> {
    let rest = cell.strip_prefix(word)?;
    let mut chars = rest.chars();
    chars.next().filter(|c| c.is_whitespace() || *c == '_')?;
    Some(chars.as_str())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

fn select(cell: &str) -> Option<RowType> {
    let (head, or_other) = [" or specify other", " or_other", " or other"]
        .iter()
        .find_map(|suffix| cell.strip_suffix(suffix))
        .map_or((cell, false), |head| (head, true));
    for (head, or_other) in [(head, or_other), (cell, false)] {
        for (word, kind, from_file) in SELECTS {
            if let Some(list) = head
                .strip_prefix(word)
                .and_then(|rest| rest.strip_prefix(' '))
                && is_word(list)
            {
                return Some(RowType::Select {
                    kind: *kind,
                    list: list.to_owned(),
                    or_other,
                    from_file: *from_file,
                });
            }
        }
    }
    None
}

fn setting(cell: &str) -> Option<&'static str> {
    Some(match cell {
        "form_title" | "set_form_title" => "title",
        "form_id" | "set_form_id" => "id_string",
        "prefix" => "prefix",
        _ => return None,
    })
}

/// Kind of a plain question from its word or one of its aliases.
pub(super) fn question(word: &str) -> Option<(QuestionKind, Extra)> {
    use QuestionKind as K;
    let plain = Extra::default();
    let days = |constraint, hint| Extra {
        constraint: Some(constraint),
        hint: Some(hint),
        preload_params: None,
    };
    let preload = |params| Extra {
        preload_params: Some(params),
        ..Extra::default()
    };
    Some(match word {
        "text" | "string" | "q string" | "add text prompt" => (K::Text, plain),
        "integer" | "int" | "q int" | "add integer prompt" => (K::Integer, plain),
        "decimal" | "q decimal" | "add decimal prompt" => (K::Decimal, plain),
        "percentage" => (
            K::Integer,
            Extra {
                constraint: Some("0 <= . and . <= 100"),
                ..plain
            },
        ),
        "number of days in last month" => (
            K::Integer,
            days("0 <= . and . <= 31", "Enter a number 0-31."),
        ),
        "number of days in last six months" => (
            K::Integer,
            days("0 <= . and . <= 183", "Enter a number 0-183."),
        ),
        "number of days in last year" => (
            K::Integer,
            days("0 <= . and . <= 365", "Enter a number 0-365."),
        ),
        "phone number" => (K::Text, days("regex(., '^\\d*$')", "Enter numbers only.")),
        "note" | "q note" | "add note prompt" => (K::Note, plain),
        "calculate" | "q calculate" | "add calculate prompt" => (K::Calculate, plain),
        "hidden" => (K::Hidden, plain),
        "range" => (K::Range, plain),
        "date" | "q date" | "add date prompt" => (K::Date, plain),
        "time" => (K::Time, plain),
        "datetime"
        | "dateTime"
        | "date time"
        | "q date time"
        | "q dateTime"
        | "add date time prompt"
        | "add dateTime prompt" => (K::DateTime, plain),
        "geopoint" | "q geopoint" | "gps" | "location" | "q location" | "add location prompt" => {
            (K::Geopoint, plain)
        }
        "geotrace" | "q geotrace" => (K::Geotrace, plain),
        "geoshape" | "q geoshape" => (K::Geoshape, plain),
        "osm" => (K::Osm, plain),
        "image" | "photo" | "q image" | "q picture" | "add image prompt" | "add photo prompt" => {
            (K::Image, plain)
        }
        "audio" | "q audio" | "add audio prompt" => (K::Audio, plain),
        "video" | "q video" | "add video prompt" => (K::Video, plain),
        "file" | "add file prompt" => (K::File, plain),
        "barcode" | "q barcode" | "add barcode prompt" => (K::Barcode, plain),
        "acknowledge" | "q acknowledge" | "add acknowledge prompt" | "trigger" => {
            (K::Acknowledge, plain)
        }
        "start-geopoint" => (K::StartGeopoint, plain),
        "background-geopoint" => (K::BackgroundGeopoint, plain),
        "background-audio" => (K::BackgroundAudio, plain),
        "csv-external" => (K::CsvExternal, plain),
        "xml-external" => (K::XmlExternal, plain),
        "start" | "start time" | "get start time" => (K::Start, plain),
        "end" | "end time" | "get end time" => (K::End, plain),
        "today" | "get today" => (K::Today, plain),
        "deviceid" | "device id" | "get device id" | "imei" => (K::DeviceId, plain),
        "uri:deviceid" => (K::DeviceId, preload("uri:deviceid")),
        "subscriberid" | "subscriber id" | "get subscriber id" => (K::SubscriberId, plain),
        "uri:subscriberid" => (K::SubscriberId, preload("uri:subscriberid")),
        "simserial" | "sim id" | "get sim id" => (K::SimSerial, plain),
        "uri:simserial" => (K::SimSerial, preload("uri:simserial")),
        "phonenumber" | "get phone number" => (K::PhoneNumber, plain),
        "uri:phonenumber" => (K::PhoneNumber, preload("uri:phonenumber")),
        "username" => (K::Username, plain),
        "uri:username" => (K::Username, preload("uri:username")),
        "email" => (K::Email, plain),
        "uri:email" => (K::Email, preload("uri:email")),
        "audit" => (K::Audit, plain),
        _ => return None,
    })
}

/// Words of the `type` column, for suggestions.
pub(super) const WORDS: &[&str] = &[
    "text",
    "integer",
    "decimal",
    "note",
    "calculate",
    "hidden",
    "range",
    "date",
    "time",
    "datetime",
    "geopoint",
    "geotrace",
    "geoshape",
    "image",
    "audio",
    "video",
    "file",
    "barcode",
    "acknowledge",
    "start-geopoint",
    "background-geopoint",
    "background-audio",
    "csv-external",
    "xml-external",
    "start",
    "end",
    "today",
    "deviceid",
    "phonenumber",
    "username",
    "email",
    "audit",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
];
