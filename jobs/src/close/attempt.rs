//! One attempt at a quarter: load, estimate, store a set nobody sees, draw it.

mod storing;

use std::collections::HashMap;

use chrono::DateTime;
use iso_currency::Currency;
use rapport_entities::{
    Database, Quarter, artifact, cohort, composition, curve_point, customer_quarter, driver, funnel_step,
    mode_effect, model_fit, parameter, path_estimate, period_inputs, prospect_conversion, publication,
    published, score, theme, transition,
};
use rapport_statistics::{METHOD_VERSION, ValueCuts};
use sea_orm::prelude::ChronoUnixTimestampMillis;
use sha2::{Digest, Sha256};

use super::{
    Totals,
    care::Care,
    divisions::{self, Divisions},
    draw::{self, Gallery, Occasion},
    effects::{self, Earlier},
    estimation::Estimation,
    funnels::{self, Funnels},
    handling,
    inputs::Inputs,
    judge::Judge,
    losses::Losses,
    people,
    retention::Then,
    scores,
    store::{self, Seal},
};
use crate::{Error, Settings, job::Work, ledger::Claim};

/// One attempt at a quarter: what it reads, what it is compared with, and under which rules.
pub struct Attempt<'a> {
    database: &'a Database,
    settings: &'a Settings,
    quarter: Quarter,
    provisional: bool,
    inputs_version: i64,
    before: Option<publication::Model>,
    year_before: Option<publication::Model>,
    /// The sets before it that its trends show.
    trend: Vec<Earlier>,
    /// The sets before it that the effects of actions may be compared with, oldest first.
    earlier: Vec<Earlier>,
    /// The sets before it that employees and partners are linked in.
    people: Vec<Earlier>,
    /// The revision it will be, as its charts say.
    revision: i32,
    rules: String,
    /// Of the rules, the method version and what it is compared with.
    pub params_hash: String,
}

/// A set that is stored and not seen.
pub struct Staged {
    /// What it was made of.
    pub totals: Totals,
    /// Of its rows.
    pub digest: String,
    currency: Option<String>,
}

impl<'a> Attempt<'a> {
    /// Of these inputs, compared with what is published.
    pub async fn new(
        database: &'a Database,
        settings: &'a Settings,
        inputs: &period_inputs::Model,
        provisional: bool,
    ) -> Result<Self, Error> {
        let quarter = inputs.quarter;
        let before = published::revision(database, quarter.previous(), None).await?;
        let year_before = published::revision(database, quarter.plus(-4), None).await?;
        let newest = published::revision(database, quarter, None).await?;
        let earlier = published::current(database).await?.into_iter().filter(|one| one.quarter < quarter);
        let earlier: Vec<_> = earlier.map(|one| (one.quarter, one.set_id)).collect();
        let rules = serde_json::to_string(&settings.rules)
            .map_err(|error| Error::Stored { what: "the rules".to_owned(), why: error.to_string() })?;
        let set_of = |one: &Option<publication::Model>| one.as_ref().map(|one| one.set_id.clone());
        let compared = (set_of(&before).unwrap_or_default(), set_of(&year_before).unwrap_or_default());
        let parameters = format!("{rules}|{METHOD_VERSION}|{}|{}|{provisional}", compared.0, compared.1);
        Ok(Self {
            database,
            settings,
            quarter,
            provisional,
            inputs_version: inputs.version,
            before,
            year_before,
            people: linked(&earlier, quarter),
            trend: earlier.split_at(earlier.len().saturating_sub(draw::HISTORY - 1)).1.to_vec(),
            earlier,
            revision: newest.map_or(1, |newest| newest.revision + 1),
            rules,
            params_hash: hex::encode(&Sha256::digest(parameters)[..8]),
        })
    }

    /// The attempt that a published revision was, with its settings and against the sets it was compared with.
    pub async fn again(
        database: &'a Database,
        settings: &'a Settings,
        published: &publication::Model,
    ) -> Result<Self, Error> {
        let quarter = published.quarter;
        let mut trend = Vec::new();
        for set_id in serde_json::from_str::<Vec<String>>(&published.trend).map_err(|error| {
            Error::Stored { what: format!("the trend of {quarter}"), why: error.to_string() }
        })? {
            if let Some(one) = published::of_set(database, &set_id).await? {
                trend.push((one.quarter, set_id));
            }
        }
        Ok(Self {
            database,
            settings,
            quarter,
            provisional: published.provisional,
            inputs_version: published.inputs_version,
            before: published::of_some_set(database, published.previous_set_id.as_deref()).await?,
            year_before: published::of_some_set(database, published.year_before_set_id.as_deref()).await?,
            trend,
            earlier: effects::compared(database, &published.set_id).await?,
            people: people::compared(database, &published.set_id).await?,
            revision: published.revision,
            rules: published.settings.clone(),
            params_hash: published.params_hash.clone(),
        })
    }

