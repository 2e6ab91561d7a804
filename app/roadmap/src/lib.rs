//! Roadmaps (дорожные карты) as offices bring them: a table in Word, OpenDocument, Excel or CSV becomes headings and
//! lines with schedules, due periods, executors and expected papers.
//!
//! Tables of offices are never clean, so nothing is refused that can be read in part: what was not understood stays in
//! the words of the document and is named as a [`Problem`] with its place and its repair.

pub mod check;
mod executor;
mod file;
mod paper;
mod plan;
mod problem;
pub mod schedule;
mod system;
mod text;

pub use executor::{Executor, ExecutorKind, Organisations, named as executors};
pub use file::Refusal;
pub use paper::{PaperKind, papers};
pub use plan::{Heading, Line, Part, Reading, read};
pub use problem::{Fault, Language, Place, Problem};
pub use schedule::{Day, Month, Period, Programme, Schedule};
pub use system::System;
