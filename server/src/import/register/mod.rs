//! Lists of an office from its own spreadsheet: any table, columns by their headings, rows one after another.

pub mod columns;
pub mod organisation;
pub mod sheet;
pub mod table;
