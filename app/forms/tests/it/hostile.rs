//! Forms and expressions that are out to harm: each ends in time, with a problem that names its place.

use std::sync::Arc;

use forms::entry::{Change, Edit, EntryContext, FormEntry, Value};
use forms::expression::parse;
use forms::form::{Form, Group, Node, Problem, Question, QuestionKind, Repeat, Severity};
use forms::xlsform::{Options, Sheet, Workbook, import};

fn question(name: &str) -> Question {
    Question {
        name: name.into(),
        ..Question::default()
    }
}

fn calculated(name: &str, calculation: &str) -> Question {
    Question {
        kind: QuestionKind::Calculate,
        calculation: Some(calculation.into()),
        ..question(name)
    }
}

fn form(questions: impl IntoIterator<Item = Question>) -> Form {
    let mut form = Form::new("hostile");
    form.nodes = questions
        .into_iter()
        .map(|question| Node::Question(Box::new(question)))
        .collect();
    form
}

fn open(form: Form) -> (FormEntry, Vec<Problem>) {
    FormEntry::open(Arc::new(form), EntryContext::default())
}

fn set(path: &str, value: &str) -> Change {
    Change {
        path: path.parse().expect("a path"),
        edit: Edit::Set(Value::new(value)),
    }
}

fn value(entry: &FormEntry, path: &str) -> Option<Value> {
    entry
        .view(&path.parse().expect("a path"))
        .and_then(|view| view.value)
}

#[test]
fn deep_nesting_is_refused_with_a_sentence() {
    for (open, close) in [("(", ")"), ("not(", ")"), ("a[", "]"), ("-", "")] {
        let source = format!("{}1{}", open.repeat(50_000), close.repeat(50_000));
        let error = parse(&source).expect_err("too deep");
        assert!(error.message.contains("nested"), "{}", error.message);
    }
}

#[test]
fn a_sum_of_thousands_of_terms_is_no_deep_nesting() {
    let source = vec!["1"; 20_000].join(" + ");
    let (entry, problems) = open(form([calculated("sum", &source)]));
    assert_eq!(problems, []);
    assert_eq!(value(&entry, "sum"), Value::new("20000"));
}

#[test]
fn a_circle_is_a_problem_and_comes_to_rest() {
    let (mut entry, problems) = open(form([
        calculated("a", "coalesce(${b}, 0) + 1"),
        calculated("b", "coalesce(${a}, 0) + 1"),
        question("c"),
    ]));
    assert!(
        problems
            .iter()
            .any(|problem| problem.code == "expression.circular")
    );
    entry.apply(&set("c", "still works")).expect("fits");
    assert_eq!(value(&entry, "c"), Value::new("still works"));
}

#[test]
fn relevance_that_depends_on_itself_is_a_problem() {
    let (_, problems) = open(form([Question {
        relevant: Some("${a} = ''".into()),
        ..question("a")
    }]));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "expression.circular");
    assert_eq!(problems[0].place.node.as_deref(), Some("/data/a"));
}

#[test]
fn a_calculation_may_keep_its_own_value() {
    let (_, problems) = open(form([calculated("a", "once(random())")]));
    assert_eq!(problems, []);
}

#[test]
fn a_huge_repeat_count_is_bounded_with_a_problem() {
    let mut form = form([question("many")]);
    form.nodes.push(Node::Repeat(Box::new(Repeat {
        group: Group {
            name: "room".into(),
            nodes: vec![Node::Question(Box::new(question("seats")))],
            ..Group::default()
        },
        repeat_count: Some("${many}".into()),
        ..Repeat::default()
    })));
    let (mut entry, _) = open(form);
    entry.apply(&set("many", "1000000000")).expect("fits");
    assert_eq!(entry.children(&"room".parse().expect("a path")).len(), 1000);
    assert!(
        entry
            .problems()
            .iter()
            .any(|problem| problem.code == "expression.too-many")
    );
    entry.apply(&set("many", "2")).expect("fits");
    assert_eq!(entry.children(&"room".parse().expect("a path")).len(), 2);
}

