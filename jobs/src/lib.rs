//! Import, close of a quarter, ledger and schedule: everything that writes.

pub mod settings;

pub use rapport_charts as charts;
pub use settings::{Rules, Schedule, Settings, SettingsError};
