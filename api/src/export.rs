//! The tables of saved queries as files: JSON and CSV as they are read, page by page; a workbook when all is read.

use std::{str::FromStr, sync::Arc};

use async_graphql::Variables;
use axum::body::Bytes;
use futures_util::{Stream, stream};

use crate::{
    Error,
    graphql::Api,
    saved::{Pages, Reader, Saved},
};

mod csv;
mod json;
mod xlsx;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An array of objects; of several tables an object of arrays.
    Json,
    /// RFC 4180, one table.
    Csv,
    /// A workbook, a sheet each table.
    Xlsx,
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err(Error::NotFound(format!("there is no format `{text}`; there are json, csv and xlsx"))),
        }
    }
}

impl Format {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// What is exported, to whom.
#[derive(Clone)]
pub struct Export {
    /// The saved query.
    pub saved: Arc<Saved>,
    /// Its variables.
    pub variables: Variables,
    /// Which table, where it has several and one is wanted.
    pub table: Option<String>,
    /// Whether CSV begins with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Who reads it.
    pub reader: Reader,
}

/// The bytes of a file, in parts.
pub type Parts = stream::BoxStream<'static, Result<Bytes, Error>>;

impl Export {
    /// The file. The first rows are read before it is returned: what the query fails with fails here.
    pub async fn file(&self, api: &Api, format: Format) -> Result<Parts, Error> {
        match format {
            Format::Csv => {
                let table = self.saved.table(self.table.as_deref())?;
                begun(csv::parts(self.pages(api, table), &self.saved.tables[table], self.bom).await?).await
            }
            Format::Json => {
                let parts = json::Parts::new(self.chosen(api)?);
                begun(stream::try_unfold(parts, json::Parts::next)).await
            }
            Format::Xlsx => {
                let workbook = xlsx::workbook(self.chosen(api)?).await?;
                Ok(Box::pin(stream::once(async { Ok(workbook) })))
            }
        }
    }

    /// Whether the file, of which the first rows have been read, is the same until the data version is another.
    pub fn stands(&self, format: Format) -> bool {
        let all_seen = format != Format::Json || self.table.is_some() || self.saved.tables.len() == 1;
        all_seen && self.reader.stands()
    }

    fn pages(&self, api: &Api, table: usize) -> Pages {
        Pages::new(api, &self.saved, table, self.variables.clone(), &self.reader)
    }

    /// The table that is wanted, or all.
    fn chosen(&self, api: &Api) -> Result<Vec<(Arc<Saved>, usize, Pages)>, Error> {
        let tables = match self.table.as_deref() {
            Some(name) => {
                let table = self.saved.table(Some(name))?;
                table..table + 1
            }
            None => 0..self.saved.tables.len(),
        };
        Ok(tables.map(|table| (self.saved.clone(), table, self.pages(api, table))).collect())
    }
}

/// A stream whose first part has been read, and that may be asked for more after its end, as compression does.
async fn begun(parts: impl Stream<Item = Result<Bytes, Error>> + Send + 'static) -> Result<Parts, Error> {
    use futures_util::{StreamExt, TryStreamExt};
    let mut parts = Box::pin(parts);
    let first = parts.try_next().await?;
    Ok(Box::pin(stream::iter(first.map(Ok)).chain(parts).fuse()))
}
