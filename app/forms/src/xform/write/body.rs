//! Controls: what a person sees.

use super::instances::{file_extension, is_search};
use super::itext::{hint_needs_itext, label_needs_itext, list_needs_itext, untranslated};
use super::namespaces::is_declared;
use super::paths::{Paths, Style};
use super::tree::{Element, Kind};
use super::words::write_words;
use super::xml::Xml;
use crate::form::{Question, QuestionKind};
use crate::xlsform::reference;

pub(super) fn write(xml: &mut Xml, paths: &Paths<'_, '_>) {
    write_controls(xml, paths, 0, &triggers(paths));
}

/// For each element, the questions computed when it changes.
type Triggers<'t> = Vec<Vec<usize>>;

fn triggers<'t>(paths: &'t Paths<'_, '_>) -> Triggers<'t> {
    let mut triggers = vec![Vec::new(); paths.tree.elements.len()];
    for (at, element) in paths.tree.elements.iter().enumerate() {
        for reference in element
            .trigger()
            .into_iter()
            .flat_map(reference::references)
            .flatten()
        {
            if let Some(source) = paths.find(reference.name) {
                triggers[source].push(at);
            }
        }
    }
    triggers
}

fn write_controls(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, triggers: &Triggers<'_>) {
    for child in &paths.tree.elements[at].children {
        match paths.tree.elements[*child].kind {
            Kind::Group => write_group(xml, paths, *child, triggers),
            Kind::Repeat => write_repeat(xml, paths, *child, triggers),
            Kind::Question => write_question(xml, paths, *child, triggers),
            _ => {}
        }
    }
}

fn write_group(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, triggers: &Triggers<'_>) {
    let element = &paths.tree.elements[at];
    xml.start("group").attribute("ref", paths.absolute(at));
    write_control_attributes(xml, paths, at);
    if !element.label.is_empty() {
        write_label(xml, paths, at);
    }
    write_controls(xml, paths, at, triggers);
    xml.end();
}

fn write_repeat(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, triggers: &Triggers<'_>) {
    xml.start("group").attribute("ref", paths.absolute(at));
    write_label(xml, paths, at);
    xml.start("repeat").attribute("nodeset", paths.absolute(at));
    write_control_attributes(xml, paths, at);
    write_controls(xml, paths, at, triggers);
    // Defaults of what belongs to this repeat and to no repeat inside it.
    for other in paths.tree.descendants(at) {
        let mut around = paths.ancestors(other);
        let nearest = around.find(|ancestor| paths.tree.elements[*ancestor].kind == Kind::Repeat);
        if nearest == Some(at) {
            write_actions(xml, paths, other, true);
        }
    }
    xml.end().end();
}

fn write_control_attributes(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize) {
    let control = &paths.tree.elements[at].control;
    for (name, value) in control
        .iter()
        .filter(|(name, _)| is_declared(paths.tree.form, name))
    {
        xml.attribute(name, &paths.insert(value, Some(at), Style::default()));
    }
}

fn write_question(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, triggers: &Triggers<'_>) {
    let element = &paths.tree.elements[at];
    let Some(question) = element.question else {
        return;
    };
    if element.tag.is_empty() || element.is_silent() {
        return;
    }
    xml.start(element.tag).attribute("ref", paths.absolute(at));
    write_control_attributes(xml, paths, at);
    if question.kind == QuestionKind::SelectOneExternal {
        let list = element.itemset.as_deref().unwrap_or_default();
        let filter = question.choice_filter.as_deref().map(|filter| {
            let style = Style {
                use_current: true,
                ..Style::default()
            };
            format!("[{}]", paths.insert(filter, Some(at), style))
        });
        xml.attribute(
            "query",
            &format!("instance('{list}')/root/item{}", filter.unwrap_or_default()),
        );
    }
    let worded = !element.label.is_empty() || !element.media.is_empty();
    let hinted = !element.hint.is_empty() || !element.guidance_hint.is_empty();
    if worded || hinted {
        write_label(xml, paths, at);
    }
    if hinted {
        write_hint(xml, paths, at);
    }
    if element.itemset.is_some() && question.kind != QuestionKind::SelectOneExternal {
        write_choices(xml, paths, at, question);
    }
    if question.kind == QuestionKind::Osm {
        write_tags(xml, paths, question);
    }
    for target in &triggers[at] {
        write_triggered(xml, paths, at, *target);
    }
    xml.end();
}

