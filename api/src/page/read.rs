//! Reads what a page shows: the published set of a quarter, in a handful of statements.

use std::collections::HashMap;

use rapport_entities::{
    ALL, Database, LoyaltyType, Metric, Role, Scheme, ValueClass, artifact, composition, publication,
    published, score,
};
use rapport_jobs::{
    Rules,
    charts::Kind,
    close::{loyalty_rule, value_rule},
    ledger,
};
use rapport_messages::Locale;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{
    figures::{self, figure},
    view::{Chart, Choice, Class, Comparison, Group, Line, Page},
    words,
};
use crate::{
    Access, Error,
    graphql::{Names, address, escape, names},
};

/// What the reader asked to see.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Written `2026-Q3`; the newest if none.
    pub quarter: Option<String>,
    /// Dimension and segment; `all` for all customers.
    pub place: (String, String),
    /// Language.
    pub locale: Locale,
}

type Scores = HashMap<(String, String, Metric), score::Model>;

/// All that is read for a reader, before it is put into words.
struct Quarter<'a> {
    access: &'a Access,
    selection: &'a Selection,
    publication: &'a publication::Model,
    names: Names,
    scores: Scores,
    compositions: Vec<composition::Model>,
    charts: Vec<String>,
    stale: bool,
}

/// The page of a selection; none if nothing is published yet. Fails if the quarter or the segment is unknown.
pub async fn read(
    database: &Database,
    access: &Access,
    selection: &Selection,
    company: Option<&str>,
) -> Result<Option<Page>, Error> {
    let published = published::current(database).await?;
    let Some(newest) = published.last() else { return Ok(None) };
    let publication = match &selection.quarter {
        None => newest,
        Some(text) => {
            let quarter: rapport_entities::Quarter = text
                .parse()
                .map_err(|error: rapport_entities::QuarterError| Error::BadInput(error.to_string()))?;
            let found = published.iter().find(|one| one.quarter == quarter);
            found.ok_or_else(|| Error::NotFound(format!("{quarter} is not published")))?
        }
    };
    let names = names(database, access).await?;
    let (dimension, segment) = &selection.place;
    if (segment != ALL && names.find(dimension, segment).is_none()) || !access.sees(dimension, segment) {
        return Err(Error::NotFound(format!("there is no segment {dimension}:{segment}")));
    }
    let quarter = Quarter {
        scores: scores(database, access, &publication.set_id).await?,
        compositions: compositions(database, &publication.set_id, &selection.place).await?,
        charts: charts(database, &publication.set_id, selection).await?,
        stale: stale(database, publication).await?,
        access,
        selection,
        publication,
        names,
    };
    Ok(Some(quarter.page(&published, company)))
}

/// Whether the quarter's data have changed since.
async fn stale(database: &Database, publication: &publication::Model) -> Result<bool, Error> {
    let inputs = ledger::inputs(database, publication.quarter).await?;
    Ok(inputs.is_some_and(|one| !one.is_still(publication.inputs_version)))
}

async fn scores(database: &Database, access: &Access, set_id: &str) -> Result<Scores, Error> {
    let shown = [Metric::Csi, Metric::Csat, Metric::Top2, Metric::Nps, Metric::ComplaintRate];
    let rows = score::Entity::find()
        .filter(score::Column::SetId.eq(set_id))
        .filter(score::Column::Metric.is_in(shown))
        .filter(access.places(score::Column::Dimension, score::Column::Segment))
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.dimension.clone(), row.segment.clone(), row.metric), row)).collect())
}

async fn compositions(
    database: &Database,
    set_id: &str,
    (dimension, segment): &(String, String),
) -> Result<Vec<composition::Model>, Error> {
    let rows = composition::Entity::find()
        .filter(composition::Column::SetId.eq(set_id))
        .filter(composition::Column::Dimension.eq(dimension.as_str()))
        .filter(composition::Column::Segment.eq(segment.as_str()))
        .all(database)
        .await?;
    Ok(rows)
}

