//! Real workbooks, filled in: the laws of the engine hold on forms that people wrote.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use forms::entry::{Change, Edit, EntryContext, FormEntry, NodePath, NodeView, Value, ViewKind};
use forms::form::QuestionKind;
use forms::workbook;
use forms::xlsform::{Options, repair_all};

/// The folder with cases, from `ORIENTIR_SHARED` or beside the workspace.
fn shared() -> PathBuf {
    std::env::var_os("ORIENTIR_SHARED").map_or_else(
        || PathBuf::from("../../../shared"),
        PathBuf::from,
    )
}

fn workbooks(path: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "xls" || ending == "xlsx")
        {
            found.push(path);
        }
    }
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

/// Something that fits the question, different for each `salt`.
fn answer(view: &NodeView, salt: usize) -> Option<Value> {
    let ViewKind::Question(kind) = view.kind else {
        return None;
    };
    if view.read_only {
        return None;
    }
    match kind {
        QuestionKind::SelectOne | QuestionKind::SelectMultiple => view
            .choices
            .get(salt % view.choices.len().max(1))
            .and_then(|choice| Value::new(choice.value.clone())),
        QuestionKind::Integer | QuestionKind::Decimal | QuestionKind::Range => {
            Value::new((salt % 7).to_string())
        }
        QuestionKind::Date => Value::new("2026-09-01"),
        QuestionKind::Text => Value::new(format!("текст {salt}")),
        _ => None,
    }
}

#[test]
fn steps_and_the_whole_agree_on_real_forms() {
    let mut files = Vec::new();
    workbooks(&shared().join("cases/xlsforms"), &mut files);
    if files.is_empty() {
        println!("SKIPPED: no real forms in {}", shared().display());
        return;
    }
    let mut answered = 0;
    for file in files {
        let bytes = std::fs::read(&file).expect("readable");
        let Ok(workbook) = workbook::read(&bytes) else {
            continue;
        };
        let form = Arc::new(repair_all(&workbook, &Options::default()).imported.form);
        let (mut entry, _) = FormEntry::open(form.clone(), EntryContext::default());
        let mut log = Vec::new();
        for round in 0..2 {
            for (i, view) in views(&entry).into_iter().enumerate().take(300) {
                if let Some(value) = answer(&view, i + round) {
                    let change = Change {
                        path: view.path.clone(),
                        edit: Edit::Set(Some(value)),
                    };
                    if entry.apply(&change).is_ok() {
                        log.push(change);
                        answered += 1;
                    }
                }
                if view.can_add && view.kind == ViewKind::Repeat && round == 0 {
                    let change = Change {
                        path: view.path.clone(),
                        edit: Edit::AddRepeat {
                            id: format!("r:{i}"),
                        },
                    };
                    if entry.apply(&change).is_ok() {
                        log.push(change);
                    }
                }
            }
        }
        let in_steps = views(&entry);
        let replayed = FormEntry::replay(form, EntryContext::default(), &log);
        assert_eq!(replayed.refused, [], "{}", file.display());
        assert_eq!(
            views(&replayed.entry),
            in_steps,
            "replay of {}",
            file.display()
        );
        entry.recompute_all();
        for (before, after) in in_steps.iter().zip(views(&entry)) {
            assert_eq!(*before, after, "{}", file.display());
        }
    }
    assert!(answered > 1000, "{answered} answers");
}
