//! Who reads: a role and, for a narrowed token, the segments it sees. Every statement that reads rows of segments or of
//! customers asks here, so that what is hidden is in no list, no count and no sum.

use rapport_entities::{Role, customer_segment};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{Expr, ExprTrait, Query},
};

/// What the reader of a request may see.
#[derive(Clone, Debug)]
pub struct Access {
    /// What the reader may do.
    pub role: Role,
    /// The only segments the reader sees, by dimension and code; none where it sees all.
    segments: Option<Vec<(String, String)>>,
}

impl Access {
    /// Everything: a command line, or a server that is open to its own machine.
    pub fn open() -> Self {
        Self { role: Role::Operator, segments: None }
    }

    /// Whether results of this segment are seen; those of all customers are not by a narrowed reader.
    pub fn sees(&self, dimension: &str, segment: &str) -> bool {
        let named = |(one, other): &(String, String)| one == dimension && other == segment;
        self.segments.as_ref().is_none_or(|seen| seen.iter().any(named))
    }

    /// That a row of results, by the columns of its dimension and segment, is seen.
    pub fn places<C: ColumnTrait>(&self, dimension: C, segment: C) -> Condition {
        match &self.segments {
            None => Condition::all(),
            Some(seen) => seen.iter().fold(none(), |any, (one, other)| {
                any.add(Condition::all().add(dimension.eq(one)).add(segment.eq(other)))
            }),
        }
    }

    /// That a row, by the column of its customer's id, is of a customer who is seen.
    pub fn customers<C: IntoSimpleExpr>(&self, customer_id: C) -> Condition {
        use customer_segment::Column;
        if self.segments.is_none() {
            return Condition::all();
        }
        let members = Query::select()
            .column(Column::CustomerId)
            .from(customer_segment::Entity)
            .cond_where(self.places(Column::Dimension, Column::Segment))
            .to_owned();
        Condition::all().add(customer_id.into_simple_expr().in_subquery(members))
    }
}

/// A disjunction that nothing meets yet.
fn none() -> Condition {
    Condition::any().add(Expr::val(1).eq(0))
}
