//! What an operator sees: metrics, readiness and the log.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use rapport_entities::connect;
use rapport_tests::{Backend, Server, World, on_both, shop};
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::Value;

/// The samples of a page of metrics by name and labels.
type Samples = BTreeMap<String, f64>;

/// Reads a page of metrics by the rules of the text format: every sample belongs to a family with a type and a help that
/// stand before it; none comes twice; buckets grow, and the last of them is the count.
fn samples(page: &str) -> Samples {
    let (mut types, mut helps) = (BTreeMap::new(), BTreeSet::new());
    let mut samples = Samples::new();
    let lines: Vec<_> = page.lines().collect();
    assert_eq!(lines.last(), Some(&"# EOF"));
    for line in &lines[..lines.len() - 1] {
        if let Some(rest) = line.strip_prefix("# ") {
            let words: Vec<_> = rest.splitn(3, ' ').collect();
            match words[0] {
                "TYPE" => assert!(types.insert(words[1], words[2]).is_none(), "{line}"),
                "HELP" => assert!(helps.insert(words[1]) && words[2].len() > 10, "{line}"),
                other => panic!("{other}: {line}"),
            }
            continue;
        }
        let (name, value) = line.rsplit_once(' ').unwrap();
        let family = name.split('{').next().unwrap();
        let family = ["_bucket", "_count", "_sum", "_total"]
            .iter()
            .find_map(|end| family.strip_suffix(end))
            .filter(|family| types.contains_key(family))
            .unwrap_or(family);
        assert!(types.contains_key(family) && helps.contains(family), "{line}");
        assert!(name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{line}");
        assert!(samples.insert(name.to_owned(), value.parse().unwrap()).is_none(), "twice: {line}");
    }
    histograms(&lines, &samples);
    samples
}

fn histograms(lines: &[&str], samples: &Samples) {
    let mut last = 0.0;
    for line in lines.iter().filter(|line| line.contains("_bucket{")) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        let value: f64 = value.parse().unwrap();
        let (before, bound) = name.split_once("le=\"").unwrap();
        assert!(value >= last, "{line}");
        last = value;
        if bound.starts_with("+Inf") {
            let labels = bound.split_once('"').unwrap().1.trim_start_matches(',');
            let count = format!("{}{labels}", before.replace("_bucket", "_count"));
            let count = count.replace(",}", "}").replace("{}", "");
            assert_eq!(samples[&count], value, "{line}");
            last = 0.0;
        }
    }
}

fn metrics(server: &Server) -> Samples {
    let (head, body) = server.get("/metrics");
    assert!(
        head.starts_with("HTTP/1.1 200") && head.contains("application/openmetrics-text; version=1.0.0"),
        "{head}"
    );
    samples(std::str::from_utf8(&body).unwrap())
}

/// The sum of the samples of this name whose labels hold these words.
fn sum(samples: &Samples, name: &str, words: &[&str]) -> f64 {
    let is_it = |known: &&String| {
        known.split('{').next() == Some(name) && words.iter().all(|word| known.contains(word))
    };
    samples.keys().filter(is_it).map(|known| samples[known]).sum()
}

