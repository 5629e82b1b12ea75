//! Working hours: a clock that stands still at night, on holidays and at weekends. Moments come in and go out in UTC; it
//! reads no clock.

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::utc_of;

/// A stretch of a working day, written `09:00-12:30`; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    /// Minutes from midnight.
    from: u16,
    /// Minutes from midnight, not included; up to 1,440.
    to: u16,
}

/// The text is no stretch of a day.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is no stretch of a day; write it as in 09:00-12:30, up to 24:00")]
pub struct SpanError(String);

/// When work is done, where the company is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingHours {
    /// The time zone.
    pub zone: Tz,
    /// From Monday to Sunday, the stretches of each day; of one day in their order and apart.
    pub weekdays: [Vec<Span>; 7],
    /// The stretches of days that are worked in spite of their weekday.
    pub extra: Vec<Span>,
    /// Days on which nobody works.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days that are worked in spite of their weekday, such as those that make up for a holiday.
    pub workdays: BTreeSet<NaiveDate>,
}

/// So many stretches of work, or days without, are looked through; calendars that have none end the search here.
const FAR: usize = 20_000;

impl WorkingHours {
    /// The moment at which so much working time has passed; `from` itself for none. In a calendar without working hours
    /// that is as late as there is.
    pub fn due(&self, from: DateTime<Utc>, duration: TimeDelta) -> DateTime<Utc> {
        let mut left = duration;
        if left <= TimeDelta::zero() {
            return from;
        }
        for (start, end) in self.stretches(from).take(FAR) {
            let worked = end - start;
            if worked >= left {
                return start + left;
            }
            left -= worked;
        }
        DateTime::<Utc>::MAX_UTC
    }

    /// The working time between two moments; none if `to` is not after `from`.
    pub fn worked(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let within = self.stretches(from).take_while(|(start, _)| *start < to);
        within.fold(TimeDelta::zero(), |sum, (start, end)| sum + (end.min(to) - start))
    }

    /// The stretches of work from a moment on, in their order; what is left of the one that runs comes first. There is one
    /// for every day without work too, of no length, so that a search ends.
    fn stretches(&self, from: DateTime<Utc>) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let first = from.with_timezone(&self.zone).date_naive();
        let days = std::iter::successors(Some(first), |day| day.succ_opt());
        days.flat_map(move |day| {
            let midnight = utc_of(self.zone, day.and_time(NaiveTime::MIN)).max(from);
            let spans = self.spans(day).iter().map(move |span| {
                let (start, end) = (self.moment(day, span.from), self.moment(day, span.to));
                (start.max(from), end.max(from))
            });
            std::iter::once((midnight, midnight)).chain(spans)
        })
    }

    /// The stretches of a day.
    fn spans(&self, day: NaiveDate) -> &[Span] {
        let weekday = &self.weekdays[day.weekday().num_days_from_monday() as usize];
        match (self.workdays.contains(&day), self.holidays.contains(&day)) {
            (true, _) if weekday.is_empty() => &self.extra,
            (true, _) => weekday,
            (false, true) => &[],
            (false, false) => weekday,
        }
    }

    fn moment(&self, day: NaiveDate, minute: u16) -> DateTime<Utc> {
        utc_of(self.zone, day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into()))
    }
}

impl Span {
    /// Whether it ends before the other begins, or where it begins.
    pub fn is_before(self, other: Self) -> bool {
        self.to <= other.from
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl TryFrom<String> for Span {
    type Error = SpanError;

    fn try_from(text: String) -> Result<Self, SpanError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let two = |text: &str| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u16>().ok().filter(|_| digits)
        };
        let minute = |text: &str| {
            let (hours, minutes) = text.split_once(':')?;
            let (hours, minutes) = (two(hours)?, two(minutes).filter(|minutes| *minutes < 60)?);
            Some(hours * 60 + minutes).filter(|minute| *minute <= 24 * 60)
        };
        let span = || {
            let (from, to) = text.split_once('-')?;
            let span = Self { from: minute(from.trim())?, to: minute(to.trim())? };
            (span.from < span.to).then_some(span)
        };
        span().ok_or_else(|| SpanError(text.to_owned()))
    }
}
