//! The clients that people use, each against the real server: every one of 12,000 customers, read to the last page, with
//! the revenue that SQL says. `RAPPORT_TEST_CLIENTS` names the folder that `.ci/run` installs them in.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use rapport_tests::{Backend, Server, World};

use crate::exports;

/// Where the clients are; none, loudly, if nobody installed them.
#[allow(clippy::disallowed_methods)]
fn clients() -> Option<PathBuf> {
    let found = std::env::var("RAPPORT_TEST_CLIENTS").ok().map(PathBuf::from);
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "\n*** NOT TESTED: the clients of the API; see .ci/run ***");
    }
    found
}

/// A file of the repository.
fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn output(command: &mut Command) -> String {
    let ran = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{command:?}\n{out}\n{err}");
    out.into_owned()
}

/// A server that wants tokens, with one of this role.
fn served(world: &World, role: &str) -> (Server, String) {
    exports::large(world);
    let made = world.ok(&["token", "create", "clients", "--role", role]).out;
    (Server::start(world, &["--without-schedule"]), made.trim().to_owned())
}

/// Each client's line: its name, how many customers, what revenue.
fn agree(lines: &str, clients: &[&str], world: &World) {
    let database = rusqlite::Connection::open(world.folder().join("rapport.sqlite")).unwrap();
    let sql = "SELECT count(DISTINCT customer_id), sum(amount) FROM purchase";
    let (customers, cents): (i64, i64) =
        database.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    for client in clients {
        let line = lines.lines().find(|line| line.split(' ').next() == Some(client));
        let words: Vec<&str> =
            line.unwrap_or_else(|| panic!("{client} said nothing: {lines}")).split(' ').collect();
        assert_eq!(words[1], customers.to_string(), "{client}");
        let read: f64 = words[2].parse().unwrap();
        assert_eq!((read * 100.0).round() as i64, cents, "{client}");
    }
}

/// gql, sgqlc, the path of Superset, Power Query, Excel, Grafana's Infinity, and a reader of workbooks.
#[test]
fn python() {
    let Some(clients) = clients() else { return };
    let world = World::new(Backend::Sqlite).unwrap();
    let (server, token) = served(&world, "analyst");
    let mut command = Command::new(clients.join("python/bin/python"));
    let lines = output(command.arg(own("clients/python/clients.py")).arg(server.url()).arg(&token));
    agree(&lines, &["gql", "sgqlc", "superset", "power-query", "excel-csv", "infinity", "openpyxl"], &world);
}

/// Apollo, urql and graphql-request; the audits of GraphQL over HTTP; the compilers of Relay and graphql-codegen.
#[test]
fn javascript() {
    let Some(clients) = clients() else { return };
    let world = World::new(Backend::Sqlite).unwrap();
    let (server, token) = served(&world, "analyst");
    let folder = clients.join("node");
    for (from, to) in [("../api/schema.graphql", "schema.graphql"), ("../api/scalars.json", "scalars.json")] {
        std::fs::copy(own(from), folder.join(to)).unwrap();
    }
    let node = || {
        let mut command = Command::new("node");
        command.current_dir(&folder);
        command
    };
    let lines = output(node().arg("clients.mjs").arg(server.url()).arg(&token));
    agree(&lines, &["apollo", "apollo-by-hash", "urql", "graphql-request"], &world);
    assert!(lines.contains("audits failed 0"), "{lines}");
    assert!(output(node().arg("codegen.mjs")).contains("graphql-codegen"));
    output(node().arg("node_modules/relay-compiler/cli.js"));
}

/// Whatever the schema allows to be asked is answered as the schema says, and never with a failure of the server's.
#[test]
fn schemathesis() {
    let Some(clients) = clients() else { return };
    let world = World::new(Backend::Sqlite).unwrap();
    let (server, token) = served(&world, "operator");
    let mut command = Command::new(clients.join("python/bin/st"));
    command
        .args([
            "run",
            &format!("{}/graphql", server.url()),
            "--header",
            &format!("Authorization: Bearer {token}"),
        ])
        .args(["--checks", "not_a_server_error", "--max-examples", "5", "--phases", "fuzzing"])
        .args(["--generation-deterministic", "--no-color"])
        .current_dir(world.folder());
    output(&mut command);
}
