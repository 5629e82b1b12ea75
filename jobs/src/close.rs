//! The close of a quarter: load in one pass, estimate, store a set nobody sees, draw its charts, then publish by a
//! transaction on the ledger alone, if the inputs are still those that were read.

mod answers;
mod attempt;
mod buying;
mod care;
mod cases;
mod cohorts;
mod concentration;
mod contracts;
mod customers;
mod divisions;
mod draw;
mod drivers;
mod effects;
mod estimation;
mod funnels;
mod gathering;
mod handling;
mod inputs;
mod judge;
mod lessons;
mod losses;
mod model;
mod modes;
mod paths;
mod people;
mod prospects;
mod retention;
mod rules_in_words;
mod scores;
mod segments;
mod span;
mod store;
mod structure;
mod survey;
mod themes;
mod verification;
mod weighting;
mod worth;

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, Utc};
use rapport_entities::{Database, Quarter, period_inputs, publication, published};
use serde::Serialize;
use serde_json::Value;

use self::attempt::Attempt;
use crate::{
    Error, Settings,
    job::{Ask, Figures, Work},
    ledger::{self, Claim, Request},
};

pub(crate) use attempt::minor_units;
pub use draw::artifact_name;
pub use rules_in_words::{loyalty_rule, metric_rule, people_rule, value_rule};
pub use verification::verify;

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

/// The closes an ask means, oldest quarter first: the one named, or all that are due. A final close is due when the
/// quarter is over and its newest revision is not of its data; a provisional one is due of the current quarter.
///
/// # Errors
/// Of a quarter named, why it cannot be closed.
pub async fn requests(ask: &Ask<'_>, provisional: bool) -> Result<Vec<Request>, Error> {
    ask.settings.validate()?;
    if let Some(quarter) = ask.quarter {
        let inputs = ready(ask.database, ask.settings, quarter, provisional, ask.now).await?;
        return Ok(request(ask, &inputs, provisional).await?.into_iter().collect());
    }
    let current = ask.settings.calendar.quarter_of(ask.now);
    let published = published::current(ask.database).await?;
    let published = published.into_iter().map(|one| (one.quarter, one)).collect();
    let mut requests = Vec::new();
    for inputs in ledger::quarters(ask.database).await? {
        let meant = if provisional { inputs.quarter == current } else { inputs.quarter < current };
        if meant && !is_current(&published, &inputs, provisional) {
            requests.extend(request(ask, &inputs, provisional).await?);
        }
    }
    Ok(requests)
}

/// The close of these inputs; `None` of a provisional one after a final one, which would only take away from it.
async fn request(
    ask: &Ask<'_>,
    inputs: &period_inputs::Model,
    provisional: bool,
) -> Result<Option<Request>, Error> {
    let newest = published::revision(ask.database, inputs.quarter, None).await?;
    let is_final =
        |one: &publication::Model| provisional && !one.provisional && one.inputs_version == inputs.version;
    if newest.as_ref().is_some_and(is_final) {
        return Ok(None);
    }
    let attempt = Attempt::new(ask.database, ask.settings, inputs, provisional).await?;
    let request = ask.request(inputs.quarter.to_string());
    let late = ask.quarter.is_none() && newest.is_some();
    Ok(Some(Request {
        inputs_version: inputs.version,
        params_hash: attempt.params_hash,
        // more may be on its way: one restatement for all of it
        delay: Duration::from_secs(if late { ask.settings.schedule.debounce_seconds } else { 0 }),
        ..request
    }))
}

/// Closes the quarter of a run.
///
/// # Errors
/// [`Error::Superseded`] if its inputs, or what it is compared with, are not those it was asked for with.
pub async fn run(work: &Work<'_>, provisional: bool) -> Result<Figures, Error> {
    let quarter = work.quarter()?;
    let inputs = ready(work.database, work.settings, quarter, provisional, work.now).await?;
    let attempt = Attempt::new(work.database, work.settings, &inputs, provisional).await?;
    let Claim { run_id, job, period, .. } = work.claim;
    if ledger::run_id(job, period, inputs.version, &attempt.params_hash) != *run_id {
        return Err(Error::Superseded { quarter });
    }
    let staged = attempt.stage(work, &work.claim.set_id).await?;
    work.heart.stage("publish");
    let totals = staged.totals.clone();
    let publication = attempt.publication(work.claim, staged)?;
    let revision = ledger::publish(work.database, work.claim, publication).await?;
    crate::failpoint::reach("published");
    figures(revision, &totals)
}

fn figures(revision: i32, totals: &Totals) -> Result<Figures, Error> {
    let stored = |why: String| Error::Stored { what: "the control totals".to_owned(), why };
    let mut figures = match serde_json::to_value(totals).map_err(|error| stored(error.to_string()))? {
        Value::Object(figures) => figures,
        other => return Err(stored(format!("{other} is no object"))),
    };
    figures.insert("revision".to_owned(), revision.into());
    Ok(figures)
}

/// True if the newest revision is of these inputs and compares with the newest of the quarter before. A changed rule
/// restates a quarter only when that is asked for by name.
fn is_current(
    published: &HashMap<Quarter, publication::Model>,
    inputs: &period_inputs::Model,
    provisional: bool,
) -> bool {
    let set_of = |quarter: Quarter| published.get(&quarter).map(|one| &one.set_id);
    published.get(&inputs.quarter).is_some_and(|newest| {
        inputs.is_still(newest.inputs_version)
            && newest.provisional <= provisional
            && newest.previous_set_id.as_ref() == set_of(inputs.quarter.previous())
            && newest.year_before_set_id.as_ref() == set_of(inputs.quarter.plus(-4))
    })
}

/// The inputs of a quarter that can be closed.
async fn ready(
    database: &Database,
    settings: &Settings,
    quarter: Quarter,
    provisional: bool,
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
    if end > now && !provisional {
        let end = settings.calendar.first_day(quarter.next()).pred_opt().unwrap_or_default();
        return Err(Error::NotOver { quarter, end });
    }
    Ok(inputs)
}
