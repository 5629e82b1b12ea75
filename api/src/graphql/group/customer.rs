//! Groups of customers, quarter by quarter.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{Role, customer_quarter, customer_quarter::Column};
use rapport_jobs::Rules;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

use super::{
    super::{
        customer_filter::{CustomerFilter, money},
        customer_row::results,
        edition::Edition,
        list::List,
        money::Money,
        page::{self, Window},
        period,
        reading::{Publication, Reading},
    },
    figure::{Figures, Floor, Group, Unit},
    key::{self, CustomerKeys, GroupBy, Key},
    measure::{flag, measures, one, parts, whole},
    row::{Asked, FigureColumns},
    sum::{Grouped, join_segment},
};
use crate::Error;

/// Parts of one of which answers and probabilities are added up.
const MILLION: f64 = 1e6;
/// Parts of a major unit of which estimates of money are added up.
const THOUSAND: f64 = 1e3;

measures! {
    /// Customers that have something in common in a quarter.
    CustomerGroup (edition: Edition, keys: CustomerKeys),
    /// What is added up of customers.
    CustomerMeasure {
        /// The customers themselves.
        customers, Customers = Unit::Count, one();
        /// Purchases in the quarter.
        purchases, Purchases = Unit::Count, whole(Column::Purchases);
        /// Revenue in the quarter.
        revenue, Revenue = Unit::Money, whole(Column::Revenue);
        /// Profit in the quarter, of those whose costs are known.
        profit, Profit = Unit::Money, whole(Column::Profit);
        /// Purchases in the window.
        window_purchases, WindowPurchases = Unit::Count, whole(Column::WindowPurchases);
        /// Revenue in the window.
        window_revenue, WindowRevenue = Unit::Money, whole(Column::WindowRevenue);
        /// Profit in the window, of those whose costs are known.
        window_profit, WindowProfit = Unit::Money, whole(Column::WindowProfit);
        /// Latest overall satisfaction in the window, of 10.
        satisfaction, Satisfaction = Unit::Answers(MILLION), parts(Column::Satisfaction, MILLION);
        /// Latest stated intention to buy again or stay, of 10.
        intention, Intention = Unit::Answers(MILLION), parts(Column::Intention, MILLION);
        /// Latest likelihood to recommend, 0–10.
        recommend, Recommend = Unit::Answers(MILLION), parts(Column::Recommend, MILLION);
        /// Those who complained in the window; the mean is their rate.
        complained, Complained = Unit::Count, flag(Column::Complained);
        /// Those who stay, by contract or purchases; the mean is their rate.
        staying, Staying = Unit::Count, flag(Column::Staying);
        /// Those who came back after a silence; the mean is their rate.
        won_back, WonBack = Unit::Count, flag(Column::WonBack);
        /// Probability of not having left; the sum is the number expected to be there.
        p_alive, PAlive = Unit::Parts(MILLION), parts(Column::PAlive, MILLION);
        /// Purchases expected over the rules' horizon.
        expected_purchases, ExpectedPurchases = Unit::Parts(MILLION), parts(Column::ExpectedPurchases, MILLION);
        /// Discounted margin of the periods ahead, in major units; an estimate.
        lifetime_value, LifetimeValue = Unit::Parts(THOUSAND), parts(Column::LifetimeValue, THOUSAND);
        /// What the customers' talk is worth, in major units, under the assumptions of the rules.
        word_of_mouth, WordOfMouth = Unit::Parts(THOUSAND), parts(Column::WordOfMouth, THOUSAND);
        /// What those the customers brought are worth, in major units, under the assumptions of the rules.
        referral_value, ReferralValue = Unit::Parts(THOUSAND), parts(Column::ReferralValue, THOUSAND);
    }
}

/// A figure of customers that have something in common in a quarter.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CustomerGroupRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// What the customers have in common.
    #[graphql(flatten)]
    pub keys: CustomerKeys,
    /// What is added up.
    pub measure: CustomerMeasure,
    /// What is added up, as text.
    pub measure_code: String,
    /// The figure.
    #[graphql(flatten)]
    pub figure: FigureColumns,
}

crate::graphql::label::labels! {
    CustomerGroupRow {
        /// Name of what is added up.
        measure_label: String = "added" of measure_code,
    }
}

/// Which customers are grouped, and how.
struct Ask {
    sets: Vec<Publication>,
    keys: Vec<Key>,
    filter: CustomerFilter,
    measures: Arc<[CustomerMeasure]>,
    compared: bool,
}

