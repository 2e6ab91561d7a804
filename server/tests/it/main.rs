//! Tests of the server through its router, with a real database.

mod access;
mod assessment;
mod forms;
mod management;
mod observation;
mod operation;
mod procedures;
mod registry;
mod results;
mod schools;

mod demo;
mod live;
mod openapi;
mod problem;
mod store;
mod world;