on_both!(
    /// Jobs, requests and queries are counted, and every replica says the same of the jobs.
    what_was_done_is_measured,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let server = Server::start(world, &["--without-schedule"]);
        let other = Server::start(world, &["--without-schedule"]);
        let query = r#"{"query":"{ customers(first: 5) { nodes { code } } }"}"#;
        for (body, status) in [(query, "200"), (query, "200"), ("{\"query\":\"{ no }\"}", "400"), ("{\"query\":\"{\"}", "400")] {
            assert!(server.post("/graphql", body).0.starts_with(&format!("HTTP/1.1 {status}")));
        }
        for path in ["/charts/2026-Q1/nps.svg", "/charts/2026-Q1/pie.svg", "/nowhere/1", "/nowhere/2"] {
            let _ = server.get(path);
        }
        let found = metrics(&server);
        let http = "rapport_http_request_duration_seconds_count";
        assert_eq!(sum(&found, http, &["route=\"/graphql\"", "method=\"POST\"", "status=\"200\""]), 2.0, "{found:#?}");
        assert_eq!(sum(&found, http, &["route=\"/graphql\"", "status=\"400\""]), 2.0);
        assert_eq!(sum(&found, http, &["route=\"/charts/{quarter}/{file}\"", "status=\"404\""]), 1.0);
        assert_eq!(sum(&found, http, &["route=\"none\"", "status=\"404\""]), 2.0);
        // the second asked for what the first was answered with
        assert_eq!(sum(&found, "rapport_graphql_query_cost_count", &[]), 1.0);
        assert!(sum(&found, "rapport_graphql_query_cost_sum", &[]) >= 10.0);
        let outcomes = [("executed", 1.0), ("kept", 1.0), ("invalid", 1.0), ("unreadable", 1.0)];
        for (outcome, count) in outcomes {
            assert_eq!(sum(&found, "rapport_graphql_requests_total", &[&format!("\"{outcome}\"")]), count);
        }
        let close = "job=\"close-quarter\"";
        assert_eq!(sum(&found, "rapport_job_duration_seconds_count", &[close, "published"]), 1.0);
        assert!(sum(&found, "rapport_job_duration_seconds_sum", &[close]) > 0.0);
        assert_eq!(sum(&found, "rapport_job_runs", &[close, "published"]), 1.0);
        assert_eq!(found["rapport_job_queue_length"], 0.0);
        assert_eq!(found["rapport_oldest_lease_age_seconds"], 0.0);
        assert_eq!(found["rapport_ledger_up"], 1.0);
        let of_jobs = |samples: Samples| -> Samples {
            samples.into_iter().filter(|(name, _)| name.contains("_job_") || name.contains("lease")).collect()
        };
        assert_eq!(of_jobs(found), of_jobs(metrics(&other)));
    }
);

on_both!(
    /// A run that waits, one that is at work, and attempts that failed or died: all from the ledger.
    what_is_being_done_is_measured,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let sql = [
            "UPDATE job_attempt SET started_at = ended_at - 90000",
            "UPDATE job_run SET rows_done = 4500",
        ];
        run(world, &sql);
        let server = Server::start(world, &["--without-schedule"]);
        let found = metrics(&server);
        let close = "job=\"close-quarter\"";
        assert_eq!(sum(&found, "rapport_job_rows_per_second", &[close]), 50.0, "{found:#?}");
        assert_eq!(sum(&found, "rapport_job_duration_seconds_bucket", &["le=\"60.0\""]), 0.0);
        assert_eq!(sum(&found, "rapport_job_duration_seconds_bucket", &["le=\"300.0\""]), 1.0);
        // its first attempt died, the second failed, the third is at work
        let sql = [
            "UPDATE job_run SET state = 'running', fence = 3",
            "UPDATE job_attempt SET ended_at = NULL, outcome = NULL",
            "INSERT INTO job_attempt (run_id, fence, owner, started_at, ended_at, outcome) \
             SELECT run_id, 2, 'two', created_at, created_at + 1000, 'the disk is full' FROM job_run",
            "INSERT INTO job_attempt (run_id, fence, owner, started_at) SELECT run_id, 3, 'three', created_at - 3600000 FROM job_run",
        ];
        run(world, &sql);
        // what a server read it keeps for seconds
        let server = Server::start(world, &["--without-schedule"]);
        let found = metrics(&server);
        for (outcome, count) in [("lost", 1.0), ("failed", 1.0), ("published", 0.0)] {
            assert_eq!(sum(&found, "rapport_job_duration_seconds_count", &[close, outcome]), count, "{found:#?}");
        }
        assert_eq!(sum(&found, "rapport_job_runs", &[close, "running"]), 1.0);
        let age = found["rapport_oldest_lease_age_seconds"];
        assert!((3_600.0..4_000.0).contains(&age), "{age}");
        run(world, &["UPDATE job_run SET state = 'retry', not_before = not_before + 86400000"]);
        let server = Server::start(world, &["--without-schedule"]);
        assert_eq!(metrics(&server)["rapport_job_queue_length"], 1.0);
    }
);

