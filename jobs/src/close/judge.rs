//! What becomes of every customer: type, class, and the row that says so.

use rapport_entities::{
    Growth, Lifecycle, LoyaltyBasis, LoyaltySubtype, LoyaltyType, Size, Stage, ValueClass, customer_quarter,
};
use rapport_statistics::{
    Axes, Basis, Loyalty, LoyaltyRule, Subtype, ValueCuts, ValueRule,
    behaviour::{Relationship, StageRule},
    value::{Referral, WordOfMouth, referral_value},
    value_class,
};

use super::{
    buying::Purchases,
    customers::{Customer, Customers},
    worth::Valuation,
};
use crate::{Rules, settings::WordOfMouthRules};

/// The rules of a close as the statistics take them; money in minor units.
pub struct Judge<'a> {
    rules: &'a Rules,
    loyalty: LoyaltyRule,
    /// The cuts of the value classes; `None` if nobody has turnover and a known profit.
    pub cuts: Option<ValueCuts>,
    valuation: &'a Valuation,
    stages: StageRule,
    talk: Option<WordOfMouth>,
    /// What one customer brought by another is worth; `None` where the worth of a new customer is not known.
    referral: Option<f64>,
    /// Purchases are recorded at all.
    sells: bool,
}

/// A customer judged.
pub struct Judgement {
    loyalty: Loyalty,
    class: Option<value_class::ValueClass>,
}

impl<'a> Judge<'a> {
    /// Finds the cuts among the customers; `minor` is the number of minor units in a major one.
    pub fn new(rules: &'a Rules, customers: &Customers, valuation: &'a Valuation, minor: f64) -> Self {
        let rule = match (rules.turnover_cut, rules.profitability_cut) {
            (Some(turnover), Some(profitability)) => {
                ValueRule::Fixed(ValueCuts { turnover: turnover * minor, profitability })
            }
            _ => ValueRule::Median,
        };
        let known =
            customers.windows().filter_map(|window| Some((window.revenue as f64, window.profit? as f64)));
        let loyalty = LoyaltyRule {
            satisfaction: rules.satisfaction_cut,
            intention: rules.intention_cut,
            apostle: rules.apostle_cut,
            terrorist: rules.terrorist_cut,
        };
        let talk = &rules.word_of_mouth;
        let customer_value = talk.customer_value.or(valuation.mean_value);
        Self {
            rules,
            loyalty,
            cuts: rule.cuts(known),
            valuation,
            stages: StageRule {
                client_purchases: rules.classes.client_purchases,
                advocate_referrals: rules.classes.advocate_referrals,
                advocate_recommendation: rules.classes.advocate_recommendation,
            },
            referral: customer_value.and_then(|value| worth_of_a_referral(talk, value)),
            talk: customer_value.map(|customer_value| WordOfMouth {
                customer_value,
                referrals_per_customer: talk.referrals_per_customer,
                negative_weight: talk.negative_weight,
            }),
            sells: !customers.buying.customers.is_empty(),
        }
    }

    /// Type and class of a customer.
    fn judge(&self, axes: &Axes, purchases: &Purchases) -> Judgement {
        let (revenue, profit) = (purchases.window.revenue, purchases.window.profit);
        let class =
            self.cuts.zip(profit).and_then(|(cuts, profit)| cuts.classify(revenue as f64, profit as f64));
        Judgement { loyalty: self.loyalty.classify(axes), class }
    }

    fn stage(&self, customer: &Customer, purchase_days: u32) -> Stage {
        use rapport_statistics::behaviour::Stage as Kind;
        if !self.sells && customer.contract.is_none() {
            return Stage::Unclassified;
        }
        let relationship = Relationship {
            // whoever answers, complains or has a contract is no stranger
            qualified: true,
            purchases: purchase_days.max(customer.contract.map_or(0, |contract| contract.quarters)),
            referrals: customer.referrals.unwrap_or_default(),
            recommendation: customer.recommend,
        };
        match self.stages.stage(&relationship) {
            Kind::Suspect => Stage::Suspect,
            Kind::Prospect => Stage::Prospect,
            Kind::FirstTime => Stage::FirstTime,
            Kind::Repeat => Stage::Repeat,
            Kind::Client => Stage::Client,
            Kind::Advocate => Stage::Advocate,
        }
    }

    /// What a customer's talk is worth, of those who said whether they recommend.
    fn word_of_mouth(&self, customer: &Customer) -> Option<f64> {
        let recommend = customer.recommend?;
        let talk = &self.rules.word_of_mouth;
        let (positive, negative) = match recommend {
            answer if answer >= 9.0 => (talk.by_promoter, 0.0),
            answer if answer <= 6.0 => (0.0, talk.by_detractor),
            _ => (0.0, 0.0),
        };
        self.talk?.value(positive, negative).ok()
    }

