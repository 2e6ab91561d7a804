//! `orientir analyze`, as an analyst calls it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::results::import::workbook;
use crate::results::run::table;

fn analyze(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_orientir"))
        .arg("analyze")
        .args(arguments)
        .output()
        .expect("the command runs")
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("orientir-analyze-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&directory).expect("directory");
    let path = directory.join(name);
    std::fs::write(&path, bytes).expect("file");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn bad_input_names_file_row_column_and_repair_and_prints_nothing_else() {
    let path = file(
        "bad.csv",
        b"year,subject,grade,school,raw_score\n2026,math,5,s1,4\n2026,math,5,s1,x\n",
    );
    let output = analyze(&[text(&path)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let told = String::from_utf8_lossy(&output.stderr);
    for part in [
        "bad.csv",
        "row 3",
        "column raw_score",
        "is not a number",
        "Write a number",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let absent = analyze(&["/nonexistent/results.csv"]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(absent.stdout.is_empty());
}

#[test]
fn the_order_of_rows_changes_no_byte() {
    let one = analyze(&[text(&file("one.csv", &table(0..80))), "--seed", "5"]);
    let other = analyze(&[
        text(&file("other.csv", &table((0..80).rev()))),
        "--seed",
        "5",
    ]);
    assert_eq!(
        one.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&one.stderr)
    );
    assert!(!one.stdout.is_empty());
    assert_eq!(one.stdout, other.stdout);
}

#[test]
fn a_line_holds_the_fields_of_the_batch_interface() {
    let rows = [["edu990001", "50001", "1", "2", "4", "7", "5", "4"]];
    let workbook = file("f1.xlsx", &workbook(&rows, false));
    let context = file(
        "context.csv",
        b"year,school,enrolled,context_index\n2026,edu990001,9,0.3\n",
    );
    let output = analyze(&[
        text(&workbook),
        "--context",
        text(&context),
        "--cuts",
        "2,4,6",
    ]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let line: Value = serde_json::from_slice(&output.stdout).expect("one line of JSON");
    assert_eq!(line["year"], 2026);
    assert_eq!(line["subject"], "math");
    assert_eq!(line["grade"], 5);
    assert_eq!(line["school"], "edu990001");
    assert_eq!(line["n"], 1);
    assert_eq!(line["state"], "insufficient");
    for field in [
        "level",
        "posterior",
        "local_fdr",
        "mean",
        "shrunk_mean",
        "first_reason",
        "channels",
        "markers",
    ] {
        assert!(line.get(field).is_some(), "{field}");
    }
}

#[test]
fn wrong_cuts_are_refused() {
    let path = file("one.csv", &table(0..8));
    let output = analyze(&[text(&path), "--cuts", "14,8,20"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn thousands_of_tiny_schools_are_answered() {
    let shared = std::env::var("ORIENTIR_SHARED").unwrap_or_else(|_| "../../shared".to_owned());
    let path = Path::new(&shared).join("data/chem97_results.csv.gz");
    if !path.exists() {
        use std::io::Write;
        // Written past the capture of test output, because a skipped check must be seen.
        let _ = std::io::stderr().write_all(b"SKIPPED: chem97_results.csv.gz (ORIENTIR_SHARED)\n");
        return;
    }
    let output = analyze(&[text(&path), "--format", "table"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(table.contains("2410 cells:"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("31022 works") && told.contains("peak memory"),
        "{told}"
    );
}

const HEADER: &str =
    "year,subject,grade,school,class,pupil,booklet,raw_score,mark,register_mark,prior_score";

/// Schools of `pupils` works with scores 0–30 that nobody inflated.
fn scores(schools: usize, pupils: usize) -> String {
    let mut text = format!("{HEADER}\n");
    for school in 0..schools {
        for pupil in 0..pupils {
            let score = (school * 7 + pupil * 11 + pupil * pupil) % 31;
            text.push_str(&format!("2026,math,5,s{school},5a,{pupil},,{score},,,\n"));
        }
    }
    text
}

#[test]
fn one_pass_mark_is_a_scale_for_the_boundary_channel() {
    let path = file("pass.csv", scores(30, 25).as_bytes());
    let output = analyze(&[text(&path), "--cuts", "11"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let lines = String::from_utf8_lossy(&output.stdout);
    assert_eq!(lines.lines().count(), 30);
    for line in lines.lines() {
        let cell: Value = serde_json::from_str(line).expect("a line of JSON");
        let channels = cell["channels"].as_array().expect("channels");
        assert!(
            channels
                .iter()
                .any(|channel| channel["channel"] == "bunching"),
            "{line}"
        );
    }
}

#[test]
fn boundaries_no_work_can_reach_are_refused() {
    let text_of = format!("{HEADER},item:1:2,item:2:3\n2026,math,5,s1,5a,1,,,,,,1,2\n");
    let path = file("short.csv", text_of.as_bytes());
    let output = analyze(&[text(&path), "--cuts", "8,14,20"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("above the highest score"), "{told}");
}

#[test]
fn each_kind_of_bad_cell_is_told_with_its_place() {
    let items = format!("{HEADER},item:1:1,item:2:2");
    for (header, row, column) in [
        (HEADER, "2026,math,5,s1,5a,1,,-3,,,", "raw_score"),
        (HEADER, "2026,math,5,s1,5a,1,,7,6,,", "mark"),
        (HEADER, "2026,math,5,s1,5a,1,,7,3,1,", "register_mark"),
        (HEADER, "2026,math,5,s1,5a,1,,7,3,,NaN", "prior_score"),
        (items.as_str(), "2026,math,5,s1,5a,1,,,,,,1,3", "item:2:2"),
        (items.as_str(), "2026,math,5,s1,5a,1,,,,,,1.5,2", "item:1:1"),
    ] {
        let path = file("bad.csv", format!("{header}\n{row}\n").as_bytes());
        let output = analyze(&[text(&path)]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{row}: {told}");
        assert!(output.stdout.is_empty());
        let place = format!("row 2, column {column}");
        assert!(told.contains(&place), "{place} in {told}");
    }
}

#[test]
fn poor_data_get_a_state_and_never_a_zero() {
    let constant: String = (0..120)
        .map(|work| format!("2026,math,5,s{},5a,{work},,10,,,\n", work % 12))
        .collect();
    let blank: String = (0..120)
        .map(|work| format!("2026,math,5,s{},5a,{work},,,,,,,\n", work % 12))
        .collect();
    for (table, state) in [
        (format!("{HEADER}\n{constant}"), "insufficient"),
        (format!("{HEADER},item:1:1,item:2:2\n{blank}"), "no_data"),
        (
            format!("{HEADER}\n2026,math,5,s1,5a,1,,7,3,4,\n"),
            "insufficient",
        ),
        (scores(1, 30), "insufficient"),
    ] {
        let path = file("poor.csv", table.as_bytes());
        let output = analyze(&[text(&path)]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let cell: Value = serde_json::from_str(line).expect("a line of JSON");
            assert_eq!(cell["state"], state, "{line}");
            assert!(cell["posterior"].is_null());
        }
    }
}

#[test]
fn numbers_that_are_none_in_the_context_are_told() {
    let path = file("one.csv", scores(3, 10).as_bytes());
    for (value, column) in [
        ("12,NaN", "context_index"),
        ("12,inf", "context_index"),
        ("-4,0.1", "enrolled"),
    ] {
        let table = format!("year,school,enrolled,context_index\n2026,s1,{value}\n");
        let context = file("context.csv", table.as_bytes());
        let output = analyze(&[text(&path), "--context", text(&context)]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{value}: {told}");
        assert!(output.stdout.is_empty() && told.contains(column), "{told}");
    }
}
