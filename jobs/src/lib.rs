//! Import, close of a quarter, ledger and schedule: everything that writes.

pub mod backup;
pub mod close;
pub mod demo;
mod error;
pub mod failpoint;
mod heart;
pub mod import;
pub mod job;
pub mod ledger;
pub mod schedule;
pub mod settings;
pub mod worker;

pub use error::{Error, Remedy};
pub use rapport_charts as charts;
pub use settings::{Backup, Prune, Rules, Schedule, Settings, SettingsError};
