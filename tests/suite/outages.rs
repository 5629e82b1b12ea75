//! What surrounds a close and goes wrong: a full disk, a database that goes away, a clock that is off, a machine that is
//! shut down. It says so, loses nothing, and ends as if nothing had been.

use std::{
    io::Write,
    process::{Child, Command},
    time::{Duration, Instant},
};

use rapport_tests::{Backend, World, binary, on_both, shop};
use serde_json::{Value, json};

const CLOSE: &[&str] = &["close", "--quarter", "2026-Q1"];

fn prepared(world: &World, lease: u32) {
    let settings = format!("[schedule]\nlease_seconds = {lease}\ndebounce_seconds = 0\njitter_seconds = 0\n");
    world.file("rapport.toml", settings);
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
}

fn published(world: &World) -> Vec<Value> {
    world.rows("{ quarterRows { quarter revision digest } }")
}

/// What a world that nothing happened to publishes.
fn undisturbed(world: &World) -> Vec<Value> {
    let calm = World::new(world.backend()).unwrap();
    prepared(&calm, 30);
    calm.ok(CLOSE);
    published(&calm)
}

fn signal(child: &Child, name: &str) {
    Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
}

/// Waits until somebody has the run.
fn until_running(world: &World) {
    let patience = Instant::now() + Duration::from_secs(20);
    while world.rows(RUNS).first().is_none_or(|run| run["stateCode"] != "RUNNING") {
        assert!(Instant::now() < patience, "nobody began it");
        std::thread::sleep(Duration::from_millis(50));
    }
}

const RUNS: &str = "{ jobRunRows { stateCode attempt } }";

on_both!(
    /// Told to stop, a run may finish what it does; told twice, it gives its run back at once, unspent: the next process
    /// need not wait for the lease.
    a_process_that_is_told_to_stop,
    |world| {
        prepared(world, 300);
        let mut told_twice = world.start(CLOSE, "slow:store");
        until_running(world);
        signal(&told_twice, "-TERM");
        std::thread::sleep(Duration::from_millis(200));
        signal(&told_twice, "-TERM");
        assert_eq!(told_twice.wait().unwrap().code(), Some(75));
        assert_eq!(world.rows(RUNS), [json!({"stateCode": "QUEUED", "attempt": 0})]);
        assert!(published(world).is_empty());

        let mut told_once = world.start(CLOSE, "slow:store");
        until_running(world);
        signal(&told_once, "-TERM");
        assert_eq!(told_once.wait().unwrap().code(), Some(0));
        assert_eq!(world.rows(RUNS), [json!({"stateCode": "PUBLISHED", "attempt": 1})]);
        assert_eq!(published(world), undisturbed(world));
    }
);

on_both!(
    /// Leases and what is due go by the database's clock: a process whose own is off by five minutes takes nothing that
    /// is at work, and is not held up by what another left.
    a_clock_that_is_five_minutes_off,
    |world| {
        for (round, off) in ["clock:300", "clock:-300"].into_iter().enumerate() {
            prepared(world, 2);
            shop::correct(world, round);
            world.ok(&["import", "shop.toml"]);
            let mut at_work = world.start(CLOSE, "slow:store");
            until_running(world);
            let refused = world.start(CLOSE, off).wait().unwrap();
            assert_eq!(refused.code(), Some(75), "{off}: it took what is at work");
            assert_eq!(at_work.wait().unwrap().code(), Some(0));
            assert_eq!(published(world)[0]["revision"], round + 1, "{off}");
            // it was at work for long enough to say how far it had come
            let read = world.rows("{ jobRunRows(job: \"close-quarter\", limit: 1) { rowsDone rowsKnown } }");
            assert_eq!(read, [json!({"rowsDone": 40, "rowsKnown": 40})]);
        }
        // and it closes as any other
        shop::correct(world, 2);
        world.ok(&["import", "shop.toml"]);
        assert_eq!(world.start(CLOSE, "clock:300").wait().unwrap().code(), Some(0));
        assert_eq!(published(world)[0]["revision"], 3);
        world.ok(&["verify"]);
    }
);

