//! XLSForm: forms written in a spreadsheet.
//!
//! [`import`] never just fails. It gives the form as far as it can be understood and a list of problems; a form without
//! problems of severity error is one that other tools accept as well. Most problems carry a repair, an edit of the
//! cells, so that after [`repair_all`] the workbook itself is mended and can be downloaded again.

mod check;
mod choices;
mod context;
mod entities;
pub(crate) mod errors;
mod export;
mod header;
mod import;
mod lists;
mod parameters;
mod problems;
mod range;
pub(crate) mod reference;
mod repair;
mod row;
mod settings;
mod sheet;
mod similar;
mod survey;
mod types;
pub(crate) mod words;

pub use export::export;
pub use import::{Imported, Options, import};
pub use repair::{Repaired, repair_all};
pub use sheet::{Sheet, Workbook};