    /// Reads, estimates, stores and draws a set nobody sees.
    pub async fn stage(&self, work: &Work<'_>, set_id: &str) -> Result<Staged, Error> {
        let (heart, rules, calendar) = (work.heart, &self.settings.rules, &self.settings.calendar);
        heart.stage("load");
        let inputs =
            Inputs::read(self.database, calendar, self.quarter, rules, self.provisional, work.progress)
                .await?;
        let before = match &self.before {
            Some(before) => Some(store::then(self.database, &before.set_id).await?),
            None => None,
        };
        heart.stage("estimate");
        let minor = minor_units(inputs.currency.as_deref());
        let (inputs, estimation, before) = self.estimate(inputs, before, minor, set_id).await;
        heart.stage("store");
        let mut seal = Seal::default();
        let judge = Judge::new(rules, &inputs.customers, &estimation.valuation, minor);
        let totals = self.store(set_id, &inputs, &judge, before.as_ref(), &mut seal).await?;
        self.store_estimates(set_id, &estimation, &mut seal).await?;
        heart.stage("draw");
        self.draw(set_id, &inputs, judge.cuts, minor, &mut seal).await?;
        Ok(Staged { totals, digest: seal.finish(), currency: inputs.currency })
    }

    /// Estimates where nothing waits for it.
    async fn estimate(
        &self,
        mut inputs: Inputs,
        before: Option<HashMap<i64, Then>>,
        minor: f64,
        set_id: &str,
    ) -> (Inputs, Estimation, Option<HashMap<i64, Then>>) {
        let (quarter, rules, set_id) = (self.quarter, self.settings.rules.clone(), set_id.to_owned());
        tokio::task::spawn_blocking(move || {
            let estimation = Estimation::of(&mut inputs, quarter, &rules, minor, &set_id, before.as_ref());
            (inputs, estimation, before)
        })
        .await
        .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
    }

    async fn store(
        &self,
        set_id: &str,
        inputs: &Inputs,
        judge: &Judge<'_>,
        before: Option<&HashMap<i64, Then>>,
        seal: &mut Seal,
    ) -> Result<Totals, Error> {
        let rules = &self.settings.rules;
        let lost = match &self.before {
            Some(before) => store::lost(self.database, &before.set_id).await?,
            None => HashMap::new(),
        };
        let mut losses = Losses::new(
            inputs.segments.len(),
            (self.quarter, rules, minor_units(inputs.currency.as_deref())),
            &inputs.lost,
            &lost,
        );
        let (divisions, totals) =
            self.store_customers(set_id, inputs, judge, (before, &mut losses), seal).await?;
        self.store_losses(set_id, inputs, losses, seal).await?;
        let earlier = (self.scores(&self.before).await?, self.scores(&self.year_before).await?);
        let scores = inputs.answering.scores.rows(set_id, &inputs.segments, rules, (&earlier.0, &earlier.1));
        scores.iter().for_each(|row| seal.score(row));
        self.store_effects(set_id, inputs, &scores, seal).await?;
        self.store_people(set_id, inputs, &scores, seal).await?;
        store::insert::<score::Entity>(self.database, scores).await?;
        let compositions =
            divisions.compositions(set_id, &inputs.segments, inputs.recording, rules.minimum_customers);
        compositions.iter().for_each(|row| seal.composition(row));
        store::insert::<composition::Entity>(self.database, compositions).await?;
        let prospects = inputs.prospects.rows(set_id, &inputs.segments, rules);
        prospects.iter().for_each(|row| seal.row(row, set_id));
        store::insert::<prospect_conversion::Entity>(self.database, prospects).await?;
        let themes = inputs.themes.rows(set_id, &inputs.segments, rules);
        themes.iter().for_each(|row| seal.row(row, set_id));
        store::insert::<theme::Entity>(self.database, themes).await?;
        let modes = inputs.answering.modes.rows(set_id, &inputs.segments, rules);
        modes.iter().for_each(|row| seal.row(row, set_id));
        store::insert::<mode_effect::Entity>(self.database, modes).await?;
        let transitions = divisions.transitions(set_id, &inputs.segments, rules.minimum_customers);
        transitions.iter().for_each(|row| seal.transition(row));
        store::insert::<transition::Entity>(self.database, transitions).await?;
        self.reconcile(set_id, inputs, &divisions).await?;
        Ok(totals)
    }

    async fn scores(&self, publication: &Option<publication::Model>) -> Result<scores::Before, Error> {
        match publication {
            Some(publication) => store::scores(self.database, &publication.set_id).await,
            None => Ok(HashMap::new()),
        }
    }

