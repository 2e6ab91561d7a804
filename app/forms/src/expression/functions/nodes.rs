//! Functions that give nodes or count them.

use super::super::shuffle::{seed_of, shuffle};
use super::super::token::{is_name_char, is_name_start};
use super::{Call, Document, EvaluationError, Object, Outcome};
use crate::expression::NodeKind;

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    let document = call.evaluator.document;
    match name {
        "last" => Ok(Object::Number(call.context.size as f64)),
        "position" if call.has(0) => position_among_namesakes(call),
        "position" => Ok(Object::Number(call.context.position as f64)),
        "count" => Ok(Object::Number(call.nodes(0)?.len() as f64)),
        "count-non-empty" => {
            let nodes = call.nodes(0)?;
            let filled = nodes
                .iter()
                .filter(|node| !call.evaluator.node_text(**node).is_empty());
            Ok(Object::Number(filled.count() as f64))
        }
        "current" => Ok(Object::Nodes(vec![call.context.current])),
        "instance" => {
            let id = call.text(0)?;
            Ok(Object::Nodes(document.instance(&id).into_iter().collect()))
        }
        "randomize" => randomize(call),
        "indexed-repeat" => indexed_repeat(call),
        "pulldata" => pulldata(call),
        "id" => by_id(call),
        "name" | "local-name" | "namespace-uri" => {
            let nodes = call_nodes_or_context(call)?;
            Ok(Object::Text(nodes.first().map_or_else(
                String::new,
                |node| match name {
                    "name" => document.qualified_name(*node),
                    "local-name" => document.local_name(*node),
                    _ => document.namespace_uri(*node),
                },
            )))
        }
        _ => call.unknown(name),
    }
}

fn call_nodes_or_context<D: Document>(
    call: &Call<'_, '_, D>,
) -> Result<Vec<D::Node>, EvaluationError> {
    if call.has(0) {
        call.nodes(0)
    } else {
        Ok(vec![call.context.node])
    }
}

fn position_among_namesakes<D: Document>(call: &Call<'_, '_, D>) -> Outcome<D> {
    let document = call.evaluator.document;
    let nodes = call.nodes(0)?;
    let Some(node) = nodes.first().copied() else {
        return Ok(Object::Number(f64::NAN));
    };
    let name = document.qualified_name(node);
    let before = call.evaluator.siblings(node, false);
    call.evaluator.spend(before.len(), call.span)?;
    let namesakes = before
        .into_iter()
        .filter(|sibling| {
            document.kind(*sibling) == NodeKind::Element
                && document.qualified_name(*sibling) == name
        })
        .count();
    Ok(Object::Number((namesakes + 1) as f64))
}

fn randomize<D: Document>(call: &Call<'_, '_, D>) -> Outcome<D> {
    let source = call.nodes(0)?;
    let seed = if call.has(1) {
        let object = call.object(1)?;
        seed_of(
            call.evaluator.number(&object),
            &call.evaluator.text(&object),
        )
    } else {
        (call.evaluator.next_random_bits() >> 33) as i64
    };
    let mut nodes = source;
    shuffle(&mut nodes, seed);
    Ok(Object::Nodes(nodes))
}

/// `indexed-repeat(node, repeat, index, …)`: the node in the instances with those positions.
///
/// The positions apply to every node of the first argument by its own ancestors, so that it does not matter whether
/// the paths are absolute or relative.
fn indexed_repeat<D: Document>(call: &Call<'_, '_, D>) -> Outcome<D> {
    if call.args.len().is_multiple_of(2) {
        return call
            .evaluator
            .fail(call.span, "Every repeat needs a position after it.");
    }
    let document = call.evaluator.document;
    let mut nodes = everywhere(call, 0)?;
    for i in (1..call.args.len()).step_by(2) {
        let wanted = call.number(i + 1)?;
        let repeats = everywhere(call, i)?;
        let mut chosen: Vec<D::Node> = Vec::new();
        let mut parent_and_count: Option<(D::Node, usize)> = None;
        for repeat in repeats {
            let Some(parent) = document.parent(repeat) else {
                continue;
            };
            let position = match parent_and_count {
                Some((last, count)) if last == parent => count + 1,
                _ => 1,
            };
            parent_and_count = Some((parent, position));
            if position as f64 == wanted {
                chosen.push(repeat);
            }
        }
        call.evaluator
            .spend(nodes.len().saturating_mul(chosen.len() + 1), call.span)?;
        nodes.retain(|node| {
            let mut at = Some(*node);
            while let Some(ancestor) = at {
                if chosen.contains(&ancestor) {
                    return true;
                }
                at = document.parent(ancestor);
            }
            false
        });
    }
    nodes.truncate(1);
    Ok(Object::Nodes(nodes))
}

