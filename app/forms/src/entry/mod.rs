//! Filling a form in: answers, relevance, calculations, validation, scores.
//!
//! [`FormEntry`] is the one engine for browser and server. Changes go in by [`FormEntry::apply`], views come out by
//! [`FormEntry::view`], and [`FormEntry::replay`] comes to the same state from a log.

mod answers;
pub(crate) mod attachments;
mod change;
mod compile;
mod engine;
mod offers;
pub(crate) mod order;
mod outline;
mod path;
pub(crate) mod plan;
mod progress;
mod reader;
mod recompute;
mod score;
mod sources;
mod state;
mod submission;
mod tree;
mod typed;
mod view;

pub use answers::{Answer, Submission};
pub use attachments::Attachments;
pub use change::{Change, ChangeError, Edit, Effects, Value};
pub use engine::{EntryContext, FormEntry};
pub use outline::{NodeId, Outline, OutlineKind};
pub use path::{NodePath, PathError};
pub use progress::SectionProgress;
pub use score::{ItemScore, ScoreSheet, SectionScore};
pub use submission::Replay;
pub use view::{ChoiceView, MediaView, NodeView, Rule, ViewKind, Violation};