    async fn store_estimates(
        &self,
        set_id: &str,
        estimation: &Estimation,
        seal: &mut Seal,
    ) -> Result<(), Error> {
        let Estimation { models, curves, cohorts, .. } = estimation;
        models.fits.iter().for_each(|row| seal.row(row, set_id));
        models.parameters.iter().for_each(|row| seal.row(row, set_id));
        models.paths.iter().for_each(|row| seal.row(row, set_id));
        models.drivers.iter().for_each(|row| seal.row(row, set_id));
        curves.iter().for_each(|row| seal.row(row, set_id));
        cohorts.iter().for_each(|row| seal.row(row, set_id));
        store::insert::<model_fit::Entity>(self.database, models.fits.clone()).await?;
        store::insert::<parameter::Entity>(self.database, models.parameters.clone()).await?;
        store::insert::<path_estimate::Entity>(self.database, models.paths.clone()).await?;
        store::insert::<driver::Entity>(self.database, models.drivers.clone()).await?;
        store::insert::<curve_point::Entity>(self.database, curves.clone()).await?;
        store::insert::<cohort::Entity>(self.database, cohorts.clone()).await
    }

    async fn store_customers(
        &self,
        set_id: &str,
        inputs: &Inputs,
        judge: &Judge<'_>,
        (before, losses): (Option<&HashMap<i64, Then>>, &mut Losses<'_>),
        seal: &mut Seal,
    ) -> Result<(Divisions, Totals), Error> {
        let mut divisions = Divisions::new(inputs.segments.len());
        let mut funnels = Funnels::new(inputs.segments.len());
        let minor = minor_units(inputs.currency.as_deref());
        let care = Care::new(&self.settings.rules, &inputs.customers, before, minor);
        let mut totals = Totals {
            responses: inputs.answering.responses,
            turnover_cut: judge.cuts.map(|cuts| cuts.turnover),
            profitability_cut: judge.cuts.map(|cuts| cuts.profitability),
            ..Totals::default()
        };
        let mut rows = Vec::with_capacity(store::CUSTOMERS.min(inputs.customers.len()));
        for (customer, purchases) in inputs.customers.iter() {
            let mut row = judge.row(set_id, customer, &purchases, inputs.customers.purchase_days(customer));
            let then = before.and_then(|before| before.get(&customer.id));
            funnels::count(&mut row, then);
            care.judge(&mut row, &purchases, then);
            let from = before.map(|_| then.map_or(divisions::NEW, |one| one.kind.as_str()));
            let stages = handling::stages(customer, &self.settings.rules);
            let members = inputs.segments.members(customer.combination);
            divisions.add(members, (&row, &stages), &purchases, from);
            funnels.add(members, &row, then);
            losses.add(members, (customer, &inputs.customers), &row, then);
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
        let funnels = funnels.rows(set_id, &inputs.segments, &self.settings.rules);
        funnels.iter().for_each(|row| seal.row(row, set_id));
        store::insert::<funnel_step::Entity>(self.database, funnels).await?;
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
        let occasion = Occasion {
            settings: self.settings,
            set_id,
            quarter: self.quarter,
            revision: self.revision,
            trend: &self.trend,
            provisional: self.provisional,
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

    /// The revision that a staged set will be.
    pub fn publication(&self, claim: &Claim, staged: Staged) -> Result<publication::Model, Error> {
        let text = |what: &str, value: Result<String, serde_json::Error>| {
            value.map_err(|error| Error::Stored { what: what.to_owned(), why: error.to_string() })
        };
        let trend: Vec<&str> = self.trend.iter().map(|(_, set_id)| set_id.as_str()).collect();
        Ok(publication::Model {
            job: published::CLOSE.to_owned(),
            quarter: self.quarter,
            // the ledger gives the number and the time
            revision: 0,
            published_at: ChronoUnixTimestampMillis(DateTime::UNIX_EPOCH),
            run_id: claim.run_id.clone(),
            set_id: claim.set_id.clone(),
            provisional: self.provisional,
            inputs_version: self.inputs_version,
            params_hash: self.params_hash.clone(),
            settings: self.rules.clone(),
            method_version: METHOD_VERSION.to_owned(),
            previous_set_id: self.before.as_ref().map(|before| before.set_id.clone()),
            year_before_set_id: self.year_before.as_ref().map(|before| before.set_id.clone()),
            trend: text("the trend", serde_json::to_string(&trend))?,
            company: self.settings.company.clone(),
            currency: staged.currency,
            quarter_start: self.settings.calendar.first_day(self.quarter),
            totals: text("the control totals", serde_json::to_string(&staged.totals))?,
            digest: staged.digest,
            pruned_at: None,
        })
    }
}

/// The quarters that customers of this one are looked at later than.
fn linked(earlier: &[Earlier], quarter: Quarter) -> Vec<Earlier> {
    let first = quarter.plus(-people::LAGS);
    earlier.iter().filter(|(before, _)| *before >= first).cloned().collect()
}

/// Minor units in a major one.
pub(crate) fn minor_units(currency: Option<&str>) -> f64 {
    let digits = currency.and_then(Currency::from_code).and_then(|currency| currency.exponent()).unwrap_or(0);
    10_f64.powi(i32::from(digits))
}
