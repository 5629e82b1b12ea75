//! An alert in words and as JSON. A customer is named by the company's own code, never by contact data.

use chrono::{DateTime, SecondsFormat, Utc};
use rapport_charts::Kind;
use rapport_entities::{
    AlertRule, Database, LoyaltyType, Metric, Severity, alert, customer, publication, published,
};
use rapport_messages::{Locale, number::decimal};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    letter::{Letter, Table},
    subject::{pictures, segment_name},
    words,
};
use crate::{Error, Settings, close::metric_name};

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
        let found = self.alert.found_at.with_timezone(&settings.calendar.zone).format("%Y-%m-%d %H:%M %Z");
        Ok(Letter {
            pictures,
            tables: vec![Table {
                title: String::new(),
                head: Vec::new(),
                rows: self.facts(locale, settings),
            }],
            notes: vec![
                format!("{} {found}", locale.pick("Found", "发现时间")),
                format!("{} {}", locale.pick("Alert", "预警编号"), self.alert.alert_id),
            ],
            ..Letter::new(
                format!("{}{headline}", locale.pick("Alert: ", "预警：")),
                settings,
                locale,
                headline.clone(),
                format!("{} · {quarter}", words::rule(self.alert.rule, locale)),
            )
        })
    }

    fn text(&self, name: &str) -> &str {
        self.details[name].as_str().unwrap_or(words::NONE)
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.details[name].as_f64()
    }

    fn metric(&self) -> Metric {
        self.text("metric").parse().unwrap_or(Metric::Csi)
    }

    fn loyalty(&self, name: &str, locale: Locale) -> &'static str {
        words::loyalty(self.text(name).parse().unwrap_or(LoyaltyType::Unclassified), locale)
    }

    /// What happened, in a sentence.
    fn headline(&self, locale: Locale) -> String {
        let quarter = self.alert.quarter.map(|quarter| quarter.to_string()).unwrap_or_default();
        let place = words::place(&self.alert.segment, &self.segment_name, locale);
        let customer = self.customer.as_deref().unwrap_or(words::NONE);
        let en = locale == Locale::En;
        match self.alert.rule {
            AlertRule::IndexFell => {
                let metric = self.metric();
                let fall = words::distance(metric, self.number("change").unwrap_or_default().abs(), locale);
                let (name, value) = (metric_name(metric, locale), words::value(metric, self.number("value")));
                match en {
                    true => format!("{name} of {place} fell by {fall} to {value} in {quarter}"),
                    false => format!("{quarter} {place}的{name}下降{fall}，至{value}"),
                }
            }
            AlertRule::SharePassed => {
                let (kind, share) = (self.loyalty("type", locale), self.share("share"));
                match en {
                    true => format!("{kind} customers are {share} of {place} in {quarter}"),
                    false => format!("{quarter} {place}中{kind}客户占比达{share}"),
                }
            }
            AlertRule::ComplaintOverdue => {
                let (code, hours) =
                    (self.text("complaint"), decimal(self.number("hours").unwrap_or_default(), 0));
                match en {
                    true => {
                        format!("Complaint {code} of customer {customer} is not resolved after {hours} hours")
                    }
                    false => format!("客户{customer}的投诉{code}超过{hours}小时仍未解决"),
                }
            }
            AlertRule::CustomerDefecting => {
                let class = self.text("watchedClass").to_uppercase();
                match en {
                    true => format!("Customer {customer} of class {class} turned defecting in {quarter}"),
                    false => format!("{quarter} {class}类客户{customer}转为流失型"),
                }
            }
            AlertRule::JobGaveUp => {
                let (job, period) = (self.text("job"), self.text("period"));
                let attempts = self.number("attempts").unwrap_or_default();
                match en {
                    true => format!("The job {job} of {period} gave up after {attempts} attempts"),
                    false => format!("任务{job}（{period}）在{attempts}次尝试后放弃"),
                }
            }
        }
    }

    fn share(&self, name: &str) -> String {
        self.number(name).map_or_else(|| words::NONE.to_owned(), words::percent)
    }

    fn count(&self, name: &str) -> String {
        self.number(name).map_or_else(|| words::NONE.to_owned(), |count| decimal(count, 0))
    }

    /// The numbers and their bases.
    fn facts(&self, locale: Locale, settings: &Settings) -> Vec<Vec<String>> {
        let facts = match self.alert.rule {
            AlertRule::IndexFell => self.of_index(locale),
            AlertRule::SharePassed => self.of_share(locale),
            AlertRule::ComplaintOverdue => self.of_complaint(locale, settings),
            AlertRule::CustomerDefecting => self.of_customer(locale),
            AlertRule::JobGaveUp => vec![
                (locale.pick("Run", "运行编号"), self.text("run").to_owned()),
                (
                    locale.pick("What to do", "处理办法"),
                    locale
                        .pick(
                            "`rapport jobs` says why; mend that and run the job again",
                            "用 `rapport jobs` 查看原因，排除后重新运行该任务",
                        )
                        .to_owned(),
                ),
            ],
        };
        facts.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect()
    }

    fn of_index(&self, locale: Locale) -> Vec<(&'static str, String)> {
        let metric = self.metric();
        let bounds = self.number("lower").zip(self.number("upper"));
        vec![
            (locale.pick("Value", "数值"), words::value(metric, self.number("value"))),
            (locale.pick("95 % interval", "95%置信区间"), words::interval(metric, bounds)),
            (
                locale.pick("Against the quarter before", "较上季度"),
                words::change(metric, self.number("change"), locale),
            ),
            (locale.pick("Answers", "样本量"), self.count("n")),
        ]
    }

    fn of_share(&self, locale: Locale) -> Vec<(&'static str, String)> {
        vec![
            (locale.pick("Share of the classified", "占已分类客户"), self.share("share")),
            (locale.pick("Quarter before", "上季度"), self.share("before")),
            (locale.pick("Bound", "警戒线"), self.share("bound")),
            (locale.pick("Customers of the type", "该类型客户数"), self.count("customers")),
            (locale.pick("All customers", "客户总数"), self.count("n")),
        ]
    }

    fn of_complaint(&self, locale: Locale, settings: &Settings) -> Vec<(&'static str, String)> {
        let at = self.text("at").parse::<DateTime<Utc>>().map_or_else(
            |_| words::NONE.to_owned(),
            |at| at.with_timezone(&settings.calendar.zone).format("%Y-%m-%d %H:%M %Z").to_string(),
        );
        let severity: Option<Severity> = self.text("severity").parse().ok();
        vec![
            (locale.pick("Made", "投诉时间"), at),
            (locale.pick("Severity", "严重程度"), words::severity(severity, locale).to_owned()),
            (locale.pick("Channel", "渠道"), self.text("channel").to_owned()),
            (locale.pick("Product", "产品"), self.text("product").to_owned()),
            (locale.pick("Hours allowed", "规定时限（小时）"), self.count("hours")),
        ]
    }

    fn of_customer(&self, locale: Locale) -> Vec<(&'static str, String)> {
        let currency = self.text("currency");
        vec![
            (locale.pick("Type before", "此前类型"), self.loyalty("typeBefore", locale).to_owned()),
            (locale.pick("Class before", "此前价值分类"), self.text("classBefore").to_uppercase()),
            (locale.pick("Class now", "当前价值分类"), self.text("class").to_uppercase()),
            (
                locale.pick("Latest satisfaction, of 10", "最近满意度（10分制）"),
                self.number("satisfaction").map_or_else(|| words::NONE.to_owned(), |value| decimal(value, 1)),
            ),
            (
                locale.pick("Turnover of the window", "窗口期营业额"),
                format!("{} {currency}", self.count("revenue")),
            ),
        ]
    }
}