/// The names of the pictures there are.
async fn charts(database: &Database, set_id: &str, selection: &Selection) -> Result<Vec<String>, Error> {
    let ((dimension, segment), locale) = (&selection.place, selection.locale);
    let names = Kind::ALL.iter().map(|kind| format!("{kind}/{dimension}/{segment}/{locale}"));
    let found = artifact::Entity::find()
        .select_only()
        .column(artifact::Column::Name)
        .filter(artifact::Column::SetId.eq(set_id))
        .filter(artifact::Column::Name.is_in(names))
        .into_tuple()
        .all(database)
        .await?;
    Ok(found)
}

impl Quarter<'_> {
    fn page(&self, published: &[publication::Model], company: Option<&str>) -> Page {
        let (locale, publication) = (self.selection.locale, self.publication);
        let (dimension, segment) = &self.selection.place;
        let index = self.index();
        let others = [Metric::Csat, Metric::Top2, Metric::Nps, Metric::ComplaintRate];
        let types = self.classes(Scheme::Loyalty);
        let rules: Option<Rules> = serde_json::from_str(&publication.settings).ok();
        Page {
            lang: locale.pick("en", "zh-CN"),
            en: locale == Locale::En,
            company: company.unwrap_or("Rapport").to_owned(),
            quarter: publication.quarter.to_string(),
            revision: publication.revision,
            provisional: publication.provisional,
            stale: self.stale,
            published: publication.published_at.format("%Y-%m-%d").to_string(),
            method: publication.method_version.clone(),
            segment: self.segment_name(dimension, segment),
            segment_value: value_of(dimension, segment),
            currency: publication.currency.clone().unwrap_or_default(),
            languages: self.languages(),
            quarters: published.iter().rev().map(|one| self.quarter_choice(one)).collect(),
            segments: self.groups(),
            whole: self.access.segments().is_none(),
            operator: self.access.role == Role::Operator,
            headline: self.figure(dimension, segment, index),
            figures: others
                .iter()
                .filter(|metric| **metric != index)
                .map(|metric| self.figure(dimension, segment, *metric))
                .collect(),
            few: self.compositions.iter().any(|row| row.suppressed),
            classes: self.classes(Scheme::ValueClass),
            types,
            type_rule: rules.as_ref().map(|rules| loyalty_rule(rules, locale)),
            class_rule: rules.as_ref().map(|rules| value_rule(rules, locale)),
            comparisons: self.comparisons(index),
            charts: self.charts(),
        }
    }

    /// The index of several items where they were asked, the overall item otherwise: as the charts have it.
    fn index(&self) -> Metric {
        let several = self.scores.keys().any(|(_, _, metric)| *metric == Metric::Csi);
        if several { Metric::Csi } else { Metric::Csat }
    }

    fn figure(&self, dimension: &str, segment: &str, metric: Metric) -> super::view::Figure {
        let locale = self.selection.locale;
        let score = self.scores.get(&(dimension.to_owned(), segment.to_owned(), metric));
        figure(metric, score, (words::metric(metric, locale), words::about(metric, locale)), locale)
    }

    fn segment_name(&self, dimension: &str, segment: &str) -> String {
        if segment == ALL {
            return self.selection.locale.pick("All customers", "全部客户").to_owned();
        }
        self.names.of(dimension, segment)
    }

    /// The address of a page like this one but for what is given.
    fn link(&self, quarter: &str, place: &str, locale: Locale) -> String {
        let place = if place == ALL { String::new() } else { format!("&segment={}", escape(place)) };
        format!("/?quarter={quarter}{place}&locale={locale}")
    }

    fn languages(&self) -> Vec<Choice> {
        let (dimension, segment) = &self.selection.place;
        let quarter = self.publication.quarter.to_string();
        let choice = |locale: Locale| Choice {
            label: locale.pick("English", "简体中文").to_owned(),
            target: self.link(&quarter, &value_of(dimension, segment), locale),
            open: locale == self.selection.locale,
        };
        Locale::ALL.into_iter().map(choice).collect()
    }

    fn quarter_choice(&self, one: &publication::Model) -> Choice {
        let (dimension, segment) = &self.selection.place;
        let quarter = one.quarter.to_string();
        Choice {
            target: self.link(&quarter, &value_of(dimension, segment), self.selection.locale),
            open: one.quarter == self.publication.quarter,
            label: quarter,
        }
    }

    fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (segment, name) in &self.names.segments {
            let open =
                (&segment.dimension, &segment.code) == (&self.selection.place.0, &self.selection.place.1);
            let target = value_of(&segment.dimension, &segment.code);
            let choice = Choice { label: segment.name.clone(), target, open };
            match groups.last_mut().filter(|group| group.name == *name) {
                Some(group) => group.choices.push(choice),
                None => groups.push(Group { name: name.clone(), choices: vec![choice] }),
            }
        }
        groups
    }

    /// The classes of a scheme, in the order of reports; the unclassified last.
    fn classes(&self, scheme: Scheme) -> Vec<Class> {
        let rows: Vec<_> = self.compositions.iter().filter(|row| row.scheme == scheme).collect();
        // of the classified, as the shares of customers and the charts are
        let classified = rows.iter().filter(|row| row.class != LoyaltyType::Unclassified.as_str());
        let revenue: i64 = classified.filter_map(|row| row.revenue).sum();
        let order: Vec<(&str, (&'static str, &'static str))> = match scheme {
            Scheme::ValueClass => ValueClass::ALL
                .iter()
                .map(|class| (class.as_str(), words::value(*class, self.selection.locale)))
                .collect(),
            _ => LoyaltyType::ALL
                .iter()
                .map(|kind| (kind.as_str(), words::loyalty(*kind, self.selection.locale)))
                .collect(),
        };
        let class = |(word, (name, about))| {
            let row = rows.iter().find(|row| row.class == word)?;
            Some(self.class(row, name, about, revenue))
        };
        order.into_iter().filter_map(class).collect()
    }

    fn class(&self, row: &composition::Model, name: &'static str, about: &'static str, all: i64) -> Class {
        let currency = self.publication.currency.as_deref();
        let apart = row.class == LoyaltyType::Unclassified.as_str();
        let of_all = |part: i64| (all > 0 && !apart).then(|| figures::percent(part as f64 / all as f64));
        Class {
            name,
            about,
            customers: row.customers.map(figures::count),
            share: row.share.map(figures::percent),
            bar: row.share.unwrap_or(0.0) * 100.0,
            revenue: row.revenue.map(|minor| figures::money(minor, currency)),
            revenue_share: row.revenue.and_then(of_all),
            apart,
        }
    }

    fn comparisons(&self, index: Metric) -> Vec<Comparison> {
        let mut comparisons: Vec<Comparison> = Vec::new();
        let quarter = self.publication.quarter.to_string();
        for (segment, name) in &self.names.segments {
            let (dimension, code) = (&segment.dimension, &segment.code);
            if !self.scores.contains_key(&(dimension.clone(), code.clone(), index)) {
                continue;
            }
            let line = Line {
                name: segment.name.clone(),
                target: self.link(&quarter, &value_of(dimension, code), self.selection.locale),
                index: self.figure(dimension, code, index),
                nps: self.figure(dimension, code, Metric::Nps).value,
                open: (dimension, code) == (&self.selection.place.0, &self.selection.place.1),
            };
            match comparisons.last_mut().filter(|one| one.name == *name) {
                Some(one) => one.lines.push(line),
                None => comparisons.push(Comparison { name: name.clone(), lines: vec![line] }),
            }
        }
        comparisons
    }

    fn charts(&self) -> Vec<Chart> {
        let (dimension, segment) = &self.selection.place;
        let locale = self.selection.locale;
        let quarter = self.publication.quarter.to_string();
        let there = |kind: &Kind| self.charts.contains(&format!("{kind}/{dimension}/{segment}/{locale}"));
        let url = |kind, format| {
            address(&quarter, Some(self.publication.revision), (kind, locale), (dimension, segment), format)
        };
        let chart = |kind: Kind| Chart {
            title: kind.title(locale).into_owned(),
            svg: url(kind, "svg"),
            png: url(kind, "png"),
        };
        Kind::ALL.into_iter().filter(there).map(chart).collect()
    }
}

/// A segment as addresses write it.
fn value_of(dimension: &str, segment: &str) -> String {
    if segment == ALL { ALL.to_owned() } else { format!("{dimension}:{segment}") }
}
