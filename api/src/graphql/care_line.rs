//! The care list in the graph: each line with its customer, its reasons in words and the card that says what to do; and how
//! many lines each account manager has.

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rapport_entities::{
    CardScheme, CareReason as Reason, LoyaltyType, ValueClass, customer, customer_quarter,
};
use rapport_jobs::playbook::Key;
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait, Func, NullOrdering, Order},
};

use super::{
    card::{self, Card},
    care::{CareRow, Told, Which, is_line, lines, members, ordered, rows, set},
    care_promise::Promises,
    care_words::in_words,
    choice::{self, CareReason},
    complaint_case::PersonOf,
    customer::Customer,
    edition::Edition,
    guard,
    label::Locale,
    list::List,
    page::{self, Connection, Total, Window},
    reading::{Publication, Reading},
};
use crate::Error;

/// What cursors of the list begin with.
const CURSOR: &str = "care-risk";

/// A customer who is to be cared for: a line of the care list.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct CareLine {
    /// What its row says.
    #[graphql(flatten)]
    pub row: CareRow,
}

/// Why a customer is on the care list.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CareWhy {
    /// The reason.
    pub reason: Option<CareReason>,
    /// The reason, as text.
    pub reason_code: String,
    #[graphql(skip)]
    told: (Reason, Told),
}

crate::graphql::label::labels! {
    CareWhy {
        /// Name of the reason.
        reason_label: String = "care-reason" of reason_code,
    } and {
        /// The reason in words, with its figures.
        async fn words(
            &self,
            #[graphql(desc = "The language of the words; English if not given")] locale: Option<Locale>,
        ) -> String {
            in_words(self.told.0, &self.told.1, card::language(locale))
        }
    }
}

#[ComplexObject]
impl CareLine {
    /// The customer.
    async fn customer(&self, context: &Context<'_>) -> Result<Option<Customer>, Error> {
        let reading = Reading::of(context)?;
        let row = reading.loader.load_one(PersonOf(self.row.told.customer_id)).await?;
        Ok(row.map(|row| Customer { row, segments: None, results: None }))
    }

    /// Its reasons, the gravest first.
    #[graphql(complexity = "page::cost(Some(2), 2, child_complexity)")]
    async fn reasons(&self) -> Result<List<CareWhy>, Error> {
        let told = &self.row.told;
        let why = |reason: &Reason| CareWhy {
            reason: CareReason::of(*reason),
            reason_code: choice::code(reason.as_str()),
            told: (*reason, told.clone()),
        };
        Ok(List(told.reasons.iter().map(why).collect()))
    }

    /// The card of the playbooks for the gravest reason: what to do.
    async fn card(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of what it tells; English if not given")] locale: Option<Locale>,
    ) -> Result<Option<Card>, Error> {
        let reading = Reading::of(context)?;
        let locale = card::language(locale);
        let told = &self.row.told;
        let of = told.reasons.first().map(|reason| class_of(*reason, told)).into_iter();
        // where that is no class, what is known of the customer otherwise
        let result = &told.result;
        let others = [
            (CardScheme::Loyalty, result.loyalty_type.as_str()),
            (CardScheme::ValueClass, result.value_class.as_str()),
            (CardScheme::Lifecycle, result.lifecycle.as_str()),
            (CardScheme::Growth, result.growth.as_str()),
            (CardScheme::Size, result.size.as_str()),
        ];
        let mut keys = of.chain(others).filter_map(|(scheme, class)| Key::of(scheme, class, locale).ok());
        match keys.next() {
            Some(key) => card::by_key(reading, key).await,
            None => Ok(None),
        }
    }
}

/// The class whose card tells what to do about a reason.
fn class_of(reason: Reason, told: &Told) -> (CardScheme, &'static str) {
    let result = &told.result;
    match reason {
        Reason::ClassATurning if result.value_class == ValueClass::Unclassified => {
            (CardScheme::ValueClass, ValueClass::A.as_str())
        }
        Reason::ClassATurning => (CardScheme::ValueClass, result.value_class.as_str()),
        Reason::HighValueSilent => (CardScheme::Lifecycle, result.lifecycle.as_str()),
        Reason::LoyalSlipping | Reason::PromiseDue => (CardScheme::Loyalty, result.loyalty_type.as_str()),
        Reason::Hostage => (CardScheme::Loyalty, LoyaltyType::Hostage.as_str()),
    }
}

/// How many lines of the care list an account manager has.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct CareManagerRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// The account manager, by the company's own code; null for accounts that nobody has.
    pub manager: Option<String>,
    /// Customers who are to be cared for.
    pub customers: i64,
    /// All customers of the account manager in the quarter: the base.
    pub n: i64,
}

