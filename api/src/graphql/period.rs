//! When: a stretch of time as arguments name it, cut by the company's calendar.

use std::sync::Arc;

use async_graphql::{Context, SimpleObject};
use chrono::{NaiveTime, Utc};
use rapport_entities::{At, Calendar, Quarter};
use sea_orm::{ColumnTrait, Condition};

use super::{
    reading,
    scalar::{Date, DateTime},
};
use crate::Error;

/// The company's calendar.
pub fn calendar(context: &Context<'_>) -> Result<Calendar, Error> {
    let settings = context.data::<Arc<rapport_jobs::Settings>>();
    settings.map(|settings| settings.calendar).map_err(|error| Error::NotFound(error.message))
}

/// The first day of a quarter.
pub fn first_day(calendar: &Calendar, quarter: Quarter) -> Date {
    Date(calendar.first_day(quarter))
}

/// A stretch of time: from a moment, before a moment; an end that is not given is open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Period {
    /// The first moment.
    pub from: Option<chrono::DateTime<Utc>>,
    /// The moment after the last.
    pub before: Option<chrono::DateTime<Utc>>,
}

impl Period {
    /// What a quarter and two days, the last one included, have in common. Fails if the quarter is not one.
    pub fn of(
        calendar: &Calendar,
        quarter: Option<&str>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Self, Error> {
        let quarter = quarter.map(reading::parse).transpose()?;
        let from = from.map(|day| calendar.utc(day.0.and_time(NaiveTime::MIN)));
        let next = to.and_then(|day| day.0.succ_opt());
        let before = next.map(|day| calendar.utc(day.and_time(NaiveTime::MIN)));
        Ok(Self {
            // the later of two that are given; none is earlier than any
            from: quarter.map(|quarter| calendar.start(quarter)).max(from),
            before: quarter.map(|quarter| calendar.end(quarter)).into_iter().chain(before).min(),
        })
    }

    /// That a moment lies in it.
    pub fn holds<C: ColumnTrait>(self, at: C) -> Condition {
        let stored = sea_orm::prelude::ChronoUnixTimestampMillis;
        Condition::all()
            .add_option(self.from.map(|from| at.gte(stored(from))))
            .add_option(self.before.map(|before| at.lt(stored(before))))
    }
}

/// When something happened.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Moment {
    /// The quarter, written `2026-Q3`.
    pub quarter: String,
    /// The quarter's first day.
    pub quarter_start: Date,
    /// The day, where the company is.
    pub date: Date,
    /// The moment.
    pub at: DateTime,
}

impl Moment {
    /// Of a stored moment.
    pub fn of(at: At, calendar: &Calendar) -> Self {
        let date = at.with_timezone(&calendar.zone).date_naive();
        let quarter = calendar.quarter_of_date(date);
        Self {
            quarter: quarter.to_string(),
            quarter_start: first_day(calendar, quarter),
            date: Date(date),
            at: DateTime(*at),
        }
    }
}
