//! Secondary instances: choice lists and attached files.

use super::itext::{list_needs_itext, untranslated};
use super::paths::{LAST_SAVED, Paths};
use super::tree::{Element, Kind, Tree};
use super::xml::Xml;
use crate::form::{ChoiceList, QuestionKind};
use crate::xlsform::reference::{is_xml_name, references};
use std::collections::{HashMap, HashSet};

/// An instance besides the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attached {
    name: String,
    /// `None` for a choice list.
    uri: Option<String>,
    declared: bool,
}

/// Two instances that cannot live under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// The same file is declared several times.
    Declared(String),
    /// Different files, or a file and a list.
    Different(String),
}

/// File extension of a choice source, with its dot, if files of that kind can be attached.
pub(crate) fn file_extension(name: &str) -> Option<&str> {
    let dot = name.rfind('.').filter(|dot| *dot > 0)?;
    matches!(&name[dot..], ".csv" | ".xml" | ".geojson").then(|| &name[dot..])
}

fn attached(tree: &Tree<'_>) -> Vec<Attached> {
    let mut found = Vec::new();
    let mut last_saved = false;
    for element in &tree.elements {
        match element.kind {
            Kind::External => {
                let csv = element
                    .question
                    .is_some_and(|question| question.kind == QuestionKind::CsvExternal);
                let (scheme, extension) = if csv {
                    ("file-csv", "csv")
                } else {
                    ("file", "xml")
                };
                let uri = Some(format!("jr://{scheme}/{}.{extension}", element.name));
                found.push(Attached {
                    name: element.name.to_string(),
                    uri,
                    declared: true,
                });
            }
            Kind::Question | Kind::Group | Kind::Repeat => {
                for name in pulled(element) {
                    let uri = Some(format!("jr://file-csv/{name}.csv"));
                    found.push(Attached {
                        name,
                        uri,
                        declared: false,
                    });
                }
                if element
                    .question
                    .is_some_and(|question| question.kind.is_select())
                    && let Some(file) = element.itemset.as_deref()
                    && let Some(extension) = file_extension(file)
                {
                    let scheme = if extension == ".csv" {
                        "file-csv"
                    } else {
                        "file"
                    };
                    let name = file.strip_suffix(extension).unwrap_or(file).to_owned();
                    found.push(Attached {
                        name,
                        uri: Some(format!("jr://{scheme}/{file}")),
                        declared: false,
                    });
                }
                last_saved |= element.question.is_some()
                    && expressions(element)
                        .any(|text| references(text).flatten().any(|found| found.last_saved));
            }
            _ => {}
        }
    }
    if last_saved {
        let uri = Some("jr://instance/last-saved".to_owned());
        found.push(Attached {
            name: LAST_SAVED.to_owned(),
            uri,
            declared: false,
        });
    }
    let by_search = searched(tree);
    for list in tree
        .form
        .lists
        .iter()
        .filter(|list| !by_search.contains(&list.name.as_str()))
    {
        found.push(Attached {
            name: list.name.clone(),
            uri: None,
            declared: false,
        });
    }
    found
}

/// Names of the lists of selects with `search()`, whose items stand in the body.
pub(crate) fn searched<'t>(tree: &'t Tree<'_>) -> HashSet<&'t str> {
    tree.elements
        .iter()
        .filter(|element| is_search(element))
        .filter_map(|element| element.itemset.as_deref())
        .collect()
}

/// Whether the select looks its choices up with `search()`.
pub(crate) fn is_search(element: &Element<'_>) -> bool {
    element
        .question
        .is_some_and(|question| question.kind.is_select())
        && element.control("appearance").is_some_and(|appearance| {
            appearance
                .find("search(")
                .is_some_and(|at| appearance[at..].contains(')'))
        })
}

fn expressions<'e>(element: &'e Element<'_>) -> impl Iterator<Item = &'e str> {
    let binds = [
        "calculate",
        "constraint",
        "readonly",
        "required",
        "relevant",
    ];
    let filter = element
        .question
        .and_then(|question| question.choice_filter.as_deref());
    let default = element.value.as_deref();
    binds
        .into_iter()
        .filter_map(|key| element.bind(key))
        .chain(filter)
        .chain(default)
}

/// Files that `pulldata()` reads.
fn pulled(element: &Element<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for text in expressions(element).filter(|text| text.contains("pulldata(")) {
        let mut rest = text;
        while let Some(at) = rest.find("pulldata") {
            rest = rest[at + "pulldata".len()..].trim_start();
            if let Some(arguments) = rest.strip_prefix('(')
                && let Some(comma) = arguments.find(',')
            {
                names.push(
                    arguments[..comma]
                        .replace(['\'', '"'], "")
                        .trim()
                        .to_owned(),
                );
            }
        }
    }
    names
}

/// Names that would stand for different data.
pub(crate) fn clashes(tree: &Tree<'_>) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut seen: HashMap<String, Attached> = HashMap::new();
    for instance in attached(tree) {
        match seen.get(&instance.name) {
            Some(prior) if prior.declared && instance.declared => {
                clashes.push(Clash::Declared(instance.name));
            }
            Some(prior) if prior.uri != instance.uri => {
                clashes.push(Clash::Different(instance.name))
            }
            Some(_) => {}
            None => {
                seen.insert(instance.name.clone(), instance);
            }
        }
    }
    clashes
}

pub(super) fn write(xml: &mut Xml, paths: &Paths<'_, '_>) {
    let mut seen: HashSet<String> = HashSet::new();
    for instance in attached(paths.tree) {
        if seen.contains(&instance.name) {
            continue;
        }
        xml.start("instance").attribute("id", &instance.name);
        match &instance.uri {
            Some(uri) => {
                xml.attribute("src", uri);
            }
            None => {
                if let Some(list) = paths.tree.list(&instance.name) {
                    write_list(xml, list);
                }
            }
        }
        xml.end();
        seen.insert(instance.name);
    }
}

fn write_list(xml: &mut Xml, list: &ChoiceList) {
    let itext = list_needs_itext(list);
    xml.start("root");
    for (number, choice) in list.choices.iter().enumerate() {
        xml.start("item");
        if itext {
            xml.start("itextId")
                .text(&format!("{}-{number}", list.name))
                .end();
        }
        xml.start("name").text(&choice.name).end();
        if !itext && let Some(label) = untranslated(&choice.label) {
            xml.start("label").text(label).end();
        }
        for (name, value) in choice.all_columns() {
            if is_xml_name(name) {
                xml.start(name).text(&value).end();
            }
        }
        xml.end();
    }
    xml.end();
}
