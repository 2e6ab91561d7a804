//! Where entity declarations go: each into the container that holds the questions it refers to.
//!
//! # Source
//! ODK XForms Entities specification 2025.1.0: one declaration per container, `save_to` belongs to the declaration of
//! its nearest container.

use super::tree::{AllocationError, AllocationFault, Kind, Tree};
use crate::xlsform::reference;
use std::collections::{BTreeMap, HashMap};

/// A path of containers from the survey down, by element number.
type Path = Vec<usize>;

struct Mention {
    path: Path,
    question: String,
    saves: bool,
}

struct Request {
    entity: usize,
    scope: Path,
    requested: Path,
    lineages: Vec<Path>,
}

/// Pairs of container and declaration number, outer containers first, and what could not be placed.
pub(crate) fn allocate(tree: &Tree<'_>) -> (Vec<(usize, usize)>, Vec<AllocationError>) {
    let mut errors = Vec::new();
    let mentions = mentions(tree);
    let mut requests: Vec<Request> = Vec::new();
    for (entity, mentions) in &mentions {
        match request(tree, *entity, mentions) {
            Ok(request) => requests.push(request),
            Err(error) => errors.push(error),
        }
    }
    for entity in 0..tree.form.entities.len() {
        if !mentions.iter().any(|(other, _)| *other == entity) {
            requests.push(Request {
                entity,
                scope: vec![0],
                requested: vec![0],
                lineages: Vec::new(),
            });
        }
    }
    if let [only] = requests.as_slice()
        && only.scope == [0]
    {
        return (vec![(0, only.entity)], errors);
    }
    let mut taken: BTreeMap<Path, usize> = BTreeMap::new();
    let mut reserved: HashMap<Path, usize> = HashMap::new();
    let mut scopes: Vec<Path> = Vec::new();
    for request in &requests {
        if !scopes.contains(&request.scope) {
            scopes.push(request.scope.clone());
        }
    }
    for scope in scopes {
        let mut of_scope: Vec<&Request> = requests
            .iter()
            .filter(|request| request.scope == scope)
            .collect();
        of_scope.sort_by_key(|request| request.entity);
        for request in of_scope {
            if let Err(other) = place(request, scope.len(), &mut taken, &mut reserved) {
                let kind = AllocationFault::NoContainer { other };
                errors.push(AllocationError {
                    entity: request.entity,
                    question: None,
                    kind,
                });
            }
        }
    }
    let mut allocations: Vec<(usize, usize)> = taken
        .into_iter()
        .filter_map(|(path, entity)| Some((*path.last()?, entity)))
        .collect();
    allocations.sort_unstable();
    (allocations, errors)
}

/// Puts a declaration as low as possible, else higher, never above its scope.
fn place(
    request: &Request,
    scope_length: usize,
    taken: &mut BTreeMap<Path, usize>,
    reserved: &mut HashMap<Path, usize>,
) -> Result<(), usize> {
    let mut conflict = None;
    for depth in (scope_length..=request.requested.len()).rev() {
        let current = request.requested[..depth].to_vec();
        if let Some(other) = taken.get(&current).or_else(|| reserved.get(&current)) {
            conflict = Some(*other);
            if let Some(other) = request
                .lineages
                .iter()
                .find_map(|lineage| reserved.get(lineage))
            {
                conflict = Some(*other);
                break;
            }
            continue;
        }
        for lineage in &request.lineages {
            for length in (current.len()..=lineage.len()).rev() {
                reserved.insert(lineage[..length].to_vec(), request.entity);
            }
        }
        taken.insert(current.clone(), request.entity);
        reserved.insert(current, request.entity);
        return Ok(());
    }
    Err(conflict.unwrap_or(request.entity))
}

