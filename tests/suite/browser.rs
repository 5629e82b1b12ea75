//! The managers' pages as people have them: in Chromium, with axe looking for barriers. `RAPPORT_TEST_BROWSER` names the
//! folder that `.ci/run` installs the driver in.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use rapport_tests::{Backend, Server, World};

/// What is checked, as tests/browser/pages.mjs names it.
const CHECKS: [&str; 10] = [
    "sign-in",
    "every page",
    "paper",
    "keyboard",
    "drill-down",
    "roles",
    "downloads",
    "care",
    "jobs",
    "bad input",
];

/// Where the driver is; none, loudly, if nobody installed it.
#[allow(clippy::disallowed_methods)]
fn driver() -> Option<PathBuf> {
    let found = std::env::var("RAPPORT_TEST_BROWSER").ok().map(PathBuf::from);
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "\n*** NOT TESTED: the pages in a browser; see .ci/run ***");
    }
    found
}

/// Signing in and out, every page in both languages and two widths, by keyboard, from bars to customers, downloads.
#[test]
fn pages_in_a_browser() {
    let Some(driver) = driver() else { return };
    let world = World::new(Backend::Sqlite).unwrap();
    world.ok(&["demo", "--no-serve", "--customers", "500", "--quarters", "6", "--last", "2026-Q2"]);
    let secret = |role: &str| world.ok(&["token", "create", role, "--role", role]).out.trim().to_owned();
    let secrets = ["viewer", "analyst", "operator"].map(|role| (role, secret(role)));
    let secrets = serde_json::Value::Object(
        secrets.into_iter().map(|(role, secret)| (role.to_owned(), secret.into())).collect(),
    );
    let server = Server::start(&world, &["--without-schedule"]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/pages.mjs");
    std::fs::copy(script, driver.join("pages.mjs")).unwrap();
    let ran = Command::new("node")
        .current_dir(&driver)
        .args(["pages.mjs", &server.url(), "2026-Q2", &secrets.to_string()])
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout);
    let told = format!("{out}\n{}", String::from_utf8_lossy(&ran.stderr));
    for check in CHECKS {
        assert!(out.lines().any(|line| line == format!("ok {check}")), "{check}: {told}");
    }
    assert!(ran.status.success(), "{told}");
}
