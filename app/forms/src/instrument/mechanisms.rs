//! Self-assessment of municipal mechanisms (муниципальные механизмы): mechanisms × steps of the management cycle.

use super::InstrumentError;
use super::parts::{
    Descriptor, Head, LevelSource, Words, choice, companion, levels, list, node, roll, section,
    select, text,
};
use crate::form::{
    ChainRule, Choice, CompanionRole, Evidence, EvidenceKind, ExpertRule, Form, Node, Question,
    QuestionKind, Scoring, Text,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Source {
    #[serde(flatten)]
    head: Head,
    blocks: Vec<Block>,
    scale: Scale,
    steps: Vec<Step>,
    mechanisms: Vec<Mechanism>,
    scoring: ScoringSource,
}

#[derive(Deserialize)]
struct Block {
    id: String,
    order: u32,
    title: Words,
}

#[derive(Deserialize)]
struct Scale {
    evidence_required_from: f64,
}

#[derive(Deserialize)]
struct Step {
    id: String,
    order: u32,
    title: Words,
    question: Words,
    levels: Vec<Descriptor>,
    evidence: Words,
}

#[derive(Deserialize)]
struct Mechanism {
    code: String,
    id: String,
    block: String,
    title: Words,
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    id: String,
    step: String,
    text: Words,
}

#[derive(Deserialize)]
struct ScoringSource {
    mechanism: String,
    block: String,
    overall: String,
    chain_rule: Words,
    levels: Vec<LevelSource>,
    expert: Expert,
}

#[derive(Deserialize)]
struct Expert {
    disagreement_threshold: f64,
}

pub(super) fn compile(yaml: &str) -> Result<Form, InstrumentError> {
    let mut source: Source = serde_yaml_ng::from_str(yaml)?;
    source.blocks.sort_by_key(|block| block.order);
    source.steps.sort_by_key(|step| step.order);
    for mechanism in &source.mechanisms {
        if !source
            .blocks
            .iter()
            .any(|block| block.id == mechanism.block)
        {
            return Err(unknown(&mechanism.id, &mechanism.block));
        }
    }
    let mut form = source.head.form();
    for step in &source.steps {
        let choices = step.levels.iter().map(level_choice).collect();
        form.lists.push(list(&step.id, choices));
    }
    for block in &source.blocks {
        let mut sections = Vec::new();
        for mechanism in source
            .mechanisms
            .iter()
            .filter(|mechanism| mechanism.block == block.id)
        {
            sections.push(mechanism_section(mechanism, &source)?);
        }
        form.nodes.push(Node::Group(Box::new(section(
            &block.id,
            Text::from(&block.title),
            true,
            sections,
        ))));
    }
    let rules = &source.scoring;
    form.scoring = Some(Scoring {
        section: roll("scoring.mechanism", &rules.mechanism)?,
        block: roll("scoring.block", &rules.block)?,
        overall: roll("scoring.overall", &rules.overall)?,
        levels: levels(&rules.levels),
        // The sentence of the instrument as data; the sentence itself is kept in `notes`.
        chain: Some(ChainRule {
            at_most: 0.0,
            cap: 2.0,
        }),
        expert: Some(ExpertRule {
            disagreement_threshold: rules.expert.disagreement_threshold,
            ..ExpertRule::default()
        }),
        notes: vec![Text::from(&rules.chain_rule)],
        ..Scoring::default()
    });
    Ok(form)
}

fn unknown(from: &str, to: &str) -> InstrumentError {
    InstrumentError::UnknownReference {
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

fn level_choice(descriptor: &Descriptor) -> Choice {
    let value = descriptor.value.to_string();
    Choice {
        score: Some(f64::from(descriptor.value)),
        level: Text::from(&descriptor.words),
        ..choice(&value, text(&value, &value))
    }
}

fn mechanism_section(mechanism: &Mechanism, source: &Source) -> Result<Node, InstrumentError> {
    let mut nodes = Vec::new();
    for step in &source.steps {
        let cell = mechanism.cells.iter().find(|cell| cell.step == step.id);
        let cell = cell.ok_or_else(|| unknown(&mechanism.id, &step.id))?;
        nodes.extend(cell_nodes(cell, step, source.scale.evidence_required_from));
    }
    let title: Text = Text::from(&mechanism.title)
        .iter()
        .map(|(language, words)| (language.to_owned(), format!("{} {words}", mechanism.code)))
        .collect();
    Ok(Node::Group(Box::new(section(
        &mechanism.id,
        title,
        false,
        nodes,
    ))))
}

fn cell_nodes(cell: &Cell, step: &Step, evidence_required_from: f64) -> [Node; 3] {
    let hint: Text = Text::from(&step.title)
        .iter()
        .map(|(language, title)| {
            let question = Text::from(&step.question);
            (
                language.to_owned(),
                format!("{title}. {}", question.get(language).unwrap_or_default()),
            )
        })
        .collect();
    let made = Question {
        hint,
        weight: Some(1.0),
        expert: true,
        evidence: Evidence {
            kind: EvidenceKind::Document,
            required_from: Some(evidence_required_from),
            what: Text::from(&step.evidence),
        },
        tags: vec![step.id.clone()],
        ..select(&cell.id, Text::from(&cell.text), &step.id)
    };
    let evidence = Question {
        hint: Text::from(&step.evidence),
        relevant: Some(format!("${{{}}} != ''", cell.id)),
        appearance: Some("multiline".to_owned()),
        ..companion(
            &cell.id,
            "evidence",
            CompanionRole::Evidence,
            QuestionKind::Text,
            text(
                "Чем подтверждается: документ или ссылка",
                "Evidence: a document or a link",
            ),
        )
    };
    let comment = Question {
        appearance: Some("multiline".to_owned()),
        ..companion(
            &cell.id,
            "comment",
            CompanionRole::Comment,
            QuestionKind::Text,
            text("Комментарий", "Comment"),
        )
    };
    [node(made), node(evidence), node(comment)]
}
