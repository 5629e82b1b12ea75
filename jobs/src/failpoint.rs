//! Places where a test kills or stops the process, and the one check it may leave out to see that its absence is found.
//! Not compiled into the program unless the feature `failpoints` asks for it.

#[cfg(feature = "failpoints")]
use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

/// It stops once; continued, it comes by again.
#[cfg(feature = "failpoints")]
static STOPPED: AtomicBool = AtomicBool::new(false);

/// What is to happen in this process, such as `die:publish`, `pause:publish`, `pause:publish+unchecked`, `slow:store` or
/// `clock:-300`.
#[cfg(feature = "failpoints")]
static FAILURE: OnceLock<String> = OnceLock::new();

/// Says what is to happen in this process; the first that is said counts.
#[cfg(feature = "failpoints")]
pub fn set(failure: String) {
    if let Some(seconds) = failure.strip_prefix("clock:").and_then(|seconds| seconds.parse().ok()) {
        rapport_entities::clock::set_wrong(seconds);
    }
    let _ = FAILURE.set(failure);
}

/// Dies, dawdles or stops here if this is the place.
#[cfg(feature = "failpoints")]
pub fn reach(place: &str) {
    let Some((what, where_to)) = FAILURE.get().and_then(|failure| failure.split_once(':')) else { return };
    if where_to.trim_end_matches("+unchecked") != place {
        return;
    }
    match what {
        "die" => std::process::abort(),
        "slow" => std::thread::sleep(std::time::Duration::from_secs(2)),
        _ if STOPPED.swap(true, Ordering::Relaxed) => {}
        _ => {
            let own = std::process::id().to_string();
            if let Err(error) = std::process::Command::new("kill").args(["-STOP", &own]).status() {
                tracing::error!(%error, "the process could not stop itself");
            }
        }
    }
}

/// True if publishing leaves out to look at its inputs.
#[cfg(feature = "failpoints")]
pub fn is_unchecked() -> bool {
    FAILURE.get().is_some_and(|failure| failure.ends_with("+unchecked"))
}

/// Nothing happens here.
#[cfg(not(feature = "failpoints"))]
pub fn reach(_: &str) {}

/// Nothing is left out.
#[cfg(not(feature = "failpoints"))]
pub fn is_unchecked() -> bool {
    false
}
