//! The charts of a set, drawn from its stored rows and stored with it: for all customers and every segment, in every
//! language.

use std::collections::HashMap;

use rapport_charts::{
    ClassCell, IndexTrend, Kind, LoyaltyMatrix, Nps, NpsBar, Subject, TrendPoint, TypeCell, ValueClasses,
};
use rapport_entities::{
    ALL, Database, LoyaltySubtype, LoyaltyType, Metric, Quarter, Scheme, ValueClass, artifact, composition,
    score, segment,
};
use rapport_messages::Locale;
use rapport_statistics::ValueCuts;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};

use super::rules_in_words as words;
use crate::{Error, Settings};

/// A trend shows so many quarters.
pub const HISTORY: usize = 12;

/// Dimension and segment.
type Place = (String, String);
/// The scores of one quarter.
type Scores = HashMap<(Place, Metric), score::Model>;
/// The classes of one quarter, by scheme and word.
type Compositions = HashMap<(Place, Scheme, String), composition::Model>;

/// All that the charts of a set are drawn from.
pub struct Gallery {
    settings: Settings,
    set_id: String,
    quarter: Quarter,
    revision: i32,
    provisional: bool,
    currency: Option<String>,
    minor: f64,
    cuts: Option<ValueCuts>,
    names: Vec<(Place, Option<String>)>,
    /// Oldest first, this quarter last: its label and its scores.
    history: Vec<(Quarter, Scores)>,
    compositions: Compositions,
}

/// What a gallery must know beside the stored rows.
pub struct Occasion<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The set.
    pub set_id: &'a str,
    /// The quarter.
    pub quarter: Quarter,
    /// The revision it will be.
    pub revision: i32,
    /// The sets before it that its trends show, oldest first.
    pub trend: &'a [(Quarter, String)],
    /// The quarter is not final.
    pub provisional: bool,
    /// Of its money.
    pub currency: Option<&'a str>,
    /// Minor units in a major one.
    pub minor: f64,
    /// The cuts of the value classes, in minor units.
    pub cuts: Option<ValueCuts>,
}

impl Gallery {
    /// Reads what the charts are drawn from.
    pub async fn read(database: &Database, occasion: Occasion<'_>) -> Result<Self, Error> {
        Ok(Self {
            names: names(database).await?,
            history: history(database, &occasion).await?,
            compositions: compositions(database, occasion.set_id).await?,
            settings: occasion.settings.clone(),
            set_id: occasion.set_id.to_owned(),
            quarter: occasion.quarter,
            revision: occasion.revision,
            provisional: occasion.provisional,
            currency: occasion.currency.map(str::to_owned),
            minor: occasion.minor,
            cuts: occasion.cuts,
        })
    }

    /// Draws every chart; in parallel, since drawing is all there is to it.
    pub fn draw(&self) -> Result<Vec<artifact::Model>, Error> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.names.len().div_ceil(workers).max(1);
        std::thread::scope(|threads| {
            let drawing: Vec<_> =
                self.names.chunks(share).map(|places| threads.spawn(move || self.of_all(places))).collect();
            let mut artifacts = Vec::new();
            for worker in drawing {
                artifacts.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(artifacts)
        })
    }

    fn of_all(&self, places: &[(Place, Option<String>)]) -> Result<Vec<artifact::Model>, Error> {
        let mut artifacts = Vec::new();
        for place in places {
            artifacts.extend(self.of(place)?);
        }
        Ok(artifacts)
    }

    fn of(&self, (place, name): &(Place, Option<String>)) -> Result<Vec<artifact::Model>, Error> {
        let mut artifacts = Vec::new();
        for locale in Locale::ALL {
            let subject = self.subject(name);
            for kind in Kind::ALL {
                let svg = match kind {
                    Kind::IndexTrend => self.index_trend(place, subject.clone(), locale).svg(locale)?,
                    Kind::LoyaltyMatrix => self.loyalty_matrix(place, subject.clone(), locale).svg(locale)?,
                    Kind::Nps => self.nps(place, subject.clone(), locale).svg(locale)?,
                    Kind::ValueClasses => self.value_classes(place, subject.clone(), locale).svg(locale)?,
                };
                artifacts.push(self.artifact(kind, place, locale, svg));
            }
        }
        Ok(artifacts)
    }

