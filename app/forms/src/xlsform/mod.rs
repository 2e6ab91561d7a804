//! XLSForm: forms written in a spreadsheet.
//!
//! [`import`] never just fails. It gives the form as far as it can be understood and a list of problems; a form without
//! problems of severity error is one that other tools accept as well. Most problems carry a repair, an edit of the
//! cells, so that after [`repair_all`] the workbook itself is mended and can be downloaded again.

mod check;
mod choices;
mod entities;
mod export;
mod header;
mod import;
mod parameters;
mod problems;
mod range;
pub(crate) mod reference;
mod repair;
mod row;
mod settings;
mod sheet;
mod survey;
mod types;

pub use export::export;
pub use import::{Imported, Options, import};
pub use repair::{Repaired, repair_all};
pub use sheet::{Sheet, Workbook};

/// What a cell says that answers yes or no; `None` for anything else.
pub(crate) fn yes(cell: &str) -> Option<bool> {
    match cell {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// `yes` and `no` in their spellings as expressions; anything else as it is.
pub(crate) fn condition(value: String) -> String {
    match yes(&value) {
        Some(true) => "true()".to_owned(),
        Some(false) => "false()".to_owned(),
        None => value,
    }
}

/// The header to add for a column that is known by its bind or control attribute.
fn row_header(word: &str) -> String {
    match word {
        "calculate" => "calculation",
        "entities:saveto" => "save_to",
        "readonly" => "read_only",
        "jr:count" => "repeat_count",
        word => word,
    }
    .to_owned()
}
