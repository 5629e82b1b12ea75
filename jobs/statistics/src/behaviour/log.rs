//! A log of purchases to one history per buyer, in one pass that holds one buyer at a time.
//!
//! Rows of one day are one purchase. A negative amount is a refund: money back, never a purchase.

use super::{Buyer, BuyerError};

/// A row of the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purchase {
    /// The buyer's number.
    pub customer: u64,
    /// Day number, of any epoch.
    pub day: i32,
    /// Money; 0 counts as a purchase, below 0 is a refund.
    pub money: f64,
}

/// What a buyer bought up to the end of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// The buyer's number.
    pub customer: u64,
    /// Day of the first purchase.
    pub first_day: i32,
    /// Day of the last purchase.
    pub last_day: i32,
    /// Days with a purchase: the frequency of RFM.
    pub purchase_days: u32,
    /// Money of all purchases, before refunds.
    pub gross: f64,
    /// Money of the first day, before refunds.
    pub first_day_money: f64,
    /// Money paid back, as a positive amount.
    pub refunds: f64,
}

impl History {
    /// Money of all purchases after refunds: the monetary value of RFM. Below 0 if more was paid back than bought.
    #[must_use]
    pub fn net(&self) -> f64 {
        self.gross - self.refunds
    }

    /// RFM's recency, last-to-now: days from the last purchase to the window's last day.
    #[must_use]
    pub fn days_since_last(&self, end: i32) -> u32 {
        if end < self.last_day { 0 } else { end.abs_diff(self.last_day) }
    }

    /// The buyer as the models see one at the window's last day, in units of so many days (7 for weeks). The models'
    /// recency is first-to-last.
    ///
    /// A refund cannot be told to belong to one purchase, so it lowers the mean spend of all in proportion; who got
    /// everything back has a mean spend of 0.
    ///
    /// # Errors
    /// [`BuyerError::Setting`] for a unit that is not positive and finite or too small to count in, or an end before the
    /// last purchase.
    pub fn buyer(&self, end: i32, unit_days: f64) -> Result<Buyer, BuyerError> {
        if !(unit_days > 0.0 && unit_days.is_finite()) {
            return Err(BuyerError::Setting { name: "unit_days" });
        }
        if end < self.last_day {
            return Err(BuyerError::Setting { name: "end" });
        }
        let units = |to: i32| (f64::from(to) - f64::from(self.first_day)) / unit_days;
        if !units(end).is_finite() {
            return Err(BuyerError::Setting { name: "unit_days" });
        }
        let repeats = self.purchase_days.saturating_sub(1);
        let kept = if self.refunds > 0.0 { (1.0 - self.refunds / self.gross).max(0.0) } else { 1.0 };
        let mean = (self.gross - self.first_day_money).max(0.0) / f64::from(repeats.max(1)) * kept;
        let mean_repeat_spend = if repeats > 0 && mean.is_finite() { mean } else { 0.0 };
        Ok(Buyer { repeats, last: units(self.last_day), age: units(end), mean_repeat_spend })
    }

    fn start(row: &Purchase) -> Self {
        Self {
            customer: row.customer,
            first_day: row.day,
            last_day: row.day,
            purchase_days: 0,
            gross: 0.0,
            first_day_money: 0.0,
            refunds: 0.0,
        }
    }

    fn add(&mut self, row: &Purchase) {
        if row.money < 0.0 {
            self.refunds -= row.money;
            return;
        }
        if self.purchase_days == 0 {
            self.first_day = row.day;
        }
        if self.purchase_days == 0 || row.day != self.last_day {
            (self.purchase_days, self.last_day) = (self.purchase_days + 1, row.day);
        }
        self.gross += row.money;
        if row.day == self.first_day {
            self.first_day_money += row.money;
        }
    }
}

/// Reads a log sorted by customer, then day, into one history per customer with a purchase up to the day `end`.
///
/// Rows after `end` are left out; a customer with refunds only has none.
pub fn histories<I: Iterator<Item = Purchase>>(log: I, end: i32) -> Histories<I> {
    Histories { log, end, current: None, day: i32::MIN, failed: false }
}

/// The histories of a log, one at a time; nothing follows an error.
#[derive(Clone, Debug)]
pub struct Histories<I> {
    log: I,
    end: i32,
    current: Option<History>,
    day: i32,
    failed: bool,
}

impl<I: Iterator<Item = Purchase>> Histories<I> {
    /// Takes a row in; gives back the history it closes.
    fn take(&mut self, row: &Purchase) -> Result<Option<History>, BuyerError> {
        let (customer, day) = (row.customer, row.day);
        if !row.money.is_finite() {
            return Err(BuyerError::MoneyNotFinite { customer, day });
        }
        let closed = match &mut self.current {
            Some(history) if history.customer == customer => {
                if day < self.day {
                    return Err(BuyerError::OutOfOrder { customer, day });
                }
                None
            }
            Some(history) if history.customer > customer => {
                return Err(BuyerError::OutOfOrder { customer, day });
            }
            current => current.replace(History::start(row)),
        };
        self.day = day;
        if let Some(history) = self.current.as_mut().filter(|_| day <= self.end) {
            history.add(row);
            if !(history.gross.is_finite() && history.refunds.is_finite()) {
                return Err(BuyerError::MoneyNotFinite { customer, day });
            }
        }
        Ok(closed.filter(|history| history.purchase_days > 0))
    }
}

impl<I: Iterator<Item = Purchase>> Iterator for Histories<I> {
    type Item = Result<History, BuyerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        while let Some(row) = self.log.next() {
            match self.take(&row) {
                Ok(None) => {}
                Ok(Some(history)) => return Some(Ok(history)),
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
        self.current.take().filter(|history| history.purchase_days > 0).map(Ok)
    }
}
