//! Laws of the language and of the engine.

use std::sync::Arc;

use forms::entry::{Change, Edit, EntryContext, FormEntry, NodePath, NodeView, Value};
use forms::expression::{
    Axis, Expr, ExprKind, NodeTest, Operator, Path, PathStart, Span, Step, parse,
};
use forms::form::{
    Choice, ChoiceList, ChoiceSource, Form, Group, Node, Question, QuestionKind, Repeat, Text,
};
use proptest::prelude::*;

// --- the language ----------------------------------------------------------------------------

fn expr(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: Span::default(),
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zа-я_][a-zа-я0-9_.-]{0,6}",
        Just("div".to_owned()),
        Just("and".to_owned()),
        Just("mod2".to_owned()),
    ]
}

fn node_test() -> impl Strategy<Value = NodeTest> {
    prop_oneof![
        name().prop_map(|local| NodeTest::Name {
            prefix: None,
            local
        }),
        (name(), name()).prop_map(|(prefix, local)| NodeTest::Name {
            prefix: Some(prefix),
            local
        }),
        Just(NodeTest::Any { prefix: None }),
        name().prop_map(|prefix| NodeTest::Any {
            prefix: Some(prefix)
        }),
        Just(NodeTest::Node),
        Just(NodeTest::Text),
        Just(NodeTest::Comment),
        Just(NodeTest::ProcessingInstruction(None)),
    ]
}

fn axis() -> impl Strategy<Value = Axis> {
    prop_oneof![
        4 => Just(Axis::Child),
        1 => Just(Axis::Parent),
        1 => Just(Axis::SelfNode),
        1 => Just(Axis::Attribute),
        1 => Just(Axis::DescendantOrSelf),
        1 => Just(Axis::PrecedingSibling),
    ]
}

fn any_expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        (0.0..1e6_f64).prop_map(|n| expr(ExprKind::Number(n))),
        (0_u32..50).prop_map(|n| expr(ExprKind::Number(f64::from(n)))),
        "[a-zА-Я \"0-9]{0,8}".prop_map(|text| expr(ExprKind::Text(text))),
        "[a-z']{0,8}".prop_map(|text| expr(ExprKind::Text(text))),
        name().prop_map(|name| expr(ExprKind::Reference {
            name,
            last_saved: false
        })),
        Just(expr(ExprKind::Path(Path {
            start: PathStart::Root,
            steps: Vec::new()
        }))),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let step = (
            axis(),
            node_test(),
            prop::collection::vec(inner.clone(), 0..2),
        )
            .prop_map(|(axis, test, predicates)| Step {
                axis,
                test,
                predicates,
            });
        let steps = prop::collection::vec(step, 1..4).boxed();
        let chain = |operators: &'static [Operator]| {
            (
                inner.clone(),
                prop::collection::vec((prop::sample::select(operators), inner.clone()), 1..4),
            )
                .prop_map(|(first, rest)| {
                    expr(ExprKind::Chain {
                        first: Box::new(first),
                        rest,
                    })
                })
        };
        use Operator as O;
        prop_oneof![
            (
                "[a-z][a-z-]{0,6}",
                prop::collection::vec(inner.clone(), 0..4)
            )
                .prop_filter_map("node types are no functions", |(name, args)| {
                    (!matches!(name.as_str(), "node" | "text" | "comment"))
                        .then(|| expr(ExprKind::Call { name, args }))
                }),
            steps.clone().prop_map(|steps| expr(ExprKind::Path(Path {
                start: PathStart::Context,
                steps
            }))),
            steps.clone().prop_map(|steps| expr(ExprKind::Path(Path {
                start: PathStart::Root,
                steps
            }))),
            (inner.clone(), steps).prop_map(|(start, steps)| expr(ExprKind::Path(Path {
                start: PathStart::Expr(Box::new(start)),
                steps
            }))),
            (inner.clone(), prop::collection::vec(inner.clone(), 1..3)).prop_map(
                |(primary, predicates)| expr(ExprKind::Filter {
                    primary: Box::new(primary),
                    predicates
                })
            ),
            inner
                .clone()
                .prop_map(|e| expr(ExprKind::Negate(Box::new(e)))),
            chain(&[O::Or]),
            chain(&[O::And]),
            chain(&[O::Equal, O::NotEqual]),
            chain(&[O::Less, O::GreaterEqual]),
            chain(&[O::Add, O::Subtract]),
            chain(&[O::Multiply, O::Divide, O::Modulo]),
            chain(&[O::Union]),
        ]
    })
}

proptest! {
    #[test]
    fn parsing_what_was_printed_gives_the_same_tree(expr in any_expr()) {
        let printed = expr.to_string();
        let again = parse(&printed).map_err(|e| TestCaseError::fail(format!("{printed}: {e}")))?;
        prop_assert_eq!(again, expr, "{}", printed);
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place_inside_it(text in "\\PC{0,60}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
            prop_assert!(!error.message.is_empty());
        }
    }
}

