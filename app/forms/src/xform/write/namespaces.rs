//! The namespaces of the document.

use crate::form::Form;
use crate::xlsform::reference::is_xml_name;

pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns", "http://www.w3.org/2002/xforms"),
    ("xmlns:h", "http://www.w3.org/1999/xhtml"),
    ("xmlns:ev", "http://www.w3.org/2001/xml-events"),
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:jr", "http://openrosa.org/javarosa"),
    ("xmlns:orx", "http://openrosa.org/xforms"),
    ("xmlns:odk", "http://www.opendatakit.org/xforms"),
];

/// Namespaces of the settings sheet, written `name="uri" other="uri"`.
pub(super) fn own_namespaces(form: &Form, entities: bool) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for pair in form
        .settings
        .other("namespaces")
        .unwrap_or_default()
        .split_whitespace()
    {
        let mut parts = pair.split('=');
        if let (Some(name), Some(uri), None) = (parts.next(), parts.next(), parts.next())
            && is_xml_name(name)
            && !name.contains(':')
            && !name.to_lowercase().starts_with("xml")
            && !uri.replace(['"', '\''], "").is_empty()
            && !NAMESPACES
                .iter()
                .any(|(other, _)| other.strip_prefix("xmlns:") == Some(name))
            && !found.iter().any(|(other, _)| other == name)
        {
            found.push((name.to_owned(), uri.replace(['"', '\''], "")));
        }
    }
    if entities && !found.iter().any(|(name, _)| name == "entities") {
        found.push((
            "entities".to_owned(),
            "http://www.opendatakit.org/xforms/entities".to_owned(),
        ));
    }
    found
}

/// Whether an attribute can be written: its namespace prefix, if any, is declared.
pub(super) fn is_declared(form: &Form, name: &str) -> bool {
    match name.split_once(':') {
        _ if !is_xml_name(name) => false,
        None | Some(("jr" | "orx" | "odk" | "ev" | "xsd" | "h" | "entities" | "xml", _)) => true,
        Some((prefix, _)) => own_namespaces(form, false)
            .iter()
            .any(|(known, _)| known == prefix),
    }
}
