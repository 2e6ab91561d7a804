//! The engine alone: opening a form, one answer among 2,000 questions, and a large repeat count.
//!
//! `cargo bench -p forms --bench engine`

use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use forms::entry::{Change, Edit, EntryContext, FormEntry, Value};
use forms::form::{
    Choice, ChoiceList, ChoiceSource, Form, Group, Node, Question, QuestionKind, Repeat, Text,
};

fn question(name: String, kind: QuestionKind) -> Question {
    Question {
        label: Text::plain(format!("Вопрос {name}")),
        name,
        kind,
        ..Question::default()
    }
}

fn scale() -> ChoiceList {
    ChoiceList {
        name: "scale".into(),
        choices: (0..4)
            .map(|score| Choice {
                name: score.to_string(),
                label: Text::plain(format!("Уровень {score}")),
                score: Some(f64::from(score)),
                ..Choice::default()
            })
            .collect(),
    }
}

/// A self-assessment of 20 sections with `size` questions in all: scores, texts that appear from a score on and name
/// it in their label, numbers, and sums by section and overall.
fn self_assessment(size: usize) -> Form {
    let mut form = Form::new("bench");
    form.lists.push(scale());
    let sections = 20;
    let scores = size / sections * 6 / 10;
    let texts = size / sections * 3 / 10;
    let numbers = size / sections - scores - texts;
    for g in 0..sections {
        let mut nodes = Vec::new();
        for i in 0..scores {
            nodes.push(Question {
                choices: Some(ChoiceSource::List("scale".into())),
                required: Some("true()".into()),
                ..question(format!("c{g}_{i}"), QuestionKind::SelectOne)
            });
        }
        for i in 0..texts {
            nodes.push(Question {
                relevant: Some(format!("${{c{g}_{i}}} >= 2")),
                label: Text::plain(format!("Подтверждение {i} (балл ${{c{g}_{i}}})")),
                ..question(format!("t{g}_{i}"), QuestionKind::Text)
            });
        }
        for i in 0..numbers {
            nodes.push(Question {
                constraint: Some(". >= 0 and . <= 5000".into()),
                ..question(format!("n{g}_{i}"), QuestionKind::Integer)
            });
        }
        let sum: Vec<String> = (0..scores)
            .map(|i| format!("coalesce(${{c{g}_{i}}}, 0)"))
            .collect();
        nodes.push(Question {
            calculation: Some(sum.join(" + ")),
            ..question(format!("sum{g}"), QuestionKind::Calculate)
        });
        form.nodes.push(Node::Group(Box::new(Group {
            name: format!("g{g}"),
            nodes: nodes
                .into_iter()
                .map(Box::new)
                .map(Node::Question)
                .collect(),
            ..Group::default()
        })));
    }
    let total: Vec<String> = (0..sections).map(|g| format!("${{sum{g}}}")).collect();
    let last = [
        Question {
            calculation: Some(total.join(" + ")),
            ..question("total".into(), QuestionKind::Calculate)
        },
        Question {
            label: Text::plain("Итого ${total}"),
            ..question("final".into(), QuestionKind::Note)
        },
    ];
    form.nodes.extend(last.map(Box::new).map(Node::Question));
    form
}

fn counted_repeat() -> Form {
    let mut form = Form::new("rooms");
    form.lists.push(scale());
    let inside = vec![
        question("seats".into(), QuestionKind::Integer),
        Question {
            relevant: Some("${seats} > 10".into()),
            ..question("note".into(), QuestionKind::Text)
        },
        Question {
            choices: Some(ChoiceSource::List("scale".into())),
            ..question("level".into(), QuestionKind::SelectOne)
        },
        Question {
            calculation: Some("position(..)".into()),
            ..question("number".into(), QuestionKind::Calculate)
        },
        Question {
            calculation: Some("sum(${seats})".into()),
            ..question("all".into(), QuestionKind::Calculate)
        },
    ];
    form.nodes = vec![
        Node::Question(Box::new(question("many".into(), QuestionKind::Integer))),
        Node::Repeat(Box::new(Repeat {
            group: Group {
                name: "room".into(),
                nodes: inside
                    .into_iter()
                    .map(Box::new)
                    .map(Node::Question)
                    .collect(),
                ..Group::default()
            },
            repeat_count: Some("${many}".into()),
            ..Repeat::default()
        })),
        Node::Question(Box::new(Question {
            calculation: Some("sum(${number})".into()),
            ..question("total".into(), QuestionKind::Calculate)
        })),
    ];
    form
}

fn set(path: &str, value: &str) -> Change {
    Change {
        path: path.parse().expect("a path"),
        edit: Edit::Set(Value::new(value)),
    }
}

fn engine(criterion: &mut Criterion) {
    let form = Arc::new(self_assessment(2000));
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(20);
    group.bench_function("open 2,000 questions", |bencher| {
        bencher.iter(|| FormEntry::open(form.clone(), EntryContext::default()));
    });
    let (mut entry, problems) = FormEntry::open(form.clone(), EntryContext::default());
    assert_eq!(problems, []);
    let answers: Vec<Change> = (0..1200)
        .map(|i| {
            set(
                &format!("g{}/c{}_{}", i % 20, i % 20, i / 20),
                &(i % 4).to_string(),
            )
        })
        .collect();
    for answer in &answers {
        entry.apply(answer).expect("fits");
    }
    let mut i = 0;
    group.bench_function("choose a score among 2,000 questions", |bencher| {
        bencher.iter(|| {
            i += 1;
            let place = i % answers.len();
            let path = &answers[place].path;
            let change = Change {
                path: path.clone(),
                edit: Edit::Set(Value::new(((i / answers.len() + i) % 4).to_string())),
            };
            entry.apply(&change).expect("fits")
        });
    });
    let path = "g7/c7_3".parse().expect("a path");
    group.bench_function("view of a question", |bencher| {
        bencher.iter(|| entry.view(&path))
    });
    group.bench_function("progress", |bencher| bencher.iter(|| entry.progress()));
    group.bench_function("violations", |bencher| bencher.iter(|| entry.violations()));

    let rooms = Arc::new(counted_repeat());
    group.bench_function("type 123 into a repeat count", |bencher| {
        bencher.iter_batched(
            || FormEntry::open(rooms.clone(), EntryContext::default()).0,
            |mut entry| {
                for count in ["1", "12", "123"] {
                    entry.apply(&set("many", count)).expect("fits");
                }
                entry
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();

    // Means hide the answers that matter: the slow ones.
    let mut times: Vec<f64> = answers
        .iter()
        .cycle()
        .take(answers.len() * 4)
        .enumerate()
        .map(|(i, answer)| {
            let change = Change {
                path: answer.path.clone(),
                edit: Edit::Set(Value::new(((i / answers.len() + i) % 4).to_string())),
            };
            let start = std::time::Instant::now();
            entry.apply(&change).expect("fits");
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "one answer among 2,000 questions: median {:.0} µs, p95 {:.0} µs, max {:.0} µs",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

criterion_group!(benches, engine);
criterion_main!(benches);
