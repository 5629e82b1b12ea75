//! Bringing the schema up to date: by as many processes at once as there are, and after one that died at it.

use std::{process::Stdio, time::Instant};

use rapport_entities::connect;
use rapport_migration::{LEASE, Migrator, Schema, inspect};
use rapport_tests::{World, on_both};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait;

/// Six processes migrate at the same time, and all end well.
fn six_at_once(world: &World) {
    let start = |_| {
        let mut command = world.command(&["migrate"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let processes: Vec<_> = (0..6).map(start).collect();
    for process in processes {
        let ended = process.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
}

fn with_database<T>(world: &World, work: impl AsyncFnOnce(&DatabaseConnection) -> T) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), true).await.unwrap();
        let found = work(&database).await;
        database.close().await.unwrap();
        found
    })
}

/// The schema is whole, nobody holds the lease, and it was taken at least so often. (Who took it last may have found
/// the work done meanwhile.)
fn is_done(world: &World, least: i64) {
    with_database(world, async |database| {
        assert_eq!(inspect(database).await.unwrap(), Schema::Ours { pending: 0 });
        let sql = format!("SELECT fence, lease_until FROM {LEASE}");
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let row = database.query_one_raw(statement).await.unwrap().unwrap();
        let (fence, until): (i64, i64) =
            (row.try_get("", "fence").unwrap(), row.try_get("", "lease_until").unwrap());
        assert!(until == 0 && (least..least + 6).contains(&fence), "{until} {fence}");
    });
}

on_both!(
    /// A new database: one of the six makes it, and the others find it made.
    six_on_a_new_database,
    |world| {
        six_at_once(world);
        is_done(world, 1);
    }
);

on_both!(
    /// An old database, that lacks the newest migrations.
    six_on_an_old_database,
    |world| {
        world.ok(&["migrate"]);
        with_database(world, async |database| Migrator::down(database, Some(2)).await.unwrap());
        six_at_once(world);
        is_done(world, 2);
    }
);

on_both!(
    /// A holder that died: its lease runs out, and the next process does the work. A database with nothing but the lease
    /// is a new one.
    a_dead_holder,
    |world| {
        with_database(world, async |database| {
            let table = "CREATE TABLE lease (name text NOT NULL PRIMARY KEY, owner text NOT NULL, \
                         fence bigint NOT NULL, lease_until bigint NOT NULL)";
            let sqlite = database.get_database_backend() == sea_orm::DbBackend::Sqlite;
            let now = if sqlite {
                "CAST(unixepoch('subsec') * 1000 AS INTEGER)"
            } else {
                "(extract(epoch from clock_timestamp()) * 1000)::bigint"
            };
            let row = format!("INSERT INTO lease VALUES ('migrate', 'process 0', 7, {now} + 2000)");
            database.execute_unprepared(table).await.unwrap();
            database.execute_unprepared(&row).await.unwrap();
            assert_eq!(inspect(database).await.unwrap(), Schema::Empty);
        });
        let begun = Instant::now();
        world.ok(&["migrate"]);
        let waited = begun.elapsed().as_millis();
        assert!((1_000..20_000).contains(&waited), "{waited} ms");
        is_done(world, 8);
    }
);
