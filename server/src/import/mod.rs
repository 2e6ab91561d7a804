//! Import of results: readers of the two formats, what can be wrong with a file, and what it holds.

pub mod columns;
pub mod date;
pub mod f1;
pub mod names;
pub mod problem;
mod problem_text;
pub mod read;
pub mod scale;
pub mod subject;
pub mod survey;
pub mod table;
pub mod workbook;
