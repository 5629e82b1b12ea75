//! `rapport demo`: tells a sample company, imports it like any other, closes its quarters, and serves it.

use std::{path::PathBuf, process::ExitCode};

use rapport_entities::{Quarter, Size, clock};
use rapport_jobs::{
    demo::{Company, Episode, Story},
    import::{self, Options},
    settings::{Clock, CostRules, CustomerClass, ServiceRules, ServiceStandard},
};

use super::{import as import_command, progress, run, serve, signal};
use crate::{Error, Settings, database};

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many customers
    #[arg(long, default_value_t = 5_000, value_name = "N")]
    customers: usize,
    /// How many quarters
    #[arg(long, default_value_t = 12, value_name = "N")]
    quarters: usize,
    /// Another company
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// The last quarter [default: the last that is over]
    #[arg(long, value_name = "QUARTER")]
    last: Option<Quarter>,
    /// Where its files go
    #[arg(long, default_value = "rapport-demo", value_name = "FOLDER")]
    folder: PathBuf,
    /// Stops after the work
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    serve: serve::Args,
}

/// The demo's own database, unless another is named: it never mixes with a company's data.
const DATABASE: &str = "rapport.sqlite";

pub async fn run(mut settings: Settings, args: Args, named: bool) -> Result<ExitCode, Error> {
    let last = args.last.unwrap_or_else(|| settings.calendar.quarter_of(clock::now()).previous());
    let company = Company {
        customers: args.customers,
        quarters: args.quarters,
        seed: args.seed,
        last: (last.year(), last.number()),
    };
    let story = company.write(&args.folder).map_err(rapport_jobs::Error::from)?;
    println!("a sample company in {}", args.folder.display());
    if !named {
        settings.database = format!("sqlite:{}", args.folder.join(DATABASE).display());
    }
    settings.company = settings.company.or_else(|| Some("Demo 示例公司".to_owned()));
    if settings.service == ServiceRules::default() {
        settings.service = service();
    }
    if settings.rules.costs == CostRules::default() {
        settings.rules.costs = costs();
    }
    work(&settings, &story).await?;
    tell(&settings, &story, last);
    if args.no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    serve::run(settings, args.serve).await
}

/// The sample company's service standards: it records when complaints are acknowledged.
fn service() -> ServiceRules {
    let mut rules = ServiceRules::default();
    for standard in &mut rules.standards {
        standard.acknowledge_hours = standard.resolve_hours.map(|hours| hours / 6.0);
        (standard.faultless, standard.satisfied) = (Some(0.9), Some(0.8));
    }
    let vip = rules.standards.first().map(|first| ServiceStandard {
        severity: None,
        class: Some(CustomerClass::Size(Size::Vip)),
        acknowledge_hours: Some(2.0),
        resolve_hours: Some(18.0),
        clock: Clock::Business,
        ..first.clone()
    });
    rules.standards.extend(vip);
    rules
}

/// What having customers costs the sample company.
fn costs() -> CostRules {
    CostRules { keep_per_customer: Some(9.0), win_per_customer: Some(120.0), win_back_attempt: Some(12.0) }
}

async fn work(settings: &Settings, story: &Story) -> Result<(), Error> {
    let database = database::open(&settings.database, true).await?;
    let (jobs, bar, now) = (settings.jobs(), progress::rows(), clock::now());
    let options = Options { mapping: story.mapping.clone(), ..Options::default() };
    let report = import::import(&database, &jobs, &options, &bar, now).await;
    bar.finish_and_clear();
    print!("{}", import_command::in_words(&report?, false));
    let close = run::Args { job: "close-quarter".to_owned(), quarter: None };
    run::now(&database, settings, &close, "demo", &signal::listen()).await?;
    Ok(())
}

/// What happened in the company, for the reader to find in the figures; where to look, and what to ask.
fn tell(settings: &Settings, story: &Story, last: Quarter) {
    println!("\nWhat happened there, for you to find in the figures:");
    for Episode { quarter, dimension, segment, what: (en, zh) } in
        [&story.failure, &story.price_war, &story.competition]
    {
        println!("  {quarter}, {dimension} {segment}: {en}\n    {zh}");
    }
    let address = settings.serve.address;
    println!(
        "\nOpen http://{address}/ for the quarter, http://{address}/graphiql to ask. Three questions to begin with:"
    );
    println!(
        r#"
  {{ scoreRows(metric: "CSI", dimension: "region") {{ quarter segmentName value lower upper n changeSignificant }} }}

  {{ loyaltyRows(quarter: "{last}", dimension: "all") {{ typeCode customers share revenue }} }}

  {{ transitionRows(quarter: "{last}", dimension: "all") {{ fromTypeCode toTypeCode customers }} }}
"#
    );
}
