//! Signs that results of an assessment may not have been obtained objectively, how sure they are, and why.
//!
//! Pure: no input or output, no clock, no ambient randomness. The seed is part of [`parameters::Parameters`], and
//! the same data give the same bytes in any row order and with any number of threads.
//!
//! Reading order: what goes in ([`data`], [`region`], [`parameters`]), what comes out ([`cell`]), how ([`run`],
//! `channels`, [`calibration`], `combination`), and how well (`examples/benchmark`).

pub mod context;
pub mod data;
pub mod parameters;
pub mod region;

pub mod cell;
pub mod decision;
pub mod low_results;
pub mod run;

pub mod calibration;
mod channels;
mod combination;
mod explanation;
pub mod markers;
pub mod math;
mod prepared;
pub mod statistics;

pub mod random;
pub mod simulator;
