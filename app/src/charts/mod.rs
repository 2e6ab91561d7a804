//! Charts: pure functions from data to marks, then SVG.
