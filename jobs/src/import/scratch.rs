//! The scratch database: every file as a table of text, with `_line`, for the mapping's SELECTs.
//!
//! It is SQLite's private temporary database: gone with the connection, on disk when it outgrows memory.

use std::sync::mpsc::{Receiver, sync_channel};

use csv::ByteRecord;
use rusqlite::{
    Connection, Statement,
    types::{ToSqlOutput, ValueRef},
};

use super::{
    file::{self, Records},
    mapping::FileFormat,
    projection::Reads,
    rejects::Rejects,
};
use crate::Error;

/// The scratch database of one import.
pub struct Scratch {
    connection: Connection,
    tables: Vec<Table>,
}

/// A file's table.
struct Table {
    name: String,
    columns: Vec<String>,
    /// Its root page, by which SQLite's programs name it.
    root: i64,
}

/// Records travel from the reading thread to the writing one in batches.
const BATCH: usize = 1024;

impl Scratch {
    /// An empty one.
    pub fn new() -> Result<Self, Error> {
        let connection = Connection::open("").map_err(Error::Scratch)?;
        connection
            .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
            .map_err(Error::Scratch)?;
        Ok(Self { connection, tables: Vec::new() })
    }

    /// Makes the table of a file, with no rows yet.
    pub fn declare(&mut self, name: &str, format: &FileFormat) -> Result<(), Error> {
        let columns = Records::open(format)?.header;
        let types: String = columns.iter().map(|column| format!(", {} TEXT", quoted(column))).collect();
        let create = format!("CREATE TABLE {} (_line INTEGER PRIMARY KEY{types})", quoted(name));
        self.connection.execute_batch(&create).map_err(Error::Scratch)?;
        let find = "SELECT rootpage FROM sqlite_schema WHERE name = ?";
        let root = self.connection.query_row(find, [name], |row| row.get(0)).map_err(Error::Scratch)?;
        self.tables.push(Table { name: name.to_owned(), columns, root });
        Ok(())
    }

    /// Loads a file into its table; a record whose fields do not fit the header goes to the rejects.
    /// Returns the number of rows.
    pub fn stage(&mut self, name: &str, format: &FileFormat, rejects: &mut Rejects) -> Result<u64, Error> {
        let records = Records::open(format)?;
        let marks = ", ?".repeat(records.header.len());
        self.connection.execute_batch("BEGIN").map_err(Error::Scratch)?;
        let rows = {
            let insert = format!("INSERT INTO {} VALUES (?{marks})", quoted(name));
            let mut insert = self.connection.prepare(&insert).map_err(Error::Scratch)?;
            copy(records, &mut insert, rejects)?
        };
        self.connection.execute_batch("COMMIT").map_err(Error::Scratch)?;
        Ok(rows)
    }

    /// What a mapping's SELECT reads; `None` if SQLite does not say.
    pub fn reads(&self, select: &str) -> Option<Reads> {
        Reads::of(&self.connection, select).ok()
    }

    /// The names of the files whose tables stand at these root pages.
    pub fn names<'a>(&'a self, roots: &'a [i64]) -> impl Iterator<Item = &'a str> {
        self.tables.iter().filter(|table| roots.contains(&table.root)).map(|table| table.name.as_str())
    }

    /// Prepares a mapping's SELECT; a fault in it is explained with the tables there are.
    pub fn prepare(&self, entity: &str, select: &str) -> Result<Statement<'_>, Error> {
        let wrong = |why: String| Error::Select { entity: entity.to_owned(), why };
        let statement = self.connection.prepare(select).map_err(|error| {
            let shown = |table: &Table| format!("{}({})", table.name, table.columns.join(", "));
            let tables: Vec<String> = self.tables.iter().map(shown).collect();
            wrong(format!("{}\n  the files are: {}", plain(&error), tables.join("; ")))
        })?;
        if !statement.readonly() || statement.column_count() == 0 {
            return Err(wrong("it is not a SELECT".to_owned()));
        }
        Ok(statement)
    }
}

/// SQLite's own words about the user's SQL, without the offset into it.
pub fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

/// Reads on one thread, writes on this one.
fn copy(mut records: Records, insert: &mut Statement<'_>, rejects: &mut Rejects) -> Result<u64, Error> {
    std::thread::scope(|threads| {
        let (send, receive) = sync_channel::<Vec<ByteRecord>>(4);
        let width = records.header.len();
        let reading = threads.spawn(move || -> Result<(), Error> {
            loop {
                let batch = batch(&mut records)?;
                let last = batch.len() < BATCH;
                // the writer is gone only after an error of its own, which it reports itself
                if send.send(batch).is_err() || last {
                    return Ok(());
                }
            }
        });
        let written = write(&receive, width, insert, rejects);
        drop(receive);
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        written
    })
}

fn batch(records: &mut Records) -> Result<Vec<ByteRecord>, Error> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut record = ByteRecord::new();
    while batch.len() < BATCH && records.read(&mut record)? {
        batch.push(std::mem::take(&mut record));
    }
    Ok(batch)
}

fn write(
    batches: &Receiver<Vec<ByteRecord>>,
    width: usize,
    insert: &mut Statement<'_>,
    rejects: &mut Rejects,
) -> Result<u64, Error> {
    let mut rows = 0;
    for record in batches.iter().flatten() {
        // a file holds fewer lines than an i64 counts
        let line = file::line(&record) as i64;
        if record.len() == width {
            insert_record(insert, line, &record).map_err(Error::Scratch)?;
            rows += 1;
        } else {
            rejects.write(Some(line), &file::wrong_width(&record, width))?;
        }
    }
    Ok(rows)
}

fn insert_record(insert: &mut Statement<'_>, line: i64, record: &ByteRecord) -> rusqlite::Result<()> {
    insert.raw_bind_parameter(1, line)?;
    for (index, cell) in record.iter().enumerate() {
        let value = if cell.is_empty() { ValueRef::Null } else { ValueRef::Text(cell) };
        insert.raw_bind_parameter(index + 2, ToSqlOutput::Borrowed(value))?;
    }
    insert.raw_execute().map(|_| ())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
