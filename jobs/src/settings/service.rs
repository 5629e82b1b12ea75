//! Service standards: by when a complaint is to be acknowledged and resolved, for whom, since when, and by which clock. The
//! list is a history: what was in force when a complaint came in counts for it for good.

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::NaiveDate;
use chrono_tz::Tz;
use rapport_entities::{Severity, Size, ValueClass, WorkingHours, calendar::Span};
use serde::{Deserialize, Serialize};

use super::SettingsError;

/// What customers who complain may expect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceRules {
    /// The hours of the clock that stands still when nobody works.
    pub calendar: ServiceCalendar,
    /// The standards, also those of the past.
    pub standards: Vec<ServiceStandard>,
}

/// A standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceStandard {
    /// For complaints received from this day on, until another standard of the same severity and class follows.
    pub from: NaiveDate,
    /// For complaints so grave alone; one without a severity counts as medium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// For customers who are of this class in the newest published quarter alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<CustomerClass>,
    /// Hours until the customer is told that the complaint came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_hours: Option<f64>,
    /// Hours until it is resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolve_hours: Option<f64>,
    /// Which clock counts them.
    #[serde(default)]
    pub clock: Clock,
    /// Attitude: the share of cases that should have no fault in their handling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faultless: Option<f64>,
    /// Attitude: the share of the customers asked who should be satisfied with the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<f64>,
}

/// What counts hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Every hour.
    #[default]
    Hours,
    /// Hours of the calendar alone.
    Business,
}

/// A class of customers that a standard is for: by value, `a` to `d`, or by size, `small` to `vip`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CustomerClass {
    /// By turnover and profitability.
    Value(ValueClass),
    /// By size.
    Size(Size),
}

/// Working hours, as settings have them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceCalendar {
    /// The company's if not given.
    pub zone: Option<Tz>,
    /// Days on which nobody works.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days that are worked in spite of their weekday, as long as a Monday: those that make up for a holiday.
    pub workdays: BTreeSet<NaiveDate>,
    /// The hours of each weekday.
    pub hours: Weekdays,
}

/// The hours of each weekday; none where nobody works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Weekdays {
    pub mon: Vec<Span>,
    pub tue: Vec<Span>,
    pub wed: Vec<Span>,
    pub thu: Vec<Span>,
    pub fri: Vec<Span>,
    pub sat: Vec<Span>,
    pub sun: Vec<Span>,
}

impl Default for ServiceRules {
    fn default() -> Self {
        let standard = |severity, hours| ServiceStandard {
            from: NaiveDate::default(),
            severity: Some(severity),
            class: None,
            acknowledge_hours: None,
            resolve_hours: Some(hours),
            clock: Clock::Hours,
            faultless: None,
            satisfied: None,
        };
        let standards = [(Severity::High, 24.0), (Severity::Medium, 72.0), (Severity::Low, 168.0)]
            .map(|(severity, hours)| standard(severity, hours));
        Self { calendar: ServiceCalendar::default(), standards: standards.into() }
    }
}

impl Default for Weekdays {
    fn default() -> Self {
        let day: Vec<Span> = "09:00-18:00".parse().into_iter().collect();
        let [mon, tue, wed, thu, fri] = std::array::from_fn(|_| day.clone());
        Self { mon, tue, wed, thu, fri, sat: Vec::new(), sun: Vec::new() }
    }
}

impl Weekdays {
    fn all(&self) -> [(&'static str, &Vec<Span>); 7] {
        [
            ("mon", &self.mon),
            ("tue", &self.tue),
            ("wed", &self.wed),
            ("thu", &self.thu),
            ("fri", &self.fri),
            ("sat", &self.sat),
            ("sun", &self.sun),
        ]
    }
}

impl ServiceCalendar {
    /// The clock, in the company's zone unless the calendar has its own.
    pub fn working_hours(&self, company: Tz) -> WorkingHours {
        let weekdays = self.hours.all().map(|(_, spans)| spans.clone());
        let extra = weekdays.iter().find(|spans| !spans.is_empty()).cloned().unwrap_or_default();
        WorkingHours {
            zone: self.zone.unwrap_or(company),
            weekdays,
            extra,
            holidays: self.holidays.clone(),
            workdays: self.workdays.clone(),
        }
    }

    fn validate(&self) -> Result<(), SettingsError> {
        let wrong = |name: String, why: &str| Err(SettingsError::Service { name, why: why.to_owned() });
        for (day, spans) in self.hours.all() {
            if spans.windows(2).any(|two| !two[0].is_before(two[1])) {
                return wrong(format!("calendar.hours.{day}"), "its stretches must follow one another");
            }
        }
        if self.hours.all().iter().all(|(_, spans)| spans.is_empty()) {
            return wrong("calendar.hours".to_owned(), "no day of the week has any");
        }
        match self.holidays.intersection(&self.workdays).next() {
            Some(day) => wrong(format!("calendar.holidays: {day}"), "it is among the workdays too"),
            None => Ok(()),
        }
    }
}

impl ServiceRules {
    /// Fails at the first setting that cannot be.
    pub(super) fn validate(&self) -> Result<(), SettingsError> {
        self.calendar.validate()?;
        for (place, one) in self.standards.iter().enumerate() {
            let wrong = |why: &str| {
                let name = format!("standards, the one from {}", one.from);
                Err(SettingsError::Service { name, why: why.to_owned() })
            };
            let same = |other: &&ServiceStandard| {
                (other.from, other.severity, other.class) == (one.from, one.severity, one.class)
            };
            if self.standards[..place].iter().any(|other| same(&other)) {
                return wrong("there is another of the same day, severity and class");
            }
            let hours = [one.acknowledge_hours, one.resolve_hours];
            if hours.into_iter().flatten().any(|hours| !(hours > 0.0 && hours <= 87_600.0)) {
                return wrong("hours must be above 0 and at most 87,600");
            }
            let shares = [one.faultless, one.satisfied];
            if shares.into_iter().flatten().any(|share| !(0.0..=1.0).contains(&share)) {
                return wrong("a share must be 0 to 1");
            }
            if hours.iter().chain(&shares).all(Option::is_none) {
                return wrong(
                    "it demands nothing; give acknowledge_hours, resolve_hours, faultless or satisfied",
                );
            }
        }
        Ok(())
    }
}

impl fmt::Display for CustomerClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(class) => class.fmt(f),
            Self::Size(size) => size.fmt(f),
        }
    }
}

impl FromStr for CustomerClass {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let value = text.parse().ok().filter(|class| *class != ValueClass::Unclassified).map(Self::Value);
        let size = || text.parse().ok().filter(|size| *size != Size::Unclassified).map(Self::Size);
        let known = "a, b, c, d, small, medium, large, vip";
        value.or_else(size).ok_or_else(|| format!("`{text}` is no class of customers; there are {known}"))
    }
}

impl TryFrom<String> for CustomerClass {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<CustomerClass> for String {
    fn from(class: CustomerClass) -> Self {
        class.to_string()
    }
}
