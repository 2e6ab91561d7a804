//! The form renderer.
