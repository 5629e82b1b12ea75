//! The company's calendar: which quarter a moment belongs to, in its time zone and fiscal year.

mod working_hours;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::Quarter;

pub use working_hours::{Span, WorkingHours};

/// Time zone and first month of the fiscal year; quarters are cut by both.
///
/// A fiscal year is named by the calendar year it ends in: with `first_month = 4`, the quarter that starts on
/// 1 April 2026 is `2027-Q1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    /// An IANA time zone, such as `Asia/Shanghai`.
    pub zone: Tz,
    /// 1 (January) to 12.
    pub first_month: u32,
}

/// A calendar that cannot be.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CalendarError {
    /// `first_month` is not a month.
    #[error("calendar.first_month is {0}; give the month the fiscal year starts in, 1 to 12")]
    FirstMonth(u32),
}

impl Default for Calendar {
    fn default() -> Self {
        Self { zone: Tz::UTC, first_month: 1 }
    }
}

impl Calendar {
    /// Fails if the first month is not 1 to 12.
    pub fn validate(&self) -> Result<(), CalendarError> {
        if (1..=12).contains(&self.first_month) {
            Ok(())
        } else {
            Err(CalendarError::FirstMonth(self.first_month))
        }
    }

    /// The quarter a moment is in, there where the company is.
    pub fn quarter_of(&self, moment: DateTime<Utc>) -> Quarter {
        self.quarter_of_date(moment.with_timezone(&self.zone).date_naive())
    }

    /// The quarter a local day is in.
    pub fn quarter_of_date(&self, day: NaiveDate) -> Quarter {
        let months = (day.month() + 12 - self.first_month) % 12;
        let year = day.year() + i32::from(self.first_month > 1 && day.month() >= self.first_month);
        // months is 0..=11, and chrono's years lie far inside what a quarter can hold once clamped
        let number = (months / 3) as u8 + 1;
        Quarter::new(year.clamp(1, 9999), number).unwrap_or_else(|| unreachable!("a month has a quarter"))
    }

    /// The first day of a quarter, in the company's time zone.
    pub fn first_day(&self, quarter: Quarter) -> NaiveDate {
        let first = i32::try_from(self.first_month).unwrap_or(1);
        let month = first - 1 + i32::from(quarter.number() - 1) * 3;
        let year = quarter.year() - i32::from(first > 1) + month.div_euclid(12);
        NaiveDate::from_ymd_opt(year, month.rem_euclid(12).unsigned_abs() + 1, 1).unwrap_or(NaiveDate::MIN)
    }

    /// The moment a quarter starts.
    pub fn start(&self, quarter: Quarter) -> DateTime<Utc> {
        self.utc(self.first_day(quarter).and_time(chrono::NaiveTime::MIN))
    }

    /// The moment the next quarter starts.
    pub fn end(&self, quarter: Quarter) -> DateTime<Utc> {
        self.start(quarter.next())
    }

    /// A local time as a moment: the first of two where clocks go back, the end of the gap where they go forward.
    pub fn utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        utc_of(self.zone, local)
    }
}

fn utc_of(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let mut local = local;
    // no gap in any zone is longer than a day
    for _ in 0..96 {
        if let Some(moment) = zone.from_local_datetime(&local).earliest() {
            return moment.with_timezone(&Utc);
        }
        local += TimeDelta::minutes(15);
    }
    Utc.from_utc_datetime(&local)
}
