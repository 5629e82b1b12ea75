//! Prospects: of those who were open when the quarter began or came in it, how many became customers, grade by grade.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use rapport_entities::{ALL, Database, ProspectGrade, prospect_conversion};
use rapport_statistics::{Proportion, median};
use sea_orm::StreamTrait;

use super::{
    inputs::{cell, statement},
    segments::{Combination, Segments},
    span::Span,
};
use crate::{Error, Rules};

/// The grades, the most likely to close first.
const GRADES: [ProspectGrade; 4] = [ProspectGrade::A, ProspectGrade::B, ProspectGrade::C, ProspectGrade::D];
/// The place of all grades together.
const EVERY: usize = GRADES.len();
const DAY: f64 = 86_400_000.0;

/// What became of the prospects of every segment.
#[derive(Debug, Default)]
pub struct Prospects {
    segments: Vec<[Step; EVERY + 1]>,
}

/// What became of the prospects of a grade.
#[derive(Clone, Debug, Default)]
struct Step {
    open_start: i64,
    met: i64,
    converted: i64,
    lost: i64,
    raised: i64,
    lowered: i64,
    open_end: i64,
    /// Days from first contact of those who were converted.
    days: Vec<f64>,
}

/// A prospect of the quarter, as it is read.
struct Prospect {
    combination: Combination,
    first_at: i64,
    converted_at: Option<i64>,
    lost_at: Option<i64>,
    /// Ordered by when they were given.
    grades: Vec<(i64, usize)>,
}

impl Prospects {
    /// Reads the prospects of the quarter. There is nothing of them where there are none.
    pub async fn read(database: &Database, segments: &mut Segments, span: Span) -> Result<Self, Error> {
        let mut all = prospects(database, span).await?;
        if all.is_empty() {
            return Ok(Self::default());
        }
        read_grades(database, &mut all, span).await?;
        read_memberships(database, &mut all, segments).await?;
        let mut found = Self { segments: vec![<[Step; EVERY + 1]>::default(); segments.len()] };
        // added up alike whatever the order, but for the days, which are put in order
        for one in all.values() {
            for member in segments.members(one.combination) {
                one.count(&mut found.segments[*member], span);
            }
        }
        Ok(found)
    }

    /// The rows: every grade and all together, of every segment.
    pub fn rows(&self, set_id: &str, segments: &Segments, rules: &Rules) -> Vec<prospect_conversion::Model> {
        let least = rules.minimum_customers.max(1);
        let mut rows = Vec::new();
        for (steps, key) in self.segments.iter().zip(&segments.keys) {
            let shown = steps[EVERY].n() >= least;
            let words = GRADES.iter().map(|grade| grade.as_str()).chain([ALL]);
            for ((place, word), step) in (0..).zip(words).zip(steps) {
                rows.push(step.row((set_id, key), (place, word), shown.then_some(least)));
            }
        }
        rows
    }
}

impl Prospect {
    /// The grade it had at a moment: the last that was given, or the first that ever was.
    fn grade(&self, at: i64) -> usize {
        let given = self.grades.iter().rev().find(|(given, _)| *given <= at).or(self.grades.first());
        given.map_or(EVERY - 1, |(_, grade)| *grade)
    }

    /// Counts it in its grade, and in all.
    fn count(&self, steps: &mut [Step; EVERY + 1], span: Span) {
        let before_end = |at: Option<i64>| at.filter(|at| *at < span.end);
        let (converted, lost) = (before_end(self.converted_at), before_end(self.lost_at));
        let then = self.grade(self.first_at.max(span.quarter));
        let now = self.grade(converted.or(lost).unwrap_or(span.end - 1));
        for step in [then, EVERY] {
            let step = &mut steps[step];
            let is_new = self.first_at >= span.quarter;
            step.met += i64::from(is_new);
            step.open_start += i64::from(!is_new);
            step.converted += i64::from(converted.is_some());
            step.lost += i64::from(lost.is_some());
            step.raised += i64::from(now < then);
            step.lowered += i64::from(now > then);
            step.days.extend(converted.map(|at| (at - self.first_at) as f64 / DAY));
        }
        if converted.or(lost).is_none() {
            steps[now].open_end += 1;
            steps[EVERY].open_end += 1;
        }
    }
}

