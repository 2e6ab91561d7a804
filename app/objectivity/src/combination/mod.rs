//! From channels to one likelihood ratio, a posterior, a local false-discovery rate and a state.

pub(crate) mod alternatives;
pub(crate) mod families;
pub(crate) mod honest;
pub(crate) mod posterior;
pub(crate) mod state;
pub(crate) mod support;
