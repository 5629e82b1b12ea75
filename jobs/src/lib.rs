//! Import, close of a quarter, ledger and schedule: everything that writes.

pub mod demo;
