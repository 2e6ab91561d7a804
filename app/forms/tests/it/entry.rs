//! Filling the shipped instruments in.

use std::sync::Arc;

use forms::entry::{
    Answer, Attachments, Change, Edit, EntryContext, FormEntry, NodePath, Rule, Submission, Value,
    ViewKind,
};
use forms::form::{
    Choice, ChoiceList, ChoiceSource, Form, Group, Node, Question, QuestionKind, Repeat,
};
use forms::instrument;

fn shipped(id: &str) -> Arc<Form> {
    let (_, yaml) = instrument::shipped()
        .iter()
        .find(|(name, _)| name.contains(id))
        .expect("the instrument is shipped");
    Arc::new(instrument::compile(yaml).expect("shipped instruments compile"))
}

fn open(form: Arc<Form>) -> FormEntry {
    let (entry, problems) = FormEntry::open(form, EntryContext::default());
    assert_eq!(problems, []);
    entry
}

fn set(path: &str, value: &str) -> Change {
    Change {
        path: path.parse().expect("a path"),
        edit: Edit::Set(Value::new(value)),
    }
}

/// Every path of an entry, depth first.
fn all_paths(entry: &FormEntry) -> Vec<NodePath> {
    let mut paths = Vec::new();
    let mut pending = vec![NodePath::root()];
    while let Some(path) = pending.pop() {
        let mut inside = entry.children(&path);
        inside.reverse();
        pending.extend(inside);
        paths.push(path);
    }
    paths
}

#[test]
fn every_shipped_instrument_opens_without_problems() {
    for (name, yaml) in instrument::shipped() {
        let form = instrument::compile(yaml).expect("shipped instruments compile");
        let (entry, problems) = FormEntry::open(Arc::new(form), EntryContext::default());
        assert_eq!(problems, [], "{name}");
        assert!(all_paths(&entry).len() > 3, "{name}");
    }
}

#[test]
fn observation_index_falls_by_the_weight_of_what_failed() {
    let mut entry = open(shipped("obs_vpr_day"));
    entry
        .apply(&set(
            "context/ctx_stage",
            "before during after checking entry",
        ))
        .expect("fits");
    let mut weights = 0.0;
    let mut failed = 0.0;
    let mut seen = 0;
    for path in all_paths(&entry) {
        let view = entry.view(&path).expect("listed paths have views");
        let scored = view.kind == ViewKind::Question(QuestionKind::SelectOne)
            && view.weight.unwrap_or(0.0) > 0.0
            && view.relevant;
        if !scored {
            continue;
        }
        seen += 1;
        let answer = if seen == 3 { "no" } else { "yes" };
        entry
            .apply(&Change {
                path: path.clone(),
                edit: Edit::Set(Value::new(answer)),
            })
            .expect("fits");
    }
    assert!(seen > 20);
    let sheet = entry.score();
    for item in &sheet.items {
        weights += item.weight;
        if item.violated {
            failed += item.weight;
        }
    }
    let index = sheet.overall.index.expect("enough is answered");
    assert!((index - (1.0 - failed / weights)).abs() < 1e-12);
}

#[test]
fn view_of_a_question_shows_choices_and_value() {
    let mut entry = open(shipped("school_objectivity_self"));
    let paths = all_paths(&entry);
    let question = paths
        .iter()
        .find(|path| entry.view(path).is_some_and(|view| view.key_item))
        .expect("a key item")
        .clone();
    entry
        .apply(&Change {
            path: question.clone(),
            edit: Edit::Set(Value::new("0")),
        })
        .expect("fits");
    let view = entry.view(&question).expect("a view");
    assert!(view.choices.iter().any(|choice| choice.chosen));
    let sheet = entry.score();
    assert!(
        sheet
            .sections
            .iter()
            .any(|section| section.index == Some(0.0)),
        "{sheet:#?}"
    );
}

fn repeat_form() -> Arc<Form> {
    let mut form = Form::new("rooms");
    form.lists.push(ChoiceList {
        name: "yn".into(),
        choices: ["yes", "no"]
            .map(|name| Choice {
                name: name.into(),
                ..Choice::default()
            })
            .into(),
    });
    let question = |name: &str, kind| Question {
        name: name.into(),
        kind,
        ..Question::default()
    };
    form.nodes = vec![
        Node::Question(Box::new(question("many", QuestionKind::Integer))),
        Node::Repeat(Box::new(Repeat {
            group: Group {
                name: "room".into(),
                nodes: vec![
                    Node::Question(Box::new(question("seats", QuestionKind::Integer))),
                    Node::Question(Box::new(Question {
                        choices: Some(ChoiceSource::List("yn".into())),
                        relevant: Some("${seats} > 10".into()),
                        required: Some("true()".into()),
                        ..question("full", QuestionKind::SelectOne)
                    })),
                ],
                ..Group::default()
            },
            ..Repeat::default()
        })),
        Node::Question(Box::new(Question {
            calculation: Some("sum(${seats})".into()),
            ..question("total", QuestionKind::Calculate)
        })),
    ];
    Arc::new(form)
}

#[test]
fn references_stay_inside_their_repeat_instance() {
    let mut entry = open(repeat_form());
    let add = Change {
        path: "room".parse().expect("a path"),
        edit: Edit::AddRepeat { id: "r:02".into() },
    };
    entry.apply(&add).expect("fits");
    entry.apply(&set("room[r:02]/seats", "12")).expect("fits");
    entry.apply(&set("room[1]/seats", "5")).expect("fits");
    let relevant = |path: &str| {
        entry
            .view(&path.parse().expect("a path"))
            .expect("a view")
            .relevant
    };
    assert!(relevant("room[r:02]/full"));
    assert!(!relevant("room[1]/full"));
    let total = entry
        .view(&"total".parse().expect("a path"))
        .expect("a view")
        .value;
    assert_eq!(total, Value::new("17"));
    let violations = entry.violations();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].rule, Rule::Required);
    assert_eq!(violations[0].path.to_string(), "room[r:02]/full");
}

