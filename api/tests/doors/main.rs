//! The doors, each tried from outside over a small database of known results.

#![allow(clippy::unwrap_used)]

mod committed;
mod contract;
mod cost;
mod documents;
mod facts;
mod generated;
mod graph;
mod groups;
mod http;
mod lists;
mod matrix;
mod models;
mod rows;
mod seed;
