//! Ranges that filters take: both ends count, and an end that is not given is open.

use async_graphql::InputObject;
use rapport_entities::Calendar;
use sea_orm::{ColumnTrait, Condition, Value};

use super::{money::Money, period::Period, scalar::Date};
use crate::Error;

/// Whole numbers from one to another, both included.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct IntRange {
    /// The lowest; open if not given.
    from: Option<i64>,
    /// The highest; open if not given.
    to: Option<i64>,
}

/// Numbers from one to another, both included.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct FloatRange {
    /// The lowest; open if not given.
    from: Option<f64>,
    /// The highest; open if not given.
    to: Option<f64>,
}

/// Days from one to another, both included, where the company is.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct DateRange {
    /// The first; open if not given.
    from: Option<Date>,
    /// The last; open if not given.
    to: Option<Date>,
}

impl IntRange {
    /// That a number lies in it.
    pub fn holds<C: ColumnTrait>(self, column: C) -> Condition {
        between(column, self.from, self.to)
    }
}

impl FloatRange {
    /// That a number lies in it.
    pub fn holds<C: ColumnTrait>(self, column: C) -> Condition {
        between(column, self.from, self.to)
    }

    /// That an amount in minor units lies in it, which is in major ones.
    pub fn holds_money<C: ColumnTrait>(self, column: C, money: Money) -> Condition {
        between(column, self.from.map(|from| money.minor(from)), self.to.map(|to| money.minor(to)))
    }
}

impl DateRange {
    /// That a moment lies in it.
    pub fn holds<C: ColumnTrait>(self, column: C, calendar: &Calendar) -> Result<Condition, Error> {
        Ok(Period::of(calendar, None, self.from, self.to)?.holds(column))
    }
}

fn between<C: ColumnTrait, V: Into<Value>>(column: C, from: Option<V>, to: Option<V>) -> Condition {
    Condition::all().add_option(from.map(|from| column.gte(from))).add_option(to.map(|to| column.lte(to)))
}
