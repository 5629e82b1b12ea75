//! A fresh PostgreSQL database for every test, on the server that `TEST_POSTGRES_URL` names.

use std::{
    io::Write,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

use sea_orm::ConnectionTrait;

/// A database that is dropped with it.
#[derive(Debug)]
pub struct Fresh {
    server: String,
    name: String,
}

impl Fresh {
    /// Creates one; `None`, loudly, without a server.
    #[allow(clippy::disallowed_methods)]
    pub fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            say_left_out();
            return None;
        };
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("rapport_test_{}_{number}", std::process::id());
        run(&server, &format!("CREATE DATABASE {name}"));
        Some(Self { server, name })
    }

    /// Its address.
    pub fn url(&self) -> String {
        let (server, _) = self.server.rsplit_once('/').unwrap();
        format!("{server}/{}", self.name)
    }

    /// Ends every connection to it and takes none for a while, as a server does that is restarted.
    pub fn disconnected(&self, pause: std::time::Duration) {
        let name = &self.name;
        run(&self.server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname =";
        run(&self.server, &format!("{all} '{name}'"));
        std::thread::sleep(pause);
        run(&self.server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        run(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn run(server: &str, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let database = rapport_entities::connect(server, false).await.unwrap();
        database.execute_unprepared(sql).await.unwrap();
        database.close().await.unwrap();
    });
}

fn say_left_out() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT TESTED: PostgreSQL; set TEST_POSTGRES_URL=postgres://USER@HOST:PORT/postgres ***"
        );
    });
}
