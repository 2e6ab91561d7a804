//! Self-assessment of a school (самооценка школы): domains of items on a scale with descriptors.

use super::InstrumentError;
use super::parts::{
    Descriptor, Head, Labelled, LevelSource, Words, choice, companion, levels, list, node,
    optional, roll, section, select, text,
};
use crate::form::{
    Choice, ChoiceList, CompanionRole, CrossCheck, Evidence, EvidenceDiscount, EvidenceKind,
    ExpertRule, ExpertStatus, Form, KeyItemRule, Node, Question, QuestionKind, Scoring, Text,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Source {
    #[serde(flatten)]
    head: Head,
    scale: Scale,
    scoring: ScoringSource,
    expert_verification: Expert,
    #[serde(default)]
    cross_checks: Vec<CrossCheckSource>,
    domains: Vec<Domain>,
}

#[derive(Deserialize)]
struct Scale {
    values: Vec<Labelled>,
    allow_na: bool,
    na_needs_reason: bool,
}

#[derive(Deserialize)]
struct ScoringSource {
    domain: String,
    overall: String,
    not_a_rating: bool,
    key_items_rule: Words,
    evidence_rule: Words,
    levels: Vec<LevelSource>,
}

#[derive(Deserialize)]
struct Expert {
    statuses: Vec<Status>,
    disagreement_threshold: f64,
    dialogue_required: bool,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    label: Words,
}

#[derive(Deserialize)]
struct CrossCheckSource {
    id: String,
    items: Vec<String>,
    compare_with: String,
    rule: Words,
}

#[derive(Deserialize)]
struct Domain {
    id: String,
    order: u32,
    title: Words,
    question: Option<Words>,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    text: Words,
    weight: f64,
    key_item: bool,
    levels: Vec<Descriptor>,
    evidence_required_from: f64,
    evidence: Words,
    #[serde(default)]
    tags: Vec<String>,
}

pub(super) fn compile(yaml: &str) -> Result<Form, InstrumentError> {
    let mut source: Source = serde_yaml_ng::from_str(yaml)?;
    source.domains.sort_by_key(|domain| domain.order);
    let mut form = source.head.form();
    for domain in &source.domains {
        let mut nodes = Vec::new();
        for item in &domain.items {
            form.lists
                .push(scale_list(&item.id, &source.scale, &item.levels)?);
            nodes.extend(item_nodes(item, &source.scale));
        }
        let mut made = section(&domain.id, Text::from(&domain.title), false, nodes);
        made.hint = optional(&domain.question);
        form.nodes.push(Node::Group(Box::new(made)));
    }
    form.scoring = Some(scoring(&source)?);
    Ok(form)
}

/// The scale's labels with the descriptors of one item.
fn scale_list(
    name: &str,
    scale: &Scale,
    descriptors: &[Descriptor],
) -> Result<ChoiceList, InstrumentError> {
    let mut choices = Vec::new();
    for value in &scale.values {
        let descriptor = descriptors
            .iter()
            .find(|descriptor| descriptor.value == value.value);
        let descriptor = descriptor.ok_or_else(|| InstrumentError::UnknownReference {
            from: name.to_owned(),
            to: format!("levels[value = {}]", value.value),
        })?;
        choices.push(Choice {
            score: Some(f64::from(value.value)),
            level: Text::from(&descriptor.words),
            ..choice(&value.value.to_string(), Text::from(&value.label))
        });
    }
    if scale.allow_na {
        choices.push(Choice {
            not_applicable: true,
            ..choice("na", text("Не применимо", "Not applicable"))
        });
    }
    Ok(list(name, choices))
}

fn item_nodes(item: &Item, scale: &Scale) -> Vec<Node> {
    let answered = format!("${{{0}}} != '' and ${{{0}}} != 'na'", item.id);
    let mut nodes = vec![
        Question {
            weight: Some(item.weight),
            key_item: item.key_item,
            expert: true,
            evidence: Evidence {
                kind: EvidenceKind::Document,
                required_from: Some(item.evidence_required_from),
                what: Text::from(&item.evidence),
            },
            tags: item.tags.clone(),
            ..select(&item.id, Text::from(&item.text), &item.id)
        },
        // Not demanded: a score without evidence stands and is shown as unconfirmed.
        Question {
            hint: Text::from(&item.evidence),
            relevant: Some(answered.clone()),
            appearance: Some("multiline".to_owned()),
            ..companion(
                &item.id,
                "evidence",
                CompanionRole::Evidence,
                QuestionKind::Text,
                text(
                    "Чем подтверждается: документ или ссылка",
                    "Evidence: a document or a link",
                ),
            )
        },
        Question {
            relevant: Some(answered),
            ..companion(
                &item.id,
                "file",
                CompanionRole::File,
                QuestionKind::File,
                text(
                    "Файл с подтверждением (без личных сведений о детях)",
                    "File with evidence (no personal data of children)",
                ),
            )
        },
        Question {
            appearance: Some("multiline".to_owned()),
            ..companion(
                &item.id,
                "comment",
                CompanionRole::Comment,
                QuestionKind::Text,
                text("Комментарий", "Comment"),
            )
        },
    ];
    if scale.allow_na {
        nodes.push(Question {
            relevant: Some(format!("${{{}}} = 'na'", item.id)),
            required: scale.na_needs_reason.then(|| "true()".to_owned()),
            appearance: Some("multiline".to_owned()),
            ..companion(
                &item.id,
                "na_reason",
                CompanionRole::NotApplicableReason,
                QuestionKind::Text,
                text("Почему пункт не применим", "Why the item does not apply"),
            )
        });
    }
    nodes.into_iter().map(node).collect()
}

fn scoring(source: &Source) -> Result<Scoring, InstrumentError> {
    let rules = &source.scoring;
    let expert = &source.expert_verification;
    Ok(Scoring {
        section: roll("scoring.domain", &rules.domain)?,
        overall: roll("scoring.overall", &rules.overall)?,
        levels: levels(&rules.levels),
        // The two sentences of the instrument as data; the sentences themselves are kept in `notes`.
        key_item: Some(KeyItemRule {
            at_most: 0.0,
            max_level: "beginning".to_owned(),
        }),
        evidence: Some(EvidenceDiscount {
            from: 2.0,
            counts_as: 1.0,
        }),
        expert: Some(ExpertRule {
            disagreement_threshold: expert.disagreement_threshold,
            dialogue_required: expert.dialogue_required,
            statuses: expert
                .statuses
                .iter()
                .map(|status| ExpertStatus {
                    id: status.id.clone(),
                    label: Text::from(&status.label),
                })
                .collect(),
        }),
        not_a_rating: rules.not_a_rating,
        notes: vec![
            Text::from(&rules.key_items_rule),
            Text::from(&rules.evidence_rule),
        ],
        cross_checks: source
            .cross_checks
            .iter()
            .map(|check| CrossCheck {
                id: check.id.clone(),
                items: check.items.clone(),
                compare_with: check.compare_with.clone(),
                rule: Text::from(&check.rule),
            })
            .collect(),
        ..Scoring::default()
    })
}
