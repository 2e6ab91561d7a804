//! Tests of the server through its router, with a real database.

mod access;
mod analyze;
mod audit;
mod demo;
mod evidence;
mod heat_map;
mod import;
mod invitation;
mod job;
mod live;
mod mechanism;
mod openapi;
mod problem;
mod run;
mod school;
mod session;
mod staffing;
mod store;
mod submission;
mod world;
