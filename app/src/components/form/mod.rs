//! The form renderer: every question of a form as a widget that keyboard and screen reader can use.
//!
//! Widgets know neither network nor storage, except photos and files, which ask the filling: each follows its own
//! question and tells the [`Port`] what the person did. Of the section that is asked for only what is near the screen is drawn.
#![cfg(feature = "csr")]

mod annotate;
mod card;
mod choice;
mod critical;
mod drawing;
mod items;
mod likert;
mod media;
mod moment;
mod number;
mod place;
mod place_map;
mod port;
mod range;
mod rank;
mod rival;
mod scale;
mod summary;
mod text;
mod typing;
mod window;

pub use items::SectionItems;
pub use port::{CardFoot, Mark, Port, Rival, RivalOf, Watched, use_port};
pub use scale::Badge;
pub use summary::{ErrorSummary, SummaryLine};
pub use text::focus;
