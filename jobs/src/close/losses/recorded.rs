//! What was recorded in the window: why customers were lost, and what was tried to win them back, as it was known at the
//! end of the quarter.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use rapport_entities::{Database, WinbackOutcome};
use sea_orm::StreamTrait;

use crate::{
    Error,
    close::{
        inputs::{cell, statement},
        span::Span,
    },
};

/// What was recorded in the window.
#[derive(Debug, Default)]
pub struct Recorded {
    reasons: HashMap<i64, String>,
    tries: HashMap<i64, Vec<Try>>,
}

/// An attempt.
#[derive(Clone, Debug)]
pub struct Try {
    /// Open, if what became of it was not known at the end of the quarter.
    pub outcome: WinbackOutcome,
    /// What it cost, with its currency.
    pub cost: Option<(i64, String)>,
}

const LOSSES: &str = "SELECT customer_id, reason FROM customer_loss WHERE at >= $1 AND at < $2 \
     ORDER BY customer_id, at, source, code";

const ATTEMPTS: &str = "SELECT customer_id, outcome, ended_at, cost, currency FROM winback_attempt \
     WHERE at >= $1 AND at < $2 ORDER BY customer_id, at, source, code";

impl Recorded {
    /// Reads it.
    pub async fn read(database: &Database, span: Span) -> Result<Self, Error> {
        let values = || [span.window.into(), span.end.into()];
        let mut recorded = Self::default();
        let mut rows = database.stream_raw(statement(database, LOSSES, values())).await?;
        while let Some(row) = rows.try_next().await? {
            // in the order of time: the latest stays
            recorded.reasons.insert(cell(&row, 0)?, cell(&row, 1)?);
        }
        drop(rows);
        let mut rows = database.stream_raw(statement(database, ATTEMPTS, values())).await?;
        while let Some(row) = rows.try_next().await? {
            let (said, ended): (WinbackOutcome, Option<i64>) = (cell(&row, 1)?, cell(&row, 2)?);
            let (cost, currency): (Option<i64>, Option<String>) = (cell(&row, 3)?, cell(&row, 4)?);
            let known = ended.is_some_and(|ended| ended < span.end);
            let outcome = if known { said } else { WinbackOutcome::Open };
            let tries = recorded.tries.entry(cell(&row, 0)?).or_default();
            tries.push(Try { outcome, cost: cost.zip(currency) });
        }
        Ok(recorded)
    }

    /// The latest reason recorded of a customer.
    pub fn reason(&self, customer: i64) -> Option<&str> {
        self.reasons.get(&customer).map(String::as_str)
    }

    /// What was tried to win a customer back, in the order of time.
    pub fn tries(&self, customer: i64) -> &[Try] {
        self.tries.get(&customer).map_or(&[], Vec::as_slice)
    }
}
