//! Prospects as a flat table, which holds nobody's name: how each is graded, and what became of it.

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rapport_entities::{
    At, Calendar, ProspectGrade as Graded, customer, prospect, prospect_grade, prospect_segment,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
    sea_query::{Expr, ExprTrait, Order, Query, SimpleExpr},
};

use super::{
    choice::{self, ProspectGrade, ProspectState},
    guard,
    label::Locale,
    list::List,
    loss_reason,
    page::{self, ROWS, Window},
    period::{self, Moment},
    reading::Reading,
    scalar::DateTime,
};
use crate::Error;

/// Somebody who may become a customer, as its source tells of it now.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ProspectRow {
    /// Global id.
    pub id: ID,
    /// When it was first in contact.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The source it came from.
    pub source: String,
    /// The source's own key.
    pub code: String,
    /// Code of the account manager; null where nobody has it.
    pub manager: Option<String>,
    /// How likely it is held to close, by the latest grade.
    pub grade: Option<ProspectGrade>,
    /// How likely it is held to close, as text.
    pub grade_code: Option<String>,
    /// Where it stands.
    pub state: ProspectState,
    /// Where it stands, as text.
    pub state_code: String,
    /// The company's own code of the customer it became; null while it is none.
    pub customer: Option<String>,
    /// When it became one.
    pub converted_at: Option<DateTime>,
    /// When it was lost.
    pub lost_at: Option<DateTime>,
    /// Why it was lost, as text.
    pub reason_code: Option<String>,
}

#[ComplexObject]
impl ProspectRow {
    /// Name of the grade.
    async fn grade_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> Option<String> {
        self.grade_code.as_deref().map(|code| super::label::label("prospect", code, locale))
    }

    /// Name of where it stands.
    async fn state_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        super::label::label("prospect-state", &self.state_code, locale)
    }

    /// Name of the reason it was lost for.
    async fn reason_label(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> Option<String> {
        self.reason_code.as_deref().map(|code| loss_reason::name(context, code, locale))
    }
}

/// What is read of a prospect.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Stored {
    source: String,
    code: String,
    first_at: At,
    manager: Option<String>,
    converted_at: Option<At>,
    lost_at: Option<At>,
    reason: Option<String>,
    customer: Option<String>,
    grade: Option<Graded>,
}

impl ProspectRow {
    /// As it is told.
    pub fn of(row: Stored, calendar: &Calendar) -> Self {
        let state = match (row.converted_at, row.lost_at) {
            (Some(_), _) => ProspectState::Converted,
            (None, Some(_)) => ProspectState::Lost,
            (None, None) => ProspectState::Open,
        };
        Self {
            id: page::pack(&["prospect", &row.source, &row.code]).into(),
            moment: Moment::of(row.first_at, calendar),
            source: row.source,
            code: row.code,
            manager: row.manager,
            grade: row.grade.and_then(ProspectGrade::of),
            grade_code: row.grade.map(|grade| choice::code(grade.as_str())),
            state,
            state_code: choice::code(state.stored().as_str()),
            customer: row.customer,
            converted_at: row.converted_at.map(|at| DateTime(*at)),
            lost_at: row.lost_at.map(|at| DateTime(*at)),
            reason_code: row.reason.as_deref().map(choice::code),
        }
    }
}

/// Prospects, as they are told: each with the customer it became, if that is one whom the reader sees.
pub fn told(reading: &Reading) -> Select<prospect::Entity> {
    use prospect::Column;
    let seen = reading.access.customers(customer::Column::CustomerId);
    let of: RelationDef = prospect::Entity::belongs_to(customer::Entity)
        .from(Column::CustomerId)
        .to(customer::Column::CustomerId)
        .into();
    let of = of.on_condition(move |_, _| seen.clone());
    prospect::Entity::find()
        .join(JoinType::LeftJoin, of)
        .select_only()
        .columns([Column::Source, Column::Code, Column::FirstAt, Column::Manager])
        .columns([Column::ConvertedAt, Column::LostAt, Column::Reason])
        .column_as(customer::Column::Code.into_simple_expr(), "customer")
        .column_as(latest(), "grade")
}

