//! Reads the shared reference data, which are never part of the repository.

use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;

/// One row of a table by column name.
pub type Row = HashMap<String, String>;

/// Rows of `data/<name>` under `ORIENTIR_SHARED` (default `../shared` seen from the workspace root), or `None` after
/// printing what is skipped. Files ending in `.gz` are unpacked.
pub fn table(name: &str) -> Option<Vec<Row>> {
    let root = std::env::var_os("ORIENTIR_SHARED")
        .map_or_else(|| PathBuf::from("../../../shared"), PathBuf::from);
    let path = root.join("data").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!(
            "SKIPPED: {} is absent; set ORIENTIR_SHARED to check against it",
            path.display()
        );
        return None;
    };
    let mut text = Vec::new();
    if name.ends_with(".gz") {
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut text)
            .unwrap();
    } else {
        text = bytes;
    }
    let mut reader = csv::Reader::from_reader(text.as_slice());
    Some(
        reader
            .deserialize()
            .collect::<Result<Vec<Row>, _>>()
            .unwrap(),
    )
}

/// The number in a column; `None` for blank and `NA`.
pub fn number(row: &Row, column: &str) -> Option<f64> {
    match row[column].as_str() {
        "" | "NA" => None,
        text => Some(text.parse().unwrap()),
    }
}
