//! Employees and channel partners: the indexes of their answers by unit, and how these go together with the indexes and the
//! retention of the customers of the same units, also quarters later. No person is known: an answer has a unit alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use futures_util::TryStreamExt;
use rapport_entities::{ALL, Audience, Database, Metric, Quarter, Unlinked, linkage, score, unit_score};
use rapport_statistics::{Linkage, NoLinkage};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, StreamTrait};

use super::{
    answers,
    effects::Earlier,
    inputs::{cell, statement},
    scores::Scores,
    segments::Segments,
    span::Span,
};
use crate::{Error, Rules};

/// Whose answers they are.
const AUDIENCES: [Audience; 2] = [Audience::Employee, Audience::Partner];
/// What of theirs is held against customers.
const OWN: [Metric; 2] = [Metric::Csi, Metric::Csat];
/// What of the customers.
const OUTCOMES: [Metric; 2] = [Metric::Csi, Metric::RetentionRate];
/// So many quarters later the customers are looked at, at the most.
pub const LAGS: i32 = 4;

/// The running scores of employees and of partners.
pub struct People(Vec<(Audience, Scores)>);

/// In one order: sums of numbers come out the same everywhere.
const ANSWERS: &str = "SELECT dimension, segment, survey, weight, answers FROM unit_response WHERE audience = $1 \
     AND at >= $2 AND at < $3 ORDER BY at, source, code";

impl People {
    /// Reads the quarter's answers.
    pub async fn read(
        database: &Database,
        span: Span,
        rules: &Rules,
        segments: &Segments,
    ) -> Result<Self, Error> {
        let mut all = Vec::new();
        for audience in AUDIENCES {
            let surveys = answers::surveys(database, audience).await?;
            let mut scores = Scores::new(segments.len(), rules.top_boxes);
            let mut given = Vec::new();
            let values = [audience.as_str().into(), span.quarter.into(), span.end.into()];
            let mut rows = database.stream_raw(statement(database, ANSWERS, values)).await?;
            while let Some(row) = rows.try_next().await? {
                let (dimension, segment): (String, String) = (cell(&row, 0)?, cell(&row, 1)?);
                let (code, weight, json): (String, Option<f64>, String) =
                    (cell(&row, 2)?, cell(&row, 3)?, cell(&row, 4)?);
                let Some(survey) = surveys.get(&code) else { continue };
                survey.read(&json, &mut given).map_err(|error| Error::Stored {
                    what: format!("an answer of {dimension}={segment} to survey `{code}`"),
                    why: error.to_string(),
                })?;
                let unit = segments.position(&dimension, &segment);
                let members: Vec<_> = std::iter::once(0).chain(unit).collect();
                scores.add(&members, survey, &given, weight.unwrap_or(1.0));
            }
            all.push((audience, scores));
        }
        Ok(Self(all))
    }

    /// The rows of every unit that answered. A unit has few people: the floor is that of a segment's customers.
    pub fn rows(&self, set_id: &str, segments: &Segments, rules: &Rules) -> Vec<unit_score::Model> {
        let floors = Rules { minimum_base: rules.minimum_customers, ..rules.clone() };
        let none = HashMap::new();
        let of = |(audience, scores): &(Audience, Scores)| {
            let rows = scores.rows(set_id, segments, &floors, (&none, &none)).into_iter();
            let audience = *audience;
            rows.filter(|row| row.n > 0).map(move |row| unit_score::Model {
                set_id: row.set_id,
                dimension: row.dimension,
                segment: row.segment,
                audience,
                metric: row.metric,
                value: row.value,
                lower: row.lower,
                upper: row.upper,
                standard_error: row.standard_error,
                n: row.n,
                suppressed: row.suppressed,
            })
        };
        self.0.iter().flat_map(of).collect()
    }
}

/// The quarters that a set was linked with: enough to reckon the same again.
pub async fn compared(database: &Database, set_id: &str) -> Result<Vec<Earlier>, Error> {
    let rows = linkage::Entity::find().filter(linkage::Column::SetId.eq(set_id)).all(database);
    let bases = rows.await?.into_iter().filter_map(|row| row.base_quarter.zip(row.base_set_id));
    Ok(bases.collect::<BTreeMap<_, _>>().into_iter().collect())
}

/// By whom, of which dimension and on which metric: the value of each unit.
type Units = BTreeMap<(Audience, String, Metric), BTreeMap<String, f64>>;