/// The latest grade of a prospect.
fn latest() -> SimpleExpr {
    use prospect_grade::Column;
    let own = |column: Column, of: prospect::Column| {
        Expr::col((prospect_grade::Entity, column)).eq(Expr::col((prospect::Entity, of)))
    };
    let grades = Query::select()
        .column(Column::Grade)
        .from(prospect_grade::Entity)
        .and_where(own(Column::Source, prospect::Column::Source))
        .and_where(own(Column::Prospect, prospect::Column::Code))
        .order_by(Column::At, Order::Desc)
        .limit(1)
        .to_owned();
    SimpleExpr::SubQuery(None, Box::new(grades.into()))
}

/// That a prospect is in a segment that is asked for and seen; all for who sees all and asks for none.
pub fn within(reading: &Reading, dimension: Option<&str>, segment: Option<&str>) -> Condition {
    use prospect_segment::Column;
    let asked = [(Column::Dimension, dimension), (Column::Segment, segment)];
    let asked = asked.map(|(column, code)| (column, code.filter(|code| *code != rapport_entities::ALL)));
    if reading.access.segments().is_none() && asked.iter().all(|(_, code)| code.is_none()) {
        return Condition::all();
    }
    let own = |column: Column, of: prospect::Column| {
        Expr::col((prospect_segment::Entity, column)).eq(Expr::col((prospect::Entity, of)))
    };
    let mut members = Query::select();
    members
        .expr(Expr::val(1))
        .from(prospect_segment::Entity)
        .and_where(own(Column::Source, prospect::Column::Source))
        .and_where(own(Column::Prospect, prospect::Column::Code))
        .cond_where(reading.access.places(Column::Dimension, Column::Segment));
    for (column, code) in asked {
        members.and_where_option(code.map(|code| column.eq(code)));
    }
    Condition::all().add(Expr::exists(members))
}

/// Prospects.
#[derive(Default)]
pub struct ProspectRowQuery;

#[Object]
impl ProspectRowQuery {
    /// Prospects as a flat table: who may become a customer and who did or was lost, ordered by the first contact, then by
    /// source and code.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn prospect_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension of the prospects")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the prospects")] segment: Option<String>,
        #[graphql(desc = "OPEN, CONVERTED or LOST; all if not given")] state: Option<String>,
        #[graphql(desc = "The latest grade: A, B, C or D; all if not given")] grade: Option<String>,
        #[graphql(desc = "Code of an account manager")] manager: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ProspectRow>, Error> {
        use prospect::Column;
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let mut select = told(reading).filter(within(reading, dimension.as_deref(), segment.as_deref()));
        if let Some(state) = choice::word::<rapport_entities::ProspectState>("state", state.as_deref())? {
            use rapport_entities::ProspectState as Wanted;
            select = match state {
                Wanted::Open => select.filter(Column::ConvertedAt.is_null()).filter(Column::LostAt.is_null()),
                Wanted::Converted => select.filter(Column::ConvertedAt.is_not_null()),
                Wanted::Lost => select.filter(Column::LostAt.is_not_null()),
            };
        }
        if let Some(grade) = choice::word::<Graded>("grade", grade.as_deref())? {
            select = select.filter(latest().eq(grade.as_str()));
        }
        if let Some(manager) = manager {
            select = select.filter(Column::Manager.eq(manager));
        }
        let rows = select
            .order_by_asc(Column::FirstAt)
            .order_by_asc(Column::Source)
            .order_by_asc(Column::Code)
            .offset(window.offset)
            .limit(window.limit)
            .into_model::<Stored>()
            .all(&reading.database)
            .await?;
        Ok(rows.into_iter().map(|row| ProspectRow::of(row, &calendar)).collect())
    }
}
