//! A world: a database, a folder, and the program run in it.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::postgres::Fresh;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

/// A database of its own, and a folder for its files.
#[derive(Debug)]
pub struct World {
    folder: TempDir,
    fresh: Option<Fresh>,
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The program under test, built by the same `cargo test --workspace`.
///
/// # Panics
/// If it was not built.
#[must_use]
pub fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let built = test
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join(format!("rapport{}", std::env::consts::EXE_SUFFIX));
    assert!(
        built.exists(),
        "run the tests of the whole workspace: `cargo test --workspace` builds {built:?}"
    );
    built
}

impl World {
    /// A fresh one; `None` if there is no such server.
    #[must_use]
    pub fn new(backend: Backend) -> Option<Self> {
        let fresh = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(Fresh::new()?),
        };
        Some(Self { folder: TempDir::new().unwrap(), fresh })
    }

    /// Which database it has.
    #[must_use]
    pub fn backend(&self) -> Backend {
        if self.fresh.is_some() { Backend::Postgres } else { Backend::Sqlite }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database.
    #[must_use]
    pub fn database(&self) -> String {
        match &self.fresh {
            Some(fresh) => fresh.url(),
            None => format!("sqlite:{}", self.folder().join("rapport.sqlite").display()),
        }
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program in this world, not yet run.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.args(["--database", &self.database()]).args(arguments).current_dir(self.folder());
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        finished(self.command(arguments).output().unwrap())
    }

    /// Runs the program and expects it to end well.
    ///
    /// # Panics
    /// If it does not.
    pub fn ok(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}\n{}\n{}", ran.out, ran.err);
        ran
    }

    /// Starts the program with a failure in mind, such as `die:publish`, `pause:publish`, `slow:store` or `clock:-300`; none if it is empty.
    #[must_use]
    pub fn start(&self, arguments: &[&str], failure: &str) -> Child {
        let mut command = self.command(arguments);
        command.env("RAPPORT_FAILPOINT", failure).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs the program until it ends well: what a dead process left is waited for.
    ///
    /// # Panics
    /// If it fails, or is not done in half a minute.
    pub fn until_done(&self, arguments: &[&str]) {
        let patience = Instant::now() + Duration::from_secs(30);
        loop {
            let ran = self.run(arguments);
            if ran.code == 0 {
                return;
            }
            assert!(ran.code == 75 && Instant::now() < patience, "{arguments:?}: {}\n{}", ran.code, ran.err);
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Takes its PostgreSQL server away for a while; nothing for SQLite, which has none.
    pub fn disconnected(&self, pause: Duration) {
        if let Some(fresh) = &self.fresh {
            fresh.disconnected(pause);
        }
    }

    /// Imports with a committed mapping, each of its files named.
    pub fn import(&self, mapping: &str, files: &[(&str, PathBuf)]) -> Ran {
        let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings").join(mapping);
        let mut arguments = vec!["import".to_owned(), mapping.display().to_string()];
        arguments.extend(["--rejects".to_owned(), self.folder().display().to_string()]);
        for (name, path) in files {
            arguments.extend(["--file".to_owned(), format!("{name}={}", path.display())]);
        }
        self.ok(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The answer to a GraphQL query, as text.
    ///
    /// # Panics
    /// If it has errors.
    pub fn answer(&self, query: &str) -> String {
        let mut child = self
            .command(&["query", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(query.as_bytes()).unwrap();
        let ran = finished(child.wait_with_output().unwrap());
        assert_eq!(ran.code, 0, "{query}\n{}\n{}", ran.out, ran.err);
        ran.out
    }

    /// The rows of a query with one root field.
    ///
    /// # Panics
    /// If there are none such.
    pub fn rows(&self, query: &str) -> Vec<Value> {
        let answer: Value = serde_json::from_str(&self.answer(query)).unwrap();
        let data = answer["data"].as_object().unwrap();
        data.values().next().unwrap().as_array().unwrap().clone()
    }
}

fn finished(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
