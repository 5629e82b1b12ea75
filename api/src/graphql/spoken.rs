//! What customers said in their own words, wherever they said it: beside answers, as problems and suggestions, and in
//! complaints. Searched as it is stored; for operators alone.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, complaint, customer, remark, response};
use sea_orm::{
    ConnectionTrait, FromQueryResult, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Func, LikeExpr, Order, SelectStatement, SimpleExpr, UnionType},
};

use super::{
    choice::{self, CommentOrigin},
    fact::{self, Fact, Which},
    guard,
    list::List,
    page::{self, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::Date,
};
use crate::Error;

/// Something that a customer said.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct Comment {
    /// Global id.
    pub id: ID,
    /// When it was said.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// With what it was said.
    pub origin: Option<CommentOrigin>,
    /// With what it was said, as text.
    pub origin_code: String,
    /// What a problem or a suggestion is about, in the company's own words; null of others.
    pub theme: Option<String>,
    /// In the customer's words.
    pub text: String,
}

crate::graphql::label::labels! {
    Comment {
        /// Name of what it was said with.
        origin_label: String = "origin" of origin_code,
    }
}

/// What is read of it.
#[derive(FromQueryResult)]
struct Said {
    customer: String,
    source: String,
    code: String,
    at: At,
    origin: stored::CommentOrigin,
    theme: Option<String>,
    text: String,
}

/// What is looked for.
struct Search<'a> {
    reading: &'a Reading,
    which: Which,
    /// Part of the text, its Latin letters small: the databases are alike in these alone.
    contains: Option<String>,
    origin: Option<stored::CommentOrigin>,
    theme: Option<String>,
}

impl Search<'_> {
    /// What was said, of every origin that is looked for.
    fn statements(&self) -> Vec<SelectStatement> {
        use stored::CommentOrigin as Origin;
        let word = |origin: Origin| Expr::cust(format!("'{origin}'"));
        let mut statements = Vec::new();
        let asked = |origins: &[Origin]| self.origin.is_none_or(|origin| origins.contains(&origin));
        if asked(&[Origin::Answer]) && self.theme.is_none() {
            statements.push(self.said::<response::Entity>(
                response::Column::Comment,
                (word(Origin::Answer), Expr::cust("CAST(NULL AS text)")),
            ));
        }
        if asked(&[Origin::Problem, Origin::Suggestion]) {
            use remark::Column;
            let columns = (Column::Kind.into_simple_expr(), Column::Theme.into_simple_expr());
            let mut remarks = self.said::<remark::Entity>(Column::Text, columns);
            let kind = self.origin.map(|origin| Column::Kind.into_simple_expr().eq(origin.as_str()));
            let theme = self.theme.as_deref().map(|theme| Column::Theme.into_simple_expr().eq(theme));
            remarks.and_where_option(kind).and_where_option(theme);
            statements.push(remarks);
        }
        if asked(&[Origin::Complaint]) && self.theme.is_none() {
            statements.push(self.said::<complaint::Entity>(
                complaint::Column::Text,
                (word(Origin::Complaint), Expr::cust("CAST(NULL AS text)")),
            ));
        }
        statements
    }

    fn said<E: Fact>(&self, text: E::Column, (origin, theme): (SimpleExpr, SimpleExpr)) -> SelectStatement {
        let [source, code] = E::KEY;
        let mut select = fact::select::<E>(self.reading, &self.which)
            .filter(text.into_simple_expr().is_not_null())
            .select_only()
            .column_as(customer::Column::Code, "customer")
            .column_as(source, "source")
            .column_as(code, "code")
            .column_as(E::AT, "at")
            .expr_as(origin, "origin")
            .expr_as(theme, "theme")
            .column_as(text, "text");
        if let Some(contains) = &self.contains {
            let literal = contains.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let found = LikeExpr::new(format!("%{literal}%")).escape('\\');
            select = select.filter(Expr::expr(Func::lower(text.into_simple_expr())).like(found));
        }
        select.into_query()
    }

    /// The newest first, ordered to the last tie.
    async fn page(&self, window: Window) -> Result<Vec<Said>, Error> {
        let mut statements = self.statements().into_iter();
        let Some(mut all) = statements.next() else { return Ok(Vec::new()) };
        for more in statements {
            all.union(UnionType::All, more);
        }
        all.order_by(Alias::new("at"), Order::Desc);
        for column in ["customer", "origin", "source", "code"] {
            all.order_by(Alias::new(column), Order::Asc);
        }
        all.offset(window.offset).limit(window.limit);
        let database = &self.reading.database;
        let rows = database.query_all(&all).await?;
        Ok(rows.iter().map(|row| Said::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }
}

/// What customers said.
#[derive(Default)]
pub struct SpokenQuery;

#[Object]
impl SpokenQuery {
    /// What customers said in their own words, the newest first; for operators alone.
    #[graphql(guard = "guard::WORK", complexity = "page::cost(limit, page::NODES, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn comments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Part of the text, its Latin letters A to Z in capitals or not; all if not given")]
        contains: Option<String>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "With what it was said: ANSWER, PROBLEM, SUGGESTION or COMPLAINT")] origin: Option<
            String,
        >,
        #[graphql(desc = "A theme, as the company names it")] theme: Option<String>,
        #[graphql(desc = "Comments to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Comments at most, up to 10,000; 100 if not given")] limit: Option<i32>,
    ) -> Result<List<Comment>, Error> {
        let window = Window::new(offset, limit.or(Some(100)))?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let origin = choice::word("origin", origin.as_deref())?;
        let contains = contains.map(|text| text.trim().to_ascii_lowercase()).filter(|text| !text.is_empty());
        let which = Which { period, dimension, segment, customer };
        let search = Search { reading, which, contains, origin, theme };
        let rows = search.page(window).await?;
        Ok(rows.into_iter().map(|row| Comment::of(row, &calendar)).collect())
    }
}

impl Comment {
    fn of(row: Said, calendar: &Calendar) -> Self {
        let origin = row.origin.as_str();
        Self {
            id: page::pack(&["comment", origin, &row.customer, &row.source, &row.code]).into(),
            moment: Moment::of(row.at, calendar),
            customer: row.customer,
            origin: CommentOrigin::of(row.origin),
            origin_code: choice::code(origin),
            theme: row.theme,
            text: row.text,
        }
    }
}
