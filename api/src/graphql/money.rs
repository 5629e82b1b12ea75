//! Money as the API gives it: stored in minor units, told in major ones, once as a float and once exactly.

use iso_currency::Currency;

/// How the amounts of a currency are told.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    decimals: u32,
}

impl Money {
    /// Of the currency with this ISO 4217 code; two decimals if it is none, or has none.
    pub fn of(currency: Option<&str>) -> Self {
        let exponent = currency.and_then(Currency::from_code).and_then(|currency| currency.exponent());
        Self { decimals: exponent.map_or(2, u32::from) }
    }

    /// In major units.
    pub fn float(self, minor: i64) -> f64 {
        minor as f64 / 10_f64.powi(self.decimals as i32)
    }

    /// Minor units of an amount in major ones.
    pub fn minor(self, major: f64) -> i64 {
        (major * 10_f64.powi(self.decimals as i32)).round() as i64
    }

    /// In major units, exactly.
    pub fn decimal(self, minor: i64) -> String {
        let unit = 10_u64.pow(self.decimals);
        let sign = if minor < 0 { "-" } else { "" };
        let (major, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        match self.decimals {
            0 => format!("{sign}{major}"),
            width => format!("{sign}{major}.{rest:0width$}", width = width as usize),
        }
    }
}