/// For each declaration that is mentioned, where: in order of first mention.
fn mentions(tree: &Tree<'_>) -> Vec<(usize, Vec<Mention>)> {
    let entities = &tree.form.entities;
    let mut by_variable: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, entity) in entities.iter().enumerate() {
        let cells = [
            &entity.entity_id,
            &entity.create_if,
            &entity.update_if,
            &entity.label,
        ];
        for reference in cells
            .into_iter()
            .flatten()
            .flat_map(|cell| reference::references(cell))
            .flatten()
        {
            let numbers = by_variable.entry(reference.name).or_default();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    let mut found: Vec<(usize, Vec<Mention>)> = Vec::new();
    let mut note = |entity: usize, mention: Mention| match found
        .iter_mut()
        .find(|(other, _)| *other == entity)
    {
        Some((_, mentions)) => mentions.push(mention),
        None => found.push((entity, vec![mention])),
    };
    for at in 1..tree.elements.len() {
        let element = &tree.elements[at];
        let question = element.name.as_ref();
        if let Some(save_to) = element
            .question
            .and_then(|question| question.save_to.as_deref())
        {
            let entity = match save_to.split_once('#') {
                Some((list, _)) => entities.iter().position(|entity| entity.list_name == list),
                None => (!entities.is_empty()).then_some(0),
            };
            if let Some(entity) = entity {
                let mention = Mention {
                    path: containers(tree, at),
                    question: question.to_owned(),
                    saves: true,
                };
                note(entity, mention);
            }
        }
        for entity in by_variable.get(question).into_iter().flatten() {
            let mention = Mention {
                path: containers(tree, at),
                question: question.to_owned(),
                saves: false,
            };
            note(*entity, mention);
        }
    }
    found
}

/// Containers around an element, the survey first.
fn containers(tree: &Tree<'_>, mut at: usize) -> Path {
    let mut path = Vec::new();
    while at != 0 {
        at = tree.elements[at].parent;
        path.push(at);
    }
    path.reverse();
    path
}

fn is_boundary(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.elements[at].kind, Kind::Repeat | Kind::Survey)
}

/// The path down to the innermost repeat, or to the survey.
fn boundary<'p>(tree: &Tree<'_>, path: &'p [usize]) -> &'p [usize] {
    let last = path
        .iter()
        .rposition(|at| is_boundary(tree, *at))
        .unwrap_or(0);
    &path[..path.len().min(last + 1)]
}

fn repeats(tree: &Tree<'_>, path: &[usize]) -> usize {
    path.iter()
        .filter(|at| tree.elements[**at].kind == Kind::Repeat)
        .count()
}

/// Number of groups below the innermost repeat.
fn below(tree: &Tree<'_>, path: &[usize]) -> usize {
    path.len() - boundary(tree, path).len()
}

fn request(
    tree: &Tree<'_>,
    entity: usize,
    mentions: &[Mention],
) -> Result<Request, AllocationError> {
    let mut deepest_scope: Option<&[usize]> = None;
    let mut deepest: Option<&Mention> = None;
    let mut deepest_saving: Option<&Mention> = None;
    let mut lineages: Vec<Path> = Vec::new();
    for mention in mentions {
        let scope = boundary(tree, &mention.path);
        if deepest_scope.is_none_or(|other| repeats(tree, scope) > repeats(tree, other)) {
            deepest = Some(mention);
            if mention.saves {
                deepest_saving = Some(mention);
            }
            deepest_scope = Some(scope);
        }
        let deeper = |other: Option<&Mention>| {
            other.is_none_or(|other| {
                Some(scope) == deepest_scope
                    && below(tree, &mention.path) > below(tree, &other.path)
            })
        };
        if deeper(deepest) {
            deepest = Some(mention);
        }
        if mention.saves {
            if !lineages.contains(&mention.path) {
                lineages.push(mention.path.clone());
            }
            if deeper(deepest_saving) {
                deepest_saving = Some(mention);
            }
        }
    }
    let mut requested = deepest_saving
        .or(deepest)
        .map(|mention| mention.path.clone())
        .unwrap_or_else(|| vec![0]);
    if let Some(saving) = deepest_saving {
        let common = common(tree, &lineages);
        requested = if lineages.len() > 1 {
            let scope = boundary(tree, &saving.path).to_vec();
            let key = |path: &[usize]| (repeats(tree, path), below(tree, path));
            if key(&common) > key(&scope) {
                common
            } else {
                scope
            }
        } else {
            common
        };
    }
    let scope = deepest_scope.unwrap_or(&[0]).to_vec();
    let requested_scope = boundary(tree, &requested);
    for mention in mentions {
        let own = boundary(tree, &mention.path);
        let outside = scope.get(..own.len()) != Some(own);
        if outside || (mention.saves && requested_scope != own) {
            return Err(AllocationError {
                entity,
                question: mention.saves.then(|| mention.question.clone()),
                kind: AllocationFault::Scope {
                    name: mention.question.clone(),
                },
            });
        }
    }
    Ok(Request {
        entity,
        scope,
        requested,
        lineages,
    })
}

/// What the paths of all `save_to` questions have in common.
fn common(tree: &Tree<'_>, lineages: &[Path]) -> Path {
    let Some(first) = lineages.first() else {
        return vec![0];
    };
    let shortest = lineages.iter().map(Vec::len).min().unwrap_or(0);
    let same = |a: usize, b: usize| {
        tree.elements[a].name == tree.elements[b].name
            && tree.elements[a].kind == tree.elements[b].kind
    };
    let mut length = shortest;
    // Later differences overrule earlier ones, as in the reference.
    for i in 0..shortest {
        if lineages.iter().any(|other| !same(other[i], first[i])) {
            length = i;
        }
    }
    first[..length].to_vec()
}
