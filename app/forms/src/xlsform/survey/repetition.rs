//! Loops: a group for each choice of a list.

use super::super::problems::Finding;
use super::super::reference::is_xml_name;
use crate::form::{Choice, ChoiceList, Group, Node, Text};
use std::collections::HashSet;

/// Questions that one loop may make, as many as a survey has rows.
const MOST: usize = 50_000;

/// A loop as groups: one for each choice, with `%(name)s` and `%(label)s` replaced; and what does not work.
pub(super) fn expand_loop(mut group: Group, list: Option<&ChoiceList>) -> (Group, Vec<Finding>) {
    let mut findings = Vec::new();
    let template = std::mem::take(&mut group.nodes);
    let Some(list) = list else {
        group.nodes = template;
        return (group, findings);
    };
    let mut names = HashSet::new();
    // A loop multiplies its questions by its choices; the product is bounded like the sheet itself.
    let most = MOST / template.len().max(1);
    for choice in list
        .choices
        .iter()
        .filter(|choice| choice.name != "none")
        .take(most)
    {
        if !is_xml_name(&choice.name) || choice.name == "meta" {
            findings.push(Finding::BadName {
                name: choice.name.clone(),
            });
            continue;
        }
        if !names.insert(choice.name.as_str()) {
            findings.push(Finding::DuplicateName {
                name: choice.name.clone(),
            });
            continue;
        }
        let mut nodes: Vec<Node> = template
            .iter()
            .map(|node| substituted(node, choice))
            .collect();
        // Names of repeats are unique in the whole form, so only the first group can hold one.
        if names.len() > 1 {
            drop_repeats(&mut nodes, &mut findings);
        }
        group.nodes.push(Node::Group(Box::new(Group {
            name: choice.name.clone(),
            label: choice.label.clone(),
            media: choice.media.clone(),
            nodes,
            ..Group::default()
        })));
    }
    (group, findings)
}

fn drop_repeats(nodes: &mut Vec<Node>, findings: &mut Vec<Finding>) {
    nodes.retain_mut(|node| match node {
        Node::Repeat(repeat) => {
            findings.push(Finding::DuplicateRepeat {
                name: repeat.group.name.clone(),
            });
            false
        }
        Node::Group(group) => {
            drop_repeats(&mut group.nodes, findings);
            true
        }
        Node::Question(_) => true,
    });
}

fn substituted(node: &Node, choice: &Choice) -> Node {
    let label_in = |language: &str| {
        let own = choice
            .label
            .get(language)
            .or_else(|| choice.label.get(Text::DEFAULT));
        own.or_else(|| choice.label.first())
            .unwrap_or_default()
            .to_owned()
    };
    let replace = |text: &mut String, language: &str| {
        if text.contains("%(") {
            *text = text
                .replace("%(name)s", &choice.name)
                .replace("%(label)s", &label_in(language));
        }
    };
    let mut node = node.clone();
    let Node::Question(question) = &mut node else {
        return node;
    };
    replace(&mut question.name, Text::DEFAULT);
    for text in [
        &mut question.label,
        &mut question.hint,
        &mut question.guidance_hint,
    ] {
        for (language, words) in text.iter_mut() {
            let language = language.to_owned();
            replace(words, &language);
        }
    }
    for expression in [
        &mut question.relevant,
        &mut question.constraint,
        &mut question.required,
        &mut question.calculation,
        &mut question.default,
        &mut question.choice_filter,
        &mut question.appearance,
    ]
    .into_iter()
    .flatten()
    {
        replace(expression, Text::DEFAULT);
    }
    node
}
