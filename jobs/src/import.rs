//! Import: files become tables, a SELECT per entity maps them to facts, and facts are written so that the source's
//! key decides. Reading runs on a thread of its own while what was read is being written.

mod bulk;
mod facts;
mod file;
mod gate;
mod gathering;
mod known;
mod mapping;
mod projection;
mod rejects;
mod row;
mod scan;
mod scratch;
mod upsert;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use iso_currency::Currency;
use rapport_entities::{
    Calendar, Database, Quarter, complaint, complaint_event, connection::begin_write, customer_loss,
    dimension, purchase, question, remark, response, segment, survey, winback_attempt,
};
use sea_orm::DatabaseTransaction;
use tokio::sync::mpsc;

use self::{
    bulk::Bulk,
    facts::{
        Fact,
        action::Action,
        customer::Customer,
        prospect::Prospect,
        prospect_grade::Grade,
        unit_response::{Employee, Partner},
    },
    gathering::Chunk,
    known::About,
    mapping::Mapping,
    row::Reading,
    scan::Scan,
};
use crate::{
    Error, Settings,
    case::{self, Idle},
    erase, failpoint,
};

pub use gate::Gate;
pub use upsert::Tally;

/// What to import, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The mapping.
    pub mapping: PathBuf,
    /// Files in the place of those the mapping names.
    pub files: BTreeMap<String, PathBuf>,
    /// Validate only; load nothing.
    pub check: bool,
    /// Load nothing if any row is refused.
    pub strict: bool,
    /// Where rejects are written; beside each file if not given.
    pub rejects: Option<PathBuf>,
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By entity, in the order of loading.
    pub entities: Vec<(&'static str, Tally)>,
    /// The files of rejects, each with its number of rows.
    pub rejects: Vec<(PathBuf, u64)>,
    /// Moves of complaints that moved nothing.
    pub idle: Idle,
}

/// Every entity a mapping can fill, what others refer to first.
macro_rules! in_order {
    ($each:ident) => {
        $each!(
            dimension::Model,
            segment::Model,
            Customer,
            survey::Model,
            question::Model,
            response::Model,
            purchase::Model,
            remark::Model,
            complaint::Model,
            complaint_event::Model,
            customer_loss::Model,
            winback_attempt::Model,
            Employee,
            Partner,
            Prospect,
            Grade,
            Action
        )
    };
}

/// Imports what the mapping says. `progress` counts the rows written; `now` decides what lies in the future.
pub async fn import(
    database: &Database,
    settings: &Settings,
    options: &Options,
    progress: &ProgressBar,
    now: DateTime<Utc>,
) -> Result<Report, Error> {
    let mapping = Mapping::read(&options.mapping, &options.files)?;
    check_words(&mapping)?;
    let reading = reading(&mapping, settings.calendar, now)?;
    let source = mapping.source.clone();
    let about = About::of(&mapping);
    let known = known::read(database, settings, &source, about).await?;
    let rejects = options.rejects.clone();
    let mut scan = on_thread(move || {
        let mut scan = Scan::open(mapping, reading, rejects, known)?;
        check_entries(&scan)?;
        scan.stage()?;
        Ok(scan)
    })
    .await?;
    if options.check || options.strict {
        let (checked, report) = check(scan, progress).await?;
        let rejected = checked.rejected();
        if options.check || rejected > 0 {
            return finish(checked, report, options, rejected);
        }
        scan = checked;
        scan.again(known::read(database, settings, &source, about).await?, options.rejects.as_deref());
    }
    let gate = Gate::take(database, &source, settings, now).await?;
    let mut writer = Writer {
        database: database.clone(),
        calendar: settings.calendar,
        gate,
        progress,
        bulk: Bulk::beside(database).await?,
        open: None,
        begun: Instant::now(),
        rows: 0,
    };
    // facts corrected, and whatever has no time, may change any quarter
    writer.gate.open_all().await?;
    failpoint::reach("import-open");
    let (scan, mut report) = load(scan, Some(&mut writer), progress).await?;
    writer.commit().await?;
    failpoint::reach("import-cases");
    report.idle = case::replay(database, &mut writer.gate).await?;
    // of those who were erased while this import ran
    erase::clear_all(database).await?;
    failpoint::reach("import-rows");
    let rows = writer.rows;
    writer.gate.close(rows).await?;
    finish(scan, report, options, 0)
}

