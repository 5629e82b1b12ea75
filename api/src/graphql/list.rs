//! Lists of objects. The library makes a task of every field of every object; here a field that is ready at once costs
//! its value alone, and those that wait for the loader wait together.

use std::{
    borrow::Cow,
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerError, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_list,
};

use super::{
    json::{self, AsJson, Object},
    order::{Fragments, Order},
    reading::Reading,
};

/// A list of objects, none of which is null.
#[derive(Clone, Debug)]
pub struct List<T>(pub Vec<T>);

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// The nodes of a connection: its clients expect that one may be null, though none is.
#[derive(Clone, Debug)]
pub struct Nodes<T>(pub Vec<T>);

/// Makes a list an output type, called as the library calls this one.
macro_rules! output {
    ($list:ident as $called:ty) => {
        #[async_trait::async_trait]
        impl<T: ContainerType> OutputType for $list<T> {
            fn type_name() -> Cow<'static, str> {
                <$called>::type_name()
            }

            fn qualified_type_name() -> String {
                <$called>::qualified_type_name()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <$called>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                context: &ContextSelectionSet<'_>,
                field: &Positioned<Field>,
            ) -> ServerResult<Value> {
                match Columns::of::<T>(context) {
                    Some(columns) => columns.objects(context, &self.0).await,
                    None => resolve_list(context, field, &self.0, Some(self.0.len())).await,
                }
            }
        }
    };
}

output!(List as Vec<T>);
output!(Nodes as Vec<Option<T>>);

/// What is asked of every object of a list.
struct Columns<'a>(Vec<Column<'a>>);

/// The name of a value, and the field that has it; the type's own name has none.
type Column<'a> = (&'a Name, Option<&'a Positioned<Field>>);

impl<'a> Columns<'a> {
    /// The fields of a selection; none if it takes the library's own way to tell them, which merges and directs them.
    fn of<T: ContainerType>(context: &ContextSelectionSet<'a>) -> Option<Self> {
        let mut columns = Self(Vec::new());
        columns.add::<T>(context, &context.item.node)?;
        Some(columns)
    }

    fn add<T: ContainerType>(
        &mut self,
        context: &ContextSelectionSet<'a>,
        selection: &'a SelectionSet,
    ) -> Option<()> {
        for item in &selection.items {
            let (condition, directives, inner) = match &item.node {
                Selection::Field(field) => {
                    self.add_field(field)?;
                    continue;
                }
                Selection::InlineFragment(fragment) => {
                    let fragment = &fragment.node;
                    (fragment.type_condition.as_ref(), &fragment.directives, &fragment.selection_set)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = context.query_env.fragments.get(&spread.node.fragment_name.node)?;
                    let (condition, inner) = (&fragment.node.type_condition, &fragment.node.selection_set);
                    (Some(condition), &spread.node.directives, inner)
                }
            };
            let is_other = condition.is_some_and(|condition| *condition.node.on.node != *T::type_name());
            if is_other || !directives.is_empty() {
                return None;
            }
            self.add::<T>(context, &inner.node)?;
        }
        Some(())
    }

    fn add_field(&mut self, field: &'a Positioned<Field>) -> Option<()> {
        let name = &field.node.response_key().node;
        if !field.node.directives.is_empty() || self.0.iter().any(|(known, _)| *known == name) {
            return None;
        }
        self.0.push((name, (field.node.name.node != "__typename").then_some(field)));
        Some(())
    }