// --- the engine ------------------------------------------------------------------------------

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Pieces of which conditions and calculations are made; every combination is an expression.
fn formula() -> impl Strategy<Value = String> {
    let reference = prop::sample::select(&NAMES[..]).prop_map(|name| format!("${{{name}}}"));
    let piece = prop_oneof![
        3 => reference.clone(),
        1 => (0..5_u32).prop_map(|n| n.to_string()),
        1 => Just("sum(${inner})".to_owned()),
        1 => Just("count(${rep})".to_owned()),
        1 => Just("string-length(.)".to_owned()),
        1 => reference.prop_map(|r| format!("coalesce({r}, 0)")),
    ];
    (
        piece.clone(),
        prop::sample::select(&["+", "*", ">", "=", "and", "or", "-"][..]),
        piece,
    )
        .prop_map(|(a, operator, b)| format!("{a} {operator} {b}"))
}

#[derive(Debug, Clone)]
struct Logic {
    relevant: Option<String>,
    required: Option<String>,
    constraint: Option<String>,
}

fn logic() -> impl Strategy<Value = Logic> {
    (
        prop::option::weighted(0.4, formula()),
        prop::option::weighted(0.3, formula()),
        prop::option::weighted(0.3, formula()),
    )
        .prop_map(|(relevant, required, constraint)| Logic {
            relevant,
            required,
            constraint,
        })
}

fn question(name: &str, kind: QuestionKind, logic: &Logic) -> Question {
    Question {
        name: name.into(),
        kind,
        label: Text::plain(format!("{name}: ${{a}}")),
        relevant: logic.relevant.clone(),
        required: logic.required.clone(),
        constraint: logic.constraint.clone(),
        ..Question::default()
    }
}

/// A form with six questions, a repeat and two calculations. Relevance looks only backwards, so there is no circle.
fn any_form() -> impl Strategy<Value = Arc<Form>> {
    (
        prop::collection::vec(logic(), 8),
        formula(),
        formula(),
        any::<bool>(),
    )
        .prop_map(|(logic, first, second, filtered)| {
            let mut form = Form::new("any");
            form.lists.push(ChoiceList {
                name: "list".into(),
                choices: (0..4)
                    .map(|n| Choice {
                        name: n.to_string(),
                        columns: vec![("group".into(), (n % 2).to_string())],
                        ..Choice::default()
                    })
                    .collect(),
            });
            let mut nodes = Vec::new();
            for (i, name) in NAMES.iter().enumerate() {
                let mut logic = logic[i].clone();
                let backwards = |source: &String| {
                    !NAMES[i..]
                        .iter()
                        .any(|later| source.contains(&format!("${{{later}}}")))
                        && !source.contains("inner")
                        && !source.contains("rep")
                        && !source.contains('.')
                };
                logic.relevant = logic.relevant.filter(backwards);
                let mut made = question(name, QuestionKind::Integer, &logic);
                if i == 3 {
                    made.kind = QuestionKind::SelectOne;
                    made.choices = Some(ChoiceSource::List("list".into()));
                    made.choice_filter = filtered.then(|| "group = ${b}".into());
                }
                nodes.push(Node::Question(Box::new(made)));
            }
            let inner = question(
                "inner",
                QuestionKind::Integer,
                &Logic {
                    relevant: logic[6]
                        .relevant
                        .clone()
                        .filter(|source| !source.contains("inner") && !source.contains('.')),
                    ..logic[6].clone()
                },
            );
            let position = Question {
                calculation: Some("position(..) + coalesce(${inner}, 0)".into()),
                ..question(
                    "place",
                    QuestionKind::Calculate,
                    &Logic {
                        relevant: None,
                        required: None,
                        constraint: None,
                    },
                )
            };
            nodes.push(Node::Repeat(Box::new(Repeat {
                group: Group {
                    name: "rep".into(),
                    nodes: [inner, position].map(Box::new).map(Node::Question).into(),
                    ..Group::default()
                },
                ..Repeat::default()
            })));
            for (name, formula) in [("first", first), ("second", second)] {
                nodes.push(Node::Question(Box::new(Question {
                    calculation: Some(formula),
                    ..question(name, QuestionKind::Calculate, &logic[7])
                })));
            }
            for node in nodes.iter_mut().rev().take(2) {
                if let Node::Question(made) = node {
                    made.relevant = None;
                }
            }
            form.nodes = nodes;
            Arc::new(form)
        })
}

