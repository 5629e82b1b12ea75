//! The charts of a set, drawn from its stored rows and stored with it: for all customers and every segment, in every
//! language.

mod loyalty;
mod people;
mod rules;
mod satisfaction;
mod stored;
mod value;

use rapport_charts::{Chart, Kind, Subject, Theme, missing_glyphs};
use rapport_entities::{Database, Metric, Quarter, artifact};
use rapport_messages::Locale;
use rapport_statistics::ValueCuts;
use sha2::{Digest, Sha256};

use self::stored::{Place, Stored};
use crate::{Error, Settings};

/// A trend shows so many quarters.
pub const HISTORY: usize = 12;

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
    /// The index that trends show.
    headline: Metric,
    stored: Stored,
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
        let stored = Stored::read(database, &occasion).await?;
        let gallery = Self {
            headline: stored.headline(),
            stored,
            settings: occasion.settings.clone(),
            set_id: occasion.set_id.to_owned(),
            quarter: occasion.quarter,
            revision: occasion.revision,
            provisional: occasion.provisional,
            currency: occasion.currency.map(str::to_owned),
            minor: occasion.minor,
            cuts: occasion.cuts,
        };
        gallery.warn_of_missing_glyphs();
        Ok(gallery)
    }

    /// A drawing keeps such signs as they are; who looks at it, or makes pixels of it, needs a font that has them.
    fn warn_of_missing_glyphs(&self) {
        let company = self.settings.company.iter();
        let names = self.stored.names.iter().filter_map(|(_, name)| name.as_ref());
        let texts: String = company.chain(names).chain(self.stored.questions.values()).cloned().collect();
        let missing: String = missing_glyphs(&texts).into_iter().take(40).collect();
        if !missing.is_empty() {
            tracing::warn!(
                %missing,
                "names hold signs that the embedded font lacks; pictures take them from `charts.fonts` or the machine"
            );
        }
    }

    /// Draws every chart; in parallel, since drawing is all there is to it.
    pub fn draw(&self) -> Result<Vec<artifact::Model>, Error> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.stored.names.len().div_ceil(workers).max(1);
        std::thread::scope(|threads| {
            let drawing: Vec<_> = self
                .stored
                .names
                .chunks(share)
                .map(|places| threads.spawn(move || self.of_all(places)))
                .collect();
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
            for kind in Kind::ALL.into_iter().filter(|kind| name.is_none() || kind.is_of_segments()) {
                let chart = self.chart(kind, place, self.subject(name), locale);
                artifacts.push(self.artifact(&chart, place, locale)?);
            }
        }
        Ok(artifacts)
    }

    fn chart(&self, kind: Kind, place: &Place, subject: Subject, locale: Locale) -> Chart {
        match kind {
            Kind::IndexTrend => self.index_trend(place, subject, locale).into(),
            Kind::Segments => self.segments(subject, locale).into(),
            Kind::Nps => self.nps(place, subject, locale).into(),
            Kind::Drivers => self.drivers(place, subject, locale).into(),
            Kind::ImportancePerformance => self.importance_performance(place, subject, locale).into(),
            Kind::StructuralModel => self.structural_model(place, subject, locale).into(),
            Kind::LoyaltyMatrix => self.loyalty_matrix(place, subject, locale).into(),
            Kind::Transitions => self.transitions(place, subject, locale).into(),
            Kind::RetentionCurve => self.retention_curve(place, subject, locale).into(),
            Kind::Cohorts => self.cohorts(place, subject, locale).into(),
            Kind::ValueClasses => self.value_classes(place, subject, locale).into(),
            Kind::ValuePyramid => self.value_pyramid(place, subject, locale).into(),
            Kind::Pareto => self.pareto(place, subject, locale).into(),
            Kind::ComplaintIceberg => self.complaint_iceberg(place, subject, locale).into(),
            Kind::Linkage => self.linkage(subject, locale).into(),
        }
    }

    fn artifact(
        &self,
        chart: &Chart,
        (dimension, segment): &Place,
        locale: Locale,
    ) -> Result<artifact::Model, Error> {
        let svg = chart.svg(locale, Theme::Light)?;
        Ok(artifact::Model {
            set_id: self.set_id.clone(),
            name: artifact_name(chart.kind(), dimension, segment, locale),
            media_type: "image/svg+xml".to_owned(),
            description: chart.description(locale),
            sha256: hex::encode(Sha256::digest(&svg)),
            bytes: svg.into_bytes(),
        })
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
}

/// The name a chart is stored under.
pub fn artifact_name(kind: Kind, dimension: &str, segment: &str, locale: Locale) -> String {
    format!("{kind}/{dimension}/{segment}/{locale}")
}
