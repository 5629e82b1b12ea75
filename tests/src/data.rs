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

/// How often a test repeats: as this variable of the environment says.
///
/// # Panics
/// If it says no number.
#[must_use]
#[allow(clippy::disallowed_methods)]
pub fn repeats(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}
