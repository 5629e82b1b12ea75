//! The tables of a saved query: a field at its root with the columns that its selection has, in their order. An object
//! inside a row is flattened to columns with dots; a list inside a row is no column.

use async_graphql::{
    Value,
    parser::types::{
        ExecutableDocument, Field as Selected, OperationDefinition, OperationType, Selection, SelectionSet,
    },
};

use super::shape::{Field, Shape};

/// A table of a saved query.
#[derive(Debug)]
pub struct Table {
    /// Its name: the root field's alias or name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Whether it is read page by page: its rows have an offset and a limit that the document leaves open.
    pub paged: bool,
    rows: Rows,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    path: Vec<String>,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    DateTime,
}

/// Where the rows are in a field's value.
#[derive(Clone, Copy, Debug)]
enum Rows {
    /// It is a list of them.
    List,
    /// It is a connection: they are its nodes.
    Nodes,
    /// It is the only one.
    One,
}

/// The one operation of a document. Fails if there are several, or it is no query.
pub fn operation(document: &ExecutableDocument) -> Result<&OperationDefinition, String> {
    let mut all = document.operations.iter();
    match (all.next(), all.next()) {
        (Some((_, one)), None) if one.node.ty == OperationType::Query => Ok(&one.node),
        (Some(_), None) => Err("it is no query; only queries can be saved".to_owned()),
        _ => Err("a saved query is one operation".to_owned()),
    }
}

impl Table {
    /// The tables of an operation. Fails at a field that the schema does not have, and at a list inside a row.
    pub fn all(operation: &OperationDefinition, shape: &Shape) -> Result<Vec<Self>, String> {
        let roots = fields(&operation.selection_set.node)?;
        roots.into_iter().map(|root| Self::of(root, shape)).collect()
    }

    fn of(root: &Selected, shape: &Shape) -> Result<Self, String> {
        let name = root.response_key().node.to_string();
        let field = known(shape, "Query", root)?;
        let given = |argument: &str| root.arguments.iter().any(|(name, _)| name.node == argument);
        let pages = ["offset", "limit"];
        let paged = pages.iter().all(|argument| field.arguments.contains(*argument) && !given(argument));
        let selection = fields(&root.selection_set.node)?;
        let nodes = selection.iter().find(|selected| selected.name.node == "nodes");
        let (rows, kind, selection) = match nodes {
            Some(nodes) if !field.list => {
                let kind = &known(shape, &field.kind, nodes)?.kind;
                (Rows::Nodes, kind, fields(&nodes.selection_set.node)?)
            }
            _ if field.list => (Rows::List, &field.kind, selection),
            _ => (Rows::One, &field.kind, selection),
        };
        let mut columns = Vec::new();
        add(&mut columns, &[], kind, selection, shape)?;
        Ok(Self { name, columns, paged, rows })
    }

    /// The rows in a field's value.
    pub fn rows(&self, value: Value) -> Vec<Value> {
        let list = |value| match value {
            Value::List(rows) => rows,
            _ => Vec::new(),
        };
        match (self.rows, value) {
            (_, Value::Null) => Vec::new(),
            (Rows::List, value) => list(value),
            (Rows::One, value) => vec![value],
            (Rows::Nodes, Value::Object(mut fields)) => list(fields.swap_remove("nodes").unwrap_or_default()),
            (Rows::Nodes, _) => Vec::new(),
        }
    }
}

impl Column {
    /// The column's value in a row; null where there is none.
    pub fn cell<'a>(&self, row: &'a Value) -> &'a Value {
        self.path.iter().fold(row, |value, name| match value {
            Value::Object(fields) => fields.get(name.as_str()).unwrap_or(&Value::Null),
            _ => &Value::Null,
        })
    }
}

/// The fields of a selection, fragments put in their place.
fn fields(selection: &SelectionSet) -> Result<Vec<&Selected>, String> {
    let mut found = Vec::new();
    for item in &selection.items {
        match &item.node {
            Selection::Field(field) => found.push(&field.node),
            Selection::InlineFragment(fragment) => {
                found.extend(fields(&fragment.node.selection_set.node)?);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                return Err(format!("{}: the fragment {name} must be written out", item.pos));
            }
        }
    }
    Ok(found)
}

fn known<'a>(shape: &'a Shape, of: &str, selected: &Selected) -> Result<&'a Field, String> {
    let name = &selected.name;
    shape.field(of, &name.node).ok_or_else(|| format!("{}: {of} has no field `{}`", name.pos, name.node))
}

fn add(
    columns: &mut Vec<Column>,
    path: &[String],
    of: &str,
    selection: Vec<&Selected>,
    shape: &Shape,
) -> Result<(), String> {
    for selected in selection {
        let field = known(shape, of, selected)?;
        let mut path = path.to_vec();
        path.push(selected.response_key().node.to_string());
        if field.list {
            let (pos, name) = (selected.name.pos, path.join("."));
            return Err(format!("{pos}: {name} is a list, and a cell holds one value"));
        }
        if shape.is_object(&field.kind) {
            let inner = fields(&selected.selection_set.node)?;
            add(columns, &path, &field.kind, inner, shape)?;
        } else {
            columns.push(Column { name: path.join("."), kind: kind(&field.kind), path });
        }
    }
    Ok(())
}

fn kind(name: &str) -> Kind {
    match name {
        "Int" | "Float" => Kind::Number,
        "Boolean" => Kind::Boolean,
        "Date" => Kind::Date,
        "DateTime" => Kind::DateTime,
        _ => Kind::Text,
    }
}
