//! The order of an answer's fields: that of the query, as the specification demands. The library puts them in the
//! order they were ready in, which differs from run to run.

use async_graphql::{
    Name, Request, Value,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

/// The fields of a selection in their order, each with its own selection's.
#[derive(Debug, Default)]
pub struct Order(Vec<(Name, Order)>);

impl Order {
    /// The order that a request asks for; its fragments must not go round in a circle.
    pub fn of(request: &mut Request) -> Self {
        let name = request.operation_name.clone();
        let mut order = Self::default();
        if let Ok(document) = request.parsed_query() {
            let named = |known: Option<&Name>| name.is_none() || known.map(Name::as_str) == name.as_deref();
            let operation = document.operations.iter().find(|(known, _)| named(*known));
            if let Some((_, operation)) = operation {
                order.add(&operation.node.selection_set.node, document);
            }
        }
        order
    }

    fn add(&mut self, selection: &SelectionSet, document: &ExecutableDocument) {
        for item in &selection.items {
            match &item.node {
                Selection::Field(field) => {
                    let inner = self.of_field(&field.node.response_key().node);
                    inner.add(&field.node.selection_set.node, document);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.add(&fragment.node.selection_set.node, document);
                    }
                }
                Selection::InlineFragment(fragment) => self.add(&fragment.node.selection_set.node, document),
            }
        }
    }

    fn of_field(&mut self, name: &Name) -> &mut Self {
        let place = self.place(name).unwrap_or_else(|| {
            self.0.push((name.clone(), Self::default()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    fn place(&self, name: &Name) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == name)
    }

    /// Puts an answer's fields in this order.
    pub fn arrange(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(fields) => {
                for (name, inner) in self.0.iter().filter(|(_, inner)| !inner.0.is_empty()) {
                    if let Some(value) = fields.get_mut(name) {
                        inner.arrange(value);
                    }
                }
                let mut known = self.0.iter();
                if !fields.keys().all(|name| known.any(|(known, _)| known == name)) {
                    fields.sort_by(|one, _, other, _| self.place(one).cmp(&self.place(other)));
                }
            }
            _ => {}
        }
    }
}
