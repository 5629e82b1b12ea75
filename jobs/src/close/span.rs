//! The moments a close reads between.

use chrono::{DateTime, Utc};
use rapport_entities::{Calendar, Quarter};

use crate::Rules;

/// The moments a close reads between, as the database's numbers.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The window begins.
    pub window: i64,
    /// The quarters that count as active begin.
    pub active: i64,
    /// The quarter begins.
    pub quarter: i64,
    /// The next quarter begins.
    pub end: i64,
}

impl Span {
    /// The span of a quarter under these rules.
    pub fn of(quarter: Quarter, calendar: &Calendar, rules: &Rules) -> Self {
        let back = |quarters: u32| {
            let quarters = i32::try_from(quarters).unwrap_or(i32::MAX);
            millis(calendar.start(quarter.plus(1 - quarters)))
        };
        Self {
            window: back(rules.window_quarters),
            active: back(rules.active_quarters),
            quarter: millis(calendar.start(quarter)),
            end: millis(calendar.end(quarter)),
        }
    }
}

fn millis(moment: DateTime<Utc>) -> i64 {
    moment.timestamp_millis()
}
