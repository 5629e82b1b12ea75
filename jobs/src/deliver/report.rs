//! The figures of a quarter for a subscriber: headline, loyalty types, what moved, charts and tables; all read from
//! one published set.

use std::collections::HashMap;

use chrono::SecondsFormat;
use rapport_charts::Kind;
use rapport_entities::{
    ALL, Database, LoyaltyType, Metric, Scheme, composition, publication, score, segment,
};
use rapport_messages::{Locale, number::decimal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{
    letter::{Lead, Letter},
    subject::pictures,
    words,
};
use crate::{
    Error, Rules, Settings,
    close::{loyalty_rule, metric_name},
};

/// What a report's table shows, the headline first.
const SHOWN: [Metric; 8] = [
    Metric::Csi,
    Metric::Csat,
    Metric::Satisfaction,
    Metric::Nps,
    Metric::Top2,
    Metric::ComplaintRate,
    Metric::Loyalty,
    Metric::RetentionRate,
];

/// So many changes are told; the table that is attached has them all.
const MOVED: usize = 12;

/// The figures of a quarter.
pub struct Report {
    pub(super) publication: publication::Model,
    company: Option<String>,
    dimension: String,
    segment: String,
    names: HashMap<(String, String), String>,
    /// Of every segment, or of the one it is about.
    pub(super) scores: Vec<score::Model>,
    pub(super) types: Vec<composition::Model>,
    /// Shares of the types in the quarter before, at the place it is about.
    pub(super) before: HashMap<String, f64>,
}

impl Report {
    /// Reads it; of one place the figures of that place alone.
    pub async fn read(
        database: &Database,
        settings: &Settings,
        publication: publication::Model,
        (dimension, segment): (&str, &str),
    ) -> Result<Self, Error> {
        let names = segment::Entity::find().all(database).await?.into_iter();
        let types = types(database, &publication.set_id, (dimension, segment)).await?;
        let before = match &publication.previous_set_id {
            None => Vec::new(),
            Some(set_id) => types_at(database, set_id, (dimension, segment)).await?,
        };
        Ok(Self {
            company: settings.company.clone(),
            dimension: dimension.to_owned(),
            segment: segment.to_owned(),
            names: names.map(|one| ((one.dimension, one.code), one.name)).collect(),
            scores: scores(database, &publication.set_id, (dimension, segment)).await?,
            types,
            before: before.into_iter().filter_map(|row| Some((row.class, row.share?))).collect(),
            publication,
        })
    }

    pub(super) fn name(&self, dimension: &str, segment: &str, locale: Locale) -> String {
        let name = self.names.get(&(dimension.to_owned(), segment.to_owned()));
        words::place(segment, name.map_or(segment, String::as_str), locale).to_owned()
    }

    /// The scores of the place it is about, in the order they are shown.
    pub(super) fn headline(&self) -> Vec<&score::Model> {
        let find = |metric: &Metric| {
            self.scores.iter().find(|score| {
                score.metric == *metric && score.dimension == self.dimension && score.segment == self.segment
            })
        };
        SHOWN.iter().filter_map(find).collect()
    }

    pub(super) fn own_types(&self) -> impl Iterator<Item = &composition::Model> {
        let here = |row: &&composition::Model| row.dimension == self.dimension && row.segment == self.segment;
        self.types.iter().filter(here)
    }

    /// As a webhook is told: the same bytes at every attempt.
    pub fn json(&self, locale: Locale) -> Value {
        let one = &self.publication;
        let score = |score: &&score::Model| {
            json!({
                "metric": score.metric, "name": metric_name(score.metric, locale),
                "value": score.value, "lower": score.lower, "upper": score.upper, "n": score.n,
                "suppressed": score.suppressed,
                "change": score.change, "changeSignificant": score.change_significant,
            })
        };
        let kind = |row: &composition::Model| {
            json!({
                "type": row.class, "customers": row.customers, "share": row.share,
                "shareBefore": self.before.get(&row.class), "n": row.n, "suppressed": row.suppressed,
            })
        };
        json!({
            "type": "report.published",
            "timestamp": one.published_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            "data": {
                "company": self.company,
                "quarter": one.quarter,
                "revision": one.revision,
                "digest": one.digest,
                "dimension": self.dimension,
                "segment": self.segment,
                "segmentName": self.name(&self.dimension, &self.segment, locale),
                "scores": self.headline().iter().map(score).collect::<Vec<_>>(),
                "loyalty": self.own_types().map(kind).collect::<Vec<_>>(),
                "moved": self.moved(locale),
            }
        })
    }

    /// As a mail tells it.
    pub async fn letter(
        &self,
        database: &Database,
        locale: Locale,
        settings: &Settings,
    ) -> Result<Letter, Error> {
        let quarter = self.publication.quarter;
        let title = locale.pick("Customer satisfaction", "客户满意度报告");
        let place = self.name(&self.dimension, &self.segment, locale);
        let restated = match self.publication.revision {
            1 => String::new(),
            revision => format!(" · {} {revision}", locale.pick("restated, revision", "修订版")),
        };
        let moved = self.moved(locale);
        let place_key = (self.dimension.as_str(), self.segment.as_str());
        Ok(Letter {
            lead: self.lead(locale),
            tables: self.tables(locale),
            list: (!moved.is_empty()).then(|| {
                let title = locale.pick("What moved more than chance", "显著变化");
                (title.to_owned(), moved)
            }),
            pictures: pictures(database, &self.publication.set_id, &Kind::ALL, place_key, locale).await?,
            notes: self.notes(locale),
            attachments: self.attachments(locale)?,
            ..Letter::new(
                format!("{title} {quarter}{}{place}", locale.pick(": ", "：")),
                settings,
                locale,
                format!("{title} {quarter}"),
                format!("{}{restated}", capital(&place)),
            )
        })
    }

    fn lead(&self, locale: Locale) -> Option<Lead> {
        let score = *self.headline().first()?;
        let metric = score.metric;
        let change = match (score.change, score.change_significant) {
            (None, _) => locale.pick("no quarter to compare with", "无可比季度").to_owned(),
            (Some(_), significant) => format!(
                "{} {}{}",
                words::change(metric, score.change, locale),
                locale.pick("against the quarter before", "较上季度"),
                match significant {
                    Some(true) => locale.pick(", more than chance", "，变化显著"),
                    _ => locale.pick(", within chance", "，变化不显著"),
                }
            ),
        };
        let interval = words::interval(metric, score.lower.zip(score.upper));
        let base = decimal(score.n as f64, 0);
        let bounds = match (score.suppressed, locale) {
            (true, Locale::En) => format!("{base} answers: too few to be shown"),
            (true, Locale::Zh) => format!("样本量{base}，过少，不予显示"),
            (false, Locale::En) => format!("95 % interval {interval}, {base} answers"),
            (false, Locale::Zh) => format!("95%置信区间 {interval}，样本量 {base}"),
        };
        Some(Lead {
            name: metric_name(metric, locale).to_owned(),
            value: words::value(metric, score.value),
            details: if score.suppressed { vec![bounds] } else { vec![bounds, change] },
        })
    }

    /// Changes that are more than chance, all customers first.
    fn moved(&self, locale: Locale) -> Vec<String> {
        let mut moved: Vec<&score::Model> = self
            .scores
            .iter()
            .filter(|score| score.change_significant == Some(true) && SHOWN.contains(&score.metric))
            .collect();
        moved.sort_by_key(|score| (score.segment != ALL, score.dimension.clone(), score.segment.clone()));
        let sentence = |score: &&score::Model| {
            let place = self.name(&score.dimension, &score.segment, locale);
            let (metric, n) = (metric_name(score.metric, locale), decimal(score.n as f64, 0));
            let change = words::change(score.metric, score.change, locale);
            let value = words::value(score.metric, score.value);
            match locale {
                Locale::En => format!("{metric} of {place}: {change} to {value} (n = {n})"),
                Locale::Zh => format!("{place}的{metric}：{change}，至{value}（样本量{n}）"),
            }
        };
        moved.iter().take(MOVED).map(sentence).collect()
    }

    fn notes(&self, locale: Locale) -> Vec<String> {
        let one = &self.publication;
        let rules: Rules = serde_json::from_str(&one.settings).unwrap_or_default();
        let published = one.published_at.format("%Y-%m-%d");
        let first = match locale {
            Locale::En => format!(
                "Revision {}, published {published}, method {}. Bases under {} are suppressed. * a change that is \
                 more than chance at {}, corrected for all segments of the metric.",
                one.revision, one.method_version, rules.minimum_base, rules.significance
            ),
            Locale::Zh => format!(
                "第{}版，发布于{published}，方法版本{}。样本少于{}不显示。* 表示在{}水平上显著（已对该指标的全部细分作多重比较校正）。",
                one.revision, one.method_version, rules.minimum_base, rules.significance
            ),
        };
        vec![first, loyalty_rule(&rules, locale)]
    }
}

/// A text that begins a line.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The scores of a set, at one place or everywhere.
async fn scores(
    database: &Database,
    set_id: &str,
    (dimension, segment): (&str, &str),
) -> Result<Vec<score::Model>, Error> {
    let mut select = score::Entity::find().filter(score::Column::SetId.eq(set_id));
    if segment != ALL {
        select =
            select.filter(score::Column::Dimension.eq(dimension)).filter(score::Column::Segment.eq(segment));
    }
    let ordered = select
        .order_by_asc(score::Column::Dimension)
        .order_by_asc(score::Column::Segment)
        .order_by_asc(score::Column::Metric);
    Ok(ordered.all(database).await?)
}

/// The loyalty types of a set, at one place or everywhere, in the order of reports.
async fn types(
    database: &Database,
    set_id: &str,
    place: (&str, &str),
) -> Result<Vec<composition::Model>, Error> {
    if place.1 != ALL {
        return types_at(database, set_id, place).await;
    }
    let rows = composition::Entity::find()
        .filter(composition::Column::SetId.eq(set_id))
        .filter(composition::Column::Scheme.eq(Scheme::Loyalty))
        .all(database)
        .await?;
    Ok(in_order(rows))
}

async fn types_at(
    database: &Database,
    set_id: &str,
    (dimension, segment): (&str, &str),
) -> Result<Vec<composition::Model>, Error> {
    let rows = composition::Entity::find()
        .filter(composition::Column::SetId.eq(set_id))
        .filter(composition::Column::Scheme.eq(Scheme::Loyalty))
        .filter(composition::Column::Dimension.eq(dimension))
        .filter(composition::Column::Segment.eq(segment))
        .all(database)
        .await?;
    Ok(in_order(rows))
}

fn in_order(mut rows: Vec<composition::Model>) -> Vec<composition::Model> {
    let order = |class: &str| LoyaltyType::ALL.iter().position(|one| one.as_str() == class);
    rows.sort_by_cached_key(|row| (row.dimension.clone(), row.segment.clone(), order(&row.class)));
    rows
}
