//! Groups of complaints.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use rapport_entities::{
    self as stored,
    complaint::{self, Column},
    complaint_breach,
};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{CaseStatement, Expr, ExprTrait, Query, SimpleExpr},
};

use super::{
    super::{
        choice::{self, CaseState, Risk, Severity},
        customer_filter::CustomerFilter,
        list::List,
        page::{self, Window},
        reading::Reading,
        scalar::Date,
    },
    customer::by_size,
    fact::{Ask, GroupedFact, Span},
    figure::Unit,
    key::{self, CustomerKeys, FactKeys, GroupBy},
    measure::{measures, one},
    row::{Asked, FigureColumns},
};
use crate::Error;

measures! {
    /// Complaints that have something in common.
    ComplaintGroup (span: Span, keys: CustomerKeys, said: ComplaintKeys),
    /// What is added up of complaints.
    ComplaintMeasure {
        /// The complaints themselves.
        complaints, Complaints = Unit::Count, one();
        /// Those that were resolved; the mean is their rate.
        resolved, Resolved = Unit::Count, resolved();
        /// Hours until they were resolved, of those that were.
        hours_to_resolve, HoursToResolve = Unit::Parts(3_600_000.0), took(Column::ResolvedAt);
        /// Hours until the customer was told that they came in, of those of which that is known.
        hours_to_acknowledge, HoursToAcknowledge = Unit::Parts(3_600_000.0), took(Column::AcknowledgedAt);
        /// Those in whose handling there was no fault; the mean is their share.
        faultless, Faultless = Unit::Count, is(Column::Faults.eq(0));
        /// Those whose customer was satisfied with the outcome; the mean is their share of those asked.
        satisfied, Satisfied = Unit::Count, satisfied();
        /// How often they were taken up again.
        reopened, Reopened = Unit::Count, Column::Reopened.into_expr().cast_as("bigint");
    }
}

/// What the complaints of a group have in common; null where the group is not by that.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ComplaintKeys {
    /// What they are about; null also where the source does not say.
    pub product: Option<String>,
    /// How they came; null also where the source does not say.
    pub channel: Option<String>,
    /// How grave they are; null also where the source does not say.
    pub severity: Option<Severity>,
    /// How grave they are, as text.
    pub severity_code: Option<String>,
    /// Which risk they are about; null also where the source does not say.
    pub risk: Option<Risk>,
    /// Which risk they are about, as text.
    pub risk_code: Option<String>,
    /// The unit that they are about or that handles them; null also where the source does not say.
    pub unit: Option<String>,
    /// Where they stand now.
    pub state: Option<CaseState>,
    /// Where they stand now, as text.
    pub state_code: Option<String>,
}

crate::graphql::label::labels! {
    ComplaintKeys {
        /// Name of where they stand.
        state_label: Option<String> = "case" of state_code,
        /// Name of the severity.
        severity_label: Option<String> = "severity" of severity_code,
        /// Name of the risk.
        risk_label: Option<String> = "risk" of risk_code,
    }
}

impl From<FactKeys> for ComplaintKeys {
    fn from(said: FactKeys) -> Self {
        Self {
            product: said.product,
            channel: said.channel,
            severity: said.severity,
            severity_code: said.severity.map(|one| choice::code(one.stored().as_str())),
            risk: said.risk,
            risk_code: said.risk.map(|one| choice::code(one.stored().as_str())),
            unit: said.unit,
            state: said.state,
            state_code: said.state.map(|one| choice::code(one.stored().as_str())),
        }
    }
}

/// A figure of complaints that have something in common.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ComplaintGroupRow {
    /// Global id.
    pub id: ID,
    /// When.
    #[graphql(flatten)]
    pub span: Span,
    /// What the customers have in common.
    #[graphql(flatten)]
    pub keys: CustomerKeys,
    /// What the complaints have in common.
    #[graphql(flatten)]
    pub said: ComplaintKeys,
    /// What is added up.
    pub measure: ComplaintMeasure,
    /// What is added up, as text.
    pub measure_code: String,
    /// The figure.
    #[graphql(flatten)]
    pub figure: FigureColumns,
}

