//! One row of a SELECT, read as what the facts need; whatever does not fit is a fault with its column and value.

use std::{borrow::Cow, fmt::Display, str::FromStr};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use iso_currency::Currency;
use rapport_entities::{At, Calendar};
use rusqlite::types::ValueRef;

use super::rejects::Fault;

/// A value as the SELECT gave it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Missing.
    Null,
    /// Text: what comes straight from a file.
    Text(String),
    /// A number that the SELECT computed, or a literal row's.
    Number(f64),
}

/// A row: the SELECT's names and one value for each.
pub struct Row<'a> {
    /// The SELECT's column names.
    pub columns: &'a [String],
    /// Their values.
    pub values: &'a [Value],
    /// What times and money mean in this import.
    pub reading: &'a Reading,
}

/// What times and money mean in an import.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The company's: it says which quarter a moment is in.
    pub calendar: Calendar,
    /// The files': times without a zone are meant in its zone.
    pub local: Calendar,
    /// Times after this one have not been yet.
    pub now: DateTime<Utc>,
    /// Of purchases that name none.
    pub currency: Option<Currency>,
}

impl Value {
    /// Takes a value out of SQLite, into the memory that the last one left.
    pub fn assign(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => *self = Self::Null,
            // integers beyond 2⁵³ are keys, and keys are text
            ValueRef::Integer(integer) if integer.unsigned_abs() > 1 << 53 => {
                *self = Self::Text(integer.to_string())
            }
            ValueRef::Integer(integer) => *self = Self::Number(integer as f64),
            ValueRef::Real(real) => *self = Self::Number(real),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                match self {
                    Self::Text(last) => text.as_ref().clone_into(last),
                    other => *other = Self::Text(text.into_owned()),
                }
            }
        }
    }

    /// As it would stand in a file; empty if missing.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Row<'_> {
    /// The value of a column; missing if the SELECT has no such column.
    pub fn value(&self, column: &str) -> &Value {
        self.columns.iter().position(|name| name == column).map_or(&Value::Null, |index| &self.values[index])
    }

    /// A fault in this row.
    pub fn fault(&self, column: &str, reason: impl Display) -> Fault {
        Fault { column: column.to_owned(), value: self.value(column).shown(), reason: reason.to_string() }
    }

    /// Text without the space around it.
    pub fn text(&self, column: &str) -> Option<String> {
        self.word_of(column).map(Cow::into_owned)
    }

    /// The same, where it need not be kept.
    fn word_of(&self, column: &str) -> Option<Cow<'_, str>> {
        match self.value(column) {
            Value::Null => None,
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
            number @ Value::Number(_) => Some(Cow::Owned(number.shown())),
        }
    }

    /// Text that must be there.
    pub fn required(&self, column: &str) -> Result<String, Fault> {
        self.text(column).ok_or_else(|| self.missing(column))
    }

    /// The key of the customer that a column names.
    pub fn customer_id(&self, column: &str) -> Result<i64, Fault> {
        let code = self.word_of(column).ok_or_else(|| self.missing(column))?;
        Ok(rapport_entities::customer_id(&code))
    }

    fn missing(&self, column: &str) -> Fault {
        self.fault(column, "it is missing")
    }

    /// A finite number.
    pub fn number(&self, column: &str) -> Result<Option<f64>, Fault> {
        let number = match self.value(column) {
            Value::Null => return Ok(None),
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
        };
        number
            .filter(|number: &f64| number.is_finite())
            .map(Some)
            .ok_or_else(|| self.fault(column, "it is not a number"))
    }

    /// A whole number of 32 bits.
    pub fn integer(&self, column: &str) -> Result<Option<i32>, Fault> {
        let Some(number) = self.number(column)? else { return Ok(None) };
        let whole = number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX);
        // checked to be whole and to fit
        if whole { Ok(Some(number as i32)) } else { Err(self.fault(column, "it is not a whole number")) }
    }

    /// True or false, written in any of the usual ways.
    pub fn flag(&self, column: &str) -> Result<Option<bool>, Fault> {
        let Some(text) = self.word_of(column) else { return Ok(None) };
        match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "y" => Ok(Some(true)),
            "0" | "false" | "no" | "n" => Ok(Some(false)),
            _ => Err(self.fault(column, "it is neither true nor false")),
        }
    }

    /// One of an enumeration's words.
    pub fn word<T: FromStr<Err: Display>>(&self, column: &str) -> Result<Option<T>, Fault> {
        self.word_of(column)
            .map(|text| text.to_lowercase().parse().map_err(|error| self.fault(column, error)))
            .transpose()
    }

    /// A moment; a time without a zone is the company's, a day is its first moment.
    pub fn moment(&self, column: &str) -> Result<Option<At>, Fault> {
        let Some(text) = self.word_of(column) else { return Ok(None) };
        let moment = moment(&text, &self.reading.local).ok_or_else(|| {
            self.fault(
                column,
                "it is not a time; write 2026-09-30, 2026-09-30 23:30:00 or 2026-09-30T23:30:00Z",
            )
        })?;
        Ok(Some(sea_orm::prelude::ChronoUnixTimestampMillis(moment)))
    }

    /// A moment that must be there and have been.
    pub fn past(&self, column: &str) -> Result<At, Fault> {
        let at = self.moment(column)?.ok_or_else(|| self.missing(column))?;
        if at.0 > self.reading.now {
            return Err(self.fault(column, "it lies in the future"));
        }
        Ok(at)
    }

    /// The currency of the row's money.
    pub fn currency(&self) -> Result<Currency, Fault> {
        match self.word_of("currency") {
            Some(code) => Currency::from_code(&code.to_uppercase())
                .ok_or_else(|| self.fault("currency", "it is no ISO 4217 currency, such as CNY or USD")),
            None => self.reading.currency.ok_or_else(|| {
                self.fault(
                    "currency",
                    "it is missing; give `currency` in the SELECT or at the top of the mapping",
                )
            }),
        }
    }

    /// Money in minor units.
    pub fn money(&self, column: &str, currency: Currency) -> Result<Option<i64>, Fault> {
        let digits = u32::from(currency.exponent().unwrap_or(0));
        let minor = match self.value(column) {
            Value::Null => return Ok(None),
            Value::Text(text) => minor_of_text(text.trim(), digits),
            Value::Number(number) => minor_of_number(*number, digits),
        };
        minor.map(Some).ok_or_else(|| {
            self.fault(column, format!("it is no amount of {}, which has {digits} decimals", currency.code()))
        })
    }
}