fn finish(scan: Scan, mut report: Report, options: &Options, refused: u64) -> Result<Report, Error> {
    report.rejects = scan.finish()?;
    if options.strict && refused > 0 {
        let files = report.rejects.iter().map(|(path, _)| path.clone()).collect();
        return Err(Error::Refused { rejected: refused, files });
    }
    Ok(report)
}

fn check_words(mapping: &Mapping) -> Result<(), Error> {
    macro_rules! entities { ($($fact:ty),+) => { [$(<$fact>::ENTITY),+] }; }
    let entities = in_order!(entities);
    match mapping.entities.keys().find(|word| !entities.contains(&word.as_str())) {
        None => Ok(()),
        Some(word) => Err(Error::Mapping {
            path: mapping.path.clone(),
            why: format!("[[{word}]] is no entity; there are {}", entities.join(", ")),
        }),
    }
}

fn check_entries(scan: &Scan) -> Result<(), Error> {
    macro_rules! each { ($($fact:ty),+) => { $(scan.check::<$fact>()?;)+ }; }
    in_order!(each);
    Ok(())
}

fn reading(mapping: &Mapping, calendar: Calendar, now: DateTime<Utc>) -> Result<Reading, Error> {
    let currency = mapping.currency.as_deref().map(|code| {
        Currency::from_code(code).ok_or_else(|| Error::Mapping {
            path: mapping.path.clone(),
            why: format!("`{code}` is no ISO 4217 currency, such as CNY or USD"),
        })
    });
    let local = Calendar { zone: mapping.zone.unwrap_or(calendar.zone), ..calendar };
    Ok(Reading { calendar, local, now, currency: currency.transpose()? })
}

async fn check(scan: Scan, progress: &ProgressBar) -> Result<(Scan, Report), Error> {
    load(scan, None, progress).await
}

async fn load(
    scan: Scan,
    mut writer: Option<&mut Writer<'_>>,
    progress: &ProgressBar,
) -> Result<(Scan, Report), Error> {
    let mut report = Report::default();
    let mut scan = scan;
    macro_rules! each { ($($fact:ty),+) => { $(
        if scan.entries::<$fact>() > 0 {
            progress.set_message(<$fact>::ENTITY);
            let tally;
            (scan, tally) = load_entity::<$fact>(scan, writer.as_deref_mut()).await?;
            tracing::info!(entity = <$fact>::ENTITY, ?tally, "imported");
            report.entities.push((<$fact>::ENTITY, tally));
        }
    )+ }; }
    in_order!(each);
    Ok((scan, report))
}

async fn load_entity<F: Fact>(
    scan: Scan,
    mut writer: Option<&mut Writer<'_>>,
) -> Result<(Scan, Tally), Error> {
    let mut total = Tally::default();
    let mut scan = scan;
    for index in 0..scan.entries::<F>() {
        let (send, mut chunks) = mpsc::channel::<Chunk<F>>(3);
        let reading = on_thread(move || {
            let rejected = scan.read::<F>(index, |chunk| send.blocking_send(chunk).is_ok())?;
            Ok((scan, rejected))
        });
        let reading = tokio::spawn(reading);
        let written = drain(&mut chunks, writer.as_deref_mut()).await;
        drop(chunks);
        let (back, rejected) =
            reading.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
        total.add(written?);
        total.rejected += rejected;
        scan = back;
    }
    Ok((scan, total))
}

