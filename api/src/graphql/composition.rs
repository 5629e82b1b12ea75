//! Compositions: what every row says of how the customers of a segment divide into the classes of a scheme.

use async_graphql::SimpleObject;
use rapport_entities::composition;

use super::{money::Money, reading::Publication, slice::Slice};

/// What every row of a composition says.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Part {
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
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
    pub fn of(row: &composition::Model, slice: Slice, publication: &Publication) -> Self {
        let money = Money::of(publication.currency.as_deref());
        Self {
            slice,
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
}
