//! The cells of a line, each as GraphQL's answer has the value.

use std::fmt::Write;

use rapport_entities::{At, Calendar};
use sea_orm::{DbErr, QueryResult, TryGetable};
use serde_json::Number;

use crate::graphql::{money::Money, period::Moment};

/// How a cell is written, by the place of its column in the row.
#[derive(Clone, Debug)]
pub enum Cell {
    /// The same in every row.
    Fixed(String),
    /// Words that may be anybody's: no spreadsheet takes them for a formula.
    Text(usize),
    /// A word of ours, in capitals.
    Code(usize),
    /// A whole number.
    Int(usize),
    /// A number.
    Real(usize),
    /// True or false.
    Truth(usize),
    /// Minor units in major ones.
    Amount(usize, Unit),
    /// Minor units in major ones, exactly.
    Decimal(usize, Unit),
    /// Something of a moment.
    Moment(usize, Calendar, fn(&Moment) -> String),
}

/// Of which currency minor units are.
#[derive(Clone, Debug)]
pub enum Unit {
    /// One for all rows.
    One(Money),
    /// The row's own, by the place of its code.
    Own(usize),
}

impl Unit {
    fn of(&self, row: &QueryResult) -> Result<Money, DbErr> {
        match self {
            Self::One(money) => Ok(*money),
            Self::Own(place) => Ok(Money::of(read::<String>(row, *place)?.as_deref())),
        }
    }
}

impl Cell {
    /// A cell that is the same in every row, in words of ours.
    pub fn fixed(value: impl ToString) -> Self {
        Self::Fixed(value.to_string())
    }

    /// Writes the cell of a row; nothing where there is no value.
    pub fn write(&self, row: &QueryResult, text: &mut String) -> Result<(), DbErr> {
        match self {
            Self::Fixed(value) => text.push_str(value),
            Self::Text(place) => {
                if let Some(words) = read::<String>(row, *place)? {
                    escape_formula(&words, text);
                    text.push_str(&words);
                }
            }
            Self::Code(place) => {
                if let Some(word) = read::<String>(row, *place)? {
                    text.extend(word.chars().map(|letter| letter.to_ascii_uppercase()));
                }
            }
            Self::Int(place) => print(text, read::<i64>(row, *place)?),
            Self::Real(place) => print(text, read::<f64>(row, *place)?.and_then(Number::from_f64)),
            Self::Truth(place) => print(text, read::<bool>(row, *place)?),
            Self::Amount(place, unit) => {
                if let Some(minor) = read::<i64>(row, *place)? {
                    print(text, Number::from_f64(unit.of(row)?.float(minor)));
                }
            }
            Self::Decimal(place, unit) => {
                if let Some(minor) = read::<i64>(row, *place)? {
                    text.push_str(&unit.of(row)?.decimal(minor));
                }
            }
            Self::Moment(place, calendar, part) => {
                if let Some(at) = read::<At>(row, *place)? {
                    text.push_str(&part(&Moment::of(at, calendar)));
                }
            }
        }
        Ok(())
    }
}

/// Makes words text, not a formula, by an apostrophe before what follows; numbers are left as they are.
pub fn escape_formula(words: &str, text: &mut String) {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) && words.parse::<f64>().is_err() {
        text.push('\'');
    }
}

fn read<T: TryGetable>(row: &QueryResult, place: usize) -> Result<Option<T>, DbErr> {
    row.try_get_by_index(place)
}

fn print(text: &mut String, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        // a string takes every byte
        let _ = write!(text, "{value}");
    }
}
