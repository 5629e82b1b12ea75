//! What a closed quarter says of a customer, as a flat row. No name and no contact data.

use async_graphql::{ID, Object};
use rapport_entities::{customer, customer_quarter};
use sea_orm::{EntityTrait, RelationDef};

use super::{
    choice::{self, Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Size, Stage, ValueClass},
    edition::Edition,
    money::Money,
    page,
    reading::Publication,
};
use crate::Access;

/// What a closed quarter says of a customer.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    row: customer_quarter::Model,
    code: String,
    publication: Publication,
    /// The reader sees all customers.
    of_all: bool,
}

impl CustomerRow {
    /// Of a stored result and the customer's code, as the reader sees it.
    pub fn of(
        row: customer_quarter::Model,
        code: String,
        publication: &Publication,
        access: &Access,
    ) -> Self {
        let of_all = access.segments().is_none();
        Self { row, code, publication: publication.clone(), of_all }
    }

    fn money(&self) -> Money {
        Money::of(self.publication.currency.as_deref())
    }
}

/// What a closed quarter says of a customer.
// one by one: all is at hand, and a set of futures for each row would be dear
#[Object(serial)]
impl CustomerRow {
    /// Global id.
    async fn id(&self) -> ID {
        let Edition { quarter, revision, .. } = Edition::of(&self.publication);
        page::pack(&["customer-quarter", &quarter, &revision.to_string(), &self.code]).into()
    }

    /// The company's own code of the customer.
    async fn code(&self) -> &str {
        &self.code
    }

    /// Loyalty type; null for the unclassified.
    #[graphql(name = "type")]
    async fn kind(&self) -> Option<LoyaltyType> {
        LoyaltyType::of(self.row.loyalty_type)
    }

    /// Loyalty type as text; `UNCLASSIFIED` where an axis is unknown.
    async fn type_code(&self) -> String {
        choice::code(self.row.loyalty_type.as_str())
    }

    /// Apostle or terrorist; null for all others.
    async fn subtype(&self) -> Option<LoyaltySubtype> {
        self.row.loyalty_subtype.and_then(LoyaltySubtype::of)
    }

    /// Apostle or terrorist, as text.
    async fn subtype_code(&self) -> Option<String> {
        self.row.loyalty_subtype.map(|subtype| choice::code(subtype.as_str()))
    }

    /// What the loyalty axis was read from: `CONTRACT`, `PURCHASES` or `INTENTION`.
    async fn loyalty_basis(&self) -> Option<String> {
        self.row.loyalty_basis.map(|basis| choice::code(basis.as_str()))
    }

    /// Value class; null for the unclassified.
    #[graphql(name = "class")]
    async fn class(&self) -> Option<ValueClass> {
        ValueClass::of(self.row.value_class)
    }

    /// Value class as text; `UNCLASSIFIED` where turnover or profit is unknown.
    async fn class_code(&self) -> String {
        choice::code(self.row.value_class.as_str())
    }

    /// What the customer is worth and could be worth; null for the unclassified.
    async fn growth(&self) -> Option<Growth> {
        Growth::of(self.row.growth)
    }

    /// What the customer is worth and could be worth, as text; `UNCLASSIFIED` where nothing is known of it.
    async fn growth_code(&self) -> String {
        choice::code(self.row.growth.as_str())
    }

    /// Size by turnover in the window; null for those who never bought.
    async fn size(&self) -> Option<Size> {
        Size::of(self.row.size)
    }

    /// Size as text; `UNCLASSIFIED` for those who never bought.
    async fn size_code(&self) -> String {
        choice::code(self.row.size.as_str())
    }

    /// Phase of the relationship; null for those who never bought.
    async fn lifecycle(&self) -> Option<Lifecycle> {
        Lifecycle::of(self.row.lifecycle)
    }

    /// Phase as text; `UNCLASSIFIED` for those who never bought.
    async fn lifecycle_code(&self) -> String {
        choice::code(self.row.lifecycle.as_str())
    }

    /// Whether the customer came back in the quarter after a silence over the lapse point.
    async fn won_back(&self) -> Option<bool> {
        self.row.won_back
    }

    /// Stage on the way to loyalty; null for the unclassified.
    async fn stage(&self) -> Option<Stage> {
        Stage::of(self.row.stage)
    }

    /// Stage as text; `UNCLASSIFIED` where no purchase and no contract is recorded of anybody.
    async fn stage_code(&self) -> String {
        choice::code(self.row.stage.as_str())
    }

