//! Jobs that die, hang and race: every quarter is closed once, as if nothing had happened, and no reader ever sees half
//! of it. `RAPPORT_TEST_KILLS` says how many random kills there are.

use std::{
    process::{Child, Command},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use rapport_tests::{Backend, Server, World, on_both, repeats, shop};
use serde_json::{Value, json};

/// A lease of a second: whoever died is soon taken over.
const SETTINGS: &str = "[schedule]\nlease_seconds = 1\ndebounce_seconds = 0\njitter_seconds = 0\n";

fn prepared(world: &World) {
    world.file("rapport.toml", SETTINGS);
    shop::write(world);
}

/// Quarter, revision and digest of everything published.
fn published(world: &World) -> Vec<Value> {
    world.rows("{ quarterRows { quarter revision digest stale } }")
}

fn signal(child: &Child, name: &str) {
    Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
}

/// Waits until a process has stopped itself at its failpoint.
fn until_stopped(child: &Child) {
    let patience = Instant::now() + Duration::from_secs(20);
    loop {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
        if stat.rsplit(')').next().unwrap().trim_start().starts_with('T') {
            return;
        }
        assert!(Instant::now() < patience, "it did not come to the failpoint: {stat}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What a reader must find at any moment: every published quarter whole.
fn is_whole(data: &Value) -> Result<(), String> {
    let of = |rows: &Value, quarter: &Value| -> Vec<Value> {
        rows.as_array().unwrap().iter().filter(|row| row["quarter"] == *quarter).cloned().collect()
    };
    for quarter in data["quarterRows"].as_array().unwrap() {
        let name = &quarter["quarter"];
        let types = of(&data["loyaltyRows"], name);
        let customers: i64 = types.iter().map(|row| row["customers"].as_i64().unwrap()).sum();
        let scores = of(&data["scoreRows"], name);
        let revisions = types.iter().chain(&scores).all(|row| row["revision"] == quarter["revision"]);
        if customers != 40 || scores.len() != 1 || scores[0]["n"] != 40 || !revisions {
            return Err(format!("{quarter}: {types:?} {scores:?}"));
        }
    }
    Ok(())
}

const WHOLE: &str = "{ quarterRows { quarter revision } loyaltyRows(dimension: \"all\") { quarter revision customers } \
                     scoreRows(dimension: \"all\", metric: \"CSAT\") { quarter revision n } }";

/// Says that the work is over when it is dropped, also by a panic: who waits for the word must hear it.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does the work while a client asks a server all the time; returns how often it asked.
fn watched(world: &World, work: impl FnOnce()) -> usize {
    let server = Server::start(world, &["--without-schedule"]);
    let over = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let reader = threads.spawn(|| {
            let mut asked = 0;
            while !over.load(Ordering::Relaxed) {
                let (_, body) = server.post("/graphql", &json!({ "query": WHOLE }).to_string());
                let answer: Value = serde_json::from_slice(&body).unwrap();
                assert!(answer["errors"].is_null(), "{answer}");
                is_whole(&answer["data"]).unwrap();
                asked += 1;
            }
            asked
        });
        let working = Over(&over);
        work();
        drop(working);
        reader.join().unwrap()
    })
}

/// The same work undisturbed: the digest of each revision.
fn undisturbed(world: &World, rounds: usize) -> Vec<Value> {
    let calm = World::new(world.backend()).unwrap();
    prepared(&calm);
    (0..rounds)
        .map(|round| {
            shop::correct(&calm, round);
            calm.ok(&["import", "shop.toml"]);
            // a busy machine may keep a heart from beating for as long as this short lease lasts
            calm.until_done(&["close", "--quarter", "2026-Q1"]);
            published(&calm)[0]["digest"].clone()
        })
        .collect()
}

fn close_once(world: &World) {
    world.until_done(&["import", "shop.toml"]);
    world.until_done(&["close", "--quarter", "2026-Q1"]);
}

on_both!(
    /// Killed at every boundary of an import and of a close.
    killed_at_every_stage,
    |world| {
        prepared(world);
        world.ok(&["migrate"]);
        let places = ["import-open", "import-cases", "import-rows", "import-close"].map(|place| (place, "import"));
        let stages = ["load", "estimate", "store", "draw", "publish", "publish-commit", "published"];
        let places = places.into_iter().chain(stages.map(|place| (place, "close")));
        let expected = undisturbed(world, 11);
        watched(world, || {
            for (round, (place, command)) in places.enumerate() {
                shop::correct(world, round);
                if command == "close" {
                    world.until_done(&["import", "shop.toml"]);
                }
                let arguments: &[&str] = match command {
                    "import" => &["import", "shop.toml"],
                    _ => &["close", "--quarter", "2026-Q1"],
                };
                let start = || world.start(arguments, &format!("die:{place}")).wait().unwrap().code();
                // a busy machine may take the short lease from it before it comes there: it says so, and begins again
                let died = (0..5).map(|_| start()).find(|code| *code != Some(75));
                assert_eq!(died, Some(None), "it was to die at {place}");
                close_once(world);
                let now = json!({"quarter": "2026-Q1", "revision": round + 1, "digest": expected[round], "stale": false});
                assert_eq!(published(world), [now], "after dying at {place}");
            }
        });
        world.ok(&["verify"]);
    }
);

/// What is killed; a server's backups are its own.
fn commands(world: &World) -> &'static [&'static [&'static str]] {
    const ALL: [&[&str]; 3] =
        [&["import", "shop.toml"], &["close", "--quarter", "2026-Q1"], &["run", "backup"]];
    if world.backend() == Backend::Sqlite { &ALL } else { &ALL[..2] }
}

/// How many milliseconds each command takes here and now, undisturbed: kills are to fall within.
fn durations(world: &World) -> Vec<u64> {
    let calm = World::new(world.backend()).unwrap();
    prepared(&calm);
    let duration = |arguments: &&[&str]| {
        let begun = Instant::now();
        calm.until_done(arguments);
        u64::try_from(begun.elapsed().as_millis()).unwrap()
    };
    commands(world).iter().map(duration).collect()
}

/// Killed so many milliseconds after its start, or, if it ended by itself before, how many it lasted.
fn killed_after(child: &mut Child, milliseconds: u64) -> Result<(), u64> {
    let begun = Instant::now();
    let lasted = || u64::try_from(begun.elapsed().as_millis()).unwrap();
    while lasted() < milliseconds && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    if child.wait().unwrap().code().is_none() { Ok(()) } else { Err(lasted()) }
}

/// Every file that bears a backup's name is one.
fn backups_are_whole(world: &World) {
    let Ok(folder) = std::fs::read_dir(world.folder().join("rapport-backups")) else {
        assert_eq!(world.backend(), Backend::Postgres);
        return;
    };
    let files = folder.map(|file| file.unwrap().path()).filter(|path| path.extension().unwrap() == "sqlite");
    let whole = |path: std::path::PathBuf| {
        let database = rusqlite::Connection::open(path).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
        database.query_row("SELECT count(*) FROM publication", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert!(files.map(whole).max() >= Some(1), "no backup holds a publication");
}

on_both!(
    /// Killed at random moments of imports, closes and backups while somebody reads.
    killed_at_random,
    |world| {
        let kills = repeats("RAPPORT_TEST_KILLS", 6);
        prepared(world);
        world.ok(&["migrate"]);
        let expected = undisturbed(world, kills);
        let mut durations = durations(world);
        // a sequence without a pattern, the same each time
        let mut seed = 20_261_122_u64;
        let mut random = move |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut died = 0;
        let asked = watched(world, || {
            for (round, digest) in expected.iter().enumerate() {
                shop::correct(world, round);
                for (&arguments, duration) in commands(world).iter().zip(&mut durations) {
                    match killed_after(&mut world.start(arguments, ""), random(*duration)) {
                        Ok(()) => died += 1,
                        // it takes less time than it took when that was measured: the next kill is to fall within
                        Err(lasted) => *duration = lasted.max(1),
                    }
                    world.until_done(arguments);
                }
                let now = json!({"quarter": "2026-Q1", "revision": round + 1, "digest": digest, "stale": false});
                assert_eq!(published(world), [now], "round {round}");
            }
        });
        assert!(asked > kills, "{asked}");
        backups_are_whole(world);
        println!("{died} of {} processes were killed at work", kills * commands(world).len());
        assert!(2 * died >= kills, "{died} died");
        world.ok(&["verify"]);
        let runs = world.rows("{ jobRunRows(job: \"close-quarter\", limit: 10000) { stateCode } }");
        assert!(runs.iter().all(|run| run["stateCode"] == "PUBLISHED"), "{runs:?}");
    }
);

on_both!(
    /// A process that stood still past its lease has lost its run: another did it, and nothing is published twice.
    a_stopped_process_publishes_nothing,
    |world| {
        prepared(world);
        world.ok(&["import", "shop.toml"]);
        let mut sleeper = world.start(&["close", "--quarter", "2026-Q1"], "pause:publish");
        until_stopped(&sleeper);
        std::thread::sleep(Duration::from_millis(1_100));
        world.until_done(&["close", "--quarter", "2026-Q1"]);
        let before = published(world);
        signal(&sleeper, "-CONT");
        assert_eq!(sleeper.wait().unwrap().code(), Some(75));
        assert_eq!(published(world), before);
        assert_eq!(before[0]["revision"], 1);
    }
);

/// Data that change between reading and publishing; says what was published then.
fn overtaken(world: &World, failure: &str) -> (Value, Value) {
    prepared(world);
    world.ok(&["import", "shop.toml"]);
    let mut slow = world.start(&["close", "--quarter", "2026-Q1"], failure);
    until_stopped(&slow);
    shop::correct(world, 0);
    world.ok(&["import", "shop.toml"]);
    signal(&slow, "-CONT");
    // it reads them again, unless it was broken
    slow.wait().unwrap();
    let calm = undisturbed(world, 1);
    (published(world).pop().unwrap(), calm[0].clone())
}

on_both!(
    /// What was read is published only if it is still what is there.
    data_that_change_while_they_are_read,
    |world| {
        let (found, calm) = overtaken(world, "pause:publish");
        assert_eq!((&found["digest"], &found["revision"]), (&calm, &json!(1)), "{found}");
        // without the check, what was read before is published first, and that is found out
        let broken = World::new(world.backend()).unwrap();
        let (found, _) = overtaken(&broken, "pause:publish+unchecked");
        assert_eq!(found["revision"], 2, "{found}");
    }
);

on_both!(
    /// Four replicas with a schedule each find the same twelve quarters to close, and each is closed once.
    four_replicas_catch_up,
    |world| {
        prepared(world);
        let quarters = (0..12).map(|quarter| format!("{}-Q{}", 2023 + quarter / 4, quarter % 4 + 1));
        let orders: String = (0..12)
            .flat_map(|quarter| (1..=20).map(move |number| (quarter, number)))
            .map(|(quarter, number)| {
                let (year, month) = (2023 + quarter / 4, quarter % 4 * 3 + 2);
                format!("O{quarter:02}{number:02},C{number:02},{year}-{month:02}-10,{number}0.50,{number}.25,1\n")
            })
            .collect();
        world.file("orders.csv", format!("code,customer,at,amount,cost,quantity\n{orders}"));
        world.ok(&["import", "shop.toml"]);
        let _replicas: Vec<Server> = (0..4).map(|_| Server::start(world, &[])).collect();
        let patience = Instant::now() + Duration::from_secs(60);
        let expected: Vec<String> = quarters.chain(["2026-Q1".to_owned()]).collect();
        loop {
            let found = published(world);
            let names: Vec<&str> = found.iter().map(|row| row["quarter"].as_str().unwrap()).collect();
            if names == expected {
                assert!(found.iter().all(|row| row["revision"] == 1), "{found:?}");
                break;
            }
            assert!(Instant::now() < patience, "{names:?}");
            std::thread::sleep(Duration::from_millis(300));
        }
        // a look after all is done asks for nothing more
        std::thread::sleep(Duration::from_millis(1_500));
        let runs = world.rows("{ jobRunRows(job: \"close-quarter\") { period stateCode attempt } }");
        assert_eq!(runs.len(), 13, "{runs:?}");
        assert!(runs.iter().all(|run| run["stateCode"] == "PUBLISHED" && run["attempt"] == 1), "{runs:?}");
    }
);

on_both!(
    /// Late data make a quarter stale, a restatement says what it changed and by which import, and the old stays.
    late_data_are_restated,
    |world| {
        prepared(world);
        close_once(world);
        let first = world.answer("{ scoreRows(quarter: \"2026-Q1\", revision: 1, limit: 1000) { id value n } }");
        shop::correct(world, 1);
        world.ok(&["import", "shop.toml"]);
        assert_eq!(published(world)[0]["stale"], true);
        assert!(world.ok(&["jobs"]).out.contains("its data have changed since revision 1"));
        let verified = world.ok(&["verify"]).out;
        assert!(verified.contains("verified false") && verified.contains("shop"), "{verified}");
        world.ok(&["close"]);
        assert_eq!((&published(world)[0]["revision"], &published(world)[0]["stale"]), (&json!(2), &json!(false)));
        assert!(world.ok(&["verify"]).out.contains("verified true"));
        let changes = world.rows(
            "{ revisionChangeRows(quarter: \"2026-Q1\") { revision against metricCode dimension before after difference } }",
        );
        let nps = changes.iter().find(|row| row["metricCode"] == "NPS" && row["dimension"] == "all").unwrap();
        let difference = nps["after"].as_f64().unwrap() - nps["before"].as_f64().unwrap();
        assert!(difference != 0.0 && nps["difference"] == difference, "{nps}");
        let imports = world.rows("{ importRows(quarter: \"2026-Q1\", revision: 2) { source changed } }");
        assert_eq!(imports, [json!({"source": "shop", "changed": true})]);
        let again = world.answer("{ scoreRows(quarter: \"2026-Q1\", revision: 1, limit: 1000) { id value n } }");
        assert_eq!(first, again, "the first revision did not change");
    }
);

on_both!(
    /// The mutation asks for a run, a worker of the server does it, and asking again changes nothing.
    a_job_is_asked_for_through_the_api,
    |world| {
        prepared(world);
        world.ok(&["import", "shop.toml"]);
        let server = Server::start(world, &["--without-schedule"]);
        let ask = |quarter: &str| {
            let query = format!(
                "mutation {{ runJob(job: \"close-quarter\", quarter: \"{quarter}\") {{ period stateCode reason figures }} }}"
            );
            let (_, body) = server.post("/graphql", &json!({ "query": query }).to_string());
            serde_json::from_slice::<Value>(&body).unwrap()
        };
        assert_eq!(ask("2026-Q1")["data"]["runJob"][0]["reason"], "api");
        let patience = Instant::now() + Duration::from_secs(20);
        while ask("2026-Q1")["data"]["runJob"][0]["stateCode"] != "PUBLISHED" {
            assert!(Instant::now() < patience);
            std::thread::sleep(Duration::from_millis(200));
        }
        let run = &ask("2026-Q1")["data"]["runJob"][0];
        let figures: Value = serde_json::from_str(run["figures"].as_str().unwrap()).unwrap();
        assert_eq!((&figures["revision"], &figures["customers"]), (&json!(1), &json!(40)));
        let refused = ask("2031-Q1");
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
);
