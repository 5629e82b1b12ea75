//! Rapport end to end, through its public doors only: the command line, GraphQL and HTTP.
//!
//! Every test has a [`World`] of its own: a fresh database, on SQLite or PostgreSQL, and a folder for its files.

// all of this crate is a test: what cannot be must end it
#![allow(clippy::unwrap_used)]

mod data;
mod postgres;
mod server;
pub mod shop;
mod world;

pub use data::{repeats, shared};
pub use server::Server;
pub use world::{Backend, Ran, World, binary};

/// A test that runs on both databases: `on_both!(name, |world| { … });`
#[macro_export]
macro_rules! on_both {
    ($(#[$about:meta])* $name:ident, |$world:ident| $body:block) => {
        $(#[$about])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn holds($world: &$crate::World) $body

            #[test]
            fn on_sqlite() {
                holds(&$crate::World::new($crate::Backend::Sqlite).unwrap());
            }

            #[test]
            fn on_postgresql() {
                if let Some(world) = $crate::World::new($crate::Backend::Postgres) {
                    holds(&world);
                }
            }
        }
    };
}
