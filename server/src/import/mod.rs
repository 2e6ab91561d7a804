//! Import of results: readers of the two formats, what can be wrong with a file, what it holds, and the way of
//! its rows into the store.

pub mod bench;
pub mod cell;
pub mod check;
pub mod code;
pub mod columns;
pub mod date;
pub mod encoding;
pub mod f1;
pub mod flow;
pub mod fuzz;
pub mod names;
pub mod problem;
mod problem_text;
pub mod read;
pub mod register;
pub mod scale;
pub mod stage;
pub mod subject;
pub mod survey;
pub mod table;
pub mod workbook;
