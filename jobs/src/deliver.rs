//! Delivering: brings alerts and reports to their subscribers, at least once and always under the same id. It runs
//! beside the other jobs and holds no transaction while it sends: no receiver can hold up a close.

mod alert;
mod csv;
mod letter;
mod mail;
mod making;
mod outcome;
mod queue;
mod report;
mod subject;
mod tables;
mod webhook;
mod words;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream};
use rapport_entities::{Database, DeliveryState, delivery};

use self::{mail::Mailer, outcome::Outcome, subject::Subject, webhook::Poster};
use crate::{
    Error, Settings,
    settings::{Destination, Subscription},
};

/// What became of the deliveries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// New ones.
    pub made: u64,
    /// Their receivers took them.
    pub delivered: u64,
    /// Will be tried again.
    pub postponed: u64,
    /// Given up.
    pub dead: u64,
}

/// All that sending takes.
struct Sender<'a> {
    database: &'a Database,
    settings: &'a Settings,
    poster: Poster,
    mailer: Mailer,
}

/// Makes the deliveries that are missing and tries those that are due: one subscription after its own order, several
/// subscriptions at a time.
pub async fn deliver(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Delivered, Error> {
    let mut all = Delivered { dead: making::abandon(database, settings, now).await?, ..Delivered::default() };
    all.made = making::make(database, settings, now).await?;
    let sender = Sender {
        database,
        settings,
        poster: Poster::new(&settings.delivery),
        mailer: Mailer::new(&settings.mail, &settings.delivery),
    };
    let rounds: Vec<_> =
        settings.subscriptions.iter().map(|subscription| sender.round(subscription)).collect();
    let rounds: Vec<Result<Delivered, Error>> =
        stream::iter(rounds).buffer_unordered(settings.delivery.at_a_time).collect().await;
    for round in rounds {
        all.add(round?);
    }
    Ok(all)
}

/// True if a run would do something.
pub async fn is_due(database: &Database, settings: &Settings, now: DateTime<Utc>) -> Result<bool, Error> {
    for subscription in &settings.subscriptions {
        if !queue::due(database, &subscription.name).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(making::is_forsaken(database, settings, now).await?
        || !making::missing(database, settings, now).await?.is_empty())
}

impl Delivered {
    fn add(&mut self, other: Self) {
        self.made += other.made;
        self.delivered += other.delivered;
        self.postponed += other.postponed;
        self.dead += other.dead;
    }
}

impl Sender<'_> {
    /// Tries what is due for a subscription, oldest first. A receiver that fails is left alone until the next run.
    async fn round(&self, subscription: &Subscription) -> Result<Delivered, Error> {
        let mut round = Delivered::default();
        for delivery in queue::due(self.database, &subscription.name).await? {
            let lease = self.settings.delivery.timeout() * 2;
            let Some(attempt) = queue::claim(self.database, &delivery.delivery_id, lease).await? else {
                continue;
            };
            let outcome = self.attempt(subscription, &delivery).await?;
            let rules = &self.settings.delivery;
            match queue::settle(self.database, &delivery.delivery_id, attempt, &outcome, rules).await? {
                DeliveryState::Delivered => round.delivered += 1,
                DeliveryState::Queued => round.postponed += 1,
                DeliveryState::Dead => round.dead += 1,
            }
            outcome.log(subscription, &delivery.delivery_id);
            if matches!(outcome, Outcome::Failed { .. }) {
                break;
            }
        }
        Ok(round)
    }

    async fn attempt(
        &self,
        subscription: &Subscription,
        delivery: &delivery::Model,
    ) -> Result<Outcome, Error> {
        let subject = match Subject::read(self.database, self.settings, subscription, &delivery.what).await? {
            Ok(subject) => subject,
            Err(why) => return Ok(Outcome::Pointless { why }),
        };
        match &subscription.to {
            Destination::Web(url) => {
                let body = subject.json(subscription.locale, self.settings);
                Ok(self.poster.post(url, subscription, &delivery.delivery_id, body.to_string()).await)
            }
            Destination::Mail(address) => {
                let letter = subject.letter(self.database, subscription.locale, self.settings).await?;
                Ok(self.mailer.send(address, delivery, letter).await)
            }
        }
    }
}