/// The nodes of a path argument in all repeat instances: a reference or a relative path would stay inside the
/// instance where the expression stands, while the positions are meant to choose among all.
fn everywhere<D: Document>(
    call: &Call<'_, '_, D>,
    i: usize,
) -> Result<Vec<D::Node>, EvaluationError> {
    let document = call.evaluator.document;
    let found = call.nodes(i)?;
    let Some(first) = found.first().copied() else {
        return Ok(found);
    };
    let mut names = Vec::new();
    let mut node = first;
    let root = document.root(call.context.node);
    while node != root {
        let Some(parent) = document.parent(node) else {
            return Ok(found);
        };
        names.push(document.qualified_name(node));
        node = parent;
    }
    let mut nodes = vec![root];
    for name in names.iter().rev() {
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, name.as_str()),
        };
        let mut next = Vec::new();
        for node in nodes {
            let start = next.len();
            document.children_named(node, prefix, local, &mut next);
            if next.len() == start && prefix.is_none() {
                document.children(node, &mut next);
                let mut at = start;
                while at < next.len() {
                    if document.qualified_name(next[at]) == *name {
                        at += 1;
                    } else {
                        next.remove(at);
                    }
                }
            }
        }
        call.evaluator.spend(next.len(), call.span)?;
        nodes = next;
    }
    Ok(nodes)
}

/// `instance(file)/root/item[key=value]/column`, of the first item.
fn pulldata<D: Document>(call: &Call<'_, '_, D>) -> Outcome<D> {
    let document = call.evaluator.document;
    let nothing = Ok(Object::Text(String::new()));
    let id = call.text(0)?;
    let (column, key, value) = (call.text(1)?, call.text(2)?, call.text(3)?);
    let is_name = |name: &str| {
        let name = name.strip_prefix('@').unwrap_or(name);
        name.starts_with(is_name_start) && name.chars().all(|c| is_name_char(c) || c == ':')
    };
    if !is_name(&column) || !is_name(&key) {
        return nothing;
    }
    let file = id.strip_suffix(".csv").unwrap_or(&id);
    let Some(instance) = document.instance(&id).or_else(|| document.instance(file)) else {
        return nothing;
    };
    let (mut roots, mut items) = (Vec::new(), Vec::new());
    document.children_named(instance, None, "root", &mut roots);
    for root in roots {
        document.children_named(root, None, "item", &mut items);
    }
    call.evaluator.spend(items.len(), call.span)?;
    for item in items {
        let keys = cells(document, item, &key);
        if keys
            .iter()
            .any(|node| call.evaluator.node_text(*node) == value)
        {
            let mut columns = cells(document, item, &column);
            columns.truncate(1);
            return Ok(Object::Nodes(columns));
        }
    }
    nothing
}

/// The children of an item with that name, or with `@name` its attribute.
fn cells<D: Document>(document: &D, item: D::Node, name: &str) -> Vec<D::Node> {
    let mut found = Vec::new();
    match name.strip_prefix('@') {
        Some(name) => {
            document.attributes(item, &mut found);
            found.retain(|node| document.is_named(*node, None, name));
        }
        None => document.children_named(item, None, name, &mut found),
    }
    found
}

/// XPath 1.0, 4.1, reading `id` and `xml:id` as identifiers, since forms have no document type.
fn by_id<D: Document>(call: &Call<'_, '_, D>) -> Outcome<D> {
    let document = call.evaluator.document;
    let wanted = call.texts(0)?.join(" ");
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let mut pending = vec![document.root(call.context.node)];
    let mut found = Vec::new();
    while let Some(node) = pending.pop() {
        call.evaluator.spend(1, call.span)?;
        let mut attributes = Vec::new();
        document.attributes(node, &mut attributes);
        if attributes.iter().any(|attribute| {
            matches!(
                document.qualified_name(*attribute).as_str(),
                "id" | "xml:id"
            ) && wanted.contains(&document.text(*attribute).as_ref())
        }) {
            found.push(node);
        }
        document.children(node, &mut pending);
    }
    call.evaluator.sort(&mut found, call.span)?;
    Ok(Object::Nodes(found))
}
