//! CSV as RFC 4180 has it: a header, comma, CRLF, quotes where they are needed. Text that a spreadsheet would take for a
//! formula is made text by an apostrophe; numbers are left as they are.

use std::time::Duration;

use async_graphql::Value;
use axum::body::Bytes;
use csv::{Terminator, Writer, WriterBuilder};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tokio::{sync::mpsc, time::timeout};

use super::Parts;
use crate::{
    Error,
    graphql::{Lines, escape_formula},
    saved::{Column, PAGE, Pages, Table},
};

/// What is being written.
type Text = Writer<Vec<u8>>;

/// Bytes that are written before they are sent.
const PART: usize = 64 * 1024;
/// Parts that are ready and not yet sent.
const READY: usize = 4;
/// So long a reader may leave them lying while a connection waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// The file of a table; its first part has its first rows. What the query fails with fails here, or in that part.
pub async fn parts(mut pages: Pages, table: &Table, bom: bool) -> Result<Parts, Error> {
    let mut text = Vec::with_capacity(PART);
    if bom {
        text.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut text = writer(text);
    text.write_record(table.columns.iter().map(|column| &column.name)).map_err(|error| unwritten(&error))?;
    Ok(match pages.lines().await? {
        Some(lines) => of_lines(lines, pages, text).boxed(),
        None => of_pages(pages, table.columns.clone(), text).boxed(),
    })
}

/// Rows as objects, a part each page.
fn of_pages(
    pages: Pages,
    columns: Vec<Column>,
    text: Text,
) -> impl Stream<Item = Result<Bytes, Error>> + Send {
    stream::try_unfold((pages, columns, text), async |(mut pages, columns, mut text)| {
        let Some(rows) = pages.next().await? else { return Ok(None) };
        write(&mut text, &columns, &rows).map_err(|error| unwritten(&error))?;
        let next = writer(Vec::with_capacity(PART));
        Ok(Some((done(text)?, (pages, columns, next))))
    })
}

/// Rows as lines, read on a task of their own: while one part is sent the next is written.
fn of_lines(lines: Lines, pages: Pages, text: Text) -> impl Stream<Item = Result<Bytes, Error>> + Send {
    let (sender, parts) = mpsc::channel(READY);
    tokio::spawn(async move {
        if let Err(error) = send(lines, &pages, text, &sender).await {
            // the connection is free by now; who no longer reads need not be told
            let _ = sender.send(Err(error)).await;
        }
    });
    stream::unfold(parts, async |mut parts| parts.recv().await.map(|part| (part, parts)))
}

async fn send(
    lines: Lines,
    pages: &Pages,
    mut text: Text,
    parts: &mpsc::Sender<Result<Bytes, Error>>,
) -> Result<(), Error> {
    let (mut count, mut rows) = (0, lines.rows().await?);
    while let Some(row) = rows.try_next().await? {
        count += 1;
        if count % PAGE == 0 {
            pages.charge();
        }
        lines.write(&row, |cell| text.write_field(cell).map_err(|error| unwritten(&error)))?;
        text.write_record(None::<&[u8]>).map_err(|error| unwritten(&error))?;
        if text.get_ref().len() >= PART {
            let full = std::mem::replace(&mut text, writer(Vec::with_capacity(PART)));
            match timeout(PATIENCE, parts.send(Ok(done(full)?))).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Ok(()),
                Err(_) => return Err(Error::TooSlow(PATIENCE.as_secs())),
            }
        }
    }
    let _ = parts.send(Ok(done(text)?)).await;
    Ok(())
}

fn writer(text: Vec<u8>) -> Text {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(text)
}

fn done(writer: Text) -> Result<Bytes, Error> {
    Ok(writer.into_inner().map_err(|error| unwritten(error.error()))?.into())
}

fn write(writer: &mut Text, columns: &[Column], rows: &[Value]) -> Result<(), csv::Error> {
    let mut cell = String::new();
    for row in rows {
        for column in columns {
            cell.clear();
            print(column.cell(row), &mut cell);
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

/// Memory takes every byte: this does not happen.
fn unwritten(error: &dyn std::error::Error) -> Error {
    Error::Io { what: format!("the table cannot be written: {error}"), source: std::io::Error::other("csv") }
}

/// A value as a cell's text.
fn print(value: &Value, cell: &mut String) {
    use std::fmt::Write;
    match value {
        Value::Null => {}
        Value::String(text) => {
            escape_formula(text, cell);
            cell.push_str(text);
        }
        Value::Enum(name) => cell.push_str(name),
        other => {
            // a string takes every byte
            let _ = write!(cell, "{other}");
        }
    }
}