#[test]
fn choices_come_from_an_attached_file() {
    let mut form = Form::new("schools");
    form.nodes = vec![
        Node::Question(Box::new(Question {
            name: "district".into(),
            ..Question::default()
        })),
        Node::Question(Box::new(Question {
            name: "school".into(),
            kind: QuestionKind::SelectOne,
            choices: Some(ChoiceSource::File("schools.csv".into())),
            choice_filter: Some("district = ${district}".into()),
            ..Question::default()
        })),
        Node::Question(Box::new(Question {
            name: "pupils".into(),
            kind: QuestionKind::Calculate,
            calculation: Some("pulldata('schools', 'pupils', 'name', ${school})".into()),
            ..Question::default()
        })),
        Node::Question(Box::new(Question {
            name: "before".into(),
            default: Some("${last-saved#district}".into()),
            ..Question::default()
        })),
    ];
    let mut attachments = Attachments::default();
    attachments.files.insert(
        "schools.csv".into(),
        "name,label,district,pupils\ns1,\"Школа 1, им. Пушкина\",north,300\ns2,Школа 2,south,500\n"
            .into(),
    );
    attachments.last_saved = Some(Submission {
        form_id: "schools".into(),
        form_version: String::new(),
        answers: vec![Answer {
            path: "district".parse().expect("a path"),
            value: Value::new("west").expect("a value"),
        }],
    });
    let (mut entry, problems) =
        FormEntry::open_with(Arc::new(form), EntryContext::default(), &attachments);
    assert_eq!(problems, []);
    entry.apply(&set("district", "north")).expect("fits");
    let school = entry
        .view(&"school".parse().expect("a path"))
        .expect("a view");
    let offered: Vec<(&str, &str)> = school
        .choices
        .iter()
        .map(|choice| (choice.value.as_str(), choice.label.as_str()))
        .collect();
    assert_eq!(offered, [("s1", "Школа 1, им. Пушкина")]);
    entry.apply(&set("school", "s1")).expect("fits");
    let value = |entry: &FormEntry, path: &str| {
        entry
            .view(&path.parse().expect("a path"))
            .and_then(|view| view.value)
    };
    assert_eq!(value(&entry, "pupils"), Value::new("300"));
    assert_eq!(value(&entry, "before"), Value::new("west"));
    // A choice that is no longer offered counts as blank and comes back.
    entry.apply(&set("district", "south")).expect("fits");
    assert_eq!(value(&entry, "school"), None);
    assert_eq!(value(&entry, "pupils"), None);
    entry.apply(&set("district", "north")).expect("fits");
    assert_eq!(value(&entry, "pupils"), Value::new("300"));
}

#[test]
fn confirmed_critical_violation_caps_the_index() {
    let mut entry = open(shipped("obs_vpr_day"));
    entry
        .apply(&set(
            "context/ctx_stage",
            "before during after checking entry",
        ))
        .expect("fits");
    let mut critical = None;
    for path in all_paths(&entry) {
        let view = entry.view(&path).expect("listed paths have views");
        if view.kind != ViewKind::Question(QuestionKind::SelectOne)
            || view.weight.unwrap_or(0.0) <= 0.0
            || !view.relevant
        {
            continue;
        }
        let ok = entry
            .form()
            .question(path.name())
            .and_then(|question| question.ok_answer.clone())
            .expect("scored items have an ok answer");
        let fail = critical.is_none() && view.critical;
        let answer = if fail {
            critical = Some(path.clone());
            if ok == "yes" { "no" } else { "yes" }
        } else {
            &ok
        };
        entry
            .apply(&Change {
                path: path.clone(),
                edit: Edit::Set(Value::new(answer)),
            })
            .expect("fits");
    }
    let critical = critical.expect("there are critical items");
    let reported = entry.score();
    assert_eq!(reported.critical, std::slice::from_ref(&critical));
    assert!(reported.overall.index.expect("an index") > 0.9);
    let confirmed = entry.score_with(&[critical]);
    assert_eq!(confirmed.overall.index, Some(0.5));
    assert_eq!(confirmed.overall.uncapped, reported.overall.index);
}

#[test]
fn key_item_at_zero_keeps_the_section_at_beginning() {
    let mut entry = open(shipped("school_objectivity_self"));
    let mut key = None;
    for path in all_paths(&entry) {
        let view = entry.view(&path).expect("listed paths have views");
        if view.weight.unwrap_or(0.0) <= 0.0 {
            continue;
        }
        let zero = key.is_none() && view.key_item;
        let wanted = if zero { 0.0 } else { 3.0 };
        if zero {
            key = path.parent();
        }
        let choice = view
            .choices
            .iter()
            .find(|choice| choice.score == Some(wanted))
            .expect("a choice with that score")
            .value
            .clone();
        entry
            .apply(&Change {
                path,
                edit: Edit::Set(Value::new(choice)),
            })
            .expect("fits");
    }
    let sheet = entry.score();
    let section = sheet
        .sections
        .iter()
        .find(|section| Some(&section.path) == key.as_ref())
        .expect("the key item's section");
    assert!(section.level_capped);
    assert_eq!(section.level.as_deref(), Some("beginning"));
    assert!(
        sheet
            .items
            .iter()
            .filter(|item| item.score == 3.0)
            .all(|item| item.unconfirmed)
    );
    let overall = sheet.overall;
    assert!(overall.with_evidence.expect("an index") < overall.index.expect("an index"));
}
