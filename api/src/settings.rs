//! The settings: one typed tree. Flags beat the environment, which beats the file, which beats the defaults.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use config::{Config, Environment, File, FileFormat};
use rapport_entities::Calendar;
use rapport_jobs::{
    Backup, Prune, Rules, Schedule,
    settings::{AlertRules, ChartSettings, DeliverySettings, MailSettings, ServiceRules, Subscription},
};
use serde::{Deserialize, Serialize};

use crate::Error;

/// The file that is read if there is one and no other is named.
pub const FILE: &str = "rapport.toml";

/// What an environment variable's name begins with; `__` separates nested names.
const PREFIX: &str = "RAPPORT_";

/// Hours of a year.
const LONGEST_SESSION: u32 = 8_784;

/// Every setting of the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The database's URL: `sqlite:FILE` or `postgres://…`.
    pub database: String,
    /// The company's name, for titles.
    pub company: Option<String>,
    /// The server.
    pub serve: Serve,
    /// Time zone and fiscal year.
    pub calendar: Calendar,
    /// The rules of a close.
    pub rules: Rules,
    /// The mappings that the job `import` imports, or folders of them.
    pub imports: Vec<PathBuf>,
    /// A folder of saved queries, beside those that ship.
    pub queries: Option<PathBuf>,
    /// When the jobs run.
    pub schedule: Schedule,
    /// How long what nobody needs is kept.
    pub prune: Prune,
    /// Fonts for the charts.
    pub charts: ChartSettings,
    /// Where backups go, and how many stay.
    pub backup: Backup,
    /// What customers who complain may expect.
    pub service: ServiceRules,
    /// What is alarming.
    pub alerts: AlertRules,
    /// How deliveries are tried.
    pub delivery: DeliverySettings,
    /// The mail server.
    pub mail: MailSettings,
    /// Who is told what.
    pub subscriptions: Vec<Subscription>,
    /// The log.
    pub log: Log,
}

/// The log, on standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// How a line is written.
    pub format: Format,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: an object a line.
    Json,
}

/// The server's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Serve {
    /// Where it listens: a loopback address, or any other once there is a token.
    pub address: SocketAddr,
    /// Names by which it may be called, besides localhost and loopback addresses; with tokens any, if none is given.
    pub hosts: Vec<String>,
    /// Origins whose pages may read answers, such as `https://bi.example.com` (CORS); none by default.
    pub origins: Vec<String>,
    /// Whether viewers and analysts may ask saved queries alone.
    pub saved_only: bool,
    /// Seconds an answer may take.
    pub timeout: u64,
    /// Largest body of a request, in bytes.
    pub body_bytes: usize,
    /// Longest GraphQL document, in characters.
    pub query_characters: usize,
    /// Deepest nesting of a GraphQL query; introspection needs 15.
    pub query_depth: usize,
    /// Room for answers that are kept until the data change, in bytes; 0 keeps none.
    pub cache_bytes: u64,
    /// Room for charts that were turned into pixels, in bytes; 0 keeps none.
    pub picture_bytes: u64,
    /// Room for reports that were made, in bytes; 0 keeps none.
    pub report_bytes: u64,
    /// Highest cost of a GraphQL query: about the number of values in its answer.
    pub query_cost: usize,
    /// Requests a token may make in a minute, at each replica.
    pub requests_per_minute: usize,
    /// What a token's queries may cost in a minute, at each replica.
    pub cost_per_minute: usize,
    /// Hours after which a browser that signed in must sign in again.
    pub session_hours: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: "sqlite:rapport.sqlite".to_owned(),
            company: None,
            serve: Serve::default(),
            calendar: Calendar::default(),
            rules: Rules::default(),
            imports: Vec::new(),
            queries: None,
            schedule: Schedule::default(),
            prune: Prune::default(),
            charts: ChartSettings::default(),
            backup: Backup::default(),
            log: Log::default(),
            service: ServiceRules::default(),
            alerts: AlertRules::default(),
            delivery: DeliverySettings::default(),
            mail: MailSettings::default(),
            subscriptions: Vec::new(),
        }
    }
}

