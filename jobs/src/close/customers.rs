//! What a close knows of every customer while it reads: a sorted list, some 70 bytes a customer and as many again for
//! one that buys.

use rapport_statistics::{Axes, Scale};

use super::segments::Combination;

/// Every customer there is at the end of the quarter, by key.
#[derive(Debug, Default)]
pub struct Customers {
    rows: Vec<Customer>,
    purchases: Vec<Purchases>,
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
    /// Whether the contract runs at the end of the quarter; `None` without a contract.
    pub contract: Option<bool>,
    /// By record or by answer, in the window.
    pub complained: bool,
    /// By record, in the quarter.
    pub complaint_in_quarter: bool,
    purchases: Option<u32>,
}

/// What a customer bought; money in minor units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Purchases {
    /// In the quarter.
    pub quarter: Total,
    /// In the window.
    pub window: Total,
    /// The last one lies in the last quarters that count as active.
    pub active: bool,
}

/// Purchases added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many.
    pub count: i32,
    /// Their amounts.
    pub revenue: i64,
    /// Their amounts less their costs; `None` if a cost is unknown.
    pub profit: Option<i64>,
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
            complained: false,
            complaint_in_quarter: false,
            purchases: None,
        });
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The customer with this key.
    pub fn get_mut(&mut self, id: i64) -> Option<&mut Customer> {
        let index = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get_mut(index)
    }

    /// Puts down what a customer bought.
    pub fn bought(&mut self, id: i64, purchases: Purchases) {
        let index = u32::try_from(self.purchases.len()).ok();
        if let Some(customer) = self.get_mut(id) {
            customer.purchases = index;
            self.purchases.push(purchases);
        }
    }

    /// Everyone, by key, with what they bought.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Customer, Purchases)> {
        self.rows.iter().map(|row| (row, self.purchases_of(row)))
    }

    fn purchases_of(&self, customer: &Customer) -> Purchases {
        let none = Total { profit: Some(0), ..Total::default() };
        let bought = customer.purchases.and_then(|index| self.purchases.get(index as usize));
        bought.copied().unwrap_or(Purchases { quarter: none, window: none, active: false })
    }

    /// What everyone who bought in the window bought there.
    pub fn windows(&self) -> impl Iterator<Item = Total> {
        self.purchases.iter().map(|purchases| purchases.window)
    }
}

impl Customer {
    /// True if the customer ever bought, in the window or before it.
    pub fn buys(&self) -> bool {
        self.purchases.is_some()
    }

    /// The axes of the loyalty rule: behaviour is a contract, or else repeat purchases.
    pub fn axes(&self, purchases: &Purchases, repeat_purchases: u32) -> Axes {
        let repeats = || {
            let enough = u32::try_from(purchases.window.count).is_ok_and(|count| count >= repeat_purchases);
            self.buys().then_some(enough && purchases.active)
        };
        Axes {
            satisfaction: self.satisfaction,
            staying: self.contract.or_else(repeats),
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
