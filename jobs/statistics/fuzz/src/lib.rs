//! Cases made of a fuzzer's bytes, and what must hold of every result.
//!
//! A case calls one area of the public functions with input that is plausible, wild or broken in a share of its own.
//! Every number of a result is checked; what cannot be reckoned must be an error or a `None`.
#![forbid(unsafe_code)]

mod check;
mod contracts;
mod models;
mod purchases;
mod retention;
mod scores;
mod source;
mod special;
mod structure;
mod structure_checks;
mod value;
mod weights;

use source::Source;

/// What a case works on; `true` says that a figure was reckoned, not only an error found.
type Area = fn(&mut Source) -> bool;

/// The areas, by name.
pub const AREAS: [(&str, Area); 14] = [
    ("scores", scores::scores),
    ("comparisons", scores::comparisons),
    ("types", scores::types),
    ("special", special::special),
    ("weights", weights::weights),
    ("value", value::value),
    ("retention", retention::retention),
    ("contracts", contracts::contracts),
    ("log", purchases::log),
    ("fits", purchases::fits),
    ("models", models::models),
    ("structure", structure::structure),
    ("broken covariances", structure::broken_covariance),
    ("broken models", structure::broken_model),
];

/// A case may take this much of a processor's time, in seconds.
const LIMIT: f64 = 1.0;

/// Runs the case that the bytes make.
pub fn run(data: &[u8]) -> bool {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    AREAS[usize::from(*first) % AREAS.len()].1(&mut Source::new(rest))
}

/// [`run`], which must end in time.
///
/// # Panics
/// On a case that takes longer, and with what the case found.
pub fn timed(data: &[u8]) {
    let start = seconds();
    run(data);
    let spent = seconds() - start;
    assert!(spent < LIMIT, "the case took {spent} s");
}

/// Time this thread has had of a processor, as Linux counts it: other work on the machine is no finding.
fn seconds() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    statistics.split(' ').next().and_then(|spent| spent.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

#[cfg(test)]
mod tests {
    use super::{AREAS, Source};

    /// A fuzzer that meets errors alone would find nothing: bytes at random reach figures in every area.
    #[test]
    fn every_area_reaches_figures() {
        let mut state = 1_u64;
        let mut byte = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        for (name, area) in AREAS {
            let reached = (0..300).filter(|_| {
                let data: Vec<u8> = (0..1500).map(|_| byte()).collect();
                area(&mut Source::new(&data))
            });
            let reached = reached.count();
            println!("{name}: {reached} of 300");
            assert!(reached >= 15, "{name}: {reached}");
        }
    }
}
