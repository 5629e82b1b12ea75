//! JSON: the rows of a table as an array of objects, in the query's order; several tables as an object of arrays.

use std::sync::Arc;

use axum::body::Bytes;

use crate::{
    Error,
    saved::{Pages, Saved},
};

/// What is still to be written.
pub struct Parts {
    tables: Vec<(Arc<Saved>, usize, Pages)>,
    several: bool,
    table: usize,
    rows: usize,
}

impl Parts {
    /// Of these tables.
    pub fn new(tables: Vec<(Arc<Saved>, usize, Pages)>) -> Self {
        Self { several: tables.len() > 1, tables, table: 0, rows: 0 }
    }

    /// The next part, and what is left after it.
    pub async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        let last = self.table + 1 == self.tables.len();
        let Some((saved, table, pages)) = self.tables.get_mut(self.table) else { return Ok(None) };
        let mut text = Vec::new();
        match pages.next().await? {
            Some(rows) => {
                if self.rows == 0 {
                    let name = &saved.tables[*table].name;
                    let opening = if self.table == 0 { "{" } else { "," };
                    let opening =
                        if self.several { format!("{opening}\"{name}\":[") } else { "[".to_owned() };
                    text.extend_from_slice(opening.as_bytes());
                }
                for row in rows {
                    text.extend_from_slice(if self.rows == 0 { b"\n" } else { b",\n" });
                    serde_json::to_writer(&mut text, &row).map_err(|error| Error::Io {
                        what: "a row cannot be written as JSON".to_owned(),
                        source: error.into(),
                    })?;
                    self.rows += 1;
                }
            }
            None => {
                text.extend_from_slice(if self.several && last { b"\n]}\n" } else { b"\n]" });
                if last && !self.several {
                    text.push(b'\n');
                }
                self.table += 1;
                self.rows = 0;
            }
        }
        Ok(Some((text.into(), self)))
    }
}
