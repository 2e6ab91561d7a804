//! Sheets whose names are nearly right.

use super::problems::distance;
use super::sheet::{Sheet, Workbook};

/// Other sheets by these names are understood; all others are left alone.
pub(super) const SHEETS: &[&str] = &[
    "survey",
    "choices",
    "settings",
    "external_choices",
    "osm",
    "entities",
];

/// A sheet whose name is nearly `wanted`.
pub(super) fn similar_sheet<'w>(workbook: &'w Workbook, wanted: &str) -> Option<&'w Sheet> {
    workbook.sheets.iter().find(|sheet| {
        let name = sheet.name.to_lowercase();
        !sheet.name.starts_with('_')
            && !SHEETS.contains(&name.as_str())
            && name.chars().count() < 64
            && distance(&name, wanted) <= 2
    })
}

pub(super) fn similar_words(sheet: Option<&Sheet>) -> String {
    sheet
        .map(|sheet| format!(" («{}»?)", sheet.name))
        .unwrap_or_default()
}
