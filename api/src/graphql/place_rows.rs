//! The rows of a table of segments' results, for a flat dataset: filtered, ordered to the last tie, one page.

use sea_orm::{
    ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Value, sea_query::SimpleExpr,
};

use super::{
    page::Window,
    reading::{Publication, Reading, of_sets, publication},
};
use crate::Error;

/// Which segments.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Code of a dimension.
    pub dimension: Option<String>,
    /// Code of a segment.
    pub segment: Option<String>,
}

/// A table whose rows belong to a segment of a set.
pub struct Table<'a, E: EntityTrait> {
    /// The columns of set, dimension and segment.
    pub place: [E::Column; 3],
    /// What else its key is made of.
    pub order: &'a [E::Column],
}

impl<E: EntityTrait> Table<'_, E>
where
    E::Model: ModelTrait<Entity = E> + Send + Sync,
{
    /// A page of rows, each with the publication it belongs to, ordered by quarter, dimension, segment and the rest
    /// of the key.
    pub async fn rows(
        &self,
        reading: &Reading,
        sets: &[Publication],
        filter: Filter,
        which: Option<SimpleExpr>,
        window: Window,
    ) -> Result<Vec<(E::Model, Publication)>, Error> {
        let [set_id, dimension, segment] = self.place;
        let mut select = of_sets(E::find(), set_id, sets);
        for (column, wanted) in [(dimension, filter.dimension), (segment, filter.segment)] {
            if let Some(wanted) = wanted {
                select = select.filter(column.eq(wanted));
            }
        }
        if let Some(which) = which {
            select = select.filter(which);
        }
        for column in [dimension, segment].iter().chain(self.order) {
            select = select.order_by_asc(*column);
        }
        let rows = select.offset(window.offset).limit(window.limit).all(&reading.database).await?;
        let of_set = |row: E::Model| {
            let set = match row.get(set_id) {
                Value::String(Some(set)) => publication(sets, &set)?.clone(),
                _ => return Err(Error::NotFound("the row has no set".to_owned())),
            };
            Ok((row, set))
        };
        rows.into_iter().map(of_set).collect()
    }
}