impl CareManagerRow {
    fn of(set: &Publication, (manager, customers, n): (Option<String>, i64, i64)) -> Self {
        let edition = Edition::of(set);
        let named = manager.as_deref().map_or_else(String::new, |code| format!("={code}"));
        let key = ["care-manager", &edition.quarter, &edition.revision.to_string(), &named];
        Self { id: page::pack(&key).into(), edition, manager, customers, n }
    }
}

/// The care list in the graph.
#[derive(Default)]
pub struct CareQuery;

#[Object]
impl CareQuery {
    /// Customers of a quarter who are to be cared for, page by page; the most at risk first, ties by code.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(first, page::NODES, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn care_list(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
        #[graphql(desc = "A quarter, written 2026-Q3; the newest published one if not given")]
        quarter: Option<String>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "The company's own code of an account manager")] manager: Option<String>,
        #[graphql(desc = "A reason")] reason: Option<CareReason>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
    ) -> Result<Option<Connection<CareLine>>, Error> {
        let reading = Reading::of(context)?;
        let first = page::first(first)?;
        let beyond = after.as_deref().map(|after| beyond(&page::cursor(CURSOR, after)?)).transpose()?;
        let Some(set) = set(reading, quarter.as_deref(), revision).await? else { return Ok(None) };
        let promises = Promises::of(context, reading, &set).await?;
        let which = Which { dimension, segment, manager, reason: reason.map(CareReason::stored) };
        let select = lines(reading, &set, &which, promises);
        let whole = select.clone().select_only().column(customer_quarter::Column::CustomerId);
        let select = ordered(select.filter(Condition::all().add_option(beyond)));
        // one more than asked for tells whether others follow
        let found = rows(context, &set, select.limit(first as u64 + 1), promises).await?;
        let more = found.len() > first;
        let node = |row: CareRow| (cursor(&row), CareLine { row });
        let nodes = found.into_iter().take(first).map(node).collect();
        Ok(Some(Connection::new(nodes, more, after.is_some(), Total::Care(Box::new(whole)))))
    }

    /// How many customers of each account manager are to be cared for in a quarter, as a flat table ordered by manager.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn care_manager_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; the newest published one if not given")]
        quarter: Option<String>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CareManagerRow>, Error> {
        use customer_quarter::Column;
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let Some(set) = set(reading, quarter.as_deref(), revision).await? else {
            return Ok(List(Vec::new()));
        };
        let promises = Promises::of(context, reading, &set).await?;
        let one = CaseStatement::new().case(is_line(None, promises), 1).finally(0);
        let found: Vec<(Option<String>, i64, i64)> =
            members(reading, &set, dimension.as_deref(), segment.as_deref())
                .select_only()
                .column(customer::Column::Manager)
                .expr(Func::sum(Expr::Case(Box::new(one))).cast_as("bigint"))
                .expr(Func::count(Column::CustomerId.into_simple_expr()).cast_as("bigint"))
                .group_by(customer::Column::Manager)
                .order_by_with_nulls(customer::Column::Manager, Order::Asc, NullOrdering::Last)
                .offset(window.offset)
                .limit(window.limit)
                .into_tuple()
                .all(&reading.database)
                .await?;
        Ok(found.into_iter().map(|row| CareManagerRow::of(&set, row)).collect())
    }
}

fn cursor(row: &CareRow) -> String {
    // to the last bit
    let risk = row.value_at_risk.map(|risk| format!("{:x}", risk.to_bits())).unwrap_or_default();
    page::pack(&[CURSOR, &risk, &row.code, &row.told.customer_id.to_string()])
}

/// That a line comes after the one of a cursor.
fn beyond(parts: &[String]) -> Result<Condition, Error> {
    use customer::Column::Code;
    use customer_quarter::Column::{CustomerId, ValueAtRisk};
    let wrong = || Error::BadInput("after: this is not a cursor of this list in this order".to_owned());
    let [risk, code, id] = parts else { return Err(wrong()) };
    let id: i64 = id.parse().map_err(|_| wrong())?;
    let tie =
        Condition::any().add(Code.gt(code)).add(Condition::all().add(Code.eq(code)).add(CustomerId.gt(id)));
    if risk.is_empty() {
        return Ok(Condition::all().add(ValueAtRisk.is_null()).add(tie));
    }
    let bits = u64::from_str_radix(risk, 16).map_err(|_| wrong())?;
    let risk = Some(f64::from_bits(bits)).filter(|risk| risk.is_finite()).ok_or_else(wrong)?;
    Ok(Condition::any()
        .add(ValueAtRisk.lt(risk))
        .add(ValueAtRisk.is_null())
        .add(Condition::all().add(ValueAtRisk.eq(risk)).add(tie)))
}