fn run(world: &World, sql: &[&str]) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        for sql in sql {
            database.execute_unprepared(sql).await.unwrap();
        }
        database.close().await.unwrap();
    });
}

on_both!(
    /// Not ready while a migration is pending, and why; ready again when it is done.
    not_ready_while_migrations_are_pending,
    |world| {
        let server = Server::start(world, &["--without-schedule"]);
        let ready = |status: &str, words: &str| {
            let (head, body) = server.get("/readyz");
            let body = String::from_utf8(body).unwrap();
            assert!(head.starts_with(&format!("HTTP/1.1 {status}")) && body.contains(words), "{head}\n{body}");
            assert!(server.get("/healthz").0.starts_with("HTTP/1.1 200"));
        };
        ready("200", "ok");
        run(world, &["CREATE TABLE kept AS SELECT * FROM seaql_migrations"]);
        run(world, &["DELETE FROM seaql_migrations WHERE version LIKE 'm20261122_000004%'"]);
        ready("503", "1 migrations are pending; run `rapport migrate`");
        run(world, &["DELETE FROM seaql_migrations", "INSERT INTO seaql_migrations SELECT * FROM kept"]);
        ready("200", "ok");
        run(world, &["INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_later', 0)"]);
        ready("503", "m29990101_000001_later");
    }
);

/// A database that does not answer: not ready within three seconds, metrics without the ledger's, and both again when it
/// answers.
#[test]
fn a_database_that_does_not_answer() {
    let Some(world) = World::new(Backend::Postgres) else { return };
    let server = Server::start(&world, &["--without-schedule"]);
    assert!(server.get("/readyz").0.starts_with("HTTP/1.1 200"));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        let transaction = database.begin().await.unwrap();
        let sql = "LOCK TABLE seaql_migrations, job_run IN ACCESS EXCLUSIVE MODE";
        transaction.execute_unprepared(sql).await.unwrap();
        let begun = Instant::now();
        let (head, body) = server.get("/readyz");
        assert!(head.starts_with("HTTP/1.1 503"), "{head}");
        assert!(String::from_utf8(body).unwrap().contains("did not answer within 2 s"));
        assert!(begun.elapsed() < Duration::from_secs(3));
        assert!(server.get("/healthz").0.starts_with("HTTP/1.1 200"));
        let found = metrics(&server);
        assert_eq!(
            (found["rapport_ledger_up"], found.contains_key("rapport_job_queue_length")),
            (0.0, false)
        );
        transaction.rollback().await.unwrap();
        database.close().await.unwrap();
    });
    assert!(server.get("/readyz").0.starts_with("HTTP/1.1 200"));
    let server = Server::start(&world, &["--without-schedule"]);
    assert_eq!(metrics(&server)["rapport_ledger_up"], 1.0);
}

/// In JSON every line of the log is an object with its time, level and words.
#[test]
fn the_log_in_json() {
    let world = World::new(Backend::Sqlite).unwrap();
    world.file("rapport.toml", "[log]\nformat = \"json\"\n");
    let server = Server::start(&world, &["--without-schedule"]);
    let _ = server.get("/nowhere");
    drop(server);
    let log = std::fs::read_to_string(world.folder().join("serve.log")).unwrap();
    assert!(!log.is_empty());
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(
            ["timestamp", "level", "message", "target"].iter().all(|field| line[field].is_string()),
            "{line}"
        );
    }
    assert!(log.contains("serving on http://"));
    // every line of a run carries its id
    let ran = world.ok(&["run", "prune"]);
    let known = &world.rows("{ jobRunRows { runId } }")[0]["runId"];
    let lines = ran.err.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let of_run: Vec<_> = lines.filter(|line| line["spans"].is_array()).collect();
    assert!(of_run.iter().any(|line| line["message"] == "done"), "{}", ran.err);
    assert!(of_run.iter().all(|line| line["spans"][0]["id"] == *known), "{known} {of_run:?}");
    world.file("rapport.toml", "[log]\nformat = \"yaml\"\n");
    let ran = world.run(&["config"]);
    assert!(ran.code == 2 && ran.err.contains("log.format"), "{}", ran.err);
}
