//! Kinds of behaviour that documents of other tools rely on: types, actions, choices, names.

use forms::entry::{Attachments, Change, Edit, EntryContext, FormEntry, NodePath, Rule, Value};
use forms::xlsform::{Options, Sheet, Workbook, import};
use proptest::prelude::*;

fn xform(instance: &str, binds: &str, body: &str) -> FormEntry {
    let xml = format!(
        r#"<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
            xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
            <h:head><h:title>Проба</h:title><model>
              <instance><data id="probe">{instance}</data></instance>{binds}
            </model></h:head><h:body>{body}</h:body></h:html>"#
    );
    let (entry, problems) = forms::xform::open(&xml, EntryContext::default()).expect("an XForm");
    assert_eq!(problems, []);
    entry
}

/// The path of `group/repeat[2]/name`, counting instances from 1.
fn path(entry: &FormEntry, written: &str) -> NodePath {
    let mut path = NodePath::root();
    for step in written.split('/') {
        let (name, place) = match step.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (step, None),
        };
        path = path.child(name);
        if let Some(place) = place {
            path = entry.children(&path)[place - 1].clone();
        }
    }
    path
}

fn set(entry: &mut FormEntry, written: &str, value: &str) {
    let path = path(entry, written);
    let edit = Edit::Set(Value::new(value));
    entry.apply(&Change { path, edit }).expect("fits");
}

fn add(entry: &mut FormEntry, written: &str, id: &str) {
    let path = path(entry, written);
    let edit = Edit::AddRepeat { id: id.to_owned() };
    entry.apply(&Change { path, edit }).expect("fits");
}

fn value(entry: &FormEntry, written: &str) -> String {
    let view = entry.view(&path(entry, written)).expect("is there");
    let value = view.value.map(|value| value.as_str().to_owned());
    value.filter(|_| view.relevant).unwrap_or_default()
}

// --- types -----------------------------------------------------------------------------------

#[test]
fn what_is_not_of_its_type_is_blank_for_expressions_and_stays_to_be_mended() {
    let mut entry = xform(
        "<n/><double/>",
        r#"<bind nodeset="/data/n" type="int"/>
           <bind nodeset="/data/double" calculate="coalesce(/data/n * 2, 'нет')"/>"#,
        r#"<input ref="/data/n"><label>Сколько</label></input>"#,
    );
    set(&mut entry, "n", "3,5");
    let view = entry.view(&path(&entry, "n")).expect("is there");
    assert_eq!(view.value, None);
    assert_eq!(view.typed, Value::new("3,5"));
    assert_eq!(view.violation.map(|found| found.rule), Some(Rule::Type));
    assert_eq!(
        entry
            .submission()
            .answers
            .iter()
            .filter(|a| a.path.name() == "n")
            .count(),
        0
    );
    set(&mut entry, "n", "3");
    let view = entry.view(&path(&entry, "n")).expect("is there");
    assert_eq!(
        (view.value, view.typed, view.violation),
        (Value::new("3"), None, None)
    );
    assert_eq!(value(&entry, "double"), "6");
}

#[test]
fn values_of_the_document_are_typed_like_answers() {
    let entry = xform(
        "<i>99999999999</i><d>1999-11-23T23:30:05</d><p>99 10 0 0</p><b>true</b>",
        r#"<bind nodeset="/data/i" type="int"/><bind nodeset="/data/d" type="date"/>
           <bind nodeset="/data/p" type="geopoint"/><bind nodeset="/data/b" type="boolean"/>"#,
        "",
    );
    let found: Vec<String> = ["i", "d", "p", "b"].map(|name| value(&entry, name)).into();
    assert_eq!(found, ["", "1999-11-23", "", "1"]);
}

#[test]
fn computed_midnight_is_a_moment() {
    let entry = xform(
        "<m/><t/>",
        r#"<bind nodeset="/data/m" type="dateTime" calculate="date('2026-12-01')"/>
           <bind nodeset="/data/t" type="time" calculate="'2026-12-01T14:30:00.000+00:00'"/>"#,
        "",
    );
    assert_eq!(value(&entry, "m"), "2026-12-01");
    assert_eq!(value(&entry, "t"), "14:30:00.000+00:00");
}

#[test]
fn an_acknowledgement_is_ok_or_nothing() {
    let mut entry = xform(
        "<a/>",
        "",
        r#"<trigger ref="/data/a"><label>Прочитано</label></trigger>"#,
    );
    for (typed, expected) in [
        ("true", "OK"),
        ("OK", "OK"),
        ("false", ""),
        ("yes", "OK"),
        ("", ""),
    ] {
        set(&mut entry, "a", typed);
        assert_eq!(value(&entry, "a"), expected, "{typed}");
    }
}