crate::graphql::label::labels! {
    ComplaintGroupRow {
        /// Name of what is added up.
        measure_label: String = "added" of measure_code,
    }
}

/// Which complaints: those that meet all that is given. A list is met by any of its elements.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ComplaintFilter {
    /// About these products.
    product: Option<Vec<String>>,
    /// By these channels.
    channel: Option<Vec<String>>,
    /// So grave.
    severity: Option<Vec<Severity>>,
    /// About these risks.
    risk: Option<Vec<Risk>>,
    /// Of these units.
    unit: Option<Vec<String>>,
    /// In these states now.
    state: Option<Vec<CaseState>>,
    /// Resolved, or not.
    resolved: Option<bool>,
    /// Found to have missed a deadline of their service standard, or not.
    breached: Option<bool>,
    /// Of these customers.
    pub customer: Option<CustomerFilter>,
}

/// That a complaint was found to have missed a deadline.
pub fn breached() -> SimpleExpr {
    use complaint_breach as breach;
    Expr::exists(
        Query::select()
            .expr(Expr::val(1))
            .from(breach::Entity)
            .and_where(breach::Column::CustomerId.into_expr().eq(Column::CustomerId.into_expr()))
            .and_where(breach::Column::Source.into_expr().eq(Column::Source.into_expr()))
            .and_where(breach::Column::Complaint.into_expr().eq(Column::Code.into_expr()))
            .to_owned(),
    )
}

impl ComplaintFilter {
    /// That a complaint meets what is asked of it itself.
    pub fn which(&self, reading: &Reading) -> Condition {
        if self.breached.is_some() {
            // what was missed is found without a new data version
            reading.pass();
        }
        let state = |all: &Vec<CaseState>| Column::State.is_in(all.iter().map(|one| one.stored()));
        let severity = |all: &Vec<Severity>| Column::Severity.is_in(all.iter().map(|one| one.stored()));
        let risk = |all: &Vec<Risk>| Column::Risk.is_in(all.iter().map(|one| one.stored()));
        let resolved = |is| {
            if is { Column::ResolvedAt.is_not_null() } else { Column::ResolvedAt.is_null() }
        };
        Condition::all()
            .add_option(self.product.as_ref().map(|all| Column::Product.is_in(all)))
            .add_option(self.channel.as_ref().map(|all| Column::Channel.is_in(all)))
            .add_option(self.severity.as_ref().map(severity))
            .add_option(self.risk.as_ref().map(risk))
            .add_option(self.resolved.map(resolved))
            .add_option(self.unit.as_ref().map(|all| Column::Unit.is_in(all)))
            .add_option(self.state.as_ref().map(state))
            .add_option(self.breached.map(|is| if is { breached() } else { breached().not() }))
    }
}

/// One for a complaint that was resolved, zero for one that was not.
fn resolved() -> SimpleExpr {
    is(Column::ResolvedAt.is_not_null())
}

/// One for a complaint of which this holds, zero for any other.
fn is(holds: SimpleExpr) -> SimpleExpr {
    CaseStatement::new().case(holds, one()).finally(Expr::val(0_i64)).into()
}

/// One for a customer who was satisfied, zero for one who was not; null for one who was not asked.
fn satisfied() -> SimpleExpr {
    CaseStatement::new()
        .case(Column::Satisfied.eq(true), one())
        .case(Column::Satisfied.eq(false), Expr::val(0_i64))
        .into()
}

/// Milliseconds until this; null until then.
fn took(until: Column) -> SimpleExpr {
    until.into_simple_expr().sub(Column::At.into_simple_expr())
}

impl GroupedFact for complaint::Entity {
    const NAME: &'static str = "complaints";
    const CURRENCY: Option<Column> = None;

    fn said(word: GroupBy) -> Option<Column> {
        Some(match word {
            GroupBy::Product => Column::Product,
            GroupBy::Channel => Column::Channel,
            GroupBy::Severity => Column::Severity,
            GroupBy::Risk => Column::Risk,
            GroupBy::Unit => Column::Unit,
            GroupBy::State => Column::State,
            _ => return None,
        })
    }
}

