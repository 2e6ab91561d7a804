//! The small design system: what pages are built of. No rules live here.

pub mod bar;
pub mod form;
pub mod icon;
pub mod notice;
pub mod state_tag;
pub mod table;

#[cfg(feature = "csr")]
pub mod choices;
#[cfg(feature = "csr")]
pub mod dialog;
#[cfg(feature = "csr")]
pub mod doing;
#[cfg(feature = "csr")]
pub mod due;
#[cfg(feature = "csr")]
pub mod event_link;
#[cfg(feature = "csr")]
pub mod evidence;
#[cfg(feature = "csr")]
pub mod field;
#[cfg(feature = "csr")]
pub mod file_drop;
#[cfg(feature = "csr")]
pub mod geo;
#[cfg(feature = "csr")]
pub mod loaded;
#[cfg(feature = "csr")]
pub mod page_head;
#[cfg(feature = "csr")]
pub mod popover;
#[cfg(feature = "csr")]
pub mod school_choice;
#[cfg(feature = "csr")]
pub mod toast;
#[cfg(feature = "csr")]
pub mod writing;

pub use bar::Bar;
pub use icon::{Glyph, Icon};
pub use notice::{EmptyState, Notice, Tone};
pub use state_tag::StateTag;
pub use table::TableFrame;

#[cfg(feature = "csr")]
pub use choices::Choices;
#[cfg(feature = "csr")]
pub use dialog::Dialog;
#[cfg(feature = "csr")]
pub use doing::{Doing, DoingFailure};
#[cfg(feature = "csr")]
pub use due::{DueDate, today};
#[cfg(feature = "csr")]
pub use event_link::EventLink;
#[cfg(feature = "csr")]
pub use field::{Field, LongField};
#[cfg(feature = "csr")]
pub use file_drop::FileDrop;
#[cfg(feature = "csr")]
pub use loaded::{FailureNotice, Following, Loaded, Loading, Refusal};
#[cfg(feature = "csr")]
pub use page_head::PageHead;
#[cfg(feature = "csr")]
pub use school_choice::SchoolChoice;
#[cfg(feature = "csr")]
pub use toast::{Toasts, use_toasts};
#[cfg(feature = "csr")]
pub use writing::Writing;