    /// The stored row of a customer; `purchase_days` of those who ever bought.
    pub fn row(
        &self,
        set_id: &str,
        customer: &Customer,
        purchases: &Purchases,
        purchase_days: u32,
    ) -> customer_quarter::Model {
        let axes = customer.axes(purchases, self.valuation.p_alive(customer), self.rules);
        let judgement = self.judge(&axes, purchases);
        let worth = self.valuation.of(customer);
        let lifetime = worth.and_then(|worth| worth.lifetime);
        customer_quarter::Model {
            customer_id: customer.id,
            set_id: set_id.to_owned(),
            loyalty_type: judgement.loyalty_type(),
            loyalty_subtype: judgement.subtype(),
            loyalty_basis: judgement.loyalty.basis.map(|basis| match basis {
                Basis::Behaviour if customer.contract.is_some() => LoyaltyBasis::Contract,
                Basis::Behaviour => LoyaltyBasis::Purchases,
                Basis::Intention => LoyaltyBasis::Intention,
            }),
            satisfaction: customer.satisfaction,
            staying: axes.staying,
            intention: customer.intention,
            recommend: customer.recommend,
            complained: customer.complained,
            purchases: purchases.quarter.count,
            revenue: purchases.quarter.revenue,
            profit: purchases.quarter.profit,
            window_purchases: purchases.window.count,
            window_revenue: purchases.window.revenue,
            window_profit: purchases.window.profit,
            value_class: judgement.value_class(),
            growth: worth.map_or(Growth::Unclassified, |worth| worth.growth),
            size: worth.map_or(Size::Unclassified, |worth| worth.size),
            lifecycle: worth.map_or(Lifecycle::Unclassified, |worth| worth.lifecycle),
            won_back: worth.and_then(|worth| worth.won_back),
            stage: self.stage(customer, purchase_days),
            rfm: worth.and_then(|worth| worth.rfm),
            rank: worth.and_then(|worth| worth.rank),
            cumulative_share: worth.and_then(|worth| worth.cumulative_share),
            p_alive: lifetime.map(|one| one.p_alive),
            expected_purchases: lifetime.map(|one| one.expected_purchases),
            expected_spend: lifetime.and_then(|one| one.expected_spend),
            lifetime_value: lifetime.and_then(|one| one.value),
            word_of_mouth: self.word_of_mouth(customer),
            // counted when the quarter before is known
            stage_quarters: None,
            lifecycle_quarters: None,
            // and so is whether anybody is to be cared for
            value_at_risk: None,
            risk_basis: None,
            care: None,
            referral_value: self.referral.zip(customer.referrals).map(|(one, n)| one * f64::from(n)),
        }
    }
}

/// What one customer brought by another is worth, in the mean of those who would and would not have come anyway.
fn worth_of_a_referral(talk: &WordOfMouthRules, customer_value: f64) -> Option<f64> {
    let brought = Referral {
        // their discounted lifetime value stands for the margins of the periods ahead
        period: 0,
        would_have_come: false,
        margin: customer_value,
        referral_cost: talk.referral_cost,
        marketing_cost: talk.marketing_cost,
        acquisition_saved: talk.acquisition_saved,
    };
    let value = |referral| referral_value(&[referral], 0.0).ok();
    let anyway = value(Referral { would_have_come: true, ..brought })?;
    Some(talk.would_have_come * anyway + (1.0 - talk.would_have_come) * value(brought)?)
}

impl Judgement {
    fn loyalty_type(&self) -> LoyaltyType {
        use rapport_statistics::LoyaltyType as Kind;
        match self.loyalty.kind {
            Some(Kind::Loyal) => LoyaltyType::Loyal,
            Some(Kind::Defecting) => LoyaltyType::Defecting,
            Some(Kind::Mercenary) => LoyaltyType::Mercenary,
            Some(Kind::Hostage) => LoyaltyType::Hostage,
            None => LoyaltyType::Unclassified,
        }
    }

    fn subtype(&self) -> Option<LoyaltySubtype> {
        self.loyalty.subtype.map(|subtype| match subtype {
            Subtype::Apostle => LoyaltySubtype::Apostle,
            Subtype::Terrorist => LoyaltySubtype::Terrorist,
        })
    }

    fn value_class(&self) -> ValueClass {
        match self.class {
            Some(value_class::ValueClass::A) => ValueClass::A,
            Some(value_class::ValueClass::B) => ValueClass::B,
            Some(value_class::ValueClass::C) => ValueClass::C,
            Some(value_class::ValueClass::D) => ValueClass::D,
            None => ValueClass::Unclassified,
        }
    }
}
