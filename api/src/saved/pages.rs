//! The rows of a table of a saved query, page by page to the last one: all of the publications that were newest when it
//! began, whatever is published meanwhile.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    Name, Pos, Positioned, Request, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection},
};

use super::Saved;
use crate::{
    Access, Error,
    graphql::{Api, Lines, Lookups, Page, Wanted},
};

/// Rows that are read at a time.
pub const PAGE: i32 = 5_000;

/// Who is told what each page cost.
pub type Charge = Arc<dyn Fn(f64) + Send + Sync>;

/// Who reads all the pages of a saved query.
#[derive(Clone)]
pub struct Reader {
    /// What it may see.
    pub access: Arc<Access>,
    /// What was looked up before: all pages read the same sets.
    pub lookups: Arc<Lookups>,
    /// Who is told what each page cost.
    pub charge: Charge,
    passing: Arc<AtomicBool>,
}

impl Reader {
    /// One that has read nothing yet.
    pub fn new(access: Arc<Access>, lookups: Arc<Lookups>, charge: Charge) -> Self {
        Self { access, lookups, charge, passing: Arc::default() }
    }

    /// Whether what was read so far holds until the data version is another.
    pub fn stands(&self) -> bool {
        !self.passing.load(Ordering::Relaxed)
    }
}

/// The rows of one table.
pub struct Pages {
    api: Api,
    saved: Arc<Saved>,
    table: usize,
    variables: Variables,
    reader: Reader,
    offset: i32,
    /// A page that was read and is still to be given.
    first: Option<Vec<Value>>,
    /// Of a page.
    cost: f64,
    ended: bool,
}

impl Pages {
    /// Of a table, for a reader.
    pub fn new(api: &Api, saved: &Arc<Saved>, table: usize, variables: Variables, reader: &Reader) -> Self {
        let (api, saved, reader) = (api.clone(), saved.clone(), reader.clone());
        let (offset, first, cost, ended) = (0, None, 0.0, false);
        Self { api, saved, table, variables, reader, offset, first, cost, ended }
    }

    /// All rows as lines of text, where the table can be read so; if not, what has been read of it comes by `next`.
    /// Fails as the query does.
    pub async fn lines(&mut self) -> Result<Option<Lines>, Error> {
        let table = &self.saved.tables[self.table];
        if !table.paged || !self.saved.unconditional {
            return Ok(None);
        }
        // page by page takes longer, and holds no connection while the reader takes its time
        let Some(leave) = self.api.leave_for_lines() else { return Ok(None) };
        let wanted = Wanted::new(&table.name);
        let (rows, cost) = self.read(Some(wanted.clone())).await?;
        let lines = wanted.take();
        match &lines {
            Some(_) => self.cost = cost,
            None => self.first = Some(rows),
        }
        Ok(lines.map(|lines| lines.with(leave)))
    }

    /// Tells what more rows cost that are read as lines: as many pages.
    pub fn charge(&self) {
        (self.reader.charge)(self.cost);
    }

    /// The next rows; none after the last. Fails as the query does.
    pub async fn next(&mut self) -> Result<Option<Vec<Value>>, Error> {
        if let Some(rows) = self.first.take() {
            return Ok(Some(rows));
        }
        if self.ended {
            return Ok(None);
        }
        self.read(None).await.map(|(rows, _)| Some(rows))
    }

    /// The next page, as lines if they are wanted and can be, and what it cost.
    async fn read(&mut self, wanted: Option<Arc<Wanted>>) -> Result<(Vec<Value>, f64), Error> {
        let table = &self.saved.tables[self.table];
        let mut request = Request::new("").variables(self.variables.clone());
        request.set_parsed_query(self.document());
        if let Some(wanted) = wanted {
            request = request.data(wanted);
        }
        let Reader { access, lookups, charge, passing } = &self.reader;
        let Page { mut data, cost, stands } = self.api.page(request, access.clone(), lookups.clone()).await?;
        charge(cost);
        if !stands {
            passing.store(true, Ordering::Relaxed);
        }
        let value = match &mut data {
            Value::Object(fields) => fields.swap_remove(table.name.as_str()).unwrap_or_default(),
            _ => Value::Null,
        };
        let rows = table.rows(value);
        self.offset = self.offset.saturating_add(PAGE);
        self.ended = !table.paged || rows.len() < PAGE as usize;
        Ok((rows, cost))
    }

    /// The document with this page of this table, and nothing of the other tables that could be left out.
    fn document(&self) -> ExecutableDocument {
        let mut document = self.saved.document.clone();
        let tables = &self.saved.tables;
        for root in roots(&mut document) {
            let key = root.response_key().node.to_string();
            let Some(place) = tables.iter().position(|table| table.name == key) else { continue };
            if tables[place].paged {
                let limit = if place == self.table { PAGE } else { 0 };
                let window = [("offset", self.offset), ("limit", limit)];
                root.arguments.extend(window.map(|(name, number)| {
                    let value = Value::from(number).into_value();
                    let pos = Pos::default();
                    (Positioned::new(Name::new(name), pos), Positioned::new(value, pos))
                }));
            }
        }
        document
    }
}

/// The fields at the root of a document's operations, to be changed.
fn roots(document: &mut ExecutableDocument) -> Vec<&mut Field> {
    use async_graphql::parser::types::DocumentOperations;
    let operations: Vec<&mut OperationDefinition> = match &mut document.operations {
        DocumentOperations::Single(one) => vec![&mut one.node],
        DocumentOperations::Multiple(all) => all.values_mut().map(|one| &mut one.node).collect(),
    };
    operations
        .into_iter()
        .flat_map(|operation| &mut operation.selection_set.node.items)
        .filter_map(|item| match &mut item.node {
            Selection::Field(field) => Some(&mut field.node),
            _ => None,
        })
        .collect()
}