#[test]
fn answers_of_a_smaller_count_come_back_with_the_greater_one() {
    let mut form = form([question("many")]);
    form.nodes.push(Node::Repeat(Box::new(Repeat {
        group: Group {
            name: "room".into(),
            nodes: vec![Node::Question(Box::new(question("seats")))],
            ..Group::default()
        },
        repeat_count: Some("${many}".into()),
        ..Repeat::default()
    })));
    let (mut entry, _) = open(form);
    entry.apply(&set("many", "12")).expect("fits");
    entry.apply(&set("room[7]/seats", "30")).expect("fits");
    entry.apply(&set("many", "1")).expect("fits");
    assert_eq!(value(&entry, "room[7]/seats"), None);
    entry.apply(&set("many", "12")).expect("fits");
    assert_eq!(value(&entry, "room[7]/seats"), Value::new("30"));
}

#[test]
fn endless_work_is_stopped_with_a_problem() {
    let mut questions: Vec<Question> = (0..400).map(|i| question(&format!("q{i}"))).collect();
    questions.push(calculated(
        "w",
        "count(//*[count(//*[count(//*) > 0]) > 0])",
    ));
    let (_, problems) = open(form(questions));
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].message.en.contains("too much work"),
        "{:?}",
        problems[0]
    );
}

#[test]
fn texts_that_double_are_stopped() {
    let mut questions = vec![calculated("t0", "'0123456789'")];
    for i in 1..60 {
        let before = i - 1;
        questions.push(calculated(
            &format!("t{i}"),
            &format!("concat(${{t{before}}}, ${{t{before}}})"),
        ));
    }
    let (entry, problems) = open(form(questions));
    assert!(!problems.is_empty());
    assert!(value(&entry, "t10").is_some());
    assert_eq!(value(&entry, "t59"), None);
}

#[test]
fn hostile_patterns_are_refused_or_finish() {
    let text = "a".repeat(5000);
    for pattern in ["(a*)*b", "(((a{1000}){1000}){1000})", "(a|aa)+$", "["] {
        let (_, _) = open(form([calculated(
            "r",
            &format!("regex('{text}', '{pattern}')"),
        )]));
    }
}

#[test]
fn a_chain_of_thousands_of_calculations_does_not_recurse() {
    let mut questions = vec![question("c0")];
    for i in 1..3000 {
        questions.push(calculated(
            &format!("c{i}"),
            &format!("coalesce(${{c{}}}, 0) + 1", i - 1),
        ));
    }
    let (mut entry, problems) = open(form(questions));
    assert_eq!(problems, []);
    entry.apply(&set("c0", "5")).expect("fits");
    assert_eq!(value(&entry, "c2999"), Value::new("3004"));
}

#[test]
fn groups_nested_without_end_are_cut_with_a_problem() {
    let mut node = Node::Question(Box::new(question("leaf")));
    for i in 0..300 {
        node = Node::Group(Box::new(Group {
            name: format!("g{i}"),
            nodes: vec![node],
            ..Group::default()
        }));
    }
    let mut form = Form::new("deep");
    form.nodes = vec![node];
    let (_, problems) = open(form);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "form.too-deep");
}