/// Groups of customers are of a quarter in any case.
fn without_quarter(mut keys: Vec<Key>) -> Vec<Key> {
    keys.retain(|key| *key != Key::Word(GroupBy::Quarter));
    keys
}

/// The number of a set's quarter.
fn number(set: &Publication) -> i64 {
    i64::from(set.quarter.year()) * 4 + i64::from(set.quarter.number())
}

impl Ask {
    /// The sets that are read: those asked for, and those they are compared with.
    async fn read(&self, reading: &Reading) -> Result<Vec<Publication>, Error> {
        let mut all = self.sets.clone();
        if self.compared {
            let asked: Vec<i64> = self.sets.iter().map(number).collect();
            let earlier = |set: &&Publication| {
                let number = number(set);
                !asked.contains(&number) && asked.iter().any(|one| [1, 4].contains(&(one - number)))
            };
            all.extend(reading.published().await?.iter().filter(earlier).cloned());
        }
        Ok(all)
    }

    async fn grouped(&self, context: &Context<'_>, sets: &[Publication]) -> Result<Grouped, Error> {
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let money = sets.last().map_or(Money::of(None), money);
        let mut select = customer_quarter::Entity::find()
            .select_only()
            .filter(Column::SetId.is_in(sets.iter().map(|set| set.set_id.as_str())));
        if self.filter.quarter().is_some() {
            let ids = self.filter.ids(reading, &calendar).await?;
            let seen = reading.access.customers(Column::CustomerId);
            select = select.filter(Column::CustomerId.in_subquery(ids)).filter(seen);
        } else {
            select = select
                .filter(self.filter.of_segments(reading, Column::CustomerId))
                .filter(self.filter.of_result(money));
            if self.filter.is_of_customers() {
                select = select
                    .join(JoinType::InnerJoin, results().rev())
                    .filter(self.filter.of_customer(&calendar)?);
            }
        }
        let mut select = select.into_query();
        let mut keys = Vec::new();
        for (place, key) in self.keys.iter().enumerate() {
            keys.push(match key {
                Key::Segment(dimension) => {
                    let id = Expr::col((customer_quarter::Entity, Column::CustomerId));
                    join_segment(&mut select, reading, id, place, dimension)
                }
                Key::Word(word) => match word.class() {
                    Some(column) => column.into_simple_expr(),
                    None => return Err(key::refused(*word, "customers")),
                },
            });
        }
        let period = sets.iter().fold(CaseStatement::new(), |case, set| {
            case.case(Column::SetId.eq(set.set_id.as_str()), number(set))
        });
        Ok(Grouped {
            select,
            period: period.into(),
            currency: None,
            keys,
            customers: one().count(),
            measures: self.measures.iter().map(|measure| measure.added().1).collect(),
        })
    }

    /// The groups, by quarter and keys.
    async fn groups(&self, context: &Context<'_>) -> Result<Vec<(Publication, Group)>, Error> {
        let reading = Reading::of(context)?;
        self.filter.allowed(&reading.access)?;
        let sets = self.read(reading).await?;
        if sets.is_empty() {
            return Ok(Vec::new());
        }
        let sums = self.grouped(context, &sets).await?.sums(reading).await?;
        let by_number: HashMap<i64, &Publication> = sets.iter().map(|set| (number(set), set)).collect();
        let units: Vec<Unit> = self.measures.iter().map(|measure| measure.added().0).collect();
        let money = sets.last().map_or(Money::of(None), money);
        let floor = |set| Ok((number(set), floor(reading, set)?));
        let floors = sets.iter().map(floor).collect::<Result<HashMap<i64, Floor>, Error>>()?;
        let figures = Figures {
            units: &units,
            money: &|_| money,
            floor: &|period| floors.get(&period).copied().unwrap_or_default(),
            steps: Some((1, 4)),
        };
        let asked: Vec<i64> = self.sets.iter().map(number).collect();
        let groups = figures.groups(sums, |period| asked.contains(&period));
        let told = |mut group: Group| {
            let set = (*by_number.get(&group.sum.period)?).clone();
            group.sum.currency = set.currency.clone();
            Some((set, group))
        };
        Ok(groups.into_iter().filter_map(told).collect())
    }
}

/// From how many on figures are told, by the rules of a set. Fails if they cannot be read: nothing is told by others.
fn floor(reading: &Reading, set: &Publication) -> Result<Floor, Error> {
    let rules: Rules = serde_json::from_str(&set.settings).map_err(|error| rapport_jobs::Error::Stored {
        what: format!("the rules of {} revision {}", set.quarter, set.revision),
        why: error.to_string(),
    })?;
    Ok(floor_of(reading, &rules))
}

