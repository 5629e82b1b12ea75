//! `rapport audit`: lists what was denied or changed, newest first, and verifies that the trail is whole.

use std::process::ExitCode;

use rapport_entities::audit_event::{Column, Entity, Model};
use rapport_jobs::audit;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use crate::{Error, Settings, database};

/// What `audit` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// At most so many
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: u64,
}

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, false).await?;
    let events = Entity::find().order_by_desc(Column::Number).limit(args.limit).all(&database).await?;
    for event in &events {
        println!("{}", line(event));
    }
    let chain = audit::verify(&database).await?;
    match chain.events {
        0 => println!("nothing was denied or changed yet"),
        events => println!("the trail is whole: {events} events, the last with the hash {}", chain.last),
    }
    Ok(ExitCode::SUCCESS)
}

/// An event as a line: number, when, who, what, to what, and what became of it.
fn line(event: &Model) -> String {
    let subject = event.subject.as_deref().map(|subject| format!(" {subject}")).unwrap_or_default();
    let times = if event.times > 1 { format!(", {} times", event.times) } else { String::new() };
    format!(
        "{} {} {}: {}{subject}, {}{times}",
        event.number,
        event.at.format("%Y-%m-%d %H:%M:%SZ"),
        event.who,
        event.action,
        event.outcome
    )
}
