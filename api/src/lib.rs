//! The doors of Rapport: GraphQL, HTTP, the managers' pages and the command line. They read; only the jobs write.

// the query root is a type of many merged ones, and laying out its future goes as deep
#![recursion_limit = "256"]

pub mod access;
pub mod cache;
pub mod cli;
pub mod database;
pub mod error;
pub mod export;
pub mod graphql;
pub mod http;
pub mod metrics;
pub mod page;
mod pictures;
mod report;
mod reports;
pub mod saved;
pub mod settings;
pub mod state;

pub use access::Access;
pub use error::Error;
pub use settings::{Serve, Settings};
