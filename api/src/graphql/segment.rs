//! Segments: the parts of the company's dimensions, as rows and as nodes of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{ALL, customer_segment};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{ExprTrait, Query},
};

use super::{
    chart::{self, ChartRow},
    list::List,
    page::{self, Connection, Window},
    reading::{Names, Reading},
    segment_results::SegmentResults,
};
use crate::Error;

/// A segment, as a row.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct SegmentRow {
    /// Global id.
    pub id: ID,
    /// Code of the dimension.
    pub dimension: String,
    /// Name of the dimension.
    pub dimension_name: String,
    /// Code of the segment.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
}

/// A part of a dimension: a region, a plan, an industry …
#[derive(Clone, Debug)]
pub struct Segment(Arc<SegmentRow>);

impl SegmentRow {
    /// By its codes and names.
    pub fn new([dimension, segment]: [&str; 2], [dimension_name, segment_name]: [&str; 2]) -> Self {
        Self {
            id: page::pack(&["segment", dimension, segment]).into(),
            dimension: dimension.to_owned(),
            dimension_name: dimension_name.to_owned(),
            segment: segment.to_owned(),
            segment_name: segment_name.to_owned(),
        }
    }
}

impl Segment {
    /// By its codes; a name that is unknown is the code.
    pub fn of(dimension: &str, segment: &str, names: &Names) -> Self {
        let known = names.row(dimension, segment).cloned();
        Self(known.unwrap_or_else(|| {
            let name = names.of(dimension, segment);
            SegmentRow::new([dimension, segment], [dimension, &name]).into()
        }))
    }
}

/// A part of a dimension: a region, a plan, an industry …
#[Object]
impl Segment {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.clone()
    }

    /// Code of the dimension.
    async fn dimension(&self) -> &str {
        &self.0.dimension
    }

    /// Name of the dimension.
    async fn dimension_name(&self) -> &str {
        &self.0.dimension_name
    }

    /// Code of the segment.
    async fn code(&self) -> &str {
        &self.0.segment
    }

    /// Name of the segment.
    async fn name(&self) -> &str {
        &self.0.segment_name
    }

    /// The segment's results, quarter by quarter.
    #[graphql(flatten)]
    async fn results(&self) -> SegmentResults<'_> {
        SegmentResults { dimension: &self.0.dimension, segment: &self.0.segment }
    }

    /// The segment's charts, quarter by quarter.
    #[graphql(complexity = "page::cost(Some(20), 20, child_complexity)")]
    async fn charts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "Language: en or zh; both if not given")] locale: Option<String>,
    ) -> Result<List<ChartRow>, Error> {
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), None).await?;
        chart::at(reading, &sets, (&self.0.dimension, &self.0.segment), locale.as_deref()).await
    }
}

/// The segments of a dimension, or of all, in the order of reports.
async fn all(reading: &Reading, dimension: Option<&str>) -> Result<Vec<Segment>, Error> {
    let names = reading.names().await?;
    let of_dimension = names.segments.iter().map(|(segment, _)| segment);
    let wanted = of_dimension.filter(|segment| dimension.is_none_or(|code| segment.dimension == code));
    Ok(wanted.map(|segment| Segment::of(&segment.dimension, &segment.code, names)).collect())
}

/// That a row, by the column of its customer's id, is of a customer of a segment; of a dimension's segments, or of any
/// dimension's, where a part is not given. A segment that the reader does not see has no customers.
pub fn members<C: IntoSimpleExpr>(
    reading: &Reading,
    customer_id: C,
    dimension: Option<&str>,
    segment: Option<&str>,
) -> Condition {
    use customer_segment::Column;
    let parts = [(Column::Dimension, dimension), (Column::Segment, segment)];
    if parts.iter().all(|(_, code)| code.is_none_or(|code| code == ALL)) {
        return Condition::all();
    }
    let mut members = Query::select();
    members
        .column(Column::CustomerId)
        .from(customer_segment::Entity)
        .cond_where(reading.access.places(Column::Dimension, Column::Segment));
    for (column, code) in parts {
        members.and_where_option(code.map(|code| column.eq(code)));
    }
    Condition::all().add(customer_id.into_simple_expr().in_subquery(members))
}

/// Segments.
#[derive(Default)]
pub struct SegmentQuery;

#[Object]
impl SegmentQuery {
    /// Segments as a flat table, in the order of their dimensions, then by code.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn segment_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension; all if not given")] dimension: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<SegmentRow>, Error> {
        let window = Window::new(offset, limit)?;
        let all = all(Reading::of(context)?, dimension.as_deref()).await?;
        Ok(window.of(all).map(|segment| Arc::unwrap_or_clone(segment.0)).collect())
    }

    /// Segments, in the order of their dimensions, then by code.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn segments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
        #[graphql(desc = "Code of a dimension; all if not given")] dimension: Option<String>,
    ) -> Result<Option<Connection<Segment>>, Error> {
        let all = all(Reading::of(context)?, dimension.as_deref()).await?;
        let nodes = all.into_iter().map(|segment| (segment.0.id.to_string(), segment)).collect();
        Connection::of_all(nodes, first, after.as_deref()).map(Some)
    }
}
