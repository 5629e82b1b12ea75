//! What every buyer is worth: P(alive), purchases, spend and the discounted value of the months ahead.
//!
//! Buyers of the same age and repeats share one curve of expected purchases, which is reckoned once.

use super::{Buyer, BuyerError, BuyerGroups, GammaGamma, PurchaseModel};

/// How far to look ahead, and at what price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Time over which purchases are expected, in the buyers' unit.
    pub horizon: f64,
    /// Periods of the lifetime value, such as 12.
    pub periods: u32,
    /// Length of a period, in the buyers' unit: 30 for months in days, 4.345 for months in weeks.
    pub period: f64,
    /// Discount of a period, such as 0.01; a period counts at its end.
    pub discount: f64,
    /// Share of the money that is margin, 1 for turnover.
    pub margin: f64,
}

/// What a buyer is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lifetime {
    /// The probability of not having left, 0…1.
    pub p_alive: f64,
    /// Purchases expected over the horizon: a count.
    pub expected_purchases: f64,
    /// Money expected of a purchase; `None` where the spend model has no mean.
    pub expected_spend: Option<f64>,
    /// Discounted margin of the periods ahead; `None` with the expected spend, or where it is beyond all numbers.
    pub value: Option<f64>,
}

impl Outlook {
    fn check(&self) -> Result<(), BuyerError> {
        let settings = [
            ("horizon", self.horizon.is_finite() && self.horizon >= 0.0),
            ("period", self.period.is_finite() && self.period > 0.0),
            ("periods", (1..=1200).contains(&self.periods)),
            ("discount", self.discount.is_finite() && self.discount > -1.0),
            ("margin", self.margin.is_finite()),
        ];
        match settings.into_iter().find(|(_, good)| !good) {
            Some((name, _)) => Err(BuyerError::Setting { name }),
            None => Ok(()),
        }
    }

    /// Discounted purchases of a buyer who has not left: `Σ (E[Y(km)] − E[Y((k−1)m)])/(1+d)^k`.
    fn discounted_purchases(&self, model: &PurchaseModel, repeats: u32, age: f64) -> f64 {
        let (mut before, mut factor, mut sum) = (0.0, 1.0, 0.0);
        for period in 1..=self.periods {
            factor /= 1.0 + self.discount;
            let until = model.expected_while_alive(repeats, age, f64::from(period) * self.period);
            sum += (until - before).max(0.0) * factor;
            before = until;
        }
        sum
    }
}

/// The worth of every buyer, in the order of `buyers`, which are those that were grouped.
///
/// Value = margin · expected spend · `Σₖ (E[Y(k·m)] − E[Y((k−1)·m)])/(1+d)ᵏ`, of a fixed number of periods: without discount
/// and end the expectation of many a model grows without bound. First purchases to come of new buyers are no part.
///
/// # Errors
/// [`BuyerError::Setting`] for an outlook out of its range; [`BuyerError::Contradiction`] at the first buyer who is
/// not among those grouped.
pub fn lifetimes(
    groups: &BuyerGroups,
    buyers: &[Buyer],
    model: &PurchaseModel,
    spend: &GammaGamma,
    outlook: &Outlook,
) -> Result<Vec<Lifetime>, BuyerError> {
    outlook.check()?;
    if groups.members().len() != buyers.len() {
        return Err(BuyerError::Contradiction { row: groups.members().len().min(buyers.len()) });
    }
    let worth = group_worth(groups, model, outlook);
    let mut lifetimes = Vec::with_capacity(buyers.len());
    for (row, (buyer, member)) in buyers.iter().zip(groups.members()).enumerate() {
        let worth = worth.get(*member as usize).ok_or(BuyerError::Contradiction { row })?;
        let expected_spend = spend.expected_spend(buyer.repeats, buyer.mean_repeat_spend);
        lifetimes.push(Lifetime {
            p_alive: worth.p_alive,
            expected_purchases: worth.expected_purchases,
            expected_spend,
            value: expected_spend
                .map(|spend| outlook.margin * spend * worth.discounted_purchases)
                .filter(|value| value.is_finite()),
        });
    }
    Ok(lifetimes)
}

/// What buyers with the same purchases have in common.
struct Worth {
    p_alive: f64,
    expected_purchases: f64,
    discounted_purchases: f64,
}

fn group_worth(groups: &BuyerGroups, model: &PurchaseModel, outlook: &Outlook) -> Vec<Worth> {
    let (mut like, mut ahead) = (None, (0.0, 0.0));
    let worth = |group: &super::Group| {
        // the groups are sorted by age, then repeats: equal ones follow each other
        if like.replace((group.age, group.repeats)) != Some((group.age, group.repeats)) {
            ahead = (
                model.expected_while_alive(group.repeats, group.age, outlook.horizon),
                outlook.discounted_purchases(model, group.repeats, group.age),
            );
        }
        let p_alive = model.p_alive(group.repeats, group.last, group.age);
        Worth { p_alive, expected_purchases: p_alive * ahead.0, discounted_purchases: p_alive * ahead.1 }
    };
    groups.groups().iter().map(worth).collect()
}
