//! What a close knows of every customer while it reads: a sorted list, some 70 bytes a customer and as many again for
//! one that buys.

use rapport_statistics::{Axes, Scale};

use super::{
    buying::{Buying, Purchases, Total},
    handling::Handling,
    segments::Combination,
};
use crate::{Rules, settings::BehaviourAxis};

/// Every customer there is at the end of the quarter, by key.
#[derive(Debug, Default)]
pub struct Customers {
    rows: Vec<Customer>,
    /// What they bought.
    pub buying: Buying,
}

/// A customer.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The key.
    pub id: i64,
    /// The segments.
    pub combination: Combination,
    /// Latest in the window, of ten.
    pub satisfaction: Option<f64>,
    /// Latest in the window, of ten.
    pub intention: Option<f64>,
    /// Latest in the window, 0–10.
    pub recommend: Option<f64>,
    /// `None` without a contract.
    pub contract: Option<Tenure>,
    /// Others brought; `None` where the source does not say.
    pub referrals: Option<u32>,
    /// To any survey of customers, in the window.
    pub answered: bool,
    /// By record or by answer, in the window.
    pub complained: bool,
    /// By record, in the quarter.
    pub complaint_in_quarter: bool,
    /// What became of the complaints on record in the window; `None` without one.
    pub handling: Option<Handling>,
    /// The place among those who ever bought.
    pub buyer: Option<u32>,
}

/// A contract at the end of the quarter.
#[derive(Clone, Copy, Debug)]
pub struct Tenure {
    /// It has not ended.
    pub runs: bool,
    /// Quarters it has run in.
    pub quarters: u32,
    /// Number of the quarter it began in.
    pub since: u32,
}

impl Customers {
    /// Adds the next key; keys come in order.
    pub fn push(&mut self, id: i64) {
        self.rows.push(Customer {
            id,
            combination: Combination::default(),
            satisfaction: None,
            intention: None,
            recommend: None,
            contract: None,
            referrals: None,
            answered: false,
            complained: false,
            complaint_in_quarter: false,
            handling: None,
            buyer: None,
        });
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The segments of the customer with this key.
    pub fn combination(&self, id: i64) -> Option<Combination> {
        let index = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get(index).map(|row| row.combination)
    }

    /// When the customer with this key last bought something.
    pub fn last_bought(&self, id: i64) -> Option<i64> {
        let index = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get(index).and_then(|row| self.purchases_of(row).last)
    }

    /// The customer with this key.
    pub fn get_mut(&mut self, id: i64) -> Option<&mut Customer> {
        let index = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get_mut(index)
    }

    /// Puts down what was bought, and by whom.
    pub fn bought(&mut self, buying: Buying) {
        for (buyer, id) in (0..).zip(&buying.customers) {
            if let Some(customer) = self.get_mut(*id) {
                customer.buyer = Some(buyer);
            }
        }
        self.buying = buying;
    }

    /// Everyone, by key, with what they bought.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Customer, Purchases)> {
        self.rows.iter().map(|row| (row, self.purchases_of(row)))
    }

    fn purchases_of(&self, customer: &Customer) -> Purchases {
        let none = Total { profit: Some(0), ..Total::default() };
        let bought = customer.buyer.and_then(|buyer| self.buying.purchases.get(buyer as usize));
        bought.copied().unwrap_or(Purchases { quarter: none, window: none, active: false, last: None })
    }

    /// Days on which a customer ever bought.
    pub fn purchase_days(&self, customer: &Customer) -> u32 {
        let history = customer.buyer.and_then(|buyer| self.buying.histories.get(buyer as usize));
        history.and_then(|history| history.as_ref()).map_or(0, |history| history.purchase_days)
    }

    /// What everyone who bought in the window bought there.
    pub fn windows(&self) -> impl Iterator<Item = Total> {
        self.buying.purchases.iter().map(|purchases| purchases.window)
    }
}

impl Customer {
    /// True if the customer ever bought, in the window or before it.
    pub fn buys(&self) -> bool {
        self.buyer.is_some()
    }

    /// The axes of the loyalty rule: behaviour is a contract, or else the probability of not having left where the
    /// rules ask for it and it is known, or else repeat purchases.
    pub fn axes(&self, purchases: &Purchases, p_alive: Option<f64>, rules: &Rules) -> Axes {
        let alive = || {
            let by_model = p_alive.filter(|_| rules.behaviour == BehaviourAxis::PAlive);
            by_model.map(|alive| alive >= rules.lifetime.alive_cut)
        };
        let repeats = || {
            let count = u32::try_from(purchases.window.count);
            let enough = count.is_ok_and(|count| count >= rules.repeat_purchases);
            self.buys().then_some(enough && purchases.active)
        };
        Axes {
            satisfaction: self.satisfaction,
            staying: self.contract.map(|contract| contract.runs).or_else(alive).or_else(repeats),
            intention: self.intention,
            recommend: self.recommend,
            complained: self.complained,
        }
    }

    /// Takes a later answer to one of the questions the rules need by name.
    pub fn answered(&mut self, measure: rapport_entities::Measure, scale: &Scale, answer: f64) {
        use rapport_entities::Measure;
        match measure {
            Measure::Overall => self.satisfaction = Some(scale.of_ten(answer)),
            Measure::Repurchase => self.intention = Some(scale.of_ten(answer)),
            Measure::Recommend => self.recommend = Some(scale.of_ten(answer)),
            Measure::Complained => self.complained |= scale.oriented(answer) >= scale.high,
            Measure::Effort => {}
        }
    }
}
