//! The close of a quarter: load in one pass, estimate, store a set nobody sees, draw its charts, then publish by a
//! transaction on the ledger alone, if the inputs are still those that were read.

mod answers;
mod attempt;
mod buying;
mod cohorts;
mod concentration;
mod contracts;
mod customers;
mod divisions;
mod draw;
mod drivers;
mod estimation;
mod gathering;
mod heart;
mod inputs;
mod judge;
mod model;
mod paths;
mod retention;
mod rules_in_words;
mod scores;
mod segments;
mod span;
mod store;
mod structure;
mod survey;
mod weighting;
mod worth;

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use rapport_entities::{Database, Quarter, period_inputs, published};
use serde::Serialize;

use self::attempt::Attempt;
use crate::{
    Error, Settings,
    ledger::{self, Answer},
};

pub(crate) use attempt::minor_units;
pub use draw::artifact_name;
pub use rules_in_words::{loyalty_rule, metric as metric_name, metric_rule, value_rule};

/// Who asks for a close, and of what kind.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Of a quarter that is not over, or whose data are not all in.
    pub provisional: bool,
    /// Who or what asks: `command line`, `schedule`.
    pub reason: String,
    /// Which process works.
    pub owner: String,
}

/// What became of a close.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A new revision.
    Published {
        /// The quarter.
        quarter: Quarter,
        /// Its new revision.
        revision: i32,
        /// What it was made of.
        totals: Totals,
    },
    /// These inputs were closed under these rules before.
    AlreadyDone {
        /// The quarter.
        quarter: Quarter,
    },
}

/// The control totals of a set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Known at the end of the quarter.
    pub customers: i64,
    /// In the quarter.
    pub responses: u64,
    /// In the quarter.
    pub purchases: i64,
    /// In the quarter, minor units.
    pub revenue: i64,
    /// High turnover from here, minor units.
    pub turnover_cut: Option<f64>,
    /// High profitability from here.
    pub profitability_cut: Option<f64>,
}

/// Data may change under a close; then it reads again, but not for ever.
const TRIES: u32 = 3;

/// Closes a quarter.
pub async fn close(
    database: &Database,
    settings: &Settings,
    quarter: Quarter,
    ask: &Ask,
    progress: &ProgressBar,
    now: DateTime<Utc>,
) -> Result<Outcome, Error> {
    settings.validate()?;
    for _ in 0..TRIES {
        let inputs = ready(database, settings, quarter, ask, now).await?;
        let attempt = Attempt::new(database, settings, &inputs, ask).await?;
        if attempt.is_done(ask).await? {
            return Ok(Outcome::AlreadyDone { quarter });
        }
        let claim = match ledger::claim(database, &attempt.request, &ask.owner, now).await? {
            Answer::Done => return Ok(Outcome::AlreadyDone { quarter }),
            Answer::Busy => return Err(Error::Busy { what: format!("the close of {quarter}") }),
            Answer::Claimed(claim) => claim,
        };
        match attempt.run(&claim, progress, now).await {
            Ok(Some(outcome)) => return Ok(outcome),
            Ok(None) => tracing::info!(%quarter, "the data changed while they were read; reading them again"),
            Err(error) => {
                ledger::fail(database, &claim, &error.to_string()).await?;
                return Err(error);
            }
        }
    }
    Err(Error::Superseded { quarter })
}

/// Closes every quarter that is over, has data and is not closed with them, oldest first; of a provisional ask, the
/// current quarter alone.
pub async fn close_all(
    database: &Database,
    settings: &Settings,
    ask: &Ask,
    progress: &ProgressBar,
    now: DateTime<Utc>,
) -> Result<Vec<Outcome>, Error> {
    let current = settings.calendar.quarter_of(now);
    let quarters = ledger::quarters(database).await?;
    let mut outcomes = Vec::new();
    for inputs in quarters.iter().filter(|inputs| (inputs.quarter < current) != ask.provisional) {
        if ask.provisional && inputs.quarter != current {
            continue;
        }
        if is_current(database, inputs, ask).await? {
            outcomes.push(Outcome::AlreadyDone { quarter: inputs.quarter });
            continue;
        }
        outcomes.push(close(database, settings, inputs.quarter, ask, progress, now).await?);
    }
    Ok(outcomes)
}

/// True if the newest revision is of these inputs and compares with the newest of the quarter before. A changed rule
/// restates a quarter only when that is asked for by name.
async fn is_current(database: &Database, inputs: &period_inputs::Model, ask: &Ask) -> Result<bool, Error> {
    let newest = published::revision(database, inputs.quarter, None).await?;
    let before = published::revision(database, inputs.quarter.previous(), None).await?;
    let year_before = published::revision(database, inputs.quarter.plus(-4), None).await?;
    Ok(newest.is_some_and(|newest| {
        newest.inputs_version == inputs.version
            && inputs.open_imports == 0
            && newest.provisional <= ask.provisional
            && newest.previous_set_id == before.map(|before| before.set_id)
            && newest.year_before_set_id == year_before.map(|before| before.set_id)
    }))
}

/// The inputs of a quarter that can be closed.
async fn ready(
    database: &Database,
    settings: &Settings,
    quarter: Quarter,
    ask: &Ask,
    now: DateTime<Utc>,
) -> Result<period_inputs::Model, Error> {
    let Some(inputs) = ledger::inputs(database, quarter).await? else {
        let quarters = ledger::quarters(database).await?.into_iter().map(|inputs| inputs.quarter).collect();
        return Err(Error::NoData { quarter, quarters });
    };
    if inputs.open_imports > 0 {
        return Err(Error::OpenImport { quarter });
    }
    let (start, end) = (settings.calendar.start(quarter), settings.calendar.end(quarter));
    if (inputs.starts_at.0, inputs.ends_at.0) != (start, end) {
        return Err(Error::Calendar {
            quarter,
            imported: format!("{} to {}", inputs.starts_at.0, inputs.ends_at.0),
            configured: format!("{start} to {end}"),
        });
    }
    if end > now && !ask.provisional {
        let end = settings.calendar.first_day(quarter.next()).pred_opt().unwrap_or_default();
        return Err(Error::NotOver { quarter, end });
    }
    Ok(inputs)
}
