//! The scalars `Date` and `DateTime`, by the names that BI tools know.

use std::fmt;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{Datelike, NaiveDate, SecondsFormat, Utc};

/// A day, written `2026-07-01` (ISO 8601).
#[derive(Clone, Copy, Debug)]
pub struct Date(pub NaiveDate);

/// A moment in UTC, written `2026-07-01T00:00:00Z` (RFC 3339).
#[derive(Clone, Copy, Debug)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// A day, written `2026-07-01` (ISO 8601).
#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Ok(Self(within(text.parse()?)?)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// A moment in UTC, written `2026-07-01T00:00:00Z` (RFC 3339).
#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                let moment = chrono::DateTime::parse_from_rfc3339(text)?;
                within(moment.date_naive())?;
                Ok(Self(moment.with_timezone(&Utc)))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A day that quarters can be reckoned from. Fails outside of the years 1 to 9999.
fn within(day: NaiveDate) -> Result<NaiveDate, &'static str> {
    (1..=9999).contains(&day.year()).then_some(day).ok_or("the year must be 1 to 9999")
}
