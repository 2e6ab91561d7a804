//! Observer checklists (лист наблюдателя): phases of yes, no and "not seen".

use super::InstrumentError;
use super::parts::{
    Head, LevelSource, Words, both, choice, companion, group, levels, list, node, optional,
    question, roll, section, select, text, yes_no,
};
use crate::form::{
    Choice, ChoiceSource, CompanionRole, Completion, Evidence, EvidenceKind, Form, Node,
    PhotoPolicy, Question, QuestionKind, Scoring, Text,
};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

#[derive(Deserialize)]
struct Source {
    #[serde(flatten)]
    head: Head,
    severity_scale: BTreeMap<String, Words>,
    photo_policy: PhotoPolicySource,
    context_fields: Vec<Field>,
    phases: Vec<Phase>,
    completion: CompletionSource,
    scoring: ScoringSource,
}

#[derive(Deserialize)]
struct PhotoPolicySource {
    forbidden: Vec<Words>,
    allowed: Vec<Words>,
    when: Words,
}

#[derive(Deserialize)]
struct Field {
    id: String,
    label: Words,
    answer: String,
    #[serde(default)]
    required: bool,
    prefill: Option<String>,
    #[serde(default)]
    options: Vec<OptionSource>,
}

#[derive(Deserialize)]
struct OptionSource {
    id: String,
    label: Words,
}

#[derive(Deserialize)]
struct Phase {
    id: String,
    order: u32,
    title: Words,
    show_if: Option<BTreeMap<String, Wanted>>,
    items: Vec<Item>,
}

/// The value a condition asks for: YAML's `true` stands for a yes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Wanted {
    Flag(bool),
    Word(String),
}

impl Wanted {
    fn word(&self) -> &str {
        match self {
            Self::Flag(true) => "yes",
            Self::Flag(false) => "no",
            Self::Word(word) => word,
        }
    }
}

#[derive(Deserialize)]
struct Item {
    id: String,
    text: Words,
    hint: Option<Words>,
    answer: String,
    ok_answer: Option<String>,
    unit: Option<String>,
    weight: f64,
    critical: bool,
    violation: Option<Words>,
    evidence: EvidenceKind,
    alert: bool,
    show_if: Option<BTreeMap<String, Wanted>>,
    #[serde(default)]
    tags: Vec<String>,
    counts_in_index: bool,
}

#[derive(Deserialize)]
struct CompletionSource {
    required_signature: bool,
    school_comment_days: u32,
    one_tap_no_violations: bool,
    act_title: Words,
}

#[derive(Deserialize)]
struct ScoringSource {
    formula: String,
    na_excluded: bool,
    only_items_with: String,
    hidden_excluded: bool,
    min_answered_share: f64,
    cap_if_critical_confirmed: f64,
    levels: Vec<LevelSource>,
    critical_rule: Option<Words>,
    note: Option<Words>,
}

const LIST: &str = "yes_no_na";

pub(super) fn compile(yaml: &str) -> Result<Form, InstrumentError> {
    let mut source: Source = serde_yaml_ng::from_str(yaml)?;
    source.phases.sort_by_key(|phase| phase.order);
    let kinds = kinds(&source);
    let mut form = source.head.form();
    form.lists = vec![
        list(
            LIST,
            vec![
                choice("yes", text("Да", "Yes")),
                choice("no", text("Нет", "No")),
                Choice {
                    not_applicable: true,
                    ..choice(
                        "na",
                        text("Не видел(а), не применимо", "Not seen, not applicable"),
                    )
                },
            ],
        ),
        yes_no(),
    ];
    for field in source
        .context_fields
        .iter()
        .filter(|field| !field.options.is_empty())
    {
        let choices = field
            .options
            .iter()
            .map(|option| choice(&option.id, Text::from(&option.label)))
            .collect();
        form.lists.push(list(&field.id, choices));
    }
    let fields = source
        .context_fields
        .iter()
        .map(context_question)
        .collect::<Result<Vec<_>, _>>()?;
    form.nodes.push(group(
        "context",
        text("Сведения о наблюдении", "About the observation"),
        fields,
    ));
    for phase in &source.phases {
        form.nodes.push(phase_section(phase, &kinds)?);
    }
    form.scoring = Some(scoring(&source.scoring)?);
    if let Some(instrument) = &mut form.instrument {
        let texts = |words: &[Words]| words.iter().map(Text::from).collect();
        instrument.photo_policy = Some(PhotoPolicy {
            forbidden: texts(&source.photo_policy.forbidden),
            allowed: texts(&source.photo_policy.allowed),
            when: Text::from(&source.photo_policy.when),
        });
        instrument.completion = Some(Completion {
            required_signature: source.completion.required_signature,
            school_comment_days: source.completion.school_comment_days,
            one_tap_no_violations: source.completion.one_tap_no_violations,
            act_title: Text::from(&source.completion.act_title),
        });
        instrument.severities = source
            .severity_scale
            .iter()
            .map(|(weight, words)| (weight.clone(), Text::from(words)))
            .collect();
    }
    Ok(form)
}

