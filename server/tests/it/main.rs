//! Tests of the server through its router, with a real database.

mod access;
mod analyze;
mod audit;
mod demo;
mod heat_map;
mod import;
mod invitation;
mod job;
mod live;
mod map_layer;
mod openapi;
mod problem;
mod run;
mod session;
mod store;
mod submission;
mod world;
