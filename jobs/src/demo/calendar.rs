//! The company's quarters, numbered from 0, as moments of UTC.
//! Every moment handed out lies inside the quarter it was asked of.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::Error;

/// The starts of the company's quarters, and the end of its last.
pub(super) struct Calendar {
    /// Quarters since year 0, of quarter 0.
    first: i32,
    starts: Vec<DateTime<Utc>>,
}

impl Calendar {
    /// The `quarters` quarters that end with `last`.
    pub(super) fn ending(last: (i32, u8), quarters: usize) -> Result<Self, Error> {
        let (year, quarter) = last;
        let wrong = || Error::Quarter { year, quarter };
        if !(1..=9999).contains(&year) || !(1..=4).contains(&quarter) {
            return Err(wrong());
        }
        let length = i32::try_from(quarters).map_err(|_| wrong())?;
        let end = year * 4 + i32::from(quarter);
        let first = end.checked_sub(length).filter(|first| *first >= 4).ok_or_else(wrong)?;
        let starts = (first..=end).map(start).collect::<Option<_>>().ok_or_else(wrong)?;
        Ok(Self { first, starts })
    }

    /// How the quarter is written: `2026-Q3`.
    pub(super) fn name(&self, quarter: usize) -> String {
        let number = self.number(quarter);
        format!("{}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1)
    }

    /// The last day of the quarter, as files write it; also of quarters after the company's last.
    pub(super) fn last_day(&self, quarter: usize) -> String {
        let next = start(self.number(quarter) + 1).and_then(|start| start.date_naive().pred_opt());
        next.map(|day| day.to_string()).unwrap_or_default()
    }

    /// The moment a part of the quarter has passed; `part` is from 0 up to 1.
    pub(super) fn moment(&self, quarter: usize, part: f64) -> DateTime<Utc> {
        let (start, end) = (self.starts[quarter], self.starts[quarter + 1]);
        let length = (end - start).num_seconds();
        let seconds = (length as f64 * part) as i64;
        start + TimeDelta::seconds(seconds.clamp(0, length - 1))
    }

    /// How many quarters there are.
    pub(super) fn quarters(&self) -> i32 {
        self.starts.len() as i32 - 1
    }

    /// The first moment after the last quarter: nothing later has happened yet.
    pub(super) fn end(&self) -> DateTime<Utc> {
        self.starts[self.starts.len() - 1]
    }

    /// Which quarter of its year a quarter is, from 0 to 3; also of quarters before the company's first.
    pub(super) fn season(&self, quarter: i32) -> usize {
        (self.first + quarter).rem_euclid(4) as usize
    }

    fn number(&self, quarter: usize) -> i32 {
        self.first + quarter as i32
    }
}

/// The first moment of a quarter counted from year 0.
fn start(number: i32) -> Option<DateTime<Utc>> {
    let month = number.rem_euclid(4) as u32 * 3 + 1;
    let day = NaiveDate::from_ymd_opt(number.div_euclid(4), month, 1)?;
    Some(day.and_time(NaiveTime::MIN).and_utc())
}