/// What each name that a condition may mention is answered with.
fn kinds(source: &Source) -> HashMap<String, String> {
    let fields = source
        .context_fields
        .iter()
        .map(|field| (field.id.clone(), field.answer.clone()));
    let items = source
        .phases
        .iter()
        .flat_map(|phase| &phase.items)
        .map(|item| (item.id.clone(), item.answer.clone()));
    fields.chain(items).collect()
}

/// `show_if` in XPath: "contains" for a question of several answers, "equals" for the others, all joined by `and`.
fn condition(
    from: &str,
    show_if: Option<&BTreeMap<String, Wanted>>,
    kinds: &HashMap<String, String>,
) -> Result<Option<String>, InstrumentError> {
    let Some(show_if) = show_if else {
        return Ok(None);
    };
    let mut parts = Vec::new();
    for (name, wanted) in show_if {
        let word = wanted.word();
        parts.push(match kinds.get(name).map(String::as_str) {
            Some("multi") => format!("selected(${{{name}}}, '{word}')"),
            Some(_) => format!("${{{name}}} = '{word}'"),
            None => {
                return Err(InstrumentError::UnknownReference {
                    from: from.to_owned(),
                    to: name.clone(),
                });
            }
        });
    }
    Ok(Some(parts.join(" and ")))
}

fn context_question(field: &Field) -> Result<Node, InstrumentError> {
    let label = Text::from(&field.label);
    let mut made = match field.answer.as_str() {
        "multi" => Question {
            choices: Some(ChoiceSource::List(field.id.clone())),
            ..question(&field.id, QuestionKind::SelectMultiple, label)
        },
        "single" => select(&field.id, label, &field.id),
        "bool" => select(&field.id, label, "yes_no"),
        "time" => question(&field.id, QuestionKind::Time, label),
        "text" => question(&field.id, QuestionKind::Text, label),
        _ => return Err(unknown_answer(&field.answer)),
    };
    made.required = field.required.then(|| "true()".to_owned());
    // Other tools know no `prefill`; for the clock an XForm default says the same.
    if field.prefill.as_deref() == Some("now") {
        made.default = Some("format-date-time(now(), '%H:%M')".to_owned());
    }
    made.prefill = field.prefill.clone();
    Ok(node(made))
}

fn unknown_answer(answer: &str) -> InstrumentError {
    InstrumentError::UnknownRule {
        place: "answer",
        formula: answer.to_owned(),
    }
}

fn phase_section(phase: &Phase, kinds: &HashMap<String, String>) -> Result<Node, InstrumentError> {
    let mut nodes = Vec::new();
    for item in &phase.items {
        nodes.extend(item_nodes(item, kinds)?);
    }
    let mut made = section(&phase.id, Text::from(&phase.title), false, nodes);
    made.relevant = condition(&phase.id, phase.show_if.as_ref(), kinds)?;
    Ok(Node::Group(Box::new(made)))
}