proptest! {
    /// Whatever is typed, it is a value or it is shown as typed, never both and never lost.
    #[test]
    fn typed_text_is_a_value_or_is_named(text in "[-+0-9.,:TZ eа]{1,24}", kind in 0..6_usize) {
        let types = ["int", "decimal", "date", "time", "dateTime", "geopoint"];
        let mut entry = xform(
            "<q/>",
            &format!(r#"<bind nodeset="/data/q" type="{}"/>"#, types[kind]),
            r#"<input ref="/data/q"><label>Что</label></input>"#,
        );
        set(&mut entry, "q", &text);
        let view = entry.view(&path(&entry, "q")).expect("is there");
        if !text.trim().is_empty() {
            prop_assert!(view.value.is_some() != view.typed.is_some(), "{view:?}");
        }
        prop_assert_eq!(view.typed.is_some(), view.violation.is_some());
        if let Some(kept) = view.value {
            // A value is a value of its type again.
            set(&mut entry, "q", kept.as_str());
            let again = entry.view(&path(&entry, "q")).expect("is there").value;
            prop_assert_eq!(again, Some(kept));
        }
    }
}

#[test]
fn functions_read_what_the_reference_engines_read() {
    for (expression, expected) in [
        ("date('2026-9-1')", "2026-09-01"),
        ("decimal-time('24:00:00')", ""),
        ("decimal-time('2026-09-01T12:00:00.000')", "0.5"),
        ("int('7.9e-12')", "0"),
        ("int('семь')", ""),
        ("round('4,6')", "5"),
        ("round(-1.5)", "-1"),
        ("number('2,5')", ""),
        ("regex('абв', 'б')", "true"),
        ("regex('абв', '^б$')", "false"),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true"),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0')", "false"),
        ("format-date('', '%Y')", ""),
    ] {
        let entry = xform(
            "<q/>",
            &format!(r#"<bind nodeset="/data/q" calculate="{expression}"/>"#),
            "",
        );
        assert_eq!(value(&entry, "q"), expected, "{expression}");
    }
}

// --- actions ---------------------------------------------------------------------------------

#[test]
fn a_path_with_a_condition_chooses_the_instance() {
    let mut entry = xform(
        r#"<source/><rep jr:template=""><to/></rep>"#,
        "",
        r#"<input ref="/data/source"><label>Что</label>
             <setvalue event="xforms-value-changed" ref="/data/rep[position()=2]/to" value="/data/source"/>
           </input>
           <repeat nodeset="/data/rep"><input ref="/data/rep/to"/></repeat>"#,
    );
    for id in ["r:1", "r:2", "r:3"] {
        add(&mut entry, "rep", id);
    }
    set(&mut entry, "source", "да");
    let found: Vec<String> = (1..=3)
        .map(|i| value(&entry, &format!("rep[{i}]/to")))
        .collect();
    assert_eq!(found, ["", "да", ""]);
}

#[test]
fn an_action_reaches_out_of_its_repeat_and_into_an_inner_one() {
    let mut entry = xform(
        r#"<count>0</count><last/><outer><q/><inner><to/></inner></outer>"#,
        r#"<bind nodeset="/data/count" type="int"/>"#,
        r#"<repeat nodeset="/data/outer">
             <setvalue event="odk-new-repeat" ref="/data/last">новый</setvalue>
             <input ref="/data/outer/q">
               <setvalue event="xforms-value-changed" ref="/data/count" value=". + 1"/>
               <setvalue event="xforms-value-changed" ref="../inner/to" value="../../q"/>
             </input>
             <repeat nodeset="/data/outer/inner"><input ref="/data/outer/inner/to"/></repeat>
           </repeat>"#,
    );
    assert_eq!(value(&entry, "last"), "");
    add(&mut entry, "outer", "r:1");
    assert_eq!(value(&entry, "last"), "новый");
    set(&mut entry, "outer[2]/q", "слово");
    assert_eq!(value(&entry, "count"), "1");
    assert_eq!(value(&entry, "outer[2]/inner[1]/to"), "слово");
    assert_eq!(value(&entry, "outer[1]/inner[1]/to"), "");
    set(&mut entry, "outer[2]/q", "слово");
    assert_eq!(value(&entry, "count"), "1", "the same value is no change");
}

#[test]
fn loading_fills_every_instance_that_is_there_and_none_that_comes() {
    for event in ["odk-instance-load", "odk-instance-first-load"] {
        let mut entry = xform(
            "<rep><q/></rep><rep><q/></rep>",
            "",
            &format!(
                r#"<repeat nodeset="/data/rep"><setvalue event="{event}" ref="/data/rep/q" value="4 * 4"/>
                   <input ref="/data/rep/q"/></repeat>"#
            ),
        );
        add(&mut entry, "rep", "r:1");
        let found: Vec<String> = (1..=3)
            .map(|i| value(&entry, &format!("rep[{i}]/q")))
            .collect();
        assert_eq!(found, ["16", "16", ""], "{event}");
    }
}

#[test]
fn an_event_that_does_not_exist_is_a_problem() {
    let xml = r#"<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
        <model><instance><data id="x"><a/></data></instance>
        <setvalue event="odk-inftance-load" ref="/data/a">1</setvalue></model></h:head><h:body/></h:html>"#;
    let (_, problems) = forms::xform::open(xml, EntryContext::default()).expect("an XForm");
    let codes: Vec<&str> = problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(codes, ["action.unknown-event"]);
}

// --- choices ---------------------------------------------------------------------------------

const LISTS: &str = r#"<instance id="all"><root>
    <item><name>a</name><label>А</label></item><item><name>b</name><label>Б</label></item>
    <item><name>c</name><label>В</label></item><item><name>d</name><label>Г</label></item>
    </root></instance>"#;

fn ranking() -> FormEntry {
    xform(
        "<some/><order/>",
        LISTS,
        r#"<select ref="/data/some"><itemset nodeset="instance('all')/root/item"><value ref="name"/><label ref="label"/></itemset></select>
           <rank ref="/data/order"><itemset nodeset="instance('all')/root/item[selected(/data/some, name)]"><value ref="name"/><label ref="label"/></itemset></rank>"#,
    )
}

#[test]
fn several_choices_stand_in_the_order_of_the_list_and_a_ranking_in_its_own() {
    let mut entry = ranking();
    set(&mut entry, "some", "d a c");
    assert_eq!(value(&entry, "some"), "a c d");
    assert_eq!(value(&entry, "order"), "", "nobody has ranked yet");
    set(&mut entry, "order", "c d a");
    assert_eq!(value(&entry, "order"), "c d a");
    set(&mut entry, "some", "a b c");
    assert_eq!(
        value(&entry, "order"),
        "c a b",
        "what is gone is left out, what is new comes last"
    );
    set(&mut entry, "some", "");
    assert_eq!(value(&entry, "order"), "");
    set(&mut entry, "some", "d a c");
    assert_eq!(value(&entry, "order"), "c d a");
}

#[test]
fn lists_without_conditions_are_ordered_too() {
    let mut entry = xform(
        "<some/><order/>",
        "",
        r#"<select ref="/data/some"><item><label>А</label><value>a</value></item><item><label>Б</label><value>b</value></item></select>
           <rank ref="/data/order"><item><label>А</label><value>a</value></item><item><label>Б</label><value>b</value></item></rank>"#,
    );
    set(&mut entry, "some", "x b a");
    assert_eq!(
        value(&entry, "some"),
        "a b x",
        "what the list does not hold stays"
    );
    set(&mut entry, "order", "b");
    assert_eq!(value(&entry, "order"), "b a");
}

proptest! {
    /// A ranking names every offered choice once, whatever was ranked before.
    #[test]
    fn a_ranking_is_whole(offered in proptest::sample::subsequence(vec!["a", "b", "c", "d"], 0..=4),
                          ranked in proptest::sample::subsequence(vec!["d", "b", "a", "c"], 1..=4)) {
        let mut entry = ranking();
        set(&mut entry, "order", &ranked.join(" "));
        set(&mut entry, "some", &offered.join(" "));
        let order = value(&entry, "order");
        let mut found: Vec<&str> = order.split_whitespace().collect();
        found.sort_unstable();
        prop_assert_eq!(found, offered);
    }
}

// --- attached tables -------------------------------------------------------------------------

fn workbook(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    Workbook {
        sheets: sheets
            .iter()
            .map(|(name, rows)| Sheet {
                name: (*name).to_owned(),
                rows: rows
                    .iter()
                    .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                    .collect(),
            })
            .collect(),
    }
}

#[test]
fn attached_tables_are_read_with_any_separator_and_line_end() {
    let book = workbook(&[(
        "survey",
        &[
            &["type", "name", "label", "calculation"],
            &[
                "calculate",
                "found",
                "",
                "pulldata('schools', 'title', 'code', '02')",
            ],
        ],
    )]);
    let form = std::sync::Arc::new(import(&book, &Options::default()).form);
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}"] {
                let rows = [
                    ["code", "title"],
                    ["01", "Первая"],
                    ["02", "\"Вторая; большая, новая\""],
                ];
                let lines: Vec<String> = rows.iter().map(|row| row.join(separator)).collect();
                let mut attachments = Attachments::default();
                attachments.files.insert(
                    "schools.csv".to_owned(),
                    format!("{mark}{}", lines.join(end)),
                );
                let (entry, _) =
                    FormEntry::open_with(form.clone(), EntryContext::default(), &attachments);
                assert_eq!(
                    value(&entry, "found"),
                    "Вторая; большая, новая",
                    "{separator:?} {end:?}"
                );
            }
        }
    }
}