    /// The objects of a list, with these values in this order.
    async fn objects<T: ContainerType>(
        &self,
        context: &ContextSelectionSet<'_>,
        list: &[T],
    ) -> ServerResult<Value> {
        let fields: Vec<_> = self.0.iter().filter_map(|(_, field)| *field).collect();
        let cell = |place: usize| {
            let (index, column) = (place / fields.len(), place % fields.len());
            value(context, index, fields[column], &list[index])
        };
        let mut values = all(list.len() * fields.len(), cell).await.into_iter();
        let typename = Value::from(T::type_name());
        let mut next = |(_, field): &Column<'a>| {
            field.map_or_else(|| Some(typename.clone()), |_| values.next().flatten())
        };
        if is_written(context) {
            let json = self.json(list.len(), &context.query_env.fragments, next);
            return json.map_err(|error| context.set_error_path(unwritten(&error)));
        }
        let object = |_| {
            let told = self.0.iter().filter_map(|column| Some((column.0.clone(), next(column)?)));
            let told: IndexMap<_, _> = told.collect();
            if told.is_empty() { Value::Null } else { Value::Object(told) }
        };
        Ok(Value::List(list.iter().map(object).collect()))
    }

    /// So many objects as JSON, of the values that come next.
    fn json(
        &self,
        objects: usize,
        fragments: &Fragments,
        mut next: impl FnMut(&Column<'a>) -> Option<Value>,
    ) -> Result<Value, serde_json::Error> {
        let order =
            |field: &Positioned<Field>| Order::of_selection(&field.node.selection_set.node, fragments);
        let orders: Vec<_> = self.0.iter().map(|(_, field)| field.map(order)).collect();
        let mut out = vec![b'['];
        for place in 0..objects {
            if place > 0 {
                out.push(b',');
            }
            let begin = out.len();
            let mut object = Object::begin(&mut out);
            for (column, order) in self.0.iter().zip(&orders) {
                let Some(mut value) = next(column) else { continue };
                if let Some(order) = order.as_ref().filter(|_| json::is_tree(&value)) {
                    order.arrange(&mut value);
                }
                json::write(&value, object.field(column.0))?;
            }
            let is_empty = object.end();
            if is_empty {
                out.truncate(begin);
                out.extend_from_slice(b"null");
            }
        }
        out.push(b']');
        String::from_utf8(out).map(json::value).map_err(serde::ser::Error::custom)
    }
}

/// Whether the list may be written at once: nobody looks at its values, and none is to be merged with another.
fn is_written(context: &ContextSelectionSet<'_>) -> bool {
    let merges = context.data_opt::<Reading>().is_none_or(|reading| reading.merges);
    context.data_opt::<AsJson>().is_some() && !merges
}

fn unwritten(error: &serde_json::Error) -> ServerError {
    tracing::error!(%error, "a list could not be written as JSON");
    ServerError::new("the list could not be written", None)
}

/// The value of a field of an object of a list; none if it failed, which the context is told.
async fn value<T: ContainerType>(
    context: &ContextSelectionSet<'_>,
    index: usize,
    field: &Positioned<Field>,
    object: &T,
) -> Option<Value> {
    let context = context.with_index(index);
    match object.resolve_field(&context.with_field(field)).await {
        Ok(value) => Some(value.unwrap_or_default()),
        Err(error) => {
            context.add_error(error);
            None
        }
    }
}

/// Awaits all at once, and gives what they come to in their order. Most are ready when they are asked first: the next one
/// takes their place in memory, and only those that wait have one of their own.
async fn all<F: Future>(count: usize, future: impl Fn(usize) -> F) -> Vec<F::Output> {
    let mut results: Vec<Option<F::Output>> = Vec::with_capacity(count);
    let mut waiting: Vec<(usize, Pin<Box<F>>)> = Vec::new();
    poll_fn(|context| {
        waiting.retain_mut(|(place, future)| match future.as_mut().poll(context) {
            Poll::Ready(result) => {
                results[*place] = Some(result);
                false
            }
            Poll::Pending => true,
        });
        let mut room: Option<Pin<Box<F>>> = None;
        for place in results.len()..count {
            let mut begun = match room.take() {
                Some(mut room) => {
                    room.set(future(place));
                    room
                }
                None => Box::pin(future(place)),
            };
            match begun.as_mut().poll(context) {
                Poll::Ready(result) => {
                    results.push(Some(result));
                    room = Some(begun);
                }
                Poll::Pending => {
                    waiting.push((place, begun));
                    results.push(None);
                }
            }
        }
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    results.into_iter().flatten().collect()
}
