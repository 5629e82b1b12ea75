//! The order of an answer's fields: that of the query, as the specification demands. The library puts them in the
//! order they were ready in, which differs from run to run.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Request, Value,
    parser::types::{FragmentDefinition, Selection, SelectionSet},
};

use super::operation;

/// The fields of a selection in their order, each with its own selection's.
#[derive(Debug, Default)]
pub struct Order {
    fields: Vec<(Name, Order)>,
    /// Whether a field is asked for twice.
    is_merged: bool,
}

/// The fragments of a document.
pub type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

impl Order {
    /// The order that a request asks for; its fragments must not go round in a circle.
    pub fn of(request: &mut Request) -> Self {
        let name = request.operation_name.clone();
        let mut order = Self::default();
        if let Ok(document) = request.parsed_query()
            && let Some(operation) = operation::chosen(name.as_deref(), document)
        {
            order.add(&operation.node.selection_set.node, &document.fragments);
        }
        order
    }

    /// The order of a selection.
    pub fn of_selection(selection: &SelectionSet, fragments: &Fragments) -> Self {
        let mut order = Self::default();
        order.add(selection, fragments);
        order
    }

    /// Whether a field is asked for twice anywhere: the answers to both are to be merged.
    pub fn merges(&self) -> bool {
        self.is_merged || self.fields.iter().any(|(_, inner)| inner.merges())
    }

    fn add(&mut self, selection: &SelectionSet, fragments: &Fragments) {
        for item in &selection.items {
            match &item.node {
                Selection::Field(field) => {
                    let inner = self.of_field(&field.node.response_key().node);
                    inner.add(&field.node.selection_set.node, fragments);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                        self.add(&fragment.node.selection_set.node, fragments);
                    }
                }
                Selection::InlineFragment(fragment) => self.add(&fragment.node.selection_set.node, fragments),
            }
        }
    }

    fn of_field(&mut self, name: &Name) -> &mut Self {
        let place = self.place(name);
        self.is_merged |= place.is_some();
        let place = place.unwrap_or_else(|| {
            self.fields.push((name.clone(), Self::default()));
            self.fields.len() - 1
        });
        &mut self.fields[place].1
    }

    fn place(&self, name: &Name) -> Option<usize> {
        self.fields.iter().position(|(known, _)| known == name)
    }

    /// Puts an answer's fields in this order.
    pub fn arrange(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(fields) => {
                for (name, inner) in self.fields.iter().filter(|(_, inner)| !inner.fields.is_empty()) {
                    if let Some(value) = fields.get_mut(name) {
                        inner.arrange(value);
                    }
                }
                let mut known = self.fields.iter();
                if !fields.keys().all(|name| known.any(|(known, _)| known == name)) {
                    fields.sort_by(|one, _, other, _| self.place(one).cmp(&self.place(other)));
                }
            }
            _ => {}
        }
    }
}
