//! What the jobs take as settings: the calendar and every rule and threshold, each with its default.

mod alerts;
mod backup;
mod care;
mod complaint;
mod delivery;
mod lease;
mod loss;
mod schedule;
mod secret;
mod service;
mod structure;
mod subscription;
mod value;
mod weighting;

use std::path::PathBuf;

use rapport_entities::{Calendar, CalendarError};
use serde::{Deserialize, Serialize};

use crate::schedule::firing::NoExpression;

pub use alerts::AlertRules;
pub use backup::Backup;
pub use care::CareRules;
pub use complaint::ComplaintRules;
pub use delivery::{DeliverySettings, MailSettings};
pub use lease::Lease;
pub use loss::{CostRules, LossRules, OwnReason};
pub use schedule::Schedule;
pub use secret::Secret;
pub use service::{Clock, CustomerClass, ServiceCalendar, ServiceRules, ServiceStandard, Weekdays};
pub use structure::{Crosshair, DriverRules, Importance, Metric, Missing, Scheme, StructureRules};
pub use subscription::{Destination, Subscription, Topic};
pub use value::{BehaviourAxis, ClassRules, LifecycleRules, LifetimeRules, PurchaseModel, WordOfMouthRules};
pub use weighting::WeightingRules;

/// The settings of the jobs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The company's name, for titles.
    pub company: Option<String>,
    /// Time zone and fiscal year.
    pub calendar: Calendar,
    /// The rules of a close: stored with every publication.
    pub rules: Rules,
    /// The mappings that the job `import` imports, or folders of them.
    pub imports: Vec<PathBuf>,
    /// When the jobs run.
    pub schedule: Schedule,
    /// Fonts for the charts.
    pub charts: ChartSettings,
    /// Where backups go, and how many stay.
    pub backup: Backup,
    /// How long what nobody needs is kept.
    pub prune: Prune,
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
}

/// The charts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChartSettings {
    /// Fonts, or folders of them, for signs that the embedded font lacks; they are asked before those of the machine.
    pub fonts: Vec<PathBuf>,
}

/// How long what nobody needs is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prune {
    /// Provisional revisions, once a newer revision is there; in days.
    pub provisional_days: u32,
    /// Runs that are over and published nothing; in days.
    pub runs_days: u32,
}

impl Default for Prune {
    fn default() -> Self {
        Self { provisional_days: 35, runs_days: 400 }
    }
}

/// The rules of a close. They are stored with every publication and printed beside the figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Bases of fewer answers are suppressed.
    pub minimum_base: u64,
    /// Segments of fewer customers show no composition and no transitions.
    pub minimum_customers: u64,
    /// The best points of a scale that count for the top box.
    pub top_boxes: u32,
    /// How many quarters, the closed one included, the latest answers and the purchases are looked for in.
    pub window_quarters: u32,
    /// A customer stays by at least so many purchases in the window …
    pub repeat_purchases: u32,
    /// … the last of them within so many quarters.
    pub active_quarters: u32,
    /// Satisfied from here, of ten.
    pub satisfaction_cut: f64,
    /// Intending to stay from here, of ten.
    pub intention_cut: f64,
    /// An apostle's least, of ten.
    pub apostle_cut: f64,
    /// A terrorist's most, of ten.
    pub terrorist_cut: f64,
    /// High turnover from here, in major units; the median of the customers with turnover if not given.
    pub turnover_cut: Option<f64>,
    /// High profitability from here, profit ÷ turnover; the median if not given.
    pub profitability_cut: Option<f64>,
    /// A change is significant below this p-value, corrected for all segments of a metric.
    pub significance: f64,
    /// How that is corrected.
    pub correction: Correction,
    /// Where the behaviour axis of the loyalty types comes from.
    pub behaviour: BehaviourAxis,
    /// Weights to the population.
    pub weighting: WeightingRules,
    /// The structural model.
    pub structure: StructureRules,
    /// What drives satisfaction.
    pub drivers: DriverRules,
    /// What customers will buy.
    pub lifetime: LifetimeRules,
    /// How customers are told apart by value.
    pub classes: ClassRules,
    /// The phases of the relationship.
    pub lifecycle: LifecycleRules,
    /// What word of mouth is assumed to be worth.
    pub word_of_mouth: WordOfMouthRules,
    /// What complaints teach.
    pub complaints: ComplaintRules,
    /// Who is to be cared for.
    pub care: CareRules,
    /// Lost customers.
    pub losses: LossRules,
    /// What having customers costs.
    pub costs: CostRules,
}

