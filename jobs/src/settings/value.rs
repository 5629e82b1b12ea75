//! The rules of behaviour and value: what is expected of a customer, and how customers are told apart by it.

use serde::{Deserialize, Serialize};

use super::Check;

/// What customers will buy, and what that is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LifetimeRules {
    /// How buyers buy and leave.
    pub model: PurchaseModel,
    /// The models' unit of time, in days.
    pub unit_days: f64,
    /// Purchases are expected over so many days.
    pub horizon_days: f64,
    /// Periods of the lifetime value.
    pub periods: u32,
    /// Length of a period, in days.
    pub period_days: f64,
    /// Discount of a period.
    pub discount: f64,
    /// Share of the money that is margin; that of the window's purchases if not given.
    pub margin: Option<f64>,
    /// Fewer buyers than this are not modelled.
    pub minimum_buyers: u64,
    /// A customer stays from this probability of being alive on, where the axis is behaviour by `p_alive`.
    pub alive_cut: f64,
}

/// How buyers buy and leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseModel {
    /// Beta-geometric/NBD: a buyer may leave after each repeat purchase.
    BgNbd,
    /// The same, and after the first purchase too.
    MbgNbd,
    /// Pareto/NBD: a buyer may leave at any time.
    ParetoNbd,
}

/// Where the behaviour axis of the loyalty types comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BehaviourAxis {
    /// Purchases counted in the window.
    Purchases,
    /// The probability of not having left, where the model could be fitted; purchases otherwise.
    PAlive,
}

/// How customers are told apart by value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClassRules {
    /// The most valuable: this share of the customers.
    pub most_valuable: f64,
    /// The most growable: this share.
    pub most_growable: f64,
    /// A customer could be worth this quantile of the comparable ones.
    pub potential: f64,
    /// Comparable customers are those of the same segment of this dimension; all if not given.
    pub comparable: Option<String>,
    /// What a customer costs to serve over the lifetime value's periods, in major units.
    pub cost_to_serve: f64,
    /// The largest customers with this share of the turnover are VIP.
    pub vip_share: f64,
    /// Up to this share large.
    pub large_share: f64,
    /// Up to this share medium.
    pub medium_share: f64,
    /// Purchases from which a customer is a client.
    pub client_purchases: u32,
    /// Others brought from which a client is an advocate.
    pub advocate_referrals: u32,
    /// Recommendation, 0–10, from which a client is an advocate.
    pub advocate_recommendation: f64,
}

/// The phases of the relationship.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LifecycleRules {
    /// Days without a purchase after which a customer with too few gaps has lapsed.
    pub lapse_days: f64,
    /// With enough gaps: so many times their own mean gap.
    pub lapse_gaps: f64,
    /// Gaps that are enough.
    pub own_gaps: u32,
    /// Decline begins at this share of the lapse point.
    pub decline_share: f64,
    /// Or below this probability of being alive.
    pub decline_alive: f64,
    /// Up to so many purchases a customer explores.
    pub explored: u32,
    /// From so many on a relationship can be mature.
    pub established: u32,
    /// Building up while later gaps are below this share of the earlier.
    pub shrinking: f64,
}

/// What word of mouth is assumed to be worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordOfMouthRules {
    /// What a new customer is worth, in major units; the mean lifetime value if not given.
    pub customer_value: Option<f64>,
    /// Positive referrals that bring a new customer.
    pub referrals_per_customer: f64,
    /// Positive referrals that a negative one undoes.
    pub negative_weight: f64,
    /// Positive referrals of a promoter.
    pub by_promoter: f64,
    /// Negative referrals of a detractor.
    pub by_detractor: f64,
    /// Share of the customers brought by others who would have come anyway; of these only the acquisition saved counts.
    pub would_have_come: f64,
    /// What bringing a customer costs, such as a reward, in major units.
    pub referral_cost: f64,
    /// Marketing spent on a customer brought by another, in major units.
    pub marketing_cost: f64,
    /// What acquiring a customer costs where nobody brings them, in major units.
    pub acquisition_saved: f64,
}

impl Default for LifetimeRules {
    fn default() -> Self {
        Self {
            model: PurchaseModel::BgNbd,
            unit_days: 7.0,
            horizon_days: 91.0,
            periods: 12,
            period_days: 30.4375,
            discount: 0.01,
            margin: None,
            minimum_buyers: 100,
            alive_cut: 0.5,
        }
    }
}

impl Default for ClassRules {
    fn default() -> Self {
        Self {
            most_valuable: 0.2,
            most_growable: 0.2,
            potential: 0.8,
            comparable: None,
            cost_to_serve: 0.0,
            vip_share: 0.5,
            large_share: 0.8,
            medium_share: 0.95,
            client_purchases: 4,
            advocate_referrals: 1,
            advocate_recommendation: 9.0,
        }
    }
}

impl Default for LifecycleRules {
    fn default() -> Self {
        Self {
            lapse_days: 180.0,
            lapse_gaps: 3.0,
            own_gaps: 3,
            decline_share: 0.8,
            decline_alive: 0.5,
            explored: 2,
            established: 6,
            shrinking: 0.7,
        }
    }
}

impl Default for WordOfMouthRules {
    fn default() -> Self {
        Self {
            customer_value: None,
            referrals_per_customer: 6.0,
            negative_weight: 4.0,
            by_promoter: 4.0,
            by_detractor: 3.0,
            would_have_come: 0.5,
            referral_cost: 0.0,
            marketing_cost: 0.0,
            acquisition_saved: 0.0,
        }
    }
}

const SHARE: &str = "a share, 0 to 1";
const AMOUNT: &str = "0 or more";

impl ClassRules {
    pub(super) fn checks(&self) -> Vec<Check> {
        vec![
            ("classes.most_valuable", self.most_valuable, 0.0, 1.0, SHARE),
            ("classes.most_growable", self.most_growable, 0.0, 1.0, SHARE),
            ("classes.potential", self.potential, 0.0, 1.0, SHARE),
            ("classes.advocate_referrals", f64::from(self.advocate_referrals), 1.0, f64::MAX, "1 or more"),
            ("classes.vip_share", self.vip_share, 0.0, self.large_share, "0 to large_share"),
            ("classes.medium_share", self.medium_share, self.large_share, 1.0, "large_share to 1"),
        ]
    }
}

impl WordOfMouthRules {
    pub(super) fn checks(&self) -> Vec<Check> {
        let worth = self.customer_value.unwrap_or_default();
        let needed = self.referrals_per_customer;
        vec![
            ("word_of_mouth.customer_value", worth, f64::MIN, f64::MAX, "a number"),
            ("word_of_mouth.referrals_per_customer", needed, f64::MIN_POSITIVE, f64::MAX, "above 0"),
            ("word_of_mouth.negative_weight", self.negative_weight, 0.0, f64::MAX, AMOUNT),
            ("word_of_mouth.by_promoter", self.by_promoter, 0.0, f64::MAX, AMOUNT),
            ("word_of_mouth.by_detractor", self.by_detractor, 0.0, f64::MAX, AMOUNT),
            ("word_of_mouth.would_have_come", self.would_have_come, 0.0, 1.0, SHARE),
            ("word_of_mouth.referral_cost", self.referral_cost, 0.0, f64::MAX, AMOUNT),
            ("word_of_mouth.marketing_cost", self.marketing_cost, 0.0, f64::MAX, AMOUNT),
            ("word_of_mouth.acquisition_saved", self.acquisition_saved, 0.0, f64::MAX, AMOUNT),
        ]
    }
}
