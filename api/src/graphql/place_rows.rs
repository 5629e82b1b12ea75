//! Rows of segments' results: as a flat dataset, filtered and ordered to the last tie, one page; and at a segment in
//! the graph, through the loader. A row type says only what its columns are.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    list::List,
    loader::Place,
    page::Window,
    placed::{Placed, RowsOf, place},
    reading::{Names, Publication, Reading, of_sets, publication},
    slice::Slice,
};
use crate::Error;

/// A type of rows over a table of segments' results.
pub trait Row: Sized {
    /// The table.
    type Table: Placed;

    /// The word of the one kind that these rows are of; none if they are of every kind.
    const KIND: Option<&'static str> = None;

    /// Of a stored row; none if it holds a word that is unknown.
    fn of(row: Stored<Self>, slice: Slice, publication: &Publication) -> Option<Self>;
}

/// What a row is made of.
pub type Stored<R> = <<R as Row>::Table as EntityTrait>::Model;

/// Which rows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Code of a dimension.
    pub dimension: Option<String>,
    /// Code of a segment.
    pub segment: Option<String>,
    /// The word of a kind.
    pub kind: Option<&'static str>,
}

/// A page of the rows of these sets, ordered by quarter, dimension, segment and the rest of the key.
pub async fn rows<R: Row>(
    reading: &Reading,
    sets: &[Publication],
    filter: Filter,
    window: Window,
) -> Result<List<R>, Error> {
    let [set_id, dimension, segment] = R::Table::PLACE;
    let mut select =
        of_sets(R::Table::find(), set_id, sets).filter(reading.access.places(dimension, segment));
    for (column, wanted) in [(dimension, filter.dimension), (segment, filter.segment)] {
        if let Some(wanted) = wanted {
            select = select.filter(column.eq(wanted));
        }
    }
    if let (Some(column), Some(kind)) = (R::Table::KIND, R::KIND.or(filter.kind)) {
        select = select.filter(column.eq(kind));
    }
    for column in [dimension, segment].iter().chain(R::Table::ORDER) {
        select = select.order_by_asc(*column);
    }
    let stored = select.offset(window.offset).limit(window.limit).all(&reading.database).await?;
    let names = reading.names().await?;
    let mut rows = Vec::with_capacity(stored.len());
    for row in stored {
        let place = place::<R::Table>(&row);
        rows.extend(of::<R>(row, publication(sets, &place.set_id)?, place.dimension, place.segment, names));
    }
    Ok(List(rows))
}

/// The rows of a segment in these sets, quarter by quarter; of one kind, or of all.
pub async fn at<R: Row>(
    reading: &Reading,
    sets: &[Publication],
    (dimension, segment): (&str, &str),
    kind: Option<&'static str>,
) -> Result<List<R>, Error> {
    let key = |set: &Publication| {
        let (dimension, segment) = (dimension.to_owned(), segment.to_owned());
        RowsOf::<R::Table>::new(Place { set_id: set.set_id.clone(), dimension, segment }, R::KIND.or(kind))
    };
    let mut found = reading.loader.load_many(sets.iter().map(key)).await?;
    let names = reading.names().await?;
    let mut rows = Vec::new();
    for set in sets {
        let stored = found.remove(&key(set)).unwrap_or_default();
        rows.extend(
            stored
                .into_iter()
                .filter_map(|row| of::<R>(row, set, dimension.to_owned(), segment.to_owned(), names)),
        );
    }
    Ok(List(rows))
}

/// A row as it is shown.
pub fn of<R: Row>(
    row: Stored<R>,
    publication: &Publication,
    dimension: String,
    segment: String,
    names: &Names,
) -> Option<R> {
    R::of(row, Slice::of(publication, dimension, segment, names), publication)
}

/// The field of a flat table, with the arguments that all of them have and, after `by`, the one that names a kind.
macro_rules! place_rows {
    (
        $(#[$doc:meta])*
        $query:ident.$field:ident -> $row:ty $(, by $(#[$about:meta])* $kind:ident: $choice:ty)?
    ) => {
        /// The rows as a field of the root.
        #[derive(Default)]
        pub struct $query;

        #[async_graphql::Object]
        impl $query {
            $(#[$doc])*
            #[graphql(complexity = "super::page::cost(limit, super::page::ROWS, child_complexity)")]
            #[allow(clippy::too_many_arguments)]
            async fn $field(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")]
                quarter: Option<String>,
                #[graphql(desc = "Code of a dimension; `all` for all customers")] dimension: Option<String>,
                #[graphql(desc = "Code of a segment; `all` for all customers")] segment: Option<String>,
                $($(#[$about])* $kind: Option<String>,)?
                #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
                #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
                #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
            ) -> Result<super::list::List<$row>, crate::Error> {
                let window = super::page::Window::new(offset, limit)?;
                let kinds = [$(
                    super::choice::word::<$choice>(stringify!($kind), $kind.as_deref())?
                        .map(<$choice>::as_str),
                )?];
                let kind = kinds.into_iter().next().flatten();
                let reading = super::reading::Reading::of(context)?;
                let sets = reading.sets(quarter.as_deref(), revision).await?;
                let filter = super::place_rows::Filter { dimension, segment, kind };
                super::place_rows::rows(reading, &sets, filter, window).await
            }
        }
    };
}
pub(super) use place_rows;