/// From how many on figures are told: a reader who may see no person sees no group of a few.
pub fn floor_of(reading: &Reading, rules: &Rules) -> Floor {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let customers = if reading.access.role == Role::Viewer { number(rules.minimum_customers) } else { 0 };
    Floor { customers, base: number(rules.minimum_base) }
}

/// Orders the groups of a period by one of their measures, the highest first; ties stay in the order of keys.
pub fn by_size<T, M: PartialEq>(groups: &mut [(T, Group)], measures: &[M], order_by: Option<M>) {
    let place = order_by.and_then(|one| measures.iter().position(|other| *other == one));
    let Some(place) = place else { return };
    let size = |group: &Group| group.figures.get(place).and_then(|figure| figure.size());
    groups.sort_by(|(_, one), (_, other)| {
        let order = one.sum.period.cmp(&other.sum.period);
        order.then_with(|| size(other).partial_cmp(&size(one)).unwrap_or(std::cmp::Ordering::Equal))
    });
}

/// The groups of customers.
#[derive(Default)]
pub struct CustomerGroupQuery;

#[Object]
impl CustomerGroupQuery {
    /// What customers add up to in groups, quarter by quarter, ordered by quarter and keys (or by a measure). Pages
    /// change no figure.
    #[graphql(complexity = "page::cost(limit, page::NODES, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn customer_groups(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "By what; all together if neither this nor dimensions is given")] by: Option<
            Vec<GroupBy>,
        >,
        #[graphql(desc = "Codes of dimensions by whose segments, two at most")] dimensions: Option<
            Vec<String>,
        >,
        #[graphql(desc = "Which customers; with a quarter, those who met it in that quarter")] filter: Option<
            CustomerFilter,
        >,
        #[graphql(desc = "The measure whose highest come first; by keys if not given")] order_by: Option<
            CustomerMeasure,
        >,
        #[graphql(desc = "Groups to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Groups at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CustomerGroup>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, asked) = (Reading::of(context)?, Asked::of(context));
        let ask = Ask {
            sets: reading.sets(quarter.as_deref(), revision).await?,
            keys: without_quarter(key::keys(by, dimensions)?),
            filter: filter.unwrap_or_default(),
            measures: CustomerMeasure::chosen(&asked, order_by),
            compared: asked.compared,
        };
        let mut groups = ask.groups(context).await?;
        by_size(&mut groups, &ask.measures, order_by);
        let names = reading.names().await?;
        let told = |(set, group): (Publication, Group)| CustomerGroup {
            edition: Edition::of(&set),
            keys: key::columns(&ask.keys, &group.sum.keys, names).0,
            asked: ask.measures.clone(),
            group,
        };
        Ok(window.of(groups).map(told).collect())
    }

    /// What customers add up to in groups as a flat table, a row for each group and measure, ordered by quarter, keys and
    /// measure.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn customer_group_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "By what, such as `segment:region,type`; all together if not given")] by: Option<
            String,
        >,
        #[graphql(desc = "One measure's code, such as REVENUE; all if not given")] measure: Option<String>,
        #[graphql(desc = "Only customers of this dimension")] dimension: Option<String>,
        #[graphql(desc = "Only customers of this segment")] segment: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CustomerGroupRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let ask = Ask {
            sets: reading.sets(quarter.as_deref(), revision).await?,
            keys: without_quarter(key::parse(by.as_deref())?),
            filter: CustomerFilter::in_segment(dimension, segment),
            measures: CustomerMeasure::named(measure.as_deref())?,
            compared: Asked::of(context).compared,
        };
        let groups = ask.groups(context).await?;
        let names = reading.names().await?;
        let rows = groups.iter().flat_map(|(set, group)| {
            let (edition, of) = (Edition::of(set), key::columns(&ask.keys, &group.sum.keys, names).0);
            let by = &ask.keys;
            ask.measures.iter().zip(&group.figures).map(move |(measure, figure)| CustomerGroupRow {
                id: key::id(
                    &["customer-group", &edition.quarter, &edition.revision.to_string(), &measure.code()],
                    by,
                    &group.sum,
                ),
                edition: edition.clone(),
                keys: of.clone(),
                measure: *measure,
                measure_code: measure.code(),
                figure: FigureColumns::of(group, figure.clone()),
            })
        });
        let rows: Vec<CustomerGroupRow> = rows.collect();
        Ok(window.of(rows).collect())
    }
}
