//! `verify`: computes published revisions again from their inputs and compares them bit for bit.

use std::time::Duration;

use rapport_entities::published;

use super::{Ask, Job, Lane};
use crate::{Error, close, ledger::Request};

/// See the module.
pub static JOB: Job = Job {
    name: "verify",
    schedule: |schedule| &schedule.verify,
    catches_up: false,
    lane: Lane::Data,
    timeout: Duration::from_secs(6 * 3_600),
    attempts: 3,
    requests: |ask| Box::pin(requests(ask)),
    run: |work| Box::pin(close::verify(work)),
};

/// One run a quarter, and a new one each time it is asked for.
async fn requests(ask: &Ask<'_>) -> Result<Vec<Request>, Error> {
    let current = published::current(ask.database).await?;
    let meant = current.iter().filter(|one| ask.quarter.is_none_or(|quarter| quarter == one.quarter));
    let of_quarter = |quarter: String| Request { params_hash: ask.moment.clone(), ..ask.request(quarter) };
    let requests: Vec<Request> = meant.map(|one| of_quarter(one.quarter.to_string())).collect();
    match ask.quarter {
        Some(quarter) if requests.is_empty() => Err(Error::NotPublished { quarter }),
        _ => Ok(requests),
    }
}