#[test]
fn a_text_seed_gives_an_order_of_its_own_that_stays() {
    let order = |seed: &str| {
        let entry = xform(
            "<q/>",
            LISTS,
            &format!(
                r#"<select1 ref="/data/q"><itemset nodeset="randomize(instance('all')/root/item, '{seed}')"><value ref="name"/><label ref="label"/></itemset></select1>"#
            ),
        );
        let view = entry.view(&path(&entry, "q")).expect("is there");
        view.choices
            .into_iter()
            .map(|choice| choice.value)
            .collect::<String>()
    };
    let orders: std::collections::BTreeSet<String> = ["школа", "класс", "урок", "мел", "доска"]
        .iter()
        .map(|seed| order(seed))
        .collect();
    assert!(orders.len() > 1, "{orders:?}");
    assert_eq!(order("школа"), order("школа"));
}

// --- workbooks -------------------------------------------------------------------------------

fn codes(book: &Workbook) -> Vec<(String, Option<u32>, Option<String>)> {
    import(book, &Options::default())
        .problems
        .into_iter()
        .map(|problem| (problem.code, problem.place.row, problem.place.column))
        .collect()
}

#[test]
fn a_question_may_be_called_like_the_whole() {
    let book = workbook(&[
        (
            "survey",
            &[
                &["type", "name", "label", "calculation"],
                &["text", "data", "Данные", ""],
                &["calculate", "twice", "", "concat(${data}, ${data})"],
            ],
        ),
        (
            "settings",
            &[
                &["form_title", "instance_name"],
                &["Проба", "concat('о ', ${data})"],
            ],
        ),
    ]);
    let imported = import(&book, &Options::default());
    assert_eq!(imported.problems, []);
    let (mut entry, problems) =
        FormEntry::open(std::sync::Arc::new(imported.form), EntryContext::default());
    assert_eq!(problems, []);
    set(&mut entry, "data", "раз");
    assert_eq!(value(&entry, "twice"), "разраз");
}