    fn artifact(
        &self,
        kind: Kind,
        (dimension, segment): &Place,
        locale: Locale,
        svg: String,
    ) -> artifact::Model {
        artifact::Model {
            set_id: self.set_id.clone(),
            name: artifact_name(kind, dimension, segment, locale),
            media_type: "image/svg+xml".to_owned(),
            sha256: hex::encode(Sha256::digest(&svg)),
            bytes: svg.into_bytes(),
        }
    }

    fn subject(&self, name: &Option<String>) -> Subject {
        Subject {
            quarter: self.quarter.to_string(),
            segment: name.clone(),
            revision: self.revision,
            provisional: self.provisional,
            company: self.settings.company.clone(),
        }
    }

    fn scores(
        &self,
        place: &Place,
        metric: Metric,
    ) -> impl Iterator<Item = (Quarter, Option<&score::Model>)> {
        let key = (place.clone(), metric);
        self.history.iter().map(move |(quarter, scores)| (*quarter, scores.get(&key)))
    }

    /// The index of several items where they were asked, the overall item otherwise.
    fn headline(&self) -> Metric {
        let all = (ALL.to_owned(), ALL.to_owned());
        let has_index = self.scores(&all, Metric::Csi).any(|(_, score)| score.is_some());
        if has_index { Metric::Csi } else { Metric::Csat }
    }

    fn index_trend(&self, place: &Place, subject: Subject, locale: Locale) -> IndexTrend {
        let metric = self.headline();
        let points = self.scores(place, metric).map(|(quarter, score)| TrendPoint {
            quarter: quarter.to_string(),
            value: score.and_then(|score| score.value),
            lower: score.and_then(|score| score.lower),
            upper: score.and_then(|score| score.upper),
            n: n_of(score),
            suppressed: score.is_some_and(|score| score.suppressed),
        });
        IndexTrend {
            subject,
            metric: words::metric(metric, locale).to_owned(),
            rule: words::metric_rule(metric, &self.settings.rules, locale),
            points: points.skip_while(|point| point.n == 0).collect(),
            low: 0.0,
            high: 100.0,
        }
    }

    fn nps(&self, place: &Place, subject: Subject, locale: Locale) -> Nps {
        let share = |metric| self.scores(place, metric).map(|(_, score)| score.and_then(|score| score.value));
        let bars =
            self.scores(place, Metric::Nps).zip(share(Metric::Promoters)).zip(share(Metric::Detractors)).map(
                |(((quarter, score), promoters), detractors)| NpsBar {
                    label: quarter.to_string(),
                    promoters,
                    detractors,
                    score: score.and_then(|score| score.value),
                    lower: score.and_then(|score| score.lower),
                    upper: score.and_then(|score| score.upper),
                    n: n_of(score),
                    suppressed: score.is_some_and(|score| score.suppressed),
                },
            );
        Nps {
            subject,
            rule: words::metric_rule(Metric::Nps, &self.settings.rules, locale),
            bars: bars.skip_while(|bar| bar.n == 0).collect(),
        }
    }

    fn class(&self, place: &Place, scheme: Scheme, word: &str) -> Option<&composition::Model> {
        self.compositions.get(&(place.clone(), scheme, word.to_owned()))
    }

    fn customers(&self, place: &Place, scheme: Scheme, word: &str) -> u64 {
        let count = self.class(place, scheme, word).and_then(|class| class.customers);
        count.map_or(0, i64::unsigned_abs)
    }

