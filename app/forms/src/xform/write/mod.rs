//! A form as an ODK XForm, so that existing tools can use it.
//!
//! # Source
//! ODK XForms specification, <https://getodk.github.io/xforms-spec/>; element order and generated nodes as the field's
//! converter writes them.

mod body;
mod build;
mod entity;
mod instances;
mod itext;
mod lexer;
mod namespaces;
mod paths;
mod tree;
mod words;
mod xml;

pub(crate) use instances::{Clash, clashes, file_extension, is_search};
pub(crate) use lexer::is_dynamic;
pub(crate) use tree::{AllocationFault, Element, Kind, Tree};

use crate::form::Form;
use itext::Itext;
use namespaces::{NAMESPACES, is_declared, own_namespaces};
use paths::{Paths, Style};
use xml::Xml;

/// The form as an XForm document.
///
/// References that cannot be resolved are written as they are; the import has reported them.
pub fn write(form: &Form) -> String {
    let tree = Tree::new(form);
    let paths = Paths::new(&tree);
    let mut xml = Xml::default();
    xml.start("h:html");
    for (name, uri) in NAMESPACES {
        xml.attribute(name, uri);
    }
    for (name, uri) in own_namespaces(form, tree.entities_version.is_some()) {
        xml.attribute(&format!("xmlns:{name}"), &uri);
    }
    xml.start("h:head")
        .start("h:title")
        .text(form.text(&form.title, &form.default_language))
        .end();
    write_model(&mut xml, &paths);
    xml.end();
    xml.start("h:body");
    if let Some(style) = &form.settings.style {
        xml.attribute("class", style);
    }
    body::write(&mut xml, &paths);
    let text = xml.finish();
    format!("<?xml version=\"1.0\"?>\n{text}")
}

fn write_model(xml: &mut Xml, paths: &Paths<'_, '_>) {
    xml.start("model").attribute("odk:xforms-version", "1.0.0");
    if let Some(version) = paths.tree.entities_version {
        xml.attribute("entities:entities-version", version);
    }
    write_submission(xml, paths.tree.form);
    let itext = Itext::collect(paths);
    if !itext.is_empty() {
        itext.write(xml, paths);
    }
    xml.start("instance");
    write_root(xml, paths);
    xml.end();
    instances::write(xml, paths);
    for at in paths.tree.descendants(0) {
        write_bind(xml, paths, at);
        body::write_actions(xml, paths, at, false);
    }
    xml.end();
}

fn write_submission(xml: &mut Xml, form: &Form) {
    let settings = &form.settings;
    let editable = settings
        .other("client_editable")
        .is_some_and(|value| crate::xlsform::words::yes(value) == Some(true));
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    if let Some(url) = &settings.submission_url {
        attributes.extend([("action", url.as_str()), ("method", "post")]);
    }
    attributes.extend(
        settings
            .public_key
            .as_deref()
            .map(|key| ("base64RsaPublicKey", key)),
    );
    attributes.extend(
        settings
            .auto_send
            .as_deref()
            .map(|value| ("orx:auto-send", value)),
    );
    attributes.extend(
        settings
            .auto_delete
            .as_deref()
            .map(|value| ("orx:auto-delete", value)),
    );
    attributes.extend(editable.then_some(("odk:client-editable", "true")));
    if attributes.is_empty() {
        return;
    }
    xml.start("submission");
    for (name, value) in attributes {
        xml.attribute(name, value);
    }
    xml.end();
}

fn write_root(xml: &mut Xml, paths: &Paths<'_, '_>) {
    let form = paths.tree.form;
    xml.start(&paths.tree.elements[0].name);
    let settings = &form.settings;
    let own = settings
        .other
        .iter()
        .filter_map(|(key, value)| Some((key.strip_prefix("attribute::")?, value.as_str())));
    let mut attributes: Vec<(&str, &str)> = own
        .filter(|(key, _)| !matches!(*key, "id" | "version"))
        .collect();
    attributes.push(("id", &form.id));
    attributes.extend(
        settings
            .other("instance_xmlns")
            .map(|value| ("xmlns", value)),
    );
    attributes.extend((!form.version.is_empty()).then_some(("version", form.version.as_str())));
    attributes.extend(settings.other("prefix").map(|value| ("odk:prefix", value)));
    attributes.extend(
        settings
            .other("delimiter")
            .map(|value| ("odk:delimiter", value)),
    );
    for (name, value) in attributes {
        if name == "xmlns" || is_declared(form, name) {
            xml.attribute(name, value);
        }
    }
    write_children(xml, paths, 0, false);
    xml.end();
}

/// Children of a container; outside of repeat instances every repeat is preceded by its template.
fn write_children(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, in_instance: bool) {
    for child in &paths.tree.elements[at].children {
        if paths.tree.elements[*child].kind == Kind::Repeat && !in_instance {
            write_template(xml, paths, *child);
            write_node(xml, paths, *child, true);
        } else {
            write_node(xml, paths, *child, in_instance);
        }
    }
}

fn write_template(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize) {
    let element = &paths.tree.elements[at];
    xml.start(&element.name).attribute("jr:template", "");
    for child in &element.children {
        if paths.tree.elements[*child].kind == Kind::Repeat {
            write_template(xml, paths, *child);
        } else {
            write_node(xml, paths, *child, false);
        }
    }
    xml.end();
}

fn write_node(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, in_instance: bool) {
    let element = &paths.tree.elements[at];
    if matches!(element.kind, Kind::External | Kind::Attribute) {
        return;
    }
    xml.start(&element.name);
    let attributes = element
        .children
        .iter()
        .map(|child| &paths.tree.elements[*child]);
    for attribute in attributes.filter(|child| child.kind == Kind::Attribute) {
        xml.attribute(
            &attribute.name,
            attribute.value.as_deref().unwrap_or_default(),
        );
    }
    for (name, value) in element
        .instance
        .iter()
        .filter(|(name, _)| is_declared(paths.tree.form, name))
    {
        xml.attribute(name, &paths.insert(value, Some(at), Style::default()));
    }
    if let Some(value) = element.value.as_deref()
        && !element.dynamic
    {
        xml.text(value);
    }
    write_children(xml, paths, at, in_instance);
    xml.end();
}

fn write_bind(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize) {
    let element = &paths.tree.elements[at];
    let messages = element.question.map(|question| {
        [
            ("jr:constraintMsg", &question.constraint_message),
            ("jr:requiredMsg", &question.required_message),
        ]
    });
    let Some(bind) = &element.bind else { return };
    xml.start("bind").attribute("nodeset", paths.absolute(at));
    for (key, value) in bind {
        // A triggered calculation is an action, not a bind.
        if (key == "calculate" && element.trigger().is_some()) || !is_declared(paths.tree.form, key)
        {
            continue;
        }
        xml.attribute(key, &paths.insert(value, Some(at), Style::default()));
    }
    for (key, text) in messages.into_iter().flatten() {
        if text.is_empty() {
            continue;
        }
        if itext::message_needs_itext(text) {
            xml.attribute(key, &format!("jr:itext('{}:{key}')", paths.absolute(at)));
        } else {
            xml.attribute(key, text.first().unwrap_or_default());
        }
    }
    xml.end();
}
