//! `deliver`: brings alerts and reports to their subscribers.

use std::time::Duration;

use serde_json::json;

use super::{Ask, Figures, Job, Lane, Work, at_this_moment};
use crate::{Error, deliver, ledger::Request};

/// See the module.
pub static JOB: Job = Job {
    name: "deliver",
    schedule: |schedule| &schedule.deliver,
    catches_up: false,
    lane: Lane::Outward,
    timeout: Duration::from_secs(3_600),
    attempts: 3,
    requests: |ask| Box::pin(requests(ask)),
    run: |work| Box::pin(run(work)),
};

/// It is asked for every minute: only what has something to do is a run.
async fn requests(ask: &Ask<'_>) -> Result<Vec<Request>, Error> {
    match deliver::is_due(ask.database, ask.settings, ask.now).await? {
        true => at_this_moment(ask).await,
        false => Ok(Vec::new()),
    }
}

async fn run(work: &Work<'_>) -> Result<Figures, Error> {
    let what = deliver::deliver(work.database, work.settings, work.now).await?;
    let figures = json!({
        "made": what.made, "delivered": what.delivered, "postponed": what.postponed, "dead": what.dead,
    });
    Ok(figures.as_object().cloned().unwrap_or_default())
}
