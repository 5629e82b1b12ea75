//! The close of a quarter: load in one pass, estimate, store a set nobody sees, draw its charts, then publish by a
//! transaction on the ledger alone, if the inputs are still those that were read.

mod customers;
mod draw;
mod heart;
mod inputs;
mod rules_in_words;
mod scores;
mod segments;
mod store;
mod survey;
mod types;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use iso_currency::Currency;
use rapport_entities::{
    Database, Quarter, artifact, composition, customer_quarter, period_inputs, publication, published, score,
    transition,
};
use rapport_statistics::{METHOD_VERSION, ValueCuts};
use serde::Serialize;
use sha2::{Digest, Sha256};

use self::{
    draw::{Gallery, Occasion},
    heart::Heart,
    inputs::{Inputs, Span},
    store::Seal,
    types::{Divisions, Judge},
};
use crate::{
    Error, Settings,
    ledger::{self, Answer, Claim, Request},
};

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
    Ok(newest.is_some_and(|newest| {
        newest.inputs_version == inputs.version
            && inputs.open_imports == 0
            && newest.provisional <= ask.provisional
            && newest.previous_set_id == before.map(|before| before.set_id)
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

/// One attempt at a quarter: what it reads, and under which rules.
struct Attempt<'a> {
    database: &'a Database,
    settings: &'a Settings,
    quarter: Quarter,
    before: Option<publication::Model>,
    rules: String,
    request: Request,
}

impl<'a> Attempt<'a> {
    async fn new(
        database: &'a Database,
        settings: &'a Settings,
        inputs: &period_inputs::Model,
        ask: &Ask,
    ) -> Result<Self, Error> {
        let quarter = inputs.quarter;
        let before = published::revision(database, quarter.previous(), None).await?;
        let rules = serde_json::to_string(&settings.rules)
            .map_err(|error| Error::Stored { what: "the rules".to_owned(), why: error.to_string() })?;
        let compared = before.as_ref().map_or("", |before| before.set_id.as_str());
        let parameters = format!("{rules}|{METHOD_VERSION}|{compared}|{}", ask.provisional);
        let request = Request {
            quarter,
            inputs_version: inputs.version,
            params_hash: hex::encode(&Sha256::digest(parameters)[..8]),
            provisional: ask.provisional,
            reason: ask.reason.clone(),
        };
        Ok(Self { database, settings, quarter, before, rules, request })
    }

    /// A provisional close after a final one of the same inputs would only take away from it.
    async fn is_done(&self, ask: &Ask) -> Result<bool, Error> {
        let newest = published::revision(self.database, self.quarter, None).await?;
        Ok(ask.provisional
            && newest
                .is_some_and(|one| !one.provisional && one.inputs_version == self.request.inputs_version))
    }

    /// Runs the stages; `None` if the inputs changed meanwhile.
    async fn run(
        &self,
        claim: &Claim,
        progress: &ProgressBar,
        now: DateTime<Utc>,
    ) -> Result<Option<Outcome>, Error> {
        let heart = Heart::start(self.database, claim, progress);
        let rules = &self.settings.rules;
        let span = Span::of(self.quarter, &self.settings.calendar, rules);
        heart.stage("load");
        let inputs = Inputs::read(self.database, self.quarter, span, rules, progress).await?;
        heart.stage("store");
        let mut seal = Seal::default();
        let minor = minor_units(inputs.currency.as_deref());
        let judge = Judge::new(rules, &inputs.customers, minor);
        let totals = self.store(&claim.set_id, &inputs, &judge, &mut seal).await?;
        heart.stage("draw");
        self.draw(&claim.set_id, &inputs, judge.cuts, minor, &mut seal).await?;
        heart.stage("publish");
        let publication = self.publication(claim, &inputs, &totals, seal, now)?;
        let revision = ledger::publish(self.database, claim, publication).await?;
        Ok(revision.map(|revision| Outcome::Published { quarter: self.quarter, revision, totals }))
    }

    async fn store(
        &self,
        set_id: &str,
        inputs: &Inputs,
        judge: &Judge,
        seal: &mut Seal,
    ) -> Result<Totals, Error> {
        let rules = &self.settings.rules;
        let (divisions, totals) = self.store_customers(set_id, inputs, judge, seal).await?;
        let before = match &self.before {
            Some(before) => store::scores(self.database, &before.set_id).await?,
            None => HashMap::new(),
        };
        let scores = inputs.scores.rows(set_id, &inputs.segments, rules, &before);
        scores.iter().for_each(|row| seal.score(row));
        store::insert::<score::Entity>(self.database, scores).await?;
        let compositions = divisions.compositions(set_id, &inputs.segments, rules.minimum_customers);
        compositions.iter().for_each(|row| seal.composition(row));
        store::insert::<composition::Entity>(self.database, compositions).await?;
        let transitions = divisions.transitions(set_id, &inputs.segments, rules.minimum_customers);
        transitions.iter().for_each(|row| seal.transition(row));
        store::insert::<transition::Entity>(self.database, transitions).await?;
        self.reconcile(set_id, inputs, &divisions).await?;
        Ok(totals)
    }

    async fn store_customers(
        &self,
        set_id: &str,
        inputs: &Inputs,
        judge: &Judge,
        seal: &mut Seal,
    ) -> Result<(Divisions, Totals), Error> {
        let before = match &self.before {
            Some(before) => Some(store::types(self.database, &before.set_id).await?),
            None => None,
        };
        let mut divisions = Divisions::new(inputs.segments.len());
        let mut totals = Totals {
            responses: inputs.responses,
            turnover_cut: judge.cuts.map(|cuts| cuts.turnover),
            profitability_cut: judge.cuts.map(|cuts| cuts.profitability),
            ..Totals::default()
        };
        let mut rows = Vec::with_capacity(store::CUSTOMERS.min(inputs.customers.len()));
        for (customer, purchases) in inputs.customers.iter() {
            let row = judge.row(set_id, customer, &purchases);
            let from =
                before.as_ref().map(|before| before.get(&customer.id).map_or(types::NEW, |one| one.as_str()));
            divisions.add(inputs.segments.members(customer.combination), &row, &purchases, from);
            totals.customers += 1;
            totals.purchases += i64::from(purchases.quarter.count);
            totals.revenue += purchases.quarter.revenue;
            seal.customer(&row);
            rows.push(row);
            if rows.len() == store::CUSTOMERS {
                store::insert::<customer_quarter::Entity>(self.database, std::mem::take(&mut rows)).await?;
            }
        }
        store::insert::<customer_quarter::Entity>(self.database, rows).await?;
        Ok((divisions, totals))
    }

    /// A partly stored set must never be seen.
    async fn reconcile(&self, set_id: &str, inputs: &Inputs, divisions: &Divisions) -> Result<(), Error> {
        let stored = store::customers(self.database, set_id).await?;
        let read = inputs.customers.len();
        if stored == read as u64 && divisions.customers() == read as i64 {
            return Ok(());
        }
        let what =
            format!("{read} customers were read, {stored} stored and {} divided", divisions.customers());
        Err(Error::Unbalanced { quarter: self.quarter, what })
    }

    async fn draw(
        &self,
        set_id: &str,
        inputs: &Inputs,
        cuts: Option<ValueCuts>,
        minor: f64,
        seal: &mut Seal,
    ) -> Result<(), Error> {
        let newest = published::revision(self.database, self.quarter, None).await?;
        let occasion = Occasion {
            settings: self.settings,
            set_id,
            quarter: self.quarter,
            revision: newest.map_or(1, |newest| newest.revision + 1),
            provisional: self.request.provisional,
            currency: inputs.currency.as_deref(),
            minor,
            cuts,
        };
        let gallery = Gallery::read(self.database, occasion).await?;
        let drawn = tokio::task::spawn_blocking(move || gallery.draw())
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
        drawn.iter().for_each(|row| seal.artifact(row));
        store::insert::<artifact::Entity>(self.database, drawn).await
    }

    fn publication(
        &self,
        claim: &Claim,
        inputs: &Inputs,
        totals: &Totals,
        seal: Seal,
        now: DateTime<Utc>,
    ) -> Result<publication::Model, Error> {
        let totals = serde_json::to_string(totals).map_err(|error| Error::Stored {
            what: "the control totals".to_owned(),
            why: error.to_string(),
        })?;
        Ok(publication::Model {
            job: published::CLOSE.to_owned(),
            quarter: self.quarter,
            // the ledger gives the number
            revision: 0,
            run_id: claim.run_id.clone(),
            set_id: claim.set_id.clone(),
            provisional: self.request.provisional,
            inputs_version: self.request.inputs_version,
            params_hash: self.request.params_hash.clone(),
            settings: self.rules.clone(),
            method_version: METHOD_VERSION.to_owned(),
            previous_set_id: self.before.as_ref().map(|before| before.set_id.clone()),
            currency: inputs.currency.clone(),
            quarter_start: self.settings.calendar.first_day(self.quarter),
            totals,
            digest: seal.finish(),
            published_at: sea_orm::prelude::ChronoUnixTimestampMillis(now),
        })
    }
}

/// Minor units in a major one.
fn minor_units(currency: Option<&str>) -> f64 {
    let digits = currency.and_then(Currency::from_code).and_then(|currency| currency.exponent()).unwrap_or(0);
    10_f64.powi(i32::from(digits))
}
