//! Which customers: by what they are, and by what a closed quarter says of them.

use async_graphql::InputObject;
use rapport_entities::{self as stored, Calendar, Role, customer, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{LikeExpr, SelectStatement},
};

use super::{
    choice::{Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Size, Stage, ValueClass},
    customer_row::results,
    money::Money,
    range::{DateRange, FloatRange, IntRange},
    reading::{Publication, Reading},
    segment,
};
use crate::{Access, Error};

/// Which customers: those that meet all that is given. A list is met by any of its elements, and one element needs no
/// brackets; in the list of a class `null` stands for the unclassified.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CustomerFilter {
    /// With one of these codes.
    code: Option<Vec<String>>,
    /// With a code that begins so.
    code_prefix: Option<String>,
    /// In these segments: in any of those of a dimension, and so in every dimension that is named.
    segment: Option<Vec<SegmentFilter>>,
    /// With a contract that began on these days.
    contract_start: Option<DateRange>,
    /// With a contract that ended on these days.
    contract_end: Option<DateRange>,
    /// Who brought so many others.
    referrals: Option<IntRange>,
    /// With a result in this quarter, written 2026-Q3; what follows is of that quarter, and of the newest published one
    /// if none is given.
    quarter: Option<String>,
    /// Of these loyalty types.
    #[graphql(name = "type")]
    kind: Option<Vec<Option<LoyaltyType>>>,
    /// Of these extremes; `null` for all others.
    subtype: Option<Vec<Option<LoyaltySubtype>>>,
    /// Of these value classes.
    value_class: Option<Vec<Option<ValueClass>>>,
    /// Worth so much, and worth so much more.
    growth: Option<Vec<Option<Growth>>>,
    /// Of these sizes by turnover.
    size: Option<Vec<Option<Size>>>,
    /// In these phases of the relationship.
    lifecycle: Option<Vec<Option<Lifecycle>>>,
    /// On these stages on the way to loyalty.
    stage: Option<Vec<Option<Stage>>>,
    /// Who complained in the window, or did not.
    complained: Option<bool>,
    /// Who stay, by contract or purchases, or do not.
    staying: Option<bool>,
    /// Who came back in the quarter after a silence, or did not.
    won_back: Option<bool>,
    /// With such a latest overall satisfaction, of 10.
    satisfaction: Option<FloatRange>,
    /// With such a latest likelihood to recommend, 0–10.
    recommend: Option<FloatRange>,
    /// With so many purchases in the quarter.
    purchases: Option<IntRange>,
    /// With such a revenue in the quarter, in major units.
    revenue: Option<FloatRange>,
    /// With such a profit in the quarter, in major units.
    profit: Option<FloatRange>,
    /// With such a revenue in the window, in major units.
    window_revenue: Option<FloatRange>,
    /// With such a profit in the window, in major units.
    window_profit: Option<FloatRange>,
    /// With such a rank by turnover in the window; 1 is the highest.
    rank: Option<IntRange>,
    /// With such a probability of not having left.
    p_alive: Option<FloatRange>,
    /// With such a lifetime value, in major units.
    lifetime_value: Option<FloatRange>,
    /// Of a dimension's segments, or of one: as flat tables name them.
    #[graphql(skip)]
    member: (Option<String>, Option<String>),
}

/// A segment, by its codes.
#[derive(Clone, Debug, InputObject)]
pub struct SegmentFilter {
    /// Code of the dimension.
    dimension: String,
    /// Code of the segment.
    code: String,
}

/// That a class is among those asked for, if any are.
macro_rules! among {
    ($filter:ident.$field:ident, $column:ident, $class:ident) => {
        $filter.$field.as_ref().map(|classes| {
            let stored =
                classes.iter().map(|class| class.map_or(stored::$class::Unclassified, $class::stored));
            customer_quarter::Column::$column.is_in(stored)
        })
    };
}

impl CustomerFilter {
    /// Customers of a segment; of a dimension's segments, or of any dimension's, where a part is not given.
    pub fn in_segment(dimension: Option<String>, segment: Option<String>) -> Self {
        Self { member: (dimension, segment), ..Self::default() }
    }

