//! When a cron expression fires: pure functions of the expression, the company's zone and the time.
//!
//! A local time that two moments have (clocks going back) fires once, at the first of them; one that no moment has
//! (clocks going forward) fires once, at the end of the gap. Expressions of intervals follow the moments instead: they
//! fire in both hours of an overlap, and what the gap holds of them is not made up for.

use chrono::{DateTime, NaiveDateTime, Offset, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};
use croner::{
    Cron, Direction,
    parser::{CronParser, Seconds},
};

/// Clocks of our time do not go back further.
const FARTHEST_BACK: TimeDelta = TimeDelta::hours(3);

/// What is written as a schedule is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no cron expression; write seconds, minutes, hours, day, month and weekday, as in `0 30 2 * * *`, \
     or nothing for never"
)]
pub struct NoExpression(pub String);

/// When an expression fires, in a zone.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// None for never.
    cron: Option<Cron>,
    zone: Tz,
    interval: bool,
}

impl Timetable {
    /// Reads an expression with seconds; an empty one is never. Fails if it is none.
    pub fn read(expression: &str, zone: Tz) -> Result<Self, NoExpression> {
        if expression.trim().is_empty() {
            return Ok(Self { cron: None, zone, interval: false });
        }
        // as tokio-cron-scheduler reads it
        let parser = CronParser::builder().seconds(Seconds::Required).dom_and_dow(true).build();
        let cron = parser.parse(expression).map_err(|_| NoExpression(expression.to_owned()))?;
        let interval = is_interval(cron.pattern.as_str());
        Ok(Self { cron: Some(cron), zone, interval })
    }

    /// The first firing after a moment; `None` if there is none.
    #[must_use]
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.nearest(after, Direction::Forward)
    }

    /// The newest firing up to a moment, that itself included; `None` if there is none.
    #[must_use]
    pub fn latest(&self, upto: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.nearest(upto, Direction::Backward)
    }

    /// Every firing after `from` and up to `to`, that itself included.
    #[must_use]
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let mut at = from;
        let following = || {
            at = self.next(at).filter(|next| *next <= to)?;
            Some(at)
        };
        std::iter::from_fn(following).collect()
    }

    /// Goes through the local times in one direction. Around an overlap their moments are not in their order, so the
    /// search begins before the moment and goes on beyond the first find, as far as the order can be broken.
    fn nearest(&self, moment: DateTime<Utc>, direction: Direction) -> Option<DateTime<Utc>> {
        // a firing is a whole second
        let moment = moment.trunc_subsecs(0);
        let margin = self.disorder(moment);
        let forward = direction == Direction::Forward;
        let mut local = moment.with_timezone(&self.zone).naive_local();
        // backward the moment itself is looked at too
        local = if forward { local - margin } else { local + margin + TimeDelta::seconds(1) };
        let on_its_side = |at: &DateTime<Utc>| if forward { *at > moment } else { *at <= moment };
        let mut first = None;
        let mut found = Vec::new();
        while let Some(next) = self.local(local, direction) {
            if first.is_some_and(|first: NaiveDateTime| (next - first).abs() > margin) {
                break;
            }
            found.extend(self.moments(next).into_iter().filter(on_its_side));
            first = first.or_else(|| found.first().map(|_| next));
            local = next;
        }
        if forward { found.into_iter().min() } else { found.into_iter().max() }
    }

    /// How far local times around a moment can be out of order: not at all, unless clocks go back.
    fn disorder(&self, moment: DateTime<Utc>) -> TimeDelta {
        let offset = |at: DateTime<Utc>| at.with_timezone(&self.zone).offset().fix().local_minus_utc();
        let goes_back = offset(moment - FARTHEST_BACK) > offset(moment + FARTHEST_BACK);
        if goes_back { FARTHEST_BACK } else { TimeDelta::zero() }
    }

    /// The next local time of the expression in a direction. UTC has neither gap nor overlap, so that croner's own
    /// treatment of them, which looks at no moment, stays out.
    fn local(&self, from: NaiveDateTime, direction: Direction) -> Option<NaiveDateTime> {
        let (cron, from) = (self.cron.as_ref()?, Utc.from_utc_datetime(&from));
        let found = match direction {
            Direction::Forward => cron.find_next_occurrence(&from, false),
            Direction::Backward => cron.find_previous_occurrence(&from, false),
        };
        found.ok().map(|at| at.naive_utc())
    }

    /// The moments at which a local time fires.
    fn moments(&self, local: NaiveDateTime) -> Vec<DateTime<Utc>> {
        let utc = |at: DateTime<Tz>| at.with_timezone(&Utc);
        match self.zone.from_local_datetime(&local) {
            chrono::LocalResult::Single(at) => vec![utc(at)],
            chrono::LocalResult::Ambiguous(first, second) if self.interval => vec![utc(first), utc(second)],
            chrono::LocalResult::Ambiguous(first, _) => vec![utc(first)],
            chrono::LocalResult::None if self.interval => Vec::new(),
            chrono::LocalResult::None => {
                GapInfo::new(&local, &self.zone).and_then(|gap| gap.end).map(utc).into_iter().collect()
            }
        }
    }
}

/// An expression of intervals has a range or a step in its seconds, minutes or hours: `*`, `*/15`, `9-17`. Lists of
/// times are times.
fn is_interval(pattern: &str) -> bool {
    pattern.split_whitespace().take(3).any(|field| field.contains(['*', '/', '-']))
}

/// Every firing of an expression after `from` and up to `to`, that itself included. Fails if it is no expression.
pub fn firings(
    expression: &str,
    zone: Tz,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, NoExpression> {
    Timetable::read(expression, zone).map(|timetable| timetable.between(from, to))
}

/// The first firing of an expression after a moment. Fails if it is no expression.
pub fn next(expression: &str, zone: Tz, after: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, NoExpression> {
    Timetable::read(expression, zone).map(|timetable| timetable.next(after))
}

/// The name of a firing, such as `2026-11-22T04:00+08:00`: the ledger's period, the same wherever it is reckoned.
#[must_use]
pub fn period(firing: DateTime<Utc>, zone: Tz) -> String {
    let local = firing.with_timezone(&zone);
    let seconds = if local.format("%S").to_string() == "00" { "" } else { ":%S" };
    local.format(&format!("%Y-%m-%dT%H:%M{seconds}%:z")).to_string()
}
