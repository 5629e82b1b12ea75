//! Places where a test kills the process: every stage of a run and of an import. Not compiled into the program unless
//! the feature `failpoints` asks for it.

/// Ends the process here without a word if this is the place it is to die at.
#[cfg(feature = "failpoints")]
pub fn reach(place: &str) {
    if PLACE.get().is_some_and(|it| it == place) {
        tracing::warn!(place, "killed by a failpoint");
        std::process::abort();
    }
}

/// Nothing dies here.
#[cfg(not(feature = "failpoints"))]
pub fn reach(_: &str) {}

#[cfg(feature = "failpoints")]
static PLACE: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// Says where this process dies.
#[cfg(feature = "failpoints")]
pub fn die_at(place: String) {
    // the first one counts
    let _ = PLACE.set(place);
}
