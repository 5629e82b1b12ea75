//! An alert in words and as JSON. A customer is named by the company's own code, never by contact data.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};
use rapport_charts::Kind;
use rapport_entities::{
    AlertRule, Database, Deadline, LoyaltyType, Metric, Severity, alert, customer, publication, published,
};
use rapport_messages::{
    Locale,
    number::{self, UNKNOWN, decimal},
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    letter::{Letter, Table},
    subject::{pictures, segment_name},
    words,
};
use crate::{Error, Settings};

/// An alert, with all that is told of it.
pub struct Alert {
    alert: alert::Model,
    details: Value,
    customer: Option<String>,
    segment_name: String,
    publication: Option<publication::Model>,
}

impl Alert {
    /// Reads it; none if it or its customer is gone.
    pub async fn read(database: &Database, id: &str) -> Result<Option<Self>, Error> {
        let Some(alert) = alert::Entity::find_by_id(id).one(database).await? else { return Ok(None) };
        let customer = match alert.customer_id {
            None => None,
            Some(id) => match customer::Entity::find_by_id(id).one(database).await? {
                Some(customer) => Some(customer.code),
                None => return Ok(None),
            },
        };
        let publication = match (alert.quarter, alert.revision) {
            (Some(quarter), Some(revision)) => published::revision(database, quarter, Some(revision)).await?,
            _ => None,
        };
        let details = serde_json::from_str(&alert.details).unwrap_or_default();
        let segment_name = segment_name(database, &alert.dimension, &alert.segment).await?;
        Ok(Some(Self { alert, details, customer, segment_name, publication }))
    }

    /// The rule that found it.
    pub fn rule(&self) -> AlertRule {
        self.alert.rule
    }

    /// As a webhook is told: the same bytes at every attempt.
    pub fn json(&self, locale: Locale, settings: &Settings) -> Value {
        let alert = &self.alert;
        json!({
            "type": "alert.found",
            "timestamp": alert.found_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            "data": {
                "id": alert.alert_id,
                "rule": alert.rule,
                "headline": self.headline(locale),
                "company": settings.company,
                "quarter": alert.quarter,
                "revision": alert.revision,
                "dimension": alert.dimension,
                "segment": alert.segment,
                "segmentName": words::place(&alert.segment, &self.segment_name, locale),
                "customer": self.customer,
                "details": self.details,
            }
        })
    }

    /// As a mail tells it, with the chart that shows it.
    pub async fn letter(
        &self,
        database: &Database,
        locale: Locale,
        settings: &Settings,
    ) -> Result<Letter, Error> {
        let kind = match self.alert.rule {
            AlertRule::IndexFell => Some(Kind::IndexTrend),
            AlertRule::SharePassed => Some(Kind::LoyaltyMatrix),
            _ => None,
        };
        let place = (self.alert.dimension.as_str(), self.alert.segment.as_str());
        let pictures = match (kind, &self.publication) {
            (Some(kind), Some(publication)) => {
                pictures(database, &publication.set_id, &[kind], place, locale).await?
            }
            _ => Vec::new(),
        };
        let headline = self.headline(locale);
        let quarter = self.alert.quarter.map(|quarter| quarter.to_string()).unwrap_or_default();
        let found = self
            .alert
            .found_at
            .with_timezone(&settings.calendar.zone)
            .format("%Y-%m-%d %H:%M %Z")
            .to_string();
        Ok(Letter {
            pictures,
            tables: vec![Table {
                title: String::new(),
                head: Vec::new(),
                rows: self.facts(locale, settings),
            }],
            notes: vec![
                locale.say("alert-found", &[("at", found.into())]),
                locale.say("alert-number", &[("id", self.alert.alert_id.as_str().into())]),
            ],
            ..Letter::new(
                locale.say("alert-subject", &[("headline", headline.as_str().into())]),
                settings,
                locale,
                headline.clone(),
                format!("{} · {quarter}", locale.label("rule", self.alert.rule.as_str())),
            )
        })
    }

    fn text(&self, name: &str) -> &str {
        self.details[name].as_str().unwrap_or(UNKNOWN)
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.details[name].as_f64()
    }

    fn metric(&self) -> Metric {
        self.text("metric").parse().unwrap_or(Metric::Csi)
    }

