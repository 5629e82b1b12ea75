//! Compositions: how the customers of a segment divide into the classes of a scheme, whichever it is.

use async_graphql::SimpleObject;
use rapport_entities::{Scheme, composition};

use super::{
    edition::Edition,
    loader::{ClassesOf, Place},
    money::Money,
    page::{self, Window},
    place_rows::{self, Filter},
    reading::{Names, Publication, Reading},
};
use crate::Error;

/// What every row of a composition says.
#[derive(Clone, Debug, SimpleObject)]
pub struct Part {
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
    /// Customers of this class; null if suppressed.
    pub customers: Option<i64>,
    /// Share of the classified customers, a fraction of 1; null if suppressed, and for the unclassified.
    pub share: Option<f64>,
    /// Revenue in the quarter, in major units.
    pub revenue: Option<f64>,
    /// Revenue in the quarter, exactly.
    pub revenue_decimal: Option<String>,
    /// Profit in the quarter, in major units; null where a cost is unknown.
    pub profit: Option<f64>,
    /// Profit in the quarter, exactly.
    pub profit_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// All customers of the segment, the unclassified included.
    pub n: i64,
    /// True if the segment has too few customers: there are then no figures.
    pub suppressed: bool,
}

impl Part {
    /// Of a stored class.
    pub fn of(row: composition::Model, publication: &Publication, names: &Names) -> Self {
        let money = Money::of(publication.currency.as_deref());
        Self {
            edition: Edition::of(publication),
            segment_name: names.of(&row.dimension, &row.segment),
            dimension: row.dimension,
            segment: row.segment,
            customers: row.customers,
            share: row.share,
            revenue: row.revenue.map(|minor| money.float(minor)),
            revenue_decimal: row.revenue.map(|minor| money.decimal(minor)),
            profit: row.profit.map(|minor| money.float(minor)),
            profit_decimal: row.profit.map(|minor| money.decimal(minor)),
            currency: publication.currency.clone(),
            n: row.n,
            suppressed: row.suppressed,
        }
    }

    /// The global id of a class of this part.
    pub fn id(&self, kind: &str, class: &str) -> async_graphql::ID {
        let Self { edition, dimension, segment, .. } = self;
        let revision = edition.revision.to_string();
        page::pack(&[kind, &edition.quarter, &revision, dimension, segment, class]).into()
    }
}

/// The classes of a segment in these sets, quarter by quarter.
pub async fn at(
    reading: &Reading,
    sets: &[Publication],
    dimension: &str,
    segment: &str,
    scheme: Scheme,
) -> Result<Vec<(composition::Model, Publication)>, Error> {
    let key = |set: &Publication| {
        let (dimension, segment) = (dimension.to_owned(), segment.to_owned());
        ClassesOf(Place { set_id: set.set_id.clone(), dimension, segment }, scheme)
    };
    let mut found = reading.loader.load_many(sets.iter().map(key)).await?;
    let of_set = |set: &Publication| {
        let set = set.clone();
        found.remove(&key(&set)).unwrap_or_default().into_iter().map(move |row| (row, set.clone()))
    };
    Ok(sets.iter().flat_map(of_set).collect())
}

/// The classes of a scheme as a flat table, ordered by quarter, dimension, segment and class.
pub async fn rows(
    reading: &Reading,
    sets: &[Publication],
    filter: Filter,
    scheme: Scheme,
    window: Window,
) -> Result<Vec<(composition::Model, Publication)>, Error> {
    use composition::Column;
    let of_scheme = sea_orm::ColumnTrait::eq(&Column::Scheme, scheme);
    let table = place_rows::Table::<composition::Entity> {
        place: [Column::SetId, Column::Dimension, Column::Segment],
        order: &[Column::Class],
    };
    table.rows(reading, sets, filter, Some(of_scheme), window).await
}