fn write_label(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize) {
    let element = &paths.tree.elements[at];
    xml.start("label");
    if label_needs_itext(element) {
        xml.attribute("ref", &format!("jr:itext('{}:label')", paths.absolute(at)));
    } else if let Some(label) = untranslated(&element.label) {
        write_words(label, Some(at), xml, paths);
    }
    xml.end();
}

fn write_hint(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize) {
    let element = &paths.tree.elements[at];
    xml.start("hint");
    if hint_needs_itext(element) {
        xml.attribute("ref", &format!("jr:itext('{}:hint')", paths.absolute(at)));
    } else if let Some(hint) = untranslated(&element.hint) {
        write_words(hint, Some(at), xml, paths);
    }
    xml.end();
}

/// The nodes offered by a select, and which of their children are value and label.
struct Itemset {
    nodeset: String,
    value: String,
    label: String,
    filter: Option<String>,
}

fn write_choices(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, question: &Question) {
    let element = &paths.tree.elements[at];
    if is_search(element) {
        write_search_items(xml, paths, at);
        return;
    }
    let Some(mut set) = itemset(paths, at, element, question) else {
        return;
    };
    if question.kind != QuestionKind::Range {
        filter(&mut set, paths, at, question);
    }
    if question.parameter("randomize") == Some("true") {
        let seed = question
            .parameter("seed")
            .map(|seed| paths.insert(seed, Some(at), Style::default()));
        set.nodeset = match seed {
            Some(seed) => format!("randomize({}, {})", set.nodeset, seed.trim()),
            None => format!("randomize({})", set.nodeset),
        };
    }
    xml.start("itemset").attribute("nodeset", &set.nodeset);
    xml.start("value").attribute("ref", &set.value).end();
    xml.start("label").attribute("ref", &set.label).end();
    xml.end();
}

fn itemset(
    paths: &Paths<'_, '_>,
    at: usize,
    element: &Element<'_>,
    question: &Question,
) -> Option<Itemset> {
    let source = element.itemset.as_deref()?;
    let is_geo = matches!(
        question.kind,
        QuestionKind::Geopoint | QuestionKind::Geotrace | QuestionKind::Geoshape
    );
    if let Some(extension) = file_extension(source) {
        let (value, label) = if extension == ".geojson" {
            ("id", "title")
        } else {
            ("name", "label")
        };
        return Some(Itemset {
            nodeset: format!(
                "instance('{}')/root/item",
                source.strip_suffix(extension).unwrap_or(source)
            ),
            value: question.parameter("value").unwrap_or(value).to_owned(),
            label: question.parameter("label").unwrap_or(label).to_owned(),
            filter: None,
        });
    }
    if reference::has(source) {
        let style = Style {
            reference_parent: true,
            ..Style::default()
        };
        let path = paths.insert(source, Some(at), style).trim().to_owned();
        if is_geo {
            return Some(Itemset {
                nodeset: path,
                value: "geometry".to_owned(),
                label: "geometry".to_owned(),
                filter: Some("./geometry != ''".to_owned()),
            });
        }
        let (nodeset, last) = path.rsplit_once('/')?;
        return Some(Itemset {
            nodeset: nodeset.to_owned(),
            value: last.to_owned(),
            label: last.to_owned(),
            filter: Some(format!("./{last} != ''")),
        });
    }
    let list = paths.tree.list(source);
    let label = if list.is_some_and(list_needs_itext) {
        "jr:itext(itextId)"
    } else {
        "label"
    };
    Some(Itemset {
        nodeset: format!("instance('{source}')/root/item"),
        value: "name".to_owned(),
        label: label.to_owned(),
        filter: None,
    })
}