fn sheet(name: &str, rows: Vec<Vec<String>>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        rows,
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn five_thousand_questions_over_a_hundred_thousand_choices_are_filled_in() {
    let mut questions = vec![row(&["type", "name", "label", "relevant", "choice_filter"])];
    let mut choices = vec![row(&["list_name", "name", "label", "area"])];
    for place in 0..5_000 {
        let before = if place == 0 { 0 } else { place - 1 };
        let relevant = format!("${{q{before}}} != 'c7'");
        let name = format!("q{place}");
        let filter = if place % 1_000 == 999 {
            "area = 'a3'"
        } else {
            ""
        };
        let relevant = if place == 0 { "" } else { relevant.as_str() };
        questions.push(row(&["select_one all", &name, &name, relevant, filter]));
    }
    for place in 0..100_000 {
        let name = format!("c{place}");
        choices.push(row(&["all", &name, &name, &format!("a{}", place % 10)]));
    }
    let workbook = Workbook {
        sheets: vec![sheet("survey", questions), sheet("choices", choices)],
    };
    let imported = import(&workbook, &Options::default());
    assert_eq!(
        imported
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .collect::<Vec<_>>(),
        Vec::<&Problem>::new()
    );
    let (mut entry, problems) = open(imported.form);
    assert_eq!(problems, []);
    entry.apply(&set("q10", "c99999")).expect("fits");
    assert_eq!(value(&entry, "q10"), Value::new("c99999"));
    entry.apply(&set("q9", "c7")).expect("fits");
    let view = entry.view(&"q10".parse().expect("a path")).expect("there");
    assert!(!view.relevant);
    let filtered = entry.view(&"q999".parse().expect("a path")).expect("there");
    assert_eq!(filtered.choices.len(), 10_000);
}

#[test]
fn a_survey_nested_without_end_is_cut_with_a_place() {
    let mut rows = vec![row(&["type", "name", "label"])];
    for place in 0..3_000 {
        rows.push(row(&["begin_group", &format!("g{place}"), "G"]));
    }
    rows.push(row(&["text", "leaf", "Leaf"]));
    for _ in 0..3_000 {
        rows.push(row(&["end_group", "", ""]));
    }
    let workbook = Workbook {
        sheets: vec![sheet("survey", rows)],
    };
    let imported = import(&workbook, &Options::default());
    let first = imported
        .problems
        .iter()
        .find(|problem| problem.severity == Severity::Error)
        .expect("a problem");
    assert_eq!(first.place.sheet.as_deref(), Some("survey"));
    assert!(first.place.row.is_some(), "{first:?}");
    let _ = open(imported.form);
}

#[test]
fn more_rows_than_a_survey_may_have_are_a_problem_with_a_place() {
    let mut rows = vec![row(&["type", "name", "label"])];
    for place in 0..60_000 {
        rows.push(row(&["text", &format!("q{place}"), "Q"]));
    }
    let workbook = Workbook {
        sheets: vec![sheet("survey", rows)],
    };
    let imported = import(&workbook, &Options::default());
    let found = imported
        .problems
        .iter()
        .find(|problem| problem.severity == Severity::Error)
        .expect("a problem");
    assert_eq!(found.code, "sheet.too-many-rows");
    assert_eq!(found.place.to_string(), "survey:50001");
}

#[test]
fn a_million_blank_rows_end_the_sheet() {
    let mut rows = vec![row(&["type", "name", "label"]), row(&["text", "a", "A"])];
    rows.resize(1_000_000, Vec::new());
    rows.push(row(&["text", "b", "B"]));
    let workbook = Workbook {
        sheets: vec![sheet("survey", rows)],
    };
    let imported = import(&workbook, &Options::default());
    assert!(!imported.form.nodes.is_empty() && imported.form.nodes.len() <= 2);
}

#[test]
fn many_references_that_mean_nothing_stay_a_bounded_list() {
    let mut rows = vec![row(&["type", "name", "label", "relevant", "calculation"])];
    for place in 0..5_000 {
        let name = format!("q{place}");
        let wrong = format!("${{x{place}}} + ${{y{place}}}");
        rows.push(row(&["calculate", &name, &name, &wrong, &wrong]));
    }
    let workbook = Workbook {
        sheets: vec![sheet("survey", rows)],
    };
    let imported = import(&workbook, &Options::default());
    assert!(
        (1..=2_001).contains(&imported.problems.len()),
        "{}",
        imported.problems.len()
    );
    let _ = open(imported.form);
}

#[test]
fn a_crowd_that_depends_on_itself_comes_to_rest() {
    let mut questions: Vec<Question> = (0..300)
        .map(|place| {
            let next = (place + 1) % 300;
            Question {
                relevant: Some(format!("${{q{next}}} != 'x'")),
                calculation: Some(format!("concat(${{q{next}}}, '1')")),
                kind: QuestionKind::Calculate,
                ..question(&format!("q{place}"))
            }
        })
        .collect();
    questions.push(question("free"));
    let (mut entry, problems) = open(form(questions));
    assert!(
        problems
            .iter()
            .any(|problem| problem.code == "expression.circular" && problem.place.node.is_some())
    );
    entry.apply(&set("free", "still works")).expect("fits");
    assert_eq!(value(&entry, "free"), Value::new("still works"));
}
