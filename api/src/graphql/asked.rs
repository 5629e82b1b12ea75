//! Which columns of customers' results a query asks for: only those are read of a table this wide. The others are at
//! their defaults, and nobody looks at them.

use async_graphql::Context;
use rapport_entities::{
    Growth, Lifecycle, LoyaltyType, Size, Stage, ValueClass,
    customer_quarter::{Column, Model},
};
use sea_orm::{DbErr, IdenStatic, Iterable, QueryResult, TryGetable};

/// Columns of `customer_quarter`, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asked(u64);

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

impl Asked {
    /// What is selected of the rows that a field answers with.
    pub fn of(context: &Context<'_>) -> Self {
        let names: Vec<String> = context.field().selection_set().map(|field| column(field.name())).collect();
        let bit = |(place, known): (usize, Column)| {
            let is_key = matches!(known, Column::CustomerId | Column::SetId);
            u64::from(is_key || names.iter().any(|name| name == known.as_str())) << place
        };
        Self(Column::iter().enumerate().map(bit).sum())
    }

    /// The columns that are read.
    pub fn columns(self) -> impl Iterator<Item = Column> {
        Column::iter()
            .enumerate()
            .filter(move |(place, _)| self.0 >> place & 1 == 1)
            .map(|(_, column)| column)
    }

    /// A result of which these columns were read.
    pub fn read(self, row: &QueryResult) -> Result<Model, DbErr> {
        macro_rules! model {
            ($($field:ident $column:ident = $otherwise:expr),+ $(,)?) => {
                Model { $($field: self.part(row, Column::$column, $otherwise)?),+ }
            };
        }
        Ok(model! {
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
        })
    }

    fn part<T: TryGetable>(self, row: &QueryResult, column: Column, otherwise: T) -> Result<T, DbErr> {
        let asked = self.0 >> column as u32 & 1 == 1;
        if asked { row.try_get("", column.as_str()) } else { Ok(otherwise) }
    }
}
