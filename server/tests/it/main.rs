//! Tests of the server through its router, with a real database.

mod access;
mod analyze;
mod attachment;
mod audit;
mod case;
mod day;
mod demo;
mod heat_map;
mod import;
mod invitation;
mod job;
mod live;
mod map_layer;
mod observer;
mod openapi;
mod problem;
mod run;
mod session;
mod staffing;
mod store;
mod submission;
mod world;
