//! The demo municipality: an invented district, the same for the same seed and day.
//!
//! Everything is invented: schools, people, results. What was inflated, and how, stands in
//! [`results::INFLATED`]; every other result is honest, the gymnasium's high ones included.

pub mod papers;
pub mod results;
pub mod schools;
