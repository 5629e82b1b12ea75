//! Who is to be cared for, and what is at risk: by what the quarter says of a customer and what the quarter before said.

use std::collections::HashMap;

use rapport_entities::{CareReason, LoyaltyType, RiskBasis, ValueClass, customer_quarter};
use rapport_statistics::value::{is_top, value_at_risk};

use super::{buying::Purchases, customers::Customers, retention::Then};
use crate::{Rules, settings::CareRules};

/// What decides.
pub struct Care<'a> {
    rules: &'a CareRules,
    /// Minor units in a major one.
    minor: f64,
    /// Customers with turnover in the window: those who are ranked, now and then.
    ranked: (usize, usize),
}

impl<'a> Care<'a> {
    /// Among these customers, and those of the quarter before.
    pub fn new(
        rules: &'a Rules,
        customers: &Customers,
        before: Option<&HashMap<i64, Then>>,
        minor: f64,
    ) -> Self {
        let now = customers.windows().filter(|window| window.revenue > 0).count();
        let then = before.map_or(0, |before| before.values().filter(|then| then.rank().is_some()).count());
        Self { rules: &rules.care, minor, ranked: (now, then) }
    }

    /// Puts down what is at risk and why the customer is to be cared for.
    pub fn judge(&self, row: &mut customer_quarter::Model, purchases: &Purchases, then: Option<&Then>) {
        let risk = self.risk(row);
        row.value_at_risk = risk.map(|(value, _)| value);
        row.risk_basis = risk.map(|(_, basis)| basis);
        let is = |reason: &CareReason| match reason {
            CareReason::ClassATurning => self.is_turning(row, then),
            CareReason::HighValueSilent => self.is_silent(row, purchases, then),
            CareReason::LoyalSlipping => self.is_slipping(row, then),
            CareReason::Hostage => row.loyalty_type == LoyaltyType::Hostage && self.is_high(row),
            // promises are facts of the day, not of the quarter: they are told with the list
            CareReason::PromiseDue => false,
        };
        let reasons: Vec<&str> =
            CareReason::ALL.iter().filter(|reason| is(reason)).map(|reason| reason.as_str()).collect();
        row.care = Some(reasons.join(" "));
    }

    /// By the lifetime value where that and the probability are known, or else the profit of who bought in the window.
    fn risk(&self, row: &customer_quarter::Model) -> Option<(f64, RiskBasis)> {
        let lifetime = row.lifetime_value.zip(row.p_alive);
        if let Some(risk) = lifetime.and_then(|(value, alive)| value_at_risk(value, alive)) {
            return Some((risk, RiskBasis::Lifetime));
        }
        let profit = row.window_profit.filter(|_| row.window_purchases > 0)?;
        Some((profit as f64 / self.minor, RiskBasis::Profit))
    }

    fn is_high(&self, row: &customer_quarter::Model) -> bool {
        let rank = row.rank.filter(|_| row.window_revenue > 0);
        rank.is_some_and(|rank| is_top(rank.unsigned_abs(), self.ranked.0, self.rules.high_value))
    }

    fn was_high(&self, then: &Then) -> bool {
        then.rank().is_some_and(|rank| is_top(rank.unsigned_abs(), self.ranked.1, self.rules.high_value))
    }

    /// Who bought nothing in the window has no rank any more: what the customer was worth before still counts.
    fn is_silent(&self, row: &customer_quarter::Model, purchases: &Purchases, then: Option<&Then>) -> bool {
        let answers = [row.satisfaction, row.intention, row.recommend];
        let high = self.is_high(row) || then.is_some_and(|then| self.was_high(then));
        high && !purchases.active && answers.iter().all(Option::is_none)
    }

    fn is_slipping(&self, row: &customer_quarter::Model, then: Option<&Then>) -> bool {
        let Some(then) = then.filter(|then| then.kind == LoyaltyType::Loyal) else { return false };
        // of whom nothing is known any more it is not known that they slip
        let turned = !matches!(row.loyalty_type, LoyaltyType::Loyal | LoyaltyType::Unclassified);
        let fall = then.satisfaction.zip(row.satisfaction).map(|(before, now)| before - now);
        turned || fall.is_some_and(|fall| fall >= self.rules.satisfaction_fall)
    }

    fn is_turning(&self, row: &customer_quarter::Model, then: Option<&Then>) -> bool {
        let Some(then) = then.filter(|then| then.class == ValueClass::A) else { return false };
        let cut = self.rules.alive_cut;
        let faded = then.p_alive.zip(row.p_alive).is_some_and(|(before, now)| before >= cut && now < cut);
        row.value_class != ValueClass::A || faded
    }
}
