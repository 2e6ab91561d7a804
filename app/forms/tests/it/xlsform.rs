//! What import understands, what it says of mistakes, and how they are mended.

use forms::form::{ChoiceSource, Node, Problem, QuestionKind, Severity};
use forms::instrument::{compile, shipped};
use forms::xlsform::{Imported, Options, Sheet, Workbook, export, import, repair_all};

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let rows = rows
        .iter()
        .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
        .collect();
    Sheet {
        name: name.to_owned(),
        rows,
    }
}

fn survey(rows: &[&[&str]]) -> Workbook {
    Workbook {
        sheets: vec![sheet("survey", rows)],
    }
}

fn read(workbook: &Workbook) -> Imported {
    import(workbook, &Options::default())
}

fn errors(imported: &Imported) -> Vec<&Problem> {
    imported
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect()
}

/// The code of the only error, after making sure that its repair leaves a form without errors.
fn mended(workbook: &Workbook) -> (String, Imported) {
    let found = read(workbook);
    let [error] = errors(&found)[..] else {
        panic!("expected one error, found {:?}", found.problems)
    };
    let repaired = repair_all(workbook, &Options::default()).imported;
    assert_eq!(errors(&repaired), Vec::<&Problem>::new());
    (error.code.clone(), repaired)
}

#[test]
fn a_problem_names_sheet_row_and_column() {
    let found = read(&survey(&[
        &["type", "name", "label"],
        &["text", "a", "A"],
        &["text", "b c", "B"],
    ]));
    let error = errors(&found)[0];
    assert_eq!(error.place.to_string(), "survey:3:name");
    assert_eq!(error.code, "name.invalid");
    assert!(error.message.ru.contains("b c") && error.message.en.contains("b c"));
}

#[test]
fn a_name_that_cannot_be_an_element_is_respelled() {
    let (code, form) = mended(&survey(&[
        &["type", "name", "label"],
        &["text", "1 a", "A"],
    ]));
    assert_eq!(code, "name.invalid");
    assert_eq!(form.form.nodes[0].name(), "_1_a");
}

#[test]
fn a_mistyped_type_becomes_the_nearest_one() {
    let (code, form) = mended(&survey(&[
        &["type", "name", "label"],
        &["integr", "a", "A"],
    ]));
    assert_eq!(code, "type.unknown");
    assert_eq!(form.form.question("a").unwrap().kind, QuestionKind::Integer);
}

#[test]
fn a_reserved_name_is_changed() {
    let (code, _) = mended(&survey(&[
        &["type", "name", "label"],
        &["text", "meta", "A"],
    ]));
    assert_eq!(code, "name.reserved");
}

#[test]
fn a_name_used_twice_is_numbered() {
    let (code, form) = mended(&survey(&[
        &["type", "name", "label"],
        &["text", "a", "A"],
        &["text", "a", "B"],
    ]));
    assert_eq!(code, "name.duplicate");
    assert!(form.form.question("a_2").is_some());
}

#[test]
fn a_mistyped_reference_becomes_the_nearest_name() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label", "relevant"],
        &["text", "city", "City", ""],
        &["text", "b", "B", "${citi} = 'x'"],
    ];
    let (code, form) = mended(&survey(rows));
    assert_eq!(code, "reference.unknown");
    assert_eq!(
        form.form.question("b").unwrap().relevant.as_deref(),
        Some("${city} = 'x'")
    );
}

#[test]
fn an_open_group_is_closed() {
    let (code, form) = mended(&survey(&[
        &["type", "name", "label"],
        &["begin_group", "g", "G"],
        &["text", "a", "A"],
    ]));
    assert_eq!(code, "group.unclosed");
    assert_eq!(form.form.nodes[0].children().len(), 1);
}

#[test]
fn a_choice_that_is_there_twice_alike_goes_once() {
    let mut workbook = survey(&[&["type", "name", "label"], &["select_one l", "a", "A"]]);
    workbook.sheets.push(sheet(
        "choices",
        &[
            &["list_name", "name", "label"],
            &["l", "x", "X"],
            &["l", "x", "X"],
        ],
    ));
    let (code, form) = mended(&workbook);
    assert_eq!(code, "choice.duplicate-name");
    assert_eq!(form.form.list("l").unwrap().choices.len(), 1);
}