fn moment(text: &str, calendar: &Calendar) -> Option<DateTime<Utc>> {
    if text.len() == "2026-09-30".len() {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        return Some(calendar.utc(day.and_time(NaiveTime::MIN)));
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|local| calendar.utc(local))
}

/// Exact: no decimal may be lost.
fn minor_of_text(text: &str, digits: u32) -> Option<i64> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let (kept, beyond) = decimals.split_at_checked(digits as usize).unwrap_or((decimals, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && decimals.is_empty())
        || !all_digits(whole)
        || !all_digits(kept)
        || beyond.bytes().any(|b| b != b'0')
    {
        return None;
    }
    let padding = 10_i64.checked_pow(digits - u32::try_from(kept.len()).ok()?)?;
    let part = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i64>().ok() };
    let minor = part(whole)?
        .checked_mul(10_i64.checked_pow(digits)?)?
        .checked_add(part(kept)?.checked_mul(padding)?)?;
    Some(if negative { -minor } else { minor })
}

/// A sum that SQL computed in floating point: its error is far below a minor unit, a lost decimal is not.
fn minor_of_number(number: f64, digits: u32) -> Option<i64> {
    let minor = number * 10_f64.powi(i32::try_from(digits).ok()?);
    let whole = minor.round();
    // beyond 2⁵³ a double does not count minor units any more
    ((minor - whole).abs() < 1e-3 && whole.abs() < 9e15).then_some(whole as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_or_refused() {
        for (text, digits, minor) in [
            ("29.33", 2, Some(2933)),
            ("29.3", 2, Some(2930)),
            ("-0.05", 2, Some(-5)),
            ("29", 2, Some(2900)),
            (".5", 2, Some(50)),
            ("1200", 0, Some(1200)),
            ("1.230", 2, Some(123)),
            ("1.234", 2, None),
            ("1,234.00", 2, None),
            ("", 2, None),
            ("-", 2, None),
            ("1e3", 2, None),
            ("99999999999999999999", 2, None),
        ] {
            assert_eq!(minor_of_text(text, digits), minor, "{text}");
        }
        assert_eq!(minor_of_number(109.9 + 25.51, 2), Some(13541));
        assert_eq!(minor_of_number(10.005, 2), None);
        assert_eq!(minor_of_number(f64::NAN, 2), None);
    }
}
