//! Labels and hints: words with references and lookups in them become `<output/>`.

use super::paths::{Paths, Style};
use super::xml::Xml;
use crate::xlsform::reference;

/// Writes words, with an `<output/>` for each `${name}` and each `instance(…)` path.
pub(crate) fn write_words(
    text: &str,
    context: Option<usize>,
    xml: &mut Xml,
    paths: &Paths<'_, '_>,
) {
    if text == "-" {
        xml.text(text);
        return;
    }
    let mut done = 0;
    for (start, end) in instance_paths(text) {
        write_references(&text[done..start], context, xml, paths);
        let path = paths.insert(&text[start..end], context, Style::default());
        xml.start("output").attribute("value", &path).end();
        done = end;
    }
    write_references(&text[done..], context, xml, paths);
}

fn write_references(text: &str, context: Option<usize>, xml: &mut Xml, paths: &Paths<'_, '_>) {
    let mut done = 0;
    for reference in reference::references(text).flatten() {
        if let Some(path) = paths.path(text, &reference, context, Style::default()) {
            xml.text(&text[done..reference.start]);
            xml.start("output").attribute("value", &path).end();
            done = reference.end;
        }
    }
    xml.text(&text[done..]);
}

/// Byte ranges of `instance('…')/…` paths: up to a blank outside of brackets and quotes.
fn instance_paths(text: &str) -> Vec<(usize, usize)> {
    const CALL: &str = "instance(";
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(CALL).map(|start| at + start) {
        at = start + CALL.len();
        let Some(close) = text[at..].find(')').map(|close| at + close + 1) else {
            break;
        };
        let (mut depth, mut quote, mut end) = (0_usize, None, close);
        for (offset, c) in text[close..].char_indices() {
            match (quote, c) {
                (Some(open), _) if open == c => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') if depth > 0 => quote = Some(c),
                (None, '[') => depth += 1,
                (None, ']') => depth = depth.saturating_sub(1),
                (None, _) if depth == 0 && c.is_whitespace() => break,
                _ => {}
            }
            end = close + offset + c.len_utf8();
        }
        ranges.push((start, end));
        at = end;
    }
    ranges
}
