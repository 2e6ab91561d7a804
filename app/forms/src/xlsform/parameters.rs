//! The `parameters` column: `key=value` pairs divided by blanks, commas or semicolons.

/// The pairs of a cell; `None` when it is not written so.
///
/// Keys and values are lower-cased, save the values of `label` and `value`, which name columns of files. A repeated
/// key keeps its place and takes the later value.
pub(super) fn parse(cell: &str) -> Option<Vec<(String, String)>> {
    let is_space = |c: char| c.is_whitespace() || c == ',' || c == ';';
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut rest = cell.trim_start_matches(is_space);
    while !rest.is_empty() {
        let (key, tail) = token(rest)?;
        let tail = tail.trim_start_matches(is_space).strip_prefix('=')?;
        let (value, tail) = token(tail.trim_start_matches(is_space))?;
        let key = key.to_lowercase();
        let value = if key == "label" || key == "value" {
            value.to_owned()
        } else {
            value.to_lowercase()
        };
        match pairs.iter_mut().find(|(other, _)| *other == key) {
            Some(pair) => pair.1 = value,
            None => pairs.push((key, value)),
        }
        rest = tail.trim_start_matches(is_space);
    }
    Some(pairs)
}

fn token(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '=' | ',' | ';'))
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Keys that a question type accepts; `None` when it ignores parameters.
pub(super) fn accepted(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "audit" => &[
            "identify-user",
            "location-max-age",
            "location-min-interval",
            "location-priority",
            "track-changes",
            "track-changes-reasons",
        ],
        "range" => &[
            "end",
            "placeholder",
            "start",
            "step",
            "tick_interval",
            "tick_labelset",
        ],
        "text" => &["rows"],
        "image" => &["app", "max-pixels"],
        "audio" | "background-audio" => &["quality"],
        "geopoint" => &[
            "allow-mock-accuracy",
            "capture-accuracy",
            "reference-geometry",
            "warning-accuracy",
        ],
        "geotrace" | "geoshape" => &["allow-mock-accuracy", "incremental", "reference-geometry"],
        "select" => &["randomize", "seed"],
        "select-from-file" => &["label", "randomize", "seed", "value"],
        _ => return None,
    })
}

/// Whether a word of the `type` column is one whose parameters mean something.
pub(super) fn has_parameters(word: &str) -> bool {
    matches!(
        word,
        "text"
            | "audit"
            | "range"
            | "image"
            | "photo"
            | "add image prompt"
            | "add photo prompt"
            | "audio"
            | "add audio prompt"
            | "background-audio"
            | "geopoint"
            | "geotrace"
            | "geoshape"
    )
}