impl Default for Serve {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 8000)),
            hosts: Vec::new(),
            origins: Vec::new(),
            saved_only: false,
            timeout: 10,
            body_bytes: 64 * 1024,
            query_characters: 15_000,
            query_depth: 16,
            cache_bytes: 64 * 1024 * 1024,
            picture_bytes: 32 * 1024 * 1024,
            report_bytes: 64 * 1024 * 1024,
            query_cost: 600_000,
            requests_per_minute: 1_200,
            cost_per_minute: 40_000_000,
            session_hours: 12,
        }
    }
}

impl Settings {
    /// Reads the file (the named one must exist) and the environment, and validates the whole.
    ///
    /// Fails with [`Error::Settings`], which names the setting.
    pub fn read(file: Option<&Path>) -> Result<Self, Error> {
        Self::layered(
            file,
            std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
        )
    }

    /// As [`Settings::read`], with these variables as the environment.
    pub fn layered(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        let (path, required) = file.map_or((Path::new(FILE), false), |path| (path, true));
        let settings: Self = Config::builder()
            .add_source(File::from(path).format(FileFormat::Toml).required(required))
            .add_source(
                Environment::with_prefix("RAPPORT")
                    .prefix_separator("_")
                    .separator("__")
                    .try_parsing(true)
                    .source(Some(ours(environment))),
            )
            .build()
            .and_then(Config::try_deserialize)
            .map_err(|error| Error::Settings(error.to_string()))?;
        settings.validate()?;
        Ok(settings)
    }

    /// Fails at the first setting that cannot be, naming it.
    pub fn validate(&self) -> Result<(), Error> {
        self.jobs().validate().map_err(|error| Error::Settings(error.to_string()))?;
        let limits = [
            ("timeout", self.serve.timeout as usize),
            ("body_bytes", self.serve.body_bytes),
            ("query_characters", self.serve.query_characters),
            ("query_depth", self.serve.query_depth),
            ("query_cost", self.serve.query_cost),
            ("requests_per_minute", self.serve.requests_per_minute),
            ("cost_per_minute", self.serve.cost_per_minute),
            ("session_hours", self.serve.session_hours as usize),
        ];
        if self.serve.session_hours > LONGEST_SESSION {
            let text = format!("serve.session_hours is over {LONGEST_SESSION}; sign in once a year at least");
            return Err(Error::Settings(text));
        }
        match limits.into_iter().find(|(_, value)| *value == 0) {
            Some((name, _)) => Err(Error::Settings(format!("serve.{name} is 0; it must be 1 or more"))),
            None => Ok(()),
        }
    }

    /// The part that the jobs take.
    pub fn jobs(&self) -> rapport_jobs::Settings {
        rapport_jobs::Settings {
            company: self.company.clone(),
            calendar: self.calendar,
            rules: self.rules.clone(),
            imports: self.imports.clone(),
            schedule: self.schedule.clone(),
            prune: self.prune.clone(),
            charts: self.charts.clone(),
            backup: self.backup.clone(),
            service: self.service.clone(),
            alerts: self.alerts.clone(),
            delivery: self.delivery.clone(),
            mail: self.mail.clone(),
            subscriptions: self.subscriptions.clone(),
        }
    }
}

/// The variables that are settings. Others may begin with the prefix too: an orchestrator sets `RAPPORT_PORT` and the
/// like beside a service of that name.
fn ours(environment: impl Iterator<Item = (String, String)>) -> HashMap<String, String> {
    let is_ours = |name: &str| {
        let Some(name) = name.strip_prefix(PREFIX) else { return false };
        let nested = [
            "SERVE__",
            "CALENDAR__",
            "RULES__",
            "SCHEDULE__",
            "PRUNE__",
            "BACKUP__",
            "LOG__",
            "SERVICE__",
            "ALERTS__",
            "DELIVERY__",
            "MAIL__",
        ];
        name == "DATABASE" || name == "COMPANY" || nested.iter().any(|part| name.starts_with(part))
    };
    environment.filter(|(name, _)| is_ours(name)).collect()
}

/// How a test wants this process to fail.
#[cfg(feature = "failpoints")]
#[allow(clippy::disallowed_methods)]
pub fn failure() -> Option<String> {
    std::env::var("RAPPORT_FAILPOINT").ok()
}
