//! The matrix: schools × columns × layer, drawn a window at a time.
//!
//! Reading order: [`data`] (what is shown), [`arrange`] (in which order), [`window`] (which part of it is
//! in the document), [`walk`] (where keys lead), [`draw`], [`picture`] and [`print`] (markup, drawing and
//! paper as text), [`legend`] (what their signs mean), [`palette`] (colours and how people with another colour vision see them). All of them are pure; the
//! page that shows a matrix only measures, listens and sets.

pub mod arrange;
pub mod change;
pub mod data;
pub mod draw;
pub mod face;
pub mod ground;
pub mod layer;
pub mod legend;
pub mod palette;
pub mod picture;
pub mod print;
pub mod visit;
pub mod walk;
pub mod window;