#[test]
fn errors_in_cells_are_named_with_their_place_and_never_read() {
    let book = workbook(&[
        (
            "survey",
            &[
                &["type", "name", "label", "relevant"],
                &["text", "a", "Первое", ""],
                &["text", "b", "#N/A", "#ИМЯ?"],
                &["text", "c", "Err:508", ""],
                &["text", "d", "#FORMULA?", ""],
            ],
        ),
        ("notes", &[&["#REF!"]]),
    ]);
    let found: Vec<_> = codes(&book)
        .into_iter()
        .filter(|(code, ..)| code.starts_with("cell."))
        .collect();
    let at =
        |code: &str, row: u32, column: &str| (code.to_owned(), Some(row), Some(column.to_owned()));
    assert_eq!(
        found,
        [
            at("cell.error", 3, "label"),
            at("cell.error", 3, "relevant"),
            at("cell.error", 4, "label"),
            at("cell.no-value", 5, "label")
        ]
    );
    let form = serde_json::to_string(&import(&book, &Options::default()).form).expect("JSON");
    for word in ["#N/A", "#ИМЯ?", "Err:508", "#FORMULA?"] {
        assert!(!form.contains(word), "{word}");
    }
}

#[test]
fn columns_that_nobody_reads_are_named() {
    let book = workbook(&[
        (
            "survey",
            &[
                &[
                    "type",
                    "name",
                    "label",
                    "relevent",
                    "constrain",
                    "Required?",
                    "_помета",
                    "#note",
                ],
                &["text", "a", "Первое", "x", "x", "x", "x", "x"],
            ],
        ),
        ("settings", &[&["form_title", "verson"], &["Проба", "1"]]),
    ]);
    let found: Vec<String> = codes(&book)
        .into_iter()
        .filter(|(code, ..)| code == "column.unread")
        .filter_map(|(.., column)| column)
        .collect();
    assert_eq!(found, ["verson", "relevent", "constrain", "Required?"]);
}
