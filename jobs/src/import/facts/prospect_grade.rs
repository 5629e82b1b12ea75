//! Grades that prospects were given: a row each, the history of what was held likely.

use std::collections::HashMap;

use chrono::DateTime;
use rapport_entities::{At, Calendar, Quarter, prospect_grade};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use super::{Fact, Key, Known, Written};
use crate::import::{
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

/// So many prospects are named in a statement.
pub(super) const CHUNK: usize = 10_000;

/// Something of prospects, by the source and code of each.
pub(super) type ByProspect<T> = HashMap<(String, String), T>;

/// A grade that a prospect was given.
pub struct Grade {
    pub(super) row: prospect_grade::Model,
    /// When the prospect was first in contact.
    pub(super) first_at: At,
    pub(super) calendar: Calendar,
}

impl Fact for Grade {
    const ENTITY: &'static str = "prospect_grade";
    const REQUIRED: &'static [&'static str] = &["prospect", "at", "grade"];
    const OPTIONAL: &'static [&'static str] = &["source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let key = (known.source(row), row.required("prospect")?);
        let at = row.past("at")?;
        let grade = row.word("grade")?.ok_or_else(|| row.fault("grade", "it is missing"))?;
        let first_at = match known.prospects.get(&key) {
            None => return Err(row.fault("prospect", "there is no such prospect")),
            Some((first_at, _)) if at.0 < first_at.0 => {
                let why = format!("it lies before the first contact with the prospect, of {}", first_at.0);
                return Err(row.fault("at", why));
            }
            Some((first_at, _)) => *first_at,
        };
        let (source, prospect) = key;
        let calendar = row.reading.calendar;
        let at = at.0.timestamp_millis();
        Ok(Self { row: prospect_grade::Model { source, prospect, at, grade }, first_at, calendar })
    }

    fn key(&self) -> Key<'_> {
        // of the grades of a moment there is one; nobody has bought yet
        Key { customer: self.row.at, source: &self.row.source, of: "", code: &self.row.prospect }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        _: Option<Span>,
    ) -> Result<Written, DbErr> {
        let known = grades(transaction, facts.iter().map(|fact| fact.row.prospect.as_str())).await?;
        let mut written = Written::default();
        for fact in &facts {
            if let Some(quarter) = fact.counts_from(&known) {
                written.since(quarter);
            }
        }
        let rows = facts.into_iter().map(|fact| fact.row).collect();
        (written.tally, _) = upsert::<prospect_grade::Entity>(transaction, rows, None).await?;
        Ok(written)
    }
}

impl Grade {
    /// The first quarter that differs by it; none if it is known already. A prospect's earliest grade counts from the first
    /// contact.
    pub(super) fn counts_from(&self, known: &ByProspect<Vec<prospect_grade::Model>>) -> Option<Quarter> {
        let key = (self.row.source.clone(), self.row.prospect.clone());
        let known = known.get(&key).map_or(&[][..], Vec::as_slice);
        if known.contains(&self.row) {
            return None;
        }
        let is_first = known.iter().all(|one| one.at >= self.row.at);
        let given = DateTime::from_timestamp_millis(self.row.at).filter(|_| !is_first);
        Some(self.calendar.quarter_of(given.unwrap_or(self.first_at.0)))
    }
}

/// The grades of prospects with these codes.
pub(super) async fn grades(
    transaction: &DatabaseTransaction,
    codes: impl Iterator<Item = &str>,
) -> Result<ByProspect<Vec<prospect_grade::Model>>, DbErr> {
    let codes: Vec<&str> = codes.collect();
    let mut grades: ByProspect<Vec<_>> = HashMap::new();
    for part in codes.chunks(CHUNK) {
        let rows = prospect_grade::Entity::find()
            .filter(prospect_grade::Column::Prospect.is_in(part.iter().copied()))
            .all(transaction)
            .await?;
        for row in rows {
            grades.entry((row.source.clone(), row.prospect.clone())).or_default().push(row);
        }
    }
    Ok(grades)
}
