//! Lists of objects. The library makes a task of every field of every object; here a field that is ready at once costs
//! its value alone, and those that wait for the loader wait together.

use std::{
    borrow::Cow,
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_list,
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
                    Some(columns) => Ok(columns.objects(context, &self.0).await),
                    None => resolve_list(context, field, &self.0, Some(self.0.len())).await,
                }
            }
        }
    };
}

output!(List as Vec<T>);
output!(Nodes as Vec<Option<T>>);

/// What is asked of every object of a list: the name of the value, and the field that has it; the type's own name has
/// none.
struct Columns<'a>(Vec<(&'a Name, Option<&'a Positioned<Field>>)>);

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
            let (condition, inner) = match &item.node {
                Selection::Field(field) => {
                    self.add_field(field)?;
                    continue;
                }
                Selection::InlineFragment(fragment) => {
                    (fragment.node.type_condition.as_ref(), &fragment.node.selection_set)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = context.query_env.fragments.get(&spread.node.fragment_name.node)?;
                    (Some(&fragment.node.type_condition), &fragment.node.selection_set)
                }
            };
            if condition.is_some_and(|condition| *condition.node.on.node != *T::type_name()) {
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
    async fn objects<T: ContainerType>(&self, context: &ContextSelectionSet<'_>, list: &[T]) -> Value {
        let fields: Vec<_> = self.0.iter().filter_map(|(_, field)| *field).collect();
        let cell = |place: usize| {
            let (index, column) = (place / fields.len(), place % fields.len());
            value(context, index, fields[column], &list[index])
        };
        let mut values = all(list.len() * fields.len(), cell).await.into_iter();
        let typename = Value::from(T::type_name());
        let object = |_| {
            let mut told = IndexMap::with_capacity(self.0.len());
            for (name, field) in &self.0 {
                let value = field.map_or_else(|| Some(typename.clone()), |_| values.next().flatten());
                told.extend(value.map(|value| ((*name).clone(), value)));
            }
            if told.is_empty() { Value::Null } else { Value::Object(told) }
        };
        Value::List(list.iter().map(object).collect())
    }
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
