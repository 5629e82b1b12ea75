//! The figures of a quarter for a subscriber: headline, loyalty types, what moved, charts and tables; all read from
//! one published set.

use std::collections::HashMap;

use chrono::SecondsFormat;
use rapport_charts::Kind;
use rapport_entities::{
    ALL, Database, LoyaltyType, Metric, Scheme, composition, publication, score, segment,
};
use rapport_messages::Locale;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{
    letter::{Lead, Letter, Link},
    subject::pictures,
    words,
};
use crate::{Error, Rules, Settings, close::loyalty_rule};

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

/// The charts that a quarter's reader needs first.
const FIRST: [Kind; 5] =
    [Kind::IndexTrend, Kind::LoyaltyMatrix, Kind::Drivers, Kind::ValueClasses, Kind::ComplaintIceberg];

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
        words::place(segment, name.map_or(segment, String::as_str), locale).into_owned()
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
                "metric": score.metric, "name": words::metric(score.metric, locale),
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
        let title = locale.text("mail-title");
        let heading =
            [("title", title.as_ref().into()), ("quarter", self.publication.quarter.to_string().into())];
        let place = self.name(&self.dimension, &self.segment, locale);
        let subject = [&heading[..], &[("place", place.as_str().into())]].concat();
        let moved = self.moved(locale);
        let place_key = (self.dimension.as_str(), self.segment.as_str());
        Ok(Letter {
            lead: self.lead(locale),
            tables: self.tables(locale),
            list: (!moved.is_empty()).then(|| (locale.text("mail-moved").into_owned(), moved)),
            pictures: pictures(database, &self.publication.set_id, &FIRST, place_key, locale).await?,
            links: self.more_charts(settings, locale),
            notes: self.notes(locale),
            attachments: self.attachments(locale)?,
            ..Letter::new(
                locale.say("mail-subject", &subject),
                settings,
                locale,
                locale.say("mail-heading", &heading),
                self.subtitle(&capital(&place), locale),
            )
        })
    }

    fn subtitle(&self, place: &str, locale: Locale) -> String {
        match self.publication.revision {
            1 => place.to_owned(),
            revision => locale
                .say("mail-restated", &[("place", place.into()), ("revision", i64::from(revision).into())]),
        }
    }

    /// The charts that the mail does not show, where the settings say under which address readers find them.
    fn more_charts(&self, settings: &Settings, locale: Locale) -> Option<(String, Vec<Link>)> {
        let site = settings.mail.site.as_ref()?;
        let link = |kind: Kind| {
            let mut to = site.clone();
            let file = format!("{kind}.png");
            to.path_segments_mut().ok()?.pop_if_empty().extend([
                "charts",
                &self.publication.quarter.to_string(),
                &file,
            ]);
            to.query_pairs_mut()
                .append_pair("revision", &self.publication.revision.to_string())
                .append_pair("locale", locale.tag());
            if self.segment != ALL {
                let segment = format!("{}:{}", self.dimension, self.segment);
                to.query_pairs_mut().append_pair("segment", &segment);
            }
            Some(Link { name: kind.title(locale).into_owned(), to: to.into() })
        };
        let others = Kind::ALL.into_iter().filter(|kind| !FIRST.contains(kind));
        let shown = others.filter(|kind| self.segment == ALL || kind.is_of_segments());
        Some((locale.text("mail-more-charts").into_owned(), shown.filter_map(link).collect()))
    }

    fn lead(&self, locale: Locale) -> Option<Lead> {
        let score = *self.headline().first()?;
        let metric = score.metric;
        let id = match (score.change, score.change_significant) {
            (None, _) => "mail-no-change",
            (Some(_), Some(true)) => "mail-changed",
            (Some(_), _) => "mail-hardly-changed",
        };
        let change = match score.change {
            None => locale.text(id).into_owned(),
            change => locale.say(id, &[("change", words::change(metric, change, locale).into())]),
        };
        let base = ("n", score.n.into());
        let details = match score.suppressed {
            true => vec![locale.say("mail-base", &[base])],
            false => {
                let interval = words::interval(metric, score.lower.zip(score.upper));
                vec![locale.say("mail-interval", &[("interval", interval.into()), base]), change]
            }
        };
        Some(Lead {
            name: words::metric(metric, locale).into_owned(),
            value: words::value(metric, score.value),
            details,
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
            let figures = [
                ("place", self.name(&score.dimension, &score.segment, locale).into()),
                ("metric", words::metric(score.metric, locale).into()),
                ("change", words::change(score.metric, score.change, locale).into()),
                ("value", words::value(score.metric, score.value).into()),
                ("n", score.n.into()),
            ];
            locale.say("mail-moved-line", &figures)
        };
        moved.iter().take(MOVED).map(sentence).collect()
    }

    fn notes(&self, locale: Locale) -> Vec<String> {
        let one = &self.publication;
        let rules: Rules = serde_json::from_str(&one.settings).unwrap_or_default();
        let made = [
            ("revision", i64::from(one.revision).into()),
            ("published", one.published_at.format("%Y-%m-%d").to_string().into()),
            ("method", one.method_version.as_str().into()),
            ("base", rules.minimum_base.to_string().into()),
            ("level", rules.significance.to_string().into()),
        ];
        vec![locale.say("mail-method", &made), loyalty_rule(&rules, locale)]
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
