//! What can go wrong in a job, named for what the reader can do about it.

mod remedy;

use std::path::PathBuf;

use rapport_entities::{ActionState, CardPart, CaseEvent, CaseState, Quarter, WinbackOutcome};
use sea_orm::DbErr;

pub use remedy::Remedy;
use remedy::trouble;

/// Why a job did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The mapping cannot be read, or says something that cannot be.
    #[error("mapping {}: {why}", path.display())]
    Mapping {
        /// The mapping file.
        path: PathBuf,
        /// What is wrong and what would be right.
        why: String,
    },
    /// A SELECT of the mapping is wrong.
    #[error("the SELECT of [[{entity}]]: {why}")]
    Select {
        /// Which entity it is for.
        entity: String,
        /// What is wrong.
        why: String,
    },
    /// A file cannot be read.
    #[error("{}{}: {why}", path.display(), at_line(*line))]
    File {
        /// The file.
        path: PathBuf,
        /// 0 if it is the file as a whole.
        line: u64,
        /// What is wrong and what to do.
        why: String,
    },
    /// The rejects cannot be written.
    #[error("cannot write the rejects to {}: {why}; name another folder with --rejects", path.display())]
    Rejects {
        /// The file of the rejects.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// A strict import found rows to refuse; nothing was loaded.
    #[error(
        "{rejected} rows were refused and --strict was given, so nothing was loaded; see {}",
        listed(files)
    )]
    Refused {
        /// How many rows.
        rejected: u64,
        /// Where they are explained.
        files: Vec<PathBuf>,
    },
    /// Another process has it.
    #[error("{what} is being done by another process; try again later")]
    Busy {
        /// What is asked for.
        what: String,
    },
    /// A quarter without a row of data.
    #[error("{quarter} has no data; {}", known(quarters))]
    NoData {
        /// The quarter asked for.
        quarter: Quarter,
        /// Those that have.
        quarters: Vec<Quarter>,
    },
    /// A quarter that is not over.
    #[error("{quarter} ends on {end}; close it with --provisional until then")]
    NotOver {
        /// The quarter asked for.
        quarter: Quarter,
        /// Its last day.
        end: chrono::NaiveDate,
    },
    /// An import holds the quarter.
    #[error(
        "an import of {quarter} is open or was broken off; run it again (`rapport import`) and then close"
    )]
    OpenImport {
        /// The quarter asked for.
        quarter: Quarter,
    },
    /// The calendar is not the one the data were imported with.
    #[error(
        "{quarter} was imported as {imported}, and the settings say {configured}; \
         set calendar.zone and calendar.first_month back, or import into a new database"
    )]
    Calendar {
        /// The quarter.
        quarter: Quarter,
        /// Its span as imported.
        imported: String,
        /// Its span by the settings.
        configured: String,
    },
    /// Purchases in several currencies cannot be added.
    #[error("{quarter} has purchases in {}; convert them to one in the mapping's SELECT", currencies.join(" and "))]
    Currencies {
        /// The quarter.
        quarter: Quarter,
        /// What was found.
        currencies: Vec<String>,
    },
    /// The inputs changed while they were read.
    #[error("the data of {quarter} changed while it was closed; close it again")]
    Superseded {
        /// The quarter.
        quarter: Quarter,
    },
    /// What was stored does not add up to what was read: a defect, and the quarter stays unpublished.
    #[error("{quarter}: {what}; nothing was published, please report this")]
    Unbalanced {
        /// The quarter.
        quarter: Quarter,
        /// Which totals.
        what: String,
    },
    /// A stored answer or setting cannot be read back.
    #[error("{what} cannot be read: {why}")]
    Stored {
        /// Which row.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// The schedule.
    #[error(transparent)]
    Schedule(#[from] crate::schedule::ScheduleError),
    /// The settings.
    #[error(transparent)]
    Settings(#[from] crate::SettingsError),
    /// A drawing.
    #[error("a chart could not be drawn: {0}")]
    Chart(#[from] rapport_charts::Error),
    /// The demo's files.
    #[error(transparent)]
    Demo(#[from] crate::demo::Error),
    /// The scratch database of an import, which lies in the system's folder for temporary files.
    #[error("the import's temporary database failed: {0}; is the folder for temporary files full?")]
    Scratch(#[source] rusqlite::Error),
    /// The database.
    #[error("{}", trouble(.0).unwrap_or("the database failed"))]
    Database(#[from] DbErr),
    /// There is no such job.
    #[error("there is no job `{name}`; there are {}", jobs.join(", "))]
    NoJob {
        /// The name asked for.
        name: String,
        /// Those there are.
        jobs: Vec<&'static str>,
    },
    /// A quarter was named for a job that has none.
    #[error("{job} is not a job of quarters; ask for it without one")]
    NotOfQuarters {
        /// The job.
        job: &'static str,
    },
    /// A quarter without a revision.
    #[error("{quarter} is not published; close it first")]
    NotPublished {
        /// The quarter.
        quarter: Quarter,
    },
    /// A revision that does not come out again.
    #[error(
        "{quarter} revision {revision} does not verify: its inputs give {computed}, and {published} was published; \
         facts were changed behind the import, or there is a defect"
    )]
    Unverified {
        /// The quarter.
        quarter: Quarter,
        /// Which revision.
        revision: i32,
        /// Digest of what was published.
        published: String,
        /// Digest of what comes out.
        computed: String,
    },
    /// The lease ran out; another process has the run or will take it.
    #[error("the run was lost to another process, or the database was out of reach for too long")]
    Lost,
    /// The process is told to stop.
    #[error("stopped; the run was given back and will be done by the next process")]
    Stopped,
    /// A run took too long.
    #[error("{job} took longer than {minutes} minutes")]
    TimedOut {
        /// The job.
        job: &'static str,
        /// What it may take.
        minutes: u64,
    },
    /// A defect.
    #[error("{job} broke off by a defect; the log says where, please report it")]
    Panicked {
        /// The job.
        job: &'static str,
    },
    /// A backup was not made, or cannot be used.
    #[error("the backup {}: {why}", path.display())]
    Backup {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The database that is to be replaced is open.
    #[error(
        "the database {} is in use by another process; stop that (`rapport serve`), then restore again",
        path.display()
    )]
    InUse {
        /// The database's file.
        path: PathBuf,
    },
    /// A segment that no customer has and nobody named.
    #[error("there is no segment {dimension}={segment}; {}", segments(known))]
    NoSegment {
        /// Code of the dimension.
        dimension: String,
        /// Code of the segment.
        segment: String,
        /// Those there are, as `dimension=segment`.
        known: Vec<String>,
    },
    /// An operator's token that would see only segments.
    #[error(
        "an operator runs the jobs of the whole company, so its token cannot be narrowed to segments; make it an analyst's"
    )]
    NarrowedOperator,
    /// A token's name that is taken.
    #[error("there is a token {name} already; revoke it first, or take another name")]
    TokenExists {
        /// The name.
        name: String,
    },
    /// A token that is not there, or is revoked.
    #[error("there is no token {name} to revoke; `rapport token list` shows those there are")]
    NoToken {
        /// Its name or id, as it was given.
        name: String,
    },
    /// The audit trail is not what it was.
    #[error("the audit trail is broken at event {number}: {why}; what stands before it is whole")]
    Chain {
        /// The first event that is wrong.
        number: i64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A customer that is not there.
    #[error("there is no customer {code}")]
    NoCustomer {
        /// The company's own code.
        code: String,
    },
    /// A prospect that there is not.
    #[error("there is no prospect {prospect}; give the source and its code")]
    NoProspect {
        /// Its source and code.
        prospect: String,
    },
    /// A complaint that is not there.
    #[error("there is no complaint {complaint}")]
    NoComplaint {
        /// As it was named.
        complaint: String,
    },
    /// A move that no case in this state may make.
    #[error("the complaint {complaint} is {from} and cannot become {to}; from there it becomes {legal}")]
    IllegalMove {
        /// Its code.
        complaint: String,
        /// The state it is in.
        from: CaseState,
        /// The state asked for.
        to: CaseState,
        /// The states there are from there.
        legal: String,
    },
    /// Another was quicker.
    #[error(
        "the complaint {complaint} was moved by somebody else: it was {saw}, and is {now} now; look at it again"
    )]
    Moved {
        /// Its code.
        complaint: String,
        /// The state that was seen.
        saw: CaseState,
        /// The state it is in.
        now: CaseState,
    },
    /// Something of a case happened when it cannot have.
    #[error("{at} cannot be: {why}")]
    EventTime {
        /// The time given.
        at: chrono::DateTime<chrono::Utc>,
        /// Why not.
        why: String,
    },
    /// Something of a case that lacks what it needs.
    #[error("`{kind}` cannot be recorded so: {why}")]
    CaseEvent {
        /// What happened.
        kind: CaseEvent,
        /// What is wrong.
        why: String,
    },
    /// A contact that cannot have been so.
    #[error("this contact cannot be logged: {why}")]
    Contact {
        /// What is wrong.
        why: String,
    },
    /// An action that is not there.
    #[error("there is no action {action}")]
    NoAction {
        /// Its code, as it was given.
        action: String,
    },
    /// An action that lacks what it needs, or that cannot be.
    #[error("this cannot be done with an action: {why}")]
    Action {
        /// What is wrong and what would be right.
        why: String,
    },
    /// A move that no action in this state may make.
    #[error("the action {action} is {from} and cannot become {to}; {legal}")]
    IllegalActionMove {
        /// Its code.
        action: String,
        /// The state it is in.
        from: ActionState,
        /// The state asked for.
        to: ActionState,
        /// What there is from there.
        legal: String,
    },
    /// Another was quicker.
    #[error(
        "the action {action} was moved by somebody else: it was {saw}, and is {now} now; look at it again"
    )]
    ActionMoved {
        /// Its code.
        action: String,
        /// The state that was seen.
        saw: ActionState,
        /// The state it is in.
        now: ActionState,
    },
    /// A card that no playbook has.
    #[error("there is no card {card}")]
    NoCard {
        /// Scheme and class, as they were named.
        card: String,
    },
    /// Another wrote a version meanwhile.
    #[error(
        "the card {card} was written by somebody else: version {saw} was seen, and the newest is {now}; look at it again"
    )]
    Rewritten {
        /// Scheme, class and language.
        card: String,
        /// The version that was seen.
        saw: i32,
        /// The newest.
        now: i32,
    },
    /// A text that no card can have.
    #[error("`{part}` cannot be so: {why}")]
    CardText {
        /// Of which part.
        part: CardPart,
        /// What is wrong.
        why: String,
    },
    /// A loss, or an attempt to win a customer back, that cannot be recorded so.
    #[error("this cannot be recorded of a lost customer: {why}")]
    Loss {
        /// What is wrong and what would be right.
        why: String,
    },
    /// An attempt that is not there.
    #[error("there is no attempt {attempt} to win this customer back")]
    NoAttempt {
        /// Its key, as it was given.
        attempt: String,
    },
    /// Another was quicker.
    #[error(
        "what became of the attempt {attempt} was recorded by somebody else: it is {now}; look at it again"
    )]
    AttemptEnded {
        /// Its code.
        attempt: String,
        /// What became of it.
        now: WinbackOutcome,
    },
    /// The operating system gave no random numbers.
    #[error("the operating system gives no random numbers ({0}), and a secret must be one")]
    Random(#[from] getrandom::Error),
    /// A file of results cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

fn at_line(line: u64) -> String {
    if line == 0 { String::new() } else { format!(", line {line}") }
}

fn listed(files: &[PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn segments(known: &[String]) -> String {
    match known {
        [] => "the database has none: import first".to_owned(),
        known => format!("there are {}", known.join(", ")),
    }
}

fn known(quarters: &[Quarter]) -> String {
    match (quarters.first(), quarters.last()) {
        (Some(first), Some(last)) => format!("there are data from {first} to {last}"),
        _ => "the database is empty: import first".to_owned(),
    }
}