#[test]
fn choices_of_one_name_and_different_labels_are_allowed_by_a_setting() {
    let mut workbook = survey(&[&["type", "name", "label"], &["select_one l", "a", "A"]]);
    workbook.sheets.push(sheet(
        "choices",
        &[
            &["list_name", "name", "label"],
            &["l", "x", "X"],
            &["l", "x", "Y"],
        ],
    ));
    let (_, form) = mended(&workbook);
    assert!(form.form.settings.allow_choice_duplicates);
}

#[test]
fn a_misspelt_sheet_is_renamed() {
    let workbook = Workbook {
        sheets: vec![
            sheet(
                "surveys",
                &[&["type", "name", "label"], &["text", "a", "A"]],
            ),
            sheet("x", &[&["y"]]),
        ],
    };
    assert_eq!(mended(&workbook).0, "sheet.missing-survey");
}

#[test]
fn an_edit_cell_of_a_repair_can_be_applied_alone() {
    let mut workbook = survey(&[
        &["type", "name", "label"],
        &["txt", "a", "A"],
        &["text", "b b", "B"],
    ]);
    let found = read(&workbook);
    let repair = found
        .problems
        .iter()
        .find(|problem| problem.code == "name.invalid")
        .unwrap()
        .repair
        .clone()
        .unwrap();
    repair.edits.iter().for_each(|edit| workbook.apply(edit));
    let left: Vec<String> = errors(&read(&workbook))
        .iter()
        .map(|problem| problem.code.clone())
        .collect();
    assert_eq!(left, ["type.unknown"]);
}

#[test]
fn or_other_brings_a_choice_and_a_question() {
    let mut workbook = survey(&[
        &["type", "name", "label"],
        &["select_one l or_other", "a", "A"],
    ]);
    workbook.sheets.push(sheet(
        "choices",
        &[&["list_name", "name", "label"], &["l", "x", "X"]],
    ));
    let form = read(&workbook).form;
    assert_eq!(form.list("l").unwrap().choices[1].name, "other");
    assert_eq!(
        form.question("a_other").unwrap().relevant.as_deref(),
        Some("selected(../a, 'other')")
    );
}

#[test]
fn our_columns_are_read_and_written() {
    let mut workbook = survey(&[
        &[
            "type",
            "name",
            "label::Русский (ru)",
            "weight",
            "critical",
            "evidence",
            "evidence_from",
            "expert",
            "tags",
        ],
        &[
            "select_one l",
            "a",
            "Вопрос",
            "2.5",
            "yes",
            "document",
            "2",
            "yes",
            "x y",
        ],
    ]);
    workbook.sheets.push(sheet(
        "choices",
        &[
            &[
                "list_name",
                "name",
                "label::Русский (ru)",
                "score",
                "level.ru",
            ],
            &["l", "2", "работает", "2", "порядок описан"],
        ],
    ));
    let imported = read(&workbook);
    assert_eq!(imported.problems, []);
    let question = imported.form.question("a").unwrap();
    assert_eq!(
        (question.weight, question.critical, question.expert),
        (Some(2.5), true, true)
    );
    assert_eq!(question.evidence.required_from, Some(2.0));
    let choice = &imported.form.list("l").unwrap().choices[0];
    assert_eq!(
        (choice.score, choice.level.get("Русский (ru)")),
        (Some(2.0), Some("порядок описан"))
    );
    assert_eq!(read(&export(&imported.form)).form, imported.form);
}

#[test]
fn every_shipped_instrument_survives_the_way_through_a_workbook() {
    for (id, yaml) in shipped() {
        let form = compile(yaml).unwrap();
        let again = read(&export(&form));
        assert_eq!(errors(&again), Vec::<&Problem>::new(), "{id}");
        assert_eq!(again.form, form, "{id}");
    }
}