/// How p-values are corrected for many comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// The chance of any false alarm stays below the level.
    Holm,
    /// The share of false alarms among the alarms does.
    BenjaminiHochberg,
}

/// A number of the rules: its name, what it is, the least and the most it may be, and those in words.
type Check = (&'static str, f64, f64, f64, &'static str);

/// A setting that cannot be.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SettingsError {
    /// The calendar's fault.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A number outside of what it may be.
    #[error("rules.{name} is {value}; it must be {expected}")]
    Rule {
        /// Which.
        name: &'static str,
        /// As given.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// The structural model cannot be.
    #[error("rules.structure: {0}")]
    Structure(String),
    /// A schedule that is none.
    #[error("schedule.{setting}: {why}")]
    Expression {
        /// Which.
        setting: String,
        /// What is wrong with it.
        why: NoExpression,
    },
    /// A firing would come too late.
    #[error("schedule.jitter_seconds is {0}; it must be 0 to 3,600")]
    Jitter(u32),
    /// A lease that ends before it is renewed, or hardly ever.
    #[error("schedule.lease_seconds is {0}; it must be 1 to 3,600")]
    Lease(Lease),
    /// A font that is not there.
    #[error("charts.fonts: there is no file or folder {}", .0.display())]
    Font(PathBuf),
    /// No backup would stay.
    #[error("backup.keep is 0; it must be 1 or more")]
    KeepNone,
    /// A rule of the alerts cannot be.
    #[error("alerts.{name}: {why}")]
    Alerts {
        /// Which.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// A service standard or its calendar cannot be.
    #[error("service.{name}: {why}")]
    Service {
        /// Which.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// Deliveries cannot be tried so.
    #[error("delivery.{name} {why}")]
    Delivery {
        /// Which.
        name: &'static str,
        /// What is wrong.
        why: String,
    },
    /// Mails cannot be sent so.
    #[error("mail.{name} {why}")]
    Mail {
        /// Which.
        name: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A subscription cannot be served.
    #[error("the subscription `{name}`: {why}")]
    Subscription {
        /// Its name.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// A reason for losing customers cannot be.
    #[error("rules.losses.reasons: `{code}` cannot be: {why}")]
    Reason {
        /// Its code.
        code: String,
        /// What is wrong.
        why: String,
    },
    /// One cut without the other.
    #[error("rules.turnover_cut and rules.profitability_cut go together; give both or neither")]
    HalfACut,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            minimum_base: 30,
            minimum_customers: 10,
            top_boxes: 2,
            window_quarters: 4,
            repeat_purchases: 2,
            active_quarters: 2,
            satisfaction_cut: 8.0,
            intention_cut: 8.0,
            apostle_cut: 9.0,
            terrorist_cut: 3.0,
            turnover_cut: None,
            profitability_cut: None,
            significance: 0.05,
            correction: Correction::Holm,
            behaviour: BehaviourAxis::Purchases,
            weighting: WeightingRules::default(),
            structure: StructureRules::default(),
            drivers: DriverRules::default(),
            lifetime: LifetimeRules::default(),
            classes: ClassRules::default(),
            lifecycle: LifecycleRules::default(),
            word_of_mouth: WordOfMouthRules::default(),
            complaints: ComplaintRules::default(),
            care: CareRules::default(),
            losses: LossRules::default(),
            costs: CostRules::default(),
        }
    }
}

impl Settings {
    /// Fails at the first setting that cannot be, naming it and what it may be.
    pub fn validate(&self) -> Result<(), SettingsError> {
        self.calendar.validate()?;
        self.schedule.validate(self.calendar.zone)?;
        if let Some(missing) = self.charts.fonts.iter().find(|place| !place.exists()) {
            return Err(SettingsError::Font(missing.clone()));
        }
        if self.backup.keep == 0 {
            return Err(SettingsError::KeepNone);
        }
        let rules = &self.rules;
        let of_ten = "a number of points of ten, 0 to 10";
        let share = "a share, 0 to 1";
        let checks = [
            ("window_quarters", f64::from(rules.window_quarters), 1.0, 40.0, "1 to 40"),
            ("active_quarters", f64::from(rules.active_quarters), 1.0, 40.0, "1 to 40"),
            ("repeat_purchases", f64::from(rules.repeat_purchases), 1.0, f64::MAX, "1 or more"),
            ("top_boxes", f64::from(rules.top_boxes), 1.0, 10.0, "1 to 10"),
            ("satisfaction_cut", rules.satisfaction_cut, 0.0, 10.0, of_ten),
            ("intention_cut", rules.intention_cut, 0.0, 10.0, of_ten),
            ("apostle_cut", rules.apostle_cut, 0.0, 10.0, of_ten),
            ("terrorist_cut", rules.terrorist_cut, 0.0, 10.0, of_ten),
            ("significance", rules.significance, f64::MIN_POSITIVE, 0.5, "above 0 and at most 0.5"),
            ("structure.resamples", f64::from(rules.structure.resamples), 2.0, 20_000.0, "2 to 20,000"),
            ("structure.groups", f64::from(rules.structure.groups), 2.0, 1_000.0, "2 to 1,000"),
            ("weighting.least", rules.weighting.least, f64::MIN_POSITIVE, 1.0, "above 0 and at most 1"),
            ("weighting.most", rules.weighting.most, 1.0, f64::MAX, "1 or more"),
            ("weighting.efficiency", rules.weighting.efficiency, 0.0, 1.0, share),
            ("lifetime.unit_days", rules.lifetime.unit_days, f64::MIN_POSITIVE, 3_660.0, "above 0"),
            ("lifetime.horizon_days", rules.lifetime.horizon_days, 0.0, 36_600.0, "0 to 36,600"),
            ("lifetime.periods", f64::from(rules.lifetime.periods), 1.0, 1_200.0, "1 to 1,200"),
            ("lifetime.period_days", rules.lifetime.period_days, f64::MIN_POSITIVE, 3_660.0, "above 0"),
            ("lifetime.discount", rules.lifetime.discount, 0.0, 1.0, share),
            ("lifetime.alive_cut", rules.lifetime.alive_cut, 0.0, 1.0, share),
        ];
        let of_value = rules
            .classes
            .checks()
            .into_iter()
            .chain(rules.word_of_mouth.checks())
            .chain(rules.complaints.checks())
            .chain(rules.care.checks())
            .chain(rules.losses.checks())
            .chain(rules.costs.checks());
        for (name, value, low, high, expected) in checks.into_iter().chain(of_value) {
            if !(low..=high).contains(&value) {
                return Err(SettingsError::Rule { name, value, expected });
            }
        }
        rules.structure.validate().map_err(SettingsError::Structure)?;
        rules.losses.validate()?;
        if rules.turnover_cut.is_some() != rules.profitability_cut.is_some() {
            return Err(SettingsError::HalfACut);
        }
        self.service.validate()?;
        self.alerts.validate()?;
        self.delivery.validate()?;
        self.validate_subscriptions()
    }

    fn validate_subscriptions(&self) -> Result<(), SettingsError> {
        for (place, subscription) in self.subscriptions.iter().enumerate() {
            subscription.validate(&self.mail)?;
            if self.subscriptions[..place].iter().any(|other| other.name == subscription.name) {
                let why = "the name is given twice; each subscription needs its own".to_owned();
                return Err(SettingsError::Subscription { name: subscription.name.clone(), why });
            }
        }
        Ok(())
    }
}