fn filter(set: &mut Itemset, paths: &Paths<'_, '_>, at: usize, question: &Question) {
    if let Some(filter) = &question.choice_filter {
        let of_repeat = paths.tree.elements[at]
            .itemset
            .as_deref()
            .is_some_and(reference::has);
        let style = Style {
            use_current: true,
            reference_parent: of_repeat,
        };
        let mut filter = paths.insert(filter, Some(at), style);
        if of_repeat {
            // Inside the predicate the repeat's own nodes are children of the item.
            filter = filter
                .replace(&format!("current()/{}", set.nodeset), ".")
                .replace(&set.nodeset, ".");
        }
        set.filter = Some(filter);
    }
    if let Some(filter) = &set.filter {
        set.nodeset = format!("{}[{filter}]", set.nodeset);
    }
}

/// Items of `search()` stand in the body, because the app looks them up there.
fn write_search_items(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize) {
    let element = &paths.tree.elements[at];
    let Some(list) = element
        .itemset
        .as_deref()
        .and_then(|name| paths.tree.list(name))
    else {
        return;
    };
    let itext = list_needs_itext(list);
    for (number, choice) in list.choices.iter().enumerate() {
        xml.start("item").start("label");
        if itext {
            xml.attribute("ref", &format!("jr:itext('{}-{number}')", list.name));
        } else if let Some(label) = untranslated(&choice.label)
            && !element.label.is_empty()
        {
            write_words(label, None, xml, paths);
        }
        xml.end().start("value").text(&choice.name).end().end();
    }
}

fn write_tags(xml: &mut Xml, paths: &Paths<'_, '_>, question: &Question) {
    let Some(crate::form::ChoiceSource::List(list)) = &question.choices else {
        return;
    };
    for tag in paths
        .tree
        .form
        .osm_tags
        .iter()
        .filter(|tag| tag.list == *list)
    {
        xml.start("tag").attribute("key", &tag.name).start("label");
        write_words(tag.label.first().unwrap_or_default(), None, xml, paths);
        xml.end().end();
    }
}

fn write_triggered(xml: &mut Xml, paths: &Paths<'_, '_>, source: usize, target: usize) {
    let element = &paths.tree.elements[target];
    let geopoint = element
        .question
        .is_some_and(|question| question.kind == QuestionKind::BackgroundGeopoint);
    xml.start(if geopoint {
        "odk:setgeopoint"
    } else {
        "setvalue"
    });
    xml.attribute("ref", paths.absolute(target))
        .attribute("event", "xforms-value-changed");
    if let Some(value) = element.bind("calculate").filter(|_| !geopoint) {
        xml.attribute(
            "value",
            &paths.insert(value, Some(source), Style::default()),
        );
    }
    xml.end();
}

/// Actions that give first values: in the model for the form, in a repeat for its new instances.
pub(super) fn write_actions(xml: &mut Xml, paths: &Paths<'_, '_>, at: usize, in_repeat: bool) {
    let element = &paths.tree.elements[at];
    let event = if in_repeat {
        "odk-new-repeat"
    } else {
        "odk-instance-first-load"
    };
    if element.dynamic || element.sets_uuid {
        let value = if element.sets_uuid {
            "uuid()"
        } else {
            element.value.as_deref().unwrap_or_default()
        };
        xml.start("setvalue")
            .attribute("ref", paths.absolute(at))
            .attribute("event", event);
        xml.attribute("value", &paths.insert(value, Some(at), Style::default()))
            .end();
    }
    let Some(question) = element.question.filter(|_| !in_repeat) else {
        return;
    };
    match question.kind {
        QuestionKind::StartGeopoint => {
            xml.start("odk:setgeopoint")
                .attribute("ref", paths.absolute(at))
                .attribute("event", event)
                .end();
        }
        QuestionKind::BackgroundAudio => {
            xml.start("odk:recordaudio")
                .attribute("ref", paths.absolute(at));
            xml.attribute("event", "odk-instance-load");
            if let Some(quality) = question.parameter("quality") {
                xml.attribute("odk:quality", quality);
            }
            xml.end();
        }
        _ => {}
    }
}
