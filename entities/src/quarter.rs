//! One quarter of a (fiscal) year, written `2026-Q3`. Its text sorts as time does.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// A quarter of a fiscal year. A fiscal year is named by the calendar year it ends in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType,
)]
#[sea_orm(value_type = "String")]
#[serde(try_from = "String", into = "String")]
pub struct Quarter {
    year: i32,
    number: u8,
}

/// The text is not a quarter.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is not a quarter; write the year and the quarter as in 2026-Q3")]
pub struct QuarterError(String);

impl Quarter {
    /// The quarter `number` (1 to 4) of `year` (1 to 9999); `None` outside of these.
    pub fn new(year: i32, number: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=4).contains(&number)).then_some(Self { year, number })
    }

    /// The fiscal year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 to 4.
    pub fn number(self) -> u8 {
        self.number
    }

    /// The quarter `quarters` after this one (before it, if negative).
    pub fn plus(self, quarters: i32) -> Self {
        let index = self.year * 4 + i32::from(self.number) - 1 + quarters;
        // rem_euclid(4) is 0..=3
        Self { year: index.div_euclid(4), number: index.rem_euclid(4) as u8 + 1 }
    }

    /// The quarter before.
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// The quarter after.
    pub fn next(self) -> Self {
        self.plus(1)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, QuarterError> {
        let parse = || {
            let (year, number) = text.split_once("-Q")?;
            let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            Self::new(
                year.parse().ok().filter(|_| digits)?,
                number.parse().ok().filter(|_| number.len() == 1)?,
            )
        };
        parse().ok_or_else(|| QuarterError(text.to_owned()))
    }
}

impl TryFrom<String> for Quarter {
    type Error = QuarterError;

    fn try_from(text: String) -> Result<Self, QuarterError> {
        text.parse()
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        quarter.to_string()
    }
}

/// A key column must say that it is not made by counting.
impl sea_orm::TryFromU64 for Quarter {
    fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
        Err(sea_orm::DbErr::ConvertFromU64("Quarter"))
    }
}
