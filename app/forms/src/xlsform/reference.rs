//! `${name}` references in cells.

/// A well-formed reference: a name, and whether the last saved record is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    pub name: &'a str,
    pub last_saved: bool,
    /// Byte range of `${…}` in the text.
    pub start: usize,
    pub end: usize,
}

/// A `${` that does not continue to a name and `}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Whether the text can be an element name, with an optional namespace prefix.
///
/// # Source
/// Namespaces in XML 1.0, production NCName and QName.
pub(crate) fn is_xml_name(text: &str) -> bool {
    let mut parts = text.splitn(2, ':');
    parts.next().is_some_and(is_ncname) && parts.next().is_none_or(is_ncname)
}

fn is_ncname(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

pub(crate) fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c == '_'
        || matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
            | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
            | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
}

pub(crate) fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || c.is_ascii_digit()
        || matches!(c, '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// All references of a text in order, malformed ones included.
pub(crate) fn references(text: &str) -> impl Iterator<Item = Result<Reference<'_>, Malformed>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        // `${}` is plain text for other tools, too.
        let (start, end) = loop {
            let start = at + text.get(at..)?.find("${")?;
            let Some(length) = text[start..].find('}') else {
                at = text.len();
                return Some(Err(Malformed));
            };
            at = start + length + 1;
            if length > 2 {
                break (start, at);
            }
        };
        let inner = &text[start + 2..end - 1];
        let (last_saved, name) = inner
            .strip_prefix("last-saved#")
            .map_or((false, inner), |name| (true, name));
        Some(if is_ncname(name) {
            Ok(Reference {
                name,
                last_saved,
                start,
                end,
            })
        } else {
            Err(Malformed)
        })
    })
}

/// The reference that makes up the whole text, if it is one.
pub(crate) fn whole(text: &str) -> Option<Reference<'_>> {
    let reference = references(text).next()?.ok()?;
    (reference.start == 0 && reference.end == text.len()).then_some(reference)
}

/// Whether the text holds at least one well-formed reference, first of all its candidates.
pub(crate) fn has(text: &str) -> bool {
    matches!(references(text).next(), Some(Ok(_)))
}