/// How the people's indexes of this quarter and of those before it go together with the customers' of this quarter, unit by
/// unit, for every dimension that people answered by.
pub async fn linkages(
    database: &Database,
    (set_id, quarter): (&str, Quarter),
    people: &[unit_score::Model],
    scores: &[score::Model],
    earlier: &[Earlier],
) -> Result<Vec<linkage::Model>, Error> {
    let now = units(people.iter().cloned());
    let customers = customers(scores);
    let mut then: Vec<(i32, Option<Earlier>, Units)> = Vec::new();
    for lag in 0..=LAGS {
        let base = earlier.iter().find(|(before, _)| lag > 0 && *before == quarter.plus(-lag)).cloned();
        let units = match &base {
            Some((_, set)) => {
                let of = unit_score::Entity::find().filter(unit_score::Column::SetId.eq(set));
                units(of.all(database).await?.into_iter())
            }
            None if lag == 0 => now.clone(),
            None => Units::new(),
        };
        then.push((lag, base, units));
    }
    let kinds: BTreeSet<(Audience, String, Metric)> =
        then.iter().flat_map(|(.., units)| units.keys().cloned()).collect();
    let mut rows = Vec::new();
    for (audience, dimension, metric) in kinds {
        for outcome in OUTCOMES {
            let Some(theirs) = customers.get(&(dimension.clone(), outcome)) else { continue };
            for (lag, base, units) in &then {
                let own = units.get(&(audience, dimension.clone(), metric));
                let pairs: Vec<(f64, f64)> = own.map_or_else(Vec::new, |own| {
                    own.iter().filter_map(|(unit, value)| Some((*value, *theirs.get(unit)?))).collect()
                });
                let published = *lag == 0 || base.is_some();
                let place = (set_id, dimension.as_str(), base.as_ref());
                let what = (audience, metric, outcome, *lag);
                rows.push(row(
                    place,
                    what,
                    pairs.len(),
                    published.then(|| rapport_statistics::linkage(&pairs)),
                ));
            }
        }
    }
    Ok(rows)
}

fn units(rows: impl Iterator<Item = unit_score::Model>) -> Units {
    let mut units = Units::new();
    for row in rows.filter(|row| row.dimension != ALL && OWN.contains(&row.metric)) {
        if let Some(value) = row.value {
            units.entry((row.audience, row.dimension, row.metric)).or_default().insert(row.segment, value);
        }
    }
    units
}

fn customers(scores: &[score::Model]) -> BTreeMap<(String, Metric), BTreeMap<String, f64>> {
    let mut units: BTreeMap<(String, Metric), BTreeMap<String, f64>> = BTreeMap::new();
    for row in scores.iter().filter(|row| row.dimension != ALL && OUTCOMES.contains(&row.metric)) {
        if let Some(value) = row.value {
            let of = units.entry((row.dimension.clone(), row.metric)).or_default();
            of.insert(row.segment.clone(), value);
        }
    }
    units
}

fn row(
    (set_id, dimension, base): (&str, &str, Option<&Earlier>),
    (audience, metric, outcome, lag): (Audience, Metric, Metric, i32),
    units: usize,
    told: Option<Result<Linkage, NoLinkage>>,
) -> linkage::Model {
    let (linked, unlinked) = match told {
        None => (None, Some(Unlinked::NotPublished)),
        Some(Ok(linked)) => (Some(linked), None),
        Some(Err(NoLinkage::TooFew(_))) => (None, Some(Unlinked::TooFew)),
        Some(Err(NoLinkage::NoDifference)) => (None, Some(Unlinked::NoDifference)),
    };
    linkage::Model {
        set_id: set_id.to_owned(),
        dimension: dimension.to_owned(),
        segment: ALL.to_owned(),
        audience,
        metric,
        outcome,
        lag,
        base_quarter: base.map(|(quarter, _)| *quarter),
        base_set_id: base.map(|(_, set)| set.clone()),
        correlation: linked.map(|one| one.correlation),
        lower: linked.map(|one| one.correlation_interval.lower),
        upper: linked.map(|one| one.correlation_interval.upper),
        slope: linked.map(|one| one.slope),
        slope_lower: linked.map(|one| one.slope_interval.lower),
        slope_upper: linked.map(|one| one.slope_interval.upper),
        p_value: linked.map(|one| one.p_value),
        // a dimension has few units
        n: i32::try_from(units).unwrap_or(i32::MAX),
        unlinked,
    }
}
