//! School passport (паспорт контекста): social factors, SWOT and the profile of risks.

use super::InstrumentError;
use super::parts::{
    Head, Labelled, Words, both, choice, group, list, node, question, select, text, yes_no,
};
use crate::form::{ChoiceList, Form, Group, Node, Question, QuestionKind, Repeat, Text};
use serde::Deserialize;

#[derive(Deserialize)]
struct Source {
    #[serde(flatten)]
    head: Head,
    context: Context,
    swot: Swot,
    risk_profile: Risks,
}

#[derive(Deserialize)]
struct Context {
    base_fields: Vec<Field>,
    factors: Vec<Factor>,
}

#[derive(Deserialize)]
struct Field {
    id: String,
    label: Words,
    answer: String,
    required: bool,
    min: Option<u32>,
    #[serde(default)]
    options: Vec<String>,
}

#[derive(Deserialize)]
struct Factor {
    id: String,
    label: Words,
    significant: bool,
    direction: String,
    unit: String,
    numerator: Words,
    denominator: String,
    required: bool,
}

#[derive(Deserialize)]
struct Swot {
    quadrants: Vec<Quadrant>,
    strategy_pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct Quadrant {
    id: String,
    title: Words,
    help: Words,
    prompts: Vec<Prompt>,
    min_items: u32,
    max_items: u32,
}

#[derive(Deserialize)]
struct Prompt {
    text: Words,
}

#[derive(Deserialize)]
struct Pair {
    id: String,
    label: Words,
}

#[derive(Deserialize)]
struct Risks {
    scale: RiskScale,
    priority_rule: String,
    factors: Vec<Risk>,
}

#[derive(Deserialize)]
struct RiskScale {
    significance: Vec<Labelled>,
    manageability: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Risk {
    id: String,
    title: Words,
    sign: Words,
}

const PRIORITY_RULE: &str = "significance * manageability weight (1 -> 1.0, 2 -> 1.2, 3 -> 0.8), top three become project topics";

pub(super) fn compile(yaml: &str) -> Result<Form, InstrumentError> {
    let source: Source = serde_yaml_ng::from_str(yaml)?;
    if source.risk_profile.priority_rule != PRIORITY_RULE {
        return Err(InstrumentError::UnknownRule {
            place: "risk_profile.priority_rule",
            formula: source.risk_profile.priority_rule,
        });
    }
    let mut form = source.head.form();
    form.lists = lists(&source);
    let base = source
        .context
        .base_fields
        .iter()
        .map(base_question)
        .collect::<Result<Vec<_>, _>>()?;
    form.nodes
        .push(group("base", text("О школе", "About the school"), base));
    for (name, label, significant) in [
        (
            "significant",
            text("Значимые факторы", "Significant factors"),
            true,
        ),
        (
            "insignificant",
            text("Прочие факторы", "Other factors"),
            false,
        ),
    ] {
        let factors = source
            .context
            .factors
            .iter()
            .filter(|factor| factor.significant == significant);
        let mut nodes = Vec::new();
        for factor in factors {
            nodes.extend(factor_nodes(factor, &source.context.base_fields)?);
        }
        form.nodes.push(group(name, label, nodes));
    }
    let mut swot: Vec<Node> = source.swot.quadrants.iter().map(quadrant_repeat).collect();
    swot.extend(source.swot.strategy_pairs.iter().map(strategy));
    form.nodes
        .push(group("swot", text("SWOT-анализ", "SWOT analysis"), swot));
    let risks = source
        .risk_profile
        .factors
        .iter()
        .flat_map(risk_nodes)
        .collect();
    form.nodes.push(group(
        "risks",
        text("Профиль рисков", "Risk profile"),
        risks,
    ));
    Ok(form)
}

fn lists(source: &Source) -> Vec<ChoiceList> {
    let mut lists = vec![yes_no()];
    for field in source
        .context
        .base_fields
        .iter()
        .filter(|field| !field.options.is_empty())
    {
        let choices = field
            .options
            .iter()
            .map(|id| choice(id, option_label(id)))
            .collect();
        lists.push(list(&field.id, choices));
    }
    let scale = |values: &[Labelled]| {
        values
            .iter()
            .map(|value| choice(&value.value.to_string(), Text::from(&value.label)))
            .collect::<Vec<_>>()
    };
    lists.push(list(
        "significance",
        scale(&source.risk_profile.scale.significance),
    ));
    lists.push(list(
        "manageability",
        scale(&source.risk_profile.scale.manageability),
    ));
    lists.push(list(
        "importance",
        vec![
            choice("1", text("умеренно", "moderate")),
            choice("2", text("важно", "important")),
            choice("3", text("очень важно", "very important")),
        ],
    ));
    lists
}

/// Words for the options that the instrument gives as bare ids.
fn option_label(id: &str) -> Text {
    match id {
        "social_passport" => text("социальный паспорт", "social passport"),
        "parents_survey" => text("опрос родителей", "survey of parents"),
        "register" => text("учётная система", "register"),
        "estimate" => text("экспертная оценка", "estimate"),
        _ => text(id, id),
    }
}

fn base_question(field: &Field) -> Result<Node, InstrumentError> {
    let label = Text::from(&field.label);
    let mut made = match field.answer.as_str() {
        "integer" => question(&field.id, QuestionKind::Integer, label),
        "date" => question(&field.id, QuestionKind::Date, label),
        "bool" => select(&field.id, label, "yes_no"),
        "single" => select(&field.id, label, &field.id),
        answer => {
            return Err(InstrumentError::UnknownRule {
                place: "answer",
                formula: answer.to_owned(),
            });
        }
    };
    made.required = field.required.then(|| "true()".to_owned());
    if let Some(min) = field.min {
        made.constraint = Some(format!(". >= {min}"));
        made.constraint_message = text(&format!("Не меньше {min}"), &format!("At least {min}"));
    }
    Ok(node(made))
}

/// The school enters a count of pupils; the share is computed, so that counts below five can be withheld.
fn factor_nodes(factor: &Factor, fields: &[Field]) -> Result<[Node; 2], InstrumentError> {
    if factor.unit != "percent" {
        return Err(InstrumentError::UnknownRule {
            place: "factors.unit",
            formula: factor.unit.clone(),
        });
    }
    if !fields.iter().any(|field| field.id == factor.denominator) {
        return Err(InstrumentError::UnknownReference {
            from: factor.id.clone(),
            to: factor.denominator.clone(),
        });
    }
    let (count, total) = (format!("{}_count", factor.id), &factor.denominator);
    let asked = Question {
        hint: Text::from(&factor.numerator),
        required: factor.required.then(|| "true()".to_owned()),
        constraint: Some(format!(
            ". >= 0 and (${{{total}}} = '' or . <= ${{{total}}})"
        )),
        constraint_message: text(
            "Число учеников: от нуля до общего числа учеников школы",
            "A number of pupils between zero and all pupils of the school",
        ),
        unit: Some("people".to_owned()),
        ..question(&count, QuestionKind::Integer, Text::from(&factor.label))
    };
    let share = Question {
        calculation: Some(format!(
            "if(${{{count}}} = '' or ${{{total}}} = '', '', round(100 * ${{{count}}} div ${{{total}}}, 2))"
        )),
        unit: Some(factor.unit.clone()),
        tags: vec![format!("direction_{}", factor.direction)],
        ..question(&factor.id, QuestionKind::Calculate, Text::default())
    };
    Ok([node(asked), node(share)])
}

fn quadrant_repeat(quadrant: &Quadrant) -> Node {
    let id = &quadrant.id;
    let mut hint = Text::from(&quadrant.help);
    for prompt in &quadrant.prompts {
        let prompt = Text::from(&prompt.text);
        for (language, words) in hint.iter_mut() {
            words.push_str("\n— ");
            words.push_str(prompt.get(language).unwrap_or_default());
        }
    }
    let nodes = vec![
        node(Question {
            required: Some("true()".to_owned()),
            appearance: Some("multiline".to_owned()),
            ..question(
                format!("{id}_text"),
                QuestionKind::Text,
                text("Суть", "What"),
            )
        }),
        node(question(
            format!("{id}_evidence"),
            QuestionKind::Text,
            text("Чем подтверждается", "Evidence"),
        )),
        node(select(
            format!("{id}_importance"),
            text("Насколько важно", "How important"),
            "importance",
        )),
        node(question(
            format!("{id}_measure"),
            QuestionKind::Text,
            text("Связанная мера", "Linked measure"),
        )),
    ];
    Node::Repeat(Box::new(Repeat {
        group: Group {
            name: id.clone(),
            label: Text::from(&quadrant.title),
            hint,
            nodes,
            ..Group::default()
        },
        min: Some(quadrant.min_items),
        max: Some(quadrant.max_items),
        ..Repeat::default()
    }))
}

fn strategy(pair: &Pair) -> Node {
    node(Question {
        appearance: Some("multiline".to_owned()),
        ..question(
            format!("strategy_{}", pair.id),
            QuestionKind::Text,
            Text::from(&pair.label),
        )
    })
}

fn risk_nodes(risk: &Risk) -> [Node; 3] {
    let (significance, manageability) = (&risk.id, format!("{}_manageability", risk.id));
    let present = format!("${{{significance}}} > 0");
    [
        node(Question {
            hint: Text::from(&risk.sign),
            ..select(significance, Text::from(&risk.title), "significance")
        }),
        node(Question {
            relevant: Some(present.clone()),
            ..select(
                &manageability,
                text("Кто может с этим справиться", "Who can manage it"),
                "manageability",
            )
        }),
        node(Question {
            relevant: Some(both(Some(&present), &format!("${{{manageability}}} != ''"))),
            calculation: Some(format!(
                "${{{significance}}} * if(${{{manageability}}} = 1, 1.0, if(${{{manageability}}} = 2, 1.2, 0.8))"
            )),
            ..question(
                format!("{}_priority", risk.id),
                QuestionKind::Calculate,
                Text::default(),
            )
        }),
    ]
}