    /// Fails if it asks what the reader is not told: who is who, or a place among all customers.
    pub fn allowed(&self, access: &Access) -> Result<(), Error> {
        if self.is_of_customers() {
            access.needs(Role::Analyst)?;
        }
        match self.rank {
            Some(_) if access.segments().is_some() => Err(Error::BadInput(
                "rank: it is among all customers, whom you do not see; leave it out".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    /// The quarter that is asked for.
    pub fn quarter(&self) -> Option<&str> {
        self.quarter.as_deref()
    }

    /// Whether results say which customers are meant.
    pub fn is_of_results(&self) -> bool {
        self.quarter.is_some() || !self.of_result(Money::of(None)).is_empty()
    }

    /// Whether something else than results says which customers are meant.
    pub fn is_of_customers(&self) -> bool {
        self.code.is_some()
            || self.code_prefix.is_some()
            || self.contract_start.is_some()
            || self.contract_end.is_some()
            || self.referrals.is_some()
    }

    /// That the reader sees a customer, and that it is in the segments asked for: by the column of its id.
    pub fn of_segments<C: ColumnTrait>(&self, reading: &Reading, customer_id: C) -> Condition {
        let (dimension, segment) = (self.member.0.as_deref(), self.member.1.as_deref());
        let mut all = Condition::all().add(reading.access.customers(customer_id)).add(segment::members(
            reading,
            customer_id,
            dimension,
            segment,
        ));
        let asked = self.segment.as_deref().unwrap_or_default();
        let mut dimensions: Vec<&str> = asked.iter().map(|one| one.dimension.as_str()).collect();
        dimensions.sort_unstable();
        dimensions.dedup();
        for dimension in dimensions {
            let of_dimension = asked.iter().filter(|one| one.dimension == dimension);
            let any = of_dimension.fold(Condition::any(), |any, one| {
                any.add(segment::members(reading, customer_id, Some(dimension), Some(&one.code)))
            });
            all = all.add(any);
        }
        let none = self.segment.as_ref().is_some_and(Vec::is_empty);
        all.add_option(none.then(|| customer_id.is_null()))
    }

    /// That a customer is one of these, by what it is itself.
    pub fn of_customer(&self, calendar: &Calendar) -> Result<Condition, Error> {
        use customer::Column;
        let days = |range: Option<DateRange>, column: Column| {
            range.map(|range| range.holds(column, calendar)).transpose()
        };
        let prefix = self.code_prefix.as_deref().map(|prefix| {
            let literal = prefix.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            Column::Code.like(LikeExpr::new(format!("{literal}%")).escape('\\'))
        });
        Ok(Condition::all()
            .add_option(self.code.as_ref().map(|codes| Column::Code.is_in(codes)))
            .add_option(prefix)
            .add_option(days(self.contract_start, Column::ContractStart)?)
            .add_option(days(self.contract_end, Column::ContractEnd)?)
            .add_option(self.referrals.map(|range| range.holds(Column::Referrals))))
    }

    /// That a customer is one of these, by what the quarter says of it.
    pub fn of_result(&self, money: Money) -> Condition {
        use customer_quarter::Column;
        let subtype = self.subtype.as_ref().map(|subtypes| {
            let known = subtypes.iter().flatten().map(|subtype| subtype.stored());
            let others = subtypes.contains(&None).then(|| Column::LoyaltySubtype.is_null());
            Condition::any().add(Column::LoyaltySubtype.is_in(known)).add_option(others)
        });
        Condition::all()
            .add_option(among!(self.kind, LoyaltyType, LoyaltyType))
            .add_option(subtype)
            .add_option(among!(self.value_class, ValueClass, ValueClass))
            .add_option(among!(self.growth, Growth, Growth))
            .add_option(among!(self.size, Size, Size))
            .add_option(among!(self.lifecycle, Lifecycle, Lifecycle))
            .add_option(among!(self.stage, Stage, Stage))
            .add_option(self.complained.map(|is| Column::Complained.eq(is)))
            .add_option(self.staying.map(|is| Column::Staying.eq(is)))
            .add_option(self.won_back.map(|is| Column::WonBack.eq(is)))
            .add_option(self.satisfaction.map(|range| range.holds(Column::Satisfaction)))
            .add_option(self.recommend.map(|range| range.holds(Column::Recommend)))
            .add_option(self.purchases.map(|range| range.holds(Column::Purchases)))
            .add_option(self.revenue.map(|range| range.holds_money(Column::Revenue, money)))
            .add_option(self.profit.map(|range| range.holds_money(Column::Profit, money)))
            .add_option(self.window_revenue.map(|range| range.holds_money(Column::WindowRevenue, money)))
            .add_option(self.window_profit.map(|range| range.holds_money(Column::WindowProfit, money)))
            .add_option(self.rank.map(|range| range.holds(Column::Rank)))
            .add_option(self.p_alive.map(|range| range.holds(Column::PAlive)))
            .add_option(self.lifetime_value.map(|range| range.holds(Column::LifetimeValue)))
    }

    /// The ids of these customers, as a part of another statement; none at all if the quarter is not published.
    pub async fn ids(&self, reading: &Reading, calendar: &Calendar) -> Result<SelectStatement, Error> {
        let id = customer::Column::CustomerId;
        let mut select = customer::Entity::find()
            .select_only()
            .column(id)
            .filter(self.of_segments(reading, id))
            .filter(self.of_customer(calendar)?);
        if self.is_of_results() {
            let set = reading.sets(self.quarter(), None).await?.pop();
            select = match &set {
                Some(set) => select
                    .join(sea_orm::JoinType::InnerJoin, results())
                    .filter(customer_quarter::Column::SetId.eq(set.set_id.as_str()))
                    .filter(self.of_result(money(set))),
                None => select.filter(id.is_null()),
            };
        }
        Ok(select.into_query())
    }
}

/// How the money of a published quarter is told.
pub fn money(set: &Publication) -> Money {
    Money::of(set.currency.as_deref())
}
