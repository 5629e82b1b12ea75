//! Backups: where they go, and how many stay.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where backups go, and how many stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backup {
    /// The folder they go into.
    pub folder: PathBuf,
    /// So many of the newest stay.
    pub keep: u32,
}

impl Default for Backup {
    fn default() -> Self {
        Self { folder: "rapport-backups".into(), keep: 7 }
    }
}
