//! `orientir analyze`, as an analyst calls it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::import::workbook;
use crate::run::table;

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
    let shared = std::env::var("ORIENTIR_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").to_owned());
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
