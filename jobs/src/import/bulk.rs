//! New rows on SQLite: a prepared insert, row by row, on a connection beside the pool's. Statements of thousands of
//! parameters take several times as long. Rows whose key is known are handed back, for the ordinary upsert.

use std::time::Duration;

use rapport_entities::{At, Database, connection::is_sqlite};
use rusqlite::{
    Connection, TransactionState,
    types::{ToSqlOutput, Value},
};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn, RuntimeErr, Statement,
};

use crate::Error;

/// What a row has in a column, as SQLite takes it.
pub type Cell<'a> = rusqlite::Result<ToSqlOutput<'a>>;

/// A moment as it is stored.
pub fn millis(at: Option<At>) -> Cell<'static> {
    let millis = at.map(|at| at.0.timestamp_millis());
    Ok(millis.map_or(ToSqlOutput::Owned(Value::Null), ToSqlOutput::from))
}

/// A connection that only inserts.
pub struct Bulk(Connection);

impl Bulk {
    /// A connection beside the pool's; `None` if the database is not a SQLite file.
    pub async fn beside(database: &Database) -> Result<Option<Self>, Error> {
        if !is_sqlite(database) {
            return Ok(None);
        }
        let list = Statement::from_string(database.get_database_backend(), "PRAGMA database_list");
        let row = database.query_one_raw(list).await?;
        let file: Option<String> = row.map(|row| row.try_get("", "file")).transpose()?;
        file.filter(|file| !file.is_empty()).map(|file| Self::open(&file)).transpose()
    }

    fn open(file: &str) -> Result<Self, Error> {
        let open = || {
            let connection = Connection::open(file)?;
            connection.busy_timeout(Duration::from_secs(30))?;
            connection.execute_batch(
                "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; \
                 PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST;",
            )?;
            Ok(connection)
        };
        open().map(Self).map_err(failed)
    }

    /// Inserts the rows whose key is new, in a transaction that stays open, and returns the others; `cell` says what a
    /// row has in a column.
    pub fn insert<E: EntityTrait>(
        &self,
        rows: Vec<E::Model>,
        cell: impl Fn(&E::Model, E::Column) -> Cell<'_>,
    ) -> Result<Vec<E::Model>, Error> {
        let insert = || {
            if self.0.transaction_state(None::<&str>)? == TransactionState::None {
                self.0.execute_batch("BEGIN IMMEDIATE")?;
            }
            let mut statement = self.0.prepare_cached(&insert_of::<E>())?;
            let columns: Vec<E::Column> = E::Column::iter().collect();
            let mut known = Vec::new();
            for row in rows {
                for (place, column) in columns.iter().enumerate() {
                    statement.raw_bind_parameter(place + 1, cell(&row, *column)?)?;
                }
                if statement.raw_execute()? == 0 {
                    known.push(row);
                }
            }
            Ok(known)
        };
        insert().map_err(failed)
    }

    /// Commits what was inserted.
    pub fn commit(&self) -> Result<(), Error> {
        if self.0.is_autocommit() { Ok(()) } else { self.0.execute_batch("COMMIT").map_err(failed) }
    }
}

fn insert_of<E: EntityTrait>() -> String {
    let quoted = |column: &str| format!("\"{column}\"");
    let columns: Vec<String> = E::Column::iter().map(|column| quoted(column.as_str())).collect();
    let key: Vec<String> = E::PrimaryKey::iter().map(|key| quoted(key.into_column().as_str())).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    format!(
        "INSERT INTO {} ({}) VALUES ({marks}) ON CONFLICT ({}) DO NOTHING",
        quoted(E::default().table_name()),
        columns.join(", "),
        key.join(", ")
    )
}

fn failed(error: rusqlite::Error) -> Error {
    Error::Database(DbErr::Exec(RuntimeErr::Internal(error.to_string())))
}
