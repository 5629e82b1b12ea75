//! The segments of customers, as one text a customer: what a row costs is more than what it holds.

use rapport_entities::{customer, customer_segment};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};

use crate::Access;

/// The codes of a customer's segments, each after that of its dimension; of these, those that the reader sees.
pub type Codes = Vec<(String, String)>;

/// Codes in one text, each after the number of its characters: a code may hold any.
const CODES: &str = "string_agg(CAST(length(dimension) AS text) || ':' || dimension || \
                     CAST(length(segment) AS text) || ':' || segment, '')";

/// The codes of these customers: their ids, and the text.
pub fn of(access: &Access, customers: impl Iterator<Item = i64>) -> SelectStatement {
    use customer_segment::Column;
    customer_segment::Entity::find()
        .select_only()
        .column(Column::CustomerId)
        .expr_as(Expr::cust(CODES), "codes")
        .filter(access.places(Column::Dimension, Column::Segment))
        .filter(Column::CustomerId.is_in(customers))
        .group_by(Column::CustomerId)
        .into_query()
}

/// The text of the customer in a statement over customers; null if there are no segments.
pub fn of_each(access: &Access) -> SimpleExpr {
    use customer_segment::Column;
    let own = Expr::col(Column::CustomerId.as_column_ref()).eq(customer::Column::CustomerId.into_expr());
    let text = customer_segment::Entity::find()
        .select_only()
        .expr(Expr::cust(CODES))
        .filter(access.places(Column::Dimension, Column::Segment))
        .filter(own)
        .into_query();
    SimpleExpr::SubQuery(None, Box::new(text.into()))
}

/// The codes in a text, ordered.
pub fn read(text: &str) -> Codes {
    let mut rest = text;
    let mut next = || {
        let (length, after) = rest.split_once(':')?;
        let end = after.char_indices().nth(length.parse().ok()?).map_or(after.len(), |(end, _)| end);
        let (code, others) = after.split_at(end);
        rest = others;
        Some(code.to_owned())
    };
    let mut codes: Codes = std::iter::from_fn(|| next().zip(next())).collect();
    codes.sort_unstable();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code may hold whatever separates codes, digits and colons too.
    #[test]
    fn codes_in_one_text() {
        let pair = |dimension: &str, segment: &str| (dimension.to_owned(), segment.to_owned());
        assert_eq!(read("6:region2:东北1:a5:1:b:2"), [pair("a", "1:b:2"), pair("region", "东北")]);
        assert_eq!(read("0:1:x"), [pair("", "x")]);
        assert_eq!(read(""), []);
    }
}
