//! `scenario`: behaviour traces.

use std::error::Error;

use crate::Tally;

pub fn run(_path: &str) -> Result<Tally, Box<dyn Error>> {
    Err("not yet".into())
}
