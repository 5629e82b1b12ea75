//! Problems and suggestions as a flat table, which holds no free text.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, customer, remark};
use sea_orm::{ColumnTrait, DerivePartialModel, IntoSimpleExpr, QueryFilter};

use super::{
    choice::{self, RemarkKind},
    fact::{self, Which},
    guard,
    list::List,
    page::{self, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::Date,
};
use crate::Error;

/// A problem or a suggestion.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct RemarkRow {
    /// Global id.
    pub id: ID,
    /// When it was made.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source it came from.
    pub source: String,
    /// The source's own key.
    pub code: String,
    /// A problem, or a suggestion.
    pub kind: Option<RemarkKind>,
    /// A problem or a suggestion, as text.
    pub kind_code: String,
    /// What it is about, in the company's own words.
    pub theme: String,
}

crate::graphql::label::labels! {
    RemarkRow {
        /// Name of the kind.
        kind_label: String = "remark" of kind_code,
    }
}

/// What is read of a remark.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "remark::Entity")]
struct Stored {
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    kind: stored::RemarkKind,
    theme: String,
}

/// The remarks.
#[derive(Default)]
pub struct RemarkQuery;

#[Object]
impl RemarkQuery {
    /// Problems and suggestions as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn remark_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "PROBLEM or SUGGESTION; both if not given")] kind: Option<String>,
        #[graphql(desc = "A theme, as the company names it")] theme: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<RemarkRow>, Error> {
        use remark::Column;
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let mut select =
            fact::select::<remark::Entity>(reading, &Which { period, dimension, segment, customer });
        if let Some(kind) = choice::word::<stored::RemarkKind>("kind", kind.as_deref())? {
            select = select.filter(Column::Kind.eq(kind));
        }
        if let Some(theme) = theme {
            select = select.filter(Column::Theme.eq(theme));
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        let row = |row: Stored| RemarkRow {
            id: page::pack(&["remark", &row.customer, &row.source, &row.code]).into(),
            moment: Moment::of(row.at, &calendar),
            customer: row.customer,
            source: row.source,
            code: row.code,
            kind: RemarkKind::of(row.kind),
            kind_code: choice::code(row.kind.as_str()),
            theme: row.theme,
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
