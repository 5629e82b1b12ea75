//! What it costs to lose nothing: the ledger's share of a close, and how long a company that was away for three years
//! takes to catch up. `cargo build --release && cargo bench -p rapport-tests --bench ledger`.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    time::{Duration, Instant},
};

use rapport_entities::{Database, connect};
use rapport_jobs::{
    ledger::{self, Request},
    settings::Lease,
};
use rapport_tests::{Backend, World};

const QUARTERS: u32 = 12;
const RUNS: u32 = 500;

fn main() {
    // the test runner calls benches too, to see that they compile
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let world = World::new(Backend::Sqlite).unwrap();
    world.ok(&["demo", "--no-serve"]);
    forget(&world);
    let begun = Instant::now();
    let ran = world.ok(&["close"]);
    let closes = begun.elapsed();
    let published = ran.out.lines().filter(|line| line.contains("published as")).count();
    assert_eq!(published, QUARTERS as usize, "{}", ran.out);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let run = runtime.block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        idle_runs(&database).await / RUNS
    });
    // and a renewal every ten seconds, which `idle_runs` has once a run
    println!(
        "catching up {QUARTERS} quarters of the demo: {:.1} s; the ledger of a run {:.2} ms, {:.2} % of its close",
        closes.as_secs_f64(),
        run.as_secs_f64() * 1e3,
        100.0 * f64::from(QUARTERS) * run.as_secs_f64() / closes.as_secs_f64()
    );
}

/// Takes away what was published, and every run: only the facts are left.
fn forget(world: &World) {
    let database = rusqlite::Connection::open(world.folder().join("rapport.sqlite")).unwrap();
    let results =
        ["publication", "current_publication", "job_run", "job_attempt", "artifact", "score", "composition"];
    let others = ["transition", "driver", "path_estimate", "model_fit", "parameter", "curve_point", "cohort"];
    for table in results.into_iter().chain(others).chain(["customer_quarter"]) {
        database.execute(&format!("DELETE FROM {table}"), []).unwrap();
    }
    database.execute_batch("VACUUM").unwrap();
    drop(database);
    let _ = fs::remove_dir_all(world.folder().join("charts"));
}

/// Every step that the ledger takes of a run whose work is nothing.
async fn idle_runs(database: &Database) -> Duration {
    let begun = Instant::now();
    for number in 0..RUNS {
        let request = Request {
            job: "prune",
            period: format!("bench {number}"),
            inputs_version: 0,
            params_hash: String::new(),
            reason: "bench".to_owned(),
            attempts: 1,
            delay: Duration::ZERO,
        };
        let lease = Lease::default();
        ledger::enqueue(database, &request).await.unwrap();
        ledger::bury(database).await.unwrap();
        ledger::revive(database, &request.run_id()).await.unwrap();
        let claim = ledger::claim(database, &request.run_id(), "bench", lease).await.unwrap().unwrap();
        assert!(ledger::renew(database, &claim, "work", (0, None), lease).await.unwrap());
        assert!(ledger::finish(database, &claim, "{}").await.unwrap());
    }
    begun.elapsed()
}
