//! The rows of a table of a saved query, page by page to the last one: all of the publications that were newest when it
//! began, whatever is published meanwhile.

use std::sync::Arc;

use async_graphql::{
    Name, Pos, Positioned, Request, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection},
};

use super::Saved;
use crate::{
    Access, Error,
    graphql::{Api, Pointer},
};

/// Rows that are read at a time.
const PAGE: i32 = 5_000;

/// Who is told what each page cost.
pub type Charge = Arc<dyn Fn(f64) + Send + Sync>;

/// The rows of one table.
pub struct Pages {
    api: Api,
    saved: Arc<Saved>,
    table: usize,
    variables: Variables,
    access: Arc<Access>,
    charge: Charge,
    pointer: Pointer,
    offset: i32,
    ended: bool,
}

impl Pages {
    /// Of a table, for a reader.
    pub fn new(
        api: &Api,
        saved: &Arc<Saved>,
        table: usize,
        variables: Variables,
        (access, charge): (&Arc<Access>, &Charge),
    ) -> Self {
        let (api, saved, access, charge) = (api.clone(), saved.clone(), access.clone(), charge.clone());
        let pointer = Pointer::default();
        Self { api, saved, table, variables, access, charge, pointer, offset: 0, ended: false }
    }

    /// The next rows; none after the last. Fails as the query does.
    pub async fn next(&mut self) -> Result<Option<Vec<Value>>, Error> {
        if self.ended {
            return Ok(None);
        }
        let table = &self.saved.tables[self.table];
        let mut request = Request::new("").variables(self.variables.clone());
        request.set_parsed_query(self.document());
        let (mut data, cost) = self.api.page(request, self.access.clone(), self.pointer.clone()).await?;
        (self.charge)(cost);
        let value = match &mut data {
            Value::Object(fields) => fields.swap_remove(table.name.as_str()).unwrap_or_default(),
            _ => Value::Null,
        };
        let rows = table.rows(value);
        self.offset = self.offset.saturating_add(PAGE);
        self.ended = !table.paged || rows.len() < PAGE as usize;
        Ok(Some(rows))
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
