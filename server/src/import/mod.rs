//! Import of results: readers of the two formats, what can be wrong with a file, what it holds, and the way of
//! its rows into the store.

pub mod bench;
pub mod check;
pub mod columns;
pub mod date;
pub mod f1;
pub mod flow;
pub mod names;
pub mod problem;
mod problem_text;
pub mod read;
pub mod scale;
pub mod subject;
pub mod survey;
pub mod table;
pub mod workbook;