impl Step {
    /// Open at the start, or new.
    fn n(&self) -> u64 {
        (self.open_start + self.met).unsigned_abs()
    }

    /// Its row; without the least base that figures have it is suppressed.
    fn row(
        &self,
        (set_id, (dimension, segment)): (&str, &(String, String)),
        (place, grade): (i32, &str),
        least: Option<u64>,
    ) -> prospect_conversion::Model {
        let enough = |n: u64| least.is_some_and(|least| n >= least);
        let share = Proportion::of_counts(self.converted.unsigned_abs(), self.n()).estimate();
        let share = share.filter(|_| enough(self.n()));
        let interval = share.and_then(|share| share.interval);
        let shown = |count: i64| least.map(|_| count);
        prospect_conversion::Model {
            set_id: set_id.to_owned(),
            dimension: dimension.clone(),
            segment: segment.clone(),
            place,
            grade: grade.to_owned(),
            open_start: shown(self.open_start),
            met: shown(self.met),
            converted: shown(self.converted),
            lost: shown(self.lost),
            raised: shown(self.raised),
            lowered: shown(self.lowered),
            open_end: shown(self.open_end),
            conversion: share.map(|share| share.value),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            median_days: median(&mut self.days.clone()).filter(|_| enough(self.converted.unsigned_abs())),
            n: self.open_start + self.met,
            suppressed: least.is_none(),
        }
    }
}

type Key = (String, String);

/// Who was first in contact before the end of the quarter, and neither converted nor lost before its start.
async fn prospects(database: &Database, span: Span) -> Result<HashMap<Key, Prospect>, Error> {
    let sql = "SELECT source, code, first_at, converted_at, lost_at FROM prospect WHERE first_at < $1 \
               AND (converted_at IS NULL OR converted_at >= $2) AND (lost_at IS NULL OR lost_at >= $2)";
    let mut all = HashMap::new();
    let mut rows =
        database.stream_raw(statement(database, sql, [span.end.into(), span.quarter.into()])).await?;
    while let Some(row) = rows.try_next().await? {
        let one = Prospect {
            combination: Combination::default(),
            first_at: cell(&row, 2)?,
            converted_at: cell(&row, 3)?,
            lost_at: cell(&row, 4)?,
            grades: Vec::new(),
        };
        all.insert((cell(&row, 0)?, cell(&row, 1)?), one);
    }
    Ok(all)
}

/// What was given after the quarter matters only where nothing was before.
async fn read_grades(database: &Database, all: &mut HashMap<Key, Prospect>, span: Span) -> Result<(), Error> {
    let sql = "SELECT source, prospect, at, grade FROM prospect_grade ORDER BY source, prospect, at";
    let mut rows = database.stream_raw(statement(database, sql, [])).await?;
    while let Some(row) = rows.try_next().await? {
        let (source, code, at, grade): (String, String, i64, ProspectGrade) =
            (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?, cell(&row, 3)?);
        let place = GRADES.iter().position(|one| *one == grade);
        if let (Some(one), Some(place)) = (all.get_mut(&(source, code)), place)
            && (at < span.end || one.grades.is_empty())
        {
            one.grades.push((at, place));
        }
    }
    Ok(())
}

async fn read_memberships(
    database: &Database,
    all: &mut HashMap<Key, Prospect>,
    segments: &mut Segments,
) -> Result<(), Error> {
    let sql = "SELECT source, prospect, dimension, segment FROM prospect_segment \
               ORDER BY source, prospect, dimension";
    let mut rows = database.stream_raw(statement(database, sql, [])).await?;
    while let Some(row) = rows.try_next().await? {
        let (source, code, dimension, segment): (String, String, String, String) =
            (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?, cell(&row, 3)?);
        let place = segments.position(&dimension, &segment);
        if let (Some(one), Some(place)) = (all.get_mut(&(source, code)), place) {
            one.combination = segments.with(one.combination, place);
        }
    }
    Ok(())
}