#[test]
fn five_thousand_questions_and_a_hundred_thousand_choices_are_read() {
    let mut rows = vec![vec![
        "type".to_owned(),
        "name".to_owned(),
        "label".to_owned(),
    ]];
    rows.extend((0..5_000).map(|n| {
        vec![
            "select_one big".to_owned(),
            format!("q{n}"),
            format!("Q{n} ${{q0}}"),
        ]
    }));
    let mut choices = vec![vec![
        "list_name".to_owned(),
        "name".to_owned(),
        "label".to_owned(),
    ]];
    choices.extend((0..100_000).map(|n| vec!["big".to_owned(), format!("c{n}"), format!("C{n}")]));
    let workbook = Workbook {
        sheets: vec![
            Sheet {
                name: "survey".to_owned(),
                rows,
            },
            Sheet {
                name: "choices".to_owned(),
                rows: choices,
            },
        ],
    };
    let imported = read(&workbook);
    assert_eq!(imported.problems, []);
    assert_eq!(imported.form.nodes.len(), 5_000);
    assert_eq!(imported.form.list("big").unwrap().choices.len(), 100_000);
}

#[test]
fn groups_nested_too_deep_are_flattened_with_a_problem() {
    let mut rows: Vec<Vec<String>> = vec![vec!["type".into(), "name".into(), "label".into()]];
    rows.extend((0..3_000).map(|n| vec!["begin_group".into(), format!("g{n}"), "G".into()]));
    rows.push(vec!["text".into(), "a".into(), "A".into()]);
    rows.extend((0..3_000).map(|_| vec!["end_group".into()]));
    let workbook = Workbook {
        sheets: vec![Sheet {
            name: "survey".to_owned(),
            rows,
        }],
    };
    let imported = read(&workbook);
    assert!(
        errors(&imported)
            .iter()
            .any(|problem| problem.code == "group.too-deep")
    );
    assert!(imported.form.question("a").is_some());
}

#[test]
fn a_million_problems_are_counted_and_not_kept() {
    let mut rows: Vec<Vec<String>> = vec![vec!["type".into(), "name".into(), "label".into()]];
    rows.extend((0..40_000).map(|_| vec!["nonsense".into(), "a".into(), "A".into()]));
    let workbook = Workbook {
        sheets: vec![Sheet {
            name: "survey".to_owned(),
            rows,
        }],
    };
    let imported = read(&workbook);
    assert_eq!(
        imported.problems.last().unwrap().code,
        "workbook.more-problems"
    );
    assert!(imported.problems.len() < 3_000);
}

#[test]
fn a_select_from_a_repeat_keeps_the_question_it_offers() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label"],
        &["begin_repeat", "r", "R"],
        &["text", "who", "Who"],
        &["end_repeat", "", ""],
        &["select_one ${who}", "best", "Best"],
    ];
    let form = read(&survey(rows)).form;
    let Node::Question(best) = &form.nodes[1] else {
        panic!("a question")
    };
    assert_eq!(best.choices, Some(ChoiceSource::Repeat("who".to_owned())));
}

#[test]
fn a_source_of_choices_that_is_not_there_is_a_problem_at_its_cell() {
    let (code, _) = mended(&survey(&[
        &["type", "name", "label"],
        &["begin_repeat", "pet", "Pet"],
        &["text", "kind", "Kind"],
        &["end_repeat", "", ""],
        &["select_one ${knd}", "best", "Best"],
    ]));
    assert_eq!(code, "reference.unknown");
}

#[test]
fn settings_of_others_keep_their_spelling_when_the_columns_beside_them_are_gone() {
    let workbook = Workbook {
        sheets: vec![
            sheet("survey", &[&["type", "name", "label"], &["text", "a", "A"]]),
            sheet(
                "settings",
                &[&["bind::foo", "my:own", ":"], &["", "kept", "dropped"]],
            ),
        ],
    };
    let form = read(&workbook).form;
    assert_eq!(
        form.settings.other,
        [("my:own".to_owned(), "kept".to_owned())]
    );
    assert_eq!(read(&export(&form)).form, form);
}