/// The server ends every connection and takes none for a while, as when it is restarted: the run says that it waits for
/// the database, and is done by the next.
#[test]
fn a_server_that_goes_away() {
    let Some(world) = World::new(Backend::Postgres) else { return };
    prepared(&world, 1);
    let mut interrupted = 0;
    for (round, stage) in ["load", "estimate", "store", "draw", "publish"].into_iter().enumerate() {
        shop::correct(&world, round);
        world.ok(&["import", "shop.toml"]);
        let mut at_work = world.start(CLOSE, &format!("slow:{stage}"));
        until_running(&world);
        world.disconnected(Duration::from_millis(1_500));
        // a stage that asks nothing of the database may outlast the pause
        let ended = at_work.wait().unwrap().code();
        assert!(ended == Some(75) || ended == Some(0), "{stage}: {ended:?}");
        interrupted += u32::from(ended == Some(75));
        world.until_done(CLOSE);
        assert_eq!(published(&world)[0]["revision"], round + 1, "{stage}");
    }
    assert!(interrupted >= 3, "{interrupted} of five closes were interrupted");
    world.ok(&["verify"]);
}

/// Inside a small disk of its own: a close that finds no room says so and is worth another try; with room it ends well.
const SMALL_DISK: &str = r#"
set -u
mount -t tmpfs -o size=12m none "$DISK"
rapport() { "$RAPPORT" --database "sqlite:$DISK/rapport.sqlite" "$@"; }
rapport import shop.toml > import.txt 2>&1 || exit 10
# no room at all: not even to begin
dd if=/dev/zero of="$DISK/ballast" bs=4k > /dev/null 2>&1
rapport close --quarter 2026-Q1 > none.txt 2>&1
echo "none $?"
# room to begin, and not to end
truncate -s -200k "$DISK/ballast"
rapport close --quarter 2026-Q1 > full.txt 2>&1
echo "full $?"
rm "$DISK/ballast"
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    rapport close --quarter 2026-Q1 > free.txt 2>&1
    code=$?
    [ $code -eq 75 ] || break
    sleep 0.5
done
echo "free $code"
cp "$DISK/rapport.sqlite"* .
"#;

/// A full disk: a clear failure, nothing corrupt, and success when there is room.
#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_full() {
    let world = World::new(Backend::Sqlite).unwrap();
    world.file("rapport.toml", "[schedule]\nlease_seconds = 1\ndebounce_seconds = 0\njitter_seconds = 0\n");
    shop::write(&world);
    let disk = world.folder().join("disk");
    std::fs::create_dir(&disk).unwrap();
    // a disk of its own needs a name space of its own, which not every machine allows
    let ran = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", SMALL_DISK])
        .env("DISK", &disk)
        .env("RAPPORT", binary())
        .current_dir(world.folder())
        .output();
    let refused =
        |ran: &std::process::Output| String::from_utf8_lossy(&ran.stderr).contains("Operation not permitted");
    let Some(ran) = ran.ok().filter(|ran| !refused(ran)) else {
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT TESTED: a full disk; this machine gives no disk of its own ***"
        );
        return;
    };
    let out = String::from_utf8_lossy(&ran.stdout);
    let said = |name: &str| std::fs::read_to_string(world.folder().join(name)).unwrap_or_default();
    assert_eq!(out, "none 75\nfull 75\nfree 0\n", "{}\n{}", said("full.txt"), said("free.txt"));
    for file in ["none.txt", "full.txt"] {
        let text = said(file);
        let last = text.lines().rfind(|line| !line.is_empty()).unwrap_or_default();
        assert!(last.contains("is full") && last.contains("try again"), "{text}");
    }
    let database = rusqlite::Connection::open(world.folder().join("rapport.sqlite")).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    assert_eq!(published(&world), undisturbed(&world));
}
