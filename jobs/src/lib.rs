//! Import, close of a quarter, ledger and schedule: everything that writes.
