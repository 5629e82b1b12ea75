//! The reference data, which lie beside the repository and are never part of it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// A file or folder of the reference data; `None`, loudly, where they are not.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if data.exists() {
        return Some(data);
    }
    // straight to the stream: the test runner keeps what a passing test prints
    let _ = writeln!(
        std::io::stderr(),
        "\n*** NOT TESTED: the reference data `{path}` are not there; they belong in ../shared/data ***"
    );
    None
}
