//! What textbooks say, beside which the company's own figures stand.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_jobs::folklore::FOLKLORE;

use super::{
    choice::{self, Metric},
    list::List,
    page::{self, Window},
};
use crate::Error;

/// A figure of the textbooks: folklore, of other companies' customers long ago, and no target.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct FolkloreRow {
    /// Global id.
    pub id: ID,
    /// What it is said of; null where this version has no word for it.
    pub metric: Option<Metric>,
    /// What it is said of, as text.
    pub metric_code: String,
    /// In the metric's own unit.
    pub value: f64,
    /// Where it comes from.
    pub source: String,
}

crate::graphql::label::labels! {
    FolkloreRow {
        /// Name of what it is said of.
        metric_label: String = "metric" of metric_code,
    }
}

/// The figures.
#[derive(Default)]
pub struct FolkloreQuery;

#[Object]
impl FolkloreQuery {
    /// What textbooks say of complaints, as a flat table: quoted everywhere, measured elsewhere and long ago.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn folklore_rows(
        &self,
        _context: &Context<'_>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<FolkloreRow>, Error> {
        let window = Window::new(offset, limit)?;
        let row = |one: &rapport_jobs::folklore::Folklore| {
            let code = choice::code(one.metric.as_str());
            FolkloreRow {
                id: page::pack(&["folklore", &code]).into(),
                metric: Metric::of(one.metric),
                metric_code: code,
                value: one.value,
                source: one.source.to_owned(),
            }
        };
        Ok(window.of(FOLKLORE.iter().map(row).collect()).collect())
    }
}