fn item_nodes(item: &Item, kinds: &HashMap<String, String>) -> Result<Vec<Node>, InstrumentError> {
    let label = Text::from(&item.text);
    let mut made = match item.answer.as_str() {
        "yes_no_na" => select(&item.id, label, LIST),
        "number" => Question {
            constraint: Some(". >= 0".to_owned()),
            constraint_message: text(
                "Число не может быть отрицательным",
                "The number cannot be negative",
            ),
            ..question(&item.id, QuestionKind::Integer, label)
        },
        "text" => Question {
            appearance: Some("multiline".to_owned()),
            ..question(&item.id, QuestionKind::Text, label)
        },
        _ => return Err(unknown_answer(&item.answer)),
    };
    made.hint = optional(&item.hint);
    made.ok_answer = item.ok_answer.clone();
    made.unit = item.unit.clone();
    made.weight = (item.weight > 0.0).then_some(item.weight);
    made.critical = item.critical;
    made.violation = optional(&item.violation);
    made.alert = item.alert;
    made.outside_index = !item.counts_in_index;
    made.tags = item.tags.clone();
    made.evidence = Evidence {
        kind: item.evidence,
        ..Evidence::default()
    };
    made.relevant = condition(&item.id, item.show_if.as_ref(), kinds)?;
    let companions = companions(item, &made);
    let mut nodes = vec![node(made)];
    nodes.extend(companions.into_iter().map(node));
    Ok(nodes)
}

/// The note and photo questions that an item's evidence rule asks for.
fn companions(item: &Item, made: &Question) -> Vec<Question> {
    let Some(ok) = item.ok_answer.as_deref() else {
        return Vec::new();
    };
    let bad = if ok == "yes" { "no" } else { "yes" };
    let failed = both(
        made.relevant.as_deref(),
        &format!("${{{}}} = '{bad}'", item.id),
    );
    let note = |required: String| Question {
        relevant: Some(failed.clone()),
        required: Some(required),
        appearance: Some("multiline".to_owned()),
        ..companion(
            &item.id,
            "note",
            CompanionRole::Note,
            QuestionKind::Text,
            text(
                "Что произошло: когда, кто, какими словами (без имён детей)",
                "What happened: when, who, which words (no names of children)",
            ),
        )
    };
    let photo = |relevant: Option<String>| Question {
        relevant,
        ..companion(
            &item.id,
            "photo",
            CompanionRole::Photo,
            QuestionKind::Image,
            text("Снимок", "Photo"),
        )
    };
    let always = "true()".to_owned();
    match item.evidence {
        EvidenceKind::NoteOnFail => vec![note(always)],
        EvidenceKind::NotePhotoOptional => vec![note(always), photo(Some(failed.clone()))],
        EvidenceKind::PhotoOptional => vec![photo(made.relevant.clone())],
        // "A photo is expected, otherwise a detailed note": the note is demanded while there is no photo.
        EvidenceKind::PhotoOnFail => {
            vec![
                photo(Some(failed.clone())),
                note(format!("${{{}_photo}} = ''", item.id)),
            ]
        }
        _ => Vec::new(),
    }
}

fn scoring(source: &ScoringSource) -> Result<Scoring, InstrumentError> {
    // Every rule leaves these out; an instrument that wants otherwise needs another rule.
    if !source.na_excluded || !source.hidden_excluded || source.only_items_with != "counts_in_index"
    {
        return Err(InstrumentError::UnknownRule {
            place: "scoring",
            formula: "na_excluded, hidden_excluded, only_items_with".to_owned(),
        });
    }
    let rule = roll("scoring.formula", &source.formula)?;
    Ok(Scoring {
        section: rule,
        overall: rule,
        levels: levels(&source.levels),
        min_answered_share: Some(source.min_answered_share),
        cap_if_critical_confirmed: Some(source.cap_if_critical_confirmed),
        notes: [&source.critical_rule, &source.note]
            .into_iter()
            .flatten()
            .map(Text::from)
            .collect(),
        ..Scoring::default()
    })
}