fn any_change() -> impl Strategy<Value = Change> {
    let path = |text: &str| text.parse::<NodePath>().expect("a path");
    prop_oneof![
        6 => (prop::sample::select(&NAMES[..]), prop::option::weighted(0.8, 0..5_u32)).prop_map(
            move |(name, value)| Change {
                path: path(name),
                edit: Edit::Set(value.and_then(|v| Value::new(v.to_string()))),
            }
        ),
        3 => (0..4_u32, 0..20_u32).prop_map(move |(instance, value)| Change {
            path: path(&format!("rep[i{instance}]/inner")),
            edit: Edit::Set(Value::new(value.to_string())),
        }),
        2 => (0..4_u32).prop_map(move |i| Change {
            path: path("rep"),
            edit: Edit::AddRepeat { id: format!("i{i}") },
        }),
        1 => (0..4_u32).prop_map(move |i| Change {
            path: path("rep"),
            edit: Edit::RemoveRepeat { id: format!("i{i}") },
        }),
    ]
}

fn views(entry: &FormEntry) -> Vec<NodeView> {
    let mut views = Vec::new();
    let mut pending = vec![NodePath::root()];
    while let Some(path) = pending.pop() {
        let mut inside = entry.children(&path);
        inside.reverse();
        pending.extend(inside);
        views.push(entry.view(&path).expect("listed paths have views"));
    }
    views
}

fn folded(form: &Arc<Form>, changes: &[Change]) -> FormEntry {
    FormEntry::replay(form.clone(), EntryContext::default(), changes).entry
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_was_worked_out_in_steps_equals_what_is_worked_out_at_once(
        form in any_form(),
        changes in prop::collection::vec(any_change(), 1..15),
    ) {
        let (mut entry, _) = FormEntry::open(form.clone(), EntryContext::default());
        for change in &changes {
            let _ = entry.apply(change);
            let step_by_step = views(&entry);
            entry.recompute_all();
            prop_assert_eq!(&step_by_step, &views(&entry), "after {:?}", change);
        }
    }

    #[test]
    fn a_view_that_is_not_among_the_effects_is_as_before(
        form in any_form(),
        changes in prop::collection::vec(any_change(), 1..15),
    ) {
        let (mut entry, _) = FormEntry::open(form, EntryContext::default());
        for change in &changes {
            let before = views(&entry);
            let Ok(effects) = entry.apply(change) else { continue };
            if !effects.restructured.is_empty() {
                continue;
            }
            for (old, new) in before.iter().zip(views(&entry)) {
                if !effects.changed.contains(&old.path) {
                    prop_assert_eq!(old, &new, "after {:?}", change);
                }
            }
        }
    }

    #[test]
    fn the_same_log_gives_the_same_entry(
        form in any_form(),
        changes in prop::collection::vec(any_change(), 0..15),
    ) {
        let (one, other) = (folded(&form, &changes), folded(&form, &changes));
        prop_assert_eq!(views(&one), views(&other));
        prop_assert_eq!(one.submission(), other.submission());
    }

    /// Each device edits its own questions; whoever comes first, the result is one. A form that depends on itself has
    /// no one result: it is a problem of the form, and the caller's order of the log decides.
    #[test]
    fn edits_of_different_places_commute(
        form in any_form(),
        changes in prop::collection::vec(any_change(), 0..12),
        order in any::<u64>(),
    ) {
        let (_, problems) = FormEntry::open(form.clone(), EntryContext::default());
        prop_assume!(!problems.iter().any(|problem| problem.code == "expression.circular"));
        // A calculation that reads its own value remembers the way it came, as `once()` wants it.
        let remembers = form.walk().any(|walked| match walked.node {
            Node::Question(question) => question.name != "place"
                && question.calculation.as_ref().is_some_and(|source| source.contains('.')),
            _ => false,
        });
        prop_assume!(!remembers);
        // One edit per place: of two to the same the caller's order decides.
        let mut places = std::collections::BTreeSet::new();
        let changes: Vec<Change> = changes
            .into_iter()
            .filter(|change| {
                let id = match &change.edit {
                    Edit::Set(_) => String::new(),
                    Edit::AddRepeat { id } => format!("+{id}"),
                    Edit::RemoveRepeat { id } => format!("-{id}"),
                };
                places.insert((change.path.clone(), id))
            })
            .collect();
        let mut shuffled = changes.clone();
        let mut state = order | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        let (one, other) = (folded(&form, &changes), folded(&form, &shuffled));
        prop_assert_eq!(views(&one), views(&other));
    }

    #[test]
    fn a_form_with_any_calculation_opens_the_same_way_twice(source in "[-a-e0-9 ./()\\[\\]*+=<>$,{}'|@:]{0,40}") {
        let mut form = Form::new("any");
        form.nodes = vec![
            Node::Question(Box::new(Question { name: "a".into(), ..Question::default() })),
            Node::Question(Box::new(Question {
                name: "b".into(),
                kind: QuestionKind::Calculate,
                calculation: Some(source),
                ..Question::default()
            })),
        ];
        let form = Arc::new(form);
        let (one, problems) = FormEntry::open(form.clone(), EntryContext::default());
        let (other, same_problems) = FormEntry::open(form, EntryContext::default());
        prop_assert_eq!(views(&one), views(&other));
        prop_assert_eq!(problems, same_problems);
    }
}