    fn loyalty_matrix(&self, place: &Place, subject: Subject, locale: Locale) -> LoyaltyMatrix {
        let types = LoyaltyType::ALL.iter().filter(|one| **one != LoyaltyType::Unclassified);
        let revenue_of = |word| self.class(place, Scheme::Loyalty, word).and_then(|class| class.revenue);
        let revenue: i64 = types.filter_map(|one| revenue_of(one.as_str())).sum();
        let cell = |one: LoyaltyType| TypeCell {
            customers: self.customers(place, Scheme::Loyalty, one.as_str()),
            share: self.class(place, Scheme::Loyalty, one.as_str()).and_then(|class| class.share),
            revenue_share: revenue_of(one.as_str())
                .filter(|_| revenue > 0)
                .map(|part| part as f64 / revenue as f64),
        };
        let unclassified = LoyaltyType::Unclassified.as_str();
        LoyaltyMatrix {
            subject,
            rule: words::loyalty_rule(&self.settings.rules, locale),
            loyal: cell(LoyaltyType::Loyal),
            hostage: cell(LoyaltyType::Hostage),
            mercenary: cell(LoyaltyType::Mercenary),
            defecting: cell(LoyaltyType::Defecting),
            apostles: self.customers(place, Scheme::LoyaltySubtype, LoyaltySubtype::Apostle.as_str()),
            terrorists: self.customers(place, Scheme::LoyaltySubtype, LoyaltySubtype::Terrorist.as_str()),
            unclassified: self.customers(place, Scheme::Loyalty, unclassified),
            suppressed: self.class(place, Scheme::Loyalty, unclassified).is_none_or(|class| class.suppressed),
        }
    }

    fn value_classes(&self, place: &Place, subject: Subject, locale: Locale) -> ValueClasses {
        let cell = |one: ValueClass| {
            let class = self.class(place, Scheme::ValueClass, one.as_str());
            let major = |minor: i64| minor as f64 / self.minor;
            ClassCell {
                customers: self.customers(place, Scheme::ValueClass, one.as_str()),
                share: class.and_then(|class| class.share),
                revenue: class.and_then(|class| class.revenue).map_or(0.0, major),
                profit: class.and_then(|class| class.profit).map(major),
            }
        };
        let unclassified = ValueClass::Unclassified.as_str();
        ValueClasses {
            subject,
            rule: words::value_rule(&self.settings.rules, locale),
            a: cell(ValueClass::A),
            b: cell(ValueClass::B),
            c: cell(ValueClass::C),
            d: cell(ValueClass::D),
            unclassified: self.customers(place, Scheme::ValueClass, unclassified),
            currency: self.currency.clone().unwrap_or_default(),
            turnover_cut: self.cuts.map(|cuts| cuts.turnover / self.minor),
            profitability_cut: self.cuts.map(|cuts| cuts.profitability),
            suppressed: self
                .class(place, Scheme::ValueClass, unclassified)
                .is_none_or(|class| class.suppressed),
        }
    }
}

/// The name a chart is stored under.
pub fn artifact_name(kind: Kind, dimension: &str, segment: &str, locale: Locale) -> String {
    format!("{kind}/{dimension}/{segment}/{locale}")
}

fn n_of(score: Option<&score::Model>) -> u64 {
    score.map_or(0, |score| score.n.unsigned_abs())
}

async fn names(database: &Database) -> Result<Vec<(Place, Option<String>)>, Error> {
    let segments = segment::Entity::find()
        .order_by_asc(segment::Column::Dimension)
        .order_by_asc(segment::Column::Code)
        .all(database)
        .await?;
    let all = ((ALL.to_owned(), ALL.to_owned()), None);
    let named = segments.into_iter().map(|segment| ((segment.dimension, segment.code), Some(segment.name)));
    Ok(std::iter::once(all).chain(named).collect())
}

async fn history(database: &Database, occasion: &Occasion<'_>) -> Result<Vec<(Quarter, Scores)>, Error> {
    let own = (occasion.quarter, occasion.set_id.to_owned());
    let mut history = Vec::new();
    for (quarter, set_id) in occasion.trend.iter().cloned().chain([own]) {
        let shown = [Metric::Csi, Metric::Csat, Metric::Nps, Metric::Promoters, Metric::Detractors];
        let scores = score::Entity::find()
            .filter(score::Column::SetId.eq(set_id))
            .filter(score::Column::Metric.is_in(shown))
            .all(database)
            .await?;
        let keyed =
            |score: score::Model| (((score.dimension.clone(), score.segment.clone()), score.metric), score);
        history.push((quarter, scores.into_iter().map(keyed).collect()));
    }
    Ok(history)
}

async fn compositions(database: &Database, set_id: &str) -> Result<Compositions, Error> {
    let rows =
        composition::Entity::find().filter(composition::Column::SetId.eq(set_id)).all(database).await?;
    let keyed = |row: composition::Model| {
        (((row.dimension.clone(), row.segment.clone()), row.scheme, row.class.clone()), row)
    };
    Ok(rows.into_iter().map(keyed).collect())
}
