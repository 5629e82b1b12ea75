//! Import, close of a quarter, ledger and schedule: everything that writes.

pub mod close;
pub mod deliver;
pub mod demo;
mod error;
pub mod import;
mod ledger;
pub mod schedule;
pub mod settings;
pub mod watch;

pub use error::Error;
pub use rapport_charts as charts;
pub use settings::{Rules, Schedule, Settings, SettingsError};