async fn drain<F: Fact>(
    chunks: &mut mpsc::Receiver<Chunk<F>>,
    mut writer: Option<&mut Writer<'_>>,
) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    while let Some(chunk) = chunks.recv().await {
        match writer.as_deref_mut() {
            Some(writer) => tally.add(writer.write(chunk).await?),
            // a check: the rows are valid, and nothing becomes of them
            None => tally.unchanged += chunk.facts.len() as u64,
        }
    }
    Ok(tally)
}

/// Writes chunks behind the gate. A transaction takes many chunks: every page of an index that they touch is then
/// written once.
struct Writer<'a> {
    database: Database,
    calendar: Calendar,
    gate: Gate,
    progress: &'a ProgressBar,
    /// On SQLite, new facts go this way; it and `open` never have a transaction at the same time.
    bulk: Option<Bulk>,
    open: Option<DatabaseTransaction>,
    begun: Instant,
    rows: u64,
}

/// Other writers wait no longer than this for a transaction, and a lease is renewed in between.
const TRANSACTION: Duration = Duration::from_secs(3);

impl Writer<'_> {
    async fn write<F: Fact>(&mut self, chunk: Chunk<F>) -> Result<Tally, Error> {
        let Chunk { quarter, facts } = chunk;
        let count = facts.len() as u64;
        if let Some(quarter) = quarter.filter(|quarter| !self.gate.holds(*quarter)) {
            self.open_gate(quarter).await?;
        }
        let known = if quarter.is_some() { self.insert_new(facts).await? } else { facts };
        let created = count - known.len() as u64;
        let mut tally = Tally { created, ..Tally::default() };
        if !known.is_empty() {
            tally.add(self.upsert(quarter, known).await?);
        }
        if let Some(quarter) = quarter.filter(|_| tally.changed()) {
            self.gate.changed(quarter);
        }
        self.rows += count;
        self.progress.inc(count);
        if self.begun.elapsed() > TRANSACTION {
            self.commit().await?;
        }
        Ok(tally)
    }

    /// Committed at once: whoever wants to close sees that the quarter is open before it has the facts.
    async fn open_gate(&mut self, quarter: Quarter) -> Result<(), Error> {
        self.commit().await?;
        let transaction = begin_write(&self.database).await?;
        self.gate.open(&transaction, quarter).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What is new, the fast way where there is one; returns the rest.
    async fn insert_new<F: Fact>(&mut self, facts: Vec<F>) -> Result<Vec<F>, Error> {
        let Some(bulk) = self.bulk.take() else { return Ok(facts) };
        if self.open.is_some() {
            self.commit().await?;
        }
        let (bulk, known) = on_thread(move || {
            let known = F::insert_new(&bulk, facts)?;
            Ok((bulk, known))
        })
        .await?;
        self.bulk = Some(bulk);
        Ok(known)
    }

    async fn upsert<F: Fact>(&mut self, quarter: Option<Quarter>, facts: Vec<F>) -> Result<Tally, Error> {
        let transaction = match self.open.take() {
            Some(open) => open,
            None => {
                self.commit().await?;
                begin_write(&self.database).await?
            }
        };
        let span = quarter.map(|quarter| self.span(quarter));
        let written = F::write(&transaction, facts, span).await?;
        self.open = Some(transaction);
        if written.past_changed {
            self.gate.all_changed();
        }
        if let Some(quarter) = written.changed_since {
            self.gate.changed_since(quarter);
        }
        Ok(written.tally)
    }

    /// Ends the transaction there is, and says that this import lives.
    async fn commit(&mut self) -> Result<(), Error> {
        if let Some(bulk) = self.bulk.take() {
            self.bulk = Some(on_thread(move || bulk.commit().map(|()| bulk)).await?);
        }
        let open = match self.open.take() {
            Some(open) => open,
            None => begin_write(&self.database).await?,
        };
        self.gate.renew(&open).await?;
        open.commit().await?;
        self.begun = Instant::now();
        Ok(())
    }

    fn span(&self, quarter: Quarter) -> (i64, i64) {
        (self.calendar.start(quarter).timestamp_millis(), self.calendar.end(quarter).timestamp_millis())
    }
}

/// Runs what blocks where it may.
async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}
