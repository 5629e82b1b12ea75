//! Rows that leave as lines of text, for files of many rows. A root field that is asked for lines hands over its own
//! statement, with all that its arguments and the reader's rights say, and how each column is written: what stands in a
//! line is what the field answers with, but no object is made of a row.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Context;
use futures_util::Stream;
use rapport_entities::Database;
use sea_orm::{
    DbErr, QueryResult, StreamTrait,
    sea_query::{SelectStatement, SimpleExpr},
};

use tokio::sync::OwnedSemaphorePermit;

use crate::Error;

mod cell;
mod customer;
mod purchase;

pub use cell::{Cell, escape_formula};
pub use customer::of as of_customers;
pub use purchase::of as of_purchases;

/// Asks one field at the root of a request for lines.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The field's alias or name.
    table: String,
    found: Mutex<Option<Lines>>,
}

impl Wanted {
    /// Of the field with this alias or name.
    pub fn new(table: &str) -> Arc<Self> {
        Arc::new(Self { table: table.to_owned(), found: Mutex::default() })
    }

    /// What is asked of the field that is being answered; none if rows are.
    pub fn of<'a>(context: &Context<'a>) -> Option<&'a Arc<Self>> {
        let wanted = context.data_opt::<Arc<Self>>()?;
        let field = context.field();
        (field.alias().unwrap_or(field.name()) == wanted.table).then_some(wanted)
    }

    /// Hands over the lines.
    fn put(&self, lines: Lines) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(lines);
    }

    /// The lines, if the field has any.
    pub fn take(&self) -> Option<Lines> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A statement, and how its rows are written.
#[derive(Debug)]
pub struct Lines {
    database: Database,
    select: SelectStatement,
    /// In the order of the selection.
    cells: Vec<Cell>,
    /// The leave to hold a connection for as long as they are read.
    _leave: Option<OwnedSemaphorePermit>,
}

impl Lines {
    /// With the leave to be read.
    pub fn with(self, leave: OwnedSemaphorePermit) -> Self {
        Self { _leave: Some(leave), ..self }
    }

    /// Writes the cells of a row, each to `next`.
    pub fn write(
        &self,
        row: &QueryResult,
        mut next: impl FnMut(&str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut text = String::new();
        for cell in &self.cells {
            text.clear();
            cell.write(row, &mut text)?;
            next(&text)?;
        }
        Ok(())
    }

    /// The rows as they come.
    pub async fn rows(&self) -> Result<impl Stream<Item = Result<QueryResult, DbErr>> + Send + Unpin, DbErr> {
        self.database.stream(&self.select).await
    }
}

/// The columns of lines as they are put together: each selected once, however many cells show it.
#[derive(Debug, Default)]
struct Columns(Vec<SimpleExpr>);

impl Columns {
    /// The place of a column in a row.
    fn place(&mut self, column: SimpleExpr) -> usize {
        self.0.iter().position(|known| *known == column).unwrap_or_else(|| {
            self.0.push(column);
            self.0.len() - 1
        })
    }

    /// The cells of the fields selected in the field that is being answered; none if one has no cell.
    fn cells(
        &mut self,
        context: &Context<'_>,
        cell: impl Fn(&mut Self, &str) -> Option<Cell>,
    ) -> Option<Vec<Cell>> {
        context.field().selection_set().map(|field| cell(self, field.name())).collect()
    }

    /// Selects them.
    fn select(self, select: &mut SelectStatement) {
        for column in self.0 {
            select.expr(column);
        }
    }
}
