//! The connection: SQLite by default, PostgreSQL by URL, each with the settings it must have.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

/// A pool of connections.
pub type Database = DatabaseConnection;

/// Connects to `sqlite:FILE`, `sqlite::memory:` or `postgres://…`; creates the SQLite file if `create`.
///
/// SQLite runs with WAL, foreign keys on, full sync, and waits up to 30 s for another writer.
/// Fails with the driver's error if the database cannot be opened.
pub async fn connect(url: &str, create: bool) -> Result<Database, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .acquire_timeout(Duration::from_secs(20))
        .connect_timeout(Duration::from_secs(10))
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .max_connections(if url.starts_with("sqlite") { 4 } else { 8 });
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(30))
            .pragma("cache_size", "-16384")
            .pragma("temp_store", "MEMORY")
            // what was deleted or overwritten is no longer in the file, as far as that costs no writing
            .pragma("secure_delete", "FAST")
            .row_buffer_size(512)
    });
    sea_orm::Database::connect(options).await
}

/// Begins a transaction that will write. On SQLite it takes the write lock at once: a transaction that reads first
/// and writes later cannot wait for another writer, it fails.
pub async fn begin_write(database: &Database) -> Result<DatabaseTransaction, DbErr> {
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    database.begin_with_options(immediate).await
}

/// True for SQLite.
pub fn is_sqlite(database: &impl ConnectionTrait) -> bool {
    database.get_database_backend() == DbBackend::Sqlite
}
