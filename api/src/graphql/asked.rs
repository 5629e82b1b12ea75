//! Which columns of customers and of their results a query asks for: only those are read. The others are at their
//! defaults, and nobody looks at them.

use std::{fmt, marker::PhantomData};

use async_graphql::SelectionField;
use rapport_entities::{Growth, Lifecycle, LoyaltyType, Size, Stage, ValueClass, customer, customer_quarter};
use sea_orm::{DbErr, EntityTrait, IdenStatic, Iterable, QueryResult, TryGetable};

/// Columns of a table, a bit each.
pub struct Asked<E>(u64, PhantomData<fn() -> E>);

// by hand: derived, they would ask the same of the entity
impl<E> Clone for Asked<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Asked<E> {}

impl<E> fmt::Debug for Asked<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:b}", self.0)
    }
}

/// The name of the column behind a field's.
fn column(field: &str) -> String {
    let mut name = String::new();
    for letter in field.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let name = ["_decimal", "_code", "_label"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    match name {
        "type" => "loyalty_type",
        "subtype" => "loyalty_subtype",
        "class" => "value_class",
        other => other,
    }
    .to_owned()
}

impl<E: EntityTrait> Asked<E> {
    /// Those behind fields of these names, and those that the program needs itself.
    pub fn new<'a>(fields: impl Iterator<Item = &'a str>, needed: &[E::Column]) -> Self {
        let mut names: Vec<String> = fields.map(column).collect();
        names.extend(needed.iter().map(|column| column.as_str().to_owned()));
        let bit = |(place, known): (usize, E::Column)| {
            u64::from(names.iter().any(|name| name == known.as_str())) << place
        };
        Self(E::Column::iter().enumerate().map(bit).sum(), PhantomData)
    }

    /// The columns that are read, in this order and before all others.
    pub fn columns(self) -> impl Iterator<Item = E::Column> {
        let asked = move |(place, column)| (self.0 >> place & 1 == 1).then_some(column);
        E::Column::iter().enumerate().filter_map(asked)
    }

    /// How many they are.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The value in the column at this place of the table, of a row that has the columns from `first` on.
    fn part<T: TryGetable>(
        self,
        row: &QueryResult,
        first: usize,
        place: u32,
        otherwise: T,
    ) -> Result<T, DbErr> {
        let bit = 1 << place;
        if self.0 & bit == 0 {
            return Ok(otherwise);
        }
        row.try_get_by_index(first + (self.0 & (bit - 1)).count_ones() as usize)
    }
}

impl<E> PartialEq for Asked<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// A model of which some columns were read.
macro_rules! model {
    ($asked:ident, $row:ident, $first:ident, $table:ident: $($field:ident $column:ident = $otherwise:expr),+ $(,)?) => {
        $table::Model {
            $($field: $asked.part($row, $first, $table::Column::$column as u32, $otherwise)?),+
        }
    };
}

impl Asked<customer::Entity> {
    /// A customer of whom these columns were read, the first of them at this place of the row.
    pub fn read(self, row: &QueryResult, first: usize) -> Result<customer::Model, DbErr> {
        Ok(model! {
            self, row, first, customer:
            customer_id CustomerId = 0,
            code Code = String::new(),
            name Name = None,
            email Email = None,
            phone Phone = None,
            contract_start ContractStart = None,
            contract_end ContractEnd = None,
            referrals Referrals = None,
            manager Manager = None,
            erased_at ErasedAt = None,
        })
    }
}

impl Asked<customer_quarter::Entity> {
    /// What is selected of the rows that a field answers with.
    pub fn of(field: &SelectionField<'_>) -> Self {
        use customer_quarter::Column;
        let fields: Vec<_> = field.selection_set().collect();
        Self::new(fields.iter().map(SelectionField::name), &[Column::CustomerId, Column::SetId])
    }

    /// The classes that a customer is in.
    pub fn classes() -> Self {
        use customer_quarter::Column;
        let needed = [
            Column::CustomerId,
            Column::SetId,
            Column::LoyaltyType,
            Column::LoyaltySubtype,
            Column::ValueClass,
            Column::Growth,
            Column::Size,
            Column::Lifecycle,
            Column::Stage,
        ];
        Self::new(std::iter::empty(), &needed)
    }

    /// A result of which these columns were read, the first of them at this place of the row.
    pub fn read(self, row: &QueryResult, first: usize) -> Result<customer_quarter::Model, DbErr> {
        Ok(model! {
            self, row, first, customer_quarter:
            customer_id CustomerId = 0,
            set_id SetId = String::new(),
            loyalty_type LoyaltyType = LoyaltyType::Unclassified,
            loyalty_subtype LoyaltySubtype = None,
            loyalty_basis LoyaltyBasis = None,
            satisfaction Satisfaction = None,
            staying Staying = None,
            intention Intention = None,
            recommend Recommend = None,
            complained Complained = false,
            purchases Purchases = 0,
            revenue Revenue = 0,
            profit Profit = None,
            window_purchases WindowPurchases = 0,
            window_revenue WindowRevenue = 0,
            window_profit WindowProfit = None,
            value_class ValueClass = ValueClass::Unclassified,
            growth Growth = Growth::Unclassified,
            size Size = Size::Unclassified,
            lifecycle Lifecycle = Lifecycle::Unclassified,
            won_back WonBack = None,
            stage Stage = Stage::Unclassified,
            rfm Rfm = None,
            rank Rank = None,
            cumulative_share CumulativeShare = None,
            p_alive PAlive = None,
            expected_purchases ExpectedPurchases = None,
            expected_spend ExpectedSpend = None,
            lifetime_value LifetimeValue = None,
            word_of_mouth WordOfMouth = None,
            referral_value ReferralValue = None,
            stage_quarters StageQuarters = None,
            lifecycle_quarters LifecycleQuarters = None,
            value_at_risk ValueAtRisk = None,
            risk_basis RiskBasis = None,
            care Care = None,
        })
    }
}