    fn loyalty(&self, name: &str, locale: Locale) -> Cow<'static, str> {
        words::loyalty(self.text(name).parse().unwrap_or(LoyaltyType::Unclassified), locale)
    }

    /// What happened, in a sentence.
    fn headline(&self, locale: Locale) -> String {
        let quarter = self.alert.quarter.map(|quarter| quarter.to_string()).unwrap_or_default();
        let place = words::place(&self.alert.segment, &self.segment_name, locale);
        let customer = self.customer.as_deref().unwrap_or(UNKNOWN);
        let (when, whose, who) =
            (("quarter", quarter.into()), ("place", place.into()), ("customer", customer.into()));
        match self.alert.rule {
            AlertRule::IndexFell => {
                let metric = self.metric();
                let fall = words::distance(metric, self.number("change").unwrap_or_default().abs(), locale);
                let (name, value) =
                    (words::metric(metric, locale), words::value(metric, self.number("value")));
                let figures = [("metric", name.into()), ("change", fall.into()), ("value", value.into())];
                locale.say("alert-index-fell", &[&figures[..], &[when, whose]].concat())
            }
            AlertRule::SharePassed => {
                let (kind, share) = (self.loyalty("type", locale), self.share("share"));
                locale
                    .say("alert-share-passed", &[("type", kind.into()), ("share", share.into()), when, whose])
            }
            AlertRule::ComplaintOverdue => {
                let code = self.text("complaint");
                let hours = hours(self.number("hours").unwrap_or_default());
                let id = match self.text("deadline").parse() {
                    Ok(Deadline::Acknowledge) => "alert-complaint-unheard",
                    _ => "alert-complaint-overdue",
                };
                locale.say(id, &[("complaint", code.into()), ("hours", hours.into()), who])
            }
            AlertRule::CustomerDefecting => {
                let class = self.text("watchedClass").to_uppercase();
                locale.say("alert-customer-defecting", &[("class", class.into()), when, who])
            }
            AlertRule::ActionOverdue => {
                let (title, due) = (self.text("title"), self.due(locale));
                locale.say("alert-action-overdue", &[("title", title.into()), ("due", due.into()), whose])
            }
            AlertRule::JobGaveUp => {
                let (job, period) = (self.text("job"), self.text("period"));
                let attempts = decimal(self.number("attempts").unwrap_or_default(), 0);
                locale.say(
                    "alert-job-gave-up",
                    &[("job", job.into()), ("period", period.into()), ("attempts", attempts.into())],
                )
            }
        }
    }

    fn share(&self, name: &str) -> String {
        self.number(name).map_or_else(|| UNKNOWN.to_owned(), number::share)
    }

    fn count(&self, name: &str) -> String {
        self.number(name).map_or_else(|| UNKNOWN.to_owned(), |count| decimal(count, 0))
    }

    /// The numbers and their bases.
    fn facts(&self, locale: Locale, settings: &Settings) -> Vec<Vec<String>> {
        let facts = match self.alert.rule {
            AlertRule::IndexFell => self.of_index(locale),
            AlertRule::SharePassed => self.of_share(),
            AlertRule::ComplaintOverdue => self.of_complaint(locale, settings),
            AlertRule::CustomerDefecting => self.of_customer(locale),
            AlertRule::ActionOverdue => self.of_action(locale),
            AlertRule::JobGaveUp => vec![
                ("alert-run", self.text("run").to_owned()),
                ("alert-what-to-do", locale.text("alert-mend-the-job").into_owned()),
            ],
        };
        facts.into_iter().map(|(name, value)| vec![locale.text(name).into_owned(), value]).collect()
    }

    fn of_index(&self, locale: Locale) -> Vec<(&'static str, String)> {
        let metric = self.metric();
        let bounds = self.number("lower").zip(self.number("upper"));
        vec![
            ("value", words::value(metric, self.number("value"))),
            ("interval", words::interval(metric, bounds)),
            ("on-quarter", words::change(metric, self.number("change"), locale)),
            ("answers", self.count("n")),
        ]
    }

    fn of_share(&self) -> Vec<(&'static str, String)> {
        vec![
            ("alert-share", self.share("share")),
            ("quarter-before", self.share("before")),
            ("alert-bound", self.share("bound")),
            ("alert-type-customers", self.count("customers")),
            ("all-customers", self.count("n")),
        ]
    }

    fn of_complaint(&self, locale: Locale, settings: &Settings) -> Vec<(&'static str, String)> {
        let at = self.text("at").parse::<DateTime<Utc>>().map_or_else(
            |_| UNKNOWN.to_owned(),
            |at| at.with_timezone(&settings.calendar.zone).format("%Y-%m-%d %H:%M %Z").to_string(),
        );
        let severity: Option<Severity> = self.text("severity").parse().ok();
        let severity_name = severity.map_or_else(
            || locale.text("not-stated").into_owned(),
            |severity| locale.label("severity", severity.as_str()).into_owned(),
        );
        vec![
            ("alert-made", at),
            ("severity", severity_name),
            ("channel", self.text("channel").to_owned()),
            ("unit", self.text("unit").to_owned()),
            ("product", self.text("product").to_owned()),
            ("alert-hours-allowed", self.number("hours").map_or_else(|| UNKNOWN.to_owned(), hours)),
        ]
    }

    fn due(&self, locale: Locale) -> String {
        let due = self.text("due");
        due.parse().map_or_else(|_| due.to_owned(), |day| rapport_messages::date(day, locale))
    }

    fn of_action(&self, locale: Locale) -> Vec<(&'static str, String)> {
        vec![
            ("alert-action", self.text("action").to_owned()),
            ("alert-due", self.due(locale)),
            ("alert-state", locale.label("action", self.text("state")).into_owned()),
            ("alert-index", words::metric(self.metric(), locale).into()),
        ]
    }

    fn of_customer(&self, locale: Locale) -> Vec<(&'static str, String)> {
        let currency = self.text("currency");
        vec![
            ("alert-type-before", self.loyalty("typeBefore", locale).into_owned()),
            ("alert-class-before", self.text("classBefore").to_uppercase()),
            ("alert-class-now", self.text("class").to_uppercase()),
            (
                "alert-satisfaction",
                self.number("satisfaction").map_or_else(|| UNKNOWN.to_owned(), |value| decimal(value, 1)),
            ),
            ("alert-turnover", format!("{} {currency}", self.count("revenue"))),
        ]
    }
}

/// Hours of a standard: `24`, `1.5`.
fn hours(hours: f64) -> String {
    decimal(hours, usize::from(hours.fract().abs() > 1e-9))
}
