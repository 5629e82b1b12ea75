//! Tables as files that open in a spreadsheet: UTF-8 with the mark that tells it so, and no cell that a spreadsheet
//! would take for a formula.

use super::letter::File;
use crate::Error;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// A cell of a table.
pub enum Cell {
    /// Words from the company's data.
    Text(String),
    /// A figure; empty if there is none.
    Number(Option<f64>),
    /// A count; empty if there is none.
    Count(Option<i64>),
}

/// The file of a table.
pub fn file(name: String, head: &[String], rows: Vec<Vec<Cell>>) -> Result<File, Error> {
    let failed = |why: String| Error::Stored { what: format!("the table {name}"), why };
    let mut writer = ::csv::Writer::from_writer(MARK.to_vec());
    writer.write_record(head).map_err(|error| failed(error.to_string()))?;
    for row in rows {
        let cells = row.iter().map(Cell::written);
        writer.write_record(cells).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    Ok(File { file: name, bytes })
}

impl Cell {
    fn written(&self) -> String {
        match self {
            // what a spreadsheet would run stands behind an apostrophe
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.map_or_else(String::new, |number| number.to_string()),
            Self::Count(count) => count.map_or_else(String::new, |count| count.to_string()),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