fn added(measures: &[ComplaintMeasure]) -> Arc<[(Unit, SimpleExpr)]> {
    measures.iter().map(|measure| measure.added()).collect()
}

/// The groups of complaints.
#[derive(Default)]
pub struct ComplaintGroupQuery;

#[Object]
impl ComplaintGroupQuery {
    /// What complaints add up to in groups, ordered by period and keys (or by a measure). Pages change no figure; whole
    /// quarters and months are compared with those before.
    #[graphql(complexity = "page::cost(limit, page::NODES, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn complaint_groups(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "By what; all together if neither this nor dimensions is given")] by: Option<
            Vec<GroupBy>,
        >,
        #[graphql(desc = "Codes of dimensions by whose segments, two at most")] dimensions: Option<
            Vec<String>,
        >,
        #[graphql(desc = "Which complaints; all if not given")] filter: Option<ComplaintFilter>,
        #[graphql(desc = "The measure whose highest come first; by keys if not given")] order_by: Option<
            ComplaintMeasure,
        >,
        #[graphql(desc = "Groups to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Groups at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ComplaintGroup>, Error> {
        let window = Window::new(offset, limit)?;
        let asked = Asked::of(context);
        let filter = filter.unwrap_or_default();
        let measures = ComplaintMeasure::chosen(&asked, order_by);
        let ask = Ask {
            quarter,
            from,
            to,
            keys: key::keys(by, dimensions)?,
            which: filter.which(Reading::of(context)?),
            customers: filter.customer.unwrap_or_default(),
            measures: added(&measures),
            compared: asked.compared,
        };
        let mut answered = ask.groups::<complaint::Entity>(context).await?;
        by_size(&mut answered.groups, &measures, order_by);
        let names = Reading::of(context)?.names().await?;
        let told = |(span, group): (Span, _)| {
            let group: super::figure::Group = group;
            let (keys, said) = key::columns(&answered.keys, &group.sum.keys, names);
            let said = said.into();
            ComplaintGroup { span, keys, said, asked: measures.clone(), group }
        };
        Ok(window.of(answered.groups).map(told).collect())
    }

    /// What complaints add up to in groups as a flat table, a row for each group and measure, ordered by period, keys and
    /// measure.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn complaint_group_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "By what, such as `segment:region,month`; all together if not given")] by: Option<
            String,
        >,
        #[graphql(desc = "One measure's code, such as RESOLVED; all if not given")] measure: Option<String>,
        #[graphql(desc = "Only of customers of this dimension")] dimension: Option<String>,
        #[graphql(desc = "Only of customers of this segment")] segment: Option<String>,
        #[graphql(desc = "Only so grave ones: LOW, MEDIUM or HIGH")] severity: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ComplaintGroupRow>, Error> {
        let window = Window::new(offset, limit)?;
        let severity = choice::word::<stored::Severity>("severity", severity.as_deref())?;
        let measures = ComplaintMeasure::named(measure.as_deref())?;
        let ask = Ask {
            quarter,
            from,
            to,
            keys: key::parse(by.as_deref())?,
            customers: CustomerFilter::in_segment(dimension, segment),
            which: Condition::all().add_option(severity.map(|severity| Column::Severity.eq(severity))),
            measures: added(&measures),
            compared: Asked::of(context).compared,
        };
        let answered = ask.groups::<complaint::Entity>(context).await?;
        let names = Reading::of(context)?.names().await?;
        let rows = answered.groups.iter().flat_map(|(span, group)| {
            let (keys, said) = key::columns(&answered.keys, &group.sum.keys, names);
            let of = &answered.keys;
            measures.iter().zip(&group.figures).map(move |(measure, figure)| ComplaintGroupRow {
                id: key::id(&["complaint-group", &measure.code()], of, &group.sum),
                span: span.clone(),
                keys: keys.clone(),
                said: said.clone().into(),
                measure: *measure,
                measure_code: measure.code(),
                figure: FigureColumns::of(group, figure.clone()),
            })
        });
        let rows: Vec<ComplaintGroupRow> = rows.collect();
        Ok(window.of(rows).collect())
    }
}
