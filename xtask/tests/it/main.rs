//! Checks on the workspace as a whole.

mod layering;
mod rooms;
