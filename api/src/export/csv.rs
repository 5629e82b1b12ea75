//! CSV as RFC 4180 has it: a header, comma, CRLF, quotes where they are needed. Text that a spreadsheet would take for a
//! formula is made text by an apostrophe; numbers are left as they are.

use async_graphql::Value;
use axum::body::Bytes;
use csv::{Terminator, Writer, WriterBuilder};

use crate::{
    Error,
    saved::{Column, Pages, Table},
};

/// What is still to be written.
pub struct Parts {
    pages: Pages,
    columns: Vec<Column>,
    begun: bool,
    bom: bool,
}

impl Parts {
    /// Of a table.
    pub fn new(pages: Pages, table: &Table, bom: bool) -> Self {
        Self { pages, columns: table.columns.clone(), begun: false, bom }
    }

    /// The next part, and what is left after it.
    pub async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        let Some(rows) = self.pages.next().await? else { return Ok(None) };
        let mut text = Vec::with_capacity(rows.len() * self.columns.len() * 8);
        if self.bom && !self.begun {
            text.extend_from_slice("\u{feff}".as_bytes());
        }
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(text);
        self.write(&mut writer, &rows).map_err(|error| unwritten(&error))?;
        self.begun = true;
        let text = writer.into_inner().map_err(|error| unwritten(error.error()))?;
        Ok(Some((text.into(), self)))
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>, rows: &[Value]) -> Result<(), csv::Error> {
        if !self.begun {
            writer.write_record(self.columns.iter().map(|column| &column.name))?;
        }
        let mut cell = String::new();
        for row in rows {
            for column in &self.columns {
                cell.clear();
                print(column.cell(row), &mut cell);
                writer.write_field(&cell)?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }
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
            if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
                cell.push('\'');
            }
            cell.push_str(text);
        }
        Value::Enum(name) => cell.push_str(name),
        other => {
            // a string takes every byte
            let _ = write!(cell, "{other}");
        }
    }
}