    /// Latest overall satisfaction in the window, of 10.
    async fn satisfaction(&self) -> Option<f64> {
        self.row.satisfaction
    }

    /// Whether the customer stays, by contract or purchases.
    async fn staying(&self) -> Option<bool> {
        self.row.staying
    }

    /// Latest stated intention to buy again or stay, of 10.
    async fn intention(&self) -> Option<f64> {
        self.row.intention
    }

    /// Latest likelihood to recommend, 0–10.
    async fn recommend(&self) -> Option<f64> {
        self.row.recommend
    }

    /// Whether the customer complained in the window.
    async fn complained(&self) -> bool {
        self.row.complained
    }

    /// Purchases in the quarter.
    async fn purchases(&self) -> i32 {
        self.row.purchases
    }

    /// Revenue in the quarter, in major units.
    async fn revenue(&self) -> f64 {
        self.money().float(self.row.revenue)
    }

    /// Revenue in the quarter, exactly.
    async fn revenue_decimal(&self) -> String {
        self.money().decimal(self.row.revenue)
    }

    /// Profit in the quarter, in major units; null where a cost is unknown.
    async fn profit(&self) -> Option<f64> {
        self.row.profit.map(|minor| self.money().float(minor))
    }

    /// Profit in the quarter, exactly.
    async fn profit_decimal(&self) -> Option<String> {
        self.row.profit.map(|minor| self.money().decimal(minor))
    }

    /// Purchases in the window.
    async fn window_purchases(&self) -> i32 {
        self.row.window_purchases
    }

    /// Revenue in the window, in major units.
    async fn window_revenue(&self) -> f64 {
        self.money().float(self.row.window_revenue)
    }

    /// Revenue in the window, exactly.
    async fn window_revenue_decimal(&self) -> String {
        self.money().decimal(self.row.window_revenue)
    }

    /// Profit in the window, in major units; null where a cost is unknown.
    async fn window_profit(&self) -> Option<f64> {
        self.row.window_profit.map(|minor| self.money().float(minor))
    }

    /// Profit in the window, exactly.
    async fn window_profit_decimal(&self) -> Option<String> {
        self.row.window_profit.map(|minor| self.money().decimal(minor))
    }

    /// Quintiles of recency, frequency and money, 111 to 555; 5 is best.
    async fn rfm(&self) -> Option<i32> {
        self.row.rfm
    }

    /// Rank by turnover in the window among all customers; 1 is the highest. Null for readers of some segments alone.
    async fn rank(&self) -> Option<i64> {
        self.row.rank.filter(|_| self.of_all)
    }

    /// Share of the turnover of all customers that those up to this rank have, a fraction of 1. Null for readers of some
    /// segments alone.
    async fn cumulative_share(&self) -> Option<f64> {
        self.row.cumulative_share.filter(|_| self.of_all)
    }

    /// Probability of not having left.
    async fn p_alive(&self) -> Option<f64> {
        self.row.p_alive
    }

    /// Purchases expected over the rules' horizon.
    async fn expected_purchases(&self) -> Option<f64> {
        self.row.expected_purchases
    }

    /// Money expected of a purchase, in major units; an estimate.
    async fn expected_spend(&self) -> Option<f64> {
        self.row.expected_spend
    }

    /// Discounted margin of the periods ahead, in major units; an estimate.
    async fn lifetime_value(&self) -> Option<f64> {
        self.row.lifetime_value
    }

    /// What the customer's talk is worth, in major units, under the assumptions of the rules.
    async fn word_of_mouth(&self) -> Option<f64> {
        self.row.word_of_mouth
    }

    /// What those the customer brought are worth, in major units, under the assumptions of the rules; null where the
    /// source does not say how many they are.
    async fn referral_value(&self) -> Option<f64> {
        self.row.referral_value
    }

    /// Currency of the money, by its ISO 4217 code.
    async fn currency(&self) -> Option<&str> {
        self.publication.currency.as_deref()
    }
    /// Which edition.
    // last: it is made for every field that is not found before it
    #[graphql(flatten)]
    async fn edition(&self) -> Edition {
        Edition::of(&self.publication)
    }
}

/// From a customer to its results.
pub fn results() -> RelationDef {
    customer::Entity::belongs_to(customer_quarter::Entity)
        .from(customer::Column::CustomerId)
        .to(customer_quarter::Column::CustomerId)
        .into()
}
