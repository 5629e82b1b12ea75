//! The value classes A–D: turnover × profitability.

/// Turnover × profitability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueClass {
    /// High turnover, high profitability.
    A,
    /// High turnover, low profitability.
    B,
    /// Low turnover, low profitability.
    C,
    /// Low turnover, high profitability.
    D,
}

/// Where the cuts come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueRule {
    /// The medians of the customers with turnover: half of them are high on each axis.
    Median,
    /// Cuts that the company set.
    Fixed(ValueCuts),
}

/// The cuts themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueCuts {
    /// High from here, in the unit of the turnover given.
    pub turnover: f64,
    /// High from here: profit ÷ turnover.
    pub profitability: f64,
}

impl ValueRule {
    /// The cuts for customers with these turnovers and profits; customers without turnover say nothing of
    /// profitability and are left out, as are those whose turnover or profitability is no number. `None` if nobody is left.
    pub fn cuts(&self, customers: impl Iterator<Item = (f64, f64)>) -> Option<ValueCuts> {
        if let Self::Fixed(cuts) = self {
            return Some(*cuts);
        }
        let (mut turnovers, mut rates): (Vec<f64>, Vec<f64>) = customers
            .filter(|(turnover, _)| *turnover > 0.0)
            .map(|(turnover, profit)| (turnover, profit / turnover))
            .filter(|(turnover, rate)| turnover.is_finite() && rate.is_finite())
            .unzip();
        Some(ValueCuts { turnover: median(&mut turnovers)?, profitability: median(&mut rates)? })
    }
}

impl ValueCuts {
    /// The class of a customer; `None` without turnover, whose profitability does not exist, or where it is no number.
    pub fn classify(&self, turnover: f64, profit: f64) -> Option<ValueClass> {
        if !(turnover > 0.0 && turnover.is_finite() && profit.is_finite()) {
            return None;
        }
        Some(match (turnover >= self.turnover, profit / turnover >= self.profitability) {
            (true, true) => ValueClass::A,
            (true, false) => ValueClass::B,
            (false, false) => ValueClass::C,
            (false, true) => ValueClass::D,
        })
    }
}

/// The median; the mean of the two in the middle if their number is even. `None` of nothing.
fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    if odd {
        return Some(upper);
    }
    let lower = below.iter().copied().max_by(f64::total_cmp)?;
    Some(lower.midpoint(upper))
}
