//! Laws of import and export, on grids of cells that a form could hold and on grids that nobody meant.

use forms::xform;
use forms::xlsform::{Options, Sheet, Workbook, export, import, repair_all};
use proptest::collection::vec;
use proptest::prelude::*;

const TYPES: &[&str] = &[
    "text",
    "integer",
    "note",
    "calculate",
    "select_one l",
    "select_multiple l or_other",
    "select_one ${a}",
    "select_one_from_file f.csv",
    "select_one_external e",
    "rank l",
    "range",
    "image",
    "audit",
    "csv-external",
    "begin_group",
    "end_group",
    "begin repeat",
    "end repeat",
    "begin_loop over l",
    "end loop",
    "geopoint",
    "osm t",
    "start",
    "background-geopoint",
    "nonsense",
    "string",
    "phone number",
    "acknowledge",
    "set form id",
    "",
];

const HEADERS: &[&str] = &[
    "type",
    "name",
    "label",
    "label::Русский (ru)",
    "label::English (en)",
    "hint",
    "guidance_hint::English (en)",
    "relevant",
    "constraint",
    "constraint_message::Русский (ru)",
    "required",
    "calculation",
    "default",
    "trigger",
    "appearance",
    "parameters",
    "choice_filter",
    "repeat_count",
    "media::image",
    "audio::English (en)",
    "save_to",
    "bind::foo",
    "body::bar",
    "instance::odk:x",
    "disabled",
    "weight",
    "evidence",
    "evidence_what::English (en)",
    "critical",
    "companion",
    "tags",
    "section",
    "list_name",
    "score",
    "level.ru",
    "not_applicable",
    "extra",
    "caption",
    "form_id",
    "default_language",
    "style",
    "entity_id",
    "allow_choice_duplicates",
    "sp ace",
];

const CELLS: &[&str] = &[
    "",
    "a",
    "b",
    "q1",
    "meta",
    "data",
    "${a}",
    "${b} + 1",
    "${",
    "${last-saved#a}",
    "${missing}",
    "yes",
    "no",
    "2",
    "-1",
    "=1+1",
    "@x",
    "l",
    "e",
    "table-list",
    "label",
    "search('f')",
    "start=1 end=5 step=2",
    "randomize=true",
    "key=value",
    "max=3 min=1",
    "Русский (ru)",
    "English (en)",
    "default",
    "note a",
    "photo b",
    "block",
    "Текст <b> & ${a}",
    "instance('l')/root/item[name = ${a}]/label",
    "pulldata('f', 'a', 'b', ${a})",
    "indexed-repeat(${a}, ${b}, 1)",
    "%(name)s",
    "e#p",
    "other",
    "document",
    "2.50",
    "\u{201c}quoted\u{201d}",
    "x\u{0}y",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => prop::sample::select(CELLS).prop_map(str::to_owned),
        3 => prop::sample::select(TYPES).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

fn header() -> impl Strategy<Value = String> {
    prop_oneof![8 => prop::sample::select(HEADERS).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

/// A survey whose first two columns are type and name, with any others.
fn survey() -> impl Strategy<Value = Sheet> {
    let typed = (prop::sample::select(TYPES), cell(), vec(cell(), 0..7))
        .prop_map(|(kind, name, rest)| [vec![kind.to_owned(), name], rest].concat());
    (vec(header(), 0..7), vec(typed, 0..12)).prop_map(|(headers, rows)| {
        let header = [vec!["type".to_owned(), "name".to_owned()], headers].concat();
        Sheet {
            name: "survey".to_owned(),
            rows: [vec![header], rows].concat(),
        }
    })
}

fn other(name: &'static str) -> impl Strategy<Value = Sheet> {
    (vec(header(), 1..6), vec(vec(cell(), 0..6), 0..6)).prop_map(move |(headers, rows)| {
        let header = [vec!["list_name".to_owned(), "name".to_owned()], headers].concat();
        Sheet {
            name: name.to_owned(),
            rows: [vec![header], rows].concat(),
        }
    })
}

fn workbook() -> impl Strategy<Value = Workbook> {
    let others = ["choices", "settings", "external_choices", "osm", "entities"]
        .map(|name| prop::option::of(other(name)));
    (survey(), others).prop_map(|(survey, others)| Workbook {
        sheets: std::iter::once(survey)
            .chain(others.into_iter().flatten())
            .collect(),
    })
}

/// Sheets of anything at all.
fn chaos() -> impl Strategy<Value = Workbook> {
    let sheet =
        ("\\PC{0,10}", vec(vec(cell(), 0..6), 0..8)).prop_map(|(name, rows)| Sheet { name, rows });
    vec(sheet, 0..5).prop_map(|sheets| Workbook { sheets })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn import_is_total_and_its_xform_is_xml(workbook in prop_oneof![4 => workbook(), 1 => chaos()]) {
        let imported = import(&workbook, &Options::default());
        let text = xform::write(&imported.form);
        prop_assert!(roxmltree::Document::parse(&text).is_ok(), "{}", text);
    }

    #[test]
    fn import_of_an_export_gives_the_form_again(workbook in workbook()) {
        let form = import(&workbook, &Options::default()).form;
        let again = import(&export(&form), &Options::default()).form;
        prop_assert_eq!(again, form);
    }

    #[test]
    fn a_form_survives_json(workbook in workbook()) {
        let form = import(&workbook, &Options::default()).form;
        let json = serde_json::to_string(&form).unwrap();
        prop_assert_eq!(serde_json::from_str::<forms::Form>(&json).unwrap(), form);
    }

    #[test]
    fn repairs_never_add_errors(workbook in workbook()) {
        let count = |imported: &forms::xlsform::Imported| {
            imported.problems.iter().filter(|problem| problem.severity == forms::form::Severity::Error).count()
        };
        let before = count(&import(&workbook, &Options::default()));
        let after = count(&repair_all(&workbook, &Options::default()).imported);
        prop_assert!(after <= before, "{after} > {before}");
    }
}
