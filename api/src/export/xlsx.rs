//! A workbook: a sheet each table, with a header that stays in sight and cells of their types. Rows go to a temporary
//! file as they are read.

use std::sync::Arc;

use async_graphql::Value;
use axum::body::Bytes;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{
    Error,
    saved::{Column, Kind, Pages, Saved, Table},
};

/// The rows that a sheet has room for below its header.
const ROOM: u32 = 1_048_575;
/// The characters that a cell has room for.
const CHARACTERS: usize = 32_767;

/// The workbook of these tables. Fails if one has more rows than a sheet.
pub async fn workbook(tables: Vec<(Arc<Saved>, usize, Pages)>) -> Result<Bytes, Error> {
    let mut workbook = Workbook::new();
    for (saved, table, mut pages) in tables {
        let table = &saved.tables[table];
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(unwritten)?;
        let formats = head(sheet, table).map_err(unwritten)?;
        let mut place = 0;
        while let Some(rows) = pages.next().await? {
            for row in rows {
                place += 1;
                if place > ROOM {
                    let text = format!("{} has more than {ROOM} rows, the most of a sheet", table.name);
                    return Err(Error::BadInput(format!("{text}; ask for less, or for CSV")));
                }
                write(sheet, place, table, &formats, &row).map_err(unwritten)?;
            }
        }
    }
    // packing takes long, and others wait for answers
    tokio::task::spawn_blocking(move || workbook.save_to_buffer().map(Bytes::from).map_err(unwritten))
        .await
        .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

/// Writes the header; the format of each column's cells.
fn head(sheet: &mut Worksheet, table: &Table) -> Result<Vec<Format>, XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name(name(&table.name))?.set_freeze_panes(1, 0)?;
    for (place, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, place, &column.name, &bold)?;
        sheet.set_column_width(place, width(column))?;
    }
    let format = |column: &Column| match column.kind {
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd"),
        Kind::DateTime => Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        _ => Format::new(),
    };
    Ok(table.columns.iter().map(format).collect())
}

fn write(
    sheet: &mut Worksheet,
    place: u32,
    table: &Table,
    formats: &[Format],
    row: &Value,
) -> Result<(), XlsxError> {
    for ((at, column), format) in (0..).zip(&table.columns).zip(formats) {
        match column.cell(row) {
            Value::Null => {}
            Value::Number(number) => {
                // beyond 2^53 a sheet has no whole numbers either
                sheet.write_number(place, at, number.as_f64().unwrap_or_default())?;
            }
            Value::Boolean(truth) => {
                sheet.write_boolean(place, at, *truth)?;
            }
            Value::String(text) if matches!(column.kind, Kind::Date | Kind::DateTime) => {
                sheet.write_datetime_with_format(
                    place,
                    at,
                    ExcelDateTime::parse_from_str(moment(text))?,
                    format,
                )?;
            }
            Value::String(text) => {
                sheet.write_string(place, at, text.chars().take(CHARACTERS).collect::<String>())?;
            }
            other => {
                sheet.write_string(place, at, other.to_string())?;
            }
        }
    }
    Ok(())
}

/// A moment without its zone, which is UTC, and without fractions of a second, which a sheet does not show.
fn moment(text: &str) -> &str {
    let end = text.find(['+', '.', 'Z']).unwrap_or(text.len());
    &text[..end]
}

/// A sheet's name has at most 31 characters.
fn name(table: &str) -> String {
    table.chars().take(31).collect()
}

fn width(column: &Column) -> f64 {
    let least: f64 = match column.kind {
        Kind::Date => 11.0,
        Kind::DateTime => 19.0,
        Kind::Text => 14.0,
        _ => 10.0,
    };
    // names are short: a header's characters are its width
    least.max(column.name.len() as f64 + 2.0)
}

fn unwritten(error: XlsxError) -> Error {
    Error::Io {
        what: format!("the workbook cannot be written: {error}"),
        source: std::io::Error::other(error),
    }
}
