//! Small steps over XML, shared by the readers of documents.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refusal;

/// The value of an attribute by its local name.
pub fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    start
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .ok()
                .map(std::borrow::Cow::into_owned)
        })
}

/// A number in an attribute; `other` when it is absent or no number.
pub fn number(start: &BytesStart, name: &str, other: usize) -> usize {
    attribute(start, name)
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(other)
}

/// Is a switch of Word on? Without a value it is.
pub fn is_on(start: &BytesStart) -> bool {
    !matches!(
        attribute(start, "val").as_deref(),
        Some("0" | "false" | "off")
    )
}

/// An element that begins, and whether it ends at once.
pub fn opened<'e>(event: &'e Event<'e>) -> Option<(&'e BytesStart<'e>, bool)> {
    match event {
        Event::Start(start) => Some((start, false)),
        Event::Empty(start) => Some((start, true)),
        _ => None,
    }
}

/// Passes over a part that is not read: `depth` elements of it are open. Tells whether the event belongs to it.
pub fn skips(depth: &mut usize, event: &Event) -> bool {
    if *depth == 0 {
        return false;
    }
    match event {
        Event::Start(_) => *depth += 1,
        Event::End(_) => *depth -= 1,
        _ => {}
    }
    true
}

/// Hands out the events of a text.
///
/// # Errors
/// When it is no XML, or `each` refuses.
pub fn events(
    text: &str,
    mut each: impl FnMut(&Event) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => each(&event)?,
            Err(error) => return Err(Refusal::Damaged(error.to_string())),
        }
    }
}

/// Text of an event; entities come as events of their own.
pub fn words(event: &Event) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(reference) => reference
            .resolve_char_ref()
            .ok()
            .flatten()
            .map(String::from)
            .or_else(|| {
                quick_xml::escape::resolve_predefined_entity(reference.as_ref()).map(String::from)
            }),
        _ => None,
    }
}
