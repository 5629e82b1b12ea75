//! Import, close of a quarter, ledger and schedule: everything that writes.

pub mod action;
pub mod audit;
pub mod backup;
pub mod care;
pub mod case;
pub mod close;
pub mod deliver;
pub mod demo;
pub mod erase;
mod error;
pub mod failpoint;
pub mod folklore;
mod heart;
pub mod import;
pub mod job;
pub mod ledger;
pub mod loss;
pub mod playbook;
pub mod schedule;
pub mod session;
pub mod settings;
pub mod token;
pub mod watch;
pub mod worker;

pub use error::{Error, Remedy};
pub use rapport_charts as charts;
pub use settings::{Backup, Prune, Rules, Schedule, Settings, SettingsError};
